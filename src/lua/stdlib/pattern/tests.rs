//! What patterns match, where errors show up, and that no subject or pattern is too much.

use super::*;
use std::ops::Range;

/// The values that `string.match` would return, or `None` if there is no match.
fn matched(subject: &str, pattern: &str) -> Result<Option<Vec<String>>, PatternError> {
    let mut work = Workspace::default();
    let mut matcher = Matcher::new(subject.as_bytes(), pattern.as_bytes(), &mut work);
    let Some(whole) = matcher.find_from(0)? else { return Ok(None) };
    let captures = matcher.captures();
    let values = (0..captures.value_count()).map(|index| show(subject, captures.get(index, &whole)?));
    values.collect::<Result<_, _>>().map(Some)
}

fn show(subject: &str, capture: Capture) -> Result<String, PatternError> {
    Ok(match capture {
        Capture::Span(span) => String::from_utf8_lossy(&subject.as_bytes()[span]).into_owned(),
        Capture::Position(position) => position.to_string(),
    })
}

fn found(subject: &[u8], pattern: &[u8]) -> Option<Range<usize>> {
    Matcher::new(subject, pattern, &mut Workspace::default()).find_from(0).unwrap()
}

#[test]
fn what_patterns_match() {
    let cases: [(&str, &str, Option<&[&str]>); 37] = [
        ("hello world", "%w+", Some(&["hello"])),
        ("hello world", "^world", None),
        ("hello world", "world$", Some(&["world"])),
        ("a$b", "a$b", Some(&["a$b"])),
        ("a^b", "a^b", Some(&["a^b"])),
        ("key = value", "^(%w+)%s*=%s*(%w+)$", Some(&["key", "value"])),
        ("2024-05-06", "(%d+)-(%d+)-(%d+)", Some(&["2024", "05", "06"])),
        ("abc", "()b()", Some(&["2", "3"])),
        ("abc", "((a)(b))", Some(&["ab", "a", "b"])),
        ("aaab", "a-b", Some(&["aaab"])),
        ("aaab", "a-", Some(&[""])),
        ("<<a>>b>>", "<<(.-)>>", Some(&["a"])),
        ("<<a>>b>>", "<<(.*)>>", Some(&["a>>b"])),
        ("color colour", "colou?r$", Some(&["colour"])),
        ("aab", "a?a?a?b", Some(&["aab"])),
        ("f(a(b)c)d)", "%b()", Some(&["(a(b)c)"])),
        ("f(a(b", "%b()", None),
        ("xx|a|xx", "%b||", Some(&["|a|"])),
        ("THE (quick) fox", "%f[%a]%a+%f[%A]", Some(&["THE"])),
        ("[[x]]", "%f[^[]x", Some(&["x"])),
        ("say 'it''s'", "(['\"])(.-)%1", Some(&["'", "it"])),
        ("abab", "(ab)%1", Some(&["ab"])),
        ("ab", "()%1", None),
        ("a]b", "[]]", Some(&["]"])),
        ("a]b", "[^]]+", Some(&["a"])),
        ("a-b", "[a-]+", Some(&["a-"])),
        ("a-b", "[-b]+", Some(&["-b"])),
        ("x%", "[%%]", Some(&["%"])),
        ("#z", "[!-%z]", Some(&["#"])),
        ("x]", "[a-%%]", Some(&["]"])),
        ("3^", "[%d^]+", Some(&["3^"])),
        ("é", "%W+", Some(&["é"])),
        ("abc", "", Some(&[""])),
        ("abc", "$", Some(&[""])),
        ("", ".*", Some(&[""])),
        ("a.b", "%.", Some(&["."])),
        ("a+*b", "+%*", Some(&["+*"])),
    ];
    for (subject, pattern, values) in cases {
        let values = values.map(|values| values.iter().map(|value| value.to_string()).collect());
        assert_eq!(matched(subject, pattern), Ok(values), "{pattern} on {subject}");
    }
}

#[test]
fn zero_bytes() {
    assert_eq!(found(b"a\0b", b"%z"), Some(1..2));
    assert_eq!(found(b"a\0b", b"[%z]b"), Some(1..3));
    assert_eq!(found(b"ab", b"a\0x"), Some(0..1));
    assert_eq!(found(b"ab", b"b$\0"), Some(1..2));
    assert_eq!(found(b"ab", b"%f[%z]"), Some(2..2));
    assert_eq!(Matcher::new(b"ab", b"[a\0]", &mut Workspace::default()).find_from(0), Err(PatternError::UnclosedSet));
}

