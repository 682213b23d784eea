//! The host's API does what a model says: [`lockstep::oracle::heap`].
#![no_main]

lockstep_fuzz::target!(Heap);
