//! What a reader answered, and when each question comes back.
//!
//! The schedule is that of a box of index cards. There are five boxes; a question in one comes back after [`BOXES`] days:
//!
//! | answer | what follows |
//! |---|---|
//! | right, the first time | it lies in the first box, due tomorrow |
//! | right, when it was due | one box further, due after that box's days; it stays in the last |
//! | right, but a guess | the same box again: a guess proves little |
//! | right, before it was due | nothing: what was read a moment ago proves little |
//! | wrong | back to the first box, due tomorrow |
//! | wrong, and certain | the same, and first in the queue of that day |
//!
//! An answer to an older revision of a question is not counted. Everything here is pure but for [`store`].

pub mod export;
pub mod store;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days until a question of each box comes back.
pub const BOXES: [i32; 5] = [1, 3, 7, 16, 35];

/// Most questions that are remembered; beyond, the one that was answered longest ago is forgotten.
pub const RECORDS_MAX: usize = 1_000;

/// Most characters kept of what a reader wrote about a choice.
pub const WHY_MAX: usize = 500;

/// Most bytes of a key: two slugs.
const KEY_MAX: usize = 121;

/// Version of what is stored.
const VERSION: u32 = 1;

/// How sure a reader was before the answer was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// It was a guess.
    Guess,
    /// Fairly sure.
    Fair,
    /// Certain.
    Certain,
}

impl Sureness {
    /// From the least to the most.
    pub const ALL: [Self; 3] = [Self::Guess, Self::Fair, Self::Certain];

    /// The word that is stored and exported.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Fair => "fair",
            Self::Certain => "certain",
        }
    }
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Whether it was right.
    pub right: bool,
    /// How sure the reader was.
    pub sure: Sureness,
}

/// What is remembered of a question. Days are counted from 1970-01-01 where the reader is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The revision that was answered.
    pub revision: u32,
    /// Its box, from 0.
    #[serde(rename = "box")]
    pub place: usize,
    /// Day on which it comes back.
    pub due: i32,
    /// Day of the last answer.
    pub answered: i32,
    /// Answers so far.
    pub tries: u32,
    /// Whether the last answer was right.
    pub right: bool,
    /// How sure the reader was of the last answer.
    pub sure: Sureness,
    /// Whether it was wrong and certain, and has not been answered since it came back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// Why the reader chose this, in their own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Record {
    /// What is remembered after an answer; the module says by which rules.
    #[must_use]
    pub fn after(before: Option<&Self>, revision: u32, given: Given, today: i32) -> Self {
        let before = before.filter(|record| record.revision == revision);
        let place = before.map_or(0, |record| record.place.min(BOXES.len() - 1));
        let (place, due, urgent) = match (given.right, before) {
            (false, _) => (0, today + BOXES[0], given.sure == Sureness::Certain),
            (true, Some(record)) if !record.is_due(today) => (place, record.due, record.urgent),
            (true, Some(_)) if given.sure != Sureness::Guess => {
                let next = (place + 1).min(BOXES.len() - 1);
                (next, today + BOXES[next], false)
            }
            (true, _) => (place, today + BOXES[place], false),
        };
        Self {
            revision,
            place,
            due,
            answered: today,
            tries: before.map_or(0, |record| record.tries).saturating_add(1),
            right: given.right,
            sure: given.sure,
            urgent,
            why: before.map(|record| record.why.clone()).unwrap_or_default(),
        }
    }

    /// Whether this site can have made it.
    fn is_sound(&self) -> bool {
        self.place < BOXES.len() && self.why.chars().count() <= WHY_MAX
    }

    /// Whether it has come back. A record from the future is due too: the clock was wrong when it was made.
    #[must_use]
    pub const fn is_due(&self, today: i32) -> bool {
        self.due <= today || self.answered > today + 1
    }

    /// Days until it comes back; 0 if it is due.
    #[must_use]
    pub const fn days_left(&self, today: i32) -> i32 {
        if self.is_due(today) { 0 } else { self.due - today }
    }
}

/// The key of a question: `lesson/question`.
#[must_use]
pub fn key(lesson: &str, question: &str) -> String {
    format!("{lesson}/{question}")
}

/// The lesson and the question of a key.
#[must_use]
pub fn parts(key: &str) -> (&str, &str) {
    key.split_once('/').unwrap_or((key, ""))
}

/// Everything that is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    version: u32,
    /// By [`key`].
    records: BTreeMap<String, Record>,
}

impl Default for Review {
    fn default() -> Self {
        Self { version: VERSION, records: BTreeMap::new() }
    }
}

impl Review {
    /// Reads what [`Review::to_text`] wrote; `None` for anything else, other versions too.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|review| review.version == VERSION)
    }

    /// As it is stored.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What is remembered of a question.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Record> {
        self.records.get(key)
    }

    /// All of it, by key.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.records.iter().map(|(key, record)| (key.as_str(), record))
    }

    /// Remembers an answer.
    pub fn answer(&mut self, key: &str, revision: u32, given: Given, today: i32) -> Record {
        let record = Record::after(self.records.get(key), revision, given, today);
        self.records.insert(key.to_owned(), record.clone());
        self.make_room(key);
        record
    }

    /// Forgets what was answered longest ago, but never `newest`, until the rest fits.
    fn make_room(&mut self, newest: &str) {
        while self.records.len() > RECORDS_MAX {
            let oldest = self.all().filter(|(key, _)| *key != newest).min_by_key(|(_, record)| record.answered);
            let Some(oldest) = oldest.map(|(key, _)| key.to_owned()) else { break };
            self.records.remove(&oldest);
        }
    }

    /// Takes in what `other` has and this lacks, and of a question that both have the later answer; what the reader wrote about it here
    /// stays where `other` has nothing. How many records are other than before.
    pub fn merge(&mut self, other: &Self) -> usize {
        let mut taken = 0;
        for (key, theirs) in other.records.iter().filter(|(key, record)| key.len() <= KEY_MAX && record.is_sound()) {
            let own = self.records.get(key);
            if own.is_none_or(|own| (own.answered, own.tries) < (theirs.answered, theirs.tries)) {
                let mut record = theirs.clone();
                if let Some(own) = own.filter(|_| record.why.is_empty()) {
                    record.why.clone_from(&own.why);
                }
                self.records.insert(key.clone(), record);
                self.make_room(key);
                taken += 1;
            }
        }
        taken
    }

    /// Keeps why the reader chose what they chose, as far as it fits.
    pub fn note(&mut self, key: &str, why: &str) {
        if let Some(record) = self.records.get_mut(key) {
            record.why = why.trim().chars().take(WHY_MAX).collect();
        }
    }

    /// Forgets a question.
    pub fn forget(&mut self, key: &str) {
        self.records.remove(key);
    }

    /// Keys of the questions that have come back: those first that were wrong and certain, then by the day on which they came back.
    #[must_use]
    pub fn due(&self, today: i32) -> Vec<String> {
        let mut due: Vec<_> = self.all().filter(|(_, record)| record.is_due(today)).collect();
        due.sort_by_key(|(key, record)| (!record.urgent, record.due, *key));
        due.into_iter().map(|(key, _)| key.to_owned()).collect()
    }

    /// How many come back after how many days, soonest first; what is due is left out.
    #[must_use]
    pub fn coming(&self, today: i32) -> Vec<(i32, usize)> {
        let mut coming = BTreeMap::new();
        for (_, record) in self.all().filter(|(_, record)| !record.is_due(today)) {
            *coming.entry(record.days_left(today)).or_insert(0) += 1;
        }
        coming.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
