//! Asynchronous invocation: AWS's worked case, closed forms, and every setting by the counter that it moves.

use crate::support::{Checks, float, mean_and_four_sigma, over_seeds, recorded, report, rows, spec};
use coldstart_sim::spec::{ArrivalsSpec, DestinationKindSpec, DestinationSpec, DistributionSpec, ScenarioSpec, SendSpec};
use coldstart_sim::{Exit, NodeCounter, NodeKind, NodeReport, Report, RunOutcome, RunOutput, TimelineKind};

/// The internal queue of the first function that has one.
fn queue(report: &Report) -> &NodeReport {
    report.nodes.iter().find(|node| node.kind == NodeKind::AsynchronousQueue).expect("a queue")
}

fn node<'a>(report: &'a Report, id: &str) -> &'a NodeReport {
    report.nodes.iter().rfind(|node| node.id == id).expect("a node")
}

fn sends(at_s: &[f64]) -> ArrivalsSpec {
    ArrivalsSpec::Log { sends: at_s.iter().map(|at_s| SendSpec { at_s: *at_s, requests: 1 }).collect() }
}

fn attempts_s(output: &RunOutput, request: u64) -> Vec<f64> {
    let attempts = &output.timeline.as_ref().expect("a timeline").attempts;
    attempts.iter().filter(|attempt| attempt.request == request).map(|attempt| float(attempt.started_us) / 1e6).collect()
}

/// When an event left its queue, and how.
fn left_s(output: &RunOutput) -> Vec<(f64, Exit)> {
    let events = &output.timeline.as_ref().expect("a timeline").events;
    let left = events.iter().filter_map(|event| match event.kind {
        TimelineKind::Left { node: 0, exit, .. } => Some((float(event.at_us) / 1e6, exit)),
        _ => None,
    });
    left.collect()
}

#[test]
fn t43_an_event_that_always_fails() {
    let output = recorded(&spec("t43"));
    let (report, queue) = (&output.report, queue(&output.report));
    let mut checks = Checks::new();
    checks.equal("attempts at", attempts_s(&output, 0), vec![0.0, 60.0, 180.0]);
    checks.equal("left", left_s(&output), vec![(180.0, Exit::RetriesExhausted)]);
    checks.equal("invocations, billed", (report.total.invocations, report.total.billed_requests), (3, 3));
    checks.equal("lost", (report.total.requests, report.total.requests_lost_to_errors), (1, 1));
    checks.equal("function errors", queue.count(NodeCounter::FunctionErrors), 3);
    checks.equal("to the dead-letter queue", node(report, "dead").exits(Exit::Kept), 1);
    checks.equal("to the destination on failure", node(report, "failures").exits(Exit::Kept), 1);
    checks.equal("to the destination on success", node(report, "successes").entered, 0);
    checks.equal("latency is not the sender's", report.total.latency.count, 0);
    checks.finish();
}

/// Each retry that is taken away takes an invocation away.
#[test]
fn retries_after_errors_follow_the_setting() {
    let mut checks = Checks::new();
    for retries in 0..=2 {
        let mut spec = spec("t43");
        spec.functions[0].asynchronous.max_retry_attempts = retries;
        let report = report(&spec);
        checks.equal("invocations", report.total.invocations, u64::from(retries) + 1);
        checks.equal("given up", queue(&report).exits(Exit::RetriesExhausted), 1);
    }
    checks.finish();
}

/// Run time comes on top of the waits, and a timeout is a function error like any other.
#[test]
fn waits_start_when_the_attempt_has_failed() {
    let mut spec = spec("t43");
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.wait = DistributionSpec::constant(10_000.0);
    spec.functions[0].timeout_ms = 5_000;
    assert_eq!(attempts_s(&recorded(&spec), 0), [0.0, 65.0, 190.0]);
    assert_eq!(report(&spec).total.outcomes[3], 3);
}

/// Ground truth retries_async_1min_2min.
#[test]
fn retries_match_the_closed_form() {
    let mut checks = Checks::new();
    for row in rows("retries_async_1min_2min").iter().filter(|row| row.number("failure_probability") >= 0.1) {
        let p = row.number("failure_probability");
        let mut spec = spec("t43");
        spec.run.duration_s = 800.0;
        spec.functions[0].handler.error_rate = p;
        spec.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![100; 10] };
        let reports = over_seeds(&spec, 40);
        let per_event = |count: fn(&Report) -> u64| -> Vec<f64> {
            reports.iter().map(|report| float(count(report)) / float(report.total.requests)).collect()
        };
        let name = |what: &str| format!("{what} at p = {p}");
        let lost = per_event(|report| queue(report).exits(Exit::RetriesExhausted));
        let attempts = per_event(|report| report.total.invocations);
        if p < 1.0 {
            checks.mean(&name("share given up"), &lost, row.number("P_to_dlq_or_on_failure"), 0.7);
            checks.mean(&name("attempts"), &attempts, row.number("expected_attempts"), 0.02);
            let delays = reports.iter().map(|report| float(queue(report).age.sum_us) / 1e6 / float(queue(report).age.count));
            checks.mean(&name("delay of successes"), &delays.collect::<Vec<_>>(), row.number("mean_extra_delay_s_given_success"), 0.1);
        } else {
            checks.equal(&name("all given up, attempts"), (mean_and_four_sigma(&lost).0, mean_and_four_sigma(&attempts).0), (1.0, 3.0));
        }
    }
    checks.finish();
}

