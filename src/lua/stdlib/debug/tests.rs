//! What programs of `corpus/seeds/debug` cannot show: exact periods of count hooks, observers beside hooks, copies of states,
//! the console, and odd arguments of all kinds.

use crate::lua::embed::{Script, ScriptError};
use crate::lua::vm::{Counter, Observer, State};

fn run<O: Observer>(state: &mut State, source: &str, observer: &mut O) -> Result<(), ScriptError> {
    let script = Script { chunk: source.as_bytes(), name: b"=test", arguments: &[], path: b"test" };
    state.run_script(&script, observer).map(|_| ())
}

fn state() -> State {
    let mut state = State::with_libraries();
    state.capture_output();
    state
}

fn output(state: &mut State) -> String {
    String::from_utf8_lossy(&state.take_output()).into_owned()
}

/// What a program prints that nobody watches.
fn printed(source: &str) -> String {
    let mut state = state();
    run(&mut state, source, &mut ()).expect("the program runs to its end");
    output(&mut state)
}

const WORK: &str = "
    local function work()
      local t = {}
      for i = 1, 20 do t[i] = i * 2 if i % 3 == 0 then t[i] = nil end end
      local s = 0
      for k, v in pairs(t) do s = s + v end
      local f = function() return s, t end
      local a = {1, 2, 3, f()}
      while s > 0 do s = s - 50 end
      return tostring(s) .. 'x' .. #t
    end";

/// The numbers are those of PUC-Rio's interpreter: what a hook executes is counted as well, without effect.
#[test]
fn count_hooks_count_their_own_instructions() {
    let source = format!(
        "{WORK}
        for _, period in ipairs{{1, 2, 3, 7, 10, 50}} do
          local count = 0
          debug.sethook(function() for i = 1, 5 do count = count + 1 end end, '', period)
          work()
          debug.sethook()
          print(period, count / 5)
        end"
    );
    assert_eq!(printed(&source), "1\t188\n2\t94\n3\t186\n7\t91\n10\t45\n50\t6\n");
}

#[test]
fn a_coroutine_inherits_everything_but_the_function() {
    let source = "debug.sethook(function() end, 'l', 7) local co = coroutine.create(function() end) debug.sethook()
        print(debug.gethook(co))";
    assert_eq!(printed(source), "nil\tl\t7\n");
}

#[test]
fn threads_that_come_after_a_dead_one_do_not_get_its_hook() {
    let source = "local called = 0
        local function hook() called = called + 1 end
        debug.sethook(function() end, 'c')
        for i = 1, 50 do debug.sethook(coroutine.create(function() end), hook, 'crl') end
        collectgarbage()
        for i = 1, 100 do
          local co = coroutine.create(function() local x = 1 return x end)
          assert(debug.gethook(co) == nil)
          coroutine.resume(co)
        end
        print(called)";
    assert_eq!(printed(source), "0\n");
}

#[test]
fn observers_see_programs_and_not_their_hooks() {
    let executed = |hook: &str| {
        let source = format!("{WORK} debug.sethook({hook}, 'crl', 1) work() debug.sethook()");
        let mut counter = Counter { executed: 0, budget: 1_000_000 };
        run(&mut state(), &source, &mut counter).expect("the program runs to its end");
        counter.executed
    };
    let short = executed("function() end");
    assert_eq!(short, executed("function() for i = 1, 100 do local x = i end end"));
    assert_eq!(short, executed("type"), "one instruction gets either");
    let mut counter = Counter { executed: 0, budget: short - 1 };
    let source = format!("{WORK} debug.sethook(function() end, 'crl', 1) work() debug.sethook()");
    assert!(matches!(run(&mut state(), &source, &mut counter), Err(ScriptError::Stopped)));
    assert_eq!(counter.executed, short - 1);
}

#[test]
fn a_hook_that_does_not_end_is_bounded() {
    let mut state = state();
    state.set_fuel(1000);
    let mut counter = Counter { executed: 0, budget: 1000 };
    let source = "coroutine.wrap(function() debug.sethook(function() while true do end end, 'l')\nlocal x = 1 end)()";
    assert!(matches!(run(&mut state, source, &mut counter), Err(ScriptError::Stopped)));
    state.set_fuel(u64::MAX);
    run(&mut state, "print 'goes on'", &mut ()).expect("the state can be used further");
    assert_eq!(output(&mut state), "goes on\n");
}

