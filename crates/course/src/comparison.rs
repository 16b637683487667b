//! Options beside each other, criterion by criterion.

use crate::Inline;
use serde::{Deserialize, Serialize};

/// Fewest and most options of a comparison: more do not fit beside each other.
pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=5;

/// A table of options; the reader chooses which of them stand beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Slug, unique in the lesson.
    pub id: String,
    /// What is compared.
    pub caption: Vec<Inline>,
    /// What the options are called, as many as [`OPTIONS`] allows.
    pub options: Vec<Vec<Inline>>,
    /// The criteria, one or more.
    pub rows: Vec<ComparedRow>,
}

impl Comparison {
    /// Every text of it, row by row.
    pub fn texts(&self) -> impl Iterator<Item = &Vec<Inline>> {
        let rows = self.rows.iter().flat_map(|row| std::iter::once(&row.label).chain(&row.cells));
        std::iter::once(&self.caption).chain(&self.options).chain(rows)
    }
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedRow {
    /// What it is.
    pub label: Vec<Inline>,
    /// A cell for each option.
    pub cells: Vec<Vec<Inline>>,
    /// Which of the cells' figures is pointed out; each cell holds one then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
}

/// Which figure is pointed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    /// The lowest: waits, prices.
    Low,
    /// The highest: what gets done.
    High,
}
