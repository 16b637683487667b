//! The form is made from the field table alone; these tests make it write every field, and run every example.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::edit::{Change, Edit, apply, get, new_entry, to_text};
use super::fields::{Field, FieldKind, FieldTable, number, starter, variant, words};
use super::inputs::{read_number, read_numbers};
use super::judge::judge;
use super::results::{Summary, SummaryProps};
use super::state::{Act, Tab, TextProblem, Writing};
use super::{Bench, BenchProps, Preset, view};
use crate::app::fetched::Fetched;
use crate::app::share::OpenedLink;
use crate::charts::ChartKind;
use crate::components::format;
use crate::runner::{RunOutput, RunResult};
use crate::state::share::Shared;
use crate::testid;
use crate::widgets::provisioned::view::ledger_lines;
use coldstart_sim::{Histogram, RunOptions, ScenarioSpec, Seed, TimelineOptions, bill, run, validate};
use futures::executor::block_on;
use serde_json::{Value, json};
use std::rc::Rc;
use yew::{LocalServerRenderer, Reducible};

fn table() -> FieldTable {
    serde_json::from_str(&coldstart_sim::schema::to_json().unwrap()).unwrap()
}

fn examples() -> Vec<Preset> {
    let folder = std::fs::read_dir("crates/sim/examples").unwrap();
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let read = |path: std::path::PathBuf| {
        let scenario: Value = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        Preset { name: path.file_stem().unwrap().to_string_lossy().into_owned(), title: String::new(), scenario }
    };
    files.map(read).collect()
}

fn spec_of(value: &Value) -> ScenarioSpec {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error} in {value}"))
}

fn set(root: &Value, path: &str, value: Value) -> Value {
    apply(root, &Edit { ensure: Vec::new(), path: path.to_owned(), change: Change::Set(value) })
}

/// Writes `value` and reads the scenario back, as every keystroke does.
fn must_parse(root: &Value, path: &str, value: Value) -> Value {
    let changed = set(root, path, value);
    spec_of(&changed);
    changed
}

/// Visits a field as the form does: sets it to both ends of its range, every choice, every variant.
fn write_all(root: &Value, field: &Field, path: &str, count: &mut usize) {
    *count += 1;
    match field.kind {
        FieldKind::Number | FieldKind::Integer => {
            for edge in [field.min, field.max].into_iter().flatten() {
                must_parse(root, path, number(edge, field.kind));
            }
        }
        FieldKind::Text => drop(must_parse(root, path, json!("abc"))),
        FieldKind::Boolean => drop(must_parse(root, path, json!(true))),
        FieldKind::Choice => field.choices.iter().for_each(|choice| drop(must_parse(root, path, json!(choice.value)))),
        FieldKind::Union => {
            for choice in &field.choices {
                let root = must_parse(root, path, variant(choice, get(root, path)));
                write_group(&root, &choice.fields, path, count);
            }
        }
        FieldKind::Group => write_group(root, &field.fields, path, count),
        FieldKind::List => {
            let add = Edit { ensure: Vec::new(), path: path.to_owned(), change: Change::Add(new_entry(field, root, path)) };
            let longer = apply(root, &add);
            spec_of(&longer);
            let last = get(&longer, path).unwrap().as_array().unwrap().len() - 1;
            write_all(&longer, field.entry().unwrap(), &format!("{path}[{last}]"), count);
            let remove = Edit { ensure: Vec::new(), path: path.to_owned(), change: Change::Remove(last) };
            spec_of(&apply(&longer, &remove));
        }
    }
}

fn write_group(root: &Value, fields: &[Field], path: &str, count: &mut usize) {
    for field in fields {
        write_all(root, field, &super::judge::join(path, &field.name), count);
    }
}

#[test]
fn every_field_of_the_table_can_be_written_to_its_ends() {
    let table = table();
    let start = Writing::start();
    let mut count = 0;
    write_group(&start.value, &table.fields, "", &mut count);
    assert!(count > 130, "{count} fields");
}

