//! Events from their bytes: what `encode` left out because it follows from what came before is put back.
//!
//! Each block can be read alone. Nothing here knows what becomes of the events.

use super::Kind;
use super::event::{self, Datum, Event, Frame, How, LONGEST_STRING, recorded};

/// Bytes that are no events, with the offset where they stop making sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no trace events: the one at offset {offset} makes no sense")]
pub struct BadEvents {
    pub offset: usize,
}

/// Reads the events of a block, or of several that follow each other.
///
/// # Errors
/// Bytes that are no events.
pub fn decode(bytes: &[u8]) -> Result<Vec<Event>, BadEvents> {
    let mut reader =
        Reader { bytes, at: 0, events: Vec::new(), sequence: 0, frame: Frame::default(), is_under_way: false };
    while reader.at < bytes.len() {
        reader.event()?;
    }
    Ok(reader.events)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    events: Vec<Event>,
    /// The sequence number of the instruction that begins next.
    sequence: u64,
    frame: Frame,
    /// Whether the one before it is in the same frame and has not ended.
    is_under_way: bool,
}

impl Reader<'_> {
    fn bad(&self) -> BadEvents {
        BadEvents { offset: self.at }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadEvents> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>()).ok_or(self.bad())?;
        self.at += N;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, BadEvents> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u32(&mut self) -> Result<u32, BadEvents> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, BadEvents> {
        self.take().map(u64::from_le_bytes)
    }

    fn text(&mut self, length: usize) -> Result<Vec<u8>, BadEvents> {
        let end = self.at.checked_add(length).ok_or(self.bad())?;
        let text = self.bytes.get(self.at..end).ok_or(self.bad())?.to_vec();
        self.at = end;
        Ok(text)
    }

    fn event(&mut self) -> Result<(), BadEvents> {
        let bad = self.bad();
        match self.byte()? {
            event::PROTOTYPE => self.prototype(),
            event::BEGUN => self.begun(),
            event::ENDED => self.ended(),
            event::LABEL => self.label(),
            event::START => {
                self.sequence = self.u64()?;
                self.frame = self.frame()?;
                self.is_under_way = self.sequence > 0;
                Ok(())
            }
            event::FRAME => {
                self.frame = self.frame()?;
                self.is_under_way = false;
                Ok(())
            }
            event::STEP => {
                let [low, middle, high] = self.take()?;
                let word = self.u32()?;
                self.begin(u32::from_le_bytes([low, middle, high, 0]), word, (Vec::new(), 0), bad)
            }
            event::DONE => self.end_last(How::Completed, Vec::new(), bad),
            event::RETURNED => self.end_last(How::Returned, Vec::new(), bad),
            event::WROTE => {
                let written = (u32::from(self.byte()?), self.datum()?);
                self.end_last(How::Completed, vec![written], bad)
            }
            event::WROTE_SEVERAL => {
                let count = self.byte()?;
                let written = (0..count).map(|_| Ok((u32::from(self.byte()?), self.datum()?)));
                let written = written.collect::<Result<_, _>>()?;
                self.end_last(How::Completed, written, bad)
            }
            event::TOOK => self.took(bad),
            _ => Err(bad),
        }
    }

    fn label(&mut self) -> Result<(), BadEvents> {
        let (number, length) = (self.u32()?, self.u32()? as usize);
        let name = String::from_utf8_lossy(&self.text(length)?).into_owned();
        self.events.push(Event::Label { number, name });
        Ok(())
    }

    fn prototype(&mut self) -> Result<(), BadEvents> {
        let (number, line_defined, last_line_defined) = (self.u32()?, self.u32()?, self.u32()?);
        let code = self.u64()?;
        let length = self.u32()? as usize;
        let source = self.text(length)?;
        self.events.push(Event::Prototype { number, source, line_defined, last_line_defined, code });
        Ok(())
    }

    fn frame(&mut self) -> Result<Frame, BadEvents> {
        Ok(Frame { thread: self.u32()?, depth: self.u32()?, prototype: self.u32()? })
    }

    fn begun(&mut self) -> Result<(), BadEvents> {
        let bad = self.bad();
        let (pc, word) = (self.u32()?, self.u32()?);
        let operands = self.operands()?;
        self.begin(pc, word, operands, bad)
    }

    fn operands(&mut self) -> Result<(Vec<Datum>, u32), BadEvents> {
        let count = self.u32()?;
        let operands = (0..recorded(count)).map(|_| self.datum()).collect::<Result<_, _>>()?;
        Ok((operands, count))
    }

    fn begin(
        &mut self,
        pc: u32,
        word: u32,
        (operands, count): (Vec<Datum>, u32),
        bad: BadEvents,
    ) -> Result<(), BadEvents> {
        if self.is_under_way {
            self.end_last(How::Completed, Vec::new(), bad)?;
        }
        let (sequence, Frame { thread, depth, prototype }) = (self.sequence, self.frame);
        self.events.push(Event::Begun { sequence, thread, depth, prototype, pc, word, operands, count });
        self.sequence = sequence.checked_add(1).ok_or(bad)?;
        self.is_under_way = true;
        Ok(())
    }

    /// The last instruction that has begun has ended.
    fn end_last(&mut self, how: How, written: Vec<(u32, Datum)>, bad: BadEvents) -> Result<(), BadEvents> {
        if !std::mem::take(&mut self.is_under_way) {
            return Err(bad);
        }
        let count = written.len() as u32;
        self.events.push(Event::Ended { sequence: self.sequence - 1, how, written, count });
        Ok(())
    }

    fn ended(&mut self) -> Result<(), BadEvents> {
        let sequence = self.u64()?;
        let bad = self.bad();
        let how = match self.byte()? {
            1 => How::Completed,
            2 => How::Called,
            3 => How::Returned,
            4 => How::Raised,
            _ => return Err(bad),
        };
        let count = self.u32()?;
        let written = (0..recorded(count)).map(|_| Ok((self.u32()?, self.datum()?))).collect::<Result<_, _>>()?;
        self.is_under_way &= sequence.checked_add(1) != Some(self.sequence);
        self.events.push(Event::Ended { sequence, how, written, count });
        Ok(())
    }

    /// What the instruction took that has just begun.
    fn took(&mut self, bad: BadEvents) -> Result<(), BadEvents> {
        let (taken, number) = self.operands()?;
        match self.events.last_mut() {
            Some(Event::Begun { operands, count, .. }) if *count == 0 => {
                (*operands, *count) = (taken, number);
                Ok(())
            }
            _ => Err(bad),
        }
    }

    fn datum(&mut self) -> Result<Datum, BadEvents> {
        let bad = self.bad();
        Ok(match self.byte()? {
            event::NIL => Datum::Nil,
            event::FALSE => Datum::Boolean(false),
            event::TRUE => Datum::Boolean(true),
            event::NUMBER => Datum::Number(self.u64()?),
            event::SHORT => {
                let length = usize::from(self.byte()?);
                Datum::String { start: self.text(length)?, length: length as u64, hash: None }
            }
            event::LONG => {
                let (length, hash) = (self.u64()?, self.u64()?);
                Datum::String { start: self.text(LONGEST_STRING)?, length, hash: Some(hash) }
            }
            tag => {
                let kinds = [Kind::Table, Kind::Function, Kind::Userdata, Kind::Thread, Kind::LightUserdata];
                let kind = kinds.into_iter().find(|kind| event::OBJECT + *kind as u8 == tag).ok_or(bad)?;
                Datum::Object(kind, self.u32()?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::Encoder;
    use super::super::names::Names;
    use super::super::probe::Seen;
    use super::*;

    #[test]
    fn bytes_that_are_no_events_are_refused_with_their_place() {
        assert_eq!(decode(&[99]), Err(BadEvents { offset: 0 }));
        assert_eq!(decode(&[event::ENDED, 0, 0]), Err(BadEvents { offset: 1 }));
        let mut ended = vec![event::ENDED];
        ended.extend([0; 8]);
        ended.push(77);
        assert_eq!(decode(&ended), Err(BadEvents { offset: 9 }));
    }

    #[test]
    fn what_is_left_out_is_put_back() {
        let mut encoder = Encoder::new();
        let names = &mut Names::default();
        encoder.enter(Frame { thread: 1, depth: 2, prototype: 3 });
        encoder.step(4, 50);
        encoder.step(5, 60);
        encoder.wrote(9, Seen::Number(2.5), names);
        encoder.begin(event::FAR, 70, 1);
        encoder.value(Seen::String(b"x"), names);
        encoder.wrote_two([1, 4], [Seen::Nil, Seen::Object(Kind::Table, 77)], names);
        encoder.step(event::FAR + 1, 80);
        encoder.take(1, |encoder| encoder.value(Seen::Boolean(true), names));
        encoder.done();
        let begun = |sequence, pc, word, operands: &[Datum]| Event::Begun {
            sequence,
            thread: 1,
            depth: 2,
            prototype: 3,
            pc,
            word,
            operands: operands.to_vec(),
            count: operands.len() as u32,
        };
        let ended = |sequence, written: &[(u32, Datum)]| Event::Ended {
            sequence,
            how: How::Completed,
            written: written.to_vec(),
            count: written.len() as u32,
        };
        let text = Datum::String { start: b"x".to_vec(), length: 1, hash: None };
        let expected = [
            begun(0, 4, 50, &[]),
            ended(0, &[]),
            begun(1, 5, 60, &[]),
            ended(1, &[(9, Datum::Number(2.5_f64.to_bits()))]),
            begun(2, event::FAR, 70, &[text]),
            ended(2, &[(1, Datum::Nil), (4, Datum::Object(Kind::Table, 0))]),
            begun(3, event::FAR + 1, 80, &[Datum::Boolean(true)]),
            ended(3, &[]),
        ];
        assert_eq!(decode(encoder.bytes()), Ok(expected.to_vec()));
        // The next block goes on where this one ends.
        encoder.step(6, 90);
        encoder.start();
        encoder.step(7, 95);
        assert_eq!(decode(encoder.bytes()), Ok(vec![ended(4, &[]), begun(5, 7, 95, &[])]));
    }

    #[test]
    fn nothing_ends_that_has_not_begun() {
        for tag in [event::DONE, event::RETURNED] {
            assert_eq!(decode(&[tag]), Err(BadEvents { offset: 0 }));
        }
        assert_eq!(decode(&[event::WROTE, 0, event::NIL]), Err(BadEvents { offset: 0 }));
        assert_eq!(decode(&[event::TOOK, 0, 0, 0, 0]), Err(BadEvents { offset: 0 }));
    }
}
