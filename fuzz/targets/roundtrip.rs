//! Functions survive being dumped, loaded, stripped and listed: [`lockstep::oracle::roundtrip`].
#![no_main]

lockstep_fuzz::target!(Roundtrip);
