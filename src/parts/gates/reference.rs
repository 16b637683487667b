//! Facts, glossary, event sources, the model card, search.

use crate::app::Route;
use crate::pages::facts;
use crate::pages::reference::{glossary, model, search, sources};
use yew::prelude::*;

/// The page of a route of this part.
#[inline(never)]
pub fn page(route: &Route) -> Html {
    match route {
        Route::Facts => html! { <facts::Facts /> },
        Route::Glossary => html! { <glossary::GlossaryPage /> },
        Route::Sources => html! { <sources::SourcesPage /> },
        Route::Model => html! { <model::ModelPage /> },
        Route::Search => html! { <search::SearchPage /> },
        _ => Html::default(),
    }
}
