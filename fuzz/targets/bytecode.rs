//! Both compilers make the same chunk of a source text: [`lockstep::oracle::bytecode`].
#![no_main]

lockstep_fuzz::target!(Bytecode);
