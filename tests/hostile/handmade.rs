//! Chunks made by hand: one for everything that the verifier lets pass and that must be checked at run time.
//!
//! Those whose behaviour is defined in the reference are also judged against it; the others need only be survived.

use std::sync::Arc;

use lockstep::lua::bytecode::{
    Constant, Instruction, LocalVariable, Opcode, Prototype, VARARG_HAS_ARG, VARARG_IS_VARARG, dump, undump,
};

use Opcode::*;

/// A chunk and what must come of it.
pub struct Case {
    pub name: String,
    pub chunk: Vec<u8>,
    /// Whether the reference's behaviour is defined, so that it must be ours.
    pub is_defined: bool,
}

fn abc(opcode: Opcode, a: u32, b: u32, c: u32) -> Instruction {
    Instruction::abc(opcode, a, b, c)
}

fn asbx(opcode: Opcode, a: u32, sbx: i32) -> Instruction {
    Instruction::asbx(opcode, a, sbx)
}

fn abx(opcode: Opcode, a: u32, bx: u32) -> Instruction {
    Instruction::abx(opcode, a, bx)
}

fn text(text: &str) -> Constant {
    Constant::String(text.as_bytes().into())
}

/// A stripped vararg main function with 8 registers and these constants: a string, a number, `print`, `type`.
fn main(code: &[Instruction]) -> Prototype {
    let mut code = code.to_vec();
    code.push(abc(Return, 0, 1, 0));
    Prototype {
        max_stack_size: 8,
        vararg_flags: VARARG_IS_VARARG,
        constants: vec![text("key"), Constant::Number(1.0), text("print"), text("type")],
        code,
        ..Prototype::default()
    }
}

#[derive(Default)]
struct Cases(Vec<Case>);

impl Cases {
    fn add(&mut self, name: impl Into<String>, is_defined: bool, function: &Prototype) {
        let (name, chunk) = (name.into(), dump(function, false));
        // What is refused proves nothing about running it.
        if let Err(error) = undump(&chunk, b"=handmade", 0) {
            eprintln!("{name} is refused: {error}");
            return;
        }
        self.0.push(Case { name, chunk, is_defined });
    }

    fn defined(&mut self, name: impl Into<String>, function: &Prototype) {
        self.add(name, true, function);
    }

    fn undefined(&mut self, name: impl Into<String>, function: &Prototype) {
        self.add(name, false, function);
    }
}

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut cases = Cases::default();
    skips(&mut cases);
    open_counts(&mut cases);
    lists_and_tables(&mut cases);
    loops(&mut cases);
    registers(&mut cases);
    varargs(&mut cases);
    upvalues(&mut cases);
    debug_information(&mut cases);
    null_strings(&mut cases);
    not_a_number(&mut cases);
    cases.0
}

