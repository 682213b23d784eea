//! Errors: raised by mistakes in ordinary code, by every message of the machine and the compiler, with values of every type, caught and not.

use super::builder::Builder;
use super::expressions::{any, number};
use super::features::Feature;
use super::sources::{REFUSED, TOKENS};
use super::statements;
use super::template::{expand, quote};

/// Statements with mistakes in them, in a protected call.
pub fn caught(builder: &mut Builder<'_, '_>) {
    if !builder.may_nest() {
        return;
    }
    let had_mistakes = std::mem::replace(&mut builder.mistakes, true);
    let (text, cost) = builder.function("", false, |builder| {
        statements::some(builder);
        let (value, number) = (any(builder, 2), number(builder, 2));
        let level = builder.choices.below(4);
        match builder.choices.below(6) {
            1 => builder.line(&format!("error({value}, {level})")),
            2 => builder.line(&format!("error({{code = {number}, inner = {{}}}})")),
            3 => builder.line(&format!("assert({value}, \"assertion \" .. {level})")),
            4 => builder.line(&format!("return select({number}, {value})")),
            _ => builder.line(&format!("return {value}, {number}")),
        }
    });
    builder.mistakes = had_mistakes;
    builder.charge(cost);
    let handlers = [
        "debug.traceback",
        "function(e) return kinds(e), e end",
        "function(e) error(e) end",
        "function(e) return debug.traceback(e, 2) end",
        "print",
        "function(e) return pcall(error, e) end",
        "nil",
    ];
    match builder.choices.below(4) {
        1 => {
            let handler = builder.choices.one_of(&handlers);
            builder.line(&format!("show(xpcall({text}, {handler}))"));
        }
        2 => builder.line(&format!("show(pcall(pcall, {text}))")),
        3 => builder.line(&format!("show(select(2, pcall({text})))")),
        _ => builder.line(&format!("try({text})")),
    }
}

/// Snippets that raise what only the machine can.
const PROVOKED: [&str; 62] = [
    "local u = {}; return (function() return u + 1 end)()",
    "local u = {}; return (function() return $n .. u end)()",
    "local u; return (function() return #u end)()",
    "return \"x\" .. undefined",
    "return #undefined",
    "local t = {x = $w} return #t.x",
    "local t = {f = string.rep} return t:f($n)",
    "local t = {f = io.stdout.seek} return t:f()",
    "local x; x.y = $n",
    "local x; return x.y",
    "local t = {} return t.a.b",
    "local t = {} t.a.b = 1",
    "return undefined.x",
    "undefined.x = $n",
    "return ($n).x.y",
    "return (\"s\").x.y",
    "local x; x()",
    "undefined()",
    "local t = {} t.f()",
    "local t = {} t:m($n)",
    "local s = $s s:nothing()",
    "return ($n)()",
    "return 1 + $w",
    "local a; return a + 1",
    "local t = {} return t.x * 2",
    "return -{}",
    "return undefined / 2",
    "return \"abc\" + $n",
    "return $w .. $s",
    "local a; return \"x\" .. a",
    "return 1 .. {}",
    "local t = {} return t.x .. \"y\"",
    "return #$w",
    "local a; return #a",
    "return #5",
    "return {} < {}",
    "return {} < 1",
    "return 1 < \"2\"",
    "return nil <= nil",
    "return print >= 1",
    "return true < false",
    "for i = $w, 1 do end",
    "for i = 1, {} do end",
    "for i = 1, 2, \"x\" do end",
    "for i = nil, 2 do end",
    "for k in nil do end",
    "for k in pairs(nil) do end",
    "for k in 5 do end",
    "local t = {} t[nil] = 1",
    "local t = {} t[0/0] = 1",
    "return {[nil] = 1}",
    "return next({}, $s)",
    "return next({}, \"missing\")",
    "return rawset({}, nil, 1)",
    "local function f() return f() + 1 end return coroutine.wrap(f)()",
    "local u = {}; return (function() return u.x.y end)()",
    "local u; return (function() u() end)()",
    "return setmetatable({}, {__index = function() error({\"in index\"}) end}).x",
    "return setmetatable({}, {__add = 5}) + 1",
    "return (setmetatable({}, {__index = 5})).x",
    "local a, b = {}, $n; a.b.c.d = b",
    "return string.rep(\"x\", -1)(1)",
];

/// Calls whose messages belong to single arguments.
const ARGUMENTS: [&str; 52] = [
    "unpack({}, 1, 1e7)",
    "unpack($w)",
    "select(0)",
    "select(-5, 1)",
    "assert(false)",
    "assert(nil, $s)",
    "assert(false, {})",
    "assert()",
    "tonumber(\"1\", 99)",
    "tonumber()",
    "tonumber({}, 10)",
    "setmetatable({}, 1)",
    "setmetatable(1, {})",
    "load(function() return true end)",
    "load(function() return {} end)",
    "load(5)",
    "xpcall()",
    "rawget(1, 2)",
    "rawset({}, 1)",
    "ipairs()",
    "type()",
    "print(setmetatable({}, {__tostring = function() return {} end}))",
    "string.rep()",
    "string.rep(\"x\")",
    "(\"x\"):rep({})",
    "(\"x\").rep()",
    "string.char(256)",
    "string.char(-1)",
    "string.char(\"x\")",
    "string.format()",
    "string.format(\"%d\")",
    "string.format(\"%d\", \"x\")",
    "string.format(\"%y\", 1)",
    "string.format(\"%123d\", 1)",
    "string.format(\"%------d\", 1)",
    "string.format(\"%s\")",
    "string.gsub(\"x\", \"x\")",
    "string.gsub(\"x\", \"x\", true)",
    "string.gsub(\"x\", \"x\", function() return {} end)",
    "string.gsub(\"x\", \"x\", \"%5\")",
    "string.gfind()",
    "string.find(\"x\", (\"(x\"):rep(40))",
    "string.find(\"x\", (\"()\"):rep(33))",
    "string.dump(print)",
    "table.insert({})",
    "table.insert({}, 1, 2, 3)",
    "table.insert(nil, 1)",
    "table.concat({1, {}, 3})",
    "table.concat({}, \"x\", 1, 2)",
    "table.setn({}, 1)",
    "table.sort({3, 1, 2, 5, 4}, function() return true end)",
    "table.sort({1, \"x\", 2})",
];

