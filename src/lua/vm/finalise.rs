//! Calling finalisers: between two instructions of whatever runs, or when the state ends.
//!
//! The reference calls them from within its collector, wherever that runs. The collector here knows nothing of calls: it
//! queues, and the loop calls at its next occasion. As in the reference, no observer sees what a finaliser executes, and an
//! error in one is an error of the code that it interrupts.

use super::error::Error;
use super::events::Event;
use super::frame::After;
use super::observer::Observer;
use super::state::{Flow, State};
use crate::lua::heap::Value;

impl State {
    /// Takes the next userdata from the queue, with its finaliser; those that have lost theirs are passed over.
    pub(in crate::lua) fn next_finaliser(&mut self) -> Option<(Value, Value)> {
        while let Some(userdata) = self.heap.next_finalised() {
            let userdata = Value::userdata(userdata);
            let finaliser = self.metamethods.of(&self.heap, userdata, Event::Gc);
            if !finaliser.is_nil() {
                return Some((finaliser, userdata));
            }
        }
        None
    }

    /// Calls the next finaliser on top of the Lua function that is between two instructions.
    ///
    /// # Errors
    /// When it cannot be called.
    #[cold]
    pub(super) fn call_due_finaliser(&mut self) -> Result<Flow, Error> {
        self.heap.put_off_finalisers();
        let Some((finaliser, userdata)) = self.next_finaliser() else {
            self.heap.end_cycle();
            return Ok(Flow::Continue);
        };
        self.heap.pay_for_finaliser(&mut 0);
        let execution = &mut *self.execution;
        let function = execution.live_top();
        // Open results may end elsewhere than the frame. No instruction is under way that could want the place.
        if let Some(frame) = execution.frames.last_mut() {
            frame.progress = execution.top as u32;
        }
        execution.top = function;
        execution.push(finaliser);
        execution.push(userdata);
        execution.is_unobserved = true;
        self.invoke(function, 0, After::Finaliser, true)
    }

    /// Goes back to the function that a finaliser has interrupted.
    pub(super) fn end_finaliser(&mut self) {
        let execution = &mut *self.execution;
        if let Some(frame) = execution.frames.last_mut() {
            execution.top = std::mem::take(&mut frame.progress) as usize;
        }
        execution.is_unobserved = false;
        self.heap.make_finalisers_due();
        if !self.heap.are_finalisers_due() {
            self.heap.end_cycle();
        }
    }

