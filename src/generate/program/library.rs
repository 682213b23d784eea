//! Calls of library functions: the right arguments mostly, wrong ones, hostile ones, too few and too many of them.
//!
//! Functions that touch more than values (files, the system, the debugger, environments) are in `system`.

use super::builder::Builder;
use super::expressions::{any, wrong_value};
use super::features::Feature;
use super::formats;
use super::patterns::{pattern, replacement, subject};
use super::rules::Rule;
use super::template::expand;

/// Functions and what they take, by the letters of `template`. `?` begins what may be left out.
const FUNCTIONS: [(&str, &str); 84] = [
    ("assert", "b?s"),
    ("error", "s?c"),
    ("getmetatable", "a"),
    ("ipairs", "t"),
    ("loadstring", "s?s"),
    ("next", "t"),
    ("pairs", "t"),
    ("pcall", "f?nn"),
    ("print", "?nsb"),
    ("rawequal", "aa"),
    ("rawget", "ts"),
    ("rawset", "tyv"),
    ("select", "i?nsb"),
    ("select", "\"#\"?aaa"),
    ("setmetatable", "tt"),
    ("tonumber", "q?"),
    ("tonumber", "s?c"),
    ("tonumber", "\"7f\"i"),
    ("tostring", "n"),
    ("type", "a"),
    ("unpack", "t?ic"),
    ("xpcall", "ff"),
    ("coroutine.create", "f"),
    ("coroutine.status", "a"),
    ("coroutine.resume", "a"),
    ("coroutine.wrap", "f"),
    ("math.abs", "n"),
    ("math.acos", "n"),
    ("math.asin", "n"),
    ("math.atan", "n"),
    ("math.atan2", "nn"),
    ("math.ceil", "n"),
    ("math.cos", "n"),
    ("math.cosh", "n"),
    ("math.deg", "n"),
    ("math.exp", "n"),
    ("math.floor", "n"),
    ("math.fmod", "nn"),
    ("math.frexp", "n"),
    ("math.ldexp", "ni"),
    ("math.log", "n"),
    ("math.log10", "n"),
    ("math.max", "n?nn"),
    ("math.min", "n?nn"),
    ("math.mod", "nn"),
    ("math.modf", "n"),
    ("math.pow", "nn"),
    ("math.rad", "n"),
    ("math.sin", "n"),
    ("math.sinh", "n"),
    ("math.sqrt", "n"),
    ("math.tan", "n"),
    ("math.tanh", "n"),
    ("math.random", "?ci"),
    ("math.randomseed", "c"),
    ("string.byte", "s?ii"),
    ("string.char", "?cc"),
    ("string.dump", "f"),
    ("string.find", "sp?ib"),
    ("string.format", "m?asn"),
    ("string.gfind", "sp"),
    ("string.gmatch", "sp"),
    ("string.gsub", "lpr?c"),
    ("string.len", "s"),
    ("string.lower", "s"),
    ("string.match", "lp?i"),
    ("string.rep", "si"),
    ("string.reverse", "s"),
    ("string.sub", "si?i"),
    ("string.upper", "s"),
    ("table.concat", "t?sic"),
    ("table.foreach", "tf"),
    ("table.foreachi", "tf"),
    ("table.getn", "t"),
    ("table.insert", "t?in"),
    // With one argument too many, what is inserted becomes a place, down to which everything is moved.
    ("table.insert", "tc"),
    ("table.maxn", "t"),
    ("table.remove", "t?i"),
    ("table.setn", "tc"),
    ("table.sort", "t?f"),
    ("gcinfo", ""),
    ("newproxy", "?b"),
    ("rawset", "tyv"),
    ("coroutine.running", ""),
];

/// Functions whose results are shown by their types: what they give differs, or is an object.
const SHOWN_BY_TYPE: [&str; 5] = ["gcinfo", "string.dump", "string.gmatch", "newproxy", "math.random"];

/// A call of a library function whose results are shown.
pub fn call(builder: &mut Builder<'_, '_>) {
    let (name, letters) = *builder.choices.pick(&FUNCTIONS);
    let arguments = builder.enclosed(|builder| arguments(builder, letters));
    let mut call = format!("{name}({arguments})");
    if SHOWN_BY_TYPE.contains(&name) {
        call = format!("kinds({call})");
    }
    if name == "gcinfo" && !builder.may_show(Rule::MemoryInUse) {
        return;
    }
    if name == "rawset" {
        builder.apply(Rule::ObjectKeys);
    }
    let line = match builder.choices.weighted(&[6, 2, 2]) {
        1 if !SHOWN_BY_TYPE.contains(&name) => {
            let arguments = if arguments.is_empty() { String::new() } else { format!(", {arguments}") };
            format!("try({name}{arguments})")
        }
        2 => format!("show(xpcall(function() return ({call}) end, debug.traceback))"),
        _ => format!("try(function() return show({call}) end)"),
    };
    builder.line(&line);
}

/// Arguments for these letters.
fn arguments(builder: &mut Builder<'_, '_>, letters: &str) -> String {
    let is_hostile = builder.has(Feature::Hostile);
    let mut list: Vec<String> = Vec::new();
    let mut is_optional = false;
    let mut rest = letters.chars();
    while let Some(letter) = rest.next() {
        if letter == '?' {
            is_optional = true;
            continue;
        }
        if is_optional && !builder.choices.flag() || is_hostile && builder.choices.chance(12) {
            break;
        }
        if letter == '"' {
            let literal: String = rest.by_ref().take_while(|letter| *letter != '"').collect();
            list.push(format!("\"{literal}\""));
        } else if !matches!(letter, 'y' | 'v') && is_hostile && builder.choices.chance(28) {
            list.push(hostile(builder, letter));
        } else {
            list.push(expand(builder, &format!("${letter}")));
        }
    }
    if is_hostile && builder.choices.chance(8) {
        list.push(any(builder, 1));
    }
    list.join(", ")
}

/// An argument that should not be there. Counts stay small: what they are counts of takes memory and time.
fn hostile(builder: &mut Builder<'_, '_>, letter: char) -> String {
    if matches!(letter, 'c' | 'i') {
        return builder.choices.one_of(&["-1", "0", "1.5", "-3", "\"2\"", "nil", "{}", "\"x\"", "37"]).to_owned();
    }
    match builder.choices.below(3) {
        1 => expand(builder, "$a"),
        2 => expand(builder, "$q"),
        _ => wrong_value(builder),
    }
}

/// A call of a function that takes a pattern.
pub fn pattern_call(builder: &mut Builder<'_, '_>) {
    let (subject, pattern) = (subject(builder), pattern(builder));
    let call = match builder.choices.below(6) {
        1 => format!("string.match({subject}, {pattern})"),
        2 => format!("string.gsub({subject}, {pattern}, {})", replacement(builder)),
        3 => format!("string.find({subject}, {pattern}, {})", builder.choices.small()),
        4 => format!(
            "(function() local r = {{}} for a, b in ({subject}):gmatch({pattern}) do r[#r + 1] = a r[#r + 1] = b end return r end)()"
        ),
        5 => format!("string.find({subject}, {pattern}, 1, true)"),
        _ => format!("string.find({subject}, {pattern})"),
    };
    builder.line(&format!("try(function() return {call} end)"));
}

/// A call of `string.format`.
pub fn format_call(builder: &mut Builder<'_, '_>) {
    let call = builder.enclosed(formats::call);
    builder.line(&format!("try(function() return {call} end)"));
}
