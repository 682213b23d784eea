//! Addresses taken out of what a run produced, so that two runs can be compared.
//!
//! `table: 0x55d0c8a4e2b0` says two things: that it is a table, and which one. The address differs from run to run, the
//! identity does not. So addresses are replaced by numbers in the order of their first appearance, each kind of object
//! counting for itself: the output first, then the values at the end. Two runs agree after that exactly if one can be
//! turned into the other by renaming addresses. An address that is used again for a new object of the same kind counts
//! as the same object, since nothing in the text tells them apart.

use std::collections::HashMap;

use crate::engine::{CompileFailure, Ending, Run, Snapshot};

/// What stands before an address in text, and the kind of object that it belongs to. `tostring` writes the first four,
/// the `io` library the last.
const PREFIXES: [(&[u8], &str); 5] = [
    (b"table: ", "table"),
    (b"function: ", "function"),
    (b"thread: ", "thread"),
    (b"userdata: ", "userdata"),
    (b"file (", "file"),
];

/// The run with every address replaced: `table: 0x55d0c8a4e2b0` by `table: #1`, and the address of a
/// [`Snapshot::Object`] by its number.
pub fn normalise(run: &Run) -> Run {
    let mut numbering = Numbering::default();
    let output = numbering.text(&run.output);
    let ending = match &run.ending {
        Ending::Returned(values) => Ending::Returned(values.iter().map(|value| numbering.value(value)).collect()),
        Ending::Raised { value, traceback } => {
            Ending::Raised { value: numbering.value(value), traceback: numbering.text(traceback) }
        }
        Ending::Refused(message) => Ending::Refused(numbering.text(message)),
        other @ (Ending::Exited(_)
        | Ending::OverBudget
        | Ending::OverMemory
        | Ending::Crashed(_)
        | Ending::TimedOut) => other.clone(),
    };
    Run { output, ending, instructions: run.instructions }
}

/// The same for what a compiler said.
pub fn normalise_refusal(result: &Result<Vec<u8>, CompileFailure>) -> Result<Vec<u8>, CompileFailure> {
    match result {
        Err(CompileFailure::Refused(message)) => Err(CompileFailure::Refused(Numbering::default().text(message))),
        other => other.clone(),
    }
}

/// The same for a text that stands for itself.
pub fn normalise_text(text: &[u8]) -> Vec<u8> {
    Numbering::default().text(text)
}

/// The numbers given so far.
#[derive(Default)]
struct Numbering {
    /// By kind and hexadecimal address without leading zeros.
    numbers: HashMap<(String, String), u64>,
    counts: HashMap<String, u64>,
}

impl Numbering {
    fn number(&mut self, kind: &str, hexadecimal: &str) -> u64 {
        let address = hexadecimal.trim_start_matches('0');
        let counts = &mut self.counts;
        *self.numbers.entry((kind.to_owned(), address.to_owned())).or_insert_with(|| {
            let count = counts.entry(kind.to_owned()).or_default();
            *count += 1;
            *count
        })
    }

    fn value(&mut self, value: &Snapshot) -> Snapshot {
        match value {
            Snapshot::String(bytes) => Snapshot::String(self.text(bytes)),
            Snapshot::Object { kind, address } => {
                Snapshot::Object { kind: kind.clone(), address: self.number(kind, &format!("{address:x}")) }
            }
            other @ (Snapshot::Nil | Snapshot::Boolean(_) | Snapshot::Number(_)) => other.clone(),
        }
    }

    fn text(&mut self, text: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(position) = rest.windows(2).position(|pair| pair == b"0x") {
            let (before, from) = rest.split_at(position);
            out.extend_from_slice(before);
            let digits = from.iter().skip(2).take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).count();
            let (address, after) = from.split_at(2 + digits);
            let hexadecimal = address.get(2..).unwrap_or_default();
            match PREFIXES.iter().find(|(prefix, _)| digits > 0 && out.ends_with(prefix)) {
                Some((_, kind)) => {
                    let number = self.number(kind, &String::from_utf8_lossy(hexadecimal));
                    out.extend_from_slice(format!("#{number}").as_bytes());
                }
                None => out.extend_from_slice(address),
            }
            rest = after;
        }
        out.extend_from_slice(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        String::from_utf8(Numbering::default().text(text.as_bytes())).expect("was text")
    }

    #[test]
    fn addresses_are_numbered_by_first_appearance_within_their_kind() {
        assert_eq!(
            text("table: 0x20 function: 0x1f\ttable: 0x10\ntable: 0x20 thread: 0x20 file (0x7ff) userdata: 0x1"),
            "table: #1 function: #1\ttable: #2\ntable: #1 thread: #1 file (#1) userdata: #1"
        );
    }

    #[test]
    fn aliasing_survives() {
        assert_ne!(text("table: 0x20 table: 0x20"), text("table: 0x20 table: 0x30"));
        assert_eq!(text("table: 0x20 table: 0x0020"), "table: #1 table: #1");
        assert_eq!(text("table: 0x20 table: 0x30"), text("table: 0x99 table: 0x10"));
    }

    #[test]
    fn what_is_no_address_stays() {
        for kept in [
            "0x10",
            "table 0x10",
            "table: 0x",
            "table: 10",
            "userdata: (nil)",
            "stable: 0X10",
            "0",
            "",
            "table: 0",
            "0x0x0x",
        ] {
            assert_eq!(text(kept), kept);
        }
        assert_eq!(text("table: 0x10x table: 0x100xtable: 0x10"), "table: #1x table: #2xtable: #1");
    }

    #[test]
    fn values_share_the_numbers_of_the_output() {
        let object = |kind: &str, address| Snapshot::Object { kind: kind.into(), address };
        let run = Run {
            output: b"table: 0x20\n".to_vec(),
            ending: Ending::Returned(vec![
                object("table", 0x10),
                object("table", 0x20),
                object("function", 0x20),
                Snapshot::String(b"table: 0x10".to_vec()),
            ]),
            instructions: 1,
        };
        let Ending::Returned(values) = normalise(&run).ending else { panic!("another ending") };
        assert_eq!(
            values,
            [object("table", 2), object("table", 1), object("function", 1), Snapshot::String(b"table: #2".to_vec())]
        );
    }
}
