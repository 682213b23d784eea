//! The fingerprint of a difference: what it is, without where it is, so that the same fault found twice is one finding, and a
//! reduced program can be told from one that shows something else.
//!
//! Of an execution: the opcode or library function, the types of what that took, the field that differs with the types of its
//! two values, and the class of the error if it raises one. Of a compilation: what differs first in the bytecode, or the class of
//! the message. Values, registers, names and places are not part of it.

use super::compiled::Compiled;
use super::error_class::error_class;
use super::locate::{Divergence, Located};
use crate::lua::bytecode::{Instruction, Opcode, Prototype, decode};
use crate::outcome::{Difference, FunctionPlace, Place};
use crate::trace::{Datum, Field, How};

/// The fingerprint of what differs, a line of text without spaces at its ends. What the compilers do comes first: what is run after
/// that is not the same program. `None` if nothing differs, or nothing that repeats itself.
pub fn fingerprint(compiled: &Compiled, product: Option<&Located>) -> Option<String> {
    of_compilation(compiled).or_else(|| match product {
        Some(Located::Diverged(divergence)) => Some(of_execution(divergence)),
        Some(Located::Same { .. } | Located::Flaky { .. }) | None => None,
    })
}

/// The fingerprint of what two compilers do differently.
fn of_compilation(compiled: &Compiled) -> Option<String> {
    if compiled.agree() {
        return None;
    }
    let what = match compiled {
        Compiled::Accepted { reference, tested, difference } => {
            let difference = difference.as_ref()?;
            let prototypes = [reference, tested].map(|program| decode(&program.chunk, &program.name).ok());
            of_bytecode(difference, prototypes.each_ref().map(Option::as_ref))
        }
        Compiled::Refused { reference: Some(message), tested: None } => {
            format!("accepts what is refused: {}", error_class(message))
        }
        Compiled::Refused { reference: None, tested } => {
            format!("refuses what is accepted: {}", error_class(tested.as_deref().unwrap_or_default()))
        }
        Compiled::Refused { reference: Some(reference), tested: Some(tested) } => {
            format!("refuses: {} against {}", error_class(reference), error_class(tested))
        }
    };
    Some(format!("compiler: {what}"))
}

fn of_bytecode(difference: &Difference, prototypes: [Option<&Prototype>; 2]) -> String {
    let Place::Function(place) = &difference.place else { return difference.place.to_string() };
    let [left, right] = prototypes.map(|prototype| instruction_at(prototype?, place));
    match (left, right) {
        (Some(left), Some(right)) if left.opcode_number() == right.opcode_number() => {
            format!("{} with another {}", name(left), operand(left, right))
        }
        (None, None) => format!("other {}", place.field),
        (left, right) => {
            let text = |side: Option<Instruction>| side.map_or_else(|| "nothing".to_owned(), name);
            format!("{} against {}", text(left), text(right))
        }
    }
}

/// The instruction that a place in the code is about.
fn instruction_at(prototype: &Prototype, place: &FunctionPlace) -> Option<Instruction> {
    let index = place.index.filter(|_| place.field == "code")?;
    let mut function = prototype;
    for step in place.path.split('/').skip(1) {
        function = function.prototypes.get(step.parse::<usize>().ok()?)?;
    }
    function.code.get(index).copied()
}

/// The first operand in which two instructions differ.
fn operand(left: Instruction, right: Instruction) -> &'static str {
    let rest = match left.opcode() {
        Some(Opcode::LoadK | Opcode::GetGlobal | Opcode::SetGlobal | Opcode::Closure) => "Bx",
        Some(Opcode::Jmp | Opcode::ForLoop | Opcode::ForPrep) => "sBx",
        _ if left.b() != right.b() => "B",
        _ => "C",
    };
    if left.a() == right.a() { rest } else { "A" }
}

fn name(word: Instruction) -> String {
    word.opcode().map_or_else(|| format!("opcode {}", word.opcode_number()), |opcode| opcode.name().to_owned())
}

/// The fingerprint of a divergence.
fn of_execution(divergence: &Divergence) -> String {
    let actor = match (&divergence.callee, divergence.word) {
        (Some(callee), _) => callee.clone(),
        (None, Some(word)) => name(Instruction(word)),
        (None, None) => "start".to_owned(),
    };
    // The function that is called is in the name already.
    let skipped = usize::from(divergence.callee.is_some());
    let types: Vec<&str> = divergence.operands.iter().skip(skipped).map(type_name).collect();
    let mut text = format!("{actor}({}): {}", types.join(","), field(&divergence.field));
    for (side, which) in [(&divergence.left, 0), (&divergence.right, 1)] {
        if let (Some(class), true) = (&side.raised, raises(&divergence.field, which)) {
            text.push_str(&format!(", {class}"));
        }
    }
    text
}

/// Whether the difference may be that this side raised an error: with nobody to catch it, nothing comes after it.
fn raises(field: &Field, side: usize) -> bool {
    matches!((field, side), (Field::Length, _) | (Field::How(How::Raised, _), 0) | (Field::How(_, How::Raised), 1))
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
        Field::Word(left, right) => format!("{} against {}", name(Instruction(*left)), name(Instruction(*right))),
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
