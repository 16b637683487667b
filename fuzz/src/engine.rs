//! Bytes as a scenario, and what holds of every run of a valid one.

use crate::generate::{self, Draw};
use coldstart_sim::log::Clock;
use coldstart_sim::spec::{RunSpec, ScenarioSpec};
use coldstart_sim::{
    EnginePath, FunctionReport, NodeKind, Report, RunOptions, RunOutput, Scenario, Seed, Simulation, TimelineOptions, metrics, trace,
    validate,
};

/// Budgets that no input goes past, so that each is over within milliseconds.
const EVENTS_MAX: u64 = 4_000;
const ENVIRONMENTS_MAX: u32 = 3_000;
const MESSAGES_MAX: u32 = 3_000;

/// Entries of the timeline that is recorded, and of them the attempts whose log and trace are written.
const ENTRIES: u32 = 400;
const WRITTEN: usize = 8;

/// The scenario that the bytes stand for; the same for the same bytes.
fn scenario(bytes: &[u8]) -> ScenarioSpec {
    let mut spec = generate::scenario(&mut Draw::new(bytes));
    let RunSpec { max_events, max_environments, max_messages, .. } = &mut spec.run;
    *max_events = (*max_events).min(EVENTS_MAX);
    *max_environments = (*max_environments).min(ENVIRONMENTS_MAX);
    *max_messages = (*max_messages).min(MESSAGES_MAX);
    spec
}

/// The scenario of these bytes as TOML, and what is wrong with it, for whoever looks into a crash.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let spec = scenario(bytes);
    let problems = validate(&spec).err().into_iter().flatten();
    let lines: String = problems.map(|problem| format!("# {problem}\n")).collect();
    lines + &toml::to_string(&spec).unwrap_or_else(|error| error.to_string())
}

/// Runs the scenario of these bytes. Returns whether it is valid.
///
/// # Panics
/// When the run breaks a law.
#[must_use]
pub fn run(bytes: &[u8]) -> bool {
    let spec = scenario(bytes);
    let Ok(valid) = validate(&spec) else { return false };
    let (scenario, seed) = (valid.scenario, Seed(spec.run.seed));
    let quiet = coldstart_sim::run(&scenario, seed, RunOptions::default()).report;
    budgets_hold(&spec.run, &quiet);
    nothing_is_lost(&quiet);
    let full = recorded(&scenario, seed, spec.run.seed % 3);
    assert_eq!(full.report, quiet, "nobody looked, and it ran differently");
    can_be_read(&scenario, &full);
    if bytes.len().is_multiple_of(4) {
        every_way_is_the_same(&scenario, seed, &full);
    }
    true
}

/// The run again, in slices, with everything written down, on the path of this number.
fn recorded(scenario: &Scenario, seed: Seed, path: u64) -> RunOutput {
    let timeline = Some(TimelineOptions { window_us: (0, u64::MAX), max_entries: ENTRIES });
    let options = RunOptions { digest: true, timeline, metrics: true, path: path_of(path) };
    let mut simulation = Simulation::new(scenario, seed, options);
    while simulation.run_events(777) {}
    simulation.finish()
}

const fn path_of(number: u64) -> EnginePath {
    match number {
        0 => EnginePath::Auto,
        1 => EnginePath::General,
        _ => EnginePath::Graph,
    }
}

fn budgets_hold(budgets: &RunSpec, report: &Report) {
    assert!(report.events <= budgets.max_events, "{} events of {}", report.events, budgets.max_events);
    let most = report.total.environments_max;
    assert!(most <= budgets.max_environments, "{most} environments of {}", budgets.max_environments);
    // Streams and destinations keep what they got for good, and only count it; at a front door wait callers, who hold no message.
    let holds = |kind: NodeKind| matches!(kind, NodeKind::AsynchronousQueue | NodeKind::EventSource) || kind.is_queue();
    for node in report.nodes.iter().filter(|node| holds(node.kind)) {
        let most = u64::from(budgets.max_messages);
        assert!(node.held_max <= most, "{}: {} held of {most}", node.id, node.held_max);
    }
}

fn nothing_is_lost(report: &Report) {
    for node in &report.nodes {
        assert!(node.adds_up(), "{} does not add up: {node:?}", node.id);
    }
    for one in report.functions.iter().chain([&report.total]) {
        assert_eq!(one.attempts, one.invocations + one.throttled(), "attempts of {:?}", one.id);
        assert_eq!(one.invocations, one.cold_starts + one.warm_starts, "invocations of {:?}", one.id);
        assert_eq!(one.cold_starts, one.cold_by_cause.iter().sum::<u64>(), "cold starts of {:?}", one.id);
        assert_eq!(one.invocations, one.outcomes.iter().sum::<u64>(), "outcomes of {:?}", one.id);
    }
    let sum = |count: fn(&FunctionReport) -> u64| report.functions.iter().map(count).sum::<u64>();
    assert_eq!(report.total.requests, sum(|one| one.requests), "requests");
    assert_eq!(report.total.invocations, sum(|one| one.invocations), "invocations");
    assert_eq!(report.total.successes, sum(|one| one.successes), "successes");
}

/// What is worked out of a run can be.
fn can_be_read(scenario: &Scenario, output: &RunOutput) {
    for metric in metrics::MetricName::ALL {
        let points = metrics::series(&output.report, metric);
        let _ = metrics::by_period(&points, metrics::Statistic::Maximum, 5);
    }
    let timeline = output.timeline.as_ref().expect("it was asked for");
    for attempt in timeline.attempts.iter().take(WRITTEN) {
        let _ = attempt.log_lines(scenario, Clock::of(scenario));
        let _ = trace::Trace::of(timeline, attempt.source, attempt.request);
    }
}

fn every_way_is_the_same(scenario: &Scenario, seed: Seed, first: &RunOutput) {
    for path in [EnginePath::Auto, EnginePath::Graph] {
        let again = coldstart_sim::run(scenario, seed, RunOptions { digest: true, path, ..RunOptions::default() });
        assert_eq!(again.digest, first.digest, "{path:?} gave another digest");
        assert_eq!(again.report, first.report, "{path:?} gave another report");
    }
}
