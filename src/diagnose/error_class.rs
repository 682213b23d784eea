//! The class of an error: its message without what belongs to the program.

/// The message without its place, the names and the numbers in it: `attempt to index a nil value`.
pub fn error_class(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    let text = without_place(&text);
    let mut class = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(variable) = ["local ", "upvalue ", "global ", "field ", "method "]
            .into_iter()
            .find(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with('\'')))
        {
            // `local 'x' (a nil value)`: what it is matters, and not what it is called.
            let (_, after) = quoted(&rest[variable.len()..]);
            match after.strip_prefix(" (").and_then(|after| after.split_once(')')) {
                Some((what, after)) => {
                    class.push_str(what);
                    rest = after;
                }
                None => {
                    class.push('_');
                    rest = after;
                }
            }
        } else if next == '\'' {
            let (inner, after) = quoted(rest);
            // Names of the language, such as `'end' expected`, are the class itself.
            class.push_str(if is_of_the_language(inner) { &rest[..rest.len() - after.len()] } else { "_" });
            rest = after;
        } else if next.is_ascii_digit() {
            class.push('_');
            rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit() || digit == '.');
        } else {
            class.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    class
}

/// The text after `chunk:12: `.
fn without_place(text: &str) -> &str {
    let mut from = 0;
    while let Some(colon) = text[from..].find(':') {
        let after = &text[from + colon + 1..];
        let digits = after.len() - after.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
        if digits > 0 && after[digits..].starts_with(": ") {
            return &after[digits + 2..];
        }
        from += colon + 1;
    }
    text
}

/// What is between the first two quotes, and what comes after them. A single one quotes the rest.
fn quoted(text: &str) -> (&str, &str) {
    let text = &text[1..];
    text.split_once('\'').unwrap_or((text, ""))
}

fn is_of_the_language(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not",
        "or", "repeat", "return", "then", "true", "until", "while", "<eof>",
    ];
    WORDS.contains(&word) || !word.chars().any(|letter| letter.is_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::error_class;

    #[test]
    fn what_belongs_to_the_program_is_left_out() {
        for (message, class) in [
            ("dir/a.lua:12: attempt to index local 'x' (a nil value)", "attempt to index a nil value"),
            ("[string \"a: b\"]:1: attempt to call global 'it' (a table value)", "attempt to call a table value"),
            ("a.lua:3: attempt to call a string value", "attempt to call a string value"),
            (
                "bad argument #2 to 'insert' (number expected, got nil)",
                "bad argument #_ to _ (number expected, got nil)",
            ),
            (
                "a:9: 'end' expected (to close 'function' at line 3) near 'x'",
                "'end' expected (to close 'function' at line _) near _",
            ),
            ("a:1: unexpected symbol near '='", "unexpected symbol near '='"),
            ("12 of 3.5: 'open", "_ of _: _"),
            ("", ""),
        ] {
            assert_eq!(error_class(message.as_bytes()), class, "{message}");
        }
    }
}
