//! What went wrong, and what the reader can do about it.

use std::fmt;

/// The result of every fallible function here.
pub type Result<T> = std::result::Result<T, Failure>;

/// A failed step: the reason, and the remedy where one is known.
#[derive(Debug)]
pub struct Failure {
    reason: String,
    remedy: Option<String>,
}

impl Failure {
    /// A failure with its reason, one sentence without a full stop.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: None }
    }

    /// Adds what to do, as an instruction to the reader; an earlier remedy, nearer the cause, stays.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy.get_or_insert(remedy.into());
        self
    }

    /// Names the step that failed, before the reason.
    pub fn during(mut self, step: impl fmt::Display) -> Self {
        self.reason = format!("{step}: {}", self.reason);
        self
    }

    /// The lines to print when the command `name` ends with this failure.
    pub fn report(&self, name: &str) -> String {
        let mut lines = format!("error in `cargo xtask {name}`: {}", self.reason);
        if let Some(remedy) = &self.remedy {
            lines.push_str("\nwhat to do: ");
            lines.push_str(remedy);
        }
        lines
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

/// Adds the step, or the file, that an error arose in.
pub trait During<T> {
    /// Names the step in front of the error's reason.
    fn during(self, step: impl fmt::Display) -> Result<T>;
}

impl<T, E: Into<Failure>> During<T> for std::result::Result<T, E> {
    fn during(self, step: impl fmt::Display) -> Result<T> {
        self.map_err(|error| error.into().during(step))
    }
}
