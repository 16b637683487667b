//! What a lesson's text refers to, collected while it is read and checked when everything else is known.

use super::data_widgets::DataWidget;
use super::fields::At;
use super::problem::{Code, Place, Problems};
use super::source::Files;
use crate::{LinkTarget, METRICS, Question, ResultRef, is_metric};
use coldstart_facts::registry::Registry;
use std::collections::BTreeMap;

/// The state of reading one lesson.
pub(super) struct Draft<'p> {
    problems: &'p Problems,
    registry: &'p Registry,
    files: &'p Files,
    /// The lesson's folder.
    pub(super) slug: String,
    /// The questions of the lesson's quiz file.
    pub(super) questions: Vec<At<Question>>,
    pub(super) uses: Uses,
    /// Whether the question being read draws a value, so that `{{draw}}` stands for something.
    pub(super) draws: bool,
    ids: BTreeMap<String, Place>,
}

/// Everything that the lesson refers to.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub(super) facts: Vec<At<String>>,
    pub(super) results: Vec<At<ResultRef>>,
    pub(super) scenarios: Vec<At<String>>,
    pub(super) links: Vec<At<LinkTarget>>,
    pub(super) images: Vec<At<String>>,
    pub(super) claims: Vec<At<Claim>>,
    pub(super) bets: usize,
    /// How many of them are curves.
    pub(super) curves: usize,
    /// Figures that predictions are about, and the answers that are offered, in the metric's base unit.
    pub(super) offered: Vec<At<(ResultRef, (f64, f64))>>,
    /// The widgets that predictions are about.
    pub(super) bets_on: Vec<At<String>>,
    /// The quiz questions that a `quiz` directive shows.
    pub(super) asked: Vec<String>,
    /// Widgets made of data.
    pub(super) data: Vec<At<DataWidget>>,
    /// Decision trees that widgets show.
    pub(super) trees: Vec<String>,
}

/// `expect`: what the text says about a scenario.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim {
    pub(super) scenario: String,
    pub(super) metric: String,
    /// Bounds for the scenario's own seed.
    pub(super) between: (f64, f64),
    /// Bounds for each of the lint's seeds.
    pub(super) over_seeds: (f64, f64),
}

impl<'p> Draft<'p> {
    pub(super) fn new(problems: &'p Problems, registry: &'p Registry, files: &'p Files, slug: &str) -> Self {
        let (uses, ids) = (Uses::default(), BTreeMap::new());
        Self { problems, registry, files, slug: slug.to_owned(), questions: Vec::new(), uses, draws: false, ids }
    }

    pub(super) const fn problems(&self) -> &'p Problems {
        self.problems
    }

    pub(super) fn problem(&self, place: &Place, code: Code, message: impl Into<String>) {
        self.problems.push(place, code, message);
    }

    /// How the fact reads in prose.
    pub(super) fn fact_text(&self, id: &str) -> Option<String> {
        self.registry.get(id).map(|fact| fact.text.clone())
    }

    /// The text of a file of the course.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.files.texts.get(path).cloned()
    }

    /// Takes an id for a widget, a bet, a heading, ...; reports it if it is taken.
    pub(super) fn claim_id(&mut self, what: &str, id: &str, place: &Place) {
        let first = self.ids.entry(format!("{what} {id}")).or_insert_with(|| place.clone());
        if first != place {
            let message = format!("The {what} `{id}` is already at line {}.", first.line);
            self.problems.push(place, Code::DuplicateId, message);
        }
    }

    /// Whether an id of this sort is taken.
    pub(super) fn has_id(&self, what: &str, id: &str) -> bool {
        self.ids.contains_key(&format!("{what} {id}"))
    }

    /// Whether the metric exists; reports it if not.
    pub(super) fn check_metric(&self, place: &Place, metric: &str) -> bool {
        let known = is_metric(metric);
        if !known {
            let names = METRICS.iter().map(|metric| metric.name).collect::<Vec<_>>().join(", ");
            self.problem(place, Code::UnknownMetric, format!("There is no metric `{metric}`; there are {names}."));
        }
        known
    }
}

/// Whether the text is a slug: 1 to 60 of a-z, 0-9 and `-`, starting with a letter.
pub(super) fn is_slug(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
