//! What the reference pages show besides glossary and facts: the search index, the event sources, the model card.

use crate::{Align, Inline, ResolvedFact};
use serde::{Deserialize, Serialize};

/// Everything that can be found: `search.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchIndex {
    /// The entries: lessons with their sections in the order of the course, then terms, facts and myths.
    pub entries: Vec<SearchEntry>,
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchEntry {
    /// What it is.
    pub kind: SearchKind,
    /// What it is called.
    pub title: String,
    /// What it says: plain words, cut off at [`SEARCH_TEXT_MAX`] characters.
    pub text: String,
    /// The lesson that it stands in, by slug; none for terms and facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// Where on its page it stands; none for the page's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// Most characters of [`SearchEntry::text`].
pub const SEARCH_TEXT_MAX: usize = 600;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A lesson.
    Lesson,
    /// A heading of a lesson and the text below it.
    Section,
    /// A word of the glossary.
    Term,
    /// A fact of the registry.
    Fact,
    /// A wrong claim and what holds instead.
    Myth,
}

impl SearchKind {
    /// Every kind, in the order in which results show them.
    pub const ALL: [Self; 5] = [Self::Lesson, Self::Section, Self::Term, Self::Myth, Self::Fact];
}

/// What invokes functions, and how each of them does it: `sources.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EventSources {
    /// The event sources, in the author's order.
    pub sources: Vec<EventSource>,
    /// Every fact that they state.
    pub facts: Vec<ResolvedFact>,
}

/// Something that invokes functions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventSource {
    /// Slug.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who waits for whom.
    pub model: InvocationModel,
    /// What an event carries, and how large it may be.
    pub payload: Vec<Inline>,
    /// Who tries again, and how often.
    pub retries: Vec<Inline>,
    /// What order holds.
    pub order: Vec<Inline>,
    /// What can be left out before a function is invoked.
    pub filter: Vec<Inline>,
    /// Where an event ends that nobody could process.
    pub failure: Vec<Inline>,
    /// What to use it for.
    pub best_for: Vec<Inline>,
    /// Facts besides those in the text, keys into [`EventSources::facts`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

/// Who waits for whom when a function is invoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvocationModel {
    /// The caller waits for the answer.
    Synchronous,
    /// Lambda takes the event and answers at once.
    Asynchronous,
    /// Lambda fetches batches and invokes the function with them.
    Poller,
}

impl InvocationModel {
    /// Every model.
    pub const ALL: [Self; 3] = [Self::Synchronous, Self::Asynchronous, Self::Poller];

    /// The word that sources.en.toml uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Synchronous => "synchronous",
            Self::Asynchronous => "asynchronous",
            Self::Poller => "poller",
        }
    }
}

/// What is simulated, what is simplified, and what AWS does not publish: `model.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// Model version of the simulator.
    pub model_version: u32,
    /// MODEL.md without what only its tests need; the title's heading is left out.
    pub blocks: Vec<CardBlock>,
    /// Every fact of the registry that is our own choice.
    pub choices: Vec<ResolvedFact>,
}

/// A piece of the model card. Its own type, because a lesson's [`crate::Block`] brings everything that lessons can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardBlock {
    /// A heading.
    Heading {
        /// 2 to 4; the page's title is the only 1.
        level: u8,
        /// Anchor, unique on the card.
        id: String,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// First number of a numbered list; none for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// The items.
        items: Vec<Vec<CardBlock>>,
    },
    /// A listing that is shown as it is.
    Code {
        /// The text, with its line ends.
        text: String,
    },
    /// A quotation.
    Quote(Vec<CardBlock>),
    /// A table.
    Table {
        /// One per column.
        align: Vec<Align>,
        /// Cells of the head.
        head: Vec<Vec<Inline>>,
        /// Cells of the rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}