#[test]
fn a_new_variant_entry_or_list_runs_at_once() {
    let table = table();
    let sources = table.fields.iter().find(|field| field.name == "sources").unwrap();
    let arrivals = sources.entry().unwrap().fields.iter().find(|field| field.name == "arrivals").unwrap();
    let start = Writing::start();
    for choice in &arrivals.choices {
        let changed = set(&start.value, "sources[0].arrivals", variant(choice, get(&start.value, "sources[0].arrivals")));
        let verdict = judge(&changed, &table.fields);
        assert_eq!(verdict.errors().collect::<Vec<_>>(), Vec::<&coldstart_sim::Problem>::new(), "{}", choice.value);
    }
    for list in ["functions", "sources"] {
        let field = table.fields.iter().find(|field| field.name == list).unwrap();
        let add = Edit { ensure: Vec::new(), path: list.to_owned(), change: Change::Add(new_entry(field, &start.value, list)) };
        assert!(judge(&apply(&start.value, &add), &table.fields).spec.is_some(), "{list}");
    }
}

#[test]
fn variants_keep_what_they_share_and_distributions_are_sound() {
    let table = table();
    let functions = table.fields.iter().find(|field| field.name == "functions").unwrap().entry().unwrap();
    let handler = functions.fields.iter().find(|field| field.name == "handler").unwrap();
    let wait = handler.fields.iter().find(|field| field.name == "wait").unwrap();
    let before = json!({"kind": "exponential", "mean_ms": 42});
    let lognormal = wait.choices.iter().find(|choice| choice.value == "lognormal").unwrap();
    assert_eq!(variant(lognormal, Some(&before)), json!({"kind": "lognormal", "mean_ms": 42, "p99_ms": 300}));
    for choice in &wait.choices {
        let root = set(&Writing::start().value, "functions[0].handler.wait", variant(choice, None));
        assert!(judge(&root, &table.fields).spec.is_some(), "{}: {:?}", choice.value, judge(&root, &table.fields).problems);
    }
    assert!(starter(functions).get("id").is_some());
}

#[test]
fn a_change_within_what_was_left_out_writes_its_default_first() {
    let root = json!({"functions": [{"id": "a"}]});
    let default = json!({"kind": "uniform", "low_ms": 50, "high_ms": 250});
    let edit = Edit {
        ensure: vec![("functions[0].init.sandbox".to_owned(), default)],
        path: "functions[0].init.sandbox.high_ms".to_owned(),
        change: Change::Set(json!(300)),
    };
    let changed = apply(&root, &edit);
    assert_eq!(get(&changed, "functions[0].init.sandbox"), Some(&json!({"kind": "uniform", "low_ms": 50, "high_ms": 300})));
    let unset = Edit { ensure: Vec::new(), path: "functions[0].init".to_owned(), change: Change::Unset };
    assert_eq!(apply(&changed, &unset), root);
    let nowhere = Edit { ensure: Vec::new(), path: "functions[7].id".to_owned(), change: Change::Set(json!("x")) };
    assert_eq!(apply(&root, &nowhere), root);
}

#[test]
fn mistakes_of_form_are_found_at_their_fields() {
    let fields = table().fields;
    let start = Writing::start();
    let cases = [
        ("functions[0].memory_mb", json!("lots"), "functions[0].memory_mb"),
        ("functions[0].memory_mb", json!(99_999_999_999_u64), "functions[0].memory_mb"),
        ("functions[0].memory_mb", json!(12), "functions[0].memory_mb"),
        ("functions[0].oops", json!(1), "functions[0].oops"),
        ("sources[0].arrivals", json!({"kind": "poisson"}), "sources[0].arrivals.per_s"),
        ("sources[0].arrivals", json!({"kind": "nonsense"}), "sources[0].arrivals"),
        ("sources[0].target", json!("nobody"), "sources[0].target"),
        ("functions[0].reuse", json!("best"), "functions[0].reuse"),
        ("sources", json!(3), "sources"),
    ];
    for (path, value, at) in cases {
        let verdict = judge(&set(&start.value, path, value.clone()), &fields);
        assert!(verdict.spec.is_none() && verdict.errors().any(|problem| problem.path == at), "{path} = {value}: {:?}", verdict.problems);
    }
}

#[test]
fn the_text_follows_the_tables_order_and_reads_back() {
    let fields = table().fields;
    for example in examples() {
        let text = to_text(&example.scenario, &fields);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), example.scenario, "{}", example.name);
        let places: Vec<_> =
            ["\"schema\"", "\"title\"", "\"functions\"", "\"sources\""].iter().map(|key| text.find(key).unwrap()).collect();
        assert!(places.is_sorted(), "{text}");
    }
}

