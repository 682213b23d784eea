//! Lua files on disk: found under the paths that a user names, and read as the stand-alone interpreter reads them.
//!
//! It knows nothing of engines beyond what a [`Program`] is.

use std::{
    fs, io,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use crate::engine::{BINARY_SIGNATURE, Program};

/// A path that could not be used, and why.
#[derive(Debug)]
pub struct Unusable {
    pub path: PathBuf,
    pub error: io::Error,
}

/// The Lua files among `paths`: a file as named, whatever its extension, and all `.lua` files under a folder, sorted by
/// path. Symbolic links are followed to files, and to folders only where the user names them, so that a cycle of links
/// ends.
pub fn find(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Unusable>) {
    let mut files = Vec::new();
    let mut unusable = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut files, &mut unusable),
            Ok(_) => files.push(path.clone()),
            Err(error) => unusable.push(Unusable { path: path.clone(), error }),
        }
    }
    (files, unusable)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>, unusable: &mut Vec<Unusable>) {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        if let Err(error) = list(&folder, &mut found, &mut pending) {
            unusable.push(Unusable { path: folder, error });
        }
    }
    found.sort();
    files.append(&mut found);
}

/// Puts a folder's Lua files into `files` and its folders into `folders`.
fn list(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "lua") && !path.is_dir() {
            files.push(path);
        }
    }
    Ok(())
}

/// The program in a file, as `lua FILE ARGUMENTS` would run it: the chunk name is `@FILE`, and a first line that begins
/// with `#` is skipped.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path, arguments: &[Vec<u8>]) -> io::Result<Program> {
    Ok(program(path, fs::read(path)?, arguments))
}

/// The program that [`read`] would give if the file had this content.
pub fn program(path: &Path, content: Vec<u8>, arguments: &[Vec<u8>]) -> Program {
    let script = path.as_os_str().as_bytes().to_vec();
    let name = [b"@", script.as_slice()].concat();
    Program { chunk: without_first_comment(content), name, arguments: arguments.to_vec(), script }
}

/// What `luaL_loadfile` gives to `lua_load` for a file with these bytes: a first line that begins with `#` becomes an
/// empty line; if a binary chunk follows that line, everything before the first byte of its kind is dropped.
fn without_first_comment(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.first() != Some(&b'#') {
        return bytes;
    }
    let line_end = bytes.iter().position(|byte| *byte == b'\n');
    let rest = line_end.and_then(|end| bytes.get(end + 1..)).unwrap_or_default();
    if rest.first() != Some(&BINARY_SIGNATURE) {
        return [b"\n", rest].concat();
    }
    // The reference looks for the signature from the beginning of the file, so also in the comment.
    bytes.into_iter().skip_while(|byte| *byte != BINARY_SIGNATURE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_comment_is_skipped_as_the_reference_does_it() {
        for (file, chunk) in [
            ("return 1", "return 1"),
            ("#!/usr/bin/lua\nreturn 1", "\nreturn 1"),
            ("#", "\n"),
            ("#x\n", "\n"),
            ("#x\n#y", "\n#y"),
            ("\n#x", "\n#x"),
            ("", ""),
            ("#x\n\x1bLua", "\x1bLua"),
            ("#\x1bx\n\x1bLua", "\x1bx\n\x1bLua"),
            ("#\x1bx\nreturn", "\nreturn"),
        ] {
            assert_eq!(without_first_comment(file.as_bytes().to_vec()), chunk.as_bytes(), "{file:?}");
        }
    }

    #[test]
    fn folders_are_walked_in_order_and_files_taken_as_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("b/c")).expect("created");
        for name in ["z.lua", "a.lua", "b/c/m.lua", "b/n.lua", "b/notes.txt"] {
            fs::write(path(name), "return 1").expect("written");
        }
        std::os::unix::fs::symlink(folder.path(), path("b/cycle")).expect("linked");
        std::os::unix::fs::symlink(path("a.lua"), path("b/link.lua")).expect("linked");
        let (files, unusable) = find(&[path("b/notes.txt"), folder.path().to_owned(), path("missing.lua")]);
        let expected = ["b/notes.txt", "a.lua", "b/c/m.lua", "b/link.lua", "b/n.lua", "z.lua"].map(path);
        assert_eq!(files, expected);
        let missing: Vec<&PathBuf> = unusable.iter().map(|unusable| &unusable.path).collect();
        assert_eq!(missing, [&path("missing.lua")]);
    }

    #[test]
    fn a_program_is_named_after_its_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x.lua");
        fs::write(&path, "return ...").expect("written");
        let program = read(&path, &[b"one".to_vec()]).expect("readable");
        let script = path.as_os_str().as_bytes();
        assert_eq!(program.name, [b"@", script].concat());
        assert_eq!((program.script.as_slice(), program.arguments), (script, vec![b"one".to_vec()]));
        assert!(read(&folder.path().join("y.lua"), &[]).is_err());
    }
}
