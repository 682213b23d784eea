//! The Lua program that runs a case on an engine that is a command.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::report::conformance::Mode;

const TEMPLATE: &str = include_str!("driver.lua");

/// The driver for one case. A file that the reference has compiled is loaded like source text.
pub fn driver(file: &str, mode: Mode, result: &Path) -> Vec<u8> {
    let mode = match mode {
        Mode::Dump => "dump",
        Mode::Source | Mode::ReferenceCompiled => "load",
    };
    TEMPLATE
        .replacen("@FILE@", &literal(file.as_bytes()), 1)
        .replacen("@MODE@", &literal(mode.as_bytes()), 1)
        .replacen("@RESULT@", &literal(result.as_os_str().as_bytes()), 1)
        .into_bytes()
}

/// A string literal of Lua for any bytes.
fn literal(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(byte)]),
            b' '..=b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\{byte:03}")),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_written_as_literals() {
        let text = driver("a\"b.lua", Mode::Dump, Path::new("/t m/\\é\n"));
        let text = String::from_utf8(text).expect("it is text");
        let expected = r#"local FILE, MODE, RESULT = "a\"b.lua", "dump", "/t m/\\\195\169\010""#;
        assert!(text.lines().any(|line| line == expected), "{text}");
        assert!(!text.contains('@'));
    }
}
