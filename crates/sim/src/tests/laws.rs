//! Laws that every run obeys, whatever the scenario.

use super::fixtures::{at, exponential, function, one, poisson, run_all, source};
use crate::spec::{
    AccountSpec, ArrivalsSpec, DeploySpec, DistributionSpec, MaxLifeSpec, ProvisionedSpec, ReclaimSpec, RetryPolicySpec, RetrySpec,
    ReuseSpec, SourceKindSpec,
};
use crate::{AttemptResult, EnginePath, Report, RunOptions, RunOutput, Scenario, ScenarioSpec, Seed, SimTime, Simulation, Timeline};
use crate::{TimelineKind, TimelineOptions, run};
use proptest::prelude::*;

const CASES: u32 = 48;

fn durations() -> impl Strategy<Value = DistributionSpec> {
    prop_oneof![
        (1.0..2_000.0).prop_map(DistributionSpec::constant),
        (1.0..1_000.0).prop_map(exponential),
        (1.0..300.0, 1.5..8.0).prop_map(|(mean_ms, ratio)| DistributionSpec::Lognormal { mean_ms, p99_ms: mean_ms * ratio }),
        (1.0..300.0, 0.0..900.0).prop_map(|(low_ms, span)| DistributionSpec::Uniform { low_ms, high_ms: low_ms + span }),
    ]
}

fn arrivals() -> impl Strategy<Value = ArrivalsSpec> {
    prop_oneof![
        (0.2..60.0).prop_map(poisson),
        (0.2..60.0).prop_map(|per_s| ArrivalsSpec::Constant { per_s }),
        (1.0..20.0, 1_u32..30).prop_map(|(every_s, requests)| ArrivalsSpec::Cron { every_s, first_s: 0.5, requests }),
        prop::collection::vec(0_u32..600, 1..4).prop_map(|counts| ArrivalsSpec::PerMinute { counts }),
        (0.0..80.0, 0.0..5.0, 0.5..20.0, 0.5..20.0).prop_map(|(on_per_s, off_per_s, on_mean_s, off_mean_s)| ArrivalsSpec::OnOff {
            on_per_s,
            off_per_s,
            on_mean_s,
            off_mean_s
        }),
    ]
}

/// Scenarios that the plain shape can run.
fn plain() -> impl Strategy<Value = ScenarioSpec> {
    let reclaim = prop_oneof![
        Just(ReclaimSpec::Never),
        (0.01..30.0).prop_map(|idle_life_s| ReclaimSpec::Constant { idle_life_s }),
        Just(ReclaimSpec::default())
    ];
    let limits = (1_u32..80, 1_u32..40, prop::option::of(0_u32..40), 0_u32..12);
    let handler = (durations(), prop::option::of(durations()), 0.0_f64..0.2, 0.0_f64..0.1, 200_u64..4_000);
    let rest = (20.0_f64..150.0, 0.0_f64..40.0, prop::option::weighted(0.2, 0.0_f64..50.0), any::<bool>());
    (handler, arrivals(), reclaim, limits, rest).prop_map(|(handler, arrivals, reclaim, limits, rest)| {
        let mut spec = one(rest.0, handler.0, arrivals);
        spec.run.warm_up_s = rest.1.min(rest.0);
        let function = &mut spec.functions[0];
        if let Some(wait) = handler.1 {
            function.handler.wait = wait;
        }
        (function.handler.error_rate, function.handler.crash_rate, function.timeout_ms) = (handler.2, handler.3, handler.4);
        function.handler.first_run_cpu = DistributionSpec::constant(30.0);
        if rest.3 {
            function.init = crate::spec::InitSpec::default();
        }
        function.reclaim = reclaim;
        function.reserved_concurrency = limits.2;
        if limits.3 > 0 && limits.2.is_none_or(|reserved| reserved >= limits.3) {
            function.provisioned = vec![provisioned(limits.3)];
        }
        spec.account = AccountSpec { concurrency_limit: limits.0, scaling_environments: limits.1, ..AccountSpec::default() };
        if let Some(handler_ms) = rest.2 {
            spec.sources[0].kind = SourceKindSpec::Ping { handler_ms };
        }
        spec
    })
}

fn provisioned(units: u32) -> ProvisionedSpec {
    ProvisionedSpec { units, from_s: 0.0, until_s: None, ready_at_start: true, preparation_s: 0.0, bound_to: Default::default() }
}

