//! What a page asks for, what it gets, and the messages between page and worker: JSON texts.
//!
//! The enums are written in serde's external form on purpose: the tagged forms buffer their content, and the buffer has no place for
//! the report's 128-bit integers.

use coldstart_sim::{Problem, Report, ScenarioSpec, Timeline};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::rc::Rc;

/// What to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// The scenario.
    pub spec: ScenarioSpec,
    /// Seed of every random draw; the scenario's own seed is not looked at.
    pub seed: u64,
    /// What to record for drawing; nothing if unset.
    #[serde(default)]
    pub timeline: Option<TimelineOptions>,
    /// Whether to compute the digest of the event log.
    #[serde(default)]
    pub digest: bool,
}

impl RunRequest {
    /// The scenario with its own seed, without timeline and digest.
    #[must_use]
    pub fn new(spec: ScenarioSpec) -> Self {
        Self { seed: spec.run.seed, spec, timeline: None, digest: false }
    }
}

/// A window to record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineOptions {
    /// Start and end, in microseconds of simulated time.
    pub window_us: (u64, u64),
    /// Most events, and most attempts, to keep; what does not fit is counted.
    pub max_entries: u32,
}

/// What a run comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunOutput {
    /// Counters, distributions, bill.
    pub report: Report,
    /// The window that was asked for.
    pub timeline: Option<Timeline>,
    /// 32 hexadecimal digits, if asked for.
    pub digest: Option<String>,
}

/// A finished run, shared; two are equal only if they are the same run.
#[derive(Clone, Debug)]
pub struct RunResult {
    output: Rc<RunOutput>,
    request: Option<Rc<RunRequest>>,
}

impl RunResult {
    /// Shares an output.
    #[must_use]
    pub fn new(output: RunOutput) -> Self {
        Self { output: Rc::new(output), request: None }
    }

    /// Shares an output together with what was asked for.
    #[must_use]
    pub fn of(output: RunOutput, request: Option<Rc<RunRequest>>) -> Self {
        Self { output: Rc::new(output), request }
    }

    /// What was asked for, where it is known: what a share link carries.
    #[must_use]
    pub fn request(&self) -> Option<&RunRequest> {
        self.request.as_deref()
    }
}

impl Deref for RunResult {
    type Target = RunOutput;

    fn deref(&self) -> &RunOutput {
        &self.output
    }
}

impl PartialEq for RunResult {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.output, &other.output)
    }
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RunStatus {
    /// Nothing was asked for, or it was cancelled.
    #[default]
    Idle,
    /// Under way.
    Running {
        /// Share of the run that is done, 0 to 1.
        progress: f64,
    },
    /// The result is there.
    Done,
    /// There will be no result.
    Failed(RunError),
}

impl RunStatus {
    /// The value of `data-state`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running { .. } => "running",
            Self::Done => "done",
            Self::Failed(_) => "failed",
        }
    }
}

/// Why a run has no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum RunError {
    /// The scenario has mistakes; all of them are listed.
    #[error("the scenario cannot be run: {}", list(.0))]
    Invalid(Vec<Problem>),
    /// The simulator failed.
    #[error("the simulator stopped because of a mistake in its program: {0}")]
    Panicked(String),
    /// Page and worker belong to different builds.
    #[error("this page was updated while it was open; load it again")]
    Outdated,
    /// A message could not be read.
    #[error("page and simulator did not understand each other: {0}")]
    Unreadable(String),
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Names one run: the place on the page that asked, and how many runs the page had asked for before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId {
    /// The place; a new run of a place replaces its older one.
    pub slot: u32,
    /// Rises with every run.
    pub number: u32,
}

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToWorker {
    /// Run this; whatever the same place asked for before is dropped.
    Run {
        /// Its name.
        id: RunId,
        /// What.
        request: Box<RunRequest>,
    },
    /// Drop it.
    Cancel {
        /// Its name.
        id: RunId,
    },
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWorker {
    /// The worker is up. Nothing is sent to it before.
    Ready {
        /// Build that it belongs to.
        build: String,
        /// Whether this browser computed what every machine has to compute.
        computes_right: bool,
    },
    /// A run goes on.
    Progress {
        /// Its name.
        id: RunId,
        /// Share that is done, 0 to 1.
        progress: f64,
    },
    /// A run is done.
    Done {
        /// Its name.
        id: RunId,
        /// What it came to.
        output: Box<RunOutput>,
    },
    /// A run failed.
    Failed {
        /// Its name; unknown where the worker itself is gone.
        id: Option<RunId>,
        /// Why.
        error: RunError,
    },
}

/// A message as text.
///
/// # Errors
/// When a number is not finite: JSON has no word for it.
pub fn encode<T: Serialize>(message: &T) -> Result<String, RunError> {
    serde_json::to_string(message).map_err(|error| RunError::Unreadable(error.to_string()))
}

/// A text as message.
///
/// # Errors
/// When it is none; never a panic, whatever arrives.
pub fn decode<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, RunError> {
    serde_json::from_str(text).map_err(|error| RunError::Unreadable(error.to_string()))
}

#[cfg(test)]
pub(super) mod tests_support {
    use super::{RunOutput, RunRequest};
    use coldstart_sim::{Bill, FunctionReport, Report, RunOutcome};

    /// An output that names its seed.
    pub fn output(seed: u64) -> RunOutput {
        let total = FunctionReport { busy_env_us: u128::MAX, ..FunctionReport::default() };
        let report = Report {
            model_version: 1,
            seed,
            outcome: RunOutcome::Completed,
            ended_at_us: 1,
            measured_us: (0, 1),
            events: 1,
            total,
            bill: Bill { due_pd: i128::MIN, ..Bill::default() },
            ..Report::default()
        };
        RunOutput { report, timeline: None, digest: Some("00".to_owned()) }
    }

    /// A request with this seed.
    pub fn request(seed: u64) -> RunRequest {
        let spec =
            r#"{"schema":1,"functions":[{"id":"f"}],"sources":[{"id":"s","target":"f","arrivals":{"kind":"constant","per_s":1.0}}]}"#;
        RunRequest { seed, ..RunRequest::new(serde_json::from_str(spec).unwrap()) }
    }
}

#[cfg(test)]
mod tests {
    use super::tests_support::{output, request};
    use super::*;

    #[test]
    fn wide_integers_cross_unharmed() {
        let message = FromWorker::Done { id: RunId { slot: 1, number: 2 }, output: Box::new(output(u64::MAX)) };
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
        let message = ToWorker::Run { id: RunId { slot: 1, number: 2 }, request: Box::new(request(u64::MAX)) };
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
    }

    #[test]
    fn nonsense_is_an_error() {
        for text in ["", "{", "[]", "{\"ready\":{}}", "{\"run\":1}", "\u{0}", "{\"done\":{\"id\":{\"slot\":-1}}}"] {
            assert!(matches!(decode::<FromWorker>(text), Err(RunError::Unreadable(_))), "{text}");
        }
    }

    #[test]
    fn results_are_equal_only_to_themselves() {
        let result = RunResult::new(output(1));
        assert_eq!(result, result.clone());
        assert_ne!(result, RunResult::new(output(1)));
    }
}
