//! Evidence: what the learner can look up, what a look costs, and the queries on the run that answer it.

mod queries;
mod words;

pub use queries::{
    Case, ConcurrencyFinding, DatabaseFinding, DeployElsewhere, DeploysFinding, InitFinding, SlowRequest, SlowRequestsFinding,
    ThrottlesFinding, WaitFigures, concurrency, database, deploys, init_share, slow_requests, throttles, waiting_ms,
};
pub use words::{EvidenceTable, EvidenceView, view};

use crate::i18n::Text;
use crate::text;

/// What can be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// REPORT lines of the slowest requests.
    SlowRequests,
    /// How many invocations had an Init Duration, minute by minute.
    InitShare,
    /// Throttles by cause.
    Throttles,
    /// Time that handlers waited for the database.
    Database,
    /// What was deployed when.
    Deploys,
    /// Concurrent invocations and environments against time.
    Concurrency,
}

impl EvidenceKind {
    /// All of it, in the order in which it is offered.
    pub const ALL: [Self; 6] = [Self::Database, Self::Throttles, Self::Deploys, Self::Concurrency, Self::InitShare, Self::SlowRequests];

    /// Its slug, for elements and tests.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SlowRequests => "slow-requests",
            Self::InitShare => "init-share",
            Self::Throttles => "throttles",
            Self::Database => "database",
            Self::Deploys => "deploys",
            Self::Concurrency => "concurrency",
        }
    }

    /// The evidence with a slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::SlowRequests => text!("incident.evidence_slow_requests"),
            Self::InitShare => text!("incident.evidence_init_share"),
            Self::Throttles => text!("incident.evidence_throttles"),
            Self::Database => text!("incident.evidence_database"),
            Self::Deploys => text!("incident.evidence_deploys"),
            Self::Concurrency => text!("incident.evidence_concurrency"),
        }
    }

    /// Minutes of the shift that a look takes. Part of the story.
    #[must_use]
    pub const fn cost_min(self) -> u32 {
        match self {
            Self::SlowRequests => 8,
            Self::InitShare => 6,
            Self::Throttles | Self::Concurrency => 5,
            Self::Database => 12,
            Self::Deploys => 4,
        }
    }
}
