//! Expectations taken from the reference (`luac -l -p`, `loadstring`), as data.

use std::thread;

use super::{CompileOptions, SyntaxError, compile};
use crate::lua::bytecode::{
    ArgumentMode, Constant, Format, Instruction, LocalVariable, Opcode, Prototype, RK_CONSTANT,
};

fn compiled(source: &str) -> Prototype {
    compile(source.as_bytes(), b"=test", CompileOptions::default())
        .unwrap_or_else(|error| panic!("{source:?} was rejected: {error}"))
}

fn rejected(source: &[u8], levels: u32) -> SyntaxError {
    compile(source, b"=test", CompileOptions { levels })
        .err()
        .unwrap_or_else(|| panic!("{} was accepted", String::from_utf8_lossy(source)))
}

/// The message of a rejected chunk, without the name of the chunk.
fn message(source: &[u8], levels: u32) -> String {
    let text = String::from_utf8_lossy(&rejected(source, levels).message).into_owned();
    text.strip_prefix("test:").map_or(text.clone(), str::to_owned)
}

/// An instruction and its line as `luac -l` writes them, without comments.
fn listed(instruction: Instruction, line: i32) -> String {
    let opcode = instruction.opcode().expect("the compiler knows its opcodes");
    let constant = |index: u32| -1 - i64::from(index);
    let operand = |value: u32| if value & RK_CONSTANT != 0 { constant(value & !RK_CONSTANT) } else { i64::from(value) };
    let (a, b, c) = (i64::from(instruction.a()), operand(instruction.b()), operand(instruction.c()));
    let is_used = |mode| mode != ArgumentMode::Unused;
    let operands = match opcode.format() {
        Format::Abc if is_used(opcode.b_mode()) && is_used(opcode.c_mode()) => vec![a, b, c],
        Format::Abc if is_used(opcode.b_mode()) => vec![a, b],
        Format::Abc if is_used(opcode.c_mode()) => vec![a, c],
        Format::Abc => vec![a],
        Format::Abx if opcode.b_mode() == ArgumentMode::ConstantOrRegister => vec![a, constant(instruction.bx())],
        Format::Abx => vec![a, i64::from(instruction.bx())],
        Format::Asbx if opcode == Opcode::Jmp => vec![i64::from(instruction.sbx())],
        Format::Asbx => vec![a, i64::from(instruction.sbx())],
    };
    let operands: Vec<String> = operands.iter().map(i64::to_string).collect();
    format!("[{line}] {} {}", opcode.name(), operands.join(" "))
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let main = compiled(source);
    let lines: Vec<String> = main.code.iter().zip(&main.line_info).map(|(code, line)| listed(*code, *line)).collect();
    assert_eq!(lines, expected, "{source:?}");
}

fn constants(prototype: &Prototype) -> Vec<String> {
    let text = |constant: &Constant| match constant {
        Constant::Nil => "nil".to_owned(),
        Constant::Boolean(value) => value.to_string(),
        Constant::Number(value) => format!("{value:?}"),
        Constant::String(bytes) => format!("{:?}", String::from_utf8_lossy(bytes)),
        Constant::NullString => "null".to_owned(),
    };
    prototype.constants.iter().map(text).collect()
}

fn locals(prototype: &Prototype) -> Vec<(String, i32, i32)> {
    let text = |LocalVariable { name, start_pc, end_pc }: &LocalVariable| {
        (String::from_utf8_lossy(name.as_deref().unwrap_or_default()).into_owned(), *start_pc, *end_pc)
    };
    prototype.locals.iter().map(text).collect()
}

