//! The table of `docs/exam.md`: written on demand, and compared with what was found otherwise.

use std::{env, fs, path::Path, time::Duration};

use lockstep::diagnose::{Diagnosis, Fault};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/exam.md");
/// Set to write the document.
const WRITE: &str = "LOCKSTEP_WRITE_EXAM";

/// What was found out about one fault.
pub struct Answer {
    pub fault: &'static str,
    pub diagnosis: Diagnosis,
    pub line: u32,
    pub at: String,
    pub verdict_time: Duration,
    pub reduction_time: Duration,
    pub lines: usize,
    pub reduced: String,
}

/// Writes the document, or compares it, times aside.
pub fn check(answers: &[Answer]) {
    let path = Path::new(DOCUMENT);
    let found = text(answers);
    if env::var_os(WRITE).is_some() {
        fs::write(path, found).expect("docs can be written");
        return;
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(without_times(&there), without_times(&found), "docs/exam.md is not what was found: {WRITE}=1 writes it");
}

/// The document.
pub fn text(answers: &[Answer]) -> String {
    let mut text = String::from(HEAD);
    for (number, answer) in answers.iter().enumerate() {
        let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
        let cells = [
            (number + 1).to_string(),
            answer.fault.to_owned(),
            verdict(&answer.diagnosis.attribution.fault),
            format!("line {}, {}", answer.line, answer.at),
            format!("`{}`", answer.diagnosis.fingerprint),
            if answer.diagnosis.one_step.is_some() { "yes" } else { "no" }.to_owned(),
            answer.lines.to_string(),
            seconds(answer.verdict_time),
            seconds(answer.reduction_time),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.push_str("\n## What they were reduced to\n");
    for (number, answer) in answers.iter().enumerate() {
        text.push_str(&format!("\n{}. {}\n\n", number + 1, answer.fault));
        text.push_str("   ```lua\n");
        for line in answer.reduced.lines() {
            text.push_str(&format!("   {line}\n"));
        }
        text.push_str("   ```\n");
    }
    text
}

fn verdict(fault: &Fault) -> String {
    match fault {
        Fault::Library(name) => format!("library function {name}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// The lines of the table without their last two cells.
fn without_times(text: &str) -> String {
    let cut = |line: &str| match line.strip_prefix("| ") {
        Some(row) => row.rsplitn(4, '|').nth(3).unwrap_or_default().trim_end().to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(cut).collect::<Vec<_>>().join("\n")
}

const HEAD: &str = "# The exam

Faults that the notes on this VM's predecessor tell of, each built into an engine on purpose (`tests/exam`): into Ferrous's compiler,
by changing the prototypes that it gives; into its VM, by changing registers after instructions. Each is to be detected in a program of
more than 100 lines that happens to use the feature, located at the right function and instruction, attributed to the right half, and
reduced to at most 5 lines with the same fingerprint. The test checks all of that and this table; it writes the table when it is run
as `LOCKSTEP_WRITE_EXAM=1 cargo test --test exam`.

*Verdict* is the time from the program to the verdict with all cells and the script of one step, *reduction* that of the reduction, with
two jobs. A *one-step script* does nothing but the instruction that goes wrong; there is one only where the VM is at fault.

| | fault | verdict | located at | fingerprint | one-step script | lines | verdict after | reduced after |
|---|---|---|---|---|---|---|---|---|
";
