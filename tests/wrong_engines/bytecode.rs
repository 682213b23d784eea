//! One wrong compiler for each field of a compiled function.

use std::sync::Arc;

use lockstep::{
    lua::bytecode::{Constant, Instruction, Opcode, Prototype, VARARG_IS_VARARG, dump, undump},
    outcome::{FunctionPlace, Kind, Place, Side},
};

use crate::engines::{Changed, difference};

/// `main/0` is `outer`, `main/1` is `other`, `main/1/0` is `inner`.
pub const NESTED: &str = "\
local function outer(a, b)
  return a + 7, 'seven'
end
local function other(list)
  local count = #list
  return function(step)
    count = count + step
    return outer(count, list)
  end
end
return other({1})(2)";

/// A compiler that changes the function at this place (indices into the functions inside each other).
pub fn miscompiling(at: &'static [usize], change: impl Fn(&mut Prototype) + 'static) -> Changed {
    Changed::compiled(move |result| {
        let mut main = undump(&result?, b"@dir/case.lua", 0).expect("the reference's chunk is valid");
        let mut function = &mut main;
        for index in at {
            function = Arc::get_mut(&mut function.prototypes[*index]).expect("nobody else has it");
        }
        change(function);
        Ok(dump(&main, false))
    })
}

struct Case {
    at: &'static [usize],
    change: Box<dyn Fn(&mut Prototype)>,
    place: FunctionPlace,
    line: Option<u32>,
}

