//! Two compilers' output for the same source, compared function by function and field by field.
//!
//! Inner functions come before the function that holds them, as they are finished by a single-pass compiler: what goes
//! wrong in an inner function shows in the outer one as well, and the inner one is where to look. What does not decode
//! is a difference too.

use crate::lua::bytecode::{Bytes, ChunkError, Constant, LocalVariable, Prototype, decode, undump};

use super::{
    Difference, FunctionPlace, Kind, Place,
    context::{around, first_difference},
    instruction_text::{constant, instruction_text},
    show,
};

/// The first difference between two binary chunks.
pub fn compare_chunks(reference: &[u8], subject: &[u8], name: &[u8]) -> Option<Difference> {
    if reference == subject {
        return None;
    }
    let loaded = [reference, subject].map(|chunk| undump(chunk, name, 0));
    let mut found = match (decode(reference, name), decode(subject, name)) {
        (Ok(reference_function), Ok(subject_function)) => compare_functions(&reference_function, &subject_function)
            .unwrap_or_else(|| different_bytes(reference, subject)),
        (reference, subject) => difference(Place::Load, described(&reference), described(&subject)),
    };
    for (result, whose) in loaded.iter().zip(["reference's", "subject's"]) {
        if let Err(error) = result {
            found.notes.push(format!("the {whose} chunk does not load: {error}"));
        }
    }
    Some(found)
}

fn described(result: &Result<Prototype, ChunkError>) -> String {
    match result {
        Ok(_) => "a binary chunk that decodes".to_owned(),
        Err(error) => format!("does not decode: {error}"),
    }
}

/// Chunks that decode to the same and still differ, so in what decoding forgets.
fn different_bytes(reference: &[u8], subject: &[u8]) -> Difference {
    let offset = first_difference(reference, subject).unwrap_or_default();
    let byte = |chunk: &[u8]| chunk.get(offset).map_or_else(|| "(end)".into(), |byte| format!("{byte:#04x}"));
    difference(Place::ChunkByte(offset), byte(reference), byte(subject))
}

fn difference(place: Place, reference: String, subject: String) -> Difference {
    Difference { kind: Kind::Bytecode, place, line: None, reference, subject, context: Vec::new(), notes: Vec::new() }
}

/// The first difference between two compiled functions and all functions in them.
pub fn compare_functions(reference: &Prototype, subject: &Prototype) -> Option<Difference> {
    // Functions still to be compared; `true` when the functions in it have been.
    let mut pending = vec![(Pair { path: "main".into(), reference, subject }, false)];
    while let Some((pair, visited)) = pending.pop() {
        let same_count = pair.reference.prototypes.len() == pair.subject.prototypes.len();
        if visited || !same_count {
            if let Some(found) = pair.first_difference() {
                return Some(found);
            }
            continue;
        }
        let inner: Vec<_> = pair.inner().map(|pair| (pair, false)).collect();
        pending.push((pair, true));
        pending.extend(inner.into_iter().rev());
    }
    None
}

/// The same function from both compilers.
struct Pair<'p> {
    path: String,
    reference: &'p Prototype,
    subject: &'p Prototype,
}

