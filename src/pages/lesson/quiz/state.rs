//! How far a reader is with one question: a pure reducer, and what makes an answer right.

use crate::i18n::number;
use crate::state::review::Sureness;
use coldstart_course::{AnswerUnit, NumberVerdict, Question, QuestionKind};
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::Reducible;

/// Where a thing moves in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// An answer can be given.
    Open,
    /// The answer stands, and the simulator looks for its own.
    Running,
    /// It was judged.
    Answered(Verdict),
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Whether it is right.
    pub right: bool,
    /// Of a number.
    pub number: Option<NumberSaid>,
}

/// A number beside the simulator's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberSaid {
    /// What the reader said, in the question's unit.
    pub said: f64,
    /// What the simulator answered, in the question's unit.
    pub answer: f64,
    /// The trap that the reader fell into.
    pub trap: Option<usize>,
    /// Whether the simulator ran just now; else the answer is the one that was made with the lesson.
    pub live: bool,
}

/// The state of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuizState {
    /// The question.
    pub question: Rc<Question>,
    /// Counts the rounds: what is drawn and how things are shuffled depends on nothing else.
    pub round: u32,
    /// The options chosen.
    pub chosen: BTreeSet<usize>,
    /// The options as they stand, of an order.
    pub order: Vec<usize>,
    /// The option that moved last, and where to: its button keeps the focus.
    pub moved: Option<(usize, Way)>,
    /// The number as it was typed.
    pub typed: String,
    /// How sure the reader is.
    pub sure: Option<Sureness>,
    /// How far it is.
    pub stage: Stage,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum QuizAction {
    /// An option is chosen, or not any more where several can be.
    Choose(usize),
    /// The thing at this place of the order moves.
    Move(usize, Way),
    /// A number is typed.
    Type(String),
    /// The reader says how sure they are.
    Sure(Sureness),
    /// The answer stands.
    Check,
    /// The simulator answered, in the metric's base unit; whether it ran just now.
    Keyed(f64, bool),
    /// The simulator did not answer.
    Unkeyed,
    /// Another round.
    Again,
}

impl QuizState {
    /// A question at its beginning.
    #[must_use]
    pub fn new(question: Rc<Question>, round: u32) -> Self {
        let ordered = matches!(question.kind, QuestionKind::Order);
        let order = if ordered { shuffled(question.options.len(), &question.id, round) } else { Vec::new() };
        Self { question, round, chosen: BTreeSet::new(), order, moved: None, typed: String::new(), sure: None, stage: Stage::Open }
    }

    /// What became of the answer, once it was judged.
    #[must_use]
    pub const fn verdict(&self) -> Option<Verdict> {
        if let Stage::Answered(verdict) = self.stage { Some(verdict) } else { None }
    }

    /// Which of the values is drawn.
    #[must_use]
    pub fn draw(&self) -> usize {
        self.question.numeric().map_or(0, |numeric| self.round as usize % numeric.draws())
    }

    /// The number that was typed, in the question's unit.
    #[must_use]
    pub fn said(&self) -> Option<f64> {
        said(&self.typed, self.question.numeric()?.unit)
    }

    /// Whether there is an answer to check.
    #[must_use]
    pub fn has_answer(&self) -> bool {
        match &self.question.kind {
            QuestionKind::Choice | QuestionKind::Trace(_) | QuestionKind::Multiple => !self.chosen.is_empty(),
            QuestionKind::Order => true,
            QuestionKind::Numeric(_) => self.said().is_some(),
        }
    }