fn case(
    at: &'static [usize],
    (path, line_defined): (&str, i32),
    (field, index): (&'static str, Option<usize>),
    line: Option<u32>,
    change: impl Fn(&mut Prototype) + 'static,
) -> Case {
    let place = FunctionPlace { path: path.into(), line_defined, field, index };
    Case { at, change: Box::new(change), place, line }
}

fn cases() -> Vec<Case> {
    const MAIN: (&str, i32) = ("main", 0);
    const OUTER: (&str, i32) = ("main/0", 1);
    const OTHER: (&str, i32) = ("main/1", 4);
    const INNER: (&str, i32) = ("main/1/0", 6);
    vec![
        case(&[0], OUTER, ("line_defined", None), Some(1), |function| function.line_defined = 2),
        case(&[1, 0], INNER, ("last_line_defined", None), Some(6), |function| function.last_line_defined = 10),
        case(&[1, 0], INNER, ("parameter_count", None), Some(6), |function| function.parameter_count = 2),
        case(&[0], OUTER, ("vararg_flags", None), Some(1), |function| function.vararg_flags = VARARG_IS_VARARG),
        case(&[1], OTHER, ("max_stack_size", None), Some(4), |function| function.max_stack_size += 1),
        case(&[], MAIN, ("upvalue_count", None), None, |function| function.upvalue_count = 1),
        case(&[0], OUTER, ("code", Some(0)), Some(2), |function| {
            function.code[0] = function.code[0].with_opcode(Opcode::Sub);
        }),
        case(&[1, 0], INNER, ("code", Some(1)), Some(7), |function| function.code[1] = function.code[1].with_c(1)),
        case(&[1], OTHER, ("code", Some(7)), Some(10), |function| {
            function.code.push(Instruction::abc(Opcode::Return, 0, 1, 0));
            function.line_info.push(10);
        }),
        case(&[0], OUTER, ("constants", Some(0)), Some(1), |function| function.constants[0] = Constant::Number(8.0)),
        case(&[0], OUTER, ("constants", Some(1)), Some(1), |function| {
            function.constants[1] = Constant::String(b"Seven"[..].into());
        }),
        case(&[0], OUTER, ("constants", Some(2)), Some(1), |function| function.constants.push(Constant::Nil)),
        case(&[], MAIN, ("prototypes", None), None, |function| {
            function.prototypes.push(Arc::clone(&function.prototypes[0]));
        }),
        case(&[1], OTHER, ("line_info", Some(0)), Some(5), |function| function.line_info[0] = 4),
        case(&[1], OTHER, ("locals", Some(1)), Some(4), |function| function.locals[1].start_pc += 1),
        case(&[1], OTHER, ("locals", Some(0)), Some(4), |function| function.locals[0].end_pc -= 1),
        case(&[1], OTHER, ("locals", Some(0)), Some(4), |function| {
            function.locals[0].name = Some(b"lost"[..].into());
        }),
        case(&[1, 0], INNER, ("upvalue_names", Some(1)), Some(6), |function| {
            function.upvalue_names[1] = Some(b"inner"[..].into());
        }),
        case(&[0], OUTER, ("source", None), Some(1), |function| function.source = Some(b"@else.lua"[..].into())),
    ]
}

#[test]
fn each_wrong_field_is_found_in_its_function() {
    for case in cases() {
        let found = difference(NESTED, miscompiling(case.at, case.change));
        assert_eq!(found.kind, Kind::Bytecode);
        assert_eq!((&found.place, found.line), (&Place::Function(case.place), case.line), "{found:?}");
        assert_ne!(found.reference, found.subject, "{found:?}");
        let listed = matches!(&found.place, Place::Function(place) if ["code", "line_info"].contains(&place.field));
        assert_eq!(listed, !found.context.is_empty(), "{found:?}");
        if listed {
            assert!(found.context.iter().any(|line| line.side == Side::Subject), "{found:?}");
        }
    }
}

#[test]
fn every_field_of_a_prototype_has_a_wrong_compiler() {
    let wrong: Vec<&str> = cases().iter().map(|case| case.place.field).collect();
    // Without `..`, so that a new field must be named here.
    let Prototype {
        source: _,
        line_defined: _,
        last_line_defined: _,
        upvalue_count: _,
        parameter_count: _,
        vararg_flags: _,
        max_stack_size: _,
        code: _,
        constants: _,
        prototypes: _,
        line_info: _,
        locals: _,
        upvalue_names: _,
    } = Prototype::default();
    for field in [
        "source",
        "line_defined",
        "last_line_defined",
        "upvalue_count",
        "parameter_count",
        "vararg_flags",
        "max_stack_size",
        "code",
        "constants",
        "prototypes",
        "line_info",
        "locals",
        "upvalue_names",
    ] {
        assert!(wrong.contains(&field), "no compiler is wrong in {field}");
    }
}

#[test]
fn the_sign_of_a_zero_is_part_of_a_constant() {
    let found = difference("return 0", miscompiling(&[], |function| function.constants[0] = Constant::Number(-0.0)));
    assert_eq!((found.reference.as_str(), found.subject.as_str()), ("0", "-0"));
}

#[test]
fn an_inner_function_is_named_before_the_one_that_holds_it() {
    let found = difference(
        NESTED,
        Changed::compiled(|result| {
            let mut main = undump(&result?, b"@dir/case.lua", 0).expect("the reference's chunk is valid");
            main.max_stack_size += 1;
            Arc::get_mut(&mut main.prototypes[1]).expect("nobody else has it").max_stack_size += 1;
            Ok(dump(&main, false))
        }),
    );
    assert!(matches!(found.place, Place::Function(place) if place.path == "main/1"));
}

#[test]
fn bytes_that_decoding_forgets_are_compared_too() {
    let longer = Changed::compiled(|result| result.map(|chunk| [chunk, vec![0]].concat()));
    let found = difference("return", longer);
    assert!(matches!(found.place, Place::ChunkByte(13..)), "{found:?}");
    assert_eq!((found.reference.as_str(), found.subject.as_str()), ("(end)", "0x00"));
}

#[test]
fn a_chunk_that_does_not_decode_says_why() {
    let found = difference("return", Changed::compiled(|_| Ok(b"\x1bLua".to_vec())));
    assert_eq!(found.place, Place::Load);
    assert!(found.subject.starts_with("does not decode: "), "{found:?}");
}
