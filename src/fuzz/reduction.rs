//! The smallest case that still shows a finding: first the bytes that it was made from, then the text that was made of them.
//!
//! Every candidate is judged in a process of its own. Nothing here knows where findings are from, or where they are kept.

use std::io;
use std::num::NonZeroUsize;

use super::{BenchProcess, Case, FileKind, Input, InputFile, Subject, Target};
use crate::diagnose::error_class;
use crate::diagnose::reduce::predicate::{Interesting, Pool, PredicateError};
use crate::diagnose::reduce::{Options, ReduceError, Status, Until, Watch, reduce};
use crate::engine::Lost;
use crate::generate::{CHUNK_NAME, Shrink};
use crate::oracle::{Finding, Verdict};

/// What is found if a process judges: the broken claim, or how it was lost.
pub fn finding_of(target: Target, answer: Result<Verdict, Lost>) -> Option<Finding> {
    let lost = |class: String, what: String| Finding {
        oracle: target.name().into(),
        what,
        place: "in its process".into(),
        fingerprint: format!("{target}: {class}"),
    };
    match answer {
        Ok(Verdict::Broken(finding)) => Some(*finding),
        Ok(Verdict::Holds | Verdict::SaysNothing(_)) => None,
        Err(Lost::Crashed(note)) => Some(lost(format!("crash: {}", error_class(note.as_bytes())), note)),
        Err(Lost::TimedOut) => Some(lost("hang".into(), "no answer in time".into())),
    }
}

/// A case that shows a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Specimen {
    pub target: Target,
    pub fingerprint: String,
    pub input: Input,
}

impl Specimen {
    /// The case of these bytes as it is.
    pub fn of_bytes(target: Target, fingerprint: &str, bytes: &[u8]) -> Self {
        Self { target, fingerprint: fingerprint.to_owned(), input: Case::of_bytes(target, bytes).input }
    }

    /// The finding of the case of these bytes, made smaller until the time is over. The case alone decides which bytes are tried.
    ///
    /// # Errors
    /// When no process can be had.
    pub fn reduced_from_bytes(
        target: Target,
        fingerprint: &str,
        bytes: &[u8],
        process: &mut BenchProcess,
        until: &Until,
    ) -> io::Result<Self> {
        let mut shrink = Shrink::new(bytes.to_vec());
        let mut more = shrink.keep();
        while more && !until.is_over() {
            let answer = process.check(target, Subject::Bytes(shrink.bytes().to_vec()))?;
            let is_kept = finding_of(target, answer).is_some_and(|finding| finding.fingerprint == fingerprint);
            more = if is_kept { shrink.keep() } else { shrink.take_back() };
        }
        Ok(Self::of_bytes(target, fingerprint, shrink.settled()))
    }

    /// The same with a source text made smaller; as it is, if it is none.
    ///
    /// # Errors
    /// When no process can be had.
    pub fn with_reduced_source(
        self,
        start: impl Fn() -> BenchProcess + Sync,
        jobs: NonZeroUsize,
        until: Until,
    ) -> io::Result<Self> {
        let Input::Program(program) = &self.input else { return Ok(self) };
        if program.is_binary() {
            return Ok(self);
        }
        let predicate = SameFinding {
            target: self.target,
            fingerprint: &self.fingerprint,
            chunk_name: &program.name,
            processes: Pool::new(start(), || Ok(start())),
        };
        let options = Options { jobs, until, seed: 0 };
        match reduce(&program.chunk, &predicate, &options, &mut Unwatched) {
            Ok(reduction) => {
                let program = crate::engine::Program { chunk: reduction.program, ..program.clone() };
                Ok(Self { input: Input::Program(program), ..self })
            }
            // What does not repeat itself is kept as it was found.
            Err(ReduceError::NotInteresting) => Ok(self),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

/// A source text is interesting if it shows the same finding.
struct SameFinding<'a, S> {
    target: Target,
    fingerprint: &'a str,
    chunk_name: &'a [u8],
    processes: Pool<BenchProcess, S>,
}

impl<S: Fn() -> io::Result<BenchProcess> + Sync> Interesting for SameFinding<'_, S> {
    fn is_interesting(&self, candidate: &[u8]) -> Result<bool, PredicateError> {
        let failed = |error: io::Error| PredicateError(error.to_string());
        let chunk_name = Some(self.chunk_name.to_vec());
        let file = InputFile { kind: FileKind::Source, bytes: candidate.to_vec(), chunk_name };
        let mut process = self.processes.take().map_err(failed)?;
        let answer = process.check(self.target, Subject::File(file, CHUNK_NAME.into())).map_err(failed)?;
        self.processes.give_back(process);
        Ok(finding_of(self.target, answer).is_some_and(|finding| finding.fingerprint == self.fingerprint))
    }
}

/// Nobody follows the reduction of a finding.
struct Unwatched;

impl Watch for Unwatched {
    fn progress(&mut self, _: &Status) {}

    fn improved(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_not_to_answer_is_a_finding() {
        let fingerprint = |answer| finding_of(Target::Chunk, answer).map(|finding| finding.fingerprint);
        let crashed = Err(Lost::Crashed("signal 11 (SIGSEGV)".into()));
        assert_eq!(fingerprint(crashed).as_deref(), Some("chunk: crash: signal _ (SIGSEGV)"));
        assert_eq!(fingerprint(Err(Lost::TimedOut)).as_deref(), Some("chunk: hang"));
        assert_eq!(fingerprint(Ok(Verdict::Holds)), None);
        let broken = Verdict::broken("chunk", "class", "1 against 2", "somewhere");
        assert_eq!(fingerprint(Ok(broken)).as_deref(), Some("chunk: class"));
    }
}
