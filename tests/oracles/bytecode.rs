//! Programs, and whatever the grammar allows, through both compilers.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn both_compilers_make_the_same_chunk() {
    Property { target: Target::Bytecode, cases: 600, lengths: 0..3000, telling: 85 }.check();
}
