//! Hooks: the function that a program has called at calls, returns, new lines, and after so many instructions.
//!
//! The conditions and the order are the reference's (`luaD_callhook`, `luaD_precall`, `luaD_poscall`, `traceexec`). A hook is
//! called like everything else, as a frame on top of the function that it looks at; what was about to happen when it was
//! called is noted in the thread's [`Hooks`], of which one is enough: no hook is called while one runs. A thread without hooks
//! runs in a copy of the loop that knows nothing of all this. Nothing here knows the library that sets hooks.

use super::calls::{Left, Request};
use super::error::Error;
use super::frame::After;
use super::state::{Flow, State};
use crate::lua::bytecode::{Instruction, Opcode, Prototype};
use crate::lua::heap::{TableRef, ThreadRef, Value};

/// What a hook may be called for, as bits of a mask (`LUA_MASKCALL` and so on).
pub mod mask {
    pub const CALL: u8 = 1;
    pub const RETURN: u8 = 2;
    pub const LINE: u8 = 4;
    pub const COUNT: u8 = 8;
}

/// The key of the table of hook functions in the registry: a number that nothing else uses.
const HOOK_TABLE: Value = Value::light(u32::MAX);

/// An occasion for a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HookEvent {
    Call,
    Return,
    Line(i32),
    Count,
    TailReturn,
}

impl HookEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Return => "return",
            Self::Line(_) => "line",
            Self::Count => "count",
            Self::TailReturn => "tail return",
        }
    }

    /// The second argument of the hook: the line, if there is one.
    fn line(self) -> Value {
        match self {
            Self::Line(line) if line >= 0 => Value::number(f64::from(line)),
            _ => Value::NIL,
        }
    }
}

/// What goes on when the hook returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Interrupted {
    /// The function that was just entered.
    #[default]
    Entry,
    /// The function that was just entered, in the place of its caller, below which there are so many frames.
    TailCall(usize),
    /// The instruction that the function below is at, perhaps after a second hook for its line.
    Instruction(Option<i32>),
    /// The end of the call on top, with `count` results from `first` on.
    Return { first: usize, count: usize },
}

/// The hooks of a thread, and where it is with them.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// What the hook is called for; 0 if there is no hook.
    mask: u8,
    /// How many instructions there are between two events (`basehookcount`).
    period: i32,
    /// How many are left until the next one (`hookcount`).
    left: i32,
    /// Whether the loop has to ask for every instruction.
    pub(super) are_active: bool,
    /// Whether it has asked for the instruction that comes next.
    is_traced: bool,
    /// Whether the hooks for the return of the function on top have been called.
    has_told_of_return: bool,
    /// The end of the instruction that the function on top executed last (`savedpc`).
    last_pc: u32,
    interrupted: Interrupted,
    /// Where the interrupted function's stack ended.
    top: usize,
}

/// What is due before an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    count: bool,
    line: Option<i32>,
}

impl Hooks {
    /// Sets what the hook is called for; a mask of 0 turns it off (`lua_sethook`).
    pub fn set(&mut self, mask: u8, period: i32) {
        self.mask = mask;
        self.period = period;
        self.left = period;
        self.are_active = mask != 0;
        self.has_told_of_return = false;
    }

    /// What the hook is called for.
    pub fn mask(&self) -> u8 {
        self.mask
    }

    /// The number of instructions between two count events, as it was set.
    pub fn period(&self) -> i32 {
        self.period
    }

    /// The hooks of a thread that a thread with these makes.
    pub fn inherited(&self) -> Self {
        let mut hooks = Self::default();
        hooks.set(self.mask, self.period);
        hooks
    }

    /// Whether the next instruction has been asked for; to be asked once for each.
    #[inline]
    pub(super) fn take_traced(&mut self) -> bool {
        if self.is_traced {
            self.is_traced = false;
            self.are_active = self.mask != 0;
            return true;
        }
        false
    }

    /// Whether the loop owes the next instruction to a hook that has returned: nothing may come between.
    pub(super) fn owes_instruction(&self) -> bool {
        self.is_traced
    }

