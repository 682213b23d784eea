//! Runs as sources of blocks: pulled, so that a run is never far ahead of who compares it, and two runs of any length can be
//! compared in bounded memory.
//!
//! Where the blocks come from (a thread, a process) is the business of who holds the other end; what they are compared for is
//! not known here.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::recorder::Block;

/// How many blocks a run may be ahead.
const AHEAD: usize = 16;
/// How many of the blocks that were pulled are kept.
const KEPT: usize = 8;
/// No block is larger: one event, of a bounded number of values, goes beyond the size at which a block is full.
const LARGEST: u32 = 1 << 20;

/// A block on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedBlock {
    /// The sequence number of the first instruction that begins in it.
    pub first: u64,
    /// How many instructions begin in it.
    pub instructions: u64,
    /// Its events.
    pub bytes: Vec<u8>,
}

impl From<Block<'_>> for OwnedBlock {
    fn from(block: Block<'_>) -> Self {
        Self { first: block.first, instructions: block.instructions, bytes: block.bytes.to_vec() }
    }
}

/// The blocks of one run, in order; the last few that were pulled are kept.
#[derive(Debug)]
pub struct Blocks {
    receiver: Receiver<OwnedBlock>,
    kept: VecDeque<OwnedBlock>,
}

impl Blocks {
    /// The next block; `None` when the run has ended.
    pub fn pull(&mut self) -> Option<&OwnedBlock> {
        let block = self.receiver.recv().ok()?;
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

/// A way for blocks from a run to who compares them.
pub fn block_channel() -> (BlockSender, Blocks) {
    let (sender, receiver) = sync_channel(AHEAD);
    (BlockSender(sender), Blocks { receiver, kept: VecDeque::with_capacity(KEPT) })
}

/// Writes a block for another process.
///
/// # Errors
/// Those of the writer.
pub fn write_block(writer: &mut impl Write, block: Block<'_>) -> io::Result<()> {
    writer.write_all(&block.first.to_le_bytes())?;
    writer.write_all(&block.instructions.to_le_bytes())?;
    writer.write_all(&(block.bytes.len() as u32).to_le_bytes())?;
    writer.write_all(block.bytes)
}

/// Writes the mark after the last block.
///
/// # Errors
/// Those of the writer.
pub fn write_end(writer: &mut impl Write) -> io::Result<()> {
    writer.write_all(&[0; 20])
}

/// Reads what [`write_block`] wrote; `None` at the mark after the last block.
///
/// # Errors
/// Those of the reader; a length that no block has.
pub fn read_block(reader: &mut impl Read) -> io::Result<Option<OwnedBlock>> {
    let (mut first, mut instructions, mut length) = ([0; 8], [0; 8], [0; 4]);
    reader.read_exact(&mut first)?;
    reader.read_exact(&mut instructions)?;
    reader.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length == 0 {
        return Ok(None);
    }
    if length > LARGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a trace block of {length} bytes")));
    }
    let mut bytes = vec![0; length as usize];
    reader.read_exact(&mut bytes)?;
    let (first, instructions) = (u64::from_le_bytes(first), u64::from_le_bytes(instructions));
    Ok(Some(OwnedBlock { first, instructions, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(first: u64) -> OwnedBlock {
        OwnedBlock { first, instructions: 1, bytes: vec![1, 2, 3] }
    }

    #[test]
    fn blocks_come_through_a_pipe_as_they_were() {
        let mut pipe = Vec::new();
        for first in [0, 1 << 40] {
            let OwnedBlock { first, instructions, bytes } = block(first);
            write_block(&mut pipe, Block { first, instructions, bytes: &bytes }).unwrap();
        }
        write_end(&mut pipe).unwrap();
        let mut reader = pipe.as_slice();
        assert_eq!(read_block(&mut reader).unwrap(), Some(block(0)));
        assert_eq!(read_block(&mut reader).unwrap(), Some(block(1 << 40)));
        assert_eq!(read_block(&mut reader).unwrap(), None);
        assert!(read_block(&mut reader).is_err(), "nothing comes after the end");
        assert!(read_block(&mut [0xFF; 20].as_slice()).is_err());
    }

    #[test]
    fn a_run_that_nobody_follows_is_ended() {
        let (end, mut blocks) = block_channel();
        let run = std::thread::spawn(move || (0..).take_while(|first| end.put(block(*first))).count());
        for first in 0..KEPT as u64 + 2 {
            assert_eq!(blocks.pull().map(|block| block.first), Some(first));
        }
        assert_eq!(
            blocks.kept().map(|block| block.first).collect::<Vec<_>>(),
            (2..KEPT as u64 + 2).collect::<Vec<_>>()
        );
        drop(blocks);
        assert!(run.join().unwrap() <= 2 * AHEAD + KEPT);
    }
}
