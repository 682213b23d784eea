//! The fingerprint of a divergence: what it is, without where it is, so that the same fault found twice is one finding, and a
//! reduced program can be told from one that shows something else.
//!
//! It consists of the opcode or library function, the types of what that took, and the field that differs with the types of its
//! two values. Values, registers, names and places are not part of it.

use super::locate::Divergence;
use crate::lua::bytecode::Instruction;
use crate::trace::{Datum, Field};

/// The fingerprint of a divergence, a line of text without spaces at its ends.
pub fn fingerprint(divergence: &Divergence) -> String {
    let actor = match (&divergence.callee, divergence.word) {
        (Some(callee), _) => callee.clone(),
        (None, Some(word)) => Instruction(word)
            .opcode()
            .map_or_else(|| format!("opcode {}", Instruction(word).opcode_number()), |opcode| opcode.name().to_owned()),
        (None, None) => "start".to_owned(),
    };
    // The function that is called is in the name already.
    let skipped = usize::from(divergence.callee.is_some());
    let types: Vec<&str> = divergence.operands.iter().skip(skipped).map(type_name).collect();
    format!("{actor}({}): {}", types.join(","), field(&divergence.field))
}

fn field(field: &Field) -> String {
    let pair = |left: &Datum, right: &Datum| match (type_name(left), type_name(right)) {
        (left, right) if left == right => format!("another {left}"),
        (left, right) => format!("{left} against {right}"),
    };
    match field {
        Field::Length => "one ends".into(),
        Field::Order => "ends against goes on".into(),
        Field::Thread(..) => "goes on in another thread".into(),
        Field::Depth(..) => "goes on at another depth".into(),
        Field::Prototype(..) => "goes on in another function".into(),
        Field::Pc(..) => "goes on at another place".into(),
        Field::Word(left, right) => {
            let name = |word: &u32| Instruction(*word).opcode().map_or("none", |opcode| opcode.name());
            format!("{} against {}", name(left), name(right))
        }
        Field::Label => "other libraries".into(),
        Field::Code => "another function".into(),
        Field::Operand(_, left, right) => format!("takes {}", pair(left, right)),
        Field::OperandCount(..) => "takes another number of values".into(),
        Field::How(left, right) => format!("{left:?} against {right:?}").to_lowercase(),
        Field::Register(_, left, right) => format!("gives {}", pair(left, right)),
        Field::WrittenCount(..) => "gives another number of values".into(),
    }
}

fn type_name(datum: &Datum) -> &'static str {
    match datum {
        Datum::Nil => "nil",
        Datum::Boolean(_) => "boolean",
        Datum::Number(_) => "number",
        Datum::String { .. } => "string",
        Datum::Object(kind, _) => kind.name(),
    }
}
