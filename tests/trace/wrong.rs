//! A wrong engine, caught at the instruction that is wrong.

use lockstep::{
    diagnose::{Located, Subject, locate},
    engine::{Limits, Program, Run, ThreadTracer, ferrous::FerrousEngine},
    report::trace::divergence,
    trace::Recorder,
};

/// A program that diverges after many instructions: `..` of a number and a string.
const PROGRAM: &str = "local sum = 0
for i = 1, 200000 do
  sum = sum + i % 7
end
local function label(n)
  local text = 'a' .. n
  return text
end
print(label(1), sum)
";

fn program() -> Program {
    Program {
        chunk: PROGRAM.into(),
        name: b"@program.lua".to_vec(),
        arguments: Vec::new(),
        script: b"program.lua".to_vec(),
    }
}

fn right(program: &Program, limits: &Limits, recorder: &mut Recorder<'_>) -> Run {
    FerrousEngine::new().trace(program, limits, recorder)
}

#[test]
fn runs_that_are_alike_are_the_same() {
    let (engine, other) = (ThreadTracer::new("one", right), ThreadTracer::new("other", right));
    let (program, other_program) = (program(), program());
    let found = locate(
        Subject { engine: &engine, program: &program },
        Subject { engine: &other, program: &other_program },
        &Limits::default(),
    );
    assert!(matches!(found, Ok(Located::Same { instructions, .. }) if instructions > 600_000), "{found:?}");
}

#[test]
fn another_program_differs_where_it_is_another() {
    let engine = ThreadTracer::new("engine", right);
    let (program, mut other) = (program(), program());
    other.chunk = PROGRAM.replace("'a'", "'b'").into();
    let found = locate(
        Subject { engine: &engine, program: &program },
        Subject { engine: &engine, program: &other },
        &Limits::default(),
    );
    let Ok(Located::Diverged(divergence)) = found else { panic!("{found:?}") };
    let text = divergence::text(&divergence, &program);
    assert!(text.contains("\"a\" != \"b\""), "{text}");
    assert!(text.contains("line 6"), "{text}");
}
