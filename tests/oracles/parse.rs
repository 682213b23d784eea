//! Source text that is Lua or almost Lua, through both compilers.

use lockstep::fuzz::Target;

use crate::property::Property;

#[test]
fn both_compilers_decide_alike_with_the_same_message() {
    Property { target: Target::Parse, cases: 1500, lengths: 0..3000, telling: 98 }.check();
}
