//! The execution loop: one `match` over the opcodes, on registers in a window of the stack.
//!
//! The loop does what needs no call itself, and hands everything else to the functions around it; after those it loads its
//! view of the frame anew. It never recurses: a Lua function that is called becomes the frame on top.

use super::calls::Request;
use super::error::{Error, ErrorKind};
use super::events::Event;
use super::frame::{After, Callee, Frame, HEADROOM, WINDOW, open_upvalue};
use super::lookup::Found;
use super::observer::Observer;
use super::operators::{Compared, modulo};
use super::state::{Flow, State};
use crate::lua::bytecode::{Instruction, Opcode, skip_is_checked};
use crate::lua::heap::{Closure, Heap, Intrinsic, Table, Upvalue, Value, exact_int};

/// The registers of a frame.
type Window = [Value; WINDOW];

#[inline(always)]
fn a_of(instruction: Instruction) -> usize {
    usize::from((instruction.0 >> 6) as u8)
}

#[inline(always)]
fn b_of(instruction: Instruction) -> usize {
    usize::from((instruction.0 >> 23) as u8)
}

#[inline(always)]
fn c_of(instruction: Instruction) -> usize {
    usize::from((instruction.0 >> 14) as u8)
}

/// Operand `B` as a register or a constant.
#[inline(always)]
fn rk_b(instruction: Instruction, window: &Window, constants: &[Value]) -> Value {
    if instruction.0 >> 31 != 0 { constants[b_of(instruction)] } else { window[b_of(instruction)] }
}

/// Operand `C` as a register or a constant.
#[inline(always)]
fn rk_c(instruction: Instruction, window: &Window, constants: &[Value]) -> Value {
    if instruction.0 >> 22 & 1 != 0 { constants[c_of(instruction)] } else { window[c_of(instruction)] }
}

/// The registers of the frame at `base`.
#[inline(always)]
fn window_at(stack: &mut [Value], base: usize) -> &mut Window {
    let slots = &mut stack[base..base + WINDOW];
    slots.try_into().expect("the stack covers the window")
}

/// The value of a key in a table, if no metamethod can have a say.
#[inline(always)]
fn plain_get(heap: &Heap, object: Value, key: Value) -> Option<Value> {
    let table = heap.table(object.as_table()?);
    let value = if let Some(string) = key.as_string() {
        table.get_string(string, &heap.strings)
    } else if key.is_number() {
        table.get_number(key.number_or_nan())
    } else {
        table.get(key, &heap.strings)
    };
    if value.is_nil() && table.has_metatable() { None } else { Some(value) }
}

/// Overwrites the value of a key that has one. Says whether it did.
#[inline(always)]
fn plain_set(heap: &mut Heap, object: Value, key: Value, value: Value) -> bool {
    let Some(table) = object.as_table() else { return false };
    let table = heap.tables.get_mut(table.0);
    if let Some(string) = key.as_string() {
        table.put_string(string, value, &heap.strings)
    } else if key.is_number() {
        table.put_element(key.number_or_nan(), value)
    } else {
        false
    }
}

