//! The kinds of object that the heap holds, and the references to them.
//!
//! A reference is an arena index: plain data, meaningful in one state (and its clones) only.

use super::{Table, Value};
use crate::lua::vm::{Execution, NativeFunction};

macro_rules! references {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(in crate::lua) u32);)*
    };
}

references! {
    /// A reference to a table.
    TableRef;
    /// A reference to a Lua closure.
    ClosureRef;
    /// A reference to a native function.
    NativeRef;
    /// A reference to a full userdata.
    UserdataRef;
    /// A reference to a coroutine, or to the main thread.
    ThreadRef;
    /// A reference to an upvalue.
    UpvalueRef;
    /// A reference to a loaded prototype.
    PrototypeRef;
    /// A reference to an open stream, which is the input and output library's.
    StreamRef;
}

impl TableRef {
    /// Stands for "no table" where a reference is stored without room for an option.
    pub(in crate::lua) const NONE: TableRef = TableRef(u32::MAX);

    /// The reference, unless it is [`TableRef::NONE`].
    #[inline(always)]
    pub(in crate::lua) const fn some(self) -> Option<TableRef> {
        if self.0 == u32::MAX { None } else { Some(self) }
    }
}

/// A reference to an interned string, with the low 16 bits of its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StringRef {
    pub(in crate::lua) index: u32,
    hash: u16,
}

impl StringRef {
    pub(in crate::lua) const fn new(index: u32, hash: u32) -> Self {
        Self { index, hash: hash as u16 }
    }

    #[inline(always)]
    pub(super) const fn packed(self) -> u64 {
        (self.hash as u64) << 32 | self.index as u64
    }

    #[inline(always)]
    pub(super) const fn unpack(bits: u64) -> Self {
        Self { index: bits as u32, hash: (bits >> 32) as u16 }
    }

    /// The low 16 bits of the string's hash.
    #[inline(always)]
    pub(super) const fn short_hash(self) -> usize {
        self.hash as usize
    }
}

/// A Lua function: a prototype and what it captured.
#[derive(Clone, Debug)]
pub struct Closure {
    pub prototype: PrototypeRef,
    pub environment: TableRef,
    pub upvalues: Box<[UpvalueRef]>,
}

/// A function of the host: its code, and what it captured.
#[derive(Clone, Debug)]
pub struct Native {
    pub function: NativeFunction,
    pub intrinsic: Intrinsic,
    pub environment: TableRef,
    pub upvalues: Box<[Value]>,
}

/// Natives that the loop knows how to do itself, where the call would cost more than the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intrinsic {
    /// No special treatment.
    None,
    /// `next`, as an iterator.
    Next,
    /// The iterator of `ipairs`.
    IpairsStep,
    /// `tostring`, which `print` does itself for strings and numbers.
    ToString,
}

/// A variable that closures share.
#[derive(Clone, Copy, Debug)]
pub struct Upvalue {
    /// The value, once closed.
    pub value: Value,
    /// Where the variable is in its thread's stack; [`Upvalue::CLOSED`] once its scope has ended.
    pub place: u32,
    /// The thread whose stack holds the variable while it is open.
    pub thread: ThreadRef,
}

impl Upvalue {
    pub const CLOSED: u32 = u32::MAX;
}

/// A full userdata: a metatable and an environment around what a host attached to it.
#[derive(Clone, Debug)]
pub struct Userdata {
    pub metatable: TableRef,
    pub environment: TableRef,
    /// The size that the host asked for, in bytes, for the account.
    pub size: usize,
    /// The stream of a file that is open.
    pub stream: Option<StreamRef>,
    /// The userdata's number in the order in which they were made: the heap gives it.
    pub(super) serial: u64,
    /// Whether it has been decided whether its finaliser is called, which happens once.
    pub(super) is_finalised: bool,
}

impl Userdata {
    /// A userdata of no size.
    pub fn new(metatable: TableRef, environment: TableRef) -> Self {
        Self { metatable, environment, size: 0, stream: None, serial: 0, is_finalised: false }
    }
}

/// What a coroutine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadStatus {
    /// It has not started, or it yielded.
    Suspended,
    Running,
    /// It resumed another one.
    Normal,
    /// It returned, or died of an error.
    Dead,
}

/// A coroutine. While it runs, its execution is in the state, and empty here.
#[derive(Clone, Debug)]
pub struct Thread {
    pub execution: Box<Execution>,
    pub status: ThreadStatus,
    /// Whether it has started, so that a resumption continues a yield.
    pub started: bool,
    /// Who resumed it.
    pub resumer: ThreadRef,
    pub(super) globals: TableRef,
    /// Whether the collector will come back to this thread before marking ends, because it has run since.
    pub(super) is_touched: bool,
}

impl Thread {
    /// A coroutine that will execute this, with these globals. Until it is resumed, `maker` stands for who resumed it.
    pub fn new(execution: Box<Execution>, maker: ThreadRef, globals: TableRef) -> Self {
        let status = ThreadStatus::Suspended;
        Self { execution, status, started: false, resumer: maker, globals, is_touched: false }
    }

    /// The globals of what runs in the thread.
    pub fn globals(&self) -> TableRef {
        self.globals
    }
}

/// What the collector needs to know of an object: what its death leaves behind, and what it weighs.
pub trait Object {
    /// The bytes that the object is accounted with: what the reference would need for it.
    fn weight(&self) -> usize;

    /// Lets go of everything that the object holds.
    fn release(&mut self);
}

impl Object for Table {
    fn weight(&self) -> usize {
        64 + self.storage_weight()
    }

    fn release(&mut self) {
        *self = Table::default();
    }
}

impl Object for Closure {
    fn weight(&self) -> usize {
        40 + 8 * self.upvalues.len()
    }

    fn release(&mut self) {
        self.upvalues = Box::default();
    }
}

impl Object for Native {
    fn weight(&self) -> usize {
        40 + 16 * self.upvalues.len()
    }

    fn release(&mut self) {
        self.upvalues = Box::default();
    }
}

impl Object for Upvalue {
    fn weight(&self) -> usize {
        40
    }

    fn release(&mut self) {
        self.value = Value::NIL;
    }
}

impl Object for Userdata {
    fn weight(&self) -> usize {
        40 + self.size
    }

    fn release(&mut self) {
        self.size = 0;
    }
}

impl Object for Thread {
    fn weight(&self) -> usize {
        // With the first stack and the first frames of the reference.
        1224
    }

    fn release(&mut self) {
        *self.execution = Execution::default();
    }
}
