//! Closed forms of cold starts, against the engine.

use crate::ground_truth_loss::{Law, pool};
use crate::support::{Checks, float, mean_over, over_seeds, report_with_seed, rows, rows_where, share};
use coldstart_sim::spec::{DistributionSpec, ReclaimSpec, ScenarioSpec};
use coldstart_sim::{Report, TimelineKind};

const LONGEST_RUN_S: f64 = 31.0 * 86_400.0;

fn samples(reports: &[Report], f: impl Fn(&Report) -> f64) -> Vec<f64> {
    reports.iter().map(f).collect()
}

/// A month, or fewer days where that is plenty.
fn with_idle_life(mut spec: ScenarioSpec, idle_life_s: f64) -> ScenarioSpec {
    spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s };
    spec
}

#[test]
fn cold_single_reserved_environment() {
    let mut checks = Checks::new();
    // Rows whose cold share a run can measure.
    let rows = rows("cold_single_reserved1").into_iter().filter(|row| row.number("P_cold_given_accepted") > 0.003);
    for (place, row) in rows.enumerate() {
        let (per_s, mean_s) = (row.number("arrival_rate_per_s"), row.number("mean_service_s"));
        let law = [Law::Exponential, Law::Lognormal, Law::Deterministic][place % 3];
        let mut spec = with_idle_life(pool(per_s, law, mean_s, 50_000.0), row.number("idle_timeout_T_s"));
        spec.run.warm_up_s = 0.0;
        spec.functions[0].reserved_concurrency = Some(1);
        spec.functions[0].init.code = DistributionSpec::constant(row.number("mean_init_s") * 1e3);
        let reports = over_seeds(&spec, 40);
        let name = format!("{per_s}/s, T {} s, service {mean_s} s, {law:?}", row.text("idle_timeout_T_s"));
        let cold = samples(&reports, |r| r.total.cold_share());
        checks.mean(&format!("{name}: cold"), &cold, row.number("P_cold_given_accepted"), 0.25);
        let throttled = row.number("P_throttled");
        if throttled > 0.002 {
            let samples = samples(&reports, |r| share(r.total.throttled(), r.total.requests));
            checks.mean(&format!("{name}: throttled"), &samples, throttled, 0.25);
        }
    }
    checks.finish();
}

#[test]
fn cold_sparse_requests() {
    let mut checks = Checks::new();
    for row in rows("cold_sparse").into_iter().filter(|row| row.number("arrival_rate_per_s") > 0.0005) {
        let (per_s, mean_s) = (row.number("arrival_rate_per_s"), row.number("mean_service_s"));
        let mut spec = with_idle_life(pool(per_s, Law::Exponential, mean_s, 50_000.0), row.number("T_s"));
        spec.run.warm_up_s = 0.0;
        spec.run.duration_s = LONGEST_RUN_S;
        let cold = samples(&over_seeds(&spec, 40), |r| r.total.cold_share());
        checks.mean(&format!("{per_s}/s, T {} s, service {mean_s} s", row.text("T_s")), &cold, row.number("exact_lifo"), 0.1);
    }
    checks.finish();
}

/// Rows of `cold_warm_pool_lifo.csv`: arrivals per second, mean service, idle life.
const WARM_POOL: &[[f64; 3]] = &[
    [0.9, 1.991, 10.0],
    [0.9, 1.991, 300.0],
    [0.005, 1.0, 300.0],
    [0.0215443469003, 2.016, 300.0],
    [0.16681005372, 2.016, 300.0],
    [1.29154966501, 2.016, 10.0],
    [1.0, 0.1, 10.0],
    [1.0, 1.0, 10.0],
    [5.0, 0.2, 10.0],
    [10.0, 1.0, 10.0],
    [20.0, 0.5, 10.0],
    [10.0, 2.016, 300.0],
    [100.0, 0.1, 10.0],
    [8.0, 1.0, 5.0],
];

