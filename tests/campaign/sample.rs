//! A summary made up to have one of everything, with text that tries to break out of wherever it is shown.

use std::collections::BTreeMap;

use lockstep::report::campaign::{
    Configuration, FORMAT, Finding, Place, Reduction, Run, Summary, TargetTally, VERSION,
};

/// What programs may print to whoever reads summaries.
pub const HOSTILE: &str = "</dd><script>alert(1)</script> `tick` ```` | bar\n\u{1b}[31mred\u{202e}";

fn tally(target: &str, cases: u64, broken: u64, says_nothing: &[(&str, u64)]) -> TargetTally {
    let says_nothing: BTreeMap<String, u64> =
        says_nothing.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect();
    let holds = cases - broken - says_nothing.values().sum::<u64>();
    TargetTally { target: target.to_owned(), cases, holds, broken, says_nothing }
}

fn finding(fingerprint: &str, known: bool, count: u64, first: (u64, u64, &str)) -> Finding {
    Finding {
        fingerprint: fingerprint.to_owned(),
        known,
        count,
        first: Place { batch: first.0, index: first.1, target: first.2.to_owned() },
        what: "gives 1 against 2".to_owned(),
        place: "line 3 of the output".to_owned(),
        files: vec!["finding-0badcafe.lua".to_owned()],
        replay: "lockstep replay findings/finding-0badcafe.lua".to_owned(),
    }
}

/// The summary.
pub fn summary() -> Summary {
    let reduction = |before, after, note: Option<&str>| Reduction {
        before,
        after,
        seconds: 1.5,
        note: note.map(str::to_owned),
        file: note.is_none().then(|| "finding-0badcafe.reduced.lua".to_owned()),
    };
    let mut findings = vec![
        finding("MUL(number,number): gives nil", false, 12, (4, 130, "execute")),
        finding("execute: output", true, 3, (9, 5, "execute")),
        Finding { what: HOSTILE.to_owned(), ..finding(HOSTILE, false, 1, (11, 600, "parse")) },
    ];
    findings.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
    Summary {
        format: FORMAT.to_owned(),
        version: VERSION,
        configuration: Configuration {
            lockstep: "0.1.0".to_owned(),
            seed: 1,
            targets: vec!["parse".to_owned(), "execute".to_owned()],
            shard: None,
            cases: Some(10_000),
            timeout: 10.0,
        },
        batches: 20,
        complete: true,
        targets: vec![
            tally("parse", 6000, 1, &[("memory", 7), ("reference-crashed", 2)]),
            tally("execute", 4000, 15, &[("budget", 40), ("harness", 1)]),
        ],
        rules: BTreeMap::from([("addresses".to_owned(), 10_000), ("clock".to_owned(), 17)]),
        findings,
        run: Run {
            jobs: 4,
            seconds: 125.0,
            workers: 9,
            killed: 2,
            interrupted: false,
            reductions: BTreeMap::from([
                ("MUL(number,number): gives nil".to_owned(), reduction(5000, 24, None)),
                (HOSTILE.to_owned(), reduction(900, 900, Some("no smaller case shows it"))),
            ]),
            failures: vec!["execute 17: no process can be started".to_owned()],
        },
    }
}
