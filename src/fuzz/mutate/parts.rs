//! The parts that bytes are made of, for each form that bytes have, and how one is put in the place of another.

use super::super::raw::Form;
use super::super::{Case, Target};
use super::{FRESH, Random, chunk, source};
use crate::generate::{Choices, Construct, Span};

/// Constructs of streams of choices that stand in lists, each of which ends by itself.
const LISTED: [Construct; 4] = ["statement", "grammar statement", "stage", "operation"];
/// How often content is fitted again because fitting it has changed what it stands for.
const FITTINGS: usize = 3;

/// What is to be known of one form of bytes.
pub(super) struct Parts {
    target: Target,
    form: Form,
}

impl Parts {
    /// The form of these bytes.
    pub(super) fn of(target: Target, bytes: &[u8]) -> Self {
        Self { target, form: Form::of(target, bytes) }
    }

    /// The constructs that these bytes stand for.
    pub(super) fn spans(&self, bytes: &[u8]) -> Vec<Span> {
        match self.form {
            Form::Choices => {
                let mut choices = Choices::recorded(bytes);
                Case::of_choices(self.target, &mut choices);
                choices.into_spans()
            }
            Form::Source => source::spans(bytes, self.form.prefix()),
            Form::Chunk => chunk::spans(bytes),
        }
    }

    /// Whether there may be any number of such constructs side by side.
    pub(super) fn is_listed(&self, construct: Construct) -> bool {
        match self.form {
            Form::Choices => LISTED.contains(&construct),
            Form::Source => true,
            // Their number stands before them.
            Form::Chunk => false,
        }
    }

    /// Bytes with `content` in the place of a construct.
    pub(super) fn replaced(&self, bytes: &[u8], span: &Span, content: &[u8]) -> Vec<u8> {
        self.fit(&bytes[..span.range.start], content, &bytes[span.range.end..], span.construct)
    }

    /// Bytes with `content` before a construct.
    pub(super) fn inserted(&self, bytes: &[u8], span: &Span, content: &[u8]) -> Vec<u8> {
        self.fit(&bytes[..span.range.start], content, &bytes[span.range.start..], span.construct)
    }

    /// Bytes with more at their end.
    pub(super) fn grown(&self, bytes: &[u8], content: &[u8]) -> Vec<u8> {
        [bytes, content].concat()
    }

    /// What a construct can be replaced by if nothing of it is wanted.
    pub(super) fn simplest(&self, span: &Span, bytes: &[u8]) -> Vec<u8> {
        match self.form {
            Form::Choices => vec![0],
            Form::Source => Vec::new(),
            Form::Chunk => vec![0; bytes[span.range.clone()].len()],
        }
    }

    /// A construct that was not there before.
    pub(super) fn fresh(&self, span: &Span, random: &mut Random) -> Vec<u8> {
        match self.form {
            Form::Choices => random.bytes(FRESH),
            Form::Source => source::fresh(span.construct, random),
            Form::Chunk => random.bytes(span.range.len()..span.range.len() + 1),
        }
    }

    /// What is before, a construct, and what is behind it.
    ///
    /// Where a construct ends in a stream of choices is said by nothing but the choices in it. So that what is behind keeps its meaning, the
    /// construct gets as many bytes as it takes here: what it leaves is cut off, what it lacks is filled up with zeros.
    fn fit(&self, before: &[u8], content: &[u8], behind: &[u8], construct: Construct) -> Vec<u8> {
        let mut content = content.to_vec();
        if self.form == Form::Choices {
            for _ in 0..FITTINGS {
                let bytes = [before, &content, behind].concat();
                let taken = self.taken(&bytes, before.len(), construct);
                let is_enough = taken <= content.len();
                content.resize(taken, 0);
                if is_enough {
                    break;
                }
            }
        }
        [before, &content, behind].concat()
    }

    /// How many bytes the construct that begins there takes.
    fn taken(&self, bytes: &[u8], start: usize, construct: Construct) -> usize {
        let ends =
            self.spans(bytes).into_iter().filter(|span| span.construct == construct && span.range.start == start);
        ends.map(|span| span.range.len()).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::bytes_of_seed;

    /// Of the statements of a program, those behind a replaced one that are still at their place, and how many there are.
    fn kept(seed: u64) -> (usize, usize) {
        let (bytes, other) = (bytes_of_seed(seed), bytes_of_seed(seed + 1000));
        let parts = Parts::of(Target::Execute, &bytes);
        let listed = |bytes: &[u8]| -> Vec<Span> {
            parts.spans(bytes).into_iter().filter(|span| span.construct == "statement").collect()
        };
        let (spans, donors) = (listed(&bytes), listed(&other));
        let (Some(span), Some(donor)) = (spans.first(), donors.last()) else { return (0, 0) };
        let replaced = parts.replaced(&bytes, span, &other[donor.range.clone()]);
        let (shift, after) = (replaced.len().wrapping_sub(bytes.len()), listed(&replaced));
        let behind: Vec<&Span> = spans.iter().filter(|other| other.range.start >= span.range.end).collect();
        let is_kept =
            |span: &&&Span| after.iter().any(|after| after.range.start == span.range.start.wrapping_add(shift));
        (behind.iter().filter(is_kept).count(), behind.len())
    }

    #[test]
    fn the_cases_of_every_target_have_parts() {
        for target in Target::ALL {
            let spans = |seed| {
                let bytes = bytes_of_seed(seed);
                Parts::of(target, &bytes).spans(&bytes)
            };
            let with_parts = (0..20).filter(|seed| !spans(*seed).is_empty()).count();
            // Library calls without right arguments have none.
            assert!(with_parts >= 6, "{target}: {with_parts} of 20");
        }
    }

    #[test]
    fn what_is_behind_a_replaced_statement_stays_what_it_was() {
        let (kept, all) = (0..40).map(kept).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert!(all > 1000, "{all}");
        // What is visible changes with a statement, and with it what later ones take.
        assert!(kept * 10 >= all * 5, "{kept} of {all}");
    }
}