#[test]
fn code_and_lines() {
    check(
        "local a, b = 1\nreturn a + 2 * 3, not b",
        &["[1] LOADK 0 -1", "[1] LOADNIL 1 1", "[2] ADD 2 0 -2", "[2] NOT 3 1", "[2] RETURN 2 3", "[2] RETURN 0 1"],
    );
    check(
        "x = a < b and c or 's'",
        &[
            "[1] GETGLOBAL 0 -2",
            "[1] GETGLOBAL 1 -3",
            "[1] LT 0 0 1",
            "[1] JMP 3",
            "[1] GETGLOBAL 0 -4",
            "[1] TEST 0 0 1",
            "[1] JMP 1",
            "[1] LOADK 0 -5",
            "[1] SETGLOBAL 0 -1",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "local t, i = {}, 1\nt[i], i = 2, 3",
        &[
            "[1] NEWTABLE 0 0 0",
            "[1] LOADK 1 -1",
            "[2] MOVE 2 1",
            "[2] LOADK 3 -2",
            "[2] LOADK 1 -3",
            "[2] SETTABLE 0 2 3",
            "[2] RETURN 0 1",
        ],
    );
    check(
        "repeat local x; f(function() return x end) until x",
        &[
            "[1] LOADNIL 0 0",
            "[1] GETGLOBAL 1 -1",
            "[1] CLOSURE 2 0",
            "[1] MOVE 0 0",
            "[1] CALL 1 2 1",
            "[1] TEST 0 0 0",
            "[1] JMP 2",
            "[1] CLOSE 0",
            "[1] JMP 2",
            "[1] CLOSE 0",
            "[1] JMP -11",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "for k, v in pairs(t) do\n  if v then break end\nend",
        &[
            "[1] GETGLOBAL 0 -1",
            "[1] GETGLOBAL 1 -2",
            "[1] CALL 0 2 4",
            "[1] JMP 3",
            "[2] TEST 4 0 0",
            "[2] JMP 1",
            "[2] JMP 2",
            "[1] TFORLOOP 0 2",
            "[2] JMP -5",
            "[3] RETURN 0 1",
        ],
    );
    check(
        "for i = 1, 10 do f(i) end",
        &[
            "[1] LOADK 0 -1",
            "[1] LOADK 1 -2",
            "[1] LOADK 2 -1",
            "[1] FORPREP 0 3",
            "[1] GETGLOBAL 4 -3",
            "[1] MOVE 5 3",
            "[1] CALL 4 2 1",
            "[1] FORLOOP 0 -4",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "local t = { 1, 2, f(), n = 0, ... }",
        &[
            "[1] NEWTABLE 0 3 1",
            "[1] LOADK 1 -1",
            "[1] LOADK 2 -2",
            "[1] GETGLOBAL 3 -3",
            "[1] CALL 3 1 2",
            "[1] SETTABLE 0 -4 -5",
            "[1] VARARG 4 0",
            "[1] SETLIST 0 0 1",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "if not (a == b) then a.b:c(d) end",
        &[
            "[1] GETGLOBAL 0 -1",
            "[1] GETGLOBAL 1 -2",
            "[1] EQ 1 0 1",
            "[1] JMP 5",
            "[1] GETGLOBAL 0 -1",
            "[1] GETTABLE 0 0 -2",
            "[1] SELF 0 0 -3",
            "[1] GETGLOBAL 2 -4",
            "[1] CALL 0 3 1",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "x = a .. 1 .. b; y = -x ^ 2; z = -2 ^ 2; w = #'s'",
        &[
            "[1] GETGLOBAL 0 -2",
            "[1] LOADK 1 -3",
            "[1] GETGLOBAL 2 -4",
            "[1] CONCAT 0 0 2",
            "[1] SETGLOBAL 0 -1",
            "[1] GETGLOBAL 0 -1",
            "[1] POW 0 0 -6",
            "[1] UNM 0 0",
            "[1] SETGLOBAL 0 -5",
            "[1] LOADK 0 -8",
            "[1] SETGLOBAL 0 -7",
            "[1] LOADK 0 -10",
            "[1] LEN 0 0",
            "[1] SETGLOBAL 0 -9",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "a, b.c, d = f(), 1",
        &[
            "[1] GETGLOBAL 0 -2",
            "[1] GETGLOBAL 1 -5",
            "[1] CALL 1 1 2",
            "[1] LOADK 2 -6",
            "[1] LOADNIL 3 3",
            "[1] SETGLOBAL 3 -4",
            "[1] SETTABLE 0 -3 2",
            "[1] SETGLOBAL 1 -1",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "x = 1 / 0; y = 0 / 0; z = 1 % 0; u = 5 % -3; v = 0 * -1; w = 0",
        &[
            "[1] DIV 0 -3 -2",
            "[1] SETGLOBAL 0 -1",
            "[1] DIV 0 -2 -2",
            "[1] SETGLOBAL 0 -4",
            "[1] MOD 0 -3 -2",
            "[1] SETGLOBAL 0 -5",
            "[1] LOADK 0 -7",
            "[1] SETGLOBAL 0 -6",
            "[1] LOADK 0 -2",
            "[1] SETGLOBAL 0 -8",
            "[1] LOADK 0 -2",
            "[1] SETGLOBAL 0 -9",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "return f(...)",
        &["[1] GETGLOBAL 0 -1", "[1] VARARG 1 0", "[1] TAILCALL 0 0 0", "[1] RETURN 0 0", "[1] RETURN 0 1"],
    );
    check(
        "x = a > b; y = a ~= nil; z = not (a and b)",
        &[
            "[1] GETGLOBAL 0 -2",
            "[1] GETGLOBAL 1 -3",
            "[1] LT 1 1 0",
            "[1] JMP 1",
            "[1] LOADBOOL 0 0 1",
            "[1] LOADBOOL 0 1 0",
            "[1] SETGLOBAL 0 -1",
            "[1] GETGLOBAL 0 -2",
            "[1] EQ 0 0 -5",
            "[1] JMP 1",
            "[1] LOADBOOL 0 0 1",
            "[1] LOADBOOL 0 1 0",
            "[1] SETGLOBAL 0 -4",
            "[1] GETGLOBAL 0 -2",
            "[1] TEST 0 0 0",
            "[1] JMP 4",
            "[1] GETGLOBAL 0 -3",
            "[1] NOT 0 0",
            "[1] JMP 2",
            "[1] LOADBOOL 0 0 1",
            "[1] LOADBOOL 0 1 0",
            "[1] SETGLOBAL 0 -6",
            "[1] RETURN 0 1",
        ],
    );
    check(
        "function t.a.b:c(d) return self, d end",
        &[
            "[1] GETGLOBAL 0 -1",
            "[1] GETTABLE 0 0 -2",
            "[1] GETTABLE 0 0 -3",
            "[1] CLOSURE 1 0",
            "[1] SETTABLE 0 -4 1",
            "[1] RETURN 0 1",
        ],
    );
}

#[test]
fn constants_are_found_by_value() {
    assert_eq!(
        constants(&compiled("x = 0; y = -0; x = 'x'; z = {nil, [1] = true}; w = a == nil or a == false")),
        ["\"x\"", "0.0", "\"y\"", "\"z\"", "1.0", "true", "\"w\"", "\"a\"", "nil", "false"]
    );
    assert_eq!(constants(&compiled("x = -0; y = 0")), ["\"x\"", "-0.0", "\"y\""]);
    // Folded as far as no NaN comes out and nothing is divided by zero.
    assert_eq!(
        constants(&compiled("return 2 ^ 0.5 * 4 - 1 % 3, 1e308 * 10, -(-3)")),
        ["4.656854249492381", "inf", "3.0"]
    );
    assert_eq!(constants(&compiled("return 0 / 0, 5 % 0")), ["0.0", "5.0"]);
    assert_eq!(constants(&compiled("return 1e308 * 10 - 1e308 * 10")), ["inf"]);
    assert_eq!(
        constants(&compiled("return 0x10, .5, 3., 1e2, 12345678901234567890")),
        ["16.0", "0.5", "3.0", "100.0", "1.2345678901234567e19"]
    );
}

#[test]
fn strings() {
    let cases: [(&str, &str); 8] = [
        (r"return '\a\b\f\n\r\t\v\\\'\q'", "\x07\x08\x0C\n\r\t\x0B\\'q"),
        (r"return '\65\065\0651'", "AAA1"),
        ("return 'a\\\r\nb\\\nc'", "a\nb\nc"),
        ("return [[\r\na\r\nb\n\rc\rd]]", "a\nb\nc\nd"),
        ("return [[\n\na]]", "\na"),
        ("return [==[a]=]b]===]c[==[]==]", "a]=]b]===]c[==["),
        ("return [[a]=]]", "a]="),
        ("return 'a\0b'", "a\0b"),
    ];
    for (source, expected) in cases {
        assert_eq!(constants(&compiled(source)), [format!("{expected:?}")], "{source:?}");
    }
}

#[test]
fn zero_bytes_go_on_numerals_and_dots() {
    assert_eq!(constants(&compiled("return 3\0abc")), ["3.0"]);
    assert_eq!(constants(&compiled("return 'a'.\0'b'")), ["\"a\"", "\"b\""]);
}

#[test]
fn functions() {
    let main =
        compiled("local up\nlocal function f(a, ...)\n  local b = up\n  return function() return a, arg end\nend");
    assert_eq!(locals(&main), [("up".to_owned(), 0, 2), ("f".to_owned(), 2, 2)]);
    assert_eq!((main.vararg_flags, main.max_stack_size, main.line_defined), (2, 2, 0));
    let f = &main.prototypes[0];
    assert_eq!((f.line_defined, f.last_line_defined), (2, 5));
    assert_eq!((f.parameter_count, f.vararg_flags, f.upvalue_count, f.max_stack_size), (1, 7, 1, 4));
    let names: Vec<_> = locals(f).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["a", "arg", "b"]);
    assert_eq!(f.upvalue_names, [Some(b"up".as_slice().into())]);
    let inner = &f.prototypes[0];
    assert_eq!((inner.vararg_flags, inner.upvalue_count, inner.line_defined, inner.last_line_defined), (0, 2, 4, 4));
    assert_eq!(inner.source.as_deref(), Some(b"=test".as_slice()));
    assert_eq!(compiled("function f(...) return ... end").prototypes[0].vararg_flags, 3);
}

#[test]
fn the_source_ends_at_a_zero_byte() {
    let main = compile(b"", b"@name\0more", CompileOptions::default()).expect("an empty chunk");
    assert_eq!(main.source.as_deref(), Some(b"@name".as_slice()));
}

#[test]
fn many_list_items_need_a_wide_count() {
    let main = compiled(&format!("return {{{}}}", "1,".repeat(25_551)));
    let end = main.code.len();
    assert_eq!(main.code[end - 6], Instruction::abc(Opcode::SetList, 0, 50, 511));
    assert_eq!(main.code[end - 4], Instruction::abc(Opcode::SetList, 0, 1, 0));
    assert_eq!(main.code[end - 3], Instruction(512));
}

#[test]
fn messages() {
    let cases: [(&[u8], &str); 33] = [
        (b"x = = 1", "1: unexpected symbol near '='"),
        (b"x = 'abc\n", "1: unfinished string near ''abc'"),
        (b"x = \"a\\300\"", "1: escape sequence too large near '\"a'"),
        (b"x = [==", "1: invalid long string delimiter near '[=='"),
        (b"x = [==[", "1: unfinished long string near '<eof>'"),
        (b"x = [[a[[b]]", "1: nesting of [[...]] is deprecated near '['"),
        (b"--[[", "1: unfinished long comment near '<eof>'"),
        (b"x = 3x", "1: malformed number near '3x'"),
        (b"x = 0x", "1: malformed number near '0x'"),
        (b"f\n(1)", "2: ambiguous syntax (function call x new statement) near '('"),
        (b"break", "1: no loop to break near '<eof>'"),
        (b"return ...) ", "1: '<eof>' expected near ')'"),
        (b"function f() return ... end", "1: cannot use '...' outside a vararg function near '...'"),
        (b"for i do end", "1: '=' or 'in' expected near 'do'"),
        (b"for i = 1 do end", "1: ',' expected near 'do'"),
        (b"if x then\n\nelse", "3: 'end' expected (to close 'if' at line 1) near '<eof>'"),
        (b"do\n\nx", "3: '=' expected near '<eof>'"),
        (b"(f) = 1; f() = 1", "1: syntax error near '='"),
        (b"x = }", "1: unexpected symbol near '}'"),
        (b"local 'a b'", "1: '<name>' expected near ''a b''"),
        (b"goto x", "1: '=' expected near 'x'"),
        (b"x = {1, 2", "1: '}' expected near '<eof>'"),
        (b"x = {\n1, 2", "2: '}' expected (to close '{' at line 1) near '<eof>'"),
        (b"function f(a, 1) end", "1: <name> or '...' expected near '1'"),
        (b"local function 'x'", "1: '<name>' expected near ''x''"),
        (b"x = a.1", "1: unexpected symbol near '.1'"),
        (b"a.b:c = 1", "1: function arguments expected near '='"),
        (b"x = \x01", "1: unexpected symbol near 'char(1)'"),
        (b"x = \x7F", "1: unexpected symbol near 'char(127)'"),
        (b"x = \0", "1: unexpected symbol"),
        (b"x = f 'a\0b' 1", "1: unexpected symbol near '1'"),
        (b"x = y 'a\\0b\n", "1: unfinished string near ''a'"),
        (b"local [[\na\r\nb\0c]]", "3: '<name>' expected near '[[a\nb'"),
    ];
    for (source, expected) in cases {
        assert_eq!(message(source, 0), expected, "{}", String::from_utf8_lossy(source));
        assert!(!rejected(source, 0).is_runtime);
    }
}

#[test]
fn messages_show_more_of_a_chunk_name_than_run_time_errors_do() {
    let error = compile(b"=", &[b'x'; 70], CompileOptions::default()).expect_err("no statement");
    let expected = format!("[string \"{}...\"]:1: unexpected symbol near '='", "x".repeat(63));
    assert_eq!(error.to_string(), expected);
}

#[test]
fn limits_of_a_function() {
    let locals = |count: usize| "local x;".repeat(count);
    compiled(&locals(200));
    assert_eq!(message(locals(201).as_bytes(), 0), "1: main function has more than 200 local variables");
    let upvalues = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("v{n}")).collect();
        format!("local {}\nlocal function f() return {} end", names.join(","), names.join("+"))
    };
    compiled(&upvalues(60));
    assert_eq!(message(upvalues(61).as_bytes(), 0), "2: function at line 2 has more than 60 upvalues");
    let arguments = |count: usize| format!("f({})", "1,".repeat(count) + "1");
    compiled(&arguments(247));
    assert_eq!(message(arguments(248).as_bytes(), 0), "1: function or expression too complex near '<eof>'");
    let body = |count: usize| format!("while x do {} end", "x=1 ".repeat(count));
    compiled(&body(65_533));
    assert_eq!(message(body(65_534).as_bytes(), 0), "1: control structure too long near 'end'");
}

#[test]
fn full_vectors_are_run_time_errors() {
    let constants: String = (0..262_144).map(|n| format!("x={n} ")).collect();
    let error = rejected(constants.as_bytes(), 0);
    assert_eq!(
        error,
        SyntaxError { message: b"constant table overflow".to_vec(), is_runtime: true, at_end: false, levels: 1 }
    );
    let error = rejected("do local x end ".repeat(32_768).as_bytes(), 0);
    assert_eq!(
        error,
        SyntaxError { message: b"too many local variables".to_vec(), is_runtime: true, at_end: false, levels: 2 }
    );
    compiled(&"do local x end ".repeat(32_767));
}

#[test]
fn syntax_levels_are_counted_together_with_calls() {
    let nested = |depth: usize| format!("x = {}1{}", "(".repeat(depth), ")".repeat(depth));
    let too_many = "1: chunk has too many syntax levels";
    compiled(&nested(198));
    assert_eq!(message(nested(199).as_bytes(), 0), too_many);
    assert_eq!(message(nested(189).as_bytes(), 10), too_many);
    assert!(compile(nested(188).as_bytes(), b"=test", CompileOptions { levels: 10 }).is_ok());
    assert_eq!(message(b"", 200), too_many);
    assert_eq!(message(b"", u32::MAX), too_many);
    let targets = |count: usize| format!("a{} = 1", ",a".repeat(count));
    compiled(&targets(199));
    assert_eq!(message(targets(200).as_bytes(), 0), "1: main function has more than 199 variables in assignment");
    compiled(&format!("if a then {} end", "elseif b then ".repeat(1000)));
    compiled(&format!("x = a{}", ".b()".repeat(1000)));
}

#[test]
fn the_deepest_nesting_fits_a_small_stack() {
    let deep = || {
        for (prefix, open) in [
            ("x = ", "("),
            ("x = ", "{"),
            ("x = ", "{y = "),
            ("x = ", "{[a + "),
            ("x = ", "f("),
            ("x = ", "a["),
            ("x = ", "- "),
            ("x = ", "a .. "),
            ("x = ", "a ^ b["),
            ("x = ", "a ^ - "),
            ("x = ", "function() return "),
            ("x = ", "function(a, b, ...) local c, d = a, {"),
            ("", "function f() "),
            ("", "local function f() "),
            ("", "do "),
            ("", "if a then else "),
            ("", "while a do "),
            ("", "repeat "),
        ] {
            let source = prefix.to_owned() + &open.repeat(250);
            assert_eq!(message(source.as_bytes(), 0), "1: chunk has too many syntax levels", "{open}");
        }
    };
    let small = thread::Builder::new().stack_size(512 * 1024).spawn(deep).expect("a thread");
    small.join().expect("no overflow");
}
