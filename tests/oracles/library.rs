//! Generated calls of library functions have the same results, errors and effects as on the reference.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn calls_do_the_same() {
    Property { target: Target::Library, lengths: 0..160, cases: 1500, telling: 90 }.check();
}
