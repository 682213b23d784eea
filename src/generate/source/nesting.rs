//! One thing in another, a few times or about as often as the reference's limit of 200 levels: it knows where an expression stands and where a
//! statement does, so that what nests is in order, but for what is missing on purpose.

use super::super::Choices;

/// Where something stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Statement,
    Expression,
}

use Place::{Expression, Statement};

/// Something with something inside: where it stands, its beginning, what stands inside, its end.
struct Layer(Place, &'static str, Place, &'static str);

const LAYERS: [Layer; 42] = [
    Layer(Statement, "do ", Statement, " end"),
    Layer(Statement, "if a then ", Statement, " end"),
    Layer(Statement, "if a then elseif b then ", Statement, " end"),
    Layer(Statement, "if a then b() else ", Statement, " end"),
    Layer(Statement, "while a do ", Statement, " end"),
    Layer(Statement, "repeat ", Statement, " until a"),
    Layer(Statement, "repeat local a ", Statement, " until a"),
    Layer(Statement, "for a = 1, 2 do ", Statement, " end"),
    Layer(Statement, "for a, b in c do ", Statement, " end"),
    Layer(Statement, "function a() ", Statement, " end"),
    Layer(Statement, "local function a(b) ", Statement, " end"),
    Layer(Statement, "local a do ", Statement, " end"),
    Layer(Statement, "a = ", Expression, ""),
    Layer(Statement, "local a = ", Expression, ""),
    Layer(Statement, "return ", Expression, ""),
    Layer(Statement, "a(", Expression, ")"),
    Layer(Statement, "a[", Expression, "] = 1"),
    Layer(Statement, "if ", Expression, " then end"),
    Layer(Statement, "while ", Expression, " do end"),
    Layer(Statement, "repeat until ", Expression, ""),
    Layer(Statement, "for a = 1, ", Expression, " do end"),
    Layer(Expression, "(", Expression, ")"),
    Layer(Expression, "{", Expression, "}"),
    Layer(Expression, "{1, ", Expression, "}"),
    Layer(Expression, "{a = ", Expression, "}"),
    Layer(Expression, "{[", Expression, "] = 1}"),
    Layer(Expression, "- ", Expression, ""),
    Layer(Expression, "not ", Expression, ""),
    Layer(Expression, "#", Expression, ""),
    Layer(Expression, "a(", Expression, ")"),
    Layer(Expression, "a:b(1, ", Expression, ")"),
    Layer(Expression, "a[", Expression, "]"),
    Layer(Expression, "a{", Expression, "}"),
    Layer(Expression, "a .. ", Expression, ""),
    Layer(Expression, "2 ^ ", Expression, ""),
    Layer(Expression, "a + (", Expression, ")"),
    Layer(Expression, "a and (", Expression, ")"),
    Layer(Expression, "a == (", Expression, ")"),
    Layer(Expression, "(", Expression, ").b"),
    Layer(Expression, "function() ", Statement, " end"),
    Layer(Expression, "function(...) local a = ... ", Statement, " end"),
    Layer(Expression, "function(b) return ", Expression, " end"),
];

/// What may be innermost.
const STATEMENTS: [&str; 8] = ["", "a = 1", "local a", "return a", "a()", "break", "a", "end"];
const EXPRESSIONS: [&str; 9] = ["a", "1", "...", "'x'", "a, b", "", "function() end", "{}", ")"];

/// A text that nests.
pub fn text(choices: &mut Choices<'_>) -> Vec<u8> {
    let (mut place, mut closings) = (Statement, Vec::<String>::new());
    let mut text = String::new();
    if choices.chance(40) {
        text.push_str("while a do ");
        closings.push(" end".to_owned());
    }
    for _ in 0..choices.count(4) {
        let layers: Vec<&Layer> = LAYERS.iter().filter(|layer| layer.0 == place).collect();
        let Layer(_, opening, inside, closing) = **choices.pick(&layers);
        // What changes the place cannot be repeated.
        let times = if inside == place { times(choices) } else { 1 };
        // What is not closed is told from what is by its line.
        let gap = choices.one_of(&["", "\n"]);
        text.push_str(&format!("{opening}{gap}").repeat(times));
        closings.extend(std::iter::repeat_n(format!("{gap}{closing}"), times));
        place = inside;
    }
    let innermost = if place == Statement { &STATEMENTS[..] } else { &EXPRESSIONS[..] };
    text.push_str(choices.one_of(innermost));
    // Too many or too few closings, now and then.
    match choices.weighted(&[24, 1, 1, 2]) {
        1 => drop(closings.pop()),
        2 => closings.extend(closings.last().cloned()),
        3 => drop(closings.drain(..closings.len() / 2)),
        _ => {}
    }
    text.extend(closings.into_iter().rev());
    text.into_bytes()
}

/// How often something nests: a few times, or so often that it is about the limit alone or with others.
fn times(choices: &mut Choices<'_>) -> usize {
    match choices.weighted(&[10, 8, 3, 2, 1]) {
        1 => 190 + choices.below(14),
        2 => 90 + choices.below(14),
        3 => choices.below(210),
        4 => 1000 + choices.below(3000),
        _ => 1 + choices.below(12),
    }
}
