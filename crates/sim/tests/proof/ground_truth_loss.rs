//! Closed forms of loss systems and of unlimited ones, against the engine: reserved concurrency throttles and provisioned
//! concurrency spills by Erlang B whatever the service law; concurrency without a limit is Poisson.

use crate::cases_concurrency::always_ready;
use crate::support::{Checks, float, mean_over, over_seeds, recorded, rows, rows_where, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ScenarioSpec};
use coldstart_sim::{AttemptResult, Report};

/// Service laws with a given mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    Exponential,
    Lognormal,
    Deterministic,
}

impl Law {
    const ALL: [Self; 3] = [Self::Exponential, Self::Lognormal, Self::Deterministic];

    /// The law with a mean in seconds; the lognormal one has sigma 1.
    pub fn with_mean_s(self, mean_s: f64) -> DistributionSpec {
        let mean_ms = mean_s * 1e3;
        match self {
            Self::Exponential => DistributionSpec::Exponential { mean_ms },
            // The 99th percentile of a lognormal over its mean is exp(2.3263 sigma - sigma^2 / 2).
            Self::Lognormal => DistributionSpec::Lognormal { mean_ms, p99_ms: mean_ms * f64::exp(2.326_347_874_040_841 - 0.5) },
            Self::Deterministic => DistributionSpec::Constant { ms: mean_ms },
        }
    }
}

/// One function under Poisson requests with a given service law, long enough for about `requests` of them after warming up.
pub fn pool(per_s: f64, law: Law, mean_s: f64, requests: f64) -> ScenarioSpec {
    let mut spec = spec("ground-truth-pool");
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s };
    spec.functions[0].handler.wait = law.with_mean_s(mean_s);
    spec.run.warm_up_s = 20.0 * mean_s;
    spec.run.duration_s = (spec.run.warm_up_s + requests / per_s).min(31.0 * 86_400.0);
    spec
}

fn samples(reports: &[Report], f: impl Fn(&Report) -> f64) -> Vec<f64> {
    reports.iter().map(f).collect()
}

/// Rows of `erlang_b.csv` that a run of a few seconds can tell from their neighbours: servers and load over servers.
const ERLANG_B: &[[f64; 2]] = &[
    [1.0, 0.5],
    [1.0, 2.0],
    [2.0, 0.8],
    [5.0, 0.5],
    [10.0, 0.8],
    [20.0, 0.95],
    [50.0, 0.95],
    [100.0, 1.05],
    [500.0, 1.05],
    [1_000.0, 1.25],
];

/// Every law at the small loads, the exponential one at all.
fn erlang_rows() -> impl Iterator<Item = (u32, f64, f64, f64, Law)> {
    rows_where("erlang_b", ["concurrency_limit_c", "load_ratio"], ERLANG_B).into_iter().flat_map(|row| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let servers = row.number("concurrency_limit_c") as u32;
        let numbers = (row.number("offered_load_a_erlang"), row.number("throttle_probability_B"), row.number("mean_busy_environments"));
        let laws = if servers <= 50 { &Law::ALL[..] } else { &Law::ALL[..1] };
        laws.iter().map(move |law| (servers, numbers.0, numbers.1, numbers.2, *law))
    })
}

#[test]
fn erlang_b_reserved_concurrency_throttles() {
    let mut checks = Checks::new();
    for (servers, erlangs, lost, busy, law) in erlang_rows() {
        // A second of service keeps the request rate quota of ten a second per unit out of the way.
        let mut spec = pool(erlangs, law, 1.0, 150_000.0);
        spec.functions[0].reserved_concurrency = Some(servers);
        let reports = over_seeds(&spec, 10);
        let name = format!("{servers} reserved, {erlangs} erlangs, {law:?}");
        let throttled = samples(&reports, |r| float(r.total.throttled()) / float(r.total.attempts));
        checks.mean(&format!("{name}: throttled"), &throttled, lost, 0.06);
        checks.mean(&format!("{name}: busy"), &samples(&reports, |r| mean_over(r, r.total.busy_env_us)), busy, 0.02);
    }
    checks.finish();
}

#[test]
fn erlang_b_provisioned_concurrency_spills() {
    let mut checks = Checks::new();
    for (servers, erlangs, lost, _, law) in erlang_rows() {
        let mut spec = pool(erlangs, law, 1.0, 150_000.0);
        spec.functions[0].provisioned = vec![always_ready(servers)];
        let spilled = samples(&over_seeds(&spec, 10), |r| r.total.spill_share());
        checks.mean(&format!("{servers} provisioned, {erlangs} erlangs, {law:?}: spilled"), &spilled, lost, 0.06);
    }
    checks.finish();
}

