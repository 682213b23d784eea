//! Every instruction takes and writes the same on both engines: [`lockstep::oracle::trace`].
#![no_main]

lockstep_fuzz::target!(Trace);
