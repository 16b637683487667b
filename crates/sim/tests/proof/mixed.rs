//! Features that meet in one invocation, where each by itself was right: which of them speaks.

use crate::support::{Checks, no_init, report, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ExtensionSpec, ScenarioSpec, SendSpec};
use coldstart_sim::{Exit, FunctionCounter, NodeKind, Outcome, Report, RunOutcome};

/// Ten requests, ten seconds apart, to a function of 10 ms that calls a table of 50 ms.
fn base() -> ScenarioSpec {
    let mut spec = spec("mixed");
    spec.functions[0].init = no_init();
    spec
}

fn calls(report: &Report) -> u64 {
    report.nodes.iter().filter(|node| node.kind == NodeKind::Dependency).map(|node| node.entered).sum()
}

fn outcomes(report: &Report) -> [u64; 4] {
    [Outcome::Success, Outcome::Error, Outcome::Crash, Outcome::Timeout].map(|outcome| report.total.outcomes[outcome as usize])
}

/// Memory that is too little, in every invocation.
fn without_memory() -> ScenarioSpec {
    let mut spec = base();
    (spec.functions[0].behaviour.large_request_rate, spec.functions[0].behaviour.large_request_mb) = (1.0, 5_000);
    spec
}

#[test]
fn a_timeout_within_a_call_comes_before_memory_files_and_swallowed_errors() {
    let slow = |mut spec: ScenarioSpec| {
        spec.dependencies[0].latency = DistributionSpec::constant(60_000.0);
        report(&spec)
    };
    let mut checks = Checks::new();
    let killed = report(&without_memory());
    checks.equal("killed", (outcomes(&killed), killed.total.count(FunctionCounter::OutOfMemory)), ([0, 0, 10, 0], 10));
    let late = slow(without_memory());
    checks.equal("late, and not killed", (outcomes(&late), late.total.count(FunctionCounter::OutOfMemory)), ([0, 0, 0, 10], 0));
    let mut full = base();
    full.functions[0].behaviour.tmp_left_mb = 600;
    let failed = report(&full);
    checks.equal("full", (outcomes(&failed), failed.total.count(FunctionCounter::TmpFull)), ([0, 10, 0, 0], 10));
    full.functions[0].behaviour.swallows_errors = true;
    let swallowed = report(&full);
    let counts = |report: &Report| [FunctionCounter::TmpFull, FunctionCounter::Swallowed].map(|counter| report.total.count(counter));
    checks.equal("full, and swallowed", (outcomes(&swallowed), counts(&swallowed)), ([10, 0, 0, 0], [10, 10]));
    let late = slow(full);
    checks.equal("late, and nothing swallowed", (outcomes(&late), counts(&late)), ([0, 0, 0, 10], [0, 0]));
    let mut failing = base();
    (failing.functions[0].handler.error_rate, failing.functions[0].behaviour.swallows_errors) = (1.0, true);
    let late = slow(failing);
    checks.equal("late, and no error swallowed", (outcomes(&late), counts(&late)), ([0, 0, 0, 10], [0, 0]));
    checks.finish();
}

#[test]
fn memory_runs_out_and_crashes_crash_whether_calls_succeed_or_not() {
    let mut spec = without_memory();
    spec.dependencies[0].error_rate = 1.0;
    let killed = report(&spec);
    let mut checks = Checks::new();
    checks.equal("killed", (outcomes(&killed), killed.total.count(FunctionCounter::OutOfMemory)), ([0, 0, 10, 0], 10));
    let mut spec = base();
    (spec.functions[0].handler.crash_rate, spec.functions[0].behaviour.swallows_errors) = (1.0, true);
    spec.dependencies[0].error_rate = 1.0;
    let crashed = report(&spec);
    checks.equal("crashed", (outcomes(&crashed), crashed.total.count(FunctionCounter::Swallowed)), ([0, 0, 10, 0], 0));
    checks.finish();
}

#[test]
fn a_restore_that_takes_too_long_calls_nothing() {
    let mut spec = base();
    "java21".clone_into(&mut spec.functions[0].init.runtime);
    spec.functions[0].behaviour.snap_start = true;
    spec.functions[0].behaviour.restore = DistributionSpec::constant(20_000.0);
    spec.sources[0].arrivals = ArrivalsSpec::Log { sends: vec![SendSpec { at_s: 0.0, requests: 4 }] };
    let report = report(&spec);
    let mut checks = Checks::new();
    checks.equal("restores given up", report.total.count(FunctionCounter::RestoreTimeouts), 4);
    checks.equal("calls", calls(&report), 0);
    checks.finish();
}

/// Extensions of an invocation that is cut in its call have not begun.
#[test]
fn a_cut_run_leaves_extensions_out() {
    let mut spec = base();
    spec.dependencies[0].latency = DistributionSpec::constant(5_000.0);
    spec.functions[0].behaviour.extension = ExtensionSpec::External;
    spec.functions[0].behaviour.extension_after = DistributionSpec::constant(9_000.0);
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1_000.0 };
    spec.run.max_events = 1_000;
    let report = report(&spec);
    let mut checks = Checks::new();
    checks.equal("cut", report.outcome, RunOutcome::EventBudget);
    let gave_up: u64 = report.nodes.iter().map(|node| node.exits(Exit::GaveUp)).sum();
    checks.holds("calls were under way", calls(&report) > gave_up && report.total.invocations > 0, &calls(&report).to_string());
    checks.holds("no latency is longer than the run", report.total.latency.max_us < 5_000_000, &report.total.latency.max_us.to_string());
    checks.finish();
}
