//! Whatever a host does, its state is what the model says.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn states_are_what_the_model_says() {
    Property { target: Target::Heap, lengths: 0..800, cases: 400, telling: 100 }.check();
}
