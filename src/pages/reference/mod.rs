//! What can be looked up: glossary, event sources, the model card, and the search through everything. The facts have a module of their own.

pub(crate) mod glossary;
pub(crate) mod model;
mod prose;
pub(crate) mod search;
pub(crate) mod sources;

use crate::app::{Link, Route, use_navigation};
use crate::i18n::Text;
use crate::platform::dom;
use crate::{t, testid, text};
use yew::prelude::*;

const PAGES: [(Route, Text); 5] = [
    (Route::Facts, text!("reference.facts")),
    (Route::Glossary, text!("reference.glossary")),
    (Route::Sources, text!("reference.sources")),
    (Route::Model, text!("reference.model")),
    (Route::Search, text!("reference.search")),
];

/// Links to all pages of the reference.
pub(crate) fn pages() -> Html {
    html! {
        <nav class="cluster reference-pages no-print" aria-label={t!("reference.pages")} data-testid={testid::REFERENCE_PAGES}>
            { for PAGES.iter().enumerate().map(|(at, (to, text))| html! { <Link key={at} to={to.clone()}>{ text.get() }</Link> }) }
        </nav>
    }
}

/// Goes to the place that the address names once it is there: a link to it arrives before the file does.
#[hook]
fn use_place(there: bool) {
    let fragment = use_navigation().place.fragment.clone();
    use_effect_with((there, fragment), |(there, fragment)| {
        if *there && !fragment.is_empty() {
            dom::jump_to(fragment);
        }
    });
}

#[cfg(test)]
mod tests;
