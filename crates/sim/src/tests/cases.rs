//! AWS's worked examples (the Developer Guide's pages on concurrency and on the execution environment), and small cases by hand.

use super::fixtures::{at, exponential, function, one, poisson, run_all, source};
use crate::spec::{
    ArrivalsSpec, DeploySpec, DistributionSpec, FunctionSpec, MaxLifeSpec, ProvisionedSpec, ReclaimSpec, RetryPolicySpec, SendSpec,
    SourceKindSpec,
};
use crate::{AttemptResult, ColdCause, Outcome, ScenarioSpec, ThrottleCause, TimelineKind};

fn constant(ms: f64) -> DistributionSpec {
    DistributionSpec::constant(ms)
}

fn per_s(per_s: f64) -> ArrivalsSpec {
    ArrivalsSpec::Constant { per_s }
}

fn provisioned(units: u32) -> ProvisionedSpec {
    ProvisionedSpec { units, from_s: 0.0, until_s: None, ready_at_start: true, preparation_s: 90.0, bound_to: Default::default() }
}

fn throttled(report: &crate::FunctionReport, cause: ThrottleCause) -> u64 {
    report.throttles[ThrottleCause::ALL.iter().position(|one| *one == cause).unwrap()]
}

/// What each request ran on (environment), in order; nothing where it was refused.
fn environments(spec: &ScenarioSpec) -> Vec<Option<u32>> {
    let environment = |result| match result {
        AttemptResult::Ran { environment, .. } => Some(environment),
        AttemptResult::Throttled { .. } => None,
    };
    run_all(spec).timeline.unwrap().attempts.iter().map(|attempt| environment(attempt.result)).collect()
}

#[test]
fn concurrency_is_rate_times_duration() {
    for (rate, ms, expected) in [(100.0, 1_000.0, 100), (100.0, 500.0, 50), (200.0, 250.0, 50), (5_000.0, 200.0, 1_000)] {
        let report = run_all(&one(5.0, constant(ms), per_s(rate))).report;
        assert_eq!((report.total.concurrency_max, report.total.cold_starts), (expected, u64::from(expected)));
    }
}

#[test]
fn ten_requests_use_six_environments() {
    let times = [0.0, 1.0, 2.0, 3.0, 4.0, 12.5, 12.6, 12.7, 12.9, 13.5];
    let mut spec = one(60.0, constant(10_000.0), at(&times, &[]));
    spec.functions[0].reuse = crate::spec::ReuseSpec::OldestCreated;
    let expected = [0, 1, 2, 3, 4, 0, 1, 2, 5, 3].map(Some);
    assert_eq!(environments(&spec), expected);
    spec.functions[0].reuse = crate::spec::ReuseSpec::MostRecentlyUsed;
    let report = run_all(&spec).report;
    assert_eq!((report.total.cold_starts, report.total.warm_starts, report.total.environments_max), (6, 4, 6));
}

#[test]
fn short_requests_meet_the_request_rate_before_the_concurrency() {
    let mut spec = one(10.0, constant(50.0), per_s(20_000.0));
    let report = run_all(&spec).report;
    assert_eq!(report.total.concurrency_max, 1_000);
    // The bucket starts full: one second's allowance more than ten times 10,000.
    let accepted = report.total.invocations;
    assert!(accepted.abs_diff(110_000) <= 1, "{accepted}");
    assert_eq!(throttled(&report.total, ThrottleCause::AccountRequestRate), 200_000 - accepted);
    spec.run.warm_up_s = 5.0;
    let report = run_all(&spec).report;
    assert!(report.total.invocations.abs_diff(50_000) <= 1 && report.total.throttled().abs_diff(50_000) <= 1);
    spec.account.concurrency_limit = 2_000;
    spec.account.scaling_environments = 2_000;
    assert_eq!(run_all(&spec).report.total.throttled(), 0);
}

#[test]
fn reserved_concurrency_is_a_ceiling_and_is_set_aside() {
    let mut spec = one(3.0, constant(10_000.0), per_s(400.0));
    spec.functions.push(function("g", constant(10_000.0)));
    spec.functions.push(function("h", constant(10_000.0)));
    spec.functions[0].reserved_concurrency = Some(400);
    spec.functions[1].reserved_concurrency = Some(400);
    spec.sources.push(source("s3", "h", per_s(100.0)));
    let report = run_all(&spec).report;
    let [f, g, h] = &report.functions[..] else { panic!("three functions") };
    assert_eq!((f.invocations, throttled(f, ThrottleCause::ReservedConcurrency)), (400, 800));
    assert_eq!(g.attempts, 0);
    assert_eq!((h.invocations, throttled(h, ThrottleCause::AccountConcurrency)), (200, 100));
    spec.functions[0].reserved_concurrency = Some(0);
    assert_eq!(throttled(&run_all(&spec).report.functions[0], ThrottleCause::ReservedZero), 1_200);
}

