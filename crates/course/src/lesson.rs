//! A lesson as the page fetches it: data only, every fact resolved, every scenario inside.
//!
//! Enums are written the short way (`{"text":"..."}`), because a page of prose holds many of them.

use crate::{Comparison, Quiz};
use coldstart_sim::ScenarioSpec;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The newest lesson format that this build reads and writes.
pub const FORMAT: u32 = 1;

/// One lesson, ready to show: `<slug>.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledLesson {
    /// Format of this file, [`FORMAT`].
    pub format: u32,
    /// The lesson's slug, which is its folder name and never changes.
    pub id: String,
    /// Title in the learner's words.
    pub title: String,
    /// At most 160 characters, for lists and search results.
    pub summary: String,
    /// One line: what the learner will know.
    pub promise: String,
    /// Who it is for.
    pub level: Level,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// Slugs of the lessons that come before it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What the learner can do afterwards.
    #[serde(default)]
    pub objectives: Vec<Objective>,
    /// The facts that the text states, in the order of the front matter.
    #[serde(default)]
    pub facts: Vec<ResolvedFact>,
    /// The page, from top to bottom.
    pub blocks: Vec<Block>,
    /// The scenarios, by the name of their file without `.toml`.
    #[serde(default)]
    pub scenarios: BTreeMap<String, ScenarioSpec>,
    /// Every `{{result:run.metric}}` of the text, by `run.metric`: what the text shows before the learner has run anything. And the answer
    /// to every draw of a numeric question, by `question#draw`.
    #[serde(default)]
    pub results: BTreeMap<String, ResultValue>,
    /// Model version of the simulator that computed `results`.
    pub model_version: u32,
}

impl CompiledLesson {
    /// The fact with this id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&ResolvedFact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The result of `run` that the text shows before the learner has run anything.
    #[must_use]
    pub fn result(&self, run: &str, metric: &str) -> Option<ResultValue> {
        self.results.get(&format!("{run}.{metric}")).copied()
    }

    /// What the simulator answered to this draw of a numeric question when the lesson was made, in the metric's base unit.
    #[must_use]
    pub fn drawn_answer(&self, question: &str, draw: usize) -> Option<f64> {
        self.results.get(&crate::draw_key(question, draw)).map(|result| result.value)
    }
}

/// Who a lesson is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// New to Lambda.
    Beginner,
    /// Has put a function live.
    Intermediate,
    /// Runs Lambda in production.
    Advanced,
}

impl Level {
    /// Every level, from the easiest.
    pub const ALL: [Self; 3] = [Self::Beginner, Self::Intermediate, Self::Advanced];

    /// The word that front matter uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// What a learner can do after a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Slug.
    pub id: String,
    /// One sentence.
    pub text: String,
}

/// A fact of the registry, as the fact pop-over shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedFact {
    /// Slug in the registry.
    pub id: String,
    /// How the value reads in prose.
    pub text: String,
    /// One plain sentence.
    pub title: String,
    /// Address of the source.
    pub source: String,
    /// Day on which the source was read, `YYYY-MM-DD`.
    pub read: String,
    /// `official`, `secondary`, `derived` or `own`.
    pub confidence: String,
    /// `fact`, `measured`, `choice`, `history` or `conflict`.
    pub kind: String,
    /// What a reader should know besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a metric of a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultValue {
    /// With the scenario's own seed.
    pub value: f64,
    /// Lowest over the five seeds that the lint runs.
    pub low: f64,
    /// Highest over them.
    pub high: f64,
}

/// A piece of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// 2 to 4; the page's title is the only 1.
        level: u8,
        /// Anchor, unique within the lesson.
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
        items: Vec<Vec<Block>>,
    },
    /// A listing that is shown as it is.
    Code {
        /// Language for colouring; empty for none.
        language: String,
        /// The text, with its line ends.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A box beside the flow.
    Callout {
        /// What sort.
        kind: CalloutKind,
        /// Its content.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// One per column.
        align: Vec<Align>,
        /// Cells of the head.
        head: Vec<Vec<Inline>>,
        /// Cells of the rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A picture that stands by itself.
    Image {
        /// File beside the lesson, fetched from `lessons/<slug>/<file>`.
        file: String,
        /// What it shows, for those who do not see it.
        alt: String,
    },
    /// A line between two parts.
    Rule,
    /// Something that runs.
    Widget(Widget),
    /// A prediction to commit before the run is shown.
    Bet(Bet),
    /// Questions that ask why.
    Quiz(Quiz),
    /// A wrong claim and the run that shows it.
    Myth(Myth),
    /// Options beside each other.
    Comparison(Comparison),
}

/// What sort of box a callout is. In the source: GitHub's alerts (`> [!NOTE]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalloutKind {
    /// `NOTE`: what to notice.
    Notice,
    /// `TIP`: what to explore next.
    Explore,
    /// `IMPORTANT`: the one thing to keep.
    Keep,
    /// `WARNING`: what costs money or breaks.
    Warning,
    /// `CAUTION`: what AWS does not publish, or what the model leaves out.
    Unknown,
}

