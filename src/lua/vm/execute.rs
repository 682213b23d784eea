//! The execution loop: one `match` over prepared instructions, on registers in a window of the stack.
//!
//! The loop does what needs no call itself, and hands everything else to the functions around it; after those it loads its
//! view of the frame anew. It never recurses: a Lua function that is called becomes the frame on top.
//!
//! What it hands slow work to is marked `#[cold]`. That is worth a quarter of the time of a call: the compiler then keeps `pc`
//! in a register over the whole loop, and spills it on the slow ways instead.

use super::calls::Request;
use super::error::{Error, ErrorKind};
use super::events::Event;
use super::fields::{
    element, inherited_field, known_step, plain_field, plain_get, plain_set, plain_set_element, plain_set_field,
    small_table,
};
use super::frame::{After, Callee, Frame, HEADROOM, WINDOW, open_upvalue};
use super::instructions::size_hint;
use super::lookup::Found;
use super::observer::Observer;
use super::operators::{Compared, modulo};
use super::prepared::{Operation, Prepared};
use super::prototypes::CONSTANTS;
use super::state::{Flow, State};
use super::view::View;
use crate::lua::bytecode::{Instruction, Opcode};
use crate::lua::heap::{Closure, Upvalue, Value};

/// The registers of a frame.
type Window = [Value; WINDOW];

/// Operand `B` of an instruction word, as a register or a constant.
#[inline(always)]
fn rk_b(word: Instruction, window: &Window, constants: &[Value; CONSTANTS]) -> Value {
    let index = word.b() as usize & 0xFF;
    if word.0 >> 31 != 0 { constants[index] } else { window[index] }
}

/// Operand `C` of an instruction word, as a register or a constant.
#[inline(always)]
fn rk_c(word: Instruction, window: &Window, constants: &[Value; CONSTANTS]) -> Value {
    let index = word.c() as usize & 0xFF;
    if word.0 >> 22 & 1 != 0 { constants[index] } else { window[index] }
}

/// The stack below the frame at `base`, where variables of enclosing functions are, and the frame's registers.
#[inline(always)]
fn registers_at(stack: &mut [Value], base: usize) -> (&mut [Value], &mut Window) {
    let (below, slots) = stack.split_at_mut(base);
    (below, slots.first_chunk_mut().expect("the stack covers the window"))
}

