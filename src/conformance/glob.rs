//! Patterns over the ids of cases. Nothing here knows what a case is.

/// Whether a filter selects an id: a filter with `*` or `?` in it is a pattern over the whole id, any other selects every id
/// that it is a part of.
pub fn selects(filter: &str, id: &str) -> bool {
    if filter.contains(['*', '?']) { matches(filter, id) } else { id.contains(filter) }
}

/// Whether a pattern fits a whole text: `*` stands for any characters but `/`, `**` for any, `?` for one that is not `/`.
pub fn matches(pattern: &str, text: &str) -> bool {
    let tokens = tokens(pattern);
    // The places in the pattern that can be reached after each character: no backtracking, so no pattern takes long.
    let mut reached = closure(&tokens, &[0]);
    for character in text.chars() {
        let next: Vec<usize> = reached
            .iter()
            .filter_map(|&place| match tokens.get(place)? {
                Token::Character(expected) => (*expected == character).then_some(place + 1),
                Token::One => (character != '/').then_some(place + 1),
                Token::Part => (character != '/').then_some(place),
                Token::Any => Some(place),
            })
            .collect();
        reached = closure(&tokens, &next);
    }
    reached.contains(&tokens.len())
}

enum Token {
    Character(char),
    One,
    Part,
    Any,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        tokens.push(match character {
            '?' => Token::One,
            '*' if characters.peek() == Some(&'*') => {
                characters.next();
                Token::Any
            }
            '*' => Token::Part,
            other => Token::Character(other),
        });
    }
    tokens
}

/// The places that are reached without another character: stars may stand for nothing.
fn closure(tokens: &[Token], places: &[usize]) -> Vec<usize> {
    let mut reached = Vec::with_capacity(places.len());
    for &start in places {
        let mut place = start;
        loop {
            if !reached.contains(&place) {
                reached.push(place);
            }
            match tokens.get(place) {
                Some(Token::Part | Token::Any) => place += 1,
                _ => break,
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_without_stars_is_a_part_of_the_id() {
        assert!(selects("strings", "official/strings.lua/source/ferrous"));
        assert!(selects("/dump/", "official/strings.lua/dump/ferrous"));
        assert!(!selects("Strings", "official/strings.lua/source/ferrous"));
    }

    #[test]
    fn patterns_fit_whole_ids() {
        for (pattern, text, fits) in [
            ("official/*/source/ferrous", "official/big.lua/source/ferrous", true),
            ("official/*/ferrous", "official/big.lua/source/ferrous", false),
            ("official/**/ferrous", "official/big.lua/source/ferrous", true),
            ("**", "", true),
            ("*", "a/b", false),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("a?", "a", false),
            ("*.lua", "x.lua.lua", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn no_pattern_takes_long() {
        assert!(!matches(&"*a".repeat(200), &"a".repeat(199)));
    }
}
