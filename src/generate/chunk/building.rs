//! Functions built from nothing, with functions inside, of which one may miss a rule.

use std::sync::Arc;

use super::super::Choices;
use super::code::Writer;
use super::frame::{add_debug_information, frame};
use super::miss::Miss;
use crate::lua::bytecode::Prototype;

/// How deep functions nest, how many are in one, and how many steps the code of each has.
const MOST_DEPTH: usize = 3;
const MOST_INSIDE: usize = 3;
const MOST_STEPS: usize = 40;

/// A function that the verifier accepts, or one that misses one of its rules by as little as can be.
pub fn function(choices: &mut Choices<'_>) -> Prototype {
    let miss = choices.chance(70).then(|| *choices.pick(&Miss::ALL));
    build(choices, 0, miss)
}

/// A function that misses that rule, if there is one to miss, itself or in a function inside.
pub fn build(choices: &mut Choices<'_>, depth: usize, mut miss: Option<Miss>) -> Prototype {
    let mark = choices.begin();
    let mut function = frame(choices);
    if depth < MOST_DEPTH && choices.chance(100) {
        for _ in 0..choices.count(MOST_INSIDE) {
            let inside = if choices.chance(60) { miss.take() } else { None };
            function.prototypes.push(Arc::new(build(choices, depth + 1, inside)));
        }
    }
    if let Some(miss) = miss {
        miss.prepare(choices, &mut function);
    }
    let steps = choices.below(MOST_STEPS);
    // The wrong step is somewhere among the others.
    let wrong = if miss.is_some() { choices.below(steps + 1) } else { 0 };
    let mut writer = Writer::new(choices, &function);
    for step in 0..=steps {
        match miss {
            Some(miss) if step == wrong => miss.write(&mut writer),
            _ if step < steps => writer.step(),
            _ => {}
        }
    }
    if let Some(miss) = miss {
        miss.write_end(&mut writer);
    }
    function.code = writer.finish();
    add_debug_information(choices, &mut function);
    if let Some(miss) = miss {
        miss.spoil(choices, &mut function);
    }
    choices.end("function from nothing", mark);
    function
}
