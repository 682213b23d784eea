//! The stack of open choices: what to try, or to take back, when a match fails.
//!
//! Every choice continues at a later position of the pattern than the one below it, so the stack is never deeper than
//! the pattern is long, whatever the subject. The first few choices need no memory from the heap.

/// A choice, or a change of the captures that has to be undone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice {
    /// A capture was added.
    UndoOpen,
    /// The capture of that index was closed.
    UndoClose(usize),
    /// Continue at this position of the subject with the operation `pattern`.
    Skip { subject: usize, pattern: usize },
    /// Up to `count` bytes from `subject` on may still be taken before continuing at `pattern`.
    Fewer { subject: usize, count: usize, pattern: usize },
    /// One more byte, at `subject`, may be taken if the operation `item` matches it, before continuing with the next one.
    More { subject: usize, item: usize },
}

const INLINE: usize = 32;

#[derive(Clone, Debug)]
pub(super) struct Backtrack {
    inline: [Choice; INLINE],
    depth: usize,
    /// What did not fit; empty unless `inline` is full.
    spilled: Vec<Choice>,
}

impl Default for Backtrack {
    fn default() -> Backtrack {
        Backtrack { inline: [Choice::UndoOpen; INLINE], depth: 0, spilled: Vec::new() }
    }
}

impl Backtrack {
    pub fn clear(&mut self) {
        self.depth = 0;
        self.spilled.clear();
    }

    #[inline]
    pub fn push(&mut self, choice: Choice) {
        match self.inline.get_mut(self.depth) {
            Some(slot) => {
                *slot = choice;
                self.depth += 1;
            }
            None => self.spilled.push(choice),
        }
    }

    #[inline]
    pub fn pop(&mut self) -> Option<Choice> {
        if let Some(choice) = self.spilled.pop() {
            return Some(choice);
        }
        self.depth = self.depth.checked_sub(1)?;
        self.inline.get(self.depth).copied()
    }
}
