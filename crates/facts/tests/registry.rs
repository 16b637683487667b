//! The registry file: fresh generated sources, checks that name every problem, constants that agree with their values.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use coldstart_facts::generate::{constants_rs, rules_rs, tables_rs};
use coldstart_facts::registry::{Constant, ConstantType, Fact, Kind, Problem, Registry, Value};

const GOOD: &str = r#"
[[fact]]
id = "init-limit"
title = "INIT may take ten seconds."
value = 10
unit = "s"
text = "10 s"
kind = "fact"
confidence = "official"
source = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"
read = "2026-01-01"
review_by = "2026-07-01"
constants = [{ name = "INIT_LIMIT_MS", type = "u64", value = 10000 }]
"#;

fn problems(text: &str) -> Vec<Problem> {
    Registry::parse(text).map_or_else(|error| error.problems, |_| Vec::new())
}

/// The problems of the good fact with one piece of its text replaced.
fn broken(from: &str, to: &str) -> Vec<Problem> {
    assert!(GOOD.contains(from), "{from}");
    problems(&GOOD.replace(from, to))
}

#[test]
fn generated_sources_are_fresh() {
    let registry = Registry::bundled().unwrap();
    let hint = "run: cargo run -p coldstart-facts --features registry --bin facts-generate";
    assert!(include_str!("../src/constants.rs") == constants_rs(&registry), "constants.rs is out of date; {hint}");
    assert!(include_str!("../src/rules.rs") == rules_rs(&registry), "rules.rs is out of date; {hint}");
    assert!(include_str!("../src/tables.rs") == tables_rs(&registry), "tables.rs is out of date; {hint}");
}

#[test]
fn a_good_file_is_accepted_and_looked_up_by_id() {
    let registry = Registry::parse(GOOD).unwrap();
    assert_eq!(registry.get("init-limit").map(|fact| fact.text.as_str()), Some("10 s"));
    assert_eq!(registry.get("no-such-fact"), None);
}

#[test]
fn each_check_names_its_problem() {
    let fact = || "init-limit".to_owned();
    let name = |name: &str| name.to_owned();
    let check = |from: &str, to: &str, expected: Problem| assert_eq!(broken(from, to), [expected], "{to}");

    check("\"init-limit\"", "\"Init Limit\"", Problem::BadId { fact: name("Init Limit") });
    check("\"init-limit\"", "\"init--limit\"", Problem::BadId { fact: name("init--limit") });
    check("text = \"10 s\"", "text = \" \"", Problem::Empty { fact: fact(), field: "text" });
    check(
        "https://docs",
        "http://docs",
        Problem::BadSource {
            fact: fact(),
            source_text: name("http://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"),
        },
    );
    check("2026-07-01", "2026-07-02", Problem::BadReviewDate { fact: fact(), expected: name("2026-07-01") });
    check("\"2026-01-01\"", "\"2026-02-30\"", Problem::BadDate { fact: fact(), field: "read", value: name("2026-02-30") });
    check("INIT_LIMIT_MS", "init_limit", Problem::BadConstantName { fact: fact(), name: name("init_limit") });
    check("value = 10000", "value = -1", Problem::BadConstantValue { fact: fact(), name: name("INIT_LIMIT_MS") });
    check("\"u64\"", "\"tiers\"", Problem::BadConstantValue { fact: fact(), name: name("INIT_LIMIT_MS") });
    check("kind = \"fact\"", "kind = \"choice\"", Problem::ChoiceNotOwn { fact: fact() });
    check("unit =", "valid_from = \"2026-01-02\"\nvalid_to = \"2026-01-01\"\nunit =", Problem::ValidityReversed { fact: fact() });
}

#[test]
fn the_periods_of_a_rule_follow_one_another() {
    let period = |id: &str, dates: &str| {
        let rule = "rules = [{ name = \"STEP_MS\", value = 1 }]";
        GOOD.replace("init-limit", id).replace("unit =", &format!("{dates}\n{rule}\nunit =")).replace("INIT_LIMIT_MS", &id.to_uppercase())
    };
    let both = |old: &str, new: &str| problems(&(period("old", old) + &period("new", new)));
    assert_eq!(both("valid_to = \"2020-11-30\"", "valid_from = \"2020-12-01\""), []);
    let broken = |fact: &str| Problem::BrokenRule { fact: fact.to_owned(), name: "STEP_MS".to_owned() };
    assert_eq!(both("valid_to = \"2020-11-29\"", "valid_from = \"2020-12-01\""), [broken("old")]);
    assert_eq!(both("valid_to = \"2020-12-01\"", "valid_from = \"2020-12-01\""), [broken("old")]);
    let ended = both("valid_to = \"2020-11-30\"", "valid_from = \"2020-12-01\"\nvalid_to = \"2021-01-01\"");
    assert_eq!(ended, [broken("new")], "a rule holds up to today");
}

