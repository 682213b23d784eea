//! `--html FILE`: the file that a page of divergences goes to, and the command line that the page says to repeat.

use std::{
    ffi::OsString,
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use lockstep::report::trace::{
    diagnosis::Names,
    page::{Entry, page},
};

/// A file that can be written to, for a page that there may or may not be.
pub struct PageFile {
    path: PathBuf,
}

impl PageFile {
    /// Finds out whether the file can be written; it is neither made nor changed.
    ///
    /// # Errors
    /// That it cannot, with its name.
    pub fn at(path: &Path) -> io::Result<Self> {
        check(path).map_err(|error| named(path, &error))?;
        Ok(Self { path: path.to_owned() })
    }

    /// Writes a page with these findings and says so on standard error.
    ///
    /// # Errors
    /// That the file cannot be written after all.
    pub fn write(&self, entries: &[Entry<'_>], names: Names<'_>) -> io::Result<()> {
        let page = page(entries, names)?;
        fs::write(&self.path, page).map_err(|error| named(&self.path, &error))?;
        writeln!(io::stderr(), "the page is in {}", self.path.display())
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: the page cannot be written: {error}", path.display()))
}

/// A file that is there is opened and left alone. For one that is not there, its folder must take a file, one without a name.
fn check(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(_) => OpenOptions::new().write(true).open(path).map(drop),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            tempfile::tempfile_in(folder).map(drop)
        }
        Err(error) => Err(error),
    }
}

/// A command line for a shell, from its words.
pub fn command_line<'w>(words: impl IntoIterator<Item = &'w OsString>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| quoted(word.as_bytes())).collect();
    words.join(" ")
}

/// A word as a shell takes it back; what is no text, or cannot be seen, in the form `$'\xNN'`.
fn quoted(word: &[u8]) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./=:,@%+".contains(byte);
    match str::from_utf8(word) {
        Ok(text) if !text.is_empty() && word.iter().all(is_plain) => text.to_owned(),
        Ok(text) if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', r"'\''")),
        _ => {
            let mut out = String::from("$'");
            for byte in word {
                match byte {
                    b'\'' | b'\\' => {
                        out.push('\\');
                        out.push(char::from(*byte));
                    }
                    b' '..=b'~' => out.push(char::from(*byte)),
                    // Writing to a string cannot fail.
                    _ => drop(write!(out, "\\x{byte:02x}")),
                }
            }
            out + "'"
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn a_shell_takes_the_words_back() {
        let words: [&[u8]; 6] = [b"bisect", b"a b.lua", b"it's", b"", b"\xff'\\\n1", "\u{e9}".as_bytes()];
        let words = words.map(|word| OsString::from_vec(word.to_vec()));
        let line = command_line(&words);
        assert_eq!(line, r"bisect 'a b.lua' 'it'\''s' '' $'\xff\'\\\x0a1' 'é'");
        let script = format!("printf '%s\\0' {line}");
        let output = std::process::Command::new("bash").args(["-c", &script]).output().expect("a shell");
        let taken: Vec<&[u8]> =
            output.stdout.strip_suffix(b"\0").unwrap_or_default().split(|byte| *byte == 0).collect();
        assert_eq!(taken, words.iter().map(|word| word.as_bytes()).collect::<Vec<_>>());
    }
}
