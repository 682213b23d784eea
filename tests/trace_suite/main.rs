//! The official test suite under trace: every register written by every instruction, on both engines.
//!
//! `LOCKSTEP_WRITE_TRACE_SUITE=1 cargo test --test trace_suite` writes the table of `docs/trace-suite.md`; without it, the table that
//! is there is compared with what was found.

mod files;
#[path = "../tracer/mod.rs"]
mod tracer;

use std::{env, fs, path::PathBuf, sync::Mutex, thread, time::Duration};

use lockstep::{
    conformance::{
        plan,
        suite::{Manifest, Search, Suite, cache_folder, provide},
    },
    diagnose::{Located, Subject, locate},
    engine::Limits,
    report::trace::divergence::headline,
    script,
};

use files::{Known, known};
use tracer::tracer;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/trace-suite.md");
/// Set to write the document.
const WRITE: &str = "LOCKSTEP_WRITE_TRACE_SUITE";

const LIMITS: Limits = Limits { instructions: 500_000_000, memory: 512 << 20 };
const TIMEOUT: Duration = Duration::from_secs(600);

/// What came of a file.
struct Found {
    file: String,
    result: Result<u64, String>,
}

fn suite() -> Suite {
    let manifest = Manifest::built_in().expect("a manifest");
    let given = env::var_os("LOCKSTEP_SUITE").map(PathBuf::from);
    let search = Search { given, cache: cache_folder().expect("LOCKSTEP_CACHE or HOME") };
    provide(&manifest, &search, &mut |_| ()).unwrap_or_else(|error| panic!("{error}"))
}

/// How many instructions both engines did alike, or what they did not. Each has a copy of the suite for itself, as files write
/// files.
fn traced(suite: &Suite, file: &str) -> Result<u64, String> {
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder can be made"));
    for folder in &folders {
        suite.copy_to(folder.path()).expect("it can be written");
    }
    let mut chunk = suite.content(file).expect("it is there").to_vec();
    // A first line that begins with `#` is for the shell.
    let shell = chunk.first().filter(|byte| **byte == b'#').and_then(|_| chunk.iter().position(|byte| *byte == b'\n'));
    let start = shell.map_or(0, |end| end + 1);
    chunk.splice(start..start, known(file).map_or("", Known::prelude).bytes());
    let program = script::program(file.as_ref(), chunk, &[]);
    let (reference, ferrous) =
        (tracer("reference", folders[0].path(), TIMEOUT), tracer("ferrous", folders[1].path(), TIMEOUT));
    let left = Subject { engine: &reference, program: &program };
    let right = Subject { engine: &ferrous, program: &program };
    match locate(left, right, &LIMITS).map_err(|error| error.to_string())? {
        Located::Same { instructions, .. } => Ok(instructions),
        Located::Diverged(found) => Err(format!("instruction {}: {}", found.culprit, headline(&found))),
        Located::Flaky { first, .. } => Err(format!("flaky, first at instruction {first}")),
    }
}

#[test]
fn every_file_of_the_suite_has_the_same_trace_on_both_engines() {
    let suite = suite();
    let units = plan::official(suite.paths());
    let mut names: Vec<&str> = units.iter().map(|unit| unit.file.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let (queue, results) = (Mutex::new(names.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(file) = { queue.lock().unwrap().next() } {
                    let result = traced(&suite, file);
                    results.lock().unwrap().push(Found { file: (*file).to_owned(), result });
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap();
    results.sort_by(|one, other| one.file.cmp(&other.file));
    assert_eq!(results.len(), names.len());
    let wrong: Vec<String> = results.iter().filter_map(unexpected).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    check_document(&results);
}

/// What is wrong with a result: a difference that the engines may not choose freely, or none where they do.
fn unexpected(found: &Found) -> Option<String> {
    let wrong = match (&found.result, known(&found.file)) {
        (Err(text), None | Some(Known::Prepared { .. })) => format!("differs: {text}"),
        (Ok(0), _) => "nothing was executed".to_owned(),
        (Ok(_), Some(Known::Free { .. })) => "does not differ any more".to_owned(),
        (Err(text), Some(Known::Free { at, .. })) if !text.contains(at) => format!("differs elsewhere: {text}"),
        _ => return None,
    };
    Some(format!("{}: {wrong}", found.file))
}

fn check_document(results: &[Found]) {
    let total: u64 = results.iter().filter_map(|found| found.result.as_ref().ok()).sum();
    let same = results.iter().filter(|found| found.result.is_ok()).count();
    let mut text = String::from(HEAD);
    for found in results {
        // What differs from run to run is not for a document.
        let (result, remark) = match (&found.result, known(&found.file)) {
            (Ok(_), Some(Known::Unordered { why })) | (Err(_), Some(Known::Unordered { why })) => {
                ("differs, or not".into(), *why)
            }
            (Ok(count), known) => (format!("{count} the same"), known.map_or("", |known| known.why())),
            (Err(_), known) => ("differs".into(), known.map_or("", |known| known.why())),
        };
        text.push_str(&format!("| {} | {result} | {remark} |\n", found.file));
    }
    println!("{same} of {} files, {total} instructions compared", results.len());
    if env::var_os(WRITE).is_some() {
        fs::write(DOCUMENT, text).expect("docs can be written");
        return;
    }
    let there = fs::read_to_string(DOCUMENT).unwrap_or_default();
    assert_eq!(there, text, "docs/trace-suite.md is not what was found: {WRITE}=1 writes it");
}

const HEAD: &str = "# The official suite under trace

Every file of the official test suite of Lua 5.1, run by both engines under trace: each instruction with the registers that it wrote,
the values that it stored, passed and returned, and how it ended, compared one by one (`tests/trace_suite`). The second column has the
number of instructions that were compared, all of them the same. The test checks all of that and this table; it writes the table when it is
run as `LOCKSTEP_WRITE_TRACE_SUITE=1 cargo test --test trace_suite`.

| file | instructions | remark |
|---|---|---|
";
