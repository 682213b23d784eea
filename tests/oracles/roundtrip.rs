//! Functions that were compiled or loaded, dumped and loaded again.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn functions_survive_being_dumped_and_loaded() {
    Property { target: Target::Roundtrip, cases: 600, lengths: 0..3000, telling: 65 }.check();
}
