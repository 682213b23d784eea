//! The instructions that the loop does not do itself: those that allocate, or reach beyond the registers of their frame.

use super::calls::Request;
use super::error::Error;
use super::frame::{After, Callee};
use super::hooks::Interrupted;
use super::state::{Flow, State};
use crate::lua::bytecode::skip_is_checked;
use crate::lua::heap::{Table, Value};

impl State {
    /// Skips an instruction for a `LOADBOOL` whose `C` no compiler makes, and which the verifier takes for no skip.
    #[cold]
    pub(super) fn unchecked_skip(&mut self) -> Result<(), Error> {
        let Some(frame) = self.execution.frames.last_mut() else { return Ok(()) };
        let Some(prototype) = frame.prototype() else { return Ok(()) };
        let pc = frame.pc as usize;
        if !skip_is_checked(&self.prototypes.get(prototype).source, pc - 1) {
            return Err(self.run_error("bad code"));
        }
        frame.pc += 1;
        Ok(())
    }

    /// Makes the table for a `NEWTABLE` with size hints.
    #[cold]
    pub(super) fn sized_table(&mut self, array: usize, hash: usize) -> Result<(), Error> {
        let nodes = if hash == 0 { 0 } else { hash.next_power_of_two() };
        if !self.heap.has_room(array.saturating_mul(16).saturating_add(nodes.saturating_mul(40))) {
            return Err(self.memory_error());
        }
        let table = match Table::with_capacity(array, hash) {
            Ok(table) => self.heap.adopt_table(table),
            Err(error) => return Err(self.table_error(error)),
        };
        if let Some((instruction, base)) = self.instruction_under_way() {
            self.execution.stack[base + instruction.a() as usize] = Value::table(table);
        }
        self.restore_lua_top();
        self.collect_if_due()
    }

    /// Coerces the values of a numeric loop and steps back once.
    pub(super) fn prepare_loop(&mut self, place: usize, jump: i32) -> Result<(), Error> {
        let values = [place, place + 1, place + 2].map(|place| self.execution.stack[place]);
        let mut numbers = [0.0; 3];
        for (index, what) in ["initial value", "limit", "step"].into_iter().enumerate() {
            match self.to_number(values[index]) {
                Some(n) => numbers[index] = n,
                None => return Err(self.run_error(format!("'for' {what} must be a number"))),
            }
            self.execution.stack[place + index] = Value::number(numbers[index]);
        }
        self.execution.stack[place] = Value::number(numbers[0] - numbers[2]);
        if let Some(frame) = self.execution.frames.last_mut() {
            frame.pc = frame.pc.wrapping_add_signed(jump);
        }
        Ok(())
    }

    /// Stores the values above a table into its array part, as the block with this number (from 1).
    #[inline(never)]
    pub(super) fn set_list(&mut self, place: usize, count: usize, block: usize) -> Result<(), Error> {
        const FIELDS_PER_FLUSH: i32 = 50;
        self.restore_lua_top();
        let Some(table) = self.execution.stack[place].as_table() else { return Ok(()) };
        // The block number may be any word; the reference computes with it in 32 bits.
        let last = (block as i32).wrapping_sub(1).wrapping_mul(FIELDS_PER_FLUSH).wrapping_add(count as i32);
        if let Ok(size) = usize::try_from(last) {
            if !self.heap.has_room(size.saturating_mul(16)) {
                return Err(self.memory_error());
            }
            self.heap.reserve_array(table, size).map_err(|error| self.table_error(error))?;
        }
        for offset in (0..count).rev() {
            let key = Value::number(f64::from(last.wrapping_sub((count - 1 - offset) as i32)));
            let value = self.execution.stack[place + 1 + offset];
            self.heap.raw_set(table, key, value).map_err(|error| self.table_error(error))?;
        }
        Ok(())
    }

    /// Copies the variable arguments of the function on top to a place; `b` is one more than how many, 0 for all.
    #[inline(never)]
    pub(super) fn spread_varargs(&mut self, to: usize, b: u32) {
        let Some(frame) = self.execution.frames.last() else { return };
        let Some(prototype) = frame.prototype() else { return };
        let (base, first) = (frame.base as usize, frame.function as usize + 1);
        let first = first + usize::from(self.prototypes.get(prototype).parameter_count);
        let available = base.saturating_sub(first);
        let wanted = if b == 0 { available } else { b as usize - 1 };
        self.execution.reserve(to + wanted);
        let moved = wanted.min(available);
        self.execution.stack.copy_within(first..first + moved, to);
        self.execution.stack[to + moved..to + wanted].fill(Value::NIL);
        if b == 0 {
            self.execution.top = to + wanted;
        }
    }