/// One environment, taken for 15 minutes by the first event; the second is throttled meanwhile.
fn throttled() -> ScenarioSpec {
    let mut spec = spec("t43");
    spec.run.duration_s = 3_600.0;
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.wait = DistributionSpec::constant(800_000.0);
    spec.functions[0].reserved_concurrency = Some(1);
    spec.sources[0].arrivals = sends(&[0.0, 10.0]);
    spec
}

/// Ground truth async_throttle_schedule_doubling, by the engine; the table's waits themselves are a unit test of the rule.
#[test]
fn throttled_events_go_back_to_the_queue() {
    let output = recorded(&throttled());
    let offsets: Vec<f64> = rows("async_throttle_schedule_doubling").iter().map(|row| row.number("time_since_first_attempt_s")).collect();
    let tried: Vec<f64> = attempts_s(&output, 1).iter().map(|at_s| at_s - 10.0).collect();
    let mut checks = Checks::new();
    checks.equal("attempts", tried.clone(), vec![0.0, 1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 127.0, 255.0, 511.0, 811.0]);
    checks.holds("as in the table", tried.iter().step_by(2).zip(&offsets).all(|(tried, table)| tried == table), "every other row");
    let queue = queue(&output.report);
    checks.equal("throttles use up no retry", (queue.count(NodeCounter::Throttles), queue.exits(Exit::Delivered)), (10, 2));
    checks.equal("billed", output.report.total.billed_requests, 2);
    checks.equal("on success", node(&output.report, "successes").entered, 2);
    checks.finish();
}

#[test]
fn events_are_given_up_for_their_age() {
    let mut spec = throttled();
    spec.functions[0].asynchronous.max_event_age_s = 60.0;
    let output = recorded(&spec);
    let mut checks = Checks::new();
    checks.equal("left", left_s(&output), vec![(70.0, Exit::AgeExceeded), (800.0, Exit::Delivered)]);
    checks.equal("attempts before", attempts_s(&output, 1).len(), 6);
    checks.equal("dead-lettered", queue(&output.report).count(NodeCounter::SentToDeadLetterQueue), 1);
    checks.equal("lost to throttles", output.report.total.requests_lost_to_throttles, 1);
    checks.finish();
}

/// Facts E13: no attempt, no retry, no wait.
#[test]
fn reserved_zero_goes_straight_to_the_dead_letter_queue() {
    let mut spec = spec("t43");
    spec.functions[0].reserved_concurrency = Some(0);
    let output = recorded(&spec);
    let queue = queue(&output.report);
    assert_eq!(left_s(&output), [(0.0, Exit::ReservedZero)]);
    assert_eq!((queue.count(NodeCounter::Attempts), output.report.total.attempts), (0, 0));
    assert_eq!(node(&output.report, "dead").entered, 1);
}

#[test]
fn what_has_nowhere_to_go_is_dropped() {
    let mut spec = spec("t43");
    spec.functions[0].asynchronous = Default::default();
    let report = report(&spec);
    assert_eq!((queue(&report).count(NodeCounter::Dropped), queue(&report).failed()), (1, 1));
    assert_eq!(node(&report, "dead").entered, 0);
}

/// A thousand events, a share of which is delivered twice, or meets an error of Lambda's own.
#[test]
fn shares_move_their_counters() {
    let mut base = spec("t43");
    base.functions[0].handler.error_rate = 0.0;
    base.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![1_000] };
    let (mut twice, mut failing) = (base.clone(), base.clone());
    twice.functions[0].asynchronous.duplicate_rate = 0.1;
    failing.functions[0].asynchronous.system_error_rate = 0.1;
    let (base, twice, failing) = (report(&base), report(&twice), report(&failing));
    let mut checks = Checks::new();
    checks.equal("base", (base.total.invocations, queue(&base).duplicated), (1_000, 0));
    checks.near("made two of", float(queue(&twice).duplicated), 100.0, 30.0);
    checks.equal("each copy runs and is billed", twice.total.billed_requests, 1_000 + queue(&twice).duplicated);
    checks.equal("entered once", (queue(&twice).entered, twice.total.requests), (1_000, 1_000));
    checks.near("system errors", float(queue(&failing).count(NodeCounter::SystemErrors)), 111.0, 32.0);
    checks.equal(
        "they are no invocations, and lose nothing",
        (failing.total.invocations, queue(&failing).exits(Exit::Delivered)),
        (1_000, 1_000),
    );
    checks.near("each waits a second", float(queue(&failing).age.sum_us) / 1e6, 122.0, 40.0);
    checks.finish();
}

