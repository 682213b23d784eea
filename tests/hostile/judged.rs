//! The chunks made by hand, judged against the reference, which may die of them.

use std::{path::PathBuf, time::Duration};

use lockstep::{
    engine::{Limits, Program, WorkerCommand, WorkerEngine},
    outcome::{Scope, Verdict, judge},
};

use crate::handmade;
use crate::victim::{BUDGET, MEMORY};

fn start(engine: &str) -> WorkerEngine {
    let command = WorkerCommand::lockstep(PathBuf::from(env!("CARGO_BIN_EXE_lockstep")), engine);
    WorkerEngine::start(command, Duration::from_secs(20)).expect("the worker starts")
}

#[test]
fn chunks_made_by_hand_do_what_they_do_in_the_reference() {
    let scope = Scope { limits: Limits { instructions: BUDGET, memory: MEMORY as u64 }, compile_only: false };
    let (mut reference, mut subject) = (start("reference"), start("ferrous"));
    let mut wrong = Vec::new();
    for case in handmade::cases() {
        let program =
            Program { chunk: case.chunk, name: b"=handmade".to_vec(), arguments: Vec::new(), script: Vec::new() };
        let verdict = judge(&program, &mut reference, &mut subject, &scope);
        match verdict {
            Verdict::Agree(_) => {}
            verdict if case.is_defined => wrong.push(format!("{}: {verdict:?}", case.name)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
