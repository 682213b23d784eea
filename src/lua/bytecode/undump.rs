//! Binary chunk to verified prototype, with the reference's decisions and error messages (`luaU_undump`).
//!
//! It must not know who loads the chunk or what the VM does with it. The input is hostile: no size that it claims is believed
//! before the bytes are there.

use std::sync::Arc;

use super::dump::{CHUNK_HEADER, TAG_BOOLEAN, TAG_NIL, TAG_NUMBER, TAG_STRING};
use super::{Bytes, ChunkError, ChunkErrorKind, Constant, Instruction, LocalVariable, Prototype, verify};

/// How many C levels a state may use at once (`LUAI_MAXCCALLS`); a nested function takes one while it is read.
pub const MAX_C_LEVELS: u32 = 200;

/// What [`undump`] takes for the largest block that the reference's allocator can provide.
///
/// The reference has no limit of its own: it is the machine's. This one is that of a common machine.
pub const DEFAULT_BLOCK_LIMIT: u64 = 1 << 34;

/// The prototype in a binary chunk, with every function in it verified. Bytes after the chunk are ignored.
///
/// `chunk_name` is the name given to the loader, with its `@` or `=`; it serves the messages alone. `levels` is how many C
/// levels are in use (`nCcalls` of the reference), which bounds how deep functions may nest.
///
/// # Errors
///
/// What the reference reports for the same bytes; see [`ChunkErrorKind`].
pub fn undump(bytes: &[u8], chunk_name: &[u8], levels: u32) -> Result<Prototype, ChunkError> {
    undump_within(bytes, chunk_name, levels, DEFAULT_BLOCK_LIMIT)
}

/// [`undump`] where the reference could allocate no block larger than `block_limit` bytes.
///
/// The reference allocates what a chunk claims before it finds the input too short, so the limit decides whether that is
/// "not enough memory" or "unexpected end". Nothing is allocated here for a mere claim.
///
/// # Errors
///
/// As [`undump`].
pub fn undump_within(bytes: &[u8], chunk_name: &[u8], levels: u32, block_limit: u64) -> Result<Prototype, ChunkError> {
    let mut reader = Reader { rest: bytes, levels, block_limit };
    reader.chunk().map_err(|kind| ChunkError::new(kind, chunk_name))
}

struct Reader<'b> {
    rest: &'b [u8],
    levels: u32,
    block_limit: u64,
}

type Read<T> = Result<T, ChunkErrorKind>;

impl<'b> Reader<'b> {
    fn chunk(&mut self) -> Read<Prototype> {
        if self.block(CHUNK_HEADER.len() as u64)? != CHUNK_HEADER {
            return Err(ChunkErrorKind::BadHeader);
        }
        self.function(&Bytes::from(&b"=?"[..]))
    }

    /// Reads and verifies one function. Recursion is bounded by [`MAX_C_LEVELS`].
    fn function(&mut self, parent_source: &Bytes) -> Read<Prototype> {
        if self.levels >= MAX_C_LEVELS {
            return Err(ChunkErrorKind::CodeTooDeep);
        }
        self.levels += 1;
        let source = self.string()?.unwrap_or_else(|| parent_source.clone());
        let mut prototype = Prototype {
            line_defined: self.int()?,
            last_line_defined: self.int()?,
            upvalue_count: self.byte()?,
            parameter_count: self.byte()?,
            vararg_flags: self.byte()?,
            max_stack_size: self.byte()?,
            code: self.words()?.map(|word| Instruction(u32::from_le_bytes(word))).collect(),
            constants: self.vector(16, Self::constant)?,
            ..Prototype::default()
        };
        prototype.prototypes = self.vector(8, |reader| reader.function(&source).map(Arc::new))?;
        prototype.line_info = self.words()?.map(i32::from_le_bytes).collect();
        prototype.locals = self.vector(16, Self::local)?;
        prototype.upvalue_names = self.vector(8, Self::string)?;
        prototype.source = Some(source);
        verify(&prototype)?;
        self.levels -= 1;
        Ok(prototype)
    }

    fn constant(&mut self) -> Read<Constant> {
        match self.byte()? {
            TAG_NIL => Ok(Constant::Nil),
            TAG_BOOLEAN => Ok(Constant::Boolean(self.byte()? != 0)),
            TAG_NUMBER => Ok(Constant::Number(f64::from_bits(u64::from_le_bytes(self.array()?)))),
            TAG_STRING => Ok(self.string()?.map_or(Constant::NullString, Constant::String)),
            tag => Err(ChunkErrorKind::BadConstant(tag)),
        }
    }

    fn local(&mut self) -> Read<LocalVariable> {
        Ok(LocalVariable { name: self.string()?, start_pc: self.int()?, end_pc: self.int()? })
    }

    fn string(&mut self) -> Read<Option<Bytes>> {
        let size = u64::from_le_bytes(self.array()?);
        if size == 0 {
            return Ok(None);
        }
        self.allocate(size)?;
        let with_final_byte = self.block(size)?;
        Ok(with_final_byte.split_last().map(|(_, string)| Bytes::from(string)))
    }

    /// A counted vector whose elements take `element_size` bytes in the reference's memory.
    fn vector<T>(&mut self, element_size: u64, mut element: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.count(element_size)?;
        let mut elements = Vec::new();
        for _ in 0..count {
            elements.push(element(self)?);
        }
        Ok(elements)
    }

    /// A counted vector of 32-bit words.
    fn words(&mut self) -> Read<impl Iterator<Item = [u8; 4]> + use<'b>> {
        let count = self.count(4)?;
        let (words, _) = self.block(u64::from(count) * 4)?.as_chunks();
        Ok(words.iter().copied())
    }

    /// The number of elements of a vector, for which the reference would now find room.
    fn count(&mut self, element_size: u64) -> Read<u32> {
        let count = self.int()?.unsigned_abs();
        self.allocate(u64::from(count) * element_size)?;
        Ok(count)
    }

    fn int(&mut self) -> Read<i32> {
        let value = i32::from_le_bytes(self.array()?);
        if value < 0 { Err(ChunkErrorKind::BadInteger(value)) } else { Ok(value) }
    }

    fn byte(&mut self) -> Read<u8> {
        self.array().map(|[byte]| byte)
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        match self.rest.split_first_chunk() {
            Some((array, rest)) => {
                self.rest = rest;
                Ok(*array)
            }
            None => Err(ChunkErrorKind::UnexpectedEnd { missing: (N - self.rest.len()) as u64 }),
        }
    }

    fn block(&mut self, size: u64) -> Read<&'b [u8]> {
        let split = usize::try_from(size).ok().and_then(|size| self.rest.split_at_checked(size));
        let Some((block, rest)) = split else {
            return Err(ChunkErrorKind::UnexpectedEnd { missing: size - self.rest.len() as u64 });
        };
        self.rest = rest;
        Ok(block)
    }

    /// Whether the reference could get a block of this size, and what it says if not (`luaM_reallocv`).
    fn allocate(&self, size: u64) -> Read<()> {
        match size {
            _ if size <= self.block_limit => Ok(()),
            // The reference adds one before it compares with its largest size, so the very largest passes.
            0xFFFF_FFFF_FFFF_FFFD | 0xFFFF_FFFF_FFFF_FFFE => Err(ChunkErrorKind::BlockTooBig),
            _ => Err(ChunkErrorKind::NotEnoughMemory),
        }
    }
}
