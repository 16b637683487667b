//! What the table of facts shows: pure.

use crate::i18n::Text;
use crate::pages::lesson::host;
use crate::text;
use serde::Deserialize;
use serde_json::Value;

/// `facts.json`: the registry without what only the code needs.
#[derive(Debug, Deserialize)]
pub struct FactsFile {
    /// All facts, in the order of the registry.
    pub facts: Vec<Fact>,
}

/// A fact of the registry.
#[derive(Debug, Deserialize)]
pub struct Fact {
    id: String,
    title: String,
    value: Value,
    text: String,
    kind: String,
    confidence: String,
    source: String,
    read: String,
    review_by: String,
    #[serde(default)]
    valid_from: Option<String>,
    #[serde(default)]
    valid_to: Option<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    note: Option<String>,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Slug, also the row's anchor.
    pub id: String,
    /// One sentence.
    pub title: String,
    /// How the value reads.
    pub value: String,
    /// Each value by itself where sources disagree.
    pub sides: Vec<String>,
    /// Note, Region and dates, each a sentence of its own.
    pub remarks: Vec<String>,
    /// Kind, in words.
    pub kind: &'static str,
    /// Who says so, in words.
    pub confidence: &'static str,
    /// Name of the source.
    pub source: String,
    /// Its address.
    pub address: String,
    /// The day it was read.
    pub read: String,
    /// The day by which it should be read again.
    pub review_by: String,
}

/// Kinds of fact with their words, in the order of the filter.
pub const KINDS: [(&str, Text); 5] = [
    ("fact", text!("facts.kind_fact")),
    ("measured", text!("facts.kind_measured")),
    ("choice", text!("facts.kind_choice")),
    ("conflict", text!("facts.kind_conflict")),
    ("history", text!("facts.kind_history")),
];

const CONFIDENCES: [(&str, Text); 4] = [
    ("official", text!("facts.official")),
    ("secondary", text!("facts.secondary")),
    ("derived", text!("facts.derived")),
    ("own", text!("facts.own")),
];

/// The facts of a kind (all if empty) that have every word of the search, whatever its case.
#[must_use]
pub fn rows(file: &FactsFile, search: &str, kind: &str) -> Vec<Row> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let wanted = |fact: &&Fact| {
        let text = format!("{} {} {} {}", fact.id, fact.title, fact.text, fact.note.as_deref().unwrap_or_default()).to_lowercase();
        (kind.is_empty() || fact.kind == kind) && words.iter().all(|word| text.contains(word))
    };
    file.facts.iter().filter(wanted).map(row).collect()
}

fn row(fact: &Fact) -> Row {
    let word = |table: &[(&str, Text)], name: &str| table.iter().find(|(have, _)| *have == name).map_or("", |(_, text)| text.get());
    let region = fact.region.as_ref().map(|region| crate::t!("facts.region", region = region.clone()));
    let from = fact.valid_from.as_ref().map(|day| crate::t!("facts.valid_from", day = day.clone()));
    let to = fact.valid_to.as_ref().map(|day| crate::t!("facts.valid_to", day = day.clone()));
    Row {
        id: fact.id.clone(),
        title: fact.title.clone(),
        value: fact.text.clone(),
        sides: if fact.kind == "conflict" { sides(&fact.value) } else { Vec::new() },
        remarks: fact.note.clone().into_iter().chain(region).chain(from).chain(to).collect(),
        kind: word(&KINDS, &fact.kind),
        confidence: word(&CONFIDENCES, &fact.confidence),
        source: host(&fact.source).to_owned(),
        address: fact.source.clone(),
        read: fact.read.clone(),
        review_by: fact.review_by.clone(),
    }
}

fn sides(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Object(values) => values.iter().map(|(name, value)| format!("{}: {}", name.replace('_', " "), plain(value))).collect(),
        other => vec![plain(other)],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), |number| crate::i18n::number::integer(number.into())),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(_) => sides(value).join("; "),
        Value::Bool(_) | Value::Null => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> FactsFile {
        serde_json::from_str(
            r#"{"facts": [
              {"id": "init-limit", "title": "INIT may take ten seconds.", "value": 10, "unit": "s", "text": "10 s", "kind": "fact",
               "confidence": "official", "source": "https://docs.example.org/a/b", "read": "2026-01-01", "review_by": "2026-07-01",
               "region": "eu-west-1"},
              {"id": "rate-conflict", "title": "Two rates.", "value": {"one_page": [1000, 10000], "other_page": "500"}, "unit": "",
               "text": "1,000 against 500", "kind": "conflict", "confidence": "official", "source": "https://x.example/",
               "read": "2026-01-01", "review_by": "2026-07-01", "note": "We use the first."}
            ]}"#,
        )
        .unwrap()
    }

    fn found(search: &str, kind: &str) -> Vec<String> {
        rows(&file(), search, kind).into_iter().map(|row| row.id).collect()
    }

    #[test]
    fn every_word_has_to_be_found_somewhere() {
        assert_eq!(found("", "").len(), 2);
        assert_eq!(found("TEN init", ""), ["init-limit"]);
        assert_eq!(found("first rates", ""), ["rate-conflict"]);
        assert_eq!(found("ten rates", ""), Vec::<String>::new());
        assert_eq!(found("", "conflict"), ["rate-conflict"]);
    }

    #[test]
    fn a_conflict_shows_both_sides() {
        let row = &rows(&file(), "conflict", "")[0];
        assert_eq!(row.sides, ["one page: 1,000, 10,000", "other page: 500"]);
        assert_eq!(row.remarks, ["We use the first."]);
    }

    #[test]
    fn a_fact_names_its_source_and_its_region() {
        let row = &rows(&file(), "init", "")[0];
        assert_eq!((row.source.as_str(), row.sides.len()), ("docs.example.org", 0));
        assert!(row.remarks[0].contains("eu-west-1"));
    }
}