#[test]
fn a_hook_stays_when_a_run_ends_and_in_copies() {
    let mut state = state();
    run(&mut state, "debug.sethook(function(e, l) print(e, l) end, 'l')", &mut ())
        .expect("the program runs to its end");
    let mut copy = state.clone();
    for state in [&mut state, &mut copy] {
        run(state, "local x = 1\nx = 2", &mut ()).expect("the program runs to its end");
        assert_eq!(output(state), "line\t1\nline\t2\n");
    }
    let failing = "debug.sethook(function() error('in a hook', 0) end, 'l')\nlocal x = 1";
    assert!(matches!(run(&mut state, failing, &mut ()), Err(ScriptError::Raised { .. })));
    assert!(matches!(run(&mut state, "local x = 1", &mut ()), Err(ScriptError::Raised { .. })), "it is called again");
}

#[test]
fn hooks_and_a_collector_that_runs_all_the_time() {
    let source = format!(
        "{WORK}
        local events = {{}}
        local function hook(e, l) events[#events + 1] = e .. (l or '') .. #{{debug.getlocal(2, 1)}} end
        debug.sethook(hook, 'crl', 3)
        local function many(...) local t = {{...}} return ... end
        work() print(many(many(1, 2, many(3)), {{}} and 4))
        local co = coroutine.wrap(function() debug.sethook(hook, 'crl', 1) coroutine.yield(many({{}}, 'y')) work() end)
        co() co()
        debug.sethook()
        print(#events, #table.concat(events))"
    );
    let expected = printed(&source);
    let mut stressed = state();
    stressed.heap.set_stress(crate::lua::heap::Stress::WholeCollections);
    run(&mut stressed, &source, &mut ()).expect("the program runs to its end");
    assert_eq!(output(&mut stressed), expected);
}

#[test]
fn the_console_takes_commands_until_it_is_told_to_go_on() {
    let mut state = state();
    state.capture_errors();
    state.set_input(b"x = 1\nprint(x)\nerror('e')\nerror({})\ny = = 2\n\ncont\nrest\nprint 'last'".to_vec());
    run(&mut state, "debug.debug() print(io.read()) print(debug.debug())", &mut ())
        .expect("the program runs to its end");
    assert_eq!(output(&mut state), "1\nrest\nlast\n\n");
    let expected = "lua_debug> lua_debug> lua_debug> (debug command):1: e\nlua_debug> \nlua_debug> \
        (debug command):1: unexpected symbol near '='\nlua_debug> lua_debug> lua_debug> lua_debug> ";
    assert_eq!(String::from_utf8_lossy(&state.take_errors()), expected);
}

#[test]
fn odd_arguments_are_errors_at_worst() {
    let source = "
        local co = coroutine.create(function(a) local b = a coroutine.yield() end) coroutine.resume(co, 1)
        local dead = coroutine.create(function() error 'x' end) coroutine.resume(dead)
        local odd = {0, 1, -1, 2, 1e300, -1e300, 0/0, 1/0, 2^31, -2^31, 2^53, 'l', '>', '', 'S', '\\0', true, {}, print, co, dead,
          coroutine.create(function() end), newproxy(true), function() end, n = 24}
        local names = {'getfenv', 'gethook', 'getinfo', 'getlocal', 'getmetatable', 'getupvalue', 'setlocal', 'setupvalue', 'traceback'}
        for _, name in ipairs(names) do
          local f = debug[name]
          pcall(f)
          for i = 0, odd.n do
            pcall(f, odd[i])
            for j = 0, odd.n do
              -- As many lines as there are levels below 0 would never end.
              if name ~= 'traceback' then
                pcall(f, odd[i], odd[j])
                pcall(f, odd[i], odd[j], odd[(i * 7 + j) % 24])
                pcall(f, co, odd[i], odd[j], odd[(i + j) % 24])
              elseif type(odd[j]) ~= 'number' then
                pcall(f, odd[i], odd[j])
              end
            end
          end
        end
        for i = 0, odd.n do for j = 0, odd.n do
          pcall(debug.sethook, odd[i], odd[j], odd[(i + j) % 24]) pcall(debug.sethook, co, odd[i], odd[j], odd[j])
          debug.sethook()
        end end
        print 'survived'";
    assert!(printed(source).ends_with("survived\n"));
}

/// The reference takes the options' string for the function: `docs/divergences.md`.
#[test]
fn options_of_functions_are_refused_for_levels() {
    let source = "
        for _, options in ipairs {'>', '>S', '>nSluf'} do
          local success, message = pcall(debug.getinfo, 1, options)
          assert(not success and message:find('invalid option', 1, true), options)
        end";
    let mut state = State::with_libraries();
    run(&mut state, source, &mut ()).expect("all are refused");
}
