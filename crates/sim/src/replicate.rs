//! The same scenario under several seeds: means with confidence intervals.

use crate::{Report, RunOptions, Scenario, Seed, run};
use serde::Serialize;

/// A figure of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Metric {
    /// Its name, with its unit.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
}

/// A figure over several runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Its name, with its unit.
    pub name: &'static str,
    /// Mean over the runs.
    pub mean: f64,
    /// Half the width of the 95 % confidence interval of the mean, by Student's t; none from a single run.
    pub half_width: Option<f64>,
}

/// Figures over several seeds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replications {
    /// The seeds.
    pub seeds: Vec<u64>,
    /// Each figure of [`metrics`], in the same order.
    pub estimates: Vec<Estimate>,
}

impl Replications {
    /// The estimate of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Estimate> {
        self.estimates.iter().find(|estimate| estimate.name == name).copied()
    }

    /// Over reports of one scenario that were run elsewhere (in slices, in a worker).
    #[must_use]
    pub fn of<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Self {
        Self::of_metrics(reports.into_iter().map(|report| (report.seed, metrics(report))))
    }

    /// Over runs of one scenario, each by its seed and its figures.
    #[must_use]
    pub fn of_metrics(runs: impl IntoIterator<Item = (u64, Vec<Metric>)>) -> Self {
        let mut seeds = Vec::new();
        let mut names = Vec::new();
        let mut values: Vec<Vec<f64>> = Vec::new();
        for (seed, own) in runs {
            seeds.push(seed);
            names = own.iter().map(|metric| metric.name).collect();
            values.resize(own.len(), Vec::new());
            values.iter_mut().zip(own).for_each(|(values, metric)| values.push(metric.value));
        }
        let estimates = names.into_iter().zip(&values).map(|(name, values)| estimate(name, values)).collect();
        Self { seeds, estimates }
    }
}

/// Runs the scenario with `first_seed` and the `runs - 1` seeds after it, one after the other.
#[must_use]
pub fn replicate(scenario: &Scenario, first_seed: Seed, runs: u32) -> Replications {
    let seeds = (0..u64::from(runs)).map(|offset| Seed(first_seed.0.wrapping_add(offset)));
    let reports: Vec<Report> = seeds.map(|seed| run(scenario, seed, RunOptions::default()).report).collect();
    Replications::of(&reports)
}

/// The figures that are compared between runs: of all functions together, over the measured time.
#[must_use]
pub fn metrics(report: &Report) -> Vec<Metric> {
    let all = &report.total;
    let span_us = report.measured_us.1.saturating_sub(report.measured_us.0).max(1) as f64;
    let mean = |integral_us: u128| integral_us as f64 / span_us;
    let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let ms = |us: u64| us as f64 / 1e3;
    [
        ("requests", all.requests as f64),
        ("invocations", all.invocations as f64),
        ("cold_starts", all.cold_starts as f64),
        ("cold_share", all.cold_share()),
        ("throttled", all.throttled() as f64),
        ("throttled_share", share(all.throttled(), all.attempts)),
        ("spill_share", all.spill_share()),
        ("success_share", share(all.successes, all.requests - all.pings)),
        ("running_mean", mean(all.busy_env_us)),
        ("idle_mean", mean(all.idle_env_us)),
        ("provisioned_mean", mean(all.provisioned_unit_us)),
        ("concurrency_max", f64::from(all.concurrency_max)),
        ("environments_max", f64::from(all.environments_max)),
        ("latency_mean_ms", all.latency.mean_us() / 1e3),
        ("latency_p50_ms", ms(all.latency.quantile_us(0.5))),
        ("latency_p90_ms", ms(all.latency.quantile_us(0.9))),
        ("latency_p99_ms", ms(all.latency.quantile_us(0.99))),
        ("duration_mean_ms", all.duration.mean_us() / 1e3),
        ("init_p50_ms", ms(all.init.quantile_us(0.5))),
        ("bill_usd", report.bill.due_pd as f64 / 1e12),
    ]
    .map(|(name, value)| Metric { name, value })
    .into()
}

fn estimate(name: &'static str, values: &[f64]) -> Estimate {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n as f64;
    let half_width = (n > 1).then(|| {
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let degrees = n - 1;
        student_t_975(degrees) * (squares / degrees as f64 / n as f64).sqrt()
    });
    Estimate { name, mean, half_width }
}

/// The 97.5th percentile of Student's t: half of a 95 % interval, in standard errors.
#[must_use]
pub fn student_t_975(degrees: usize) -> f64 {
    const TABLE: [f64; 10] =
        [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157, 2.228_139];
    const Z: f64 = 1.959_963_984_540_054;
    match degrees.checked_sub(1).and_then(|place| TABLE.get(place)) {
        Some(t) => *t,
        None if degrees == 0 => f64::INFINITY,
        None => {
            // Cornish and Fisher's expansion around the normal law: off by less than 1e-5 from 11 degrees on.
            let n = degrees as f64;
            let z2 = Z * Z;
            let first = Z * (z2 + 1.0) / 4.0;
            let second = Z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
            let third = Z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
            let fourth = Z * ((((79.0 * z2 + 776.0) * z2 + 1_482.0) * z2 - 1_920.0) * z2 - 945.0) / 92_160.0;
            Z + (first + (second + (third + fourth / n) / n) / n) / n
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{estimate, student_t_975};

    #[test]
    fn students_t() {
        let table = [
            (1, 12.7062),
            (4, 2.7764),
            (10, 2.2281),
            (11, 2.2010),
            (20, 2.0860),
            (29, 2.0452),
            (60, 2.0003),
            (120, 1.9799),
            (100_000, 1.9600),
        ];
        for (degrees, t) in table {
            assert!((student_t_975(degrees) - t).abs() < 1e-4, "{degrees}: {}", student_t_975(degrees));
        }
    }

    #[test]
    fn half_widths() {
        let result = estimate("x", &[1.0, 2.0, 3.0]);
        assert!((result.mean - 2.0).abs() < 1e-12);
        // Standard error 1 / sqrt(3), two degrees of freedom.
        assert!(result.half_width.is_some_and(|half| (half - 4.302_653 / 3.0_f64.sqrt()).abs() < 1e-6));
        assert_eq!(estimate("x", &[1.0]).half_width, None);
    }
}
