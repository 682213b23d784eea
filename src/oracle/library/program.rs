//! The program that makes a call and prints what came of it. It does not know what the function is, or what is compared.

use super::{Argument, LibraryCall};
use crate::engine::Program;

/// What the program raises if there is nothing to call.
pub(super) const NO_SUCH_FUNCTION: &[u8] = b"no such function";

/// What is needed after the call is taken before it: the call may change whatever can be reached.
const PRELUDE: &str = r##"local type, next, print, pcall, unpack, select, error = type, next, print, pcall, unpack, select, error
local format, concat, tostring, getmetatable = string.format, table.concat, tostring, debug.getmetatable
local names, count = {[_G] = "_G"}, 0
for name, library in next, package.loaded do names[library] = name end
local describe
local function is_plain(key)
  local kind = type(key)
  return kind == "number" or kind == "string" or kind == "boolean"
end
local function entries(value)
  local parts, objects = {}, 0
  for key in next, value do if not is_plain(key) then objects = objects + 1 end end
  local total = 0
  for key, item in next, value do
    total = total + 1
    if objects == 0 then parts[total] = "[" .. describe(key) .. "] = " .. describe(item) end
  end
  if objects > 0 then return total .. " entries, " .. objects .. " of objects" end
  return concat(parts, ", ")
end
function describe(value)
  local kind = type(value)
  if kind == "number" then return "number " .. format("%.17g", value) end
  if kind == "string" then return "string " .. format("%q", value) end
  if kind == "nil" or kind == "boolean" then return kind .. " " .. tostring(value) end
  if names[value] then return kind .. " " .. names[value] end
  count = count + 1
  names[value] = "#" .. count
  local text = kind .. " #" .. count
  if kind == "table" then text = text .. " {" .. entries(value) .. "}" end
  local metatable = getmetatable(value)
  if metatable ~= nil then text = text .. " with " .. describe(metatable) end
  return text
end
local function show(success, ...)
  if not success then return print("raised: " .. describe((...))) end
  print("returned " .. select("#", ...))
  for n = 1, select("#", ...) do print("result " .. n .. ": " .. describe((select(n, ...)))) end
end
"##;

/// The program that makes this call.
pub fn program(call: &LibraryCall) -> Program {
    let mut text = PRELUDE.as_bytes().to_vec();
    let begin = format!(
        "local called = _G.{}\nif called == nil then error(\"{}\", 0) end\nlocal a = {{}}\n",
        call.function,
        String::from_utf8_lossy(NO_SUCH_FUNCTION)
    );
    text.extend_from_slice(begin.as_bytes());
    for (number, argument) in call.arguments.iter().enumerate() {
        text.extend_from_slice(format!("a[{}] = ", number + 1).as_bytes());
        write_argument(&mut text, argument);
        text.push(b'\n');
    }
    let count = call.arguments.len();
    let end = format!(
        "show(pcall(called, unpack(a, 1, {count})))\n\
         for n = 1, {count} do print(\"argument \" .. n .. \": \" .. describe(a[n])) end\n"
    );
    text.extend_from_slice(end.as_bytes());
    Program { chunk: text, name: b"=call".to_vec(), arguments: Vec::new(), script: b"call".to_vec() }
}

fn write_argument(text: &mut Vec<u8>, argument: &Argument) {
    match argument {
        Argument::Nil => text.extend_from_slice(b"nil"),
        Argument::Boolean(boolean) => text.extend_from_slice(boolean.to_string().as_bytes()),
        Argument::Number(number) => text.extend_from_slice(number_text(*number).as_bytes()),
        Argument::String(bytes) => write_string(text, bytes),
        Argument::Same(number) => text.extend_from_slice(format!("a[{}]", number + 1).as_bytes()),
        Argument::Expression(expression) => {
            text.push(b'(');
            text.extend_from_slice(expression.as_bytes());
            // What ends in a comment ends there.
            text.extend_from_slice(b"\n)");
        }
        Argument::Table(entries) => {
            text.push(b'{');
            for (key, value) in entries {
                text.push(b'[');
                write_argument(text, key);
                text.extend_from_slice(b"] = ");
                write_argument(text, value);
                text.extend_from_slice(b", ");
            }
            text.push(b'}');
        }
    }
}

/// An expression for a number: compilers fold constants, but no division by zero.
fn number_text(number: f64) -> String {
    match number {
        // The hardware's NaN has its sign bit set.
        number if number.is_nan() && number.is_sign_negative() => "(0/0)".into(),
        number if number.is_nan() => "(-(0/0))".into(),
        f64::INFINITY => "(1/0)".into(),
        f64::NEG_INFINITY => "(-1/0)".into(),
        // As a constant it would be taken for the zero that a function has already.
        0.0 if number.is_sign_negative() => "(-1/(1/0))".into(),
        number if number < 0.0 => format!("({number:e})"),
        number => format!("{number:e}"),
    }
}

/// A literal for any bytes.
fn write_string(text: &mut Vec<u8>, bytes: &[u8]) {
    text.push(b'"');
    for byte in bytes {
        match byte {
            b' '..=b'~' if !matches!(byte, b'"' | b'\\') => text.push(*byte),
            byte => text.extend_from_slice(format!("\\{byte:03}").as_bytes()),
        }
    }
    text.push(b'"');
}
