//! What a page asks for, what it gets, and the messages between page and worker.
//!
//! Messages are bytes in postcard's form, which has no names of fields in it: a page and a worker of different builds part at the first
//! of them ([`FromWorker::Ready`]), and the code of both sides is smaller by the readers and writers of names. It needs types whose
//! fields are always written and whose enums carry no tag of their own. The page checks scenarios and sends them built ([`Work`]), so
//! that the worker carries neither the readers of specifications nor the checks.

use coldstart_sim::{Problem, Report, Scenario, ScenarioSpec, Severity, Timeline};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::rc::Rc;

/// What to run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// The scenario.
    pub spec: ScenarioSpec,
    /// Seed of every random draw; the scenario's own seed is not looked at.
    pub seed: u64,
    /// What to record for drawing; nothing if unset.
    pub timeline: Option<TimelineOptions>,
    /// Whether to compute the digest of the event log.
    pub digest: bool,
}

/// A request whose scenario was checked: what is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// The scenario.
    pub scenario: Scenario,
    /// Seed of every random draw.
    pub seed: u64,
    /// What to record for drawing; nothing if unset.
    pub timeline: Option<TimelineOptions>,
    /// Whether to compute the digest of the event log.
    pub digest: bool,
}

impl Work {
    /// Checks the request's scenario.
    ///
    /// # Errors
    /// [`RunError::Invalid`] with all its mistakes.
    pub fn of(request: &RunRequest) -> Result<Self, RunError> {
        let RunRequest { spec, seed, timeline, digest } = request;
        let is_error = |problem: &Problem| problem.severity == Severity::Error;
        match coldstart_sim::validate(spec) {
            Ok(valid) => Ok(Self { scenario: valid.scenario, seed: *seed, timeline: *timeline, digest: *digest }),
            Err(problems) => Err(RunError::Invalid(problems.into_iter().filter(is_error).collect())),
        }
    }
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
    /// A part of the simulator that the scenario needs could not be fetched.
    #[error("a part of the simulator could not be fetched: {0}")]
    PartMissing(String),
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
        work: Box<Work>,
    },
    /// Drop it.
    Cancel {
        /// Its name.
        id: RunId,
    },
    /// The part that it wanted does not come as a module.
    Part {
        /// Why not; nothing where the worker has it already, because everything is in one file.
        problem: Option<String>,
    },
}

/// Worker to page. `Ready` stays first and as it is: pages of other builds read it.
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
    /// A run needs the rest of the simulator: a module as bytes, or `ToWorker::Part`.
    PartWanted,
}

/// A message as bytes.
///
/// # Errors
/// When it cannot be written, which the messages' types do not allow.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, RunError> {
    postcard::to_allocvec(message).map_err(|error| unreadable(&error))
}

/// Bytes as a message.
///
/// # Errors
/// When they are none; never a panic, whatever arrives.
pub fn decode<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Result<T, RunError> {
    let (message, rest) = postcard::take_from_bytes(bytes).map_err(|error| unreadable(&error))?;
    if rest.is_empty() { Ok(message) } else { Err(RunError::Unreadable("more than one message".to_owned())) }
}

/// The run that an order names, even where the rest of it cannot be read.
pub fn run_named_in(order: &[u8]) -> Option<RunId> {
    let ((_, id), _): ((u32, RunId), _) = postcard::take_from_bytes(order).ok()?;
    Some(id)
}

fn unreadable(error: &dyn std::fmt::Display) -> RunError {
    RunError::Unreadable(error.to_string())
}

#[cfg(test)]
pub(super) mod tests_support {
    use super::{RunOutput, RunRequest, Work};
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

    /// Work with this seed.
    pub fn work(seed: u64) -> Work {
        Work::of(&request(seed)).unwrap()
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
    use super::tests_support::{output, work};
    use super::*;

    #[test]
    fn wide_integers_cross_unharmed() {
        let message = FromWorker::Done { id: RunId { slot: 1, number: 2 }, output: Box::new(output(u64::MAX)) };
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
        let message = ToWorker::Run { id: RunId { slot: 1, number: 2 }, work: Box::new(work(u64::MAX)) };
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
    }

    #[test]
    fn a_recorded_run_crosses_unharmed() {
        let spec = RunRequest::new(toml::from_str(include_str!("../../crates/sim/examples/asynchronous-retries.toml")).unwrap()).spec;
        let scenario = coldstart_sim::validate(&spec).unwrap().scenario;
        let timeline = Some(coldstart_sim::TimelineOptions { window_us: (0, 60_000_000), max_entries: 10_000 });
        let options = coldstart_sim::RunOptions { timeline, ..coldstart_sim::RunOptions::default() };
        let run = coldstart_sim::run(&scenario, coldstart_sim::Seed(1), options);
        let output = RunOutput { report: run.report, timeline: run.timeline, digest: None };
        assert!(!output.report.nodes.is_empty() && output.timeline.as_ref().is_some_and(|timeline| timeline.events.len() > 100));
        let message = FromWorker::Done { id: RunId { slot: 1, number: 2 }, output: Box::new(output) };
        assert_eq!(decode(&encode(&message).unwrap()), Ok(message));
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_read_or_refused() {
        let message = FromWorker::Done { id: RunId { slot: 1, number: 2 }, output: Box::new(output(3)) };
        let bytes = encode(&message).unwrap();
        for end in 0..bytes.len() {
            assert!(matches!(decode::<FromWorker>(&bytes[..end]), Err(RunError::Unreadable(_))), "{end} of {}", bytes.len());
            let mut flipped = bytes.clone();
            flipped[end] ^= 0xff;
            let _ = decode::<FromWorker>(&flipped);
        }
        assert!(matches!(decode::<FromWorker>(&[&bytes[..], &[0]].concat()), Err(RunError::Unreadable(_))));
    }

    /// An old page hears a new worker say of which build it is, and the other way round: these bytes never change.
    #[test]
    fn ready_reads_the_same_in_every_build() {
        let ready = FromWorker::Ready { build: "b1".to_owned(), computes_right: true };
        assert_eq!(encode(&ready).unwrap(), [0, 2, b'b', b'1', 1]);
    }

    #[test]
    fn nonsense_is_an_error() {
        for bytes in [&b""[..], b"{}", &[9], &[0, 1], &[1; 4], &[0xff; 40]] {
            assert!(matches!(decode::<ToWorker>(bytes), Err(RunError::Unreadable(_))), "{bytes:?}");
        }
    }

    #[test]
    fn a_scenario_with_mistakes_is_refused_with_its_errors_alone() {
        let mut request = super::tests_support::request(1);
        request.spec.functions[0].memory_mb = 1;
        let Err(RunError::Invalid(problems)) = Work::of(&request) else { panic!("it was accepted") };
        assert!(problems.iter().any(|problem| problem.path == "functions[0].memory_mb"), "{problems:?}");
        assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
    }

    #[test]
    fn results_are_equal_only_to_themselves() {
        let result = RunResult::new(output(1));
        assert_eq!(result, result.clone());
        assert_ne!(result, RunResult::new(output(1)));
    }
}
