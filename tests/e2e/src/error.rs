//! What can go wrong between a test and a browser.

use std::fmt;
use std::time::Duration;

/// The result of every step of a test.
pub type Result<T = ()> = std::result::Result<T, Error>;

/// A step that failed.
#[derive(thiserror::Error)]
pub enum Error {
    /// A variable that `cargo xtask test` sets is not set.
    #[error("{0} is not set; `cargo xtask test e2e` sets it")]
    MissingVariable(&'static str),
    /// The site could not be served.
    #[error("serving {0}")]
    Serve(String),
    /// The browser's driver did not come up.
    #[error("chromedriver: {0}")]
    Driver(String),
    /// No session with a browser.
    #[error("new browser session: {0}")]
    Session(Box<fantoccini::error::NewSessionError>),
    /// The browser refused a command.
    #[error("{action}: {source}")]
    Command {
        /// What was tried.
        action: String,
        /// The driver's answer.
        source: Box<fantoccini::error::CmdError>,
    },
    /// The page did not reach a state in time.
    #[error("waited {} s for {state}", .limit.as_secs())]
    Timeout {
        /// The state waited for.
        state: String,
        /// How long it was waited for.
        limit: Duration,
    },
    /// The browser's answer has not the shape that the command promises.
    #[error("unexpected answer to {0}")]
    Answer(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
}

impl From<fantoccini::error::NewSessionError> for Error {
    fn from(error: fantoccini::error::NewSessionError) -> Self {
        Self::Session(Box::new(error))
    }
}

// A test that returns an error prints it this way: as a sentence rather than as a structure.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Says which step of a test a browser's refusal belongs to.
pub(crate) trait Doing<T> {
    fn doing(self, action: impl FnOnce() -> String) -> Result<T>;
}

impl<T> Doing<T> for std::result::Result<T, fantoccini::error::CmdError> {
    fn doing(self, action: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|source| Error::Command { action: action(), source: Box::new(source) })
    }
}
