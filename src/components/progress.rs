//! How far a run is.

use super::format;
use yew::prelude::*;

/// Properties of [`ProgressBar`].
#[derive(Properties, Clone, PartialEq)]
pub struct ProgressBarProps {
    /// From 0 to 1; none while it is not known.
    pub value: Option<f64>,
    /// What is going on.
    pub label: AttrValue,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// A bar with its label and its share in percent.
#[component]
pub fn ProgressBar(props: &ProgressBarProps) -> Html {
    let value = props.value.filter(|v| v.is_finite()).map(|v| v.clamp(0.0, 1.0));
    let width = (value.unwrap_or(0.0) * 100.0).to_string();
    html! {
        <div
            class={classes!("progress", value.is_none().then_some("progress--unknown"))}
            role="progressbar"
            aria-label={props.label.clone()}
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow={value.map(|v| (v * 100.0).round().to_string())}
            data-testid={props.testid.clone()}
        >
            <span class="progress__label">{ &props.label }</span>
            <span class="progress__value num">{ value.map(|v| format::percent((v * 100.0).round() / 100.0)) }</span>
            <svg class="progress__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect class="progress__fill" x="0" y="0" {width} height="1" />
            </svg>
        </div>
    }
}
