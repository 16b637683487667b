//! What invokes functions, one row each; on small screens one card each.

use super::prose::inlines;
use super::{pages, use_place};
use crate::app::PageHeading;
use crate::app::fetched::{stand_in, use_fetched};
use crate::i18n::Text;
use crate::{t, testid, text};
use coldstart_course::{EventSource, EventSources, Inline, InvocationModel};
use yew::prelude::*;

const FILE: &str = "lessons/sources.json";

type Column = (Text, fn(&EventSource) -> &[Inline]);

const COLUMNS: [Column; 6] = [
    (text!("sources.payload"), |source| &source.payload),
    (text!("sources.retries"), |source| &source.retries),
    (text!("sources.order"), |source| &source.order),
    (text!("sources.filter"), |source| &source.filter),
    (text!("sources.failure"), |source| &source.failure),
    (text!("sources.best_for"), |source| &source.best_for),
];

/// The page.
#[component]
pub fn SourcesPage() -> Html {
    let (file, again) = use_fetched::<EventSources>(FILE);
    use_place(file.ready().is_some());
    html! {
        <article class="page">
            <PageHeading title={t!("sources.title")} />
            { pages() }
            <p class="lede">{ t!("sources.lead") }</p>
            <div>{ match file.ready() {
                Some(file) if file.sources.is_empty() => html! { <p>{ t!("sources.none") }</p> },
                Some(file) => table(file),
                None => stand_in(&file, &again),
            } }</div>
        </article>
    }
}

/// The table.
pub fn table(file: &EventSources) -> Html {
    html! {
        <div class="table-scroll table-scroll--page" tabindex="0" role="group" aria-label={t!("sources.title")}>
            <table class="table table--cards" data-testid={testid::SOURCES}>
                <thead>
                    <tr>
                        <th scope="col">{ t!("sources.name") }</th>
                        { for COLUMNS.iter().map(|(heading, _)| html! { <th scope="col">{ heading.get() }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for file.sources.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(source: &EventSource) -> Html {
    html! {
        <tr key={source.id.clone()} id={source.id.clone()} tabindex="-1">
            <th scope="row">{ &source.name }<div class="muted small">{ model(source.model) }</div></th>
            { for COLUMNS.iter().map(|(heading, text)| html! { <td data-label={heading.get()}>{ inlines(text(source)) }</td> }) }
        </tr>
    }
}

fn model(model: InvocationModel) -> &'static str {
    match model {
        InvocationModel::Synchronous => t!("sources.synchronous"),
        InvocationModel::Asynchronous => t!("sources.asynchronous"),
        InvocationModel::Poller => t!("sources.poller"),
    }
}
