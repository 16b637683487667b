//! The field table and the validator agree: a value just outside the range of any numeric field is refused at its path, one on the
//! edge is not. The cases are made from the table itself, which also shows that the table is enough to build any scenario.
#![cfg(feature = "schema")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use coldstart_sim::schema::{Choice, Field, FieldKind, fields};
use coldstart_sim::{Problem, ScenarioSpec, Severity, check};
use serde_json::{Map, Value, json};

/// The smallest value that a field's own range allows.
fn smallest(field: &Field) -> Value {
    match field.kind {
        FieldKind::Number | FieldKind::Integer => field.min.clone().map_or(json!(1), Value::Number),
        FieldKind::Text => json!("a"),
        FieldKind::Boolean => json!(false),
        FieldKind::Choice => json!(field.choices[0].value),
        FieldKind::Union => variant(&field.choices[0], None),
        FieldKind::Group => group(&field.fields, None),
        FieldKind::List => list(field, None),
    }
}

type Target<'a> = Option<(&'a str, &'a Value)>;

fn build(field: &Field, target: Target) -> Value {
    let Some((path, value)) = target.filter(|(path, _)| path.starts_with(&field.path)) else { return smallest(field) };
    if path == field.path {
        return value.clone();
    }
    match field.kind {
        FieldKind::Group => group(&field.fields, target),
        FieldKind::List => list(field, target),
        FieldKind::Union => {
            let leads_there = |choice: &&Choice| choice.fields.iter().any(|inner| path_within(path, &inner.path));
            variant(field.choices.iter().find(leads_there).unwrap_or(&field.choices[0]), target)
        }
        _ => smallest(field),
    }
}

fn path_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn group(fields: &[Field], target: Target) -> Value {
    let needed = |field: &&Field| field.required || target.is_some_and(|(path, _)| path_within(path, &field.path));
    Value::Object(fields.iter().filter(needed).map(|field| (field.name.clone(), build(field, target))).collect::<Map<_, _>>())
}

fn variant(choice: &Choice, target: Target) -> Value {
    let Value::Object(mut object) = group(&choice.fields, target) else { panic!("a group is an object") };
    object.insert("kind".to_owned(), json!(choice.value));
    Value::Object(object)
}

fn list(field: &Field, target: Target) -> Value {
    let entries = field.min.as_ref().and_then(serde_json::Number::as_u64).unwrap_or(0);
    let aimed_at = target.is_some_and(|(path, _)| path_within(path, &field.path));
    let count = entries.max(u64::from(aimed_at));
    Value::Array((0..count).map(|_| build(&field.fields[0], target)).collect())
}

/// All numeric fields, those of every variant among them.
fn numeric(all: &[Field]) -> Vec<Field> {
    let mut found = Vec::new();
    for field in all {
        if matches!(field.kind, FieldKind::Number | FieldKind::Integer) {
            found.push(field.clone());
        }
        found.extend(numeric(&field.fields));
        for choice in &field.choices {
            found.extend(numeric(&choice.fields));
        }
    }
    found
}

fn problems(all: &[Field], field: &Field, value: &Value) -> Vec<Problem> {
    let document = group(all, Some((&field.path, value)));
    let spec: ScenarioSpec =
        serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{}: {error} in {document}", field.path));
    check(&spec)
}

/// Refused for its range, at its own path.
fn is_refused(problems: &[Problem], field: &Field) -> bool {
    let path = field.path.replace("[]", "[0]");
    problems.iter().any(|p| p.path == path && p.severity == Severity::Error && p.message.contains("is outside"))
}

#[test]
fn every_numeric_field_is_held_to_its_range() {
    let all = fields();
    let numeric = numeric(&all);
    assert!(numeric.len() > 60, "{} numeric fields", numeric.len());
    for field in &numeric {
        let (Some(min), Some(max)) = (&field.min, &field.max) else { panic!("{} has no range", field.path) };
        for edge in [min, max] {
            assert!(!is_refused(&problems(&all, field, &Value::Number(edge.clone())), field), "{} = {edge}", field.path);
        }
        for outside in outside(field.kind, min, max) {
            let found = problems(&all, field, &outside);
            assert!(is_refused(&found, field), "{} = {outside}: {found:?}", field.path);
        }
    }
}

