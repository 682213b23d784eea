//! A thread of execution as data: one contiguous stack, the frames upon it, the variables that closures still share with it.
//!
//! Plain data, so that a state can be cloned in the middle of a run.

use super::hooks::Hooks;
use super::native::Pending;
use crate::lua::heap::{ClosureRef, Heap, NativeRef, PrototypeRef, ThreadRef, Upvalue, UpvalueRef, Value};

/// How many slots a frame sees: every 8-bit operand is one, and so are the few that loops have above theirs.
pub const WINDOW: usize = 256 + 8;
/// Slots kept free above the top of every frame: a window, and what a call of a metamethod pushes.
pub const HEADROOM: usize = WINDOW + 32;
/// The slots of a new stack.
const FIRST_STACK: usize = 2 * HEADROOM;
/// The frames that a new thread has room for in the reference (`BASIC_CI_SIZE`).
const FIRST_FRAMES: usize = 8;
/// Calls that may be active at once (`LUAI_MAXCALLS`).
pub const MAX_CALLS: usize = 20_000;
/// The reference doubles its array of frames from 8 until the limit is exceeded, which happens here first.
const FIRST_FRAME_LIMIT: usize = 16_384;
/// Levels of calls that go through the reference's C stack (`LUAI_MAXCCALLS`).
pub const MAX_C_LEVELS: u32 = 200;

/// What becomes of a call's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// They replace the function in the caller's registers, and the caller goes on.
    Ordinary,
    /// They complete the instruction of the caller that called a metamethod or an iterator.
    Instruction,
    /// The native function that called goes on with them.
    Native,
    /// Likewise, and the protection that the call was under ends.
    Guarded,
    /// They are the error value that a message handler made of another.
    Handler,
    /// They are dropped, and the function that the finaliser interrupted goes on.
    Finaliser,
    /// They are dropped, and what the hook was called for goes on.
    Hook,
    /// The coroutine ends with them.
    Coroutine,
    /// They go to the host, and the loop ends.
    Host,
}

/// What runs in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    Lua(ClosureRef, PrototypeRef),
    Native(NativeRef),
}

impl Callee {
    /// The function as a value.
    pub fn function(self) -> Value {
        match self {
            Callee::Lua(closure, _) => Value::closure(closure),
            Callee::Native(native) => Value::native(native),
        }
    }
}

/// An active call.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Where the called function is in the stack.
    pub function: u32,
    /// Where register 0 is.
    pub base: u32,
    /// The end of the frame's registers.
    pub top: u32,
    /// The next instruction, while another frame is above.
    pub pc: u32,
    pub callee: Callee,
    /// How many results the caller wants; -1 for all.
    pub wanted: i32,
    pub after: After,
    /// Whether the call went through the reference's C stack.
    pub is_c_level: bool,
    /// Whether a native function waits for a call to end: its pending operation is on the list.
    pub has_pending: bool,
    /// How many frames were replaced by this one in tail calls.
    pub tail_calls: u32,
    /// What the instruction under way needs to remember across a call of a metamethod.
    pub progress: u32,
}

impl Frame {
    /// The prototype of a Lua function's frame.
    pub fn prototype(&self) -> Option<PrototypeRef> {
        match self.callee {
            Callee::Lua(_, prototype) => Some(prototype),
            Callee::Native(_) => None,
        }
    }

    /// Whether a Lua function runs in the frame.
    pub fn is_lua(&self) -> bool {
        matches!(self.callee, Callee::Lua(..))
    }
}

/// A point that errors do not go beyond.
#[derive(Clone, Copy, Debug)]
pub struct Catch {
    /// The frame of the native function that protects its call.
    pub frame: usize,
    /// Where that function's stack ended before it pushed what it calls.
    pub top: usize,
    /// How many pending operations there were, its own included.
    pub pending: usize,
    pub c_levels: u32,
    pub handler: u32,
    pub is_unobserved: bool,
}

/// A variable in the stack that closures refer to.
#[derive(Clone, Copy, Debug)]
pub struct OpenUpvalue {
    pub place: u32,
    pub upvalue: UpvalueRef,
}

/// A stack and what is active on it.
#[derive(Debug, Default)]
pub struct Execution {
    pub stack: Vec<Value>,
    /// The end of what is in use: of a native function's values, or of open results.
    pub top: usize,
    pub frames: Vec<Frame>,
    /// The lowest place first.
    pub open: Vec<OpenUpvalue>,
    pub pending: Vec<Box<dyn Pending>>,
    pub catches: Vec<Catch>,
    /// Calls that would be on the reference's C stack (`nCcalls`).
    pub c_levels: u32,
    /// Those that were there when the coroutine was resumed (`baseCcalls`).
    pub base_c_levels: u32,
    /// Where the message handler in force is in the stack; 0 for none.
    pub handler: u32,
    /// How many frames there may be before the reference would have to enlarge its array of them.
    pub frame_limit: usize,
    /// Whether a finaliser or a hook runs, so that observers and hooks see no instruction (`allowhook` is 0).
    pub is_unobserved: bool,
    pub hooks: Hooks,
    /// What the heap has been told of [`Execution::weight`].
    pub accounted: usize,
}

