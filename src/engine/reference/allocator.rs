//! Lua's allocator: blocks from somewhere, within the budget of a run.
//!
//! Every state is accounted for alike, wherever its blocks come from. Nothing here knows what is in them, but for the tags of objects.

use std::ffi::c_void;
use std::ptr;

use super::budget::Stop;
use super::context::Context;
use super::layout::TAG_OFFSET;

/// Where blocks come from.
pub(super) trait Blocks {
    /// Gives a block another size and perhaps another place, with what it held as far as that fits. Null, with the block as it
    /// was, if there is no memory. A null block is made new.
    ///
    /// # Safety
    /// The block must be of this source and have the size `old`, or be null with `old` 0. `new` must not be 0.
    unsafe fn resize(&self, block: *mut c_void, old: usize, new: usize) -> *mut c_void;

    /// Takes a block back.
    ///
    /// # Safety
    /// As for [`Blocks::resize`]; nothing may use the block any more.
    unsafe fn free(&self, block: *mut c_void, size: usize);
}

/// The C library's allocator.
pub(super) struct CLibrary;

impl Blocks for CLibrary {
    unsafe fn resize(&self, block: *mut c_void, _: usize, new: usize) -> *mut c_void {
        // SAFETY: as the contract says; null is a valid argument of `realloc`.
        unsafe { libc::realloc(block, new) }
    }

    unsafe fn free(&self, block: *mut c_void, _: usize) {
        // SAFETY: as the contract says; null is a valid argument of `free`.
        unsafe { libc::free(block) }
    }
}

/// The allocator of a state with blocks of the C library.
///
/// # Safety
/// To be called by Lua alone, with a [`Context`] as user data.
pub(super) unsafe extern "C" fn allocate(
    context: *mut c_void,
    block: *mut c_void,
    old: usize,
    new: usize,
) -> *mut c_void {
    // SAFETY: the user data given to `lua_newstate` is a context that lives as long as the state; Lua hands back a block
    // that this function gave it, with its size, or null and 0.
    unsafe { within_budget(&*context.cast::<Context>(), &CLibrary, block, old, new) }
}

/// What a `lua_Alloc` does.
///
/// A block can always shrink and be freed, also when the budget is gone: the reference shrinks blocks where an error would
/// find no protected call.
///
/// # Safety
/// The block must have been given by this function for the same blocks, and have this size; or be null, with 0.
pub(super) unsafe fn within_budget(
    context: &Context,
    blocks: &impl Blocks,
    block: *mut c_void,
    old: usize,
    new: usize,
) -> *mut c_void {
    let Context { budget, tracing, .. } = context;
    if new == 0 {
        budget.resized(old, 0);
        // SAFETY: as the contract says. Where a tag would be, every block has been written, by this function if not by Lua.
        unsafe {
            tracing.forget(block, old);
            blocks.free(block, old);
        }
        return ptr::null_mut();
    }
    if new > old && !budget.admits(new - old) {
        return ptr::null_mut();
    }
    // SAFETY: as the contract says.
    let moved = unsafe { blocks.resize(block, old, new) };
    if !moved.is_null() {
        budget.resized(old, new);
        if old <= TAG_OFFSET && new > TAG_OFFSET {
            // SAFETY: the block has more bytes than that, and these are new.
            unsafe { moved.cast::<u8>().add(TAG_OFFSET).write(0) };
        }
        return moved;
    }
    if new <= old {
        return block;
    }
    budget.stop(Stop::Memory);
    ptr::null_mut()
}
