//! Lessons, their list, and the widgets that they make of data: nearly every lesson has some.

use crate::app::Route;
use crate::pages::lesson::WidgetProps;
use crate::pages::{lesson, lessons};
use crate::widgets::data;
use yew::prelude::*;

/// The page of a route of this part.
#[inline(never)]
pub fn page(route: &Route) -> Html {
    match route {
        Route::Lessons => html! { <lessons::Lessons /> },
        Route::Lesson(slug) => html! { <lesson::LessonPage slug={slug.clone()} /> },
        Route::Review => html! { <lesson::review::ReviewPage /> },
        _ => Html::default(),
    }
}

/// The widget of this name.
#[inline(never)]
pub fn widget(name: &str, props: WidgetProps) -> Html {
    data::draw(name, props)
}
