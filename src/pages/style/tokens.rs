//! Colours, sizes and spaces.

use crate::i18n::Text;
use crate::text;
use yew::prelude::*;

/// Groups of colours: heading, then name of the token and what it means.
const COLOURS: [(Text, &[(&str, Text)]); 4] = [
    (
        text!("style.ground"),
        &[
            ("bg", text!("style.bg")),
            ("surface", text!("style.surface")),
            ("sunken", text!("style.sunken")),
            ("line", text!("style.line")),
            ("line-strong", text!("style.line_strong")),
            ("ink", text!("style.ink")),
            ("ink-2", text!("style.ink_2")),
        ],
    ),
    (
        text!("style.act"),
        &[("accent", text!("style.accent")), ("accent-strong", text!("style.accent_strong")), ("accent-soft", text!("style.accent_soft"))],
    ),
    (
        text!("style.states"),
        &[
            ("env-starting", text!("kit.starting")),
            ("env-busy", text!("kit.busy")),
            ("env-idle", text!("kit.idle")),
            ("env-frozen", text!("kit.frozen")),
            ("env-reclaimed", text!("kit.reclaimed")),
            ("env-provisioned", text!("kit.provisioned")),
        ],
    ),
    (
        text!("style.requests"),
        &[
            ("throttle", text!("style.throttle")),
            ("spill", text!("style.spill")),
            ("error", text!("style.error")),
            ("money", text!("style.money")),
        ],
    ),
];

pub(super) fn colours() -> Html {
    html! {
        <div class="stack stack--loose">
            { for COLOURS.iter().map(|(heading, colours)| html! {
                <div key={heading.get()} class="stack stack--tight">
                    <h3 class="eyebrow">{ heading.get() }</h3>
                    <ul class="swatches">{ for colours.iter().map(|(name, meaning)| html! {
                        <li key={*name} class="swatch">
                            <span class={classes!("swatch__colour", format!("swatch__colour--{name}"))}></span>
                            <span class="swatch__meaning">{ meaning.get() }</span>
                            <code class="swatch__name">{ name }</code>
                        </li>
                    }) }</ul>
                </div>
            }) }
        </div>
    }
}

const SIZES: [&str; 7] = ["3xl", "2xl", "xl", "lg", "md", "sm", "xs"];

pub(super) fn type_scale() -> Html {
    html! {
        <dl class="type-scale">{ for SIZES.iter().map(|size| html! {
            <div key={*size} class="type-scale__row">
                <dt><code>{ format!("text-{size}") }</code></dt>
                <dd class={format!("type-scale__sample type-scale__sample--{size}")}>{ crate::t!("style.sample") }</dd>
            </div>
        }) }</dl>
    }
}

pub(super) fn space_scale() -> Html {
    html! {
        <ul class="space-scale">{ for (1..=8).map(|step| html! {
            <li key={step}><span class={format!("space-scale__bar space-scale__bar--{step}")}></span><code>{ format!("space-{step}") }</code></li>
        }) }</ul>
    }
}
