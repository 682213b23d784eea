//! The reference with states that are made once, and are for every run what they were when they were new.
//!
//! A state lies in an [arena](super::arena), of which an image is copied back before a run: that costs less than a microsecond, where
//! making a state costs fifty. Everything else is as in a state of its own: the run has streams of its own, the budget counts
//! what the state holds, and the state is closed in the end, which runs finalisers, closes files and frees the
//! blocks that lie outside of the arena. What a program finds in a state cannot tell the two apart.
//!
//! Nothing here knows what a run does.

use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use super::allocator::within_budget;
use super::arena::{Arena, Image};
use super::context::Context;
use super::run::alone;
use super::state::ReferenceState;
use super::streams::StandardFiles;
use super::without_run;
use crate::engine::{CompileFailure, Ending, Engine, Limits, Program, Run};

/// Reference Lua 5.1.5 as [`ReferenceEngine`](super::ReferenceEngine) runs it, for many short programs.
///
/// States are made when they are first needed. Runs are traced by the other engine.
#[derive(Default)]
pub struct SnapshotEngine {
    bare: Option<Prepared<()>>,
    with_libraries: Option<Prepared<StandardFiles>>,
}

impl SnapshotEngine {
    /// The engine. It keeps nothing of a run.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Engine for SnapshotEngine {
    fn name(&self) -> &str {
        "reference"
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        let prepared = or_make(&mut self.bare, || Prepared::new(|_| Some(())));
        prepared.map_or(Err(CompileFailure::OverMemory), |prepared| prepared.compile(source, name))
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        let prepared = or_make(&mut self.with_libraries, || Prepared::new(ReferenceState::open_libraries));
        prepared.map_or_else(|| without_run(Ending::OverMemory), |prepared| prepared.run(program, limits))
    }
}

/// What an option holds, made if it holds nothing.
fn or_make<T>(option: &mut Option<T>, make: impl FnOnce() -> Option<T>) -> Option<&mut T> {
    if option.is_none() {
        *option = make();
    }
    option.as_mut()
}

/// What the allocator of a prepared state finds: the context comes first, as every callback expects it.
#[repr(C)]
struct Host {
    context: Context,
    arena: Arena,
}

/// A state that can be what it was when it was new again and again, and what is known of it (`K`).
struct Prepared<K> {
    /// It lies in the arena. Between runs it is closed.
    state: ManuallyDrop<ReferenceState>,
    host: NonNull<Host>,
    image: Image,
    /// How many bytes it holds when it is new.
    held: usize,
    known: K,
}

// SAFETY: nothing of a state, of its streams or of what the host keeps for it belongs to a thread, and nothing else points into it.
unsafe impl<K: Send> Send for Prepared<K> {}

impl<K> Prepared<K> {
    /// A state that was prepared like this. Nothing if there is no memory for it.
    fn new(prepare: impl FnOnce(&ReferenceState) -> Option<K>) -> Option<Self> {
        let host = Host { context: Context::new(&Limits::default()), arena: Arena::new()? };
        let host = NonNull::from(Box::leak(Box::new(host)));
        // SAFETY: the context is the beginning of the host, which `allocate` wants. The host is freed by `drop`, and by `discard` here.
        let state = unsafe { ReferenceState::over(host.cast(), allocate) }.map(ManuallyDrop::new);
        let prepared = state.and_then(|state| {
            let known = prepare(&state)?;
            // SAFETY: nobody changes the host meanwhile.
            let image = unsafe { host.as_ref() }.arena.image()?;
            Some(Self { held: state.memory(), state, host, image, known })
        });
        if prepared.is_none() {
            // SAFETY: it was leaked above. What refers to it is never used again.
            drop(unsafe { Box::from_raw(host.as_ptr()) });
        }
        prepared
    }

    /// Makes everything new, with these limits.
    fn renew(&mut self, limits: &Limits) {
        // SAFETY: nothing of the state runs, and nothing borrows from the host between runs.
        unsafe {
            let host = self.host.as_mut();
            host.context = Context::holding(limits, self.held);
            host.arena.restore(&self.image);
        }
    }
}

impl<K> Drop for Prepared<K> {
    fn drop(&mut self) {
        // SAFETY: it was leaked by `new`. The state is closed, or was never used; either way it is nothing but memory of the arena.
        drop(unsafe { Box::from_raw(self.host.as_ptr()) });
    }
}

impl Prepared<()> {
    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        self.renew(&Limits::default());
        let result = match self.state.load(source, name) {
            Ok(()) => Ok(self.state.dump()),
            Err(_) => Err(self.state.message().into()),
        };
        // SAFETY: the state is alive since it was renewed, and will be renewed before it is used again.
        unsafe { self.state.close_in_place() };
        result
    }
}

impl Prepared<StandardFiles> {
    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        self.renew(limits);
        // SAFETY: the files are the state's, of which nothing runs; the context is new.
        if !unsafe { self.state.open_streams(&self.known) } {
            return without_run(Ending::OverMemory);
        }
        alone(|| {
            let ending = self.state.execute(program);
            // SAFETY: the state is alive since it was renewed, and will be renewed before it is used again.
            unsafe { self.state.close_in_place() };
            self.state.context().take_run(ending)
        })
    }
}

/// The allocator of a prepared state.
///
/// # Safety
/// To be called by Lua alone, with a [`Host`] as user data.
unsafe extern "C" fn allocate(host: *mut c_void, block: *mut c_void, old: usize, new: usize) -> *mut c_void {
    // SAFETY: the user data given to `lua_newstate` is a host that lives as long as the state; Lua hands back a block that this
    // function gave it, with its size, or null and 0.
    unsafe {
        let Host { context, arena } = &*host.cast::<Host>();
        within_budget(context, arena, block, old, new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{LIMITS, program};

    /// All that a program leaves to the C library.
    const OUTSIDE: &str =
        "local t = {} for i = 1, 10000 do t[i] = {i} end s = ('x'):rep(100000) f = io.tmpfile() f:write(s)";

    #[test]
    fn a_prepared_state_holds_what_a_new_one_does() {
        let prepared = Prepared::new(ReferenceState::open_libraries).unwrap();
        let fresh = ReferenceState::new(&LIMITS).unwrap();
        assert_eq!(prepared.held, fresh.memory());
        assert!((10_000..100_000).contains(&prepared.image.len()), "{}", prepared.image.len());
    }

    #[test]
    fn nothing_is_held_between_runs() {
        let mut prepared = Prepared::new(ReferenceState::open_libraries).unwrap();
        for source in
            [OUTSIDE, &format!("{OUTSIDE} error(s)"), &format!("{OUTSIDE} while true do end"), "x =", "os.exit(1)"]
        {
            for memory in [LIMITS.memory, 50_000] {
                let run = prepared.run(&program(source), &Limits { memory, ..LIMITS });
                // SAFETY: nothing of the state runs.
                let Host { context, arena } = unsafe { prepared.host.as_ref() };
                assert_eq!((context.budget.held(), arena.outside()), (0, 0), "{source}: {run:?}");
            }
        }
    }

    #[test]
    fn the_states_are_made_once() {
        let mut engine = SnapshotEngine::new();
        assert!(engine.bare.is_none() && engine.with_libraries.is_none());
        let place = |engine: &SnapshotEngine| engine.with_libraries.as_ref().map(|prepared| prepared.host);
        engine.run(&program("return 1"), &LIMITS);
        let first = place(&engine);
        engine.run(&program("return 2"), &LIMITS);
        assert!(first.is_some() && place(&engine) == first && engine.bare.is_none());
    }
}
