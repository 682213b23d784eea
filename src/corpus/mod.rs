//! The regression corpus: every difference that was ever found, kept as a small file with a header, and replayed.
//!
//! * [`Header`]: what a case shows, and where it is from; `docs/corpus.md` has the format;
//! * [`Regression`]: a case of the corpus, read from and written to its files;
//! * [`find`]: the cases under a folder;
//! * [`replay`]: all of them on every oracle that applies, in parallel;
//! * [`promote`]: a finding moved in.
//!
//! This room uses targets and their inputs. It must not know how findings come about, nor how results are shown.

mod candidate;
mod header;
mod promote;
mod regression;
mod replay;

pub use header::Header;
pub use promote::{PromoteError, Promotion, promote};
pub use regression::{CorpusError, Regression, find, fingerprints};
pub use replay::{Judged, Outcome, replay, targets_for};
