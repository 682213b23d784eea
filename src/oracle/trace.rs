//! Every instruction of a chunk takes and writes the same on both VMs.
//!
//! Formally: for a chunk *c* and limits *l*, let *t(c, l)* be the sequence of events of a run, one pair for every instruction
//! that is counted: thread, depth, function, place, word and what it takes (operands by value, objects by the order of their
//! first appearance), and how it ended with the registers that it wrote. The claim holds if both VMs' sequences are equal, up to the end
//! of the run or of its budget.
//!
//! Both VMs run the same chunk: the one that the given compiler, the reference's, makes of a source. So a finding is about the VM or
//! a library, never about the compiler (`bytecode`). Not looked at: what is printed or returned, how a run ends when no instruction
//! tells (`execute`), registers that no instruction wrote, and memory. A program that is refused says nothing; so does a
//! run that a memory bound cuts off, if nothing but its length differs, and one that does not do the same when it is repeated.
//! Results of library functions that are another engine's own ([`FREE`]) cannot be kept out of a trace: a run that differs there first says
//! nothing, by the name of the rule.
//!
//! [`in_process`] gives tracers in threads of this process for both engines. The reference runs one program at a time in a process, and
//! a trace goes on only as fast as both sides are read: at most one of the two sides may be the reference of this process,
//! or both wait for ever. Two references, or programs that may kill theirs, need a `ProcessTracer`.

use std::io;

use super::panics::caught;
use super::{Finding, Silence, Verdict};
use crate::diagnose::{Compiled, Divergence, Located, Subject, error_class, fingerprint, locate};
use crate::engine::select::{Tracer, tracer};
use crate::engine::{CompileFailure, Ending, Engine, Limits, Program, ThreadTracer, TraceEngine, TraceOrder};
use crate::trace::Field;

/// The oracle's name.
pub const NAME: &str = "trace";

/// The functions that engines are free in, each with what they may give as they like, and the name of the rule that says so.
const FREE: [(&str, &str, &str); 7] = [
    ("package.loadlib", "string", "dynamic-libraries"),
    ("collectgarbage", "number", "memory-account"),
    ("gcinfo", "number", "memory-account"),
    ("os.clock", "number", "clock"),
    ("os.time", "number", "clock"),
    ("os.date", "string", "clock"),
    ("os.tmpname", "string", "temporary-name"),
];

/// The rule by which a difference with this fingerprint says nothing.
fn rule(fingerprint: &str) -> Option<&'static str> {
    let (called, what) = fingerprint.split_once(": gives another ")?;
    let (function, _) = called.split_once('(')?;
    FREE.iter().find(|(free, given, _)| *free == function && *given == what).map(|(.., rule)| *rule)
}

/// The VMs of an engine that decides and one that is tested, and the compiler that makes chunks for both.
pub struct Machines<'e> {
    pub compiler: &'e mut dyn Engine,
    pub reference: &'e dyn TraceEngine,
    pub tested: &'e dyn TraceEngine,
}

/// The tracer of the engine with this name, in threads of this process; `None` if there is no such engine.
pub fn in_process(name: &str) -> Option<ThreadTracer<Tracer>> {
    tracer(name).map(|tracer| ThreadTracer::new(name, tracer))
}

/// Whether both VMs do the same with every instruction of a program.
pub fn check(machines: &mut Machines<'_>, program: &Program, limits: &Limits) -> Verdict {
    caught(NAME, || {
        let chunk = match compiled(machines, program) {
            Ok(chunk) => chunk,
            Err(silence) => return Verdict::SaysNothing(silence),
        };
        let subject = |engine| Subject { engine, program: &chunk };
        match locate(subject(machines.reference), subject(machines.tested), limits) {
            Ok(Located::Same { .. }) => Verdict::Holds,
            Ok(Located::Flaky { .. }) => Verdict::SaysNothing(Silence::NotRepeatable),
            Ok(Located::Diverged(divergence)) => diverged(machines, chunk, divergence, limits),
            Err(error) => broke_off(machines, &error),
        }
    })
}

fn compiled(machines: &mut Machines<'_>, program: &Program) -> Result<Program, Silence> {
    if program.is_binary() {
        return Ok(program.clone());
    }
    match machines.compiler.compile(&program.chunk, &program.name) {
        Ok(chunk) => Ok(Program { chunk, ..program.clone() }),
        Err(CompileFailure::Refused(_)) => Err(Silence::Refused),
        Err(CompileFailure::OverMemory) => Err(Silence::Memory(machines.compiler.name().to_owned())),
        Err(CompileFailure::Crashed(note)) => Err(Silence::ReferenceCrashed(note)),
        Err(CompileFailure::TimedOut) => Err(Silence::ReferenceTimedOut),
    }
}

