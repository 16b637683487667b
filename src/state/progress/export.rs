//! Progress on its way to another browser: one JSON text with everything that this site keeps of a learner.

use super::{BYTES_MAX, Progress, ProgressError, VERSION};
use serde::{Deserialize, Serialize};

/// Exports above this are not looked at, in bytes: the progress with its spaces, and the quiz records as a text within a text.
pub const EXPORT_BYTES_MAX: usize = 4 * BYTES_MAX;

/// Everything that is kept of a learner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Export {
    coldstart: u32,
    /// Lessons and predictions.
    pub progress: Progress,
    /// The records of quiz answers, as they are stored: nothing here looks inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// What an import added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Lessons that were new.
    pub lessons: usize,
    /// Predictions that were new.
    pub bets: usize,
    /// Lessons that are finished now and were not before.
    pub finished: usize,
}

impl Taken {
    /// Whether it added nothing.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl Export {
    /// What is kept here.
    #[must_use]
    pub fn new(progress: Progress, review: Option<String>) -> Self {
        Self { coldstart: VERSION, progress, review }
    }

    /// As text, for people to look at before they send it.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// When it is too long, of a newer version, damaged, or out of bounds. Then nothing of it is taken.
    pub fn parse(text: &str) -> Result<Self, ProgressError> {
        let mut read: Self = super::read(text.trim(), "coldstart", EXPORT_BYTES_MAX)?;
        if read.progress.version > VERSION {
            return Err(ProgressError::Newer);
        }
        read.progress.check()?;
        read.progress.version = VERSION;
        let sound = |review: &String| review.len() <= BYTES_MAX && serde_json::from_str::<serde::de::IgnoredAny>(review).is_ok();
        match &read.review {
            Some(review) if !sound(review) => Err(ProgressError::Damaged("its quiz records cannot be read".to_owned())),
            _ => Ok(read),
        }
    }
}
