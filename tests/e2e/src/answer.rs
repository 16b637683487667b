//! What page and worker say to each other (`src/runner/protocol.rs`): a kind, for most messages a run's slot and number, then the rest.

use coldstart_sim::{Report, Scenario};

/// The kind of an order to run something.
const RUN: u32 = 0;
/// The kind of an answer that has a run's output.
const DONE: u32 = 2;

/// The order to run a scenario, with nothing recorded.
///
/// # Errors
/// When it cannot be written.
pub fn run_order(slot: u32, number: u32, scenario: Scenario, seed: u64) -> Result<Vec<u8>, postcard::Error> {
    let (timeline, digest): (Option<()>, bool) = (None, false);
    postcard::to_allocvec(&(RUN, slot, number, scenario, seed, timeline, digest))
}

/// The report in an answer's bytes; none in other answers.
#[must_use]
pub fn report_in(answer: &[u8]) -> Option<Report> {
    let ((kind, _slot, _number, report), _): ((u32, u32, u32, Report), _) = postcard::take_from_bytes(answer).ok()?;
    (kind == DONE).then_some(report)
}
