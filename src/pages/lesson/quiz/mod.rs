//! Questions that ask why: an answer, how sure the reader is, then what became of it; and wrong claims with the run that refutes them.

mod card;
mod number;
mod options;
mod order;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod page_tests;
mod state;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod trace;
mod view;
mod why;

pub use view::{QuestionView, question};

use crate::components::format::Unit;
use crate::platform::{dom, timing};
use crate::runner::{RunHandle, RunRequest, RunStatus, TimelineOptions, use_run};
use crate::state::review::{Given, Record, store};
use card::Card;
use coldstart_course::{AnswerUnit, QuestionKind, RequestTrace, metric};
use state::{QuizAction, QuizState, Stage};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Quiz`].
#[derive(Properties, PartialEq)]
pub struct QuizProps {
    /// Unique within the lesson.
    pub id: AttrValue,
    /// The questions.
    pub questions: Vec<QuestionView>,
}

/// All questions of a lesson.
#[component]
pub fn Quiz(props: &QuizProps) -> Html {
    html! {
        <section class="quiz stack stack--loose" data-testid={format!("quiz-{}", props.id)}>
            { for props.questions.iter().enumerate().map(|(at, view)| html! {
                <Question key={view.key.to_string()} number={at + 1} view={view.clone()} />
            }) }
        </section>
    }
}

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    /// Its number on the page, from 1.
    pub number: usize,
    /// What it shows.
    pub view: QuestionView,
    /// Told that an answer was remembered.
    #[prop_or_default]
    pub on_answered: Callback<()>,
}

/// One question. Every answer is explained once one was given; trying again is free, and draws another round.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    let view = &props.view;
    let before = use_memo(view.key.clone(), |key| store::load().get(key).cloned());
    let before: Option<&Record> = before.as_ref().as_ref().filter(|record| record.revision == view.question.revision);
    let start = before.map_or(0, |record| record.tries);
    let state = use_reducer(|| QuizState::new(view.question.clone(), start));
    let act = use_callback(state.dispatcher(), |action: QuizAction, dispatcher| dispatcher.dispatch(action));
    let wanted = matches!(view.question.kind, QuestionKind::Trace(_)) || state.stage != Stage::Open;
    let request =
        use_memo((wanted, state.draw(), view.question.clone(), view.spec.clone()), |(wanted, draw, ..)| request(view, *wanted, *draw));
    let run = use_run((*request).clone());
    use_effect_with((state.stage, run.status.clone(), run.latest.clone()), {
        let (act, run) = (act.clone(), run.clone());
        let stored = view.answers.get(state.draw()).copied().flatten();
        let question = view.question.clone();
        move |(stage, ..)| {
            if *stage == Stage::Running {
                key_answer(&question, request.as_ref().as_ref(), &run, stored).into_iter().for_each(|action| act.emit(action));
            }
        }
    });
    let record = use_state_eq(|| None::<(Record, bool)>);
    use_effect_with((state.round, state.verdict().map(|verdict| verdict.right)), {
        let (record, sure, on_answered) = (record.setter(), state.sure, props.on_answered.clone());
        let (key, id, revision) = (view.key.clone(), view.id.clone(), view.question.revision);
        move |(round, right)| match right.zip(sure) {
            Some((right, sure)) => {
                record.set(Some(store::answer(&key, revision, Given { right, sure }, timing::today())));
                dom::focus(&format!("{id}-feedback"));
                on_answered.emit(());
            }
            None => {
                record.set(None);
                if *round != start {
                    dom::focus(&format!("{id}-prompt"));
                }
            }
        }
    });
    use_effect_with((state.order.clone(), state.moved), {
        let id = view.id.clone();
        // The row was taken out of the document and put in again, which takes the focus from its button.
        move |(_, moved)| {
            if let Some((option, way)) = moved {
                dom::focus(&order::button_id(&id, *option, *way));
            }
        }
    });
    Card { number: props.number, view, state: &state, run: &run, record: (*record).as_ref(), act }.draw()
}

/// The run that a question needs now.
fn request(view: &QuestionView, wanted: bool, draw: usize) -> Option<RunRequest> {
    let spec = view.spec.as_ref().filter(|_| wanted)?;
    match &view.question.kind {
        QuestionKind::Numeric(numeric) => numeric.drawn(spec, draw).ok().map(RunRequest::new),
        QuestionKind::Trace(_) => {
            let coldstart_sim::TimelineOptions { window_us, max_entries } = RequestTrace::RECORDED;
            Some(RunRequest { timeline: Some(TimelineOptions { window_us, max_entries }), ..RunRequest::new((**spec).clone()) })
        }
        QuestionKind::Choice | QuestionKind::Multiple | QuestionKind::Order => None,
    }
}

/// What the run says about a number that was given; nothing while it is under way. Where the simulator does not run, what it answered when
/// the lesson was made decides.
fn key_answer(
    question: &Rc<coldstart_course::Question>,
    request: Option<&RunRequest>,
    run: &RunHandle,
    stored: Option<f64>,
) -> Option<QuizAction> {
    let fallback = || stored.map_or(QuizAction::Unkeyed, |answer| QuizAction::Keyed(answer, false));
    let name = &question.numeric()?.answer.metric;
    let done = run.latest.as_ref().filter(|result| request.is_some() && result.request() == request);
    match (done, &run.status) {
        (Some(result), _) => Some(metric(&result.report, name).map_or_else(fallback, |answer| QuizAction::Keyed(answer, true))),
        (None, RunStatus::Failed(_)) => Some(fallback()),
        (None, _) if request.is_none() => Some(fallback()),
        (None, _) => None,
    }
}

/// How a number in this unit is shown.
pub(super) const fn shown_in(unit: AnswerUnit) -> Unit {
    match unit {
        AnswerUnit::Megabytes => Unit::Megabytes,
        AnswerUnit::Ms => Unit::Millis,
        AnswerUnit::S => Unit::Seconds,
        AnswerUnit::Min => Unit::Minutes,
        AnswerUnit::Count => Unit::Count,
        AnswerUnit::PerS => Unit::PerSecond,
        AnswerUnit::Percent => Unit::Percent,
        AnswerUnit::Number => Unit::Plain,
        AnswerUnit::Dollars => Unit::Dollars,
    }
}
