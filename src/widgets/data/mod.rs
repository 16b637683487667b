//! Widgets that a lesson makes of data: a lab with knobs and views, policies side by side, listings, events, decision trees.

mod code;
mod compare;
mod events;
mod figures;
mod hand;
mod knobs;
mod lab;
mod listing;
mod path;
mod requests;
mod tree;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub use figures::{Figure, figures, strip};

use crate::pages::lesson::WidgetProps;
use serde::de::DeserializeOwned;
use serde_json::Value;
use yew::prelude::*;

/// The widget of this name.
pub fn draw(name: &str, props: WidgetProps) -> Html {
    match name {
        "code" => html! { <code::CodeWidget ..props /> },
        "compare" => html! { <compare::CompareWidget ..props /> },
        "events" => html! { <events::EventsWidget ..props /> },
        "tree" => html! { <tree::TreeWidget ..props /> },
        _ => html! { <lab::LabWidget ..props /> },
    }
}

/// What the lesson says to the widget. The lint has read it with the same types, so that it cannot fail on a site that was built.
fn data<T: DeserializeOwned>(props: &WidgetProps) -> Option<T> {
    serde_json::from_value(Value::Object((*props.props).clone())).ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a run is at most a month")]
fn micros(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1e6) as u64
}
