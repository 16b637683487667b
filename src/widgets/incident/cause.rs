//! What the learner may blame, and the evidence that speaks for or against it.

use super::evidence::EvidenceKind;
use crate::i18n::Text;
use crate::text;

/// A cause that people name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The database is slow at nine.
    Database,
    /// Lambda refuses requests.
    Throttles,
    /// A deploy broke something.
    Deploy,
    /// The handler has too little memory, and so too little processor.
    Memory,
    /// Requests wait for new execution environments.
    ColdStarts,
}

impl Cause {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Database, Self::Throttles, Self::Deploy, Self::ColdStarts, Self::Memory];

    /// Whether it is this one.
    #[must_use]
    pub const fn is_right(self) -> bool {
        matches!(self, Self::ColdStarts)
    }

    /// Its slug, for elements and tests.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Throttles => "throttles",
            Self::Deploy => "deploy",
            Self::Memory => "memory",
            Self::ColdStarts => "cold-starts",
        }
    }

    /// The cause with a slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.slug() == slug)
    }

    /// As it is offered.
    #[must_use]
    pub const fn label(self) -> Text {
        match self {
            Self::Database => text!("incident.cause_database"),
            Self::Throttles => text!("incident.cause_throttles"),
            Self::Deploy => text!("incident.cause_deploy"),
            Self::Memory => text!("incident.cause_memory"),
            Self::ColdStarts => text!("incident.cause_cold_starts"),
        }
    }

    /// Why it holds or fails.
    #[must_use]
    pub const fn explanation(self) -> Text {
        match self {
            Self::Database => text!("incident.why_database"),
            Self::Throttles => text!("incident.why_throttles"),
            Self::Deploy => text!("incident.why_deploy"),
            Self::Memory => text!("incident.why_memory"),
            Self::ColdStarts => text!("incident.why_cold_starts"),
        }
    }

    /// The evidence that refutes it, or that proves it if it is right.
    #[must_use]
    pub const fn decided_by(self) -> EvidenceKind {
        match self {
            Self::Database | Self::Memory => EvidenceKind::Database,
            Self::Throttles => EvidenceKind::Throttles,
            Self::Deploy => EvidenceKind::Deploys,
            Self::ColdStarts => EvidenceKind::SlowRequests,
        }
    }
}
