//! Runs a scenario file once and prints how long it took, as one line of JSON: what `cargo xtask bench` measures.
//!
//! usage: workload FILE [SEED]

use coldstart_sim::{RunOptions, ScenarioSpec, Seed, run, validate};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: workload FILE [SEED]")?;
    let spec: ScenarioSpec = toml::from_str(&std::fs::read_to_string(&file)?)?;
    let seed = arguments.next().map_or(Ok(spec.run.seed), |seed| seed.parse())?;
    let scenario = validate(&spec).map_err(|problems| format!("{file}: {problems:#?}"))?.scenario;

    let started = Instant::now();
    let report = run(&scenario, Seed(seed), RunOptions::default()).report;
    let seconds = started.elapsed().as_secs_f64();

    let total = &report.total;
    println!(
        "{{\"requests\": {}, \"attempts\": {}, \"seconds\": {seconds}, \"peak_rss_kib\": {}, \"cold\": {}}}",
        total.requests,
        total.attempts,
        peak_rss_kib(),
        total.cold_starts
    );
    Ok(())
}

/// Most memory that this process ever held, in KiB; 0 where the system does not say.
fn peak_rss_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
