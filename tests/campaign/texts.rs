//! What is written about a campaign: text, Markdown, HTML, JSON and the status line; and shards joined.

use std::time::Duration;

use lockstep::campaign::status;
use lockstep::report::campaign::merge::{MergeError, Part, merge};
use lockstep::report::campaign::{Shard, Summary, html, json, markdown, text};

use super::sample::{HOSTILE, summary};

#[test]
fn text_is_for_people() {
    insta::assert_snapshot!(text::write(&summary()));
}

#[test]
fn markdown_is_for_the_page_of_a_job() {
    insta::assert_snapshot!(markdown::write(&summary()));
    let mut quiet = summary();
    quiet.findings.clear();
    quiet.run.failures.clear();
    quiet.targets.iter_mut().for_each(|tally| tally.says_nothing.clear());
    assert!(markdown::write(&quiet).starts_with("## Fuzzing campaign: ✅ nothing new\n"));
    quiet.targets.clear();
    assert!(markdown::write(&quiet).starts_with("## Fuzzing campaign: ⚠️ no case was judged\n"));
}

#[test]
fn a_page_shows_text_as_text() {
    let page = html::write(&summary());
    assert!(!page.contains("<script") && !page.contains('\u{1b}') && !page.contains('\u{202e}'));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; `tick` ```` | bar\n\\x1b[31mred\\u{202e}"));
    assert!(page.contains("Fuzzing campaign: 2 new findings"));
    assert_eq!(page.matches("<details class=\"finding\">").count(), 3);
    let first = page.find("MUL(number,number)").expect("it is there");
    assert!(first < page.find("execute: output").expect("it is there"), "what is new comes first");
}

#[test]
fn the_status_line_names_the_most_frequent() {
    let line = status::line(&summary(), Duration::from_secs(10), 0);
    insta::assert_snapshot!(line);
    assert!(!line.contains('\n'));
    let mut none = summary();
    none.findings.clear();
    none.targets.iter_mut().for_each(|tally| tally.says_nothing.clear());
    let line = status::line(&none, Duration::from_secs(5), 9000);
    assert_eq!(line, "10000 cases, 200/s: 9934 hold, 0 new findings, 0 say nothing");
}

#[test]
fn what_is_written_as_json_is_read() {
    let written = json::write(&summary()).expect("encoded");
    assert_eq!(json::parse(written.as_bytes()).expect("a summary"), summary());
    let other =
        |from: &str, to: &str| json::parse(written.replacen(from, to, 1).as_bytes()).expect_err("refused").to_string();
    assert_eq!(other("lockstep-campaign", "x"), "not a campaign's summary: `format` is not \"lockstep-campaign\"");
    assert!(other("\"version\": 1", "\"version\": 2").starts_with("version 2 of the format is not known"));
    assert!(other("\"batches\"", "\"b\"").starts_with("not as the format describes: missing field `batches`"));
    assert!(other("{", "").starts_with("not JSON"));
}

fn shard(index: u64, count: u64) -> Summary {
    let mut summary = summary();
    summary.configuration.shard = Some(Shard { index, count });
    summary
}

fn merged(parts: &[Summary]) -> Result<Summary, MergeError> {
    let names: Vec<String> = (1..=parts.len()).map(|number| format!("{number}.json")).collect();
    let parts: Vec<Part<'_>> = names.iter().zip(parts).map(|(name, summary)| Part { name, summary }).collect();
    merge(&parts)
}

#[test]
fn shards_add_up_and_the_first_case_represents_its_fingerprint() {
    let (one, mut other) = (shard(1, 2), shard(2, 2));
    for finding in &mut other.findings {
        match finding.fingerprint.as_str() {
            HOSTILE => finding.fingerprint = "another".to_owned(),
            "execute: output" => finding.first.batch = 12,
            _ => (finding.first.batch, finding.what) = (1, "earlier".to_owned()),
        }
    }
    let whole = merged(&[other, one]).expect("they fit");
    assert_eq!((whole.configuration.shard, whole.totals().cases, whole.batches), (None, 20_000, 40));
    assert_eq!((whole.rules["clock"], whole.totals().says_nothing["budget"]), (34, 80));
    let found: Vec<_> =
        whole.findings.iter().map(|finding| (&*finding.fingerprint, finding.count, &*finding.what)).collect();
    let usual = "gives 1 against 2";
    assert_eq!(
        found,
        [
            (HOSTILE, 1, HOSTILE),
            ("MUL(number,number): gives nil", 24, "earlier"),
            ("another", 1, HOSTILE),
            ("execute: output", 6, usual),
        ]
    );
    assert_eq!(whole.findings[3].first.batch, 9);
}

#[test]
fn shards_that_do_not_fit_are_named() {
    let message = |parts: &[Summary]| merged(parts).expect_err("refused").to_string();
    assert_eq!(message(&[]), "there are no parts");
    assert_eq!(message(&[summary()]), "1.json is no part of a campaign: it has no `shard`");
    assert_eq!(message(&[shard(3, 2)]), "1.json calls itself part 3 of 2");
    assert_eq!(message(&[shard(2, 3)]), "missing: part 1, 3 of 3");
    assert_eq!(message(&[shard(2, 2), shard(2, 2)]), "1.json and 2.json are both part 2");
    let counts = "1.json and 2.json are not of one campaign: one of 2 parts, the other of 3";
    assert_eq!(message(&[shard(1, 2), shard(2, 3)]), counts);
    let mut other = shard(2, 2);
    other.configuration.seed = 5;
    let seeds = "1.json and 2.json are not of one campaign: the seed is 1 in one and 5 in the other";
    assert_eq!(message(&[shard(1, 2), other]), seeds);
}
