//! Events as bytes. What follows from what came before is left out: an instruction that goes on in the same frame has its
//! predecessor's sequence number plus one, and that one is complete.
//!
//! It knows values and events, and nothing of how they come about.

use std::ops::Range;

use super::addresses::without_addresses;
use super::event::{self, FAR, Frame, How, LONGEST_STRING};
use super::names::Naming;
use super::probe::Seen;

/// A block is full when it has at least so many bytes.
pub(super) const BLOCK: usize = 1 << 16;
/// What comes before the events of a block.
const HEAD: usize = 21;

/// The events of a block, as they are written.
pub(super) struct Encoder {
    bytes: Vec<u8>,
    /// The sequence number of the next instruction.
    sequence: u64,
    frame: Frame,
    /// Where in the bytes stands what is no part of the trace itself: what instructions took.
    taken: Vec<Range<usize>>,
    taken_length: usize,
}

impl Encoder {
    pub fn new() -> Self {
        let bytes = Vec::with_capacity(BLOCK + (BLOCK >> 3));
        let mut new = Self { bytes, sequence: 0, frame: Frame::default(), taken: Vec::new(), taken_length: 0 };
        new.start();
        new
    }

    /// The sequence number of the next instruction.
    #[inline]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The frame of what begins now.
    pub fn frame(&self) -> Frame {
        self.frame
    }

    #[inline]
    pub fn is_full(&self) -> bool {
        self.bytes.len() - self.taken_length >= BLOCK
    }

    /// Whether the block has no event.
    pub fn is_empty(&self) -> bool {
        self.bytes.len() <= HEAD
    }

    /// The block.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash of the block and of those before it, which have the given one. What instructions took is no part of it.
    pub fn digest(&self, before: u64) -> u64 {
        if self.taken.is_empty() {
            return event::digest(&self.bytes, before);
        }
        let mut rest = Vec::with_capacity(self.bytes.len() - self.taken_length);
        let mut from = 0;
        for taken in &self.taken {
            rest.extend_from_slice(&self.bytes[from..taken.start]);
            from = taken.end;
        }
        rest.extend_from_slice(&self.bytes[from..]);
        event::digest(&rest, before)
    }

    /// Starts the next block.
    pub fn start(&mut self) {
        self.bytes.clear();
        self.taken.clear();
        self.taken_length = 0;
        self.bytes.push(event::START);
        self.bytes.extend_from_slice(&self.sequence.to_le_bytes());
        self.numbers(&[self.frame.thread, self.frame.depth, self.frame.prototype]);
    }

    pub fn label(&mut self, number: u32, label: &str) {
        self.bytes.push(event::LABEL);
        self.numbers(&[number, label.len() as u32]);
        self.bytes.extend_from_slice(label.as_bytes());
    }

    pub fn prototype(&mut self, number: u32, lines: (u32, u32), code: u64, source: &[u8]) {
        self.bytes.push(event::PROTOTYPE);
        self.numbers(&[number, lines.0, lines.1]);
        self.bytes.extend_from_slice(&code.to_le_bytes());
        self.numbers(&[source.len() as u32]);
        self.bytes.extend_from_slice(source);
    }

    /// The frame of what begins from now on.
    #[inline]
    pub fn enter(&mut self, frame: Frame) {
        if frame != self.frame {
            self.frame = frame;
            self.bytes.push(event::FRAME);
            self.numbers(&[frame.thread, frame.depth, frame.prototype]);
        }
    }

    /// An instruction begins that hands on nothing.
    #[inline]
    pub fn step(&mut self, pc: u32, word: u32) {
        if pc < FAR {
            let step = u64::from(event::STEP) | u64::from(pc) << 8 | u64::from(word) << 32;
            self.bytes.extend_from_slice(&step.to_le_bytes());
            self.sequence += 1;
        } else {
            self.begin(pc, word, 0);
        }
    }

    /// An instruction begins that hands on so many values; those that are recorded are to follow.
    #[inline]
    pub fn begin(&mut self, pc: u32, word: u32, count: u32) {
        let mut head = [event::BEGUN; 13];
        for (bytes, field) in head[1..].chunks_exact_mut(4).zip([pc, word, count]) {
            bytes.copy_from_slice(&field.to_le_bytes());
        }
        self.bytes.extend_from_slice(&head);
        self.sequence += 1;
    }

    /// What the instruction took that has just begun: so many values, which `values` is to write.
    pub fn take(&mut self, count: u32, values: impl FnOnce(&mut Self)) {
        let start = self.bytes.len();
        self.bytes.push(event::TOOK);
        self.numbers(&[count]);
        values(self);
        self.taken_length += self.bytes.len() - start;
        self.taken.push(start..self.bytes.len());
    }

