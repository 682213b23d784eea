//! Values of every type as arguments: ordinary ones, and those at which something changes. It knows no function.
//!
//! What only an expression can give comes from lists: functions that raise, yield or are natives, tables that refer to themselves, with
//! metatables, threads in every state, files, proxies. None of them calls what could go on for ever, whatever it is given, and none gives
//! a number, so that `bounds` sees all numbers. Weak tables hold nothing that could be collected.

use super::texts::{self, bytes};
use crate::generate::Choices;
use crate::oracle::library::Argument;

/// Functions that end whatever they are given.
pub(super) const FUNCTIONS: [&str; 22] = [
    "function(...) return ... end",
    "function() end",
    "print",
    "type",
    "function(a, b) return b end",
    "function() error('raised') end",
    "function() error({code = 1}) end",
    "function(...) error((...), 2) end",
    "function() error() end",
    "function(...) return coroutine.yield(...) end",
    "coroutine.yield",
    "math.sin",
    "string.upper",
    "tostring",
    "rawequal",
    "error",
    "pcall",
    "next",
    "function(...) return select('#', ...), ... end",
    "function(n) return {n} end",
    "coroutine.wrap(function(...) while true do coroutine.yield(...) end end)",
    "(function() local n = 0 return function() n = n + 1 return n end end)()",
];

/// Functions that compare, and some that only say so.
pub(super) const ORDERS: [&str; 10] = [
    "function(a, b) return a < b end",
    "function(a, b) return a > b end",
    "function(a, b) return a <= b end",
    "function() return true end",
    "function() end",
    "function(a, b) return tostring(a) < tostring(b) end",
    "function(a, b) return type(a) < type(b) end",
    "function(a, b) error('compared') end",
    "coroutine.yield",
    "rawequal",
];

/// Functions that give source text in pieces, or something else, and come to an end.
pub(super) const READERS: [&str; 13] = [
    "function() end",
    "(function() local p, i = {'return ', '1', ' + 2'}, 0 return function() i = i + 1 return p[i] end end)()",
    "(function() local p, i = {'return', '', ' 1'}, 0 return function() i = i + 1 return p[i] end end)()",
    "(function() local p, i = {'x = = 1'}, 0 return function() i = i + 1 return p[i] end end)()",
    "(function() local p, i = {'return ', 5, 6}, 0 return function() i = i + 1 return p[i] end end)()",
    "(function() local p, i = {'return ', {}}, 0 return function() i = i + 1 return p[i] end end)()",
    "(function() local d, i = string.dump(function(...) return ... end), 0 return function() i = i + 1 return d:sub(i, i) end end)()",
    "(function() local d, i = string.dump(function() return 'x' end), 0 return function() i = i + 7 return d:sub(i - 6, i):sub(1, 70 - i) end end)()",
    "function() error('no more') end",
    "function() return true end",
    "coroutine.yield",
    "coroutine.wrap(function() coroutine.yield('return ') coroutine.yield('\\0') coroutine.yield(nil) end)",
    "type",
];

/// Threads in every state.
pub(super) const THREADS: [&str; 8] = [
    "coroutine.create(function(...) return ... end)",
    "coroutine.create(function(a, b) local c = coroutine.yield(a) error(c) end)",
    "(function() local c = coroutine.create(function(...) coroutine.yield(...) end) coroutine.resume(c, 1, 2) return c end)()",
    "(function() local c = coroutine.create(function(a) local b = {a} return pcall(coroutine.yield, b) end) coroutine.resume(c, 7) return c end)()",
    "(function() local c = coroutine.create(function() end) coroutine.resume(c) return c end)()",
    "(function() local c = coroutine.create(function() error('dead') end) coroutine.resume(c) return c end)()",
    "(function() local c c = coroutine.create(function() local t = setmetatable({}, {__index = coroutine.yield}) return t.x end) coroutine.resume(c) return c end)()",
    "coroutine.create(function() return coroutine.resume(coroutine.create(function() return coroutine.yield(1) end)) end)",
];

/// Files: standard ones, closed ones, and temporary ones with something in them.
pub(super) const FILES: [&str; 8] = [
    "(function() local f = io.tmpfile() f:write('12 0x1F -3.5e1 x\\nline\\n\\nlast') f:seek('set') return f end)()",
    "io.stdout",
    "io.tmpfile()",
    "(function() local f = io.tmpfile() f:close() return f end)()",
    "io.stdin",
    "(function() local f = io.tmpfile() f:write('1e\\0\\n- 5 nan 0x .5. 1e+ +7\\n') f:seek('set') return f end)()",
    "(function() local f = io.tmpfile() f:write(('x'):rep(3000), '\\n', ('1'):rep(300)) f:seek('set') return f end)()",
    "(function() local f = io.tmpfile() f:write('no end of line') return f end)()",
];

