//! Line editing and history at a terminal. Anything else is read as it comes.

use std::io::IsTerminal;

use lockstep::lua::embed::standalone::read_plain_line;
use lockstep::lua::vm::State;
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor as LineEditor};

use super::signals;

type Lines = LineEditor<(), MemHistory>;

/// Reads lines; the history is that of this process, as with `lua`.
#[derive(Default)]
pub struct Editor {
    /// Made when the first line is read at a terminal. It also keeps what was typed ahead.
    lines: Option<Lines>,
}

impl Editor {
    /// Reads a line without its end; `None` at the end of input, or if the terminal fails.
    pub fn read_line(&mut self, state: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
        if !can_edit() {
            return read_plain_line(state, prompt);
        }
        let _ = state.flush_output();
        match self.lines()?.readline(&String::from_utf8_lossy(prompt)) {
            Ok(line) => Some(line.into_bytes()),
            Err(ReadlineError::Interrupted) => {
                // Nothing runs that could be interrupted: as with `lua`, the process is.
                signals::die_of_interrupt();
                None
            }
            Err(_) => None,
        }
    }

    /// Adds a chunk to the history.
    pub fn remember(&mut self, chunk: &[u8]) {
        if let Some(lines) = &mut self.lines {
            // A history that takes nothing more is no reason to stop.
            let _ = lines.add_history_entry(String::from_utf8_lossy(chunk));
        }
    }

    fn lines(&mut self) -> Option<&mut Lines> {
        if self.lines.is_none() {
            // A line editor handles Ctrl-C from its making to its end, and then brings back who did before: so when the first of
            // these two ends, that is us again. In the second, Ctrl-C comes as a key.
            let first = line_editor()?;
            self.lines = Some(line_editor()?);
            drop(first);
        }
        self.lines.as_mut()
    }
}

/// Whether there is a terminal at both ends, and one that can move its cursor.
fn can_edit() -> bool {
    std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && !std::env::var("TERM").is_ok_and(|name| LINE_PRINTERS.contains(&name.as_str()))
}

/// The terminals that the line editor does not edit lines on.
const LINE_PRINTERS: [&str; 3] = ["dumb", "cons25", "emacs"];

fn line_editor() -> Option<Lines> {
    let config = Config::builder().max_history_size(HISTORY_LENGTH).ok()?.build();
    let history = MemHistory::with_config(&config);
    LineEditor::with_history(config, history).ok()
}

const HISTORY_LENGTH: usize = 1000;
