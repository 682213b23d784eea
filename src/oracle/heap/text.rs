//! Stages as text, one operation per line, to be kept in files and read by people.
//!
//! ```text
//! # Words behind a hash are for people.
//! stress whole-collections
//! stage commit room 120
//!   new table
//!   new string 3
//!   new function #1
//!   set #0 1.5 = #1
//!   set-field #0 3 = true
//!   set-metatable #1 none
//!   pin #1
//!   get #0 -0.5
//! then call #0 2 = nil
//! stage roll-back
//! then collect
//! ```
//!
//! Objects are `#` and their number, strings as keys of fields the number of [`Operation::NewString`], numbers are halves. A stage after which
//! nothing happens has no `then`. It knows no state and no model.

use std::fmt::{self, Write};
use std::iter::Peekable;
use std::str::SplitWhitespace;

use super::model::Item;
use super::operation::{Afterwards, Operation, Stage};
use crate::lua::heap::Stress;

/// The words for when garbage is collected.
const STRESSES: [(&str, Stress); 3] =
    [("off", Stress::Off), ("steps", Stress::Steps), ("whole-collections", Stress::WholeCollections)];

/// A line that is not of this form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Counted from 1.
    pub line: usize,
    /// What was expected there, or found.
    pub what: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for TextError {}

/// The text of stages. [`parse`] gives the same stages again.
pub fn print(stages: &[Stage], stress: Stress) -> String {
    let word = STRESSES.iter().find(|(_, known)| *known == stress).map_or("off", |(word, _)| word);
    let mut text = format!("stress {word}\n");
    for stage in stages {
        text.push_str(if stage.commits { "stage commit" } else { "stage roll-back" });
        if let Some(room) = stage.room {
            // Nothing fails that is written to a string.
            let _ = write!(text, " room {room}");
        }
        text.push('\n');
        for operation in &stage.operations {
            text.push_str(&format!("  {}\n", operation_text(operation)));
        }
        match stage.afterwards {
            Afterwards::Nothing => {}
            Afterwards::Collect => text.push_str("then collect\n"),
            Afterwards::Call { table, key, value } => {
                text.push_str(&format!("then call #{table} {} = {}\n", Word(key), Word(value)));
            }
        }
    }
    text
}

fn operation_text(operation: &Operation) -> String {
    match *operation {
        Operation::NewTable => "new table".into(),
        Operation::NewString(number) => format!("new string {number}"),
        Operation::NewUserdata => "new userdata".into(),
        Operation::NewFunction(upvalue) => format!("new function {}", Word(upvalue)),
        Operation::Set { table, key, value } => format!("set #{table} {} = {}", Word(key), Word(value)),
        Operation::SetField { table, key, value } => format!("set-field #{table} {key} = {}", Word(value)),
        Operation::SetMetatable { object, metatable: None } => format!("set-metatable #{object} none"),
        Operation::SetMetatable { object, metatable: Some(metatable) } => {
            format!("set-metatable #{object} #{metatable}")
        }
        Operation::Pin(item) => format!("pin {}", Word(item)),
        Operation::Unpin(item) => format!("unpin {}", Word(item)),
        Operation::Get { table, key } => format!("get #{table} {}", Word(key)),
        Operation::GetField { table, key } => format!("get-field #{table} {key}"),
    }
}

/// The word for a value.
struct Word(Item);

impl fmt::Display for Word {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Item::Nil => formatter.write_str("nil"),
            Item::Boolean(boolean) => write!(formatter, "{boolean}"),
            Item::Halves(halves) => write!(formatter, "{}", f64::from(halves) / 2.0),
            Item::Object(object) => write!(formatter, "#{object}"),
        }
    }
}

/// The stages of a text, and when garbage is collected meanwhile.
///
/// # Errors
/// The first line that is not of this form.
pub fn parse(text: &str) -> Result<(Vec<Stage>, Stress), TextError> {
    let mut reader = Reader::default();
    for (line, number) in text.lines().zip(1..) {
        reader.line(without_comment(line)).map_err(|what| TextError { line: number, what })?;
    }
    let stress = reader.stress.ok_or_else(|| TextError { line: 1, what: "`stress` expected".into() })?;
    Ok((reader.stages, stress))
}

