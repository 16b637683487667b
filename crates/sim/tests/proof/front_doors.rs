//! Front doors: what each answers to each outcome, its walls, who stops waiting when, and what all of it costs.

use crate::support::{Checks, float, recorded, report, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, RetryPolicySpec, ScenarioSpec, SourceKindSpec};
use coldstart_sim::{BillLineKind, Exit, NodeCounter, NodeKind, NodeReport, Report, RunOutput, TimelineKind, bill};

const DOORS: [SourceKindSpec; 6] = [
    SourceKindSpec::RestApi,
    SourceKindSpec::HttpApi,
    SourceKindSpec::FunctionUrl,
    SourceKindSpec::Alb,
    SourceKindSpec::EdgeViewer,
    SourceKindSpec::EdgeOrigin,
];

fn door(report: &Report) -> &NodeReport {
    report.nodes.iter().find(|node| node.kind == NodeKind::FrontDoor).expect("a front door")
}

fn behind(kind: SourceKindSpec) -> ScenarioSpec {
    let mut spec = spec("front-door");
    if kind.is_edge() {
        spec.functions[0].timeout_ms = 30_000;
    }
    spec.sources[0].kind = kind;
    spec
}

fn handler_ms(spec: &mut ScenarioSpec, ms: f64) {
    spec.functions[0].handler.wait = DistributionSpec::constant(ms);
}

/// When each attempt was answered, in seconds, and with which status.
fn answers(output: &RunOutput) -> Vec<(f64, u32)> {
    let events = &output.timeline.as_ref().expect("a timeline").events;
    let answered = events.iter().filter_map(|event| match event.kind {
        TimelineKind::Answered { status, .. } => Some((float(event.at_us) / 1e6, status)),
        _ => None,
    });
    answered.collect()
}

type Change = fn(&mut ScenarioSpec);

/// Facts G15, J14 to J17, E25: one request, one answer, whose counter goes from 0 to 1. Doors in the order of [`DOORS`].
#[test]
fn every_outcome_has_its_status_at_every_door() {
    let cases: [(&str, Change, [u32; 6], Exit); 7] = [
        ("success", |_| {}, [200; 6], Exit::Delivered),
        ("error", |s| s.functions[0].handler.error_rate = 1.0, [502, 502, 502, 502, 503, 503], Exit::Failed),
        ("crash", |s| s.functions[0].handler.crash_rate = 1.0, [502, 502, 502, 502, 503, 503], Exit::Failed),
        ("function timeout", |s| s.functions[0].timeout_ms = 50, [502, 502, 502, 502, 503, 503], Exit::Failed),
        ("throttled", |s| s.functions[0].reserved_concurrency = Some(0), [500, 500, 429, 502, 503, 503], Exit::Refused),
        ("request too large", |s| s.sources[0].payload_kb = 6_145, [413; 6], Exit::Refused),
        ("answer too large", |s| s.sources[0].door.response_kb = 6_145, [502; 6], Exit::Failed),
    ];
    let mut checks = Checks::new();
    for (name, change, statuses, exit) in cases {
        for (kind, status) in DOORS.iter().zip(statuses) {
            let mut spec = behind(kind.clone());
            change(&mut spec);
            if spec.functions[0].timeout_ms == 50 {
                spec.functions[0].timeout_ms = 1_000;
                handler_ms(&mut spec, 2_000.0);
            }
            let report = report(&spec);
            let door = door(&report);
            let name = format!("{name}, {kind:?}");
            checks.equal(&name, &door.statuses[..], &[(status, 1)][..]);
            checks.equal(&name, (door.entered, door.exits(exit), door.count(NodeCounter::Attempts)), (1, 1, 1));
            let answered = u64::from(exit == Exit::Delivered);
            checks.equal(&name, (report.total.latency.count, door.age.count), (answered, answered));
            let lost = (report.total.requests_lost_to_throttles, report.total.requests_lost_to_errors);
            checks.equal(&name, lost, (u64::from(exit == Exit::Refused), u64::from(exit == Exit::Failed)));
        }
    }
    checks.finish();
}

