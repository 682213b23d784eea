//! What passes between a [`WorkerEngine`](super::WorkerEngine) and its process: frames of a length and a payload, and
//! the encoding of requests and answers in a payload.
//!
//! Both ends are always the same build, so the encoding carries no version; byte strings travel as they are. Nothing
//! here knows about processes. A payload that makes no sense is an error, never a panic: the other end may have died in
//! the middle of anything.

use std::io::{self, Read, Write};

use super::{CompileFailure, Ending, Limits, Program, Run, Snapshot};

/// A longer frame than this is not a frame but garbage read as a length.
const MAX_FRAME: u64 = 4 << 30;

/// What the parent asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    Compile { source: Vec<u8>, name: Vec<u8> },
    Run { program: Program, limits: Limits },
}

/// What the worker answers. `Ready` is sent once, unasked, when the engine stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Ready { engine: String },
    Compiled(Result<Vec<u8>, CompileFailure>),
    Ran(Run),
}

/// Writes a frame and flushes it.
pub fn write_frame(writer: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    writer.write_all(&(payload.len() as u64).to_le_bytes())?;
    writer.write_all(payload)?;
    writer.flush()
}

/// Reads a frame; `None` if the stream ends before its first byte.
pub fn read_frame(reader: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut first = [0; 1];
    if reader.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut rest = [0; 7];
    reader.read_exact(&mut rest)?;
    let mut length = [0; 8];
    let (low, high) = length.split_at_mut(1);
    low.copy_from_slice(&first);
    high.copy_from_slice(&rest);
    let length = u64::from_le_bytes(length);
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut payload = Vec::new();
    if reader.take(length).read_to_end(&mut payload)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(payload))
}

/// Something that can be written into a payload and read back from it.
pub trait Wire: Sized {
    fn put(&self, out: &mut Vec<u8>);

    /// The value at the head of `input`, which is moved past it; `None` if there is no such value.
    fn get(input: &mut &[u8]) -> Option<Self>;

    fn to_payload(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(&mut out);
        out
    }

    /// The value that takes up the whole payload.
    fn from_payload(mut payload: &[u8]) -> io::Result<Self> {
        match Self::get(&mut payload) {
            Some(value) if payload.is_empty() => Ok(value),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, "a frame that makes no sense")),
        }
    }
}

impl Wire for u8 {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        let (first, rest) = input.split_first()?;
        *input = rest;
        Some(*first)
    }
}

impl Wire for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        let (head, rest) = input.split_first_chunk()?;
        *input = rest;
        Some(u64::from_le_bytes(*head))
    }
}

impl Wire for Vec<u8> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend_from_slice(self);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        let length = usize::try_from(u64::get(input)?).ok()?;
        let (head, rest) = input.split_at_checked(length)?;
        *input = rest;
        Some(head.to_vec())
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_bytes().to_vec().put(out);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        String::from_utf8(Vec::get(input)?).ok()
    }
}

/// A list of things that are more than bytes.
fn put_list<T: Wire>(list: &[T], out: &mut Vec<u8>) {
    (list.len() as u64).put(out);
    for item in list {
        item.put(out);
    }
}

fn get_list<T: Wire>(input: &mut &[u8]) -> Option<Vec<T>> {
    let length = u64::get(input)?;
    // No capacity from a length that may be garbage: collecting stops at the first missing item.
    (0..length).map(|_| T::get(input)).collect()
}

impl Wire for Limits {
    fn put(&self, out: &mut Vec<u8>) {
        self.instructions.put(out);
        self.memory.put(out);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(Self { instructions: u64::get(input)?, memory: u64::get(input)? })
    }
}

impl Wire for Program {
    fn put(&self, out: &mut Vec<u8>) {
        self.chunk.put(out);
        self.name.put(out);
        put_list(&self.arguments, out);
        self.script.put(out);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(Self {
            chunk: Vec::get(input)?,
            name: Vec::get(input)?,
            arguments: get_list(input)?,
            script: Vec::get(input)?,
        })
    }
}

impl Wire for Snapshot {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Nil => 0u8.put(out),
            Self::Boolean(value) => (1 + u8::from(*value)).put(out),
            Self::Number(bits) => {
                3u8.put(out);
                bits.put(out);
            }
            Self::String(bytes) => {
                4u8.put(out);
                bytes.put(out);
            }
            Self::Object { kind, address } => {
                5u8.put(out);
                kind.put(out);
                address.put(out);
            }
        }
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::get(input)? {
            0 => Self::Nil,
            1 => Self::Boolean(false),
            2 => Self::Boolean(true),
            3 => Self::Number(u64::get(input)?),
            4 => Self::String(Vec::get(input)?),
            5 => Self::Object { kind: String::get(input)?, address: u64::get(input)? },
            _ => return None,
        })
    }
}

impl Wire for Ending {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Returned(values) => {
                0u8.put(out);
                put_list(values, out);
            }
            Self::Raised { value, traceback } => {
                1u8.put(out);
                value.put(out);
                traceback.put(out);
            }
            Self::Refused(message) => {
                2u8.put(out);
                message.put(out);
            }
            Self::OverBudget => 3u8.put(out),
            Self::OverMemory => 4u8.put(out),
            Self::Crashed(note) => {
                5u8.put(out);
                note.put(out);
            }
            Self::TimedOut => 6u8.put(out),
            Self::Exited(code) => {
                7u8.put(out);
                u64::from(code.cast_unsigned()).put(out);
            }
        }
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::get(input)? {
            0 => Self::Returned(get_list(input)?),
            1 => Self::Raised { value: Snapshot::get(input)?, traceback: Vec::get(input)? },
            2 => Self::Refused(Vec::get(input)?),
            3 => Self::OverBudget,
            4 => Self::OverMemory,
            5 => Self::Crashed(String::get(input)?),
            6 => Self::TimedOut,
            7 => Self::Exited(u32::try_from(u64::get(input)?).ok()?.cast_signed()),
            _ => return None,
        })
    }
}

