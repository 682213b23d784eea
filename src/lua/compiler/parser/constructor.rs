//! Table constructors.

use super::Compiler;
use crate::lua::bytecode::Opcode;
use crate::lua::compiler::codegen::{Expression, ExpressionKind, FIELDS_PER_FLUSH, MULTIPLE};
use crate::lua::compiler::error::Parse;
use crate::lua::compiler::lexer::{Kind, MAX_INT};

/// A constructor being parsed.
struct Constructor {
    /// The register of the table.
    table: u32,
    /// The last list item read, if it is not in a register yet.
    item: Expression,
    record_count: i32,
    list_count: i32,
    /// How many list items have not been stored yet.
    pending: i32,
}

impl Compiler<'_> {
    /// `constructor -> '{' [ field { (',' | ';') field } [',' | ';'] ] '}'`
    pub(super) fn constructor(&mut self) -> Parse<Expression> {
        let line = self.lexer.line;
        let pc = self.emit_abc(Opcode::NewTable, 0, 0, 0)?;
        let mut table = Expression::new(ExpressionKind::Relocatable(pc));
        self.put_in_next_register(&mut table)?;
        let mut state = Constructor {
            table: self.function.free_register - 1,
            item: Expression::new(ExpressionKind::Void),
            record_count: 0,
            list_count: 0,
            pending: 0,
        };
        self.skip(Kind::Char(b'{'))?;
        while !self.is_at(b'}') {
            self.close_list_item(&mut state)?;
            match self.kind() {
                Kind::Name if self.lexer.look_ahead()? == Kind::Char(b'=') => self.record_field(&mut state)?,
                Kind::Char(b'[') => self.record_field(&mut state)?,
                _ => self.list_item(&mut state)?,
            }
            if !self.skip_if(Kind::Char(b','))? && !self.skip_if(Kind::Char(b';'))? {
                break;
            }
        }
        self.skip_closing(Kind::Char(b'}'), Kind::Char(b'{'), line)?;
        self.finish_list(&mut state)?;
        let instruction = self.instruction_mut(pc);
        *instruction = instruction.with_b(floating_byte(state.list_count)).with_c(floating_byte(state.record_count));
        Ok(table)
    }

    /// `recfield -> (NAME | '[' exp ']') '=' exp`
    fn record_field(&mut self, state: &mut Constructor) -> Parse<()> {
        let free_register = self.function.free_register;
        let mut key = if self.kind() == Kind::Name {
            self.check_limit(state.record_count, MAX_INT, "items in a constructor")?;
            self.name_constant()?
        } else {
            self.bracketed_key()?
        };
        state.record_count += 1;
        self.skip(Kind::Char(b'='))?;
        let key = self.make_operand(&mut key)?;
        let mut value = self.expression()?;
        let value = self.make_operand(&mut value)?;
        self.emit_abc(Opcode::SetTable, state.table, key, value)?;
        self.function.free_register = free_register;
        Ok(())
    }

    fn list_item(&mut self, state: &mut Constructor) -> Parse<()> {
        state.item = self.expression()?;
        self.check_limit(state.list_count, MAX_INT, "items in a constructor")?;
        state.list_count += 1;
        state.pending += 1;
        Ok(())
    }

    /// Puts the last list item into a register, and stores what has come together if it is enough.
    fn close_list_item(&mut self, state: &mut Constructor) -> Parse<()> {
        if state.item.kind == ExpressionKind::Void {
            return Ok(());
        }
        self.put_in_next_register(&mut state.item)?;
        state.item.kind = ExpressionKind::Void;
        if state.pending == FIELDS_PER_FLUSH {
            self.emit_set_list(state.table, state.list_count, state.pending)?;
            state.pending = 0;
        }
        Ok(())
    }

    /// Stores the list items that are left, the last one with all its values.
    fn finish_list(&mut self, state: &mut Constructor) -> Parse<()> {
        if state.pending == 0 {
            return Ok(());
        }
        if state.item.is_multiple() {
            self.set_returns(&state.item, MULTIPLE)?;
            self.emit_set_list(state.table, state.list_count, MULTIPLE)?;
            state.list_count -= 1;
            return Ok(());
        }
        if state.item.kind != ExpressionKind::Void {
            self.put_in_next_register(&mut state.item)?;
        }
        self.emit_set_list(state.table, state.list_count, state.pending)
    }
}

/// A size hint as a "floating point byte" `eeeeexxx` (`luaO_int2fb`): (1xxx) * 2^(eeeee - 1), rounded up.
fn floating_byte(count: i32) -> u32 {
    let mut mantissa = count as u32;
    let mut exponent = 0;
    while mantissa >= 16 {
        mantissa = (mantissa + 1) >> 1;
        exponent += 1;
    }
    if mantissa < 8 { mantissa } else { (exponent + 1) << 3 | (mantissa - 8) }
}

#[cfg(test)]
mod tests {
    use super::floating_byte;

    #[test]
    fn size_hints_round_up() {
        let cases = [(0, 0), (7, 7), (8, 8), (15, 15), (16, 16), (17, 17), (18, 17), (50, 29), (51, 29), (1000, 64)];
        for (count, byte) in cases {
            assert_eq!(floating_byte(count), byte, "{count}");
        }
    }
}