impl State {
    /// Executes the Lua function on top, and whatever it calls, until the host's call has ended, or the running thread has
    /// hooks and the loop is not `HOOKED`, or the other way round.
    ///
    /// # Errors
    /// An error that has not yet looked for who catches it.
    #[allow(clippy::too_many_lines, reason = "the loop is one match, so that its state stays in registers")]
    pub(super) fn execute<O: Observer, const HOOKED: bool>(&mut self, observer: &mut O) -> Result<Flow, Error> {
        'frame: loop {
            if self.execution.hooks.are_active != HOOKED {
                return Ok(Flow::Continue);
            }
            if self.heap.are_finalisers_due()
                && !self.execution.is_unobserved
                && !(HOOKED && self.execution.hooks.owes_instruction())
            {
                match self.call_due_finaliser()? {
                    Flow::Continue => continue 'frame,
                    Flow::Exit => return Ok(Flow::Exit),
                }
            }
            if O::INTERRUPTS && observer.wants_interrupt() {
                self.interrupt(observer)?;
            }
            let execution = &mut *self.execution;
            let heap = &mut self.heap;
            let Some(frame) = execution.frames.last() else { return Ok(Flow::Exit) };
            let mut base = frame.base as usize;
            // The instruction under way: before the first, the one before it.
            let mut pc = (frame.pc as usize).wrapping_sub(1);
            let Callee::Lua(mut closure, prototype) = frame.callee else { return Ok(Flow::Exit) };
            let mut loaded = self.prototypes.get(prototype);
            let mut code: &[Prepared] = &loaded.code;
            let mut constants = loaded.constants.window();
            let (mut below, mut window) = registers_at(&mut execution.stack, base);
            // A finaliser begins and ends between two rounds of this loop.
            let is_observed = O::IS_ACTIVE && !execution.is_unobserved;

            /// Writes down where the loop is, for whoever looks at the frame.
            macro_rules! save {
                () => {
                    if let Some(frame) = execution.frames.last_mut() {
                        frame.pc = pc as u32 + 1;
                    }
                };
            }
            /// Goes on with whatever a call has left on top.
            macro_rules! go_on {
                ($flow:expr) => {{
                    match $flow {
                        Flow::Continue => continue 'frame,
                        Flow::Exit => return Ok(Flow::Exit),
                    }
                }};
            }
            /// Hands over to a function that may make a call.
            macro_rules! hand_over {
                ($call:expr) => {{
                    save!();
                    go_on!($call?)
                }};
            }
            macro_rules! arithmetic {
                ($i:ident, Add, $x:expr, $y:expr, $compute:expr) => {
                    arithmetic!($i, Add, $x, $y, $compute, is_commuting_number)
                };
                ($i:ident, Mul, $x:expr, $y:expr, $compute:expr) => {
                    arithmetic!($i, Mul, $x, $y, $compute, is_commuting_number)
                };
                ($i:ident, $event:ident, $x:expr, $y:expr, $compute:expr) => {
                    arithmetic!($i, $event, $x, $y, $compute, is_number)
                };
                ($i:ident, $event:ident, $x:expr, $y:expr, $compute:expr, $is_plain:ident) => {{
                    let (x, y) = ($x, $y);
                    if x.$is_plain() && y.$is_plain() {
                        let compute: fn(f64, f64) -> f64 = $compute;
                        window[usize::from($i.a)] = Value::number(compute(x.number_or_nan(), y.number_or_nan()));
                    } else {
                        let register = base + usize::from($i.a);
                        hand_over!(self.arithmetic(Event::$event, x, y, register))
                    }
                }};
            }
            /// Jumps over a distance, or just skips the next instruction.
            macro_rules! branch {
                ($taken:expr, $jump:expr) => {{
                    pc = pc.wrapping_add_signed(if $taken { $jump as isize } else { 1 });
                }};
            }
            macro_rules! order {
                ($i:ident, $x:expr, $y:expr, $jump:expr, $operator:tt, $slow:ident) => {{
                    let (x, y) = ($x, $y);
                    if x.is_number() && y.is_number() {
                        branch!(u8::from(x.number_or_nan() $operator y.number_or_nan()) == $i.a, $jump);
                    } else {
                        let wanted = $i.a;
                        save!();
                        match self.$slow(x, y)? {
                            Compared::Result(holds) => self.branch(u8::from(holds) == wanted),
                            Compared::Flow(Flow::Continue) => {}
                            Compared::Flow(Flow::Exit) => return Ok(Flow::Exit),
                        }
                        continue 'frame;
                    }
                }};
            }
            macro_rules! equal {
                ($i:ident, $x:expr, $y:expr, $jump:expr) => {{
                    let (x, y) = ($x, $y);
                    let wanted = $i.a;
                    if x.raw_equals(y) {
                        branch!(wanted == 1, $jump);
                    } else if x.as_table().is_none() && x.as_userdata().is_none() {
                        branch!(wanted == 0, $jump);
                    } else {
                        save!();
                        match self.equality_metamethod(x, y) {
                            None => self.branch(wanted == 0),
                            Some(metamethod) => go_on!(self.call_metamethod(metamethod, &[x, y])?),
                        }
                        continue 'frame;
                    }
                }};
            }
            /// Looks a key up where metamethods may have a say.
            macro_rules! look_up {
                ($i:ident, $object:expr, $key:expr, $place:expr) => {{
                    let (object, key, register) = ($object, $key, base + usize::from($i.a));
                    save!();
                    match self.look_up(object, key, $place)? {
                        Found::Value(value) => self.execution.stack[register] = value,
                        Found::Call { metamethod, object } => {
                            go_on!(self.call_metamethod(metamethod, &[object, key])?)
                        }
                    }
                    continue 'frame;
                }};
            }
            macro_rules! get {
                ($i:ident, $object:expr, $key:expr, $place:expr) => {{
                    let (object, key) = ($object, $key);
                    if let Some(value) = element(heap, object, key) {
                        window[usize::from($i.a)] = value;
                    } else if let Some(value) = plain_get(heap, object, key) {
                        window[usize::from($i.a)] = value;
                    } else {
                        look_up!($i, object, key, $place)
                    }
                }};
            }
            macro_rules! get_field {
                ($i:ident, $object:expr, $key:expr, $place:expr) => {{
                    let (object, key) = ($object, $key);
                    let Some(name) = key.as_string() else { look_up!($i, object, key, $place) };
                    if let Some(value) = plain_field(heap, object, name) {
                        window[usize::from($i.a)] = value;
                    } else if let Some(value) = inherited_field(heap, &self.metamethods, object, name) {
                        window[usize::from($i.a)] = value;
                    } else {
                        look_up!($i, object, key, $place)
                    }
                }};
            }
            /// Collects garbage if it is due, with everything written back.
            macro_rules! collect_if_due {
                () => {
                    if heap.is_collection_due() {
                        self.collect_between_instructions(pc + 1)?;
                        continue 'frame;
                    }
                };
            }
            macro_rules! set {
                ($set:ident, $object:expr, $key:expr, $value:expr, $place:expr) => {{
                    let (object, key, value) = ($object, $key, $value);
                    if $set(heap, object, key, value) {
                    } else if plain_set(heap, object, key, value) {
                        // The table may have grown for the key.
                        collect_if_due!();
                    } else {
                        save!();
                        if let Some((metamethod, object)) = self.assign(object, key, value, $place)? {
                            go_on!(self.call_metamethod(metamethod, &[object, key, value])?)
                        }
                        continue 'frame;
                    }
                }};
            }
            /// A register named by an operand.
            macro_rules! register {
                ($operand:expr) => {
                    window[usize::from($operand)]
                };
            }
            macro_rules! constant {
                ($operand:expr) => {
                    constants[usize::from($operand)]
                };
            }

            /// A constant whose index may be larger than an 8-bit operand.
            macro_rules! far_constant {
                ($index:expr) => {
                    match constants.get($index as usize) {
                        Some(constant) => *constant,
                        None => loaded.constants.own()[$index as usize],
                    }
                };
            }

            loop {
                pc = pc.wrapping_add(1);
                let i = &code[pc];
                let is_traced = HOOKED && execution.hooks.take_traced();
                if is_traced {
                    // Observers and hooks have seen it.
                } else if is_observed {
                    if observer.before_instruction().is_err() {
                        return Err(Error { value: Value::NIL, kind: ErrorKind::Stopped });
                    }
                    if O::MEDDLES {
                        loop {
                            let prototypes = &self.prototypes;
                            let thread = self.thread;
                            let view = View { heap, prototypes, execution, thread, closure, loaded, base, pc };
                            let Some((register, value)) = observer.meddle(&view) else { break };
                            execution.stack[base + usize::from(register)] = value;
                        }
                        (below, window) = registers_at(&mut execution.stack, base);
                    }
                    if O::LOOKS {
                        let prototypes = &self.prototypes;
                        let thread = self.thread;
                        let view = View { heap, prototypes, execution, thread, closure, loaded, base, pc };
                        if observer.look(&view).is_err() {
                            return Err(Error { value: Value::NIL, kind: ErrorKind::Stopped });
                        }
                        (below, window) = registers_at(&mut execution.stack, base);
                    }
                } else if O::IS_ACTIVE {
                    // A finaliser: whoever bounds a run bounds this as well.
                    match self.fuel.checked_sub(1) {
                        Some(left) => self.fuel = left,
                        None => return Err(Error { value: Value::NIL, kind: ErrorKind::Stopped }),
                    }
                }
                if HOOKED
                    && !is_traced
                    && let Some(due) = execution.hooks.trace(pc, &loaded.source)
                    && !execution.is_unobserved
                {
                    hand_over!(self.call_instruction_hook(due))
                }
                match i.operation {
                    Operation::Move => register!(i.a) = register!(i.b),
                    Operation::LoadK => register!(i.a) = far_constant!(i.extra),
                    Operation::LoadBool => {
                        register!(i.a) = Value::boolean(i.word().b() != 0);
                        match i.word().c() {
                            0 => {}
                            1 => pc += 1,
                            _ => {
                                save!();
                                self.unchecked_skip()?;
                                continue 'frame;
                            }
                        }
                    }
                    Operation::LoadNil => {
                        let (a, b) = (usize::from(i.a), usize::from(i.b));
                        if a <= b {
                            window[a..=b].fill(Value::NIL);
                        } else {
                            window[b] = Value::NIL;
                        }
                    }
                    Operation::GetUpval => {
                        let upvalue = heap.closure(closure).upvalues[usize::from(i.b)];
                        let upvalue = heap.upvalue(upvalue);
                        if upvalue.place == Upvalue::CLOSED {
                            register!(i.a) = upvalue.value;
                        } else if upvalue.thread == self.thread {
                            let place = upvalue.place as usize;
                            if let Some(value) = below.get(place) {
                                register!(i.a) = *value;
                            } else {
                                // Only bytecode made by hand calls functions below variables that they share.
                                let value = execution.stack[place];
                                (below, window) = registers_at(&mut execution.stack, base);
                                register!(i.a) = value;
                            }
                        } else {
                            let other = &heap.thread(upvalue.thread).execution;
                            register!(i.a) = other.stack[upvalue.place as usize];
                        }
                    }
                    Operation::SetUpval => {
                        let value = register!(i.a);
                        let reference = heap.closure(closure).upvalues[usize::from(i.b)];
                        if heap.is_watched(value) {
                            save!();
                            self.set_upvalue(reference, value);
                            continue 'frame;
                        }
                        if let Some((thread, place)) = heap.set_closed(reference, value) {
                            if thread != self.thread {
                                heap.thread_mut(thread).execution.stack[place] = value;
                            } else if let Some(variable) = below.get_mut(place) {
                                *variable = value;
                            } else {
                                execution.stack[place] = value;
                                (below, window) = registers_at(&mut execution.stack, base);
                            }
                        }
                    }
                    Operation::GetGlobal => {
                        let environment = Value::table(heap.closure(closure).environment);
                        get_field!(i, environment, far_constant!(i.extra), None);
                    }
                    Operation::SetGlobal => {
                        let environment = Value::table(heap.closure(closure).environment);
                        let (key, value) = (far_constant!(i.extra), register!(i.a));
                        set!(plain_set_field, environment, key, value, None);
                    }
                    Operation::GetTable => {
                        let key = rk_c(i.word(), window, constants);
                        get!(i, register!(i.b), key, Some(base + usize::from(i.b)));
                    }
                    Operation::GetIndex => get!(i, register!(i.b), register!(i.c), Some(base + usize::from(i.b))),
                    Operation::GetField => {
                        get_field!(i, register!(i.b), constant!(i.c), Some(base + usize::from(i.b)))
                    }
                    Operation::SetTable => {
                        let key = rk_b(i.word(), window, constants);
                        let value = rk_c(i.word(), window, constants);
                        set!(plain_set_element, register!(i.a), key, value, Some(base + usize::from(i.a)));
                    }
                    Operation::SetIndex => {
                        set!(
                            plain_set_element,
                            register!(i.a),
                            register!(i.b),
                            register!(i.c),
                            Some(base + usize::from(i.a))
                        );
                    }
                    Operation::SetIndexK => {
                        set!(
                            plain_set_element,
                            register!(i.a),
                            register!(i.b),
                            constant!(i.c),
                            Some(base + usize::from(i.a))
                        );
                    }
                    Operation::SetFieldR => {
                        let (key, value) = (constant!(i.b), register!(i.c));
                        set!(plain_set_field, register!(i.a), key, value, Some(base + usize::from(i.a)));
                    }
                    Operation::SetFieldK => {
                        let (key, value) = (constant!(i.b), constant!(i.c));
                        set!(plain_set_field, register!(i.a), key, value, Some(base + usize::from(i.a)));
                    }
                    Operation::SelfOp => {
                        let object = register!(i.b);
                        let key = rk_c(i.word(), window, constants);
                        window[usize::from(i.a) + 1] = object;
                        get!(i, object, key, Some(base + usize::from(i.b)));
                    }
                    Operation::SelfField => {
                        let object = register!(i.b);
                        window[usize::from(i.a) + 1] = object;
                        get_field!(i, object, constant!(i.c), Some(base + usize::from(i.b)));
                    }
                    Operation::NewTable => {
                        let (array, hash) = (size_hint(i.word().b()), size_hint(i.word().c()));
                        if array == 0 && hash == 0 {
                            register!(i.a) = Value::table(heap.new_table());
                            collect_if_due!();
                        } else if let Some(table) = small_table(heap, array, hash) {
                            register!(i.a) = Value::table(table);
                            collect_if_due!();
                        } else {
                            save!();
                            self.sized_table(array, hash)?;
                            continue 'frame;
                        }
                    }
                    Operation::Add => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Add, x, y, |x, y| x + y)
                    }
                    Operation::AddRR => arithmetic!(i, Add, register!(i.b), register!(i.c), |x, y| x + y),
                    Operation::AddRK => arithmetic!(i, Add, register!(i.b), constant!(i.c), |x, y| x + y),
                    Operation::AddKR => arithmetic!(i, Add, constant!(i.b), register!(i.c), |x, y| x + y),
                    Operation::Sub => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Sub, x, y, |x, y| x - y)
                    }
                    Operation::SubRR => arithmetic!(i, Sub, register!(i.b), register!(i.c), |x, y| x - y),
                    Operation::SubRK => arithmetic!(i, Sub, register!(i.b), constant!(i.c), |x, y| x - y),
                    Operation::SubKR => arithmetic!(i, Sub, constant!(i.b), register!(i.c), |x, y| x - y),
                    Operation::Mul => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Mul, x, y, |x, y| x * y)
                    }
                    Operation::MulRR => arithmetic!(i, Mul, register!(i.b), register!(i.c), |x, y| x * y),
                    Operation::MulRK => arithmetic!(i, Mul, register!(i.b), constant!(i.c), |x, y| x * y),
                    Operation::MulKR => arithmetic!(i, Mul, constant!(i.b), register!(i.c), |x, y| x * y),
                    Operation::Div => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Div, x, y, |x, y| x / y)
                    }
                    Operation::DivRR => arithmetic!(i, Div, register!(i.b), register!(i.c), |x, y| x / y),
                    Operation::DivRK => arithmetic!(i, Div, register!(i.b), constant!(i.c), |x, y| x / y),
                    Operation::DivKR => arithmetic!(i, Div, constant!(i.b), register!(i.c), |x, y| x / y),
                    Operation::Mod => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Mod, x, y, modulo)
                    }
                    Operation::ModRR => arithmetic!(i, Mod, register!(i.b), register!(i.c), modulo),
                    Operation::ModRK => arithmetic!(i, Mod, register!(i.b), constant!(i.c), modulo),
                    Operation::Pow => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        arithmetic!(i, Pow, x, y, f64::powf)
                    }
                    Operation::Unm => {
                        let x = register!(i.b);
                        if x.is_number() {
                            register!(i.a) = Value::number(-x.number_or_nan());
                        } else {
                            let place = base + usize::from(i.a);
                            hand_over!(self.arithmetic(Event::Unm, x, x, place))
                        }
                    }
                    Operation::Not => register!(i.a) = Value::boolean(register!(i.b).is_falsy()),
                    Operation::Len => {
                        let value = register!(i.b);
                        if let Some(table) = value.as_table() {
                            register!(i.a) = Value::number(heap.table(table).length() as f64);
                        } else {
                            let (from, to) = (base + usize::from(i.b), base + usize::from(i.a));
                            hand_over!(self.length(value, from, to))
                        }
                    }
                    Operation::Concat => {
                        let (first, last) = (base + usize::from(i.b), base + usize::from(i.c));
                        let register = base + usize::from(i.a);
                        save!();
                        match self.concatenate(first, last)? {
                            None => {
                                self.execution.stack[register] = self.execution.stack[first];
                                self.collect_if_due()?;
                            }
                            Some(Request { function, wanted, after, is_c_level }) => {
                                go_on!(self.invoke(function, wanted, after, is_c_level)?)
                            }
                        }
                        continue 'frame;
                    }
                    Operation::Jmp => {
                        pc = pc.wrapping_add_signed(i.extra as isize);
                        // Not in `branch!` and at the end of numeric loops as well: there it would cost numeric programs a tenth
                        // of their time and more.
                        if O::INTERRUPTS && observer.wants_interrupt() {
                            return self.pause(pc.wrapping_add(1));
                        }
                    }
                    Operation::Eq => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        equal!(i, x, y, code[pc + 1].extra + 1)
                    }
                    Operation::EqRR => equal!(i, register!(i.b), register!(i.c), i.extra),
                    Operation::EqRK => branch!(u8::from(register!(i.b) == constant!(i.c)) == i.a, i.extra),
                    Operation::EqRN => {
                        // Whatever is not a number reads as NaN, which equals nothing.
                        let (x, y) = (register!(i.b).number_or_nan(), constant!(i.c).number_or_nan());
                        branch!(u8::from(x == y) == i.a, i.extra)
                    }
                    Operation::Lt => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        order!(i, x, y, code[pc + 1].extra + 1, <, less_than)
                    }
                    Operation::LtRR => order!(i, register!(i.b), register!(i.c), i.extra, <, less_than),
                    Operation::LtRK => order!(i, register!(i.b), constant!(i.c), i.extra, <, less_than),
                    Operation::LtKR => order!(i, constant!(i.b), register!(i.c), i.extra, <, less_than),
                    Operation::Le => {
                        let (x, y) = (rk_b(i.word(), window, constants), rk_c(i.word(), window, constants));
                        order!(i, x, y, code[pc + 1].extra + 1, <=, less_equal)
                    }
                    Operation::LeRR => order!(i, register!(i.b), register!(i.c), i.extra, <=, less_equal),
                    Operation::LeRK => order!(i, register!(i.b), constant!(i.c), i.extra, <=, less_equal),
                    Operation::LeKR => order!(i, constant!(i.b), register!(i.c), i.extra, <=, less_equal),
                    Operation::Test => branch!(u8::from(register!(i.a).is_falsy()) != i.c, i.extra),
                    Operation::TestSet => {
                        let value = register!(i.b);
                        let taken = u8::from(value.is_falsy()) != i.c;
                        if taken {
                            register!(i.a) = value;
                        }
                        branch!(taken, i.extra);
                    }
                    Operation::Call => {
                        let function = base + usize::from(i.a);
                        execution.top = match i.word().b() as usize {
                            // Nothing may have left open results, or they may end below: then there are no arguments.
                            0 => execution.top.max(function + 1),
                            b => function + b,
                        };
                        let wanted = i.word().c() as i32 - 1;
                        save!();
                        if HOOKED {
                            go_on!(self.invoke(function, wanted, After::Ordinary, false)?)
                        }
                        let callee = register!(i.a);
                        if let Some(native) = callee.as_native() {
                            go_on!(self.call_native(native, function, wanted)?)
                        }
                        let Some(callee) = callee.as_closure() else {
                            go_on!(self.invoke(function, wanted, After::Ordinary, false)?)
                        };
                        let prototype = heap.closure(callee).prototype;
                        let next = self.prototypes.get(prototype);
                        let size = usize::from(next.max_stack_size);
                        if next.vararg_flags != 0
                            || execution.frames.len() >= execution.frame_limit
                            || function + size + HEADROOM >= execution.stack.len()
                            || execution.top + HEADROOM >= execution.stack.len()
                        {
                            go_on!(self.invoke(function, wanted, After::Ordinary, false)?)
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
                        constants = loaded.constants.window();
                        closure = callee;
                        pc = usize::MAX;
                        (below, window) = registers_at(&mut execution.stack, base);
                        for register in given..size {
                            window[register & 0xFF] = Value::NIL;
                        }
                    }
                    Operation::TailCall => {
                        let function = base + usize::from(i.a);
                        execution.top = match i.word().b() as usize {
                            // Nothing may have left open results, or they may end below: then there are no arguments.
                            0 => execution.top.max(function + 1),
                            b => function + b,
                        };
                        if HOOKED {
                            hand_over!(self.hooked_tail_call(function))
                        }
                        hand_over!(self.tail_call(function))
                    }
                    Operation::Return | Operation::Return1 => {
                        let first = base + usize::from(i.a);
                        let count = match i.word().b() {
                            0 => execution.top.saturating_sub(first),
                            b => b as usize - 1,
                        };
                        if execution.has_open_from(base) {
                            execution.close_upvalues(heap, base);
                        }
                        let is_ordinary = match execution.frames.last() {
                            Some(frame) => !HOOKED && frame.after == After::Ordinary,
                            None => false,
                        };
                        if !is_ordinary {
                            save!();
                            go_on!(self.leave_lua(first, count)?)
                        }
                        let Some(done) = execution.frames.pop() else { return Ok(Flow::Exit) };
                        let (to, wanted) = (done.function as usize, done.wanted);
                        let Some(caller) = execution.frames.last() else { return Ok(Flow::Exit) };
                        let Callee::Lua(caller_closure, prototype) = caller.callee else { return Ok(Flow::Exit) };
                        let caller_top = caller.top as usize;
                        pc = (caller.pc as usize).wrapping_sub(1);
                        base = caller.base as usize;
                        if wanted == 1 && count >= 1 {
                            execution.stack[to] = execution.stack[first];
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
                        constants = loaded.constants.window();
                        closure = caller_closure;
                        (below, window) = registers_at(&mut execution.stack, base);
                    }
                    Operation::ForLoop => {
                        let a = usize::from(i.a);
                        // Whatever is not a number reads as NaN, which fails the comparison and is never stored.
                        let step = window[a + 2].number_or_nan();
                        let index = window[a].number_or_nan() + step;
                        let limit = window[a + 1].number_or_nan();
                        let goes_on = if 0.0 < step {
                            index <= limit
                        } else {
                            std::hint::cold_path();
                            limit <= index
                        };
                        if goes_on {
                            pc = pc.wrapping_add_signed(i.extra as isize);
                            window[a] = Value::number(index);
                            window[a + 3] = Value::number(index);
                        }
                    }
                    Operation::ForPrep => {
                        let (place, jump) = (base + usize::from(i.a), i.extra);
                        save!();
                        self.prepare_loop(place, jump)?;
                        continue 'frame;
                    }
                    Operation::TForLoop => {
                        let a = usize::from(i.a);
                        let wanted = i.word().c() as usize;
                        if !HOOKED
                            && let Some((key, value)) = known_step(heap, window[a], window[a + 1], window[a + 2])
                            && execution.c_levels < super::frame::MAX_C_LEVELS - 1
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
                            branch!(goes_on, code[pc + 1].extra + 1);
                        } else {
                            let call = a + 3;
                            (window[call], window[call + 1], window[call + 2]) =
                                (window[a], window[a + 1], window[a + 2]);
                            execution.top = base + call + 3;
                            hand_over!(self.invoke(base + call, wanted as i32, After::Instruction, true))
                        }
                    }
                    Operation::SetList => {
                        let place = base + usize::from(i.a);
                        let count = match i.word().b() {
                            0 => execution.top.saturating_sub(place + 1),
                            b => b as usize,
                        };
                        let block = match i.word().c() {
                            0 => {
                                pc += 1;
                                loaded.source.code[pc].0 as usize
                            }
                            c => c as usize,
                        };
                        save!();
                        self.set_list(place, count, block)?;
                        continue 'frame;
                    }
                    Operation::Close => {
                        let level = base + usize::from(i.a);
                        save!();
                        self.close_upvalues(level);
                        continue 'frame;
                    }
                    Operation::Closure => {
                        let child = loaded.children[i.extra as usize];
                        let count = usize::from(self.prototypes.get(child).upvalue_count);
                        let environment = heap.closure(closure).environment;
                        let mut upvalues = Vec::with_capacity(count);
                        for capture in &loaded.source.code[pc + 1..=pc + count] {
                            let from = capture.b() as usize;
                            upvalues.push(if capture.opcode_number() == Opcode::GetUpval.number() {
                                heap.closure(closure).upvalues[from]
                            } else {
                                open_upvalue(&mut execution.open, heap, self.thread, base + from)
                            });
                        }
                        pc += count;
                        let made = Closure { prototype: child, environment, upvalues: upvalues.into_boxed_slice() };
                        register!(i.a) = Value::closure(heap.new_closure(made));
                        collect_if_due!();
                    }
                    Operation::VarArg => {
                        let (place, b) = (base + usize::from(i.a), i.word().b());
                        save!();
                        self.spread_varargs(place, b);
                        continue 'frame;
                    }
                    Operation::None => {}
                }
            }
        }
    }
}
