//! The acts of the provisioned-concurrency lesson: `pc-lab`, one widget an act.

mod acts;
pub mod model;
mod night;
mod take;
pub mod view;

use crate::pages::lesson::WidgetProps;
use yew::prelude::*;

/// Draws the act that the lesson names.
pub fn draw(props: WidgetProps) -> Html {
    match props.text("act") {
        Some("size") => html! { <acts::Size ..props /> },
        Some("rate") => html! { <acts::Rate ..props /> },
        Some("night") => html! { <night::Night ..props /> },
        Some("take") => html! { <take::Take ..props /> },
        _ => html! { <acts::Spill ..props /> },
    }
}
