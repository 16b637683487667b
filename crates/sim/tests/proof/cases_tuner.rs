//! The power tuner on the worked cases about memory.

use crate::support::{Checks, spec};
use coldstart_sim::Seed;
use coldstart_sim::spec::{DistributionSpec, ScenarioSpec};
use coldstart_sim::tuner::{Trial, TuneOptions, Tuning, tune};

const SIZES_MB: [u32; 7] = [128, 256, 512, 1_024, 1_769, 3_008, 10_240];

fn tuning(spec: &ScenarioSpec, parallel: bool) -> Tuning {
    let options = TuneOptions { sizes_mb: SIZES_MB.to_vec(), invocations: 20, parallel };
    tune(spec, 0, &options, Seed(1)).expect("a sound scenario")
}

fn size(trial: Option<&Trial>) -> u32 {
    trial.expect("a trial").memory_mb
}

/// Dollars for a million invocations, requests included as in the cases.
fn per_million(trial: &Trial) -> f64 {
    trial.cost_pd as f64 / 1e6 + 0.2
}

#[test]
fn t33_processor_bound_work_is_cheapest_and_fastest_at_one_vcpu() {
    let tuning = tuning(&spec("t33"), false);
    let expected = [(1_383.0, 3.081), (692.0, 3.083), (346.0, 3.083), (173.0, 3.083), (100.0, 3.079), (100.0, 5.096), (100.0, 16.867)];
    let mut checks = Checks::new();
    for (trial, (ms, dollars)) in tuning.trials.iter().zip(expected) {
        checks.near(&format!("{} MB, ms", trial.memory_mb), trial.duration_ms, ms, 1e-9);
        checks.near(&format!("{} MB, dollars per million", trial.memory_mb), per_million(trial), dollars, 0.000_5);
        checks.equal("cold starts", trial.cold_starts, 1);
    }
    checks.equal("cheapest", size(tuning.cheapest()), 1_769);
    checks.equal("fastest", size(tuning.fastest()), 1_769);
    checks.equal("balanced", size(tuning.balanced(0.5)), 1_769);
    checks.finish();
}

#[test]
fn t34_mixed_work_has_three_answers() {
    let tuning = tuning(&spec("t34"), false);
    let mut checks = Checks::new();
    for (trial, dollars) in tuning.trials.iter().zip([0.944, 1.113, 1.450, 2.117, 3.079, 5.096]) {
        checks.near(&format!("{} MB, dollars per million", trial.memory_mb), per_million(trial), dollars, 0.000_5);
    }
    checks.equal("cheapest", size(tuning.cheapest()), 128);
    checks.equal("fastest, and of three equals the cheapest", size(tuning.fastest()), 1_769);
    // Half the share of 357 ms and half that of $16.667: 512 MB comes to 0.248, 1,024 MB to 0.219, 1,769 MB to 0.226.
    checks.equal("balanced", size(tuning.balanced(0.5)), 1_024);
    checks.equal("price alone", size(tuning.balanced(1.0)), 128);
    checks.finish();
}

#[test]
fn one_cold_start_is_trimmed_away_and_many_are_not() {
    let mut slow_start = spec("t34");
    slow_start.functions[0].init.code = DistributionSpec::constant(2_000.0);
    let (warm, cold) = (tuning(&slow_start, false), tuning(&slow_start, true));
    for ((warm, cold), plain) in warm.trials.iter().zip(&cold.trials).zip(&tuning(&spec("t34"), false).trials) {
        assert_eq!((warm.cold_starts, cold.cold_starts), (1, 20));
        assert!((warm.duration_ms - plain.duration_ms).abs() < 1e-9, "the mean leaves the one cold start out");
        assert!((cold.duration_ms - plain.duration_ms - 2_000.0).abs() < 1e-9);
    }
}

#[test]
fn a_size_that_the_function_does_not_fit_is_a_problem() {
    let mut large = spec("t34");
    large.functions[0].memory_mb = 512;
    large.functions[0].handler.max_memory_used_mb = 400;
    let problems = tune(&large, 0, &TuneOptions::default(), Seed(1)).expect_err("128 MB are too little");
    assert_eq!(problems[0].path, "functions[0].handler.max_memory_used_mb");
}
