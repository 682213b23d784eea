//! What an oracle says of one case: data alone, without any judgement.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnose::error_class;
use crate::outcome::{Difference, Kind, Reason};

/// What an oracle says of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// The claim was put to the test, and holds.
    Holds,
    /// The claim is broken.
    Broken(Box<Finding>),
    /// The case does not put the claim to the test.
    SaysNothing(Silence),
}

/// How a claim is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The oracle's name.
    pub oracle: Cow<'static, str>,
    /// What was expected and what was found instead.
    pub what: String,
    /// Where in the input or in what came of it.
    pub place: String,
    /// What it is, without where: the same fault in another input has the same. One line that begins with the oracle's name or,
    /// where `diagnose` knows the difference, is the fingerprint that it gives.
    pub fingerprint: String,
}

/// Why a case says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Silence {
    /// The program is not accepted, so there is nothing that the oracle could look at.
    Refused,
    /// The input is a binary chunk where source text is wanted.
    NotSource,
    /// The input is source text where a binary chunk is wanted.
    NotAChunk,
    /// Both ran out of the instruction budget at the same point.
    Budget,
    /// This engine, or both, reached the memory bound; the engines account for memory differently.
    Memory(String),
    /// The reference died, as this says.
    ReferenceCrashed(String),
    /// The reference did not end within the wall clock's bound.
    ReferenceTimedOut,
    /// A repetition did not do the same.
    NotRepeatable,
    /// The function that was to be called does not exist.
    NoSuchFunction,
    /// What comes of it is not compared, by the rule with this name.
    NotCompared(Cow<'static, str>),
    /// The harness failed to do its part, as this says.
    Harness(String),
}

impl Silence {
    /// The name under which it is counted.
    pub fn word(&self) -> &str {
        match self {
            Self::Refused => "refused",
            Self::NotSource => "not-source",
            Self::NotAChunk => "not-a-chunk",
            Self::Budget => "budget",
            Self::Memory(_) => "memory",
            Self::ReferenceCrashed(_) => "reference-crashed",
            Self::ReferenceTimedOut => "reference-timed-out",
            Self::NotRepeatable => "not-repeatable",
            Self::NoSuchFunction => "no-such-function",
            Self::NotCompared(rule) => rule,
            Self::Harness(_) => "harness",
        }
    }
}

impl From<Reason> for Silence {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Budget => Self::Budget,
            Reason::Memory { who } => Self::Memory(who),
            Reason::ReferenceCrashed(note) => Self::ReferenceCrashed(note),
            Reason::ReferenceTimedOut => Self::ReferenceTimedOut,
            Reason::NothingToCompile => Self::NotSource,
        }
    }
}

impl Verdict {
    /// A broken claim whose fingerprint is `what` itself, in the class of its error messages.
    pub fn broken(oracle: &'static str, class: &str, what: impl Into<String>, place: impl Into<String>) -> Self {
        let fingerprint = format!("{oracle}: {class}").replace('\n', " ");
        Self::Broken(Box::new(Finding { oracle: oracle.into(), what: what.into(), place: place.into(), fingerprint }))
    }

    /// A claim that this difference breaks, with a fingerprint that somebody found, or else that of the texts of both sides.
    pub fn differs(oracle: &'static str, difference: &Difference, fingerprint: Option<String>) -> Self {
        let fingerprint = fingerprint.unwrap_or_else(|| coarse_fingerprint(oracle, difference));
        Self::Broken(Box::new(Finding {
            oracle: oracle.into(),
            what: format!("{}: {} against {}", difference.kind.word(), difference.reference, difference.subject),
            place: match difference.line {
                Some(line) => format!("{}, source line {line}", difference.place),
                None => difference.place.to_string(),
            },
            fingerprint,
        }))
    }

    /// The finding, if the claim is broken.
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Self::Broken(finding) => Some(finding),
            Self::Holds | Self::SaysNothing(_) => None,
        }
    }
}

/// What can be said without another run: the kind and, where the two texts are messages, their classes. What was printed or
/// returned is the program's, so it is left out.
fn coarse_fingerprint(oracle: &str, difference: &Difference) -> String {
    let (kind, class) = (difference.kind.word(), |text: &str| error_class(text.trim_matches('"').as_bytes()));
    let text = match difference.kind {
        Kind::Output | Kind::Returned | Kind::Instructions | Kind::Traceback | Kind::Bytecode => {
            format!("{oracle}: {kind}")
        }
        Kind::Acceptance | Kind::Refusal | Kind::Ending | Kind::ErrorValue | Kind::ErrorMessage => {
            format!("{oracle}: {kind}: {} against {}", class(&difference.reference), class(&difference.subject))
        }
        Kind::Crash | Kind::Hang => format!("{oracle}: {kind}: {}", class(&difference.subject)),
    };
    text.replace('\n', " ")
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds => formatter.write_str("holds"),
            Self::Broken(finding) => finding.fmt(formatter),
            Self::SaysNothing(silence) => write!(formatter, "says nothing: {}", silence.word()),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} broken {}: {}", self.oracle, self.place, self.what)?;
        write!(formatter, "fingerprint: {}", self.fingerprint)
    }
}
