//! Laws that hold for every scenario, over generated ones.

mod behaviour;
mod checks;
mod features;
mod generator;
mod network;
mod pairs;
mod queues;

use crate::support::{no_init, recorded, scenario, spec};
use crate::trace_replay::{Log, replay, replay_by_hand};
use checks::LAWS;
use coldstart_sim::spec::{DeploySpec, DistributionSpec, ReclaimSpec, ScenarioSpec};
use coldstart_sim::{AttemptResult, EnginePath, Outcome, RunOptions, RunOutput, Seed, Simulation, TimelineKind, run};
use features::FEATURES;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Scenarios tried, and how many of them each feature must act in.
const SCENARIOS: u32 = 400;
const ACTED_AT_LEAST: u32 = 8;

/// The same cases on every machine: a failure here is a failure everywhere.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn for_each(cases: u32, law: impl Fn(&ScenarioSpec) -> Result<(), String>) {
    let result = runner(cases).run(&generator::scenarios(), |spec| {
        law(&spec).map_err(|broken| {
            let text = toml::to_string(&spec).unwrap_or_else(|error| error.to_string());
            TestCaseError::fail(format!("{broken}\n{text}"))
        })
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

#[test]
fn laws_hold_and_every_feature_acts() {
    let acted: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    for_each(SCENARIOS, |spec| {
        let output = recorded(spec);
        for (name, acts) in FEATURES {
            *acted.borrow_mut().entry(name).or_default() += u32::from(acts(spec, &output));
        }
        LAWS.iter().try_for_each(|(name, law)| law(spec, &output).map_err(|broken| format!("{name}: {broken}")))
    });
    let rare: Vec<_> = acted.into_inner().into_iter().filter(|(_, count)| *count < ACTED_AT_LEAST).collect();
    assert!(rare.is_empty(), "acted in too few of {SCENARIOS} scenarios: {rare:?}");
}

#[test]
fn the_same_seed_twice_and_every_path_give_the_same_run() {
    for_each(150, |spec| {
        let scenario = scenario(spec);
        let with = |path| {
            let output = run(&scenario, Seed(spec.run.seed), RunOptions { digest: true, path, ..RunOptions::default() });
            (output.digest.map(|digest| digest.to_string()), output.report)
        };
        let first = with(EnginePath::Auto);
        if first != with(EnginePath::Auto) {
            return Err("the same seed gave another run".to_owned());
        }
        if first != with(EnginePath::General) {
            return Err("the general path gave another run".to_owned());
        }
        if first != with(EnginePath::Graph) {
            return Err("the graph gave another run".to_owned());
        }
        let lean = |digest| {
            let options = RunOptions { digest, ..RunOptions::default() };
            let output = Simulation::without_network(&scenario, Seed(spec.run.seed), options).finish();
            (output.digest.map(|digest| digest.to_string()), output.report)
        };
        if first != lean(true) {
            return Err("the worker's way gave another run".to_owned());
        }
        if first.1 != lean(false).1 {
            return Err("the worker's way without a record gave another run".to_owned());
        }
        Ok(())
    });
}

/// The scenarios of the fast path's own ground, which a general generator seldom meets.
#[test]
fn both_paths_agree_on_plain_pools() {
    let rates = (0.01..200.0_f64, 1.0..2_000.0_f64, 0.5..60.0_f64, prop::option::of(1_u32..30), any::<u32>());
    let result = runner(100).run(&rates, |(per_s, mean_ms, idle_life_s, reserved, seed)| {
        let mut spec = spec("ground-truth-pool");
        spec.run.duration_s = 100.0;
        spec.sources[0].arrivals = coldstart_sim::spec::ArrivalsSpec::Poisson { per_s };
        spec.functions[0].handler.wait = DistributionSpec::Exponential { mean_ms };
        spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s };
        spec.functions[0].reserved_concurrency = reserved;
        let scenario = scenario(&spec);
        let with = |path| run(&scenario, Seed(u64::from(seed)), RunOptions { digest: true, path, ..RunOptions::default() });
        let (auto, general) = (with(EnginePath::Auto), with(EnginePath::General));
        prop_assert_eq!(auto.digest.map(|d| d.to_string()), general.digest.map(|d| d.to_string()));
        prop_assert_eq!(auto.report, general.report);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// Arrivals and ends on a coarse grid, so that much coincides.
fn logs() -> impl Strategy<Value = Log> {
    vec((0_u64..200, 1_u64..12), 1..120).prop_map(|mut log| {
        log.sort_unstable();
        log.into_iter().map(|(at, duration)| (at * 100_000, duration * 100_000)).collect()
    })
}

#[test]
fn replays_equal_the_rules_word_by_word() {
    let cases = (logs(), prop::option::of(1_u64..30), prop::option::of(1_u32..5));
    let result = runner(300).run(&cases, |(log, life, limit)| {
        let life_us = life.map(|life| life * 100_000);
        prop_assert_eq!(replay(&log, life_us, limit), replay_by_hand(&log, life_us, limit));
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// True only where cold and warm requests take the same and no limit binds: hence on replays.
#[test]
fn a_longer_idle_life_gives_no_more_cold_starts() {
    let result = runner(150).run(&(logs(), 1_u64..20, 1_u64..20), |(log, life, more)| {
        let short = replay(&log, Some(life * 100_000), None).cold;
        let long = replay(&log, Some((life + more) * 100_000), None).cold;
        prop_assert!(long <= short, "{} cold starts after {}", long, short);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// What each request met that no limit or cold start may change: its arrival, and the duration of its first attempt.
fn draws(output: &RunOutput) -> BTreeMap<(u16, u64), (u64, u64)> {
    let timeline = output.timeline.as_ref().expect("a timeline");
    let first = timeline.attempts.iter().filter(|attempt| attempt.attempt == 1);
    first
        .filter_map(|attempt| match attempt.result {
            AttemptResult::Ran { duration_us, outcome: Outcome::Success, .. } => {
                Some(((attempt.source, attempt.request), (attempt.arrived_us, duration_us)))
            }
            _ => None,
        })
        .collect()
}

/// One function whose requests take random work, with room for all of it.
fn paired_base() -> ScenarioSpec {
    let mut spec = spec("ground-truth-pool");
    spec.run.duration_s = 200.0;
    spec.sources[0].arrivals = coldstart_sim::spec::ArrivalsSpec::Poisson { per_s: 10.0 };
    spec.functions[0].handler.cpu = DistributionSpec::Lognormal { mean_ms: 120.0, p99_ms: 700.0 };
    spec.functions[0].handler.wait = DistributionSpec::constant(0.0);
    spec.functions[0].memory_mb = 1_769;
    spec
}

#[test]
fn more_cold_starts_leave_every_draw_where_it_was() {
    let base = paired_base();
    let mut often_cold = base.clone();
    often_cold.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s: 0.2 };
    often_cold.functions[0].init.code = DistributionSpec::Exponential { mean_ms: 300.0 };
    often_cold.functions[0].init.sandbox = DistributionSpec::Uniform { low_ms: 1.0, high_ms: 50.0 };
    often_cold.functions[0].deploys = vec![DeploySpec { at_s: 70.0 }];
    let (base, often_cold) = (recorded(&base), recorded(&often_cold));
    assert!(often_cold.report.total.cold_starts > 10 * base.report.total.cold_starts, "the second run is much colder");
    assert_eq!(draws(&base), draws(&often_cold));
}

#[test]
fn throttles_leave_every_draw_where_it_was() {
    let base = paired_base();
    let mut throttled = base.clone();
    throttled.functions[0].reserved_concurrency = Some(2);
    let (base, throttled) = (draws(&recorded(&base)), draws(&recorded(&throttled)));
    assert!(throttled.len() < base.len() * 9 / 10, "the second run is throttled");
    assert!(throttled.iter().all(|(request, draw)| base[request] == *draw));
}

#[test]
fn memory_stretches_the_same_work() {
    let base = paired_base();
    let mut small = base.clone();
    small.functions[0].memory_mb = 512;
    let (base, small) = (draws(&recorded(&base)), draws(&recorded(&small)));
    assert_eq!(base.keys().collect::<Vec<_>>(), small.keys().collect::<Vec<_>>());
    for (request, (arrived_us, duration_us)) in &base {
        let (arrived_small_us, duration_small_us) = small[request];
        assert_eq!(*arrived_us, arrived_small_us, "arrival of {request:?}");
        // Whole microseconds of work are stretched and rounded once.
        let stretched = duration_us * 1_769;
        assert!(stretched.abs_diff(duration_small_us * 512) <= 1_769 + 512, "work of {request:?}: {duration_us} {duration_small_us}");
    }
}

#[test]
fn a_higher_rate_stretches_the_same_arrivals() {
    let arrivals = |per_s: f64, duration_s: f64| {
        let mut spec = paired_base();
        spec.run.duration_s = duration_s;
        spec.sources[0].arrivals = coldstart_sim::spec::ArrivalsSpec::Poisson { per_s };
        let events = recorded(&spec).timeline.expect("a timeline").events;
        let times = events.into_iter().filter(|event| matches!(event.kind, TimelineKind::Arrived { .. })).map(|event| event.at_us);
        times.collect::<Vec<u64>>()
    };
    let (slow, fast) = (arrivals(5.0, 200.0), arrivals(10.0, 100.0));
    assert!(slow.len().abs_diff(fast.len()) <= 1, "{} and {}", slow.len(), fast.len());
    for (place, (slow_us, fast_us)) in slow.iter().zip(&fast).enumerate() {
        // Each arrival is rounded to a microsecond by itself or as a running sum.
        assert!(slow_us.abs_diff(2 * fast_us) <= 4 + 2 * place as u64, "arrival {place}: {slow_us} and {fast_us}");
    }
}

#[test]
fn budgets_end_a_run_with_their_name() {
    let mut spec = paired_base();
    spec.run.max_events = 1_000;
    assert_eq!(recorded(&spec).report.outcome, coldstart_sim::RunOutcome::EventBudget);
    let mut spec = paired_base();
    spec.functions[0].init = no_init();
    spec.run.max_environments = 2;
    assert_eq!(recorded(&spec).report.outcome, coldstart_sim::RunOutcome::EnvironmentBudget);
    assert_eq!(recorded(&paired_base()).report.outcome, coldstart_sim::RunOutcome::Completed);
}
