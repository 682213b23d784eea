//! The recorder: from what an engine shows before each instruction to events, one for all engines.
//!
//! Of each active function it remembers the instruction under way. When the function is next seen, or one further out, that
//! instruction has ended, and how: no hook for calls, returns or errors is needed. It does not know who compares the events.

use std::ops::Range;

use super::addresses::without_addresses;
use super::effects::{Source, Written, hands_on, takes, writes};
use super::event::{self, Datum, How, LONGEST_STRING, recorded};
use super::moments::{Moment, Watch};
use super::names::{Names, NumberMap};
use super::probe::{Kind, Place, Probe, Seen};
use crate::lua::bytecode::{Instruction, Opcode};

/// The recorder wants no more: the run is to end before the next instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// A piece of a trace, which ends where an event ends.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// The sequence number of the first instruction that begins in it.
    pub first: u64,
    /// How many instructions begin in it.
    pub instructions: u64,
    /// Its events, as [`super::decode`] reads them.
    pub bytes: &'a [u8],
}

/// Takes blocks as they are full. False ends the run.
pub type Sink<'a> = Box<dyn FnMut(Block<'_>) -> bool + 'a>;

/// A block is full when it has at least so many bytes.
const BLOCK: usize = 1 << 16;

/// Every so many names, an engine that cannot say which objects die is asked which live.
const NAMES_BETWEEN_CHECKS: usize = 1 << 16;

/// An instruction under way.
struct Underway {
    sequence: u64,
    depth: u32,
    prototype: u64,
    pc: u32,
    word: Instruction,
}

/// A thread that runs, and what is under way on it.
#[derive(Default)]
struct Running {
    key: Option<u64>,
    number: u32,
    underway: Vec<Underway>,
}

/// Makes the events of one run.
pub struct Recorder<'a> {
    sink: Sink<'a>,
    bytes: Vec<u8>,
    /// The sequence number of the next instruction.
    sequence: u64,
    /// That of the first in the block.
    first: u64,
    names: Names,
    names_at_last_check: usize,
    /// The thread last seen.
    running: Running,
    /// What is under way on the others.
    threads: NumberMap<u64, Vec<Underway>>,
    prototypes: NumberMap<u64, u32>,
    /// The key and the number of the prototype last seen.
    last_prototype: Option<(u64, u32)>,
    next_prototype: u32,
    has_all_operands: bool,
    digest: u64,
    watch: Watch,
    /// The run ends before the instruction with this number.
    end: u64,
}

impl<'a> Recorder<'a> {
    /// A recorder of what the instructions wrote and handed on.
    pub fn new(sink: Sink<'a>) -> Self {
        Self {
            sink,
            bytes: Vec::with_capacity(BLOCK + (BLOCK >> 3)),
            sequence: 0,
            first: 0,
            names: Names::default(),
            names_at_last_check: 0,
            running: Running::default(),
            threads: NumberMap::default(),
            prototypes: NumberMap::default(),
            last_prototype: None,
            next_prototype: 0,
            has_all_operands: false,
            digest: 0,
            watch: Watch::over(0..0),
            end: u64::MAX,
        }
    }

    /// Records what every instruction takes as well: for a reader, or to name what went wrong.
    pub fn with_all_operands(mut self) -> Self {
        self.has_all_operands = true;
        self
    }

    /// Collects moments before these instructions.
    pub fn watch(&mut self, instructions: Range<u64>) {
        self.watch = Watch::over(instructions);
    }

    /// The moments that were collected.
    pub fn take_moments(&mut self) -> Vec<Moment> {
        self.watch.take()
    }

    /// Ends the run before the instruction with this number.
    pub fn end_before(&mut self, instruction: u64) {
        self.end = instruction;
    }

    /// Names an object before the run, unless it has a name: to be done in an order that is the same for all engines.
    pub fn label(&mut self, kind: Kind, key: u64, label: &str) {
        if let Some(number) = self.names.label(kind, key, label) {
            self.bytes.push(event::LABEL);
            self.bytes.extend_from_slice(&number.to_le_bytes());
            self.bytes.extend_from_slice(&(label.len() as u32).to_le_bytes());
            self.bytes.extend_from_slice(label.as_bytes());
        }
    }

