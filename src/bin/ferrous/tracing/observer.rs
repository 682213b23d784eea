//! An observer that shows every instruction on standard error before it is executed, and what it wrote before the next is.
//!
//! It can be interrupted as an interpreter that nobody watches. What is shown, and how, is the harness's business.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, Stderr};
use std::mem;
use std::os::unix::ffi::OsStrExt;
use std::rc::Rc;

use lockstep::engine::ferrous::shown::{label_globals, record};
use lockstep::lua::embed::standalone::{Invocation, Options};
use lockstep::lua::vm::{Interruptible, Observer, State, Stop, View};
use lockstep::report::trace::filter::Filter;
use lockstep::report::trace::listing::{Listing, SourceText};
use lockstep::report::trace::reader::Reader;
use lockstep::script;
use lockstep::trace::{Lines, Recorder, decode};

/// Shows a run.
pub struct Tracer {
    recorder: Recorder<'static>,
    /// The prototypes whose lines are known, by their keys.
    prototypes: HashSet<u64>,
    /// What the recorder has handed over.
    events: Rc<RefCell<Vec<u8>>>,
    /// Nothing, when standard error takes no more.
    reader: Option<Reader<Listing<BufWriter<Stderr>>>>,
}

impl Tracer {
    /// A tracer for a state with its libraries, in which nothing has run.
    pub fn new(state: &State, invocation: &Invocation<'_>) -> Self {
        let events = Rc::new(RefCell::new(Vec::new()));
        let taken = Rc::clone(&events);
        let sink = move |block: lockstep::trace::Block<'_>| {
            taken.borrow_mut().extend_from_slice(block.bytes);
            true
        };
        let mut recorder = Recorder::new(Box::new(sink)).with_all_operands();
        label_globals(state, &mut recorder);
        let listing = Listing::new(BufWriter::new(io::stderr()), script_text(invocation));
        Self {
            recorder,
            prototypes: HashSet::new(),
            events,
            reader: Some(Reader::new(listing, Filter::none(), Lines::default())),
        }
    }

    /// Shows what the recorder has handed over.
    fn show(&mut self) -> io::Result<()> {
        let bytes = mem::take(&mut *self.events.borrow_mut());
        let Some(reader) = &mut self.reader else { return Ok(()) };
        for event in decode(&bytes).map_err(io::Error::other)? {
            reader.event(event)?;
        }
        reader.form().flush()
    }
}

impl Observer for Tracer {
    const LOOKS: bool = true;
    const INTERRUPTS: bool = true;

    fn before_instruction(&mut self) -> Result<(), Stop> {
        Ok(())
    }

    fn look(&mut self, view: &View<'_>) -> Result<(), Stop> {
        // At once, so that what the program writes to standard error is between the right instructions.
        record(&mut self.recorder, view).and_then(|()| self.recorder.finish()).map_err(|_| Stop)?;
        if let Some(reader) = &mut self.reader
            && self.prototypes.insert(view.prototype_key())
        {
            reader.lines().add(&(&**view.prototype()).into());
        }
        if self.show().is_err() {
            self.reader = None;
        }
        Ok(())
    }

    fn wants_interrupt(&self) -> bool {
        Interruptible.wants_interrupt()
    }

    fn interrupted(&mut self) {
        Interruptible.interrupted();
    }
}

/// The text of the script, unless it comes from something that can be read only once.
fn script_text(invocation: &Invocation<'_>) -> Option<SourceText> {
    let place = Options::of(invocation.arguments).ok()?.script?;
    let path: &OsStr = OsStr::from_bytes(invocation.arguments.get(place)?);
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let program = script::read(path.as_ref(), &[]).ok()?;
    (!program.is_binary()).then_some(SourceText { name: program.name, text: program.chunk })
}