    /// Calls the finalisers of all userdata that are left, and those that come up meanwhile. Their errors go nowhere
    /// (`lua_close`).
    ///
    /// # Errors
    /// When the run is stopped, or a finaliser ends it.
    pub(in crate::lua) fn finalise_everything<O: Observer>(&mut self, observer: &mut O) -> Result<(), Error> {
        let name = self.metamethods.name(Event::Gc);
        self.heap.queue_all_userdata(name);
        while let Some((finaliser, userdata)) = self.next_finaliser() {
            self.execution.is_unobserved = true;
            let result = self.call(finaliser, &[userdata], None, observer);
            self.execution.is_unobserved = false;
            match result {
                Err(error) if error.kind.is_final() => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::lua::embed::{Script, ScriptError};
    use crate::lua::heap::Stress;
    use crate::lua::vm::{Counter, Observer, State};

    fn run<O: Observer>(state: &mut State, source: &str, observer: &mut O) -> Result<(), ScriptError> {
        let script = Script { chunk: source.as_bytes(), name: b"=test", arguments: &[], path: b"test" };
        state.run_script(&script, observer).map(|_| ())
    }

    fn state(stress: bool) -> State {
        let mut state = State::with_libraries();
        state.capture_output();
        state.heap.set_stress(if stress { Stress::WholeCollections } else { Stress::Off });
        state
    }

    fn output(state: &mut State) -> String {
        String::from_utf8_lossy(&state.take_output()).into_owned()
    }

    /// How many instructions a program takes, with its state closed.
    fn instructions(source: &str, stress: bool) -> u64 {
        let mut counter = Counter { executed: 0, budget: 1_000_000 };
        let mut state = state(stress);
        run(&mut state, source, &mut counter).expect("the program runs to its end");
        state.close(&mut counter).expect("the state can be closed");
        counter.executed
    }

    const PRELUDE: &str = "local function proxy(f) local p = newproxy(true) getmetatable(p).__gc = f return p end ";

    #[test]
    fn no_observer_sees_a_finaliser() {
        let with = |body: &str, end: &str| {
            format!(
                "{PRELUDE} local p = proxy(function() {body} end) p = nil pcall(collectgarbage) {end} local x = 1 local y"
            )
        };
        let plain = instructions(&with("", ""), false);
        for body in ["for i = 1, 1000 do end", "error 'after all'", "pcall(error) for i = 1, 1000 do end"] {
            for stress in [false, true] {
                assert_eq!(instructions(&with(body, ""), stress), plain, "{body}");
            }
        }
        let at_end = format!("{PRELUDE} p = proxy(function() for i = 1, 1000 do end end)");
        assert_eq!(instructions(&at_end, false), instructions(&at_end.replace("for i = 1, 1000 do end", ""), false));
        let coroutine = with("coroutine.wrap(function() for i = 1, 1000 do end end)()", "");
        assert!(instructions(&coroutine, false) > plain + 1000, "coroutines of a finaliser are seen");
    }

    #[test]
    fn open_results_survive_finalisers_between_instructions() {
        let source = format!(
            "{PRELUDE}
            local called = 0
            local function count() called = called + 1 end
            local function many(n) if n == 0 then return end proxy(count) return n, many(n - 1) end
            local function open(...) proxy(count) return ... end
            for i = 1, 20 do
                local t = {{open(open(many(i)), many(i))}}
                assert(#t == i + 1 and t[1] == i and t[2] == i and t[i + 1] == 1, i)
                assert(select('#', open(open(), open(many(i)))) == i + 1)
                assert(('x'):rep(i) .. open(i) .. tostring(i) == ('x'):rep(i) .. i .. i)
            end
            print(called > 100)"
        );
        let mut state = state(true);
        run(&mut state, &source, &mut ()).expect("no assertion fails");
        assert_eq!(output(&mut state), "true\n");
    }

    #[test]
    fn an_error_between_instructions_is_the_interrupted_functions() {
        let source = format!(
            "{PRELUDE}
            local function interrupted()
                proxy(function() error('here') end)
                for i = 1, 3 do local t = {{}} end
            end
            print(pcall(interrupted))
            print(xpcall(interrupted, function(m) return 'handled ' .. m end))
            print(coroutine.resume(coroutine.create(interrupted)))
            interrupted()"
        );
        let mut state = state(true);
        let result = run(&mut state, &source, &mut ());
        assert!(matches!(result, Err(ScriptError::Raised { .. })));
        let expected = "false\ttest:3: here\nfalse\thandled test:3: here\nfalse\ttest:3: here\n";
        assert_eq!(output(&mut state), expected);
        run(&mut state, "print 'goes on'", &mut ()).expect("the state can be used further");
        assert_eq!(output(&mut state), "goes on\n");
    }

    #[test]
    fn closing_calls_each_finaliser_once() {
        let source = format!(
            "{PRELUDE} a = proxy(function() print 'a' end) b = proxy(function() error 'lost' end)
            c = proxy(function() print 'c' end)"
        );
        let mut state = state(false);
        run(&mut state, &source, &mut ()).expect("the program runs to its end");
        let mut copy = state.clone();
        for state in [&mut state, &mut copy] {
            assert_eq!(output(state), "");
            state.close(&mut ()).expect("errors go nowhere");
            assert_eq!(output(state), "c\na\n");
            state.close(&mut ()).expect("nothing is left");
            assert_eq!(output(state), "");
        }
    }

    #[test]
    fn a_stop_while_closing_ends_the_closing() {
        let source = format!(
            "{PRELUDE} a = proxy(function() print 'not reached' end)
            b = proxy(function() coroutine.wrap(function() while true do end end)() end)"
        );
        let mut state = state(false);
        run(&mut state, &source, &mut ()).expect("the program runs to its end");
        let mut counter = Counter { executed: 0, budget: 1000 };
        assert!(matches!(state.close(&mut counter), Err(ScriptError::Stopped)));
        assert_eq!((output(&mut state).as_str(), counter.executed), ("", 1000));
    }

    #[test]
    fn a_weak_table_may_be_its_own_metatable() {
        let source = "local t = {} setmetatable(t, t) t.__mode = 'v' t[1] = {} collectgarbage() print(t[1])";
        let mut state = state(false);
        run(&mut state, source, &mut ()).expect("the program runs to its end");
        assert_eq!(output(&mut state), "nil\n");
    }
}
