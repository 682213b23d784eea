//! What a folder holds decides what may go on in it; and the options as a user meets them.

use super::command::{lockstep, stderr, stdout};
use super::folder::Place;

#[test]
fn another_campaign_in_the_folder_is_an_error_that_says_what_differs() {
    let place = Place::new();
    place.found_nothing("a", &["--cases", "20"]);
    let refused = |arguments: &[&str], why: &str| {
        let output = place.campaign("a", arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
    };
    refused(&["--cases", "20", "--seed", "7"], "the seed is 0 in one and 7 in the other");
    refused(&["--cases", "21"], "the number of cases is 20 in one and 21 in the other");
    refused(&["--cases", "20", "--target", "heap"], "the list of targets is parse, bytecode, roundtrip in one and");
    refused(&["--cases", "20", "--shard", "1/2"], "it is the whole in one and part 1 of 2 in the other");
    refused(&["--cases", "20", "--timeout", "3s"], "the timeout is 10 s in one and 3 s in the other");
}

#[test]
fn resuming_takes_the_configuration_from_the_folder() {
    let place = Place::new();
    let first = place.found_nothing("a", &["--cases", "20", "--seed", "9"]);
    let resume = |out: &str| lockstep(place.path(), &["campaign", "--resume", "--out", out]);
    let again = resume("a");
    assert_eq!(again.status.code(), Some(0), "{again:?}");
    assert!(stderr(&again).contains("going on after 20 cases"), "{again:?}");
    assert_eq!(place.same_part("a"), first);
    let nothing = resume("b");
    assert_eq!(nothing.status.code(), Some(2));
    assert_eq!(stderr(&nothing), "lockstep: b: there is no campaign to go on with\n");
}

#[test]
fn time_bounds_a_campaign_over_its_runs() {
    let place = Place::new();
    let run = || place.campaign("a", &["--time", "2s", "--jobs", "1"]);
    assert_eq!(run().status.code(), Some(0));
    let first = place.summary("a");
    assert!(first["batches"].as_u64() > Some(0) && first["complete"] == false, "{first}");
    // The time is over, so there is nothing more to do.
    assert_eq!(run().status.code(), Some(0));
    assert_eq!(place.summary("a")["batches"], first["batches"]);
}

#[test]
fn known_fingerprints_must_be_there() {
    let place = Place::new();
    let output = place.campaign("a", &["--cases", "20", "--known", "nowhere.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere.txt: "), "{output:?}");
}

#[test]
fn usage_is_checked_and_explained() {
    let place = Place::new();
    for (wrong, why) in [
        (&["--target", "nothing"][..], "there is no such target; there are parse, bytecode,"),
        (&["--shard", "3/2"], "not a part such as 2/5"),
        (&["--jobs", "0"], "invalid value '0'"),
        (&["--time", "soon"], "not a time such as"),
    ] {
        let output = place.campaign("a", wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(why), "{}", stderr(&output));
    }
    let help = stdout(&lockstep(place.path(), &["campaign", "--help"]));
    assert!(help.contains("Exit codes:") && help.contains("Examples:\n  lockstep campaign --time 10m"), "{help}");
    let commands = stdout(&lockstep(place.path(), &["--help"]));
    assert!(commands.contains("campaign ") && !commands.contains("campaign-worker"), "{commands}");
}
