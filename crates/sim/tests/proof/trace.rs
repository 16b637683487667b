//! Traces: every microsecond that a caller waited is in one span, and each kind of span comes from what it says.

use crate::support::{Checks, recorded, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ExtensionSpec, ReclaimSpec, RetryPolicySpec, RetrySpec, ScenarioSpec};
use coldstart_sim::trace::{Span, SpanKind, Trace};
use coldstart_sim::{AttemptResult, Exit, Outcome, RunOutput, ThrottleCause};

fn ms(ms: f64) -> DistributionSpec {
    DistributionSpec::constant(ms)
}

/// Whether a kind is one of those looked for.
type Is = fn(&SpanKind) -> bool;

/// One function with a bit of everything, for callers who try again.
fn mixed() -> ScenarioSpec {
    let mut spec = spec("ground-truth-pool");
    spec.run.duration_s = 200.0;
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 8.0 };
    spec.sources[0].retry = RetrySpec { policy: RetryPolicySpec::Exponential, max_attempts: 5, ..RetrySpec::default() };
    let function = &mut spec.functions[0];
    function.memory_mb = 1_769;
    function.handler.wait = DistributionSpec::Exponential { mean_ms: 300.0 };
    (function.handler.error_rate, function.handler.crash_rate) = (0.1, 0.05);
    (function.init.sandbox, function.init.code) = (ms(120.0), ms(250.0));
    function.reclaim = ReclaimSpec::Exponential { mean_s: 5.0 };
    function.reserved_concurrency = Some(3);
    (function.behaviour.extension, function.behaviour.extension_after) = (ExtensionSpec::External, ms(20.0));
    spec
}

fn length_us(trace: &Trace, is: impl Fn(&Span) -> bool) -> u64 {
    trace.spans.iter().filter(|span| is(span)).map(|span| span.until_us - span.from_us).sum()
}

fn traces(output: &RunOutput) -> Vec<Trace> {
    let timeline = output.timeline.as_ref().expect("a timeline");
    let first = timeline.attempts.iter().filter(|attempt| attempt.attempt == 1);
    first.filter_map(|attempt| Trace::of(timeline, attempt.source, attempt.request)).collect()
}

#[test]
fn spans_up_to_the_answer_add_up_to_the_wait_of_every_request() {
    let output = recorded(&mixed());
    let traces = traces(&output);
    let mut checks = Checks::new();
    let waits = traces.iter().map(|trace| (trace, length_us(trace, |span| span.kind != SpanKind::Extensions)));
    let wrong: Vec<_> = waits.filter(|(trace, sum)| trace.answered_us - trace.arrived_us != *sum).collect();
    checks.equal("requests whose spans do not add up", wrong.first(), None);
    let succeeded = |trace: &&Trace| trace.spans.iter().any(|span| span.kind == SpanKind::Handler { outcome: Outcome::Success });
    let latency: u64 = traces.iter().filter(succeeded).map(|trace| trace.answered_us - trace.arrived_us).sum();
    checks.equal("those of successes are the report's latency", u128::from(latency), output.report.total.latency.sum_us);
    let of = |is: Is| u128::from(traces.iter().map(|trace| length_us(trace, |span| is(&span.kind))).sum::<u64>());
    checks.equal("INIT", of(|kind| *kind == SpanKind::Init), output.report.total.init.sum_us);
    let within = of(|kind| matches!(kind, SpanKind::Handler { .. } | SpanKind::RepeatedInit | SpanKind::Extensions));
    checks.equal("Duration", within, output.report.total.duration_us);
    let kinds: [(&str, Is); 5] = [
        ("throttle waits", |kind| matches!(kind, SpanKind::ThrottleWait { cause: ThrottleCause::ReservedConcurrency })),
        ("waits after errors", |kind| matches!(kind, SpanKind::RetryWait { outcome: Outcome::Error })),
        ("waits after crashes", |kind| matches!(kind, SpanKind::RetryWait { outcome: Outcome::Crash })),
        ("repeated INIT", |kind| *kind == SpanKind::RepeatedInit),
        ("extensions", |kind| *kind == SpanKind::Extensions),
    ];
    for (name, is) in kinds {
        checks.holds(name, of(is) > 0, "some time");
    }
    checks.finish();
}