impl Wire for Run {
    fn put(&self, out: &mut Vec<u8>) {
        self.output.put(out);
        self.ending.put(out);
        self.instructions.put(out);
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(Self { output: Vec::get(input)?, ending: Ending::get(input)?, instructions: u64::get(input)? })
    }
}

impl Wire for Result<Vec<u8>, CompileFailure> {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Ok(chunk) => {
                0u8.put(out);
                chunk.put(out);
            }
            Err(CompileFailure::Refused(message)) => {
                1u8.put(out);
                message.put(out);
            }
            Err(CompileFailure::OverMemory) => 2u8.put(out),
            Err(CompileFailure::Crashed(note)) => {
                3u8.put(out);
                note.put(out);
            }
            Err(CompileFailure::TimedOut) => 4u8.put(out),
        }
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::get(input)? {
            0 => Ok(Vec::get(input)?),
            1 => Err(CompileFailure::Refused(Vec::get(input)?)),
            2 => Err(CompileFailure::OverMemory),
            3 => Err(CompileFailure::Crashed(String::get(input)?)),
            4 => Err(CompileFailure::TimedOut),
            _ => return None,
        })
    }
}

impl Wire for Request {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Compile { source, name } => {
                0u8.put(out);
                source.put(out);
                name.put(out);
            }
            Self::Run { program, limits } => {
                1u8.put(out);
                program.put(out);
                limits.put(out);
            }
        }
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::get(input)? {
            0 => Self::Compile { source: Vec::get(input)?, name: Vec::get(input)? },
            1 => Self::Run { program: Program::get(input)?, limits: Limits::get(input)? },
            _ => return None,
        })
    }
}

impl Wire for Answer {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Ready { engine } => {
                0u8.put(out);
                engine.put(out);
            }
            Self::Compiled(result) => {
                1u8.put(out);
                result.put(out);
            }
            Self::Ran(run) => {
                2u8.put(out);
                run.put(out);
            }
        }
    }

    fn get(input: &mut &[u8]) -> Option<Self> {
        Some(match u8::get(input)? {
            0 => Self::Ready { engine: String::get(input)? },
            1 => Self::Compiled(Wire::get(input)?),
            2 => Self::Ran(Run::get(input)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Vec<Answer> {
        let object = Snapshot::Object { kind: "table".into(), address: u64::MAX };
        let values = vec![
            Snapshot::Nil,
            Snapshot::Boolean(false),
            Snapshot::Boolean(true),
            Snapshot::Number((-0.0f64).to_bits()),
            Snapshot::String(vec![0, 255, b'\n']),
            object.clone(),
        ];
        let endings = [
            Ending::Returned(values),
            Ending::Raised { value: object, traceback: b"stack traceback:".to_vec() },
            Ending::Refused(b"no".to_vec()),
            Ending::OverBudget,
            Ending::OverMemory,
            Ending::Crashed("signal 11 (SIGSEGV)".into()),
            Ending::TimedOut,
            Ending::Exited(-3),
        ];
        let mut answers: Vec<Answer> = endings
            .into_iter()
            .map(|ending| Answer::Ran(Run { output: b"x\0".to_vec(), ending, instructions: 1 << 40 }))
            .collect();
        answers.push(Answer::Ready { engine: "ferrous".into() });
        for failure in [
            CompileFailure::Refused(b"m".to_vec()),
            CompileFailure::OverMemory,
            CompileFailure::Crashed("n".into()),
            CompileFailure::TimedOut,
        ] {
            answers.push(Answer::Compiled(Err(failure)));
        }
        answers.push(Answer::Compiled(Ok(vec![0x1B, 0])));
        answers
    }

    fn requests() -> [Request; 2] {
        let program = Program {
            chunk: b"return ...".to_vec(),
            name: b"@x.lua".to_vec(),
            arguments: vec![b"a".to_vec(), Vec::new()],
            script: b"x.lua".to_vec(),
        };
        [
            Request::Compile { source: b"x".to_vec(), name: b"=n".to_vec() },
            Request::Run { program, limits: Limits { instructions: 1, memory: 2 } },
        ]
    }

    #[test]
    fn everything_comes_back() {
        for answer in answers() {
            assert_eq!(Answer::from_payload(&answer.to_payload()).expect("decodes"), answer);
        }
        for request in requests() {
            assert_eq!(Request::from_payload(&request.to_payload()).expect("decodes"), request);
        }
    }

    #[test]
    fn a_cut_or_lengthened_payload_is_refused() {
        for payload in answers().iter().map(Wire::to_payload) {
            for length in 0..payload.len() {
                assert!(Answer::from_payload(&payload[..length]).is_err());
            }
            let longer = [payload.as_slice(), &[0]].concat();
            assert!(Answer::from_payload(&longer).is_err());
        }
    }

    #[test]
    fn frames_end_cleanly_or_with_an_error() {
        let mut stream = Vec::new();
        write_frame(&mut stream, b"abc").expect("a vector takes everything");
        let mut whole = stream.as_slice();
        assert_eq!(read_frame(&mut whole).expect("a frame"), Some(b"abc".to_vec()));
        assert_eq!(read_frame(&mut whole).expect("the end"), None);
        for length in 1..stream.len() {
            assert!(read_frame(&mut &stream[..length]).is_err());
        }
        assert!(read_frame(&mut [255; 16].as_slice()).is_err());
    }
}
