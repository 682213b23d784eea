//! `string.format`: the checks of the arguments; the conversions themselves are in [`number`](crate::lua::number).

use super::{Error, StringRef, give_buffer, take_buffer};
use crate::lua::number::format::{
    Spec, format_char, format_float, format_integer, format_quoted, format_string, format_unsigned,
};
use crate::lua::number::{to_i32, to_integer, to_unsigned};
use crate::lua::vm::{Call, Step};

/// `string.format(formatstring, ···)`
pub(super) fn format(call: &mut Call<'_>) -> Result<Step, Error> {
    let arguments = call.count();
    let format = call.check_string(1)?;
    let mut buffer = take_buffer(call);
    let (mut position, mut argument) = (0, 1);
    while copy_text(call.bytes(format), &mut position, &mut buffer) {
        argument += 1;
        if argument > arguments {
            return Err(call.argument_error(argument, "no value"));
        }
        let spec = read_spec(call, format, &mut position)?;
        convert(call, &spec, argument, &mut buffer)?;
        call.check_room(buffer.len())?;
    }
    give_buffer(call, buffer)
}

/// Copies the format up to the next conversion, and goes behind its `%`. Says whether there is one.
fn copy_text(format: &[u8], position: &mut usize, buffer: &mut Vec<u8>) -> bool {
    loop {
        let rest = format.get(*position..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'%');
        let (text, conversion) = rest.split_at(length.unwrap_or(rest.len()));
        buffer.extend_from_slice(text);
        *position += text.len() + 1;
        match conversion {
            [] => return false,
            [_, b'%', ..] => {
                buffer.push(b'%');
                *position += 1;
            }
            _ => return true,
        }
    }
}

fn read_spec(call: &mut Call<'_>, format: StringRef, position: &mut usize) -> Result<Spec, Error> {
    match Spec::parse(call.bytes(format).get(*position..).unwrap_or_default()) {
        Ok((spec, length)) => {
            *position += length;
            Ok(spec)
        }
        Err(error) => Err(call.error(error.message())),
    }
}

/// Appends an argument as its conversion wants it.
fn convert(call: &mut Call<'_>, spec: &Spec, argument: usize, buffer: &mut Vec<u8>) -> Result<(), Error> {
    match spec.conversion {
        b'd' | b'i' => format_integer(spec, to_integer(call.check_number(argument)?), buffer),
        b's' => {
            let string = call.check_string(argument)?;
            format_string(spec, call.bytes(string), buffer);
        }
        b'c' => format_char(spec, to_i32(call.check_number(argument)?) as u8, buffer),
        b'o' | b'u' | b'x' | b'X' => format_unsigned(spec, to_unsigned(call.check_number(argument)?), buffer),
        b'e' | b'E' | b'f' | b'g' | b'G' => format_float(spec, call.check_number(argument)?, buffer),
        b'q' => {
            let string = call.check_string(argument)?;
            format_quoted(call.bytes(string), buffer);
        }
        other => return Err(unknown_conversion(call, other)),
    }
    Ok(())
}

/// The end of the format counts as a zero byte, which the reference's message leaves out.
fn unknown_conversion(call: &mut Call<'_>, conversion: u8) -> Error {
    let mut message = b"invalid option '%".to_vec();
    message.extend([conversion].into_iter().filter(|byte| *byte != 0));
    message.extend_from_slice(b"' to 'format'");
    call.error(message)
}
