//! Damaged binary chunks: the functions of valid programs with fields and instructions changed, the framing intact, and
//! dumped chunks with bytes changed.

use std::sync::Arc;

use lockstep::lua::bytecode::{Bytes, Constant, Instruction, LocalVariable, Prototype, dump, verify};

use crate::instructions::{likely, somehow_changed};
use crate::random::Random;
use crate::seeds::Seeds;

/// A random binary chunk.
pub fn make(random: &mut Random, seeds: &Seeds) -> Vec<u8> {
    let small = random.below(4) != 0;
    let mut main =
        if small { seeds.functions[random.below(seeds.small)].clone() } else { random.pick(&seeds.functions).clone() };
    match random.below(10) {
        0 | 1 => {
            let mut bytes = dump(&main, random.one_in(4));
            change_bytes(random, &mut bytes);
            bytes
        }
        2 => {
            for _ in 0..random.below(5) + 1 {
                change(random, &mut main);
            }
            dump(&main, random.one_in(4))
        }
        _ => {
            let changes = if random.one_in(3) { 60 } else { 6 };
            for _ in 0..random.below(changes) + 1 {
                change_and_stay_valid(random, &mut main);
            }
            dump(&main, random.one_in(4))
        }
    }
}

/// Changes something; takes it back, most of the time, if the verifier would not let it pass.
fn change_and_stay_valid(random: &mut Random, main: &mut Prototype) {
    let before = main.clone();
    change(random, main);
    if !is_valid(main) && !random.one_in(100) {
        *main = before;
    }
}

fn is_valid(function: &Prototype) -> bool {
    verify(function).is_ok() && function.prototypes.iter().all(|nested| is_valid(nested))
}

fn change_bytes(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..random.below(4) + 1 {
        // Most of the header and the first fields, or anywhere.
        let position = if random.one_in(4) { random.below(48) } else { random.below(bytes.len()) };
        let position = position.min(bytes.len().saturating_sub(1));
        let number = random.interesting().to_le_bytes();
        match random.below(6) {
            0 => bytes[position] ^= 1 << random.below(8),
            1 => bytes[position] = random.next() as u8,
            2 => overwrite(bytes, position, &number[..4]),
            3 => overwrite(bytes, position, &number),
            4 if random.one_in(4) => bytes.truncate(position),
            _ => {
                let end = (position + random.below(16)).min(bytes.len());
                let part = bytes[position..end].to_vec();
                let to = random.cut(bytes.len());
                bytes.splice(to..to, part);
            }
        }
        if bytes.is_empty() {
            return;
        }
    }
}

fn overwrite(bytes: &mut [u8], position: usize, new: &[u8]) {
    bytes[position..].iter_mut().zip(new).for_each(|(byte, new)| *byte = *new);
}

/// Changes the main function or one nested in it.
fn change(random: &mut Random, function: &mut Prototype) {
    if !function.prototypes.is_empty() && !random.one_in(3) {
        let nested = random.below(function.prototypes.len());
        return change(random, Arc::make_mut(&mut function.prototypes[nested]));
    }
    match random.below(20) {
        0 => change_constants(random, function),
        1 => change_frame(random, function),
        2 => change_debug_information(random, function),
        3 => change_nested(random, function),
        4..=6 => change_length(random, function),
        _ => change_instruction(random, function),
    }
}

fn change_instruction(random: &mut Random, function: &mut Prototype) {
    let pc = random.below(function.code.len());
    let Some(word) = function.code.get(pc).copied() else { return };
    let new = match random.below(8) {
        0 => Instruction(random.next() as u32),
        1 | 2 => somehow_changed(random, word),
        3 => *random.pick(&function.code),
        _ => likely(random, function, pc),
    };
    if let Some(slot) = function.code.get_mut(pc) {
        *slot = new;
    }
}

