//! Calls: entering functions, leaving them, and driving native functions from step to step. Nothing here recurses.

use super::error::{Error, ErrorKind};
use super::events::Event;
use super::frame::{After, Callee, Catch, Frame, FramesExhausted, MAX_C_LEVELS};
use super::hooks::Interrupted;
use super::native::{Call, Completion, Guard, Outcome, Pending, Step};
use super::state::{Flow, State};
use crate::lua::bytecode::VARARG_NEEDS_ARG;
use crate::lua::heap::{ClosureRef, NativeRef, Table, ThreadRef, ThreadStatus, Unpacked, Value};

/// What is on top after a function was entered.
enum Entered {
    Lua,
    Native(NativeRef),
}

/// A call about to be made.
#[derive(Clone, Copy)]
pub(super) struct Request {
    pub function: usize,
    pub wanted: i32,
    pub after: After,
    pub is_c_level: bool,
}

impl Request {
    /// The frame of the call, once its registers are known to be from `base` to `top`.
    fn frame(self, callee: Callee, base: usize, top: usize) -> Frame {
        Frame {
            function: self.function as u32,
            base: base as u32,
            top: top as u32,
            pc: 0,
            callee,
            wanted: self.wanted,
            after: self.after,
            is_c_level: self.is_c_level,
            has_pending: false,
            tail_calls: 0,
            progress: 0,
        }
    }
}

/// What follows the end of a call.
pub(super) enum Left {
    Flow(Flow),
    Resume(Completion),
    Call(Request),
    /// The native function on top has yet to run.
    Run(NativeRef),
    /// It was a hook that ended: what it interrupted goes on.
    EndHook,
}

impl State {
    /// Calls the function at a place of the stack, with the arguments above it. A native function runs to its end, or until
    /// it has something else called.
    pub(super) fn invoke(
        &mut self,
        function: usize,
        wanted: i32,
        after: After,
        is_c_level: bool,
    ) -> Result<Flow, Error> {
        match self.enter(Request { function, wanted, after, is_c_level })? {
            Entered::Lua => Ok(Flow::Continue),
            Entered::Native(native) => {
                let step = self.run_native(native);
                self.drive(step)
            }
        }
    }

    /// Calls a native function for a `CALL` instruction, with the arguments up to the top: the short way for functions that
    /// return without having anything called.
    #[inline]
    pub(super) fn call_native(&mut self, native: NativeRef, function: usize, wanted: i32) -> Result<Flow, Error> {
        let execution = &mut *self.execution;
        if execution.frames.len() >= execution.frame_limit {
            return self.invoke(function, wanted, After::Ordinary, false);
        }
        execution.reserve(execution.top);
        execution.frames.push(Frame {
            function: function as u32,
            base: function as u32 + 1,
            top: execution.top as u32,
            pc: 0,
            callee: Callee::Native(native),
            wanted,
            after: After::Ordinary,
            is_c_level: false,
            has_pending: false,
            tail_calls: 0,
            progress: 0,
        });
        let code = self.heap.native(native).function;
        let count = match code(&mut Call::new(self, function + 1)) {
            Ok(Step::Return(count)) => count,
            step => return self.drive(step),
        };
        self.collect_if_due()?;
        let execution = &mut *self.execution;
        execution.frames.pop();
        if wanted == 1 {
            let first = execution.top - count;
            execution.stack[function] = if count > 0 { execution.stack[first] } else { Value::NIL };
        } else {
            let first = execution.top - count;
            self.place_results(function, wanted, first, count);
            if wanted < 0 {
                return Ok(Flow::Continue);
            }
        }
        self.restore_lua_top();
        Ok(Flow::Continue)
    }

    fn enter(&mut self, request: Request) -> Result<Entered, Error> {
        if request.is_c_level {
            self.add_c_level()?;
        }
        self.resolve_callee(request.function)?;
        let entered = match self.execution.stack[request.function].unpack() {
            Unpacked::Closure(closure) => {
                self.enter_lua(closure, request)?;
                Entered::Lua
            }
            Unpacked::Native(native) => {
                self.enter_native(native, request)?;
                Entered::Native(native)
            }
            _ => return Err(self.type_error(self.execution.stack[request.function], Some(request.function), "call")),
        };
        if self.execution.hooks.are_active { self.enter_entry_hook(entered) } else { Ok(entered) }
    }

