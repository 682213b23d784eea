//! Handles: what a host holds of the objects in a heap.
//!
//! A handle is plain data: a reference, the generation of the slot that the reference leads to, and the heap that it belongs
//! to. It keeps nothing alive, so it may outlive its object; then it is refused, also when another object has moved into the
//! slot. A copy of a heap is another heap: it refuses the handles of the original, whose slots may by then hold something else.
//!
//! What is done with a valid handle is the business of [`Transaction`](super::Transaction).

use std::sync::atomic::{AtomicU64, Ordering};

use super::object::{ClosureRef, NativeRef, StringRef, TableRef, ThreadRef, UserdataRef};
use super::{Heap, Value};

/// What tells a heap from every other one of the process. It is never visible to a program.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity(u64);

impl Default for Identity {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        // Only the difference of the numbers counts, so no order between threads is needed.
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A copy of a heap is another heap.
impl Clone for Identity {
    fn clone(&self) -> Self {
        Self::default()
    }
}

mod sealed {
    use super::{Heap, Value};

    pub trait Sealed {
        /// The generation of the slot, if an object is in it.
        fn generation(self, heap: &Heap) -> Option<u32>;

        fn value(self) -> Value;
    }
}

/// A kind of reference that handles exist for. Only this module implements it.
pub trait Reference: Copy + Eq + std::hash::Hash + std::fmt::Debug + sealed::Sealed {
    /// The name of the kind, as `type` gives it.
    const KIND: &'static str;
}

/// A reference to a function of either sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionRef {
    Closure(ClosureRef),
    Native(NativeRef),
}

macro_rules! references {
    ($($reference:ty, $kind:literal, |$it:ident, $heap:ident| $generation:expr, $value:expr;)*) => {
        $(impl sealed::Sealed for $reference {
            fn generation(self, $heap: &Heap) -> Option<u32> {
                let $it = self;
                $generation
            }

            fn value(self) -> Value {
                let $it = self;
                $value
            }
        }

        impl Reference for $reference {
            const KIND: &'static str = $kind;
        })*
    };
}

references! {
    StringRef, "string", |it, heap| heap.strings.generation(it.index), Value::string(it);
    TableRef, "table", |it, heap| heap.tables.generation(it.0), Value::table(it);
    UserdataRef, "userdata", |it, heap| heap.userdata.generation(it.0), Value::userdata(it);
    ThreadRef, "thread", |it, heap| heap.threads.generation(it.0), Value::thread(it);
    FunctionRef, "function", |it, heap| match it {
        FunctionRef::Closure(closure) => heap.closures.generation(closure.0),
        FunctionRef::Native(native) => heap.natives.generation(native.0),
    }, match it {
        FunctionRef::Closure(closure) => Value::closure(closure),
        FunctionRef::Native(native) => Value::native(native),
    };
}

/// A host's name for an object: which one, of which life of its slot, of which heap.
///
/// Two handles are equal exactly if they name the same object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle<R> {
    reference: R,
    generation: u32,
    heap: u64,
}

/// A handle of a string.
pub type StringHandle = Handle<StringRef>;
/// A handle of a table.
pub type TableHandle = Handle<TableRef>;
/// A handle of a function, of Lua or native.
pub type FunctionHandle = Handle<FunctionRef>;
/// A handle of a full userdata.
pub type UserdataHandle = Handle<UserdataRef>;
/// A handle of a coroutine.
pub type ThreadHandle = Handle<ThreadRef>;

impl<R: Reference> Handle<R> {
    /// What the handle named when it was made; not to be followed before the handle is checked.
    pub(in crate::lua) fn unchecked(self) -> R {
        self.reference
    }

    pub(super) fn generation(self) -> u32 {
        self.generation
    }
}

/// Why a handle is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleError {
    /// Its object has been collected, whatever is in its place now.
    Stale,
    /// It is a handle of another state; a copy of a state is another one.
    OtherState,
    /// It names an object of another kind.
    WrongKind {
        /// What was asked for, as `type` names it.
        expected: &'static str,
        /// What was there.
        found: &'static str,
    },
}

impl std::fmt::Display for HandleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            HandleError::Stale => f.write_str("the handle's object has been collected"),
            HandleError::OtherState => f.write_str("the handle belongs to another state"),
            HandleError::WrongKind { expected, found } => write!(f, "{expected} expected, got {found}"),
        }
    }
}

impl std::error::Error for HandleError {}

/// The number of no heap.
const NOWHERE: u64 = u64::MAX;

impl Heap {
    /// The handle of a live object.
    pub(super) fn handle<R: Reference>(&self, reference: R) -> Handle<R> {
        let generation = reference.generation(self);
        debug_assert!(generation.is_some(), "a handle for an object that is gone");
        match generation {
            Some(generation) => Handle { reference, generation, heap: self.identity.0 },
            None => Handle { reference, generation: 0, heap: NOWHERE },
        }
    }

    /// Whether a handle belongs to this heap.
    pub(super) fn is_own<R: Reference>(&self, handle: Handle<R>) -> bool {
        handle.heap == self.identity.0
    }

    /// The object that a handle names.
    ///
    /// # Errors
    /// [`HandleError::OtherState`] or [`HandleError::Stale`]: never another object.
    pub fn resolve<R: Reference>(&self, handle: Handle<R>) -> Result<R, HandleError> {
        if !self.is_own(handle) {
            return Err(HandleError::OtherState);
        }
        if handle.reference.generation(self) != Some(handle.generation) {
            return Err(HandleError::Stale);
        }
        Ok(handle.reference)
    }
}
