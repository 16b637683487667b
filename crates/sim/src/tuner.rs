//! The power tuner: one function, invoked again and again at each memory size, and which size is cheapest, fastest or best balanced.
//!
//! It reckons as aws-lambda-power-tuning does (<https://github.com/alexcasalboni/aws-lambda-power-tuning>, read 2026-04): billed
//! durations, the fifth lowest and the fifth highest of them left out, their mean rounded up to the next millisecond and priced;
//! requests are not in the price. The function is run by itself: without reserved or provisioned concurrency, other senders or
//! deploys, in environments that are never reclaimed.

use crate::spec::{ArrivalsSpec, AsynchronousSpec, MaxLifeSpec, ReclaimSpec, ScenarioSpec, SendSpec, SourceSpec};
use crate::{AttemptResult, Bill, Problem, RunOptions, Seed, TimelineOptions, Usage, bill, run, validate};
use coldstart_facts as facts;
use serde::Serialize;

/// Memory sizes that the real tool tries unless told otherwise, and the one at which a function has a whole vCPU, in MB.
pub const SIZES_MB: [u32; 7] = [facts::MEMORY_MIN_MB, 256, 512, 1_024, 1_536, facts::ONE_VCPU_AT_MB, 3_008];

/// Share of the durations that is left out at each end.
const TRIMMED: f64 = 0.2;

/// How to tune.
#[derive(Clone, Debug, PartialEq)]
pub struct TuneOptions {
    /// Memory sizes to try, in MB.
    pub sizes_mb: Vec<u32>,
    /// Invocations at each size; at least 5, so that something can be left out.
    pub invocations: u32,
    /// All at once, so that every one of them is a cold start; otherwise one after the other, so that the first one is.
    pub parallel: bool,
}

impl Default for TuneOptions {
    fn default() -> Self {
        Self { sizes_mb: SIZES_MB.to_vec(), invocations: 50, parallel: false }
    }
}

/// What came of one memory size.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// Memory size, in MB.
    pub memory_mb: u32,
    /// Trimmed mean of the billed durations, in milliseconds.
    pub duration_ms: f64,
    /// Price of one invocation of that duration, in picodollars, without the request.
    pub cost_pd: i128,
    /// Cold starts among the invocations.
    pub cold_starts: u64,
    /// Invocations that failed; their durations count as well.
    pub failures: u64,
}

/// What came of all sizes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tuning {
    /// In the order of the sizes.
    pub trials: Vec<Trial>,
}

impl Tuning {
    /// The size with the lowest price; of several the fastest.
    #[must_use]
    pub fn cheapest(&self) -> Option<&Trial> {
        self.least(|trial| (trial.cost_pd as f64, trial.duration_ms))
    }

    /// The size with the shortest duration; of several the cheapest.
    #[must_use]
    pub fn fastest(&self) -> Option<&Trial> {
        self.least(|trial| (trial.duration_ms, trial.cost_pd as f64))
    }

    /// The size with the least sum of price and duration, each as a share of the largest: `weight` times the price (1 looks at the
    /// price alone, 0 at the duration alone; the real tool's default is one half).
    #[must_use]
    pub fn balanced(&self, weight: f64) -> Option<&Trial> {
        let weight = weight.clamp(0.0, 1.0);
        let largest = |of: fn(&Trial) -> f64| self.trials.iter().map(of).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let (cost, duration) = (largest(|trial| trial.cost_pd as f64), largest(|trial| trial.duration_ms));
        self.least(|trial| (weight * trial.cost_pd as f64 / cost + (1.0 - weight) * trial.duration_ms / duration, 0.0))
    }

