//! A trace for machines: JSON Lines, one record for each event. `docs/trace-format.md` describes them.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::reader::{Close, Counts, Form, Function, Step, StepEnd};
use super::value::instruction;
use crate::engine::{Ending, Snapshot};
use crate::lua::bytecode::Instruction;
use crate::trace::{Datum, FORMAT_VERSION, Kind, Operand, operand};

/// The version of the records. It changes when a field goes away or changes its meaning.
pub const VERSION: u32 = 1;

/// Up to here, integers are numbers that no reader changes.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_992.0;

/// Writes a trace as JSON Lines.
#[derive(Debug)]
pub struct JsonLines<W> {
    out: W,
    labels: Vec<String>,
}

impl<W: Write> JsonLines<W> {
    /// Begins with the record that says what the others are about: the engine and the path of the program.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(mut out: W, engine: &str, file: &[u8]) -> io::Result<Self> {
        let tool = concat!("lockstep ", env!("CARGO_PKG_VERSION"));
        let (version, trace_version, file) = (VERSION, FORMAT_VERSION, Bytes::of(file));
        write(&mut out, &Record::Header { format: "lockstep-trace", version, trace_version, tool, engine, file })?;
        Ok(Self { out, labels: Vec::new() })
    }

    fn record(&mut self, record: &Record<'_>) -> io::Result<()> {
        write(&mut self.out, record)
    }
}

fn write(out: &mut impl Write, record: &Record<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

impl<W: Write> Form for JsonLines<W> {
    fn label(&mut self, number: u32, name: &str) -> io::Result<()> {
        self.labels.push(name.to_owned());
        self.record(&Record::Label { number, name })
    }

    fn function(&mut self, function: &Function) -> io::Result<()> {
        let identity = &function.identity;
        self.record(&Record::Prototype {
            number: function.number,
            source: Bytes::of(&identity.source),
            line_defined: identity.line_defined,
            last_line_defined: identity.last_line_defined,
            code: format!("{:016x}", identity.code),
        })
    }

    fn begun(&mut self, step: &Step, function: &Function) -> io::Result<()> {
        let taken = |(place, value)| Taken::of(operand(Instruction(step.word), place), Value::of(value, &self.labels));
        let operands = step.operands.iter().enumerate().map(taken).collect();
        let text = instruction(step.word);
        let record = Record::Begun {
            sequence: step.sequence,
            thread: step.thread,
            depth: step.depth,
            prototype: function.number,
            pc: step.pc,
            line: step.line,
            word: step.word,
            instruction: text.split_whitespace().collect::<Vec<_>>().join(" "),
            operands,
            operand_count: step.count,
        };
        write(&mut self.out, &record)
    }

    fn ended(&mut self, end: &StepEnd) -> io::Result<()> {
        let record = Record::Ended {
            sequence: end.sequence,
            how: format!("{:?}", end.how).to_lowercase(),
            written: end.written.iter().map(|(register, value)| Written::of(*register, value, &self.labels)).collect(),
            written_count: end.count,
        };
        write(&mut self.out, &record)
    }

    fn close(&mut self, close: &Close, counts: Counts) -> io::Result<()> {
        let (how, message, exit_code) = ending(close);
        self.record(&Record::End { how, message, exit_code, executed: counts.executed, shown: counts.shown })?;
        self.out.flush()
    }
}

/// How it ended in a word, with a message and an exit code where there is one.
fn ending(close: &Close) -> (&'static str, Option<Bytes<'_>>, Option<i32>) {
    match close {
        Close::Cut => ("cut", None, None),
        Close::BrokeOff(message) => ("broke-off", Some(Bytes::of(message.as_bytes())), None),
        Close::Ended(ending) => match ending {
            Ending::Returned(_) => ("returned", None, None),
            Ending::Raised { value: Snapshot::String(message), .. } => ("raised", Some(Bytes::of(message)), None),
            Ending::Raised { .. } => ("raised", None, None),
            Ending::Refused(message) => ("refused", Some(Bytes::of(message)), None),
            Ending::Exited(code) => ("exited", None, Some(*code)),
            Ending::OverBudget => ("over-budget", None, None),
            Ending::OverMemory => ("over-memory", None, None),
            Ending::Crashed(note) => ("crashed", Some(Bytes::of(note.as_bytes())), None),
            Ending::TimedOut => ("timed-out", None, None),
        },
    }
}

/// A line.
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
enum Record<'a> {
    Header {
        format: &'static str,
        version: u32,
        trace_version: u32,
        tool: &'static str,
        engine: &'a str,
        file: Bytes<'a>,
    },
    Label {
        number: u32,
        name: &'a str,
    },
    Prototype {
        number: u32,
        source: Bytes<'a>,
        line_defined: u32,
        last_line_defined: u32,
        code: String,
    },
    Begun {
        sequence: u64,
        thread: u32,
        depth: u32,
        prototype: u32,
        pc: u32,
        line: Option<u32>,
        word: u32,
        instruction: String,
        operands: Vec<Taken<'a>>,
        operand_count: u32,
    },
    Ended {
        sequence: u64,
        how: String,
        written: Vec<Written<'a>>,
        written_count: u32,
    },
    End {
        how: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<Bytes<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        exit_code: Option<i32>,
        executed: u64,
        shown: u64,
    },
}

/// An operand, with what it comes from.
#[derive(Serialize)]
struct Taken<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constant: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upvalue: Option<usize>,
    value: Value<'a>,
}

