//! Widgets that lessons make of data.

use crate::pages::lesson::WidgetProps;
use crate::widgets::data;
use yew::prelude::*;

/// The widget of this name.
#[inline(never)]
pub fn widget(name: &str, props: WidgetProps) -> Html {
    data::draw(name, props)
}
