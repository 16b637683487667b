//! The sample: log lines that the simulator itself writes, so that what the page reads from them can be checked against the run.

use crate::runner::{RunRequest, TimelineOptions};
use coldstart_sim::log::{Clock, LogLine};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, FunctionSpec, HandlerSpec, InitSpec, RunSpec, SCHEMA, ScenarioSpec, SourceSpec};
use coldstart_sim::{Timeline, validate};
use std::fmt::Write as _;

const HOURS: f64 = 6.0;
/// Far above what the scenario sends.
const TIMELINE_ENTRIES: u32 = 20_000;

/// The run that writes the sample.
#[must_use]
pub fn request() -> RunRequest {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hours in microseconds, far below 2^53")]
    let end_us = (HOURS * 3_600e6) as u64;
    let timeline = TimelineOptions { window_us: (0, end_us), max_entries: TIMELINE_ENTRIES };
    RunRequest { timeline: Some(timeline), ..RunRequest::new(spec()) }
}

/// Six hours of a function that is called in bursts, at times too slow for its timeout, and now and then crashes.
fn spec() -> ScenarioSpec {
    let function = FunctionSpec {
        id: "sample".to_owned(),
        memory_mb: 512,
        tmp_mb: coldstart_facts::TMP_FREE_MB,
        timeout_ms: 1_000,
        architecture: Default::default(),
        handler: HandlerSpec {
            cpu: DistributionSpec::constant(0.0),
            wait: DistributionSpec::Lognormal { mean_ms: 180.0, p99_ms: 900.0 },
            first_run_cpu: DistributionSpec::constant(40.0),
            crash_rate: 0.01,
            max_memory_used_mb: 118,
            ..HandlerSpec::default()
        },
        init: InitSpec { code: DistributionSpec::Lognormal { mean_ms: 240.0, p99_ms: 600.0 }, ..InitSpec::default() },
        ..Default::default()
    };
    ScenarioSpec {
        schema: SCHEMA,
        title: String::new(),
        run: RunSpec { duration_s: HOURS * 3_600.0, clock_start_s: 8 * 3_600, seed: 7, ..RunSpec::default() },
        account: Default::default(),
        sources: vec![SourceSpec {
            id: "callers".to_owned(),
            target: function.id.clone(),
            kind: Default::default(),
            arrivals: ArrivalsSpec::OnOff { on_per_s: 0.5, off_per_s: 0.002, on_mean_s: 120.0, off_mean_s: 1_500.0 },
            ..Default::default()
        }],
        functions: vec![function],
        ..Default::default()
    }
}

/// The log of the recorded attempts as CloudWatch would export it, lines in order of time; none if the scenario is unsound.
#[must_use]
pub fn log_text(timeline: &Timeline) -> Option<String> {
    let scenario = validate(&spec()).ok()?.scenario;
    let clock = Clock::of(&scenario);
    let mut lines: Vec<LogLine> = timeline.attempts.iter().flat_map(|attempt| attempt.log_events(&scenario)).collect();
    lines.sort_by_key(|line| line.at_us);
    let mut text = String::with_capacity(lines.len() * 120);
    for line in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}\t{}", clock.stamp(line.at_us), line.text);
    }
    Some(text)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::pages::logs::view::ReadLog;
    use coldstart_sim::{RunOptions, RunOutput, Seed, run};

    /// The sample's run and the text that it writes.
    pub fn written() -> (RunOutput, String) {
        let request = request();
        let scenario = validate(&request.spec).expect("sound").scenario;
        let timeline =
            request.timeline.map(|asked| coldstart_sim::TimelineOptions { window_us: asked.window_us, max_entries: asked.max_entries });
        let output = run(&scenario, Seed(request.seed), RunOptions { timeline, ..RunOptions::default() });
        let text = log_text(output.timeline.as_ref().expect("recorded")).expect("sound");
        (output, text)
    }

    #[test]
    fn what_is_read_from_the_sample_is_what_the_run_counted() {
        let (output, text) = written();
        let total = &output.report.total;
        assert_eq!(output.timeline.as_ref().map(|timeline| timeline.dropped), Some(0));
        let log = ReadLog::of(&text);
        let calibration = log.calibration.as_ref().expect("reports");
        assert_eq!((log.parsed.bad_count, log.parsed.is_truncated), (0, false));
        let [_, _, crashes, timeouts] = total.outcomes;
        assert_eq!(
            (calibration.invocations, calibration.cold_starts, calibration.timeouts, calibration.errors),
            (total.invocations, total.cold_starts, timeouts, crashes)
        );
        assert!(
            total.cold_starts > 10 && timeouts > 0 && crashes > 0,
            "the sample shows every kind: {} cold, {:?}",
            total.cold_starts,
            total.outcomes
        );
        assert!((300..2_000).contains(&total.invocations), "{}", total.invocations);
        assert_eq!(calibration.bill.due_pd, output.report.bill.due_pd);
        assert!(calibration.has_arrivals);
    }
}