impl<'p> Pair<'p> {
    fn inner(&self) -> impl Iterator<Item = Pair<'p>> {
        let pairs = self.reference.prototypes.iter().zip(&self.subject.prototypes);
        pairs.enumerate().map(|(index, (reference, subject))| Pair {
            path: format!("{}/{index}", self.path),
            reference,
            subject,
        })
    }

    /// The first field that differs, the functions inside not counted: first what the source determines most directly.
    fn first_difference(&self) -> Option<Difference> {
        let (reference, subject) = (self.reference, self.subject);
        self.number("line_defined", reference.line_defined, subject.line_defined)
            .or_else(|| self.number("parameter_count", reference.parameter_count, subject.parameter_count))
            .or_else(|| self.number("vararg_flags", reference.vararg_flags, subject.vararg_flags))
            .or_else(|| self.code())
            .or_else(|| self.list("constants", &constants(reference), &constants(subject), constant_pair))
            .or_else(|| self.number("max_stack_size", reference.max_stack_size, subject.max_stack_size))
            .or_else(|| self.number("upvalue_count", reference.upvalue_count, subject.upvalue_count))
            .or_else(|| self.number("prototypes", reference.prototypes.len(), subject.prototypes.len()))
            .or_else(|| self.number("last_line_defined", reference.last_line_defined, subject.last_line_defined))
            .or_else(|| self.lines())
            .or_else(|| {
                self.list("locals", &reference.locals, &subject.locals, |one, other| {
                    (local_text(one), local_text(other))
                })
            })
            .or_else(|| self.list("upvalue_names", &reference.upvalue_names, &subject.upvalue_names, name_pair))
            .or_else(|| self.source())
    }

    fn place(&self, field: &'static str, index: Option<usize>) -> Place {
        let line_defined = self.reference.line_defined;
        Place::Function(FunctionPlace { path: self.path.clone(), line_defined, field, index })
    }

    /// A difference in a field that has no line of its own: the function's first line is where to look.
    fn differ(&self, field: &'static str, index: Option<usize>, reference: String, subject: String) -> Difference {
        let line = u32::try_from(self.reference.line_defined).ok().filter(|line| *line > 0);
        Difference { line, ..difference(self.place(field, index), reference, subject) }
    }

    fn number<T: PartialEq + ToString>(&self, field: &'static str, reference: T, subject: T) -> Option<Difference> {
        (reference != subject).then(|| self.differ(field, None, reference.to_string(), subject.to_string()))
    }

    fn list<T: PartialEq>(
        &self,
        field: &'static str,
        reference: &[T],
        subject: &[T],
        show: impl Fn(Option<&T>, Option<&T>) -> (String, String),
    ) -> Option<Difference> {
        let index = first_difference(reference, subject)?;
        let texts = show(reference.get(index), subject.get(index));
        Some(self.differ(field, Some(index), texts.0, texts.1))
    }

    /// The code, with the listings of both sides around the first instruction that differs.
    fn code(&self) -> Option<Difference> {
        let pc = first_difference(&self.reference.code, &self.subject.code)?;
        Some(self.at_instruction("code", pc))
    }

    /// The line info, shown as the instructions that it belongs to.
    fn lines(&self) -> Option<Difference> {
        let pc = first_difference(&self.reference.line_info, &self.subject.line_info)?;
        Some(self.at_instruction("line_info", pc))
    }

    fn at_instruction(&self, field: &'static str, pc: usize) -> Difference {
        let listing = |prototype: &Prototype| -> Vec<String> {
            (0..prototype.code.len()).map(|pc| instruction_text(prototype, pc)).collect()
        };
        let line = self.reference.line_info.get(pc).or_else(|| self.reference.line_info.last());
        Difference {
            line: line.and_then(|line| u32::try_from(*line).ok()),
            context: around(&listing(self.reference), &listing(self.subject), pc, |pc, text| format!("{pc:>4} {text}")),
            ..self.differ(field, Some(pc), instruction_text(self.reference, pc), instruction_text(self.subject, pc))
        }
    }

    fn source(&self) -> Option<Difference> {
        let (reference, subject) = (&self.reference.source, &self.subject.source);
        let texts = name_pair(Some(reference), Some(subject));
        (reference != subject).then(|| self.differ("source", None, texts.0, texts.1))
    }
}

fn constants(prototype: &Prototype) -> Vec<Comparable<'_>> {
    prototype.constants.iter().map(Comparable).collect()
}

/// A constant that is compared as a binary chunk does it: numbers by their bits.
struct Comparable<'p>(&'p Constant);

impl PartialEq for Comparable<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Constant::Number(left), Constant::Number(right)) => left.to_bits() == right.to_bits(),
            (Constant::String(left), Constant::String(right)) => left == right,
            (Constant::Boolean(left), Constant::Boolean(right)) => left == right,
            (Constant::Nil, Constant::Nil) | (Constant::NullString, Constant::NullString) => true,
            _ => false,
        }
    }
}

fn constant_pair(reference: Option<&Comparable<'_>>, subject: Option<&Comparable<'_>>) -> (String, String) {
    match (reference, subject) {
        (Some(Comparable(Constant::String(reference))), Some(Comparable(Constant::String(subject)))) => {
            show::quoted_pair(reference, subject)
        }
        _ => {
            let text = |side: Option<&Comparable<'_>>| constant(side.map(|Comparable(constant)| *constant));
            (text(reference), text(subject))
        }
    }
}

fn local_text(local: Option<&LocalVariable>) -> String {
    local.map_or_else(
        || "(no local)".into(),
        |local| format!("{} from pc {} to {}", name_text(Some(&local.name)), local.start_pc, local.end_pc),
    )
}

fn name_pair(reference: Option<&Option<Bytes>>, subject: Option<&Option<Bytes>>) -> (String, String) {
    match (reference, subject) {
        (Some(Some(reference)), Some(Some(subject))) => show::quoted_pair(reference, subject),
        _ => (name_text(reference), name_text(subject)),
    }
}

fn name_text(name: Option<&Option<Bytes>>) -> String {
    match name {
        Some(Some(name)) => format!("\"{}\"", show::beginning(name)),
        Some(None) => "(no name)".into(),
        None => "(none)".into(),
    }
}
