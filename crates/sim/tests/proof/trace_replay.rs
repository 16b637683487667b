//! Replays of recorded arrivals and durations: no randomness, so the counts are exact integers.
//!
//! The public logs that the table of expected counts belongs to are not part of this repository. They are read from the folder
//! named by `COLDSTART_TRACES`, or from `../shared/traces` beside the repository; without them a made-up log takes their place.

use crate::support::{Checks, float, report, rows, spec, tests_folder};
use coldstart_sim::spec::{ArrivalsSpec, ReclaimSpec, ScenarioSpec};
use std::path::PathBuf;

/// Arrivals and durations, in microseconds.
pub type Log = Vec<(u64, u64)>;

/// What a replay counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub cold: u64,
    pub warm: u64,
    pub throttled: u64,
}

/// The scenario that replays a log; `None` is no expiry and no limit.
pub fn replay_spec(log: &Log, idle_life_us: Option<u64>, limit: Option<u32>) -> ScenarioSpec {
    let mut spec = spec("replay");
    spec.sources[0].arrivals = ArrivalsSpec::Timestamps {
        at_s: log.iter().map(|(at_us, _)| float(*at_us) / 1e6).collect(),
        durations_ms: log.iter().map(|(_, duration_us)| float(*duration_us) / 1e3).collect(),
    };
    spec.functions[0].reclaim = idle_life_us.map_or(ReclaimSpec::Never, |us| ReclaimSpec::Constant { idle_life_s: float(us) / 1e6 });
    spec.functions[0].reserved_concurrency = limit;
    spec
}

/// Replays with the engine.
pub fn replay(log: &Log, idle_life_us: Option<u64>, limit: Option<u32>) -> Counts {
    let total = report(&replay_spec(log, idle_life_us, limit)).total;
    Counts { cold: total.cold_starts, warm: total.warm_starts, throttled: total.throttled() }
}

/// The replay rules word by word, over a plain list of environments: (when its last request ends).
pub fn replay_by_hand(log: &Log, idle_life_us: Option<u64>, limit: Option<u32>) -> Counts {
    let mut ends: Vec<u64> = Vec::new();
    let mut counts = Counts::default();
    for (at_us, duration_us) in log {
        ends.retain(|end| *end > *at_us || idle_life_us.is_none_or(|life| at_us - end <= life));
        let busy = ends.iter().filter(|end| **end > *at_us).count();
        if limit.is_some_and(|limit| busy >= limit as usize) {
            counts.throttled += 1;
            continue;
        }
        match ends.iter_mut().filter(|end| **end <= *at_us).max() {
            Some(end) => {
                counts.warm += 1;
                *end = at_us + duration_us;
            }
            None => {
                counts.cold += 1;
                ends.push(at_us + duration_us);
            }
        }
    }
    counts
}

/// A log with columns `arrival_s` and `duration_s`.
fn read_log(text: &str) -> Log {
    let micros = |cell: &str| -> u64 {
        let (whole, fraction) = cell.split_once('.').expect("six decimals");
        assert_eq!(fraction.len(), 6, "{cell} has six decimals");
        whole.parse::<u64>().expect("seconds") * 1_000_000 + fraction.parse::<u64>().expect("microseconds")
    };
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    lines.map(|line| line.split(',').collect::<Vec<_>>()).map(|cells| (micros(cells[0]), micros(cells[1]))).collect()
}

/// The made-up log of the repository.
pub fn made_up_log() -> Log {
    read_log(&std::fs::read_to_string(tests_folder().join("data/made-up-trace.csv")).expect("the made-up log"))
}

fn traces_folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/traces");
    std::env::var_os("COLDSTART_TRACES").map(PathBuf::from).into_iter().chain([beside]).find(|folder| folder.is_dir())
}

#[test]
fn public_logs_give_the_published_counts() {
    let Some(folder) = traces_folder() else {
        println!("not run: the public logs are not here; name their folder in COLDSTART_TRACES");
        return;
    };
    let mut checks = Checks::new();
    for row in rows("trace_replay_expected") {
        let text = std::fs::read_to_string(folder.join(format!("{}.csv", row.text("log")))).expect("the log");
        let log = read_log(&text);
        let (life_s, limit) = (row.number("idle_timeout_T_s"), row.number("concurrency_limit"));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole numbers of the table")]
        let (life_us, limit) = (life_s.is_finite().then_some((life_s * 1e6) as u64), limit.is_finite().then_some(limit as u32));
        let count = |column: &str| row.text(column).parse::<u64>().expect("a count");
        let want = Counts { cold: count("cold"), warm: count("warm"), throttled: count("throttled") };
        let name = format!("{} T {life_us:?} limit {limit:?}", row.text("log"));
        checks.equal(&name, replay(&log, life_us, limit), want);
        checks.equal(&format!("{name}, by hand"), replay_by_hand(&log, life_us, limit), want);
    }
    checks.finish();
}

#[test]
fn made_up_log_gives_the_counts_of_a_second_algorithm() {
    let log = made_up_log();
    let mut checks = Checks::new();
    for life_us in [Some(2_000_000), Some(5_000_000), Some(10_000_000), None] {
        for limit in [Some(1), Some(2), Some(3), None] {
            let name = format!("T {life_us:?} limit {limit:?}");
            checks.equal(&name, replay(&log, life_us, limit), replay_by_hand(&log, life_us, limit));
        }
    }
    checks.finish();
}

/// Multiplying every time by 1,024 is a shift of the clock's unit: nothing but the clock-bound quotas, idle here, could notice.
#[test]
fn time_scaled_by_1024_gives_the_same_counts() {
    let log = made_up_log();
    let scaled: Log = log.iter().map(|(at, duration)| (at * 1_024, duration * 1_024)).collect();
    let mut checks = Checks::new();
    for life_us in [Some(2_000_000), Some(5_000_000), Some(10_000_000), None] {
        for limit in [Some(1), Some(2), None] {
            let stretched = replay(&scaled, life_us.map(|us| us * 1_024), limit);
            checks.equal(&format!("T {life_us:?} limit {limit:?}"), stretched, replay(&log, life_us, limit));
        }
    }
    checks.finish();
}
