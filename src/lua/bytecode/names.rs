//! What the program calls the value in a register, for error messages and debug information (`getobjname` of the reference).
//!
//! Names come from debug information or from the instruction that set the register. It must not know about frames or values:
//! a function, a position and a register are all there is.

use super::{Constant, Instruction, Opcode, Prototype, RK_CONSTANT, symbolic};
use crate::lua::c_string;

/// The kinds of names, as messages put them before the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Global,
    Local,
    Field,
    Method,
    Upvalue,
}

impl NameKind {
    /// The word that messages and `namewhat` use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Local => "local",
            Self::Field => "field",
            Self::Method => "method",
            Self::Upvalue => "upvalue",
        }
    }
}

/// What the reference shows where there is no name to show; also where it would follow a null pointer.
const UNKNOWN: &[u8] = b"?";

/// The name of the `number`th local variable active at `pc`, counted from 1 (`luaF_getlocalname`).
pub fn local_name(prototype: &Prototype, number: i32, pc: usize) -> Option<&[u8]> {
    let position = usize::try_from(number).ok()?.checked_sub(1)?;
    let pc = i64::try_from(pc).ok()?;
    let started = prototype.locals.iter().take_while(|local| i64::from(local.start_pc) <= pc);
    let local = started.filter(|local| pc < i64::from(local.end_pc)).nth(position)?;
    Some(local.name.as_deref().map_or(UNKNOWN, c_string))
}

/// The instruction that set `register` last when execution is about to do the one at `last_pc`, as far as a walk over the
/// code without loops can tell (`symbexec`). `None` if nothing did, or in code that the verifier rejects on the way.
pub fn find_setter(prototype: &Prototype, last_pc: usize, register: u8) -> Option<Instruction> {
    let position = symbolic::execute(prototype, last_pc, Some(register)).ok().flatten()?;
    prototype.code.get(position).copied()
}

/// The name of what `register` holds when the instruction at `pc` is executed, if one is known (`getobjname`).
///
/// A name ends before its first zero byte, as it does wherever the reference shows it.
pub fn name_for_register(prototype: &Prototype, pc: usize, register: u8) -> Option<(NameKind, &[u8])> {
    let mut register = register;
    loop {
        if let Some(name) = local_name(prototype, i32::from(register) + 1, pc) {
            return Some((NameKind::Local, name));
        }
        let setter = find_setter(prototype, pc, register)?;
        match setter.opcode()? {
            // Moved registers are followed downwards only, so this ends.
            Opcode::Move if setter.b() < setter.a() => register = setter.b() as u8,
            Opcode::GetGlobal => return Some((NameKind::Global, constant_name(prototype, setter.bx()))),
            Opcode::GetTable => return Some((NameKind::Field, operand_name(prototype, setter.c()))),
            Opcode::SelfOp => return Some((NameKind::Method, operand_name(prototype, setter.c()))),
            Opcode::GetUpval => return Some((NameKind::Upvalue, upvalue_name(prototype, setter.b()))),
            _ => return None,
        }
    }
}

/// The name of the function that the instruction at `pc` calls: the part of `getfuncname` that looks at the caller's code.
///
/// `None` also if that instruction is not a call, which is how a metamethod gets no name.
pub fn name_for_call(prototype: &Prototype, pc: usize) -> Option<(NameKind, &[u8])> {
    let call = prototype.code.get(pc)?;
    match call.opcode()? {
        Opcode::Call | Opcode::TailCall | Opcode::TForLoop => name_for_register(prototype, pc, call.a() as u8),
        _ => None,
    }
}

fn operand_name(prototype: &Prototype, operand: u32) -> &[u8] {
    if operand & RK_CONSTANT == 0 { UNKNOWN } else { constant_name(prototype, operand & !RK_CONSTANT) }
}

fn constant_name(prototype: &Prototype, index: u32) -> &[u8] {
    match prototype.constants.get(index as usize) {
        Some(Constant::String(name)) => c_string(name),
        _ => UNKNOWN,
    }
}

/// The name of an upvalue, counted from 0.
pub fn upvalue_name(prototype: &Prototype, index: u32) -> &[u8] {
    prototype.upvalue_names.get(index as usize).and_then(|name| name.as_deref()).map_or(UNKNOWN, c_string)
}

#[cfg(test)]
mod tests {
    use super::super::{LocalVariable, sample};
    use super::*;

    fn function() -> Prototype {
        Prototype::clone(&sample::main_function().prototypes[0])
    }

