//! The child process of a case: one file on a linked-in engine, as a stand-alone interpreter runs it, in the current folder.
//!
//! It writes its [`Ending`] when the file has ended, also if that was by `os.exit`.

use std::ffi::CString;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ending::{Ending, EndingKind};
use super::engines::EngineKind;
use crate::engine::reference::{Standalone, StandaloneEnd, assertions, at_exit, run_standalone};

mod ferrous;

/// What to run.
#[derive(Clone, Debug)]
pub struct ChildCase {
    pub file: String,
    /// Whether the file goes through `string.dump` and back.
    pub through_dump: bool,
    /// Where the ending is written.
    pub result: PathBuf,
    /// How many bytes the state may hold.
    pub memory: usize,
    /// The stand-alone interpreter of the engine, which the program finds in `arg[-1]`.
    pub interpreter: Vec<u8>,
}

/// Runs a case in this process. Gives the exit code.
///
/// # Errors
/// A message when this is no engine that is linked in, or the file's name cannot be a path.
pub fn run(engine: &EngineKind, case: &ChildCase) -> Result<i32, String> {
    match engine {
        EngineKind::Reference => run_reference(case),
        EngineKind::Ferrous => Ok(ferrous::run(case)),
        EngineKind::Command(_) => Err("a command is not linked in".to_owned()),
    }
}

/// Where the reference's process writes how it ended.
static RESULT: OnceLock<PathBuf> = OnceLock::new();
/// Whether it has.
static ENDED: AtomicBool = AtomicBool::new(false);

fn run_reference(case: &ChildCase) -> Result<i32, String> {
    let file = CString::new(case.file.as_str()).map_err(|error| error.to_string())?;
    let script = Standalone {
        file,
        through_dump: case.through_dump,
        interpreter: case.interpreter.clone(),
        memory: case.memory,
    };
    RESULT.get_or_init(|| case.result.clone());
    at_exit(note_exit);
    Ok(run_standalone(&script, &mut |end| match end {
        StandaloneEnd::Returned => note(EndingKind::Returned, Vec::new()),
        StandaloneEnd::Raised(message) => note(EndingKind::Raised, message),
    }))
}

extern "C" fn note_exit() {
    if !ENDED.load(Ordering::Relaxed) {
        note(EndingKind::Exited, Vec::new());
    }
}

fn note(kind: EndingKind, message: Vec<u8>) {
    ENDED.store(true, Ordering::Relaxed);
    if let Some(path) = RESULT.get() {
        write(&Ending { kind, assertions: assertions(), message }, path);
    }
}

/// Writes an ending. A case without one is reported as having done nothing, so it is enough to say why on standard error.
fn write(ending: &Ending, path: &std::path::Path) {
    if let Err(error) = ending.write(path) {
        eprintln!("lockstep: cannot write how the case ended: {error}");
    }
}
