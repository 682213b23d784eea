//! What `lockstep diff` finds out about programs that differ: where, whose fault, how many findings there are.
#![cfg(feature = "lockstep")]

#[path = "command/mod.rs"]
mod command;

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use command::{lockstep, stderr, stdout};

const FINGERPRINT: &str = "collectgarbage(string): gives another number";

/// Three programs that differ, two of them by the same; one that does not.
fn programs() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("a.lua", "print(collectgarbage('count'))\n"),
        ("b.lua", "local function held()\n  return (collectgarbage('count'))\nend\nprint(1, held())\n"),
        ("c.lua", "print(gcinfo())\n"),
        ("d.lua", "print('the same')\n"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn what_differs_is_located_attributed_and_counted_by_fingerprint() {
    let folder = programs();
    let output = lockstep(folder.path(), &["diff", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = stdout(&output);
    for part in [
        "  diverges at instruction 7, function of lines 1 to 3, line 2, pc 2\n",
        "  fault: the library function collectgarbage of ferrous\n",
        "  fault: the library function gcinfo of ferrous\n",
        &format!("  fingerprint: {FINGERPRINT}\n"),
        &format!("     2 × {FINGERPRINT}\n"),
        "     1 × gcinfo(): gives another number\n",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

#[test]
fn the_document_has_the_diagnoses() {
    let folder = programs();
    let output = lockstep(folder.path(), &["diff", "--format", "json", "b.lua", "d.lua"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("one document");
    let found = &document["files"][0];
    assert_eq!((&found["diagnosis"], &found["fingerprint"]), (&"found".into(), &FINGERPRINT.into()));
    assert_eq!((&found["fault"], &found["library"]), (&"library".into(), &"collectgarbage".into()));
    assert_eq!((&found["line"], &found["pc"], &found["instruction"]), (&2.into(), &2.into(), &7.into()));
    let cells: Vec<(&Value, &Value)> =
        found["cells"].as_array().expect("cells").iter().map(|cell| (&cell["compiler"], &cell["vm"])).collect();
    let (reference, ferrous) = (&Value::from("reference"), &Value::from("ferrous"));
    assert_eq!(cells, [(reference, ferrous), (ferrous, reference), (ferrous, ferrous)]);
    assert!(found["one_step"].as_str().is_some_and(|script| script.contains("collectgarbage(\"count\")")));
    assert_eq!(document["files"][1].get("diagnosis"), None);
    assert_eq!(document["summary"]["fingerprints"][FINGERPRINT], 1);
}

#[test]
fn what_is_not_diagnosed_is_said() {
    let folder = programs();
    let one = lockstep(folder.path(), &["diff", "--diagnose", "1", "."]);
    assert_eq!(stdout(&one).matches("fingerprint: ").count(), 1, "{}", stdout(&one));
    assert_eq!(stderr(&one), "2 programs that differ were not diagnosed; --diagnose all does\n");
    let none = lockstep(folder.path(), &["diff", "--diagnose", "0", "."]);
    assert_eq!((stdout(&none).matches("fingerprint: ").count(), stderr(&none).as_str()), (0, ""));
    let wrong = lockstep(folder.path(), &["diff", "--diagnose", "some", "."]);
    assert!(stderr(&wrong).contains("neither a number nor `all`"), "{}", stderr(&wrong));
}

#[test]
fn the_page_holds_every_diagnosis() {
    let folder = programs();
    let output = lockstep(folder.path(), &["diff", "--html", "page.html", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("the page is in page.html"), "{}", stderr(&output));
    let page = fs::read_to_string(folder.path().join("page.html")).expect("it was written");
    for part in ["lockstep bisect --instructions=200000000 ./a.lua", "./b.lua", "./c.lua", FINGERPRINT] {
        assert!(page.contains(part), "{part:?} is not on the page");
    }
    let agreed = lockstep(folder.path(), &["diff", "--html", "none.html", "d.lua"]);
    assert_eq!(agreed.status.code(), Some(0), "{}", stderr(&agreed));
    assert!(!folder.path().join("none.html").exists());
    let nowhere = lockstep(folder.path(), &["diff", "--html", "no/such/folder.html", "d.lua"]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", stderr(&nowhere));
}
