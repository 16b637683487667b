//! What all lessons share: their order, the objectives, the glossary.

use crate::{Level, Objective};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The course's table of contents: `index.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseIndex {
    /// Format of this file, [`crate::FORMAT`].
    pub format: u32,
    /// The modules, in order.
    pub modules: Vec<Module>,
    /// Ways through the course for those with little time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<CoursePath>,
    /// New slugs of renamed lessons, by the old one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub redirects: BTreeMap<String, String>,
}

impl CourseIndex {
    /// Every lesson, in the order of the course.
    pub fn lessons(&self) -> impl Iterator<Item = &LessonEntry> {
        self.modules.iter().flat_map(|module| &module.lessons)
    }

    /// The lesson with this slug, or with the slug that it was renamed to.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<&LessonEntry> {
        let slug = self.redirects.get(slug).map_or(slug, String::as_str);
        self.lessons().find(|lesson| lesson.id == slug)
    }

    /// The lessons before and after this one.
    #[must_use]
    pub fn neighbours(&self, slug: &str) -> (Option<&LessonEntry>, Option<&LessonEntry>) {
        let all: Vec<&LessonEntry> = self.lessons().collect();
        match all.iter().position(|lesson| lesson.id == slug) {
            Some(at) => (at.checked_sub(1).map(|before| all[before]), all.get(at + 1).copied()),
            None => (None, None),
        }
    }
}

/// A part of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Slug.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its lessons, in order.
    pub lessons: Vec<LessonEntry>,
}

/// A way through the course that fits into a given time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoursePath {
    /// Slug.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How long it takes at most, in minutes.
    pub minutes: u16,
    /// One line: what the learner will know.
    pub promise: String,
    /// Slugs of its lessons, in order.
    pub lessons: Vec<String>,
}

/// A lesson in the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonEntry {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// At most 160 characters.
    pub summary: String,
    /// One line: what the learner will know.
    pub promise: String,
    /// Who it is for.
    pub level: Level,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// How many predictions it asks for.
    #[serde(default)]
    pub bets: u16,
    /// Slugs of the lessons that come before it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What the learner can do afterwards.
    #[serde(default)]
    pub objectives: Vec<Objective>,
}

/// The glossary: `glossary.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glossary {
    /// The terms, in order of their words.
    pub terms: Vec<Term>,
}

/// A word and what it means here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Slug that links use (`term:cold-start`).
    pub id: String,
    /// The word.
    pub term: String,
    /// One or two sentences.
    pub meaning: String,
    /// Slugs of related terms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub see: Vec<String>,
    /// Where AWS says so; none for words of statistics and our own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<TermSource>,
}

/// Where the meaning of a word is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermSource {
    /// Slug of the fact that rests on the same page.
    pub fact: String,
    /// Address of the page.
    pub url: String,
    /// The day on which it was read, `2026-07-21`.
    pub read: String,
}
