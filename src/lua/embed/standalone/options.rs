//! The options of the stand-alone interpreter, found as the reference's `collectargs` finds them.
//!
//! It only sorts arguments; it must not know what becomes of them.

/// What the arguments ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `-i`: interactive after everything else.
    pub interactive: bool,
    /// `-v`, and what implies it: the version.
    pub version: bool,
    /// There is a chunk to run among the options.
    pub execute: bool,
    /// Which argument is the script, counted from the name of the program.
    pub script: Option<usize>,
}

/// The arguments cannot be understood: what follows is the usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongUsage;

impl Options {
    /// Reads the arguments, the first of which is the name of the program.
    ///
    /// # Errors
    /// When an option is unknown, has characters too many, or lacks its argument.
    pub fn of(arguments: &[Vec<u8>]) -> Result<Self, WrongUsage> {
        let mut options = Self::default();
        let mut index = 1;
        while let Some(argument) = arguments.get(index) {
            let [b'-', option @ ..] = argument.as_slice() else { return Ok(options.with_script(index)) };
            match option {
                [] => return Ok(options.with_script(index)),
                [b'-'] if index + 1 < arguments.len() => return Ok(options.with_script(index + 1)),
                [b'-'] => return Ok(options),
                [b'i'] => (options.interactive, options.version) = (true, true),
                [b'v'] => options.version = true,
                [letter @ (b'e' | b'l'), attached @ ..] => {
                    options.execute |= *letter == b'e';
                    if attached.is_empty() {
                        index += 1;
                        if index >= arguments.len() {
                            return Err(WrongUsage);
                        }
                    }
                }
                _ => return Err(WrongUsage),
            }
            index += 1;
        }
        Ok(options)
    }

    fn with_script(self, index: usize) -> Self {
        Self { script: Some(index), ..self }
    }
}

/// What is to be done before the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// `-e`: a chunk.
    Execute(&'a [u8]),
    /// `-l`: a library.
    Require(&'a [u8]),
}

/// The chunks and libraries among the options before `end`, in their order.
pub fn actions(arguments: &[Vec<u8>], end: usize) -> Vec<Action<'_>> {
    let mut actions = Vec::new();
    let mut rest = arguments.iter().take(end).skip(1);
    while let Some(argument) = rest.next() {
        let [b'-', letter @ (b'e' | b'l'), attached @ ..] = argument.as_slice() else { continue };
        let text = if attached.is_empty() { rest.next().map_or(b"".as_slice(), Vec::as_slice) } else { attached };
        actions.push(if *letter == b'e' { Action::Execute(text) } else { Action::Require(text) });
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(line: &str) -> Vec<Vec<u8>> {
        std::iter::once("lua").chain(line.split_whitespace()).map(|word| word.as_bytes().to_vec()).collect()
    }

    fn options(line: &str) -> Options {
        Options::of(&arguments(line)).expect("right usage")
    }

    #[test]
    fn the_script_is_the_first_that_is_no_option() {
        for (line, script) in [
            ("", None),
            ("a.lua -i", Some(1)),
            ("-i a.lua", Some(2)),
            ("-e 1 a.lua", Some(3)),
            ("-e1 a.lua", Some(2)),
            ("-e -i", None),
            ("-l -- b", Some(3)),
            ("-", Some(1)),
            ("- -x", Some(1)),
            ("--", None),
            ("-- a.lua", Some(2)),
            ("-- -x", Some(2)),
            ("-- -", Some(2)),
            ("-v - --", Some(2)),
        ] {
            assert_eq!(options(line).script, script, "{line}");
        }
    }

    #[test]
    fn some_options_imply_others() {
        let with = |interactive, version, execute| Options { interactive, version, execute, script: None };
        assert_eq!(options("-i"), with(true, true, false));
        assert_eq!(options("-v"), with(false, true, false));
        assert_eq!(options("-e x"), with(false, false, true));
        assert_eq!(options("-ex"), with(false, false, true));
        assert_eq!(options("-l x"), with(false, false, false));
        assert!(!options("-- -i").interactive);
    }

    #[test]
    fn wrong_usage_is_refused() {
        for line in ["-x", "-e", "-l", "-i -e", "-ii", "-vi", "-iv", "---", "--help", "-h", "-E", "-i- a.lua"] {
            assert_eq!(Options::of(&arguments(line)), Err(WrongUsage), "{line}");
        }
    }

    #[test]
    fn without_even_a_name_there_is_nothing_to_do() {
        assert_eq!(Options::of(&[]), Ok(Options::default()));
        assert_eq!(actions(&[], 0), []);
    }

    #[test]
    fn actions_are_in_their_order_and_end_at_the_script() {
        let line = arguments("-e a -lb -i -ec -l d -v a.lua -e e");
        let script = Options::of(&line).expect("right usage").script.expect("a script");
        let (a, b, c, d) = (b"a".as_slice(), b"b".as_slice(), b"c".as_slice(), b"d".as_slice());
        use Action::{Execute, Require};
        assert_eq!(actions(&line, script), [Execute(a), Require(b), Execute(c), Require(d)]);
    }

    #[test]
    fn an_option_may_be_an_argument() {
        let line = arguments("-e -e -l -l -e--");
        let (e, l, dashes) = (b"-e".as_slice(), b"-l".as_slice(), b"--".as_slice());
        assert_eq!(actions(&line, line.len()), [Action::Execute(e), Action::Require(l), Action::Execute(dashes)]);
    }

    #[test]
    fn an_empty_argument_is_a_script() {
        let line = vec![b"lua".to_vec(), Vec::new()];
        assert_eq!(Options::of(&line).map(|options| options.script), Ok(Some(1)));
    }
}