#[test]
fn cold_warm_pool_with_most_recently_used_reuse() {
    let mut checks = Checks::new();
    let columns = ["arrival_rate_per_s", "mean_service_s", "idle_timeout_T_s"];
    for row in rows_where("cold_warm_pool_lifo", columns, WARM_POOL) {
        let (per_s, mean_s, life_s) = (row.number("arrival_rate_per_s"), row.number("mean_service_s"), row.number("idle_timeout_T_s"));
        let mut spec = with_idle_life(pool(per_s, Law::Exponential, mean_s, 200_000.0), life_s);
        spec.run.warm_up_s = (10.0 * life_s).max(20.0 * mean_s);
        spec.run.duration_s = (spec.run.duration_s + spec.run.warm_up_s).min(LONGEST_RUN_S);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let limit = row.number("concurrency_limit").is_finite().then(|| row.number("concurrency_limit") as u32);
        spec.functions[0].reserved_concurrency = limit;
        let reports = over_seeds(&spec, 16);
        let name = format!("{per_s}/s x {mean_s} s, T {life_s} s");
        let cold = samples(&reports, |r| r.total.cold_share());
        checks.mean(&format!("{name}: cold"), &cold, row.number("P_cold_given_accepted"), 0.25);
        checks.mean(
            &format!("{name}: running"),
            &samples(&reports, |r| mean_over(r, r.total.busy_env_us)),
            row.number("mean_running"),
            0.05,
        );
        checks.mean(&format!("{name}: idle"), &samples(&reports, |r| mean_over(r, r.total.idle_env_us)), row.number("mean_idle"), 0.05);
    }
    checks.finish();
}

#[test]
fn cold_transient_from_empty() {
    let mut checks = Checks::new();
    for (place, row) in rows("cold_transient_from_empty").into_iter().enumerate() {
        let (per_s, mean_s, t_s) = (row.number("arrival_rate_per_s"), row.number("mean_service_s"), row.number("t_s"));
        let mut spec = pool(per_s, Law::Exponential, mean_s, 0.0);
        spec.run.warm_up_s = 0.0;
        spec.run.duration_s = t_s;
        spec.functions[0].reclaim = ReclaimSpec::Never;
        let runs = if per_s * t_s > 1_000.0 { 1_000 } else { 4_000 };
        let cold = samples(&over_seeds(&spec, runs), |r| float(r.total.cold_starts));
        checks.mean(&format!("{per_s}/s x {mean_s} s in {t_s} s"), &cold, row.number("expected_cold_starts"), 0.03);
        // Path by path, for any law: without expiry the cold starts are the most that ever ran at once.
        let law = [Law::Exponential, Law::Lognormal, Law::Deterministic][place % 3];
        spec.functions[0].handler.wait = law.with_mean_s(mean_s);
        for seed in 1..=20 {
            let total = report_with_seed(&spec, seed).total;
            let name = format!("{per_s}/s x {mean_s} s in {t_s} s, {law:?}, seed {seed}: cold = most at once");
            checks.equal(&name, total.cold_starts, u64::from(total.concurrency_max));
        }
    }
    checks.finish();
}

/// A step in demand as steady pressure up to a limit: an account limit of the demand, many more requests than it at once, each of
/// which holds its environment to the end.
#[test]
fn scaling_burst_adds_a_thousand_and_then_a_hundred_each_second() {
    let mut checks = Checks::new();
    for row in rows("scaling_burst") {
        let (demand, t_s) = (row.number("step_demand_environments"), row.number("t_s"));
        let started = environments_started_by(demand, t_s);
        let allowed = row.number("allowed_continuous_refill_100_per_s");
        checks.near(&format!("demand {demand} after {t_s} s"), started, allowed, 1.0);
    }
    checks.finish();
}

fn environments_started_by(demand: f64, t_s: f64) -> f64 {
    let mut spec = crate::support::spec("scaling-burst");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
    let demand = demand as u32;
    spec.account.concurrency_limit = demand;
    let output = crate::support::recorded(&spec);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a short time in microseconds")]
    let until_us = (t_s * 1e6) as u64;
    let events = output.timeline.expect("a timeline").events;
    let started = events.iter().filter(|e| e.at_us <= until_us && matches!(e.kind, TimelineKind::Starting { .. }));
    float(started.count() as u128)
}
