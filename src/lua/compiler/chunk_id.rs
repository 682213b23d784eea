//! How a chunk is called in messages (`luaO_chunkid`). Knows nothing of compiling: error messages of the machine and
//! `debug.getinfo` use it as well.

/// The size of the reference's buffer for a chunk id in run-time messages (`LUA_IDSIZE`), its final zero byte included.
const ID_SIZE: usize = 60;
/// What the reference takes off the buffer for the decoration of a file name: `sizeof(" '...' ")`.
const FILE_DECORATION: usize = 8;
/// What it takes off for the decoration of a source text: `sizeof(" [string \"...\"] ")`.
const STRING_DECORATION: usize = 17;

/// The printable form of a chunk name, at most 59 bytes: `=name` as it is, `@file` with the end of a long path kept, and
/// anything else as the first line of a source text in `[string "..."]`.
pub fn chunk_id(name: &[u8]) -> Vec<u8> {
    chunk_id_in(name, ID_SIZE)
}

/// The same for a buffer of `size` bytes, at least 20. (Syntax errors have a larger buffer than run-time errors.)
pub(super) fn chunk_id_in(name: &[u8], size: usize) -> Vec<u8> {
    let name = until_zero(name);
    match name.split_first() {
        Some((b'=', name)) => name[..name.len().min(size - 1)].to_vec(),
        Some((b'@', path)) => {
            let room = size - FILE_DECORATION;
            if path.len() > room { [b"...", &path[path.len() - room..]].concat() } else { path.to_vec() }
        }
        _ => {
            let line = name.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(name.len());
            let shown = line.min(size - STRING_DECORATION);
            let ellipsis: &[u8] = if shown < name.len() { b"..." } else { b"" };
            [b"[string \"", &name[..shown], ellipsis, b"\"]"].concat()
        }
    }
}

/// The bytes before the first zero byte: what a C string keeps of them.
pub(super) fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|&byte| byte == 0).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> String {
        String::from_utf8_lossy(&chunk_id(name.as_bytes())).into_owned()
    }

    #[test]
    fn names_and_files() {
        assert_eq!(id("=stdin"), "stdin");
        assert_eq!(id(&format!("={}", "x".repeat(80))), "x".repeat(59));
        assert_eq!(id("@file.lua"), "file.lua");
        assert_eq!(id(&format!("@{}", "y".repeat(52))), "y".repeat(52));
        assert_eq!(id(&format!("@z{}", "y".repeat(52))), format!("...{}", "y".repeat(52)));
        assert_eq!(id("="), "");
    }

    #[test]
    fn source_texts() {
        assert_eq!(id("return 1"), "[string \"return 1\"]");
        assert_eq!(id("a\nb"), "[string \"a...\"]");
        assert_eq!(id("\r"), "[string \"...\"]");
        assert_eq!(id(""), "[string \"\"]");
        assert_eq!(id(&"x".repeat(43)), format!("[string \"{}\"]", "x".repeat(43)));
        assert_eq!(id(&"x".repeat(44)), format!("[string \"{}...\"]", "x".repeat(43)));
        assert_eq!(id("cut\0here"), "[string \"cut\"]");
    }
}
