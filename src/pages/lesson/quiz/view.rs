//! A question made ready to be drawn: its texts as nodes, for every value that it may draw.

use crate::pages::lesson::prose::Prose;
use crate::state::review;
use coldstart_course::{Question, QuestionKind};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// A question as it is shown.
#[derive(Clone, PartialEq)]
pub struct QuestionView {
    /// What the ids of its elements are made of; unique on the page.
    pub id: AttrValue,
    /// `lesson/question`, the key of what is remembered.
    pub key: AttrValue,
    /// The question.
    pub question: Rc<Question>,
    /// Its texts, by draw; one where nothing is drawn.
    pub draws: Vec<DrawView>,
    /// The answers offered.
    pub options: Vec<OptionView>,
    /// The scenario that answers it or that it shows.
    pub spec: Option<Rc<ScenarioSpec>>,
    /// What the simulator answered when the lesson was made, by draw.
    pub answers: Vec<Option<f64>>,
}

impl QuestionView {
    /// Its texts for a draw.
    #[must_use]
    pub fn texts(&self, draw: usize) -> Option<&DrawView> {
        self.draws.get(draw)
    }
}

/// The texts of a draw.
#[derive(Clone, PartialEq)]
pub struct DrawView {
    /// What is asked.
    pub prompt: Html,
    /// Why the answer is what it is.
    pub explain: Html,
    /// What each trap is.
    pub traps: Vec<Html>,
}

/// An answer as it is shown.
#[derive(Clone, PartialEq)]
pub struct OptionView {
    /// Its words.
    pub text: Html,
    /// Whether it is right.
    pub right: bool,
    /// Why.
    pub explain: Html,
    /// A link to the run that shows it.
    pub run: Html,
}

/// A question of this lesson. Its figures are those of the lesson's own scenarios.
pub fn question(prose: &Prose<'_>, question: &Question) -> QuestionView {
    prose.settled(|prose| view(prose, question))
}

fn view(prose: &Prose<'_>, question: &Question) -> QuestionView {
    let options = question.options.iter().map(|option| OptionView {
        text: prose.inlines(&option.text),
        right: option.right,
        explain: prose.inlines(&option.explain),
        run: prose.scenario_link(option.scenario.as_deref()),
    });
    let options = options.collect();
    let draws = question.numeric().map_or(1, coldstart_course::Numeric::draws);
    let run = match &question.kind {
        QuestionKind::Numeric(numeric) => Some(&numeric.answer.run),
        QuestionKind::Trace(trace) => Some(&trace.scenario),
        QuestionKind::Choice | QuestionKind::Multiple | QuestionKind::Order => None,
    };
    QuestionView {
        id: format!("question-{}", question.id).into(),
        key: review::key(&prose.lesson.id, &question.id).into(),
        draws: (0..draws).map(|draw| texts(prose, question, draw)).collect(),
        options,
        spec: run.and_then(|run| prose.lesson.scenarios.get(run)).map(|spec| Rc::new(spec.clone())),
        answers: (0..draws).map(|draw| prose.lesson.drawn_answer(&question.id, draw)).collect(),
        question: Rc::new(question.clone()),
    }
}

fn texts(prose: &Prose<'_>, question: &Question, draw: usize) -> DrawView {
    let numeric = question.numeric();
    prose.draws(numeric.and_then(|numeric| numeric.vary.as_ref()).map(|vary| vary.shown(draw)).unwrap_or_default());
    DrawView {
        prompt: prose.inlines(&question.prompt),
        explain: numeric.map(|numeric| prose.inlines(&numeric.explain)).unwrap_or_default(),
        traps: numeric.iter().flat_map(|numeric| &numeric.traps).map(|trap| prose.inlines(&trap.explain)).collect(),
    }
}
