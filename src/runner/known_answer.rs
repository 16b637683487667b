//! A question with a known answer, asked whenever a worker starts: a small run whose digest every machine has to find. Browsers have
//! been seen that do not, and what they compute must not be shown without a word.

use super::protocol::decode;
use coldstart_sim::{RunOptions, Scenario, Seed, Simulation};

/// The scenario as it crosses to a worker, which cannot build one; a test holds it to its source.
const SCENARIO: &[u8] = include_bytes!("known_answer.bin");

const SEED: Seed = Seed(20_251_123);

/// The digest of that run under model version 1.
const DIGEST: &str = "aa223138689a6f55cd1c4cbf671848db";

/// Whether this machine finds the digest.
pub(super) fn holds() -> bool {
    digest().as_deref() == Some(DIGEST)
}

fn digest() -> Option<String> {
    let scenario: Scenario = decode(SCENARIO).ok()?;
    let options = RunOptions { digest: true, ..RunOptions::default() };
    Simulation::without_network(&scenario, SEED, options).finish().digest.map(|digest| digest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runner::protocol::encode;
    use coldstart_sim::ScenarioSpec;

    /// Touches every kind of draw, both kinds of environment, throttles, retries and reclaim; runs within a few milliseconds.
    const SOURCE: &str = r#"{
      "schema": 1,
      "run": {"duration_s": 120},
      "account": {"concurrency_limit": 1000, "scaling_environments": 5},
      "functions": [
        {"id": "api", "memory_mb": 512, "timeout_ms": 1000,
         "handler": {"cpu": {"kind": "lognormal", "mean_ms": 20, "p99_ms": 90}, "wait": {"kind": "exponential", "mean_ms": 60},
                     "first_run_cpu": {"kind": "uniform", "low_ms": 5, "high_ms": 25}, "error_rate": 0.02, "crash_rate": 0.01},
         "reclaim": {"kind": "exponential", "mean_s": 8}, "reserved_concurrency": 6,
         "provisioned": [{"units": 2, "ready_at_start": true}]}
      ],
      "sources": [
        {"id": "users", "target": "api", "arrivals": {"kind": "poisson", "per_s": 14},
         "retry": {"policy": "full_jitter", "max_attempts": 4, "base_ms": 50, "cap_ms": 2000}},
        {"id": "clock", "target": "api", "arrivals": {"kind": "cron", "every_s": 10, "requests": 4}}
      ]
    }"#;

    fn scenario() -> Scenario {
        let spec: ScenarioSpec = serde_json::from_str(SOURCE).unwrap();
        coldstart_sim::validate(&spec).unwrap().scenario
    }

    /// A scenario that gained a field is written anew by `COLDSTART_BLESS=1 cargo test -p coldstart known_answer`.
    #[test]
    fn the_bytes_are_those_of_the_scenario() {
        let bytes = encode(&scenario()).unwrap();
        if std::env::var_os("COLDSTART_BLESS").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/runner/known_answer.bin"), &bytes).unwrap();
            return;
        }
        assert!(bytes == SCENARIO, "src/runner/known_answer.bin is not up to date: set COLDSTART_BLESS=1 and run this test again");
    }

    /// When a model version changes the digest, this test prints the new one.
    #[test]
    fn this_machine_finds_the_digest() {
        assert_eq!(digest().as_deref(), Some(DIGEST));
    }

    #[test]
    fn the_run_touches_what_it_claims_to() {
        let total = coldstart_sim::run(&scenario(), SEED, RunOptions::default()).report.total;
        let seen = [total.cold_starts, total.provisioned_invocations, total.spilled(), total.throttled(), total.environments_ended];
        assert!(seen.iter().all(|count| *count > 10), "{seen:?}");
        assert!(total.outcomes.iter().take(3).all(|count| *count > 0), "{:?}", total.outcomes);
    }
}