/// The line up to a hash that no number follows: objects have hashes as well.
fn without_comment(line: &str) -> &str {
    let is_comment = |at: &usize| !line[at + 1..].starts_with(|next: char| next.is_ascii_digit());
    line.match_indices('#').map(|(at, _)| at).find(is_comment).map_or(line, |at| &line[..at])
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    stress: Option<Stress>,
    stages: Vec<Stage>,
    /// Whether the stage that came last has ended with what comes after it.
    has_ended: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let mut words = Words(line.split_whitespace().peekable());
        let Some(word) = words.next() else { return Ok(()) };
        match (word, self.stress) {
            ("stress", None) => self.stress = Some(words.stress()?),
            ("stress", Some(_)) => return Err("`stress` again".into()),
            (_, None) => return Err("`stress` expected before anything else".into()),
            ("stage", _) => {
                self.stages.push(words.stage()?);
                self.has_ended = false;
            }
            (_, _) if self.has_ended => return Err("`stage` expected".into()),
            (word, _) => {
                let stage = self.stages.last_mut().ok_or("`stage` expected")?;
                if word == "then" {
                    stage.afterwards = words.afterwards()?;
                    self.has_ended = true;
                } else {
                    stage.operations.push(words.operation(word)?);
                }
            }
        }
        words.end()
    }
}

/// The words of a line.
struct Words<'t>(Peekable<SplitWhitespace<'t>>);

impl<'t> Words<'t> {
    fn next(&mut self) -> Option<&'t str> {
        self.0.next()
    }

    fn word(&mut self, expected: &str) -> Result<&'t str, String> {
        self.next().ok_or_else(|| format!("{expected} expected at the end"))
    }

    fn end(&mut self) -> Result<(), String> {
        self.next().map_or(Ok(()), |word| Err(format!("nothing expected instead of `{word}`")))
    }

    fn literal(&mut self, literal: &str) -> Result<(), String> {
        let word = self.word(&format!("`{literal}`"))?;
        if word == literal { Ok(()) } else { Err(instead(&format!("`{literal}`"), word)) }
    }

    fn number<N: std::str::FromStr>(&mut self, what: &str) -> Result<N, String> {
        let word = self.word(what)?;
        word.parse().map_err(|_| instead(what, word))
    }

    fn object(&mut self) -> Result<usize, String> {
        let word = self.word("an object")?;
        object(word).ok_or_else(|| instead("an object", word))
    }

    fn item(&mut self) -> Result<Item, String> {
        let word = self.word("a value")?;
        item(word).ok_or_else(|| instead("a value", word))
    }

    /// A value behind an equals sign.
    fn assigned(&mut self) -> Result<Item, String> {
        self.literal("=")?;
        self.item()
    }

    fn stress(&mut self) -> Result<Stress, String> {
        let word = self.word("a stress")?;
        let known = STRESSES.iter().find(|(known, _)| *known == word);
        known.map(|(_, stress)| *stress).ok_or_else(|| instead("`off`, `steps` or `whole-collections`", word))
    }

    fn stage(&mut self) -> Result<Stage, String> {
        let commits = match self.word("`commit` or `roll-back`")? {
            "commit" => true,
            "roll-back" => false,
            word => return Err(instead("`commit` or `roll-back`", word)),
        };
        let room = match self.0.peek() {
            Some(_) => {
                self.literal("room")?;
                Some(self.number("a number of bytes up to 65535")?)
            }
            None => None,
        };
        Ok(Stage { operations: Vec::new(), commits, room, afterwards: Afterwards::Nothing })
    }

    fn afterwards(&mut self) -> Result<Afterwards, String> {
        match self.word("`collect` or `call`")? {
            "collect" => Ok(Afterwards::Collect),
            "call" => Ok(Afterwards::Call { table: self.object()?, key: self.item()?, value: self.assigned()? }),
            word => Err(instead("`collect` or `call`", word)),
        }
    }

    fn operation(&mut self, word: &str) -> Result<Operation, String> {
        const STRING: &str = "the number of a string up to 255";
        Ok(match word {
            "new" => match self.word("a type")? {
                "table" => Operation::NewTable,
                "string" => Operation::NewString(self.number(STRING)?),
                "userdata" => Operation::NewUserdata,
                "function" => Operation::NewFunction(self.item()?),
                word => return Err(instead("`table`, `string`, `userdata` or `function`", word)),
            },
            "set" => Operation::Set { table: self.object()?, key: self.item()?, value: self.assigned()? },
            "set-field" => {
                Operation::SetField { table: self.object()?, key: self.number(STRING)?, value: self.assigned()? }
            }
            "set-metatable" => Operation::SetMetatable { object: self.object()?, metatable: self.metatable()? },
            "pin" => Operation::Pin(self.item()?),
            "unpin" => Operation::Unpin(self.item()?),
            "get" => Operation::Get { table: self.object()?, key: self.item()? },
            "get-field" => Operation::GetField { table: self.object()?, key: self.number(STRING)? },
            word => return Err(instead("an operation, `then` or `stage`", word)),
        })
    }

    fn metatable(&mut self) -> Result<Option<usize>, String> {
        match self.0.next_if_eq(&"none") {
            Some(_) => Ok(None),
            None => self.object().map(Some),
        }
    }
}

