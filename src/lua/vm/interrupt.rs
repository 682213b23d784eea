//! Interrupting a program from outside: an observer wants it, and the program sees an error.

use super::error::Error;
use super::observer::Observer;
use super::state::{Flow, State};

impl State {
    /// Leaves the loop before the instruction at `pc`, to come back by the way that asks for interrupts.
    #[cold]
    #[inline(never)]
    pub(super) fn pause(&mut self, pc: usize) -> Result<Flow, Error> {
        if let Some(frame) = self.execution.frames.last_mut() {
            frame.pc = pc as u32;
        }
        Ok(Flow::Continue)
    }

    /// Interrupts the program in the way of the reference's stand-alone interpreter: by an error as from a hook of the main thread
    /// that is called before the next instruction, and that turns hooks off. Nothing happens where no such hook would be called.
    ///
    /// # Errors
    /// The error that interrupts.
    #[cold]
    #[inline(never)]
    pub(super) fn interrupt<O: Observer>(&mut self, observer: &mut O) -> Result<(), Error> {
        let execution = &mut *self.execution;
        if self.thread != self.main_thread || execution.is_unobserved || execution.hooks.owes_instruction() {
            return Ok(());
        }
        let Some(frame) = execution.frames.last_mut().filter(|frame| frame.is_lua()) else { return Ok(()) };
        // To a hook, the function is at the instruction that comes next.
        frame.pc += 1;
        execution.hooks.set(0, 0);
        observer.interrupted();
        let mut message = self.position_of_level(1);
        message.extend_from_slice(b"interrupted!");
        Err(Error::raised(self.heap.string(&message)))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crate::lua::vm::{Observer, State, Stop};

    /// Wants an interrupt once, when it has been asked so many times.
    struct After {
        asked: Cell<u32>,
        limit: u32,
    }

    impl Observer for After {
        const IS_ACTIVE: bool = false;
        const INTERRUPTS: bool = true;

        fn before_instruction(&mut self) -> Result<(), Stop> {
            Ok(())
        }

        fn wants_interrupt(&self) -> bool {
            self.asked.set(self.asked.get().saturating_add(1));
            self.asked.get() > self.limit
        }

        fn interrupted(&mut self) {
            self.limit = u32::MAX;
        }
    }

    /// What a chunk prints, and the message that it ends with.
    fn output(chunk: &str, limit: u32) -> String {
        let mut state = State::with_libraries();
        state.capture_output();
        let function = state.load(chunk.as_bytes(), b"=test").expect("it compiles");
        let result = state.call(function, &[], None, &mut After { asked: Cell::new(0), limit });
        let mut output = String::from_utf8_lossy(&state.take_output()).into_owned();
        if let Err(error) = result {
            let message = state.to_string_value(error.value).expect("a message");
            output.push_str(&String::from_utf8_lossy(state.heap.bytes(message)));
        }
        output
    }

    #[test]
    fn loops_are_left() {
        for body in
            ["while true do end", "for i = 1, 1/0 do local t = {} end", "for _ in function() return 1 end do end"]
        {
            assert!(output(body, 100).ends_with("interrupted!"), "{body}");
            assert!(
                output(&format!("coroutine.wrap(function() end)() {body}"), 100).ends_with("interrupted!"),
                "{body}"
            );
        }
    }

    #[test]
    fn a_program_may_go_on_after_an_interrupt() {
        let chunk = "print(pcall(function() while true do end end)) for i = 1, 1000 do end print 'whole'";
        assert_eq!(output(chunk, 100), "false\tinterrupted!\nwhole\n");
    }

    #[test]
    fn coroutines_and_finalisers_run_to_their_end() {
        let coroutine = "coroutine.wrap(function() for i = 1, 1000 do end print 'whole' end)()";
        let finaliser = "local p = newproxy(true)
            getmetatable(p).__gc = function() for i = 1, 1000 do end print 'whole' end p = nil collectgarbage()";
        for part in [coroutine, finaliser] {
            assert_eq!(output(&format!("{part} while true do end"), 100), "whole\ninterrupted!");
        }
    }

    #[test]
    fn hooks_are_off_after_an_interrupt() {
        let chunk = "debug.sethook(function() end, 'l') pcall(function() while true do end end) print(select(2, debug.gethook()))";
        assert_eq!(output(chunk, 100), "\t0\n");
    }
}
