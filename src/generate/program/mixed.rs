//! Operations on operands of every type: what each does with what it was not made for.
//!
//! A statement is one operation, with a value of one type on one side and values of all types on the other, one after the other.

use super::builder::Builder;
use super::numbers;

/// Operations on `a` and `b`, as the body of a function.
const OPERATIONS: [&str; 26] = [
    "return a + b",
    "return a - b",
    "return a * b",
    "return a / b",
    "return a % b",
    "return a ^ b",
    "return a .. b",
    "return a == b, a ~= b",
    "return a < b, a > b",
    "return a <= b, a >= b",
    "return a[b]",
    "a[b] = 1 return type(a)",
    "local t = {} t[1] = b return t[1] == b",
    "local r = a(b) return r",
    "return b(a)",
    "return b:absent(a)",
    "return -b",
    "return not b",
    "return #b",
    "if b then return a else return 0 end",
    "local c = b or a return c",
    "for i = b, 1 do return i end",
    "for i = 1, b do return i end",
    "for i = 1, 1, b do return i end",
    "for k in b do return k end",
    "local u = a local function f() u = b gm = b local v = u return type(v) end return f(), type(gm)",
];

/// A value of each type.
const VALUES: [&str; 8] =
    ["nil", "true", "2", "\"s\"", "{}", "math.abs", "io.stdout", "coroutine.create(function() end)"];

/// How many statements that are worth as much an operation with all types of values is.
const COST: u64 = 40;

/// An operation with a value of one type and values of all types.
pub fn statement(builder: &mut Builder<'_, '_>) {
    if !builder.may_repeat(COST) {
        return;
    }
    builder.charge(COST);
    let operation = builder.choices.one_of(&OPERATIONS);
    let mut fixed = builder.choices.one_of(&VALUES).to_owned();
    if fixed == "2" && builder.choices.flag() {
        fixed = numbers::edge(builder);
    }
    let values = VALUES.join(", ");
    let parameters = if builder.choices.flag() { "a, b" } else { "b, a" };
    builder.line(&format!(
        "do local function mixed({parameters}) {operation} end for i = 1, {} do try(mixed, {fixed}, (select(i, {values}))) end end",
        VALUES.len()
    ));
}
