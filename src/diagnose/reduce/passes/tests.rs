use super::*;
use crate::diagnose::reduce::edit::apply;

/// What each change of a pass makes of a program.
fn candidates(pass: &str, program: &str) -> Vec<String> {
    let pass = ALL.iter().find(|known| known.name == pass).expect("there is such a pass");
    let source = Source::new(program.as_bytes().to_vec());
    let changes = (0..pass.depth_count(&source)).flat_map(|depth| pass.changes(&source, depth));
    let texts = changes.map(|change| apply(&source.text, &[change]));
    texts.map(|text| String::from_utf8(text).expect("text")).collect()
}

/// The same where the order says nothing.
#[track_caller]
fn check_sorted<const N: usize>(pass: &str, program: &str, mut expected: [&str; N]) {
    let mut found = candidates(pass, program);
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected, "{pass} over {program:?}");
}

#[track_caller]
fn check<const N: usize>(pass: &str, program: &str, expected: [&str; N]) {
    assert_eq!(candidates(pass, program), expected, "{pass} over {program:?}");
}

#[test]
fn statements_go_from_the_outside_in() {
    check(
        "statements",
        "a()\ndo\n  b()\nend\nreturn",
        ["do\n  b()\nend\nreturn", "a()\nreturn", "a()\ndo\n  b()\nend\n", "a()\ndo\nend\nreturn"],
    );
    check(
        "statements",
        "local x = function() f() end;",
        [";", "local x = function() f() end", "local x = function() end;"],
    );
}

#[test]
fn bodies_are_emptied() {
    check("bodies", "while x do f() g() end", ["while x do end"]);
    check("bodies", "f()", []);
}

#[test]
fn branches_go_and_the_next_takes_the_place_of_the_first() {
    check(
        "branches",
        "if a then b() elseif c then d() else e() end",
        ["if c then d() else e() end", "if a then b() else e() end", "if a then b() elseif c then d() end"],
    );
    check(
        "branches",
        "if a then elseif b then elseif c then end",
        ["if b then elseif c then end", "if c then end", "if a then elseif c then end", "if a then elseif b then end"],
    );
}

#[test]
fn bodies_take_the_place_of_their_statements() {
    check("unwrap", "for i = 1, 2 do f(i) end", ["f(i)", "do f(i) end"]);
    check("unwrap", "if a then b() else c() end", ["b()", "do b() end", "c()", "do c() end"]);
    check("unwrap", "local f = pcall(function() return 1 end)", ["return 1", "do return 1 end"]);
    check("unwrap", "f()", []);
}

#[test]
fn calls_take_the_place_of_their_statements() {
    check("calls", "local x = f(g(1)) + 2", ["f(g(1))", "g(1)"]);
    check("calls", "f()", []);
    check("calls", "while f() do g() end", ["f()"]);
}

#[test]
fn local_functions_become_variables() {
    check("functions", "local function f(a) return a end f()", ["local f f()"]);
    check("functions", "function f() end", []);
}

#[test]
fn declarations_without_values_are_joined() {
    check("declarations", "local a\nlocal b\nlocal c, d", ["local a, b\nlocal c, d", "local a\nlocal b, c, d"]);
    check("declarations", "local a = 1 local b f() local c", []);
    check("declarations", "local a return b", []);
    check(
        "declarations",
        "do local a end local b do local c local d end",
        ["do local a end local b do local c, d end"],
    );
}

#[test]
fn table_fields_go_with_their_separators() {
    check("table fields", "t = {1, x = 2; [3] = 4}", ["t = {x = 2; [3] = 4}", "t = {1, [3] = 4}", "t = {1, x = 2; }"]);
}

#[test]
fn elements_of_lists_go_with_a_comma() {
    check("lists", "f(1, 2, 3)", ["f(2, 3)", "f(1, 3)", "f(1, 2)"]);
    check("lists", "f(1)", ["f()"]);
    check("lists", "return 1", ["return"]);
    check(
        "lists",
        "local a, b = 1, 2",
        [
            "local b = 2",
            "local b = 1, 2",
            "local a = 1",
            "local a = 1, 2",
            "local a, b",
            "local a, b = 2",
            "local a, b = 1",
        ],
    );
    check("lists", "for i = 1, 2, 3 do end", ["for i = 1, 2 do end"]);
    check("lists", "function f(a, ...) end", ["function f(...) end", "function f(a) end"]);
}

#[test]
fn parameters_go_with_their_arguments() {
    check(
        "parameters",
        "local function f(a, b) end f(1, 2) f(3)",
        ["local function f(b) end f(2) f()", "local function f(a) end f(1) f(3)"],
    );
}

#[test]
fn expressions_are_replaced_by_their_parts() {
    check_sorted("sub-expressions", "x = a + b", ["x = b", "x = a"]);
    check_sorted("sub-expressions", "x = f(g, 1)", ["x = f", "x = g", "x = 1"]);
    check_sorted("sub-expressions", "x = -(a)", ["x = (a)", "x = -a"]);
    check_sorted("sub-expressions", "x = o:m(1)", ["x = o", "x = 1"]);
    check_sorted("sub-expressions", "x = {k = v, [e] = w}", ["x = v", "x = e", "x = w"]);
}

#[test]
fn brackets_keep_the_meaning_of_what_is_around() {
    check_sorted(
        "sub-expressions",
        "x = a * (b + c)",
        ["x = (b + c)", "x = a", "x = a * (b + c)", "x = a * (c)", "x = a * (b)"],
    );
    check_sorted("sub-expressions", "x = ({y}).z", ["x = ({y}).z", "x = (y).z", "x = ({y})"]);
    check_sorted("sub-expressions", "return(x)", ["return x"]);
}

