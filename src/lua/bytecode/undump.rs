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
    let mut reader = Reader { rest: bytes, levels, block_limit, check };
    reader.chunk().map_err(|kind| ChunkError::new(kind, chunk_name))
}

/// [`undump`] without the verifier: for who wants to know what is wrong with a chunk. What it gives is not to be run.
///
/// # Errors
///
/// What is no chunk at all.
pub fn decode(bytes: &[u8], chunk_name: &[u8]) -> Result<Prototype, ChunkError> {
    let mut reader = Reader { rest: bytes, levels: 0, block_limit: DEFAULT_BLOCK_LIMIT, check: |_| Ok(()) };
    reader.chunk().map_err(|kind| ChunkError::new(kind, chunk_name))
}

fn check(prototype: &Prototype) -> Read<()> {
    Ok(verify(prototype)?)
}

struct Reader<'b> {
    rest: &'b [u8],
    levels: u32,
    block_limit: u64,
    /// What every function must pass.
    check: fn(&Prototype) -> Read<()>,
}

type Read<T> = Result<T, ChunkErrorKind>;

impl<'b> Reader<'b> {
    fn chunk(&mut self) -> Read<Prototype> {
        if self.block(CHUNK_HEADER.len() as u64)? != CHUNK_HEADER {
            return Err(ChunkErrorKind::BadHeader);
        }
        self.function(&Bytes::from(&b"=?"[..]))
    }

    /// Reads and checks one function. Recursion is bounded by [`MAX_C_LEVELS`].
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
        (self.check)(&prototype)?;
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

#[cfg(test)]
mod tests {
    use super::super::{Flaw, Opcode, dump, sample};
    use super::*;

    fn complaint(bytes: &[u8]) -> String {
        let error = undump(bytes, b"=c", 0).expect_err("the chunk is malformed");
        String::from_utf8(error.message).expect("the message is text").replace(" in precompiled chunk", "")
    }

    /// A function that only returns, with everything before its code.
    fn chunk_with(after_the_code: &[u8]) -> Vec<u8> {
        let main = Prototype {
            code: vec![Instruction::abc(Opcode::Return, 0, 1, 0)],
            max_stack_size: 2,
            ..Prototype::default()
        };
        let mut bytes = dump(&main, true);
        bytes.truncate(bytes.len() - 5 * 4);
        bytes.extend_from_slice(after_the_code);
        bytes
    }

    fn nested(levels: usize) -> Prototype {
        let mut function = Prototype {
            code: vec![Instruction::abc(Opcode::Return, 0, 1, 0)],
            max_stack_size: 2,
            ..Prototype::default()
        };
        for _ in 1..levels {
            function = Prototype { prototypes: vec![Arc::new(function.clone())], ..function };
        }
        function
    }

    #[test]
    fn reads_every_field() {
        let main = sample::main_function();
        assert_eq!((main.line_defined, main.last_line_defined, main.max_stack_size), (0, 0, 2));
        let function = &main.prototypes[0];
        assert_eq!((function.line_defined, function.last_line_defined), (2, 5));
        let header = (function.upvalue_count, function.parameter_count, function.vararg_flags, function.max_stack_size);
        assert_eq!(header, (1, 1, 7, 7));
        assert_eq!(function.source.as_deref(), Some(&b"=stdin"[..]), "inherited from the main function");
        assert!(matches!(&function.constants[0], Constant::String(bytes) if **bytes == *b"q\0\n\xFF"));
        assert!(matches!(main.constants[0], Constant::Number(number) if number == -0.5));
        assert_eq!(function.line_info.last(), Some(&5));
        assert_eq!(function.upvalue_names, [Some(Bytes::from(&b"up"[..]))]);
        let last = LocalVariable { name: Some(Bytes::from(&b"t"[..])), start_pc: 6, end_pc: 12 };
        assert_eq!(function.locals.last(), Some(&last));
    }