/// The largest request and the largest answer that pass, in KB; one more does not (facts G11, G14, J12, J15 to J17).
#[test]
fn payload_walls_stand_where_the_facts_say() {
    let walls: [(SourceKindSpec, bool, u32, u32); 7] = [
        (SourceKindSpec::RestApi, false, 6_144, 6_144),
        (SourceKindSpec::HttpApi, false, 6_144, 6_144),
        (SourceKindSpec::FunctionUrl, false, 6_144, 6_144),
        (SourceKindSpec::FunctionUrl, true, 6_144, 204_800),
        (SourceKindSpec::Alb, false, 1_024, 1_024),
        (SourceKindSpec::EdgeViewer, false, 6_144, 40),
        (SourceKindSpec::EdgeOrigin, false, 6_144, 1_024),
    ];
    let mut checks = Checks::new();
    for (kind, streams, request_kb, response_kb) in walls {
        for (more, exits) in [(0, [Exit::Delivered, Exit::Delivered]), (1, [Exit::Refused, Exit::Failed])] {
            let (mut large_request, mut large_answer) = (behind(kind.clone()), behind(kind.clone()));
            for spec in [&mut large_request, &mut large_answer] {
                spec.sources[0].door.streams = streams;
                spec.functions[0].timeout_ms = if kind.is_edge() { 30_000 } else { 900_000 };
            }
            large_request.sources[0].payload_kb = request_kb + more;
            large_answer.sources[0].door.response_kb = response_kb + more;
            let name = format!("{kind:?} + {more} KB");
            let refused = report(&large_request);
            checks.equal(&name, door(&refused).exits(exits[0]), 1);
            checks.equal("what is refused does not run", refused.total.invocations, 1 - u64::from(more));
            let cut = report(&large_answer);
            checks.equal(&name, (door(&cut).exits(exits[1]), cut.total.invocations), (1, 1));
        }
    }
    checks.finish();
}

/// Facts J10, J11, J15, J16 and `timeout-behind-rest`: a function of 35 s, and who still hears of it.
#[test]
fn walls_of_29_and_30_seconds_and_none() {
    let mut checks = Checks::new();
    let cases = [
        (SourceKindSpec::RestApi, (29.0, 504), Exit::TimedOut, 1),
        (SourceKindSpec::HttpApi, (30.0, 504), Exit::TimedOut, 1),
        (SourceKindSpec::FunctionUrl, (35.0, 200), Exit::Delivered, 0),
        (SourceKindSpec::Alb, (35.0, 200), Exit::Delivered, 0),
    ];
    for (kind, answer, exit, ran_on) in cases {
        let mut spec = behind(kind.clone());
        handler_ms(&mut spec, 35_000.0);
        let output = recorded(&spec);
        let (total, door) = (&output.report.total, door(&output.report));
        checks.equal(&format!("{kind:?}"), answers(&output), vec![answer]);
        checks.equal("how it ended", (door.exits(exit), door.count(NodeCounter::RanOn)), (1, ran_on));
        checks.equal("it runs to its end and is billed", (total.outcomes[0], total.billed_ms), (1, 35_000));
    }
    let mut on_time = behind(SourceKindSpec::RestApi);
    handler_ms(&mut on_time, 29_000.0);
    checks.equal("an answer in the last moment", answers(&recorded(&on_time)), vec![(29.0, 200)]);
    let mut patient = behind(SourceKindSpec::RestApi);
    handler_ms(&mut patient, 35_000.0);
    patient.sources[0].door.integration_timeout_ms = Some(40_000);
    checks.equal("a longer wait that was granted", answers(&recorded(&patient)), vec![(35.0, 200)]);
    patient.sources[0].door.integration_timeout_ms = Some(5_000);
    checks.equal("a shorter one that was set", answers(&recorded(&patient)), vec![(5.0, 504)]);
    let mut own = behind(SourceKindSpec::RestApi);
    handler_ms(&mut own, 35_000.0);
    own.functions[0].timeout_ms = 20_000;
    checks.equal("the function's own timeout comes first", answers(&recorded(&own)), vec![(20.0, 502)]);
    checks.finish();
}

/// Work that is under way at the end of the run is answered or given up on all the same.
#[test]
fn the_end_of_the_run_is_no_answer() {
    let mut spec = behind(SourceKindSpec::RestApi);
    spec.run.duration_s = 10.0;
    handler_ms(&mut spec, 35_000.0);
    assert_eq!(answers(&recorded(&spec)), [(29.0, 504)]);
}

fn evenly(per_s: f64) -> ArrivalsSpec {
    ArrivalsSpec::Cron { every_s: 1.0 / per_s, first_s: 0.0, requests: 1 }
}

