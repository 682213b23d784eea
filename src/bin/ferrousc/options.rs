//! The options of `luac`, read as its `doargs` reads them.

/// What the arguments ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options<'a> {
    /// How often the listing was asked for; the second time makes it a full one.
    pub listing: usize,
    /// `-p` takes it away.
    pub is_dumping: bool,
    /// `-s`: without debug information.
    pub is_stripping: bool,
    /// `-v`.
    pub shows_version: bool,
    /// There is nothing to do but show the version.
    pub is_version_all: bool,
    /// Where the chunk goes; `None` is standard output.
    pub output: Option<&'a [u8]>,
    /// What to compile; `-` is standard input.
    pub files: Vec<&'a [u8]>,
}

/// Where the chunk goes by default, and what is listed or parsed by default.
pub const DEFAULT_OUTPUT: &str = "luac.out";

/// Why the arguments cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongUsage<'a> {
    UnknownOption(&'a [u8]),
    NoOutputName,
}

impl<'a> Options<'a> {
    /// Reads the arguments, the first of which is the name of the program.
    pub fn of(arguments: &'a [Vec<u8>]) -> Result<Self, WrongUsage<'a>> {
        let mut options = Self {
            listing: 0,
            is_dumping: true,
            is_stripping: false,
            shows_version: false,
            is_version_all: false,
            output: Some(DEFAULT_OUTPUT.as_bytes()),
            files: Vec::new(),
        };
        let mut versions = 0;
        let mut index = 1;
        while let Some(argument) = arguments.get(index) {
            match argument.as_slice() {
                b"--" => {
                    index += 1;
                    versions += usize::from(versions > 0);
                    break;
                }
                b"-l" => options.listing += 1,
                b"-o" => {
                    index += 1;
                    let name = arguments.get(index).filter(|name| !name.is_empty()).ok_or(WrongUsage::NoOutputName)?;
                    options.output = Some(name.as_slice()).filter(|name| name != b"-");
                }
                b"-p" => options.is_dumping = false,
                b"-s" => options.is_stripping = true,
                b"-v" => versions += 1,
                [b'-', _, ..] => return Err(WrongUsage::UnknownOption(argument)),
                _ => break,
            }
            index += 1;
        }
        options.files = arguments.iter().skip(index).map(Vec::as_slice).collect();
        if options.files.is_empty() && (options.listing > 0 || !options.is_dumping) {
            options.is_dumping = false;
            options.files.push(DEFAULT_OUTPUT.as_bytes());
        }
        options.shows_version = versions > 0;
        options.is_version_all = versions > 0 && versions + 1 == arguments.len();
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(line: &str, check: impl FnOnce(Result<Options<'_>, WrongUsage<'_>>) -> T) -> T {
        let arguments: Vec<Vec<u8>> =
            std::iter::once("luac").chain(line.split_whitespace()).map(|word| word.as_bytes().to_vec()).collect();
        check(Options::of(&arguments))
    }

    fn files(line: &str) -> String {
        with(line, |options| {
            let options = options.expect("right usage");
            options.files.iter().map(|file| String::from_utf8_lossy(file)).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn files_are_what_follows_the_options() {
        for (line, expected) in [
            ("", ""),
            ("a b", "a b"),
            ("-s a -l", "a -l"),
            ("-- -s", "-s"),
            ("- a", "- a"),
            ("-o x a", "a"),
            ("-o -- a", "a"),
            ("-l", "luac.out"),
            ("-p", "luac.out"),
            ("-l --", "luac.out"),
            ("-s", ""),
        ] {
            assert_eq!(files(line), expected, "{line}");
        }
    }

    #[test]
    fn a_listing_of_the_default_file_writes_nothing() {
        assert!(with("-l", |options| !options.expect("right usage").is_dumping));
        assert!(with("-l a", |options| options.expect("right usage").is_dumping));
        assert!(with("-l -p a", |options| !options.expect("right usage").is_dumping));
    }

    #[test]
    fn the_output_has_a_name_or_is_the_standard_output() {
        let is_output = |line, expected: Option<&[u8]>| {
            assert!(with(line, |options| options.expect("right usage").output == expected), "{line}");
        };
        is_output("a", Some(b"luac.out"));
        is_output("-o b a", Some(b"b"));
        is_output("-o -x a", Some(b"-x"));
        is_output("-o - a", None);
    }

    #[test]
    fn the_version_alone_is_enough() {
        for (line, shown, all) in [
            ("", false, false),
            ("-v", true, true),
            ("-v -v", true, true),
            ("-v --", true, true),
            ("-v a", true, false),
        ] {
            let options = with(line, |options| options.map(|o| (o.shows_version, o.is_version_all)).ok());
            assert_eq!(options, Some((shown, all)), "{line}");
        }
        assert_eq!(with("-v -s", |options| options.map(|o| o.is_version_all).ok()), Some(false));
    }

    #[test]
    fn wrong_usage_is_refused() {
        for line in ["-x", "-ll", "---", "-h", "--help", "-sx", "-obc"] {
            assert!(with(line, |options| options == Err(WrongUsage::UnknownOption(line.as_bytes()))), "{line}");
        }
        assert!(with("-o", |options| options == Err(WrongUsage::NoOutputName)));
        assert!(Options::of(&[b"luac".to_vec(), b"-o".to_vec(), Vec::new()]) == Err(WrongUsage::NoOutputName));
    }
}
