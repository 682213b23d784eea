//! From a state of the reference to the recorder of its run: which instruction comes next, what objects are called, which die.
//!
//! Nothing here knows what the recorder makes of it.

use std::cell::Cell;
use std::collections::VecDeque;
use std::ffi::{c_int, c_void};
use std::ptr::NonNull;

use mlua::ffi;

use super::layout::{PROTOTYPE_TAG, TAG_OFFSET, Table, TaggedValue, Thread};
use super::probe::{Paused, address, bytes, seen};
use crate::trace::{Kind, Recorder, Seen};

/// The recorder of a run, if it is traced. A cell, because callbacks reach it through a shared pointer.
#[derive(Default)]
pub(super) struct Tracing(Cell<Option<NonNull<Recorder<'static>>>>);

impl Tracing {
    /// Whether the run is traced.
    pub(super) fn is_on(&self) -> bool {
        self.0.get().is_some()
    }

    /// Has a recorder see what happens from now on.
    ///
    /// # Safety
    /// The layout must have been checked. Until [`Tracing::detach`], the recorder must live and nothing else may use it.
    pub(super) unsafe fn attach(&self, recorder: &mut Recorder<'_>) {
        self.0.set(Some(NonNull::from(recorder).cast()));
    }

    pub(super) fn detach(&self) {
        self.0.set(None);
    }

    /// Records the instruction that comes next. False if the recorder wants no more.
    ///
    /// # Safety
    /// To be called from a count hook, with its thread.
    pub(super) unsafe fn record(&self, state: *mut ffi::lua_State) -> bool {
        // SAFETY: the recorder is ours until it is detached. It calls nothing of the state, so nothing of it runs meanwhile.
        self.0.get().is_none_or(|mut recorder| unsafe { recorder.as_mut().before(&Paused::new(state)).is_ok() })
    }

    /// Says that a block of the allocator is about to be freed. Its tag says what it would be if it were an object; no array has
    /// the address of an object that is alive, so it does not matter what an array has there.
    ///
    /// # Safety
    /// The block must have so many bytes, and the byte at [`TAG_OFFSET`] must have been written if there is one.
    pub(super) unsafe fn forget(&self, block: *const c_void, size: usize) {
        let Some(mut recorder) = self.0.get() else { return };
        if size <= TAG_OFFSET {
            return;
        }
        // SAFETY: the recorder is ours until it is detached, and does not run while the reference frees. The byte is there.
        let (recorder, tag) = unsafe { (recorder.as_mut(), *block.cast::<u8>().add(TAG_OFFSET)) };
        let key = address(block);
        match c_int::from(tag) {
            ffi::LUA_TTABLE => recorder.forget(Kind::Table, key),
            ffi::LUA_TFUNCTION => recorder.forget(Kind::Function, key),
            ffi::LUA_TUSERDATA => recorder.forget(Kind::Userdata, key),
            ffi::LUA_TTHREAD => recorder.forget(Kind::Thread, key),
            PROTOTYPE_TAG => recorder.forget_prototype(key),
            _ => (),
        }
    }

    /// Names what is reachable from the globals by string keys: breadth-first, the keys of a table in the order of their bytes.
    ///
    /// # Safety
    /// To be called with the main thread of the state, while nothing of it runs.
    pub(super) unsafe fn label_globals(&self, state: *mut ffi::lua_State) {
        let Some(mut recorder) = self.0.get() else { return };
        // SAFETY: the recorder is ours until it is detached; the main thread's globals are a table.
        let (recorder, globals) = unsafe {
            let globals = (*state.cast_const().cast::<Thread>()).globals.payload.object;
            (recorder.as_mut(), globals.cast::<Table>())
        };
        recorder.label(Kind::Table, address(globals.cast()), "_G");
        let mut known = vec![globals];
        let mut queue = VecDeque::from([(globals, String::new())]);
        while let Some((table, path)) = queue.pop_front() {
            // SAFETY: the table was reached from the globals, and nothing runs.
            for (key, value) in unsafe { fields(table) } {
                // SAFETY: as above.
                let Seen::Object(kind, object) = (unsafe { seen(value) }) else { continue };
                let label = format!("{path}{}", String::from_utf8_lossy(key));
                recorder.label(kind, object, &label);
                // SAFETY: the payload of every object is its address.
                let inner = unsafe { value.payload.object }.cast::<Table>();
                if kind == Kind::Table && !known.contains(&inner) {
                    known.push(inner);
                    queue.push_back((inner, label + "."));
                }
            }
        }
    }
}

/// What a table has under strings, in the order of their bytes.
///
/// # Safety
/// The table must be alive, and nothing of its state may run while the result is used.
pub(super) unsafe fn fields<'a>(table: *const Table) -> Vec<(&'a [u8], &'a TaggedValue)> {
    // SAFETY: a table has two to the power of what it says nodes, also when they are the one that all empty tables share. The key
    // of a node with a value is alive.
    let mut fields: Vec<_> = unsafe {
        let nodes = (*table).nodes;
        (0..1_usize << (*table).node_count_log2)
            .map(|index| &*nodes.add(index))
            .filter(|node| node.value.tag != ffi::LUA_TNIL && node.key.tag == ffi::LUA_TSTRING)
            .map(|node| (bytes(node.key.payload.object.cast()), &node.value))
            .collect()
    };
    fields.sort_by_key(|(key, _)| *key);
    fields
}