    /// The last instruction that has begun is complete, and wrote nothing. To be said only where nothing follows that says it.
    pub fn done(&mut self) {
        self.bytes.push(event::DONE);
    }

    /// The last instruction that has begun is complete, and wrote this register.
    #[inline]
    pub fn wrote(&mut self, register: u8, value: Seen<'_>, names: &mut impl Naming) {
        if let Seen::Number(number) = value {
            let mut bytes = [event::WROTE, register, event::NUMBER, 0, 0, 0, 0, 0, 0, 0, 0];
            bytes[3..].copy_from_slice(&number_bits(number).to_le_bytes());
            self.bytes.extend_from_slice(&bytes);
        } else {
            self.bytes.extend_from_slice(&[event::WROTE, register]);
            self.value(value, names);
        }
    }

    /// The last instruction that has begun is complete, and wrote two registers.
    #[inline]
    pub fn wrote_two(&mut self, registers: [usize; 2], values: [Seen<'_>; 2], names: &mut impl Naming) {
        self.wrote_several(2);
        for (register, value) in registers.into_iter().zip(values) {
            self.near_register(register as u8, value, names);
        }
    }

    /// The last instruction that has begun is complete, and wrote so many registers, which are to follow.
    #[inline]
    pub fn wrote_several(&mut self, count: u8) {
        self.bytes.extend_from_slice(&[event::WROTE_SEVERAL, count]);
    }

    /// One of several registers that the last instruction wrote.
    #[inline]
    pub fn near_register(&mut self, register: u8, value: Seen<'_>, names: &mut impl Naming) {
        if let Seen::Number(number) = value {
            let mut bytes = [register, event::NUMBER, 0, 0, 0, 0, 0, 0, 0, 0];
            bytes[2..].copy_from_slice(&number_bits(number).to_le_bytes());
            self.bytes.extend_from_slice(&bytes);
        } else {
            self.bytes.push(register);
            self.value(value, names);
        }
    }

    /// An instruction has ended, and wrote so many registers; those that are recorded are to follow.
    #[inline]
    pub fn end(&mut self, sequence: u64, how: How, count: u32) {
        if how == How::Returned && sequence + 1 == self.sequence {
            self.bytes.push(event::RETURNED);
            return;
        }
        let mut head = [event::ENDED; 14];
        head[1..9].copy_from_slice(&sequence.to_le_bytes());
        head[9] = how as u8;
        head[10..].copy_from_slice(&count.to_le_bytes());
        self.bytes.extend_from_slice(&head);
    }

    /// A register that was written.
    #[inline]
    pub fn register(&mut self, register: u32, value: Seen<'_>, names: &mut impl Naming) {
        self.bytes.extend_from_slice(&register.to_le_bytes());
        self.value(value, names);
    }

    #[inline]
    pub fn value(&mut self, value: Seen<'_>, names: &mut impl Naming) {
        match value {
            Seen::Nil => self.bytes.push(event::NIL),
            Seen::Boolean(false) => self.bytes.push(event::FALSE),
            Seen::Boolean(true) => self.bytes.push(event::TRUE),
            Seen::Number(number) => {
                let mut bytes = [event::NUMBER; 9];
                bytes[1..].copy_from_slice(&number_bits(number).to_le_bytes());
                self.bytes.extend_from_slice(&bytes);
            }
            Seen::String(text) => match without_addresses(text) {
                None => self.text(text),
                Some(text) => self.text(&text),
            },
            Seen::Object(kind, key) => {
                let [a, b, c, d] = names.number(kind, key).to_le_bytes();
                self.bytes.extend_from_slice(&[event::OBJECT + kind as u8, a, b, c, d]);
            }
        }
    }

    fn text(&mut self, text: &[u8]) {
        if text.len() <= LONGEST_STRING {
            self.bytes.extend_from_slice(&[event::SHORT, text.len() as u8]);
            self.bytes.extend_from_slice(text);
        } else {
            self.bytes.push(event::LONG);
            self.bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            self.bytes.extend_from_slice(&event::digest(text, 0).to_le_bytes());
            self.bytes.extend_from_slice(&text[..LONGEST_STRING]);
        }
    }

    fn numbers(&mut self, numbers: &[u32]) {
        for number in numbers {
            self.bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// The bits of a number, with one NaN for each sign: which of them an operation gives is the processor's business.
#[inline]
pub(super) fn number_bits(number: f64) -> u64 {
    if number.is_nan() { f64::NAN.copysign(number).to_bits() } else { number.to_bits() }
}
