//! What this is, and how far to trust it.

use crate::app::{Link, PageHeading, Route};
use crate::t;
use yew::prelude::*;

/// About the site and its model.
#[component]
pub fn About() -> Html {
    html! {
        <article class="page page--narrow prose">
            <PageHeading title={t!("about.title")} />
            <p>{ t!("about.what") }</p>
            <h2>{ t!("about.model_heading") }</h2>
            <p>{ t!("about.model") }{ " " }<Link to={Route::Facts}>{ t!("about.facts") }</Link></p>
            <p>{ t!("about.choices") }</p>
            { super::reference::pages() }
            <p>{ t!("about.repeatable", version = crate::MODEL_VERSION) }</p>
            <h2>{ t!("about.privacy_heading") }</h2>
            <p>{ t!("about.privacy") }</p>
            <h2>{ t!("about.licence_heading") }</h2>
            <p>{ t!("about.licence") }</p>
        </article>
    }
}
