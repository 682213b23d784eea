//! A stack overflow as a finding: with a message and an artifact, as any other crash.
//!
//! libFuzzer's handler for SIGSEGV runs on the stack on which the signal came, which after an overflow has no room left: the process dies
//! without a word. It runs on a stack of its own if there is one for the thread, and if the action that libFuzzer finds and replaces had
//! `SA_ONSTACK`, as libFuzzer keeps that flag. Rust's own runtime would see to both, but it does not start where `main` is libFuzzer's; and
//! there is no safe interface to either. Under AddressSanitizer, which has a handler and a stack already, nothing is done.
#![expect(unsafe_code, reason = "sigaltstack and sigaction have no safe interface")]

use std::mem::MaybeUninit;
use std::ptr;

/// libFuzzer's handler symbolises a stack trace, which takes more than the usual eight KiB.
const SIZE: usize = 256 << 10;

/// Has the handlers of segmentation faults that are installed from now on run on a stack of their own, in this thread.
pub fn use_a_stack_of_its_own() {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: the pointers are null, or to a local that is as long as it is asked to be. A `sigaction` of zeros is one.
    let mut action = unsafe {
        if libc::sigaction(libc::SIGSEGV, ptr::null(), action.as_mut_ptr()) != 0 {
            return;
        }
        action.assume_init()
    };
    if action.sa_sigaction != libc::SIG_DFL {
        return;
    }
    // It is the thread's for the rest of the process.
    let stack = Box::leak(vec![0_u8; SIZE].into_boxed_slice());
    let stack = libc::stack_t { ss_sp: stack.as_mut_ptr().cast(), ss_flags: 0, ss_size: SIZE };
    action.sa_flags |= libc::SA_ONSTACK;
    // SAFETY: the stack is never freed nor used for anything else; the action is the default one with another flag.
    unsafe {
        libc::sigaltstack(&raw const stack, ptr::null_mut());
        libc::sigaction(libc::SIGSEGV, &raw const action, ptr::null_mut());
    }
}
