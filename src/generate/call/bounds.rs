//! What would go on for ever, or is not to be compared, lowered or replaced: each by a rule with a name.
//!
//! Library functions count no instructions, so no budget ends them, and in a process of the harness's own no clock does. Which of their
//! numbers say how long they go on is known here, and how long patterns take. It looks at calls as they are, however they were made.

use super::values::{FILES, READERS, THREADS, expression};
use crate::generate::program::{Rule, RuleCounts};
use crate::lua::number::{parse_number, to_int};
use crate::oracle::library::{Argument, LibraryCall};

/// Lowers and replaces what must not be as it is.
pub(super) fn bound(call: &mut LibraryCall, rules: &mut RuleCounts) {
    match &*call.function {
        "string.rep" => {
            let length = text_at(call, 0).map_or(0, |text| text.len());
            lower(call, rules, 1, i32::MIN, (MOST_BYTES / length.max(1)).min(MOST_TURNS) as i32);
        }
        // It moves everything from its position to the end, even where there is nothing.
        "table.insert" if call.arguments.len() > 2 => lower(call, rules, 1, -(MOST_TURNS as i32), i32::MAX),
        // Levels below 0 are taken for lost calls, each with a line of its own.
        "debug.traceback" => (0..3).for_each(|place| lower(call, rules, place, -20, i32::MAX)),
        "unpack" => several_values(call, rules, 1, 2),
        "load" => ending_reader(call, rules),
        "string.find" | "string.match" | "string.gsub" | "string.gmatch" | "string.gfind" => cheap_match(call, rules),
        "debug.sethook" => (1..4).for_each(|place| every_instruction(call, rules, place)),
        "debug.getinfo" => (1..3).for_each(|place| no_popped_function(call, rules, place)),
        // The reference calls what the environment of a file has for its closing, whatever it is.
        "debug.setfenv" if matches!(at(call, 0), Some(Argument::Expression(text)) if FILES.contains(&&**text)) => {
            replace(call, rules, 0, expression(THREADS[0]), Rule::FileEnvironment);
        }
        "io.stdout.seek" if at(call, 0) == Some(&expression("io.stdin")) => {
            replace(call, rules, 0, expression(FILES[0]), Rule::InputSeek);
        }
        "rawset" if call.arguments.get(1).is_some_and(|key| is_object(call, key)) => {
            replace(call, rules, 1, Argument::Number(1.0), Rule::ObjectKeys);
        }
        _ => {}
    }
}

/// How often a loop that no budget counts goes round, how many bytes may come of it, and how many values a call gives.
const MOST_TURNS: usize = 2000;
const MOST_BYTES: usize = 200_000;
const MOST_VALUES: i32 = 250;

/// The argument at a place, or the one that it is the same as.
fn resolved<'c>(call: &'c LibraryCall, argument: &'c Argument) -> &'c Argument {
    match argument {
        Argument::Same(before) => match call.arguments.get(*before) {
            Some(found) if !matches!(found, Argument::Same(_)) => found,
            // Whoever refers to what refers is taken for an object: that is the worst.
            _ => argument,
        },
        argument => argument,
    }
}

fn at(call: &LibraryCall, place: usize) -> Option<&Argument> {
    call.arguments.get(place).map(|argument| resolved(call, argument))
}

fn is_object(call: &LibraryCall, argument: &Argument) -> bool {
    matches!(resolved(call, argument), Argument::Table(_) | Argument::Expression(_) | Argument::Same(_))
}

/// What C makes of the argument at a place where it wants an `int`.
fn int_at(call: &LibraryCall, place: usize) -> Option<i32> {
    match at(call, place)? {
        Argument::Number(number) => Some(to_int(*number)),
        Argument::String(text) => parse_number(text).map(to_int),
        _ => None,
    }
}

