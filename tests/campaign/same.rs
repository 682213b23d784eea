//! A seed stands for the same findings and the same counts: whatever the number of processes, whoever kills them, and in whatever parts.

use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use super::folder::{Place, json, same_part};
use super::processes::{children, code_of, is_alive, send};

const CASES: [&str; 4] = ["--cases", "2000", "--seed", "3"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&CASES, more].concat()
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let place = Place::new();
    let one = place.found_nothing("one", &with(&["--jobs", "1"]));
    let three = place.found_nothing("three", &with(&["--jobs", "3"]));
    assert_eq!(one, three);
    let cases: u64 =
        one["targets"].as_array().expect("a list").iter().filter_map(|tally| tally["cases"].as_u64()).sum();
    assert_eq!((cases, &one["complete"]), (2000, &Value::Bool(true)));
    let other = place.found_nothing("other", &["--cases", "2000", "--seed", "4"]);
    assert_ne!(one["rules"], other["rules"], "another seed has other cases");
}

#[test]
fn killing_workers_at_random_changes_nothing() {
    let place = Place::new();
    let undisturbed = place.found_nothing("undisturbed", &with(&["--jobs", "2"]));
    let mut campaign = place.start("killed", &with(&["--jobs", "2"]));
    let mut random = 12_345_u64;
    let mut next = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        random >> 33
    };
    let mut killed = 0;
    while campaign.try_wait().expect("it can be asked").is_none() {
        thread::sleep(Duration::from_millis(100 + next() % 400));
        let workers = children(campaign.id());
        if let Some(worker) = workers.get(next() as usize % workers.len().max(1)) {
            send(*worker, Signal::KILL);
            killed += 1;
        }
    }
    assert_eq!(code_of(&mut campaign), Some(0));
    assert!(killed >= 2, "workers were killed");
    assert_eq!(place.same_part("killed"), undisturbed);
    // One may have been killed when it had nothing more to do.
    let seen = place.summary("killed")["run"]["killed"].as_u64().expect("a number");
    assert!(seen >= 1 && seen <= killed, "{seen} of {killed}");
}

#[test]
fn what_was_interrupted_goes_on_to_the_same_end() {
    let place = Place::new();
    let whole = place.found_nothing("whole", &CASES);
    for (out, signal, code) in [
        ("interrupted", Signal::INT, Some(130)),
        ("terminated", Signal::TERM, Some(130)),
        // Nothing can be written any more; what was done is there all the same.
        ("killed", Signal::KILL, None),
    ] {
        let mut campaign = place.start(out, &with(&["--jobs", "2"]));
        place.wait_for_batches(out, 2);
        let workers = children(campaign.id());
        send(campaign.id(), signal);
        assert_eq!(code_of(&mut campaign), code, "{out}");
        if code.is_some() {
            let summary = place.summary(out);
            assert_eq!((&summary["complete"], &summary["run"]["interrupted"]), (&false.into(), &true.into()));
        }
        let before = json(&place.file(out).join("campaign.json"))["summary"]["batches"].as_u64().expect("a number");
        assert!(before >= 2 && before < whole["batches"].as_u64().expect("a number"), "{before} batches");
        for _ in 0..300 {
            if !workers.iter().any(|worker| is_alive(*worker)) {
                break;
            }
            thread::sleep(Duration::from_millis(20));
        }
        assert!(!workers.iter().any(|worker| is_alive(*worker)), "workers outlive their campaign");
        assert_eq!(place.found_nothing(out, &with(&["--jobs", "1"])), whole, "{out}");
    }
}

#[test]
fn shards_together_are_the_whole() {
    let place = Place::new();
    let whole = place.found_nothing("whole", &CASES);
    for part in ["1", "2", "3"] {
        place.found_nothing(part, &with(&["--shard", &format!("{part}/3")]));
    }
    let parts = ["1/summary.json", "2/summary.json", "3/summary.json"];
    let merge = [&["report", "merge", "-o", "joined.json", "-o", "joined.html"], &parts[..]].concat();
    let output = super::command::lockstep(place.path(), &merge);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(same_part(json(&place.file("joined.json"))), whole);
    assert!(std::fs::read_to_string(place.file("joined.html")).expect("written").contains("<table>"));

    let output = super::command::lockstep(place.path(), &["report", "merge", "-o", "x.json", parts[0], parts[2]]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(super::command::stderr(&output), "lockstep: missing: part 2 of 3\n");
}
