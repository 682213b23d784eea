//! Runs as sources of blocks: pulled, so that a run is never far ahead of who compares it, and two runs of any length can be
//! compared in bounded memory.
//!
//! Where the blocks come from (a thread, a process) is the business of who holds the other end; what they are compared for is
//! not known here.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::recorder::Block;

/// How many blocks a run may be ahead.
pub const AHEAD: u64 = 64;
/// How many of the blocks that were pulled are kept.
const KEPT: usize = 8;
/// No block is larger: one event, which may hold the text of a chunk, goes beyond the size at which a block is full.
const LARGEST: u32 = 1 << 30;

/// What comes next in a pipe: nothing, or a block.
const END: u8 = 0;
const BLOCK: u8 = 1;
/// The numbers of a block: its first instruction, how many begin in it, its digest, and its length in bytes.
const NUMBERS: usize = 28;

/// A block on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedBlock {
    /// The sequence number of the first instruction that begins in it.
    pub first: u64,
    /// How many instructions begin in it.
    pub instructions: u64,
    /// A hash of the trace up to its end.
    pub digest: u64,
    /// Its events, if they are wanted.
    pub bytes: Vec<u8>,
}

impl From<Block<'_>> for OwnedBlock {
    fn from(block: Block<'_>) -> Self {
        let Block { first, instructions, digest, bytes, .. } = block;
        Self { first, instructions, digest, bytes: bytes.to_vec() }
    }
}

/// The blocks of one run, in order; the last few that were pulled are kept.
pub struct Blocks {
    source: Box<dyn FnMut() -> Option<OwnedBlock>>,
    kept: VecDeque<OwnedBlock>,
}

impl Blocks {
    /// What this gives, until it gives nothing.
    pub fn new(source: impl FnMut() -> Option<OwnedBlock> + 'static) -> Self {
        Self { source: Box::new(source), kept: VecDeque::with_capacity(KEPT) }
    }

    /// The next block; `None` when the run has ended.
    pub fn pull(&mut self) -> Option<&OwnedBlock> {
        let block = (self.source)()?;
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(block);
        self.kept.back()
    }

    /// The last blocks that were pulled, the latest last.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = &OwnedBlock> {
        self.kept.iter()
    }
}

/// The end that blocks are put into. Putting waits while the run is too far ahead.
#[derive(Debug)]
pub struct BlockSender(SyncSender<OwnedBlock>);

impl BlockSender {
    /// Hands a block over. False if nobody wants it.
    pub fn put(&self, block: OwnedBlock) -> bool {
        self.0.send(block).is_ok()
    }
}

/// A way for blocks from a run in a thread to who compares them.
pub fn block_channel() -> (BlockSender, Blocks) {
    let (sender, receiver) = sync_channel(AHEAD as usize);
    (BlockSender(sender), Blocks::new(move || receiver.recv().ok()))
}

/// Writes a block for another process.
///
/// # Errors
/// Those of the writer.
pub fn write_block(writer: &mut impl Write, block: Block<'_>) -> io::Result<()> {
    let mut head = [BLOCK; 1 + NUMBERS];
    for (bytes, number) in head[1..].chunks_mut(8).zip([block.first, block.instructions, block.digest]) {
        bytes.copy_from_slice(&number.to_le_bytes());
    }
    head[25..].copy_from_slice(&(block.bytes.len() as u32).to_le_bytes());
    writer.write_all(&head)?;
    writer.write_all(block.bytes)
}

/// Writes the mark after the last block.
///
/// # Errors
/// Those of the writer.
pub fn write_end(writer: &mut impl Write) -> io::Result<()> {
    writer.write_all(&[END])
}

/// Reads what [`write_block`] wrote; `None` at the mark after the last block.
///
/// # Errors
/// Those of the reader; what is neither a block nor that mark.
pub fn read_block(reader: &mut impl Read) -> io::Result<Option<OwnedBlock>> {
    let invalid = |text: String| Err(io::Error::new(io::ErrorKind::InvalidData, text));
    let mut tag = [END];
    reader.read_exact(&mut tag)?;
    match tag {
        [END] => return Ok(None),
        [BLOCK] => (),
        [other] => return invalid(format!("byte {other} in place of a trace block")),
    }
    let [mut first, mut instructions, mut digest, mut length] = [[0; 8], [0; 8], [0; 8], [0; 8]];
    for number in [&mut first[..], &mut instructions, &mut digest, &mut length[..4]] {
        reader.read_exact(number)?;
    }
    let length = u64::from_le_bytes(length);
    if length > u64::from(LARGEST) {
        return invalid(format!("a trace block of {length} bytes"));
    }
    let mut bytes = Vec::new();
    if reader.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let [first, instructions, digest] = [first, instructions, digest].map(u64::from_le_bytes);
    Ok(Some(OwnedBlock { first, instructions, digest, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(first: u64) -> OwnedBlock {
        OwnedBlock { first, instructions: 1, digest: !first, bytes: vec![1; first as usize % 5] }
    }

    #[test]
    fn blocks_come_through_a_pipe_as_they_were() {
        let mut pipe = Vec::new();
        for first in [0, (1 << 40) + 1] {
            let OwnedBlock { first, instructions, digest, bytes } = block(first);
            write_block(&mut pipe, Block { index: 0, first, instructions, digest, bytes: &bytes }).unwrap();
        }
        write_end(&mut pipe).unwrap();
        let mut reader = pipe.as_slice();
        assert_eq!(read_block(&mut reader).unwrap(), Some(block(0)));
        assert_eq!(read_block(&mut reader).unwrap(), Some(block((1 << 40) + 1)));
        assert_eq!(read_block(&mut reader).unwrap(), None);
        assert!(read_block(&mut reader).is_err(), "nothing comes after the end");
        for length in 0..29 {
            assert!(read_block(&mut &pipe[..length]).is_err(), "cut after {length} bytes");
        }
    }

    #[test]
    fn what_is_no_block_is_refused() {
        let mut garbage = [0xFF; 64];
        assert_eq!(read_block(&mut garbage.as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        garbage[0] = BLOCK;
        assert_eq!(read_block(&mut garbage.as_slice()).unwrap_err().kind(), io::ErrorKind::InvalidData);
        garbage[25..29].copy_from_slice(&1000_u32.to_le_bytes());
        assert_eq!(read_block(&mut garbage.as_slice()).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_run_that_nobody_follows_is_ended() {
        let (end, mut blocks) = block_channel();
        let run = std::thread::spawn(move || (0..).take_while(|first| end.put(block(*first))).count() as u64);
        for first in 0..KEPT as u64 + 2 {
            assert_eq!(blocks.pull().map(|block| block.first), Some(first));
        }
        assert_eq!(
            blocks.kept().map(|block| block.first).collect::<Vec<_>>(),
            (2..KEPT as u64 + 2).collect::<Vec<_>>()
        );
        drop(blocks);
        assert!(run.join().unwrap() <= AHEAD + KEPT as u64 + 3);
    }
}
