//! Questions that ask why: what a quiz holds, and what makes an answer right.

use crate::{Format, Inline, ResultRef, patch};
use coldstart_sim::{AttemptRecord, ScenarioSpec, Timeline, TimelineOptions};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Questions of the lesson's `quiz.en.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quiz {
    /// Unique within the lesson.
    pub id: String,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Slug within the lesson; with the lesson's slug it is the stable id `lesson/slug`.
    pub id: String,
    /// Rises when the question's meaning changes, so that old answers are not counted for the new one.
    pub revision: u32,
    /// What is asked.
    pub prompt: Vec<Inline>,
    /// How it is answered.
    #[serde(default, skip_serializing_if = "QuestionKind::is_choice")]
    pub kind: QuestionKind,
    /// The answers offered; of [`QuestionKind::Order`] in their right order, of [`QuestionKind::Numeric`] none.
    #[serde(default)]
    pub options: Vec<QuizOption>,
}

impl Question {
    /// The numeric part, if it asks for a number.
    #[must_use]
    pub const fn numeric(&self) -> Option<&Numeric> {
        if let QuestionKind::Numeric(numeric) = &self.kind { Some(numeric) } else { None }
    }

    /// The trace to read, if it shows one.
    #[must_use]
    pub const fn trace(&self) -> Option<&RequestTrace> {
        if let QuestionKind::Trace(trace) = &self.kind { Some(trace) } else { None }
    }
}

/// How a question is answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Exactly one option is right.
    #[default]
    Choice,
    /// Several options are right.
    Multiple,
    /// The options are to be put in order.
    Order,
    /// A number, which the simulator gives.
    Numeric(Numeric),
    /// A choice about requests of a run, shown without the cause.
    Trace(RequestTrace),
}

impl QuestionKind {
    /// The words of `quiz.en.toml`.
    pub const WORDS: [&'static str; 5] = ["choice", "multiple", "order", "numeric", "trace"];

    /// Its word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Choice => Self::WORDS[0],
            Self::Multiple => Self::WORDS[1],
            Self::Order => Self::WORDS[2],
            Self::Numeric(_) => Self::WORDS[3],
            Self::Trace(_) => Self::WORDS[4],
        }
    }

    /// Whether it is the plain kind, which is not written down.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        matches!(self, Self::Choice)
    }
}

/// One answer of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuizOption {
    /// Its words.
    pub text: Vec<Inline>,
    /// Whether it is right.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
    /// Why.
    pub explain: Vec<Inline>,
    /// The scenario that refutes it, key into [`crate::CompiledLesson::scenarios`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
}

/// A question for a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numeric {
    /// What the simulator answers.
    pub answer: ResultRef,
    /// What the learner answers in.
    pub unit: AnswerUnit,
    /// How far from the answer still counts as right, as a share of the answer.
    pub tolerance: f64,
    /// What changes from one round to the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vary: Option<Vary>,
    /// Why the answer is what it is.
    pub explain: Vec<Inline>,
    /// Wrong answers that come from a known mistake.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traps: Vec<Trap>,
}

/// What becomes of a number that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberVerdict {
    /// Within the tolerance.
    Right,
    /// Within the tolerance of this trap.
    Trap(usize),
    /// Neither.
    Wrong,
}

impl Numeric {
    /// How many different rounds there are; at least one.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.vary.as_ref().map_or(1, |vary| vary.values.len().max(1))
    }

    /// The scenario of a draw. Draws begin anew after the last.
    ///
    /// # Errors
    /// When the drawn value cannot be set, which the lint rules out.
    pub fn drawn(&self, spec: &ScenarioSpec, draw: usize) -> Result<ScenarioSpec, String> {
        match self.vary.as_ref().and_then(|vary| Some((vary, vary.value(draw)?))) {
            Some((vary, value)) => patch::set(spec, &Map::from_iter([(vary.path.clone(), value.clone())])),
            None => Ok(spec.clone()),
        }
    }

    /// Judges a number in the question's unit by the answer in the metric's base unit. Of several traps the nearest is meant.
    #[must_use]
    pub fn judge(&self, answer: f64, said: f64) -> NumberVerdict {
        let said = said / self.unit.per_base();
        if is_within(said, answer, self.tolerance) {
            return NumberVerdict::Right;
        }
        let value = |trap: &Trap| trap.times * answer;
        let apart = |trap: &Trap| ((said - value(trap)) / value(trap)).abs();
        let hit = self.traps.iter().enumerate().filter(|(_, trap)| is_within(said, value(trap), self.tolerance));
        let nearest = hit.min_by(|(_, one), (_, other)| apart(one).total_cmp(&apart(other)));
        nearest.map_or(NumberVerdict::Wrong, |(at, _)| NumberVerdict::Trap(at))
    }
}

