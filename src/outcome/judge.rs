//! The judgement about one program: compile it with both, compare, run it on both, compare.

use crate::engine::{CompileFailure, Ending, Engine, Limits, Program, Run};

use super::{
    Agreement, Reason, Verdict,
    bytecode::compare_chunks,
    normalise::normalise_refusal,
    run::{Names, compare_runs},
};

/// How far to judge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope {
    pub limits: Limits,
    /// Only compile: judge acceptance, messages and bytecode.
    pub compile_only: bool,
}

/// Judges a program by the first difference in this order: whether it is accepted, with which message it is refused,
/// its bytecode, its output, the values that it returns or the error that it raises with its traceback, the number of
/// instructions that it executes.
///
/// A death or a hang of the engine under test is a difference; one of the reference makes the judgement inconclusive.
pub fn judge(program: &Program, reference: &mut dyn Engine, subject: &mut dyn Engine, scope: &Scope) -> Verdict {
    let binary = program.is_binary();
    if binary && scope.compile_only {
        return Verdict::Inconclusive(Reason::NothingToCompile);
    }
    if !binary && let Some(verdict) = compiled(program, reference, subject, scope.compile_only) {
        return verdict;
    }
    let reference_run = reference.run(program, &scope.limits);
    let subject_run = subject.run(program, &scope.limits);
    let names = Names { reference: reference.name(), subject: subject.name() };
    compare_runs(&reference_run, &subject_run, &program.name, names)
}

/// The verdict, if compiling settles it.
fn compiled(
    program: &Program,
    reference: &mut dyn Engine,
    subject: &mut dyn Engine,
    compile_only: bool,
) -> Option<Verdict> {
    let reference_result = normalise_refusal(&reference.compile(&program.chunk, &program.name));
    let subject_result = normalise_refusal(&subject.compile(&program.chunk, &program.name));
    if let (Ok(reference), Ok(subject)) = (&reference_result, &subject_result) {
        return match compare_chunks(reference, subject, &program.name) {
            Some(difference) => Some(Verdict::Differ(Box::new(difference))),
            None => compile_only.then_some(Verdict::Agree(Agreement::Compiled)),
        };
    }
    // With at least one side that did not accept it, this is judged as two runs that ended while loading.
    let names = Names { reference: reference.name(), subject: subject.name() };
    let verdict = compare_runs(&loading(reference_result), &loading(subject_result), &program.name, names);
    Some(verdict)
}

/// A compilation as a run that came no further than that.
fn loading(result: Result<Vec<u8>, CompileFailure>) -> Run {
    let ending = match result {
        Ok(_) => Ending::Returned(Vec::new()),
        Err(CompileFailure::Refused(message)) => Ending::Refused(message),
        Err(CompileFailure::OverMemory) => Ending::OverMemory,
        Err(CompileFailure::Crashed(note)) => Ending::Crashed(note),
        Err(CompileFailure::TimedOut) => Ending::TimedOut,
    };
    Run { output: Vec::new(), ending, instructions: 0 }
}
