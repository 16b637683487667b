//! What a learner has done, lesson by lesson: predictions, how far, what came last. One JSON text, versioned and bounded.
//!
//! Two records merge and never take anything away from each other; whatever arrives is bounded and never a panic.

mod export;

pub use export::{EXPORT_BYTES_MAX, Export, Taken};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version that this build writes, and the newest that it reads: 2 came with curves.
pub const VERSION: u32 = 2;

/// Records above this are not looked at, in bytes; the bounds below keep every record within it.
pub const BYTES_MAX: usize = 1_024 * 1_024;

/// Most lessons in a record.
pub const LESSONS_MAX: usize = 128;

/// Most predictions of a lesson.
pub const BETS_MAX: usize = 32;

/// Most curves among the predictions of a lesson.
pub const CURVES_MAX: usize = coldstart_course::CURVES_MAX;

/// Most points of a curve.
pub const CURVE_POINTS_MAX: usize = coldstart_course::CURVE_POINTS_MAX;

/// Most bytes of an id, an anchor or an answer.
pub const TEXT_MAX: usize = 80;

/// What a learner has done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    version: u32,
    #[serde(default)]
    lessons: BTreeMap<String, LessonProgress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<LastPlace>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, lessons: BTreeMap::new(), last: None }
    }
}

/// One lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LessonProgress {
    /// When it was last open, in milliseconds since 1970 in UTC.
    pub visited_ms: u64,
    /// Predictions by the bet's id.
    #[serde(default)]
    pub bets: BTreeMap<String, BetRecord>,
    /// Whether it was shown to its end with every prediction answered.
    #[serde(default)]
    pub finished: bool,
    /// How many of its blocks were shown, at most.
    #[serde(default)]
    pub furthest: u32,
}

/// What became of a prediction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BetRecord {
    /// A number, in the unit of the slider.
    Number(f64),
    /// Id of the answer that was chosen.
    Choice(String),
    /// The heights of a curve, point by point, in the unit of its axis.
    Curve(Vec<f64>),
    /// No bet was wanted.
    Skipped,
}

/// Where the learner was last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPlace {
    /// The lesson, by slug.
    pub lesson: String,
    /// Id of the heading that was reached; none before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// When, in milliseconds since 1970 in UTC.
    pub at_ms: u64,
}

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgressError {
    /// It is longer than anything this site writes.
    #[error("it is longer than any that this site makes")]
    TooLong,
    /// A newer build wrote it.
    #[error("a newer version of this site made it")]
    Newer,
    /// It is none of ours, or was damaged.
    #[error("{0}")]
    Damaged(String),
}

impl Progress {
    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// When it is too long, of a newer version, damaged, or out of bounds.
    pub fn parse(text: &str) -> Result<Self, ProgressError> {
        let read: Self = read(text, "version", BYTES_MAX)?;
        read.check()?;
        Ok(Self { version: VERSION, ..read })
    }

