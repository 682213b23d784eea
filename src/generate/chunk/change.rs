//! Functions changed field by field: instructions, constants, the frame, debug information, functions inside. The framing of the chunk stays what
//! it is.

use std::sync::Arc;

use super::super::Choices;
use super::constant::constant;
use super::edge;
use super::frame::{local, name};
use super::instruction::{likely, somehow_changed};
use crate::lua::bytecode::{Bytes, Instruction, Prototype, verify};

/// How long code may become, and how many functions may be in one.
const LONGEST_CODE: usize = 1 << 12;
const MOST_INSIDE: usize = 8;

/// Changes something; takes it back, nearly always, if the verifier would not let it pass.
pub fn change_and_stay_valid(choices: &mut Choices<'_>, function: &mut Prototype) {
    let before = function.clone();
    let mark = choices.begin();
    change(choices, function);
    choices.end("change of a function", mark);
    if !is_valid(function) && !choices.chance(3) {
        *function = before;
    }
}

fn is_valid(function: &Prototype) -> bool {
    verify(function).is_ok() && function.prototypes.iter().all(|nested| is_valid(nested))
}

/// Changes the function or one nested in it.
pub fn change(choices: &mut Choices<'_>, function: &mut Prototype) {
    if !function.prototypes.is_empty() && choices.chance(150) {
        let nested = choices.below(function.prototypes.len());
        return change(choices, Arc::make_mut(&mut function.prototypes[nested]));
    }
    match choices.weighted(&[13, 1, 1, 1, 1, 3]) {
        1 => change_constants(choices, function),
        2 => change_frame(choices, function),
        3 => change_debug_information(choices, function),
        4 => change_nested(choices, function),
        5 => change_length(choices, function),
        _ => change_instruction(choices, function),
    }
}

fn change_instruction(choices: &mut Choices<'_>, function: &mut Prototype) {
    let pc = choices.below(function.code.len());
    let Some(word) = function.code.get(pc).copied() else { return };
    function.code[pc] = match choices.weighted(&[4, 2, 1, 1]) {
        1 => somehow_changed(choices, word),
        2 => *choices.pick(&function.code),
        3 => Instruction(choices.word() as u32),
        _ => likely(choices, function, pc),
    };
}

/// Adds or removes an instruction, with its line.
fn change_length(choices: &mut Choices<'_>, function: &mut Prototype) {
    let pc = choices.below(function.code.len());
    let has_lines = function.line_info.len() == function.code.len();
    if choices.chance(85) && function.code.len() > 1 {
        function.code.remove(pc);
        if has_lines {
            function.line_info.remove(pc);
        }
    } else if function.code.len() < LONGEST_CODE {
        let new = likely(choices, function, pc);
        function.code.insert(pc, new);
        if has_lines {
            function.line_info.insert(pc, edge(choices) as i32);
        }
    }
}

fn change_constants(choices: &mut Choices<'_>, function: &mut Prototype) {
    let new = constant(choices);
    let place = choices.below(function.constants.len());
    match (choices.below(4), function.constants.get_mut(place)) {
        (3, Some(_)) => drop(function.constants.remove(place)),
        (1 | 2, Some(constant)) => *constant = new,
        _ => function.constants.push(new),
    }
}

fn change_frame(choices: &mut Choices<'_>, function: &mut Prototype) {
    let byte = edge(choices) as u8;
    let beside = |field: u8, choices: &mut Choices<'_>| field.wrapping_add(choices.below(5) as u8).wrapping_sub(2);
    match choices.below(5) {
        1 => function.max_stack_size = beside(function.max_stack_size, choices),
        2 => function.parameter_count = byte % 8,
        3 => function.vararg_flags = byte % 16,
        4 => function.upvalue_count = beside(function.upvalue_count, choices),
        _ => function.max_stack_size = byte,
    }
}

fn change_debug_information(choices: &mut Choices<'_>, function: &mut Prototype) {
    match choices.below(9) {
        1 => function.line_info.iter_mut().for_each(|line| *line = edge(choices) as i32),
        2 => drop(function.line_info.pop()),
        3 => function.locals.clear(),
        4 => {
            let place = choices.below(function.locals.len() + 1);
            function.locals.insert(place, local(choices, &function.code));
        }
        5 => function.upvalue_names.clear(),
        6 => function.upvalue_names.iter_mut().for_each(|slot| *slot = name(choices)),
        7 => {
            function.source = choices.flag().then(|| Bytes::from(super::source::chunk_name(choices)));
            function.line_defined = edge(choices) as i32 & i32::MAX;
            function.last_line_defined = edge(choices) as i32 & i32::MAX;
        }
        8 => {
            let new = name(choices);
            function.upvalue_names.push(new);
        }
        _ => function.line_info.clear(),
    }
}

fn change_nested(choices: &mut Choices<'_>, function: &mut Prototype) {
    let count = function.prototypes.len();
    if count == 0 {
        let nested = Arc::new(function.clone());
        return function.prototypes.push(nested);
    }
    let (one, other) = (choices.below(count), choices.below(count));
    match choices.below(3) {
        1 if count < MOST_INSIDE => function.prototypes.push(Arc::clone(&function.prototypes[one])),
        2 => drop(function.prototypes.remove(one)),
        _ => function.prototypes.swap(one, other),
    }
}
