//! The pages. Each has its own module; what it shows is computed in a `view.rs` beside it, natively tested.

pub(crate) mod about;
pub(crate) mod facts;
mod home;
pub mod lesson;
pub(crate) mod lessons;
pub(crate) mod logs;
pub mod playground;
pub(crate) mod reference;
pub(crate) mod style;
mod unknown;

use crate::app::Route;
use crate::parts::{Part, View, Wait};
use yew::prelude::*;

/// The page of a route.
pub fn page(route: &Route) -> Html {
    match route {
        Route::Home => html! { <home::Home /> },
        Route::Lessons | Route::Lesson(_) | Route::Review => of_part(Part::Lesson, route),
        Route::Logs | Route::Playground | Route::Style | Route::About => of_part(Part::Lab, route),
        Route::Facts | Route::Glossary | Route::Sources | Route::Model | Route::Search => of_part(Part::Reference, route),
        Route::Unknown(_) => html! { <unknown::Unknown route={route.clone()} /> },
    }
}

fn of_part(part: Part, route: &Route) -> Html {
    html! { <Wait key={part as usize} {part} view={View::Page(route.clone())} /> }
}
