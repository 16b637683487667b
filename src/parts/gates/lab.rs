//! Playground, own logs, the page about the site, the visual language.

use crate::app::Route;
use crate::pages::{about, logs, playground, style};
use yew::prelude::*;

/// The page of a route of this part.
#[inline(never)]
pub fn page(route: &Route) -> Html {
    match route {
        Route::Logs => html! { <logs::Logs /> },
        Route::Playground => html! { <playground::Playground /> },
        Route::Style => html! { <style::Style /> },
        Route::About => html! { <about::About /> },
        _ => Html::default(),
    }
}