/// A run that broke off: the tested engine's is a finding.
fn broke_off(machines: &Machines<'_>, error: &io::Error) -> Verdict {
    let text = error.to_string();
    match text.strip_prefix(&format!("{}: ", machines.tested.name())) {
        Some(how) => Verdict::broken(NAME, &format!("broke off: {}", error_class(how.as_bytes())), how, "in the run"),
        None => Verdict::SaysNothing(Silence::Harness(text)),
    }
}

fn diverged(machines: &Machines<'_>, chunk: Program, divergence: Box<Divergence>, limits: &Limits) -> Verdict {
    if matches!(divergence.field, Field::Length | Field::How(..))
        && let Some(silence) = cut_off(machines, &chunk, limits)
    {
        return Verdict::SaysNothing(silence);
    }
    let what = format!(
        "instruction {}{}: {:?}",
        divergence.culprit,
        divergence.callee.as_deref().map(|callee| format!(", a call of {callee}")).unwrap_or_default(),
        divergence.field
    );
    let place = place_of(&divergence);
    let compiled = Compiled::Accepted { reference: chunk.clone(), tested: chunk, difference: None };
    let fingerprint = fingerprint(&compiled, Some(&Located::Diverged(divergence)));
    let fingerprint = fingerprint.unwrap_or_else(|| NAME.to_owned()).replace('\n', " ");
    if let Some(rule) = rule(&fingerprint) {
        return Verdict::SaysNothing(Silence::NotCompared(rule.into()));
    }
    Verdict::Broken(Box::new(Finding { oracle: NAME.into(), what, place, fingerprint }))
}

fn place_of(divergence: &Divergence) -> String {
    match divergence.left.moment(divergence.culprit) {
        Some(moment) => {
            let (facts, pc) = (&moment.facts, moment.pc);
            let line = facts.lines.get(pc as usize).copied().unwrap_or_default();
            format!("in the function of line {}, line {line}, pc {pc}", facts.line_defined)
        }
        None => format!("at instruction {}", divergence.culprit),
    }
}

