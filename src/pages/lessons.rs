//! The list of lessons, in the order of the course.

use super::lesson::INDEX_FILE;
use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{Link, PageHeading, Route};
use crate::{t, testid};
use coldstart_course::{CourseIndex, LessonEntry, Level, Module};
use yew::prelude::*;

/// The list.
#[component]
pub fn Lessons() -> Html {
    let (index, again) = use_fetched::<CourseIndex>(INDEX_FILE);
    html! {
        <article class="page">
            <PageHeading title={t!("lessons.title")} />
            <p class="lede">{ t!("lessons.lead") }</p>
            <div data-testid={testid::LESSON_LIST}>
                { match index.ready() {
                    Some(index) => index.modules.iter().map(module).collect(),
                    None => stand_in(&index, &again),
                } }
            </div>
        </article>
    }
}

fn module(module: &Module) -> Html {
    html! {
        <section key={module.id.clone()} class="stack">
            <h2>{ &module.title }</h2>
            <div class="grid">{ for module.lessons.iter().map(card) }</div>
        </section>
    }
}

fn card(lesson: &LessonEntry) -> Html {
    html! {
        <Link key={lesson.id.clone()} to={Route::Lesson(lesson.id.clone())} class="card card--link" testid={format!("lesson-{}", lesson.id)}>
            <span class="eyebrow">{ t!("lesson.meta", n = u32::from(lesson.minutes), level = level(lesson.level)) }</span>
            <strong>{ &lesson.title }</strong>
            <span>{ &lesson.summary }</span>
        </Link>
    }
}

/// The word for a level.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Beginner => t!("lesson.beginner"),
        Level::Intermediate => t!("lesson.intermediate"),
        Level::Advanced => t!("lesson.advanced"),
    }
}
