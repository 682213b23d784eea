//! What is said of a case: as comment lines at the head of a Lua file, or as a TOML file beside any other.
//!
//! It knows nothing of inputs.

use serde::{Deserialize, Serialize};

/// The first line of a Lua file with a header.
const FIRST: &str = "-- regression: ";

/// What a case shows, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Header {
    /// What the case shows, in one line.
    pub shows: String,
    /// The oracle that found it.
    pub oracle: String,
    /// The seed of the case that it was found by; none if somebody wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hexadecimal")]
    pub seed: Option<u64>,
    /// What differed.
    pub fingerprint: String,
    /// Since when the engines must agree: a date.
    pub since: String,
    /// The chunk name, where it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chunk_name: Option<String>,
}

/// Seeds are written as the tools print them.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "serde passes fields by reference")]
    pub fn serialize<S: Serializer>(seed: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
        match seed {
            Some(seed) => serializer.serialize_str(&format!("{seed:#018x}")),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::seed(&text).map(Some).map_err(D::Error::custom)
    }
}

fn seed(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix("0x").ok_or_else(|| format!("the seed {text} does not begin with 0x"))?;
    u64::from_str_radix(digits, 16).map_err(|error| format!("the seed {text}: {error}"))
}

impl Header {
    /// The header at the head of a Lua file; `None` if there is none.
    ///
    /// # Errors
    /// What about it makes no sense, with the number of the line.
    pub fn of_source(source: &[u8]) -> Result<Option<Self>, String> {
        let mut lines = source.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
        if !lines.next().is_some_and(|line| line.starts_with(FIRST)) {
            return Ok(None);
        }
        let mut fields = toml::Table::new();
        for (number, line) in lines.enumerate() {
            let Some((key, value)) = field(&line) else { break };
            if fields.insert(key.to_owned(), value.into()).is_some() {
                return Err(format!("line {}: `{key}` is there twice", number + 2));
            }
        }
        let header = fields.try_into().map_err(|error| format!("the header: {}", error.to_string().trim()))?;
        Ok(Some(header))
    }

    /// The lines for the head of a Lua file with this name.
    pub fn lines(&self, name: &str) -> String {
        let line = |key: &str, value: &str| format!("-- {key}: {}\n", value.replace(['\n', '\r'], " "));
        let seed = self.seed.map(|seed| line("seed", &format!("{seed:#018x}"))).unwrap_or_default();
        let chunk_name = self.chunk_name.as_deref().map(|name| line("chunk-name", name)).unwrap_or_default();
        [
            format!("{FIRST}{name}\n"),
            line("shows", &self.shows),
            line("oracle", &self.oracle),
            seed,
            line("fingerprint", &self.fingerprint),
            line("since", &self.since),
            chunk_name,
        ]
        .concat()
    }

    /// The header in a TOML file.
    ///
    /// # Errors
    /// What about it makes no sense, with the place.
    pub fn of_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// A TOML file with the header.
    ///
    /// # Errors
    /// None that is known.
    pub fn toml(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }
}

/// `-- key: value`, with one of the keys of a header.
fn field(line: &str) -> Option<(&str, &str)> {
    const KEYS: [&str; 6] = ["shows", "oracle", "seed", "fingerprint", "since", "chunk-name"];
    let (key, value) = line.strip_prefix("-- ")?.split_once(": ")?;
    KEYS.contains(&key).then_some((key, value.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            shows: "a sign that is lost".into(),
            oracle: "execute".into(),
            seed: Some(0xAB),
            fingerprint: "MUL(number,number): gives another number".into(),
            since: "2026-11-21".into(),
            chunk_name: None,
        }
    }

    #[test]
    fn a_header_comes_back_as_it_was_written() {
        for header in
            [header(), Header { seed: None, ..header() }, Header { chunk_name: Some("=long \"x".into()), ..header() }]
        {
            let source = header.lines("sign") + "-- shows nothing else\nreturn 1\n";
            assert_eq!(Header::of_source(source.as_bytes()), Ok(Some(header.clone())));
            assert_eq!(Header::of_toml(&header.toml().expect("written")), Ok(header));
        }
        assert_eq!(Header::of_source(b"-- seed: base/x\nreturn 1"), Ok(None));
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        let error = |text: &str| Header::of_source(text.as_bytes()).expect_err("an error");
        assert!(error("-- regression: x\n-- shows: y\n").contains("missing field `oracle`"));
        assert!(error("-- regression: x\n-- shows: y\n-- shows: z\n").contains("line 3: `shows` is there twice"));
        let seedless = header().lines("x").replace("0x00000000000000ab", "171");
        assert!(error(&seedless).contains("the seed 171 does not begin with 0x"));
        assert!(Header::of_toml("shows = 1").is_err());
        assert!(Header::of_toml("nothing = 1").is_err());
    }
}
