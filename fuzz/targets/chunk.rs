//! Binary chunks are accepted alike, and running them does no harm: [`lockstep::oracle::chunk`].
#![no_main]

lockstep_fuzz::target!(Chunk);
