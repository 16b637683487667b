//! Decision trees whose leaves run.

use super::{Setting, number_parts};
use crate::patch::Changes;
use serde::{Deserialize, Serialize};

/// `tree`: a decision tree whose leaves run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// Format of the file.
    pub format: u32,
    /// Slug, the file's name.
    pub id: String,
    /// Title.
    pub title: String,
    /// One line.
    pub promise: String,
    /// The figure that decides at a leaf.
    pub metric: String,
    /// Whether more of it is better.
    #[serde(default)]
    pub higher: bool,
    /// Figures of both options at a leaf.
    pub numbers: Vec<String>,
    /// The questions; the first one is the root.
    pub question: Vec<TreeQuestion>,
    /// Where the ways end.
    pub leaf: Vec<Leaf>,
}

impl Tree {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&TreeQuestion> {
        self.question.iter().find(|question| question.id == id)
    }

    /// The figure that decides at a leaf, with the label that leaf or tree give to it.
    #[must_use]
    pub fn decides<'t>(&'t self, leaf: &'t Leaf) -> &'t str {
        let own = leaf.metric.as_deref().unwrap_or(&self.metric);
        let named = self.numbers.iter().map(String::as_str).find(|entry| number_parts(entry).0 == number_parts(own).0);
        named.unwrap_or(own)
    }

    /// The figures that a leaf shows: the tree's, and the one that decides.
    #[must_use]
    pub fn shows(&self, leaf: &Leaf) -> Vec<String> {
        let decides = self.decides(leaf);
        let more = (!self.numbers.iter().any(|entry| entry == decides)).then(|| decides.to_owned());
        self.numbers.iter().cloned().chain(more).collect()
    }

    /// The leaf with this id.
    #[must_use]
    pub fn leaf(&self, id: &str) -> Option<&Leaf> {
        self.leaf.iter().find(|leaf| leaf.id == id)
    }
}

/// A question of a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeQuestion {
    /// Slug.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Why it comes here.
    pub why: String,
    /// The answers.
    pub answer: Vec<Answer>,
}

/// An answer of a tree's question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The answer.
    pub label: String,
    /// The question or the leaf that it leads to.
    pub to: String,
    /// What it says about the scenario.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub set: Changes,
}

/// The end of a way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Slug.
    pub id: String,
    /// The advice in a few words.
    pub title: String,
    /// Why.
    pub because: String,
    /// The figure that decides here, where it is not the tree's: `metric`, or `metric as Label`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// Whether more of it is better, where that is not as the tree says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub higher: Option<bool>,
    /// What to do.
    pub recommended: Setting,
    /// What not to do.
    pub rejected: Setting,
    /// When the other option wins.
    pub unless: Unless,
}

/// Traffic under which the rejected option wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unless {
    /// The traffic in a few words.
    pub label: String,
    /// What it changes.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub set: Changes,
    /// Why.
    pub text: String,
}
