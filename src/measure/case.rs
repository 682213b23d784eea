//! What can be measured.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use super::chunks::Chunks;
use super::samples::{Measurement, Quantity, Samples};
use super::{programs, source, start};
use crate::engine::{ferrous::FerrousEngine, reference::ReferenceEngine};
use crate::script;

/// How long the source is that the compilers get.
const SOURCE_LENGTH: usize = 4 << 20;

/// How many states are made in a sample.
const STARTS: u32 = 2_000;

/// How the start of a state should compare: programs under test are short and many.
const START_GOAL: f64 = 0.5;

/// Something that both engines can do, and that can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// The program in this file runs.
    Program(PathBuf),
    /// A large source text is compiled.
    Compile,
    /// Its prototypes are written as a binary chunk.
    Dump,
    /// That chunk is read and verified.
    Undump,
    /// A state with its libraries is made and dropped.
    Start,
}

/// Why there is no measurement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The file cannot be read.
    #[error("{0}")]
    Unusable(String),
    /// The two sides do not agree on a result, so their times say nothing.
    #[error("{0}")]
    Wrong(String),
}

impl Case {
    /// All cases: the programs in these files, and what needs no file.
    pub fn all(files: impl IntoIterator<Item = PathBuf>) -> Vec<Self> {
        let others = [Self::Compile, Self::Dump, Self::Undump, Self::Start];
        files.into_iter().map(Self::Program).chain(others).collect()
    }

    /// The name for reports and filters: a program's is that of its file, without its folder and extension.
    pub fn name(&self) -> String {
        match self {
            Self::Program(path) => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Compile => "compile".into(),
            Self::Dump => "dump".into(),
            Self::Undump => "undump".into(),
            Self::Start => "state-start".into(),
        }
    }

    /// Measures both engines in turn, so many times each.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn measure(&self, rounds: NonZeroU32) -> Result<Measurement, Failure> {
        let measured = |quantity, (reference, subject): (Samples, Samples)| Measurement {
            name: self.name(),
            quantity,
            reference,
            subject,
            goal: (*self == Self::Start).then_some(START_GOAL),
        };
        match self {
            Self::Program(path) => Ok(measured(Quantity::Run, measure_program(path, rounds)?)),
            Self::Start => Ok(measured(Quantity::Repeated(STARTS), start::measure(rounds, STARTS))),
            Self::Compile | Self::Dump | Self::Undump => {
                let source = source::generate(SOURCE_LENGTH);
                let chunks = Chunks::new(&source)?;
                Ok(match self {
                    Self::Compile => measured(Quantity::Bytes(source.len()), chunks.compile(rounds)?),
                    Self::Dump => measured(Quantity::Bytes(chunks.binary_length()), chunks.dump(rounds)?),
                    _ => measured(Quantity::Bytes(chunks.binary_length()), chunks.undump(rounds)?),
                })
            }
        }
    }
}

fn measure_program(path: &Path, rounds: NonZeroU32) -> Result<(Samples, Samples), Failure> {
    let program = script::read(path, &[]).map_err(|error| Failure::Unusable(format!("{}: {error}", path.display())))?;
    programs::measure(&program, rounds, &mut ReferenceEngine::new(), &mut FerrousEngine::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_named_after_their_files() {
        let names: Vec<String> = Case::all([PathBuf::from("a/b/fib.lua")]).iter().map(Case::name).collect();
        assert_eq!(names, ["fib", "compile", "dump", "undump", "state-start"]);
    }

    #[test]
    fn a_program_is_measured_from_its_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x.lua");
        std::fs::write(&path, "return 1").expect("written");
        let rounds = NonZeroU32::MIN.saturating_add(1);
        let measurement = Case::Program(path).measure(rounds).expect("measurable");
        assert_eq!((measurement.name.as_str(), measurement.quantity), ("x", Quantity::Run));
        assert_eq!((measurement.reference.times().len(), measurement.subject.times().len()), (2, 2));
        let missing = Case::Program(folder.path().join("y.lua")).measure(rounds);
        assert!(matches!(missing, Err(Failure::Unusable(_))), "{missing:?}");
    }

    #[test]
    fn a_start_has_a_goal() {
        let measurement = Case::Start.measure(NonZeroU32::MIN).expect("measurable");
        assert_eq!(measurement.goal, Some(START_GOAL));
    }
}
