//! Chunks that tests of the libraries run, and what comes of them as text.

use std::sync::Arc;

use crate::lua::compiler::compile;
use crate::lua::embed::{Script, ScriptError};
use crate::lua::heap::Value;
use crate::lua::vm::{Error, State};

/// What a chunk returns, as [`row`] has it.
pub(super) fn run(state: &mut State, source: &str) -> Result<String, ScriptError> {
    let script = Script { chunk: source.as_bytes(), name: b"=test", arguments: &[], path: b"test" };
    state.run_script(&script, &mut ()).map(|values| row(state, &values))
}

/// What a chunk returns, or its error as the machine has it, without a host around it.
pub(super) fn run_in(state: &mut State, source: &str) -> Result<Vec<Value>, Error> {
    let prototype = compile(source.as_bytes(), b"=t", Default::default()).expect("the test's source is right");
    let closure = state.load_prototype(&Arc::new(prototype));
    state.call(Value::closure(closure), &[], None, &mut ())
}

/// What a chunk returns in a state of its own. It must not fail.
pub(super) fn results(source: &str) -> String {
    match run(&mut State::with_libraries(), source) {
        Ok(text) => text,
        Err(error) => panic!("{source}: {error:?}"),
    }
}

/// Values separated by spaces.
pub(super) fn row(state: &State, values: &[Value]) -> String {
    let mut text = Vec::new();
    for value in values {
        state.write_plain_text(*value, &mut text);
        text.push(b' ');
    }
    String::from_utf8_lossy(text.trim_ascii_end()).into_owned()
}