fn skips(cases: &mut Cases) {
    for c in [1, 2, 3, 255, 256, 511] {
        let skip = |rest: &[Instruction]| main(&[&[abc(LoadBool, 0, 1, c)], rest].concat());
        cases.defined(format!("LOADBOOL skips, C = {c}"), &skip(&[abc(LoadBool, 0, 0, 0), abc(Return, 0, 2, 0)]));
    }
    for c in [2, 256, 511] {
        cases.undefined(format!("LOADBOOL skips past the end, C = {c}"), &main(&[abc(LoadBool, 0, 1, c)]));
        let list = [abc(LoadBool, 0, 1, c), abc(SetList, 0, 1, 0), Instruction(u32::MAX), abc(Return, 0, 2, 0)];
        cases.undefined(format!("LOADBOOL skips into the count of a SETLIST, C = {c}"), &main(&list));
    }
    let jump = [asbx(Jmp, 0, 1), abx(Closure, 0, 0), abc(GetUpval, 1, 0, 0), abc(Return, 0, 3, 0)];
    let mut into_captures = main(&jump);
    into_captures.upvalue_count = 1;
    into_captures.prototypes.push(Arc::new(Prototype { upvalue_count: 1, ..main(&[]) }));
    cases.defined("a jump into the captures of CLOSURE", &into_captures);
    for b in [1, 2, 255, 256, 511] {
        cases.defined(format!("LOADBOOL with B = {b}"), &main(&[abc(LoadBool, 0, b, 0), abc(Return, 0, 2, 0)]));
    }
    for operand in [2, 7] {
        for opcode in [Eq, Lt, Le] {
            let code = [abc(opcode, operand, 257, 257), asbx(Jmp, 0, 1), abc(LoadBool, 1, 1, 0), abc(Return, 1, 2, 0)];
            cases.undefined(format!("{opcode:?} for neither true nor false but {operand}"), &main(&code));
        }
        for opcode in [Test, TestSet] {
            let b = if opcode == Test { 0 } else { 1 };
            let code = [abc(opcode, 0, b, operand), asbx(Jmp, 0, 1), abc(LoadBool, 1, 1, 0), abc(Return, 1, 2, 0)];
            cases.undefined(format!("{opcode:?} for neither true nor false but {operand}"), &main(&code));
        }
    }
    cases.defined("JMP with A", &main(&[asbx(Jmp, 7, 0), abc(Return, 0, 1, 0)]));
}

fn open_counts(cases: &mut Cases) {
    for a in [0, 3, 7] {
        let consumers: [(&str, &[Instruction]); 4] = [
            ("RETURN", &[abc(Return, a, 0, 0)]),
            ("CALL", &[abc(Call, a, 0, 1)]),
            ("TAILCALL", &[abc(TailCall, a, 0, 0), abc(Return, a, 0, 0)]),
            ("SETLIST", &[abc(SetList, a, 0, 1)]),
        ];
        for (name, consumer) in consumers {
            let first = if name == "SETLIST" { abc(NewTable, a, 0, 0) } else { abx(GetGlobal, a, 2) };
            let code = [&[first], consumer].concat();
            cases.undefined(format!("{name} at {a} of open results that nothing left"), &main(&code));
            // The producer leaves the top below the place where the consumer starts to count.
            let code = [&[first, abc(VarArg, 0, 0, 0)], consumer].concat();
            cases.undefined(format!("{name} at {a} above the open results at 0"), &main(&code));
            let code = [&[first, abx(GetGlobal, 0, 3), abc(VarArg, 0, 0, 0)], consumer].concat();
            cases.undefined(format!("{name} at {a} above the open results at 0, beside a function"), &main(&code));
        }
    }
}

fn lists_and_tables(cases: &mut Cases) {
    for block in [0, 1, 2, 1 << 16, 1 << 25, 1 << 26, 0x0333_3333, i32::MAX as u32, 1 << 31, u32::MAX] {
        let code = [
            abc(NewTable, 0, 0, 0),
            abx(LoadK, 1, 1),
            abx(LoadK, 2, 0),
            abc(SetList, 0, 2, 0),
            Instruction(block),
            abc(Len, 3, 0, 0),
            abc(Return, 1, 4, 0),
        ];
        // The reference's block numbers overflow an `int`, and the allocation does not fit the bound, between these.
        let is_defined = block < 3;
        cases.add(format!("SETLIST of block {block}"), is_defined, &main(&code));
    }
    for object in [abx(LoadK, 0, 1), abx(LoadK, 0, 0), abc(LoadNil, 0, 0, 0), abc(LoadBool, 0, 1, 0)] {
        let code = [object, abc(SetList, 0, 3, 1), abc(Return, 0, 2, 0)];
        cases.undefined(format!("SETLIST into what {:?} left", object.opcode()), &main(&code));
    }
    for hint in [8, 129, 200, 247, 248, 255, 256, 257, 511] {
        let code = |b, c| main(&[abc(NewTable, 0, b, c), abc(Len, 0, 0, 0), abc(Return, 0, 2, 0)]);
        cases.undefined(format!("NEWTABLE with array hint {hint}"), &code(hint, 0));
        cases.undefined(format!("NEWTABLE with hash hint {hint}"), &code(0, hint));
        cases.undefined(format!("NEWTABLE with hints {hint}"), &code(hint, hint));
    }
}