/// Rows of `mginf_provisioned.csv`: arrivals per second, mean duration, units.
const MGINF_PROVISIONED: &[[f64; 3]] = &[
    [0.9, 1.991, 1.0],
    [0.9, 1.991, 3.0],
    [5.0, 0.2, 2.0],
    [10.0, 1.0, 8.0],
    [10.0, 1.0, 13.0],
    [50.0, 0.12, 5.0],
    [50.0, 0.12, 8.0],
    [100.0, 0.5, 40.0],
    [100.0, 0.5, 57.0],
    [100.0, 1.0, 110.0],
    [200.0, 0.25, 57.0],
    [1_000.0, 1.0, 1_032.0],
];

#[test]
fn mginf_provisioned_concurrency_is_poisson() {
    let mut checks = Checks::new();
    let columns = ["arrival_rate_per_s", "mean_duration_s", "provisioned_n"];
    for row in rows_where("mginf_provisioned", columns, MGINF_PROVISIONED) {
        let (per_s, mean_s) = (row.number("arrival_rate_per_s"), row.number("mean_duration_s"));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let units = row.number("provisioned_n") as u32;
        for law in [Law::Exponential, Law::Lognormal] {
            let mut spec = pool(per_s, law, mean_s, 150_000.0);
            spec.functions[0].provisioned = vec![always_ready(units)];
            let reports = over_seeds(&spec, 10);
            let name = format!("{per_s}/s x {mean_s} s on {units} units, {law:?}");
            let at = |level: u32| samples(&reports, |r| time_share(r, |busy| busy == level));
            let above = samples(&reports, |r| time_share(r, |busy| busy > units));
            checks.mean(&format!("{name}: time at {units}"), &at(units), row.number("P_concurrency_eq_n"), 0.2);
            checks.mean(&format!("{name}: time above"), &above, row.number("P_concurrency_gt_n"), 0.25);
            let spilled = samples(&reports, |r| r.total.spill_share());
            checks.mean(&format!("{name}: spilled"), &spilled, row.number("spillover_request_fraction_erlangB"), 0.25);
        }
    }
    checks.finish();
}

/// Share of the time at the levels of concurrency that `pick` takes.
fn time_share(report: &Report, pick: impl Fn(u32) -> bool) -> f64 {
    let times = &report.total.concurrency_time_us;
    let picked: u64 = (0..).zip(times).filter(|(level, _)| pick(*level)).map(|(_, time)| time).sum();
    float(picked) / float(times.iter().sum::<u64>())
}

#[test]
fn mginf_transient_after_a_start_from_empty() {
    const RUNS: u64 = 400;
    let mut checks = Checks::new();
    for row in rows("mginf_transient") {
        let (per_s, mean_s, t_s) = (row.number("arrival_rate_per_s"), row.number("mean_duration_s"), row.number("t_s"));
        let columns = ["mean_concurrency_deterministic", "mean_concurrency_exponential", "mean_concurrency_lognormal_sigma1"];
        for (law, column) in [Law::Deterministic, Law::Exponential, Law::Lognormal].into_iter().zip(columns) {
            let mut spec = pool(per_s, law, mean_s, 0.0);
            spec.run.warm_up_s = 0.0;
            spec.run.duration_s = t_s;
            let busy: Vec<f64> = (1..=RUNS).map(|seed| busy_at(&spec, seed, t_s)).collect();
            checks.mean(&format!("{per_s}/s x {mean_s} s after {t_s} s, {law:?}"), &busy, row.number(column), 0.3);
        }
    }
    checks.finish();
}

/// Attempts under way at one moment of one run.
fn busy_at(spec: &ScenarioSpec, seed: u64, t_s: f64) -> f64 {
    let mut spec = spec.clone();
    spec.run.seed = seed;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a short time in microseconds")]
    let at_us = (t_s * 1e6).round() as u64;
    let timeline = recorded(&spec).timeline.expect("a timeline");
    let under_way = timeline.attempts.iter().filter(|attempt| match attempt.result {
        AttemptResult::Ran { sandbox_us, init_us, duration_us, .. } => {
            (attempt.started_us..attempt.started_us + sandbox_us + init_us + duration_us).contains(&(at_us - 1))
        }
        AttemptResult::Throttled { .. } => false,
    });
    float(under_way.count() as u128)
}
