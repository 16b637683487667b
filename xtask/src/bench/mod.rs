//! `cargo xtask bench`: the simulator's speed and memory on named workloads, beside its peers in the same run.
//!
//! Speeds are compared as ratios of medians over rounds in which ours and theirs alternate, so that a machine that slows down
//! slows both. Every figure that the project promises is a check; a failed one fails the command.

mod browser;
mod measure;
mod peers;
mod table;

use crate::args::Args;
use crate::failure::{Failure, Result};
use crate::{paths, process};
use browser::Worker;
use measure::{Measurement, Series, Slider};
use peers::Peers;
use std::path::{Path, PathBuf};
use std::process::Command;
use table::Outcome;

/// A workload of ours, and the peer that runs the same one.
struct Workload {
    name: &'static str,
    /// Name of its scenario under `bench/workloads`.
    scenario: &'static str,
    /// How it is run, where not as users run it.
    arguments: &'static [&'static str],
    peer: Option<Peer>,
    /// Whether the browser runs it too.
    in_worker: bool,
    /// Rounds are for comparisons; what is compared with nothing runs once.
    rounds: bool,
}

/// A peer's script, its arguments, and how many times faster we promise to be.
struct Peer {
    name: &'static str,
    script: &'static str,
    arguments: &'static [&'static str],
    promised_ratio: f64,
}

const SIMPY_RATIO: f64 = 120.0;

const WORKLOADS: &[Workload] = &[
    Workload { peer: Some(simpy(&["10", "300000"])), in_worker: true, ..Workload::of("plain-10") },
    Workload { peer: Some(simpy(&["1000", "300000"])), in_worker: true, ..Workload::of("plain-1000") },
    Workload { name: WITHOUT_NETWORK, arguments: &["--without-network"], ..Workload::of("plain-1000") },
    Workload { peer: Some(simpy(&["10000", "300000"])), in_worker: true, ..Workload::of("plain-10000") },
    Workload { peer: Some(SIMFAAS), ..Workload::of("simfaas-readme") },
    Workload { in_worker: true, ..Workload::of("day-of-100") },
    Workload { in_worker: true, ..Workload::of("throttled-burst") },
    Workload { name: AS_GRAPH, arguments: &["--path", "graph"], ..Workload::of("throttled-burst") },
    Workload::of("full-topology"),
    Workload { rounds: false, ..Workload::of("hundred-million") },
];

/// A pool whose engine cannot have a network at all, and a burst whose engine could although the scenario has none.
const WITHOUT_NETWORK: &str = "plain-1000-alone";
const AS_GRAPH: &str = "burst-as-graph";

const SIMFAAS: Peer = Peer { name: "SimFaaS", script: "simfaas_readme.py", arguments: &["200000"], promised_ratio: 100.0 };

impl Workload {
    /// A scenario run as users run it, beside nothing.
    const fn of(scenario: &'static str) -> Self {
        Self { name: scenario, scenario, arguments: &[], peer: None, in_worker: false, rounds: true }
    }
}

/// A peer slower than this proves nothing.
const SIMPY_REQUESTS_PER_S: f64 = 60_000.0;
const FLATNESS: f64 = 2.0;
const WORKER_RATIO: f64 = 1.7;
const HUNDRED_MILLION_MIB: f64 = 64.0;
/// An event of a whole topology takes at most so many times one of the plain pool.
const TOPOLOGY_RATIO: f64 = 4.0;
/// What nobody uses costs no more than the machine's own noise.
const UNUSED_RATIO: f64 = 1.05;
/// The engine of the network takes at most so many times the one without, where there is no network.
const AS_GRAPH_RATIO: f64 = 1.5;
/// What a move of a slider may cost the worker, for so many requests, and the main thread.
const SLIDER_MS: f64 = 100.0;
const SLIDER_REQUESTS: f64 = 100_000.0;
const ROUNDS: usize = 5;

const fn simpy(arguments: &'static [&'static str]) -> Peer {
    Peer { name: "SimPy", script: "simpy_pool.py", arguments, promised_ratio: SIMPY_RATIO }
}

/// Measures everything, prints a table (or JSON), and fails if a promise is broken.
pub fn command(mut args: Args) -> Result<()> {
    let json = args.flag("--json");
    let with_peers = !args.flag("--no-peers");
    let with_worker = !args.flag("--no-browser");
    let rounds = args.value("--rounds")?.map_or(Ok(ROUNDS), |rounds| parse_rounds(&rounds))?;
    args.finish()?;
    let binary = build_workload_runner()?;
    let rivals = Rivals { peers: with_peers.then(Peers::ready).transpose()?, worker: with_worker.then(Worker::ready).transpose()? };
    let series = WORKLOADS.iter().map(|workload| run(workload, &binary, &rivals, rounds)).collect::<Result<Vec<_>>>()?;
    let mut outcomes = check(&series);
    if let Some(worker) = &rivals.worker {
        let sliders = worker.slider_lines()?.lines().map(Slider::parse).collect::<Result<Vec<_>>>()?;
        outcomes.extend(sliders.iter().flat_map(check_slider));
    }
    if json {
        println!("{}", table::json(&series, &outcomes));
    } else {
        println!("{}", table::text(&series, &outcomes));
    }
    let broken = outcomes.iter().filter(|outcome| !outcome.holds).count();
    if broken == 0 {
        return Ok(());
    }
    let remedy = "run it again on an idle machine; if it stays, the simulator became slower or larger";
    Err(Failure::new(format!("{broken} of {} checks failed", outcomes.len())).remedy(remedy))
}