/// Tables with metatables, tables in themselves, userdata: objects that behave, and some that do not.
const OBJECTS: [&str; 28] = [
    "setmetatable({1, 2, 3}, {__index = function(t, k) return k end})",
    "setmetatable({}, {__index = {1, 2, 3, x = 1}})",
    "setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, {v}) end})",
    "setmetatable({}, {__newindex = function() error('sealed') end})",
    "setmetatable({}, {__tostring = function() return 'shown' end})",
    "setmetatable({}, {__tostring = function() return {} end})",
    "setmetatable({}, {__tostring = function() error('not shown') end})",
    "setmetatable({}, {__tostring = coroutine.yield})",
    "setmetatable({}, {__metatable = 'locked'})",
    "setmetatable({}, {__metatable = false})",
    "setmetatable({}, {__call = function(self, ...) return ... end})",
    "setmetatable({}, {__call = {}})",
    "setmetatable({}, {__eq = function() return true end, __lt = function() return true end, __le = function() return false end})",
    "setmetatable({}, {__concat = function(a, b) return 'joined' end, __len = function() return 3 end})",
    "setmetatable({}, {__add = function() return 1 end, __unm = function() return 2 end})",
    "setmetatable({1, 'x'}, {__mode = 'v'})",
    "setmetatable({x = 1}, {__mode = 'k'})",
    "setmetatable({1}, {__gc = function() print('never') end})",
    "(function() local t = {} t[1] = t t.self = t return t end)()",
    "(function() local t = {3, 2, 1} return setmetatable(t, t) end)()",
    "(function() local t = {} t.__index = t return setmetatable(t, t) end)()",
    "newproxy()",
    "newproxy(true)",
    "newproxy(false)",
    "(function() local p = newproxy(true) getmetatable(p).__gc = function() print('collected') end return p end)()",
    "(function() local p = newproxy(true) getmetatable(p).__gc = function() error('in gc') end return p end)()",
    "(function() local p = newproxy(true) getmetatable(p).__index = function(p, k) return k end getmetatable(p).__len = function() return 2 end return p end)()",
    "(function() local p = newproxy(true) getmetatable(p).__tostring = function() return 5 end return p end)()",
];

/// Numbers at which something changes: signs, sizes of integers, of fractions, of what C makes of them.
const EDGES: [f64; 38] = [
    0.0,
    -0.0,
    0.5,
    -0.5,
    1.5,
    -1.0,
    9.0,
    10.0,
    36.0,
    37.0,
    127.0,
    255.0,
    256.0,
    -255.0,
    65536.0,
    2147483647.0,
    2147483648.0,
    -2147483648.0,
    -2147483649.0,
    4294967295.0,
    4294967296.0,
    4294967299.0,
    1e14,
    1e15,
    9007199254740991.0,
    9007199254740993.0,
    9223372036854774784.0,
    9223372036854775808.0,
    -9223372036854775808.0,
    18446744073709551616.0,
    1e100,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    -f64::NAN,
];

/// Strings that are numbers, and strings that nearly are.
const NUMERALS: [&str; 24] = [
    "10",
    "0x1F",
    " 3.5 ",
    "1e2",
    "-0",
    "7fffffff",
    "zz",
    "0x",
    "1e",
    "1e+",
    ".",
    "- 1",
    "nan",
    "inf",
    "1e400",
    "0x1p4",
    "1 2",
    "10\0",
    "\t5\n",
    "08",
    "1_000",
    "ffffffffffffffffff",
    "-ff",
    "1e-400",
];

/// What this expression gives.
pub(super) fn expression(text: &str) -> Argument {
    Argument::Expression(text.to_owned())
}

/// What one of these expressions gives.
pub(super) fn one_of(choices: &mut Choices<'_>, expressions: &[&'static str]) -> Argument {
    expression(choices.one_of(expressions))
}

/// A number.
pub(super) fn number(choices: &mut Choices<'_>) -> f64 {
    match choices.weighted(&[5, 3, 6, 2]) {
        1 => f64::from(choices.small()) + choices.below(100) as f64 / 100.0,
        2 => *choices.pick(&EDGES),
        3 => f64::from_bits(choices.word()),
        _ => f64::from(choices.small()),
    }
}

/// A number, or a string that is one, or nearly.
pub(super) fn numeral(choices: &mut Choices<'_>) -> Argument {
    if choices.flag() { bytes(choices.one_of(&NUMERALS)) } else { Argument::Number(number(choices)) }
}

/// A key that can be shown.
pub(super) fn key(choices: &mut Choices<'_>) -> Argument {
    match choices.weighted(&[5, 4, 1, 2]) {
        1 => bytes(choices.one_of(&["x", "n", "", "__index", "1", "a\0b"])),
        2 => Argument::Boolean(choices.flag()),
        3 => {
            let number = number(choices);
            Argument::Number(if number.is_nan() { 1.0 } else { number })
        }
        _ => Argument::Number(1.0 + choices.below(6) as f64),
    }
}

