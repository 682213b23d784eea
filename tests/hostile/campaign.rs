//! Many cases run one after the other on a thread with a small stack, watched by the clock.
//!
//! A case is written to a file before it runs, so that it is there even when the process does not outlive it.

use std::{
    any::Any,
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::random::Random;
use crate::victim::{End, Victim};

/// How many cases there are if the environment does not say.
const DEFAULT_CASES: u64 = 5_000;
/// The stack of the thread that runs the cases.
const STACK: usize = 512 << 10;
/// For one case. Most take less than a millisecond. The longest, a second or two, make a new table of a megabyte with every other
/// instruction. The rest is for busy machines.
const PATIENCE: Duration = Duration::from_secs(15);
/// More failures than these are not collected.
const MOST_FAILURES: usize = 20;

/// What a campaign came to.
#[derive(Default)]
pub struct Tally {
    pub cases: u64,
    pub ends: BTreeMap<End, u64>,
    /// What failed, and the files to repeat it with.
    pub failures: Vec<String>,
}

impl Tally {
    /// Whether at least so many of 100 cases got past the loader; a few cases, when one is repeated, say nothing about that.
    pub fn accepts(&self, per_cent: u64) -> bool {
        let refused = self.ends.get(&End::Refused).copied().unwrap_or(0);
        self.cases < 1000 || (self.cases - refused) * 100 >= self.cases * per_cent
    }
}

/// The value of a number in the environment.
fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

fn path_of_case(campaign: &str, what: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("hostile-{campaign}-{what}.case"))
}

/// Makes and runs the random cases of a campaign: `LOCKSTEP_HOSTILE_CASES` of them, from `LOCKSTEP_HOSTILE_SEED` on if
/// that is set. Case `n` depends on `seed + n` and nothing else.
///
/// # Panics
/// As [`run_numbered`].
pub fn run(campaign: &'static str, seed: u64, make: impl Fn(&mut Random) -> Vec<u8> + Send + 'static) -> Tally {
    let seed = setting("LOCKSTEP_HOSTILE_SEED").unwrap_or(seed);
    let cases = setting("LOCKSTEP_HOSTILE_CASES").unwrap_or(DEFAULT_CASES);
    run_numbered(campaign, seed, cases, move |number| make(&mut Random::new(number)))
}

/// Makes and runs `count` cases, numbered from `first` on.
///
/// # Panics
/// When a case does, naming the files that hold such cases. A case that takes too long, or more stack than there is, ends
/// the process; its file is left behind.
pub fn run_numbered(
    campaign: &'static str,
    first: u64,
    count: u64,
    make: impl Fn(u64) -> Vec<u8> + Send + 'static,
) -> Tally {
    assert!(count > 0, "no case is no test");
    let start = Instant::now();
    let work = move || {
        let watch = Watch::start(campaign);
        let victim = Victim::new();
        let mut tally = Tally::default();
        for number in (0..count).map(|step| first.wrapping_add(step)) {
            let case = make(number);
            watch.begin(number, &case);
            tally.cases += 1;
            match catch_unwind(AssertUnwindSafe(|| victim.run(&case, number % 2 == 0))) {
                Ok(end) => *tally.ends.entry(end).or_insert(0) += 1,
                Err(panic) => tally.failures.push(keep(campaign, number, &case, &*panic)),
            }
            if tally.failures.len() >= MOST_FAILURES {
                break;
            }
        }
        (tally, watch.end())
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread starts");
    let (tally, (time, slowest)) = thread.join().expect("panics are caught");
    let (Tally { cases, ends, failures }, elapsed) = (&tally, start.elapsed());
    println!(
        "{campaign}: {cases} cases from {first} on in {elapsed:?}: {ends:?}; the slowest, {slowest}, took {time:?}"
    );
    assert!(failures.is_empty(), "{} cases failed:\n{}", failures.len(), failures.join("\n"));
    tally
}

/// Keeps a case that failed, and says where.
fn keep(campaign: &str, number: u64, case: &[u8], panic: &(dyn Any + Send)) -> String {
    let path = path_of_case(campaign, &number.to_string());
    fs::write(&path, case).expect("the folder for temporary files is writable");
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default();
    format!("case {number}: {text} ({})", path.display())
}

/// Ends the process when a case takes too long: there is no other way to stop a thread.
struct Watch {
    path: PathBuf,
    current: Arc<Mutex<(u64, Instant)>>,
    slowest: Mutex<(Duration, u64)>,
    /// Closed to send the watching thread home.
    alive: mpsc::Sender<()>,
}

impl Watch {
    fn start(campaign: &'static str) -> Self {
        let path = path_of_case(campaign, "current");
        let current = Arc::new(Mutex::new((0, Instant::now())));
        let (alive, ended) = mpsc::channel::<()>();
        let (watched, file) = (Arc::clone(&current), path.clone());
        thread::spawn(move || {
            while ended.recv_timeout(Duration::from_millis(50)) == Err(mpsc::RecvTimeoutError::Timeout) {
                let (number, start) = *watched.lock().expect("nobody panics under the lock");
                if start.elapsed() > PATIENCE {
                    let place = file.display();
                    // Not `eprintln!`, whose output the test harness would keep for an end that does not come.
                    let _ = writeln!(io::stderr(), "{campaign}: case {number} takes too long: {place}");
                    process::exit(1);
                }
            }
        });
        Self { path, current, slowest: Mutex::default(), alive }
    }

    fn begin(&self, number: u64, case: &[u8]) {
        fs::write(&self.path, case).expect("the folder for temporary files is writable");
        let mut current = self.current.lock().expect("nobody panics under the lock");
        self.note(*current);
        *current = (number, Instant::now());
    }

    fn note(&self, (number, start): (u64, Instant)) {
        let mut slowest = self.slowest.lock().expect("nobody panics under the lock");
        *slowest = (*slowest).max((start.elapsed(), number));
    }

    /// Stops watching; gives how long the slowest case took, and its number.
    fn end(self) -> (Duration, u64) {
        self.note(*self.current.lock().expect("nobody panics under the lock"));
        drop(self.alive);
        // Every case came to an end.
        let _ = fs::remove_file(&self.path);
        self.slowest.into_inner().expect("nobody panics under the lock")
    }
}