fn instead(expected: &str, found: &str) -> String {
    format!("{expected} expected instead of `{found}`")
}

fn object(word: &str) -> Option<usize> {
    word.strip_prefix('#')?.parse().ok()
}

fn item(word: &str) -> Option<Item> {
    match word {
        "nil" => Some(Item::Nil),
        "true" => Some(Item::Boolean(true)),
        "false" => Some(Item::Boolean(false)),
        word => object(word).map(Item::Object).or_else(|| halves(word).map(Item::Halves)),
    }
}

fn halves(word: &str) -> Option<i8> {
    let twice = word.parse::<f64>().ok()? * 2.0;
    // Whatever is not one of the 256 numbers becomes another one.
    let halves = twice as i8;
    (f64::from(halves) == twice).then_some(halves)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::generate::strategy::ChoiceBytes;
    use crate::generate::{Choices, host};

    const EXAMPLE: &str = "\
stress whole-collections
stage commit room 120
  new table
  new string 255
  new userdata
  new function #1
  set #0 1.5 = #18446744073709551615
  set-field #0 3 = true
  set-metatable #1 none
  set-metatable #1 #0
  pin nil
  unpin -64
  get #0 63.5
  get-field #0 0
then call #0 2 = false
stage roll-back
then collect
stage commit
";

    #[test]
    fn what_is_printed_is_what_was_read() {
        let (stages, stress) = parse(EXAMPLE).expect("of the form");
        assert_eq!((stages.len(), stages[0].operations.len(), stress), (3, 12, Stress::WholeCollections));
        assert_eq!((stages[0].room, stages[1].commits), (Some(120), false));
        assert_eq!(
            stages[0].operations[4],
            Operation::Set { table: 0, key: Item::Halves(3), value: Item::Object(usize::MAX) }
        );
        assert_eq!(print(&stages, stress), EXAMPLE);
    }

    #[test]
    fn words_for_people_and_empty_lines_say_nothing() {
        let bare = parse("stress off\nstage commit\npin #1\n");
        assert!(bare.is_ok());
        assert_eq!(parse("# why\n\nstress off # as ever\n\tstage   commit\r\n pin #1 # 1\n"), bare);
        assert_eq!(parse("# 1\n\nstress off#\nstage commit\n pin #1 # one\n\n"), bare);
    }

    #[test]
    fn errors_name_their_line() {
        for (text, error) in [
            ("", "line 1: `stress` expected"),
            ("\nstage commit", "line 2: `stress` expected before anything else"),
            ("stress some", "line 1: `off`, `steps` or `whole-collections` expected instead of `some`"),
            ("stress off\nstress off", "line 2: `stress` again"),
            ("stress off\n\npin nil", "line 3: `stage` expected"),
            ("stress off\nstage", "line 2: `commit` or `roll-back` expected at the end"),
            ("stress off\nstage commit 5", "line 2: `room` expected instead of `5`"),
            (
                "stress off\nstage commit room 65536",
                "line 2: a number of bytes up to 65535 expected instead of `65536`",
            ),
            ("stress off\nstage commit\nthen collect\npin nil", "line 4: `stage` expected"),
            (
                "stress off\nstage commit\nnew thread",
                "line 3: `table`, `string`, `userdata` or `function` expected instead of `thread`",
            ),
            (
                "stress off\nstage commit\nnew string 256",
                "line 3: the number of a string up to 255 expected instead of `256`",
            ),
            ("stress off\nstage commit\nset #0 1", "line 3: `=` expected at the end"),
            ("stress off\nstage commit\nset 0 1 = 1", "line 3: an object expected instead of `0`"),
            ("stress off\nstage commit\npin 0.25", "line 3: a value expected instead of `0.25`"),
            ("stress off\nstage commit\npin 64", "line 3: a value expected instead of `64`"),
            ("stress off\nstage commit\npin NaN", "line 3: a value expected instead of `NaN`"),
            ("stress off\nstage commit\npin nil nil", "line 3: nothing expected instead of `nil`"),
            ("stress off\nstage commit\nfree #1", "line 3: an operation, `then` or `stage` expected instead of `free`"),
        ] {
            assert_eq!(parse(text).expect_err(text).to_string(), error, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_stages_come_back(bytes in ChoiceBytes { lengths: 0..800 }) {
            let (stages, stress) = host::generate(&mut Choices::new(&bytes));
            prop_assert_eq!(parse(&print(&stages, stress)), Ok((stages, stress)));
        }
    }
}
