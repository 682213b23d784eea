//! Programs over which an engine differs that is wrong on purpose, and what is found out about them.

use std::sync::Arc;

use lockstep::{
    diagnose::{Diagnosis, Halves, diagnose, examine},
    engine::{CompileFailure, Engine, Limits, Program, Run, ThreadTracer, ferrous::FerrousEngine},
    lua::bytecode::{Constant, Prototype, dump, undump},
    report::trace::{
        diagnosis::Names,
        page::{Entry, page},
    },
};

pub const NAMES: Names<'static> = Names { reference: "right", tested: "wrong" };

/// A program that calls, loops and goes different ways if 7 is taken for 3: in line 9.
pub const PROGRAM: &str = "local function add(a, b)
  local sum = a + b
  return sum
end
local total = 0
for i = 1, 3 do
  total = add(total, i)
end
local chosen = 7
if chosen > 5 then
  print('big')
  print('very', chosen)
end
return total
";

/// The line of [`PROGRAM`] where it goes wrong.
pub const LINE: u32 = 9;

/// A program with what is known of it.
pub struct Sample {
    pub path: &'static str,
    pub program: Program,
    pub diagnosis: Diagnosis,
}

impl Sample {
    /// The page about it alone.
    pub fn page(&self) -> String {
        page_of(&[self])
    }
}

/// The page about several.
pub fn page_of(samples: &[&Sample]) -> String {
    let entry = |sample: &&'static str| format!("lockstep bisect '{sample}'");
    let commands: Vec<String> = samples.iter().map(|sample| entry(&sample.path)).collect();
    let entries: Vec<Entry<'_>> = samples
        .iter()
        .zip(&commands)
        .map(|(sample, reproduce)| Entry {
            path: sample.path,
            program: &sample.program,
            diagnosis: &sample.diagnosis,
            reproduce,
        })
        .collect();
    page(&entries, NAMES).expect("a page")
}

/// An engine whose VM takes the constant 7 for 3.
pub fn wrong_vm(path: &'static str, source: &[u8]) -> Sample {
    let wrong = |program: &Program, limits: &Limits, recorder: &mut lockstep::trace::Recorder<'_>| {
        let mut main = undump(&program.chunk, &program.name, 0).expect("a chunk");
        changed(&mut main, &|prototype| {
            for constant in &mut prototype.constants {
                if matches!(constant, Constant::Number(7.0)) {
                    *constant = Constant::Number(3.0);
                }
            }
        });
        let program = Program { chunk: dump(&main, false), ..program.clone() };
        FerrousEngine::new().trace(&program, limits, recorder)
    };
    sample(path, source, &mut FerrousEngine::new(), &ThreadTracer::new(NAMES.tested, wrong))
}

/// An engine whose compiler changes what it has made in this way.
pub fn wrong_compiler(path: &'static str, source: &[u8], change: fn(&mut Prototype)) -> Sample {
    let tracer = ThreadTracer::new(NAMES.tested, right);
    sample(path, source, &mut Miscompiler { change: Ok(change) }, &tracer)
}

/// An engine whose compiler refuses everything.
pub fn refusing(path: &'static str, source: &[u8], message: &'static str) -> Sample {
    let tracer = ThreadTracer::new(NAMES.tested, right);
    sample(path, source, &mut Miscompiler { change: Err(message) }, &tracer)
}

fn right(program: &Program, limits: &Limits, recorder: &mut lockstep::trace::Recorder<'_>) -> Run {
    FerrousEngine::new().trace(program, limits, recorder)
}

fn sample<F>(path: &'static str, source: &[u8], compiler: &mut dyn Engine, vm: &ThreadTracer<F>) -> Sample
where
    F: Fn(&Program, &Limits, &mut lockstep::trace::Recorder<'_>) -> Run + Clone + Send + 'static,
{
    let name = [b"@", path.as_bytes()].concat();
    let program = Program { chunk: source.to_vec(), name, arguments: Vec::new(), script: path.into() };
    let (mut right_compiler, right_vm) = (FerrousEngine::new(), ThreadTracer::new(NAMES.reference, right));
    let mut reference = Halves { compiler: &mut right_compiler, vm: &right_vm };
    let mut tested = Halves { compiler, vm };
    let limits = Limits::default();
    let examination = examine(&mut reference, &mut tested, &program, &limits).expect("an examination");
    let fingerprint = examination.fingerprint().expect("a difference");
    let diagnosis = diagnose(examination, fingerprint, (&mut reference, &mut tested), &limits).expect("a diagnosis");
    Sample { path, program, diagnosis }
}

/// A compiler that changes what it has made, or refuses everything with a message.
struct Miscompiler {
    change: Result<fn(&mut Prototype), &'static str>,
}

impl Engine for Miscompiler {
    fn name(&self) -> &str {
        NAMES.tested
    }

    fn compile(&mut self, source: &[u8], name: &[u8]) -> Result<Vec<u8>, CompileFailure> {
        let change = self.change.map_err(|message| CompileFailure::Refused(message.into()))?;
        let chunk = FerrousEngine::new().compile(source, name)?;
        let mut main = undump(&chunk, name, 0).expect("a chunk");
        changed(&mut main, &change);
        Ok(dump(&main, false))
    }

    fn run(&mut self, program: &Program, limits: &Limits) -> Run {
        FerrousEngine::new().run(program, limits)
    }
}

/// Changes a function and all functions in it.
fn changed(prototype: &mut Prototype, change: &impl Fn(&mut Prototype)) {
    change(prototype);
    for nested in &mut prototype.prototypes {
        changed(Arc::get_mut(nested).expect("nobody else has it"), change);
    }
}
