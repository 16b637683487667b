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

use crate::{AttemptRecord, AttemptResult, Function, FunctionCounter, Outcome, RunDetails, Scenario};
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
        let AttemptResult::Ran { sandbox_us, init_us, duration_us, billed_ms, outcome, cold, details, .. } = self.result else {
            return Vec::new();
        };
        let Some(function) = scenario.functions().get(usize::from(self.function)) else { return Vec::new() };
        let invocation = Invocation {
            request_id: self.request_id(scenario),
            version: version(function, self.started_us),
            timeout_us: function.timeout().us(),
            memory_mb: function.memory_mb(),
            max_memory_used_mb: if details.memory_used_mb > 0 { details.memory_used_mb } else { function.max_memory_used_mb() },
            init_us: if details.ahead_us > 0 { Some(details.ahead_init_us) } else { cold.map(|_| init_us) },
            details,
            runtime: function.runtime().to_owned(),
            has_external_extensions: function.has_external_extensions(),
            duration_us,
            billed_ms,
            outcome,
        };
        let start_us = self.started_us + sandbox_us + init_us;
        let clock = Clock::of(scenario);
        invocation.lines(start_us, clock)
    }

    /// The id of the invocation. Lambda's own retries of an asynchronous event keep it; a caller or a mapping that tries again makes a new
    /// invocation, with an id of its own.
    #[must_use]
    pub fn request_id(&self, scenario: &Scenario) -> String {
        if self.attempt <= 1 || scenario.keeps_request_ids(self.source) {
            return request_id(self.source, self.request);
        }
        request_id(self.source, mix(self.request ^ u64::from(self.attempt).rotate_right(16)))
    }

    /// The same lines as text, each after its time of day by the scenario's clock.
    #[must_use]
    pub fn log_lines(&self, scenario: &Scenario, clock: Clock) -> Vec<String> {
        self.log_events(scenario).into_iter().map(|line| format!("{}\t{}", clock.stamp(line.at_us), line.text)).collect()
    }
}

/// The id of a request's first attempt: the same in every run, because it depends on the source and the number only.
#[must_use]
pub fn request_id(source: u16, request: u64) -> String {
    // From 1 on: the hash of nought is nought, and no id consists of noughts.
    let high = mix((u64::from(source) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ mix(request));
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

/// `$LATEST`, or a number where the function has versions at all (provisioned concurrency and SnapStart need one, facts E15, F2).
fn version(function: &Function, at_us: u64) -> String {
    if function.provisioned.is_empty() && function.deploys.is_empty() && function.snapshot().is_none() {
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
    details: RunDetails,
    /// Slug of the runtime; may be empty.
    runtime: String,
    has_external_extensions: bool,
}

impl Invocation {
    fn lines(&self, start_us: u64, clock: Clock) -> Vec<LogLine> {
        let id = &self.request_id;
        let end_us = start_us + self.duration_us;
        let mut lines = self.lines_before(start_us);
        let mut add = |at_us, text| lines.push(LogLine { at_us, text });
        add(start_us, format!("START RequestId: {id} Version: {}", self.version));
        let answered_us = end_us - self.details.extensions_us;
        match (self.outcome, self.details.note) {
            (Outcome::Timeout, _) => {
                add(end_us, format!("{} {id} Task timed out after {} seconds", clock.stamp(end_us), ms(self.timeout_us / 1_000)))
            }
            (Outcome::Error, Some(FunctionCounter::TmpFull)) => {
                add(answered_us, "[ERROR] OSError: [Errno 28] No space left on device".to_owned());
            }
            (Outcome::Error, _) => add(answered_us, "[ERROR] Exception: the handler raised".to_owned()),
            // What Lambda takes for a success: the handler's own words are all that there is.
            (Outcome::Success, Some(FunctionCounter::TmpFull)) => {
                add(answered_us, "caught: OSError: [Errno 28] No space left on device".to_owned());
            }
            (Outcome::Success, Some(FunctionCounter::Swallowed)) => add(answered_us, "caught: Exception".to_owned()),
            (Outcome::Success | Outcome::Crash, _) => {}
        }
        add(end_us, format!("END RequestId: {id}"));
        add(end_us, self.report());
        let error = match (self.outcome, self.details.note) {
            (Outcome::Crash, Some(FunctionCounter::RestoreTimeouts)) => return lines,
            (Outcome::Crash, Some(FunctionCounter::OutOfMemory)) => "signal: killed",
            (Outcome::Crash, _) => "exit status 1",
            _ => return lines,
        };
        add(end_us, format!("RequestId: {id} Error: Runtime exited with error: {error}"));
        add(end_us, "Runtime.ExitError".to_owned());
        lines
    }

    /// What the environment's start leaves in the log: of most only that it took too long.
    fn lines_before(&self, start_us: u64) -> Vec<LogLine> {
        let mut lines = Vec::new();
        let mut add = |at_us, text| lines.push(LogLine { at_us, text });
        let Some(init_us) = self.init_us else { return lines };
        if self.details.ahead_us > 0 {
            // Long before anybody asked for it; what is left of that time is the wait for its first request.
            add(start_us - self.details.ahead_us, format!("INIT_START Runtime Version: {}", self.runtime));
        }
        if self.has_external_extensions {
            let ready_us = start_us - self.details.ahead_us;
            add(ready_us, "EXTENSION\tName: extension\tState: Ready\tEvents: [INVOKE, SHUTDOWN]".to_owned());
        }
        if self.details.restored {
            let status = if self.details.note == Some(FunctionCounter::RestoreTimeouts) { "\tStatus: timeout" } else { "" };
            add(start_us, format!("RESTORE_REPORT Restore Duration: {} ms{status}", ms(init_us)));
        } else if self.init_timed_out() {
            add(start_us, format!("INIT_REPORT Init Duration: {} ms\tPhase: init\tStatus: timeout", ms(init_us)));
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
            let _ = if self.details.restored {
                write!(line, "\tRestore Duration: {} ms\tBilled Restore Duration: {} ms", ms(init_us), self.details.billed_restore_ms)
            } else {
                write!(line, "\tInit Duration: {} ms", ms(init_us))
            };
        }
        match self.outcome {
            Outcome::Success | Outcome::Error => {}
            Outcome::Crash if self.details.note == Some(FunctionCounter::RestoreTimeouts) => {
                line.push_str("\tStatus: error\tError Type: SnapStartTimeoutException");
            }
            Outcome::Crash => line.push_str("\tStatus: error\tError Type: Runtime.ExitError"),
            Outcome::Timeout => line.push_str("\tStatus: timeout"),
        }
        line
    }

    /// INIT past its limit is repeated within the invocation: REPORT then has no Init Duration (facts C3).
    fn init_timed_out(&self) -> bool {
        !self.details.restored && self.init_us.is_some_and(|init_us| init_us >= coldstart_facts::INIT_LIMIT_MS * 1_000)
    }
}

/// Thousandths (of a millisecond, of a second) as a number with two decimals, rounded to the nearest.
fn ms(thousandths: u64) -> String {
    let hundredths = (thousandths + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests;
