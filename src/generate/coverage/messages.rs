//! Templates of error messages, and whether a line shows one.

/// A template: what must be in a line, in this order.
pub struct Template {
    pieces: Vec<&'static str>,
}

impl Template {
    /// The template of a line of the data file: a source file, a tab, and the message with `*` for what varies.
    pub fn of_line(line: &'static str) -> Self {
        let message = line.split_once('\t').map_or(line, |(_, message)| message);
        Self { pieces: message.split('*').filter(|piece| !piece.is_empty()).collect() }
    }

    /// Whether the line shows such a message.
    pub fn matches(&self, line: &str) -> bool {
        let mut rest = line;
        self.pieces.iter().all(|piece| match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn pieces_must_come_in_order() {
        let template = Template::of_line("ldebug.c\tattempt to index * '*' (a * value)");
        assert!(template.matches("false \"x:1: attempt to index local 'a' (a nil value)\""));
        assert!(!template.matches("attempt to index a nil value"));
        assert!(!template.matches("(a nil value) attempt to index"));
    }
}
