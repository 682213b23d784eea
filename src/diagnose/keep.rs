//! A reduced program on disk, beside its original.
//!
//! Next to the reduced program lies a record of what it was made from. With it a later reduction of the same program knows
//! that it may replace the result, and that nobody has changed it since. It must not know how programs are reduced.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

const FORMAT: &str = "lockstep-reduced";
const VERSION: u32 = 1;

/// What is known of a reduced program.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    format: String,
    version: u32,
    /// The path of the original, made absolute.
    original: PathBuf,
    original_sha256: String,
    reduced_sha256: String,
}

impl Record {
    /// The record that a file holds, if lockstep has written it.
    fn read(content: &[u8]) -> Option<Self> {
        let record: Self = serde_json::from_slice(content).ok()?;
        (record.format == FORMAT && record.version == VERSION).then_some(record)
    }
}

/// Why a reduced program may not be written there.
#[derive(Debug, Error)]
pub enum Occupied {
    #[error("{0}: this is the original, which is never overwritten")]
    Original(PathBuf),
    #[error("{0}: it exists and is no reduction of this program that lockstep has written; --force overwrites it")]
    Foreign(PathBuf),
    #[error("{0}: it was changed since lockstep wrote it; --force overwrites it")]
    Changed(PathBuf),
    #[error("{0}: {1}")]
    Unreadable(PathBuf, io::Error),
}

/// Whether a file that is in the way may be overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    EarlierReductions,
    Anything,
}

/// Where the reductions of a program are kept.
#[derive(Clone, Debug)]
pub struct Keeper {
    path: PathBuf,
    original: PathBuf,
    original_sha256: String,
}

/// `dir/name.reduced.lua` for `dir/name.lua`, and `dir/name.reduced.lua` for `dir/name` with any other extension or none.
pub fn beside(original: &Path) -> PathBuf {
    let is_lua = original.extension().is_some_and(|extension| extension == "lua");
    let stem = if is_lua { original.file_stem() } else { original.file_name() };
    let mut name = stem.unwrap_or_default().to_owned();
    name.push(".reduced.lua");
    original.with_file_name(name)
}

impl Keeper {
    /// Reductions of a program with this content are kept at `path`.
    ///
    /// # Errors
    /// When there is something at `path` that may not be overwritten.
    pub fn new(path: PathBuf, original: &Path, content: &[u8], overwrite: Overwrite) -> Result<Self, Occupied> {
        let original = fs::canonicalize(original).map_err(|error| Occupied::Unreadable(original.to_owned(), error))?;
        let keeper = Self { path, original, original_sha256: sha256(content) };
        let program = keeper.occupant(&keeper.path)?;
        let record = keeper.occupant(&keeper.record_path())?;
        if overwrite == Overwrite::Anything {
            return Ok(keeper);
        }
        match (program, record.map(|record| Record::read(&record))) {
            (_, Some(None)) => Err(Occupied::Foreign(keeper.record_path())),
            (Some(_), None) => Err(Occupied::Foreign(keeper.path)),
            (Some(_), Some(Some(record))) if record.original != keeper.original => Err(Occupied::Foreign(keeper.path)),
            (Some(program), Some(Some(record))) if record.reduced_sha256 != sha256(&program) => {
                Err(Occupied::Changed(keeper.path))
            }
            _ => Ok(keeper),
        }
    }

    /// What is at a path that is to be written to, if there is anything.
    fn occupant(&self, path: &Path) -> Result<Option<Vec<u8>>, Occupied> {
        if fs::canonicalize(path).is_ok_and(|path| path == self.original) {
            return Err(Occupied::Original(path.to_owned()));
        }
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Occupied::Unreadable(path.to_owned(), error)),
            Ok(occupant) => Ok(Some(occupant)),
        }
    }

    /// Where the reduced program is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The record's path: `name.reduced.lua.json`.
    fn record_path(&self) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(".json");
        path.into()
    }

    /// Writes a reduced program in the place of the one before. Who reads at any moment finds one or the other.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, program: &[u8]) -> io::Result<()> {
        let record = Record {
            format: FORMAT.into(),
            version: VERSION,
            original: self.original.clone(),
            original_sha256: self.original_sha256.clone(),
            reduced_sha256: sha256(program),
        };
        replace(&self.path, program)?;
        let mut record = serde_json::to_vec_pretty(&record)?;
        record.push(b'\n');
        replace(&self.record_path(), &record)
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file in the place of one that may be there. Who reads at any moment finds one or the other.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".lockstep-").tempfile_in(folder)?;
    file.write_all(content)?;
    make_readable(file.as_file())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Gives a file the permissions that a new file usually has; temporary ones are for their owner alone.
