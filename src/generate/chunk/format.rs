//! Which bytes of a dumped chunk are what. It takes chunks that were dumped, and knows nothing of what is wrong with others.

use std::ops::Range;

/// What bytes of a chunk stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Header,
    /// How many bytes a string has, its final zero included, or 0 for none.
    Size,
    Text,
    Line,
    /// How many upvalues, parameters and registers a function has, and its flags.
    Frame,
    /// How many elements a vector has.
    Count,
    Code,
    Tag,
    Boolean,
    Number,
    /// Where a local begins and ends.
    Extent,
}

/// Bytes that stand for one thing.
pub type Field = (Kind, Range<usize>);

/// The fields of a chunk, in their order, as far as they can be told apart.
pub fn fields(chunk: &[u8]) -> Vec<Field> {
    let mut walk = Walk { chunk, position: 0, fields: Vec::new() };
    // What ends too early has been taken apart up to there.
    let _ = walk.take(Kind::Header, 12).and_then(|_| walk.function());
    walk.fields
}

struct Walk<'c> {
    chunk: &'c [u8],
    position: usize,
    fields: Vec<Field>,
}

impl<'c> Walk<'c> {
    fn take(&mut self, kind: Kind, length: usize) -> Option<&'c [u8]> {
        let range = self.position..self.position.checked_add(length)?;
        let bytes = self.chunk.get(range.clone())?;
        self.position = range.end;
        if length > 0 {
            self.fields.push((kind, range));
        }
        Some(bytes)
    }

    fn function(&mut self) -> Option<()> {
        self.string()?;
        self.take(Kind::Line, 4)?;
        self.take(Kind::Line, 4)?;
        for _ in 0..4 {
            self.take(Kind::Frame, 1)?;
        }
        self.vector(|walk| walk.take(Kind::Code, 4).map(drop))?;
        self.vector(Self::constant)?;
        self.vector(Self::function)?;
        self.vector(|walk| walk.take(Kind::Line, 4).map(drop))?;
        self.vector(|walk| {
            walk.string()?;
            walk.take(Kind::Extent, 4)?;
            walk.take(Kind::Extent, 4).map(drop)
        })?;
        self.vector(Self::string)
    }

    fn vector(&mut self, element: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        let count = u32::from_le_bytes(self.take(Kind::Count, 4)?.try_into().ok()?);
        (0..count).try_for_each(|_| element(self))
    }

    fn string(&mut self) -> Option<()> {
        let size = u64::from_le_bytes(self.take(Kind::Size, 8)?.try_into().ok()?);
        self.take(Kind::Text, usize::try_from(size).ok()?).map(drop)
    }

    fn constant(&mut self) -> Option<()> {
        match self.take(Kind::Tag, 1)?.first()? {
            1 => self.take(Kind::Boolean, 1).map(drop),
            3 => self.take(Kind::Number, 8).map(drop),
            4 => self.string(),
            _ => Some(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::{Choices, bytes_of_seed};
    use super::super::building;
    use super::*;
    use crate::lua::bytecode::dump;

    #[test]
    fn every_byte_of_a_chunk_belongs_to_one_field() {
        let mut kinds = BTreeSet::new();
        for seed in 0..100 {
            let bytes = bytes_of_seed(seed);
            let chunk = dump(&building::build(&mut Choices::new(&bytes), 0, None), seed % 4 == 0);
            let fields = fields(&chunk);
            let ends = fields.iter().map(|(_, range)| range.end);
            let starts = fields.iter().map(|(_, range)| range.start);
            assert!(starts.skip(1).eq(ends.take(fields.len() - 1)), "seed {seed}");
            assert_eq!(fields.last().map(|(_, range)| range.end), Some(chunk.len()), "seed {seed}");
            kinds.extend(fields.into_iter().map(|(kind, _)| kind));
        }
        assert_eq!(kinds.len(), Kind::Extent as usize + 1, "{kinds:?}");
    }
}
