//! `docs/conformance-report.schema.json` describes what is written: every report is valid by it, it knows every field that is
//! written and no other, and it refuses what is no report.
//!
//! The validator here knows the part of JSON Schema that the schema uses. A keyword that it does not know fails the test, so that
//! none can be overlooked.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::sample;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/conformance-report.schema.json")).expect("the schema is JSON")
}

struct Validator<'s> {
    root: &'s Value,
    /// The properties that occurred, as paths in the schema.
    seen: BTreeSet<String>,
}

impl<'s> Validator<'s> {
    fn check(&mut self, schema: &'s Value, value: &Value, at: &str) -> Result<(), String> {
        let schema = schema.as_object().ok_or(format!("{at}: the schema is no object"))?;
        for (keyword, rule) in schema {
            self.keyword(schema, keyword, rule, value, at)?;
        }
        Ok(())
    }

    fn keyword(
        &mut self,
        schema: &'s Map<String, Value>,
        keyword: &str,
        rule: &'s Value,
        value: &Value,
        at: &str,
    ) -> Result<(), String> {
        let expect =
            |holds: bool| if holds { Ok(()) } else { Err(format!("{at}: {keyword} is {rule}, found {value}")) };
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" => Ok(()),
            "$ref" => {
                let pointer =
                    rule.as_str().and_then(|rule| rule.strip_prefix('#')).ok_or("a reference to elsewhere")?;
                let target = self.root.pointer(pointer).ok_or(format!("{pointer} leads nowhere"))?;
                self.check(target, value, pointer)
            }
            "type" => {
                let types = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice);
                expect(types.iter().any(|name| has_type(value, name)))
            }
            "const" => expect(value == rule),
            "enum" => expect(rule.as_array().is_some_and(|values| values.contains(value))),
            "minimum" => expect(value.as_f64().is_none_or(|value| rule.as_f64().is_some_and(|least| value >= least))),
            "required" => {
                let there = |name: &Value| name.as_str().is_some_and(|name| value.get(name).is_some());
                expect(!value.is_object() || rule.as_array().is_some_and(|names| names.iter().all(there)))
            }
            "properties" => self.properties(rule, value, at),
            "items" => {
                let items = value.as_array().map_or(&[][..], Vec::as_slice);
                items.iter().try_for_each(|item| self.check(rule, item, &format!("{at}/items")))
            }
            "anyOf" => {
                let schemas = rule.as_array().ok_or(format!("{at}: anyOf is no list"))?;
                let results: Vec<_> = schemas.iter().map(|schema| self.check(schema, value, at)).collect();
                if results.iter().any(Result::is_ok) { Ok(()) } else { results.into_iter().next().unwrap_or(Ok(())) }
            }
            other => Err(format!("{at}: the keyword {other} is not known here, in {schema:?}")),
        }
    }

    fn properties(&mut self, rules: &'s Value, value: &Value, at: &str) -> Result<(), String> {
        let Some(fields) = value.as_object() else { return Ok(()) };
        for (name, field) in fields {
            let path = format!("{at}/properties/{name}");
            let rule = rules.get(name).ok_or(format!("{path} is written and not in the schema"))?;
            // A field that is always null would say nothing of what it is otherwise.
            if !field.is_null() {
                self.seen.insert(path.clone());
            }
            self.check(rule, field, &path)?;
        }
        Ok(())
    }
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("null") => value.is_null(),
        _ => false,
    }
}

/// Every property that the schema declares, as a path in it.
fn declared(schema: &Value, at: &str, into: &mut BTreeSet<String>) {
    let Some(fields) = schema.as_object() else { return };
    for (name, value) in fields {
        let path = format!("{at}/{name}");
        if name == "properties" {
            into.extend(value.as_object().into_iter().flatten().map(|(field, _)| format!("{path}/{field}")));
        }
        declared(value, &path, into);
    }
}

/// Every field that an object must have is every field that it may have: writers leave none out.
fn complete(schema: &Value) -> Result<(), String> {
    let Some(fields) = schema.as_object() else { return Ok(()) };
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let names: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        if required.filter_map(Value::as_str).collect::<BTreeSet<_>>() != names {
            return Err(format!("the required fields are not {names:?}"));
        }
    }
    fields.values().try_for_each(complete)
}

fn document() -> Value {
    let mut report = sample::report();
    report.shard = Some(lockstep::report::conformance::Shard { index: 1, count: 2 });
    serde_json::to_value(report).expect("a document")
}

fn validate(value: &Value) -> Result<BTreeSet<String>, String> {
    let schema = schema();
    let mut validator = Validator { root: &schema, seen: BTreeSet::new() };
    validator.check(&schema, value, "").map(|()| validator.seen)
}

#[test]
fn a_report_has_the_fields_of_the_schema_and_no_others() {
    let mut expected = BTreeSet::new();
    declared(&schema(), "", &mut expected);
    assert_eq!(validate(&document()), Ok(expected));
    assert_eq!(complete(&schema()), Ok(()));
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let refuses = |what: &str, edit: &dyn Fn(&mut Value)| {
        let mut document = document();
        edit(&mut document);
        assert!(validate(&document).is_err(), "{what}");
    };
    refuses("another version", &|document| document["version"] = json!(2));
    refuses("another format", &|document| document["format"] = json!("lockstep-diff"));
    refuses("an unknown status", &|document| document["cases"][0]["result"]["status"] = json!("odd"));
    refuses("an unknown mode", &|document| document["cases"][0]["mode"] = json!("odd"));
    refuses("a negative count", &|document| document["environment"]["cores"] = json!(-1));
    refuses("a missing field", &|document| drop(document.as_object_mut().map(|fields| fields.remove("plan"))));
    refuses("a wrong type", &|document| document["cases"][0]["expectation"] = json!("fail"));
    refuses("a field that is not in the schema", &|document| document["more"] = json!(1));
}
