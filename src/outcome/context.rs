//! The first difference between two lists, and its surroundings as one diff.

use std::hash::Hash;

use similar::{Algorithm, ChangeTag, capture_diff_slices};

use super::{ContextLine, Side};

/// How many items are shown before the first that differs.
const BEFORE: usize = 3;
/// How many are shown from it on.
const AFTER: usize = 5;

/// The position of the first item that is not the same on both sides; one side may have ended there.
pub fn first_difference<T: PartialEq>(reference: &[T], subject: &[T]) -> Option<usize> {
    let same = reference.iter().zip(subject).take_while(|(reference, subject)| reference == subject).count();
    (same < reference.len() || same < subject.len()).then_some(same)
}

/// The items around a position, as a diff of the two sides; `show` gets an item's position and the item.
pub fn around<T: Clone + Hash + Ord>(
    reference: &[T],
    subject: &[T],
    position: usize,
    show: impl Fn(usize, &T) -> String,
) -> Vec<ContextLine> {
    let start = position.saturating_sub(BEFORE);
    let end = position.saturating_add(AFTER);
    let cut = end < reference.len().max(subject.len());
    let window = |list: &[T]| start.min(list.len())..end.min(list.len());
    let reference = reference.get(window(reference)).unwrap_or_default();
    let subject = subject.get(window(subject)).unwrap_or_default();
    let mut lines = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, reference, subject) {
        for change in operation.iter_changes(reference, subject) {
            let side = match change.tag() {
                ChangeTag::Equal => Side::Both,
                ChangeTag::Delete => Side::Reference,
                ChangeTag::Insert => Side::Subject,
            };
            let index = if side == Side::Subject { change.new_index() } else { change.old_index() };
            lines.push(ContextLine { side, text: show(start + index.unwrap_or_default(), &change.value()) });
        }
    }
    if cut {
        drop_edge(&mut lines);
    }
    lines
}

/// Takes away what looks like a difference at the end of a window only because the other side has it just beyond.
fn drop_edge(lines: &mut Vec<ContextLine>) {
    let first_difference = lines.iter().position(|line| line.side != Side::Both);
    let last_in_common = lines.iter().rposition(|line| line.side == Side::Both);
    if let (Some(difference), Some(common)) = (first_difference, last_in_common)
        && difference < common
    {
        lines.truncate(common + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_one_side_is_a_difference() {
        assert_eq!(first_difference(&[1, 2], &[1, 2]), None);
        assert_eq!(first_difference(&[1, 2], &[1]), Some(1));
        assert_eq!(first_difference::<u8>(&[], &[1]), Some(0));
        assert_eq!(first_difference(&[1, 2], &[3, 2]), Some(0));
    }

    #[test]
    fn the_surroundings_are_a_diff() {
        let reference: Vec<u32> = (0..100).collect();
        let mut subject = reference.clone();
        subject.remove(50);
        let lines = around(&reference, &subject, 50, |position, item| format!("{position}:{item}"));
        let shown: Vec<(Side, &str)> = lines.iter().map(|line| (line.side, line.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                (Side::Both, "47:47"),
                (Side::Both, "48:48"),
                (Side::Both, "49:49"),
                (Side::Reference, "50:50"),
                (Side::Both, "51:51"),
                (Side::Both, "52:52"),
                (Side::Both, "53:53"),
                (Side::Both, "54:54"),
            ]
        );
    }
}