    /// Counts the instruction at `pc`, and says what is due before it (`traceexec`).
    pub(super) fn trace(&mut self, pc: usize, prototype: &Prototype) -> Option<Due> {
        let last = std::mem::replace(&mut self.last_pc, pc as u32 + 1) as usize;
        if self.mask & (mask::LINE | mask::COUNT) == 0 {
            return None;
        }
        self.left = self.left.wrapping_sub(1);
        let count = self.mask & mask::COUNT != 0 && self.left == 0;
        if count {
            self.left = self.period;
        }
        let line = if self.mask & mask::LINE != 0 { new_line(prototype, pc, last) } else { None };
        (count || line.is_some()).then_some(Due { count, line })
    }
}

/// The line of the instruction at `pc`, if a hook is to be told: on entering a function, after a jump back, on another line
/// than before. The instruction before it ended at `last`.
fn new_line(prototype: &Prototype, pc: usize, last: usize) -> Option<i32> {
    let line = |pc: usize| prototype.line_info.get(pc).copied().unwrap_or(0);
    let is_new = pc == 0 || pc < last || line(pc) != line(last.wrapping_sub(1));
    is_new.then(|| line(pc))
}

/// Whether an instruction takes values up to the top.
pub(super) fn consumes_open_results(instruction: Instruction) -> bool {
    let takes_values =
        matches!(instruction.opcode(), Some(Opcode::Call | Opcode::TailCall | Opcode::Return | Opcode::SetList));
    takes_values && instruction.b() == 0
}