/// Case T43 as a trace: attempts at 0, 60 and 180 s, and nothing between them but the queue.
#[test]
fn a_failing_event_waits_one_minute_and_then_two() {
    let output = recorded(&spec("t43"));
    let trace = &traces(&output)[0];
    let waits: Vec<_> =
        trace.spans.iter().map(|span| (span.kind, span.attempt, span.from_us / 1_000_000, span.until_us / 1_000_000)).collect();
    let wait = SpanKind::RetryWait { outcome: Outcome::Error };
    let mut checks = Checks::new();
    checks.equal("spans", waits, vec![(wait, 2, 0, 60), (wait, 3, 60, 180)]);
    checks.finish();
}

#[test]
fn a_restored_environment_has_a_restore_and_no_init() {
    let mut spec = mixed();
    "java21".clone_into(&mut spec.functions[0].init.runtime);
    spec.functions[0].behaviour.snap_start = true;
    let output = recorded(&spec);
    let first = &traces(&output)[0];
    let kinds: Vec<SpanKind> = first.spans.iter().take(2).map(|span| span.kind).collect();
    let restored = output.timeline.as_ref().expect("a timeline").attempts.iter().find_map(|attempt| match attempt.result {
        AttemptResult::Ran { init_us, details, .. } if details.restored => Some(init_us),
        _ => None,
    });
    let mut checks = Checks::new();
    checks.equal("kinds", kinds, vec![SpanKind::Sandbox, SpanKind::Restore]);
    checks.equal("length", Some(length_us(first, |span| span.kind == SpanKind::Restore)), restored);
    checks.finish();
}

/// Calls of dependencies are spans of their own, tries and waits between them apart, and still every microsecond is in one.
#[test]
fn calls_are_spans_within_the_handler() {
    let mut spec = mixed();
    spec.dependencies = vec![
        toml::from_str(
            r#"id = "table"
        latency = { kind = "constant", ms = 40 }
        error_rate = 0.3"#,
        )
        .expect("a dependency"),
    ];
    spec.functions[0].calls = vec![
        toml::from_str(
            r#"to = "table"
        retry = { policy = "exponential", max_attempts = 2, base_ms = 10 }"#,
        )
        .expect("a call"),
    ];
    let output = recorded(&spec);
    let traces = traces(&output);
    let waits = traces.iter().map(|trace| (trace, length_us(trace, |span| span.kind != SpanKind::Extensions)));
    let wrong: Vec<_> = waits.filter(|(trace, sum)| trace.answered_us - trace.arrived_us != *sum).collect();
    let table = output.report.nodes.iter().find(|node| node.id == "table").expect("a dependency");
    let count = |exit: Exit| {
        let is = |span: &&Span| matches!(span.kind, SpanKind::Call { exit: own, .. } if own == exit);
        traces.iter().flat_map(|trace| &trace.spans).filter(is).count() as u64
    };
    let mut checks = Checks::new();
    checks.equal("requests whose spans do not add up", wrong.first(), None);
    checks.equal("answered", count(Exit::Delivered), table.exits(Exit::Delivered));
    checks.equal("with an error", count(Exit::CallFailed), table.exits(Exit::CallFailed));
    checks.holds("both", count(Exit::Delivered) > 500 && count(Exit::CallFailed) > 100, "calls");
    checks.finish();
}

#[test]
fn there_is_no_trace_of_what_was_not_recorded() {
    let output = recorded(&mixed());
    assert_eq!(Trace::of(output.timeline.as_ref().expect("a timeline"), 7, 0), None);
}
