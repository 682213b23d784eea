//! What differs from run to run is taken out of output, by named rules, so that two runs can be compared.
//!
//! A rule takes out as little as it can: the words around a figure stay and are compared.

use crate::outcome::normalise_text;

/// A rule that takes a figure out that stands between two texts.
struct Figure {
    before: &'static str,
    after: &'static str,
}

/// The rules for figures, each after its reason.
const FIGURES: &[Figure] = &[
    // all.lua prints how much memory is in use, which is the business of the implementation.
    Figure { before: "---- total memory: ", after: " ----" },
    // all.lua prints how long it took.
    Figure { before: "total time: ", after: "\n" },
    // files.lua prints when it was run, in two figures.
    Figure { before: "test done on ", after: ", at " },
    Figure { before: "test done on #, at ", after: "\n" },
    // sort.lua prints how long each sort took.
    Figure { before: " elements in ", after: " sec." },
];

/// What `package.loadlib` says of a library that is not there, in a build with dynamic libraries and in one without. attrib.lua
/// prints it. Ferrous is of the second kind, the reference of the first.
const NO_LIBRARY: [&str; 2] = [
    "libs/lib1.so: cannot open shared object file: No such file or directory\topen\n",
    "dynamic libraries not enabled; check your Lua installation\tabsent\n",
];

/// What stands in the place of a figure.
const ANY_FIGURE: &str = "#";
/// How the C library begins the names of temporary files that Lua asks for.
const TEMPORARY: &[u8] = b"/tmp/lua_";
/// How many characters the C library chooses for such a name.
const TEMPORARY_CHOSEN: usize = 6;

/// What the harness itself put into the output of a run.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// Where the scratch copy lay.
    pub scratch: &'a [u8],
    /// The stand-alone interpreter that the program was told of.
    pub interpreter: &'a [u8],
}

/// The text without what differs from run to run.
pub fn normalise(text: &[u8], surroundings: &Surroundings<'_>) -> Vec<u8> {
    let text = replaced(text, surroundings.interpreter, b"$LUA");
    let text = replaced(&text, surroundings.scratch, b"$SCRATCH");
    let text = without_temporary_names(&text);
    let text = NO_LIBRARY.iter().fold(text, |text, said| replaced(&text, said.as_bytes(), b"$NO_LIBRARY\n"));
    let text = FIGURES.iter().fold(text, |text, figure| without_figure(&text, figure));
    normalise_text(&text)
}

/// The text with every occurrence of one piece replaced by another.
fn replaced(text: &[u8], piece: &[u8], by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split(rest, piece) {
        out.extend_from_slice(before);
        out.extend_from_slice(by);
        rest = after;
    }
    out.extend_from_slice(rest);
    out
}

fn without_temporary_names(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split(rest, TEMPORARY) {
        out.extend_from_slice(before);
        out.extend_from_slice(TEMPORARY);
        let chosen = after.iter().take(TEMPORARY_CHOSEN).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        out.extend(std::iter::repeat_n(b'X', chosen));
        rest = after.get(chosen..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}

fn without_figure(text: &[u8], figure: &Figure) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split(rest, figure.before.as_bytes()) {
        out.extend_from_slice(before);
        out.extend_from_slice(figure.before.as_bytes());
        let length =
            after.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'/' | b':' | b'K' | b'M')).count();
        let (number, tail) = after.split_at(length);
        if length > 0 && tail.starts_with(figure.after.as_bytes()) {
            out.extend_from_slice(ANY_FIGURE.as_bytes());
        } else {
            out.extend_from_slice(number);
        }
        rest = tail;
    }
    out.extend_from_slice(rest);
    out
}

/// What is before and after the first occurrence of a piece. Nothing if there is none, or if the piece is empty.
fn split<'a>(text: &'a [u8], piece: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let first = *piece.first()?;
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.iter().position(|byte| *byte == first)?;
        let (before, found) = text.split_at(at);
        if let Some(after) = found.strip_prefix(piece) {
            return Some((before, after));
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let surroundings = Surroundings { scratch: b"/tmp/.x1", interpreter: b"/usr/bin/lua5.1" };
        String::from_utf8(normalise(text.as_bytes(), &surroundings)).expect("it stays text")
    }

    #[test]
    fn what_differs_is_taken_out() {
        assert_eq!(text("    ---- total memory: 46 ----\n"), "    ---- total memory: # ----\n");
        assert_eq!(text("    ---- total memory: 4.5M ----\n"), "    ---- total memory: # ----\n");
        assert_eq!(text("dynamic libraries not enabled; check your Lua installation\tabsent\nx"), "$NO_LIBRARY\nx");
        assert_eq!(text("\n\ntotal time: 2.31\n\n"), "\n\ntotal time: #\n\n");
        assert_eq!(text("Sorting 30000 elements in 0.04 sec.\n"), "Sorting 30000 elements in # sec.\n");
        assert_eq!(text("test done on 20/11/2026, at 17:51:29\n"), "test done on #, at #\n");
        assert_eq!(text("\"/usr/bin/lua5.1\" /tmp/.x1/all.lua"), "\"$LUA\" $SCRATCH/all.lua");
        assert_eq!(text("/tmp/lua_aB3x9Z /tmp/lua_123456789"), "/tmp/lua_XXXXXX /tmp/lua_XXXXXX789");
        assert_eq!(text("table: 0x55aa function: 0x1 table: 0x55aa"), "table: #1 function: #1 table: #1");
    }

    #[test]
    fn everything_else_stays() {
        for kept in [
            "",
            "Sorting 300 elements in no sec.",
            "total memory: 46",
            "total time: 1.5 s",
            "---- total memory:  ----",
            "/tmp/lua",
            "elements in 0.04 min.",
            "\0\x01",
        ] {
            assert_eq!(text(kept), kept);
        }
    }

    #[test]
    fn nothing_known_of_the_surroundings_takes_nothing_out() {
        assert_eq!(normalise(b"abc", &Surroundings::default()), b"abc");
    }
}
