//! The visual language: every token, every part in its states, every kind of chart, in every theme.

mod charts;
mod parts;
mod tokens;

use crate::app::PageHeading;
use crate::t;
use yew::prelude::*;

/// The page.
#[component]
pub fn Style() -> Html {
    html! {
        <article class="page style-page">
            <div class="page-head">
                <PageHeading title={t!("style.title")} />
                <p class="lede">{ t!("style.lede") }</p>
            </div>
            <section>
                <h2>{ t!("style.colours") }</h2>
                { tokens::colours() }
            </section>
            <section>
                <h2>{ t!("style.type_and_space") }</h2>
                { tokens::type_scale() }
                { tokens::space_scale() }
            </section>
            <section>
                <h2>{ t!("style.environments") }</h2>
                { parts::environments() }
            </section>
            <section>
                <h2>{ t!("style.parts") }</h2>
                <parts::Parts />
            </section>
            <section>
                <h2>{ t!("style.charts") }</h2>
                <charts::Charts />
            </section>
            <section>
                <h2>{ t!("style.themes") }</h2>
                { parts::themes() }
            </section>
        </article>
    }
}
