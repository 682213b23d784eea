//! The scratch copy that a case runs in, and what lies beside it.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::adapt;
use super::plan::{Collection, Unit};
use super::store;
use super::suite::Suite;
use crate::engine::CompileFailure;
use crate::engine::reference::ReferenceChunk;
use crate::report::conformance::Mode;
use crate::script;

/// Where the files of the cases come from.
#[derive(Clone, Debug)]
pub struct Files {
    /// The official suite, if any of it is to be run.
    pub suite: Option<Suite>,
    /// The folder of our own programs.
    pub programs: PathBuf,
}

/// A folder for one run of one case: a copy of the files in `copy`, everything else beside it. Dropping it removes all.
pub struct Scratch {
    folder: TempDir,
    /// The folder that the case runs in.
    pub copy: PathBuf,
    /// The path of the file to run, in `copy`.
    pub file: String,
}

impl Scratch {
    /// Copies what a unit needs: the whole suite with the rules for the unit applied, or the folder of the program.
    ///
    /// # Errors
    /// When something cannot be read or written, a rule does not fit, or the reference does not compile a file that it should.
    pub fn new(unit: &Unit, files: &Files) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("lockstep-").tempdir()?;
        let copy = folder.path().join("copy");
        fs::create_dir(&copy)?;
        fs::create_dir(folder.path().join("locales"))?;
        let file = match unit.collection {
            Collection::Official => {
                let suite = files.suite.as_ref().ok_or_else(|| io::Error::other("the suite was not provided"))?;
                suite.copy_to(&copy)?;
                adapt::adapt(unit, &copy)?;
                unit.file.clone()
            }
            Collection::Programs => {
                let program = files.programs.join(&unit.file);
                copy_folder(program.parent().unwrap_or(&files.programs), &copy)?;
                program.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
            }
        };
        let scratch = Self { folder, copy, file };
        if unit.mode == Mode::ReferenceCompiled {
            scratch.compile_with_reference()?;
        }
        Ok(scratch)
    }

    /// The folder that all is in.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the case says how it ended.
    pub fn result(&self) -> PathBuf {
        self.path().join("ending")
    }

    /// Where the driver is written.
    pub fn driver(&self) -> PathBuf {
        self.path().join("driver.lua")
    }

    /// A folder in which the C library finds no locales.
    pub fn locales(&self) -> PathBuf {
        self.path().join("locales")
    }

    /// Writes a program that does what `lua` does with the reference that is linked in, which `lockstep` runs.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn interpreter(&self, lockstep: &Path, memory: u64) -> io::Result<PathBuf> {
        let path = self.path().join("lua");
        let quoted = lockstep.display().to_string().replace('\'', "'\\''");
        let command = format!("conform-case interpreter --name \"$0\" --memory {memory} -- \"$@\"");
        fs::write(&path, format!("#!/bin/sh\nexec '{quoted}' {command}\n"))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    /// Puts binary chunks in the place of all Lua files at the top of the copy: what the file under test loads is compiled by the
    /// reference as well.
    fn compile_with_reference(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.copy)? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if !name.ends_with(".lua") {
                continue;
            }
            let program = script::read(&path, &[]).map_err(|error| store::wrong(&path, error))?;
            match ReferenceChunk::load(&program.chunk, format!("@{name}").as_bytes()) {
                Ok(chunk) => fs::write(&path, chunk.dump())?,
                // A file beside the one to run may be there to be refused.
                Err(_) if name != self.file => {}
                Err(failure) => {
                    return Err(io::Error::other(format!("the reference refuses {name}: {}", refusal(failure))));
                }
            }
        }
        Ok(())
    }
}

fn refusal(failure: CompileFailure) -> String {
    match failure {
        CompileFailure::Refused(message) => String::from_utf8_lossy(&message).into_owned(),
        other => format!("{other:?}"),
    }
}

/// Copies what is in a folder into another one that exists. Symbolic links are followed to files alone.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    let mut pending = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = pending.pop() {
        for entry in fs::read_dir(&from).map_err(|error| store::wrong(&from, error))? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                fs::create_dir(&target)?;
                pending.push((entry.path(), target));
            } else if entry.path().is_file() {
                fs::copy(entry.path(), target).map_err(|error| store::wrong(&entry.path(), error))?;
            }
        }
    }
    Ok(())
}
