//! A copied state behaves as its original: [`lockstep::oracle::clone`].
#![no_main]

lockstep_fuzz::target!(Clone);
