//! The steps of the story, and what can be open in them.

use super::prediction::Prediction;

/// Where in the story the learner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The dashboard, in the present tense.
    Watch,
    /// Looking things up.
    Evidence,
    /// Drawing tomorrow's p99 if nothing is done.
    DrawNothing,
    /// Tomorrow's p99 beside it.
    TruthNothing,
    /// Drawing it with a larger database.
    DrawDatabase,
    /// The same beside the truth.
    TruthDatabase,
    /// Naming the cause.
    Cause,
    /// Trying fixes.
    Fix,
    /// A deploy at 08:55.
    Deploy,
    /// The post-mortem.
    End,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Watch,
        Self::Evidence,
        Self::DrawNothing,
        Self::TruthNothing,
        Self::DrawDatabase,
        Self::TruthDatabase,
        Self::Cause,
        Self::Fix,
        Self::Deploy,
        Self::End,
    ];

    /// Its slug, for `data-step` and tests.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Evidence => "evidence",
            Self::DrawNothing => "draw-nothing",
            Self::TruthNothing => "truth-nothing",
            Self::DrawDatabase => "draw-database",
            Self::TruthDatabase => "truth-database",
            Self::Cause => "cause",
            Self::Fix => "fix",
            Self::Deploy => "deploy",
            Self::End => "end",
        }
    }

    /// The one after it; the last stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL.into_iter().find(|step| *step > self).unwrap_or(self)
    }

    /// Whether the question of this step or its answer is about the larger database.
    #[must_use]
    pub const fn is_about_database(self) -> bool {
        matches!(self, Self::DrawDatabase | Self::TruthDatabase)
    }
}

/// A bet on a curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Bet {
    /// Not made.
    #[default]
    Open,
    /// The learner did not want to bet.
    Skipped,
    /// Committed; it stays.
    Drawn(Prediction),
}

impl Bet {
    /// The curve, if one was drawn.
    #[must_use]
    pub const fn drawn(&self) -> Option<&Prediction> {
        match self {
            Self::Drawn(prediction) => Some(prediction),
            Self::Open | Self::Skipped => None,
        }
    }
}

/// The kind of fix whose controls are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FixTab {
    /// Provisioned concurrency.
    #[default]
    Provisioned,
    /// A smaller INIT.
    Init,
    /// Pings.
    Pings,
    /// A queue.
    Queue,
}

impl FixTab {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Provisioned, Self::Init, Self::Pings, Self::Queue];

    /// Its slug, for elements and tests.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Provisioned => "provisioned",
            Self::Init => "init",
            Self::Pings => "pings",
            Self::Queue => "queue",
        }
    }

    /// The tab with a slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.slug() == slug)
    }
}