/// Adds or removes an instruction, with its line.
fn change_length(random: &mut Random, function: &mut Prototype) {
    let pc = random.below(function.code.len());
    let has_lines = function.line_info.len() == function.code.len();
    if random.one_in(3) && function.code.len() > 1 {
        function.code.remove(pc);
        if has_lines {
            function.line_info.remove(pc);
        }
    } else if function.code.len() < 1 << 12 {
        let new = likely(random, function, pc);
        function.code.insert(pc, new);
        if has_lines {
            function.line_info.insert(pc, random.interesting() as i32);
        }
    }
}

/// A constant of any kind, the kinds that no compiler makes included.
pub fn constant(random: &mut Random) -> Constant {
    let string = |bytes: &[u8]| Constant::String(Bytes::from(bytes));
    match random.below(12) {
        0 => Constant::Nil,
        1 => Constant::Boolean(random.one_in(2)),
        2 => Constant::Number(f64::from_bits(random.next())),
        // The bits of a NaN, or where its payload would be a tag and an index.
        3 => Constant::Number(f64::from_bits(0x7FF0 << 48 | random.next())),
        4 => Constant::Number(f64::from_bits(0xFFF8 << 48 | (random.below(8) << 48 | random.below(300)) as u64)),
        5 => Constant::Number(random.interesting() as i64 as f64),
        6 => Constant::NullString,
        7 => string(b""),
        8 => string(b"a\0b"),
        9 => string(&vec![b'x'; random.below(1 << 16)]),
        10 => {
            string(random.pick(&["print", "pcall", "error", "__index", "__call", "__mode", "__gc", "__eq"]).as_bytes())
        }
        _ => string(random.pick(&["1", "0x10", "nan", "-inf", "1e999", " 7 ", "n", "arg"]).as_bytes()),
    }
}

fn change_constants(random: &mut Random, function: &mut Prototype) {
    let new = constant(random);
    let place = random.below(function.constants.len());
    match (random.below(4), function.constants.get_mut(place)) {
        (0, Some(_)) => drop(function.constants.remove(place)),
        (1 | 2, Some(constant)) => *constant = new,
        _ => function.constants.push(new),
    }
}

fn change_frame(random: &mut Random, function: &mut Prototype) {
    let byte = random.interesting() as u8;
    match random.below(5) {
        0 => function.max_stack_size = byte,
        1 => function.max_stack_size = function.max_stack_size.wrapping_add(random.below(5) as u8).wrapping_sub(2),
        2 => function.parameter_count = byte % 8,
        3 => function.vararg_flags = byte % 16,
        _ => function.upvalue_count = function.upvalue_count.wrapping_add(random.below(5) as u8).wrapping_sub(2),
    }
}

fn change_debug_information(random: &mut Random, function: &mut Prototype) {
    match random.below(8) {
        0 => function.line_info.clear(),
        1 => function.line_info.iter_mut().for_each(|line| *line = random.interesting() as i32),
        2 => drop(function.line_info.pop()),
        3 => function.locals.clear(),
        4 => {
            let name = if random.one_in(3) { None } else { Some(Bytes::from(&b"a\0b"[..])) };
            let (start_pc, end_pc) = (random.interesting() as i32 & i32::MAX, random.interesting() as i32 & i32::MAX);
            let place = random.cut(function.locals.len());
            function.locals.insert(place, LocalVariable { name, start_pc, end_pc });
        }
        5 => function.upvalue_names.clear(),
        6 => function.upvalue_names.iter_mut().for_each(|name| *name = None),
        _ => {
            function.source = if random.one_in(2) { None } else { Some(random.bytes(100).into()) };
            function.line_defined = random.interesting() as i32 & i32::MAX;
            function.last_line_defined = random.interesting() as i32 & i32::MAX;
        }
    }
}

fn change_nested(random: &mut Random, function: &mut Prototype) {
    let count = function.prototypes.len();
    if count == 0 {
        let nested = Arc::new(function.clone());
        return function.prototypes.push(nested);
    }
    let (one, other) = (random.below(count), random.below(count));
    match random.below(3) {
        0 => function.prototypes.swap(one, other),
        1 if count < 8 => function.prototypes.push(Arc::clone(&function.prototypes[one])),
        _ => drop(function.prototypes.remove(one)),
    }
}
