//! Addresses within strings, which no two engines choose alike: the text of `tostring` of an object is recorded without its address.
//!
//! What a program makes of the digits of an address alone is not known to come from one, and differs.

/// What comes before an address: `table: 0x55…`, `file (0x55…)`.
const BEFORE: [&[u8]; 2] = [b": 0x", b" (0x"];
/// An address has at least so many digits.
const DIGITS: usize = 6;

/// The text with `?` for each address; `None` if there is none.
#[inline]
pub(super) fn without_addresses(text: &[u8]) -> Option<Vec<u8>> {
    // Most strings are shorter than any address, or have no `x`.
    if text.len() < BEFORE[0].len() + DIGITS || !text.contains(&b'x') { None } else { replaced(text) }
}

fn replaced(text: &[u8]) -> Option<Vec<u8>> {
    let mut out: Option<Vec<u8>> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(offset) = text[at..].iter().position(|byte| *byte == b'x') {
        let digits = at + offset + 1;
        at = digits;
        let is_address = BEFORE.iter().any(|before| text[..digits].ends_with(before));
        let length = text[digits..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        if is_address && length >= DIGITS {
            let out = out.get_or_insert_default();
            out.extend_from_slice(&text[copied..digits]);
            out.push(b'?');
            at = digits + length;
            copied = at;
        }
    }
    let mut out = out?;
    out.extend_from_slice(&text[copied..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_and_nothing_else() {
        let cases: [(&[u8], Option<&[u8]>); 6] = [
            (b"table: 0x55afdecffd20", Some(b"table: 0x?")),
            (b"a file (0x55afdecffd20) and table: 0x553000000160!", Some(b"a file (0x?) and table: 0x?!")),
            (b"table: 0x12", None),
            (b"0x55afdecffd20", None),
            (b"x", None),
            (b"", None),
        ];
        for (text, expected) in cases {
            assert_eq!(without_addresses(text).as_deref(), expected);
        }
    }
}
