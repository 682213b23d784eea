//! What the functions give and refuse, as the reference does, and what a host's limits do to them.

use crate::lua::heap::Value;
use crate::lua::stdlib::trial::run_in;
use crate::lua::vm::{ErrorKind, State};

/// What `return` and this expression give, in a row; or the message of the error.
fn values(expression: &str) -> String {
    let mut state = State::with_libraries();
    state.heap.set_stress(crate::lua::heap::Stress::WholeCollections);
    match run_in(&mut state, &format!("return {expression}")) {
        Ok(values) => values.iter().map(|value| text(&mut state, *value)).collect::<Vec<_>>().join(" "),
        Err(error) => text(&mut state, error.value),
    }
}

fn text(state: &mut State, value: Value) -> String {
    match state.to_string_value(value) {
        Some(string) => String::from_utf8_lossy(state.heap.bytes(string)).into_owned(),
        None => value.kind().name().to_owned(),
    }
}

fn check(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        assert_eq!(values(expression), *expected, "{expression}");
    }
}

#[test]
fn parts_and_bytes() {
    check(&[
        ("('hello'):sub(2, -2)", "ell"),
        ("('hello'):sub(-100, 100)", "hello"),
        ("('hello'):sub(4, 2)", ""),
        ("('hello'):sub(1.9, '2.9')", "he"),
        ("('hello'):sub(2^63)", "hello"),
        ("('hello'):byte(-1)", "111"),
        ("('hello'):byte(2, 3)", "101 108"),
        ("('hello'):byte(10)", ""),
        ("select('#', ('x'):rep(7996):byte(1, -1))", "7996"),
        ("('x'):rep(7998):byte(1, -1)", "t:1: stack overflow (string slice too long)"),
        ("string.char(72, '105', 33.9)", "Hi!"),
        ("string.char(65, 256)", "t:1: bad argument #2 to 'char' (invalid value)"),
        ("#string.char(), ('\\0a'):len()", "0 2"),
    ]);
}

#[test]
fn copies() {
    check(&[
        ("('ab'):rep(3), ('ab'):rep(0), ('ab'):rep(-1), ('ab'):rep(2^32 + 1)", "ababab   ab"),
        ("#('abc'):rep(100001), ('abcd'):rep(20000):sub(-5)", "300003 dabcd"),
        ("(''):rep(1e9)", ""),
        ("('x'):rep({})", "t:1: bad argument #1 to 'rep' (number expected, got table)"),
        ("string.rep({}, 1)", "t:1: bad argument #1 to 'rep' (string expected, got table)"),
        ("('aZ\u{e9}'):upper(), ('aZ\u{c9}'):lower(), ('abc'):reverse()", "AZ\u{e9} az\u{c9} cba"),
        ("loadstring(string.dump(function(...) return ... end))(1, 2)", "1 2"),
        ("string.dump(print)", "t:1: unable to dump given function"),
    ]);
}

#[test]
fn searches() {
    check(&[
        ("('a.c'):find('.', 1, true)", "2 2"),
        ("('a.c'):find('.', -1)", "3 3"),
        ("('abc'):find('b', 10), ('abc'):find('', 10)", "nil 4 3"),
        ("('abc'):find('(b)()(c)')", "2 3 b 3 c"),
        ("('key = value'):match('^(%w+)%s*=%s*(%w+)$')", "key value"),
        ("('abc'):match('(')", "t:1: unfinished capture"),
        ("('abc'):match('%1')", "t:1: invalid capture index"),
        ("('aaa'):match(('(a)'):rep(33))", "nil"),
        ("('a'):rep(99):match(('(a)'):rep(33))", "t:1: too many captures"),
        ("string.gfind == string.gmatch and string.gmatch('ab', '.')()", "a"),
        (
            "(function() local t = '' for k, v in ('a=1, b=2'):gmatch('(%w)=(%w)') do t = t .. v .. k end return t end)()",
            "1a2b",
        ),
        ("(function() local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end return n end)()", "4"),
        ("('^a^b'):gmatch('^.')()", "^a"),
    ]);
}