/// Whether a value is within a share of the answer from the answer.
#[must_use]
pub fn is_within(value: f64, answer: f64, tolerance: f64) -> bool {
    (value - answer).abs() <= tolerance * answer.abs()
}

/// The key of a draw's answer in [`crate::CompiledLesson::results`].
#[must_use]
pub fn draw_key(question: &str, draw: usize) -> String {
    format!("{question}#{draw}")
}

/// A field of the scenario and the values that it takes in turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vary {
    /// Path of the field, as for [`patch::set`].
    pub path: String,
    /// The values.
    pub values: Vec<Value>,
}

impl Vary {
    /// The value of a draw; draws begin anew after the last.
    #[must_use]
    pub fn value(&self, draw: usize) -> Option<&Value> {
        self.values.get(draw.checked_rem(self.values.len())?)
    }

    /// How the value of a draw reads in the prompt: all digits, grouped.
    #[must_use]
    pub fn shown(&self, draw: usize) -> String {
        match self.value(draw) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => match value.as_f64() {
                Some(number) if number.fract() == 0.0 => Format::Count.write(number),
                _ => value.to_string(),
            },
            None => String::new(),
        }
    }
}

/// A wrong number and the mistake that leads to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trap {
    /// The wrong number is the answer times this.
    pub times: f64,
    /// What the mistake is.
    pub explain: Vec<Inline>,
}

/// The unit of a number that a learner gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerUnit {
    /// Megabytes.
    #[serde(rename = "MB")]
    Megabytes,
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Minutes.
    Min,
    /// A whole number.
    Count,
    /// Per second.
    PerS,
    /// Percent; the metric is a share of 1.
    Percent,
    /// A bare number.
    Number,
    /// Dollars.
    Dollars,
}

impl AnswerUnit {
    /// Every unit with its word in `quiz.en.toml`.
    pub const ALL: [(&'static str, Self); 9] = [
        ("MB", Self::Megabytes),
        ("ms", Self::Ms),
        ("s", Self::S),
        ("min", Self::Min),
        ("count", Self::Count),
        ("per_s", Self::PerS),
        ("percent", Self::Percent),
        ("number", Self::Number),
        ("dollars", Self::Dollars),
    ];

    /// The unit with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
    }

    /// The unit for a metric that is written so, unless the question says otherwise.
    #[must_use]
    pub const fn of(format: Format) -> Self {
        match format {
            Format::Count => Self::Count,
            Format::Number => Self::Number,
            Format::Percent | Format::OneIn => Self::Percent,
            Format::Duration => Self::Ms,
            Format::Dollars => Self::Dollars,
        }
    }

    /// Whether a metric that is written so can be asked for in this unit.
    #[must_use]
    pub const fn fits(self, format: Format) -> bool {
        match self {
            Self::Ms | Self::S | Self::Min => matches!(format, Format::Duration),
            Self::Percent => matches!(format, Format::Percent | Format::OneIn),
            Self::Dollars => matches!(format, Format::Dollars),
            Self::Megabytes | Self::Count | Self::PerS => matches!(format, Format::Count | Format::Number),
            Self::Number => true,
        }
    }