fn loops(cases: &mut Cases) {
    let places = [abx(LoadK, 0, 0), abx(LoadK, 0, 1), abc(NewTable, 0, 0, 0), abc(LoadNil, 0, 7, 0)];
    for (number, first) in places.into_iter().enumerate() {
        for (other, second) in places.into_iter().enumerate() {
            let code = [
                abc(LoadNil, 0, 7, 0),
                first.with_a(0),
                second.with_a(1),
                first.with_a(2),
                asbx(ForLoop, 0, 0),
                abc(Return, 0, 5, 0),
            ];
            let is_number = number == 1 && other == 1;
            cases.add(format!("FORLOOP without FORPREP, over {number} and {other}"), is_number, &main(&code));
            let mut prepared = code;
            prepared[4] = asbx(ForPrep, 0, 0);
            // A value that LOADNIL would set in other registers is not what the message is about.
            cases.defined(format!("FORPREP without FORLOOP, over {number} and {other}"), &main(&prepared));
        }
    }
    for size in [6, 8, 250] {
        let place = u32::from(size) - 4;
        let code = [abx(GetGlobal, place, 3), abc(TForLoop, place, 0, 1), asbx(Jmp, 0, 0), abc(Return, place, 5, 0)];
        let function = Prototype { max_stack_size: size, ..main(&code) };
        cases.undefined(format!("TFORLOOP at the end of a frame of {size}"), &function);
    }
    let wide = [abx(GetGlobal, 0, 3), abc(TForLoop, 0, 0, 511), asbx(Jmp, 0, 0)];
    let refused = undump(&dump(&main(&wide), true), b"=wide", 0).is_err();
    assert!(refused, "TFORLOOP has no more results than registers");
}

fn registers(cases: &mut Cases) {
    let code = [abx(LoadK, 5, 1), abx(LoadK, 2, 1), abc(LoadNil, 5, 2, 0), abc(Return, 2, 5, 0)];
    cases.undefined("LOADNIL with B < A", &main(&code));
    let code = [abc(LoadNil, 0, 7, 0), abc(SelfOp, 6, 0, 256), abc(Return, 0, 1, 0)];
    cases.defined("SELF at the end of a frame", &main(&code));
    for size in [2, 250] {
        let last = u32::from(size) - 1;
        let code =
            [abc(LoadNil, 0, last, 0), abx(LoadK, last, 1), abc(Concat, 0, last - 1, last), abc(Return, last, 2, 0)];
        cases.defined(format!("a frame of {size}"), &Prototype { max_stack_size: size, ..main(&code) });
    }
    let parameters = Prototype { parameter_count: 8, vararg_flags: 0, ..main(&[abc(Return, 0, 9, 0)]) };
    cases.defined("a main function with parameters", &parameters);
    let mut calls = main(&[abx(Closure, 0, 0), abc(Call, 0, 8, 0), abc(Return, 0, 0, 0)]);
    calls.prototypes.push(Arc::new(parameters));
    cases.undefined("a call with registers that nobody set", &calls);
}

