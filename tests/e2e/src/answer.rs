//! What the worker answers (`src/runner/protocol.rs`): a kind, for most of them a run's slot and number, then what it is about.

use coldstart_sim::Report;

/// The kind of an answer that has a run's output.
const DONE: u32 = 2;

/// The report in an answer's bytes; none in other answers.
#[must_use]
pub fn report_in(answer: &[u8]) -> Option<Report> {
    let ((kind, _slot, _number, report), _): ((u32, u32, u32, Report), _) = postcard::take_from_bytes(answer).ok()?;
    (kind == DONE).then_some(report)
}
