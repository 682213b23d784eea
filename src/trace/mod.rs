//! Per-instruction traces: what an engine did, instruction by instruction, in a form that two engines' runs can be compared in.
//!
//! An engine shows itself before every instruction ([`Probe`]); one recorder for all engines makes events of that
//! ([`Recorder`], [`Event`]), so that their formats cannot drift apart. `docs/trace-format.md` says what is recorded and why.
//! This room does not know the engines, nor what becomes of a difference (`diagnose`).

mod addresses;
mod compare;
mod effects;
mod event;
mod lines;
mod moments;
mod names;
mod operands;
mod probe;
mod recorder;
mod source;

pub use compare::{Comparison, Difference, Field, compare};
pub use effects::{Written, writes};
pub use event::{BadEvents, Datum, Event, FORMAT_VERSION, How, decode};
pub use lines::{Identity, Lines};
pub use moments::Moment;
pub use operands::{Operand, operand};
pub use probe::{Kind, Place, Probe, PrototypeFacts, Seen};
pub use recorder::{Block, Recorder, Stopped};
pub use source::{BlockSender, Blocks, OwnedBlock, block_channel, read_block, write_block, write_end};
