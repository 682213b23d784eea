//! Per-instruction traces: what an engine did, instruction by instruction, in a form that two engines' runs can be compared in.
//!
//! An engine shows itself before every instruction ([`Probe`]); one recorder for all engines makes events of that
//! ([`Recorder`], [`Event`]), so that their formats cannot drift apart. `docs/trace-format.md` says what is recorded and why.
//! This room does not know the engines, nor what becomes of a difference (`diagnose`).

mod addresses;
mod compare;
mod decode;
mod effects;
mod encode;
mod event;
mod lines;
mod moments;
mod names;
mod operands;
mod probe;
mod recorder;
mod source;

pub use compare::{Comparison, Difference, Digests, Field, Stretch, compare, compare_digests};
pub use decode::{BadEvents, decode};
pub use effects::{Written, writes};
pub use event::{Datum, Event, FORMAT_VERSION, How};
pub use lines::{Identity, Lines};
pub use moments::Moment;
pub use operands::{Operand, operand};
pub use probe::{Kind, Place, Probe, PrototypeFacts, Seen};
pub use recorder::{Block, Recorder, Stopped};
pub use source::{AHEAD, BlockSender, Blocks, OwnedBlock, block_channel, read_block, write_block, write_end};