#[test]
fn typed_text_is_kept_and_both_ways_to_write_agree() {
    let act = |writing: Rc<Writing>, act| writing.reduce(act);
    let start = Rc::new(Writing::start());
    let typed = act(start.clone(), Act::Type("{\"schema\": 1,\n  oops".to_owned()));
    assert_eq!(typed.value, start.value, "the fields stay at the last text that could be read");
    assert!(matches!(typed.draft.as_ref().unwrap().problem, Some(TextProblem::Syntax { line: 2, column: 3, .. })), "{:?}", typed.draft);
    assert!(typed.is_unread());
    let typed = act(typed, Act::Type("{\"schema\": 1, \"functions\": 3}".to_owned()));
    assert_eq!(get(&typed.value, "functions"), Some(&json!(3)));
    assert!(matches!(typed.draft.as_ref().unwrap().problem, Some(TextProblem::Meaning { .. })) && !typed.is_unread());
    let long = act(typed, Act::Type(" ".repeat(super::state::TEXT_BYTES_MAX + 1)));
    assert_eq!(long.draft.as_ref().unwrap().problem, Some(TextProblem::TooLong));
    let reset = act(long, Act::Reset);
    assert_eq!((&reset.value, &reset.draft), (&start.value, &None));
    let there = act(reset, Act::GoTo("functions[0].handler.cpu.ms".to_owned()));
    assert!(there.tab == Tab::Form && there.open.contains("functions[0].handler.cpu"), "{:?}", there.open);
}

#[test]
fn what_is_no_number_yet_is_kept_as_it_was_typed() {
    assert_eq!(read_number("1,024", FieldKind::Integer), json!(1024));
    assert_eq!(read_number("0.5", FieldKind::Number), json!(0.5));
    assert_eq!(read_number("12 or so", FieldKind::Number), json!("12 or so"));
    assert_eq!(read_numbers("1, 2.5;3\nx", FieldKind::Number), json!([1, 2.5, 3, "x"]));
    assert_eq!((words("timeout_ms").as_str(), words("max_memory_used_mb").as_str()), ("Timeout", "Max memory used"));
}

#[test]
fn bins_follow_the_histograms_buckets() {
    for us in [3, 1_023, 1_024, 1_500, 70_000, 5_000_000, 3_000_000_000] {
        let mut histogram = Histogram::default();
        histogram.record(us);
        histogram.record(us + 1);
        let chart = view::latency_histogram(&histogram).unwrap();
        let (low, high) = chart.x_extent().unwrap();
        #[allow(clippy::cast_precision_loss, reason = "small numbers")]
        let value = us as f64;
        assert!(low <= value && value <= high, "{us}: {low} to {high}");
        let mut one = Histogram::default();
        one.record(us);
        let (from, to) = view::bucket_us(one.buckets[0].0);
        assert!((from..to).contains(&value), "{us} is in {from} to {to}");
    }
}

#[test]
fn every_example_is_shown_with_figures_charts_and_log() {
    for example in examples() {
        // One example has a request every eight minutes or so.
        let (end_s, window_us) = if example.name == "started-ahead" { (4_000.0, 4_000_000_000) } else { (400.0, 120_000_000) };
        let spec = view::until(&spec_of(&example.scenario), end_s);
        let scenario = validate(&spec).unwrap().scenario;
        let window = TimelineOptions { window_us: (0, window_us), max_entries: 5_000 };
        let output = run(&scenario, Seed(spec.run.seed), RunOptions { timeline: Some(window), ..RunOptions::default() });
        let timeline = output.timeline.clone().unwrap();
        assert!(view::lives(&spec, &timeline).is_some() && view::log(&spec, &timeline).contains("REPORT RequestId"), "{}", example.name);
        let (run_has_answers, has_nodes) = (output.report.total.latency.count > 0, !output.report.nodes.is_empty());
        let run = RunResult::new(RunOutput { report: output.report, timeline: output.timeline, digest: None });
        let props = SummaryProps { spec: Rc::new(spec), run };
        let html = block_on(LocalServerRenderer::<Summary>::with_props(props).hydratable(false).render());
        for part in ["playground-figure-requests", "playground-figure-p99", "pg-ledger-month"] {
            assert!(html.contains(part), "{part} of {}", example.name);
        }
        // Without an answer to a caller there is no latency to draw; what keeps events is in a table of its own.
        let answered = html.contains("id=\"pg-percentiles") && html.contains("id=\"pg-histogram");
        assert_eq!(answered, run_has_answers, "{}", example.name);
        assert_eq!(html.contains("pg-nodes-table"), has_nodes, "{}", example.name);
        assert!(answered || has_nodes, "{} shows what it is about", example.name);
        assert!(!html.contains("style=\"") && !html.contains("NaN"), "{}", example.name);
        assert_eq!(html.contains("id=\"pg-erlang"), example.name == "provisioned-spillover", "{}", example.name);
    }
}

