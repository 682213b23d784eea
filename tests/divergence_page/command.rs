//! `lockstep bisect --html` as users run it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::json;

use crate::{browser::DESKTOP, probe};

/// What a state holds is the engine's own business: the one difference that is always there.
const DIFFERENT: &str = "local function held()\n  return collectgarbage 'count'\nend\nprint(held())\n";

fn bisect(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
    command.arg("bisect").args(arguments).current_dir(folder).output().expect("lockstep starts")
}

/// A folder with a program.
fn folder(name: &str, program: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), program).expect("a file");
    let page = folder.path().join("page.html");
    (folder, page)
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_divergence_has_a_page() {
    let (folder, path) = folder("it's.lua", DIFFERENT);
    let arguments = ["--html", "page.html", "--instructions=1000", "it's.lua", "--", "a b"];
    let output = bisect(folder.path(), &arguments);
    assert_eq!((output.status.code(), errors(&output).as_str()), (Some(1), "the page is in page.html\n"));
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("fingerprint: collectgarbage(string): gives another number")
    );
    let page = fs::read_to_string(path).expect("the page");
    let command = "lockstep bisect --instructions=1000 'it'\\''s.lua' -- 'a b'";
    assert!(page.contains(&format!("<code>{}</code>", command.replace('\'', "&#39;"))), "{page}");
    // What the page says to do finds the same.
    let script = command.replacen("lockstep", env!("CARGO_BIN_EXE_lockstep"), 1);
    let again = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("a shell");
    assert_eq!(again.status.code(), Some(1), "{}", errors(&again));
    let Some(found) = probe(
        &page,
        "",
        DESKTOP,
        "const steps = [state()]; click('forward'); steps.push(state());
         return { steps, fault: one('.fault').textContent, cells: all('.cells tbody tr').map((row) => row.className) };",
    ) else {
        return;
    };
    assert_eq!(found["fault"], "fault: the library function collectgarbage of ferrous");
    assert_eq!(found["cells"], json!(["", "differs", "same", "differs"]));
    let [there, after] = [&found["steps"][0], &found["steps"][1]];
    assert_eq!(there["lines"], json!([[2, "both"]]));
    assert_eq!(there["effects"][0], "takes collectgarbage, \"count\" · completed");
    assert!(after["lines"] == json!([[2, "both"]]) && after["before"].to_string().contains("≠differs"), "{after}");
}

#[test]
fn where_nothing_differs_nothing_is_written() {
    let (folder, path) = folder("same.lua", "print(1)");
    let output = bisect(folder.path(), &["--html", "page.html", "same.lua"]);
    assert_eq!((output.status.code(), errors(&output).as_str()), (Some(0), ""));
    assert!(!path.exists());
    fs::write(&path, "mine").expect("written");
    assert_eq!(bisect(folder.path(), &["--html", "page.html", "same.lua"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("mine"));
}

#[test]
fn a_path_that_cannot_be_written_is_an_error_before_anything_runs() {
    // This would run until its time is up.
    let (folder, _) = folder("endless.lua", "while true do end");
    for path in ["missing/page.html", "."] {
        let output = bisect(folder.path(), &["--timeout", "20", "--html", path, "endless.lua"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(
            errors(&output).starts_with(&format!("lockstep: {path}: the page cannot be written: ")),
            "{}",
            errors(&output)
        );
    }
    let output = bisect(folder.path(), &["--no-attribution", "--html", "page.html", "endless.lua"]);
    assert_eq!(output.status.code(), Some(2), "a page says whose fault it is");
}
