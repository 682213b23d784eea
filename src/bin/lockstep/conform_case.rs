//! `lockstep conform-case`: the process of one case. Lockstep starts it for itself.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use clap::Subcommand;
use lockstep::conformance::child::{self, ChildCase};
use lockstep::conformance::engines::EngineSpec;
use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};

/// Run one case of `lockstep conform`. Lockstep starts this for itself.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// A file on an engine that is linked in, in the current folder.
    Linked {
        engine: String,
        file: String,
        #[arg(long)]
        dump: bool,
        #[arg(long)]
        result: Option<PathBuf>,
        #[arg(long)]
        memory: usize,
        #[arg(long)]
        interpreter: OsString,
    },
    /// The reference in the place of `lua`.
    Interpreter {
        #[arg(long)]
        name: OsString,
        #[arg(long)]
        memory: usize,
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// A command, with a bound on its address space.
    Command {
        #[arg(long)]
        memory: u64,
        #[arg(last = true, required = true)]
        words: Vec<OsString>,
    },
}

/// Runs the case. Gives its exit code, unless the process becomes another one.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    // A case must not outlive the run that it belongs to.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    match &arguments.kind {
        Kind::Linked { engine, file, dump, result, memory, interpreter } => {
            let engine = EngineSpec::parse(engine).map_err(io::Error::other)?;
            let case = ChildCase {
                file: file.clone(),
                through_dump: *dump,
                result: result.clone(),
                memory: *memory,
                interpreter: interpreter.clone().into_vec(),
            };
            std::process::exit(child::run(&engine.kind, &case)?)
        }
        Kind::Interpreter { name, memory, arguments } => {
            let arguments: Vec<Vec<u8>> =
                std::iter::once(name).chain(arguments).map(|argument| argument.clone().into_vec()).collect();
            std::process::exit(child::run_interpreter(&arguments, *memory)?)
        }
        Kind::Command { memory, words } => {
            let hard = getrlimit(Resource::As).maximum;
            let bound = hard.map_or(*memory, |hard| hard.min(*memory));
            setrlimit(Resource::As, Rlimit { current: Some(bound), maximum: hard })?;
            let (program, rest) = words.split_first().ok_or_else(|| io::Error::other("there is no command"))?;
            Err(Command::new(program).args(rest).exec())
        }
    }
}