/// Scenarios with everything in them.
fn general() -> impl Strategy<Value = ScenarioSpec> {
    let reuse = prop_oneof![
        Just(ReuseSpec::MostRecentlyUsed),
        Just(ReuseSpec::LeastRecentlyUsed),
        Just(ReuseSpec::NewestCreated),
        Just(ReuseSpec::OldestCreated),
        Just(ReuseSpec::Random)
    ];
    let policy = prop_oneof![Just(RetryPolicySpec::Immediate), Just(RetryPolicySpec::Exponential), Just(RetryPolicySpec::FullJitter)];
    let lives = (prop::option::of(0.5..30.0), prop::option::of(1.0..30.0));
    let windows = (0.0..40.0, 1.0..60.0, 0.0..10.0, any::<bool>(), prop::option::of(5.0..100.0), prop::option::of(5.0..100.0));
    (plain(), arrivals(), arrivals(), reuse, policy, lives, windows).prop_map(|(mut spec, second, third, reuse, policy, lives, windows)| {
        spec.sources.push(source("second", "f", second));
        spec.functions.push(function("g", exponential(200.0)));
        spec.sources.push(source("third", "g", third));
        for source in &mut spec.sources {
            source.retry = RetrySpec { policy, max_attempts: 4, base_ms: 50.0, cap_ms: 2_000.0, on_errors: true };
        }
        let function = &mut spec.functions[0];
        function.reuse = reuse;
        if let Some(mean_s) = lives.0 {
            function.reclaim = ReclaimSpec::Exponential { mean_s };
        }
        if let Some(low_s) = lives.1 {
            function.max_life = MaxLifeSpec::Uniform { low_s, high_s: low_s * 2.0 };
        }
        for window in &mut function.provisioned {
            window.from_s = windows.0;
            window.until_s = Some(windows.0 + windows.1);
            window.preparation_s = windows.2;
            window.ready_at_start = windows.3;
            window.bound_to = if windows.3 { crate::spec::BoundToSpec::Alias } else { crate::spec::BoundToSpec::Version };
        }
        let mut deploys: Vec<f64> = [windows.4, windows.5].into_iter().flatten().collect();
        deploys.sort_by(f64::total_cmp);
        function.deploys = deploys.into_iter().map(|at_s| DeploySpec { at_s }).collect();
        spec
    })
}

fn run_with(spec: &ScenarioSpec, path: EnginePath) -> RunOutput {
    let timeline = Some(TimelineOptions { window_us: (0, u64::MAX), max_entries: 1_000_000 });
    run(&Scenario::build(spec), Seed(7), RunOptions { digest: true, timeline, path, ..RunOptions::default() })
}

/// What must add up in any report without warm-up.
fn check_sums(report: &Report) {
    for f in report.functions.iter().chain([&report.total]) {
        assert_eq!(f.attempts, f.invocations + f.throttled());
        assert_eq!(f.invocations, f.cold_starts + f.warm_starts);
        assert_eq!(f.cold_starts, f.cold_by_cause.iter().sum::<u64>());
        assert_eq!(f.invocations, f.outcomes.iter().sum::<u64>());
        assert_eq!(f.requests, f.successes + f.requests_lost_to_throttles + f.requests_lost_to_errors);
        assert!(f.billed_ms * 1_000 + f.billed_provisioned_ms * 1_000 >= f.duration_us);
        assert!(f.environments_ended <= f.environments_started);
        let measured = report.measured_us.1 - report.measured_us.0;
        assert_eq!(f.concurrency_time_us.iter().sum::<u64>(), measured);
        let busy: u128 = (0..).zip(&f.concurrency_time_us).map(|(level, time): (u128, _)| level * u128::from(*time)).sum();
        assert_eq!(f.busy_env_us, busy);
    }
    let of_minutes = |count: fn(&crate::MinuteRow) -> u64| report.minutes.iter().map(count).sum::<u64>();
    assert_eq!(of_minutes(|row| row.invocations), report.total.invocations);
    assert_eq!(of_minutes(|row| row.throttled), report.total.throttled());
    assert_eq!(of_minutes(|row| row.requests), report.total.requests);
    assert_eq!(of_minutes(|row| row.cold_starts), report.total.cold_starts);
    assert!(report.minutes.iter().all(|row| row.p50_us <= row.p90_us && row.p90_us <= row.p99_us));
}

