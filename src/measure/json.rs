//! Measurements as one JSON document. `docs/performance.md` describes it; a change of meaning needs a new [`VERSION`].

use serde::Serialize;

use super::{Measurement, Quantity, Samples, geometric_mean};

/// The version of the format. Readers must refuse a version that they do not know; new fields may come without a new
/// version.
pub const VERSION: u32 = 1;

/// The document for some measurements, and for the names of cases that could not be measured, with the reasons.
///
/// # Errors
/// When it cannot be encoded, which no measurement does.
pub fn document(measurements: &[Measurement], failures: &[(String, String)]) -> serde_json::Result<String> {
    let programs = measurements.iter().filter(|one| one.quantity == Quantity::Run);
    serde_json::to_string_pretty(&Document {
        format: "lockstep-measurements",
        version: VERSION,
        measurements: measurements.iter().map(Entry::new).collect(),
        failures: failures.iter().map(|(name, reason)| FailureEntry { name, reason }).collect(),
        geometric_mean: geometric_mean(programs.map(Measurement::ratio)),
    })
}

#[derive(Serialize)]
struct Document<'m> {
    format: &'static str,
    version: u32,
    measurements: Vec<Entry<'m>>,
    failures: Vec<FailureEntry<'m>>,
    geometric_mean: Option<f64>,
}

#[derive(Serialize)]
struct Entry<'m> {
    name: &'m str,
    #[serde(flatten)]
    quantity: QuantityEntry,
    /// In nanoseconds of processor time, a number per round.
    reference: Vec<u128>,
    subject: Vec<u128>,
    ratio: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<f64>,
}

#[derive(Serialize)]
#[serde(tag = "quantity", rename_all = "kebab-case")]
enum QuantityEntry {
    Run,
    Bytes { bytes: usize },
    Repeated { times: u32 },
}

#[derive(Serialize)]
struct FailureEntry<'m> {
    name: &'m str,
    reason: &'m str,
}

impl<'m> Entry<'m> {
    fn new(measurement: &'m Measurement) -> Self {
        let nanoseconds = |samples: &Samples| samples.times().iter().map(|time| time.as_nanos()).collect();
        Self {
            name: &measurement.name,
            quantity: match measurement.quantity {
                Quantity::Run => QuantityEntry::Run,
                Quantity::Bytes(bytes) => QuantityEntry::Bytes { bytes },
                Quantity::Repeated(times) => QuantityEntry::Repeated { times },
            },
            reference: nanoseconds(&measurement.reference),
            subject: nanoseconds(&measurement.subject),
            ratio: measurement.ratio(),
            goal: measurement.goal,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::measure::samples::tests::samples;

    #[test]
    fn the_document_holds_everything() {
        let measurement = |name: &str, quantity, goal| Measurement {
            name: name.into(),
            quantity,
            reference: samples(&[4, 5]),
            subject: samples(&[2, 1]),
            goal,
        };
        let measurements = [
            measurement("fib", Quantity::Run, None),
            measurement("compile", Quantity::Bytes(10), None),
            measurement("state-start", Quantity::Repeated(20), Some(0.5)),
        ];
        let text = document(&measurements, &[("x".into(), "differs".into())]).expect("encodable");
        let times = json!({ "reference": [4_000_000, 5_000_000], "subject": [2_000_000, 1_000_000], "ratio": 0.25 });
        let entry = |mut fields: Value| {
            let object = fields.as_object_mut().expect("an object");
            object.extend(times.as_object().expect("an object").clone());
            fields
        };
        let expected = json!({
            "format": "lockstep-measurements",
            "version": 1,
            "measurements": [
                entry(json!({ "name": "fib", "quantity": "run" })),
                entry(json!({ "name": "compile", "quantity": "bytes", "bytes": 10 })),
                entry(json!({ "name": "state-start", "quantity": "repeated", "times": 20, "goal": 0.5 })),
            ],
            "failures": [{ "name": "x", "reason": "differs" }],
            "geometric_mean": 0.25,
        });
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), expected);
    }
}
