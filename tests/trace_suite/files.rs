//! The files of the suite that are not deterministic as they are, and why.

/// What is known of a file.
pub enum Known {
    /// It is the same with this in front of its first line, in the place of what the engines choose freely.
    Prepared { prelude: &'static str, why: &'static str },
    /// It differs, at this place, by what the engines choose freely.
    Free { at: &'static str, why: &'static str },
    /// It differs or not, from run to run.
    Unordered { why: &'static str },
}

impl Known {
    pub fn prelude(&self) -> &'static str {
        match self {
            Self::Prepared { prelude, .. } => prelude,
            Self::Free { .. } | Self::Unordered { .. } => "",
        }
    }

    pub fn why(&self) -> &'static str {
        match self {
            Self::Prepared { why, .. } | Self::Free { why, .. } | Self::Unordered { why } => why,
        }
    }
}

const CLOCK: &str = "os.clock = function() return 0 end; ";
const NAMES: &str = "do local n = 0; os.tmpname = function() n = n + 1; return 'name' .. n end end; ";

static KNOWN: [(&str, Known); 9] = [
    ("all.lua", Known::Free { at: "os.clock", why: "prints `os.clock()`, processor time, at its beginning" }),
    (
        "attrib.lua",
        Known::Free { at: "package.loadlib", why: "Ferrous loads no C libraries, and says so (docs/divergences.md)" },
    ),
    (
        "closure.lua",
        Known::Free { at: "GETTABLE", why: "loops until a weak reference is collected: when that is, is free" },
    ),
    ("files.lua", Known::Prepared { prelude: NAMES, why: "with an `os.tmpname` that counts" }),
    ("gc.lua", Known::Free { at: "gcinfo", why: "asks how much memory is held, which is free" }),
    (
        "main.lua",
        Known::Prepared {
            prelude: NAMES,
            why: "with an `os.tmpname` that counts; ends where it starts an interpreter",
        },
    ),
    (
        "nextvar.lua",
        Known::Unordered { why: "goes through tables with objects as keys: their order depends on addresses" },
    ),
    ("sort.lua", Known::Prepared { prelude: CLOCK, why: "with an `os.clock` that stands still" }),
    ("verybig.lua", Known::Prepared { prelude: NAMES, why: "with an `os.tmpname` that counts" }),
];

/// What is known of a file, if anything is.
pub fn known(file: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|(name, _)| *name == file).map(|(_, known)| known)
}
