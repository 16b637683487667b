//! Runs a scenario file once and prints how long it took, as one line of JSON: what `cargo xtask bench` measures.
//!
//! usage: workload FILE [--path auto|general|graph] [--without-network]

use coldstart_sim::{EnginePath, RunOptions, ScenarioSpec, Seed, Simulation, validate};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: workload FILE [--path auto|general|graph] [--without-network]")?;
    let (mut path, mut with_network) = (EnginePath::Auto, true);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--path" => path = path_of(&arguments.next().unwrap_or_default())?,
            "--without-network" => with_network = false,
            other => return Err(format!("no option {other}").into()),
        }
    }
    let spec: ScenarioSpec = toml::from_str(&std::fs::read_to_string(&file)?)?;
    let scenario = validate(&spec).map_err(|problems| format!("{file}: {problems:#?}"))?.scenario;

    let (started, cpu_started) = (Instant::now(), cpu_seconds());
    let options = RunOptions { path, ..RunOptions::default() };
    let make = if with_network { Simulation::new } else { Simulation::without_network };
    let report = make(&scenario, Seed(spec.run.seed), options).finish().report;
    let (seconds, cpu_ended) = (started.elapsed().as_secs_f64(), cpu_seconds());
    // Where the system does not say, the core is taken to have been ours alone.
    let cpu_seconds = cpu_started.zip(cpu_ended).map_or(seconds, |(from, to)| to - from);

    let total = &report.total;
    println!(
        "{{\"requests\": {}, \"events\": {}, \"attempts\": {}, \"seconds\": {seconds}, \"cpu_seconds\": {cpu_seconds}, \"peak_rss_kib\": {}, \"cold\": {}}}",
        total.requests,
        report.events,
        total.attempts,
        peak_rss_kib(),
        total.cold_starts
    );
    Ok(())
}

fn path_of(name: &str) -> Result<EnginePath, String> {
    match name {
        "auto" => Ok(EnginePath::Auto),
        "general" => Ok(EnginePath::General),
        "graph" => Ok(EnginePath::Graph),
        _ => Err(format!("no path {name}")),
    }
}

/// Seconds for which this process has had a core.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

/// Most memory that this process ever held, in KiB; 0 where the system does not say.
fn peak_rss_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
