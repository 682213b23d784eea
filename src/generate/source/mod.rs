//! Source text that is Lua or almost Lua: for compilers, which need no program to mean anything.
//!
//! A text is drawn in three steps: tokens, by one of several ideas; how they are laid out as bytes; what they are called (a chunk name).
//! One idea per file: `grammar` (whatever the grammar allows, over few names, so that most are locals, upvalues or globals by accident),
//! `mutation` (tokens of the former, or of a whole program, changed), `soup` (tokens in no order), `literals` (numerals and strings, right and
//! wrong), `nesting` (one thing in another, up to the limits and over them), `limits` (as many of something as a function may have, and
//! more). `layout` has white space, comments and line ends, `chunk_names` the names. Nothing here knows compilers.

mod chunk_names;
mod expressions;
mod grammar;
mod layout;
mod limits;
mod literals;
mod mutation;
mod nesting;
mod soup;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use chunk_names::chunk_name;

use super::Choices;

/// A text nobody wrote, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedSource {
    pub text: Vec<u8>,
    /// The chunk name, as `lua_load` takes it.
    pub name: Vec<u8>,
}

/// A token of a text, as its bytes. What is inserted as one may be several.
type Token = Vec<u8>;

/// A text that may be wrong in any way. It never begins with the byte that makes it a binary chunk.
pub fn generate(choices: &mut Choices<'_>) -> GeneratedSource {
    let name = chunk_name(choices);
    let mut text = match choices.weighted(&[30, 50, 40, 20, 40, 25, 30, 8, 30]) {
        1 => {
            let mut tokens = grammar::tokens(choices);
            mutation::mutate(choices, &mut tokens);
            layout::careless(choices, &tokens)
        }
        2 => {
            let mut tokens = mutation::tokens_of_program(choices);
            mutation::mutate(choices, &mut tokens);
            layout::careless(choices, &tokens)
        }
        3 => {
            let tokens = soup::tokens(choices);
            layout::careless(choices, &tokens)
        }
        4 => {
            let tokens = literals::tokens(choices);
            layout::careless(choices, &tokens)
        }
        5 => nesting::text(choices),
        6 => limits::text(choices),
        7 => soup::bytes(choices),
        8 => {
            let tokens = soup::fragment_in_block(choices);
            layout::careless(choices, &tokens)
        }
        _ => {
            let tokens = grammar::tokens(choices);
            layout::careful(choices, &tokens)
        }
    };
    layout::finish(choices, &mut text);
    GeneratedSource { text, name }
}

/// A text that the grammar allows. Only a limit may refuse it.
pub fn generate_valid(choices: &mut Choices<'_>) -> GeneratedSource {
    let name = chunk_name(choices);
    let text = match choices.weighted(&[100, 6, 12]) {
        1 => nesting::text(choices),
        2 => limits::text(choices),
        _ => {
            let tokens = grammar::tokens(choices);
            layout::careful(choices, &tokens)
        }
    };
    GeneratedSource { text, name }
}
