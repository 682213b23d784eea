//! Functions: values, calls in every position, varargs, recursion with a bound, tail calls, upvalues many levels deep.

use super::builder::Builder;
use super::expressions::{any, number, numbers_list};
use super::features::Feature;
use super::scope::Kind;
use super::{numbers, statements};

/// A call whose first result is a number.
pub fn call_expression(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    let Some(name) = builder.callee() else { return numbers::numeral(builder) };
    let count = builder.choices.below(3);
    let arguments = if depth > 0 { numbers_list(builder, count) } else { String::new() };
    format!("{name}({arguments})")
}

/// A function that is called where it stands.
pub fn immediate(builder: &mut Builder<'_, '_>) -> String {
    if !builder.may_nest() || !builder.has(Feature::Functions) {
        return numbers::numeral(builder);
    }
    let (text, cost) = numeric_function(builder);
    builder.charge(cost);
    format!("({text})({})", numbers_list(builder, 2))
}

/// A function as a value.
pub fn function_value(builder: &mut Builder<'_, '_>, depth: usize) -> String {
    if let Some(name) = builder.variable(Kind::Function { cost: 0 }) {
        return name;
    }
    if depth > 1 && builder.may_nest() && builder.has(Feature::Functions) {
        return numeric_function(builder).0;
    }
    builder
        .choices
        .one_of(&["print", "math.sin", "string.upper", "type", "function() end", "function(...) return ... end"])
        .to_owned()
}

/// The text of a function of numbers that returns a number first, and what a call costs.
pub fn numeric_function(builder: &mut Builder<'_, '_>) -> (String, u64) {
    builder.making("function", some_function)
}

fn some_function(builder: &mut Builder<'_, '_>) -> (String, u64) {
    let parameters: Vec<String> = (0..builder.choices.below(4)).map(|_| builder.fresh_name("p")).collect();
    let is_vararg = builder.has(Feature::Varargs) && builder.choices.flag();
    let mut list = parameters.clone();
    list.extend(is_vararg.then(|| "...".to_owned()));
    builder.function(&list.join(", "), is_vararg, |builder| {
        for name in &parameters {
            builder.scope.declare(name.clone(), Kind::Number, true);
            let value = numbers::numeral(builder);
            builder.line(&format!("{name} = {name} or {value}"));
        }
        statements::some(builder);
        return_number(builder);
    })
}

/// A `return` whose first value is a number: of one, of several, of a tail call.
fn return_number(builder: &mut Builder<'_, '_>) {
    let values = match builder.choices.below(5) {
        1 => {
            let count = 1 + builder.choices.below(4);
            numbers_list(builder, count)
        }
        2 => call_expression(builder, 2),
        3 if builder.scope.is_vararg() => "number((...)), ...".to_owned(),
        4 => format!("{}, {}", number(builder, 2), any(builder, 1)),
        _ => number(builder, 2),
    };
    builder.line(&format!("return {values}"));
}

/// A statement that defines a function, one that calls itself, or a chain of functions within functions.
pub fn definition(builder: &mut Builder<'_, '_>) {
    if !builder.scope.has_room(2) {
        return;
    }
    match builder.choices.weighted(&[8, 3, 3, 2]) {
        1 => recursive(builder),
        2 => nested(builder),
        3 => tail_loop(builder),
        _ => {
            let (text, cost) = numeric_function(builder);
            // Never the name of another one, which the body may call: it would call itself.
            let name = builder.fresh_name("f");
            builder.scope.declare(name.clone(), Kind::Function { cost }, false);
            let header = format!("local function {name}");
            if builder.choices.flag() {
                builder.line(&text.replacen("function", &header, 1));
            } else {
                builder.line(&format!("local {name} = {text}"));
            }
        }
    }
}

/// A function that calls itself up to a depth that it is given.
fn recursive(builder: &mut Builder<'_, '_>) {
    let name = builder.fresh_name("f");
    let most = 2 + builder.choices.below(12);
    let (text, cost) = builder.function("n, x", false, |builder| {
        builder.scope.declare("n".to_owned(), Kind::Number, false);
        builder.scope.declare("x".to_owned(), Kind::Number, true);
        builder.line("x = x or 1");
        builder.line(&format!("if not (n and n > 0) then return x end if n > {most} then n = {most} end"));
        let value = number(builder, 2);
        builder.line(&format!("x = {value}"));
        let returned = builder.choices.one_of(&[
            "return NAME(n - 1, x)",
            "return x + NAME(n - 1, x), n",
            "return (NAME(n - 1, x))",
        ]);
        builder.line(&returned.replace("NAME", &name));
    });
    builder.line(&text.replacen("function", &format!("local function {name}"), 1));
    builder.scope.declare(name, Kind::Function { cost: cost.saturating_mul(most as u64 + 1) }, false);
}

/// Functions within functions, the innermost of which uses and changes what the outer ones have.
fn nested(builder: &mut Builder<'_, '_>) {
    let levels = 2 + builder.choices.below(5);
    let names: Vec<String> = (0..levels).map(|_| builder.fresh_name("u")).collect();
    let mut text = String::new();
    for name in &names {
        let value = number(builder, 0);
        text.push_str(&format!("local {name} = {value}; return function(k) "));
    }
    let changed = builder.choices.pick(&names).clone();
    let step = numbers::numeral(builder);
    text.push_str(&format!("{changed} = {changed} + {step}; return {} ", names.join(" + ")));
    text.push_str(&"end ".repeat(levels));
    let calls = "()".repeat(levels);
    let name = builder.fresh_name("f");
    builder.line(&format!("local {name} = (function() {text}end){calls}"));
    builder.scope.declare(name, Kind::Function { cost: 2 }, false);
}

/// A loop made of tail calls.
fn tail_loop(builder: &mut Builder<'_, '_>) {
    let name = builder.fresh_name("f");
    let most = builder.choices.below(60);
    let step = number(builder, 0);
    builder.block(&format!("local function {name}(n, x)"), "end", |builder| {
        builder.line("n, x = number(n), number(x)");
        builder.line("if not (n >= 1) then return x end");
        builder.line(&format!("return {name}((n > {most} and {most} or n) - 1, x + {step})"));
    });
    builder.scope.declare(name, Kind::Function { cost: 3 * most as u64 + 3 }, false);
}

/// A call as a statement, whose results are shown, dropped or passed on.
pub fn call_statement(builder: &mut Builder<'_, '_>) {
    let Some(name) = builder.callee() else { return };
    let count = builder.choices.below(4);
    let arguments = numbers_list(builder, count);
    let line = match builder.choices.below(5) {
        1 => format!("{name}({arguments})"),
        2 => format!("show({name}({arguments}), {name}({arguments}))"),
        3 => format!("show(({name}({arguments})))"),
        4 => format!("show(#{{{name}({arguments})}}, select(\"#\", {name}({arguments})))"),
        _ => format!("show({name}({arguments}))"),
    };
    builder.charge(2);
    builder.line(&line);
}
