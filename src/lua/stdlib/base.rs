//! The basic functions.
use crate::lua::vm::State;

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("_G", &[]);
}
