//! Both compilers accept a source text, or both refuse it with the same message: [`lockstep::oracle::parse`].
#![no_main]

lockstep_fuzz::target!(Parse);
