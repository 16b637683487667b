//! The reference: every fact with its value, its source and the day it was read.

mod view;

use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{PageHeading, use_navigation};
use crate::components::{Select, SelectOption, TextField};
use crate::platform::dom;
use crate::{t, testid};
use view::{FactsFile, KINDS, Row, rows};
use yew::prelude::*;

const FILE: &str = "lessons/facts.json";

/// The table with its search.
#[component]
pub fn Facts() -> Html {
    let (file, again) = use_fetched::<FactsFile>(FILE);
    let search = use_state(String::new);
    let kind = use_state(String::new);
    let fragment = use_navigation().place.fragment.clone();
    use_effect_with((file.ready().is_some(), fragment), |(there, fragment)| {
        // A link to one fact arrives before the table does.
        if *there && !fragment.is_empty() {
            dom::jump_to(fragment);
        }
    });
    let shown = file.ready().map(|file| rows(file, &search, &kind));
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text: String| state.set(text))
    };
    let any = SelectOption { value: "".into(), label: t!("facts.any_kind").into() };
    let kinds = KINDS.iter().map(|(name, text)| SelectOption { value: (*name).into(), label: text.get().into() });
    html! {
        <article class="page">
            <PageHeading title={t!("facts.title")} />
            { super::reference::pages() }
            <p class="lede">{ t!("facts.lead") }</p>
            <div class="cluster" role="search">
                <TextField
                    id="facts-search"
                    label={t!("facts.search")}
                    value={(*search).clone()}
                    on_input={set(&search)}
                    testid={testid::FACTS_SEARCH}
                />
                <Select
                    id="facts-kind"
                    label={t!("facts.kind")}
                    value={(*kind).clone()}
                    options={std::iter::once(any).chain(kinds).collect::<Vec<_>>()}
                    on_change={set(&kind).reform(|value: AttrValue| value.to_string())}
                />
                <p class="muted small" role="status">{ shown.as_ref().map(|rows| t!("facts.count", n = rows.len())) }</p>
            </div>
            <div>{ match shown {
                Some(rows) => table(&rows),
                None => stand_in(&file, &again),
            } }</div>
        </article>
    }
}

fn table(rows: &[Row]) -> Html {
    html! {
        <div class="table-scroll table-scroll--page" tabindex="0" role="group" aria-label={t!("facts.table")} data-testid={testid::FACTS_TABLE}>
            <table class="table table--cards facts">
                <thead>
                    <tr>
                        <th scope="col">{ t!("facts.statement") }</th>
                        <th scope="col">{ t!("facts.value") }</th>
                        <th scope="col">{ t!("facts.kind") }</th>
                        <th scope="col">{ t!("facts.source") }</th>
                    </tr>
                </thead>
                <tbody>{ for rows.iter().map(fact) }</tbody>
            </table>
        </div>
    }
}

fn fact(row: &Row) -> Html {
    html! {
        <tr key={row.id.clone()} id={row.id.clone()} tabindex="-1">
            <th scope="row">
                { &row.title }
                { for row.remarks.iter().map(|remark| html! { <div class="muted small">{ remark }</div> }) }
                <div class="muted small"><code>{ &row.id }</code></div>
            </th>
            <td data-label={t!("facts.value")}>
                <span class="num">{ &row.value }</span>
                { if row.sides.is_empty() { Html::default() } else { html! {
                    <ul class="small">{ for row.sides.iter().map(|side| html! { <li>{ side }</li> }) }</ul>
                } } }
            </td>
            <td data-label={t!("facts.kind")}>{ row.kind }<div class="muted small">{ row.confidence }</div></td>
            <td data-label={t!("facts.source")}>
                <a href={row.address.clone()} target="_blank" rel="noopener noreferrer">{ &row.source }</a>
                <div class="muted small">{ t!("facts.read", day = row.read.clone(), review = row.review_by.clone()) }</div>
            </td>
        </tr>
    }
}
