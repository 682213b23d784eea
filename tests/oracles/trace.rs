//! Every instruction of generated programs takes and writes the same as on the reference.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn instructions_do_the_same() {
    Property { target: Target::Trace, lengths: 0..1200, cases: 60, telling: 95 }.check();
}