    /// What objects are called that were named before the run, by their numbers.
    pub fn labels(&self) -> &[String] {
        self.names.labels()
    }

    /// An object is gone: what identified it may stand for another one.
    pub fn forget(&mut self, kind: Kind, key: u64) {
        self.names.forget(kind, key);
        if kind == Kind::Thread {
            self.threads.remove(&key);
            self.leave_dead(|other| other != key);
        }
    }

    /// A prototype is gone.
    pub fn forget_prototype(&mut self, key: u64) {
        self.prototypes.remove(&key);
        self.last_prototype = None;
    }

    /// Whether there are many new names since [`Recorder::retain`] was last called, so that it should be.
    pub fn has_many_names(&self) -> bool {
        self.names.count() >= 2 * self.names_at_last_check + NAMES_BETWEEN_CHECKS
    }

    /// Forgets the objects that are not alive.
    pub fn retain(&mut self, mut is_alive: impl FnMut(Kind, u64) -> bool) {
        self.threads.retain(|key, _| is_alive(Kind::Thread, *key));
        self.leave_dead(|key| is_alive(Kind::Thread, key));
        self.names.retain(is_alive);
        self.names_at_last_check = self.names.count();
    }

    /// How many instructions have begun.
    pub fn instructions(&self) -> u64 {
        self.sequence
    }

    /// A hash of all blocks so far.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Records that an engine is in front of an instruction.
    ///
    /// # Errors
    /// The sink wants no more.
    pub fn before<P: Probe>(&mut self, probe: &P) -> Result<(), Stopped> {
        let place = probe.place();
        self.settle(&place, probe);
        if self.sequence >= self.end {
            return Err(Stopped);
        }
        let prototype = self.prototype_number(&place, probe);
        if self.watch.is_for(self.sequence) {
            let numbers = (self.running.number, prototype);
            self.watch.add((self.sequence, &place), numbers, probe, |value| datum(value, &mut self.names));
        }
        self.begin(&place, prototype, probe);
        if self.bytes.len() >= BLOCK { self.flush() } else { Ok(()) }
    }

    /// Hands over the last block. To be called when the run has ended.
    ///
    /// # Errors
    /// The sink wants no more.
    pub fn finish(&mut self) -> Result<(), Stopped> {
        if self.bytes.is_empty() { Ok(()) } else { self.flush() }
    }

    #[cold]
    fn flush(&mut self) -> Result<(), Stopped> {
        self.digest = event::digest(&self.bytes, self.digest);
        let block = Block { first: self.first, instructions: self.sequence - self.first, bytes: &self.bytes };
        let goes_on = (self.sink)(block);
        self.bytes.clear();
        self.first = self.sequence;
        if goes_on { Ok(()) } else { Err(Stopped) }
    }

    /// Ends the instructions that have ended since this thread was last seen.
    fn settle<P: Probe>(&mut self, place: &Place, probe: &P) {
        if self.running.key != Some(place.thread) {
            self.switch_to(place.thread);
        }
        // Taken out while events are written, which needs the rest of the recorder.
        let mut underway = std::mem::take(&mut self.running.underway);
        while let Some(last) = underway.pop_if(|last| last.depth > place.depth) {
            self.ended(last.sequence, how_left(last.word));
        }
        if let Some(last) = underway.pop_if(|last| last.depth == place.depth) {
            match how_followed(&last, place) {
                How::Completed => self.completed(&last, place.pc, probe),
                how => self.ended(last.sequence, how),
            }
        }
        self.running.underway = underway;
    }

    fn switch_to(&mut self, key: u64) {
        let underway = self.threads.remove(&key).unwrap_or_default();
        let number = self.names.number(Kind::Thread, key);
        let left = std::mem::replace(&mut self.running, Running { key: Some(key), number, underway });
        if let Some(key) = left.key {
            self.threads.insert(key, left.underway);
        }
    }

