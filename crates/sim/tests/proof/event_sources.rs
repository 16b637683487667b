//! Event sources: how each hands its events to Lambda, how long it tries, and what that costs.

use crate::support::{Checks, float, recorded, report, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ScenarioSpec, SourceKindSpec};
use coldstart_sim::{BillLineKind, Exit, NodeCounter, NodeKind, NodeReport, Report, TimelineKind};

const DAY_S: f64 = 86_400.0;
const SOURCES: [SourceKindSpec; 4] = [SourceKindSpec::S3, SourceKindSpec::Sns, SourceKindSpec::EventBus, SourceKindSpec::Scheduler];

fn source(report: &Report) -> &NodeReport {
    report.nodes.iter().find(|node| node.kind == NodeKind::EventSource).expect("an event source")
}

fn queue(report: &Report) -> &NodeReport {
    report.nodes.iter().find(|node| node.kind == NodeKind::AsynchronousQueue).expect("a queue")
}

fn from(kind: SourceKindSpec) -> ScenarioSpec {
    let mut spec = spec("event-source");
    if kind == SourceKindSpec::S3 {
        spec.sources[0].delivery.dead_letter_queue = None;
    }
    spec.sources[0].kind = kind;
    spec
}

fn many(spec: &mut ScenarioSpec, events: u32) {
    spec.sources[0].arrivals = ArrivalsSpec::PerMinute { counts: vec![events] };
}

/// Fact J5: 100,015 tries over 23 days, then the topic's dead-letter queue.
#[test]
fn sns_tries_100_015_times() {
    let mut spec = from(SourceKindSpec::Sns);
    spec.run.duration_s = 24.0 * DAY_S;
    spec.sources[0].delivery.outage_from_s = Some(0.0);
    let report = report(&spec);
    let source = source(&report);
    let mut checks = Checks::new();
    checks.equal("tries", source.count(NodeCounter::Attempts), 100_015);
    checks.equal("all refused", source.count(NodeCounter::SystemErrors), 100_015);
    checks.equal("given up", (source.exits(Exit::RetriesExhausted), source.in_flight), (1, 0));
    checks.equal("dead-lettered", source.count(NodeCounter::SentToDeadLetterQueue), 1);
    checks.equal("the function never ran", (report.total.invocations, report.total.requests_lost_to_throttles), (0, 1));
    let lost = report.nodes.iter().find(|node| node.id == "lost").expect("the queue");
    checks.equal("after whole days", lost.age.max_us / 86_400_000_000, 23);
    checks.finish();
}

/// When the source of the one event tried, in seconds: at the start, and when each wait was over.
fn tries_s(spec: &ScenarioSpec) -> Vec<f64> {
    let output = recorded(spec);
    let events = output.timeline.expect("a timeline").events;
    let waits = events.iter().filter_map(|event| match event.kind {
        TimelineKind::Waits { until_us, .. } => Some(float(until_us) / 1e6),
        _ => None,
    });
    std::iter::once(0.0).chain(waits).collect()
}

/// Fact J5, the phases: three at once, two after a second each, ten after one to twenty, then every twenty.
#[test]
fn sns_tries_in_phases() {
    let mut spec = from(SourceKindSpec::Sns);
    spec.run.duration_s = 200.0;
    spec.sources[0].delivery.outage_from_s = Some(0.0);
    let tries = tries_s(&spec);
    let expect = [0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 5.0, 9.0, 17.0, 33.0, 53.0, 73.0, 93.0, 113.0, 133.0, 153.0];
    assert_eq!(tries[..expect.len()], expect);
}

/// Fact J7: up to 185 retries and 24 hours, whichever ends first; then the target's dead-letter queue.
#[test]
fn event_bridge_and_scheduler_try_for_a_day() {
    let mut checks = Checks::new();
    for kind in [SourceKindSpec::EventBus, SourceKindSpec::Scheduler, SourceKindSpec::S3] {
        let mut spec = from(kind.clone());
        spec.run.duration_s = 2.0 * DAY_S;
        many(&mut spec, 400);
        spec.sources[0].delivery.outage_from_s = Some(0.0);
        let report = report(&spec);
        let source = source(&report);
        let (by_tries, by_age) = (source.exits(Exit::RetriesExhausted), source.exits(Exit::AgeExceeded));
        checks.equal(&format!("{kind:?}: all given up"), (by_tries + by_age, source.in_flight), (400, 0));
        checks.holds("some for either reason", by_tries > 100 && by_age > 100, &format!("{by_tries} and {by_age}"));
        checks.near("tries", float(source.count(NodeCounter::Attempts)) / 400.0, 183.0, 3.0);
        let lost = if kind == SourceKindSpec::S3 { NodeCounter::Dropped } else { NodeCounter::SentToDeadLetterQueue };
        checks.equal("where they went", source.count(lost), 400);
        let dead = report.nodes.iter().find(|node| node.id == "lost").expect("the queue");
        checks.holds("within a day", dead.age.max_us <= 86_400_000_000, &dead.age.max_us.to_string());
    }
    checks.finish();
}