    /// Enters the hook for the function that was just entered, if one is to be called. No hook is called for a hook, so this
    /// goes no deeper.
    #[cold]
    fn enter_entry_hook(&mut self, entered: Entered) -> Result<Entered, Error> {
        match self.entry_hook(Interrupted::Entry)? {
            Some(hook) => self.enter(hook),
            None => Ok(entered),
        }
    }

    /// Counts a call that the reference makes on its C stack.
    pub(super) fn add_c_level(&mut self) -> Result<(), Error> {
        self.execution.c_levels += 1;
        match self.execution.c_levels {
            levels if levels < MAX_C_LEVELS => Ok(()),
            MAX_C_LEVELS => Err(self.run_error("C stack overflow")),
            levels if levels >= MAX_C_LEVELS + MAX_C_LEVELS / 8 => Err(self.error_in_handler()),
            _ => Ok(()),
        }
    }

    pub(super) fn error_in_handler(&self) -> Error {
        Error { value: self.handler_message, kind: ErrorKind::InHandler }
    }

    /// Makes sure that there is a function at a place: if not, puts the `__call` metamethod of what is there below it.
    pub(super) fn resolve_callee(&mut self, function: usize) -> Result<(), Error> {
        let value = self.execution.stack[function];
        if value.is_function() {
            return Ok(());
        }
        let metamethod = self.metamethods.of(&self.heap, value, Event::Call);
        if !metamethod.is_function() {
            return Err(self.type_error(value, Some(function), "call"));
        }
        self.execution.push(Value::NIL);
        let top = self.execution.top;
        self.execution.stack[function..top].rotate_right(1);
        self.execution.stack[function] = metamethod;
        Ok(())
    }

    fn check_frame_limit(&mut self) -> Result<(), Error> {
        if self.execution.frames.len() < self.execution.frame_limit {
            return Ok(());
        }
        match self.execution.frames_exhausted() {
            FramesExhausted::Grown => Ok(()),
            FramesExhausted::Overflow => Err(self.run_error("stack overflow")),
            FramesExhausted::InOverflow => Err(self.error_in_handler()),
        }
    }