/// Whoever is paid, it is in the chart: its bars come to the total under the ledger.
#[test]
fn the_chart_of_the_bill_comes_to_the_bill() {
    for example in examples() {
        let spec = view::until(&spec_of(&example.scenario), 400.0);
        let report = run(&validate(&spec).unwrap().scenario, Seed(spec.run.seed), RunOptions::default()).report;
        let due = format::picodollars_to_dollars(bill::per_month(&report, &spec).due_pd);
        let ChartKind::StackedBars { parts, bars } = view::bill_chart(&spec, &report).kind else { panic!("bars") };
        assert!(bars.iter().all(|bar| bar.amounts.len() == parts.len()), "{}", example.name);
        let shown: f64 = bars.iter().flat_map(|bar| &bar.amounts).sum();
        assert!((shown - due).abs() <= 1e-6 * due.abs(), "{}: {shown} of {due}", example.name);
    }
}

/// A function that only queues call has nobody who waits, and a ledger of several payers names each.
#[test]
fn nobody_waits_for_a_queue() {
    let example = examples().into_iter().find(|example| example.name == "queue-absorbs-burst").unwrap();
    let spec = spec_of(&example.scenario);
    let report = run(&validate(&spec).unwrap().scenario, Seed(spec.run.seed), RunOptions::default()).report;
    assert_eq!(view::function_cells(&report.functions[0], &report.bill)[5], "–");
    assert_ne!(view::function_cells(&report.functions[1], &report.bill)[5], "–");
    let lines = ledger_lines(&report.bill);
    assert!(lines.iter().any(|line| line.quantity.ends_with("\u{a0}requests")), "{:?}", lines[0].quantity);
    let labels: Vec<_> = lines.into_iter().map(|line| line.label).collect();
    assert!(labels.contains(&"Requests, by-queue".into()) && labels.contains(&"SQS requests, orders".into()), "{labels:?}");
}

fn draw(link: OpenedLink) -> String {
    let (table, presets) = (Fetched::Ready(Rc::new(table())), Fetched::Ready(Rc::new(examples())));
    let props = BenchProps { table, again: yew::Callback::noop(), presets, link, asked: None };
    block_on(LocalServerRenderer::<Bench>::with_props(props).hydratable(false).render())
}

#[test]
fn the_page_has_a_field_for_what_it_shows_and_a_label_for_every_field() {
    let html = draw(OpenedLink::None);
    for part in [
        testid::PLAYGROUND_FORM,
        testid::PLAYGROUND_RESULTS,
        testid::PLAYGROUND_PRESET,
        "id=\"pg-functions-0--memory_mb\"",
        "id=\"pg-sources-0--arrivals-per_s\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let ids = |before: &str| -> Vec<String> { html.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect() };
    let mut all = ids(" id=\"");
    let labelled = ids(" for=\"");
    assert!(labelled.iter().all(|id| all.contains(id)), "{labelled:?}");
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count, "every id is used once");
    assert!(!html.contains("style=\""));
}

#[test]
fn a_link_brings_its_scenario_and_its_seed() {
    let mut spec = spec_of(&Writing::start().value);
    spec.functions[0].id = "from-a-link".to_owned();
    let shared = Shared { lesson: None, widget: None, spec, seed: 77, t_ms: None, model_version: crate::MODEL_VERSION };
    let html = draw(OpenedLink::Opened(Rc::new(shared)));
    assert!(html.contains("from-a-link") && html.contains("value=\"77\""), "{html}");
}
