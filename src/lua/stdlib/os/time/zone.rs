//! The time zone of the process: from the variable `TZ`, or `/etc/localtime`.
//!
//! A zone is a file of the time zone database or a rule in the notation of POSIX. The zone in use belongs to the process, as
//! the environment does, and is kept until `TZ` changes.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::calendar::CivilTime;
use super::zone_file::ZoneFile;
use super::zone_rules::ZoneRules;

/// The zone where `TZ` is not set.
const SYSTEM_ZONE: &str = "/etc/localtime";
/// Where the zones of the database are, unless `TZDIR` says otherwise.
const DATABASE: &str = "/usr/share/zoneinfo";
/// The database's rules for zones that are given without rules.
const DEFAULT_RULES: &str = "posixrules";
/// More than the largest file of the database.
const MAX_FILE: u64 = 1 << 20;

/// A time zone.
#[derive(Clone, Debug)]
pub enum Zone {
    File(ZoneFile),
    Rules(ZoneRules),
}

/// What holds in a zone at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regime<'z> {
    /// Seconds east of Greenwich.
    pub offset: i64,
    pub is_dst: bool,
    pub name: &'z [u8],
}

impl Zone {
    /// The zone that a value of `TZ` names (`tzset`).
    pub fn named(variable: Option<&OsStr>) -> Self {
        let name = match variable.map(OsStr::as_bytes) {
            None => SYSTEM_ZONE.as_bytes(),
            Some(b"") => b"Universal",
            Some(name) => name.strip_prefix(b":").unwrap_or(name),
        };
        if let Some(file) = read_zone(name) {
            return Self::File(file);
        }
        if name.is_empty() || name == SYSTEM_ZONE.as_bytes() {
            return Self::Rules(ZoneRules::utc());
        }
        let rules = ZoneRules::parse(name);
        match rules.names_without_dates().and_then(|_| read_zone(DEFAULT_RULES.as_bytes())) {
            Some(file) => file.adapted_to(&rules).map_or(Self::Rules(rules), Self::File),
            None => Self::Rules(rules),
        }
    }

    /// A time in parts, of this zone (`localtime`). `None` if its year cannot be told.
    pub fn local(&self, timestamp: i64) -> Option<CivilTime<'_>> {
        let Regime { offset, is_dst, name } = match self {
            Self::File(file) => file.at(timestamp),
            Self::Rules(rules) => rules.at(timestamp)?,
        };
        self.in_parts(timestamp, offset).map(|time| CivilTime { offset, is_dst, zone: name, ..time })
    }

    /// A time in parts, of Greenwich (`gmtime`). A zone that counts leap seconds does so there as well.
    pub fn utc(&self, timestamp: i64) -> Option<CivilTime<'static>> {
        self.in_parts(timestamp, 0).map(|time| CivilTime { zone: b"GMT", ..time })
    }

    fn in_parts(&self, timestamp: i64, offset: i64) -> Option<CivilTime<'static>> {
        let (correction, hits) = match self {
            Self::File(file) => file.leap_seconds(timestamp),
            Self::Rules(_) => (0, 0),
        };
        let mut time = CivilTime::shifted(timestamp, offset - correction)?;
        time.parts.second += hits;
        Some(time)
    }
}

/// Reads a zone of the database, or the file of that path.
fn read_zone(name: &[u8]) -> Option<ZoneFile> {
    if name.is_empty() {
        return None;
    }
    let directory = std::env::var_os("TZDIR").filter(|directory| !directory.is_empty());
    // An absolute name replaces the directory.
    let path = Path::new(directory.as_deref().unwrap_or(OsStr::new(DATABASE))).join(OsStr::from_bytes(name));
    let mut content = Vec::new();
    File::open(path).ok()?.take(MAX_FILE).read_to_end(&mut content).ok()?;
    ZoneFile::parse(&content)
}

/// The zone in use, and the value of `TZ` that it is of.
static CURRENT: Mutex<Option<(Option<OsString>, Arc<Zone>)>> = Mutex::new(None);

/// The zone of the process.
pub fn current_zone() -> Arc<Zone> {
    let variable = std::env::var_os("TZ");
    let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    match &*current {
        Some((of, zone)) if *of == variable => zone.clone(),
        _ => {
            let zone = Arc::new(Zone::named(variable.as_deref()));
            *current = Some((variable, zone.clone()));
            zone
        }
    }
}
