//! The parts of a binary chunk as Lua 5.1 writes it on a machine of 64 bits, up to where it is none.
//!
//! Those of one kind can stand in each other's place: the number of them stays what the chunk says. How chunks are changed so that they are
//! still accepted is for `generate` to know.

use crate::generate::{Construct, Span};

const HEADER: usize = 12;
/// Functions within functions that are looked at.
const MOST_LEVELS: usize = 64;

/// The parts of a chunk.
pub(super) fn spans(chunk: &[u8]) -> Vec<Span> {
    let mut reader = Reader { chunk, at: HEADER, spans: Vec::new() };
    // What is read until something is missing counts.
    let _ = reader.function(0);
    for at in 4..HEADER.min(chunk.len()) {
        reader.spans.push(Span { construct: "byte", range: at..at + 1 });
    }
    reader.spans
}

struct Reader<'c> {
    chunk: &'c [u8],
    at: usize,
    spans: Vec<Span>,
}

impl Reader<'_> {
    /// So many bytes, as a part.
    fn part(&mut self, construct: Construct, length: usize) -> Option<&[u8]> {
        let range = self.at..self.at.checked_add(length)?;
        let bytes = self.chunk.get(range.clone())?;
        self.at = range.end;
        if !range.is_empty() {
            self.spans.push(Span { construct, range });
        }
        Some(bytes)
    }

    fn integer(&mut self) -> Option<usize> {
        let bytes = self.part("integer", 4)?.try_into().ok()?;
        usize::try_from(i32::from_le_bytes(bytes)).ok()
    }

    /// Length and bytes.
    fn string(&mut self) -> Option<()> {
        let start = self.at;
        let length = u64::from_le_bytes(self.part("length", 8)?.try_into().ok()?);
        self.part("bytes", usize::try_from(length).ok()?)?;
        self.note("string", start)
    }

    fn note(&mut self, construct: Construct, start: usize) -> Option<()> {
        self.spans.push(Span { construct, range: start..self.at });
        Some(())
    }

    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        for _ in 0..self.integer()? {
            item(self)?;
        }
        Some(())
    }

    fn function(&mut self, level: usize) -> Option<()> {
        let start = self.at;
        self.string()?;
        self.integer()?;
        self.integer()?;
        for _ in 0..4 {
            self.part("byte", 1)?;
        }
        self.list(|reader| reader.part("instruction", 4).map(drop))?;
        self.list(Self::constant)?;
        if level < MOST_LEVELS {
            self.list(|reader| reader.function(level + 1))?;
        }
        self.list(|reader| reader.integer().map(drop))?;
        self.list(|reader| {
            reader.string()?;
            reader.integer()?;
            reader.integer().map(drop)
        })?;
        self.list(Self::string)?;
        self.note("function", start)
    }

    fn constant(&mut self) -> Option<()> {
        let start = self.at;
        match self.part("byte", 1)?[0] {
            0 => {}
            1 => drop(self.part("byte", 1)?),
            3 => drop(self.part("number", 8)?),
            4 => self.string()?,
            _ => return None,
        }
        self.note("constant", start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::engine::ferrous::FerrousEngine;

    #[test]
    fn a_chunk_is_read_to_its_end() {
        let source = b"local a, b = 1.5, 'text' return function(...) return a, b, true, nil, 'text' end";
        let chunk = FerrousEngine::new().compile(source, b"@x").expect("accepted");
        let spans = spans(&chunk);
        let count = |construct| spans.iter().filter(|span| span.construct == construct).count();
        assert_eq!(count("function"), 2);
        assert!(spans.iter().any(|span| span.construct == "function" && span.range == (HEADER..chunk.len())));
        assert_eq!(count("constant"), 3);
        assert!(count("instruction") > 8);
    }

    #[test]
    fn what_is_no_chunk_has_the_parts_that_it_has() {
        for bytes in
            [&b""[..], b"\x1bLua", &[0xff; 40], b"\x1bLuaQ\0\x01\x04\x08\x04\x08\0\xff\xff\xff\xff\xff\xff\xff\xff"]
        {
            assert!(spans(bytes).iter().all(|span| span.range.end <= bytes.len()));
        }
    }
}
