//! Tables: constructors of every shape, fields set and removed, classes with every metamethod, chains of `__index`.

use super::builder::Builder;
use super::expressions::{any, number, open_list, text};
use super::features::Feature;
use super::rules::Rule;
use super::scope::Kind;
use super::{numbers, strings};

/// A table.
pub fn table(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    match builder.choices.flag().then(|| builder.variable(Kind::Table)).flatten() {
        Some(name) => name,
        None => constructor(builder, depth),
    }
}

/// A constructor. Its named fields are of the types that every table has.
pub fn constructor(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    builder.making("table", |builder| some_constructor(builder, depth))
}

fn some_constructor(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let depth = depth.saturating_sub(1);
    let mut items = Vec::new();
    // Elements are stored in groups of 50.
    let long = builder.has(Feature::Depth) && builder.choices.chance(30);
    if long {
        let count = 45 + builder.choices.below(70);
        let base = builder.choices.small();
        items.extend((0..count).map(|index| (base + index as i32).to_string()));
    }
    for _ in 0..builder.choices.below(7) {
        let item = match builder.choices.below(6) {
            1 => format!("{} = {}", strings::field(builder), present(builder, depth)),
            2 => format!("{} = {}", builder.choices.one_of(&["s", "t"]), text(builder, depth)),
            3 => format!("[{}] = {}", 1 + builder.choices.below(6), number(builder, depth)),
            4 => format!("[{}] = {}", key(builder), present(builder, depth)),
            _ => number(builder, depth),
        };
        items.push(item);
    }
    if builder.choices.chance(50)
        && let Some(open) = open_list(builder)
    {
        items.push(open);
    }
    builder.apply(Rule::Addresses);
    let separator = if builder.choices.chance(60) { "; " } else { ", " };
    let end = if builder.choices.chance(40) && !items.is_empty() { "," } else { "" };
    format!("{{{}{end}}}", items.join(separator))
}

/// A number for a key that may be a string: what is there stays there.
pub fn present(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let value = number(builder, depth);
    if !builder.mistakes {
        return value;
    }
    builder.apply(Rule::DeadKeys);
    format!("({value} or 0)")
}

/// A key that can be removed.
fn passing_key(builder: &mut Builder<'_, '_>) -> String {
    let key = key(builder);
    if !key.starts_with('"') {
        return key;
    }
    builder.apply(Rule::DeadKeys);
    "1".to_owned()
}

/// A key that is no field of every table, never nil, never a NaN, never an object.
pub fn key(builder: &mut Builder<'_, '_>) -> String {
    match builder.choices.below(6) {
        1 => format!("\"{}\"", builder.choices.one_of(&["x y", "end", "", "key\\0z", "1"])),
        2 => builder.choices.one_of(&["true", "false"]).to_owned(),
        3 => builder.choices.one_of(&["0.5", "-1", "2^53", "1e300", "-0", "1/0", "0", "3.0", "2^31"]).to_owned(),
        4 => format!("\"k{}\"", builder.choices.below(6)),
        5 => builder.choices.small().to_string(),
        _ => (1 + builder.choices.below(20)).to_string(),
    }
}

/// Something done to a table.
pub fn statement(builder: &mut Builder<'_, '_>) {
    let Some(name) = builder.variable(Kind::Table) else {
        let value = constructor(builder, 3);
        let name = builder.fresh_name("t");
        if builder.scope.has_room(1) {
            builder.line(&format!("local {name} = {value}"));
            builder.scope.declare(name, Kind::Table, true);
        }
        return;
    };
    let value = present(builder, 2);
    let line = match builder.choices.below(11) {
        1 => format!("{name}.{} = {value}", strings::field(builder)),
        2 => format!("{name}[{}] = {value}", key(builder)),
        3 => format!("{name}[{}] = nil", passing_key(builder)),
        4 => format!("table.insert({name}, {value})"),
        5 => format!("table.insert({name}, {}, {value})", 1 + builder.choices.below(3)),
        6 => format!("show(table.remove({name}), #{name} >= 0)"),
        7 => format!("{name}.{} = {}", builder.choices.one_of(&["s", "t"]), text(builder, 2)),
        8 => format!("show(next({{}}), rawget({name}, {}), rawequal({name}, {name}))", key(builder)),
        9 => format!(
            "do local c = {{}} for k, v in pairs({name}) do c[k] = v end for k in pairs(c) do c[k] = nil end show(c, next(c)) end"
        ),
        10 => format!(
            "do local o = setmetatable({{}}, {{__index = {name}}}) function o.call(self, x) return x end show(o:call({value}), o.call(nil, {value}), o.a) end"
        ),
        _ => format!("show({name}, #{name})"),
    };
    builder.line(&line);
}

/// The events whose handlers get two operands and may give anything.
const BINARY: [(&str, &str); 6] =
    [("__add", "+"), ("__sub", "-"), ("__mul", "*"), ("__div", "/"), ("__mod", "%"), ("__pow", "^")];

