//! Tokens deleted, doubled, swapped, replaced, inserted: what was Lua is almost Lua then.

use std::ops::Range;

use super::super::Choices;
use super::super::program;
use super::Token;
use super::soup;
use super::vocabulary::FRAGMENTS;
use crate::diagnose::reduce::token::{self, Kind};

/// How many changes there are at most.
const MOST: usize = 8;
/// How many tokens a change takes at most.
const LONGEST: usize = 12;

/// The tokens and comments of a whole program. A parenthesis stays with what it calls: on a line of its own it would be ambiguous.
pub fn tokens_of_program(choices: &mut Choices<'_>) -> Vec<Token> {
    let source = program::generate(choices).source;
    let (mut tokens, mut end): (Vec<Token>, usize) = (Vec::new(), 0);
    for token in token::tokens(&source) {
        let text = &source[token.range.clone()];
        match tokens.last_mut() {
            Some(last) if text == b"(" && token.range.start == end => last.push(b'('),
            _ if token.kind == Kind::Comment => tokens.push([text, b"\n"].concat()),
            _ => tokens.push(text.to_vec()),
        }
        end = token.range.end;
    }
    tokens
}

/// Changes tokens a few times.
pub fn mutate(choices: &mut Choices<'_>, tokens: &mut Vec<Token>) {
    for _ in 0..choices.count(MOST) {
        let mark = choices.begin();
        change(choices, tokens);
        choices.end("change of tokens", mark);
    }
}

fn change(choices: &mut Choices<'_>, tokens: &mut Vec<Token>) {
    let place = choices.below(tokens.len());
    match choices.weighted(&[6, 3, 3, 6, 6, 4, 2, 2, 4, 3]) {
        1 => double(choices, tokens, place),
        2 => swap(choices, tokens, place),
        3 => replace(choices, tokens, place),
        4 => insert(tokens, place, soup::token(choices)),
        5 => insert(tokens, place, choices.one_of(&FRAGMENTS).into()),
        6 => move_elsewhere(choices, tokens, place),
        7 => tokens.truncate(place),
        8 => replace_by_its_like(choices, tokens, place),
        9 => delete_closing(choices, tokens),
        _ => drop(tokens.drain(range(choices, tokens, place))),
    }
}

fn range(choices: &mut Choices<'_>, tokens: &[Token], place: usize) -> Range<usize> {
    let place = place.min(tokens.len());
    place..(place + choices.count(LONGEST)).min(tokens.len())
}

fn insert(tokens: &mut Vec<Token>, place: usize, token: Token) {
    tokens.insert(place.min(tokens.len()), token);
}

fn double(choices: &mut Choices<'_>, tokens: &mut Vec<Token>, place: usize) {
    let range = range(choices, tokens, place);
    let copies = tokens[range].to_vec();
    tokens.splice(place..place, copies);
}

fn swap(choices: &mut Choices<'_>, tokens: &mut [Token], place: usize) {
    let other = if choices.flag() { choices.below(tokens.len()) } else { place + 1 };
    if place < tokens.len() && other < tokens.len() {
        tokens.swap(place, other);
    }
}

fn replace(choices: &mut Choices<'_>, tokens: &mut [Token], place: usize) {
    let new = soup::token(choices);
    if let Some(slot) = tokens.get_mut(place) {
        *slot = new;
    }
}

fn move_elsewhere(choices: &mut Choices<'_>, tokens: &mut Vec<Token>, place: usize) {
    let taken: Vec<Token> = tokens.drain(range(choices, tokens, place)).collect();
    let to = choices.below(tokens.len() + 1);
    tokens.splice(to..to, taken);
}

/// Replaces a token by another one of the text, so that what is wrong is far from where it shows, if anything is wrong.
fn replace_by_its_like(choices: &mut Choices<'_>, tokens: &mut [Token], place: usize) {
    let Some(first) = tokens.get(place).and_then(|token| token.first().copied()) else { return };
    let like: Vec<usize> = (0..tokens.len())
        .filter(|index| tokens[*index].first().is_some_and(|byte| kind(*byte) == kind(first)))
        .collect();
    let other = tokens[*choices.pick(&like)].clone();
    tokens[place] = other;
}

/// Deletes what closes something, so that it is looked for where something else ends.
fn delete_closing(choices: &mut Choices<'_>, tokens: &mut Vec<Token>) {
    const CLOSINGS: [&[u8]; 5] = [b"end", b")", b"}", b"]", b"until"];
    let closings: Vec<usize> = (0..tokens.len()).filter(|index| CLOSINGS.contains(&&*tokens[*index])).collect();
    if !closings.is_empty() {
        tokens.remove(*choices.pick(&closings));
    }
}

/// What begins like that.
fn kind(first: u8) -> u8 {
    match first {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => b'a',
        b'0'..=b'9' => b'0',
        b'"' | b'\'' | b'[' => b'"',
        _ => b'+',
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::bytes_of_seed;
    use super::*;

    #[test]
    fn tokens_change_and_nothing_is_left_of_nothing_but_what_is_inserted() {
        let original: Vec<Token> = "local a = b + 1 return a".split(' ').map(Into::into).collect();
        let changed = (0..200).filter(|seed| {
            let mut tokens = original.clone();
            mutate(&mut Choices::new(&bytes_of_seed(*seed)), &mut tokens);
            tokens != original
        });
        assert!(changed.count() > 180);
        for seed in 0..200 {
            mutate(&mut Choices::new(&bytes_of_seed(seed)), &mut Vec::new());
        }
    }
}