#[test]
fn provisioned_concurrency_spills_into_what_is_left_of_the_account() {
    let mut spec = one(3.0, constant(10_000.0), per_s(400.0));
    spec.functions[0].provisioned = vec![provisioned(400)];
    spec.functions.push(function("g", constant(10_000.0)));
    let report = run_all(&spec).report;
    let f = &report.functions[0];
    assert_eq!((f.provisioned_invocations, f.spilled(), f.cold_starts, f.throttled()), (400, 600, 600, 200));
    assert_eq!(throttled(f, ThrottleCause::AccountConcurrency), 200);
}

#[test]
fn provisioned_units_are_part_of_the_reserved_concurrency() {
    let mut spec = one(3.0, constant(10_000.0), per_s(400.0));
    spec.functions[0].provisioned = vec![provisioned(200)];
    spec.functions[0].reserved_concurrency = Some(400);
    let f = &run_all(&spec).report.functions[0];
    assert_eq!((f.provisioned_invocations, f.cold_starts, throttled(f, ThrottleCause::ReservedConcurrency)), (200, 200, 800));
}

#[test]
fn ten_units_spill_at_a_hundred_requests_a_second() {
    let mut spec = one(10.0, constant(10.0), per_s(200.0));
    spec.functions[0].provisioned = vec![provisioned(10)];
    let f = &run_all(&spec).report.functions[0];
    // One second's allowance more, because the bucket starts full.
    assert!(f.provisioned_invocations.abs_diff(1_100) <= 1);
    assert_eq!(f.spillover, [0, 2_000 - f.provisioned_invocations]);
}

#[test]
fn nothing_provisioned_is_usable_before_all_of_it_is() {
    let mut spec = one(200.0, constant(10.0), per_s(1.0));
    spec.functions[0].provisioned =
        vec![ProvisionedSpec { ready_at_start: false, preparation_s: 60.0, until_s: Some(170.0), ..provisioned(5_000) }];
    spec.account.concurrency_limit = 6_000;
    let output = run_all(&spec);
    let timeline = output.timeline.unwrap();
    let ready: Vec<u64> = timeline.events.iter().filter(|e| matches!(e.kind, TimelineKind::Ready { .. })).map(|e| e.at_us).collect();
    assert_eq!((ready.len(), ready[0], ready[4_999]), (5_000, 110_000_000, 110_000_000));
    let f = &output.report.functions[0];
    assert_eq!((f.provisioned_invocations, f.provisioned_unit_us), (60, 5_000 * 60_000_000));
    assert_eq!(output.report.minutes.iter().map(|row| row.provisioned_ready).collect::<Vec<_>>(), [0, 5_000, 0, 0]);
}

#[test]
fn three_idle_environments_leave_seven_of_ten_cold() {
    let sends = vec![SendSpec { at_s: 0.0, requests: 3 }, SendSpec { at_s: 10.0, requests: 10 }];
    let report = run_all(&one(60.0, constant(100.0), ArrivalsSpec::Log { sends })).report;
    assert_eq!((report.total.cold_starts, report.total.warm_starts), (10, 3));
    assert_eq!(report.total.cold_by_cause, [1, 9, 0, 0, 0]);
}

#[test]
fn scaling_adds_a_thousand_and_then_a_hundred_a_second() {
    let mut spec = one(20.0, constant(100_000.0), per_s(5_000.0));
    spec.account.concurrency_limit = 100_000;
    let output = run_all(&spec);
    let started = |by_s: u64| {
        let events = &output.timeline.as_ref().unwrap().events;
        events.iter().filter(|e| matches!(e.kind, TimelineKind::Starting { .. }) && e.at_us <= by_s * 1_000_000).count() as u64
    };
    for (by_s, expected) in [(1, 1_100), (5, 1_500), (10, 2_000), (19, 2_900)] {
        assert!(started(by_s).abs_diff(expected) <= 1, "{by_s} s: {}", started(by_s));
    }
    assert!(throttled(&output.report.total, ThrottleCause::ScalingRate) > 0);
}