    /// The record as text.
    #[must_use]
    pub fn to_json(&self) -> String {
        // These types give serde_json no reason to fail: numbers that are not finite never get in.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was done in a lesson; none if it was never open.
    #[must_use]
    pub fn lesson(&self, slug: &str) -> Option<&LessonProgress> {
        self.lessons.get(slug)
    }

    /// Where the learner was last.
    #[must_use]
    pub fn last(&self) -> Option<&LastPlace> {
        self.last.as_ref()
    }

    /// Whether nothing was done yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }

    /// Adds what was done in a lesson; predictions that are there already stay as they are. The lesson becomes the last one.
    pub fn record(&mut self, slug: &str, done: &LessonProgress) {
        let anchor = self.last.take().filter(|last| last.lesson == slug).and_then(|last| last.anchor);
        self.last = Some(LastPlace { lesson: slug.to_owned(), anchor, at_ms: done.visited_ms });
        self.add(slug, done, &mut Taken::default());
    }

    /// Notes the section that was reached in a lesson.
    pub fn reach(&mut self, slug: &str, anchor: Option<&str>, at_ms: u64) {
        let anchor = anchor.filter(|anchor| is_name(anchor)).map(ToOwned::to_owned);
        self.last = Some(LastPlace { lesson: slug.to_owned(), anchor, at_ms });
    }

    /// Forgets one lesson, and nothing else.
    pub fn forget(&mut self, slug: &str) {
        self.lessons.remove(slug);
        if self.last.as_ref().is_some_and(|last| last.lesson == slug) {
            self.last = None;
        }
    }

    /// Takes in what `other` has and this lacks; nothing of its own is lost.
    pub fn merge(&mut self, other: &Self) -> Taken {
        let mut taken = Taken::default();
        for (slug, done) in &other.lessons {
            self.add(slug, done, &mut taken);
        }
        let newer = |theirs: &&LastPlace| self.last.as_ref().is_none_or(|own| own.at_ms < theirs.at_ms);
        if let Some(last) = other.last.as_ref().filter(newer) {
            self.last = Some(last.clone());
        }
        taken
    }

    fn add(&mut self, slug: &str, done: &LessonProgress, taken: &mut Taken) {
        if !self.lessons.contains_key(slug) {
            if self.lessons.len() >= LESSONS_MAX || !is_name(slug) {
                return;
            }
            taken.lessons += 1;
        }
        let own = self.lessons.entry(slug.to_owned()).or_default();
        for (id, bet) in &done.bets {
            let room = own.bets.len() < BETS_MAX && (!bet.is_curve() || own.curves() < CURVES_MAX);
            if bet.is_sound() && is_name(id) && room && !own.bets.contains_key(id) {
                own.bets.insert(id.clone(), bet.clone());
                taken.bets += 1;
            }
        }
        taken.finished += usize::from(done.finished && !own.finished);
        own.finished |= done.finished;
        own.furthest = own.furthest.max(done.furthest);
        own.visited_ms = own.visited_ms.max(done.visited_ms);
    }

    fn check(&self) -> Result<(), ProgressError> {
        let names = || self.lessons.keys().chain(self.lessons.values().flat_map(|lesson| lesson.bets.keys()));
        let places = self.last.iter().flat_map(|last| std::iter::once(&last.lesson).chain(&last.anchor));
        let bets = || self.lessons.values().map(|lesson| &lesson.bets);
        let too_many = |lesson: &LessonProgress| lesson.bets.len() > BETS_MAX || lesson.curves() > CURVES_MAX;
        if self.lessons.len() > LESSONS_MAX || self.lessons.values().any(too_many) {
            return Err(ProgressError::Damaged("it has more lessons or predictions than any that this site makes".to_owned()));
        }
        if !names().chain(places).all(|name| is_name(name)) || bets().flat_map(BTreeMap::values).any(|bet| !bet.is_sound()) {
            return Err(ProgressError::Damaged("it has a name or an answer that this site does not make".to_owned()));
        }
        Ok(())
    }
}

impl LessonProgress {
    fn curves(&self) -> usize {
        self.bets.values().filter(|bet| bet.is_curve()).count()
    }
}

impl BetRecord {
    const fn is_curve(&self) -> bool {
        matches!(self, Self::Curve(_))
    }

    fn is_sound(&self) -> bool {
        match self {
            Self::Number(value) => value.is_finite(),
            Self::Curve(heights) => heights.len() <= CURVE_POINTS_MAX && heights.iter().all(|height| height.is_finite()),
            Self::Choice(id) => is_name(id),
            Self::Skipped => true,
        }
    }
}

/// Whether a text can be an id, an anchor or an answer: short, and as long in JSON as it is here.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= TEXT_MAX && !text.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'))
}

/// Reads a bounded JSON object whose field `version` is not newer than this build.
fn read<T: serde::de::DeserializeOwned>(text: &str, version: &str, bytes_max: usize) -> Result<T, ProgressError> {
    if text.len() > bytes_max {
        return Err(ProgressError::TooLong);
    }
    let damaged = |error: serde_json::Error| ProgressError::Damaged(error.to_string());
    let value: serde_json::Value = serde_json::from_str(text).map_err(damaged)?;
    match value.get(version).and_then(serde_json::Value::as_u64) {
        None => Err(ProgressError::Damaged(format!("it has no `{version}`"))),
        Some(newer) if newer > u64::from(VERSION) => Err(ProgressError::Newer),
        Some(_) => serde_json::from_value(value).map_err(damaged),
    }
}

#[cfg(test)]
mod tests;