    /// Forgets the thread last seen, unless it is alive.
    fn leave_dead(&mut self, is_alive: impl FnOnce(u64) -> bool) {
        if self.running.key.is_some_and(|key| !is_alive(key)) {
            self.running = Running::default();
        }
    }

    fn ended(&mut self, sequence: u64, how: How) {
        self.end(sequence, how, 0);
    }

    /// Writes the end of an instruction up to what it wrote to so many registers.
    fn end(&mut self, sequence: u64, how: How, count: u32) {
        let mut head = [0; 14];
        head[0] = event::ENDED;
        head[1..9].copy_from_slice(&sequence.to_le_bytes());
        head[9] = how as u8;
        head[10..].copy_from_slice(&count.to_le_bytes());
        self.bytes.extend_from_slice(&head);
    }

    fn completed<P: Probe>(&mut self, last: &Underway, next: u32, probe: &P) {
        let (first, count, also) = match writes(last.word, last.pc, next) {
            Written::None => (0, 0, None),
            Written::Registers { first, count, also } => (first, count, also),
            Written::Open { first } => (first, probe.top().saturating_sub(first), None),
        };
        let total = count + usize::from(also.is_some());
        self.end(last.sequence, How::Completed, total as u32);
        for register in (first..first + count).chain(also).take(recorded(total as u32) as usize) {
            self.bytes.extend_from_slice(&(register as u32).to_le_bytes());
            self.datum(probe.register(register));
        }
    }

    fn begin<P: Probe>(&mut self, place: &Place, prototype: u32, probe: &P) {
        let word = Instruction(place.word);
        let mut head = [0; 29];
        head[0] = event::BEGUN;
        head[1..9].copy_from_slice(&self.sequence.to_le_bytes());
        let fields = [self.running.number, place.depth, prototype, place.pc, place.word];
        for (bytes, field) in head[9..].chunks_exact_mut(4).zip(fields) {
            bytes.copy_from_slice(&field.to_le_bytes());
        }
        self.bytes.extend_from_slice(&head);
        let mut sources = hands_on(word);
        if self.has_all_operands && sources[0].is_none() {
            sources = takes(word);
        }
        self.operands(&sources, probe);
        let underway =
            Underway { sequence: self.sequence, depth: place.depth, prototype: place.prototype, pc: place.pc, word };
        self.running.underway.push(underway);
        self.sequence += 1;
    }

    fn operands<P: Probe>(&mut self, sources: &[Option<Source>; 3], probe: &P) {
        let [Some(source), rest @ ..] = sources else {
            self.bytes.extend_from_slice(&0_u32.to_le_bytes());
            return;
        };
        if let Source::Registers { first, count } = *source {
            let count = count.unwrap_or_else(|| probe.top().saturating_sub(first)) as u32;
            self.bytes.extend_from_slice(&count.to_le_bytes());
            for register in first..first + recorded(count) as usize {
                self.datum(probe.register(register));
            }
            return;
        }
        let count = 1 + rest.iter().flatten().count() as u32;
        self.bytes.extend_from_slice(&count.to_le_bytes());
        for source in sources.iter().flatten() {
            self.datum(match *source {
                Source::Register(register) | Source::Registers { first: register, .. } => probe.register(register),
                Source::Constant(constant) => probe.constant(constant),
                Source::Upvalue(upvalue) => probe.upvalue(upvalue),
            });
        }
    }

