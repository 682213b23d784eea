//! A finding, for whoever has to do something about it: what differs, where, whose fault it is, the case, and how to see it again.

use std::fmt::Write as _;

use super::trace::diagnosis::{self, Names};
use super::visible::visible;
use crate::diagnose::reduce::predicate::BothHalves;
use crate::diagnose::{diagnose, examine};
use crate::engine::{Limits, Program};
use crate::fuzz::{Input, Target};
use crate::oracle::{Finding, heap};

/// How many lines of a program are shown.
const LINES: usize = 200;

/// What is known of a finding without running anything again. `replay` is the command line that shows it again.
pub fn text(finding: &Finding, input: &Input, replay: &str) -> String {
    let mut out =
        format!("{} {}\n  {}\nfingerprint: {}\n", finding.oracle, finding.place, finding.what, finding.fingerprint);
    out.push_str(&case(input));
    let _ = writeln!(out, "replay: {replay}");
    out
}

/// What engines in processes of their own find out about a finding: the first instruction that diverges, and whose fault it is. `None` where
/// no program shows it, or no trace.
pub fn attribution(target: Target, input: &Input, engines: &mut dyn BothHalves, limits: &Limits) -> Option<String> {
    let program = match target {
        Target::Parse | Target::Bytecode | Target::Execute | Target::Trace | Target::Library => input.as_program()?,
        Target::Chunk | Target::Roundtrip | Target::Heap | Target::Clone => return None,
    };
    diagnosed(&program, engines, limits)
}

fn diagnosed(program: &Program, engines: &mut dyn BothHalves, limits: &Limits) -> Option<String> {
    let (mut reference, mut tested) = engines.halves();
    let examination = examine(&mut reference, &mut tested, program, limits).ok()?;
    let fingerprint = examination.fingerprint()?;
    let diagnosis = diagnose(examination, fingerprint, (&mut reference, &mut tested), limits).ok()?;
    Some(diagnosis::text(&diagnosis, program, Names { reference: "reference", tested: "ferrous" }))
}

/// The case, as far as people can read it.
fn case(input: &Input) -> String {
    match input {
        Input::Program(program) if program.is_binary() => format!("a binary chunk of {} bytes\n", program.chunk.len()),
        Input::Program(program) => source(&program.chunk),
        Input::Call(_) => input.as_program().map(|program| source(&program.chunk)).unwrap_or_default(),
        Input::Copies { before, after } => {
            format!("before the state is copied:\n{}in the copy:\n{}", source(before), source(after))
        }
        Input::Host { stages, stress } => source(heap::text::print(stages, *stress).as_bytes()),
    }
}

fn source(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut out = String::new();
    for line in text.lines().take(LINES) {
        let _ = writeln!(out, "  | {}", visible(line));
    }
    let count = text.lines().count();
    if count > LINES {
        let _ = writeln!(out, "  | … and {} lines more", count - LINES);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_known_is_said() {
        let finding = Finding {
            oracle: "execute".into(),
            what: "output: 1 against 2".into(),
            place: "output, line 3".into(),
            fingerprint: "execute: output".into(),
        };
        let input = Input::program(b"print(1)\nprint('\x01')".to_vec(), "@x.lua");
        insta::assert_snapshot!(text(&finding, &input, "lockstep replay x.lua"), @r"
        execute output, line 3
          output: 1 against 2
        fingerprint: execute: output
          | print(1)
          | print('\x01')
        replay: lockstep replay x.lua
        ");
    }

    #[test]
    fn long_programs_are_cut() {
        let text = source("print(1)\n".repeat(LINES + 5).as_bytes());
        assert!(text.ends_with("  | print(1)\n  | … and 5 lines more\n"), "{text}");
    }
}
