//! The child process of a case: one file on a linked-in engine, as a stand-alone interpreter runs it, in the current folder.
//!
//! It writes its [`Ending`] when the file has ended, also if that was by `os.exit`.

use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ending::{Ending, EndingKind};
use super::engines::EngineKind;
use crate::engine::reference::{ReferenceChunk, Standalone, StandaloneEnd, assertions, at_exit, run_standalone};
use crate::script;

mod ferrous;

/// What to run.
#[derive(Clone, Debug)]
pub struct ChildCase {
    pub file: String,
    /// Whether the file goes through `string.dump` and back.
    pub through_dump: bool,
    /// Where the ending is written. Nothing if the file itself writes it, and counts its assertions: then it is a driver.
    pub result: Option<PathBuf>,
    /// How many bytes the state may hold.
    pub memory: usize,
    /// The stand-alone interpreter of the engine, which the program finds in `arg[-1]`.
    pub interpreter: Vec<u8>,
}

/// Runs a case in this process. Gives the exit code.
///
/// # Errors
/// When this is no engine that is linked in, or the file cannot be dumped.
pub fn run(engine: &EngineKind, case: &ChildCase) -> io::Result<i32> {
    match engine {
        EngineKind::Reference => run_reference(case),
        EngineKind::Ferrous => ferrous::run(case),
        EngineKind::Command(_) => Err(io::Error::other("a command is not linked in")),
    }
}

/// The reference in the place of `lua`, for a program that starts its interpreter. `arguments` begin with the program's name.
///
/// # Errors
/// When an argument has a zero byte in it.
pub fn run_interpreter(arguments: &[Vec<u8>], memory: usize) -> io::Result<i32> {
    let arguments = arguments.iter().map(|argument| CString::new(argument.as_slice())).collect::<Result<_, _>>()?;
    let init = std::env::var_os("LUA_INIT").map(|init| CString::new(init.as_bytes())).transpose()?;
    let standalone = Standalone { arguments, init, memory, counts_assertions: false };
    Ok(run_standalone(&standalone, &mut |_| {}))
}

/// Where the reference's process writes how it ended.
static RESULT: OnceLock<PathBuf> = OnceLock::new();
/// Whether it has.
static ENDED: AtomicBool = AtomicBool::new(false);

fn run_reference(case: &ChildCase) -> io::Result<i32> {
    if case.through_dump {
        let program = script::read(Path::new(&case.file), &[])?;
        // What is refused is left to be refused by the interpreter.
        if let Ok(chunk) = ReferenceChunk::load(&program.chunk, &program.name) {
            std::fs::write(&case.file, chunk.dump())?;
        }
    }
    let arguments = vec![CString::new(case.interpreter.as_slice())?, CString::new(case.file.as_str())?];
    let counts_assertions = case.result.is_some();
    if let Some(path) = &case.result {
        RESULT.get_or_init(|| path.clone());
        at_exit(note_exit);
    }
    let standalone = Standalone { arguments, init: None, memory: case.memory, counts_assertions };
    Ok(run_standalone(&standalone, &mut |end| match end {
        StandaloneEnd::Succeeded => note(EndingKind::Returned, Vec::new()),
        StandaloneEnd::Failed(message) => note(EndingKind::Raised, without_traceback(message)),
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

/// A message as it was before a message handler added a traceback.
fn without_traceback(mut message: Vec<u8>) -> Vec<u8> {
    const START: &[u8] = b"\nstack traceback:";
    if let Some(start) = message.windows(START.len()).position(|piece| piece == START) {
        message.truncate(start);
    }
    message
}

/// Writes an ending. A case without one is reported as having done nothing, so it is enough to say why on standard error.
fn write(ending: &Ending, path: &Path) {
    if let Err(error) = ending.write(path) {
        eprintln!("lockstep: cannot write how the case ended: {error}");
    }
}
