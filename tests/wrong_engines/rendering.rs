//! How differences are shown, as text and as JSON.

use std::{path::PathBuf, time::Duration};

use lockstep::{
    engine::{Ending, Limits, Run, Snapshot},
    lua::bytecode::{Instruction, Opcode},
    outcome::{Reason, Verdict},
    report::{FileReport, Summary, json, text::Style},
};

use crate::{
    bytecode::{NESTED, miscompiling},
    engines::{Changed, program, report},
};

fn style(colour: bool) -> Style<'static> {
    Style { colour, agreeing: true, reference: "reference", subject: "changed" }
}

fn text(report: &FileReport) -> String {
    let mut out = Vec::new();
    style(false).file(&mut out, report).expect("a vector takes everything");
    String::from_utf8(out).expect("text")
}

fn wrong_code() -> FileReport {
    let extra = miscompiling(&[1, 0], |function| {
        function.code.insert(2, Instruction::abc(Opcode::Move, 1, 1, 0));
        function.line_info.insert(2, 7);
    });
    report(NESTED, extra)
}

fn wrong_output() -> FileReport {
    let source = "for i = 1, 9 do print(i, {}, '\\27[1m\\195\\169') end error('no', 0)";
    report(
        source,
        Changed::ran(|run| Run {
            output: String::from_utf8_lossy(&run.output).replace("6\t", "5\t").into_bytes(),
            ending: Ending::Returned(vec![Snapshot::Boolean(true)]),
            instructions: run.instructions,
        }),
    )
}

fn wrong_traceback() -> FileReport {
    let source = "local function f()\n  error('oh')\nend\nf()";
    report(
        source,
        Changed::ending(|ending| match ending {
            Ending::Raised { value, .. } => {
                Ending::Raised { value, traceback: b"\nstack traceback:\n\t[C]: ?".to_vec() }
            }
            other => other,
        }),
    )
}

fn wrong_message() -> FileReport {
    let source = "local t = {}\n\nprint(t.x.y)";
    report(
        source,
        Changed::ending(|ending| match ending {
            Ending::Raised { traceback, .. } => Ending::Raised {
                value: Snapshot::String(b"dir/case.lua:3: attempt to index global 'x' (a nil value)".to_vec()),
                traceback,
            },
            other => other,
        }),
    )
}

fn others() -> [FileReport; 3] {
    let path = PathBuf::from("dir/case.lua");
    let reason = Reason::ReferenceCrashed("signal 11 (SIGSEGV)".into());
    [
        report("return 1", Changed::not()),
        FileReport::judged(path.clone(), &program(b""), Verdict::Inconclusive(reason)),
        FileReport::failed(path, "cannot read it: permission denied".into()),
    ]
}

#[test]
fn bytecode_is_shown_as_listings() {
    insta::assert_snapshot!(text(&wrong_code()));
}

#[test]
fn output_is_shown_as_lines() {
    insta::assert_snapshot!(text(&wrong_output()));
}

#[test]
fn a_traceback_is_shown_as_lines() {
    insta::assert_snapshot!(text(&wrong_traceback()));
}

#[test]
fn an_error_message_is_shown_with_its_source_line() {
    insta::assert_snapshot!(text(&wrong_message()));
}

#[test]
fn everything_else_takes_a_line() {
    insta::assert_snapshot!(others().iter().map(text).collect::<String>());
}

#[test]
fn colours_are_only_an_addition() {
    let mut coloured = Vec::new();
    style(true).file(&mut coloured, &wrong_code()).expect("a vector takes everything");
    let coloured = String::from_utf8(coloured).expect("text");
    assert!(coloured.contains("\x1b[31m") && coloured.contains("\x1b[0m"));
    let mut plain = coloured;
    for code in ["31", "32", "33", "1", "2", "0"] {
        plain = plain.replace(&format!("\x1b[{code}m"), "");
    }
    assert_eq!(plain, text(&wrong_code()));
}

fn summary(reports: &[FileReport]) -> Summary {
    let mut summary = Summary { elapsed: Duration::from_millis(1250), ..Summary::default() };
    reports.iter().for_each(|report| summary.add(report));
    summary
}

#[test]
fn the_summary_counts_everything() {
    let mut reports = others().to_vec();
    reports.push(wrong_output());
    reports.push(report("x x", Changed::not()));
    let mut out = Vec::new();
    style(false).summary(&mut out, &summary(&reports)).expect("a vector takes everything");
    assert_eq!(
        String::from_utf8(out).expect("text"),
        "2 agree (returned 1, refused 1), 1 differ, 1 inconclusive (reference-crashed 1), 1 failed in 1.25 s\n"
    );
}

#[test]
fn the_document_holds_everything() {
    let mut reports = vec![wrong_code(), wrong_output(), wrong_traceback(), wrong_message()];
    reports.extend(others());
    let setting = json::Setting {
        reference: "reference",
        subject: "changed",
        limits: Limits { instructions: 100, memory: 200 },
        timeout: Duration::from_millis(500),
        compile_only: false,
    };
    let document = json::document(&setting, &reports, &summary(&reports)).expect("it can be encoded");
    insta::assert_snapshot!(document.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}
