//! The pages drawn from the files that they fetch.

use super::model::{Show, draw, filtered};
use super::{glossary, sources};
use coldstart_course::{CardBlock, EventSources, Glossary, ModelCard};
use futures::executor::block_on;
use yew::LocalServerRenderer;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct Props {
    html: Html,
}

#[component]
fn Holder(props: &Props) -> Html {
    props.html.clone()
}

fn drawn(html: Html) -> String {
    block_on(LocalServerRenderer::<Holder>::with_props(Props { html }).hydratable(false).render())
}

fn terms() -> Glossary {
    serde_json::from_str(
        r#"{"terms": [{"id": "init", "term": "INIT", "meaning": "What comes first.", "see": ["warm-start"],
                       "source": {"fact": "init-limit", "url": "https://docs.aws.amazon.com/a.html", "read": "2026-07-21"}},
                      {"id": "warm-start", "term": "warm start", "meaning": "No INIT."}]}"#,
    )
    .unwrap()
}

#[test]
fn terms_have_anchors_and_relations() {
    let html = drawn(glossary::list(&terms(), ""));
    for part in [
        "id=\"init\"",
        "id=\"warm-start\"",
        "?page=glossary#warm-start",
        "What comes first.",
        "docs.aws.amazon.com",
        "2026-07-21",
        "?page=facts#init-limit",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert_eq!(glossary::matching(&terms(), "no init").len(), 1);
    assert!(drawn(glossary::list(&terms(), "zzz")).contains("<p>"));
}

#[test]
fn sources_say_who_waits_and_link_their_facts() {
    let file: EventSources = serde_json::from_str(
        r#"{"sources": [{"id": "queue", "name": "A queue", "model": "poller", "payload": [{"fact": {"id": "limit", "text": "10 s"}}],
            "retries": [{"text": "Until it expires."}], "order": [], "filter": [], "failure": [],
            "best_for": [{"link": {"to": {"lesson": "queues"}, "text": [{"text": "work"}]}}]}], "facts": []}"#,
    )
    .unwrap();
    let html = drawn(sources::table(&file));
    for part in ["id=\"queue\"", "?page=facts#limit", "?lesson=queues", "Until it expires.", "data-label=\""] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("style=\""), "{html}");
}

fn card() -> ModelCard {
    serde_json::from_str(
        r#"{"model_version": 1, "blocks": [
            {"heading": {"level": 2, "id": "one", "text": [{"text": "One"}]}},
            {"paragraph": [{"text": "Plain."}]},
            {"heading": {"level": 3, "id": "below", "text": [{"text": "Below"}]}},
            {"table": {"align": ["left", "left"], "head": [[{"text": "part"}], [{"text": "rule"}]], "rows": [
                [[{"text": "a"}], [{"strong": [{"text": "choice"}]}]], [[{"text": "b"}], [{"text": "a (simplification)"}]]]}},
            {"heading": {"level": 2, "id": "two", "text": [{"text": "Two"}]}},
            {"paragraph": [{"text": "Nothing of the sort."}]}],
          "choices": [{"id": "idle-life", "text": "11 min", "title": "How long it idles.", "source": "https://x.example/", "read": "2026-01-01",
                       "confidence": "own", "kind": "choice"}]}"#,
    )
    .unwrap()
}

#[test]
fn a_filter_keeps_rows_with_the_headings_above_them() {
    let headings = |show| {
        let of = |block: &CardBlock| if let CardBlock::Heading { id, .. } = block { Some(id.clone()) } else { None };
        filtered(&card().blocks, show).iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(headings(Show::All), ["one", "below", "two"]);
    assert_eq!(headings(Show::Choices), ["one", "below"]);
    let Some(CardBlock::Table { rows, .. }) = filtered(&card().blocks, Show::Simplified).pop() else { unreachable!("a table is left") };
    assert_eq!(rows.len(), 1);
}

#[test]
fn the_card_has_contents_and_our_choices() {
    let html = drawn(draw(&card(), Show::All));
    for part in ["?page=model#one", "id=\"two\"", "?page=facts#idle-life", "11 min", "?page=model#our-choices"] {
        assert!(html.contains(part), "{part}: {html}");
    }
}