/// Each setting of a retry policy, by the tries that it leaves.
#[test]
fn retry_policies_follow_their_settings() {
    let mut checks = Checks::new();
    let mut base = from(SourceKindSpec::EventBus);
    base.run.duration_s = DAY_S;
    base.sources[0].delivery.outage_from_s = Some(0.0);
    for retries in [0, 2, 7] {
        let mut spec = base.clone();
        spec.sources[0].delivery.max_retries = Some(retries);
        let report = report(&spec);
        checks.equal("tries", source(&report).count(NodeCounter::Attempts), u64::from(retries) + 1);
        checks.equal("given up", source(&report).exits(Exit::RetriesExhausted), 1);
    }
    let mut young = base.clone();
    young.sources[0].delivery.max_event_age_s = Some(60.0);
    checks.equal("given up for its age", source(&report(&young)).exits(Exit::AgeExceeded), 1);
    checks.holds("no try after a minute", tries_s(&young).iter().all(|at_s| *at_s <= 60.0), &format!("{:?}", tries_s(&young)));
    let mut nowhere = young.clone();
    nowhere.sources[0].delivery.dead_letter_queue = None;
    let nowhere = report(&nowhere);
    let counts = [NodeCounter::Dropped, NodeCounter::SentToDeadLetterQueue].map(|counter| source(&nowhere).count(counter));
    checks.equal("nowhere to go", counts, [1, 0]);
    checks.finish();
}

/// A minute's outage delays what happens in it and loses nothing.
#[test]
fn an_outage_is_waited_out() {
    let mut checks = Checks::new();
    for kind in SOURCES {
        let mut spec = from(kind.clone());
        spec.sources[0].arrivals = ArrivalsSpec::Cron { every_s: 1.0, first_s: 0.0, requests: 1 };
        spec.run.duration_s = 300.0;
        if kind == SourceKindSpec::S3 {
            spec.sources[0].delivery.delay = DistributionSpec::constant(0.0);
        }
        let calm = report(&spec);
        spec.sources[0].delivery.outage_from_s = Some(30.0);
        spec.sources[0].delivery.outage_until_s = Some(90.0);
        let report = report(&spec);
        let source = source(&report);
        checks.equal(&format!("{kind:?}, calm"), (calm.total.invocations, self::source(&calm).count(NodeCounter::SystemErrors)), (300, 0));
        checks.equal("all arrive", (source.exits(Exit::Delivered), report.total.invocations), (300, 300));
        checks.holds("some late", source.age.max_us > 50_000_000, &source.age.max_us.to_string());
        checks.holds("refused meanwhile", source.count(NodeCounter::SystemErrors) > 60, "more than one each");
    }
    checks.finish();
}

/// A thousand events, half of whose handovers are refused, or a tenth of which the source hands over twice.
#[test]
fn shares_move_their_counters() {
    let mut checks = Checks::new();
    for kind in SOURCES {
        let mut refused = from(kind.clone());
        refused.run.duration_s = 3_600.0;
        many(&mut refused, 1_000);
        let mut twice = refused.clone();
        refused.sources[0].delivery.refused_rate = 0.5;
        twice.sources[0].delivery.duplicate_rate = 0.1;
        let (refused, twice) = (report(&refused), report(&twice));
        let name = format!("{kind:?}");
        checks.equal(&name, (source(&refused).exits(Exit::Delivered), refused.total.invocations), (1_000, 1_000));
        checks.near(&name, float(source(&refused).count(NodeCounter::Attempts)), 2_000.0, 180.0);
        checks.near(&name, float(source(&twice).duplicated), 100.0, 40.0);
        checks.equal(&name, twice.total.invocations, 1_000 + source(&twice).duplicated);
        checks.equal(&name, (source(&twice).entered, twice.total.requests), (1_000, 1_000));
    }
    checks.finish();
}

/// Fact J4, and the choice that stands for "usually seconds, sometimes a minute or more".
#[test]
fn s3_takes_its_time() {
    let mut spec = from(SourceKindSpec::S3);
    spec.run.duration_s = 3_600.0;
    many(&mut spec, 20_000);
    let report = report(&spec);
    let age = &source(&report).age;
    let mut checks = Checks::new();
    checks.near("mean", float(age.sum_us) / float(age.count) / 1e6, 3.0, 0.3);
    checks.near("99th percentile", float(age.quantile_us(0.99)) / 1e6, 30.0, 4.0);
    checks.holds("sometimes a minute", age.max_us > 60_000_000, &age.max_us.to_string());
    spec.sources[0].delivery.delay = DistributionSpec::constant(1_500.0);
    let report = crate::support::report(&spec);
    checks.equal("as set", (source(&report).age.min_us, source(&report).age.max_us), (1_500_000, 1_500_000));
    checks.finish();
}

