//! Inputs as files, so that a finding can be kept, read and replayed without the generator that made it.
//!
//! It knows nothing of headers and folders: those are the corpus's.

use serde::{Deserialize, Serialize};

use super::Input;
use crate::engine::BINARY_SIGNATURE;
use crate::oracle::{heap, library};

/// What comes between the part of a source text that runs before a state is copied, and the part that runs in the copy.
pub const COPIED: &[u8] = b"--[[ the state is copied here ]]";

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// Source text, `.lua`; with [`COPIED`] in a line of its own, both parts of a copy.
    Source,
    /// A binary chunk, `.luac`.
    Chunk,
    /// What a host does, `.host`, as [`heap::text`] prints it.
    Host,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Source, Self::Chunk, Self::Host];

    /// What the names of such files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Source => "lua",
            Self::Chunk => "luac",
            Self::Host => "host",
        }
    }
}

/// An input as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    pub kind: FileKind,
    pub bytes: Vec<u8>,
    /// The chunk name, if the input is a program that has one.
    pub chunk_name: Option<Vec<u8>>,
}

impl InputFile {
    /// The file of an input. A call becomes the program that makes it.
    pub fn of(input: &Input) -> Self {
        match input {
            Input::Copies { before, after } => {
                let bytes = [before.as_slice(), b"\n", COPIED, b"\n", after.as_slice()].concat();
                Self { kind: FileKind::Source, bytes, chunk_name: None }
            }
            Input::Program(program) => {
                let kind =
                    if program.chunk.first() == Some(&BINARY_SIGNATURE) { FileKind::Chunk } else { FileKind::Source };
                Self { kind, bytes: program.chunk.clone(), chunk_name: Some(program.name.clone()) }
            }
            Input::Call(call) => Self::of(&Input::Program(library::program(call))),
            Input::Host { stages, stress } => {
                Self { kind: FileKind::Host, bytes: heap::text::print(stages, *stress).into_bytes(), chunk_name: None }
            }
        }
    }

    /// The input in this file. Programs without a chunk name get this one.
    ///
    /// # Errors
    /// What about the content makes no sense, with the place.
    pub fn input(&self, chunk_name: &str) -> Result<Input, String> {
        match self.kind {
            FileKind::Source => match copied(&self.bytes) {
                Some((before, after)) => Ok(Input::Copies { before: before.to_vec(), after: after.to_vec() }),
                None => Ok(self.program(chunk_name)),
            },
            FileKind::Chunk if self.bytes.first() == Some(&BINARY_SIGNATURE) => Ok(self.program(chunk_name)),
            FileKind::Host => {
                let text = std::str::from_utf8(&self.bytes).map_err(|error| format!("it is no text: {error}"))?;
                let (stages, stress) = heap::text::parse(text).map_err(|error| error.to_string())?;
                Ok(Input::Host { stages, stress })
            }
            FileKind::Chunk => Err("it is no binary chunk: the first byte is not 1B".into()),
        }
    }

    fn program(&self, chunk_name: &str) -> Input {
        let mut input = Input::program(self.bytes.clone(), chunk_name);
        if let (Input::Program(program), Some(name)) = (&mut input, &self.chunk_name) {
            program.name.clone_from(name);
        }
        input
    }
}

/// What comes before and after the line that says where the state is copied.
fn copied(source: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = [b"\n", COPIED, b"\n"].concat();
    let at = source.windows(line.len()).position(|window| window == line)?;
    Some((&source[..at], &source[at + line.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::heap::Stress;
    use crate::oracle::heap::{Afterwards, Operation, Stage};

    #[test]
    fn an_input_comes_back_as_it_was() {
        for input in [
            Input::program(b"return 1".to_vec(), "@a.lua"),
            Input::program(b"\x1bLua\0\xff".to_vec(), "=b"),
            Input::Host {
                stages: vec![Stage {
                    operations: vec![Operation::NewTable],
                    commits: true,
                    room: None,
                    afterwards: Afterwards::Collect,
                }],
                stress: Stress::Steps,
            },
            Input::Copies { before: b"x = 1\n".to_vec(), after: b"return x".to_vec() },
        ] {
            let file = InputFile::of(&input);
            let again = file.input("@file.lua").expect("an input");
            let (Some(one), Some(other)) = (input.as_program(), again.as_program()) else {
                assert_eq!(again, input);
                continue;
            };
            assert_eq!((one.chunk, one.name), (other.chunk, other.name));
        }
        let silly = InputFile { kind: FileKind::Host, bytes: b"nothing".to_vec(), chunk_name: None };
        assert!(silly.input("=x").is_err_and(|error| error.contains("line 1")));
        let broken = InputFile { kind: FileKind::Chunk, bytes: b"return".to_vec(), chunk_name: None };
        assert!(broken.input("=x").is_err_and(|error| error.contains("no binary chunk")));
    }
}
