//! The allocator of a stand-alone state: the C library's, within a bound.

use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

/// How much memory a state holds, and may hold.
pub(super) struct Bound {
    held: Cell<usize>,
    limit: usize,
}

impl Bound {
    pub fn new(limit: usize) -> Self {
        Self { held: Cell::new(0), limit }
    }
}

/// Beyond the bound there is no memory, as on a machine that has no more. A block can always shrink.
///
/// # Safety
/// To be called by Lua alone, with a [`Bound`] as user data.
pub(super) unsafe extern "C" fn allocate(
    bound: *mut c_void,
    block: *mut c_void,
    old: usize,
    new: usize,
) -> *mut c_void {
    // SAFETY: the user data given to `lua_newstate` is a bound that outlives the state. Lua hands back blocks that this function
    // gave it, or null, with their sizes.
    unsafe {
        let bound = &*bound.cast::<Bound>();
        let rest = bound.held.get().saturating_sub(old);
        if new == 0 {
            libc::free(block);
            bound.held.set(rest);
            return ptr::null_mut();
        }
        if new > old && new > bound.limit.saturating_sub(rest) {
            return ptr::null_mut();
        }
        let moved = libc::realloc(block, new);
        if !moved.is_null() {
            bound.held.set(rest + new);
        }
        moved
    }
}