/// A snippet that raises an error, caught or, at the end of a program that may, not.
pub fn provoked(builder: &mut Builder<'_, '_>) {
    let text = snippet(builder);
    match builder.choices.below(4) {
        1 => builder.line(&format!("show(xpcall(function() {text} end, debug.traceback))")),
        2 => builder.line(&format!("show(coroutine.resume(coroutine.create(function() {text} end)))")),
        _ => builder.line(&format!("try(function() {text} end)")),
    }
}

fn snippet(builder: &mut Builder<'_, '_>) -> String {
    if builder.choices.flag() {
        let call = builder.choices.one_of(&ARGUMENTS);
        let call = expand(builder, call);
        return match builder.choices.below(3) {
            1 => format!("local r = {call} return r"),
            2 => format!("return (function() return ({call}) end)()"),
            _ => format!("return ({call})"),
        };
    }
    let template = builder.choices.one_of(&PROVOKED);
    expand(builder, template)
}

/// The last statement of a program: it returns, or nobody catches what it raises. Made before the program has any local.
pub fn ending(builder: &mut Builder<'_, '_>) -> String {
    let value = builder.enclosed(|builder| any(builder, 1));
    if !builder.has(Feature::Uncaught) {
        return if builder.choices.flag() { format!("return {value}") } else { String::new() };
    }
    match builder.choices.below(7) {
        1 => "error({})".to_owned(),
        2 => format!("error({value}, {})", builder.choices.below(4)),
        3 => "coroutine.wrap(function() local x; x() end)()".to_owned(),
        4 => "error(setmetatable({}, {__tostring = function() return \"shown\" end}))".to_owned(),
        5 => "return (function(...) return coroutine.yield(...) end)(1)".to_owned(),
        6 => "local function f(n) if n == 0 then error(\"deep\", 2) end f(n - 1) end f(5)".to_owned(),
        _ => format!("do (function() {} end)() end", snippet(builder)),
    }
}

/// Text or bytes are loaded and what comes of it is shown.
pub fn loaded(builder: &mut Builder<'_, '_>) {
    let line = match builder.choices.below(9) {
        1 => {
            let count = 1 + builder.choices.below(9);
            let tokens: Vec<&str> = (0..count).map(|_| builder.choices.one_of(&TOKENS)).collect();
            format!("show(loadstring({}))", quote(&tokens.join(" ")))
        }
        2 => {
            let text = format!("return {}", builder.enclosed(|builder| number(builder, 2)));
            format!("show(loadstring({}, {})) ", quote(&text), builder.choices.one_of(&["\"=name\"", "\"@file\"", "\"a b\\nc\"", "\"\"", "(\"x\"):rep(80)"]))
        }
        3 => {
            let parts = ["return ", "function", "() ", "return 1 ", "end"];
            let cut = builder.choices.below(parts.len() + 1);
            let list: Vec<String> = parts[..cut].iter().map(|part| quote(part)).collect();
            format!("local p, i = {{{}}}, 0; show(load(function() i = i + 1 return p[i] end))", list.join(", "))
        }
        4 => format!("local f = loadstring(string.dump(function(a, ...) local t = {{{}}} return t[a], ... end)) try(f, 1, 2, 3)", builder.enclosed(|builder| number(builder, 1))),
        5 => {
            let cut = builder.choices.below(120);
            format!("local d = string.dump(function() return 1, \"x\" end) show(loadstring(d:sub(1, {cut}), \"=cut\"))")
        }
        6 => {
            // Everything but the version is in the header up to the 12th byte.
            let (at, byte) = (5 + builder.choices.below(8), builder.choices.byte());
            format!("local d = string.dump(function() end) show(loadstring(d:sub(1, {}) .. \"\\{byte}\" .. d:sub({}), \"=header\"))", at - 1, at + 1)
        }
        7 => "local d = string.dump(function() return \"xy\" end) show(loadstring((d:gsub(\"\\4\\3%z%z%z%z%z%z%zxy\", \"\\9\\3\\0\\0\\0\\0\\0\\0\\0xy\")), \"=kind\"))".to_owned(),
        8 => format!("show(loadstring(\"x = \\\"a\\\\0\" .. {} .. \" ~ \"))", quote(&char::from(builder.choices.byte()).to_string())),
        _ => {
            let source = builder.choices.one_of(&REFUSED);
            format!("show(loadstring({}{}))", quote(source), if builder.choices.flag() { ", \"=source\"" } else { "" })
        }
    };
    builder.line(&format!("do {line} end"));
}