impl Clone for Execution {
    fn clone(&self) -> Self {
        Self {
            stack: self.stack.clone(),
            top: self.top,
            frames: self.frames.clone(),
            open: self.open.clone(),
            pending: self.pending.iter().map(|pending| pending.duplicate()).collect(),
            catches: self.catches.clone(),
            c_levels: self.c_levels,
            base_c_levels: self.base_c_levels,
            handler: self.handler,
            frame_limit: self.frame_limit,
            is_unobserved: self.is_unobserved,
            hooks: self.hooks.clone(),
            accounted: self.accounted,
        }
    }
}

impl Execution {
    /// An execution with an empty stack, ready for a first call.
    pub fn new() -> Self {
        // Slot 0 stays unused, so that 0 can stand for "no handler".
        Self { stack: vec![Value::NIL; FIRST_STACK], top: 1, frame_limit: FIRST_FRAME_LIMIT - 1, ..Self::default() }
    }

    /// The bytes that the stack and the frames take beyond what a new thread is accounted with. The same for a copy, whose
    /// vectors may have other capacities.
    pub fn weight(&self) -> usize {
        let slots = self.stack.len().saturating_sub(FIRST_STACK);
        let frames = self.frames.len().next_power_of_two().saturating_sub(FIRST_FRAMES);
        slots * size_of::<Value>() + frames * size_of::<Frame>()
    }

    /// Makes sure that the stack reaches [`HEADROOM`] slots beyond `end`.
    #[inline(always)]
    pub fn reserve(&mut self, end: usize) {
        if end + HEADROOM > self.stack.len() {
            self.grow(end);
        }
    }

    #[cold]
    fn grow(&mut self, end: usize) {
        let length = (end + HEADROOM).max(self.stack.len() * 2);
        self.stack.resize(length, Value::NIL);
    }

    /// Puts a value on top.
    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        if self.top + WINDOW >= self.stack.len() {
            self.grow(self.top);
        }
        self.stack[self.top] = value;
        self.top += 1;
    }

    /// The end of what is alive in the stack.
    pub fn live_top(&self) -> usize {
        match self.frames.last() {
            Some(frame) if frame.is_lua() => self.top.max(frame.top as usize),
            _ => self.top,
        }
    }

    /// The stack in two parts: what is in use, and what is not.
    pub fn split_at_top(&mut self) -> (&mut [Value], &mut [Value]) {
        let top = self.live_top().min(self.stack.len());
        self.stack.split_at_mut(top)
    }

    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    pub fn open_upvalues(&self) -> impl Iterator<Item = UpvalueRef> {
        self.open.iter().map(|open| open.upvalue)
    }

    /// Whether closures share a variable at this place or above.
    #[inline(always)]
    pub fn has_open_from(&self, level: usize) -> bool {
        self.open.last().is_some_and(|open| open.place as usize >= level)
    }

    /// Ends the time in the stack of the variables at this place and above that closures share.
    #[inline(never)]
    pub fn close_upvalues(&mut self, heap: &mut Heap, level: usize) {
        while self.has_open_from(level)
            && let Some(open) = self.open.pop()
        {
            heap.close_upvalue(open.upvalue, self.stack[open.place as usize]);
        }
    }

    /// What the reference does when its array of frames is full: doubles it, and complains when that exceeds the limit.
    pub fn frames_exhausted(&mut self) -> FramesExhausted {
        let size = self.frame_limit + 1;
        if size > MAX_CALLS {
            return FramesExhausted::InOverflow;
        }
        self.frame_limit = size * 2 - 1;
        if size * 2 > MAX_CALLS { FramesExhausted::Overflow } else { FramesExhausted::Grown }
    }

    /// What the reference's collector does in each cycle with a thread's array of frames that is hardly used: it halves it, once when it
    /// follows the thread and once when it follows it again. How deep calls go until the next overflow depends on that, since doubling
    /// goes on from there.
    pub fn halve_frame_limit(&mut self) {
        for _ in 0..2 {
            let size = self.frame_limit + 1;
            if size <= MAX_CALLS && 4 * self.frames.len() < size && 2 * FIRST_FRAMES < size {
                self.frame_limit = size / 2 - 1;
            }
        }
    }

    /// Ends the allowance for handling an overflow, once few enough frames are left.
    pub fn restore_frame_limit(&mut self) {
        if self.frame_limit + 1 > MAX_CALLS && self.frames.len() + 1 < MAX_CALLS {
            self.frame_limit = MAX_CALLS - 1;
        }
    }
}

/// See [`Execution::frames_exhausted`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FramesExhausted {
    /// There is room now.
    Grown,
    /// `stack overflow`.
    Overflow,
    /// A second one while the first is handled.
    InOverflow,
}

/// Finds or makes the upvalue for a place in the running thread's stack.
pub(super) fn open_upvalue(
    open: &mut Vec<OpenUpvalue>,
    heap: &mut Heap,
    thread: ThreadRef,
    place: usize,
) -> UpvalueRef {
    let place = place as u32;
    let position = open.partition_point(|open| open.place < place);
    if let Some(found) = open.get(position).filter(|open| open.place == place) {
        return found.upvalue;
    }
    let upvalue = heap.new_upvalue(Upvalue { value: Value::NIL, place, thread });
    open.insert(position, OpenUpvalue { place, upvalue });
    upvalue
}
