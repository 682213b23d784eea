//! The programs of `corpus/divergences`, one for each row of `docs/divergences.md`: each must differ in just the way that its row
//! says. A program that agrees has been mended, and its row has to go.
#![cfg(feature = "lockstep")]

use std::path::Path;

use lockstep::{
    engine::{Program, ferrous::FerrousEngine, reference::ReferenceEngine},
    outcome::{Kind, Scope, Verdict, judge},
};

/// Each program's name, and the kind of difference that it shows.
const EXPECTED: [(&str, Kind); 2] = [("c-libraries", Kind::Output), ("collector-timing", Kind::Instructions)];

fn verdict(path: &Path) -> Verdict {
    let chunk = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = format!("@{}", path.display()).into_bytes();
    let program = Program { chunk, name, arguments: Vec::new(), script: path.display().to_string().into_bytes() };
    judge(&program, &mut ReferenceEngine::new(), &mut FerrousEngine::new(), &Scope::default())
}

#[test]
fn each_known_divergence_is_as_the_page_says() {
    let page = std::fs::read_to_string("docs/divergences.md").expect("the page is there");
    for (name, kind) in EXPECTED {
        assert!(page.contains(&format!("| `{name}` |")), "{name} has no row");
        match verdict(Path::new(&format!("corpus/divergences/{name}.lua"))) {
            Verdict::Differ(difference) => assert_eq!(difference.kind, kind, "{name}: {difference:?}"),
            other => panic!("{name} no longer differs: {other:?}"),
        }
    }
}

#[test]
fn every_program_of_the_folder_is_expected() {
    let found = std::fs::read_dir("corpus/divergences").expect("the folder is there").count();
    assert_eq!(found, EXPECTED.len());
}