#[test]
fn processor_time_follows_memory_up_to_one_core() {
    for (memory_mb, us) in [(128, 1_382_031), (256, 691_016), (512, 345_508), (1_024, 172_754), (1_769, 100_000), (3_008, 100_000)] {
        let mut spec = one(1.0, constant(100.0), at(&[0.0], &[]));
        spec.functions[0].memory_mb = memory_mb;
        assert_eq!(run_all(&spec).report.total.duration_us, us);
        spec.functions[0].handler.cpu = constant(20.0);
        spec.functions[0].handler.wait = constant(80.0);
        assert_eq!(run_all(&spec).report.total.duration_us, us / 5 + 80_000 + u128::from(us % 5 > 2));
    }
    let mut spec = one(1.0, constant(100.0), at(&[0.0], &[]));
    (spec.functions[0].memory_mb, spec.functions[0].handler.threads) = (3_538, 2);
    assert_eq!(run_all(&spec).report.total.duration_us, 50_000);
}

#[test]
fn an_environment_is_reclaimed_once_idle_for_longer() {
    let mut spec = one(100.0, constant(1_000.0), at(&[0.0, 11.0, 22.000_001], &[]));
    spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s: 10.0 };
    let output = run_all(&spec);
    assert_eq!(output.report.total.cold_by_cause, [1, 0, 1, 0, 0]);
    let ended: Vec<u64> = events(&output, |kind| matches!(kind, TimelineKind::Ended { .. }));
    assert_eq!(ended, [22_000_001, 33_000_002]);
    assert_eq!(output.report.total.idle_env_us, 10_000_000 + 10_000_001 + 10_000_001);
}

fn events(output: &crate::RunOutput, which: impl Fn(TimelineKind) -> bool) -> Vec<u64> {
    output.timeline.iter().flat_map(|timeline| &timeline.events).filter(|event| which(event.kind)).map(|event| event.at_us).collect()
}

/// A function whose INIT takes `init_ms`.
fn with_init(init_ms: f64) -> impl Fn(&mut FunctionSpec) {
    move |function| {
        function.init.sandbox = constant(100.0);
        function.init.code = constant(init_ms);
    }
}

fn ran(spec: &ScenarioSpec) -> Vec<(u64, u64, u64, u64, Outcome)> {
    let attempts = run_all(spec).timeline.unwrap().attempts;
    let one = |result| match result {
        AttemptResult::Ran { sandbox_us, init_us, duration_us, billed_ms, outcome, .. } => {
            (sandbox_us, init_us, duration_us, billed_ms, outcome)
        }
        AttemptResult::Throttled { .. } => panic!("throttled"),
    };
    attempts.iter().map(|attempt| one(attempt.result)).collect()
}

#[test]
fn a_cold_start_waits_for_sandbox_and_init_and_pays_for_init() {
    let mut spec = one(10.0, constant(133.61), at(&[0.0, 5.0], &[]));
    with_init(80.0)(&mut spec.functions[0]);
    spec.functions[0].handler.first_run_cpu = constant(10.0);
    let (cold, warm) = ((100_000, 80_000, 143_610, 224, Outcome::Success), (0, 0, 133_610, 134, Outcome::Success));
    assert_eq!(ran(&spec), [cold, warm]);
    let report = run_all(&spec).report;
    assert_eq!((report.total.latency.max_us, report.total.latency.min_us), (323_610, 133_610));
    assert_eq!((report.total.init.count, report.total.init.sum_us), (1, 80_000));
    assert_eq!(report.total.billed_ms, 358);
}

#[test]
fn an_init_past_its_limit_is_repeated_under_the_timeout() {
    let mut spec = one(100.0, constant(50.0), at(&[0.0, 60.0], &[]));
    with_init(12_000.0)(&mut spec.functions[0]);
    spec.functions[0].timeout_ms = 3_000;
    let timeout = |init| (if init > 0 { 100_000 } else { 0 }, init, 3_000_000, 3_000 + init / 1_000, Outcome::Timeout);
    assert_eq!(ran(&spec), [timeout(10_000_000), timeout(0)]);
    assert_eq!(run_all(&spec).report.total.init_timeouts, 1);
    spec.functions[0].timeout_ms = 15_000;
    assert_eq!(ran(&spec)[0], (100_000, 10_000_000, 12_050_000, 22_050, Outcome::Success));
}

#[test]
fn a_crash_leaves_the_environment_and_repeats_init_in_the_next_duration() {
    let mut spec = one(10.0, constant(100.0), at(&[0.0, 5.0], &[]));
    with_init(80.0)(&mut spec.functions[0]);
    spec.functions[0].handler.crash_rate = 1.0;
    let expected = [(100_000, 80_000, 100_000, 180, Outcome::Crash), (0, 0, 180_000, 180, Outcome::Crash)];
    assert_eq!(ran(&spec), expected);
    spec.functions[0].handler.crash_rate = 0.0;
    spec.functions[0].handler.error_rate = 1.0;
    assert_eq!(ran(&spec)[1], (0, 0, 100_000, 100, Outcome::Error));
    assert_eq!(run_all(&spec).report.total.requests_lost_to_errors, 2);
}

