//! Numbers to text, and the conversions of `string.format`: C's `printf` as glibc implements it.
//!
//! [`Spec`] is a conversion specification as the reference's `scanformat` reads it; there is one function for each kind
//! of value that can be converted. Must not know about Lua values or arguments: the string library checks those, and
//! raises the errors.

mod float;
mod integer;
mod spec;
mod text;

pub use float::{format_float, format_number, write_number};
pub use integer::{format_integer, format_unsigned};
pub use spec::{Flags, Spec, SpecError};
pub use text::{format_char, format_quoted, format_string};

/// Appends a number's sign or prefix and its body, padded to the width. `zeros` says whether zeros between the prefix
/// and the body may do the padding.
fn pad_number(spec: &Spec, prefix: &[u8], body: &[u8], zeros: bool, out: &mut Vec<u8>) {
    let missing = spec.width.saturating_sub(prefix.len() + body.len());
    if spec.flags.left {
        out.extend_from_slice(prefix);
        out.extend_from_slice(body);
        pad(b' ', missing, out);
    } else if spec.flags.zero && zeros {
        out.extend_from_slice(prefix);
        pad(b'0', missing, out);
        out.extend_from_slice(body);
    } else {
        pad(b' ', missing, out);
        out.extend_from_slice(prefix);
        out.extend_from_slice(body);
    }
}

fn pad(byte: u8, count: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + count, byte);
}

/// The sign of a signed conversion.
fn sign(spec: &Spec, negative: bool) -> &'static [u8] {
    match (negative, spec.flags.plus, spec.flags.space) {
        (true, _, _) => b"-",
        (false, true, _) => b"+",
        (false, false, true) => b" ",
        (false, false, false) => b"",
    }
}
