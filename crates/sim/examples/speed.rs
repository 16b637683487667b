//! Nanoseconds per request of named workloads:
//! `cargo run --release -p coldstart-sim --example speed [requests] [part of the workload's name] [busy environments]`.

#![allow(clippy::expect_used, reason = "a broken workload is to stop the measurement")]

use coldstart_sim::spec::{
    ArrivalsSpec, DistributionSpec, FunctionSpec, ReclaimSpec, RetryPolicySpec, RetrySpec, ReuseSpec, ScenarioSpec, SourceSpec,
};
use coldstart_sim::{EnginePath, RunOptions, Scenario, Seed, run, validate};
use std::time::Instant;

fn main() {
    let requests = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(5_000_000.0);
    let wanted = std::env::args().nth(2).unwrap_or_default();
    let levels = std::env::args().nth(3).and_then(|n| n.parse().ok()).map_or(vec![10.0, 1_000.0, 10_000.0], |busy: f64| vec![busy]);
    let row = |name: &str, figures: Vec<f64>, digits: usize| {
        println!("{name:<36}{}", figures.iter().map(|ns| format!(" {ns:>8.digits$}")).collect::<String>());
    };
    row("ns per request, by busy environments", levels.clone(), 0);
    for (name, path, change) in WORKLOADS.iter().filter(|(name, ..)| name.contains(&wanted)) {
        row(name, levels.iter().map(|busy| measure(requests, *busy, *path, *change)).collect(), 1);
    }
}

type Change = fn(&mut FunctionSpec, &mut SourceSpec);

const WORKLOADS: &[(&str, EnginePath, Change)] = &[
    ("exponential", EnginePath::Auto, |_, _| {}),
    ("lognormal", EnginePath::Auto, |f, _| {
        f.handler.cpu = DistributionSpec::Lognormal { mean_ms: 100.0, p99_ms: 400.0 };
    }),
    ("constant", EnginePath::Auto, |f, _| f.handler.cpu = DistributionSpec::constant(100.0)),
    ("processor time and waiting", EnginePath::Auto, |f, _| {
        f.handler.cpu = DistributionSpec::Exponential { mean_ms: 50.0 };
        f.handler.wait = DistributionSpec::Exponential { mean_ms: 50.0 };
    }),
    ("exponential, general", EnginePath::General, |_, _| {}),
    ("retries, errors, general", EnginePath::Auto, |f, s| {
        f.handler.error_rate = 0.05;
        s.retry = RetrySpec { policy: RetryPolicySpec::FullJitter, ..RetrySpec::default() };
    }),
    ("least recently used", EnginePath::Auto, |f, _| f.reuse = ReuseSpec::LeastRecentlyUsed),
    ("newest created", EnginePath::Auto, |f, _| f.reuse = ReuseSpec::NewestCreated),
    ("random, memoryless idle life", EnginePath::Auto, |f, _| {
        f.reuse = ReuseSpec::Random;
        f.reclaim = ReclaimSpec::Exponential { mean_s: 600.0 };
    }),
];

/// Time that this process has spent on a processor, where the system tells, so that a busy machine does not blur the figures.
fn clock_ns() -> f64 {
    let on_processor = std::fs::read_to_string("/proc/self/schedstat").ok();
    let on_processor = on_processor.and_then(|text| text.split_whitespace().next()?.parse().ok());
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    on_processor.unwrap_or_else(|| START.get_or_init(Instant::now).elapsed().as_nanos() as f64)
}

/// Best of three, each `requests` requests at `busy` concurrent on average.
fn measure(requests: f64, busy: f64, path: EnginePath, change: Change) -> f64 {
    let scenario = scenario(requests, busy, change);
    let one = || {
        let start = clock_ns();
        let report = run(&scenario, Seed(1), RunOptions { path, ..RunOptions::default() }).report;
        assert_eq!(report.total.throttled(), 0);
        (clock_ns() - start) / report.total.requests as f64
    };
    (0..3).map(|_| one()).fold(f64::INFINITY, f64::min)
}

fn scenario(requests: f64, busy: f64, change: Change) -> Scenario {
    let per_s = busy * 10.0;
    let text = format!(
        r#"{{"schema":1, "run":{{"duration_s":{}}}, "account":{{"concurrency_limit":100000, "scaling_environments":100000}},
            "functions":[{{"id":"f","memory_mb":1769,"timeout_ms":60000}}],
            "sources":[{{"id":"s","target":"f","arrivals":{{"kind":"poisson","per_s":{per_s}}}}}]}}"#,
        requests / per_s
    );
    let mut spec: ScenarioSpec = serde_json::from_str(&text).expect("a literal");
    spec.functions[0].handler.cpu = DistributionSpec::Exponential { mean_ms: 100.0 };
    spec.functions[0].reclaim = ReclaimSpec::Constant { idle_life_s: 600.0 };
    if let ArrivalsSpec::Poisson { per_s } = &mut spec.sources[0].arrivals {
        *per_s = busy * 10.0;
    }
    let (function, source) = (&mut spec.functions[0], &mut spec.sources[0]);
    change(function, source);
    validate(&spec).expect("within the limits").scenario
}
