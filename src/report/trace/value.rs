//! Values and instructions of traces as text.

use crate::lua::bytecode::{Instruction, operands_text};
use crate::outcome::escaped;
use crate::trace::Datum;

/// A value. `labels` are what objects are called that have a name, by their numbers.
pub fn shown(datum: &Datum, labels: &[String]) -> String {
    match datum {
        Datum::Nil => "nil".into(),
        Datum::Boolean(truth) => truth.to_string(),
        Datum::Number(bits) => number(f64::from_bits(*bits)),
        Datum::String { start, length, hash } => {
            let text = escaped(start).replace('"', "\\\"");
            match hash {
                None => format!("\"{text}\""),
                Some(hash) => format!("\"{text}\"… ({length} bytes, {hash:016x})"),
            }
        }
        Datum::Object(kind, number) => match labels.get(*number as usize) {
            Some(label) => label.clone(),
            None => format!("{}#{number}", kind.name()),
        },
    }
}

/// A number, with as many digits as tell it from all others.
fn number(number: f64) -> String {
    match number {
        number if number.is_nan() => if number.is_sign_negative() { "-nan" } else { "nan" }.into(),
        number if number.is_infinite() => if number < 0.0 { "-inf" } else { "inf" }.into(),
        number if number != 0.0 && !(1e-5..1e17).contains(&number.abs()) => format!("{number:e}"),
        number => number.to_string(),
    }
}

/// An instruction: its name and operands, as in listings.
pub fn instruction(word: u32) -> String {
    let word = Instruction(word);
    let Some(opcode) = word.opcode() else { return format!("{:#010x}", word.0) };
    format!("{:<9} {}", opcode.name(), operands_text(opcode, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Kind;

    #[test]
    fn numbers_can_be_told_apart() {
        for (value, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "-0"),
            (1e300, "1e300"),
            (-f64::NAN, "-nan"),
            (f64::INFINITY, "inf"),
            (12.0, "12"),
        ] {
            assert_eq!(shown(&Datum::Number(value.to_bits()), &[]), text);
        }
    }

    #[test]
    fn objects_have_their_label_or_their_number() {
        let labels = ["_G".to_owned(), "print".to_owned()];
        assert_eq!(shown(&Datum::Object(Kind::Function, 1), &labels), "print");
        assert_eq!(shown(&Datum::Object(Kind::Table, 2), &labels), "table#2");
    }
}
