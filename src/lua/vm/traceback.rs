//! Tracebacks: the call stack as text, in the words of the reference's `debug.traceback` (`ldblib.c`).

use super::frame::Execution;
use super::messages::LevelFrame;
use super::state::State;

/// Levels shown before the gap, and after it.
const FIRST_LEVELS: i64 = 12;
const LAST_LEVELS: i64 = 10;

/// Where a traceback is: its levels are written one by one.
#[derive(Clone, Copy, Debug)]
pub(in crate::lua) struct Traceback {
    level: i64,
    is_first_part: bool,
}

impl Traceback {
    /// A traceback from a level on; 0 is the function on top.
    pub fn new(level: i32) -> Self {
        Self { level: i64::from(level), is_first_part: true }
    }

    /// Writes the next level, after a gap if that is due. Says whether there was one.
    pub fn write_next(&mut self, state: &State, execution: &Execution, text: &mut Vec<u8>) -> bool {
        if self.is_first_part && self.level >= FIRST_LEVELS {
            self.is_first_part = false;
            let last = execution.levels() - LAST_LEVELS;
            if self.level + 1 < last {
                text.extend_from_slice(b"\n\t...");
                self.level = last;
            }
        }
        let Some(level) = execution.at_level(self.level) else { return false };
        self.level += 1;
        text.extend_from_slice(b"\n\t");
        state.write_level(execution, level, text);
        true
    }
}

impl State {
    /// The call stack of the running thread from a level on (0 is the function on top), starting with `stack traceback:`.
    pub fn traceback(&self, level: i32) -> Vec<u8> {
        let mut text = b"stack traceback:".to_vec();
        let mut traceback = Traceback::new(level);
        while traceback.write_next(self, &self.execution, &mut text) {}
        text
    }

    fn write_level(&self, execution: &Execution, level: LevelFrame, text: &mut Vec<u8>) {
        let LevelFrame::Frame(index) = level else {
            text.extend_from_slice(b"(tail call): ?");
            return;
        };
        let Some(frame) = execution.frames.get(index) else { return };
        let source = if frame.is_lua() { self.short_source(frame) } else { b"[C]".to_vec() };
        text.extend_from_slice(&source);
        text.push(b':');
        if let Some(line) = self.current_line(frame).filter(|line| *line > 0) {
            text.extend_from_slice(format!("{line}:").as_bytes());
        }
        let line_defined = frame.prototype().map(|prototype| self.prototypes.get(prototype).source.line_defined);
        match (self.name_of_call_in(execution, index), line_defined) {
            (Some((_, name)), _) => {
                text.extend_from_slice(b" in function '");
                text.extend_from_slice(&name);
                text.push(b'\'');
            }
            (None, Some(0)) => text.extend_from_slice(b" in main chunk"),
            (None, None) => text.extend_from_slice(b" ?"),
            (None, Some(line)) => {
                text.extend_from_slice(b" in function <");
                text.extend_from_slice(&source);
                text.extend_from_slice(format!(":{line}>").as_bytes());
            }
        }
    }
}
