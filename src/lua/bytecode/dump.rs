//! Prototype to binary chunk, byte for byte what `luaU_dump` of the reference writes on x86-64 Linux.
//!
//! It must not know how prototypes are made or whether they are valid: whatever is given is written.

use super::{Constant, Prototype};

/// What every binary chunk for this platform begins with: the signature, version 5.1, the official format, little endian,
/// and the sizes of `int`, `size_t`, an instruction and a number, which is not integral.
pub const CHUNK_HEADER: [u8; 12] = [0x1B, b'L', b'u', b'a', 0x51, 0, 1, 4, 8, 4, 8, 0];

/// The tags that announce a constant's type (`LUA_TNIL`, `LUA_TBOOLEAN`, `LUA_TNUMBER`, `LUA_TSTRING`).
pub(super) const TAG_NIL: u8 = 0;
pub(super) const TAG_BOOLEAN: u8 = 1;
pub(super) const TAG_NUMBER: u8 = 3;
pub(super) const TAG_STRING: u8 = 4;

/// The binary chunk for `prototype`, as `string.dump` and `luac` (with `strip`: `luac -s`) write it.
///
/// Stripping leaves out the source, the lines, and the names of locals and upvalues. Recursion goes as deep as the
/// prototypes nest, which the compiler and [`undump`](super::undump) keep at 200 levels or fewer.
pub fn dump(prototype: &Prototype, strip: bool) -> Vec<u8> {
    let mut writer = Writer { bytes: CHUNK_HEADER.to_vec(), strip };
    writer.function(prototype, None);
    writer.bytes
}

struct Writer {
    bytes: Vec<u8>,
    strip: bool,
}

impl Writer {
    fn function(&mut self, prototype: &Prototype, parent_source: Option<&[u8]>) {
        let source = prototype.source.as_deref();
        self.string(if self.strip || source == parent_source { None } else { source });
        self.int(prototype.line_defined);
        self.int(prototype.last_line_defined);
        self.bytes.extend_from_slice(&[
            prototype.upvalue_count,
            prototype.parameter_count,
            prototype.vararg_flags,
            prototype.max_stack_size,
        ]);
        self.count(prototype.code.len());
        for instruction in &prototype.code {
            self.bytes.extend_from_slice(&instruction.0.to_le_bytes());
        }
        self.count(prototype.constants.len());
        for constant in &prototype.constants {
            self.constant(constant);
        }
        self.count(prototype.prototypes.len());
        for nested in &prototype.prototypes {
            self.function(nested, source);
        }
        self.debug_information(prototype);
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Nil => self.bytes.push(TAG_NIL),
            Constant::Boolean(value) => self.bytes.extend_from_slice(&[TAG_BOOLEAN, u8::from(*value)]),
            Constant::Number(value) => {
                self.bytes.push(TAG_NUMBER);
                self.bytes.extend_from_slice(&value.to_bits().to_le_bytes());
            }
            Constant::String(value) => {
                self.bytes.push(TAG_STRING);
                self.string(Some(value));
            }
            Constant::NullString => {
                self.bytes.push(TAG_STRING);
                self.string(None);
            }
        }
    }

    fn debug_information(&mut self, prototype: &Prototype) {
        if self.strip {
            let no_lines_locals_upvalue_names = [0; 3 * size_of::<i32>()];
            return self.bytes.extend_from_slice(&no_lines_locals_upvalue_names);
        }
        self.count(prototype.line_info.len());
        for line in &prototype.line_info {
            self.int(*line);
        }
        self.count(prototype.locals.len());
        for local in &prototype.locals {
            self.string(local.name.as_deref());
            self.int(local.start_pc);
            self.int(local.end_pc);
        }
        self.count(prototype.upvalue_names.len());
        for name in &prototype.upvalue_names {
            self.string(name.as_deref());
        }
    }

    fn int(&mut self, value: i32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// Counts are `int` in the format; no compiler makes a vector that does not fit.
    fn count(&mut self, count: usize) {
        self.int(count as i32);
    }

    /// The length counts the final zero byte, so that 0 is left to mean "no string".
    fn string(&mut self, string: Option<&[u8]>) {
        let Some(string) = string else { return self.bytes.extend_from_slice(&0u64.to_le_bytes()) };
        self.bytes.extend_from_slice(&(string.len() as u64 + 1).to_le_bytes());
        self.bytes.extend_from_slice(string);
        self.bytes.push(0);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Bytes, sample, undump};
    use super::*;

    #[test]
    fn a_chunk_of_the_reference_comes_back_unchanged() {
        assert_eq!(dump(&sample::main_function(), false), sample::chunk());
    }

    #[test]
    fn stripping_removes_the_source_and_all_debug_information() {
        let stripped = dump(&sample::main_function(), true);
        // The source, 18 lines, four locals and one upvalue name fewer.
        assert_eq!(stripped.len(), sample::chunk().len() - 7 - 18 * 4 - (3 + 5 + 4 + 2 + 4 * 16) - (8 + 3));
        let loaded = undump(&stripped, b"=stripped", 0).expect("a stripped chunk is valid");
        assert_eq!(loaded.source.as_deref(), Some(&b"=?"[..]));
        assert_eq!(dump(&loaded, true), stripped);
        assert_eq!(
            dump(&loaded, false).len(),
            stripped.len() + 3,
            "dumped again, the main function has the source '=?'"
        );
    }

    #[test]
    fn a_nested_source_is_written_only_if_it_differs() {
        let with_nested_source = |source: &[u8]| {
            let nested = Prototype { source: Some(Bytes::from(source)), ..Prototype::default() };
            let main = Prototype {
                source: Some(Bytes::from(&b"=a"[..])),
                prototypes: vec![Arc::new(nested)],
                ..Prototype::default()
            };
            dump(&main, false).len()
        };
        assert_eq!(with_nested_source(b"=b"), with_nested_source(b"=a") + 3);
    }
}
