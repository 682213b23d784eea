//! One call of one library function has the same results, errors and effects on both engines.
//!
//! Formally: for a function *f*, named by its path from the globals, and arguments *a₁ … aₙ*, let a program make the arguments, call
//! `pcall(f, a₁, …, aₙ)`, and print what came of it, then what the arguments are now: every value with its type, numbers with 17
//! digits, strings quoted, tables with their metatables and their entries in the order of `next`, each object once. The claim holds if
//! both engines' runs of that program are equal, as `execute` has it.
//!
//! Not looked at, by rules with names, under which such cases are counted:
//!
//! * `outside`: functions that reach files and processes are not called with what names any; nothing is in the folder `no/such/`;
//! * `process`: nor are those that change the process, which both engines share here, with what would change it;
//! * `clock`: the time is not compared, nor what is made of it without being given;
//! * `memory-account`: nor how much memory is held, nor how far a collection has come;
//! * `registry`: nor what a host keeps for itself;
//! * `console`: nor is anything read from the process's own standard input;
//! * `object-keys`: tables given with objects as keys, or with what may be one, since their order depends on addresses, even when
//!   the value is nil.
//!
//! Of tables that have got objects as keys by the call, entries are counted and not shown. An argument that is given as an
//! [`Argument::Expression`] may do anything; whoever writes it answers for it. Library functions loop for as long as they are told
//! to, and no budget counts that: `debug.traceback('', 1e15)` does not end on either engine. Numbers beyond some thousands
//! are for engines in processes of their own.

mod program;

use super::panics::caught;
use super::{Finding, Pair, Silence, Verdict};
use crate::diagnose::error_class;
use crate::engine::{Ending, Limits, Snapshot};
use crate::outcome::{self, Difference, Kind, Names, compare_runs};

pub use program::program;

/// The oracle's name.
pub const NAME: &str = "library";

/// An argument of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    Nil,
    Boolean(bool),
    /// Any number; of NaNs, the sign counts.
    Number(f64),
    String(Vec<u8>),
    /// A table with these entries, in the order in which they are made. A key that is nil or NaN makes the case say nothing.
    Table(Vec<(Argument, Argument)>),
    /// The same value as the argument with this number, from 0. One that does not come before is nil.
    Same(usize),
    /// What an expression in Lua gives.
    Expression(String),
}

impl Argument {
    /// Whether it may be an object other than a string.
    fn may_be_object(&self) -> bool {
        matches!(self, Self::Table(_) | Self::Same(_) | Self::Expression(_))
    }

    /// Whether there is a table in it of which an object may be a key.
    fn may_have_object_keys(&self) -> bool {
        let Self::Table(entries) = self else { return false };
        entries.iter().any(|(key, value)| key.may_be_object() || value.may_have_object_keys())
    }

    /// What it is where a name is wanted. What an expression gives is in the hands of its writer.
    fn as_name(&self) -> Option<Vec<u8>> {
        match self {
            Self::String(bytes) => Some(bytes.clone()),
            // Numbers are strings as well, and no name of anything that may be reached.
            Self::Number(number) => Some(number.to_string().into_bytes()),
            _ => None,
        }
    }

    /// The word for its type in fingerprints.
    fn type_name(&self) -> &'static str {
        match self {
            Self::Nil => "nil",
            Self::Boolean(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Table(_) => "table",
            Self::Same(_) => "same",
            Self::Expression(_) => "expression",
        }
    }
}

/// A call of a library function.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryCall {
    /// Its path from the globals: `string.rep`, or `io.stdout.write` for a method.
    pub function: String,
    pub arguments: Vec<Argument>,
}

/// Functions of which no call is made, each with the rule.
const NOT_CALLED: [(&str, &str); 5] = [
    ("os.tmpname", "outside"),
    ("os.clock", "clock"),
    ("gcinfo", "memory-account"),
    ("debug.getregistry", "registry"),
    ("debug.debug", "console"),
];

/// Functions that reach the file, or the module in a file, that their first argument names.
const BY_PATH: [&str; 9] =
    ["dofile", "loadfile", "require", "io.open", "io.lines", "io.input", "io.output", "os.remove", "os.rename"];

/// Functions that start what their first argument names.
const BY_COMMAND: [&str; 3] = ["io.popen", "os.execute", "package.loadlib"];

/// Names that can be given all the same: nothing is in a folder that is not there.
const NOWHERE: &[u8] = b"no/such/";

/// Names that `require` finds without a search.
const LOADED: [&[u8]; 9] = [b"_G", b"package", b"coroutine", b"table", b"io", b"os", b"string", b"math", b"debug"];

