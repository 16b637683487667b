//! The 9 AM incident.

use crate::pages::lesson::WidgetProps;
use yew::prelude::*;

/// The widget.
#[inline(never)]
pub fn widget(props: WidgetProps) -> Html {
    crate::widgets::incident::incident_lab(props)
}
