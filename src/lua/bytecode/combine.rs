//! Several main functions as one, the way `luac` combines the files that it is given.

use std::sync::Arc;

use super::{Instruction, Opcode, Prototype};

/// How many functions can be combined: the reference keeps them, and a value more, on its stack of 8000 (`LUAI_MAXCSTACK`).
pub const MAX_COMBINED: usize = 8000 - 1;

/// The function that calls each of `functions` in turn, without arguments. A single one is given back as it is.
///
/// Returns `None` for more than [`MAX_COMBINED`].
pub fn combine(mut functions: Vec<Prototype>) -> Option<Prototype> {
    if functions.len() > MAX_COMBINED {
        return None;
    }
    if functions.len() == 1 {
        return functions.pop();
    }
    let calls = (0..functions.len() as u32)
        .flat_map(|index| [Instruction::abx(Opcode::Closure, 0, index), Instruction::abc(Opcode::Call, 0, 1, 1)]);
    Some(Prototype {
        source: Some(b"=(luac)".as_slice().into()),
        max_stack_size: 1,
        code: calls.chain([Instruction::abc(Opcode::Return, 0, 1, 0)]).collect(),
        prototypes: functions.into_iter().map(Arc::new).collect(),
        ..Prototype::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{dump, undump};
    use super::*;

    fn named(name: &str) -> Prototype {
        let code = vec![Instruction::abc(Opcode::Return, 0, 1, 0)];
        Prototype { source: Some(name.as_bytes().into()), code, max_stack_size: 2, ..Prototype::default() }
    }

    #[test]
    fn one_function_stays_as_it_is() {
        let combined = combine(vec![named("@a")]).expect("few enough");
        assert_eq!(dump(&combined, false), dump(&named("@a"), false));
    }

    #[test]
    fn several_are_called_in_turn() {
        let combined = combine(vec![named("@a"), named("@b")]).expect("few enough");
        assert_eq!(combined.code.len(), 5);
        let read = undump(&dump(&combined, false), b"=chunk", 0).expect("valid code");
        let sources: Vec<&[u8]> = read.prototypes.iter().filter_map(|nested| nested.source.as_deref()).collect();
        assert_eq!(sources, [b"@a", b"@b"]);
        assert_eq!(read.source.as_deref(), Some(b"=(luac)".as_slice()));
    }

    #[test]
    fn too_many_are_refused() {
        assert!(combine(vec![Prototype::default(); MAX_COMBINED]).is_some());
        assert!(combine(vec![Prototype::default(); MAX_COMBINED + 1]).is_none());
    }
}