fn varargs(cases: &mut Cases) {
    for flags in [0, VARARG_HAS_ARG, 2, 3, 5, 7, 8, 9, 10, 15, 0xFF, 0xFB] {
        let mut nested = main(&[abc(Return, 0, 4, 0)]);
        (nested.vararg_flags, nested.parameter_count) = (flags, 1);
        let mut code =
            main(&[abx(Closure, 0, 0), abx(LoadK, 1, 1), abx(LoadK, 2, 0), abc(Call, 0, 3, 5), abc(Return, 0, 4, 0)]);
        code.prototypes.push(Arc::new(nested.clone()));
        cases.undefined(format!("vararg flags {flags}"), &code);
        cases.undefined(format!("a main function with vararg flags {flags}"), &nested);
    }
    for b in [2, 8, 9] {
        cases.defined(format!("VARARG for {b} - 1"), &main(&[abc(VarArg, 0, b, 0), abc(Return, 0, b, 0)]));
    }
    // A function that calls itself with ever more arguments.
    let mut growing = main(&[
        abx(GetGlobal, 0, 0),
        abx(GetGlobal, 1, 0),
        abx(GetGlobal, 2, 0),
        abx(GetGlobal, 3, 0),
        abc(VarArg, 4, 0, 0),
        abc(TailCall, 0, 0, 0),
        abc(Return, 0, 0, 0),
    ]);
    growing.vararg_flags = VARARG_IS_VARARG;
    let mut starting = main(&[abx(Closure, 0, 0), abx(SetGlobal, 0, 0), abc(TailCall, 0, 1, 0), abc(Return, 0, 0, 0)]);
    starting.prototypes.push(Arc::new(growing));
    cases.undefined("VARARG with ever more results", &starting);
}

fn upvalues(cases: &mut Cases) {
    for count in [1, 60, 61, 255] {
        let last = u32::from(count) - 1;
        let code = [
            abc(GetUpval, 0, last, 0),
            abx(LoadK, 1, 1),
            abc(SetUpval, 1, last, 0),
            abc(GetUpval, 1, last, 0),
            abc(Return, 0, 3, 0),
        ];
        let function = Prototype { upvalue_count: count, ..main(&code) };
        cases.defined(format!("a main function with {count} upvalues"), &function);
    }
    let nested = main(&[abc(GetUpval, 0, 0, 0), abc(Return, 0, 2, 0)]);
    let mut twice = main(&[
        abx(LoadK, 7, 1),
        abx(Closure, 0, 0),
        abc(Move, 0, 7, 0),
        abx(Closure, 1, 0),
        abc(Move, 0, 0, 0),
        abc(Close, 0, 0, 0),
        abc(LoadNil, 7, 7, 0),
        abc(Call, 0, 1, 2),
        abc(Return, 0, 2, 0),
    ]);
    twice.prototypes.push(Arc::new(Prototype { upvalue_count: 1, ..nested }));
    cases.undefined("a closure that captures its own register", &twice);
}

fn debug_information(cases: &mut Cases) {
    let raising = [abx(GetGlobal, 0, 0), abc(Call, 0, 1, 1), abc(Return, 0, 1, 0)];
    cases.defined("an error without lines", &main(&raising));
    for line in [0, -1, i32::MIN, i32::MAX] {
        let mut function = main(&raising);
        function.line_info = vec![line; function.code.len()];
        cases.defined(format!("an error in line {line}"), &function);
    }
    let local = |name: Option<&[u8]>, start_pc, end_pc| LocalVariable { name: name.map(Into::into), start_pc, end_pc };
    let mut function = main(&raising);
    function.locals = vec![
        local(Some(b"a\0b"), 0, i32::MAX),
        local(Some(b""), 1, 0),
        local(Some(b"late"), i32::MAX, i32::MAX),
        local(Some(b"c"), 0, 2),
    ];
    cases.defined("locals in no order", &function);
    function.locals[0].name = None;
    cases.undefined("locals without a name", &function);
    let mut named = main(&[abc(GetUpval, 0, 1, 0), abc(Call, 0, 1, 1)]);
    named.upvalue_count = 2;
    named.upvalue_names = vec![Some(b"first"[..].into())];
    cases.undefined("an error about an upvalue that has no name, while others do", &named);
    named.upvalue_names = vec![None, None];
    cases.undefined("an error about an upvalue with a null name", &named);
}

