//! The child's side of process isolation: an engine served over the process's standard input and output.
//!
//! The engine may do anything to its process: write to descriptor 1, read from descriptor 0, loop for ever in C, panic,
//! die. So the protocol is moved to descriptors that no Lua program can name, a second thread watches for the parent's
//! end, and panics are caught and reported.

use std::{
    fs::File,
    io,
    os::fd::AsFd,
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use super::{
    CompileFailure, Ending, Engine, Run,
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
    let requests = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut answers = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let null = File::options().read(true).write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdin(&null)?;
    rustix::stdio::dup2_stdout(&null)?;

    let panics = PanicNote::install();
    let mut engine = make();
    write_frame(&mut answers, &Answer::Ready { engine: engine.name().to_owned() }.to_payload())?;
    for request in watch(requests) {
        let answer = match panic::catch_unwind(AssertUnwindSafe(|| answer(engine.as_mut(), &request))) {
            Ok(answer) => answer,
            Err(_) => {
                engine = make();
                crashed(&request, panics.take())
            }
        };
        write_frame(&mut answers, &answer.to_payload())?;
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

/// The requests, read by a thread that ends the process if the engine does not come back after the parent has closed
/// its end.
fn watch(mut stream: File) -> mpsc::Receiver<Request> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(payload)) = read_frame(&mut stream) {
            let Ok(request) = Request::from_payload(&payload) else { break };
            if sender.send(request).is_err() {
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
struct PanicNote(Arc<Mutex<String>>);

impl PanicNote {
    fn install() -> Self {
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

    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