    #[test]
    fn names_from_the_code_and_from_debug_information() {
        let function = function();
        assert_eq!(name_for_register(&function, 8, 3), Some((NameKind::Field, &b"field"[..])));
        assert_eq!(name_for_register(&function, 8, 4), Some((NameKind::Field, &b"?"[..])), "a number as key");
        assert_eq!(name_for_register(&function, 10, 4), Some((NameKind::Method, &b"method"[..])));
        assert_eq!(name_for_register(&function, 3, 3), Some((NameKind::Upvalue, &b"up"[..])));
        assert_eq!(name_for_register(&function, 8, 0), Some((NameKind::Local, &b"self"[..])));
        assert_eq!(name_for_register(&function, 8, 5), None, "set by LOADBOOL");
    }

    #[test]
    fn names_of_calls() {
        let function = function();
        assert_eq!(name_for_call(&function, 8), Some((NameKind::Field, &b"field"[..])));
        assert_eq!(name_for_call(&function, 10), Some((NameKind::Method, &b"method"[..])));
        assert_eq!(name_for_call(&function, 7), None, "not a call");
        assert_eq!(name_for_call(&function, 99), None);
    }

    #[test]
    fn locals_count_only_while_active() {
        let function = function();
        assert_eq!(local_name(&function, 1, 0), Some(&b"self"[..]));
        assert_eq!(local_name(&function, 3, 5), None);
        assert_eq!(local_name(&function, 3, 6), Some(&b"t"[..]));
        assert_eq!(local_name(&function, 3, 12), None);
        for number in [i32::MIN, -1, 0, 4, i32::MAX] {
            assert_eq!(local_name(&function, number, 6), None);
        }
    }

    #[test]
    fn locals_after_one_that_starts_later_are_not_seen() {
        let local = |name: &[u8], start_pc| LocalVariable { name: Some(name.into()), start_pc, end_pc: 9 };
        let function =
            Prototype { locals: vec![local(b"a", 0), local(b"b", 5), local(b"c", 0)], ..Prototype::default() };
        assert_eq!(local_name(&function, 2, 1), None);
        assert_eq!(local_name(&function, 3, 5), Some(&b"c"[..]));
    }

    fn traced(code: &[Instruction]) -> Prototype {
        let constants = vec![Constant::String(b"g\0x"[..].into())];
        Prototype { code: code.into(), max_stack_size: 8, constants, ..Prototype::default() }
    }

    #[test]
    fn moves_are_followed_downwards_only_and_names_end_at_a_zero_byte() {
        let function = traced(&[
            Instruction::abx(Opcode::GetGlobal, 0, 0),
            Instruction::abc(Opcode::Move, 2, 0, 0),
            Instruction::abc(Opcode::Move, 1, 2, 0),
            Instruction::abc(Opcode::Return, 0, 1, 0),
        ]);
        assert_eq!(name_for_register(&function, 3, 2), Some((NameKind::Global, &b"g"[..])));
        assert_eq!(name_for_register(&function, 3, 1), None);
    }

    #[test]
    fn a_trace_takes_forward_jumps_unless_they_pass_its_end() {
        let function = traced(&[
            Instruction::abx(Opcode::GetGlobal, 0, 0),
            Instruction::asbx(Opcode::Jmp, 0, 1),
            Instruction::abc(Opcode::LoadBool, 0, 1, 0),
            Instruction::abc(Opcode::Return, 0, 1, 0),
        ]);
        assert_eq!(find_setter(&function, 3, 0), Some(function.code[0]));
        let jump_past_the_end = traced(&[
            Instruction::abx(Opcode::GetGlobal, 0, 0),
            Instruction::asbx(Opcode::Jmp, 0, 2),
            Instruction::abc(Opcode::LoadBool, 0, 1, 0),
            Instruction::abc(Opcode::LoadBool, 1, 1, 0),
            Instruction::abc(Opcode::Return, 0, 1, 0),
        ]);
        assert_eq!(find_setter(&jump_past_the_end, 3, 0), Some(jump_past_the_end.code[2]));
        assert_eq!(find_setter(&jump_past_the_end, 3, 1), None);
    }

    #[test]
    fn a_call_sets_everything_above_its_base() {
        let function = traced(&[
            Instruction::abx(Opcode::GetGlobal, 4, 0),
            Instruction::abx(Opcode::GetGlobal, 1, 0),
            Instruction::abc(Opcode::Call, 2, 1, 1),
            Instruction::abc(Opcode::Return, 0, 1, 0),
        ]);
        assert_eq!(find_setter(&function, 3, 4), Some(function.code[2]));
        assert_eq!(find_setter(&function, 3, 1), Some(function.code[1]));
    }

    #[test]
    fn stripped_and_nameless_debug_information_gives_a_question_mark() {
        let mut function = function();
        function.upvalue_names.clear();
        assert_eq!(name_for_register(&function, 3, 3), Some((NameKind::Upvalue, &b"?"[..])));
        function.locals[0].name = None;
        assert_eq!(local_name(&function, 1, 3), Some(&b"?"[..]));
    }
}