fn null_strings(cases: &mut Cases) {
    let with_null = |code: &[Instruction]| {
        let mut function = main(code);
        function.constants[0] = Constant::NullString;
        function
    };
    let uses: &[(&str, &[Instruction])] = &[
        ("loaded", &[abx(LoadK, 0, 0), abc(Return, 0, 2, 0)]),
        ("printed", &[abx(GetGlobal, 0, 2), abx(LoadK, 1, 0), abc(Call, 0, 2, 1)]),
        ("a global's name", &[abx(GetGlobal, 0, 0), abc(Return, 0, 2, 0)]),
        ("the name of a global that is set", &[abx(LoadK, 1, 1), abx(SetGlobal, 1, 0)]),
        ("the name of a global that is called", &[abx(GetGlobal, 0, 0), abc(Call, 0, 1, 1)]),
        (
            "a key",
            &[abc(NewTable, 0, 0, 0), abc(SetTable, 0, 256, 257), abc(GetTable, 0, 0, 256), abc(Return, 0, 2, 0)],
        ),
        ("a method", &[abx(LoadK, 0, 0), abc(SelfOp, 0, 0, 256), abc(Call, 0, 2, 1)]),
        ("an operand", &[abc(Add, 0, 256, 257)]),
        ("negated", &[abx(LoadK, 0, 0), abc(Unm, 0, 0, 0)]),
        ("measured", &[abx(LoadK, 0, 0), abc(Len, 0, 0, 0), abc(Return, 0, 2, 0)]),
        ("concatenated", &[abx(LoadK, 0, 0), abx(LoadK, 1, 1), abc(Concat, 0, 0, 1), abc(Return, 0, 2, 0)]),
        ("compared", &[abc(Lt, 0, 256, 256), asbx(Jmp, 0, 0), abc(Eq, 1, 256, 257), asbx(Jmp, 0, 0)]),
        ("called", &[abx(LoadK, 0, 0), abc(Call, 0, 1, 1)]),
        ("a loop's limit", &[abx(LoadK, 0, 1), abx(LoadK, 1, 0), abx(LoadK, 2, 1), asbx(ForPrep, 0, 0)]),
        ("tested", &[abx(LoadK, 0, 0), abc(Test, 0, 0, 1), asbx(Jmp, 0, 0)]),
        ("an element", &[abc(NewTable, 0, 0, 0), abx(LoadK, 1, 0), abc(SetList, 0, 1, 1)]),
    ];
    for (name, code) in uses {
        cases.undefined(format!("a null string {name}"), &with_null(code));
    }
}

/// Numbers that are none, with every payload that could be taken for a tag: they must stay numbers.
fn not_a_number(cases: &mut Cases) {
    let tops = (0x7FF0_u64..=0x7FFF).chain(0xFFF0..=0xFFFF);
    let payloads = [0, 1, 2, 7, 1 << 40, 1 << 47, (1 << 48) - 1];
    for bits in tops.flat_map(|top| payloads.map(|payload| top << 48 | payload)) {
        let mut function = main(&[
            abx(LoadK, 0, 1),
            abc(Unm, 1, 0, 0),
            abc(Add, 2, 0, 257),
            abc(Mul, 3, 1, 257),
            abc(Eq, 0, 0, 257),
            asbx(Jmp, 0, 0),
            abc(Lt, 0, 0, 257),
            asbx(Jmp, 0, 0),
            abx(GetGlobal, 4, 3),
            abc(Move, 5, 0, 0),
            abc(Call, 4, 2, 2),
            abx(GetGlobal, 5, 3),
            abc(Move, 6, 1, 0),
            abc(Call, 5, 2, 2),
            abc(Return, 4, 3, 0),
        ]);
        function.constants[1] = Constant::Number(f64::from_bits(bits));
        cases.defined(format!("the number {bits:#018x}"), &function);
    }
}
