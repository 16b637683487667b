//! The search through lessons, glossary, facts and myths.

mod rank;

use super::pages;
use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{Link, PageHeading, Route, use_navigation};
use crate::components::TextField;
use crate::{t, testid};
use coldstart_course::{SearchEntry, SearchIndex, SearchKind};
use rank::{Found, Prepared, RESULTS_MAX, excerpt, query};
use std::rc::Rc;
use yew::prelude::*;

const FILE: &str = "lessons/search.json";

/// The page. An address with `q` starts with those words.
#[component]
pub fn SearchPage() -> Html {
    let (file, again) = use_fetched::<SearchIndex>(FILE);
    let navigation = use_navigation();
    let text = use_state(|| navigation.place.query.get("q").unwrap_or_default().to_owned());
    let prepared = use_memo(file.ready().map(Rc::as_ptr), |_| file.ready().map(|index| Prepared::new(index.clone())));
    let words = query(&text);
    let found = (*prepared).as_ref().map(|prepared| prepared.find(&words));
    let set = {
        let text = text.setter();
        Callback::from(move |to: String| text.set(to))
    };
    let onkeydown = {
        let first = found.as_ref().and_then(Found::first).map(target);
        Callback::from(move |event: KeyboardEvent| {
            if let Some((route, fragment)) = first.clone().filter(|_| event.key() == "Enter") {
                event.prevent_default();
                navigation.open.emit((route, fragment.into()));
            }
        })
    };
    html! {
        <article class="page page--narrow">
            <PageHeading title={t!("search.title")} />
            { pages() }
            <div role="search" {onkeydown}>
                <TextField
                    id="search"
                    label={t!("search.label")}
                    hint={t!("search.hint")}
                    value={(*text).clone()}
                    on_input={set}
                    testid={testid::SEARCH}
                />
            </div>
            <p class="muted small" role="status" data-testid={testid::SEARCH_SAID}>{ found.as_ref().and_then(|found| said(found, &words)) }</p>
            <div data-testid={testid::SEARCH_RESULTS}>{ match &found {
                Some(found) => results(found, &words),
                None => stand_in(&file, &again),
            } }</div>
        </article>
    }
}

fn said(found: &Found<'_>, words: &[String]) -> Option<String> {
    match (words.is_empty(), found.total) {
        (true, _) => None,
        (_, total) if total > RESULTS_MAX => Some(t!("search.many", most = RESULTS_MAX, n = total)),
        (_, total) => Some(t!("search.count", n = total)),
    }
}

fn results(found: &Found<'_>, words: &[String]) -> Html {
    if words.is_empty() {
        return Html::default();
    }
    if found.total == 0 {
        return html! { <p>{ t!("search.nothing") }</p> };
    }
    html! {
        <div class="stack stack--loose">{ for found.groups.iter().map(|(kind, entries)| html! {
            <section key={heading(*kind)} class="stack stack--tight">
                <h2 class="search__kind">{ heading(*kind) }</h2>
                <ul class="search__list">{ for entries.iter().map(|entry| result(entry, words)) }</ul>
            </section>
        }) }</div>
    }
}

fn result(entry: &SearchEntry, words: &[String]) -> Html {
    let (to, fragment) = target(entry);
    // A learner judges a myth before reading what holds.
    let text = if entry.kind == SearchKind::Myth { String::new() } else { excerpt(&entry.text, words) };
    html! {
        <li>
            <Link {to} {fragment}>{ &entry.title }</Link>
            <div class="small">{ text }</div>
        </li>
    }
}

/// Where a result leads.
fn target(entry: &SearchEntry) -> (Route, String) {
    let route = match (&entry.lesson, entry.kind) {
        (Some(lesson), _) => Route::Lesson(lesson.clone()),
        (None, SearchKind::Term) => Route::Glossary,
        (None, _) => Route::Facts,
    };
    (route, entry.anchor.clone().unwrap_or_default())
}

fn heading(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Lesson => t!("search.lessons"),
        SearchKind::Section => t!("search.sections"),
        SearchKind::Term => t!("search.terms"),
        SearchKind::Fact => t!("search.facts"),
        SearchKind::Myth => t!("search.myths"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use yew::LocalServerRenderer;

    #[derive(Properties, PartialEq)]
    struct Props {
        text: String,
    }

    #[component]
    fn Results(props: &Props) -> Html {
        let entry = |kind, title: &str, lesson: Option<&str>, anchor: Option<&str>| SearchEntry {
            kind,
            title: title.to_owned(),
            text: "what holds".to_owned(),
            lesson: lesson.map(ToOwned::to_owned),
            anchor: anchor.map(ToOwned::to_owned),
        };
        let entries = vec![
            entry(SearchKind::Section, "Cold facts", Some("a"), Some("half")),
            entry(SearchKind::Term, "cold start", None, Some("cold-start")),
            entry(SearchKind::Fact, "Cold INIT.", None, Some("init-limit")),
            entry(SearchKind::Myth, "Pings keep cold starts away.", Some("b"), None),
        ];
        let prepared = Prepared::new(Rc::new(SearchIndex { entries }));
        let words = query(&props.text);
        let found = prepared.find(&words);
        html! { <>{ said(&found, &words) }{ results(&found, &words) }</> }
    }

    fn draw(text: &str) -> String {
        block_on(LocalServerRenderer::<Results>::with_props(Props { text: text.to_owned() }).hydratable(false).render())
    }

    #[test]
    fn results_lead_to_their_places_by_kind() {
        let html = draw("cold");
        for part in ["?lesson=a#half", "?page=glossary#cold-start", "?page=facts#init-limit", "?lesson=b\"", "4 results"] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!((html.matches("<h2").count(), html.matches("what holds").count()), (4, 3), "a myth keeps its answer: {html}");
    }

    #[test]
    fn nothing_found_says_what_to_try() {
        let html = draw("cold nowhere");
        assert!(html.contains("0 results") && html.contains(t!("search.nothing").split('.').next().unwrap_or_default()), "{html}");
        assert_eq!(draw(""), "");
    }
}
