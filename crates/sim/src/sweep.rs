//! A grid of scenarios, each under the same seeds. What a run comes to depends on its scenario and its seed alone, so the grid can be
//! split over any number of threads or workers, in any order: what is gathered is the same to the last bit.

use crate::replicate::{Metric, Replications, metrics};
use crate::{RunOptions, Scenario, Seed, run};

/// Most runs of one sweep.
pub const MAX_RUNS: usize = 100_000;

/// Scenarios and seeds: every scenario is run under every seed.
#[derive(Clone, Debug)]
pub struct Sweep {
    scenarios: Vec<Scenario>,
    first_seed: Seed,
    seeds: usize,
}

/// What one run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    place: usize,
    seed: u64,
    metrics: Vec<Metric>,
}

impl Sweep {
    /// Every scenario under `first_seed` and the `seeds - 1` seeds after it.
    ///
    /// # Errors
    /// When that is no run at all, or more than [`MAX_RUNS`].
    pub fn new(scenarios: Vec<Scenario>, first_seed: Seed, seeds: u32) -> Result<Self, String> {
        let sweep = Self { scenarios, first_seed, seeds: seeds as usize };
        match sweep.runs() {
            0 => Err("a sweep needs a scenario and a seed at least".to_owned()),
            runs if runs > MAX_RUNS => Err(format!("the sweep has {runs} runs; {MAX_RUNS} are allowed")),
            _ => Ok(sweep),
        }
    }

    /// How many runs there are.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.scenarios.len().saturating_mul(self.seeds)
    }

    /// Does the run at `place`, below [`Sweep::runs`]; none beyond. Seed by seed within a scenario.
    #[must_use]
    pub fn run(&self, place: usize) -> Option<Finished> {
        let scenario = self.scenarios.get(place.checked_div(self.seeds)?)?;
        let seed = self.first_seed.0.wrapping_add((place % self.seeds) as u64);
        let report = run(scenario, Seed(seed), RunOptions::default()).report;
        Some(Finished { place, seed, metrics: metrics(&report) })
    }

    /// What each scenario came to, in their order, from runs in any order; none while one is missing or is there twice.
    #[must_use]
    pub fn gather(&self, mut finished: Vec<Finished>) -> Option<Vec<Replications>> {
        finished.sort_by_key(|one| one.place);
        let is_whole = finished.len() == self.runs() && finished.iter().zip(0..).all(|(one, place)| one.place == place);
        let of = |runs: &[Finished]| Replications::of_metrics(runs.iter().map(|one| (one.seed, one.metrics.clone())));
        is_whole.then(|| finished.chunks(self.seeds).map(of).collect())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::spec::ScenarioSpec;
    use crate::{replicate, validate};

    fn scenario(memory_mb: u32) -> Scenario {
        let text = format!(
            r#"{{"schema":1,"run":{{"duration_s":30}},"functions":[{{"id":"f","memory_mb":{memory_mb},"handler":{{"cpu":{{"kind":"exponential","mean_ms":50}}}}}}],
            "sources":[{{"id":"s","target":"f","arrivals":{{"kind":"poisson","per_s":20}}}}]}}"#
        );
        let spec: ScenarioSpec = serde_json::from_str(&text).unwrap();
        validate(&spec).unwrap().scenario
    }

    fn sweep() -> Sweep {
        Sweep::new([128, 512, 1_024].map(scenario).to_vec(), Seed(7), 4).unwrap()
    }

    #[test]
    fn any_order_and_any_split_give_the_same() {
        let sweep = sweep();
        let in_order: Vec<_> = (0..sweep.runs()).filter_map(|place| sweep.run(place)).collect();
        let expected = sweep.gather(in_order.clone()).unwrap();
        let mut backwards = in_order;
        backwards.reverse();
        assert_eq!(sweep.gather(backwards).as_ref(), Some(&expected));
        for threads in [1, 3, 5] {
            let split: Vec<Finished> = std::thread::scope(|scope| {
                let share = |first| (first..sweep.runs()).step_by(threads);
                let handles: Vec<_> = (0..threads)
                    .map(|first| {
                        let sweep = &sweep;
                        scope.spawn(move || share(first).filter_map(|place| sweep.run(place)).collect::<Vec<_>>())
                    })
                    .collect();
                handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
            });
            assert_eq!(sweep.gather(split).as_ref(), Some(&expected), "{threads} threads");
        }
    }

    #[test]
    fn each_scenario_is_what_its_own_replications_are() {
        let sweep = sweep();
        let all = sweep.gather((0..sweep.runs()).filter_map(|place| sweep.run(place)).collect()).unwrap();
        let alone = [128, 512, 1_024].map(|memory_mb| replicate(&scenario(memory_mb), Seed(7), 4));
        assert_eq!(all, alone);
        let p50 = |at: usize| all[at].get("latency_p50_ms").unwrap().mean;
        assert!(p50(0) > 3.0 * p50(1) && p50(1) > 1.5 * p50(2), "less memory is less processor: {} {} {}", p50(0), p50(1), p50(2));
    }

    #[test]
    fn a_missing_run_and_a_doubled_one_are_noticed() {
        let sweep = sweep();
        let mut runs: Vec<_> = (0..sweep.runs()).filter_map(|place| sweep.run(place)).collect();
        let last = runs.pop().unwrap();
        assert_eq!(sweep.gather(runs.clone()), None);
        runs.push(runs[0].clone());
        assert_eq!(sweep.gather(runs.clone()), None);
        runs.push(last);
        assert_eq!(sweep.gather(runs), None);
        assert_eq!(sweep.run(sweep.runs()), None);
    }

    #[test]
    fn a_sweep_has_bounds() {
        assert!(Sweep::new(Vec::new(), Seed(1), 1).is_err());
        assert!(Sweep::new(vec![scenario(128)], Seed(1), 0).is_err());
        assert!(Sweep::new(vec![scenario(128); 11], Seed(1), 10_000).is_err());
    }
}
