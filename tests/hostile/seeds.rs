//! Valid programs to start from: the seeds of the corpus, and small ones that use every opcode.

use std::{fs, path::Path};

use lockstep::generate::chunk::SMALL_PROGRAMS;

/// Programs as text, the small ones first.
pub struct Seeds {
    pub sources: Vec<Vec<u8>>,
    /// How many of them are small.
    pub small: usize,
}

impl Seeds {
    /// Reads the corpus.
    ///
    /// # Panics
    /// When there is not much there.
    pub fn read() -> Self {
        let mut sources: Vec<Vec<u8>> = SMALL_PROGRAMS.iter().map(|source| source.as_bytes().to_vec()).collect();
        add_files(Path::new("corpus/seeds"), &mut sources);
        assert!(sources.len() >= 150 + SMALL_PROGRAMS.len(), "only {} seeds", sources.len());
        Self { sources, small: SMALL_PROGRAMS.len() }
    }
}

fn add_files(folder: &Path, sources: &mut Vec<Vec<u8>>) {
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_files(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "lua") {
            sources.push(fs::read(&path).expect("readable"));
        }
    }
}
