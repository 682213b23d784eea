//! The line of the program that a message speaks of.

/// The line in the `NAME:LINE:` that begins a message, if the name is that of the chunk: whole, or the end of it after
/// `...`.
pub fn line_named_in(message: &[u8], chunk_name: &[u8]) -> Option<u32> {
    let name = match chunk_name.split_first() {
        Some((b'@' | b'=', name)) => name,
        _ => return None,
    };
    let rest = match message.strip_prefix(b"...") {
        // A long name is cut so that its end remains; the colon that ends it is the first after which a number stands.
        Some(cut) if !message.starts_with(name) => {
            let end = (0..cut.len()).find(|end| name.ends_with(&cut[..*end]) && number(&cut[*end..]).is_some())?;
            cut.get(end..)?
        }
        _ => message.strip_prefix(name)?,
    };
    number(rest)
}

/// The number in `:NUMBER:`.
fn number(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b":")?;
    let end = digits.iter().position(|byte| *byte == b':')?;
    str::from_utf8(digits.get(..end)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_chunk_s_own_name_counts() {
        let line = |message: &str| line_named_in(message.as_bytes(), b"@dir/x:1.lua");
        assert_eq!(line("dir/x:1.lua:12: attempt"), Some(12));
        assert_eq!(line("...x:1.lua:12: attempt"), Some(12));
        assert_eq!(line("...y.lua:12: attempt"), None);
        assert_eq!(line("other.lua:12: attempt"), None);
        assert_eq!(line("[string \"x\"]:1: attempt"), None);
        assert_eq!(line("dir/x:1.lua:: attempt"), None);
        assert_eq!(line(""), None);
        assert_eq!(line_named_in(b"stdin:3: x", b"=stdin"), Some(3));
        assert_eq!(line_named_in(b"x:3: x", b"x"), None);
    }
}
