//! The worker's side of a campaign: cases judged in this process, which may die of any of them.
//!
//! The protocol is moved to descriptors that no Lua program can name, a second thread watches for the campaign's end, and a third one with
//! enough stack judges. A panic of the judge itself ends the process: nobody knows what state it has left behind.

use std::io::{self, Write};
use std::thread;

use super::judge::Judge;
use super::wire::{Answer, Judged, Request};
use crate::engine::reference::STACK_SIZE;
use crate::engine::{own_streams, watch, write_frame};
use crate::fuzz::{Case, Target};
use crate::generate::{bytes_of_seed, case_seed};

/// The stack of the thread that judges: what the reference needs, and as much for the rest.
const STACK: usize = 2 * STACK_SIZE;

/// Judges what is asked for on standard input until that ends. `make` makes the judge, in the thread that it works in.
///
/// # Errors
/// When the descriptors cannot be set up, the judge cannot be made, or the campaign can no longer be written to.
pub fn serve<J: Judge>(make: impl FnOnce() -> io::Result<J> + Send + 'static) -> io::Result<()> {
    let (requests, answers) = own_streams()?;
    let judging = move || answer_all(watch(requests), answers, make);
    let thread = thread::Builder::new().stack_size(STACK).spawn(judging)?;
    thread.join().map_err(|_| io::Error::other("the judge panicked"))?
}

fn answer_all<J: Judge>(
    requests: impl IntoIterator<Item = Vec<u8>>,
    mut answers: impl Write,
    make: impl FnOnce() -> io::Result<J>,
) -> io::Result<()> {
    let mut judge = make()?;
    write_frame(&mut answers, &serde_json::to_vec(&Answer::Ready)?)?;
    for payload in requests {
        let Request { target, series, first, count } = serde_json::from_slice(&payload)?;
        let target = Target::from_name(&target).ok_or_else(|| io::Error::other("there is no such target"))?;
        for index in first..first.saturating_add(count) {
            let judged = judged(&mut judge, target, series, index);
            write_frame(&mut answers, &serde_json::to_vec(&Answer::Judged(judged))?)?;
        }
    }
    Ok(())
}

fn judged(judge: &mut impl Judge, target: Target, series: u64, index: u64) -> Judged {
    let case = Case::of_bytes(target, &bytes_of_seed(case_seed(series, index)));
    let rules = case.rules.iter().map(|(rule, count)| (rule.name().to_owned(), count)).collect();
    Judged { verdict: judge.judge(target, &case.input), rules }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::Input;
    use crate::oracle::Verdict;

    /// Finds all claims broken, by how long the program is.
    struct ByLength;

    fn length(input: &Input) -> String {
        input.as_program().map_or(0, |program| program.chunk.len()).to_string()
    }

    impl Judge for ByLength {
        fn judge(&mut self, target: Target, input: &Input) -> Verdict {
            Verdict::broken(target.name(), &length(input), "long", "all of it")
        }
    }

    fn answers(requests: &[Request]) -> (io::Result<()>, Vec<Answer>) {
        let requests: Vec<Vec<u8>> =
            requests.iter().map(|request| serde_json::to_vec(request).expect("encoded")).collect();
        let mut written = Vec::new();
        let result = answer_all(requests, &mut written, || Ok(ByLength));
        let mut rest = written.as_slice();
        let mut answers = Vec::new();
        while let Some((head, tail)) = rest.split_first_chunk() {
            let (payload, tail) = tail.split_at(u64::from_le_bytes(*head) as usize);
            answers.push(serde_json::from_slice(payload).expect("JSON"));
            rest = tail;
        }
        (result, answers)
    }

    fn request(target: &str, first: u64, count: u64) -> Request {
        Request { target: target.into(), series: 1, first, count }
    }

    #[test]
    fn there_is_an_answer_for_each_case_in_its_order() {
        let (result, answers) = answers(&[request("parse", 5, 2), request("execute", 9, 1)]);
        result.expect("served");
        assert_eq!((answers.len(), &answers[0]), (4, &Answer::Ready));
        for (answer, (target, index)) in answers[1..].iter().zip([("parse", 5), ("parse", 6), ("execute", 9)]) {
            let Answer::Judged(judged) = answer else { panic!("{answer:?}") };
            let of = Target::from_name(target).expect("there is one");
            let case = Case::of_bytes(of, &bytes_of_seed(case_seed(1, index)));
            let fingerprint = judged.verdict.finding().expect("a finding").fingerprint.clone();
            assert_eq!(fingerprint, format!("{target}: {}", length(&case.input)));
            // Programs have rules; most source text has none.
            assert!(target == "parse" || judged.rules["addresses"] > 0);
        }
    }

    #[test]
    fn what_makes_no_sense_ends_it() {
        assert!(answers(&[request("nothing", 0, 1)]).0.is_err());
        let nobody = || Err::<ByLength, _>(io::Error::other("nobody"));
        assert!(answer_all([], Vec::new(), nobody).is_err());
        assert!(answer_all([b"{".to_vec()], Vec::new(), || Ok(ByLength)).is_err());
    }
}
