//! The acts about provisioned concurrency, and the stage that a reader sends requests to.

use crate::pages::lesson::WidgetProps;
use crate::widgets::live_stage::LiveStage;
use crate::widgets::provisioned;
use yew::prelude::*;

/// The widget of this name.
#[inline(never)]
pub fn widget(name: &str, props: WidgetProps) -> Html {
    match name {
        "fleet-stage" => html! { <LiveStage ..props /> },
        _ => provisioned::draw(props),
    }
}
