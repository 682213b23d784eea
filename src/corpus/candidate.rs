//! A finding as a case for the corpus, before anybody has looked at it.

use super::{Header, Regression};
use crate::fuzz::{Input, InputFile, Specimen};
use crate::generate::CHUNK_NAME;

/// What stands for what a person is to write.
const TO_BE_SAID: &str = "to be said by whoever promotes it";
/// Since when the engines must agree over what is not fixed.
const NOT_YET: &str = "not yet";
/// How long a name may be.
const NAME_LENGTH: usize = 60;

impl Regression {
    /// The case of a finding, named after its fingerprint. `seed` is that of the case that showed it.
    pub fn candidate(specimen: &Specimen, seed: Option<u64>) -> Self {
        let mut file = InputFile::of(&specimen.input);
        let chunk_name = match &specimen.input {
            Input::Program(program) if program.name != CHUNK_NAME.as_bytes() => {
                Some(String::from_utf8_lossy(&program.name).into_owned())
            }
            _ => None,
        };
        file.chunk_name = chunk_name.clone().map(String::into_bytes);
        let header = Header {
            shows: TO_BE_SAID.into(),
            oracle: oracle_of(specimen).to_owned(),
            seed,
            fingerprint: specimen.fingerprint.clone(),
            since: NOT_YET.into(),
            chunk_name,
        };
        Self::with_header(name_of(specimen.target.name(), &specimen.fingerprint), header, file)
    }
}

/// The oracle that judges the file: a call is kept as the program that makes it.
fn oracle_of(specimen: &Specimen) -> &'static str {
    match specimen.input {
        Input::Call(_) => crate::oracle::execute::NAME,
        _ => specimen.target.name(),
    }
}

/// A name for files: words of the fingerprint, and enough of its hash to tell it from others.
pub(super) fn name_of(oracle: &str, fingerprint: &str) -> String {
    let rest = fingerprint.strip_prefix(oracle).unwrap_or(fingerprint);
    let words = rest.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.fold(oracle.to_owned(), |name, word| name + "-" + &word.to_ascii_lowercase());
    name.truncate(NAME_LENGTH);
    format!("{}-{:08x}", name.trim_end_matches('-'), hash(fingerprint))
}

/// FNV-1a, whose low half is taken: the same on every machine.
fn hash(text: &str) -> u32 {
    let hash = text
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    hash as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fuzz::Target;

    #[test]
    fn names_tell_what_and_tell_apart() {
        let name = name_of("execute", "execute: output");
        assert_eq!(name, "execute-output-75b03ab3");
        assert_ne!(name_of("execute", "CALL(print): a"), name_of("execute", "CALL[print]: a"));
        let long = name_of("parse", &"very ".repeat(50));
        assert!(long.len() < NAME_LENGTH + 10 && long.starts_with("parse-very-very"), "{long}");
    }

    #[test]
    fn a_finding_becomes_a_case_that_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let specimen = |target, fingerprint: &str, name: &str| Specimen {
            target,
            fingerprint: fingerprint.into(),
            input: Input::program(b"return 1".to_vec(), name),
        };
        for specimen in [
            specimen(Target::Parse, "parse: a", CHUNK_NAME),
            specimen(Target::Parse, "parse: b", "=other"),
            specimen(Target::Parse, "parse: c", "two\nlines"),
        ] {
            let candidate = Regression::candidate(&specimen, Some(3));
            let path = candidate.write(folder.path()).expect("written");
            let again = Regression::read(&path).expect("read");
            assert_eq!(again, candidate);
            let (Ok(Input::Program(read)), Input::Program(found)) = (again.input(), &specimen.input) else {
                panic!("no program");
            };
            assert!(read.chunk.ends_with(&found.chunk));
            assert!(read.name == found.name || found.name == CHUNK_NAME.as_bytes());
        }
    }
}
