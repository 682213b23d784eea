//! The standard streams of a run: what a program writes goes to the context, what it reads is empty.
//!
//! `print` and the `io` library share one C stream, as they do in the stand-alone interpreter. It is a stream of the C library
//! whose writer is ours (`fopencookie`), so everything that the `io` library does with streams is done by the original.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::sync::OnceLock;
use std::{ptr, slice};

use mlua::ffi;

use super::context::{Context, context_of};

/// What `fopencookie` is given to work with (`cookie_io_functions_t` of the GNU C library).
#[repr(C)]
struct CookieFunctions {
    read: Option<unsafe extern "C" fn(*mut c_void, *mut c_char, usize) -> isize>,
    write: Option<unsafe extern "C" fn(*mut c_void, *const c_char, usize) -> isize>,
    seek: Option<unsafe extern "C" fn(*mut c_void, *mut i64, c_int) -> c_int>,
    close: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
}

unsafe extern "C" {
    /// Makes a stream out of functions; they get `cookie`. Null when there is no memory.
    fn fopencookie(cookie: *mut c_void, mode: *const c_char, functions: CookieFunctions) -> *mut libc::FILE;
}

/// Where the standard files of an `io` library have their streams: the one of input, of output, of errors.
#[derive(Clone, Copy)]
pub(super) struct StandardFiles([*mut *mut libc::FILE; 3]);

// SAFETY: these are addresses within a state, which belongs to no thread; whoever uses them promises that nothing of it runs.
unsafe impl Send for StandardFiles {}

impl StandardFiles {
    /// Those of a state.
    ///
    /// # Safety
    /// The `io` library must be open in the state and not yet be used by a program, and there must be room for two values.
    pub(super) unsafe fn of(state: *mut ffi::lua_State) -> Self {
        // SAFETY: each standard file is a userdata that holds a pointer to a stream (`newfile` in `liolib.c`).
        unsafe {
            ffi::lua_getfield_(state, ffi::LUA_GLOBALSINDEX, c"io".as_ptr());
            let files = [c"stdin", c"stdout", c"stderr"].map(|name| {
                ffi::lua_getfield_(state, -1, name.as_ptr());
                let file = ffi::lua_touserdata(state, -1).cast();
                ffi::lua_pop(state, 1);
                file
            });
            ffi::lua_pop(state, 1);
            Self(files)
        }
    }
}

/// The streams that stand for a process's own while a program runs.
#[derive(Clone, Copy)]
pub(super) struct Streams {
    input: *mut libc::FILE,
    output: *mut libc::FILE,
    errors: *mut libc::FILE,
}

impl Streams {
    /// Streams whose output goes to a context. Nothing if there is no memory for them.
    ///
    /// # Safety
    /// The context must outlive the streams.
    pub(super) unsafe fn open(context: *mut Context) -> Option<Self> {
        let functions = |write| CookieFunctions { read: None, write, seek: Some(refuse_to_seek), close: None };
        // SAFETY: the modes and the path are C strings; the functions expect the cookie that they get.
        let streams = unsafe {
            Self {
                input: open_empty(),
                output: fopencookie(context.cast(), c"w".as_ptr(), functions(Some(write_output))),
                errors: fopencookie(ptr::null_mut(), c"w".as_ptr(), functions(Some(discard))),
            }
        };
        if [streams.input, streams.output, streams.errors].iter().any(|stream| stream.is_null()) {
            return None;
        }
        for stream in [streams.output, streams.errors] {
            // SAFETY: the stream is open, and nothing was done with it yet.
            unsafe { libc::setvbuf(stream, ptr::null_mut(), libc::_IONBF, 0) };
        }
        Some(streams)
    }

    /// Has the `io` library use these streams for the standard ones.
    ///
    /// # Safety
    /// The files must be alive, and nothing of their state may run.
    pub(super) unsafe fn install(&self, files: &StandardFiles) {
        for (file, stream) in files.0.iter().zip([self.input, self.output, self.errors]) {
            // SAFETY: as the contract says. The library uses what is there again and again, and never closes it.
            unsafe { file.write(stream) };
        }
    }

    /// Writes to standard output what comes before the first zero byte, as `fputs` does.
    ///
    /// # Safety
    /// The streams must be open.
    pub(super) unsafe fn print(&self, text: &CStr) {
        // SAFETY: the stream is open. What cannot be written is lost, as it is by `print`.
        unsafe { libc::fputs(text.as_ptr(), self.output) };
    }

    /// Writes out what is buffered.
    ///
    /// # Safety
    /// The streams must be open.
    pub(super) unsafe fn flush(&self) {
        // SAFETY: the stream is open.
        unsafe { libc::fflush(self.output) };
    }

    /// Closes the streams.
    ///
    /// # Safety
    /// To be called once, after the state was closed and while the context is alive.
    pub(super) unsafe fn close(self) {
        for stream in [self.input, self.output, self.errors] {
            // SAFETY: the stream is open, and nothing uses it any more.
            unsafe { libc::fclose(stream) };
        }
    }
}

/// A stream to read from in which nothing is. The file is opened once in a process, as a path takes long to walk; it has
/// no place that streams could share. Null if there is none.
fn open_empty() -> *mut libc::FILE {
    static EMPTY: OnceLock<Option<File>> = OnceLock::new();
    let Some(empty) = EMPTY.get_or_init(|| File::open("/dev/null").ok()) else { return ptr::null_mut() };
    // SAFETY: the descriptor is open; its copy is the stream's, or closed if there is no stream.
    unsafe {
        let descriptor = libc::dup(empty.as_raw_fd());
        let stream = libc::fdopen(descriptor, c"r".as_ptr());
        if stream.is_null() {
            libc::close(descriptor);
        }
        stream
    }
}

/// Takes what a stream has to write. Once the run has ended nothing is taken, which the stream's user sees as an error.
unsafe extern "C" fn write_output(cookie: *mut c_void, text: *const c_char, count: usize) -> isize {
    // SAFETY: the cookie is the context that the stream was opened with, which outlives it; the C library gives `count` bytes.
    let taken = unsafe { (*cookie.cast::<Context>()).print(slice::from_raw_parts(text.cast(), count)) };
    if taken { count.cast_signed() } else { 0 }
}

unsafe extern "C" fn discard(_: *mut c_void, _: *const c_char, count: usize) -> isize {
    count.cast_signed()
}

/// As a pipe does.
unsafe extern "C" fn refuse_to_seek(_: *mut c_void, _: *mut i64, _: c_int) -> c_int {
    // SAFETY: the address of `errno` of this thread is valid.
    unsafe { *libc::__errno_location() = libc::ESPIPE };
    -1
}

/// The reference's `os.exit`, which ends the run instead of the process: no finaliser runs, and nothing is printed any more.
pub(super) unsafe extern "C-unwind" fn exit(state: *mut ffi::lua_State) -> c_int {
    // SAFETY: called by Lua, in a state that was made over a context; what `raise` asks for is met once the budget is stopped.
    unsafe {
        // The conversion to `int` is the reference's.
        let code = ffi::luaL_optinteger(state, 1, 0) as c_int;
        let context = context_of(state);
        if let Some(streams) = context.streams.get() {
            streams.flush();
        }
        context.budget.stop(super::budget::Stop::Exited(code));
        super::context::raise(state);
    }
    0
}