/// Fact J13: a bucket of 5,000 that 10,000 a second flow into, for REST and HTTP APIs together; what it refuses costs nothing.
#[test]
fn api_gateway_throttles_the_account() {
    let mut spec = behind(SourceKindSpec::RestApi);
    spec.run.duration_s = 1.0;
    spec.account.concurrency_limit = 100_000;
    spec.account.scaling_environments = 100_000;
    spec.sources[0].arrivals = evenly(10_000.0);
    let alone = report(&spec);
    let mut other = spec.sources[0].clone();
    other.id = "other".to_owned();
    other.kind = SourceKindSpec::HttpApi;
    spec.sources.push(other);
    let both = report(&spec);
    let mut checks = Checks::new();
    checks.equal("one API alone", door(&alone).statuses.clone(), vec![(200, 10_000)]);
    let sum = |status| both.nodes.iter().map(|node| node.answers(status)).sum::<u64>();
    checks.near("both together pass the burst and the rate", float(sum(200)), 15_000.0, 2.0);
    checks.equal("the others get a 429", sum(429), 20_000 - sum(200));
    checks.equal("and do not reach the function", both.total.attempts, sum(200));
    let throttled = both.nodes.iter().map(|node| node.count(NodeCounter::DoorThrottles)).sum::<u64>();
    checks.equal("counted by the doors", throttled, sum(429));
    let billed: u128 =
        both.bill.lines.iter().filter(|l| matches!(l.kind, BillLineKind::RestApi | BillLineKind::HttpApi)).map(|l| l.quantity_micro).sum();
    checks.equal("and not billed", billed, u128::from(sum(200)) * 1_000_000);
    spec.account.api_requests_per_s = 1_000;
    spec.account.api_burst = 500;
    let small = report(&spec);
    checks.near("as the account's quota says", float(small.total.invocations), 1_500.0, 2.0);
    checks.finish();
}

/// Fact J17: 10,000 requests a second at the edge, one second of them at once.
#[test]
fn the_edge_has_a_quota_of_its_own() {
    let mut spec = behind(SourceKindSpec::EdgeOrigin);
    spec.run.duration_s = 1.0;
    spec.account.concurrency_limit = 100_000;
    spec.account.scaling_environments = 100_000;
    spec.sources[0].arrivals = evenly(40_000.0);
    let report = report(&spec);
    let mut checks = Checks::new();
    checks.near("through", float(door(&report).answers(200)), 20_000.0, 2.0);
    checks.equal("503", door(&report).answers(503), door(&report).count(NodeCounter::DoorThrottles));
    checks.equal("all", door(&report).answers(200) + door(&report).answers(503), 40_000);
    checks.finish();
}

/// A caller that waits 2 s for a function of 5 s and tries three times has three of them run, and no answer.
#[test]
fn callers_give_up_and_the_function_runs_on() {
    let mut spec = behind(SourceKindSpec::HttpApi);
    handler_ms(&mut spec, 5_000.0);
    let patient = report(&spec);
    spec.sources[0].door.client_timeout_ms = Some(2_000.0);
    let once = report(&spec);
    spec.sources[0].retry.policy = RetryPolicySpec::Immediate;
    spec.sources[0].retry.max_attempts = 3;
    let output = recorded(&spec);
    let mut checks = Checks::new();
    let of = |report: &Report| {
        let door = door(report);
        (door.count(NodeCounter::CallerTimeouts), door.count(NodeCounter::RanOn), report.total.billed_ms, report.total.latency.count)
    };
    checks.equal("patient", of(&patient), (0, 0, 5_000, 1));
    checks.equal("one attempt", of(&once), (1, 1, 5_000, 0));
    checks.equal("three attempts", of(&output.report), (3, 3, 15_000, 0));
    checks.equal("nobody was answered", door(&output.report).statuses.clone(), vec![]);
    checks.equal("when it left", answers(&output), vec![(2.0, 0), (4.0, 0), (6.0, 0)]);
    checks.equal("the request is given up once", door(&output.report).exits(Exit::Abandoned), 1);
    checks.equal("running at once", output.report.total.concurrency_max, 3);
    spec.sources[0].retry.on_errors = false;
    checks.equal("tries again after throttles alone", report(&spec).total.invocations, 1);
    checks.finish();
}

/// Plain callers get a front door, the Invoke API, as soon as they have something that it shows.
#[test]
fn plain_callers_may_give_up_too() {
    let mut spec = behind(SourceKindSpec::Synchronous);
    assert!(report(&spec).nodes.is_empty());
    spec.sources[0].door.client_timeout_ms = Some(50.0);
    let output = recorded(&spec);
    assert_eq!(answers(&output), [(0.05, 0)]);
    assert_eq!((door(&output.report).count(NodeCounter::RanOn), output.report.total.billed_ms), (1, 100));
    spec.sources[0].door.client_timeout_ms = Some(5_000.0);
    assert_eq!(answers(&recorded(&spec)), [(0.1, 200)]);
    spec.functions[0].reserved_concurrency = Some(0);
    assert_eq!(answers(&recorded(&spec)), [(0.0, 429)]);
    let mut large = behind(SourceKindSpec::Synchronous);
    large.sources[0].payload_kb = 6_145;
    assert_eq!(answers(&recorded(&large)), [(0.0, 413)]);
}

