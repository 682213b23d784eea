//! What is to be run: files, the modes that they are run in, the engines that run them.
//!
//! A [`Unit`] is one file in one mode: what two engines can be compared over. A case is a unit on an engine. Nothing here runs
//! anything.

use std::io;
use std::path::Path;

use super::glob;
use crate::report::conformance::{CaseId, Mode};
use crate::script;

/// Where files come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// The official suite.
    Official,
    /// Our own programs, by the manual's section.
    Programs,
}

impl Collection {
    /// As in ids and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Programs => "programs",
        }
    }
}

/// One file in one mode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    pub collection: Collection,
    /// The path in the collection.
    pub file: String,
    pub mode: Mode,
}

impl Unit {
    /// The name of the case that this is on an engine.
    pub fn id(&self, engine: &str) -> CaseId {
        CaseId(format!("{}/{}/{}/{engine}", self.collection.as_str(), self.file, self.mode.as_str()))
    }

    /// The section of the manual that a program covers: the name of its folder up to the first `-`.
    pub fn section(&self) -> Option<String> {
        let folder = match self.collection {
            Collection::Official => return None,
            Collection::Programs => self.file.split_once('/')?.0,
        };
        let section = folder.split('-').next().unwrap_or(folder);
        section.starts_with(|first: char| first.is_ascii_digit()).then(|| section.to_owned())
    }
}

/// The units of the official suite, given the paths of its files: every Lua file that is not in a folder.
pub fn official<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Unit> {
    units(Collection::Official, paths.filter(|path| path.ends_with(".lua") && !path.contains('/')))
}

/// The units of our own programs, which are the Lua files under a folder. None if there is no such folder.
///
/// # Errors
/// When a folder cannot be read, or a path is no text.
pub fn programs(folder: &Path) -> io::Result<Vec<Unit>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let (files, unusable) = script::find(&[folder.to_owned()]);
    if let Some(unusable) = unusable.into_iter().next() {
        let message = format!("{}: {}", unusable.path.display(), unusable.error);
        return Err(io::Error::new(unusable.error.kind(), message));
    }
    let mut paths = Vec::new();
    for file in &files {
        let path = file.strip_prefix(folder).ok().and_then(Path::to_str);
        paths.push(path.ok_or_else(|| io::Error::other(format!("{}: the path is not text", file.display())))?);
    }
    Ok(units(Collection::Programs, paths.into_iter()))
}

fn units<'a>(collection: Collection, paths: impl Iterator<Item = &'a str>) -> Vec<Unit> {
    let mut units: Vec<Unit> =
        paths.flat_map(|path| Mode::ALL.map(|mode| Unit { collection, file: path.to_owned(), mode })).collect();
    units.sort();
    units
}

/// What of the plan a user wants.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Parts of ids, or patterns over them; any of them selects. All is selected if there is none.
    pub filters: Vec<String>,
    /// All modes if there is none.
    pub modes: Vec<Mode>,
}

impl Selection {
    /// Whether a unit's case on an engine is selected.
    pub fn selects(&self, unit: &Unit, engine: &str) -> bool {
        let id = unit.id(engine);
        (self.modes.is_empty() || self.modes.contains(&unit.mode))
            && (self.filters.is_empty() || self.filters.iter().any(|filter| glob::selects(filter, &id.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(collection: Collection, file: &str) -> Unit {
        Unit { collection, file: file.to_owned(), mode: Mode::Dump }
    }

    #[test]
    fn only_lua_files_at_the_top_of_the_suite_are_cases() {
        let units = official(["README", "all.lua", "etc/ltests.c", "libs/x.lua"].into_iter());
        let ids: Vec<String> = units.iter().map(|unit| unit.id("e").0).collect();
        assert_eq!(
            ids,
            ["official/all.lua/source/e", "official/all.lua/dump/e", "official/all.lua/reference-compiled/e"]
        );
    }

    #[test]
    fn the_section_is_in_the_name_of_the_folder() {
        assert_eq!(unit(Collection::Programs, "5.4.1-patterns/a/b.lua").section().as_deref(), Some("5.4.1"));
        assert_eq!(unit(Collection::Programs, "2.1/x.lua").section().as_deref(), Some("2.1"));
        assert_eq!(unit(Collection::Programs, "x.lua").section(), None);
        assert_eq!(unit(Collection::Programs, "shared/x.lua").section(), None);
        assert_eq!(unit(Collection::Official, "5.1/x.lua").section(), None);
    }

    #[test]
    fn a_selection_is_by_id_and_by_mode() {
        let unit = unit(Collection::Official, "pm.lua");
        assert!(Selection::default().selects(&unit, "ferrous"));
        let selection = Selection { filters: vec!["x".into(), "official/*/dump/*".into()], modes: vec![Mode::Dump] };
        assert!(selection.selects(&unit, "ferrous"));
        assert!(!Selection { modes: vec![Mode::Source], ..selection }.selects(&unit, "ferrous"));
        assert!(!Selection { filters: vec!["x".into()], modes: vec![] }.selects(&unit, "ferrous"));
    }

    #[test]
    fn programs_without_a_folder_are_none() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        assert_eq!(programs(&folder.path().join("none")).expect("it is no error"), []);
    }
}
