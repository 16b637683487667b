//! What the page remembers: the scenario as it is being written, as fields and as text. Pure.

use super::edit::{Edit, apply};
use super::judge::is_within;
use coldstart_sim::ScenarioSpec;
use serde_json::Value;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// Longest text that is read, in bytes.
pub const TEXT_BYTES_MAX: usize = 64 * 1_024;

/// The scenario that the page starts with.
const START: &str = include_str!("start.json");

/// Name of the preset that comes with the page.
pub const START_PRESET: &str = "start";
/// Name of the preset that a link brought.
pub const LINK_PRESET: &str = "link";

/// The two ways to write a scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Field by field.
    #[default]
    Form,
    /// As JSON.
    Text,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// It is longer than [`TEXT_BYTES_MAX`].
    TooLong,
    /// It is no JSON: nothing after this place was read.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was expected.
        message: String,
    },
    /// It is JSON, but no scenario.
    Meaning {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

impl TextProblem {
    /// Whether the fields stand for an older text.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        matches!(self, Self::TooLong | Self::Syntax { .. })
    }
}

/// A text that someone types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The text, whatever it is worth.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<TextProblem>,
}

/// What the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// Name of the preset that this began as.
    pub preset: String,
    /// The preset itself.
    pub base: Rc<Value>,
    /// What has been written.
    pub value: Rc<Value>,
    /// The text, while it is the one that is typed.
    pub draft: Option<Draft>,
    /// Which way to write is open.
    pub tab: Tab,
    /// Groups that are unfolded, by path.
    pub open: BTreeSet<String>,
    /// Field to go to, and how many such requests there were.
    pub goal: Option<(String, u32)>,
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Another preset, by name.
    Load(String, Value),
    /// Back to the preset.
    Reset,
    /// A field changed.
    Edit(Edit),
    /// The text changed.
    Type(String),
    /// The other way to write.
    Open(Tab),
    /// A group is folded or unfolded.
    Fold(String),
    /// A field is to be shown.
    GoTo(String),
}

impl Writing {
    /// Begins with a preset.
    #[must_use]
    pub fn new(preset: impl Into<String>, value: Value) -> Self {
        let value = Rc::new(value);
        let open = ["functions", "functions[0]", "sources", "sources[0]"];
        Self {
            preset: preset.into(),
            base: value.clone(),
            value,
            draft: None,
            tab: Tab::Form,
            open: open.iter().map(ToString::to_string).collect(),
            goal: None,
        }
    }

    /// Begins with the preset that comes with the page.
    #[must_use]
    pub fn start() -> Self {
        // Checked by a test; without it the page would begin empty.
        Self::new(START_PRESET, serde_json::from_str(START).unwrap_or_default())
    }

    /// Whether the fields stand for an older text.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.draft.as_ref().and_then(|draft| draft.problem.as_ref()).is_some_and(TextProblem::is_unread)
    }

    fn typed(&mut self, text: String) {
        let (value, problem) = read(&text);
        if let Some(value) = value {
            self.value = Rc::new(value);
        }
        self.draft = Some(Draft { text, problem });
    }

    /// Unfolds whatever hides a field.
    fn go_to(&mut self, path: String) {
        let ends = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(at, _)| at).chain([path.len()]);
        for end in ends {
            self.open.insert(path[..end].to_owned());
        }
        self.tab = Tab::Form;
        let count = self.goal.as_ref().map_or(0, |(_, count)| *count);
        self.goal = Some((path, count + 1));
    }
}

impl Reducible for Writing {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Load(preset, value) => {
                let tab = next.tab;
                next = Self { tab, ..Self::new(preset, value) };
            }
            Act::Reset => {
                next.value = next.base.clone();
                next.draft = None;
            }
            Act::Edit(edit) => {
                next.value = Rc::new(apply(&next.value, &edit));
                next.draft = None;
                if let super::edit::Change::Remove(_) = edit.change {
                    // What was unfolded by number now means its neighbour.
                    next.open.retain(|path| path == &edit.path || !is_within(path, &edit.path));
                }
            }
            Act::Type(text) => next.typed(text),
            Act::Open(tab) => next.tab = tab,
            Act::Fold(path) => {
                if !next.open.remove(&path) {
                    next.open.insert(path);
                }
            }
            Act::GoTo(path) => next.go_to(path),
        }
        Rc::new(next)
    }
}

/// Reads a text: what it says, if it is JSON, and what is wrong with it.
fn read(text: &str) -> (Option<Value>, Option<TextProblem>) {
    if text.len() > TEXT_BYTES_MAX {
        return (None, Some(TextProblem::TooLong));
    }
    let message = |error: &serde_json::Error| {
        let text = error.to_string();
        text.split(" at line ").next().unwrap_or_default().to_owned()
    };
    match serde_json::from_str::<Value>(text) {
        Err(error) => {
            let problem = TextProblem::Syntax { line: error.line(), column: error.column(), message: message(&error) };
            (None, Some(problem))
        }
        Ok(value) => {
            let problem = serde_json::from_str::<ScenarioSpec>(text).err().map(|error| TextProblem::Meaning {
                line: error.line(),
                column: error.column(),
                message: message(&error),
            });
            (Some(value), problem)
        }
    }
}