/// Follows every environment through the timeline and checks that no limit is passed and that it does one thing at a time.
fn check_timeline(spec: &ScenarioSpec, report: &Report, timeline: &Timeline) {
    assert_eq!(timeline.dropped, 0);
    assert!(timeline.events.is_sorted_by_key(|event| event.at_us));
    assert!(timeline.attempts.is_sorted_by_key(|attempt| attempt.started_us));
    let mut until: std::collections::BTreeMap<u32, u64> = Default::default();
    let mut ended: std::collections::BTreeMap<u32, u64> = Default::default();
    for event in &timeline.events {
        if let TimelineKind::Ended { environment } = event.kind {
            assert!(ended.insert(environment, event.at_us).is_none());
        }
    }
    let mut sum = 0;
    let end = report.measured_us.1;
    for attempt in &timeline.attempts {
        let AttemptResult::Ran { environment, sandbox_us, init_us, duration_us, billed_ms, .. } = attempt.result else { continue };
        assert!(duration_us <= spec.functions[usize::from(attempt.function)].timeout_ms * 1_000);
        assert!(billed_ms * 1_000 >= duration_us);
        let until_us = attempt.started_us + sandbox_us + init_us + duration_us;
        assert!(until.insert(environment, until_us).is_none_or(|before| before <= attempt.started_us));
        assert!(ended.get(&environment).is_none_or(|ended| *ended >= until_us));
        sum += u128::from(until_us.min(end) - attempt.started_us.min(end));
    }
    assert_eq!(report.total.busy_env_us, sum);
    assert!(report.total.concurrency_max <= spec.account.concurrency_limit.max(spec.functions.iter().map(set_aside).sum()) * 2);
    for (f, function) in report.functions.iter().zip(&spec.functions) {
        // Units that come or go while invocations are under way may pass the mark for a moment.
        if let (Some(reserved), true) = (function.reserved_concurrency, function.provisioned.is_empty()) {
            assert!(f.concurrency_max <= reserved);
        }
    }
}

fn set_aside(function: &crate::spec::FunctionSpec) -> u32 {
    let units = function.provisioned.iter().map(|provisioned| provisioned.units).sum();
    function.reserved_concurrency.unwrap_or(units).max(units)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn both_shapes_give_the_same(spec in plain()) {
        let scenario = Scenario::build(&spec);
        prop_assert!(crate::engine::Plain::suits(&scenario));
        let (plain, general) = (run_with(&spec, EnginePath::Auto), run_with(&spec, EnginePath::General));
        prop_assert_eq!(&plain.report, &general.report);
        prop_assert_eq!(&plain.timeline, &general.timeline);
        prop_assert_eq!(plain.digest, general.digest);
        let graph = run_with(&spec, EnginePath::Graph);
        prop_assert_eq!(&plain.report, &graph.report);
        prop_assert_eq!(plain.digest, graph.digest);
        let silent = run(&scenario, Seed(7), RunOptions::default());
        prop_assert_eq!(silent.report, plain.report);
    }

    #[test]
    fn everything_adds_up(mut spec in general()) {
        let output = run_with(&spec, EnginePath::Auto);
        prop_assert!(output.report.measured_us.0 <= output.report.measured_us.1);
        spec.run.warm_up_s = 0.0;
        let output = run_with(&spec, EnginePath::Auto);
        check_sums(&output.report);
        if spec.functions[0].deploys.is_empty() {
            check_timeline(&spec, &output.report, output.timeline.as_ref().unwrap());
        }
    }

    #[test]
    fn slices_change_nothing(spec in general(), slice in 1_u64..500, step_us in 1_000_u64..30_000_000) {
        let scenario = Scenario::build(&spec);
        let options = RunOptions { digest: true, ..RunOptions::default() };
        let whole = run(&scenario, Seed(3), options);
        let mut by_events = Simulation::new(&scenario, Seed(3), options);
        while by_events.run_events(slice) {}
        prop_assert_eq!(&by_events.finish(), &whole);
        let mut by_time = Simulation::new(&scenario, Seed(3), options);
        let mut until = 0;
        while by_time.run_until(SimTime(until)) {
            prop_assert!(by_time.now() <= SimTime(until));
            until += step_us;
        }
        prop_assert_eq!(&by_time.finish(), &whole);
    }

    #[test]
    fn the_seed_decides(spec in general()) {
        let scenario = Scenario::build(&spec);
        let options = RunOptions { digest: true, ..RunOptions::default() };
        prop_assert_eq!(run(&scenario, Seed(5), options), run(&scenario, Seed(5), options));
    }

    #[test]
    fn a_thousand_times_slower_is_the_same(gaps in prop::collection::vec((0_u32..5_000_000, 1_u32..3_000_000), 1..200), idle_us in 1_u32..9_000_000) {
        let trace = |scale: f64| {
            let mut now = 0.0;
            let times: Vec<f64> = gaps.iter().map(|(gap, _)| { now += f64::from(*gap); now * scale / 1e6 }).collect();
            let durations: Vec<f64> = gaps.iter().map(|(_, us)| f64::from(*us) * scale / 1e3).collect();
            let mut spec = one((now + 2.0) * scale / 1e6, exponential(1.0), at(&times, &durations));
            spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s: f64::from(idle_us) * scale / 1e6 };
            spec.functions[0].timeout_ms = 900_000_000;
            run_all(&spec).report.total
        };
        let (one, many) = (trace(1.0), trace(1_024.0));
        prop_assert_eq!((one.cold_starts, one.warm_starts, one.concurrency_max), (many.cold_starts, many.warm_starts, many.concurrency_max));
    }

    #[test]
    fn without_expiry_and_limits_cold_starts_are_the_maximum_concurrency(arrivals in arrivals(), law in durations()) {
        let mut spec = one(60.0, law, arrivals);
        spec.account.concurrency_limit = 100_000;
        spec.account.scaling_environments = 100_000;
        let total = run_all(&spec).report.total;
        prop_assert_eq!(total.cold_starts, u64::from(total.concurrency_max));
        prop_assert_eq!(total.cold_starts, total.cold_by_cause[0] + total.cold_by_cause[1]);
    }

    #[test]
    fn a_longer_idle_life_never_gives_more_cold_starts(arrivals in arrivals(), law in durations(), idle_life_s in 0.01..5.0, factor in 1.0..5.0) {
        let cold = |idle_life_s| {
            let mut spec = one(100.0, law.clone(), arrivals.clone());
            spec.account.concurrency_limit = 100_000;
            spec.account.scaling_environments = 100_000;
            spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s };
            run_all(&spec).report.total.cold_starts
        };
        prop_assert!(cold(idle_life_s * factor) <= cold(idle_life_s));
    }

    #[test]
    fn memory_moves_no_draw(memory_mb in 128_u32..10_240, arrivals in arrivals()) {
        let attempts = |memory_mb| {
            let mut spec = one(60.0, exponential(50.0), arrivals.clone());
            spec.account.concurrency_limit = 100_000;
            spec.account.scaling_environments = 100_000;
            spec.functions[0].memory_mb = memory_mb;
            run_all(&spec).timeline.unwrap().attempts
        };
        let share = (f64::from(memory_mb) / 1_769.0).min(1.0);
        for (one, other) in attempts(1_769).iter().zip(attempts(memory_mb)) {
            prop_assert_eq!(one.arrived_us, other.arrived_us);
            let (AttemptResult::Ran { duration_us: a, .. }, AttemptResult::Ran { duration_us: b, .. }) = (one.result, other.result) else {
                panic!("throttled")
            };
            prop_assert!((a as f64 / share - b as f64).abs() <= 1.0 + 0.5 / share);
        }
    }
}