#[test]
fn malformed_patterns() {
    for (pattern, error) in [
        ("%", PatternError::EndsWithEscape),
        ("a%", PatternError::EndsWithEscape),
        ("[a", PatternError::UnclosedSet),
        ("[]", PatternError::UnclosedSet),
        ("[^]", PatternError::UnclosedSet),
        ("[a%]", PatternError::UnclosedSet),
        ("[a%", PatternError::UnclosedSet),
        ("%f", PatternError::FrontierWithoutSet),
        ("%fa", PatternError::FrontierWithoutSet),
        ("%f[a", PatternError::UnclosedSet),
        ("%b", PatternError::Unbalanced),
        ("%b(", PatternError::Unbalanced),
        (")", PatternError::UnopenedCapture),
        ("()a)", PatternError::UnopenedCapture),
        ("%1", PatternError::InvalidCaptureIndex),
        ("%0", PatternError::InvalidCaptureIndex),
        ("(a%1)", PatternError::InvalidCaptureIndex),
        ("(a", PatternError::UnfinishedCapture),
    ] {
        assert_eq!(matched("aaa", pattern), Err(error), "{pattern}");
    }
    assert_eq!(matched("", &"()".repeat(MAX_CAPTURES)).map(|values| values.map(|v| v.len())), Ok(Some(MAX_CAPTURES)));
    assert_eq!(matched("", &"()".repeat(MAX_CAPTURES + 1)), Err(PatternError::TooManyCaptures));
    assert_eq!(matched("", &"(".repeat(MAX_CAPTURES + 1)), Err(PatternError::TooManyCaptures));
}

#[test]
fn errors_only_where_matching_gets() {
    assert_eq!(matched("aaa", "b%"), Ok(None));
    assert_eq!(matched("aaa", "(b[c"), Ok(None));
    assert_eq!(matched("aaa", "a$%1"), Ok(None));
    assert_eq!(matched("aaa", &format!("b{}", "(".repeat(99))), Ok(None));
}

#[test]
fn captures_survive_backtracking() {
    let values = |texts: &[&str]| Ok(Some(texts.iter().map(|text| text.to_string()).collect::<Vec<_>>()));
    assert_eq!(matched("aaaa1", "(a*)(a)(%d)"), values(&["aaa", "a", "1"]));
    assert_eq!(matched("abcabcd", "(.*)(abcd)"), values(&["abc", "abcd"]));
    assert_eq!(matched("xay", "(x?)(x?)(a)()"), values(&["x", "", "a", "3"]));
}

#[test]
fn searches_go_on_from_a_position() {
    let mut work = Workspace::default();
    let mut matcher = Matcher::new(b"one two", b"%a+", &mut work);
    assert_eq!(matcher.find_from(0), Ok(Some(0..3)));
    assert_eq!(matcher.find_from(3), Ok(Some(4..7)));
    assert_eq!(matcher.find_from(7), Ok(None));
    assert_eq!(matcher.find_from(8), Ok(None));
    assert_eq!(Matcher::new(b"aab", b"^b", &mut Workspace::default()).find_from(2), Ok(Some(2..3)));
    assert!(Matcher::new(b"", b"^", &mut Workspace::default()).is_anchored());
    assert_eq!(Matcher::unanchored(b"a^b", b"^b", &mut Workspace::default()).find_from(0), Ok(Some(1..3)));
    assert_eq!(Matcher::new(b"abc", b"%f[b]", &mut Workspace::default()).match_at(1), Ok(Some(1)));
    assert_eq!(Matcher::new(b"abc", b"$", &mut Workspace::default()).match_at(99), Ok(Some(3)));
}

#[test]
fn replacements() {
    let replaced = |replacement: &[u8]| {
        let subject = b"key=value";
        let mut work = Workspace::default();
        let mut matcher = Matcher::new(subject, b"(%w+)=()", &mut work);
        let whole = matcher.find_from(0).unwrap().unwrap();
        let mut out = Vec::new();
        append_replacement(replacement, subject, matcher.captures(), &whole, &mut out).map(|()| out)
    };
    assert_eq!(replaced(b"<%0|%1|%2|%%|%x>"), Ok(b"<key=|key|5|%|x>".to_vec()));
    assert_eq!(replaced(b"a%"), Ok(b"a\0".to_vec()));
    assert_eq!(replaced(b"%3"), Err(PatternError::InvalidCaptureIndex));
    let mut out = Vec::new();
    let mut work = Workspace::default();
    let mut matcher = Matcher::new(b"ab", b"a", &mut work);
    let whole = matcher.find_from(0).unwrap().unwrap();
    assert_eq!(append_replacement(b"%1%1", b"ab", matcher.captures(), &whole, &mut out), Ok(()));
    assert_eq!(out, b"aa");
}

#[test]
fn nothing_is_too_deep() {
    let subject = vec![b'a'; 1 << 20];
    for pattern in ["(.-)b%1", ".-b", "^(a*)b", "^.*.-$", "%baa"] {
        assert!(Matcher::new(&subject, pattern.as_bytes(), &mut Workspace::default()).match_at(0).is_ok(), "{pattern}");
    }
    let optional = b"a?".repeat(1 << 18);
    assert_eq!(Matcher::new(&subject, &optional, &mut Workspace::default()).match_at(0), Ok(Some(1 << 18)));
}

#[test]
fn fuel_stops_a_catastrophe() {
    let subject = vec![b'a'; 200];
    let pattern = b"a*".repeat(20).into_iter().chain(*b"b").collect::<Vec<_>>();
    let mut work = Workspace::default();
    let mut matcher = Matcher::new(&subject, &pattern, &mut work).with_fuel(1_000_000);
    assert_eq!(matcher.find_from(0), Err(PatternError::Exhausted));

    let mut work = Workspace::default();

    let mut matcher = Matcher::new(b"aaab", b"a*b", &mut work).with_fuel(100);
    assert_eq!(matcher.find_from(0), Ok(Some(0..4)));
    assert!((80..100).contains(&matcher.fuel_left()));
}
