//! Small labels for causes and outcomes: an icon, a border pattern and a word, never a hue alone.

use super::{Icon, IconName};
use yew::prelude::*;

/// What a chip, a bar or a number is about; the colours mean the same everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// A request was refused.
    Throttle,
    /// A request missed the provisioned environments.
    Spill,
    /// A request waited for a new environment.
    Cold,
    /// A request found an environment ready.
    Warm,
    /// An invocation failed.
    Error,
    /// It costs.
    Money,
    /// It works.
    Good,
}

impl Tone {
    /// Every tone, for the style page.
    pub const ALL: [Self; 8] = [Self::Neutral, Self::Throttle, Self::Spill, Self::Cold, Self::Warm, Self::Error, Self::Money, Self::Good];

    /// The class that sets `--tone` to this tone's colour.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Throttle => "tone-throttle",
            Self::Spill => "tone-spill",
            Self::Cold => "tone-cold",
            Self::Warm => "tone-warm",
            Self::Error => "tone-error",
            Self::Money => "tone-money",
            Self::Good => "tone-good",
        }
    }

    /// The icon that goes with it.
    #[must_use]
    pub const fn icon(self) -> Option<IconName> {
        match self {
            Self::Neutral => None,
            Self::Throttle => Some(IconName::Throttle),
            Self::Spill => Some(IconName::Spill),
            Self::Cold => Some(IconName::Cold),
            Self::Warm => Some(IconName::Warm),
            Self::Error => Some(IconName::Error),
            Self::Money => Some(IconName::Money),
            Self::Good => Some(IconName::Check),
        }
    }
}

/// Properties of [`Chip`].
#[derive(Properties, Clone, PartialEq)]
pub struct ChipProps {
    /// The word.
    pub label: AttrValue,
    /// What it is about.
    #[prop_or_default]
    pub tone: Tone,
    /// A count behind the word.
    #[prop_or_default]
    pub count: Option<AttrValue>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A small label.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    html! {
        <span class={classes!("chip", props.tone.class())} data-testid={props.testid.clone()}>
            <span class="chip__icon">{ props.tone.icon().map(|name| html! { <Icon {name} /> }) }</span>
            <span class="chip__label">{ &props.label }</span>
            <span class="chip__count">{ props.count.clone() }</span>
        </span>
    }
}