impl State {
    /// Executes the Lua function on top, and whatever it calls, until the host's call has ended or native code must be driven
    /// by somebody else.
    ///
    /// # Errors
    /// An error that has not yet looked for who catches it.
    #[allow(clippy::too_many_lines, reason = "the loop is one match, so that its state stays in registers")]
    pub(super) fn execute<O: Observer>(&mut self, observer: &mut O) -> Result<Flow, Error> {
        'frame: loop {
            let execution = &mut *self.execution;
            let heap = &mut self.heap;
            let Some(frame) = execution.frames.last() else { return Ok(Flow::Exit) };
            let (mut base, mut pc) = (frame.base as usize, frame.pc as usize);
            let Callee::Lua(mut closure, prototype) = frame.callee else { return Ok(Flow::Exit) };
            let mut loaded = self.prototypes.get(prototype);
            let mut code: &[Instruction] = &loaded.code;
            let mut constants: &[Value] = &loaded.constants;
            let mut window = window_at(&mut execution.stack, base);

            /// Writes down where the loop is, for whoever looks at the frame.
            macro_rules! save {
                () => {
                    if let Some(frame) = execution.frames.last_mut() {
                        frame.pc = pc as u32;
                    }
                };
            }
            /// Hands over to a function that may make a call, and starts anew with the frame on top.
            macro_rules! hand_over {
                ($call:expr) => {{
                    save!();
                    match $call? {
                        Flow::Continue => continue 'frame,
                        Flow::Exit => return Ok(Flow::Exit),
                    }
                }};
            }
            macro_rules! arithmetic {
                ($instruction:ident, $event:ident, $compute:expr) => {{
                    let x = rk_b($instruction, window, constants);
                    let y = rk_c($instruction, window, constants);
                    if x.is_number() && y.is_number() {
                        let compute: fn(f64, f64) -> f64 = $compute;
                        window[a_of($instruction)] = Value::number(compute(x.number_or_nan(), y.number_or_nan()));
                    } else {
                        hand_over!(self.arithmetic(Event::$event, x, y, base + a_of($instruction)))
                    }
                }};
            }
            /// Jumps as the next instruction says, or skips it.
            macro_rules! branch {
                ($taken:expr) => {{
                    if $taken {
                        let jump = code[pc].sbx();
                        pc = (pc + 1).wrapping_add_signed(jump as isize);
                    } else {
                        pc += 1;
                    }
                }};
            }
            macro_rules! order {
                ($instruction:ident, $operator:tt, $slow:ident) => {{
                    let x = rk_b($instruction, window, constants);
                    let y = rk_c($instruction, window, constants);
                    if x.is_number() && y.is_number() {
                        branch!((x.number_or_nan() $operator y.number_or_nan()) == (a_of($instruction) != 0));
                    } else {
                        save!();
                        match self.$slow(x, y)? {
                            Compared::Result(holds) => self.branch(holds == (a_of($instruction) != 0)),
                            Compared::Flow(Flow::Continue) => {}
                            Compared::Flow(Flow::Exit) => return Ok(Flow::Exit),
                        }
                        continue 'frame;
                    }
                }};
            }
            macro_rules! get {
                ($instruction:ident, $object:expr, $key:expr, $place:expr) => {{
                    let (object, key) = ($object, $key);
                    if let Some(value) = plain_get(heap, object, key) {
                        window[a_of($instruction)] = value;
                    } else {
                        save!();
                        match self.look_up(object, key, $place)? {
                            Found::Value(value) => self.execution.stack[base + a_of($instruction)] = value,
                            Found::Call { metamethod, object } => {
                                if self.call_metamethod(metamethod, &[object, key])? == Flow::Exit {
                                    return Ok(Flow::Exit);
                                }
                            }
                        }
                        continue 'frame;
                    }
                }};
            }
            macro_rules! set {
                ($object:expr, $key:expr, $value:expr, $place:expr) => {{
                    let (object, key, value) = ($object, $key, $value);
                    if !plain_set(heap, object, key, value) {
                        save!();
                        if let Some((metamethod, object)) = self.assign(object, key, value, $place)?
                            && self.call_metamethod(metamethod, &[object, key, value])? == Flow::Exit
                        {
                            return Ok(Flow::Exit);
                        }
                        continue 'frame;
                    }
                }};
            }
            /// Collects garbage if it is due, with everything written back.
            macro_rules! collect_if_due {
                () => {
                    if heap.is_collection_due() {
                        save!();
                        self.restore_lua_top();
                        self.collect_if_due()?;
                        continue 'frame;
                    }
                };
            }

            loop {
                let instruction = code[pc];
                if observer.before_instruction().is_err() {
                    return Err(Error { value: Value::NIL, kind: ErrorKind::Stopped });
                }
                pc += 1;
                let Some(opcode) = instruction.opcode() else { continue };
                match opcode {
                    Opcode::Move => window[a_of(instruction)] = window[b_of(instruction)],
                    Opcode::LoadK => window[a_of(instruction)] = constants[instruction.bx() as usize],
                    Opcode::LoadBool => {
                        window[a_of(instruction)] = Value::boolean(b_of(instruction) != 0);
                        match instruction.c() {
                            0 => {}
                            1 => pc += 1,
                            _ => {
                                save!();
                                self.unchecked_skip()?;
                                continue 'frame;
                            }
                        }
                    }
                    Opcode::LoadNil => {
                        let (a, b) = (a_of(instruction), b_of(instruction));
                        if a <= b {
                            window[a..=b].fill(Value::NIL);
                        } else {
                            window[b] = Value::NIL;
                        }
                    }
                    Opcode::GetUpval => {
                        let upvalue = heap.closure(closure).upvalues[b_of(instruction)];
                        let upvalue = heap.upvalue(upvalue);
                        if upvalue.place == Upvalue::CLOSED {
                            window[a_of(instruction)] = upvalue.value;
                        } else if upvalue.thread == self.thread {
                            let value = execution.stack[upvalue.place as usize];
                            window = window_at(&mut execution.stack, base);
                            window[a_of(instruction)] = value;
                        } else {
                            let other = &heap.thread(upvalue.thread).execution;
                            window[a_of(instruction)] = other.stack[upvalue.place as usize];
                        }
                    }
                    Opcode::SetUpval => {
                        let value = window[a_of(instruction)];
                        let reference = heap.closure(closure).upvalues[b_of(instruction)];
                        let upvalue = heap.upvalue_mut(reference);
                        if upvalue.place == Upvalue::CLOSED {
                            upvalue.value = value;
                        } else if upvalue.thread == self.thread {
                            execution.stack[upvalue.place as usize] = value;
                            window = window_at(&mut execution.stack, base);
                        } else {
                            let (thread, place) = (upvalue.thread, upvalue.place as usize);
                            heap.thread_mut(thread).execution.stack[place] = value;
                        }
                    }
                    Opcode::GetGlobal => {
                        let environment = Value::table(heap.closure(closure).environment);
                        get!(instruction, environment, constants[instruction.bx() as usize], None);
                    }
                    Opcode::SetGlobal => {
                        let environment = Value::table(heap.closure(closure).environment);
                        set!(environment, constants[instruction.bx() as usize], window[a_of(instruction)], None);
                    }
                    Opcode::GetTable => {
                        let object = window[b_of(instruction)];
                        let key = rk_c(instruction, window, constants);
                        get!(instruction, object, key, Some(base + b_of(instruction)));
                    }
                    Opcode::SetTable => {
                        let object = window[a_of(instruction)];
                        let key = rk_b(instruction, window, constants);
                        let value = rk_c(instruction, window, constants);
                        set!(object, key, value, Some(base + a_of(instruction)));
                    }
                    Opcode::SelfOp => {
                        let object = window[b_of(instruction)];
                        let key = rk_c(instruction, window, constants);
                        let a = a_of(instruction);
                        if a + 1 < WINDOW {
                            window[a + 1] = object;
                        }
                        get!(instruction, object, key, Some(base + b_of(instruction)));
                    }
                    Opcode::NewTable => {
                        let (array, hash) = (size_hint(instruction.b()), size_hint(instruction.c()));
                        let table = if array == 0 && hash == 0 {
                            heap.new_table()
                        } else {
                            save!();
                            self.sized_table(array, hash)?;
                            continue 'frame;
                        };
                        window[a_of(instruction)] = Value::table(table);
                        collect_if_due!();
                    }
                    Opcode::Add => arithmetic!(instruction, Add, |x, y| x + y),
                    Opcode::Sub => arithmetic!(instruction, Sub, |x, y| x - y),
                    Opcode::Mul => arithmetic!(instruction, Mul, |x, y| x * y),
                    Opcode::Div => arithmetic!(instruction, Div, |x, y| x / y),
                    Opcode::Mod => arithmetic!(instruction, Mod, modulo),
                    Opcode::Pow => arithmetic!(instruction, Pow, f64::powf),
                    Opcode::Unm => {
                        let x = window[b_of(instruction)];
                        if x.is_number() {
                            window[a_of(instruction)] = Value::number(-x.number_or_nan());
                        } else {
                            hand_over!(self.arithmetic(Event::Unm, x, x, base + a_of(instruction)))
                        }
                    }
                    Opcode::Not => {
                        window[a_of(instruction)] = Value::boolean(window[b_of(instruction)].is_falsy());
                    }
                    Opcode::Len => {
                        let value = window[b_of(instruction)];
                        if let Some(table) = value.as_table() {
                            window[a_of(instruction)] = Value::number(heap.table(table).length() as f64);
                        } else {
                            let (place, register) = (base + b_of(instruction), base + a_of(instruction));
                            hand_over!(self.length(value, place, register))
                        }
                    }
                    Opcode::Concat => {
                        let (first, last) = (base + b_of(instruction), base + c_of(instruction));
                        save!();
                        match self.concatenate(first, last)? {
                            None => {
                                self.execution.stack[base + a_of(instruction)] = self.execution.stack[first];
                                self.collect_if_due()?;
                            }
                            Some(Request { function, wanted, after, is_c_level }) => {
                                if self.invoke(function, wanted, after, is_c_level)? == Flow::Exit {
                                    return Ok(Flow::Exit);
                                }
                            }
                        }
                        continue 'frame;
                    }
                    Opcode::Jmp => pc = pc.wrapping_add_signed(instruction.sbx() as isize),
                    Opcode::Eq => {
                        let x = rk_b(instruction, window, constants);
                        let y = rk_c(instruction, window, constants);
                        let wanted = a_of(instruction) != 0;
                        if x.raw_equals(y) {
                            branch!(wanted);
                        } else if x.as_table().is_none() && x.as_userdata().is_none() {
                            branch!(!wanted);
                        } else {
                            save!();
                            match self.equality_metamethod(x, y) {
                                None => self.branch(!wanted),
                                Some(metamethod) => {
                                    if self.call_metamethod(metamethod, &[x, y])? == Flow::Exit {
                                        return Ok(Flow::Exit);
                                    }
                                }
                            }
                            continue 'frame;
                        }
                    }
                    Opcode::Lt => order!(instruction, <, less_than),
                    Opcode::Le => order!(instruction, <=, less_equal),
                    Opcode::Test => branch!(window[a_of(instruction)].is_falsy() == (instruction.c() == 0)),
                    Opcode::TestSet => {
                        let value = window[b_of(instruction)];
                        let taken = value.is_falsy() == (instruction.c() == 0);
                        if taken {
                            window[a_of(instruction)] = value;
                        }
                        branch!(taken);
                    }
                    Opcode::Call => {
                        let function = base + a_of(instruction);
                        execution.top = match instruction.b() as usize {
                            // Nothing may have left open results, or they may end below: then there are no arguments.
                            0 => execution.top.max(function + 1),
                            b => function + b,
                        };
                        let wanted = instruction.c() as i32 - 1;
                        save!();
                        let callee = window[a_of(instruction)];
                        if let Some(native) = callee.as_native() {
                            if self.call_native(native, function, wanted)? == Flow::Exit {
                                return Ok(Flow::Exit);
                            }
                            continue 'frame;
                        }
                        let Some(callee) = callee.as_closure() else {
                            if self.invoke(function, wanted, After::Ordinary, false)? == Flow::Exit {
                                return Ok(Flow::Exit);
                            }
                            continue 'frame;
                        };
                        let prototype = heap.closure(callee).prototype;
                        let next = self.prototypes.get(prototype);
                        let size = usize::from(next.max_stack_size);
                        if next.vararg_flags != 0
                            || execution.frames.len() >= execution.frame_limit
                            || function + size + HEADROOM >= execution.stack.len()
                            || execution.top + HEADROOM >= execution.stack.len()
                        {
                            if self.invoke(function, wanted, After::Ordinary, false)? == Flow::Exit {
                                return Ok(Flow::Exit);
                            }
                            continue 'frame;
                        }
                        base = function + 1;
                        let given = execution.top.saturating_sub(base).min(usize::from(next.parameter_count));
                        execution.top = base + size;
                        execution.frames.push(Frame {
                            function: function as u32,
                            base: base as u32,
                            top: (base + size) as u32,
                            pc: 0,
                            callee: Callee::Lua(callee, prototype),
                            wanted,
                            after: After::Ordinary,
                            is_c_level: false,
                            has_pending: false,
                            tail_calls: 0,
                            progress: 0,
                        });
                        loaded = next;
                        code = &loaded.code;
                        constants = &loaded.constants;
                        closure = callee;
                        pc = 0;
                        window = window_at(&mut execution.stack, base);
                        for register in given..size {
                            window[register & 0xFF] = Value::NIL;
                        }
                    }
                    Opcode::TailCall => {
                        let function = base + a_of(instruction);
                        execution.top = match instruction.b() as usize {
                            // Nothing may have left open results, or they may end below: then there are no arguments.
                            0 => execution.top.max(function + 1),
                            b => function + b,
                        };
                        hand_over!(self.tail_call(function))
                    }
                    Opcode::Return => {
                        let first = base + a_of(instruction);
                        let count = match instruction.b() {
                            0 => execution.top.saturating_sub(first),
                            b => b as usize - 1,
                        };
                        let closes = execution.open.last().is_some_and(|open| open.place as usize >= base);
                        let ordinary = match execution.frames.last() {
                            Some(frame) => frame.after == After::Ordinary && !closes,
                            None => false,
                        };
                        if !ordinary {
                            save!();
                            self.close_upvalues(base);
                            if self.leave_lua(first, count)? == Flow::Exit {
                                return Ok(Flow::Exit);
                            }
                            continue 'frame;
                        }
                        let Some(done) = execution.frames.pop() else { return Ok(Flow::Exit) };
                        let (to, wanted) = (done.function as usize, done.wanted);
                        let Some(caller) = execution.frames.last() else { return Ok(Flow::Exit) };
                        let Callee::Lua(caller_closure, prototype) = caller.callee else { return Ok(Flow::Exit) };
                        let caller_top = caller.top as usize;
                        pc = caller.pc as usize;
                        base = caller.base as usize;
                        if wanted == 1 && count >= 1 {
                            execution.stack[to] = window[a_of(instruction)];
                            execution.top = caller_top;
                        } else {
                            let kept = usize::try_from(wanted).unwrap_or(count);
                            let moved = count.min(kept);
                            for offset in 0..moved {
                                execution.stack[to + offset] = execution.stack[first + offset];
                            }
                            if kept > moved {
                                execution.stack[to + moved..to + kept].fill(Value::NIL);
                            }
                            execution.top = if wanted < 0 { to + moved } else { caller_top };
                        }
                        loaded = self.prototypes.get(prototype);
                        code = &loaded.code;
                        constants = &loaded.constants;
                        closure = caller_closure;
                        window = window_at(&mut execution.stack, base);
                    }
                    Opcode::ForLoop => {
                        let a = a_of(instruction).min(WINDOW - 4);
                        // Whatever is not a number reads as NaN, which fails the comparison and is never stored.
                        let step = window[a + 2].number_or_nan();
                        let index = window[a].number_or_nan() + step;
                        let limit = window[a + 1].number_or_nan();
                        if if 0.0 < step { index <= limit } else { limit <= index } {
                            pc = pc.wrapping_add_signed(instruction.sbx() as isize);
                            window[a] = Value::number(index);
                            window[a + 3] = Value::number(index);
                        }
                    }
                    Opcode::ForPrep => {
                        save!();
                        self.prepare_loop(base + a_of(instruction), instruction.sbx())?;
                        continue 'frame;
                    }
                    Opcode::TForLoop => {
                        let a = a_of(instruction).min(WINDOW - 6);
                        let wanted = instruction.c() as usize;
                        if let Some(native) = window[a].as_native()
                            && matches!(heap.native(native).intrinsic, Intrinsic::Next | Intrinsic::IpairsStep)
                            && execution.c_levels < super::frame::MAX_C_LEVELS - 1
                            && let Some((key, value)) =
                                iterate(heap, heap.native(native).intrinsic, window[a + 1], window[a + 2])
                        {
                            window[a + 3] = key;
                            if wanted >= 2 {
                                window[a + 4] = value;
                            }
                            for extra in 2..wanted {
                                window[(a + 3 + extra) & 0xFF] = Value::NIL;
                            }
                            let goes_on = !key.is_nil();
                            if goes_on {
                                window[a + 2] = key;
                            }
                            branch!(goes_on);
                        } else {
                            let call = a + 3;
                            (window[call], window[call + 1], window[call + 2]) =
                                (window[a], window[a + 1], window[a + 2]);
                            execution.top = base + call + 3;
                            hand_over!(self.invoke(base + call, wanted as i32, After::Instruction, true))
                        }
                    }
                    Opcode::SetList => {
                        let a = a_of(instruction);
                        let count = match instruction.b() {
                            0 => execution.top.saturating_sub(base + a + 1),
                            b => b as usize,
                        };
                        let block = match instruction.c() {
                            0 => {
                                pc += 1;
                                code[pc - 1].0 as usize
                            }
                            c => c as usize,
                        };
                        save!();
                        self.set_list(base + a, count, block)?;
                        continue 'frame;
                    }
                    Opcode::Close => {
                        save!();
                        self.close_upvalues(base + a_of(instruction));
                        continue 'frame;
                    }
                    Opcode::Closure => {
                        let child = loaded.children[instruction.bx() as usize];
                        let count = usize::from(self.prototypes.get(child).upvalue_count);
                        let environment = heap.closure(closure).environment;
                        let mut upvalues = Vec::with_capacity(count);
                        let captures = &code[pc..pc + count];
                        for capture in captures {
                            let from = b_of(*capture);
                            upvalues.push(if capture.opcode_number() == Opcode::GetUpval.number() {
                                heap.closure(closure).upvalues[from]
                            } else {
                                open_upvalue(&mut execution.open, heap, self.thread, base + from)
                            });
                        }
                        pc += count;
                        let made = Closure { prototype: child, environment, upvalues: upvalues.into_boxed_slice() };
                        window[a_of(instruction)] = Value::closure(heap.new_closure(made));
                        collect_if_due!();
                    }
                    Opcode::VarArg => {
                        save!();
                        self.spread_varargs(base + a_of(instruction), instruction.b());
                        continue 'frame;
                    }
                }
            }
        }
    }

    /// Skips an instruction for a `LOADBOOL` whose `C` no compiler makes, and which the verifier takes for no skip.
    fn unchecked_skip(&mut self) -> Result<(), Error> {
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
    fn sized_table(&mut self, array: usize, hash: usize) -> Result<(), Error> {
        let nodes = if hash == 0 { 0 } else { hash.next_power_of_two() };
        if !self.heap.has_room(array.saturating_mul(16).saturating_add(nodes.saturating_mul(40))) {
            return Err(self.memory_error());
        }
        let table = match Table::with_capacity(array, hash) {
            Ok(table) => self.heap.adopt_table(table),
            Err(error) => return Err(self.table_error(error)),
        };
        if let Some((instruction, base)) = self.instruction_under_way() {
            self.execution.stack[base + a_of(instruction)] = Value::table(table);
        }
        self.restore_lua_top();
        self.collect_if_due()
    }

    /// Coerces the values of a numeric loop and steps back once.
    fn prepare_loop(&mut self, place: usize, jump: i32) -> Result<(), Error> {
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
    fn set_list(&mut self, place: usize, count: usize, block: usize) -> Result<(), Error> {
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
    fn spread_varargs(&mut self, to: usize, b: u32) {
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
    fn tail_call(&mut self, function: usize) -> Result<Flow, Error> {
        let depth = self.execution.frames.len();
        self.resolve_callee(function)?;
        let is_lua = self.execution.stack[function].as_closure().is_some();
        let flow = self.invoke(function, -1, After::Ordinary, false)?;
        if is_lua {
            self.replace_caller(depth);
        }
        Ok(flow)
    }

    /// Moves the Lua function on top, which was just entered, down to where its caller (at `depth` frames) is.
    fn replace_caller(&mut self, depth: usize) {
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
fn size_hint(hint: u32) -> usize {
    let exponent = hint >> 3 & 31;
    if exponent == 0 { hint as usize } else { ((hint as usize & 7) + 8) << (exponent - 1) }
}

/// One step of an iterator that the loop knows: the next key (`nil` at the end) and value. `None` if the native function itself has to be
/// called, for an error.
#[inline(always)]
fn iterate(heap: &Heap, intrinsic: Intrinsic, object: Value, key: Value) -> Option<(Value, Value)> {
    let table = heap.table(object.as_table()?);
    if intrinsic == Intrinsic::IpairsStep {
        let index = exact_int(key.as_number()?)?.checked_add(1)?;
        let value = table.get_int(index);
        let key = if value.is_nil() { Value::NIL } else { Value::number(f64::from(index)) };
        return Some((key, value));
    }
    match table.next(key, &heap.strings) {
        Ok(entry) => Some(entry.unwrap_or((Value::NIL, Value::NIL))),
        Err(_) => None,
    }
}