    /// Whether it can be checked: there is an answer, and the reader said how sure they are.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.stage == Stage::Open && self.sure.is_some() && self.has_answer()
    }

    /// Judges an answer that needs no run.
    fn judged(&self) -> Verdict {
        let right = |at: &usize| self.question.options.get(*at).is_some_and(|option| option.right);
        let all_right = match self.question.kind {
            QuestionKind::Order => self.order.is_sorted(),
            _ => self.chosen.iter().copied().eq((0..self.question.options.len()).filter(right)),
        };
        Verdict { right: all_right, number: None }
    }

    /// Judges a number by the simulator's answer, in the metric's base unit.
    fn keyed(&self, answer: f64, live: bool) -> Option<Verdict> {
        let numeric = self.question.numeric()?;
        let said = self.said()?;
        let verdict = numeric.judge(answer, said);
        let trap = if let NumberVerdict::Trap(at) = verdict { Some(at) } else { None };
        let number = NumberSaid { said, answer: answer * numeric.unit.per_base(), trap, live };
        Some(Verdict { right: verdict == NumberVerdict::Right, number: Some(number) })
    }

    fn choose(&mut self, at: usize) {
        if self.question.kind == QuestionKind::Multiple {
            if !self.chosen.remove(&at) {
                self.chosen.insert(at);
            }
        } else {
            self.chosen = BTreeSet::from([at]);
        }
    }

    fn shift(&mut self, at: usize, way: Way) {
        let to = match way {
            Way::Up => at.checked_sub(1),
            Way::Down => Some(at + 1),
        };
        if let Some(to) = to.filter(|to| *to < self.order.len() && at < self.order.len()) {
            self.order.swap(at, to);
            self.moved = Some((self.order[to], way));
        }
    }
}

impl Reducible for QuizState {
    type Action = QuizAction;

    fn reduce(self: Rc<Self>, action: QuizAction) -> Rc<Self> {
        let mut next = (*self).clone();
        match (self.stage, action) {
            (Stage::Open, QuizAction::Choose(at)) => next.choose(at),
            (Stage::Open, QuizAction::Move(at, way)) => next.shift(at, way),
            (Stage::Open, QuizAction::Type(text)) => next.typed = text,
            (Stage::Open, QuizAction::Sure(sure)) => next.sure = Some(sure),
            (Stage::Open, QuizAction::Check) if self.is_ready() => {
                let runs = self.question.numeric().is_some();
                next.stage = if runs { Stage::Running } else { Stage::Answered(self.judged()) };
            }
            (Stage::Running, QuizAction::Keyed(answer, live)) => {
                next.stage = self.keyed(answer, live).map_or(Stage::Open, Stage::Answered);
            }
            (Stage::Running, QuizAction::Unkeyed) => next.stage = Stage::Open,
            (Stage::Answered(_), QuizAction::Again) => next = Self::new(self.question.clone(), self.round.wrapping_add(1)),
            _ => return self,
        }
        next.into()
    }
}

/// A number as people type it, with or without its unit.
#[must_use]
pub fn said(text: &str, unit: AnswerUnit) -> Option<f64> {
    let text = text.trim();
    let text = match unit {
        AnswerUnit::Percent => text.trim_end_matches('%'),
        AnswerUnit::Dollars => text.trim_start_matches('$'),
        AnswerUnit::Megabytes => without(text, "mb"),
        AnswerUnit::Ms => without(text, "ms"),
        AnswerUnit::S => without(text, "s"),
        AnswerUnit::Min => without(text, "min"),
        AnswerUnit::PerS => without(text, "/s"),
        AnswerUnit::Count | AnswerUnit::Number => text,
    };
    number::parse(text)
}

fn without<'t>(text: &'t str, unit: &str) -> &'t str {
    let end = text.len().saturating_sub(unit.len());
    match (text.get(..end), text.get(end..)) {
        (Some(number), Some(end)) if end.eq_ignore_ascii_case(unit) => number,
        _ => text,
    }
}

/// The numbers below `count` in an order that depends on `id` and `round` alone and, where there are two of them, is never their own.
#[must_use]
pub fn shuffled(count: usize, id: &str, round: u32) -> Vec<usize> {
    let named = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut state = named ^ u64::from(round);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        #[allow(clippy::cast_possible_truncation, reason = "below the length of a list")]
        let other = (next() % (at as u64 + 1)) as usize;
        order.swap(at, other);
    }
    if order.is_sorted() && count > 1 {
        order.rotate_left(1);
    }
    order
}
