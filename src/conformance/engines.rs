//! The engines that take part: the two that are linked in, and commands that behave like `lua`.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::process;
use crate::report::conformance::EngineInfo;

/// The engine under test that is linked in.
pub const FERROUS: &str = "ferrous";
/// The engine that decides, which is linked in.
pub const REFERENCE: &str = "reference";
/// What the reference is.
pub const REFERENCE_VERSION: &str = "Lua 5.1.5";

/// How long a command may take to say what version it is.
const VERSION_TIMEOUT: Duration = Duration::from_secs(2);

/// An engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineSpec {
    /// As in the ids of cases.
    pub name: String,
    pub kind: EngineKind,
}

/// What stands behind an engine's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineKind {
    Ferrous,
    Reference,
    /// A program and its first arguments; the script comes after them.
    Command(Vec<OsString>),
}

impl EngineSpec {
    /// Ferrous Lua, linked in.
    pub fn ferrous() -> Self {
        Self { name: FERROUS.to_owned(), kind: EngineKind::Ferrous }
    }

    /// The reference, linked in.
    pub fn reference() -> Self {
        Self { name: REFERENCE.to_owned(), kind: EngineKind::Reference }
    }

    /// Reads `ferrous`, `reference`, `COMMAND` or `NAME=COMMAND`. A command is split at blanks; its name is that of its program if
    /// none is given.
    ///
    /// # Errors
    /// A message for the user, when it is none of that.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            FERROUS => return Ok(Self::ferrous()),
            REFERENCE => return Ok(Self::reference()),
            _ => {}
        }
        let (name, command) = match text.split_once('=') {
            Some((name, command)) if is_name(name) => (Some(name), command),
            _ => (None, text),
        };
        let mut words: Vec<OsString> = command.split_whitespace().map(OsString::from).collect();
        let program = words.first_mut().ok_or("there is no command")?;
        if program.to_string_lossy().contains('/') {
            // Cases run in folders of their own.
            *program = std::path::absolute(&program).map_err(|error| error.to_string())?.into();
        }
        let name = match name {
            Some(name) => name.to_owned(),
            None => Path::new(&*program).file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned(),
        };
        if !is_name(&name) {
            return Err(format!("`{name}` is no name for an engine: give one with NAME=COMMAND"));
        }
        if [FERROUS, REFERENCE].contains(&name.as_str()) {
            return Err(format!("`{name}` is the name of an engine that is linked in: give another with NAME=COMMAND"));
        }
        Ok(Self { name, kind: EngineKind::Command(words) })
    }

    /// What a report says of the engine. Commands are asked for their version with `-v`.
    ///
    /// # Errors
    /// A message for the user, when a command cannot be started.
    pub fn info(&self) -> Result<EngineInfo, String> {
        let (version, command) = match &self.kind {
            EngineKind::Ferrous => (format!("Ferrous Lua {}", env!("CARGO_PKG_VERSION")), None),
            EngineKind::Reference => (REFERENCE_VERSION.to_owned(), None),
            EngineKind::Command(words) => {
                let text: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
                let text = text.join(" ");
                (version_of(words).map_err(|error| format!("cannot start {text}: {error}"))?, Some(text))
            }
        };
        Ok(EngineInfo { name: self.name.clone(), version, command })
    }
}

/// The first line that a command prints for `-v`, wherever it prints it.
fn version_of(words: &[OsString]) -> io::Result<String> {
    let (program, arguments) = words.split_first().ok_or_else(|| io::Error::other("there is no command"))?;
    let finished = process::run(Command::new(program).args(arguments).arg("-v"), VERSION_TIMEOUT)?;
    let text = [finished.stdout.bytes, finished.stderr.bytes].concat();
    let text = String::from_utf8_lossy(&text);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    Ok(line.unwrap_or("unknown").to_owned())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_alphanumeric() || "._-".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(name: &str, words: &[&str]) -> EngineSpec {
        let words = words.iter().map(OsString::from).collect();
        EngineSpec { name: name.to_owned(), kind: EngineKind::Command(words) }
    }

    #[test]
    fn engines_are_read() {
        assert_eq!(EngineSpec::parse("ferrous"), Ok(EngineSpec::ferrous()));
        assert_eq!(EngineSpec::parse("reference"), Ok(EngineSpec::reference()));
        assert_eq!(EngineSpec::parse("lua5.1"), Ok(command("lua5.1", &["lua5.1"])));
        assert_eq!(EngineSpec::parse("/opt/x/luajit -joff"), Ok(command("luajit", &["/opt/x/luajit", "-joff"])));
        assert_eq!(EngineSpec::parse("mine=lua -e x=1"), Ok(command("mine", &["lua", "-e", "x=1"])));
        assert_eq!(EngineSpec::parse("/a=b/lua"), Ok(command("lua", &["/a=b/lua"])));
    }

    #[test]
    fn what_is_no_engine_is_refused() {
        for wrong in ["", "  ", "x=", "/", "/bin/a:b", "ferrous=lua", "/x/ferrous", "reference=a"] {
            assert!(EngineSpec::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_command_says_its_version() {
        let version = |words: &[&str]| command("e", words).info().map(|info| info.version);
        assert_eq!(version(&["echo"]).as_deref(), Ok("-v"));
        assert_eq!(version(&["true"]).as_deref(), Ok("unknown"));
        assert!(version(&["/nowhere/lua"]).is_err());
    }
}