/// TOML can write what JSON cannot.
#[cfg(feature = "cli")]
#[test]
fn what_is_no_finite_number_is_refused_everywhere() {
    const STAND_IN: f64 = 123_456.789;
    let all = fields();
    let numbers: Vec<Field> = numeric(&all).into_iter().filter(|field| field.kind == FieldKind::Number).collect();
    assert!(numbers.len() > 30, "{} fields of any number", numbers.len());
    for field in &numbers {
        let document = toml::to_string(&group(&all, Some((&field.path, &json!(STAND_IN))))).expect("TOML");
        for word in ["nan", "inf", "-inf"] {
            let text = document.replace(&STAND_IN.to_string(), word);
            let spec: ScenarioSpec = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error} in {text}", field.path));
            let found = check(&spec);
            assert!(is_refused(&found, field), "{} = {word}: {found:?}", field.path);
        }
    }
}

/// Values just outside, as far as the type can hold them.
fn outside(kind: FieldKind, min: &serde_json::Number, max: &serde_json::Number) -> Vec<Value> {
    if kind == FieldKind::Integer {
        let (min, max) = (min.as_u64().expect("whole"), max.as_u64().expect("whole"));
        let mut values = vec![json!(max + 1)];
        values.extend(min.checked_sub(1).map(|below| json!(below)));
        values
    } else {
        let (min, max) = (min.as_f64().expect("a number"), max.as_f64().expect("a number"));
        vec![json!(max.next_up()), json!(min.next_down()), json!(-1.0), json!(1e300)]
    }
}

/// Groups and variants, those without any field of their own among them.
#[test]
fn unknown_fields_are_errors_everywhere() {
    fn groups(fields: &[Field], found: &mut Vec<(Field, Value)>) {
        for field in fields {
            if field.kind == FieldKind::Group {
                found.push((field.clone(), group(&field.fields, None)));
            }
            for choice in field.choices.iter().filter(|_| field.kind == FieldKind::Union) {
                found.push((field.clone(), variant(choice, None)));
                groups(&choice.fields, found);
            }
            groups(&field.fields, found);
        }
    }
    let all = fields();
    let mut found = Vec::new();
    groups(&all, &mut found);
    assert!(found.len() > 40, "{} groups and variants", found.len());
    for (field, mut value) in found {
        let read = |value: &Value| serde_json::from_value::<ScenarioSpec>(group(&all, Some((&field.path, value))));
        assert!(read(&value).is_ok(), "{} = {value}: {:?}", field.path, read(&value));
        value.as_object_mut().expect("an object").insert("oops".to_owned(), json!(1));
        let error = read(&value).expect_err(&field.path).to_string();
        assert!(error.contains("oops"), "{}: {error}", field.path);
    }
}

#[test]
fn ranges_are_the_validators_own() {
    let all = fields();
    let find = |path: &str| numeric(&all).into_iter().find(|field| field.path == path).unwrap_or_else(|| panic!("no field {path}"));
    let memory = find("functions[].memory_mb");
    assert_eq!((memory.unit, memory.min, memory.max), ("MB", Some(128.into()), Some(10_240.into())));
    assert_eq!(memory.default, Some(json!(128)));
    assert_eq!(find("sources[].arrivals.on_per_s").unit, "requests/s");
    assert_eq!(find("sources[].arrivals.at_s[]").unit, "s");
    assert_eq!(find("run.seed").max, Some(9_007_199_254_740_991_u64.into()));
}

#[test]
fn every_field_has_a_meaning() {
    fn look(fields: &[Field]) {
        for field in fields {
            assert!(!field.meaning.is_empty() || field.name.is_empty(), "{} has no meaning", field.path);
            look(&field.fields);
            for choice in &field.choices {
                assert!(!choice.meaning.is_empty(), "{} = {} has no meaning", field.path, choice.value);
                look(&choice.fields);
            }
        }
    }
    look(&fields());
}

#[test]
fn fields_keep_the_order_of_their_declaration() {
    let names: Vec<String> = fields().into_iter().map(|field| field.name).collect();
    assert_eq!(
        names,
        ["schema", "title", "run", "account", "functions", "sources", "destinations", "queues", "streams", "mappings", "dependencies"]
    );
}

#[test]
fn the_table_for_people_has_a_line_for_every_variant() {
    let table = coldstart_sim::schema::to_table();
    for expect in ["functions[].memory_mb ", "sources[].arrivals.kind = on_off", "sources[].arrivals.on_per_s (on_off)", "128 to 10240"] {
        assert!(table.contains(expect), "{expect} is not in the table:\n{table}");
    }
}