/// Case T44 in the engine: what each invocation is billed, and the wall at 1 MB.
#[test]
fn t44_large_events_are_billed_as_several_requests() {
    let mut checks = Checks::new();
    for (payload_kb, billed) in [(1, 1), (256, 1), (257, 2), (320, 2), (321, 3), (512, 5), (1_024, 13)] {
        let mut spec = spec("t43");
        spec.sources[0].payload_kb = payload_kb;
        let report = report(&spec);
        checks.equal("billed with its two retries", (report.total.invocations, report.total.billed_requests), (3, 3 * billed));
    }
    let mut spec = spec("t43");
    spec.sources[0].payload_kb = 1_025;
    let report = report(&spec);
    checks.equal("refused", (queue(&report).count(NodeCounter::RefusedTooLarge), queue(&report).entered), (1, 0));
    checks.equal("not run", (report.total.invocations, report.total.requests_lost_to_errors), (0, 1));
    checks.finish();
}

/// A poisonous event fails three times however often it is tried, and no other event fails.
#[test]
fn poisonous_events_fail_at_every_attempt() {
    let mut spec = spec("t43");
    spec.functions[0].handler.error_rate = 0.0;
    spec.functions[0].handler.poison_rate = 0.05;
    spec.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![1_000] };
    let report = report(&spec);
    let poisonous = queue(&report).exits(Exit::RetriesExhausted);
    let mut checks = Checks::new();
    checks.near("a twentieth", float(poisonous), 50.0, 28.0);
    checks.equal("three attempts each", report.total.invocations, 1_000 + 2 * poisonous);
    checks.equal("function errors", queue(&report).count(NodeCounter::FunctionErrors), 3 * poisonous);
    checks.equal("the rest succeeds at once", queue(&report).age.max_us, 0);
    checks.equal("dead-lettered", node(&report, "dead").entered, poisonous);
    checks.finish();
}

/// A function as the destination of another gets its events in turn, with draws of its own.
#[test]
fn functions_pass_events_on() {
    let mut spec = spec("t43");
    let mut second = spec.functions[0].clone();
    second.id = "second".to_owned();
    spec.functions[0].asynchronous.on_failure = Some("second".to_owned());
    spec.functions[0].handler.error_rate = 0.5;
    spec.functions[0].asynchronous.max_retry_attempts = 0;
    second.handler.error_rate = 0.5;
    spec.functions.push(second);
    spec.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![1_000] };
    let report = report(&spec);
    let (first, second) = (&report.nodes[0], &report.nodes[1]);
    let mut checks = Checks::new();
    checks.equal("all that failed", second.entered, first.count(NodeCounter::SentOnFailure));
    checks.near("half", float(second.entered), 500.0, 64.0);
    // Drawn like the first function's, none of these would succeed.
    checks.near("an eighth of them fails three times", float(second.exits(Exit::RetriesExhausted)), 62.5, 32.0);
    checks.finish();
}

/// Two functions that hand an event to each other in no time run into the budget of events, and not into a hang.
#[test]
fn a_circle_ends_with_the_budget() {
    let mut spec = spec("t43");
    spec.run.max_events = 5_000;
    let mut second = spec.functions[0].clone();
    second.id = "second".to_owned();
    for (function, other) in [(&mut spec.functions[0], "second"), (&mut second, "worker")] {
        function.reserved_concurrency = Some(0);
        function.allow_loops = true;
        function.asynchronous.on_failure = Some(other.to_owned());
    }
    spec.functions.push(second);
    assert_eq!(report(&spec).outcome, RunOutcome::EventBudget);
}

#[test]
fn what_is_held_is_bounded() {
    let mut spec = throttled();
    spec.run.max_messages = 50;
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 };
    let report = report(&spec);
    assert_eq!((report.outcome, queue(&report).held_max), (RunOutcome::MessageBudget, 50));
    assert!(report.nodes.iter().all(NodeReport::adds_up), "{:?}", report.nodes);
}

/// What waits at the end is in flight, and what a bucket may be is checked.
#[test]
fn the_end_finds_events_waiting() {
    let mut spec = spec("t43");
    spec.run.duration_s = 100.0;
    let report = report(&spec);
    assert_eq!((queue(&report).in_flight, queue(&report).count(NodeCounter::FunctionErrors)), (1, 2));
    spec.destinations.push(DestinationSpec { id: "bucket".to_owned(), kind: DestinationKindSpec::Bucket });
    for (field, ok) in [("on_failure", true), ("on_success", false), ("dead_letter_queue", false)] {
        let mut spec = spec.clone();
        let edges = &mut spec.functions[0].asynchronous;
        *(match field {
            "on_failure" => &mut edges.on_failure,
            "on_success" => &mut edges.on_success,
            _ => &mut edges.dead_letter_queue,
        }) = Some("bucket".to_owned());
        let problems = coldstart_sim::check(&spec);
        let path = format!("functions[0].asynchronous.{field}");
        let found = problems.iter().any(|p| p.path == path && p.severity == coldstart_sim::Severity::Error);
        assert_eq!(found, !ok, "{problems:?}");
    }
}
