//! Fingerprints that are no news: those of a list, of an earlier campaign, or of the cases of a corpus.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use crate::corpus;
use crate::fuzz::FileKind;
use crate::report::campaign::json;

/// The fingerprints in a file or a folder: a campaign's summary; a folder with cases of the corpus or one of them, which name theirs in their
/// headers; any other file is a list with one in each line, where `#` begins a comment.
///
/// # Errors
/// When it cannot be read; the error names it.
pub fn fingerprints(path: &Path) -> io::Result<BTreeSet<String>> {
    let is_case = FileKind::ALL.iter().any(|kind| path.extension().is_some_and(|name| name == kind.extension()));
    if path.is_dir() || is_case {
        return corpus::fingerprints(path).map_err(io::Error::other);
    }
    if json::is_summary(path) {
        return Ok(json::read(path)?.findings.into_iter().map(|finding| finding.fingerprint).collect());
    }
    let text = fs::read_to_string(path).map_err(|error| about(path, error))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

fn about(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_read_wherever_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it has one")).expect("made");
            fs::write(&path, text).expect("written");
            path
        };
        let read = |path: &Path| fingerprints(path).expect("read").into_iter().collect::<Vec<_>>();
        let list = write("list.txt", "# known\n\nexecute: a\n  parse: b \n");
        assert_eq!(read(&list), ["execute: a", "parse: b"]);
        let header = "-- shows: x\n-- oracle: clone\n-- fingerprint: clone: c\n-- since: 2026-11-21\n";
        let case = write("corpus/one/a.lua", &format!("-- regression: a\n{header}return 1\n"));
        write("corpus/b.lua", "return 1\n");
        assert_eq!(read(&folder.path().join("corpus")), ["clone: c"]);
        assert_eq!(read(&case), ["clone: c"]);
        assert!(fingerprints(&folder.path().join("nothing")).is_err());
    }
}