    fn enter_native(&mut self, native: NativeRef, request: Request) -> Result<(), Error> {
        self.check_frame_limit()?;
        self.execution.reserve(self.execution.top);
        let frame = request.frame(Callee::Native(native), request.function + 1, self.execution.top);
        self.execution.frames.push(frame);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn enter_lua(&mut self, closure: ClosureRef, request: Request) -> Result<(), Error> {
        let prototype = self.heap.closure(closure).prototype;
        let loaded = self.prototypes.get(prototype);
        let (size, parameters) = (usize::from(loaded.max_stack_size), usize::from(loaded.parameter_count));
        let flags = loaded.vararg_flags;
        self.execution.reserve(self.execution.top + size);
        let base = if flags == 0 {
            let base = request.function + 1;
            self.execution.top = self.execution.top.min(base + parameters);
            base
        } else {
            self.adjust_varargs(request.function, parameters, flags & VARARG_NEEDS_ARG != 0)?
        };
        self.check_frame_limit()?;
        self.execution.reserve(base + size);
        self.account_for_stack()?;
        let from = self.execution.top;
        self.execution.stack[from..(base + size).max(from)].fill(Value::NIL);
        self.execution.top = base + size;
        self.execution.frames.push(request.frame(Callee::Lua(closure, prototype), base, base + size));
        Ok(())
    }

    /// Tells the heap how far the stack has grown, which must be within the memory bound as everything else.
    fn account_for_stack(&mut self) -> Result<(), Error> {
        let weight = self.execution.weight();
        let grown = weight.saturating_sub(self.execution.accounted);
        if grown == 0 {
            return Ok(());
        }
        self.heap.account(grown);
        self.execution.accounted = weight;
        if self.heap.has_room(0) { Ok(()) } else { self.collect_for_room() }
    }

    /// Moves the fixed parameters above the variable arguments, which stay below the new base.
    fn adjust_varargs(&mut self, function: usize, parameters: usize, needs_table: bool) -> Result<usize, Error> {
        let given = self.execution.top - function - 1;
        for _ in given..parameters {
            self.execution.push(Value::NIL);
        }
        let first = function + 1;
        let table = if needs_table { Some(self.argument_table(first + parameters)?) } else { None };
        let base = self.execution.top;
        self.execution.reserve(base + parameters + 1);
        for index in 0..parameters {
            let value = std::mem::replace(&mut self.execution.stack[first + index], Value::NIL);
            self.execution.push(value);
        }
        if let Some(table) = table {
            self.execution.push(table);
        }
        Ok(base)
    }

    /// The compatibility table `arg`, with the values from this place to the top.
    fn argument_table(&mut self, from: usize) -> Result<Value, Error> {
        self.collect_if_due()?;
        let count = self.execution.top.saturating_sub(from);
        let table = match Table::with_capacity(count, 1) {
            Ok(table) => self.heap.adopt_table(table),
            Err(error) => return Err(self.table_error(error)),
        };
        for index in 0..count {
            let (key, value) = (Value::number((index + 1) as f64), self.execution.stack[from + index]);
            self.heap.raw_set(table, key, value).map_err(|error| self.table_error(error))?;
        }
        let name = self.heap.string(b"n");
        let count = Value::number(count as f64);
        self.heap.raw_set(table, name, count).map_err(|error| self.table_error(error))?;
        Ok(Value::table(table))
    }

    fn run_native(&mut self, native: NativeRef) -> Result<Step, Error> {
        let function = self.heap.native(native).function;
        let base = self.execution.frames.last().map_or(0, |frame| frame.base as usize);
        function(&mut Call::new(self, base))
    }

    /// Does what native functions want, until a Lua function is on top or the host's call has ended.
    pub(super) fn drive(&mut self, step: Result<Step, Error>) -> Result<Flow, Error> {
        // Kept as a result and taken apart where it is: moving it costs more than most steps.
        let mut step = step;
        loop {
            step = match step {
                Ok(Step::Return(count) | Step::ReturnHooked(count)) => {
                    self.collect_if_due()?;
                    let first = self.execution.top - count;
                    let mut left = self.leave(first, count)?;
                    loop {
                        break match left {
                            Left::Flow(flow) => return Ok(flow),
                            Left::Resume(completion) => self.resume_pending(Ok(completion)),
                            Left::Run(native) => self.run_native(native),
                            Left::Call(request) => match self.enter(request)? {
                                Entered::Lua => return Ok(Flow::Continue),
                                Entered::Native(native) => self.run_native(native),
                            },
                            Left::EndHook => {
                                left = self.end_hook()?;
                                continue;
                            }
                        };
                    }
                }
                Ok(Step::Call { arguments, wanted, guard, pending }) => {
                    self.collect_if_due()?;
                    let function = self.execution.top - arguments - 1;
                    let after = self.leave_pending(pending, guard, function);
                    match self.enter(Request { function, wanted, after, is_c_level: true })? {
                        Entered::Lua => return Ok(Flow::Continue),
                        Entered::Native(native) => self.run_native(native),
                    }
                }
                Ok(Step::Resume { thread, arguments, pending }) => {
                    self.leave_pending(pending, Guard::None, 0);
                    match self.resume_thread(thread, arguments)? {
                        Some(Entered::Lua) => return Ok(Flow::Continue),
                        Some(Entered::Native(native)) => self.run_native(native),
                        None => Ok(Step::Return(arguments)),
                    }
                }
                Ok(Step::Yield(count)) => {
                    let completion = self.yield_values(count)?;
                    self.resume_pending(Ok(completion))
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Notes how the native function on top goes on after the call that it makes.
    fn leave_pending(&mut self, pending: Box<dyn Pending>, guard: Guard, function: usize) -> After {
        let execution = &mut *self.execution;
        execution.pending.push(pending);
        let frame_index = execution.frames.len().saturating_sub(1);
        let Some(frame) = execution.frames.last_mut() else { return After::Native };
        frame.has_pending = true;
        let handler = match guard {
            Guard::None => return After::Native,
            Guard::SameHandler => execution.handler,
            Guard::NoHandler => 0,
            Guard::Handler(place) => frame.base + place as u32 - 1,
        };
        let catch = Catch {
            frame: frame_index,
            top: function,
            pending: execution.pending.len(),
            c_levels: execution.c_levels,
            handler: execution.handler,
            is_unobserved: execution.is_unobserved,
        };
        execution.catches.push(catch);
        execution.handler = handler;
        After::Guarded
    }

    pub(super) fn resume_pending(&mut self, outcome: Outcome) -> Result<Step, Error> {
        let execution = &mut *self.execution;
        if let (Some(frame), Some(pending)) = (execution.frames.last_mut(), execution.pending.pop()) {
            frame.has_pending = false;
            let base = frame.base as usize;
            return pending.resume(&mut Call::new(self, base), outcome);
        }
        // A frame that is told of the end of its call has a pending operation: it made the call.
        Err(self.error_in_handler())
    }

    /// Ends the call on top, whose results are `count` values from `first` on; a hook for that comes first.
    pub(super) fn leave(&mut self, first: usize, count: usize) -> Result<Left, Error> {
        if self.execution.hooks.are_active
            && let Some(hook) = self.hook_before_leaving(first, count)?
        {
            return Ok(Left::Call(hook));
        }
        // Field by field: a frame that was just written is slow to read as a whole.
        let execution = &mut *self.execution;
        let Some(frame) = execution.frames.last() else { return Ok(Left::Flow(Flow::Exit)) };
        let (function, wanted, after) = (frame.function as usize, frame.wanted, frame.after);
        execution.c_levels -= u32::from(frame.is_c_level);
        execution.frames.truncate(execution.frames.len() - 1);
        if after == After::Handler {
            let value = if count > 0 { self.execution.stack[first] } else { Value::NIL };
            return Err(Error { value, kind: ErrorKind::Handled });
        }
        let results = self.place_results(function, wanted, first, count);
        match after {
            After::Ordinary => {
                if wanted >= 0 {
                    self.restore_lua_top();
                }
                Ok(Left::Flow(Flow::Continue))
            }
            After::Instruction => {
                let finished = self.finish_instruction(function)?;
                Ok(finished.map_or(Left::Flow(Flow::Continue), Left::Call))
            }
            After::Guarded => {
                if let Some(catch) = self.execution.catches.pop() {
                    self.execution.handler = catch.handler;
                }
                Ok(Left::Resume(Completion { results }))
            }
            After::Native | After::Handler => Ok(Left::Resume(Completion { results })),
            After::Finaliser => {
                self.end_finaliser();
                Ok(Left::Flow(Flow::Continue))
            }
            After::Hook => Ok(Left::EndHook),
            After::Coroutine => Ok(Left::Resume(self.end_coroutine(results))),
            After::Host => Ok(Left::Flow(Flow::Exit)),
        }
    }

    /// Ends the call of the Lua function on top, in all cases that the loop does not do itself.
    #[inline(never)]
    pub(super) fn leave_lua(&mut self, first: usize, count: usize) -> Result<Flow, Error> {
        let mut left = self.leave(first, count)?;
        loop {
            return match left {
                Left::Flow(flow) => Ok(flow),
                Left::Resume(completion) => {
                    let step = self.resume_pending(Ok(completion));
                    self.drive(step)
                }
                Left::Run(native) => {
                    let step = self.run_native(native);
                    self.drive(step)
                }
                Left::Call(request) => self.invoke(request.function, request.wanted, request.after, request.is_c_level),
                Left::EndHook => {
                    left = self.end_hook()?;
                    continue;
                }
            };
        }
    }

    /// Moves results to where they belong, as many as wanted. Gives their number; the top is behind them.
    fn place_results(&mut self, to: usize, wanted: i32, first: usize, count: usize) -> usize {
        let stack = &mut self.execution.stack;
        let wanted = usize::try_from(wanted).unwrap_or(count);
        let moved = count.min(wanted);
        // Mostly one or two: too few to be worth a call of the library's copying.
        for offset in 0..moved {
            stack[to + offset] = stack[first + offset];
        }
        self.execution.top = to + wanted;
        if wanted > moved {
            self.execution.reserve(to + wanted);
            self.execution.stack[to + moved..to + wanted].fill(Value::NIL);
        }
        wanted
    }

    /// Sets the top to the end of the registers of the Lua function on top.
    pub(super) fn restore_lua_top(&mut self) {
        if let Some(frame) = self.execution.frames.last().filter(|frame| frame.is_lua()) {
            self.execution.top = frame.top as usize;
        }
    }

    /// Calls a metamethod for the instruction under way; its first result completes the instruction.
    #[inline(never)]
    pub(super) fn call_metamethod(&mut self, metamethod: Value, arguments: &[Value]) -> Result<Flow, Error> {
        let request = self.prepare_metamethod(metamethod, arguments);
        self.invoke(request.function, request.wanted, request.after, request.is_c_level)
    }

    /// Puts a metamethod and its arguments above the registers of the Lua function on top.
    pub(super) fn prepare_metamethod(&mut self, metamethod: Value, arguments: &[Value]) -> Request {
        let function = self.execution.live_top();
        self.execution.top = function;
        self.execution.push(metamethod);
        for argument in arguments {
            self.execution.push(*argument);
        }
        Request { function, wanted: 1, after: After::Instruction, is_c_level: true }
    }

    /// Makes a coroutine the running thread. `None` if it goes on from a yield, with the arguments on its top.
    fn resume_thread(&mut self, thread: ThreadRef, arguments: usize) -> Result<Option<Entered>, Error> {
        let levels = self.execution.c_levels;
        let from = self.execution.top - arguments;
        let target = self.heap.thread_mut(thread);
        for value in &self.execution.stack[from..from + arguments] {
            target.execution.push(*value);
        }
        self.execution.top = from;
        let started = std::mem::replace(&mut target.started, true);
        target.resumer = self.thread;
        self.heap.thread_mut(self.thread).status = ThreadStatus::Normal;
        self.switch_to(thread);
        self.execution.c_levels = levels;
        if levels >= MAX_C_LEVELS {
            let value = self.heap.string(b"C stack overflow");
            return Err(Error::raised(value));
        }
        self.execution.c_levels += 1;
        self.execution.base_c_levels = self.execution.c_levels;
        if started {
            return Ok(None);
        }
        let function = self.execution.top - arguments - 1;
        self.enter(Request { function, wanted: -1, after: After::Coroutine, is_c_level: false }).map(Some)
    }

    fn yield_values(&mut self, count: usize) -> Result<Completion, Error> {
        if self.execution.c_levels > self.execution.base_c_levels {
            return Err(self.run_error("attempt to yield across metamethod/C-call boundary"));
        }
        Ok(self.hand_over(count, ThreadStatus::Suspended))
    }

    fn end_coroutine(&mut self, count: usize) -> Completion {
        self.hand_over(count, ThreadStatus::Dead)
    }

    /// Goes back to whoever resumed the running coroutine, with so many values from its top.
    fn hand_over(&mut self, count: usize, status: ThreadStatus) -> Completion {
        let coroutine = self.thread;
        let from = self.execution.top - count;
        self.execution.top = from;
        let object = self.heap.thread_mut(coroutine);
        object.status = status;
        let resumer = object.resumer;
        self.switch_to(resumer);
        let source = &self.heap.thread(coroutine).execution.stack[from..from + count];
        let execution = &mut *self.execution;
        execution.reserve(execution.top + count);
        for (offset, value) in source.iter().enumerate() {
            execution.stack[execution.top + offset] = *value;
        }
        execution.top += count;
        Completion { results: count }
    }

    /// Takes an error out of the running coroutine, which is dead now, to whoever resumed it.
    pub(super) fn abandon_coroutine(&mut self) {
        let object = self.heap.thread_mut(self.thread);
        object.status = ThreadStatus::Dead;
        let resumer = object.resumer;
        self.switch_to(resumer);
    }

    #[inline]
    fn switch_to(&mut self, thread: ThreadRef) {
        self.heap.touch_thread(self.thread);
        self.heap.touch_thread(thread);
        std::mem::swap(&mut self.execution, &mut self.heap.thread_mut(self.thread).execution);
        std::mem::swap(&mut self.execution, &mut self.heap.thread_mut(thread).execution);
        self.thread = thread;
        self.heap.thread_mut(thread).status = ThreadStatus::Running;
    }
}