#[test]
fn expressions_are_replaced_by_constants() {
    check("expressions", "x = y", ["x = nil", "x = 0", "x = 1", "x = ''", "x = true", "x = {}", "x = {0}"]);
    check("expressions", "x = 1", []);
    let in_call = candidates("expressions", "f(a).b = 1");
    assert!(in_call.contains(&"f(nil).b = 1".to_owned()), "{in_call:?}");
    assert!(!in_call.iter().any(|text| text.starts_with("nil")), "{in_call:?}");
    assert!(candidates("expressions", "f\"text\"").contains(&"f('')".to_owned()));
}

#[test]
fn variables_that_are_used_once_are_replaced_by_their_values() {
    check("inline", "local x = a + b\nreturn x * 2", ["return (a + b) * 2"]);
    check("inline", "local function f(y) return y end\nf(1)", ["(function(y) return y end)(1)"]);
    check("inline", "x = 1 y = x z = x", []);
    check("inline", "local x = x", []);
    check("inline", "local function f() return f end", []);
    check("inline", "local f = {}f()", ["({})()"]);
    check("inline", "local a, b = 1, 2 return a", []);
}

#[test]
fn numbers_get_smaller() {
    check("numbers", "x = 8", ["x = 4", "x = 7", "x = 8"]);
    check("numbers", "x = 2.5", ["x = 2", "x = 1", "x = 1", "x = 2.5"]);
    check("numbers", "x = 0x10", ["x = 8", "x = 15", "x = 16"]);
}

#[test]
fn strings_get_shorter() {
    check("strings", r"x = 'ab\65c'", [r"x = 'ab'", r"x = '\65c'", r"x = 'b\65c'", r"x = 'ab\65'"]);
    check("strings", "x = [[a]]", ["x = [[]]", "x = [[]]", "x = [[]]", "x = \"a\""]);
    check("strings", "x = ''", []);
}

#[test]
fn names_get_shorter_if_the_program_binds_them() {
    check("variables", "local total, b = 1 total = total + print", ["local a, b = 1 a = a + print"]);
    check(
        "variables",
        "function outer(value) return value end",
        ["function a(value) return value end", "function outer(b) return b end"],
    );
    check("keys", "t = {name = 1} t.name = t.other", ["t = {a = 1} t.a = t.other"]);
    check("keys", "function o:method() end o.field.x = o:other()", ["function o:a() end o.field.x = o:other()"]);
}

#[test]
fn layout_gets_shorter() {
    check("comments", "f() -- x\n--[[ y ]]\ng()", ["f()\n--[[ y ]]\ng()", "f() -- x\ng()"]);
    check(
        "blank lines",
        "\n\nf()  \n\n  g()\n\n",
        ["f()  \n\n  g()\n\n", "\n\nf()\n  g()\n\n", "\n\nf()  \n\n  g()\n"],
    );
    check("spaces", "a  =  1\n  b = 2", ["a =  1\n  b = 2", "a  = 1\n  b = 2"]);
    check("joined lines", "if a then\n  b()\nend\nc()", ["if a then b() end\nc()"]);
    check("joined lines", "if a then -- why\n  b()\nend", []);
    check("indentation", "do\n      f()\n    end", ["do\n  f()\n    end", "do\n      f()\nend"]);
}

#[test]
fn parts_are_kept_together() {
    let source = Source::new(b"x = ((((f((y))))))".to_vec());
    let pass = ALL.iter().find(|pass| pass.name == "sub-expressions").expect("there is such a pass");
    let brackets: Vec<Change> = pass.changes(&source, 0).into_iter().filter(|change| change.edits.len() == 2).collect();
    assert_eq!(apply(&source.text, &brackets), b"x = y");
}

#[test]
fn what_is_no_lua_is_reduced_by_lines_and_tokens() {
    check("lines", "if\nx y\n=", ["x y\n=", "if\n=", "if\nx y\n"]);
    check("lines", "f()\ng()", []);
    check("tokens", "x = = 1", ["= = 1", "x = 1", "x = 1", "x = ="]);
}

#[test]
fn names_of_later_versions_are_names() {
    for program in [
        "goto = 1 return goto",
        "goto(x)",
        "global = 1 return global",
        "global(x)",
        "x = global\nfunction f() end",
        "local global = 2",
        "x = '\\q\\300' .. 0x.8p1",
        "t.goto = [==[\n]]]==]",
    ] {
        assert!(Source::new(program.as_bytes().to_vec()).syntax.is_whole(), "{program}");
    }
    check("variables", "goto = 1 return goto", ["a = 1 return a"]);
    check("variables", "global = 1 return global", ["a = 1 return a"]);
    for program in ["goto x", "global x = 1", "global function f() end", "::x::", "local x <const> = 1"] {
        assert!(!Source::new(program.as_bytes().to_vec()).syntax.is_whole(), "{program}");
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    const DEEP: usize = 100_000;
    for (open, close) in [("(", ")"), ("{", "}"), ("f(", ")"), ("function() return ", " end"), ("-", ""), ("a.b[", "]")]
    {
        let program = ["x = ", &open.repeat(DEEP), "1", &close.repeat(DEEP)].concat();
        let source = Source::new(program.into_bytes());
        for pass in &ALL {
            assert!(pass.changes(&source, 0).len() <= 8 * source.tokens.len() + 1, "{}", pass.name);
        }
    }
    let blocks = Source::new(["do ".repeat(DEEP), "end ".repeat(DEEP)].concat().into_bytes());
    for pass in &ALL {
        assert!(pass.changes(&blocks, 0).len() <= 2 * DEEP, "{}", pass.name);
    }
}