/// Once Lambda has the event, the source is done: failures and throttles are retried by Lambda, on top of what the source did.
#[test]
fn lambdas_retries_come_on_top() {
    let mut checks = Checks::new();
    for kind in SOURCES {
        let mut failing = from(kind.clone());
        if kind == SourceKindSpec::S3 {
            failing.sources[0].delivery.delay = DistributionSpec::constant(0.0);
        }
        let mut throttled = failing.clone();
        failing.functions[0].handler.error_rate = 1.0;
        throttled.functions[0].reserved_concurrency = Some(1);
        throttled.functions[0].handler.wait = DistributionSpec::constant(10_000.0);
        many(&mut throttled, 2);
        let (failing, throttled) = (report(&failing), report(&throttled));
        let name = format!("{kind:?}");
        checks.equal(&name, (source(&failing).count(NodeCounter::Attempts), failing.total.invocations), (1, 3));
        checks.equal(&name, queue(&failing).exits(Exit::RetriesExhausted), 1);
        checks.equal(&name, (source(&throttled).count(NodeCounter::Attempts), queue(&throttled).exits(Exit::Delivered)), (2, 2));
    }
    checks.finish();
}

/// Facts J6, J8: what is too large is not taken in, and costs nothing.
#[test]
fn sizes_are_held_to() {
    let mut checks = Checks::new();
    for (kind, max_message_kb, largest_kb) in [
        (SourceKindSpec::Sns, None, 256),
        (SourceKindSpec::Sns, Some(1_024), 1_024),
        (SourceKindSpec::EventBus, None, 1_024),
        (SourceKindSpec::Scheduler, None, 1_024),
    ] {
        for (more, refused) in [(0, 0), (1, 1)] {
            let mut spec = from(kind.clone());
            spec.sources[0].delivery.max_message_kb = max_message_kb;
            spec.sources[0].payload_kb = largest_kb + more;
            let report = report(&spec);
            let counts = (source(&report).count(NodeCounter::RefusedTooLarge), source(&report).entered);
            checks.equal(&format!("{kind:?}, {} KB", largest_kb + more), counts, (refused, 1 - refused));
            checks.equal("lost", report.total.requests_lost_to_errors, refused);
        }
    }
    checks.finish();
}

/// Facts L25, L27: publishes, events in steps of 64 KB, schedules; what AWS sends itself, and S3, are free.
#[test]
fn events_are_billed_at_their_source() {
    let mut checks = Checks::new();
    let cases = [
        (SourceKindSpec::Sns, 200, false, Some((BillLineKind::SnsPublishes, 1_000))),
        (SourceKindSpec::EventBus, 64, false, Some((BillLineKind::EventBus, 1_000))),
        (SourceKindSpec::EventBus, 65, false, Some((BillLineKind::EventBus, 2_000))),
        (SourceKindSpec::EventBus, 65, true, None),
        (SourceKindSpec::Scheduler, 1, false, Some((BillLineKind::Scheduler, 1_000))),
        (SourceKindSpec::S3, 1, false, None),
    ];
    for (kind, payload_kb, from_aws, line) in cases {
        let mut spec = from(kind.clone());
        many(&mut spec, 1_000);
        spec.sources[0].payload_kb = payload_kb;
        spec.sources[0].delivery.from_aws = from_aws;
        let report = report(&spec);
        let of_source: Vec<_> = report
            .bill
            .lines
            .iter()
            .filter(|line| line.function == "feed")
            .map(|line| (line.kind, line.quantity_micro / 1_000_000))
            .collect();
        checks.equal(&format!("{kind:?}"), of_source, line.into_iter().collect());
    }
    checks.finish();
}

/// A schedule of every five minutes runs the function twelve times an hour.
#[test]
fn a_schedule_is_a_cron_source() {
    let mut spec = from(SourceKindSpec::Scheduler);
    spec.run.duration_s = 3_600.0;
    spec.sources[0].arrivals = ArrivalsSpec::Cron { every_s: 300.0, first_s: 0.0, requests: 1 };
    let report = report(&spec);
    assert_eq!((report.total.invocations, source(&report).exits(Exit::Delivered)), (12, 12));
}

/// What waits at the end is in flight, and what is held is bounded.
#[test]
fn sources_keep_their_account() {
    let mut spec = from(SourceKindSpec::Sns);
    many(&mut spec, 100);
    spec.sources[0].delivery.outage_from_s = Some(0.0);
    assert_eq!((source(&report(&spec)).in_flight, source(&report(&spec)).held_max), (100, 100));
    spec.run.max_messages = 50;
    let stopped = report(&spec);
    assert_eq!((stopped.outcome, source(&stopped).in_flight), (coldstart_sim::RunOutcome::MessageBudget, 50));
    assert!(stopped.nodes.iter().all(NodeReport::adds_up), "{:?}", stopped.nodes);
}