/// The bytes of the argument at a place where a string is wanted.
fn text_at(call: &LibraryCall, place: usize) -> Option<Vec<u8>> {
    match at(call, place)? {
        Argument::String(text) => Some(text.clone()),
        // No number has more than some twenty characters.
        Argument::Number(number) => Some(format!("{number:.14e}").into_bytes()),
        _ => None,
    }
}

fn replace(call: &mut LibraryCall, rules: &mut RuleCounts, place: usize, by: Argument, rule: Rule) {
    call.arguments[place] = by;
    rules.apply(rule);
}

/// Brings a number between two bounds.
fn lower(call: &mut LibraryCall, rules: &mut RuleCounts, place: usize, least: i32, most: i32) {
    let Some(number) = int_at(call, place) else { return };
    if !(least..=most).contains(&number) {
        let lowered = f64::from(number.clamp(least, most));
        replace(call, rules, place, Argument::Number(lowered), Rule::LoopCount);
    }
}

/// Brings two positions so near to each other that there are not too many values between them.
fn several_values(call: &mut LibraryCall, rules: &mut RuleCounts, first: usize, last: usize) {
    let Some(end) = int_at(call, last) else { return };
    let start = int_at(call, first).unwrap_or(1);
    // Beyond this there are more than a stack holds, which both refuse.
    let is_refused = end.checked_sub(start).is_none_or(|values| values > 100_000);
    if !is_refused && end - start >= MOST_VALUES {
        let lowered = f64::from(start + MOST_VALUES - 1);
        replace(call, rules, last, Argument::Number(lowered), Rule::LoopCount);
    }
}

/// `load` asks its reader until it gives nothing more.
fn ending_reader(call: &mut LibraryCall, rules: &mut RuleCounts) {
    let Some(argument) = call.arguments.first() else { return };
    let ends = match argument {
        Argument::Expression(text) => READERS.contains(&&**text),
        _ => true,
    };
    if !ends {
        replace(call, rules, 0, expression(READERS[0]), Rule::EndlessReader);
    }
}

/// Count hooks are for single instructions.
fn every_instruction(call: &mut LibraryCall, rules: &mut RuleCounts, place: usize) {
    if int_at(call, place).is_some_and(|period| period > 1) {
        replace(call, rules, place, Argument::Number(1.0), Rule::CountHookPeriod);
    }
}

/// `debug.getinfo` hands its options on, and `>` is none that it may have.
fn no_popped_function(call: &mut LibraryCall, rules: &mut RuleCounts, place: usize) {
    if text_at(call, place).is_some_and(|options| options.starts_with(b">")) {
        replace(call, rules, place, Argument::String(b"f".to_vec()), Rule::InfoOptions);
    }
}

/// How many ways there may be to match a subject.
const MOST_WAYS: u64 = 200_000;

/// Cuts the subject of a match to a length at which all ways to match it can be tried.
fn cheap_match(call: &mut LibraryCall, rules: &mut RuleCounts) {
    let (Some(subject), Some(pattern)) = (text_at(call, 0), text_at(call, 1)) else { return };
    let repetitions = pattern.iter().filter(|byte| b"*+-?".contains(byte)).count();
    let mut length = subject.len();
    while length > 0 && ways(length, repetitions) > MOST_WAYS {
        length -= length.div_ceil(8);
    }
    if length < subject.len() {
        replace(call, rules, 0, Argument::String(subject[..length].to_vec()), Rule::PatternCost);
    }
}

/// In how many ways a subject can be split among so many repetitions and what is left over, from each of its places, at most.
fn ways(length: usize, repetitions: usize) -> u64 {
    // C(length + repetitions, repetitions), which is symmetric.
    let (length, repetitions) = (length as u64, repetitions as u64);
    let (most, least) = (length.max(repetitions), length.min(repetitions));
    let mut ways = length;
    for step in 1..=least {
        ways = ways.saturating_mul(most + step) / step;
        if ways > MOST_WAYS {
            return ways;
        }
    }
    ways
}
