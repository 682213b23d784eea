//! What pages are put together by that need nothing else: no network, no other file. Text of unknown origin becomes text, and
//! data that a script works on stands in the page without ever being markup. It knows nothing of what a page shows.

use std::fmt::Write as _;

/// The template with each `{{name}}` replaced. What is put in is not looked at again.
pub(super) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out + rest
}

/// JSON as it may stand in a `<script>` element: whatever could end the element or begin a comment is written as an escape,
/// and so is what nobody would see. All of it can only be within strings.
pub(super) fn in_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out
}

/// Text as it may stand in an element or in a quoted attribute.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_is_markup() {
        let json = serde_json::to_string("</script><!-- & \u{2028}").expect("a string");
        assert_eq!(in_script(&json), r#""\u003c/script\u003e\u003c!-- \u0026 \u2028""#);
        assert_eq!(serde_json::from_str::<String>(&in_script(&json)).ok().as_deref(), Some("</script><!-- & \u{2028}"));
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(text("<b a=\"'\">&amp;"), "&lt;b a=&quot;&#39;&quot;&gt;&amp;amp;");
    }

    #[test]
    fn what_is_put_in_is_not_looked_at_again() {
        assert_eq!(filled("a{{x}}b{{y}}c{{x}}{{z}}", &[("x", "{{y}}"), ("y", "1")]), "a{{y}}b1c{{y}}");
    }
}
