//! The review: questions that are due, when the others come back, and all of them for other programs.

use super::prose::Prose;
use super::quiz::{Question, QuestionView, question};
use super::state::LessonState;
use crate::app::PageHeading;
use crate::app::fetched::{stand_in, use_fetched};
use crate::components::{Button, CodeBlock};
use crate::platform::{fetch, timing};
use crate::state::review::export::{Card, anki, csv};
use crate::state::review::{Review, parts, store};
use crate::{t, testid};
use coldstart_course::{Block, CompiledLesson, QuestionKind};
use std::collections::BTreeSet;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Most questions of one sitting: the rest is there tomorrow.
const SITTING: usize = 10;

/// The page.
#[component]
pub fn ReviewPage() -> Html {
    let review = use_state(store::load);
    // What was due when the page was opened stays, so that an answered question does not vanish under the reader.
    let due = use_memo((), |()| review.due(timing::today()).into_iter().take(SITTING).collect::<Vec<_>>());
    let on_answered = {
        let review = review.setter();
        Callback::from(move |()| review.set(store::load()))
    };
    html! {
        <article class="page page--narrow stack stack--loose" data-testid={testid::REVIEW}>
            <PageHeading title={t!("review.title")} />
            <p class="lede">{ if due.is_empty() { t!("review.nothing") } else { t!("review.lead") } }</p>
            <div class="stack stack--loose">
                { for due.iter().enumerate().map(|(at, key)| html! {
                    <Due key={key.clone()} number={at + 1} record={key.clone()} on_answered={on_answered.clone()} />
                }) }
            </div>
            { coming(&review) }
            <Export />
        </article>
    }
}

/// How many come back on which day.
fn coming(review: &Review) -> Html {
    let rows = review.coming(timing::today());
    let row = |(days, count): &(i32, usize)| html! { <li key={*days}>{ t!("review.coming", days = *days, n = *count) }</li> };
    html! {
        <section class="stack">
            <h2>{ t!("review.later") }</h2>
            <p>{ t!("review.rule") }</p>
            <ul>{ for rows.iter().map(row) }</ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DueProps {
    number: usize,
    /// `lesson/question`.
    record: AttrValue,
    on_answered: Callback<()>,
}

/// One question that is due, from its lesson's file.
#[component]
fn Due(props: &DueProps) -> Html {
    let (lesson, id) = parts(&props.record);
    let (fetched, again) = use_fetched::<CompiledLesson>(&format!("lessons/{lesson}.json"));
    // What the course no longer asks is not asked again.
    let gone = fetched.ready().is_some_and(|compiled| find(compiled, id).is_none());
    use_effect_with((gone, props.record.clone()), |(gone, record)| {
        if *gone {
            store::forget(record);
        }
    });
    let Some(compiled) = fetched.ready() else { return stand_in(&fetched, &again) };
    let Some(asked) = find(compiled, id) else { return html! { <p class="muted">{ t!("review.gone") }</p> } };
    let state = LessonState::default();
    let prose = Prose::new(compiled, &state, Callback::noop(), false);
    // Two lessons may name a question alike.
    let view = QuestionView { id: format!("question-{lesson}-{id}").into(), ..question(&prose, asked) };
    html! {
        <section class="stack">
            <p class="eyebrow">{ &compiled.title }</p>
            <Question number={props.number} {view} on_answered={props.on_answered.clone()} />
        </section>
    }
}

fn find<'l>(lesson: &'l CompiledLesson, id: &str) -> Option<&'l coldstart_course::Question> {
    let quizzes = lesson.blocks.iter().filter_map(|block| if let Block::Quiz(quiz) = block { Some(quiz) } else { None });
    quizzes.flat_map(|quiz| &quiz.questions).find(|question| question.id == id)
}

/// All answered questions as text to copy.
#[component]
fn Export() -> Html {
    let cards = use_state(|| None::<Vec<Card>>);
    let prepare = {
        let cards = cards.setter();
        Callback::from(move |_: MouseEvent| {
            let cards = cards.clone();
            spawn_local(async move { cards.set(Some(collect().await)) });
        })
    };
    let shown = cards.as_ref().map(|cards| {
        html! {
            <>
                <CodeBlock code={csv(cards)} label={t!("review.csv")} />
                <CodeBlock code={anki(cards)} label={t!("review.anki")} />
            </>
        }
    });
    html! {
        <section class="stack">
            <h2>{ t!("review.export") }</h2>
            <p>{ t!("review.export_says") }</p>
            <p><Button label={t!("review.prepare")} onclick={prepare} testid={testid::REVIEW_EXPORT} /></p>
            <div class="stack" role="status">{ shown }</div>
        </section>
    }
}

/// A card for each answered question whose lesson can be read.
async fn collect() -> Vec<Card> {
    let review = store::load();
    let slugs: BTreeSet<String> = review.all().map(|(key, _)| parts(key).0.to_owned()).collect();
    let mut cards = Vec::new();
    for slug in slugs {
        if let Ok(lesson) = fetch::json::<CompiledLesson>(&format!("lessons/{slug}.json")).await {
            cards.extend(cards_of(&lesson, &review));
        }
    }
    cards
}

/// The cards of a lesson.
pub(super) fn cards_of(lesson: &CompiledLesson, review: &Review) -> Vec<Card> {
    let state = LessonState::default();
    let prose = Prose::new(lesson, &state, Callback::noop(), false);
    let of = |(key, record): (&str, &crate::state::review::Record)| {
        let (slug, id) = parts(key);
        let asked = find(lesson, id).filter(|asked| slug == lesson.id && asked.revision == record.revision)?;
        let texts = |only_right: bool| {
            let wanted = asked.options.iter().filter(move |option| !only_right || option.right || asked.kind == QuestionKind::Order);
            wanted.map(|option| (prose.words(&option.text), prose.words(&option.explain))).collect::<Vec<_>>()
        };
        let numeric = asked.numeric();
        let drawn = numeric.and_then(|numeric| numeric.vary.as_ref()).map(|vary| vary.shown(0)).unwrap_or_default();
        prose.draws(drawn);
        let mut offered: Vec<String> = texts(false).into_iter().map(|(text, _)| format!("\n- {text}")).collect();
        // The lesson has the things of an order in the right one.
        offered.sort();
        let mut back: Vec<String> = texts(true).iter().map(|(text, explain)| format!("{text}: {explain}")).collect();
        back.extend(numeric.map(|numeric| prose.words(&numeric.explain)));
        Some(Card {
            id: key.to_owned(),
            lesson: lesson.title.clone(),
            front: format!("{}{}", prose.words(&asked.prompt), offered.concat()),
            back: back.join("\n"),
            tags: vec!["coldstart".to_owned(), lesson.id.clone()],
            record: record.clone(),
        })
    };
    review.all().filter_map(of).collect()
}
