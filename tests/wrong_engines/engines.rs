//! The reference with one thing changed, and a verdict about it.

use std::path::PathBuf;

use lockstep::{
    engine::{CompileFailure, Ending, Engine, Limits, Program, Run, reference::ReferenceEngine},
    outcome::{Difference, Scope, Verdict, judge},
    report::FileReport,
};

type Compiled = Result<Vec<u8>, CompileFailure>;

/// An engine that does what the reference does, and then changes the result.
pub struct Changed {
    inner: ReferenceEngine,
    compiled: Box<dyn Fn(Compiled) -> Compiled>,
    ran: Box<dyn Fn(Run) -> Run>,
}

impl Changed {
    /// Changes nothing.
    pub fn not() -> Self {
        Self { inner: ReferenceEngine::new(), compiled: Box::new(|result| result), ran: Box::new(|run| run) }
    }

    pub fn compiled(change: impl Fn(Compiled) -> Compiled + 'static) -> Self {
        Self { compiled: Box::new(change), ..Self::not() }
    }

    pub fn ran(change: impl Fn(Run) -> Run + 'static) -> Self {
        Self { ran: Box::new(change), ..Self::not() }
    }

    pub fn ending(change: impl Fn(Ending) -> Ending + 'static) -> Self {
        Self::ran(move |run| Run { ending: change(run.ending), ..run })
    }

    pub fn output(change: impl Fn(String) -> String + 'static) -> Self {
        Self::ran(move |run| Run { output: change(text(&run.output)).into_bytes(), ..run })
    }
}

impl Engine for Changed {
    fn name(&self) -> &str {
        "changed"
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Compiled {
        (self.compiled)(self.inner.compile(source, name))
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        (self.ran)(self.inner.run(program, limits))
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

pub fn program(source: &[u8]) -> Program {
    Program {
        chunk: source.to_vec(),
        name: b"@dir/case.lua".to_vec(),
        arguments: Vec::new(),
        script: b"dir/case.lua".to_vec(),
    }
}

/// Bounds that end an endless program quickly.
pub fn scope() -> Scope {
    Scope { limits: Limits { instructions: 100_000, memory: 16 << 20 }, compile_only: false }
}

/// The verdict on a changed engine, with the reference unchanged.
pub fn verdict(source: &str, mut changed: Changed) -> Verdict {
    judge(&program(source.as_bytes()), &mut ReferenceEngine::new(), &mut changed, &scope())
}

/// The verdict on a reference that is itself changed, and an unchanged engine under test.
pub fn verdict_with_reference(source: &str, mut changed: Changed) -> Verdict {
    judge(&program(source.as_bytes()), &mut changed, &mut Changed::not(), &scope())
}

/// The difference that a changed engine makes.
pub fn difference(source: &str, changed: Changed) -> Difference {
    match verdict(source, changed) {
        Verdict::Differ(difference) => *difference,
        other => panic!("no difference but {other:?}"),
    }
}

/// The report on a changed engine.
pub fn report(source: &str, changed: Changed) -> FileReport {
    let program = program(source.as_bytes());
    FileReport::judged(PathBuf::from("dir/case.lua"), &program, verdict(source, changed))
}
