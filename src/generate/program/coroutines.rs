//! Coroutines: values passed both ways, yields out of nested calls and loops, `wrap`, every status, every wrong resume.

use super::builder::Builder;
use super::expressions::{any, number};
use super::statements;

/// A coroutine that is made and resumed.
pub fn statement(builder: &mut Builder<'_, '_>) {
    if !builder.may_nest() || !builder.scope.has_room(4) {
        return;
    }
    match builder.choices.weighted(&[6, 3, 4]) {
        1 => wrapped(builder),
        2 => special(builder),
        _ => resumed(builder),
    }
}

/// The text of a function that yields, directly and through calls.
fn body(builder: &mut Builder<'_, '_>) -> String {
    let (text, cost) = builder.function("...", true, |builder| {
        for _ in 0..builder.choices.count(4) {
            let value = any(builder, 1);
            let line = match builder.choices.below(6) {
                1 => format!("show(\"got\", coroutine.yield({value}))"),
                2 => format!("for i = 1, 2 do show(i, coroutine.yield(i, {value})) end"),
                3 => format!("show((function(...) return coroutine.yield(...) end)({value}, ...))"),
                4 => format!("local r = {{coroutine.yield({value}, ...)}}; show(#r, r)"),
                5 => "show(coroutine.status(coroutine.running()), pcall(coroutine.resume, coroutine.running()))"
                    .to_owned(),
                _ => format!("coroutine.yield({value})"),
            };
            builder.line(&line);
        }
        statements::some(builder);
        let last = number(builder, 1);
        match builder.choices.below(4) {
            1 => builder.line(&format!("return coroutine.yield({last})")),
            2 => builder.line(&format!("error({{code = {last}}})")),
            3 => builder.line(&format!("return {last}, ...")),
            _ => builder.line(&format!("return {last}")),
        }
    });
    builder.charge(cost);
    text
}

fn resumed(builder: &mut Builder<'_, '_>) {
    let text = body(builder);
    let name = builder.fresh_name("co");
    let turns = 1 + builder.choices.below(6);
    let value = number(builder, 1);
    let line = if builder.choices.flag() {
        format!("for i = 1, {turns} do show(coroutine.resume({name}, i, {value})) show(coroutine.status({name})) end")
    } else {
        format!(
            "repeat local ok, v = coroutine.resume({name}, {value}); show(ok, v) until coroutine.status({name}) == \"dead\""
        )
    };
    builder.line(&format!("do local {name} = coroutine.create({text})"));
    builder.line(&format!("{line} end"));
}

fn wrapped(builder: &mut Builder<'_, '_>) {
    let text = body(builder);
    let name = builder.fresh_name("w");
    let turns = 1 + builder.choices.below(6);
    builder.line(&format!("do local {name} = coroutine.wrap({text})"));
    builder.line(&format!("for i = 1, {turns} do show(pcall({name}, i)) end end"));
}

/// What has a statement of its own.
fn special(builder: &mut Builder<'_, '_>) {
    let value = builder.enclosed(|builder| number(builder, 1));
    let line = match builder.choices.below(14) {
        13 => "local co; co = coroutine.create(function() local c = coroutine.create(function() return coroutine.resume(co) end) return coroutine.resume(c) end) show(coroutine.resume(co))".to_owned(),
        1 => "local co; co = coroutine.create(function() show(coroutine.resume(co)); show(coroutine.status(co)) end) show(coroutine.resume(co))".to_owned(),
        2 => "local outer = coroutine.running(); local co; co = coroutine.create(function() local c = coroutine.create(function() return coroutine.status(co) end) return coroutine.resume(c) end) show(type(outer), coroutine.resume(co))".to_owned(),
        3 => "try(coroutine.yield, 1)".to_owned(),
        4 => "local co = coroutine.create(function() return pcall(coroutine.yield, 1) end) show(coroutine.resume(co)) show(coroutine.resume(co))".to_owned(),
        5 => "local co = coroutine.create(function() local t = setmetatable({}, {__index = function() event(\"__index\") return coroutine.yield() end}) return t.x end) show(coroutine.resume(co))".to_owned(),
        6 => "local co = coroutine.create(function() return table.sort({3, 2, 1}, function(a, b) coroutine.yield() end) end) show(coroutine.resume(co))".to_owned(),
        7 => "local co = coroutine.create(function() return string.gsub(\"ab\", \".\", coroutine.yield) end) show(coroutine.resume(co))".to_owned(),
        8 => format!("local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i * {value}) end end) for v in gen do show(v) end try(gen)"),
        9 => "local co = coroutine.create(function(...) return select(\"#\", ...), ... end) show(coroutine.resume(co, nil, nil)) show(coroutine.resume(co))".to_owned(),
        10 => "local co = coroutine.create(function(...) error(...) end) show(coroutine.resume(co, {1})) show(coroutine.status(co))".to_owned(),
        11 => "local co = coroutine.wrap(function() error(\"inside\") end) try(co) try(co)".to_owned(),
        12 => "try(coroutine.create, 1) try(coroutine.resume, 1) try(coroutine.status) try(coroutine.wrap, print) try(coroutine.create, print)".to_owned(),
        _ => format!("local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) return b * 2 end) show(coroutine.resume(co, {value})) show(coroutine.resume(co, 21)) show(coroutine.resume(co))"),
    };
    builder.line(&format!("do {line} end"));
}