fn make_readable(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_lies_beside_the_original() {
        for (original, reduced) in [
            ("a/b.lua", "a/b.reduced.lua"),
            ("b", "b.reduced.lua"),
            ("a/b.txt", "a/b.txt.reduced.lua"),
            (".lua", ".lua.reduced.lua"),
        ] {
            assert_eq!(beside(Path::new(original)), Path::new(reduced));
        }
    }

    /// A folder with an original, and what trying to keep a reduction of it gives.
    struct Case {
        folder: tempfile::TempDir,
    }

    impl Case {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder can be made");
            fs::write(folder.path().join("a.lua"), "original").expect("written");
            Self { folder }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn keeper(&self, name: &str, overwrite: Overwrite) -> Result<Keeper, Occupied> {
            Keeper::new(self.path(name), &self.path("a.lua"), b"original", overwrite)
        }
    }

    #[test]
    fn an_earlier_reduction_is_replaced() {
        let case = Case::new();
        for text in ["one", "two"] {
            let keeper = case.keeper("r.lua", Overwrite::EarlierReductions).expect("free");
            keeper.write(text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(case.path("r.lua")).expect("readable"), text);
        }
        assert_eq!(fs::read_to_string(case.path("a.lua")).expect("readable"), "original");
        assert_eq!(fs::read_dir(case.folder.path()).expect("readable").count(), 3);
    }

    #[test]
    fn what_is_anything_else_stays_unless_forced() {
        let case = Case::new();
        fs::write(case.path("mine.lua"), "mine").expect("written");
        assert!(matches!(case.keeper("mine.lua", Overwrite::EarlierReductions), Err(Occupied::Foreign(_))));
        case.keeper("r.lua", Overwrite::EarlierReductions).expect("free").write(b"one").expect("written");
        fs::write(case.path("r.lua"), "changed by hand").expect("written");
        assert!(matches!(case.keeper("r.lua", Overwrite::EarlierReductions), Err(Occupied::Changed(_))));
        assert!(case.keeper("r.lua", Overwrite::Anything).is_ok());
        assert!(case.keeper("mine.lua", Overwrite::Anything).is_ok());
    }

    #[test]
    fn the_reduction_of_another_program_stays() {
        let case = Case::new();
        fs::write(case.path("b.lua"), "other").expect("written");
        let other = Keeper::new(case.path("r.lua"), &case.path("b.lua"), b"other", Overwrite::EarlierReductions);
        other.expect("free").write(b"one").expect("written");
        assert!(matches!(case.keeper("r.lua", Overwrite::EarlierReductions), Err(Occupied::Foreign(_))));
    }

    #[test]
    fn a_record_of_anything_else_is_none() {
        let case = Case::new();
        case.keeper("r.lua", Overwrite::EarlierReductions).expect("free").write(b"one").expect("written");
        let record = fs::read_to_string(case.path("r.lua.json")).expect("readable");
        for other in ["{}", &record.replace(FORMAT, "another"), &record.replace("\"version\": 1", "\"version\": 2")] {
            assert_ne!(other, record);
            fs::write(case.path("r.lua.json"), other).expect("written");
            assert!(matches!(case.keeper("r.lua", Overwrite::EarlierReductions), Err(Occupied::Foreign(_))), "{other}");
        }
        fs::remove_file(case.path("r.lua")).expect("removed");
        assert!(matches!(case.keeper("r.lua", Overwrite::EarlierReductions), Err(Occupied::Foreign(_))), "it is kept");
        fs::write(case.path("r.lua.json"), &record).expect("written");
        assert!(case.keeper("r.lua", Overwrite::EarlierReductions).is_ok(), "its program is gone");
    }

    #[test]
    fn the_original_is_never_touched() {
        let case = Case::new();
        std::os::unix::fs::symlink(case.path("a.lua"), case.path("link.lua")).expect("linked");
        std::os::unix::fs::symlink(case.path("a.lua"), case.path("record.lua.json")).expect("linked");
        for name in ["a.lua", "link.lua", "record.lua"] {
            assert!(matches!(case.keeper(name, Overwrite::Anything), Err(Occupied::Original(_))), "{name}");
        }
    }
}