    #[test]
    fn every_truncation_is_an_unexpected_end_and_says_how_much_is_missing_at_least() {
        let chunk = sample::chunk();
        for length in 0..chunk.len() {
            let error = undump(&chunk[..length], b"=c", 0).expect_err("the chunk is truncated");
            assert_eq!(error.message, b"c: unexpected end in precompiled chunk");
            let ChunkErrorKind::UnexpectedEnd { missing } = error.kind else { panic!("{:?}", error.kind) };
            assert!(missing > 0 && missing <= (chunk.len() - length) as u64);
        }
    }

    #[test]
    fn trailing_bytes_are_ignored() {
        let mut chunk = sample::chunk();
        chunk.extend_from_slice(b"anything");
        assert_eq!(dump(&undump(&chunk, b"=c", 0).expect("the chunk is valid"), false), sample::chunk());
    }

    #[test]
    fn every_byte_of_the_header_counts() {
        for position in 0..CHUNK_HEADER.len() {
            let mut chunk = sample::chunk();
            chunk[position] ^= 0x10;
            assert_eq!(complaint(&chunk), "c: bad header");
        }
    }

    #[test]
    fn malformed_constants_and_integers() {
        assert_eq!(complaint(&chunk_with(b"\x01\0\0\0\x02")), "c: bad constant");
        assert_eq!(complaint(&chunk_with(b"\x01\0\0\0\x05")), "c: bad constant");
        assert_eq!(complaint(&chunk_with(b"\xFF\xFF\xFF\xFF")), "c: bad integer");
        let null_string =
            undump(&chunk_with(b"\x01\0\0\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), b"=c", 0);
        assert!(matches!(null_string.expect("accepted").constants[..], [Constant::NullString]));
    }

    #[test]
    fn claimed_sizes_are_not_believed() {
        assert_eq!(complaint(&chunk_with(b"\0\0\0\x20")), "c: unexpected end");
        assert_eq!(complaint(&chunk_with(b"\xFF\xFF\xFF\x7F")), "not enough memory");
        let string_of_size = |size: u64| complaint(&[&CHUNK_HEADER[..], &size.to_le_bytes()].concat());
        assert_eq!(string_of_size(1 << 30), "c: unexpected end");
        assert_eq!(string_of_size(1 << 60), "not enough memory");
        assert_eq!(string_of_size(u64::MAX - 3), "not enough memory");
        assert_eq!(string_of_size(u64::MAX - 2), "memory allocation error: block too big");
        assert_eq!(string_of_size(u64::MAX - 1), "memory allocation error: block too big");
        assert_eq!(string_of_size(u64::MAX), "not enough memory");
        let limited =
            undump_within(&chunk_with(b"\x64\0\0\0"), b"=c", 0, 1599).expect_err("100 constants take 1600 bytes");
        assert_eq!(limited.kind, ChunkErrorKind::NotEnoughMemory);
    }

    #[test]
    fn nesting_is_bounded_by_the_levels_left() {
        let deepest = dump(&nested(200), true);
        assert!(undump(&deepest, b"=c", 0).is_ok());
        let error = undump(&deepest, b"=c", 1).expect_err("one level too many");
        assert_eq!(error.message, b"c: code too deep in precompiled chunk");
        assert_eq!(complaint(&dump(&nested(201), true)), "c: code too deep");
    }

    #[test]
    fn siblings_do_not_add_up() {
        let mut main = nested(1);
        let sibling = Arc::new(nested(1));
        main.prototypes = vec![sibling; 300];
        assert!(undump(&dump(&main, true), b"=c", 0).is_ok());
    }

    #[test]
    fn bad_code_is_found_in_a_nested_function_before_what_follows_it_is_read() {
        let mut main = nested(2);
        main.prototypes = vec![Arc::new(Prototype { max_stack_size: 0, line_defined: 7, ..nested(1) })];
        let mut chunk = dump(&main, true);
        chunk.truncate(chunk.len() - 12);
        let error = undump(&chunk, b"=c", 0).expect_err("a frame without registers");
        assert_eq!(error.message, b"c: bad code in precompiled chunk");
        let ChunkErrorKind::BadCode(reason) = error.kind else { panic!("{:?}", error.kind) };
        assert_eq!((reason.line_defined, reason.pc, reason.flaw), (7, Some(0), Flaw::RegisterOutsideFrame(0)));
    }
}
