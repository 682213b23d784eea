//! A thread of the reference in front of an instruction, read straight from its own structures.
//!
//! Reading changes nothing: no value is converted, nothing is allocated. Nothing here knows what is recorded.

use std::ffi::{c_int, c_void};
use std::slice;

use mlua::ffi;

use super::layout::{LuaClosure, Prototype, StringHeader, TaggedValue, Thread, Upvalue};
use crate::trace::{Kind, Place, Probe, PrototypeFacts, Seen};

/// A thread while its count hook runs.
pub(super) struct Paused<'a> {
    state: *mut ffi::lua_State,
    thread: &'a Thread,
    closure: &'a LuaClosure,
    prototype: &'a Prototype,
    top: usize,
}

impl Paused<'_> {
    /// # Safety
    /// To be called from a count hook with the thread that it was called with. The layout must have been checked. Nothing of the
    /// state may run for as long as the value exists.
    #[inline]
    pub(super) unsafe fn new(state: *mut ffi::lua_State) -> Self {
        // SAFETY: a count hook is called in a Lua function, which its call's slot holds. What is borrowed is alive and
        // does not change while nothing of the state runs.
        unsafe {
            let thread = &*state.cast_const().cast::<Thread>();
            let function = (*thread.call).function;
            let closure = &*(*function).payload.object.cast::<LuaClosure>();
            let top = usize::try_from(thread.top.offset_from(thread.base)).unwrap_or(0);
            Self { state, thread, closure, prototype: &*closure.prototype, top }
        }
    }

    /// The running function.
    pub(super) fn function(&self) -> Seen<'_> {
        Seen::Object(Kind::Function, address((&raw const *self.closure).cast()))
    }

    /// The table of its globals.
    pub(super) fn environment(&self) -> Seen<'_> {
        Seen::Object(Kind::Table, address(self.closure.environment.cast()))
    }
}

impl Probe for Paused<'_> {
    #[inline]
    fn place(&self) -> Place {
        // SAFETY: both pointers of each pair point into one block; the saved one is behind an instruction of the code.
        unsafe {
            let depth = self.thread.call.offset_from(self.thread.first_call);
            let instruction = self.thread.saved_pc.sub(1);
            Place {
                thread: address(self.state.cast_const().cast()),
                depth: depth as u32,
                prototype: address((&raw const *self.prototype).cast()),
                pc: instruction.offset_from(self.prototype.code) as u32,
                word: *instruction,
            }
        }
    }

    #[inline]
    fn register(&self, register: usize) -> Seen<'_> {
        if register >= self.top.max(usize::from(self.prototype.stack_size)) {
            return Seen::Nil;
        }
        // SAFETY: the stack holds a function's registers and what is below the top, and the collector leaves no value there
        // that it frees.
        unsafe { seen(self.thread.base.add(register)) }
    }

    #[inline]
    fn top(&self) -> usize {
        self.top
    }

    #[inline]
    fn constant(&self, constant: usize) -> Seen<'_> {
        if constant >= count(self.prototype.constant_count) {
            return Seen::Nil;
        }
        // SAFETY: there are so many constants, which live as long as the prototype.
        unsafe { seen(self.prototype.constants.add(constant)) }
    }

    #[inline]
    fn upvalue(&self, upvalue: usize) -> Seen<'_> {
        if upvalue >= usize::from(self.closure.upvalue_count) {
            return Seen::Nil;
        }
        // SAFETY: pointers to so many upvalues follow the closure, and a function that runs has all of them.
        unsafe {
            let upvalues = (&raw const *self.closure).add(1).cast::<*const Upvalue>();
            seen((**upvalues.add(upvalue)).value)
        }
    }

    fn prototype(&self) -> PrototypeFacts {
        let prototype = self.prototype;
        // SAFETY: the arrays have the lengths that stand beside them, and live as long as the prototype.
        unsafe {
            PrototypeFacts {
                source: bytes(prototype.source).to_vec(),
                line_defined: prototype.line_defined.cast_unsigned(),
                last_line_defined: prototype.last_line_defined.cast_unsigned(),
                code: array(prototype.code, prototype.code_count).to_vec(),
                lines: array(prototype.lines, prototype.line_count).iter().map(|line| line.cast_unsigned()).collect(),
            }
        }
    }
}

/// What identifies an object: the address of its block, which is what the allocator is told when it is freed.
pub(super) fn address(object: *const c_void) -> u64 {
    object.addr() as u64
}

fn count(count: c_int) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// # Safety
/// There must be so many elements, for as long as the slice is used. Without elements the pointer may be null.
unsafe fn array<'a, T>(first: *const T, length: c_int) -> &'a [T] {
    if first.is_null() || length <= 0 {
        return &[];
    }
    // SAFETY: as the contract says.
    unsafe { slice::from_raw_parts(first, count(length)) }
}

/// The bytes of a string. A forged binary chunk can have no string where one belongs.
///
/// # Safety
/// The string must be alive for as long as the bytes are used.
#[inline]
pub(super) unsafe fn bytes<'a>(string: *const StringHeader) -> &'a [u8] {
    if string.is_null() {
        return &[];
    }
    // SAFETY: the bytes follow their header.
    unsafe { slice::from_raw_parts(string.add(1).cast(), (*string).length) }
}

/// A value where the reference keeps it.
///
/// # Safety
/// It must be a value, and alive for as long as what is returned is used.
#[inline]
pub(super) unsafe fn seen<'a>(value: *const TaggedValue) -> Seen<'a> {
    // SAFETY: as the contract says; of the payload, what the tag says is read.
    unsafe {
        let TaggedValue { payload, tag } = *value;
        match tag {
            ffi::LUA_TNUMBER => Seen::Number(payload.number),
            ffi::LUA_TSTRING => Seen::String(bytes(payload.object.cast())),
            ffi::LUA_TBOOLEAN => Seen::Boolean(payload.boolean != 0),
            ffi::LUA_TTABLE => Seen::Object(Kind::Table, address(payload.object)),
            ffi::LUA_TFUNCTION => Seen::Object(Kind::Function, address(payload.object)),
            ffi::LUA_TUSERDATA => Seen::Object(Kind::Userdata, address(payload.object)),
            ffi::LUA_TTHREAD => Seen::Object(Kind::Thread, address(payload.object)),
            ffi::LUA_TLIGHTUSERDATA => Seen::Object(Kind::LightUserdata, address(payload.object)),
            _ => Seen::Nil,
        }
    }
}