    /// Calls a function in the place of the one on top.
    pub(super) fn tail_call(&mut self, function: usize) -> Result<Flow, Error> {
        if self.replace_plainly(function) {
            return Ok(Flow::Continue);
        }
        let depth = self.execution.frames.len();
        self.resolve_callee(function)?;
        let is_lua = self.execution.stack[function].as_closure().is_some();
        let flow = self.invoke(function, -1, After::Ordinary, false)?;
        if is_lua {
            self.replace_caller(depth);
        }
        Ok(flow)
    }

    /// Likewise, with a hook for the call: it is called while both functions are still there.
    pub(super) fn hooked_tail_call(&mut self, function: usize) -> Result<Flow, Error> {
        let depth = self.execution.frames.len();
        self.resolve_callee(function)?;
        let Some(closure) = self.execution.stack[function].as_closure() else {
            return self.invoke(function, -1, After::Ordinary, false);
        };
        self.enter_lua(closure, Request { function, wanted: -1, after: After::Ordinary, is_c_level: false })?;
        match self.entry_hook(Interrupted::TailCall(depth))? {
            Some(hook) => self.invoke(hook.function, hook.wanted, hook.after, hook.is_c_level),
            None => {
                self.replace_caller(depth);
                Ok(Flow::Continue)
            }
        }
    }

    /// The short way of a tail call: a Lua function without variable arguments takes over the frame on top. Says whether it did.
    fn replace_plainly(&mut self, function: usize) -> bool {
        let Some(closure) = self.execution.stack[function].as_closure() else { return false };
        let prototype = self.heap.closure(closure).prototype;
        let loaded = self.prototypes.get(prototype);
        let (size, parameters) = (usize::from(loaded.max_stack_size), usize::from(loaded.parameter_count));
        let has_room = self.execution.frames.len() < self.execution.frame_limit;
        let Some(caller) = self.execution.frames.last().filter(|_| has_room && loaded.vararg_flags == 0) else {
            return false;
        };
        let (to, base) = (caller.function as usize, caller.base as usize);
        self.close_upvalues(base);
        let execution = &mut *self.execution;
        let given = execution.top.saturating_sub(function + 1).min(parameters);
        // A few values as a rule: too few for the library's copying and filling to be worth a call.
        for offset in 0..=given {
            execution.stack[to + offset] = execution.stack[function + offset];
        }
        let base = to + 1;
        execution.reserve(base + size);
        execution.stack[base + given..(base + size).max(base + given)].fill(Value::NIL);
        execution.top = base + size;
        if let Some(frame) = execution.frames.last_mut() {
            frame.base = base as u32;
            frame.top = (base + size) as u32;
            frame.callee = Callee::Lua(closure, prototype);
            frame.pc = 0;
            frame.tail_calls += 1;
            frame.progress = 0;
        }
        true
    }

    /// Moves the Lua function on top, which was just entered, down to where its caller (at `depth` frames) is.
    pub(super) fn replace_caller(&mut self, depth: usize) {
        let caller_base = self.execution.frames[depth - 1].base as usize;
        self.close_upvalues(caller_base);
        let execution = &mut *self.execution;
        let Some(callee) = execution.frames.pop() else { return };
        let Some(caller) = execution.frames.last_mut() else { return };
        let (from, to) = (callee.function as usize, caller.function as usize);
        let distance = (from - to) as u32;
        execution.stack.copy_within(from..callee.top as usize, to);
        caller.base = callee.base - distance;
        caller.top = callee.top - distance;
        caller.callee = callee.callee;
        caller.pc = 0;
        caller.tail_calls += 1;
        caller.progress = 0;
        execution.top = caller.top as usize;
    }
}

/// The size that a floating-point byte of `NEWTABLE` stands for.
pub(super) fn size_hint(hint: u32) -> usize {
    let exponent = hint >> 3 & 31;
    if exponent == 0 { hint as usize } else { ((hint as usize & 7) + 8) << (exponent - 1) }
}
