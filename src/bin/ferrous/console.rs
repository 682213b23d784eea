//! The terminal, or what is in its place: standard input, and messages on standard error.

use std::io::{IsTerminal, Write};

use lockstep::lua::embed::standalone::Console;
#[cfg(feature = "terminal")]
use lockstep::lua::vm::State;

/// The console of the process.
#[derive(Default)]
pub struct ProcessConsole {
    #[cfg(feature = "terminal")]
    editor: super::editor::Editor,
    #[cfg(feature = "terminal")]
    interrupts: super::signals::Interrupts,
}

impl Console for ProcessConsole {
    #[cfg(feature = "terminal")]
    fn interrupt_flag(&self) -> std::sync::Arc<std::sync::atomic::AtomicBool> {
        self.interrupts.flag()
    }

    #[cfg(feature = "terminal")]
    fn begin(&mut self) {
        self.interrupts.allow();
    }

    #[cfg(feature = "terminal")]
    fn end(&mut self) {
        self.interrupts.forbid();
    }

    fn show(&mut self, text: &[u8]) {
        // Nothing is left to do about a standard error that cannot be written to.
        let _ = std::io::stderr().lock().write_all(text);
    }

    fn is_interactive(&self) -> bool {
        std::io::stdin().is_terminal()
    }

    #[cfg(feature = "terminal")]
    fn read_line(&mut self, state: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
        self.editor.read_line(state, prompt)
    }

    #[cfg(feature = "terminal")]
    fn remember(&mut self, chunk: &[u8]) {
        self.editor.remember(chunk);
    }
}
