//! A program does the same on both engines: [`lockstep::oracle::execute`].
#![no_main]

lockstep_fuzz::target!(Execute);
