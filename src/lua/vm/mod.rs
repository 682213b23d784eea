//! The virtual machine: the execution loop, calls, metamethods, errors, coroutines, observers.
//!
//! It runs loaded prototypes over a heap and never recurses on the Rust stack, whatever the program does. It knows nothing of
//! what native functions do, only how they are called.

mod arguments;
mod calls;
mod collect;
mod error;
mod events;
mod execute;
mod fields;
mod finalise;
mod finish;
mod frame;
mod hooks;
mod inspect;
mod instructions;
mod interrupt;
mod lookup;
mod messages;
mod native;
mod observer;
mod operators;
mod prepared;
mod prototypes;
mod recover;
mod state;
mod traceback;
mod view;

pub use arguments::MAX_C_STACK;
pub use error::{Error, ErrorKind};
pub use events::{Event, Metamethods};
pub use frame::{Callee, Execution, Frame, MAX_C_LEVELS};
pub use hooks::{Hooks, mask};
pub(in crate::lua) use messages::LevelFrame;
pub use native::{Call, Completion, GiveResults, GiveStatus, Guard, NativeFunction, Outcome, Pending, Step};
pub use observer::{Counter, Interruptible, Observer, Stop};
pub use operators::modulo;
pub use prototypes::{LoadedPrototype, Prototypes};
pub use state::{Bounds, State};
pub(in crate::lua) use traceback::Traceback;
pub use view::View;