impl<'a> Taken<'a> {
    fn of(operand: Option<Operand>, value: Value<'a>) -> Self {
        let mut taken = Self { register: None, constant: None, upvalue: None, value };
        match operand {
            Some(Operand::Register(register)) => taken.register = Some(register),
            Some(Operand::Constant(constant)) => taken.constant = Some(constant),
            Some(Operand::Upvalue(upvalue)) => taken.upvalue = Some(upvalue),
            None => {}
        }
        taken
    }
}

/// A register with what was written to it.
#[derive(Serialize)]
struct Written<'a> {
    register: u32,
    value: Value<'a>,
}

impl<'a> Written<'a> {
    fn of(register: u32, datum: &'a Datum, labels: &'a [String]) -> Self {
        Self { register, value: Value::of(datum, labels) }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Value<'a> {
    Nil,
    Boolean {
        value: bool,
    },
    Number {
        value: Number,
    },
    String {
        value: Bytes<'a>,
        /// These two for long strings, of which only the beginning is there.
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
    },
    Table(Object<'a>),
    Function(Object<'a>),
    Userdata(Object<'a>),
    Thread(Object<'a>),
    LightUserdata(Object<'a>),
}

#[derive(Serialize)]
struct Object<'a> {
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

impl<'a> Value<'a> {
    fn of(datum: &'a Datum, labels: &'a [String]) -> Self {
        match datum {
            Datum::Nil => Self::Nil,
            Datum::Boolean(value) => Self::Boolean { value: *value },
            Datum::Number(bits) => Self::Number { value: Number::of(f64::from_bits(*bits)) },
            Datum::String { start, length, hash } => Self::String {
                value: Bytes::of(start),
                length: hash.map(|_| *length),
                hash: hash.map(|hash| format!("{hash:016x}")),
            },
            Datum::Object(kind, number) => {
                let label = labels.get(*number as usize).map(String::as_str);
                let object = Object { number: *number, label };
                match kind {
                    Kind::Table => Self::Table(object),
                    Kind::Function => Self::Function(object),
                    Kind::Userdata => Self::Userdata(object),
                    Kind::Thread => Self::Thread(object),
                    Kind::LightUserdata => Self::LightUserdata(object),
                }
            }
        }
    }
}

/// A number as JSON can carry it; in words where it cannot, or where readers lose something of it.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Number {
    Integer(i64),
    Float(f64),
    Word(&'static str),
}

impl Number {
    fn of(number: f64) -> Self {
        match number {
            number if number.is_nan() => Self::Word(if number.is_sign_negative() { "-nan" } else { "nan" }),
            number if number.is_infinite() => Self::Word(if number < 0.0 { "-inf" } else { "inf" }),
            number if number == 0.0 && number.is_sign_negative() => Self::Word("-0"),
            number if number.fract() == 0.0 && number.abs() <= LARGEST_INTEGER => Self::Integer(number as i64),
            number => Self::Float(number),
        }
    }
}

/// Bytes that are mostly text: a JSON string if they are UTF-8, `{"hex": "…"}` if they are not.
#[derive(Debug)]
enum Bytes<'a> {
    Text(&'a str),
    Other(&'a [u8]),
}

impl<'a> Bytes<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        std::str::from_utf8(bytes).map_or(Self::Other(bytes), Self::Text)
    }
}

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Hexadecimal {
            hex: String,
        }
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Other(bytes) => {
                let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                Hexadecimal { hex }.serialize(serializer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(datum: &Datum) -> String {
        serde_json::to_string(&Value::of(datum, &["_G".to_owned()])).expect("it can be written")
    }

    #[test]
    fn numbers_come_back_with_all_their_bits() {
        for number in [0.1 + 0.2, 5e-324, f64::MAX, -1e300, 1e15, 9_007_199_254_740_993.0, -42.0, 1.5e17] {
            let written = serde_json::to_string(&Number::of(number)).expect("it can be written");
            assert_eq!(written.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()), "{written}");
            let read: f64 = serde_json::from_str(&written).expect("a number");
            assert_eq!(read.to_bits(), number.to_bits(), "{written}");
        }
        let words =
            [(f64::NAN, "nan"), (-f64::NAN, "-nan"), (f64::INFINITY, "inf"), (-f64::INFINITY, "-inf"), (-0.0, "-0")];
        for (number, word) in words {
            assert_eq!(Number::of(number), Number::Word(word));
        }
    }

    #[test]
    fn values_say_their_type() {
        let string = |start: &[u8], hash| Datum::String { start: start.to_vec(), length: 99, hash };
        assert_eq!(text(&Datum::Nil), r#"{"type":"nil"}"#);
        assert_eq!(text(&Datum::Number(2.0_f64.to_bits())), r#"{"type":"number","value":2}"#);
        assert_eq!(text(&string(b"nan\n", None)), r#"{"type":"string","value":"nan\n"}"#);
        assert_eq!(text(&string(b"\xFF\0a", None)), r#"{"type":"string","value":{"hex":"ff0061"}}"#);
        assert_eq!(
            text(&string(b"a", Some(7))),
            r#"{"type":"string","value":"a","length":99,"hash":"0000000000000007"}"#
        );
        assert_eq!(text(&Datum::Object(Kind::Table, 0)), r#"{"type":"table","number":0,"label":"_G"}"#);
        assert_eq!(text(&Datum::Object(Kind::LightUserdata, 1)), r#"{"type":"light-userdata","number":1}"#);
    }
}
