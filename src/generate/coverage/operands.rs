//! Which types the operands of each instruction can have: the full list that is counted against.
//!
//! An operand that can be any value has any of the eight types that programs can make; light userdata is what hosts make. What is
//! always the same is no operand here: names of globals and methods are strings, and compilers put nothing but numbers and strings into
//! LOADK. It runs nothing.

use crate::lua::bytecode::Opcode;
use crate::lua::heap::Type;

/// The types of values that programs can make.
pub(super) const TYPES: [Type; 8] =
    [Type::Nil, Type::Boolean, Type::Number, Type::String, Type::Table, Type::Function, Type::Userdata, Type::Thread];

/// Where an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The register A, or one of those behind it.
    A(u8),
    /// The register B.
    B,
    /// The register or constant B.
    EitherB,
    /// The register or constant C.
    EitherC,
    /// The constant Bx.
    Constant,
    /// The upvalue B.
    Upvalue,
    /// The register before C, and the register C: what is concatenated first.
    LastButOne,
    Last,
}

/// The groups of operands of an opcode: the types of a group are counted together.
pub(super) fn groups(opcode: Opcode) -> &'static [&'static [Place]] {
    use Place::{A, B, Constant, EitherB, EitherC, Last, LastButOne, Upvalue};
    match opcode {
        Opcode::Move | Opcode::TestSet | Opcode::Unm | Opcode::Not | Opcode::Len | Opcode::SelfOp => &[&[B]],
        Opcode::LoadK => &[&[Constant]],
        Opcode::GetUpval => &[&[Upvalue]],
        Opcode::GetTable => &[&[B, EitherC]],
        Opcode::SetTable => &[&[A(0), EitherB], &[EitherC]],
        Opcode::SetGlobal | Opcode::SetUpval => &[&[A(0)]],
        Opcode::Add | Opcode::Sub | Opcode::Mul | Opcode::Div | Opcode::Mod | Opcode::Pow => &[&[EitherB, EitherC]],
        Opcode::Eq | Opcode::Lt | Opcode::Le => &[&[EitherB, EitherC]],
        Opcode::Concat => &[&[LastButOne, Last]],
        Opcode::Test | Opcode::Call | Opcode::TailCall | Opcode::TForLoop => &[&[A(0)]],
        Opcode::ForPrep => &[&[A(0)], &[A(1)], &[A(2)]],
        _ => &[],
    }
}

/// The types that what is in such a place can have.
fn types(place: Place) -> &'static [Type] {
    match place {
        Place::Constant => &[Type::Number, Type::String],
        _ => &TYPES,
    }
}

/// The names of the types of a group of operands of an opcode; the second one is empty where there is one operand.
pub(super) type Operands = (Opcode, u8, [&'static str; 2]);

/// Every opcode with every combination of types that the operands of each of its groups can have.
pub(super) fn possible() -> Vec<Operands> {
    let mut list = Vec::new();
    for opcode in Opcode::ALL {
        for (number, group) in groups(opcode).iter().enumerate() {
            let names = |place: Option<&Place>| {
                place.map_or(vec![""], |place| types(*place).iter().map(|kind| kind.name()).collect())
            };
            let (first, second) = (names(group.first()), names(group.get(1)));
            let pairs = first.iter().flat_map(|one| second.iter().map(|other| [*one, *other]));
            list.extend(pairs.map(|types| (opcode, number as u8, types)));
        }
    }
    list
}

/// The words for types of operands: `SETTABLE table string`.
pub(super) fn name((opcode, group, types): &Operands) -> String {
    let mut name = opcode.name().to_owned();
    if groups(*opcode).len() > 1 {
        name.push_str(&format!("/{group}"));
    }
    for kind in types.iter().filter(|kind| !kind.is_empty()) {
        name.push_str(&format!(" {kind}"));
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_has_each_combination_once() {
        let list = possible();
        let names: BTreeSet<String> = list.iter().map(name).collect();
        assert_eq!((list.len(), names.len()), (906, 906));
        for expected in
            ["ADD thread nil", "LOADK string", "SETTABLE/1 userdata", "FORPREP/2 boolean", "CONCAT table number"]
        {
            assert!(names.contains(expected), "{expected}");
        }
        assert!(!names.contains("LOADK nil"));
    }
}