#[test]
fn wrong_shapes_are_reported_with_the_fact() {
    let shape = |from: &str, to: &str, word: &str| {
        let found = broken(from, to);
        let [Problem::Shape { fact, message }] = found.as_slice() else { panic!("{to}: {found:?}") };
        assert_eq!(fact, "init-limit");
        assert!(message.contains(word), "{message}");
    };
    shape("kind = \"fact\"", "kind = \"rumour\"", "rumour");
    shape("confidence = \"official\"", "confidence = \"sure\"", "sure");
    shape("unit = \"s\"", "units = \"s\"", "unit");
    shape("title = \"INIT may take ten seconds.\"", "", "title");
    // Money must keep its digits: floats are no values.
    shape("value = 10\n", "value = 10.5\n", "Value");
}

#[test]
fn tables_must_rise() {
    let table = |points: &str| {
        let value = format!("table = \"idle-life\"\nvalue = {{ slug = \"x\", label = \"X\", points = {points} }}\n");
        broken("value = 10\n", &value)
    };
    assert_eq!(table("[[0, 5], [1000, 9]]"), []);
    for bad in ["[]", "[[0, 5], [0, 9]]", "[[0, 5], [1001, 9]]", "[[0, 9], [1000, 5]]", "[[0, -5]]", "7"] {
        assert!(matches!(table(bad).as_slice(), [Problem::BadTable { .. }]), "{bad}");
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let text =
        GOOD.replace("kind = \"fact\"", "kind = \"rumour\"") + GOOD + &GOOD.replace("https://", "ftp://").replace("2026-07-01", "soon");
    let found = problems(&text);
    assert_eq!(found.len(), 5, "{found:#?}");
    for expected in ["rumour", "used twice", "defined twice", "https address", "not a date"] {
        assert!(found.iter().any(|problem| problem.to_string().contains(expected)), "{expected}");
    }
}

#[test]
fn files_that_are_no_registry_are_refused() {
    assert!(matches!(problems("[[fact").as_slice(), [Problem::Syntax { .. }]));
    assert!(matches!(problems("title = 1").as_slice(), [Problem::Layout { .. }]));
    let extra = format!("stray = 1\n{GOOD}");
    assert!(matches!(problems(&extra).as_slice(), [Problem::Layout { .. }]));
    let nameless = broken("id = \"init-limit\"", "");
    assert!(matches!(nameless.as_slice(), [Problem::Shape { fact, .. }] if fact == "#1"));
}

#[test]
fn json_is_compact_and_leaves_the_constants_out() {
    let json = Registry::parse(GOOD).unwrap().to_json().unwrap();
    assert!(json.starts_with(r#"{"facts":[{"id":"init-limit","title":"INIT may take ten seconds.","value":10,"unit":"s""#));
    assert!(!json.contains("constants") && !json.contains("note") && !json.contains('\n'));
}

#[test]
fn the_facts_that_the_docs_name_exist() {
    let registry = Registry::bundled().unwrap();
    for id in ["quantile-interpolation", "init-cpu-boost", "first-run-scaling", "init-limit", "one-vcpu-at"] {
        assert!(registry.get(id).is_some(), "{id}");
    }
}

#[test]
fn words_are_ready_for_the_screen() {
    for fact in Registry::bundled().unwrap().facts() {
        assert!(fact.title.ends_with('.'), "{}: the title is a sentence", fact.id);
        assert!(!fact.text.ends_with('.'), "{}: the text goes inside a sentence", fact.id);
        let explained = fact.kind == Kind::Choice || fact.note.is_some() || !fact.read.ends_with("-01");
        assert!(explained, "{}: the note must say how exactly the day of reading is known", fact.id);
    }
}

#[test]
fn prices_are_whole_picodollars_of_their_values() {
    let mut checked = 0;
    for fact in Registry::bundled().unwrap().facts() {
        for constant in fact.constants.iter().filter(|constant| constant.name.ends_with("_PD")) {
            assert!(fact.unit.starts_with("USD per "), "{}", fact.id);
            assert!(fact.region.is_some(), "{}: a price holds for a Region", fact.id);
            assert_eq!(picodollars_of(fact), picodollars_in(constant), "{}", fact.id);
            checked += 1;
        }
    }
    assert!(checked >= 12, "{checked}");
}

#[test]
fn times_and_sizes_are_the_values_in_smaller_units() {
    let mut checked = 0;
    for fact in Registry::bundled().unwrap().facts() {
        let (suffixes, per_unit): (&[&str], _) = match fact.unit.as_str() {
            "ms" | "MB" => (&["_MS", "_MB"], 1),
            "KB" | "KiB" | "MiB" => (&["_KB", "_KIB", "_MIB"], 1),
            "s" => (&["_MS"], 1_000),
            "min" => (&["_MS"], 60_000),
            "h" => (&["_MS"], 3_600_000),
            _ => continue,
        };
        let values: Vec<i64> = integers(&fact.value).iter().map(|value| value * per_unit).collect();
        for constant in fact.constants.iter().filter(|constant| suffixes.iter().any(|suffix| constant.name.ends_with(suffix))) {
            let Value::Integer(value) = constant.value else { panic!("{}", constant.name) };
            assert!(values.contains(&value), "{}: {} is none of {values:?}", fact.id, constant.name);
            checked += 1;
        }
    }
    assert!(checked >= 75, "{checked}");
}

#[test]
fn counts_are_among_the_values() {
    /// Suffixes of constants that other tests check, or that are in a smaller unit than the value.
    const IN_UNITS: [&str; 7] = ["_PD", "_MS", "_MB", "_KB", "_KIB", "_MIB", "_MILLI"];
    /// Worked out from the value: a first attempt and its retries, a rate over a period, the baselines of two vCPUs.
    const WORKED_OUT: [&str; 3] = ["ASYNC_MAX_ATTEMPTS", "SCALING_REFILL_PER_S", "T3_SMALL_BASELINE_MILLI_VCPU"];
    let mut checked = 0;
    for fact in Registry::bundled().unwrap().facts() {
        for constant in fact.constants.iter().filter(|constant| constant.kind != ConstantType::Tiers) {
            let name = constant.name.as_str();
            if IN_UNITS.iter().any(|suffix| name.ends_with(suffix)) || WORKED_OUT.contains(&name) {
                continue;
            }
            let Value::Integer(value) = constant.value else { panic!("{name}") };
            assert!(integers(&fact.value).contains(&value), "{}: {name} is none of its values", fact.id);
            checked += 1;
        }
    }
    assert!(checked >= 60, "{checked}");
}

fn integers(value: &Value) -> Vec<i64> {
    match value {
        Value::Integer(value) => vec![*value],
        Value::Text(_) => Vec::new(),
        Value::List(values) => values.iter().flat_map(integers).collect(),
        Value::Map(values) => values.values().flat_map(integers).collect(),
    }
}

/// The prices in a fact's value, in picodollars per single unit.
fn picodollars_of(fact: &Fact) -> Vec<u64> {
    let per_unit = if fact.unit.starts_with("USD per million") { 1_000_000 } else { 1 };
    let price = |text: &str| {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        assert!(fraction.len() <= 12, "{text}");
        let picodollars: u64 = format!("{whole}{fraction:0<12}").parse().unwrap();
        assert_eq!(picodollars % per_unit, 0, "{text}");
        picodollars / per_unit
    };
    match &fact.value {
        Value::Text(text) => vec![price(text)],
        Value::List(tiers) => tiers
            .iter()
            .map(|tier| match tier {
                Value::List(pair) => match pair.as_slice() {
                    [_, Value::Text(text)] => price(text),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// The prices in a constant, in the same order.
fn picodollars_in(constant: &Constant) -> Vec<u64> {
    let values = integers(&constant.value);
    let prices: Vec<i64> = match constant.kind {
        // The last bound is `"max"`, so the numbers are bound, price, bound, price, price.
        ConstantType::Tiers => [1, 3, 4].map(|index| values[index]).into(),
        _ => values,
    };
    prices.into_iter().map(|price| u64::try_from(price).unwrap()).collect()
}