impl State {
    /// The table of hook functions in the registry, by thread; made if `make` says so and there is none.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(in crate::lua) fn hook_table(&mut self, make: bool) -> Result<Option<TableRef>, Error> {
        let found = self.heap.raw_get(self.registry, HOOK_TABLE).as_table();
        if found.is_some() || !make {
            return Ok(found);
        }
        let table = self.library_table(1);
        let (registry, value) = (self.registry, Value::table(table));
        self.heap.raw_set(registry, HOOK_TABLE, value).map_err(|error| self.table_error(error))?;
        Ok(Some(table))
    }

    /// What stands for a thread in the table of hook functions.
    pub(in crate::lua) fn hook_key(thread: ThreadRef) -> Value {
        Value::light(thread.0)
    }

    /// Takes away the hook that a program has left in the running thread: a host's own calls would be hooked as well.
    pub fn remove_hook(&mut self) {
        self.execution.hooks.set(0, 0);
    }

    /// Makes sure that a new thread has no hook function: it may bear the number of a dead one.
    ///
    /// # Errors
    /// None that happens: the key is there, or nothing is done.
    pub(in crate::lua) fn forget_hook(&mut self, thread: ThreadRef) -> Result<(), Error> {
        let key = Self::hook_key(thread);
        match self.hook_table(false)? {
            Some(table) if !self.heap.raw_get(table, key).is_nil() => {
                self.heap.raw_set(table, key, Value::NIL).map_err(|error| self.table_error(error))
            }
            _ => Ok(()),
        }
    }

    /// Puts the hook and its arguments above the stack of the function on top, for an event of it. Nothing if no hook is to be
    /// called now.
    fn prepare_hook(&mut self, event: HookEvent, interrupted: Interrupted) -> Result<Option<Request>, Error> {
        if self.execution.hooks.mask == 0 || self.execution.is_unobserved {
            return Ok(None);
        }
        let Some(table) = self.hook_table(false)? else { return Ok(None) };
        let function = self.heap.raw_get(table, Self::hook_key(self.thread));
        if !function.is_function() {
            return Ok(None);
        }
        let execution = &mut *self.execution;
        let top = execution.top;
        execution.is_unobserved = true;
        execution.hooks.interrupted = interrupted;
        execution.hooks.top = top;
        // The table is where the reference has it: programs can see it among the temporaries.
        execution.push(Value::table(table));
        execution.push(function);
        let name = self.new_string(event.name().as_bytes())?;
        self.execution.push(name);
        self.execution.push(event.line());
        Ok(Some(Request { function: top + 1, wanted: 0, after: After::Hook, is_c_level: true }))
    }

    /// The call of the hook for the function that was just entered, if there is one to make.
    #[cold]
    pub(super) fn entry_hook(&mut self, interrupted: Interrupted) -> Result<Option<Request>, Error> {
        if self.execution.hooks.mask & mask::CALL == 0 {
            return Ok(None);
        }
        // To the hook, the function is at its first instruction.
        self.set_pc_of_lua(1);
        let request = self.prepare_hook(HookEvent::Call, interrupted)?;
        if request.is_none() {
            self.set_pc_of_lua(0);
        }
        Ok(request)
    }

    fn set_pc_of_lua(&mut self, pc: u32) {
        if let Some(frame) = self.execution.frames.last_mut().filter(|frame| frame.is_lua()) {
            frame.pc = pc;
        }
    }

    /// The call of a hook that has to be made before the call on top ends.
    #[cold]
    pub(super) fn hook_before_leaving(&mut self, first: usize, count: usize) -> Result<Option<Request>, Error> {
        let has_been_told = std::mem::take(&mut self.execution.hooks.has_told_of_return);
        if !has_been_told && let Some(hook) = self.return_hook(first, count)? {
            return Ok(Some(hook));
        }
        let execution = &mut *self.execution;
        if let [.., caller, _] = execution.frames.as_slice() {
            execution.hooks.last_pc = caller.pc;
        }
        Ok(None)
    }

    /// The call of the hook for the end of the call on top, if there is one to make.
    fn return_hook(&mut self, first: usize, count: usize) -> Result<Option<Request>, Error> {
        if self.execution.hooks.mask & mask::RETURN == 0 {
            return Ok(None);
        }
        self.execution.top = first + count;
        self.prepare_hook(HookEvent::Return, Interrupted::Return { first, count })
    }

    /// The call of the hook for the next call that a tail call in the frame on top replaced, if there is one to make.
    fn tail_return_hook(&mut self, interrupted: Interrupted) -> Result<Option<Request>, Error> {
        if self.execution.hooks.mask & mask::RETURN == 0 {
            return Ok(None);
        }
        let Some(frame) = self.execution.frames.last_mut().filter(|frame| frame.is_lua()) else { return Ok(None) };
        let Some(left) = frame.tail_calls.checked_sub(1) else { return Ok(None) };
        frame.tail_calls = left;
        self.prepare_hook(HookEvent::TailReturn, interrupted)
    }

    /// Calls the hook for the instruction that the frame on top has just gone past.
    #[cold]
    pub(super) fn call_instruction_hook(&mut self, due: Due) -> Result<Flow, Error> {
        // Only an instruction that consumes open results may find the top elsewhere than at the end of the registers.
        if !self.instruction_under_way().is_some_and(|(instruction, _)| consumes_open_results(instruction)) {
            self.restore_lua_top();
        }
        match self.instruction_hook(due)? {
            Some(Request { function, wanted, after, is_c_level }) => self.invoke(function, wanted, after, is_c_level),
            None => {
                self.go_back_to_instruction();
                Ok(Flow::Continue)
            }
        }
    }

    fn instruction_hook(&mut self, due: Due) -> Result<Option<Request>, Error> {
        if due.count
            && let Some(request) = self.prepare_hook(HookEvent::Count, Interrupted::Instruction(due.line))?
        {
            return Ok(Some(request));
        }
        match due.line {
            Some(line) => self.prepare_hook(HookEvent::Line(line), Interrupted::Instruction(None)),
            None => Ok(None),
        }
    }

    /// Lets the loop execute the instruction that a hook has seen.
    fn go_back_to_instruction(&mut self) {
        let execution = &mut *self.execution;
        if let Some(frame) = execution.frames.last_mut() {
            frame.pc = frame.pc.saturating_sub(1);
        }
        execution.hooks.is_traced = true;
        execution.hooks.are_active = true;
    }

    /// Goes on with what a hook has interrupted.
    #[cold]
    pub(super) fn end_hook(&mut self) -> Result<Left, Error> {
        let execution = &mut *self.execution;
        execution.is_unobserved = false;
        execution.top = execution.hooks.top;
        match execution.hooks.interrupted {
            Interrupted::Entry => match self.running_native() {
                Some(native) => return Ok(Left::Run(native)),
                None => self.set_pc_of_lua(0),
            },
            Interrupted::TailCall(depth) => self.replace_caller(depth),
            Interrupted::Instruction(line) => {
                if let Some(request) = self.instruction_hook(Due { count: false, line })? {
                    return Ok(Left::Call(request));
                }
                self.go_back_to_instruction();
            }
            interrupted @ Interrupted::Return { first, count } => {
                return match self.tail_return_hook(interrupted)? {
                    Some(request) => Ok(Left::Call(request)),
                    None => {
                        self.execution.hooks.has_told_of_return = true;
                        self.leave(first, count)
                    }
                };
            }
        }
        Ok(Left::Flow(Flow::Continue))
    }
}
