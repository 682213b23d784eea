//! Tracebacks: the call stack as text, in the words of the reference's `debug.traceback` (`ldblib.c`).

use super::messages::{LevelFrame, frame_at_level};
use super::state::State;

/// Levels shown before the gap, and after it.
const FIRST_LEVELS: usize = 12;
const LAST_LEVELS: usize = 10;

impl State {
    /// The call stack of the running thread from a level on (0 is the function on top), starting with `stack traceback:`.
    pub fn traceback(&self, level: usize) -> Vec<u8> {
        let mut text = b"stack traceback:".to_vec();
        let mut level = level;
        let mut is_first_part = true;
        while let Some(found) = self.level(level) {
            level += 1;
            if level > FIRST_LEVELS && is_first_part {
                if self.level(level + LAST_LEVELS).is_none() {
                    level -= 1;
                } else {
                    text.extend_from_slice(b"\n\t...");
                    while self.level(level + LAST_LEVELS).is_some() {
                        level += 1;
                    }
                }
                is_first_part = false;
                continue;
            }
            text.extend_from_slice(b"\n\t");
            self.write_level(found, &mut text);
        }
        text
    }

    fn level(&self, level: usize) -> Option<LevelFrame> {
        frame_at_level(&self.execution.frames, level)
    }

    fn write_level(&self, level: LevelFrame, text: &mut Vec<u8>) {
        let LevelFrame::Frame(index) = level else {
            text.extend_from_slice(b"(tail call): ?");
            return;
        };
        let Some(frame) = self.execution.frames.get(index) else { return };
        let source = if frame.is_lua() { self.short_source(frame) } else { b"[C]".to_vec() };
        text.extend_from_slice(&source);
        text.push(b':');
        if let Some(line) = self.current_line(frame).filter(|line| *line > 0) {
            text.extend_from_slice(format!("{line}:").as_bytes());
        }
        let line_defined = frame.prototype().map(|prototype| self.prototypes.get(prototype).source.line_defined);
        match (self.name_of_call(index), line_defined) {
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