#[test]
fn a_deploy_ends_idle_environments_at_once_and_busy_ones_when_they_finish() {
    let mut spec = one(60.0, constant(2_000.0), at(&[0.0, 1.0, 9.0, 10.5, 12.0], &[]));
    spec.functions[0].deploys = vec![DeploySpec { at_s: 10.0 }];
    let output = run_all(&spec);
    assert_eq!(events(&output, |kind| matches!(kind, TimelineKind::Ended { .. })), [10_000_000, 11_000_000]);
    assert_eq!(output.report.total.cold_by_cause, [1, 1, 0, 0, 2]);
    assert_eq!(environments(&spec), [0, 1, 1, 2, 3].map(Some));
}

#[test]
fn an_alias_moves_its_traffic_when_the_new_units_are_ready() {
    let mut spec = one(300.0, constant(100.0), per_s(1.0));
    spec.functions[0].provisioned = vec![provisioned(2)];
    spec.functions[0].deploys = vec![DeploySpec { at_s: 100.0 }];
    let output = run_all(&spec);
    assert_eq!((output.report.total.provisioned_invocations, output.report.total.cold_starts), (300, 0));
    assert_eq!(events(&output, |kind| matches!(kind, TimelineKind::Deployed { version: 2 })), [190_020_000]);
    assert_eq!(output.report.total.provisioned_unit_us, 2 * 300_000_000);
    spec.functions[0].provisioned[0].bound_to = crate::spec::BoundToSpec::Version;
    let output = run_all(&spec);
    assert_eq!((output.report.total.provisioned_invocations, output.report.total.cold_starts), (100, 1));
    assert_eq!(events(&output, |kind| matches!(kind, TimelineKind::Deployed { version: 2 })), [100_000_000]);
    assert_eq!(output.report.total.provisioned_unit_us, 2 * 300_000_000);
}

#[test]
fn environments_are_recycled_at_the_end_of_their_life() {
    let mut spec = one(100.0, constant(2_000.0), at(&[0.0, 9.0, 20.0, 35.0], &[]));
    spec.functions[0].max_life = MaxLifeSpec::Uniform { low_s: 10.0, high_s: 10.0 };
    let output = run_all(&spec);
    // Past its life when it finishes (11 s); then while idle (30 s and 45 s).
    assert_eq!(events(&output, |kind| matches!(kind, TimelineKind::Ended { .. })), [11_000_000, 30_000_000, 45_000_000]);
    assert_eq!(output.report.total.cold_by_cause, [1, 0, 0, 2, 0]);
}

#[test]
fn callers_retry_as_their_policy_says() {
    let mut spec = one(10.0, constant(1_000.0), at(&[0.0, 0.0], &[]));
    spec.functions[0].reserved_concurrency = Some(1);
    spec.sources[0].retry =
        crate::spec::RetrySpec { policy: RetryPolicySpec::Exponential, max_attempts: 5, base_ms: 200.0, cap_ms: 500.0, on_errors: true };
    let output = run_all(&spec);
    let attempts: Vec<u64> = output.timeline.unwrap().attempts.iter().map(|attempt| attempt.started_us).collect();
    assert_eq!(attempts, [0, 0, 200_000, 600_000, 1_100_000]);
    let total = &output.report.total;
    assert_eq!((total.successes, total.throttled(), total.attempts, total.latency.max_us), (2, 3, 5, 2_100_000));
    spec.sources[0].retry.max_attempts = 2;
    assert_eq!(run_all(&spec).report.total.requests_lost_to_throttles, 1);
    spec.sources[0].retry.policy = RetryPolicySpec::Immediate;
    spec.functions[0].handler.error_rate = 1.0;
    let total = run_all(&spec).report.total;
    assert_eq!((total.attempts, total.requests_lost_to_errors, total.requests_lost_to_throttles), (4, 1, 1));
}

#[test]
fn pings_are_billed_and_counted_and_not_in_the_latency() {
    let mut spec = one(600.0, exponential(100.0), poisson(0.5));
    let mut ping = source("p", "f", ArrivalsSpec::Cron { every_s: 60.0, first_s: 0.0, requests: 2 });
    ping.kind = SourceKindSpec::Ping { handler_ms: 1.0 };
    spec.sources.push(ping);
    let total = run_all(&spec).report.total;
    assert_eq!(total.pings, 20);
    assert_eq!(total.requests, total.successes);
    assert_eq!(total.latency.count, total.requests - 20);
}

#[test]
fn the_causes_of_cold_starts_are_told_apart() {
    assert_eq!([ColdCause::First, ColdCause::Deploy].map(|cause| cause as usize), [0, 4]);
}
