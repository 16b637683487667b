//! The home page.

use crate::app::PageHeading;
use crate::t;
use yew::prelude::*;

/// What this is and the ways in.
#[component]
pub fn Home() -> Html {
    html! {
        <article class="page">
            <PageHeading title={t!("app.name")} />
            <p class="lede">{ t!("home.lead") }</p>
        </article>
    }
}
