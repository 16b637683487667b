//! The frame of a question: what is asked, how sure the reader is, the verdict and what follows from it.

use super::state::{QuizAction, QuizState, Stage};
use super::view::QuestionView;
use super::{number, options, order, trace, why::Why};
use crate::components::{Button, ButtonKind, Callout, CalloutKind, Chip, Tone};
use crate::i18n::Text;
use crate::runner::{RunHandle, RunStatus};
use crate::state::review::{Record, Sureness};
use crate::{t, testid, text};
use coldstart_course::QuestionKind;
use yew::prelude::*;

const SURE: [(Sureness, Text); 3] =
    [(Sureness::Guess, text!("quiz.guess")), (Sureness::Fair, text!("quiz.fair")), (Sureness::Certain, text!("quiz.certain"))];

/// Everything that a question is drawn from.
pub struct Card<'a> {
    /// Its number on the page, from 1.
    pub number: usize,
    /// What it shows.
    pub view: &'a QuestionView,
    /// How far the reader is.
    pub state: &'a QuizState,
    /// The run that it needs, if it needs one.
    pub run: &'a RunHandle,
    /// What is remembered of this round, and whether beyond the page.
    pub record: Option<&'a (Record, bool)>,
    /// What the reader does.
    pub act: Callback<QuizAction>,
}

impl Card<'_> {
    /// An id or a name for tests of a part of the question.
    pub fn part(&self, part: &str) -> String {
        format!("{}-{part}", self.view.id)
    }

    /// Whether an answer can still be changed.
    pub fn is_open(&self) -> bool {
        self.state.stage == Stage::Open
    }

    /// The callback that does this.
    pub fn does<E: 'static>(&self, action: QuizAction) -> Callback<E> {
        let act = self.act.clone();
        Callback::from(move |_: E| act.emit(action.clone()))
    }

    /// The value of `data-state`.
    fn word(&self) -> &'static str {
        let reads = matches!(self.view.question.kind, QuestionKind::Trace(_));
        let waits = reads && self.run.latest.is_none() && !matches!(self.run.status, RunStatus::Failed(_));
        match self.state.stage {
            Stage::Answered(_) => "answered",
            Stage::Running => "running",
            Stage::Open if waits => "running",
            Stage::Open => "open",
        }
    }

    /// The question.
    pub fn draw(&self) -> Html {
        let prompt = self.view.texts(self.state.draw()).map(|texts| texts.prompt.clone());
        let hint = match self.view.question.kind {
            QuestionKind::Multiple => Some(t!("quiz.choose_all")),
            QuestionKind::Order => Some(t!("quiz.order_hint")),
            _ => None,
        };
        html! {
            <fieldset class="choices quiz__question" data-testid={self.view.id.clone()} data-state={self.word()}>
                <legend class="bet__question" id={self.part("prompt")} tabindex="-1">
                    <span class="eyebrow">{ t!("quiz.question", n = self.number) }</span>{ " " }{ prompt }
                </legend>
                <div class="quiz__part">{ hint.map(|hint| html! { <p class="muted small">{ hint }</p> }) }</div>
                <div class="quiz__part">{ self.view.question.trace().map(|asked| trace::draw(self, asked)) }</div>
                <div class="choices">{ self.body() }</div>
                { self.sureness() }
                <div class="cluster">
                    <Button
                        label={t!("quiz.check")}
                        onclick={self.does(QuizAction::Check)}
                        disabled={!self.state.is_ready()}
                        described_by={self.part("ready")}
                        testid={self.part(testid::PART_CHECK)}
                    />
                    <span class="muted small" id={self.part("ready")}>{ self.what_is_missing() }</span>
                    <span role="status" class="muted small">{ self.progress() }</span>
                </div>
                <div class="quiz__part">{ self.failure() }</div>
                <div class="quiz__part quiz__feedback" id={self.part("feedback")} tabindex="-1" role="status">{ self.feedback() }</div>
                <div class="quiz__part">{ self.afterwards() }</div>
            </fieldset>
        }
    }

    fn body(&self) -> Html {
        match self.view.question.kind {
            QuestionKind::Choice | QuestionKind::Multiple | QuestionKind::Trace(_) => options::draw(self),
            QuestionKind::Order => order::draw(self),
            QuestionKind::Numeric(_) => number::draw(self),
        }
    }

    /// Asked before anything is told: whoever commits to being certain notices being wrong.
    fn sureness(&self) -> Html {
        let row = |(sure, label): &(Sureness, Text)| {
            html! {
                <label key={sure.word()} class="choice">
                    <input
                        type="radio"
                        name={self.part("sure")}
                        checked={self.state.sure == Some(*sure)}
                        onchange={self.does::<Event>(QuizAction::Sure(*sure))}
                        data-testid={self.part(sure.word())}
                    />
                    <span>{ label.get() }</span>
                </label>
            }
        };
        html! {
            <fieldset class="quiz__sure" disabled={!self.is_open()}>
                <legend class="small">{ t!("quiz.sure") }</legend>
                { for SURE.iter().map(row) }
            </fieldset>
        }
    }

    fn what_is_missing(&self) -> Option<&'static str> {
        match (self.state.stage, self.state.has_answer(), self.state.sure) {
            (Stage::Open, false, _) => Some(t!("quiz.answer_first")),
            (Stage::Open, true, None) => Some(t!("quiz.sure_first")),
            _ => None,
        }
    }

    fn progress(&self) -> Option<&'static str> {
        (self.word() == "running").then(|| t!("quiz.running"))
    }

    /// Why there is nothing to read or to judge by.
    fn failure(&self) -> Html {
        match (&self.run.status, self.state.stage) {
            (RunStatus::Failed(error), Stage::Open) => html! {
                <Callout kind={CalloutKind::Error} title={t!("quiz.failed")} live=true><p>{ error.to_string() }</p></Callout>
            },
            _ => Html::default(),
        }
    }

    fn feedback(&self) -> Html {
        let Some(verdict) = self.state.verdict() else { return Html::default() };
        let (label, tone) = if verdict.right { (t!("quiz.right"), Tone::Good) } else { (t!("quiz.wrong"), Tone::Error) };
        let remark = match (verdict.right, self.state.sure) {
            (false, Some(Sureness::Certain)) => Some(t!("quiz.surprise")),
            (true, Some(Sureness::Guess)) => Some(t!("quiz.lucky")),
            _ => None,
        };
        html! {
            <>
                <p><Chip {label} {tone} testid={self.part(testid::PART_VERDICT)} /></p>
                <div class="quiz__part">{ verdict.number.map(|number| number::told(self, number)) }</div>
                <div class="quiz__part">{ remark.map(|remark| html! { <p data-testid={self.part(testid::PART_REMARK)}>{ remark }</p> }) }</div>
            </>
        }
    }

    /// When it comes back, why this was chosen, and another round.
    fn afterwards(&self) -> Html {
        let Some((record, kept)) = self.record.filter(|_| self.state.verdict().is_some()) else { return Html::default() };
        let back = t!("quiz.back", n = record.days_left(record.answered));
        let forgotten = (!kept).then(|| t!("quiz.forgotten"));
        html! {
            <div class="stack">
                <p class="muted small">{ back }{ " " }{ forgotten }</p>
                <Why id={self.view.id.clone()} record={self.view.key.clone()} start={record.why.clone()} />
                <div class="cluster">
                    <Button
                        label={t!("quiz.again")}
                        kind={ButtonKind::Quiet}
                        onclick={self.does(QuizAction::Again)}
                        testid={self.part(testid::PART_AGAIN)}
                    />
                </div>
            </div>
        }
    }
}
