//! CloudWatch log lines: written for an attempt of a run ([`AttemptRecord::log_lines`]), read back from a paste ([`parse`]), and
//! turned into a scenario like the one that wrote them ([`calibrate`]).

mod calibrate;
mod clock;
mod parse;
mod summary;

pub use calibrate::{Calibration, calibrate};
pub use clock::Clock;
pub use parse::{BadLine, MAX_BAD, MAX_LINE_BYTES, MAX_LINES, Parsed, ReportLine, Skipped, Status, parse};
pub use summary::{Summary, bill_of};

use crate::{AttemptRecord, AttemptResult, Function, Outcome, Scenario};
use std::fmt::Write as _;

/// One line of the log, and when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When, in microseconds of simulated time.
    pub at_us: u64,
    /// The line without its timestamp.
    pub text: String,
}

impl AttemptRecord {
    /// The lines that Lambda would write for this attempt, in CloudWatch's text format, in order of time. A throttled attempt never
    /// reaches the function and leaves none.
    ///
    /// A handler that raises leaves its runtime's own message and an ordinary REPORT; only what ends the runtime (crash, timeout) shows
    /// there as a Status (facts C24 to C26, N1).
    #[must_use]
    pub fn log_events(&self, scenario: &Scenario) -> Vec<LogLine> {
        let AttemptResult::Ran { sandbox_us, init_us, duration_us, billed_ms, outcome, cold, .. } = self.result else { return Vec::new() };
        let Some(function) = scenario.functions().get(usize::from(self.function)) else { return Vec::new() };
        let invocation = Invocation {
            request_id: request_id(self.source, self.request),
            version: version(function, self.started_us),
            timeout_us: function.timeout().us(),
            memory_mb: function.memory_mb(),
            max_memory_used_mb: function.max_memory_used_mb(),
            init_us: cold.map(|_| init_us),
            duration_us,
            billed_ms,
            outcome,
        };
        let start_us = self.started_us + sandbox_us + init_us;
        let clock = Clock::of(scenario);
        invocation.lines(start_us, clock)
    }

    /// The same lines as text, each after its time of day by the scenario's clock.
    #[must_use]
    pub fn log_lines(&self, scenario: &Scenario, clock: Clock) -> Vec<String> {
        self.log_events(scenario).into_iter().map(|line| format!("{}\t{}", clock.stamp(line.at_us), line.text)).collect()
    }
}

/// The request's id: the same for all its attempts and in every run, because it depends on the source and the number only.
#[must_use]
pub fn request_id(source: u16, request: u64) -> String {
    let high = mix(u64::from(source).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ mix(request));
    let low = mix(high ^ request.rotate_left(32));
    // Version 4 and variant 1 of RFC 9562: what AWS's ids look like.
    let [a, b, c] = [high >> 32, high >> 16 & 0xffff, high & 0x0fff];
    format!("{a:08x}-{b:04x}-4{c:03x}-{:04x}-{:012x}", low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff)
}

/// SplitMix64's finalizer: every bit of the input reaches every bit of the result.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// `$LATEST`, or a number where the function has versions at all (provisioned concurrency needs one, facts E15).
fn version(function: &Function, at_us: u64) -> String {
    if function.provisioned.is_empty() && function.deploys.is_empty() {
        return "$LATEST".to_owned();
    }
    let deployed = function.deploys.iter().filter(|deploy| deploy.us() <= at_us).count();
    (deployed + 1).to_string()
}

/// What the lines of one invocation say.
struct Invocation {
    request_id: String,
    version: String,
    timeout_us: u64,
    memory_mb: u32,
    max_memory_used_mb: u32,
    /// Init Duration of a cold start.
    init_us: Option<u64>,
    duration_us: u64,
    billed_ms: u64,
    outcome: Outcome,
}

impl Invocation {
    fn lines(&self, start_us: u64, clock: Clock) -> Vec<LogLine> {
        let id = &self.request_id;
        let end_us = start_us + self.duration_us;
        let mut lines = Vec::new();
        let mut add = |at_us, text| lines.push(LogLine { at_us, text });
        if self.init_timed_out() {
            let init = ms(self.init_us.unwrap_or(0));
            add(start_us, format!("INIT_REPORT Init Duration: {init} ms\tPhase: init\tStatus: timeout"));
        }
        add(start_us, format!("START RequestId: {id} Version: {}", self.version));
        match self.outcome {
            Outcome::Timeout => {
                add(end_us, format!("{} {id} Task timed out after {} seconds", clock.stamp(end_us), ms(self.timeout_us / 1_000)))
            }
            Outcome::Error => add(end_us, "[ERROR] Exception: the handler raised".to_owned()),
            Outcome::Success | Outcome::Crash => {}
        }
        add(end_us, format!("END RequestId: {id}"));
        add(end_us, self.report());
        if self.outcome == Outcome::Crash {
            add(end_us, format!("RequestId: {id} Error: Runtime exited with error: exit status 1"));
            add(end_us, "Runtime.ExitError".to_owned());
        }
        lines
    }

    fn report(&self) -> String {
        let mut line = format!(
            "REPORT RequestId: {}\tDuration: {} ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: {} MB",
            self.request_id,
            ms(self.duration_us),
            self.billed_ms,
            self.memory_mb,
            self.max_memory_used_mb
        );
        if let Some(init_us) = self.init_us.filter(|_| !self.init_timed_out()) {
            // Writing to a String cannot fail.
            let _ = write!(line, "\tInit Duration: {} ms", ms(init_us));
        }
        match self.outcome {
            Outcome::Success | Outcome::Error => {}
            Outcome::Crash => line.push_str("\tStatus: error\tError Type: Runtime.ExitError"),
            Outcome::Timeout => line.push_str("\tStatus: timeout"),
        }
        line
    }

    /// INIT past its limit is repeated within the invocation: REPORT then has no Init Duration (facts C3).
    fn init_timed_out(&self) -> bool {
        self.init_us.is_some_and(|init_us| init_us >= coldstart_facts::INIT_LIMIT_MS * 1_000)
    }
}

/// Thousandths (of a millisecond, of a second) as a number with two decimals, rounded to the nearest.
fn ms(thousandths: u64) -> String {
    let hundredths = (thousandths + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests;