#[test]
fn a_budget_ends_the_run_and_the_report_covers_what_was_run() {
    let mut spec = one(600.0, exponential(1_000.0), poisson(100.0));
    spec.run.max_events = 20_000;
    let outputs = [EnginePath::Auto, EnginePath::General].map(|path| run_with(&spec, path));
    assert_eq!(outputs[0], outputs[1]);
    let report = &outputs[0].report;
    assert_eq!((report.outcome, report.events), (crate::RunOutcome::EventBudget, 20_000));
    let busy: u128 = (0..).zip(&report.total.concurrency_time_us).map(|(level, time): (u128, _)| level * u128::from(*time)).sum();
    assert_eq!((report.measured_us.1, report.total.busy_env_us), (report.ended_at_us, busy));
    (spec.run.max_events, spec.run.max_environments) = (1_000_000, 50);
    let report = run_with(&spec, EnginePath::Auto).report;
    assert_eq!((report.outcome, report.total.environments_max), (crate::RunOutcome::EnvironmentBudget, 50));
}

#[test]
fn a_run_can_be_reported_before_its_end() {
    let scenario = Scenario::build(&one(600.0, exponential(1_000.0), poisson(50.0)));
    let mut simulation = Simulation::new(&scenario, Seed(1), RunOptions::default());
    assert!(simulation.run_until(SimTime(90_000_000)));
    assert!((simulation.progress() - 0.15).abs() < 0.001);
    let report = simulation.finish_here().report;
    assert_eq!((report.minutes.len(), report.outcome), (2, crate::RunOutcome::Completed));
    assert!((report.total.busy_env_us as f64 / report.measured_us.1 as f64 - 50.0).abs() < 10.0);
}
