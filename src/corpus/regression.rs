//! A case of the corpus and its files. It knows nothing of judgement.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use thiserror::Error;

use super::Header;
use crate::fuzz::{FileKind, Input, InputFile, Target};

/// A case of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regression {
    /// The file's name without its extension.
    pub name: String,
    /// Seeds, which were written and not found, have none.
    pub header: Option<Header>,
    /// All that is in the file, its header included.
    pub file: InputFile,
    /// The oracles that are not asked, by a line `-- not for ORACLE: REASON` at the head of a Lua file.
    pub not_for: Vec<Target>,
}

/// How many lines the head of a file has at most.
const HEAD: usize = 12;

/// The oracles that the head of a Lua file excludes.
fn excluded(source: &[u8]) -> Result<Vec<Target>, String> {
    let lines = source.split(|byte| *byte == b'\n').map(String::from_utf8_lossy).take(HEAD);
    let mut not_for = Vec::new();
    for line in lines.take_while(|line| line.starts_with("--")) {
        let Some(rest) = line.strip_prefix("-- not for ") else { continue };
        let (name, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let target = Target::from_name(name).ok_or_else(|| format!("`{line}`: there is no oracle {name}"))?;
        if reason.trim().is_empty() {
            return Err(format!("`{line}` gives no reason"));
        }
        not_for.push(target);
    }
    Ok(not_for)
}

/// What is wrong with a file of the corpus.
#[derive(Debug, Error)]
pub enum CorpusError {
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
    #[error("{}: {what}", path.display())]
    Content { path: PathBuf, what: String },
}

impl Regression {
    /// A case from its file, and the `.toml` beside it if there is one.
    ///
    /// # Errors
    /// A file that cannot be read, or that makes no sense.
    pub fn read(path: &Path) -> Result<Self, CorpusError> {
        let read = |path: &Path| fs::read(path).map_err(|error| CorpusError::Io { path: path.to_owned(), error });
        let content = |what: String| CorpusError::Content { path: path.to_owned(), what };
        let kind = kind_of(path).ok_or_else(|| content("its name ends in none of .lua, .luac, .host".into()))?;
        let bytes = read(path)?;
        let beside = path.with_extension("toml");
        let header = if beside.exists() {
            let text = String::from_utf8_lossy(&read(&beside)?).into_owned();
            let header = Header::of_toml(&text);
            Some(header.map_err(|what| CorpusError::Content { path: beside.clone(), what })?)
        } else if kind == FileKind::Source {
            Header::of_source(&bytes).map_err(content)?
        } else {
            return Err(content(format!("there is no {} beside it", beside.display())));
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let chunk_name = header.as_ref().and_then(|header| header.chunk_name.clone()).map(String::into_bytes);
        let not_for = if kind == FileKind::Source { excluded(&bytes).map_err(content)? } else { Vec::new() };
        let regression = Self { name, header, file: InputFile { kind, bytes, chunk_name }, not_for };
        regression.input().map_err(content)?;
        Ok(regression)
    }

    /// The chunk name of a program that has none of its own.
    pub fn chunk_name(&self) -> String {
        format!("@{}.{}", self.name, self.file.kind.extension())
    }

    /// What is to be judged.
    ///
    /// # Errors
    /// What about the content makes no sense.
    pub fn input(&self) -> Result<Input, String> {
        self.file.input(&self.chunk_name())
    }

    /// A case with this header, which is put at the head of a Lua file where that does no harm.
    pub fn with_header(name: String, header: Header, mut file: InputFile) -> Self {
        if file.kind == FileKind::Source && file.bytes.first() != Some(&b'#') {
            let bytes = [header.lines(&name).as_bytes(), &file.bytes].concat();
            // Some chunk names have more lines than one.
            if Header::of_source(&bytes).is_ok_and(|inside| inside.as_ref() == Some(&header)) {
                file.bytes = bytes;
            }
        }
        Self { name, header: Some(header), file, not_for: Vec::new() }
    }

    /// Writes the case into a folder, where nothing of this name may be. Gives the path of the file.
    ///
    /// # Errors
    /// A file that cannot be written, or is there already.
    pub fn write(&self, folder: &Path) -> Result<PathBuf, CorpusError> {
        let path = folder.join(&self.name).with_extension(self.file.kind.extension());
        let new = |path: &Path, bytes: &[u8]| {
            let written = fs::File::create_new(path).and_then(|mut file| io::Write::write_all(&mut file, bytes));
            written.map_err(|error| CorpusError::Io { path: path.to_owned(), error })
        };
        fs::create_dir_all(folder).map_err(|error| CorpusError::Io { path: folder.to_owned(), error })?;
        let is_inside = Header::of_source(&self.file.bytes).is_ok_and(|header| header == self.header);
        if let (Some(header), false) = (&self.header, self.file.kind == FileKind::Source && is_inside) {
            let text = header.toml().map_err(|what| CorpusError::Content { path: path.clone(), what })?;
            new(&path.with_extension("toml"), text.as_bytes())?;
        }
        new(&path, &self.file.bytes)?;
        Ok(path)
    }
}

fn kind_of(path: &Path) -> Option<FileKind> {
    let extension = path.extension()?.to_str()?;
    FileKind::ALL.into_iter().find(|kind| kind.extension() == extension)
}

/// The files of cases under a path, sorted: the path itself if it is a file, all that end in the right way if it is a folder.
///
/// # Errors
/// A folder that cannot be read.
pub fn find(path: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let wrong = |path: &Path, error| CorpusError::Io { path: path.to_owned(), error };
    if fs::metadata(path).map_err(|error| wrong(path, error))?.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut files, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| wrong(&folder, error))? {
            let entry = entry.map_err(|error| wrong(&folder, error))?;
            // Links are not followed: a cycle of them would not end.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else if kind_of(&entry.path()).is_some() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The fingerprints of all cases under a path: what is known already.
///
/// # Errors
/// A file that cannot be read.
pub fn fingerprints(path: &Path) -> Result<BTreeSet<String>, CorpusError> {
    let headers = find(path)?.into_iter().map(|path| Regression::read(&path).map(|regression| regression.header));
    let fingerprint = |header: Option<Header>| header.map(|header| header.fingerprint);
    headers.filter_map(|header| header.map(fingerprint).transpose()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(oracle: &str) -> Header {
        Header {
            shows: "something".into(),
            oracle: oracle.into(),
            seed: None,
            fingerprint: format!("{oracle}: something"),
            since: "2026-11-21".into(),
            chunk_name: None,
        }
    }

    fn file(kind: FileKind, bytes: &[u8]) -> InputFile {
        InputFile { kind, bytes: bytes.to_vec(), chunk_name: None }
    }

    #[test]
    fn a_case_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, kind, bytes) in [
            ("source", FileKind::Source, b"return 1\n".as_slice()),
            ("comment", FileKind::Source, b"#!/bin/lua\nreturn 1\n"),
            ("chunk", FileKind::Chunk, b"\x1bLua\xff"),
        ] {
            let regression = Regression::with_header(name.into(), header("parse"), file(kind, bytes));
            let path = regression.write(folder.path()).expect("written");
            assert_eq!(Regression::read(&path).expect("read"), regression);
            assert!(regression.write(folder.path()).is_err(), "nothing is overwritten");
        }
        let found = find(folder.path()).expect("a folder");
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["chunk.luac", "comment.lua", "source.lua"]);
        assert!(folder.path().join("comment.toml").exists() && !folder.path().join("source.toml").exists());
        assert_eq!(fingerprints(folder.path()).expect("read"), BTreeSet::from(["parse: something".to_owned()]));
    }

    #[test]
    fn what_makes_no_sense_names_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).expect("written");
            Regression::read(&path).expect_err("an error").to_string()
        };
        assert!(error("a.luac", b"\x1bLua").contains("a.toml beside it"));
        assert!(error("b.lua", b"-- regression: b\n").contains("b.lua: the header: missing field"));
        assert!(error("n.lua", b"-- not for traces: x\n").contains("there is no oracle traces"));
        assert!(error("n.lua", b"-- seed: n\n-- not for trace:\n").contains("gives no reason"));
        assert!(error("c.txt", b"").contains("c.txt: its name ends in none of"));
        fs::write(folder.path().join("d.toml"), header("chunk").toml().expect("written")).expect("written");
        assert!(error("d.luac", b"Lua").contains("d.luac: it is no binary chunk"));
        assert!(Regression::read(&folder.path().join("e.lua")).is_err());
    }
}
