//! The child's side of process isolation: an engine served over the process's standard input and output.
//!
//! The engine may do anything to its process: write to descriptor 1, read from descriptor 0, loop for ever in C, panic,
//! die. So the protocol is moved to descriptors that no Lua program can name, a second thread watches for the parent's
//! end, and panics are caught and reported.

use std::{
    fs::File,
    io::{self, Write},
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use super::{
    CompileFailure, Ending, Engine, Run,
    own_streams::own_streams,
    worker_wire::{Answer, Request, Wire, read_frame, write_frame},
};

/// How long an engine may go on after the parent has gone.
const GRACE: Duration = Duration::from_millis(200);

/// Serves engines made by `make` until standard input ends. A new engine is made after a panic, since the old one may
/// be in any state.
///
/// # Errors
/// When the descriptors cannot be set up, or the parent can no longer be written to.
pub fn serve(make: impl Fn() -> Box<dyn Engine>) -> io::Result<()> {
    let (requests, mut answers) = own_streams()?;
    let requests = watch(requests).into_iter().map_while(|payload| Request::from_payload(&payload).ok());
    answer_all(requests, &mut answers, make, &PanicNote::install())
}

/// Says that the engine is ready, and answers each request.
fn answer_all(
    requests: impl IntoIterator<Item = Request>,
    answers: &mut impl Write,
    make: impl Fn() -> Box<dyn Engine>,
    panics: &PanicNote,
) -> io::Result<()> {
    let mut engine = make();
    write_frame(answers, &Answer::Ready { engine: engine.name().to_owned() }.to_payload())?;
    for request in requests {
        let answer = match panic::catch_unwind(AssertUnwindSafe(|| answer(engine.as_mut(), &request))) {
            Ok(answer) => answer,
            Err(_) => {
                engine = make();
                crashed(&request, panics.take())
            }
        };
        write_frame(answers, &answer.to_payload())?;
    }
    Ok(())
}

fn answer(engine: &mut dyn Engine, request: &Request) -> Answer {
    match request {
        Request::Compile { source, name } => Answer::Compiled(engine.compile(source, name)),
        Request::Run { program, limits } => Answer::Ran(engine.run(program, limits)),
    }
}

fn crashed(request: &Request, note: String) -> Answer {
    match request {
        Request::Compile { .. } => Answer::Compiled(Err(CompileFailure::Crashed(note))),
        Request::Run { .. } => Answer::Ran(Run { output: Vec::new(), ending: Ending::Crashed(note), instructions: 0 }),
    }
}

/// The requests' frames, read by a thread that ends the process if nobody comes back for the next one after the parent has closed
/// its end.
pub(crate) fn watch(mut stream: File) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(payload)) = read_frame(&mut stream) {
            if sender.send(payload).is_err() {
                break;
            }
        }
        // An idle main thread now sees the channel closed and returns; one that is stuck in the engine cannot be asked.
        drop(sender);
        thread::sleep(GRACE);
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    });
    receiver
}

/// The message and place of the last panic.
#[derive(Default)]
pub(crate) struct PanicNote(Arc<Mutex<String>>);

impl PanicNote {
    /// Keeps notes instead of printing them, from now on, in the whole process.
    pub(crate) fn install() -> Self {
        let note = Arc::new(Mutex::new(String::new()));
        let written = Arc::clone(&note);
        panic::set_hook(Box::new(move |info| {
            let message = info.payload_as_str().unwrap_or("no message");
            let place =
                info.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
            *written.lock().unwrap_or_else(PoisonError::into_inner) = format!("panic{place}: {message}");
        }));
        Self(note)
    }

    /// The note, which is then forgotten.
    pub(crate) fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Limits, Program};

    /// Panics over the source `panic`, and counts what it has compiled since it was made.
    struct Fragile(u8);

    impl Engine for Fragile {
        fn name(&self) -> &str {
            "fragile"
        }

        fn compile(&mut self, source: &[u8], _name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
            assert_ne!(source, b"panic", "this panic is expected");
            self.0 += 1;
            Ok(vec![self.0])
        }

        fn run(&mut self, _program: &Program, _limits: &Limits) -> Run {
            panic!("this panic is expected")
        }
    }

    #[test]
    fn a_panic_is_an_answer_and_the_engine_is_replaced() {
        let compile = |source: &[u8]| Request::Compile { source: source.to_vec(), name: Vec::new() };
        let program = Program { chunk: Vec::new(), name: Vec::new(), arguments: Vec::new(), script: Vec::new() };
        let requests = [
            compile(b""),
            compile(b""),
            compile(b"panic"),
            compile(b""),
            Request::Run { program, limits: Limits::default() },
            compile(b""),
        ];
        let mut written = Vec::new();
        answer_all(requests, &mut written, || Box::new(Fragile(0)), &PanicNote::default()).expect("written");
        let mut stream = written.as_slice();
        let mut answers = Vec::new();
        while let Some(payload) = read_frame(&mut stream).expect("whole frames") {
            answers.push(Answer::from_payload(&payload).expect("an answer"));
        }
        let ending = Ending::Crashed(String::new());
        assert_eq!(
            answers,
            [
                Answer::Ready { engine: "fragile".into() },
                Answer::Compiled(Ok(vec![1])),
                Answer::Compiled(Ok(vec![2])),
                Answer::Compiled(Err(CompileFailure::Crashed(String::new()))),
                Answer::Compiled(Ok(vec![1])),
                Answer::Ran(Run { output: Vec::new(), ending, instructions: 0 }),
                Answer::Compiled(Ok(vec![1])),
            ]
        );
    }
}
