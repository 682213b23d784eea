//! The verdict about one program: its data model, without any judgement and without any rendering.

use std::fmt;

/// What comparing two engines over one program came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Everything that can be compared was compared and is equal.
    Agree(Agreement),
    /// They differ; this is the first difference in the order of judging.
    Differ(Box<Difference>),
    /// The comparison says nothing, for this reason.
    Inconclusive(Reason),
}

/// What it is that two engines agree on. A batch that agrees only on refusals has compared little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Both refused the program with the same message.
    Refused,
    /// Both compiled it to the same bytecode, and it was not to be run.
    Compiled,
    /// Both ran it to the same end, returning.
    Returned { instructions: u64 },
    /// Both ran it to the same end, raising an error.
    Raised { instructions: u64 },
    /// Both ran it until it called `os.exit` with the same code.
    Exited { instructions: u64 },
}

/// Why a comparison says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Both ran out of the instruction budget at the same count, with the same output so far.
    Budget,
    /// This engine, or both, reached the memory bound; the engines account for memory differently.
    Memory { who: String },
    /// The reference died, as this says.
    ReferenceCrashed(String),
    /// The reference did not end within the wall clock's bound.
    ReferenceTimedOut,
    /// Only compilation was asked for, and the program is a binary chunk.
    NothingToCompile,
}

impl Reason {
    /// The word for reports; part of the JSON format.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Memory { .. } => "memory",
            Self::ReferenceCrashed(_) => "reference-crashed",
            Self::ReferenceTimedOut => "reference-timed-out",
            Self::NothingToCompile => "nothing-to-compile",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Budget => formatter.write_str("both ran out of the instruction budget"),
            Self::Memory { who } => write!(formatter, "{who} reached the memory bound"),
            Self::ReferenceCrashed(note) => write!(formatter, "the reference crashed: {note}"),
            Self::ReferenceTimedOut => formatter.write_str("the reference did not end in time"),
            Self::NothingToCompile => formatter.write_str("a binary chunk has nothing to compile"),
        }
    }
}

/// What differs. The order is the order of judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One accepts the program and the other refuses it.
    Acceptance,
    /// Both refuse it, with different messages.
    Refusal,
    /// Both compile it, to different bytecode.
    Bytecode,
    /// Their output differs.
    Output,
    /// One returns, raises an error or exits, and the other does something else of these; or they exit with different codes.
    Ending,
    /// They return different values.
    Returned,
    /// They raise different values, at least one of which is no string.
    ErrorValue,
    /// They raise different messages.
    ErrorMessage,
    /// They raise the same error with different tracebacks.
    Traceback,
    /// They execute different numbers of instructions.
    Instructions,
    /// The engine under test died. Found before anything else can be.
    Crash,
    /// The engine under test did not end in time and the reference did. Found before anything else can be.
    Hang,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 12] = [
        Kind::Acceptance,
        Kind::Refusal,
        Kind::Bytecode,
        Kind::Output,
        Kind::Ending,
        Kind::Returned,
        Kind::ErrorValue,
        Kind::ErrorMessage,
        Kind::Traceback,
        Kind::Instructions,
        Kind::Crash,
        Kind::Hang,
    ];

    /// The word for reports; part of the JSON format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Refusal => "refusal",
            Self::Bytecode => "bytecode",
            Self::Output => "output",
            Self::Ending => "ending",
            Self::Returned => "returned",
            Self::ErrorValue => "error-value",
            Self::ErrorMessage => "error-message",
            Self::Traceback => "traceback",
            Self::Instructions => "instructions",
            Self::Crash => "crash",
            Self::Hang => "hang",
        }
    }
}

/// The first difference between two engines over one program.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub kind: Kind,
    pub place: Place,
    /// The line of the program's source where it lies, if that is known.
    pub line: Option<u32>,
    /// What the reference has there, as text.
    pub reference: String,
    /// What the engine under test has there, as text.
    pub subject: String,
    /// The surroundings of both sides as one diff; empty where the two texts above are all there is.
    pub context: Vec<ContextLine>,
    /// What else helps to understand it.
    pub notes: Vec<String>,
}

/// Where a difference lies in what the engines produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Loading the program.
    Load,
    /// Running it as a whole.
    Run,
    /// The compiled chunk as bytes, which decode to the same functions; from 0.
    ChunkByte(usize),
    /// A field of a compiled function.
    Function(FunctionPlace),
    /// A line of the output, from 1.
    OutputLine(usize),
    /// How many values were returned.
    ReturnedCount,
    /// A returned value, from 1.
    ReturnedValue(usize),
    /// The value that was raised.
    Error,
    /// A line of the traceback, from 1.
    TracebackLine(usize),
}

/// A field of a compiled function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionPlace {
    /// `main`, or `main/2/1` for function 1 in function 2 of it: the numbers are those that `CLOSURE` has.
    pub path: String,
    /// The line where the function begins; 0 for the main function.
    pub line_defined: i32,
    /// The field's name, as [`Prototype`](crate::lua::bytecode::Prototype) has it.
    pub field: &'static str,
    /// Which one, from 0, where the field is a list; for the code, this is the program counter.
    pub index: Option<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load => formatter.write_str("when loading"),
            Self::Run => formatter.write_str("when running"),
            Self::ChunkByte(offset) => write!(formatter, "at byte {offset} of the binary chunk"),
            Self::Function(place) => place.fmt(formatter),
            Self::OutputLine(line) => write!(formatter, "in line {line} of the output"),
            Self::ReturnedCount => formatter.write_str("in the number of returned values"),
            Self::ReturnedValue(position) => write!(formatter, "in returned value {position}"),
            Self::Error => formatter.write_str("in the error"),
            Self::TracebackLine(line) => write!(formatter, "in line {line} of the traceback"),
        }
    }
}

impl fmt::Display for FunctionPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "in function {}", self.path)?;
        if self.line_defined > 0 {
            write!(formatter, " (line {})", self.line_defined)?;
        }
        write!(formatter, ", {}", self.field)?;
        match self.index {
            Some(index) if self.field == "code" => write!(formatter, " at pc {index}"),
            Some(index) => write!(formatter, " {index}"),
            None => Ok(()),
        }
    }
}

/// A line of a [`Difference::context`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextLine {
    pub side: Side,
    pub text: String,
}

/// Which side a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Both,
    Reference,
    Subject,
}
