//! The exam: engines that are wrong in the ways in which this VM's predecessor was, and whether each fault is detected, located,
//! attributed and reduced.
//!
//! `LOCKSTEP_WRITE_EXAM=1 cargo test --test exam` writes the table of `docs/exam.md`; without it, the table that is there
//! is compared with what was found, times aside.

mod compilers;
mod engines;
mod rows;
mod table;
#[path = "../tracer/mod.rs"]
mod tracer;
mod verdicts;
mod vms;

use std::{
    num::NonZeroUsize,
    sync::Arc,
    time::{Duration, Instant},
};

use lockstep::{
    diagnose::{
        Compiled, Diagnosis, diagnose, examine, fingerprint_of,
        reduce::{
            Interesting, Options, Reduction, Status, Until, Watch,
            predicate::{BothHalves, SameFingerprint},
            reduce,
        },
    },
    engine::{Limits, Program},
    lua::bytecode::Instruction,
    outcome::Place,
    script,
};

use engines::Engines;
use rows::{Row, rows};
use table::Answer;

/// The reduced program has at most so many lines.
const MOST_LINES: usize = 5;
const LIMITS: Limits = Limits { instructions: 1_000_000, memory: 64 << 20 };

#[test]
fn every_fault_is_found_located_attributed_and_reduced() {
    let mut wrong = Vec::new();
    let answers: Vec<Answer> = rows().iter().map(|row| answer(row, &mut wrong)).collect();
    assert!(wrong.is_empty(), "\n{}\n\n{}", wrong.join("\n"), table::text(&answers));
    table::check(&answers);
}

/// What is found out about one fault. What is not as it should be goes into `wrong`.
fn answer(row: &Row, wrong: &mut Vec<String>) -> Answer {
    assert!(row.program.lines().count() >= 100);
    let program = program(row.program);
    let mut engines = Engines::start(row.half).expect("the engines start");
    let start = Instant::now();
    let diagnosis = diagnosed(&mut engines, &program).unwrap_or_else(|| panic!("{}: not detected", row.fault));
    let verdict_time = start.elapsed();
    let (line, at) = place(&diagnosis);
    let mut check = |is_right: bool, what: String| {
        if !is_right {
            wrong.push(format!("{}: {what}", row.fault));
        }
    };
    check((line, at.as_str()) == (row.line, row.at), format!("located at line {line}, {at:?}"));
    check(diagnosis.attribution.fault == row.verdict, format!("attributed to {:?}", diagnosis.attribution.fault));
    let again = fingerprint(&mut engines, &program);
    check(again.as_ref() == Some(&diagnosis.fingerprint), format!("the fingerprint is {again:?} the second time"));
    let start = Instant::now();
    let reduction = reduced(row);
    let reduction_time = start.elapsed();
    let lines = reduction.measure.lines;
    let text = String::from_utf8_lossy(&reduction.program).into_owned();
    check(lines <= MOST_LINES, format!("reduced to {lines} lines:\n{text}"));
    let small = fingerprint(&mut engines, &crate::program(&text));
    check(small.as_ref() == Some(&diagnosis.fingerprint), format!("reduced to another fingerprint, {small:?}"));
    Answer { fault: row.fault, diagnosis, line, at, verdict_time, reduction_time, lines, reduced: text }
}

fn program(source: &str) -> Program {
    script::program("program.lua".as_ref(), source.into(), &[])
}

fn diagnosed(engines: &mut Engines, program: &Program) -> Option<Diagnosis> {
    let (mut reference, mut tested) = engines.halves();
    let examination = examine(&mut reference, &mut tested, program, &LIMITS).expect("the runs end");
    let fingerprint = examination.fingerprint()?;
    Some(diagnose(examination, fingerprint, (&mut reference, &mut tested), &LIMITS).expect("the cells end"))
}

fn fingerprint(engines: &mut Engines, program: &Program) -> Option<String> {
    let (mut reference, mut tested) = engines.halves();
    fingerprint_of(&mut reference, &mut tested, program, &LIMITS).expect("the runs end")
}

/// The line and the instruction, or what of the function differs, where the fault is.
fn place(diagnosis: &Diagnosis) -> (u32, String) {
    match (&diagnosis.examination.compiled, diagnosis.examination.divergence()) {
        (Compiled::Accepted { difference: Some(difference), .. }, _) => {
            let at = match &difference.place {
                Place::Function(place) if place.field == "code" => {
                    difference.reference.split_whitespace().nth(1).unwrap_or_default().to_owned()
                }
                Place::Function(place) => place.field.to_owned(),
                place => place.to_string(),
            };
            (difference.line.unwrap_or_default(), at)
        }
        (Compiled::Refused { tested: Some(message), .. }, _) => {
            let message = String::from_utf8_lossy(message);
            let line = message.split(':').nth(1).and_then(|line| line.parse().ok()).unwrap_or_default();
            (line, "message".into())
        }
        (_, Some(divergence)) => {
            let moment = divergence.left.moment(divergence.culprit).expect("it was watched");
            let line = moment.facts.lines[moment.pc as usize];
            let opcode = Instruction(moment.word).opcode().expect("an opcode");
            (line, opcode.name().to_owned())
        }
        _ => (0, "nowhere".into()),
    }
}

struct Silent;

impl Watch for Silent {
    fn progress(&mut self, _: &Status) {}

    fn improved(&mut self, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }
}

fn reduced(row: &Row) -> Reduction {
    let original = row.program.as_bytes();
    let start = || Engines::start(row.half);
    let predicate = SameFingerprint::of_original(original, "program.lua".into(), Vec::new(), LIMITS, start)
        .expect("the engines start")
        .unwrap_or_else(|_| panic!("{}: no fingerprint", row.fault));
    assert_eq!(predicate.is_interesting(original), Ok(true), "{}", row.fault);
    let options = Options {
        jobs: NonZeroUsize::new(2).expect("some"),
        until: Until::after(Duration::from_secs(120), Arc::default()),
        seed: 0,
    };
    reduce(original, &predicate, &options, &mut Silent).expect("it is interesting")
}