/// How a table's column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Words.
    Left,
    /// Short marks.
    Center,
    /// Numbers.
    Right,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// A stressed word.
    Emphasis(Vec<Inline>),
    /// A strong word.
    Strong(Vec<Inline>),
    /// Code within a line.
    Code(String),
    /// A link.
    Link {
        /// Where to.
        to: LinkTarget,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A figure from the registry; the page opens its source on request.
    Fact {
        /// Key into [`CompiledLesson::facts`].
        id: String,
        /// How it reads here.
        text: String,
    },
    /// A figure of a run; the page shows the learner's own run where there is one, else [`CompiledLesson::results`].
    Result(ResultRef),
    /// A plain count, written by the author.
    Count(String),
    /// The value that this round of a numeric question draws.
    Draw,
    /// A line end that matters.
    Break,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// Another lesson, by slug.
    Lesson(String),
    /// A page of the app (`playground`, `logs`, `facts`, ...).
    Page(String),
    /// A heading of this lesson.
    Anchor(String),
    /// A word of the glossary, by slug.
    Term(String),
    /// Somewhere else; opened only when the reader asks.
    External(String),
}

/// A metric of a named run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRef {
    /// Name of the scenario.
    pub run: String,
    /// Name for [`crate::metric`].
    pub metric: String,
    /// How to write it.
    pub format: crate::Format,
}

/// Something that runs: looked up by name among the app's widgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Widget {
    /// Name, one of [`crate::WIDGETS`].
    pub name: String,
    /// Unique within the lesson; the widget's name, numbered where it comes again, unless the author gives one.
    pub id: String,
    /// Key into [`CompiledLesson::scenarios`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The controls to show, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<String>,
    /// The facts that its texts state, keys into [`CompiledLesson::facts`], each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Whatever else this sort of widget understands.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub props: Map<String, Value>,
}

/// A prediction to commit before the run is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bet {
    /// Unique within the lesson; the key under which the answer is kept.
    pub id: String,
    /// Id of the widget whose chart keeps the prediction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// What is asked.
    pub question: Vec<Inline>,
    /// How it is answered.
    pub answer: BetAnswer,
    /// Said after the run, when prediction and truth stand side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explain: Vec<Inline>,
}

/// How a prediction is made, and what decides it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BetAnswer {
    /// A number, decided by a run.
    Number {
        /// The figure that the prediction is about; its format gives the unit (a percent answer is asked for in percent).
        truth: ResultRef,
        /// Lowest answer offered, in the unit shown.
        min: f64,
        /// Highest answer offered, in the unit shown.
        max: f64,
        /// Step of the slider, in the unit shown.
        step: f64,
    },
    /// A figure drawn over the time of the run, decided by a run.
    Curve(CurveAnswer),
    /// One of a few.
    Choice(Vec<BetOption>),
}

impl BetAnswer {
    /// The figure that decides it; none where the author does.
    #[must_use]
    pub const fn truth(&self) -> Option<&ResultRef> {
        match self {
            Self::Number { truth, .. } | Self::Curve(CurveAnswer { truth, .. }) => Some(truth),
            Self::Choice(_) => None,
        }
    }
}

/// Most points that a curve is drawn with.
pub const CURVE_POINTS_MAX: usize = 30;

/// Most curves that a lesson asks for.
pub const CURVES_MAX: usize = 2;

/// A curve to draw: a figure of a run, stretch by stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveAnswer {
    /// What the curve shows, for the axis: `Batches at work`.
    pub label: String,
    /// The figure without its minutes.
    pub truth: ResultRef,
    /// First minute of the run, and the one after the last.
    pub minutes: (u32, u32),
    /// Minutes from a point to the next, at least 1; it divides them.
    pub every: u32,
    /// Top of the axis, in the unit shown; its foot is 0.
    pub max: f64,
    /// What a key moves a point by, in the unit shown.
    pub step: f64,
}

impl CurveAnswer {
    /// The minute that each point begins with, and the figure that decides it; 2 to [`CURVE_POINTS_MAX`] in a lesson that the lint passed.
    pub fn points(&self) -> impl Iterator<Item = (u32, ResultRef)> + '_ {
        let (from, until) = self.minutes;
        (from..until).step_by(usize::try_from(self.every.max(1)).unwrap_or(usize::MAX)).take(CURVE_POINTS_MAX).map(|minute| {
            let metric = format!("{}@{minute}..{}", self.truth.metric, minute.saturating_add(self.every));
            (minute, ResultRef { metric, ..self.truth.clone() })
        })
    }
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BetOption {
    /// Its words.
    pub text: Vec<Inline>,
    /// Whether it holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
    /// Why it holds or fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub explain: Vec<Inline>,
}

/// A wrong claim, the truth, and the run that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Myth {
    /// Slug, unique in the course.
    pub id: String,
    /// The wrong claim, as people say it.
    pub claim: Vec<Inline>,
    /// What holds instead.
    pub truth: Vec<Inline>,
    /// The scenario that shows it, key into [`CompiledLesson::scenarios`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The figures of that run which show it: `metric`, or `metric as Label`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
}
