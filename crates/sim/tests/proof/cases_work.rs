//! Worked cases about what one request takes: processor share, billed duration, cold share, percentiles.

use crate::support::{Checks, float, mean_over, over_seeds, recorded, report, scenario, share, spec};
use coldstart_sim::log::Clock;
use coldstart_sim::spec::ArrivalsSpec;
use coldstart_sim::{FunctionReport, Histogram, Report};

/// Cost of a million requests of one function, in dollars.
fn dollars_per_million(report: &Report, function: &FunctionReport) -> f64 {
    let due: i128 = report.bill.lines.iter().filter(|line| line.function == function.id).map(|line| line.due_pd).sum();
    crate::support::dollars(due) / float(function.invocations) * 1e6
}

/// Mean duration, in milliseconds.
fn mean_ms(function: &FunctionReport) -> f64 {
    float(function.duration_us) / 1e3 / float(function.invocations)
}

fn check_ladder(name: &str, expected: &[(&str, f64, f64)]) {
    let report = report(&spec(name));
    let mut checks = Checks::new();
    for (id, ms, dollars) in expected {
        let function = report.functions.iter().find(|f| f.id == *id).expect("the function");
        checks.near(&format!("{id} duration, ms"), mean_ms(function), *ms, 0.05);
        checks.near(&format!("{id} dollars per million"), dollars_per_million(&report, function), *dollars, 0.000_5);
    }
    checks.finish();
}

#[test]
fn t33_processor_bound_work_against_memory() {
    check_ladder(
        "t33",
        &[
            ("mb-128", 1_382.0, 3.081),
            ("mb-256", 691.0, 3.083),
            ("mb-512", 345.5, 3.083),
            ("mb-1024", 172.8, 3.083),
            ("mb-1769", 100.0, 3.079),
            ("mb-3008", 100.0, 5.096),
            ("mb-10240", 100.0, 16.867),
        ],
    );
}

#[test]
fn t34_mixed_work_against_memory() {
    check_ladder(
        "t34",
        &[
            ("mb-128", 356.4, 0.944),
            ("mb-256", 218.2, 1.113),
            ("mb-512", 149.1, 1.450),
            ("mb-1024", 114.6, 2.117),
            ("mb-1769", 100.0, 3.079),
            ("mb-3008", 100.0, 5.096),
        ],
    );
}

#[test]
fn t42_simfaas_readme_example() {
    let reports = over_seeds(&spec("t42"), 10);
    let sample = |f: fn(&Report) -> f64| reports.iter().map(f).collect::<Vec<_>>();
    let mut checks = Checks::new();
    let cold = sample(|r| r.total.cold_share());
    checks.near("cold share of the first seed", cold[0], 0.00133, 0.000_15);
    checks.mean("cold share", &cold, 0.001_329_3, 0.06);
    checks.mean("mean running", &sample(|r| mean_over(r, r.total.busy_env_us)), 1.792, 0.005);
    checks.mean("mean idle", &sample(|r| mean_over(r, r.total.idle_env_us)), 5.900, 0.02);
    let environments = |r: &Report| mean_over(r, r.total.busy_env_us + r.total.idle_env_us);
    checks.mean("mean environments", &sample(environments), 7.692, 0.02);
    // Environment-time over environments is how long one lives.
    let life_s = |r: &Report| float(r.total.busy_env_us + r.total.idle_env_us) / 1e6 / float(r.total.environments_started);
    checks.mean("life, s", &sample(life_s), 6_429.0, 0.06);
    checks.finish();
}

#[test]
fn t46_billed_duration_of_report_lines() {
    let spec = spec("t46");
    let scenario = scenario(&spec);
    let output = recorded(&spec);
    let timeline = output.timeline.expect("a timeline");
    let mut checks = Checks::new();
    for (place, billed) in [214_u64, 3_101, 3_117, 313, 188, 46].into_iter().enumerate() {
        let id = &spec.functions[place].id;
        checks.equal(id, output.report.functions[place].billed_ms, u128::from(billed));
        let attempt = timeline.attempts.iter().find(|a| usize::from(a.function) == place).expect("its attempt");
        let lines = attempt.log_lines(&scenario, Clock::of(&scenario)).join("\n");
        let field = format!("Billed Duration: {billed} ms");
        checks.holds(&format!("{id} REPORT"), lines.contains(&field), &lines);
    }
    checks.finish();
}

#[test]
fn t55_cold_share_of_a_lone_environment() {
    let mut checks = Checks::new();
    let cases = [(15.0, 6.0, 0.670), (15.0, 10.0, 0.513), (15.0, 45.0, 0.050), (5.0, 6.0, 0.301), (60.0, 6.0, 0.905)];
    for (gap_min, life_min, published) in cases {
        let reports = over_seeds(&sparse(gap_min, life_min), 20);
        let samples: Vec<f64> = reports.iter().map(|r| share(r.total.cold_starts, r.total.invocations)).collect();
        let want = f64::exp(-life_min / gap_min);
        checks.near(&format!("gap {gap_min} min, life {life_min} min: the case's figure"), want, published, 0.000_6);
        checks.mean(&format!("gap {gap_min} min, life {life_min} min"), &samples, want, 0.12);
    }
    // A minute's gap is cold once in 400: many short months.
    let samples: Vec<f64> = over_seeds(&sparse(1.0, 6.0), 20).iter().map(|r| r.total.cold_share()).collect();
    checks.mean("gap 1 min, life 6 min", &samples, f64::exp(-6.0), 0.12);
    checks.finish();
}

/// The case's scenario with another gap and idle life.
fn sparse(gap_min: f64, life_min: f64) -> coldstart_sim::ScenarioSpec {
    let mut spec = spec("t55");
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 1.0 / (60.0 * gap_min) };
    spec.functions[0].reclaim = coldstart_sim::spec::ReclaimSpec::Constant { idle_life_s: 60.0 * life_min };
    spec
}

#[test]
fn t55_periodic_requests_are_always_cold() {
    let mut spec = spec("t55");
    spec.sources[0].arrivals = ArrivalsSpec::Constant { per_s: 1.0 / 900.0 };
    let report = report(&spec);
    let mut checks = Checks::new();
    checks.holds("requests", report.total.requests >= 2_975, &report.total.requests.to_string());
    checks.equal("cold", report.total.cold_starts, report.total.requests);
    checks.finish();
}

#[test]
fn t56_p99_does_not_see_one_cold_start_in_430() {
    let reports = over_seeds(&spec("t56"), 10);
    let sample = |f: fn(&Report) -> f64| reports.iter().map(f).collect::<Vec<_>>();
    let mut checks = Checks::new();
    checks.mean("cold share", &sample(|r| r.total.cold_share()), 0.002_335, 0.12);
    let mut latency = Histogram::default();
    reports.iter().for_each(|r| latency.merge(&r.total.latency));
    checks.near("p99, ms", float(latency.quantile_us(0.99)) / 1e3, 18.9, 0.4);
    // "About 700 ms".
    checks.near("p99.9, ms", float(latency.quantile_us(0.999)) / 1e3, 700.0, 35.0);
    checks.finish();
}
