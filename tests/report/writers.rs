//! What the writers write: JSON that reads back, JUnit and Markdown as snapshots, and one HTML page.

use std::{fs, path::Path};

use lockstep::conformance::summary;
use lockstep::report::conformance::{
    Format, Report, Shard, Verdict, WriteError, html,
    json::{self, Problem},
    junit, markdown, write_file,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{comparing::any_report, sample};

fn edited(edit: impl FnOnce(&mut Value)) -> Result<Report, Problem> {
    let mut document = serde_json::to_value(sample::report()).expect("a document");
    edit(&mut document);
    json::parse(document.to_string().as_bytes())
}

fn problem(edit: impl FnOnce(&mut Value)) -> String {
    edited(edit).expect_err("it is no report").to_string()
}

proptest! {
    #[test]
    fn json_reads_back(report in any_report()) {
        let text = json::write(&report).expect("a document");
        prop_assert_eq!(json::parse(text.as_bytes()).expect("a report"), report);
    }
}

#[test]
fn json_reads_back_whatever_a_program_printed() {
    let report = sample::report();
    let text = json::write(&report).expect("a document");
    assert!(text.ends_with("}\n"));
    assert_eq!(json::parse(text.as_bytes()).expect("a report"), report);
}

#[test]
fn json_of_other_formats_and_versions_is_refused_with_what_was_found() {
    assert_eq!(
        problem(|document| document["format"] = json!("lockstep-diff")),
        "not a conformance report: `format` is \"lockstep-diff\", and not \"lockstep-conformance\""
    );
    assert!(problem(|document| document["format"] = json!([1])).contains("`format` is no single value but a list"));
    assert_eq!(
        problem(|document| document["version"] = json!(2)),
        "version 2 of the format is not known to this lockstep, which reads version 1"
    );
    assert!(problem(|document| document["version"] = json!("1")).starts_with("version \"1\" of the format is not"));
    assert!(problem(|document| drop(document.as_object_mut().map(|it| it.remove("version")))).contains("missing"));
    assert!(
        problem(|document| document["cases"][0]["result"]["status"] = json!("odd")).contains("unknown variant `odd`")
    );
    let twice = problem(|document| document["cases"][1] = document["cases"][0].clone());
    assert_eq!(twice, "the case official/all.lua/dump/ferrous is there twice");
    assert!(json::parse(b"[1, 2").expect_err("cut").to_string().starts_with("not JSON: EOF"));
    assert!(json::parse(b"7").expect_err("a number").to_string().contains("`format` is missing"));
}

#[test]
fn json_with_fields_of_the_future_is_read() {
    let report = edited(|document| {
        document["future"] = json!({});
        document["cases"][0]["result"]["future"] = json!(1);
    });
    assert_eq!(report.expect("a report"), sample::report());
}

#[test]
fn errors_name_the_file() {
    let error = json::read(Path::new("no/such.json")).expect_err("there is none");
    assert!(error.to_string().starts_with("no/such.json: "), "{error}");
    let odd = write_file(&sample::report(), Path::new("report.txt"));
    assert!(matches!(&odd, Err(WriteError::UnknownFormat(_))));
    assert!(odd.expect_err("odd").to_string().starts_with("report.txt: the name says no format; it must end in .json"));
}

#[test]
fn files_are_written_in_the_format_of_their_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let beginnings = [("json", "{"), ("xml", "<?xml"), ("md", "## Lua 5.1 conformance"), ("HTML", "<!doctype html>")];
    for (extension, beginning) in beginnings {
        let path = folder.path().join("new/folder").join(format!("report.{extension}"));
        write_file(&sample::report(), &path).expect("written");
        assert!(fs::read_to_string(&path).expect("there").starts_with(beginning), "{extension}");
    }
    write_file(&sample::report(), &folder.path().join("new")).expect_err("it is a folder");
    assert_eq!(Format::of_path(Path::new("a.b/c.md")), Some(Format::Markdown));
    assert_eq!(Format::of_path(Path::new("a.md/c")), None);
}

#[test]
fn junit_of_the_sample() {
    insta::assert_snapshot!(junit::write(&sample::short()).expect("a document"));
}