/// Why the runs' ends say nothing, if a bound or the reference itself cut one of them off.
fn cut_off(machines: &Machines<'_>, chunk: &Program, limits: &Limits) -> Option<Silence> {
    for engine in [machines.reference, machines.tested] {
        let order = TraceOrder::digests(chunk.clone(), *limits);
        let ending = engine.start(&order).and_then(|run| run.finish()).ok()?.run.ending;
        match ending {
            Ending::OverMemory => return Some(Silence::Memory(engine.name().to_owned())),
            Ending::Crashed(note) if engine.name() == machines.reference.name() => {
                return Some(Silence::ReferenceCrashed(note));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::smoke::{self, program};
    use super::super::wrong::fingerprint_of;
    use super::*;
    use crate::engine::ferrous::{FerrousEngine, Meddler};
    use crate::engine::reference::ReferenceEngine;
    use crate::engine::{Run, Snapshot};
    use crate::lua::bytecode::Opcode;
    use crate::lua::heap::Value;
    use crate::lua::vm::View;
    use crate::trace::Recorder;

    /// Sets a register when the instruction after one with this opcode is to come.
    #[derive(Clone)]
    struct After {
        opcode: Opcode,
        value: Value,
        /// The register that the last such instruction wrote.
        due: Option<u8>,
    }

    impl Meddler for After {
        fn meddle(&mut self, view: &View<'_>) -> Option<(u8, Value)> {
            if let Some(register) = self.due.take() {
                return Some((register, self.value));
            }
            self.due = Some(view.word()).filter(|word| word.opcode() == Some(self.opcode)).map(|word| word.a() as u8);
            // Asked again before the next instruction, and not before this one.
            None
        }
    }

    fn verdict_on(source: &str, tested: &dyn TraceEngine, limits: Limits) -> Verdict {
        let reference = in_process("reference").expect("there is one");
        let mut compiler = ReferenceEngine::new();
        let mut machines = Machines { compiler: &mut compiler, reference: &reference, tested };
        check(&mut machines, &program(source), &limits)
    }

    fn changed(
        source: &str,
        change: impl Fn(&Program, &Limits, &mut Recorder<'_>) -> Run + Clone + Send + 'static,
    ) -> Verdict {
        verdict_on(source, &ThreadTracer::new("wrong", change), smoke::LIMITS)
    }

    fn meddled(source: &str, opcode: Opcode, value: Value) -> Option<String> {
        let meddler = After { opcode, value, due: None };
        fingerprint_of(&changed(source, move |program, limits, recorder| {
            FerrousEngine::new().trace_meddled(program, limits, recorder, meddler.clone())
        }))
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let add = "local a = 1 local b = a + 2 local c = b return c";
        let another = Some("ADD(number,number): gives another number".to_owned());
        assert_eq!(meddled(add, Opcode::Add, Value::number(7.0)), another);
        let nil = Some("ADD(number,number): gives number against nil".to_owned());
        assert_eq!(meddled(add, Opcode::Add, Value::NIL), nil);
        let called = "local n = math.floor(1.5) local m = n return m";
        let floor = Some("math.floor(number): gives another number".to_owned());
        assert_eq!(meddled(called, Opcode::Call, Value::number(7.0)), floor);

        // It is another program that runs: one instruction less, another branch.
        let runs = |source: &'static str| {
            move |order: &Program, limits: &Limits, recorder: &mut Recorder<'_>| {
                let chunk = FerrousEngine::new().compile(source.as_bytes(), &order.name).expect("it compiles");
                FerrousEngine::new().trace(&Program { chunk, ..order.clone() }, limits, recorder)
            }
        };
        assert!(changed(add, runs("local a = 1 local b = a + 2 return b")).finding().is_some());
        assert!(changed(add, runs(add)).finding().is_none());
    }

    #[test]
    fn an_engine_that_breaks_off_is_found() {
        let verdict = changed("return 1", |_, _, _| panic!("this panic is expected"));
        assert_eq!(
            fingerprint_of(&verdict).as_deref(),
            Some("LOADK(number): one ends, panicked: this panic is expected")
        );
    }

    #[test]
    fn what_puts_nothing_to_the_test_says_nothing() {
        let ferrous = in_process("ferrous").expect("there is one");
        let said = |source, limits| verdict_on(source, &ferrous, limits);
        assert_eq!(said("x = =", smoke::LIMITS), Verdict::SaysNothing(Silence::Refused));
        assert_eq!(said("local t = {} return #t", smoke::LIMITS), Verdict::Holds);
        let small = Limits { instructions: 100, ..smoke::LIMITS };
        assert_eq!(said("while true do end", small), Verdict::Holds);
        let memory = changed("local s = 'x' return s .. s", |program, limits, recorder| {
            let chunk = FerrousEngine::new().compile(b"local s = 'x'", &program.name).expect("it compiles");
            let run = FerrousEngine::new().trace(&Program { chunk, ..program.clone() }, limits, recorder);
            assert_eq!(run.ending, Ending::Returned(Vec::<Snapshot>::new()));
            Run { ending: Ending::OverMemory, ..run }
        });
        assert!(memory.finding().is_some(), "code that is not the same is no matter of memory: {memory}");
        let free = |source| match said(source, smoke::LIMITS) {
            Verdict::SaysNothing(silence) => silence.word().to_owned(),
            other => panic!("{source}: {other}"),
        };
        assert_eq!(free("local a, b = package.loadlib('no/such/library', 'f') return a"), "dynamic-libraries");
        assert_eq!(free("local k = collectgarbage('count') return k"), "memory-account");
        assert_eq!(free("local k = gcinfo() return k"), "memory-account");
        assert_eq!(free("local k = os.tmpname() os.remove(k)"), "temporary-name");
        assert_eq!(rule("os.clock(number): gives another string"), None);
        assert_eq!(rule("os.clocks(): gives another number"), None);
        let bound = Limits { memory: 4 << 20, ..smoke::LIMITS };
        let grown = said("local s = 'x' for i = 1, 40 do s = s .. s end return #s", bound);
        assert!(matches!(grown, Verdict::Holds | Verdict::SaysNothing(Silence::Memory(_))), "{grown}");
    }

    #[test]
    fn smoke() {
        let mut compiler = ReferenceEngine::new();
        let (reference, tested) = (in_process("reference").expect("it is"), in_process("ferrous").expect("it is"));
        smoke::for_a_second(move |_, program| {
            let mut machines = Machines { compiler: &mut compiler, reference: &reference, tested: &tested };
            check(&mut machines, program, &smoke::LIMITS)
        });
    }
}
