//! A lesson, drawn natively from the data that the page fetches.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use coldstart::pages::lesson::{Data, LessonView, LessonViewProps};
use coldstart::platform::storage;
use coldstart::state::progress::{BetRecord, LessonProgress, Progress};
use coldstart::testid;
use coldstart_course::CompiledLesson;
use futures::executor::block_on;
use std::rc::Rc;
use yew::LocalServerRenderer;

const LESSON: &str = r##"{
  "format": 1, "id": "try", "title": "A trial", "summary": "", "promise": "Know a thing.", "level": "beginner", "minutes": 1,
  "objectives": [{"id": "o", "text": "do a thing"}],
  "facts": [{"id": "limit", "text": "10 s", "title": "A limit.", "source": "https://docs.example.org/x", "read": "2026-01-01",
             "confidence": "official", "kind": "fact"}],
  "blocks": [
    {"paragraph": [{"text": "It takes "}, {"fact": {"id": "limit", "text": "10 s"}}, {"text": " and "},
                   {"result": {"run": "one", "metric": "cold_share", "format": "percent"}}, {"text": " <script>"}]},
    {"widget": {"name": "no-such-widget", "id": "w", "scenario": "one", "facts": ["limit", "unknown"]}},
    {"code": {"language": "yaml", "text": "a: b\n"}},
    {"callout": {"kind": "unknown", "blocks": [{"paragraph": [{"text": "AWS is silent."}]}]}},
    {"table": {"align": ["left", "right"], "head": [[{"text": "h"}], [{"text": "n"}]], "rows": [[[{"text": "r"}], [{"count": "12"}]]]}},
    {"comparison": {"id": "ways", "caption": [{"text": "Three ways"}], "options": [[{"text": "one way"}], [{"text": "another"}], [{"text": "a third"}]],
      "rows": [{"label": [{"text": "Cold"}], "best": "low", "cells": [
        [{"result": {"run": "one", "metric": "cold_share", "format": "percent"}}],
        [{"result": {"run": "one", "metric": "spill_share", "format": "percent"}}],
        [{"result": {"run": "one", "metric": "cold_share", "format": "percent"}}]]}]}},
    {"heading": {"level": 2, "id": "next", "text": [{"text": "Next"}]}},
    {"bet": {"id": "b", "on": "v", "question": [{"text": "How many?"}],
             "answer": {"number": {"truth": {"run": "one", "metric": "cold_share", "format": "percent"}, "min": 0, "max": 50, "step": 1}},
             "explain": [{"text": "the secret"}]}},
    {"widget": {"name": "no-such-widget", "id": "v", "scenario": "one"}},
    {"paragraph": [{"text": "the secret"}]}
  ],
  "scenarios": {"one": {"schema": 1, "functions": [{"id": "f"}],
                        "sources": [{"id": "s", "target": "f", "arrivals": {"kind": "constant", "per_s": 1.0}}]}},
  "results": {"one.cold_share": {"value": 0.125, "low": 0.1, "high": 0.2}, "one.spill_share": {"value": 0.05, "low": 0.05, "high": 0.05}},
  "model_version": 1
}"##;

fn draw() -> String {
    let lesson: CompiledLesson = serde_json::from_str(LESSON).unwrap();
    let props = LessonViewProps { lesson: Data(Rc::new(lesson)), index: None };
    block_on(LocalServerRenderer::<LessonView>::with_props(props).hydratable(false).render())
}

#[test]
fn the_text_shows_facts_figures_and_no_raw_html() {
    let html = draw();
    for part in [
        "<h1",
        "A trial",
        "Know a thing.",
        "10\u{a0}s",
        "12.5\u{a0}%",
        "&lt;script&gt;",
        "a: b",
        "AWS is silent.",
        ">12<",
        "<th scope=\"col\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<script>") && !html.contains("style=\""), "{html}");
}

#[test]
fn a_stage_names_the_sources_of_its_texts() {
    let html = draw();
    let sources = html.split("lesson__sources\">").nth(1).unwrap().split("lesson__share").next().unwrap();
    for part in ["Sources of the figures in it", "A limit.", "aria-label=\"A limit.\"", ">10\u{a0}s<"] {
        assert!(sources.contains(part), "{part}: {sources}");
    }
}

#[test]
fn options_stand_beside_each_other_with_the_best_pointed_out() {
    let html = draw();
    let table = html.split("comparison-ways\"").nth(1).unwrap().split("</section>").next().unwrap();
    for part in
        ["<caption>Three ways</caption>", "role=\"columnheader\">another<", "data-option=\"a third\"", "ways-option-2", "ways-differences"]
    {
        assert!(table.contains(part), "{part}: {table}");
    }
    let cells: Vec<&str> = table.split("<td").skip(2).collect();
    let best: Vec<bool> = cells.iter().map(|cell| cell.contains(">lowest<")).collect();
    assert_eq!(best, [false, true, false], "{table}");
}

#[test]
fn what_a_bet_is_about_stays_hidden_until_it_is_answered() {
    let html = draw();
    assert!(html.contains("How many?") && html.contains(testid::REVEAL_ALL), "{html}");
    assert!(!html.contains("the secret") && !html.contains("do a thing"), "{html}");
    assert_eq!(html.matches("data-widget=").count(), 1, "the second stage waits: {html}");
}

#[test]
fn a_widget_that_this_build_lacks_is_named() {
    assert!(draw().contains("no-such-widget"));
}

#[test]
fn predictions_that_were_kept_stay_committed() {
    let mut progress = Progress::default();
    let bets = std::iter::once(("b".to_owned(), BetRecord::Number(20.0))).collect();
    progress.record("try", &LessonProgress { bets, ..LessonProgress::default() });
    // Without a browser it lasts as long as this thread, and says so.
    assert!(storage::set("progress", &progress.to_json()).is_err());
    let html = draw();
    assert!(html.contains("the secret") && html.contains("do a thing") && html.contains(testid::LESSON_AGAIN), "{html}");
    assert!(!html.contains(testid::REVEAL_ALL) && !html.contains("bet-b-commit"), "{html}");
    assert_eq!(html.matches("data-widget=").count(), 2, "{html}");
}

#[test]
fn what_is_stored_and_broken_does_no_harm() {
    assert!(storage::set("progress", "{broken").is_err());
    assert!(draw().contains(testid::REVEAL_ALL));
}

#[test]
fn headings_can_be_linked_to() {
    let kept = "{\"version\":1,\"lessons\":{\"try\":{\"visited_ms\":0,\"bets\":{\"b\":\"skipped\"}}}}";
    assert!(storage::set("progress", kept).is_err());
    assert!(draw().contains("href=\"./?lesson=try#next\""));
}