/// What one environment refuses the second of two callers is a 500 first, and a 200 when it has tried again; a 413 is final.
#[test]
fn callers_try_again_through_the_door() {
    let mut spec = behind(SourceKindSpec::RestApi);
    spec.functions[0].reserved_concurrency = Some(1);
    spec.sources[0].arrivals = ArrivalsSpec::Cron { every_s: 1_000.0, first_s: 0.0, requests: 2 };
    spec.sources[0].retry.policy = RetryPolicySpec::Exponential;
    spec.sources[0].retry.base_ms = 1_000.0;
    let output = recorded(&spec);
    let mut checks = Checks::new();
    checks.equal("answers", answers(&output), vec![(0.0, 500), (0.1, 200), (1.1, 200)]);
    let door = door(&output.report);
    checks.equal("statuses", door.statuses.clone(), vec![(200, 2), (500, 1)]);
    checks.equal("account", (door.entered, door.exits(Exit::Delivered), door.count(NodeCounter::Throttles)), (2, 2, 1));
    checks.equal("latency from the first attempt on", output.report.total.latency.max_us, 1_100_000);
    spec.sources[0].payload_kb = 7_000;
    checks.equal("too large is too large", recorded(&spec).report.nodes[0].count(NodeCounter::Attempts), 2);
    checks.finish();
}

/// Fact G14: 8 MB are sent 1 s longer than 6 MB, and 2 MB of them are paid for (fact L10).
#[test]
fn a_streamed_answer_takes_and_costs_what_is_past_6_mb() {
    let mut spec = behind(SourceKindSpec::FunctionUrl);
    spec.sources[0].door.streams = true;
    let mut checks = Checks::new();
    for (response_kb, billed_ms, bytes) in [(6_144, 100, 0), (8_192, 1_100, 2 << 20)] {
        spec.sources[0].door.response_kb = response_kb;
        let report = report(&spec);
        checks.equal("billed duration", report.total.billed_ms, billed_ms);
        let line = report.bill.lines.iter().find(|line| line.kind == BillLineKind::ResponseStream);
        checks.equal("billed GB", line.map_or(0, |line| line.quantity_micro), (bytes * 1_000_000_u128 + (1 << 29)) >> 30);
    }
    checks.finish();
}

/// Case T35 in the engine, behind API Gateway: $259.20 more with an HTTP API, $907.20 with a REST API.
#[test]
fn t35_behind_api_gateway() {
    let mut checks = Checks::new();
    for (kind, line, due, month) in [
        (SourceKindSpec::HttpApi, BillLineKind::HttpApi, 259.20, 527.04),
        (SourceKindSpec::RestApi, BillLineKind::RestApi, 907.20, 1_175.04),
    ] {
        let mut spec = spec("t35");
        spec.sources[0].kind = kind;
        let bill = bill::per_month(&report(&spec), &spec);
        checks.dollars("the API", bill.lines.iter().filter(|one| one.kind == line).map(|one| one.due_pd).sum(), due);
        checks.dollars("the month", bill.due_pd, month);
    }
    checks.finish();
}

/// Facts L13, L15: steps of 512 KB, and the edge's own prices in place of Lambda's.
#[test]
fn requests_are_metered_by_their_door() {
    let mut checks = Checks::new();
    let quantity =
        |report: &Report, kind| report.bill.lines.iter().find(|line| line.kind == kind).map_or(0, |line| line.quantity_micro / 1_000_000);
    for (payload_kb, steps) in [(1, 1), (512, 1), (513, 2), (1_025, 3)] {
        let mut spec = behind(SourceKindSpec::HttpApi);
        spec.sources[0].payload_kb = payload_kb;
        checks.equal("HTTP API", quantity(&report(&spec), BillLineKind::HttpApi), steps);
        spec.sources[0].kind = SourceKindSpec::RestApi;
        checks.equal("REST API", quantity(&report(&spec), BillLineKind::RestApi), 1);
    }
    let mut edge = behind(SourceKindSpec::EdgeOrigin);
    handler_ms(&mut edge, 10_000.0);
    let edge = report(&edge);
    let kinds: Vec<BillLineKind> = edge.bill.lines.iter().map(|line| line.kind).collect();
    checks.equal("at the edge", kinds, vec![BillLineKind::EdgeRequests, BillLineKind::EdgeDuration]);
    checks.equal("10 s of 1 GB", quantity(&edge, BillLineKind::EdgeDuration), 10);
    checks.finish();
}
