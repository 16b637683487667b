//! The glossary: one meaning a word.

use super::{pages, use_place};
use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{Link, PageHeading, Route};
use crate::components::TextField;
use crate::pages::lesson::host;
use crate::{t, testid};
use coldstart_course::{Glossary, Term, TermSource};
use yew::prelude::*;

const FILE: &str = "lessons/glossary.json";

/// The page.
#[component]
pub fn GlossaryPage() -> Html {
    let (file, again) = use_fetched::<Glossary>(FILE);
    let filter = use_state(String::new);
    use_place(file.ready().is_some());
    let set = {
        let filter = filter.setter();
        Callback::from(move |text: String| filter.set(text))
    };
    let count = file.ready().map(|glossary| t!("glossary.count", n = matching(glossary, &filter).len()));
    html! {
        <article class="page page--narrow">
            <PageHeading title={t!("glossary.title")} />
            { pages() }
            <p class="lede">{ t!("glossary.lead") }</p>
            <div class="cluster no-print" role="search">
                <TextField
                    id="glossary-filter"
                    label={t!("glossary.filter")}
                    value={(*filter).clone()}
                    on_input={set}
                    testid={testid::GLOSSARY_FILTER}
                />
                <p class="muted small" role="status">{ count }</p>
            </div>
            <div>{ match file.ready() {
                Some(glossary) => list(glossary, &filter),
                None => stand_in(&file, &again),
            } }</div>
        </article>
    }
}

/// The terms that have every word of the filter in their word or their meaning.
#[must_use]
pub fn matching<'a>(glossary: &'a Glossary, filter: &str) -> Vec<&'a Term> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let wanted = |term: &&Term| {
        let text = format!("{} {}", term.term, term.meaning).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    glossary.terms.iter().filter(wanted).collect()
}

/// The terms.
pub fn list(glossary: &Glossary, filter: &str) -> Html {
    let terms = matching(glossary, filter);
    if terms.is_empty() {
        return html! { <p>{ t!("glossary.nothing") }</p> };
    }
    html! {
        <dl class="glossary" data-testid={testid::GLOSSARY}>
            { for terms.into_iter().map(|term| html! {
                <div key={term.id.clone()} id={term.id.clone()} class="glossary__term" tabindex="-1">
                    <dt>{ &term.term }</dt>
                    <dd>{ &term.meaning }{ related(glossary, term) }<div>{ term.source.as_ref().map(from) }</div></dd>
                </div>
            }) }
        </dl>
    }
}

/// Where AWS says so, and the fact with all that is known of it.
fn from(source: &TermSource) -> Html {
    html! {
        <div class="muted small">
            { t!("kit.source") }{ ": " }
            <a href={source.url.clone()} target="_blank" rel="noopener noreferrer">{ host(&source.url).to_owned() }</a>
            { ", " }{ t!("kit.read_on") }{ " " }{ &source.read }{ ", " }
            <Link to={Route::Facts} fragment={source.fact.clone()}>{ t!("glossary.fact") }</Link>
        </div>
    }
}

fn related(glossary: &Glossary, term: &Term) -> Html {
    let others: Vec<&Term> = term.see.iter().filter_map(|id| glossary.terms.iter().find(|other| other.id == *id)).collect();
    if others.is_empty() {
        return Html::default();
    }
    html! {
        <div class="muted small">
            { t!("glossary.see") }
            { for others.into_iter().map(|other| html! { <>{ " " }<Link to={Route::Glossary} fragment={other.id.clone()}>{ &other.term }</Link></> }) }
        </div>
    }
}