impl LibraryCall {
    /// The rule by which nothing is compared of this call, if there is one.
    pub fn rule(&self) -> Option<&'static str> {
        let asks = |options: &[&[u8]]| {
            let option = |option: &&[u8]| self.given(0) == Some(&Argument::String(option.to_vec()));
            options.iter().any(option)
        };
        if self.arguments.iter().any(Argument::may_have_object_keys) {
            return Some("object-keys");
        }
        let name = self.given(0).and_then(Argument::as_name);
        let is_nowhere = |name: &[u8]| name.starts_with(NOWHERE);
        match &*self.function {
            function if BY_COMMAND.contains(&function) && name.is_some() => Some("outside"),
            "require" if name.as_deref().is_some_and(|name| LOADED.contains(&name)) => None,
            function if BY_PATH.contains(&function) && name.as_deref().is_some_and(|name| !is_nowhere(name)) => {
                Some("outside")
            }
            "os.setlocale" if name.as_deref().is_some_and(|name| name != b"C" && !is_nowhere(name)) => Some("process"),
            "rawset" if self.given(1).is_some_and(Argument::may_be_object) => Some("object-keys"),
            "os.time" if self.given(0).is_none() => Some("clock"),
            "os.date" if self.given(1).is_none() => Some("clock"),
            "collectgarbage" if asks(&[b"count", b"step"]) => Some("memory-account"),
            function => NOT_CALLED.iter().find(|(name, _)| *name == function).map(|(_, rule)| *rule),
        }
    }

    /// The argument at this place, unless it is nil.
    fn given(&self, place: usize) -> Option<&Argument> {
        match self.arguments.get(place)? {
            Argument::Nil => None,
            Argument::Same(before) if *before < place => self.given(*before),
            Argument::Same(_) => None,
            argument => Some(argument),
        }
    }

    /// The function with the types of its arguments.
    fn shape(&self) -> String {
        let types: Vec<&str> = self.arguments.iter().map(Argument::type_name).collect();
        format!("{}({})", self.function, types.join(","))
    }
}

/// Whether a call does the same on both engines.
pub fn check(pair: &mut Pair<'_>, call: &LibraryCall, limits: &Limits) -> Verdict {
    if let Some(rule) = call.rule() {
        return Verdict::SaysNothing(Silence::NotCompared(rule.into()));
    }
    caught(NAME, || {
        let program = program(call);
        let (reference, tested) = (pair.reference.run(&program, limits), pair.tested.run(&program, limits));
        let names = Names { reference: pair.reference.name(), subject: pair.tested.name() };
        match compare_runs(&reference, &tested, &program.name, names) {
            outcome::Verdict::Agree(_) => said_nothing(&reference.ending).map_or(Verdict::Holds, Verdict::SaysNothing),
            outcome::Verdict::Inconclusive(reason) => Verdict::SaysNothing(reason.into()),
            outcome::Verdict::Differ(difference) => differs(call, &difference),
        }
    })
}

/// Why a run on which both agree puts no call to the test.
fn said_nothing(ending: &Ending) -> Option<Silence> {
    match ending {
        Ending::Refused(_) => Some(Silence::Refused),
        // The program catches whatever the call raises, so it comes from before it.
        Ending::Raised { value: Snapshot::String(message), .. } if message == program::NO_SUCH_FUNCTION => {
            Some(Silence::NoSuchFunction)
        }
        Ending::Raised { .. } => Some(Silence::NotCompared("arguments".into())),
        _ => None,
    }
}

fn differs(call: &LibraryCall, difference: &Difference) -> Verdict {
    let class = |text: &str| class_of_line(text.trim_matches('"'));
    let sides = format!("{} against {}", class(&difference.reference), class(&difference.subject));
    let what = match difference.kind {
        Kind::Output | Kind::ErrorMessage | Kind::ErrorValue | Kind::Ending | Kind::Crash | Kind::Hang => {
            format!("{}: {sides}", difference.kind.word())
        }
        kind => kind.word().to_owned(),
    };
    Verdict::Broken(Box::new(Finding {
        oracle: NAME.into(),
        what: format!("{}: {} against {}", difference.kind.word(), difference.reference, difference.subject),
        place: format!("{} of a call of {}", difference.place, call.function),
        fingerprint: format!("{NAME}: {}: {what}", call.shape()).replace('\n', " "),
    }))
}

/// What a printed line is about: which value, its type, and of an error its class; no value.
fn class_of_line(line: &str) -> String {
    match line.split_once(": ") {
        Some(("raised", rest)) => {
            let message = rest.strip_prefix("string \"").unwrap_or(rest);
            format!("raised {}", error_class(message.as_bytes()))
        }
        Some((subject, rest)) if subject.starts_with("result") || subject.starts_with("argument") => {
            let kind = rest.split(' ').next().unwrap_or_default();
            format!("{} {kind}", subject.split(' ').next().unwrap_or_default())
        }
        _ => error_class(line.as_bytes()),
    }
}

#[cfg(test)]
mod tests;
