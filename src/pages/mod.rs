//! The pages. Each has its own module; what it shows is computed in a `view.rs` beside it, natively tested.

mod about;
mod facts;
mod home;
pub mod lesson;
mod lessons;
mod logs;
pub mod playground;
mod style;
mod unknown;

use crate::app::Route;
use yew::prelude::*;

/// The page of a route.
pub fn page(route: &Route) -> Html {
    match route {
        Route::Home => html! { <home::Home /> },
        Route::Lessons => html! { <lessons::Lessons /> },
        Route::Lesson(slug) => html! { <lesson::LessonPage slug={slug.clone()} /> },
        Route::Logs => html! { <logs::Logs /> },
        Route::Playground => html! { <playground::Playground /> },
        Route::Facts => html! { <facts::Facts /> },
        Route::Style => html! { <style::Style /> },
        Route::About => html! { <about::About /> },
        other => html! { <unknown::Unknown route={other.clone()} /> },
    }
}
