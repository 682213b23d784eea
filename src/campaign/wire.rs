//! What passes between a campaign and a worker: lines of JSON. Both ends are always the same build, so there is no version.
//!
//! The worker says once that it is ready. Then it answers each request with one line for each case, in their order, as soon as that is
//! judged: whoever has counted the lines knows which case is under way.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::fuzz::Target;
use crate::oracle::{Silence, Verdict};
use crate::report::campaign::HARNESS;

/// What a worker is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Cases of a series: `count` of them from `first` on.
    Cases { target: String, series: u64, first: u64, count: u64 },
    /// One program, with this chunk name.
    Program { target: String, chunk: Vec<u8>, name: String },
}

impl Request {
    /// How many answers it gets.
    pub fn answers(&self) -> u64 {
        match self {
            Self::Cases { count, .. } => *count,
            Self::Program { .. } => 1,
        }
    }

    /// The target that it names.
    pub fn target(&self) -> Option<Target> {
        let (Self::Cases { target, .. } | Self::Program { target, .. }) = self;
        Target::from_name(target)
    }
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    Ready,
    Judged(Judged),
}

/// A case that was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub said: Said,
    /// What the case leaves out because engines are free in it: how often, by the rule's name.
    pub rules: BTreeMap<String, u64>,
}

impl Judged {
    /// A case of which nothing is known but the verdict.
    pub fn of(verdict: &Verdict) -> Self {
        Self { said: Said::of(verdict), rules: BTreeMap::new() }
    }
}

/// A verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    Holds,
    Broken { what: String, place: String, fingerprint: String },
    Nothing { reason: String, note: Option<String> },
}

impl Said {
    /// What a verdict says.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Holds => Self::Holds,
            Verdict::Broken(finding) => Self::Broken {
                what: finding.what.clone(),
                place: finding.place.clone(),
                fingerprint: finding.fingerprint.clone(),
            },
            Verdict::SaysNothing(silence) => {
                let note = if let Silence::Harness(note) = silence { Some(note.clone()) } else { None };
                Self::Nothing { reason: silence.word().to_owned(), note }
            }
        }
    }

    /// What is said when the harness failed to do its part.
    pub fn harness(note: impl Into<String>) -> Self {
        Self::Nothing { reason: HARNESS.to_owned(), note: Some(note.into()) }
    }
}

/// Writes a line, in one piece: the process may end at any moment, and what was written has been said.
pub fn write(writer: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    writer.write_all(&line)?;
    writer.flush()
}

/// Reads a line; `None` at the end of the stream, which may come in the middle of a line.
pub fn read<T: for<'t> Deserialize<'t>>(reader: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_back_and_half_a_line_is_none() {
        let said = Said::Broken { what: "a\nb".into(), place: "é".into(), fingerprint: "x: y".into() };
        let rules = BTreeMap::from([("clock".to_owned(), 2)]);
        let answers = [
            Answer::Ready,
            Answer::Judged(Judged { said, rules }),
            Answer::Judged(Judged::of(&Verdict::SaysNothing(Silence::Harness("why".into())))),
        ];
        let mut stream = Vec::new();
        for answer in &answers {
            write(&mut stream, answer).expect("a vector takes everything");
        }
        stream.pop();
        let mut reader = stream.as_slice();
        let mut next = || read::<Answer>(&mut reader).expect("it is JSON");
        assert_eq!([next(), next(), next()], [Some(answers[0].clone()), Some(answers[1].clone()), None]);
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        assert!(read::<Answer>(&mut &b"hello\n"[..]).is_err());
        let request = Request::Program { target: "execute".into(), chunk: vec![0, 255], name: "@x".into() };
        let mut stream = Vec::new();
        write(&mut stream, &request).expect("a vector takes everything");
        assert_eq!(read::<Request>(&mut stream.as_slice()).expect("it is JSON"), Some(request));
    }
}
