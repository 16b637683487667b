//! Lessons and their list.

use crate::app::Route;
use crate::pages::{lesson, lessons};
use yew::prelude::*;

/// The page of a route of this part.
#[inline(never)]
pub fn page(route: &Route) -> Html {
    match route {
        Route::Lessons => html! { <lessons::Lessons /> },
        Route::Lesson(slug) => html! { <lesson::LessonPage slug={slug.clone()} /> },
        _ => Html::default(),
    }
}
