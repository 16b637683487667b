//! Queues as queueing theory has them: waits by Erlang C and by Pollaczek and Khinchine, batches by their closed form.

use crate::support::{Checks, float, over_seeds, rows, rows_where, share, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ScenarioSpec};
use coldstart_sim::{Exit, NodeReport, Report};

fn node<'a>(report: &'a Report, id: &str) -> &'a NodeReport {
    report.nodes.iter().find(|node| node.id == id).expect("a node")
}

/// Ground truth erlang_c: with batches of one and a maximum concurrency a queue is M/M/c.
#[test]
fn waits_match_erlang_c() {
    let picked = [[2.0, 0.5], [2.0, 0.8], [5.0, 0.3], [5.0, 0.7], [10.0, 0.8], [20.0, 0.7], [20.0, 0.9]];
    let mut checks = Checks::new();
    for row in rows_where("erlang_c", ["workers_c", "load_ratio"], &picked) {
        let mut spec = spec("queue-wait");
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let workers = row.number("workers_c") as u32;
        spec.mappings[0].maximum_concurrency = Some(workers);
        spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: row.number("offered_load_a") };
        let waits = waits_s(&spec);
        let name = format!("{workers} at once, load {}", row.number("load_ratio"));
        if row.number("mean_wait_s") > 0.01 {
            checks.mean(&name, &waits, row.number("mean_wait_s"), 0.2);
        } else {
            checks.near(&name, waits.iter().sum::<f64>() / 10.0, row.number("mean_wait_s"), 0.02);
        }
    }
    checks.finish();
}

/// One message after the other, each of a second in the mean: a FIFO queue with one group.
fn one_group(per_s: f64, law: &DistributionSpec) -> ScenarioSpec {
    let mut spec = spec("queue-wait");
    spec.run.duration_s = 100_000.0;
    spec.queues[0].fifo = true;
    spec.functions[0].handler.wait = law.clone();
    spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s };
    spec
}

fn waits_s(spec: &ScenarioSpec) -> Vec<f64> {
    over_seeds(spec, 10).iter().map(|report| node(report, "queue").age.mean_us() / 1e6 - 1.0).collect()
}

/// Ground truth erlang_c with one worker.
#[test]
fn waits_of_one_group_match_erlang_c() {
    let mut checks = Checks::new();
    for row in rows_where("erlang_c", ["workers_c", "load_ratio"], &[[1.0, 0.3], [1.0, 0.7]]) {
        let load = row.number("load_ratio");
        let spec = one_group(load, &DistributionSpec::Exponential { mean_ms: 1_000.0 });
        checks.mean(&format!("load {load}"), &waits_s(&spec), row.number("mean_wait_s"), 0.15);
    }
    checks.finish();
}

/// Ground truth mg1_wait.
#[test]
fn waits_of_one_group_match_pollaczek_and_khinchine() {
    let laws = [
        ("deterministic", DistributionSpec::constant(1_000.0)),
        ("exponential", DistributionSpec::Exponential { mean_ms: 1_000.0 }),
        ("lognormal_sigma1", DistributionSpec::Lognormal { mean_ms: 1_000.0, p99_ms: 6_211.2 }),
        ("lognormal_sigma0.5", DistributionSpec::Lognormal { mean_ms: 1_000.0, p99_ms: 2_824.1 }),
    ];
    let mut checks = Checks::new();
    for row in rows("mg1_wait") {
        let Some((name, law)) = laws.iter().find(|(name, _)| *name == row.text("service_distribution")) else { continue };
        let load = row.number("rho");
        if load > 0.85 {
            continue;
        }
        checks.mean(&format!("{name} at {load}"), &waits_s(&one_group(load, law)), row.number("mean_wait_s"), 0.15);
    }
    checks.finish();
}

/// Ground truth batching.
#[test]
fn batches_match_the_closed_form() {
    let mut checks = Checks::new();
    for row in rows("batching") {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let (per_s, window_s, most) = (row.number("arrival_rate_per_s"), row.number("window_s"), row.number("max_batch") as u32);
        // AWS asks for a second at least above ten messages.
        if most > 10 && window_s < 1.0 {
            continue;
        }
        let mut spec = spec("queue-wait");
        spec.run.duration_s = 40_000.0 / per_s + 500.0;
        spec.functions[0].handler.wait = DistributionSpec::constant(0.0);
        spec.mappings[0].batch_size = Some(most);
        spec.mappings[0].batching_window_s = window_s;
        spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s };
        let reports = over_seeds(&spec, 8);
        let sizes: Vec<f64> = reports.iter().map(|r| share(node(r, "mapping").exits(Exit::Delivered), r.total.invocations)).collect();
        let rates: Vec<f64> = reports.iter().map(|r| float(r.total.invocations) / (spec.run.duration_s - 500.0)).collect();
        let name = format!("{per_s} a second, {window_s} s, {most}");
        if most == 1 {
            checks.equal(&name, sizes.iter().sum::<f64>() / 8.0, 1.0);
        } else {
            checks.near(
                &format!("{name}: size"),
                sizes.iter().sum::<f64>() / 8.0,
                row.number("mean_batch_size"),
                0.01 * row.number("mean_batch_size"),
            );
        }
        let rate = row.number("invocations_per_s");
        checks.near(&format!("{name}: rate"), rates.iter().sum::<f64>() / 8.0, rate, 0.01 * rate);
    }
    checks.finish();
}