/// A slider that makes the worker simulate more than the promise speaks of is held to it in proportion.
fn check_slider(slider: &Slider) -> [Outcome; 2] {
    let (name, requests) = (&slider.name, slider.requests);
    let allowed_ms = SLIDER_MS * (requests / SLIDER_REQUESTS).max(1.0);
    [
        Outcome::at_most(format!("{name}: worker ms per move, p95, {requests} requests"), slider.worker_ms, allowed_ms),
        Outcome::at_most(format!("{name}: main thread ms per move, p95"), slider.main_ms, SLIDER_MS),
    ]
}

fn parse_rounds(text: &str) -> Result<usize> {
    text.parse().ok().filter(|rounds| *rounds > 0).ok_or_else(|| Failure::new(format!("--rounds {text} is not a number above 0")))
}

fn build_workload_runner() -> Result<PathBuf> {
    let arguments = ["build", "--release", "--quiet", "--package", "coldstart-sim", "--example", "workload"];
    process::run(Command::new("cargo").args(arguments).current_dir(paths::root()))?;
    Ok(paths::program_in(&paths::target().join("release/examples"), "workload"))
}

/// What ours is compared with.
struct Rivals {
    peers: Option<Peers>,
    worker: Option<Worker>,
}

fn run(workload: &'static Workload, binary: &Path, rivals: &Rivals, rounds: usize) -> Result<Series> {
    let file = paths::root().join("bench/workloads").join(format!("{}.toml", workload.scenario));
    let rounds = if workload.rounds { rounds } else { 1 };
    let mut series = Series::new(workload);
    for round in 1..=rounds {
        eprintln!("{} {round}/{rounds}", workload.name);
        series.ours.push(Measurement::of(Command::new(binary).arg(&file).args(workload.arguments))?);
        if let (true, Some(worker)) = (workload.in_worker, &rivals.worker) {
            series.in_worker.push(Measurement::of(&mut worker.command(&file))?);
        }
        if let (Some(peer), Some(peers)) = (&workload.peer, &rivals.peers) {
            series.theirs.push(Measurement::of(&mut peers.command(peer))?);
        }
    }
    Ok(series)
}

/// The promises, each with what was measured; those about something that was not run are left out.
fn check(series: &[Series]) -> Vec<Outcome> {
    let find = |name: &str| series.iter().find(|series| series.workload.name == name);
    let mut outcomes = Vec::new();
    for one in series {
        let name = one.workload.name;
        if let (Some(peer), Some(ratio)) = (&one.workload.peer, one.ratio()) {
            outcomes.push(Outcome::at_least(format!("{name}: times {}", peer.name), ratio, peer.promised_ratio));
        }
        if let Some(ratio) = one.worker_ratio() {
            outcomes.push(Outcome::at_most(format!("{name}: Chromium worker over native"), ratio, WORKER_RATIO));
        }
    }
    if let Some(speed) = find("plain-10").and_then(Series::their_requests_per_s) {
        outcomes.push(Outcome::at_least("SimPy at 10 concurrent, requests/s".to_owned(), speed, SIMPY_REQUESTS_PER_S));
    }
    if let (Some(small), Some(large)) = (find("plain-10"), find("plain-10000")) {
        let ratio = large.our_ns() / small.our_ns();
        outcomes.push(Outcome::at_most("ns/request at 10,000 over that at 10".to_owned(), ratio, FLATNESS));
    }
    if let (Some(pool), Some(whole)) = (find("plain-1000"), find("full-topology")) {
        let ratio = whole.our_ns_per_event() / pool.our_ns_per_event();
        outcomes.push(Outcome::at_most("full-topology: ns/event over that of the plain pool".to_owned(), ratio, TOPOLOGY_RATIO));
    }
    if let (Some(pool), Some(alone)) = (find("plain-1000"), find(WITHOUT_NETWORK)) {
        let ratio = pool.our_ns() / alone.our_ns();
        outcomes.push(Outcome::at_most("plain-1000: with all features there, over without".to_owned(), ratio, UNUSED_RATIO));
    }
    if let (Some(burst), Some(graph)) = (find("throttled-burst"), find(AS_GRAPH)) {
        let ratio = graph.our_ns() / burst.our_ns();
        outcomes.push(Outcome::at_most("throttled-burst: in the network's engine, over without".to_owned(), ratio, AS_GRAPH_RATIO));
    }
    if let Some(large) = find("hundred-million") {
        outcomes.push(Outcome::at_most("hundred-million: peak MiB".to_owned(), large.our_peak_mib(), HUNDRED_MILLION_MIB));
    }
    outcomes
}
