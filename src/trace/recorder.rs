//! The recorder: from what an engine shows before each instruction to events, one for all engines.
//!
//! Of each active function it remembers the instruction under way. When the function is next seen, or one further out, that
//! instruction has ended, and how: no hook for calls, returns or errors is needed. Most instructions follow the last one in the
//! same activation, and take a short way. It does not know who compares the events.

use std::ops::Range;

use super::addresses::without_addresses;
use super::effects::{Outcome, Source, Written, hands_on, outline_of, takes, writes};
use super::encode::{Encoder, number_bits};
use super::event::{self, Datum, Frame, How, LONGEST_STRING, recorded};
use super::moments::{Moment, Watch};
use super::names::{Names, Naming, NumberMap, Shown, Taken};
use super::probe::{Kind, Place, Probe, Seen};
use crate::lua::bytecode::{Instruction, Opcode};

/// The recorder wants no more: the run is to end before the next instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// A piece of a trace, which ends where an event ends.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// How many blocks are before it.
    pub index: u64,
    /// The sequence number of the first instruction that begins in it.
    pub first: u64,
    /// How many instructions begin in it.
    pub instructions: u64,
    /// A hash of the trace up to its end. What instructions took is no part of it.
    pub digest: u64,
    /// Its events, as [`super::decode`] reads them.
    pub bytes: &'a [u8],
}

/// Takes blocks as they are full. False ends the run.
pub type Sink<'a> = Box<dyn FnMut(Block<'_>) -> bool + 'a>;

/// Every so many names, an engine that cannot say which objects die is asked which live.
const NAMES_BETWEEN_CHECKS: usize = 1 << 16;

/// An instruction under way.
#[derive(Clone, Copy)]
struct Underway {
    sequence: u64,
    depth: u32,
    prototype: u64,
    pc: u32,
    word: Instruction,
}

/// A thread that runs, and what is under way on it, but for the last instruction of all.
#[derive(Default)]
struct Running {
    key: Option<u64>,
    number: u32,
    underway: Vec<Underway>,
}

/// Whether the end of an instruction has been written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Written,
    /// It follows from what begins next.
    Nothing,
}

/// No instruction is here.
const NOWHERE: Place = Place { thread: 0, depth: 0, prototype: 0, pc: 0, word: 0 };

