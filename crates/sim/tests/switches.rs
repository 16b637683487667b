//! A switch that moves nothing fails: every field of the table is changed in scenarios of the repository, one value at a time, until a
//! change shows in the report, the bill, the events or the log. What each behaviour moves, and by how much, the proofs say; this test
//! finds the field that is read from the file, checked, and then forgotten.
#![cfg(feature = "schema")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use coldstart_sim::log::Clock;
use coldstart_sim::schema::{Choice, Field, FieldKind, fields};
use coldstart_sim::{AttemptRecord, RunOptions, ScenarioSpec, Seed, TimelineOptions, bill, run, validate};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// What may move nothing: fields that name things, and the version of the file. A path ends in one of these.
const NAMES: &[&str] = &["schema", "title", "id"];
/// Events of a run: enough for a change to show.
const MAX_EVENTS: u64 = 30_000;
/// Log lines and events that are compared.
const MAX_ENTRIES: u32 = 4_000;
/// Entries of a list that are changed.
const MAX_LIST: usize = 3;
/// What moves nothing here, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    (".streams..retention_s", "a day at least, longer than these runs: the switches of `proof/streams.rs`"),
    (".sources..delivery.max_message_kb", "takes a larger message too: `sizes_are_held_to`"),
    (".functions..calls..retry.on_errors", "a call fails by nothing but errors: advice says that it has no effect"),
];
/// Contents for the times of laws, which cannot be made from ranges alone.
const LAWS: &[(&str, &str)] = &[
    ("constant", r#"{"kind": "constant", "ms": 40}"#),
    ("uniform", r#"{"kind": "uniform", "low_ms": 10, "high_ms": 4000}"#),
    ("exponential", r#"{"kind": "exponential", "mean_ms": 500}"#),
    ("lognormal", r#"{"kind": "lognormal", "mean_ms": 500, "p99_ms": 4000}"#),
    ("quantiles", r#"{"kind": "quantiles", "points": [{"share": 0.1, "ms": 10}, {"share": 0.5, "ms": 300}, {"share": 0.9, "ms": 4000}]}"#),
];

/// A place in a scenario where a field stands, or could.
#[derive(Clone)]
struct Place {
    /// As the table shows the field: its path, and the variants on the way.
    key: String,
    pointer: String,
    field: Field,
}

/// How well a scenario goes with a place: those that go well are tried first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// The field is set.
    Set,
    /// Another field of the same group is.
    Beside,
    New,
}

fn fit(scenario: &Value, place: &Place) -> Fit {
    let group = place.pointer.rsplit_once('/').map_or("", |(group, _)| group);
    match (scenario.pointer(&place.pointer), scenario.pointer(group)) {
        (Some(_), _) => Fit::Set,
        (None, Some(_)) => Fit::Beside,
        (None, None) => Fit::New,
    }
}

#[test]
fn every_field_moves_something() {
    let scenarios = scenarios();
    let table = fields();
    let mut still = BTreeMap::new();
    keys(&table, "", &mut still);
    let whole = still.len();
    for (key, why) in ELSEWHERE {
        assert!(still.remove(*key).is_some(), "there is no {key}, of which it is said: {why}");
    }
    let bank = bank(&scenarios, &table);
    let mut tried = Tried::default();
    for how in [Fit::Set, Fit::Beside, Fit::New] {
        for scenario in &scenarios {
            try_all(scenario, &table, &bank, how, &mut still, &mut tried);
        }
    }
    // Variants that no scenario has: each is put where another one stands, or could.
    for how in [Fit::Set, Fit::Beside, Fit::New] {
        for (scenario, place) in scenarios.iter().flat_map(|scenario| unions(scenario, &table).map(move |place| (scenario, place))) {
            for choice in place.field.choices.iter().filter(|_| fit(scenario, &place) == how) {
                let prefix = variant_key(&place.key, choice);
                for value in samples(&bank, &place, choice) {
                    if still.keys().any(|key| key.starts_with(&prefix)) {
                        let changed = with(scenario, &place.pointer, value);
                        try_all(&changed, &table, &bank, Fit::Set, &mut still, &mut tried);
                    }
                }
            }
        }
    }
    println!("{whole} fields, {} runs", tried.runs);
    assert!(still.is_empty(), "these fields move nothing:\n{}", still.into_keys().collect::<Vec<_>>().join("\n"));
}

#[derive(Default)]
struct Tried {
    runs: usize,
    seen: BTreeSet<(u64, String)>,
}

/// Changes whatever has not moved anything yet.
fn try_all(scenario: &Value, table: &[Field], bank: &Bank, how: Fit, still: &mut BTreeMap<String, FieldKind>, tried: &mut Tried) {
    let is_open = |place: &Place| still.contains_key(&place.key) && fit(scenario, place) == how;
    let open: Vec<Place> = places(scenario, table).into_iter().filter(is_open).collect();
    if open.is_empty() {
        return;
    }
    let Some(before) = outcome(scenario) else { return };
    for place in open {
        if !still.contains_key(&place.key) || !tried.seen.insert((before, place.pointer.clone())) {
            continue;
        }
        for value in changes(scenario, bank, &place) {
            tried.runs += 1;
            if outcome(&with(scenario, &place.pointer, value)).is_some_and(|after| after != before) {
                still.remove(&place.key);
                break;
            }
        }
    }
}

/// Everything that a run shows, as one number; nothing for a scenario that is not valid.
fn outcome(scenario: &Value) -> Option<u64> {
    let mut spec: ScenarioSpec = serde_json::from_value(scenario.clone()).ok()?;
    spec.run.max_events = spec.run.max_events.min(MAX_EVENTS);
    let valid = validate(&spec).ok()?.scenario;
    let timeline = Some(TimelineOptions { window_us: (0, u64::MAX), max_entries: MAX_ENTRIES });
    let output = run(&valid, Seed(spec.run.seed), RunOptions { digest: true, timeline, ..RunOptions::default() });
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(&output.report).expect("a report can be written").hash(&mut hasher);
    serde_json::to_string(&bill::per_month(&output.report, &spec)).expect("a bill can be written").hash(&mut hasher);
    output.digest.map(|digest| digest.to_string()).hash(&mut hasher);
    let timeline = output.timeline.expect("a timeline was asked for");
    let log = |attempt: &AttemptRecord| attempt.log_lines(&valid, Clock::of(&valid));
    timeline.attempts.iter().flat_map(log).for_each(|line| line.hash(&mut hasher));
    Some(hasher.finish())
}

/// Every scenario of the repository.
fn scenarios() -> Vec<Value> {
    let mut files = Vec::new();
    for folder in ["examples", "tests/golden", "tests/scenarios"] {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    files.sort();
    let is_scenario = |path: &&std::path::PathBuf| path.extension().is_some_and(|end| end == "toml") && !path.ends_with("digests.toml");
    files.iter().filter(is_scenario).map(|path| toml::from_str(&fs::read_to_string(path).expect("a file")).expect("TOML")).collect()
}

fn is_leaf(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Group) && !NAMES.contains(&field.name.as_str())
}

fn variant_key(key: &str, choice: &Choice) -> String {
    format!("{key}({})", choice.value)
}

/// All fields that something must move.
fn keys(table: &[Field], prefix: &str, all: &mut BTreeMap<String, FieldKind>) {
    for field in table {
        let key = format!("{prefix}.{}", field.name);
        // An entry of a list moves what its fields move; one that is no group is a value itself.
        if is_leaf(field) && field.kind != FieldKind::List {
            all.insert(key.clone(), field.kind);
        }
        keys(&field.fields, &key, all);
        for choice in field.choices.iter().filter(|_| field.kind == FieldKind::Union) {
            keys(&choice.fields, &variant_key(&key, choice), all);
        }
    }
}

/// Where fields stand in a scenario, or could.
fn places(scenario: &Value, table: &[Field]) -> Vec<Place> {
    let mut all = Vec::new();
    add_places(Some(scenario), table, "", "", &mut all);
    all
}

fn unions(scenario: &Value, table: &[Field]) -> impl Iterator<Item = Place> {
    places(scenario, table).into_iter().filter(|place| place.field.kind == FieldKind::Union)
}

fn add_places(group: Option<&Value>, table: &[Field], prefix: &str, pointer: &str, all: &mut Vec<Place>) {
    for field in table {
        let key = format!("{prefix}.{}", field.name);
        let pointer = format!("{pointer}/{}", field.name);
        let value = group.and_then(|group| group.get(&field.name));
        add_place(value, field, key, pointer, all);
    }
}

fn add_place(value: Option<&Value>, field: &Field, key: String, pointer: String, all: &mut Vec<Place>) {
    match field.kind {
        FieldKind::Group => add_places(value, &field.fields, &key, &pointer, all),
        FieldKind::List => {
            let entries = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            for (at, entry) in entries.iter().enumerate().take(MAX_LIST) {
                add_place(Some(entry), &field.fields[0], format!("{key}."), format!("{pointer}/{at}"), all);
            }
        }
        FieldKind::Union => {
            let kind = value.and_then(|value| value.get("kind")).and_then(Value::as_str);
            if let Some(choice) = field.choices.iter().find(|choice| Some(choice.value.as_str()) == kind) {
                add_places(value, &choice.fields, &variant_key(&key, choice), &pointer, all);
            }
        }
        _ => {}
    }
    if is_leaf(field) && field.kind != FieldKind::List {
        all.push(Place { key, pointer, field: field.clone() });
    }
}

/// Other values for a place.
fn changes(scenario: &Value, bank: &Bank, place: &Place) -> Vec<Value> {
    let now = scenario.pointer(&place.pointer);
    let field = &place.field;
    let unset = (!field.required).then_some(Value::Null);
    match field.kind {
        FieldKind::Boolean => vec![json!(true), json!(false)],
        FieldKind::Choice => field.choices.iter().map(|choice| json!(choice.value)).collect(),
        FieldKind::Text => {
            ids(scenario).into_iter().map(Value::String).chain(["2021-06-01", "2018-01-01"].map(|day| json!(day))).chain(unset).collect()
        }
        FieldKind::Number | FieldKind::Integer => {
            let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_f64);
            let (min, max) = (bound(&field.min).unwrap_or(0.0), bound(&field.max).unwrap_or(1e9));
            let current = now.or(field.default.as_ref()).and_then(Value::as_f64).unwrap_or(min);
            let numbers = [current * 2.0, current / 2.0, current + 1.0, current * 1.1, min, 1.0, 5.0, 50.0, 1_000.0, 0.5, max];
            let numbers = numbers.into_iter().filter(|number| (min..=max).contains(number));
            let whole = field.kind == FieldKind::Integer;
            #[allow(clippy::cast_possible_truncation, reason = "within the field's range")]
            numbers.map(|number| if whole { json!(number as i64) } else { json!(number) }).chain(unset).collect()
        }
        FieldKind::Union => field.choices.iter().flat_map(|choice| samples(bank, place, choice)).collect(),
        FieldKind::Group | FieldKind::List => Vec::new(),
    }
}

fn law(kind: &str) -> Option<Value> {
    LAWS.iter().find(|(name, _)| *name == kind).map(|(_, text)| serde_json::from_str(text).expect("JSON"))
}

/// Names of everything in a scenario.
fn ids(scenario: &Value) -> Vec<String> {
    let lists = ["functions", "sources", "queues", "streams", "destinations", "dependencies"];
    let entries = lists.iter().filter_map(|list| scenario.get(list)?.as_array()).flatten();
    entries.filter_map(|entry| Some(entry.get("id")?.as_str()?.to_owned())).collect()
}

/// What unions hold in the repository's scenarios, by key and variant.
type Bank = BTreeMap<String, Vec<Value>>;

fn bank(scenarios: &[Value], table: &[Field]) -> Bank {
    let mut bank = Bank::new();
    for scenario in scenarios {
        for place in unions(scenario, table) {
            let Some(value) = scenario.pointer(&place.pointer) else { continue };
            let kind = value.get("kind").and_then(Value::as_str);
            if let Some(choice) = place.field.choices.iter().find(|choice| Some(choice.value.as_str()) == kind) {
                bank.entry(variant_key(&place.key, choice)).or_default().push(value.clone());
            }
        }
    }
    bank
}

/// Contents of a variant: those of the laws, those that scenarios have at such a place, or the least.
fn samples(bank: &Bank, place: &Place, choice: &Choice) -> Vec<Value> {
    let known = bank.get(&variant_key(&place.key, choice)).map_or(&[][..], Vec::as_slice);
    let samples: Vec<Value> = law(&choice.value).into_iter().chain(known.iter().take(2).cloned()).collect();
    if !samples.is_empty() {
        return samples;
    }
    let least = |field: &Field| Some((field.name.clone(), field.min.clone().map_or(json!(1), Value::Number)));
    let mut least: Map<String, Value> = choice.fields.iter().filter(|field| field.required).filter_map(least).collect();
    least.insert("kind".to_owned(), json!(choice.value));
    vec![Value::Object(least)]
}

/// A scenario with another value at a place; groups on the way there are made.
fn with(scenario: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = scenario.clone();
    let mut at = &mut changed;
    for step in pointer.split('/').skip(1) {
        at = match step.parse::<usize>() {
            Ok(place) => at.get_mut(place).expect("an entry"),
            Err(_) => {
                if !at.is_object() {
                    *at = json!({});
                }
                at.as_object_mut().expect("a group").entry(step.to_owned()).or_insert(Value::Null)
            }
        };
    }
    *at = value;
    changed
}
