//! The library `math`.
use crate::lua::vm::State;

/// Opens the library.
pub(super) fn open(state: &mut State) {
    state.open_library("math", &[]);
}