/// A table without holes.
pub(super) fn list(choices: &mut Choices<'_>) -> Argument {
    let of_texts = choices.flag();
    let count = choices.below(9);
    let mut items = Vec::new();
    for place in 1..=count {
        let item = match of_texts {
            // Numbers may stand among strings: both can be joined, but not compared.
            true if choices.chance(230) => Argument::String(texts::text(choices)),
            _ => Argument::Number(number(choices)),
        };
        items.push((Argument::Number(place as f64), item));
    }
    Argument::Table(items)
}

/// A table with values of every type, so many levels deep.
pub(super) fn table(choices: &mut Choices<'_>, depth: usize) -> Argument {
    if choices.chance(90) {
        return list(choices);
    }
    let mut entries = Vec::new();
    while entries.len() < 8 && choices.chance(180) {
        let value = match choices.weighted(&[4, 3, 1, 1, 2]) {
            1 => Argument::String(texts::text(choices)),
            2 => Argument::Boolean(choices.flag()),
            // Takes a place in the constructor, and none in the table.
            3 => Argument::Nil,
            4 if depth > 0 => table(choices, depth - 1),
            _ => Argument::Number(number(choices)),
        };
        entries.push((key(choices), value));
    }
    Argument::Table(entries)
}

/// A table for a metatable, right or not.
pub(super) fn metatable(choices: &mut Choices<'_>) -> Argument {
    match choices.weighted(&[2, 3, 1]) {
        1 => {
            let event = choices.one_of(&[
                "__index",
                "__newindex",
                "__call",
                "__tostring",
                "__metatable",
                "__gc",
                "__mode",
                "__eq",
                "__lt",
                "__concat",
                "__len",
                "__add",
            ]);
            let handler = match choices.below(4) {
                0 => one_of(choices, &FUNCTIONS),
                1 => Argument::Table(Vec::new()),
                2 => bytes(choices.one_of(&["k", "v", "kv", "x"])),
                _ => Argument::Boolean(choices.flag()),
            };
            Argument::Table(vec![(bytes(event), handler)])
        }
        2 => Argument::Nil,
        _ => table(choices, 1),
    }
}

/// A table for `os.time`: right, with strings for numbers, with fields out of their ranges, without some.
pub(super) fn date(choices: &mut Choices<'_>) -> Argument {
    let mut entries = Vec::new();
    for (field, usual) in [("year", 2001.0), ("month", 6.0), ("day", 15.0), ("hour", 12.0), ("min", 30.0), ("sec", 5.0)]
    {
        let value = match choices.weighted(&[8, 4, 2, 1, 1]) {
            1 => Argument::Number(usual + f64::from(choices.small())),
            2 => numeral(choices),
            3 => Argument::Nil,
            4 => Argument::Boolean(choices.flag()),
            _ => Argument::Number(usual),
        };
        entries.push((bytes(field), value));
    }
    if choices.chance(80) {
        let value = if choices.flag() { Argument::Boolean(choices.flag()) } else { any(choices, 0) };
        entries.push((bytes("isdst"), value));
    }
    Argument::Table(entries)
}

/// A moment.
pub(super) fn time(choices: &mut Choices<'_>) -> Argument {
    let seconds = match choices.weighted(&[3, 4, 2]) {
        1 => choices.word() as u32 as f64,
        2 => number(choices),
        _ => f64::from(choices.small()) * 86400.0,
    };
    Argument::Number(seconds)
}

/// A value of any type, behind so many others.
pub(super) fn any(choices: &mut Choices<'_>, before: usize) -> Argument {
    match choices.weighted(&[2, 1, 5, 5, 4, 3, 4, 1, 1, 1]) {
        1 => Argument::Boolean(choices.flag()),
        2 => Argument::Number(number(choices)),
        3 => Argument::String(texts::text(choices)),
        4 => table(choices, 2),
        5 => one_of(choices, &FUNCTIONS),
        6 => one_of(choices, &OBJECTS),
        7 => one_of(choices, &THREADS),
        8 => one_of(choices, &FILES),
        9 if before > 0 => Argument::Same(choices.below(before)),
        _ => Argument::Nil,
    }
}

/// A value that is likely to be wrong, behind so many others.
pub(super) fn wrong(choices: &mut Choices<'_>, before: usize) -> Argument {
    match choices.weighted(&[2, 4, 2, 6]) {
        1 => Argument::Number(*choices.pick(&EDGES)),
        2 => numeral(choices),
        3 => any(choices, before),
        _ => Argument::Nil,
    }
}
