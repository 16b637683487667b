//! The simulator, as [`super::Batch`] drives it.

use super::batch::Job;
use super::protocol::{RunError, RunRequest};
use coldstart_sim::{Problem, Severity};

/// Checks the scenario and starts it.
#[allow(clippy::needless_pass_by_value, reason = "the shape of `batch::Start`")]
pub(super) fn start(request: RunRequest) -> Result<Box<dyn Job>, RunError> {
    coldstart_sim::validate(&request.spec).map_err(errors)?;
    Err(RunError::NoSimulator)
}

fn errors(problems: Vec<Problem>) -> RunError {
    RunError::Invalid(problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect())
}
