//! Generated programs print, return, raise and count the same as on the reference.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn programs_do_the_same() {
    Property { target: Target::Execute, lengths: 0..3000, cases: 150, telling: 95 }.check();
}
