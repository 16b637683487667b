//! The contents: where the learner was, the paths, and every lesson in the order of the course.

mod transfer;
mod view;

use super::lesson::{INDEX_FILE, keep};
use crate::app::fetched::{stand_in, use_fetched};
use crate::app::{Link, PageHeading, Route};
use crate::components::{Button, Callout, CalloutKind};
use crate::platform::timing;
use crate::state::progress::Progress;
use crate::state::review::store;
use crate::{t, testid};
use coldstart_course::{CourseIndex, CoursePath, LessonEntry, Level, Module};
use std::rc::Rc;
use transfer::Transfer;
use view::{done, lessons_of, resume, status};
use yew::prelude::*;

/// The contents.
#[component]
pub fn Lessons() -> Html {
    let (index, again) = use_fetched::<CourseIndex>(INDEX_FILE);
    let progress = use_state(|| Rc::new(keep::load().progress));
    let refresh = {
        let progress = progress.setter();
        Callback::from(move |()| progress.set(Rc::new(keep::load().progress)))
    };
    html! {
        <article class="page">
            <PageHeading title={t!("lessons.title")} />
            <p class="lede">{ t!("lessons.lead") }</p>
            <div class="unreadable">{ unreadable(&refresh) }</div>
            <div>{ due() }</div>
            <div class="stack stack--loose" data-testid={testid::LESSON_LIST}>
                { match index.ready() {
                    Some(index) => contents(index, &progress),
                    None => stand_in(&index, &again),
                } }
            </div>
            <Transfer on_change={refresh} />
        </article>
    }
}

/// Two due questions before new content; nothing where nothing is due.
fn due() -> Html {
    let count = store::load().due(timing::today()).len();
    if count == 0 {
        return Html::default();
    }
    html! {
        <Callout kind={CalloutKind::Note} title={t!("review.due_title")} testid={testid::REVIEW_DUE}>
            <p>{ t!("review.due", n = count) }{ " " }<Link to={Route::Review}>{ t!("review.open") }</Link></p>
        </Callout>
    }
}

/// The list, for a course that has come.
fn contents(index: &CourseIndex, progress: &Progress) -> Html {
    html! {
        <>
            { on_from_here(index, progress) }
            { for index.modules.iter().map(|module| draw_module(index, progress, module)) }
            { if index.paths.is_empty() { Html::default() } else { paths(index, progress) } }
        </>
    }
}

/// What is stored and cannot be read: it is said, and kept until the learner gives it up.
fn unreadable(refresh: &Callback<()>) -> Html {
    let Some((_, error)) = keep::unreadable() else { return Html::default() };
    let give_up = refresh.reform(|_: MouseEvent| keep::drop_unreadable());
    html! {
        <Callout kind={CalloutKind::Warning} title={t!("progress.unreadable")} testid={testid::PROGRESS_UNREADABLE}>
            <p>{ t!("progress.unreadable_says", reason = error.to_string()) }</p>
            <p><Button label={t!("progress.unreadable_drop")} onclick={give_up} /></p>
        </Callout>
    }
}

fn on_from_here(index: &CourseIndex, progress: &Progress) -> Html {
    let Some(resume) = resume(index, progress) else { return Html::default() };
    let fragment = resume.anchor.unwrap_or_default().to_owned();
    html! {
        <p class="cluster">
            <Link to={Route::Lesson(resume.lesson.id.clone())} {fragment} class="btn btn--primary" testid={testid::CONTINUE}>
                { t!("lessons.continue", lesson = resume.lesson.title.clone()) }
            </Link>
            <span class="muted">{ t!("lessons.count", done = done(index, progress), n = index.lessons().count()) }</span>
        </p>
    }
}

fn paths(index: &CourseIndex, progress: &Progress) -> Html {
    html! {
        <section class="stack" data-testid={testid::PATHS}>
            <h2>{ t!("lessons.paths") }</h2>
            <p>{ t!("lessons.paths_lead") }</p>
            <div class="grid grid--2">{ for index.paths.iter().map(|path| draw_path(index, progress, path)) }</div>
        </section>
    }
}

fn draw_path(index: &CourseIndex, progress: &Progress, path: &CoursePath) -> Html {
    html! {
        <div key={path.id.clone()} class="card stack stack--tight" data-testid={format!("path-{}", path.id)}>
            <p class="eyebrow">{ t!("lessons.minutes", n = path.minutes) }</p>
            <h3>{ &path.title }</h3>
            <p>{ &path.promise }</p>
            <ol class="path">{ for lessons_of(index, path).map(|lesson| html! {
                <li key={lesson.id.clone()}>
                    <Link to={Route::Lesson(lesson.id.clone())}>{ &lesson.title }</Link>{ " " }
                    <span class="muted small">
                        { t!("lessons.minutes", n = lesson.minutes) }{ ", " }{ status(index, lesson, progress).words() }
                    </span>
                </li>
            }) }</ol>
        </div>
    }
}

fn draw_module(index: &CourseIndex, progress: &Progress, module: &Module) -> Html {
    html! {
        <section key={module.id.clone()} class="stack">
            <h2>{ &module.title }</h2>
            <div class="grid">{ for module.lessons.iter().map(|lesson| card(index, progress, lesson)) }</div>
        </section>
    }
}

fn card(index: &CourseIndex, progress: &Progress, lesson: &LessonEntry) -> Html {
    let status = status(index, lesson, progress);
    html! {
        <Link key={lesson.id.clone()} to={Route::Lesson(lesson.id.clone())} class="card card--link" testid={format!("lesson-{}", lesson.id)}>
            <span class="eyebrow">{ t!("lesson.meta", n = u32::from(lesson.minutes), level = level(lesson.level)) }</span>
            <strong>{ &lesson.title }</strong>
            <span>{ &lesson.summary }</span>
            <span class={format!("lesson-state lesson-state--{}", status.name())} data-testid={testid::LESSON_STATE} data-state={status.name()}>
                { status.words() }
            </span>
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

#[cfg(test)]
mod tests;
