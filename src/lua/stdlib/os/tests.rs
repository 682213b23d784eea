//! What programs see of the library, and what the host does when a program ends itself.

use crate::lua::embed::ScriptError;
use crate::lua::stdlib::trial::{results, run};
use crate::lua::vm::State;

/// The exit code that a chunk ends itself with.
fn exit_code(source: &str) -> i32 {
    let mut state = State::with_libraries();
    state.capture_output();
    let code = match run(&mut state, source) {
        Err(ScriptError::Exited(code)) => code,
        other => panic!("{source}: {other:?}"),
    };
    assert_eq!(state.take_output(), b"", "{source}");
    let again = run(&mut state, "return pcall(error, 'caught')").expect("the state can be used further");
    assert_eq!(again, "false caught");
    code
}

#[test]
fn nothing_catches_an_exit() {
    assert_eq!(exit_code("os.exit()"), 0);
    assert_eq!(exit_code("pcall(os.exit, 3) print 'not reached'"), 3);
    assert_eq!(exit_code("xpcall(function() os.exit('-1') end, print)"), -1);
    assert_eq!(exit_code("pcall(coroutine.wrap(function() pcall(os.exit, 2 ^ 31) end)) print 'not reached'"), i32::MIN);
    assert_eq!(exit_code("pcall(load, function() os.exit(4.9) end) print 'not reached'"), 4);
    assert_eq!(exit_code("pcall(table.sort, {2, 1, 3}, function() os.exit(5) end) print 'not reached'"), 5);
    assert_eq!(exit_code("pcall(function() return setmetatable({}, {__index = function() os.exit(6) end}).x end)"), 6);
    assert_eq!(exit_code("package.preload.m = function() os.exit(7) end pcall(require, 'm') print 'not reached'"), 7);
    let finaliser = "local p = newproxy(true) getmetatable(p).__gc = function() os.exit(8) end p = nil
        pcall(collectgarbage) print 'not reached'";
    assert_eq!(exit_code(finaliser), 8);
}

#[test]
fn an_exit_while_a_state_is_closed_is_one_too() {
    let mut state = State::with_libraries();
    let source = "a, b = newproxy(true), newproxy(true) getmetatable(a).__gc = function() print 'not reached' end
        getmetatable(b).__gc = function() os.exit(9) end";
    run(&mut state, source).expect("the program runs to its end");
    state.capture_output();
    assert!(matches!(state.close(&mut ()), Err(ScriptError::Exited(9))));
    assert_eq!(state.take_output(), b"");
}

#[test]
fn commands_give_the_status_of_wait() {
    assert_eq!(results("return os.execute()"), "1");
    assert_eq!(results("return os.execute('exit 3'), os.execute(''), os.execute('kill -9 $$')"), "768 0 9");
    assert_eq!(results("return os.execute('exit 1\\0; exit 2')"), "256");
}

#[test]
fn files_are_removed_and_renamed() {
    let source = "
        local name = os.tmpname()
        assert(name:find('^/tmp/lua_%w%w%w%w%w%w$') and name ~= os.tmpname())
        assert(os.rename(name, name .. '.new') == true)
        local ok, message, code = os.remove(name)
        assert(ok == nil and message == name .. ': No such file or directory' and code == 2)
        assert(os.remove(name .. '.new') == true)
        os.execute('mkdir ' .. name .. ' && touch ' .. name .. '/file')
        local ok, message, code = os.remove(name)
        assert(ok == nil and message == name .. ': Directory not empty' and code == 39)
        assert(os.remove(name .. '/file') and os.remove(name))
        local ok, message, code = os.rename(name, name .. '2')
        return ok, message == name .. ': No such file or directory', code, os.remove('')";
    assert_eq!(results(source), "nil true 2 nil : No such file or directory 2");
}

#[test]
fn the_clock_counts_what_this_process_does() {
    let source = "local before, x = os.clock(), 0
        for i = 1, 1e7 do x = x + i % 7 if i % 1e5 == 0 and os.clock() - before > 0.02 then return true end end
        return os.clock() - before";
    assert_eq!(results(source), "true");
    assert_eq!(
        results("local last = 0 for i = 1, 50 do local now = os.clock() assert(now >= last) last = now end"),
        ""
    );
}

#[test]
fn the_only_locale_is_c() {
    let source =
        "return os.setlocale(), os.setlocale(''), os.setlocale('POSIX', 'time'), os.setlocale('C'), os.setlocale('xx')";
    assert_eq!(results(source), "C C C C nil");
    let source = "return pcall(os.setlocale, 'C', 'messages')";
    assert_eq!(results(source), "false bad argument #2 to '?' (invalid option 'messages')");
}

#[test]
fn dates_are_read_with_metamethods_and_limits() {
    assert_eq!(
        results("return os.date('!%c', 0), os.date('!%F', 1e300), os.date('!*t', 0).wday"),
        "Thu Jan  1 00:00:00 1970 nil 5"
    );
    let source = "local t = setmetatable({}, {__index = {year = 2000, month = '6', day = 1}})
        return os.date('%F %T', os.time(t))";
    assert_eq!(results(source), "2000-06-01 12:00:00");
    let source = "return pcall(os.time, {year = 2000, month = 1})";
    assert_eq!(results(source), "false field 'day' missing in date table");
    assert_eq!(results("return os.time {year = 2 ^ 40, month = -2 ^ 31, day = 2 ^ 31, hour = 0 / 0} ~= 0"), "true");
    // The two ways around a time that no `struct tm` holds.
    assert_eq!(results("return os.time {year = 2147485547, month = 12, day = 31, hour = 23, sec = 2 ^ 31 - 1}"), "nil");
    assert_eq!(results("return os.difftime(2 ^ 53, -1), os.difftime(-1e300, 1e300)"), "9.007199254741e+15 0");
}