/// Every character in the document may stand in XML 1.0, every attribute and text is well-formed, and the counts agree.
#[test]
fn junit_is_safe_whatever_a_program_printed() {
    let report = sample::report();
    let text = junit::write(&report).expect("a document");
    let allowed =
        |character: char| matches!(character, '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(allowed));
    assert!(!text.contains("<img") && !text.contains("]]>"));
    assert!(text.contains("\\x1b[31mred\\x1b[0m\\x00\\x07\\u{202e}desrever\\u{2028}]]&gt; \\ttab\\r"));
    let read = quick_junit::Report::deserialize_from_str(&text).expect("well-formed");
    assert_eq!(read.tests, report.cases.len());
    let failed = report.cases.iter().filter(|case| !case.verdict.is_good()).count();
    assert_eq!(read.failures + read.errors, failed);
    let expected = report.cases.iter().filter(|case| case.verdict == Verdict::ExpectedFailure).count();
    assert_eq!(read.test_suites.iter().map(|suite| suite.disabled).sum::<usize>(), expected);
}

#[test]
fn a_result_that_is_missing_is_an_error_in_junit_and_said_in_markdown() {
    let mut report = sample::passing();
    let lost = report.cases.remove(7).id;
    let xml = junit::write(&report).expect("a document");
    assert!(xml.contains("errors=\"1\"") && xml.contains(&format!("<testcase name=\"{lost}\" classname=\"missing\"")));
    let text = markdown::write(&report);
    assert!(text.starts_with("## Lua 5.1 conformance: ⚠️ incomplete"), "{text}");
    assert!(text.contains(&format!("### Planned, without a result (1)\n\n* `{lost}`")));
    report.shard = Some(Shard { index: 2, count: 5 });
    assert!(junit::write(&report).expect("a document").contains("errors=\"0\""));
    assert!(markdown::write(&report).contains("This is part 2 of 5, of a run with 225 planned cases."));
}

#[test]
fn markdown_of_the_sample() {
    insta::assert_snapshot!(markdown::write(&sample::report()));
}

/// What `lockstep conform` prints of a run.
#[test]
fn summary_of_the_sample() {
    let mut report = sample::short();
    // Messages of real cases are escaped before they come into a report.
    report.cases.retain(|case| case.verdict != Verdict::Passed && !case.result.message.contains(sample::HOSTILE));
    let cases = report.cases.iter().map(|case| format!("{}\n{}", summary::line(case), summary::details(case)));
    insta::assert_snapshot!(cases.collect::<String>() + &summary::totals(&report.cases, 3, report.seconds));
}

#[test]
fn markdown_says_when_all_is_well_and_when_nothing_was_run() {
    assert!(
        markdown::write(&sample::passing()).starts_with("## Lua 5.1 conformance: ✅ all as expected\n\n**225 cases**")
    );
    assert!(markdown::write(&sample::of(Vec::new())).starts_with("## Lua 5.1 conformance: ⚠️ no case was run"));
}

/// A job summary of more than 1 MiB is not shown at all.
#[test]
fn markdown_stays_short_whatever_a_program_printed() {
    let mut report = sample::large(5000);
    for case in &mut report.cases {
        case.verdict = if case.id.0.contains("5.1/") { Verdict::UnexpectedPass } else { Verdict::Failed };
        case.result.message = sample::HOSTILE.repeat(50);
        case.result.stdout = sample::HOSTILE.repeat(500);
        case.result.diff = "`".repeat(100_000);
    }
    report.adaptations = vec![report.adaptations[0].clone(); 5000];
    let text = markdown::write(&report);
    assert!(text.len() <= markdown::LONGEST, "{}", text.len());
    assert!(text.contains(" more cases that would not fit here"), "it says that something is left out");
    assert!(text.contains("### Sections of the manual") && text.contains("Environment and versions"));
}

#[test]
fn html_is_one_page_whatever_a_program_printed() {
    let page = html::write(&sample::report()).expect("a page");
    assert_eq!(page.matches("</script>").count(), 2);
    assert_eq!(page.matches("<script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<!--"));
    let data = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>")).expect("the data").0;
    let data: Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["cases"].as_array().map(Vec::len), Some(sample::report().cases.len()));
}

/// The sample in `reports/` is what the writer writes now. `UPDATE_SAMPLE=1 cargo test --test report` writes it anew.
#[test]
fn the_sample_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/sample.html");
    let page = html::write(&sample::short()).expect("a page");
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        fs::write(&path, &page).expect("written");
    }
    let tracked = fs::read_to_string(&path).expect("the sample is there");
    assert!(
        tracked == page,
        "reports/sample.html is not what the writer writes: UPDATE_SAMPLE=1 cargo test --test report"
    );
}
