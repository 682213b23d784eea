//! Binary chunks, valid and not, through both loaders, and then run.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn both_loaders_decide_alike_and_no_chunk_does_harm() {
    Property { target: Target::Chunk, cases: 1500, lengths: 0..3000, telling: 85 }.check();
}
