//! The worker's side of a campaign: cases judged in this process, which may die of any of them.
//!
//! The protocol is moved to descriptors that no Lua program can name, a second thread watches for the campaign's end, and a third one with
//! enough stack judges. A panic of the judge itself ends the process: nobody knows what state it has left behind.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::judge::Judge;
use super::wire::{Answer, Judged, Request, Said, read, write};
use crate::engine::own_streams;
use crate::engine::reference::STACK_SIZE;
use crate::fuzz::{Case, Input, Target};
use crate::generate::{bytes_of_seed, case_seed};

/// How long a case may go on after the campaign has gone.
const GRACE: Duration = Duration::from_millis(200);

/// The stack of the thread that judges: what the reference needs, and as much for the rest.
const STACK: usize = 2 * STACK_SIZE;

/// The place of a case.
fn case(target: Target, series: u64, index: u64) -> Case {
    Case::of_bytes(target, &bytes_of_seed(case_seed(series, index)))
}

/// The input of a case of a campaign.
pub fn input(target: Target, series: u64, index: u64) -> Input {
    case(target, series, index).input
}

/// Judges what is asked for on standard input until that ends. `make` makes the judge, in the thread that it works in.
///
/// # Errors
/// When the descriptors cannot be set up, the judge cannot be made, or the campaign can no longer be written to.
pub fn serve<J: Judge>(make: impl FnOnce() -> io::Result<J> + Send + 'static) -> io::Result<()> {
    let (requests, answers) = own_streams()?;
    let requests = watch(requests);
    let judging = thread::Builder::new().stack_size(STACK).spawn(move || answer_all(requests, answers, make))?;
    judging.join().map_err(|_| io::Error::other("the judge panicked"))?
}

fn answer_all<J: Judge>(
    requests: impl IntoIterator<Item = Request>,
    mut answers: impl Write,
    make: impl FnOnce() -> io::Result<J>,
) -> io::Result<()> {
    let mut judge = make()?;
    write(&mut answers, &Answer::Ready)?;
    for request in requests {
        for turn in 0..request.answers() {
            write(&mut answers, &Answer::Judged(judged(&mut judge, &request, turn)))?;
        }
    }
    Ok(())
}

fn judged(judge: &mut impl Judge, request: &Request, turn: u64) -> Judged {
    let Some(target) = request.target() else {
        return Judged { said: Said::harness("there is no such target"), rules: Default::default() };
    };
    match request {
        Request::Program { chunk, name, .. } => {
            Judged::of(&judge.judge(target, &Input::program(chunk.clone(), name)))
        }
        Request::Cases { series, first, .. } => {
            let case = case(target, *series, first + turn);
            let rules = case.rules.iter().map(|(rule, count)| (rule.name().to_owned(), count)).collect();
            Judged { said: Said::of(&judge.judge(target, &case.input)), rules }
        }
    }
}

/// The requests, read by a thread that ends the process if a case does not come to its end after the campaign has gone.
fn watch(stream: File) -> mpsc::Receiver<Request> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        while let Ok(Some(request)) = read(&mut stream) {
            if sender.send(request).is_err() {
                break;
            }
        }
        // An idle judge now sees the channel closed and returns; one that is stuck in a case cannot be asked.
        drop(sender);
        thread::sleep(GRACE);
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::Verdict;

    /// Finds that claims about empty programs hold, and all others broken by how long they are.
    struct ByLength;

    impl Judge for ByLength {
        fn judge(&mut self, target: Target, input: &Input) -> Verdict {
            match input.as_program().map_or(0, |program| program.chunk.len()) {
                0 => Verdict::Holds,
                length => Verdict::broken(target.name(), &length.to_string(), "long", "all of it"),
            }
        }
    }

    #[test]
    fn there_is_an_answer_for_each_case() {
        let name = || "@x".to_owned();
        let requests = [
            Request::Program { target: "parse".into(), chunk: Vec::new(), name: name() },
            Request::Cases { target: "parse".into(), series: 1, first: 5, count: 3 },
            Request::Program { target: "nothing".into(), chunk: Vec::new(), name: name() },
        ];
        let mut written = Vec::new();
        answer_all(requests, &mut written, || Ok(ByLength)).expect("written");
        let mut reader = written.as_slice();
        let answers: Vec<Answer> = std::iter::from_fn(|| read(&mut reader).expect("it is JSON")).collect();
        assert_eq!((answers.len(), &answers[0]), (6, &Answer::Ready));
        let said = |answer: &Answer| match answer {
            Answer::Judged(judged) => judged.said.clone(),
            Answer::Ready => panic!("not again"),
        };
        assert_eq!(said(&answers[1]), Said::Holds);
        for (answer, index) in answers[2..5].iter().zip(5..) {
            let length = input(Target::Parse, 1, index).as_program().expect("a program").chunk.len();
            let Said::Broken { fingerprint, .. } = said(answer) else { panic!("{answer:?}") };
            assert_eq!(fingerprint, format!("parse: {length}"));
            let Answer::Judged(judged) = answer else { panic!("{answer:?}") };
            assert!(judged.rules["addresses"] > 0);
        }
        assert_eq!(said(&answers[5]), Said::harness("there is no such target"));
    }

    #[test]
    fn a_judge_that_cannot_be_made_is_an_error() {
        let nobody = || Err::<ByLength, _>(io::Error::other("nobody"));
        assert!(answer_all([], Vec::new(), nobody).is_err());
    }
}
