//! A call of a library function does the same on both engines: [`lockstep::oracle::library`].
#![no_main]

lockstep_fuzz::target!(Library);
