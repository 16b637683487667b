//! Every check on a registry file. All problems are reported, not only the first.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{Constant, ConstantType, Date, Fact, REVIEW_AFTER_MONTHS, Registry, Value};

/// All problems of a registry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct RegistryError {
    /// In the order of the file; never empty.
    pub problems: Vec<Problem>,
}

/// One problem of a registry file. `fact` is the id, or the position (`#12`) where there is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say what each field is")]
pub enum Problem {
    #[error("not TOML: {message}")]
    Syntax { message: String },
    #[error("the file must hold [[fact]] entries and nothing else: {message}")]
    Layout { message: String },
    #[error("{fact}: {message}")]
    Shape { fact: String, message: String },
    #[error("{fact}: the id must be a slug of lower-case letters, digits and single dashes")]
    BadId { fact: String },
    #[error("{fact}: the id is used twice")]
    DuplicateId { fact: String },
    #[error("{fact}: `{field}` must not be empty")]
    Empty { fact: String, field: &'static str },
    #[error("{fact}: `{field}` is not a date like 2026-11-23: {value}")]
    BadDate { fact: String, field: &'static str, value: String },
    #[error("{fact}: `review_by` must be {expected}, {REVIEW_AFTER_MONTHS} months after `read`")]
    BadReviewDate { fact: String, expected: String },
    #[error("{fact}: `valid_to` is before `valid_from`")]
    ValidityReversed { fact: String },
    #[error("{fact}: the source must be a full https address: {source_text}")]
    BadSource { fact: String, source_text: String },
    #[error("{fact}: the constant {name} must be upper case with underscores")]
    BadConstantName { fact: String, name: String },
    #[error("{fact}: the constant {name} is defined twice")]
    DuplicateConstant { fact: String, name: String },
    #[error("{fact}: the value of {name} does not fit its type")]
    BadConstantValue { fact: String, name: String },
    #[error("{fact}: the rule {name} has a gap or an overlap here: its periods must follow one another, the last one without an end")]
    BrokenRule { fact: String, name: String },
    #[error("{fact}: {message}")]
    BadTable { fact: String, message: String },
    #[error("{fact}: a choice is ours: its confidence must be `own` or `derived`")]
    ChoiceNotOwn { fact: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "fact")]
    facts: Vec<toml::Value>,
}

pub(super) fn parse(text: &str) -> Result<Registry, RegistryError> {
    let one = |problem| RegistryError { problems: vec![problem] };
    let table: toml::Table = toml::from_str(text).map_err(|error| one(Problem::Syntax { message: error.to_string() }))?;
    let file: File = table.try_into().map_err(|error: toml::de::Error| one(Problem::Layout { message: error.message().into() }))?;

    let mut problems = Vec::new();
    let mut facts = Vec::new();
    for (index, entry) in file.facts.into_iter().enumerate() {
        let name = entry.get("id").and_then(toml::Value::as_str).map_or(format!("#{}", index + 1), str::to_owned);
        match entry.try_into::<Fact>() {
            Ok(fact) => facts.push(fact),
            Err(error) => problems.push(Problem::Shape { fact: name, message: error.message().into() }),
        }
    }
    let mut tables = Vec::new();
    for (index, fact) in facts.iter().enumerate() {
        check_words(fact, &mut problems);
        check_dates(fact, &mut problems);
        check_constants(fact, &mut problems);
        match fact.read_table() {
            Ok(table) => tables.extend(table.map(|table| (index, table))),
            Err(message) => problems.push(Problem::BadTable { fact: fact.id.clone(), message }),
        }
    }
    check_unique(&facts, &mut problems);
    let registry = Registry { facts, tables };
    check_rules(&registry, &mut problems);
    if problems.is_empty() { Ok(registry) } else { Err(RegistryError { problems }) }
}

fn check_words(fact: &Fact, problems: &mut Vec<Problem>) {
    let name = || fact.id.clone();
    if !is_slug(&fact.id) {
        problems.push(Problem::BadId { fact: name() });
    }
    for (field, text) in [("title", &fact.title), ("text", &fact.text)] {
        if text.trim().is_empty() {
            problems.push(Problem::Empty { fact: name(), field });
        }
    }
    if !is_https(&fact.source) {
        problems.push(Problem::BadSource { fact: name(), source_text: fact.source.clone() });
    }
    let ours = matches!(fact.confidence, super::Confidence::Own | super::Confidence::Derived);
    if fact.kind == super::Kind::Choice && !ours {
        problems.push(Problem::ChoiceNotOwn { fact: name() });
    }
}

fn check_dates(fact: &Fact, problems: &mut Vec<Problem>) {
    let mut date = |field, text: Option<&String>| {
        let text = text?;
        let parsed = Date::parse(text);
        if parsed.is_none() {
            problems.push(Problem::BadDate { fact: fact.id.clone(), field, value: text.clone() });
        }
        parsed
    };
    let read = date("read", Some(&fact.read));
    let review_by = date("review_by", Some(&fact.review_by));
    let from = date("valid_from", fact.valid_from.as_ref());
    let to = date("valid_to", fact.valid_to.as_ref());

    if let (Some(read), Some(review_by)) = (read, review_by) {
        let expected = read.plus_months(REVIEW_AFTER_MONTHS);
        if review_by != expected {
            problems.push(Problem::BadReviewDate { fact: fact.id.clone(), expected: expected.to_string() });
        }
    }
    if matches!((from, to), (Some(from), Some(to)) if to < from) {
        problems.push(Problem::ValidityReversed { fact: fact.id.clone() });
    }
}

fn check_constants(fact: &Fact, problems: &mut Vec<Problem>) {
    for constant in &fact.constants {
        let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let starts_well = constant.name.starts_with(|first: char| first.is_ascii_uppercase());
        if !starts_well || !constant.name.bytes().all(upper) {
            problems.push(Problem::BadConstantName { fact: fact.id.clone(), name: constant.name.clone() });
        }
        if !fits(constant) {
            problems.push(Problem::BadConstantValue { fact: fact.id.clone(), name: constant.name.clone() });
        }
    }
}

fn check_unique(facts: &[Fact], problems: &mut Vec<Problem>) {
    let mut ids = BTreeSet::new();
    let mut constants = BTreeMap::new();
    for fact in facts {
        if !ids.insert(&fact.id) {
            problems.push(Problem::DuplicateId { fact: fact.id.clone() });
        }
        for constant in &fact.constants {
            if constants.insert(&constant.name, &fact.id).is_some() {
                problems.push(Problem::DuplicateConstant { fact: fact.id.clone(), name: constant.name.clone() });
            }
        }
    }
}

/// The periods of a rule follow one another day by day, from wherever the first one begins up to today.
fn check_rules(registry: &Registry, problems: &mut Vec<Problem>) {
    for (name, periods) in registry.rules() {
        let mut follows = periods.iter().skip(1).map(|period| period.from).chain([None]);
        for period in &periods {
            if period.until.map(Date::next_day) != follows.next().flatten() {
                problems.push(Problem::BrokenRule { fact: period.fact.id.clone(), name: name.to_owned() });
            }
        }
    }
}

fn fits(constant: &Constant) -> bool {
    match (constant.kind, &constant.value) {
        (ConstantType::U32, Value::Integer(value)) => u32::try_from(*value).is_ok(),
        (ConstantType::U64, Value::Integer(value)) => u64::try_from(*value).is_ok(),
        (ConstantType::Tiers, value) => constant_tiers(value).is_some(),
        _ => false,
    }
}

/// Upper bounds and prices of three tiers with rising bounds, the last of them unbounded.
pub(crate) fn constant_tiers(value: &Value) -> Option<[(u64, u64); 3]> {
    let Value::List(rows) = value else {
        return None;
    };
    let tier = |row: &Value| match row {
        Value::List(pair) => match pair.as_slice() {
            [Value::Integer(bound), Value::Integer(price)] => Some((u64::try_from(*bound).ok()?, u64::try_from(*price).ok()?)),
            [Value::Text(bound), Value::Integer(price)] if bound == "max" => Some((u64::MAX, u64::try_from(*price).ok()?)),
            _ => None,
        },
        _ => None,
    };
    let tiers: [(u64, u64); 3] = rows.iter().map(tier).collect::<Option<Vec<_>>>()?.try_into().ok()?;
    let rising = tiers[0].0 < tiers[1].0 && tiers[1].0 < tiers[2].0 && tiers[2].0 == u64::MAX;
    rising.then_some(tiers)
}

fn is_slug(id: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id.split('-').all(word)
}

fn is_https(source: &str) -> bool {
    source.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        host.contains('.') && !source.contains(char::is_whitespace)
    })
}
