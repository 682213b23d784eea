//! A copy of a state goes on as its original does.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn copies_go_on_as_their_originals() {
    Property { target: Target::Clone, lengths: 0..3000, cases: 120, telling: 90 }.check();
}