    fn datum(&mut self, value: Seen<'_>) {
        match value {
            Seen::Nil => self.bytes.push(event::NIL),
            Seen::Boolean(false) => self.bytes.push(event::FALSE),
            Seen::Boolean(true) => self.bytes.push(event::TRUE),
            Seen::Number(number) => {
                let mut bytes = [event::NUMBER; 9];
                bytes[1..].copy_from_slice(&number_bits(number).to_le_bytes());
                self.bytes.extend_from_slice(&bytes);
            }
            Seen::String(text) if let Some(text) = without_addresses(text) => self.text(&text),
            Seen::String(text) => self.text(text),
            Seen::Object(kind, key) => {
                let number = self.names.number(kind, key);
                self.bytes.push(event::OBJECT + kind as u8);
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
        }
    }

    fn text(&mut self, text: &[u8]) {
        if text.len() <= LONGEST_STRING {
            self.bytes.push(event::SHORT);
            self.bytes.push(text.len() as u8);
            self.bytes.extend_from_slice(text);
        } else {
            self.bytes.push(event::LONG);
            self.bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            self.bytes.extend_from_slice(&event::hash(text, 0).to_le_bytes());
            self.bytes.extend_from_slice(&text[..LONGEST_STRING]);
        }
    }

    fn prototype_number<P: Probe>(&mut self, place: &Place, probe: &P) -> u32 {
        if let Some((key, number)) = self.last_prototype
            && key == place.prototype
        {
            return number;
        }
        let number = match self.prototypes.get(&place.prototype) {
            Some(number) => *number,
            None => self.new_prototype(place, probe),
        };
        self.last_prototype = Some((place.prototype, number));
        number
    }

    #[cold]
    fn new_prototype<P: Probe>(&mut self, place: &Place, probe: &P) -> u32 {
        let number = self.next_prototype;
        self.next_prototype += 1;
        self.prototypes.insert(place.prototype, number);
        let facts = probe.prototype();
        let code: Vec<u8> = facts.code.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.bytes.push(event::PROTOTYPE);
        for field in [number, facts.line_defined, facts.last_line_defined] {
            self.bytes.extend_from_slice(&field.to_le_bytes());
        }
        self.bytes.extend_from_slice(&event::hash(&code, 0).to_le_bytes());
        self.bytes.extend_from_slice(&(facts.source.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(&facts.source);
        number
    }
}

/// How an instruction ended whose frame is gone.
fn how_left(word: Instruction) -> How {
    match word.opcode() {
        Some(Opcode::Return) => How::Returned,
        _ => How::Raised,
    }
}

/// How an instruction ended, given what is next executed at the same depth: by the same activation, or by another one.
fn how_followed(last: &Underway, place: &Place) -> How {
    let is_same = last.prototype == place.prototype;
    match last.word.opcode() {
        Some(Opcode::Return) => How::Returned,
        Some(Opcode::TailCall) if is_same && place.pc == last.pc + 1 => How::Completed,
        Some(Opcode::TailCall) => How::Called,
        _ if !is_same => How::Raised,
        // A new activation begins at the beginning, where others come by a jump alone.
        Some(opcode) if place.pc == 0 && !jumps(opcode) => How::Raised,
        _ => How::Completed,
    }
}

fn jumps(opcode: Opcode) -> bool {
    use Opcode::{Eq, ForLoop, ForPrep, Jmp, Le, Lt, TForLoop, Test, TestSet};
    matches!(opcode, Jmp | Eq | Lt | Le | Test | TestSet | ForLoop | ForPrep | TForLoop)
}

/// A value as events show it.
fn datum(value: Seen<'_>, names: &mut Names) -> Datum {
    match value {
        Seen::Nil => Datum::Nil,
        Seen::Boolean(truth) => Datum::Boolean(truth),
        Seen::Number(number) => Datum::Number(number_bits(number)),
        Seen::String(text) => {
            let cleared = without_addresses(text);
            let text = cleared.as_deref().unwrap_or(text);
            let start = text[..text.len().min(LONGEST_STRING)].to_vec();
            let hash = (text.len() > LONGEST_STRING).then(|| event::hash(text, 0));
            Datum::String { start, length: text.len() as u64, hash }
        }
        Seen::Object(kind, key) => Datum::Object(kind, names.number(kind, key)),
    }
}

/// The bits of a number, with one NaN for each sign: which of them an operation gives is the processor's business.
fn number_bits(number: f64) -> u64 {
    if number.is_nan() { f64::NAN.copysign(number).to_bits() } else { number.to_bits() }
}
