//! One instruction as a line of text, in the manner of `luac -l`, for any word at any place: a wrong operand is just
//! what has to be shown.

use crate::lua::bytecode::{ArgumentMode, Constant, Format, Instruction, Opcode, Prototype, RK_CONSTANT};

use super::show;

/// Instruction `pc` (from 0) of a function: the source line, the operation with its operands (constants as `-1`, `-2`,
/// …, as `luac` writes them), and what they stand for.
pub fn instruction_text(prototype: &Prototype, pc: usize) -> String {
    if prototype.code.len() <= pc {
        return "(no instruction)".into();
    }
    let line = prototype.line_info.get(pc).map_or_else(|| "-".into(), i32::to_string);
    format!("[{line}] {}", operation_text(prototype, pc))
}

/// The same without the line; nothing if there is no such instruction.
pub fn operation_text(prototype: &Prototype, pc: usize) -> String {
    let Some(&instruction) = prototype.code.get(pc) else { return String::new() };
    let mut text = operation(instruction);
    let remark = remark(prototype, pc, instruction);
    if !remark.is_empty() {
        text.push_str(" ; ");
        text.push_str(&remark);
    }
    text
}

fn operation(instruction: Instruction) -> String {
    let Some(opcode) = instruction.opcode() else { return format!("{:#010x} (no opcode)", instruction.0) };
    let mut text = format!("{:<9} {}", opcode.name(), instruction.a());
    match opcode.format() {
        Format::Abc => {
            for (mode, value) in [(opcode.b_mode(), instruction.b()), (opcode.c_mode(), instruction.c())] {
                // An operand without a meaning is zero; where it is not, that may be the difference.
                if mode != ArgumentMode::Unused || value != 0 {
                    text.push_str(&match constant_index(mode, value) {
                        Some(constant) => format!(" -{}", constant + 1),
                        None => format!(" {value}"),
                    });
                }
            }
        }
        Format::Abx if opcode.b_mode() == ArgumentMode::ConstantOrRegister => {
            text.push_str(&format!(" -{}", instruction.bx() + 1));
        }
        Format::Abx => text.push_str(&format!(" {}", instruction.bx())),
        Format::Asbx => text.push_str(&format!(" {}", instruction.sbx())),
    }
    text
}

/// The index of the constant that an operand names, if it does.
fn constant_index(mode: ArgumentMode, value: u32) -> Option<usize> {
    (mode == ArgumentMode::ConstantOrRegister && value & RK_CONSTANT != 0).then_some((value & !RK_CONSTANT) as usize)
}

fn remark(prototype: &Prototype, pc: usize, instruction: Instruction) -> String {
    let Some(opcode) = instruction.opcode() else { return String::new() };
    match opcode {
        Opcode::LoadK | Opcode::GetGlobal | Opcode::SetGlobal => {
            constant(prototype.constants.get(instruction.bx() as usize))
        }
        Opcode::GetUpval | Opcode::SetUpval => match prototype.upvalue_names.get(instruction.b() as usize) {
            Some(Some(name)) => show::escaped(name),
            _ => String::new(),
        },
        Opcode::Jmp | Opcode::ForLoop | Opcode::ForPrep => {
            format!("to {}", pc as i64 + 1 + i64::from(instruction.sbx()))
        }
        Opcode::Closure => format!("function {}", instruction.bx()),
        _ if opcode.format() == Format::Abc => {
            let operands = [(opcode.b_mode(), instruction.b()), (opcode.c_mode(), instruction.c())];
            let named: Vec<String> = operands
                .into_iter()
                .filter_map(|(mode, value)| constant_index(mode, value))
                .map(|index| constant(prototype.constants.get(index)))
                .collect();
            named.join(" ")
        }
        _ => String::new(),
    }
}

/// A constant as text; different constants never look the same.
pub fn constant(constant: Option<&Constant>) -> String {
    match constant {
        None => "(no constant)".into(),
        Some(Constant::Nil) => "nil".into(),
        Some(Constant::Boolean(value)) => value.to_string(),
        Some(Constant::Number(value)) => show::number(*value),
        Some(Constant::String(bytes)) => format!("\"{}\"", show::beginning(bytes)),
        Some(Constant::NullString) => "(null string)".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_show_operands_and_what_they_stand_for() {
        let prototype = Prototype {
            code: vec![
                Instruction::abx(Opcode::LoadK, 1, 0),
                Instruction::abc(Opcode::Add, 0, 1, 1 | RK_CONSTANT),
                Instruction::asbx(Opcode::Jmp, 0, -3),
                Instruction::abc(Opcode::GetUpval, 0, 0, 0),
                Instruction::abc(Opcode::Move, 0, 1, 2),
                Instruction(0x3F),
                Instruction::abx(Opcode::GetGlobal, 0, 9),
            ],
            line_info: vec![1, 1, 2, 2, 3, 3],
            constants: vec![Constant::Number(-0.0), Constant::String(b"a\n"[..].into())],
            upvalue_names: vec![Some(b"up"[..].into())],
            ..Prototype::default()
        };
        let shown: Vec<String> = (0..8).map(|pc| instruction_text(&prototype, pc)).collect();
        assert_eq!(
            shown,
            [
                "[1] LOADK     1 -1 ; -0",
                "[1] ADD       0 1 -2 ; \"a\\n\"",
                "[2] JMP       0 -3 ; to 0",
                "[2] GETUPVAL  0 0 ; up",
                "[3] MOVE      0 1 2",
                "[3] 0x0000003f (no opcode)",
                "[-] GETGLOBAL 0 -10 ; (no constant)",
                "(no instruction)",
            ]
        );
    }
}
