//! One number that matters.

use super::Tone;
use crate::i18n::Text;
use crate::text;
use yew::prelude::*;

/// Where a number went since the run before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Same,
}

impl Trend {
    /// The trend between two numbers; changes below half a percent of the former are none.
    #[must_use]
    pub fn between(before: f64, now: f64) -> Self {
        if (now - before).abs() <= before.abs() * 0.005 {
            Self::Same
        } else if now > before {
            Self::Up
        } else {
            Self::Down
        }
    }

    const fn look(self) -> (&'static str, Text) {
        match self {
            Self::Up => ("▲", text!("kit.rose")),
            Self::Down => ("▼", text!("kit.fell")),
            Self::Same => ("=", text!("kit.stayed")),
        }
    }
}

/// Properties of [`Stat`].
#[derive(Properties, Clone, PartialEq)]
pub struct StatProps {
    /// What is counted.
    pub label: AttrValue,
    /// The number with its unit, formatted.
    pub value: AttrValue,
    /// What the number is about.
    #[prop_or_default]
    pub tone: Tone,
    /// Where it went, with the former value in words: `was 3.12 %`.
    #[prop_or_default]
    pub trend: Option<(Trend, AttrValue)>,
    /// A remark below: `of 12,400 requests`.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A number, large, with its label above and where it went below.
#[component]
pub fn Stat(props: &StatProps) -> Html {
    let trend = props.trend.as_ref().map(|(trend, was)| {
        let (sign, word) = trend.look();
        html! {
            <>
                <span aria-hidden="true">{ sign }</span>
                <span class="visually-hidden">{ word.get() }</span>
                { " " }{ was }
            </>
        }
    });
    html! {
        <div class={classes!("stat", props.tone.class())}>
            <p class="stat__label">{ &props.label }</p>
            <p class="stat__value num" data-testid={props.testid.clone()}>{ &props.value }</p>
            <p class="stat__note"><span class="stat__trend">{ trend }</span><span>{ props.note.clone() }</span></p>
        </div>
    }
}
