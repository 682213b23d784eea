//! Loops, each with a bound: numeric with steps of every kind, generic over tables, closures and strings, `while` and `repeat` with counters.

use super::builder::Builder;
use super::expressions::{boolean, number};
use super::scope::Kind;
use super::statements::some;
use super::tables;

/// A loop.
pub fn any_loop(builder: &mut Builder<'_, '_>) {
    if !builder.may_nest() || !builder.scope.has_room(8) {
        return;
    }
    match builder.choices.weighted(&[5, 4, 2, 2, 2]) {
        1 => generic(builder),
        2 => repeated(builder, true),
        3 => repeated(builder, false),
        4 => closures(builder),
        _ => numeric(builder),
    }
}

/// Starts, limits and steps: whole, broken, going down, never starting, at the edge of exactness.
const RANGES: [(&str, u64); 15] = [
    ("1, 3", 3),
    ("1, 0", 0),
    ("3, 1, -1", 3),
    ("0, 1, 0.25", 5),
    ("1, 0, -0.3", 4),
    ("-1.5, 1.5", 4),
    ("10, 1, -4", 3),
    ("1, 5, 2", 3),
    ("\"1\", \"3\", \"1\"", 3),
    ("0.1, 0.5, 0.1", 5),
    ("9007199254740989, 9007199254740991", 3),
    ("1, -math.huge", 0),
    ("0/0, 1", 0),
    ("1, 8", 8),
    ("-3, -1", 3),
];

fn numeric(builder: &mut Builder<'_, '_>) {
    let name = builder.fresh_name("i");
    let (range, turns) = if builder.choices.flag() {
        let (range, turns) = *builder.choices.pick(&RANGES);
        (range.to_owned(), turns)
    } else {
        let most = 1 + builder.choices.below(12) as u64;
        let turns = builder.turns(most);
        let (start, value) = (builder.fresh_name("n"), number(builder, 1));
        // Whatever the start is, there is an end; where it is too large to be counted up from, the loop would not end.
        builder.line(&format!("local {start} = math.fmod(number({value}), 1000)"));
        builder.scope.declare(start.clone(), Kind::Number, true);
        (format!("{start}, {start} + {}", turns - 1), turns)
    };
    builder.looping(turns, &format!("for {name} = {range} do"), "end", |builder| {
        builder.scope.declare(name.clone(), Kind::Number, true);
        body(builder);
    });
}

/// What a loop does, now and then left early.
fn body(builder: &mut Builder<'_, '_>) {
    some(builder);
    if builder.choices.chance(50) {
        let condition = boolean(builder, 2);
        builder.line(&format!("if {condition} then break end"));
    }
    if builder.choices.chance(70)
        && let (Some(target), value) = (builder.target(Kind::Number), number(builder, 2))
    {
        builder.line(&format!("{target} = {value}"));
    }
}

fn generic(builder: &mut Builder<'_, '_>) {
    let (key, value) = (builder.fresh_name("k"), builder.fresh_name("v"));
    let table = tables::table(builder, 1);
    // Tables that programs make have up to some twenty entries.
    let (iterated, kind, turns) = match builder.choices.below(7) {
        1 => (format!("ipairs({table})"), Kind::Number, 12),
        2 => (format!("next, {table}"), Kind::Text, 20),
        3 => (format!("string.gmatch({:?}, \"%a\")", "a1b2c3"), Kind::Text, 3),
        4 => (format!("(function() local n = 0; return function() n = n + 1; if n < {} then return n, -n end end end)()", 2 + builder.choices.below(5)), Kind::Number, 6),
        5 => ("setmetatable({}, {__call = function(self, s, c) event(\"__call\"); if c < 3 then return c + 1, s end end}), 5, 0".to_owned(), Kind::Number, 3),
        6 => ("coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i, i * i) end end)".to_owned(), Kind::Number, 3),
        _ => (format!("pairs({table})"), Kind::Text, 20),
    };
    let turns = if builder.may_repeat(turns) { turns } else { return };
    // The body may add to what is traversed.
    let counter = builder.fresh_name("c");
    builder.line(&format!("local {counter} = 0"));
    builder.scope.declare(counter.clone(), Kind::Number, false);
    builder.looping(turns, &format!("for {key}, {value} in {iterated} do"), "end", |builder| {
        builder.line(&format!("{counter} = {counter} + 1; if {counter} > {turns} then break end"));
        if kind == Kind::Number {
            builder.line(&format!("{key} = number({key})"));
            builder.scope.declare(key.clone(), Kind::Number, true);
        } else {
            // Keys of every type come, as text.
            builder.line(&format!("{key} = clip(tostring({key}))"));
            builder.scope.declare(key.clone(), Kind::Text, true);
        }
        builder.line(&format!("show({key}, {value})"));
        body(builder);
    });
}

/// A `while` or a `repeat`, with a counter beside its condition.
fn repeated(builder: &mut Builder<'_, '_>, is_while: bool) {
    let counter = builder.fresh_name("c");
    let most = 1 + builder.choices.below(8) as u64;
    let turns = builder.turns(most);
    let condition = boolean(builder, 2);
    builder.line(&format!("local {counter} = 0"));
    builder.scope.declare(counter.clone(), Kind::Number, false);
    if is_while {
        builder.looping(turns, &format!("while {counter} < {turns} and {condition} do"), "end", |builder| {
            builder.line(&format!("{counter} = {counter} + 1"));
            body(builder);
        });
    } else {
        // The condition sees the locals of the body.
        let last = format!("until {counter} >= {turns} or last == 2");
        builder.looping(turns, "repeat", &last, |builder| {
            builder.line(&format!("{counter} = {counter} + 1"));
            body(builder);
            let value = number(builder, 1);
            builder.line(&format!("local last = {value}"));
        });
    }
}

/// Closures over loop variables and over locals of the body, called after the loop.
fn closures(builder: &mut Builder<'_, '_>) {
    let (list, index) = (builder.fresh_name("l"), builder.fresh_name("i"));
    let most = 2 + builder.choices.below(4) as u64;
    let turns = builder.turns(most);
    builder.line(&format!("local {list} = {{}}"));
    builder.scope.declare(list.clone(), Kind::Table, false);
    builder.looping(turns, &format!("for {index} = 1, {turns} do"), "end", |builder| {
        builder.scope.declare(index.clone(), Kind::Number, true);
        let inner = builder.fresh_name("n");
        let value = number(builder, 2);
        builder.line(&format!("local {inner} = {value}"));
        builder.scope.declare(inner.clone(), Kind::Number, true);
        let changed = number(builder, 1);
        builder.line(&format!(
            "{list}[#{list} + 1] = function() {inner} = {inner} + 1; return {index}, {inner}, {inner} == {inner} end"
        ));
        match builder.choices.below(3) {
            1 => builder.line(&format!("if {index} == 2 then break end")),
            2 => builder.line(&format!("{inner} = {changed}")),
            _ => {}
        }
    });
    builder.line(&format!(
        "for i, f in ipairs({list}) do if type(f) == \"function\" then show(i, f()); show(i, f()) end end"
    ));
    builder.charge(2 * turns);
    builder.line(&format!("{list} = {{}}"));
}
