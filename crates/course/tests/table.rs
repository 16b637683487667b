//! Which lesson uses what for the first time: `docs/lessons.md`, written by this test (`COLDSTART_BLESS=1`) and compared ever after.
//! Every lesson has a widget, a feature of the scenario or a view that no earlier lesson used.

#![cfg(feature = "parser")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use coldstart_course::parser::{Files, compile};
use coldstart_course::{Bet, BetAnswer, Block, CompiledLesson};
use coldstart_facts::registry::Registry;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lessons() -> (Files, Vec<CompiledLesson>) {
    let files = Files::read(&root().join("lessons")).unwrap();
    let course = compile(&files, &Registry::bundled().unwrap());
    let lessons =
        course.unwrap_or_else(|problems| unreachable!("{}", problems.iter().map(|problem| format!("{problem}\n")).collect::<String>()));
    (files, lessons.lessons)
}

/// The fields that a scenario's author wrote, lists and numbers left out, with the kind where there are kinds: `sources.arrivals=poisson`.
fn features(value: &toml::Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            if let Some(kind) = table.get("kind").and_then(toml::Value::as_str) {
                found.insert(format!("{path}={kind}"));
            }
            for (key, inner) in
                table.iter().filter(|(key, _)| !["id", "title", "schema", "kind", "target", "source", "run"].contains(&key.as_str()))
            {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                features(inner, &path, found);
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|item| features(item, path, found)),
        _ => drop(found.insert(path.to_owned())),
    }
}

fn features_of(files: &Files, lesson: &CompiledLesson) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let below = format!("{}/scenarios/", lesson.id);
    for (_, text) in files.texts.iter().filter(|(path, _)| path.starts_with(&below)) {
        features(&toml::from_str(text).unwrap(), "", &mut found);
    }
    found
}

/// Widgets by name, with the views of labs, and the other sorts of blocks that are acts.
fn acts_of(lesson: &CompiledLesson) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for block in &lesson.blocks {
        match block {
            Block::Widget(widget) => {
                found.insert(widget.name.clone());
                let views = widget.props.get("views").and_then(|views| views.as_array()).into_iter().flatten();
                found.extend(views.filter_map(|view| view.as_str()).map(|view| format!("{}: {view}", widget.name)));
                found.extend(widget.props.contains_key("goal").then(|| format!("{}: challenge", widget.name)));
                found.extend(widget.props.get("act").and_then(|act| act.as_str()).map(|act| format!("{}: {act}", widget.name)));
            }
            Block::Bet(Bet { answer, .. }) => {
                let kind = match answer {
                    BetAnswer::Number { .. } => "number",
                    BetAnswer::Curve(_) => "curve",
                    BetAnswer::Choice(_) => "choice",
                };
                found.insert(format!("prediction: {kind}"));
            }
            Block::Comparison(_) => drop(found.insert("comparison".to_owned())),
            Block::Quiz(quiz) => found.extend(quiz.questions.iter().map(|question| format!("question: {}", question.kind.word()))),
            _ => {}
        }
    }
    found
}

#[test]
fn every_lesson_brings_something_new_and_the_table_says_what() {
    let (files, lessons) = lessons();
    let (mut acts, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut table = "# What each lesson uses for the first time\n\nWritten by `crates/course/tests/table.rs` from the lessons themselves: run it with \
                     `COLDSTART_BLESS=1` after a change. A feature\nis a field of the scenario that the lesson's scenario files set; a kind stands behind `=`.\n\n\
                     | lesson | new acts and views | new features of scenarios | acts and features in all |\n|---|---|---|---:|\n"
        .to_owned();
    for lesson in &lessons {
        let (own_acts, own) = (acts_of(lesson), features_of(&files, lesson));
        let new_acts: Vec<String> = own_acts.difference(&acts).cloned().collect();
        let new: Vec<String> = own.difference(&seen).map(|feature| format!("`{feature}`")).collect();
        writeln!(table, "| {} | {} | {} | {} |", lesson.id, new_acts.join(", "), new.join(", "), own_acts.len() + own.len()).unwrap();
        assert!(!new.is_empty() || !new_acts.is_empty(), "{} uses nothing that an earlier lesson does not use", lesson.id);
        acts.extend(own_acts);
        seen.extend(own);
    }
    let path = root().join("docs/lessons.md");
    if std::env::var_os("COLDSTART_BLESS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        table,
        "docs/lessons.md is stale: COLDSTART_BLESS=1 cargo test -p coldstart-course --features parser"
    );
}

#[test]
fn every_lesson_asks_why_at_least_three_times() {
    for lesson in lessons().1 {
        let questions =
            lesson.blocks.iter().filter_map(|block| if let Block::Quiz(quiz) = block { Some(quiz.questions.len()) } else { None });
        assert!(questions.sum::<usize>() >= 3, "{}", lesson.id);
    }
}