/// A class with a handler for every event, and objects of it.
pub fn class(builder: &mut Builder<'_, '_>) {
    if !builder.scope.has_room(5) || !builder.may_nest() {
        return;
    }
    let class = builder.fresh_name("C");
    let index = if builder.choices.flag() { "table" } else { "function" };
    builder.line(&format!("local {class} = {{}}"));
    builder.line("local function value(o) return type(o) == \"table\" and rawget(o, \"v\") or type(o) == \"string\" and #o or number(o) end");
    builder.scope.declare(class.clone(), Kind::Boolean, false);
    builder.scope.declare("value".to_owned(), Kind::Boolean, false);
    for (event, operator) in BINARY {
        let rest = if builder.choices.chance(60) { format!(" + {}", numbers::numeral(builder)) } else { String::new() };
        builder.line(&format!(
            "function {class}.{event}(a, b) event(\"{event}\"); return value(a) {operator} value(b){rest} end"
        ));
    }
    builder.line(&format!("function {class}.__unm(a, b) event(\"__unm\", a == b); return -value(a) end"));
    builder.line(&format!(
        "function {class}.__concat(a, b) event(\"__concat\"); return clip(value(a) .. \"|\" .. value(b)) end"
    ));
    builder.line(&format!("function {class}.__eq(a, b) event(\"__eq\"); return value(a) == value(b) end"));
    builder.line(&format!("function {class}.__lt(a, b) event(\"__lt\"); return value(a) < value(b) end"));
    if builder.choices.chance(200) {
        builder.line(&format!("function {class}.__le(a, b) event(\"__le\"); return value(a) <= value(b) end"));
    }
    builder.line(&format!(
        "function {class}.__call(self, x, ...) event(\"__call\"); return number(x) + value(self), ... end"
    ));
    builder.line(&format!(
        "function {class}.__tostring(self) event(\"__tostring\"); return \"object \" .. value(self) end"
    ));
    builder.line(&format!("function {class}.__newindex(self, k, v) event(\"__newindex\"); rawset(self, k, v) end"));
    builder.line(&format!("function {class}:method(x) return number(x) * value(self) end"));
    if index == "table" {
        builder.line(&format!("{class}.__index = {class}"));
    } else {
        builder.line(&format!("function {class}.__index(self, k) event(\"__index\"); return {class}[k] or 7 end"));
    }
    for _ in 0..builder.choices.count(3) {
        let value = number(builder, 1);
        let name = builder.declare("o", Kind::Object);
        builder.line(&format!("local {name} = setmetatable({{v = {value}}}, {class})"));
    }
}

/// Something done with objects, or with a chain of them.
pub fn object_statement(builder: &mut Builder<'_, '_>) {
    if builder.choices.chance(90) {
        return special(builder);
    }
    let Some(name) = builder.variable(Kind::Object) else { return class(builder) };
    let value = builder.enclosed(|builder| any(builder, 1));
    let other = builder.variable(Kind::Object).unwrap_or_else(|| "nil".to_owned());
    let count = present(builder, 1);
    let line = match builder.choices.below(9) {
        1 => format!("{name}.{} = {count}", strings::field(builder)),
        2 => format!("show({name} .. {count}, {count} .. {name}, {name} .. {other})"),
        3 => format!("show({name} == {other}, {name} ~= {other}, {name} == {value})"),
        4 => format!(
            "try(function() return {name} < {other}, {name} <= {other}, {name} > {other}, {name} >= {other} end)"
        ),
        5 => format!("show(tostring({name}), pcall(print, {name}))"),
        6 => format!("show({name}({count}, {value}))"),
        7 => format!("try(function() return {name} < {value} end)"),
        8 => format!("show({name}[{count}], {name}.absent, rawget({name}, \"v\"))"),
        _ => format!("show({name}, {name} + 1, 2 - {name}, {name} * {name})"),
    };
    builder.line(&line);
}

/// What has a statement of its own: chains, proxies, protected metatables, lengths of userdata, loops of metatables.
fn special(builder: &mut Builder<'_, '_>) {
    let value = builder.enclosed(|builder| number(builder, 1));
    let line = match builder.choices.below(12) {
        1 => format!("local base = setmetatable({{a = {value}}}, {{__index = {{b = 2}}}}); local top = setmetatable({{}}, {{__index = base}}); show(top.a, top.b, top.c)"),
        2 => format!("local p = newproxy(true); getmetatable(p).__len = function() event(\"__len\"); return {value} end show(#p)"),
        3 => "local p = newproxy(true); local q = newproxy(p); getmetatable(p).__eq = function() event(\"__eq\") return false end show(p == q, p == p)".to_owned(),
        4 => "local o = setmetatable({}, {__metatable = \"locked\"}); event(\"__metatable\"); show(getmetatable(o), pcall(setmetatable, o, {}))".to_owned(),
        5 => "local t = {}; setmetatable(t, {__index = t}); try(function() return t.x end)".to_owned(),
        6 => "local a, b = {}, {}; setmetatable(a, {__newindex = b}); setmetatable(b, {__newindex = a}); try(function() a.x = 1 end)".to_owned(),
        7 => format!("local store = {{}}; local o = setmetatable({{}}, {{__newindex = store, __index = store}}); o.x = {value}; show(rawget(o, \"x\"), o.x, store)"),
        8 => "local mt = {__tostring = function() return 1 end}; try(print, setmetatable({}, mt)); try(tostring, setmetatable({}, mt))".to_owned(),
        9 => "local mt = {__call = 5}; try(function() return setmetatable({}, mt)() end)".to_owned(),
        10 => "local o = setmetatable({}, {__add = function(a, b) return a, b end, __concat = function(a, b) return nil end}); show(type(o + 1), 1 .. o, kinds(o + o))".to_owned(),
        11 => "local s = getmetatable(\"\"); s.__add = function(a, b) event(\"__add\") return \"sum\" end show(\"x\" + 1, pcall(function() return \"y\" - 1 end)) s.__add = nil".to_owned(),
        _ => format!("local o = setmetatable({{}}, {{__index = function(t, k) event(\"__index\") return k end}}); show(o.x, o[{value}], rawget(o, 1))"),
    };
    builder.line(&format!("do {line} end"));
}