    /// How many of this unit make one of the metric's base unit.
    #[must_use]
    pub const fn per_base(self) -> f64 {
        match self {
            Self::S => 1.0 / 1_000.0,
            Self::Min => 1.0 / 60_000.0,
            Self::Percent => 100.0,
            Self::Megabytes | Self::Ms | Self::Count | Self::PerS | Self::Number | Self::Dollars => 1.0,
        }
    }
}

/// Requests of a run whose attempts a question shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestTrace {
    /// The run, key into [`crate::CompiledLesson::scenarios`].
    pub scenario: String,
    /// The requests as the page counts them: from 1, within the first source whose requests reach a function.
    pub requests: Vec<u64>,
}

impl RequestTrace {
    /// What to record for it: the beginning of the run.
    pub const RECORDED: TimelineOptions = TimelineOptions { window_us: (0, u64::MAX), max_entries: 10_000 };

    /// The attempts of its requests, in order of their start.
    #[must_use]
    pub fn attempts<'t>(&self, timeline: &'t Timeline) -> Vec<&'t AttemptRecord> {
        let first = timeline.attempts.iter().map(|attempt| attempt.source).min();
        let named = |attempt: &&AttemptRecord| Some(attempt.source) == first && self.requests.contains(&(attempt.request + 1));
        timeline.attempts.iter().filter(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn numeric(unit: AnswerUnit) -> Numeric {
        Numeric {
            answer: ResultRef { run: "run".to_owned(), metric: "p99_ms".to_owned(), format: Format::Duration },
            unit,
            tolerance: 0.05,
            vary: Some(Vary { path: "functions[0].memory_mb".to_owned(), values: vec![json!(1024), json!(0.5), json!("arm64")] }),
            explain: Vec::new(),
            traps: vec![Trap { times: 1_000.0, explain: Vec::new() }, Trap { times: 1_060.0, explain: Vec::new() }],
        }
    }

    #[test]
    fn numbers_are_judged_in_their_unit() {
        for (unit, said, expected) in [
            (AnswerUnit::Ms, 2_000.0, NumberVerdict::Right),
            (AnswerUnit::Ms, 2_100.0, NumberVerdict::Right),
            (AnswerUnit::Ms, 2_101.0, NumberVerdict::Wrong),
            (AnswerUnit::S, 2.0, NumberVerdict::Right),
            (AnswerUnit::S, 2_000.0, NumberVerdict::Trap(0)),
            (AnswerUnit::S, 2_100.0, NumberVerdict::Trap(1)),
            (AnswerUnit::Min, 2.0 / 60.0, NumberVerdict::Right),
            (AnswerUnit::S, -2.0, NumberVerdict::Wrong),
        ] {
            assert_eq!(numeric(unit).judge(2_000.0, said), expected, "{said} {unit:?}");
        }
    }

    #[test]
    fn draws_go_round_and_read_as_people_write_them() {
        let numeric = numeric(AnswerUnit::Ms);
        let vary = numeric.vary.clone().unwrap();
        assert_eq!(numeric.draws(), 3);
        assert_eq!([0, 1, 2, 3].map(|draw| vary.shown(draw)), ["1,024", "0.5", "arm64", "1,024"]);
        assert_eq!(Vary { path: String::new(), values: Vec::new() }.shown(1), "");
    }

    #[test]
    fn a_choice_is_written_as_it_was_before_there_were_kinds() {
        let old = r#"{"id":"a","revision":1,"prompt":[],"options":[{"text":[],"right":true,"explain":[]}]}"#;
        let question: Question = serde_json::from_str(old).unwrap();
        assert_eq!(question.kind, QuestionKind::Choice);
        assert_eq!(serde_json::to_string(&question).unwrap(), old);
    }

    #[test]
    fn every_unit_has_a_word_and_fits_its_own_format() {
        for (word, unit) in AnswerUnit::ALL {
            assert_eq!(AnswerUnit::from_word(word), Some(unit));
            assert_eq!(serde_json::to_value(unit).unwrap(), json!(word));
        }
        for (_, format) in Format::ALL {
            assert!(AnswerUnit::of(format).fits(format), "{format:?}");
        }
    }
}
