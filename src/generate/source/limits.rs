//! As many of something as a function may have, a few less, and a few more: locals, upvalues, registers, constants, items, targets,
//! instructions to jump over, debug entries, letters, lines.

use super::super::Choices;

/// A text about a limit. The most expensive ones are last, and rare.
pub fn text(choices: &mut Choices<'_>) -> Vec<u8> {
    let inside = choices.chance(128);
    let text = match choices.weighted(&[20, 20, 26, 20, 16, 14, 10, 8, 4, 2, 1]) {
        1 => upvalues(choices),
        2 => registers(choices),
        3 => constants(choices),
        4 => items(choices),
        5 => targets(choices),
        6 => letters(choices),
        7 => lines(choices),
        8 => jumps(choices),
        9 => debug_entries(choices),
        10 => overflow(choices),
        _ => locals(choices),
    };
    // A function says in which line it is, a main function says that it is one.
    if inside { format!("\nlocal function f(...)\n{text}\nend") } else { text }.into_bytes()
}

/// A number near a limit, from below mostly.
fn near(choices: &mut Choices<'_>, limit: usize) -> usize {
    (limit + choices.below(8)).saturating_sub(4)
}

/// So many of these, with their numbers, and commas between them.
fn list(count: usize, mut item: impl FnMut(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(&mut item).collect();
    items.join(",")
}

fn locals(choices: &mut Choices<'_>) -> String {
    let count = near(choices, 200);
    match choices.below(6) {
        1 => (0..count).map(|index| format!("local a{index}\n")).collect(),
        2 => format!("local function g({}) return a0 end", list(count, |index| format!("a{index}"))),
        3 => format!("for {} in b do local c end", list(count - 3, |index| format!("a{index}"))),
        4 => {
            (0..count / 4).map(|index| format!("for a{index} = 1, 2 do ")).collect::<String>()
                + &" end".repeat(count / 4)
        }
        5 => {
            let block = "do local a, b, c end ".repeat(100);
            format!("{block}local {}", list(count, |index| format!("a{index}")))
        }
        _ => format!("local {} = 1", list(count, |index| format!("a{index}"))),
    }
}

/// Upvalues from one level up, or from two, so that the function between has them as well.
fn upvalues(choices: &mut Choices<'_>) -> String {
    let count = near(choices, 60);
    let uses = list(count, |index| format!("a{index}"));
    let first = choices.one_of(&["", "a0 = 1 a59 = 2 ", "b = a1 "]);
    let declared = list(count.min(150), |index| format!("a{index}"));
    let user = match choices.below(3) {
        1 => format!("local function f()\nlocal function g() {first}return {uses} end end"),
        2 => {
            format!("function f() local function g() return a0 end\nreturn function()\n{first}b = {{ {uses} }} end end")
        }
        _ => format!("function f()\n{first}return {{ {uses} }} end"),
    };
    format!("local {declared}\n{user}")
}

fn registers(choices: &mut Choices<'_>) -> String {
    let count = near(choices, 250);
    let locals = choices.below(180);
    let declared =
        if locals == 0 { String::new() } else { format!("local {}\n", list(locals, |index| format!("b{index}"))) };
    let count = count - locals;
    let used = match choices.below(9) {
        1 => format!("return {}", list(count, |_| "a".into())),
        2 => format!("local a = {}", vec!["a"; count].join("..")),
        3 => format!("a = {}b{}", "f(a, ".repeat(count / 2), ")".repeat(count / 2)),
        4 => format!("a = {}b{}", "a + (b * ".repeat(count / 2), ")".repeat(count / 2)),
        5 => format!("a = {{ {} }}", list(count, |_| "a".into())),
        6 => format!("a:b({})", list(count, |_| "nil".into())),
        7 => format!("a{} = 1", "[a".repeat(count / 2) + &"]".repeat(count / 2)),
        8 => format!("for a in {} do end", list(count, |_| "a".into())),
        _ => format!("f({})", list(count, |_| "a".into())),
    };
    declared + &used
}

/// Constants, around the 256 that fit into an operand and the powers of two above.
fn constants(choices: &mut Choices<'_>) -> String {
    let limit = *choices.pick(&[256, 250, 512, 1024]);
    let count = near(choices, limit);
    let numbers = list(count, |index| format!("{index}.5"));
    let uses = match choices.below(7) {
        1 => "a = b + 1000.25 c = 1000.25 + b",
        2 => "a.x1000 = 'y1000'",
        3 => "a:m1000() return a.m1000",
        4 => "if a == 'z' or 'z' < a then b = nil end",
        5 => "local b = {x1000 = 1000.25, [1000.25] = 'x', 1000.25}",
        6 => "a['x'], a.y = a['z'], nil ; a[1000.25] = true",
        _ => "a = b.x1000",
    };
    match choices.below(4) {
        1 => format!("a = {{ {numbers} }} {uses}"),
        2 => (0..count).map(|index| format!("a.k{index} = ")).map(|start| start + "b\n").collect::<String>() + uses,
        3 => format!("a = b{} {uses}", (0..count).map(|index| format!(" + {index}.5")).collect::<String>()),
        _ => (0..count).map(|index| format!("a = '{index}' ")).collect::<String>() + uses,
    }
}

/// Items of a constructor: they are set in blocks of 50, and the number of the block fits into 9 bits up to 511. What the constructor asks for
/// to begin with is rounded, in a number of 8 bits.
fn items(choices: &mut Choices<'_>) -> String {
    let limit = *choices.pick(&[50, 100, 1, 8, 16, 33, 150, 255, 512, 1000, 25_550, 25_600]);
    let count = near(choices, limit);
    let item = choices.one_of(&["1", "a", "nil", "f()", "{}", "'x'", "not a", "x=1", "a and b"]);
    let last = choices.one_of(&["", ", ...", ", f()", ", (f())", ", x = 1", ";", ", [1] = 2, f()", ", nil"]);
    let text = format!("return {{ {}{last} }}", vec![item; count].join(","));
    if choices.flag() { format!("local b, c, d {text}") } else { text }
}

/// Targets of an assignment: each is a level of nesting.
fn targets(choices: &mut Choices<'_>) -> String {
    let limit = *choices.pick(&[200, 20, 190]);
    let count = near(choices, limit);
    let target = choices.one_of(&["a", "a.b", "a[1]", "c[a]"]);
    let nested = choices.below(4) * 30;
    let statement = format!("{} = 1", vec![target; count].join(","));
    format!("local c {}{statement}{}", "do ".repeat(nested), " end".repeat(nested))
}

/// Tokens that are long: messages quote them in a space of 80 bytes, buffers double from 32.
fn letters(choices: &mut Choices<'_>) -> String {
    let limit = *choices.pick(&[32, 64, 80, 256, 512, 1024, 4096, 1 << 16]);
    let long = "x".repeat(near(choices, limit));
    let digits = "7".repeat(long.len());
    match choices.below(9) {
        1 => format!("a = '{long}' b"),
        2 => format!("a = '{long}"),
        3 => format!("a = {digits} 1"),
        4 => format!("a = 1e{digits}"),
        5 => format!("a = 0x{digits}z"),
        6 => format!("a = [[{long}"),
        7 => format!("a = [{}[{long}]{}]", "=".repeat(long.len()), "=".repeat(long.len())),
        8 => format!("--{long}\n= {long}"),
        _ => format!("a = {long} = b"),
    }
}

/// Lines, which are counted in messages and kept for every instruction.
fn lines(choices: &mut Choices<'_>) -> String {
    let limit = *choices.pick(&[10, 256, 1000, 1 << 16]);
    let gap = choices.one_of(&["\n", "\r", "\r\n", "\n\r", "--\n", "--[[\n]]", ";"]).repeat(near(choices, limit));
    match choices.below(4) {
        1 => format!("a = {gap} b + {gap} c"),
        2 => format!("if a then {gap}"),
        3 => format!("local function f() {gap} return ... end"),
        _ => format!("a = b {gap} ="),
    }
}

/// Bodies that are about as long as a jump can be: 131071 instructions.
fn jumps(choices: &mut Choices<'_>) -> String {
    // Two instructions each.
    let body = "a=b ".repeat(near(choices, 65_534));
    let one_more = choices.one_of(&["", "local c ", "local c=1 "]);
    match choices.below(6) {
        1 => format!("if a then {one_more}{body}end"),
        2 => format!("repeat {one_more}{body}until a"),
        3 => format!("for i=1,2 do {one_more}{body}end"),
        4 => format!("for i in a do {one_more}{body}end"),
        5 => format!("while a do if b then break end {one_more}{body}end"),
        _ => format!("while a do {one_more}{body}end"),
    }
}

/// Entries of debug information about locals, of which a function has 32767 at most.
fn debug_entries(choices: &mut Choices<'_>) -> String {
    let count = near(choices, 32_767);
    let rest = ["do local a,b,c,d,e,f,g,h end ", "for i=1,2 do end "];
    let (text, each) = if choices.flag() { (rest[1], 4) } else { (rest[0], 8) };
    text.repeat(count / each) + &"do local z end ".repeat(count % each)
}

/// A table of constants or of functions that is full: 262143 entries.
fn overflow(choices: &mut Choices<'_>) -> String {
    let count = near(choices, 262_143);
    match choices.weighted(&[5, 1]) {
        1 => format!("return {}", "-function()end".repeat(count)),
        _ => format!("return {{ {} }}", list(count, |index| index.to_string())),
    }
}