#[test]
fn substitutions() {
    check(&[
        ("('hello'):gsub('l', '<%0%%>', 1)", "he<l%>lo 1"),
        ("('abc'):gsub('', '-')", "-a-b-c- 4"),
        ("('aaa'):gsub('^a', '-')", "-aa 1"),
        ("('abc'):gsub('()b', '%1%1')", "a22c 1"),
        ("('abc'):gsub('b', '%2')", "t:1: invalid capture index"),
        ("('abc'):gsub('b', true)", "t:1: bad argument #2 to 'gsub' (string/function/table expected)"),
        ("('abc'):gsub('%w', {a = 1, b = false})", "1bc 3"),
        ("('abc'):gsub('%w', {a = {}})", "t:1: invalid replacement value (a table)"),
        ("('abc'):gsub('%w', setmetatable({}, {__index = function(_, key) return key .. key end}))", "aabbcc 3"),
        ("('abc'):gsub('^%w*', function(all) return (all:gsub('b', string.upper)) end)", "aBc 1"),
        ("('abc'):gsub('(%w)()', function(c, place) return place end, 2)", "23c 2"),
        ("('abc'):gsub('%w', function() return true end)", "t:1: invalid replacement value (a boolean)"),
        ("('abc'):gsub('%w', function() error('deep', 0) end)", "deep"),
    ]);
}

#[test]
fn formats() {
    check(&[
        ("('%d %5.1f|%-4s|%q %%'):format('0x10', 2.25, 'x', 'a\\n')", "16   2.2|x   |\"a\\\n\" %"),
        ("#('%s'):format(('x'):rep(100) .. '\\0y'), #('%s'):format('a\\0b')", "102 1"),
        ("('%d'):format()", "t:1: bad argument #1 to 'format' (no value)"),
        ("string.format('%d', 'x')", "t:1: bad argument #2 to 'format' (number expected, got string)"),
        ("('%y'):format(1)", "t:1: invalid option '%y' to 'format'"),
        ("('%'):format(1)", "t:1: invalid option '%' to 'format'"),
        ("('%123d'):format(1)", "t:1: invalid format (width or precision too long)"),
        ("('%------d'):format(1)", "t:1: invalid format (repeated flags)"),
    ]);
}

#[test]
fn a_memory_limit_holds_for_results_of_any_size() {
    for source in [
        "return ('x'):rep(2^31 - 1)",
        "return ('x'):rep(2^20):rep(2^30)",
        "return ('x'):rep(2^18):gsub('.', ('y'):rep(2^18))",
        "return ('x'):rep(2^18):gsub('.*', ('%0'):rep(2^18))",
        "local s = ('x'):rep(2^18) return s:gsub('.', function() return s end)",
        "local s = ('x'):rep(2^18) return ('%s'):rep(100):format(unpack({s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s}))",
    ] {
        let mut state = State::with_libraries();
        state.heap.set_limit(4 << 20);
        let error = run_in(&mut state, source).expect_err(source);
        assert_eq!(error.kind, ErrorKind::Memory, "{source}");
    }
}

#[test]
fn fuel_ends_a_search_that_nothing_catches() {
    let search = "local s = ('a'):rep(40)
        return pcall(string.find, s, ('a?'):rep(40) .. ('a'):rep(40) .. 'b')";
    let mut state = State::with_libraries();
    state.fuel = 100_000;
    let error = run_in(&mut state, search).expect_err("the search is exponential");
    assert_eq!(error.kind, ErrorKind::Stopped);
    let mut state = State::with_libraries();
    state.fuel = 100;
    assert!(run_in(&mut state, "for i = 1, 10 do string.find('abc', 'c') end").is_ok());
    assert!(state.fuel < 100);
    let error =
        run_in(&mut state, "for i = 1, 100 do string.find('abc', 'c', 1, true) end").expect_err("the fuel is short");
    assert_eq!(error.kind, ErrorKind::Stopped);
}
