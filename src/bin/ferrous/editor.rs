//! Line editing and history at a terminal. Anything else is read as it comes.

use std::io::{IsTerminal, Write};

use lockstep::lua::embed::standalone::read_plain_line;
use lockstep::lua::vm::State;
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor as LineEditor};

use super::signals;

/// Reads lines; the history is that of this process, as with `lua`.
#[derive(Default)]
pub struct Editor {
    /// Made when the first line is read at a terminal.
    lines: Option<LineEditor<(), MemHistory>>,
}

const HISTORY_LENGTH: usize = 1000;

impl Editor {
    /// Reads a line without its end; `None` at the end of input, or if the terminal fails.
    pub fn read_line(&mut self, state: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return read_plain_line(state, prompt);
        }
        let _ = std::io::stdout().flush();
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

    fn lines(&mut self) -> Option<&mut LineEditor<(), MemHistory>> {
        if self.lines.is_none() {
            let config = Config::builder().max_history_size(HISTORY_LENGTH).ok()?.build();
            let history = MemHistory::with_config(&config);
            self.lines = Some(LineEditor::with_history(config, history).ok()?);
        }
        self.lines.as_mut()
    }
}
