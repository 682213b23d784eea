//! How the vendored reference lays out what traces read: declarations that mirror its `lobject.h` and `lstate.h`, and nothing else.
//!
//! They hold for the version that `Cargo.lock` names, compiled for a machine with 64-bit pointers. `layout_check` compares them
//! with what the public API says before the first trace of a process.

use std::ffi::{c_int, c_void};

/// The tags of objects that programs do not see (`LUA_TPROTO`).
pub(super) const PROTOTYPE_TAG: c_int = 9;

/// Where a collectable object has its tag. A block of the allocator that is no longer than this holds no object.
pub(super) const TAG_OFFSET: usize = std::mem::offset_of!(Table, tag);

/// `Value`
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) union Payload {
    pub(super) object: *const c_void,
    pub(super) number: f64,
    pub(super) boolean: c_int,
}

/// `TValue`
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct TaggedValue {
    pub(super) payload: Payload,
    pub(super) tag: c_int,
}

/// `TString`; the bytes and a zero follow it.
#[repr(C)]
pub(super) struct StringHeader {
    next: *const c_void,
    tag: u8,
    marked: u8,
    reserved: u8,
    hash: u32,
    pub(super) length: usize,
}

/// `Udata`; what the host sees follows it.
#[repr(C)]
pub(super) struct UserdataHeader {
    next: *const c_void,
    tag: u8,
    marked: u8,
    metatable: *const Table,
    environment: *const Table,
    length: usize,
}

/// `Proto`
#[repr(C)]
pub(super) struct Prototype {
    next: *const c_void,
    pub(super) tag: u8,
    marked: u8,
    pub(super) constants: *const TaggedValue,
    pub(super) code: *const u32,
    nested: *const *const Prototype,
    pub(super) lines: *const c_int,
    locals: *const c_void,
    upvalue_names: *const *const StringHeader,
    pub(super) source: *const StringHeader,
    upvalue_name_count: c_int,
    pub(super) constant_count: c_int,
    pub(super) code_count: c_int,
    pub(super) line_count: c_int,
    nested_count: c_int,
    local_count: c_int,
    pub(super) line_defined: c_int,
    pub(super) last_line_defined: c_int,
    gray: *const c_void,
    upvalue_count: u8,
    parameter_count: u8,
    vararg: u8,
    pub(super) stack_size: u8,
}

/// `UpVal`; the rest is for the collector, or the value itself.
#[repr(C)]
pub(super) struct Upvalue {
    next: *const c_void,
    tag: u8,
    marked: u8,
    pub(super) value: *const TaggedValue,
}

/// `LClosure`; pointers to the upvalues follow it.
#[repr(C)]
pub(super) struct LuaClosure {
    next: *const c_void,
    tag: u8,
    marked: u8,
    pub(super) is_native: u8,
    pub(super) upvalue_count: u8,
    gray: *const c_void,
    pub(super) environment: *const Table,
    pub(super) prototype: *const Prototype,
}

/// `Table`
#[repr(C)]
pub(super) struct Table {
    next: *const c_void,
    tag: u8,
    marked: u8,
    flags: u8,
    pub(super) node_count_log2: u8,
    metatable: *const Table,
    array: *const TaggedValue,
    pub(super) nodes: *const Node,
    last_free: *const Node,
    gray: *const c_void,
    array_count: c_int,
}

/// `Node`
#[repr(C)]
pub(super) struct Node {
    pub(super) value: TaggedValue,
    pub(super) key: TaggedValue,
    next: *const Node,
}

/// `CallInfo`
#[repr(C)]
pub(super) struct Call {
    base: *const TaggedValue,
    pub(super) function: *const TaggedValue,
    top: *const TaggedValue,
    saved_pc: *const u32,
    result_count: c_int,
    tail_calls: c_int,
}

/// `lua_State`
#[repr(C)]
pub(super) struct Thread {
    next: *const c_void,
    tag: u8,
    marked: u8,
    status: u8,
    pub(super) top: *const TaggedValue,
    pub(super) base: *const TaggedValue,
    global: *const c_void,
    pub(super) call: *const Call,
    /// Behind the instruction that is about to be executed, while a count hook runs (`traceexec`).
    pub(super) saved_pc: *const u32,
    stack_last: *const TaggedValue,
    stack: *const TaggedValue,
    last_call: *const Call,
    pub(super) first_call: *const Call,
    stack_size: c_int,
    call_capacity: c_int,
    c_calls: u16,
    c_calls_below: u16,
    hook_mask: u8,
    allow_hook: u8,
    base_hook_count: c_int,
    hook_count: c_int,
    hook: *const c_void,
    pub(super) globals: TaggedValue,
    environment: TaggedValue,
    open_upvalues: *const c_void,
    gray: *const c_void,
    error_jump: *const c_void,
    error_function: isize,
}