    fn least(&self, of: impl Fn(&Trial) -> (f64, f64)) -> Option<&Trial> {
        self.trials.iter().min_by(|a, b| {
            let (a, b) = (of(a), of(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        })
    }
}

/// Tunes the scenario's function of this place.
///
/// # Errors
///
/// The problems of the scenario, or of the function at one of the sizes (too little memory for what it uses).
pub fn tune(spec: &ScenarioSpec, function: usize, options: &TuneOptions, seed: Seed) -> Result<Tuning, Vec<Problem>> {
    let trials = options.sizes_mb.iter().map(|memory_mb| trial(spec, function, *memory_mb, options, seed));
    Ok(Tuning { trials: trials.collect::<Result<_, _>>()? })
}

fn trial(spec: &ScenarioSpec, function: usize, memory_mb: u32, options: &TuneOptions, seed: Seed) -> Result<Trial, Vec<Problem>> {
    let alone = alone(spec, function, memory_mb, options);
    let scenario = validate(&alone)?.scenario;
    // An invocation leaves one attempt and a handful of events.
    let timeline = TimelineOptions { window_us: (0, u64::MAX), max_entries: options.invocations.saturating_mul(8).saturating_add(64) };
    let output = run(&scenario, seed, RunOptions { timeline: Some(timeline), ..RunOptions::default() });
    let attempts = output.timeline.map_or_else(Vec::new, |timeline| timeline.attempts);
    let billed = attempts.iter().filter_map(|attempt| match attempt.result {
        AttemptResult::Ran { billed_ms, .. } => Some(billed_ms),
        AttemptResult::Throttled { .. } => None,
    });
    let duration_ms = trimmed_mean(billed.collect());
    let architecture = alone.functions.first().map_or_else(Default::default, |function| function.architecture);
    let usage = Usage { handler_ms: libm::ceil(duration_ms) as u128, ..Usage::default() };
    let Bill { due_pd, .. } = bill::of_usage([("", architecture, memory_mb, usage)], false, 0);
    let total = &output.report.total;
    Ok(Trial { memory_mb, duration_ms, cost_pd: due_pd, cold_starts: total.cold_starts, failures: total.outcomes.iter().skip(1).sum() })
}

/// The function by itself at a memory size, and as many requests as it is to be tried with.
fn alone(spec: &ScenarioSpec, function: usize, memory_mb: u32, options: &TuneOptions) -> ScenarioSpec {
    let mut alone = spec.clone();
    alone.functions = spec.functions.get(function).cloned().into_iter().collect();
    let mut target = String::new();
    // Longer than sandbox, INIT and handler together take.
    let mut apart_s = 120.0;
    for function in &mut alone.functions {
        function.memory_mb = memory_mb;
        function.reclaim = ReclaimSpec::Never;
        function.max_life = MaxLifeSpec::Never;
        function.reserved_concurrency = None;
        function.provisioned = Vec::new();
        function.deploys = Vec::new();
        function.asynchronous = AsynchronousSpec::default();
        target.clone_from(&function.id);
        apart_s += function.timeout_ms as f64 / 1_000.0;
    }
    let sends = if options.parallel {
        vec![SendSpec { at_s: 0.0, requests: options.invocations }]
    } else {
        (0..options.invocations).map(|n| SendSpec { at_s: f64::from(n) * apart_s, requests: 1 }).collect()
    };
    alone.run.duration_s = f64::from(options.invocations) * apart_s;
    alone.run.warm_up_s = 0.0;
    alone.account.concurrency_limit = alone.account.concurrency_limit.max(options.invocations);
    alone.account.scaling_environments = alone.account.scaling_environments.max(options.invocations);
    alone.sources = vec![SourceSpec { id: "tuner".to_owned(), target, arrivals: ArrivalsSpec::Log { sends }, ..SourceSpec::default() }];
    alone.destinations = Vec::new();
    (alone.queues, alone.streams, alone.mappings) = (Vec::new(), Vec::new(), Vec::new());
    alone
}

/// Mean without the lowest and the highest fifth; 0 of nothing.
fn trimmed_mean(mut billed_ms: Vec<u64>) -> f64 {
    billed_ms.sort_unstable();
    let left_out = (billed_ms.len() as f64 * TRIMMED) as usize;
    let kept = billed_ms.get(left_out..billed_ms.len() - left_out).unwrap_or_default();
    if kept.is_empty() { 0.0 } else { kept.iter().sum::<u64>() as f64 / kept.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_left_out_at_each_end() {
        assert!((trimmed_mean(vec![900, 10, 20, 30, 1]) - 20.0).abs() < 1e-12);
        assert!((trimmed_mean(vec![1, 2, 30]) - 11.0).abs() < 1e-12, "three are too few to leave any out");
        assert!(trimmed_mean(Vec::new()).abs() < 1e-12);
        // Of 14, two at each end.
        assert!((trimmed_mean((1..=14).collect()) - 7.5).abs() < 1e-12);
    }

    #[test]
    fn equals_are_told_apart() {
        let trial = |memory_mb, duration_ms, cost_pd| Trial { memory_mb, duration_ms, cost_pd, cold_starts: 1, failures: 0 };
        let tuning = Tuning { trials: vec![trial(128, 200.0, 5), trial(256, 100.0, 5), trial(512, 100.0, 9)] };
        let size = |trial: Option<&Trial>| trial.map(|trial| trial.memory_mb);
        assert_eq!((size(tuning.cheapest()), size(tuning.fastest())), (Some(256), Some(256)));
        assert_eq!((size(tuning.balanced(0.0)), size(Tuning { trials: Vec::new() }.cheapest())), (Some(256), None));
    }
}
