//! What a Rust host uses: running scripts, with arguments, bounds and tracebacks; and everything else through handles and
//! transactions.
//!
//! The stand-alone interpreter and the harness's engine are both built on this room; it knows nothing of either.
//!
//! A host never touches an object. It holds [handles](Handle), which are plain data and may be stale, and reads and writes in a
//! [`Transaction`], which refuses a handle that does not name what it did when the host got it, and undoes everything unless
//! it is committed. A handle keeps nothing alive; a [pin](Transaction::pin) does.
//!
//! ```
//! use lockstep::lua::embed::{FunctionHandle, HostError, HostValue, TableHandle};
//! use lockstep::lua::heap::Value;
//! use lockstep::lua::vm::{Call, Counter, Error, State, Step};
//!
//! /// A function of the host: takes a number from Lua, and returns twice as much.
//! fn double(call: &mut Call<'_>) -> Result<Step, Error> {
//!     let n = call.check_number(1)?;
//!     call.give(Value::number(2.0 * n))
//! }
//!
//! # fn main() -> Result<(), HostError> {
//! let mut state = State::with_libraries();
//!
//! // Register the function, and keep what was done.
//! let mut setup = state.begin();
//! let globals = setup.globals();
//! let double = setup.new_function(double, &[])?;
//! setup.set_field(globals, "double", double)?;
//! setup.commit();
//!
//! // Load a script. Its function is kept for more than one call, so it is pinned.
//! let script = state.load_function(b"local n = ... return { answer = double(n) }", b"=script")?;
//! let mut setup = state.begin();
//! setup.pin(script)?;
//! setup.commit();
//!
//! // Call it, with a budget of instructions.
//! let mut budget = Counter { executed: 0, budget: 1_000 };
//! let results = state.call_function(script, &[HostValue::Number(21.0)], &mut budget)?;
//!
//! // Read the table that it returned.
//! let reply = TableHandle::try_from(results[0])?;
//! let mut reading = state.begin();
//! assert_eq!(reading.get_field(reply, "answer")?, HostValue::Number(42.0));
//!
//! // Write to it, and change one's mind.
//! reading.set_field(reply, "answer", 0.0)?;
//! reading.rollback();
//! assert_eq!(state.begin().get_field(reply, "answer")?, HostValue::Number(42.0));
//!
//! // Nothing kept the reply: after a collection its handle is refused, whatever is in its place by then.
//! state.collect_garbage();
//! assert!(state.begin().length(reply).is_err());
//!
//! // An error is a value of the host's, with the message and the traceback of the program's.
//! let script = state.load_function(b"error('no such key')", b"=script")?;
//! let Err(HostError::Raised { message, traceback, .. }) = state.call_function(script, &[], &mut ()) else {
//!     panic!("the script raises an error");
//! };
//! assert_eq!(message, b"script:1: no such key");
//! assert!(traceback.starts_with(b"\nstack traceback:"));
//!
//! // A script that does not end is stopped; the state can be used further.
//! let script: FunctionHandle = state.load_function(b"while true do end", b"=script")?;
//! let mut budget = Counter { executed: 0, budget: 1_000 };
//! assert_eq!(state.call_function(script, &[], &mut budget), Err(HostError::Stopped));
//! # Ok(())
//! # }
//! ```

mod host;
mod host_error;
mod script;
pub mod standalone;

pub use crate::lua::heap::{
    AccessError, FunctionHandle, Handle, HandleError, HostValue, StringHandle, TableHandle, ThreadHandle, Transaction,
    UserdataHandle,
};
pub use host_error::HostError;
pub use script::{Script, ScriptError, script_of_file};

#[cfg(test)]
mod host_tests;
