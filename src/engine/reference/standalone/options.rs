//! The command line of the stand-alone interpreter, read as the reference's reads it.

use std::ffi::{CStr, CString};

/// What a command line asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Options<'a> {
    pub show_version: bool,
    pub interactive: bool,
    /// What `-e` and `-l` ask for, in order.
    pub actions: Vec<Action<'a>>,
    /// Which argument is the script.
    pub script: Option<usize>,
}

/// Something to do before the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action<'a> {
    Execute(&'a CStr),
    Require(&'a CStr),
}

impl<'a> Options<'a> {
    /// Reads the arguments, the first of which is the program's name. Nothing if an option is wrong.
    pub fn parse(arguments: &'a [CString]) -> Option<Self> {
        let mut options = Self::default();
        let mut index = 1;
        while let Some(argument) = arguments.get(index) {
            match argument.to_bytes() {
                b"--" => {
                    options.script = arguments.get(index + 1).map(|_| index + 1);
                    break;
                }
                b"-i" => (options.interactive, options.show_version) = (true, true),
                b"-v" => options.show_version = true,
                [b'-', kind @ (b'e' | b'l'), rest @ ..] => {
                    let text = if rest.is_empty() {
                        index += 1;
                        arguments.get(index)?.as_c_str()
                    } else {
                        CStr::from_bytes_with_nul(argument.to_bytes_with_nul().get(2..)?).ok()?
                    };
                    options.actions.push(if *kind == b'e' { Action::Execute(text) } else { Action::Require(text) });
                }
                [b'-', _, ..] => return None,
                _ => {
                    options.script = Some(index);
                    break;
                }
            }
            index += 1;
        }
        Some(options)
    }

    /// Whether nothing is asked for, so that standard input is the script.
    pub fn is_idle(&self) -> bool {
        let executes = self.actions.iter().any(|action| matches!(action, Action::Execute(_)));
        self.script.is_none() && !executes && !self.show_version
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], examine: impl Fn(Option<Options<'_>>) -> bool) {
        let owned: Vec<CString> = std::iter::once(&"lua")
            .chain(arguments)
            .map(|argument| CString::new(*argument).expect("no zero bytes"))
            .collect();
        assert!(examine(Options::parse(&owned)), "{arguments:?}: {:?}", Options::parse(&owned));
    }

    #[test]
    fn options_are_read() {
        check(&[], |options| options.is_some_and(|options| options.is_idle()));
        check(&["x.lua", "-z"], |options| options.is_some_and(|options| options.script == Some(1)));
        check(&["-"], |options| options.is_some_and(|options| options.script == Some(1)));
        check(&["--", "-x"], |options| options.is_some_and(|options| options.script == Some(2)));
        check(&["--"], |options| options.is_some_and(|options| options.script.is_none() && options.is_idle()));
        check(&["-i"], |options| options.is_some_and(|options| options.interactive && options.show_version));
        check(&["-lx"], |options| options.is_some_and(|options| options.is_idle()));
        check(&["-e", "a", "-eb", "-l", "c", "-ld", "s"], |options| {
            options.is_some_and(|options| {
                let expected =
                    [Action::Execute(c"a"), Action::Execute(c"b"), Action::Require(c"c"), Action::Require(c"d")];
                options.actions == expected && options.script == Some(7) && !options.is_idle()
            })
        });
    }

    #[test]
    fn wrong_options_are_refused() {
        for wrong in ["-h", "-e", "-l", "-vx", "-i2", "--x"] {
            check(&[wrong], |options| options.is_none());
        }
    }
}
