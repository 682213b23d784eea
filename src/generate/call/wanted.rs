//! What a function wants at a place: each kind of argument, and how one is made. It knows no function.

use super::texts::{self, bytes};
use super::values::{self, FILES, FUNCTIONS, READERS, THREADS, expression, one_of};
use crate::generate::Choices;
use crate::oracle::library::Argument;

/// A kind of argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// No argument: what follows may be left out.
    Perhaps,
    Any,
    /// Up to three arguments of any type.
    Anything,
    Number,
    /// A whole number near 0: a position, a count.
    Whole,
    Boolean,
    Text,
    /// What is a number, a string that is one, or a string that nearly is.
    Numeral,
    /// A string that patterns match, and a pattern for it.
    Match,
    /// What `gsub` replaces by.
    Replacement,
    /// A format and what it takes.
    Format,
    /// Source text or what a binary chunk begins with.
    Source,
    ChunkName,
    Table,
    /// A table of numbers or of strings, without holes.
    List,
    /// What a table has for a key, or could have.
    Key,
    Metatable,
    Function,
    /// A function that compares.
    Order,
    /// A function that gives pieces of source text.
    Reader,
    /// A function, or how far up the stack one is.
    Level,
    Thread,
    File,
    /// What a file is read by.
    ReadFormat,
    Date,
    DateFormat,
    Time,
    /// A path in a folder that is not there.
    Path,
    /// One of these texts.
    Of(&'static [&'static str]),
    /// What one of these expressions gives.
    Given(&'static [&'static str]),
}

impl Wanted {
    /// Adds such an argument, or several that belong together.
    pub fn make(self, choices: &mut Choices<'_>, arguments: &mut Vec<Argument>) {
        match self {
            Self::Anything => {
                for _ in 0..choices.below(4) {
                    arguments.push(values::any(choices, arguments.len()));
                }
            }
            Self::Match => {
                arguments.push(bytes(texts::subject(choices)));
                arguments.push(bytes(texts::pattern(choices)));
            }
            Self::Format => texts::format_call(choices, arguments),
            one => {
                let argument = one.value(choices, arguments.len());
                arguments.push(argument);
            }
        }
    }

    /// One argument, behind so many others.
    fn value(self, choices: &mut Choices<'_>, before: usize) -> Argument {
        match self {
            Self::Number => Argument::Number(values::number(choices)),
            Self::Whole => Argument::Number(f64::from(choices.small())),
            Self::Boolean => Argument::Boolean(choices.flag()),
            Self::Text => Argument::String(texts::text(choices)),
            Self::Numeral => values::numeral(choices),
            Self::Replacement => texts::replacement(choices),
            Self::Source => Argument::String(texts::source(choices)),
            Self::ChunkName => {
                bytes(choices.one_of(&["=name", "@file.lua", "text\nof two lines", "", "=", "@", "a\0b"]))
            }
            Self::Table => values::table(choices, 2),
            Self::List => values::list(choices),
            Self::Key => values::key(choices),
            Self::Metatable => values::metatable(choices),
            Self::Function => one_of(choices, &FUNCTIONS),
            Self::Order => one_of(choices, &values::ORDERS),
            Self::Reader => one_of(choices, &READERS),
            Self::Level if choices.flag() => one_of(choices, &FUNCTIONS),
            Self::Level => Argument::Number(choices.below(5) as f64),
            Self::Thread => one_of(choices, &THREADS),
            Self::File => one_of(choices, &FILES),
            Self::ReadFormat => match choices.below(4) {
                0 => Argument::Number(choices.below(9) as f64),
                _ => bytes(choices.one_of(&["*n", "*l", "*a", "*n*l", "l", "*x", "*", ""])),
            },
            Self::Date => values::date(choices),
            Self::DateFormat => texts::date_format(choices),
            Self::Time => values::time(choices),
            Self::Path => {
                bytes(choices.one_of(&["no/such/file", "no/such/", "no/such/a\0b", "no/such/%s", "no/such/a.b"]))
            }
            Self::Of(words) => bytes(choices.one_of(words)),
            Self::Given(expressions) => expression(choices.one_of(expressions)),
            Self::Any | Self::Perhaps | Self::Anything | Self::Match | Self::Format => values::any(choices, before),
        }
    }
}
