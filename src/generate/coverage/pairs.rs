//! Which instruction can be executed right after which in a function: the full list that is counted against.
//!
//! A pair is two instructions that one activation of a function executes one after the other, whatever is called in between. The jump behind
//! a test or a TFORLOOP belongs to that and is no instruction of its own. What compilers of 5.1 never put out is not possible:
//!
//! * nothing comes after RETURN; after TAILCALL, that has called no Lua function, comes RETURN; FORPREP jumps to its FORLOOP;
//! * after SELF come the arguments, each of which begins with an instruction that begins an expression, or the call;
//! * what takes values out of registers (CALL, TAILCALL, CONCAT, SETLIST, FORPREP) comes after what has put the last of them there. That is
//!   no assignment to a global or an upvalue, no end of a loop or block, and no comparison, whose value is made by a LOADBOOL.
//!
//! Everything else can end a statement or an expression, and what comes next can begin one. It runs nothing.

use crate::lua::bytecode::Opcode;

/// Two instructions, one after the other.
pub(super) type Pair = (Opcode, Opcode);

/// Whether a compiler's output can execute these one after the other.
pub(super) fn is_possible((first, second): Pair) -> bool {
    use Opcode::{
        Call, Close, Concat, Eq, ForLoop, ForPrep, Jmp, Le, Lt, Return, SelfOp, SetGlobal, SetList, SetTable, SetUpval,
        TForLoop, TailCall,
    };
    match first {
        Return => false,
        TailCall => second == Return,
        ForPrep => second == ForLoop,
        SelfOp => !matches!(
            second,
            SetGlobal | SetUpval | SetTable | Concat | Jmp | Return | ForLoop | ForPrep | TForLoop | SetList | Close
        ),
        SetGlobal | SetUpval | ForLoop | TForLoop | Close | Eq | Lt | Le => {
            !matches!(second, Call | TailCall | Concat | SetList | ForPrep)
        }
        _ => true,
    }
}

/// Every pair that is possible.
pub(super) fn possible() -> Vec<Pair> {
    let all = Opcode::ALL.into_iter().flat_map(|first| Opcode::ALL.map(|second| (first, second)));
    all.filter(|pair| is_possible(*pair)).collect()
}

/// The words for a pair: `LOADK CALL`.
pub(super) fn name((first, second): &Pair) -> String {
    format!("{} {}", first.name(), second.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_what_the_rules_say() {
        let left_out = 38 + 37 + 37 + 11 + 8 * 5;
        assert_eq!(possible().len(), 38 * 38 - left_out);
        for pair in
            [(Opcode::ForPrep, Opcode::ForLoop), (Opcode::TailCall, Opcode::Return), (Opcode::SelfOp, Opcode::Call)]
        {
            assert!(is_possible(pair), "{}", name(&pair));
        }
    }
}
