//! For an address that names no page.

use crate::app::{Link, PageHeading, Route};
use crate::{t, testid};
use yew::prelude::*;

/// Properties of [`Unknown`].
#[derive(Properties, PartialEq)]
pub struct UnknownProps {
    /// What was asked for.
    pub route: Route,
}

/// Says what was asked for and where else to go.
#[component]
pub fn Unknown(props: &UnknownProps) -> Html {
    let asked = match &props.route {
        Route::Unknown(name) | Route::Lesson(name) => name.clone(),
        other => other.address(&crate::app::route::Query::default()).trim_start_matches("./").to_owned(),
    };
    html! {
        <article class="page page--narrow prose" data-testid={testid::UNKNOWN_PAGE}>
            <PageHeading title={t!("unknown.title")} />
            <p>{ t!("unknown.text", asked = asked) }</p>
            <p><Link to={Route::Home}>{ t!("unknown.home") }</Link></p>
        </article>
    }
}