/// Makes the events of one run.
pub struct Recorder<'a> {
    sink: Sink<'a>,
    encoder: Encoder,
    /// Where the last instruction is that has begun.
    last: Place,
    /// That instructions are looked at more closely, from the one with this number on.
    attention: u64,
    /// The sequence number of the first instruction in the block.
    first: u64,
    blocks: u64,
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
    /// The blocks in which it is recorded what every instruction takes.
    detailed: Range<u64>,
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
            encoder: Encoder::new(),
            last: NOWHERE,
            attention: u64::MAX,
            first: 0,
            blocks: 0,
            names: Names::default(),
            names_at_last_check: 0,
            running: Running::default(),
            threads: NumberMap::default(),
            prototypes: NumberMap::default(),
            last_prototype: None,
            next_prototype: 0,
            detailed: 0..0,
            digest: 0,
            watch: Watch::over(0..0),
            end: u64::MAX,
        }
    }

    /// Records what every instruction takes as well: for a reader, or to name what went wrong.
    pub fn with_all_operands(mut self) -> Self {
        self.detail(0..u64::MAX);
        self
    }

    /// Records what every instruction takes in these blocks. That changes neither where blocks end nor their digests.
    pub fn detail(&mut self, blocks: Range<u64>) {
        self.detailed = blocks;
        self.pay_attention();
    }

    /// Collects moments before these instructions.
    pub fn watch(&mut self, instructions: Range<u64>) {
        self.watch = Watch::over(instructions);
        self.pay_attention();
    }

    /// The moments that were collected.
    pub fn take_moments(&mut self) -> Vec<Moment> {
        self.watch.take()
    }

    /// Ends the run before the instruction with this number.
    pub fn end_before(&mut self, instruction: u64) {
        self.end = instruction;
        self.pay_attention();
    }

    /// Finds out from where on there is more to do than to record what instructions wrote and handed on.
    fn pay_attention(&mut self) {
        let detailed = if self.detailed.contains(&self.blocks) { self.first } else { u64::MAX };
        let watched = self.watch.next(self.first).unwrap_or(u64::MAX);
        self.attention = detailed.min(watched).min(self.end);
    }

    /// Names an object before the run, unless it has a name: to be done in an order that is the same for all engines.
    pub fn label(&mut self, kind: Kind, key: u64, label: &str) {
        if let Some(number) = self.names.label(kind, key, label) {
            self.encoder.label(number, label);
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

    /// Whether there is much that is new since [`Recorder::retain`] was last called, so that it should be.
    #[inline]
    pub fn has_many_names(&self) -> bool {
        self.known() >= 2 * self.names_at_last_check + NAMES_BETWEEN_CHECKS
    }

    /// How many objects and prototypes have a name now.
    #[inline]
    pub fn known(&self) -> usize {
        self.names.count() + self.prototypes.len()
    }

    /// Forgets the objects that are not alive, and the prototypes that are not loaded.
    pub fn retain(&mut self, mut is_alive: impl FnMut(Kind, u64) -> bool, mut is_loaded: impl FnMut(u64) -> bool) {
        self.threads.retain(|key, _| is_alive(Kind::Thread, *key));
        self.leave_dead(|key| is_alive(Kind::Thread, key));
        self.names.retain(is_alive);
        self.prototypes.retain(|key, _| is_loaded(*key));
        self.last_prototype = None;
        self.names_at_last_check = self.known();
    }

    /// How many instructions have begun.
    pub fn instructions(&self) -> u64 {
        self.encoder.sequence()
    }

    /// A hash of all blocks so far.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Records that an engine is in front of an instruction.
    ///
    /// # Errors
    /// The sink wants no more.
    #[inline]
    pub fn before<P: Probe>(&mut self, probe: &P) -> Result<(), Stopped> {
        let place = probe.place();
        let word = Instruction(self.last.word);
        let ending = match outline_of(word).written {
            _ if !self.goes_on(&place) => self.turn(&place, probe),
            Outcome::A => {
                let register = word.a();
                self.encoder.wrote(register as u8, probe.register(register as usize), &mut self.names);
                Said::Written
            }
            Outcome::Nothing => Said::Nothing,
            Outcome::Loop if place.pc == self.last.pc + 1 => Said::Nothing,
            Outcome::Loop => {
                let registers = [word.a() as usize, word.a() as usize + 3];
                self.encoder.wrote_two(registers, registers.map(|register| probe.register(register)), &mut self.names);
                Said::Written
            }
            Outcome::Other => self.completed(&self.last_underway(), place.pc, probe),
            Outcome::Leaves => self.turn(&place, probe),
        };
        if self.encoder.sequence() >= self.attention {
            return self.begin_closely(&place, ending, probe);
        }
        self.begin(&place, probe);
        if self.encoder.is_full() { self.flush() } else { Ok(()) }
    }

    /// Hands over the last block. To be called when the run has ended.
    ///
    /// # Errors
    /// The sink wants no more.
    pub fn finish(&mut self) -> Result<(), Stopped> {
        if self.encoder.is_empty() { Ok(()) } else { self.flush() }
    }

    #[cold]
    fn flush(&mut self) -> Result<(), Stopped> {
        self.digest = self.encoder.digest(self.digest);
        let instructions = self.instructions() - self.first;
        let goes_on = (self.sink)(Block {
            index: self.blocks,
            first: self.first,
            instructions,
            digest: self.digest,
            bytes: self.encoder.bytes(),
        });
        self.encoder.start();
        self.first = self.instructions();
        self.blocks += 1;
        self.pay_attention();
        if goes_on { Ok(()) } else { Err(Stopped) }
    }

    /// Whether the activation in which the last instruction began goes on here, for sure. Where a function begins, it may be
    /// another activation of the same one.
    #[inline]
    fn goes_on(&self, place: &Place) -> bool {
        let last = &self.last;
        last.depth == place.depth && last.prototype == place.prototype && last.thread == place.thread && place.pc != 0
    }

    /// Ends the instructions that have ended since this thread was last seen, whatever happened in between.
    #[inline(never)]
    fn turn<P: Probe>(&mut self, place: &Place, probe: &P) -> Said {
        let mut ending = Said::Written;
        self.put_aside();
        if self.running.key != Some(place.thread) {
            self.switch_to(place.thread);
        }
        // Taken out while events are written, which needs the rest of the recorder.
        let mut underway = std::mem::take(&mut self.running.underway);
        while let Some(last) = underway.pop_if(|last| last.depth > place.depth) {
            self.encoder.end(last.sequence, how_left(last.word), 0);
        }
        if let Some(last) = underway.pop_if(|last| last.depth == place.depth) {
            match how_followed(&last, place) {
                How::Completed => ending = self.completed(&last, place.pc, probe),
                how => self.encoder.end(last.sequence, how, 0),
            }
        }
        self.running.underway = underway;
        let prototype = self.prototype_number(place, probe);
        self.encoder.enter(Frame { thread: self.running.number, depth: place.depth, prototype });
        ending
    }

    /// Puts the last instruction among those under way on its thread.
    fn put_aside(&mut self) {
        if self.last.depth != NOWHERE.depth {
            let last = self.last_underway();
            self.running.underway.push(last);
            self.last = NOWHERE;
        }
    }

    /// The last instruction that has begun.
    #[inline]
    fn last_underway(&self) -> Underway {
        let Place { depth, prototype, pc, word, .. } = self.last;
        Underway { sequence: self.instructions() - 1, depth, prototype, pc, word: Instruction(word) }
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
            self.last = NOWHERE;
        }
    }

    fn completed<P: Probe>(&mut self, last: &Underway, next: u32, probe: &P) -> Said {
        let (first, count, also) = match writes(last.word, last.pc, next) {
            Written::None => (0, 0, None),
            Written::Registers { first, count, also } => (first, count, also),
            Written::Open { first } => (first, probe.top().saturating_sub(first), None),
        };
        let total = (count + usize::from(also.is_some())) as u32;
        let is_last = last.sequence + 1 == self.instructions();
        if is_last && total == 0 {
            return Said::Nothing;
        }
        let registers = (first..first + count).chain(also).take(recorded(total) as usize);
        if is_last && total <= recorded(total) && first + count <= 256 {
            self.encoder.wrote_several(total as u8);
            for register in registers {
                self.encoder.near_register(register as u8, probe.register(register), &mut self.names);
            }
        } else {
            self.encoder.end(last.sequence, How::Completed, total);
            for register in registers {
                self.encoder.register(register as u32, probe.register(register), &mut self.names);
            }
        }
        Said::Written
    }

    #[inline]
    fn begin<P: Probe>(&mut self, place: &Place, probe: &P) {
        if outline_of(Instruction(place.word)).hands_on {
            self.hand_on(place, probe);
        } else {
            self.encoder.step(place.pc, place.word);
        }
        self.last = *place;
    }

    fn hand_on<P: Probe>(&mut self, place: &Place, probe: &P) {
        let sources = hands_on(Instruction(place.word));
        self.encoder.begin(place.pc, place.word, count(&sources, probe));
        values(&sources, probe, |value| self.encoder.value(value, &mut self.names));
    }

    /// Begins an instruction that more is wanted of, if the run does not end before it.
    #[cold]
    fn begin_closely<P: Probe>(&mut self, place: &Place, ending: Said, probe: &P) -> Result<(), Stopped> {
        let sequence = self.instructions();
        if sequence >= self.end {
            if ending == Said::Nothing {
                self.encoder.done();
            }
            return Err(Stopped);
        }
        if self.watch.is_for(sequence) {
            let Frame { thread, prototype, .. } = self.encoder.frame();
            let names = &mut Shown(&mut self.names);
            self.watch.add((sequence, place), (thread, prototype), probe, |value| datum(value, names));
        }
        self.begin(place, probe);
        let sources = takes(Instruction(place.word));
        if self.detailed.contains(&self.blocks) && sources[0].is_some() {
            let names = &mut Taken(&mut self.names);
            let count = count(&sources, probe);
            self.encoder.take(count, |encoder| values(&sources, probe, |value| encoder.value(value, names)));
        }
        if self.encoder.is_full() { self.flush() } else { Ok(()) }
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
        let lines = (facts.line_defined, facts.last_line_defined);
        self.encoder.prototype(number, lines, facts.code_hash(), &facts.source);
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

/// How many values there are in these places.
#[inline]
fn count<P: Probe>(sources: &[Option<Source>; 3], probe: &P) -> u32 {
    match sources[0] {
        Some(Source::Registers { first, count }) => count.unwrap_or_else(|| probe.top().saturating_sub(first)) as u32,
        _ => sources.iter().flatten().count() as u32,
    }
}

/// Hands out the values in these places, as many of them as are recorded.
#[inline]
fn values<P: Probe>(sources: &[Option<Source>; 3], probe: &P, mut put: impl FnMut(Seen<'_>)) {
    for source in sources.iter().flatten() {
        match *source {
            Source::Register(register) => put(probe.register(register)),
            Source::Constant(constant) => put(probe.constant(constant)),
            Source::Upvalue(upvalue) => put(probe.upvalue(upvalue)),
            Source::Registers { first, .. } => {
                let count = recorded(count(sources, probe)) as usize;
                (first..first + count).for_each(|register| put(probe.register(register)));
            }
        }
    }
}

/// A value as moments show it.
fn datum(value: Seen<'_>, names: &mut impl Naming) -> Datum {
    match value {
        Seen::Nil => Datum::Nil,
        Seen::Boolean(truth) => Datum::Boolean(truth),
        Seen::Number(number) => Datum::Number(number_bits(number)),
        Seen::String(text) => {
            let cleared = without_addresses(text);
            let text = cleared.as_deref().unwrap_or(text);
            let start = text[..text.len().min(LONGEST_STRING)].to_vec();
            let hash = (text.len() > LONGEST_STRING).then(|| event::digest(text, 0));
            Datum::String { start, length: text.len() as u64, hash }
        }
        Seen::Object(kind, key) => Datum::Object(kind, names.number(kind, key)),
    }
}
