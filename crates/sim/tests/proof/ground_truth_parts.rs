//! Closed forms of parts, run as scenarios: retries, and the latency of a mixture of cold and warm requests.

use crate::support::{Checks, float, over_seeds, rows, share, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ReclaimSpec, RetryPolicySpec};

#[test]
fn retries_that_fail_independently() {
    let mut checks = Checks::new();
    for row in rows("retries_iid") {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let attempts = row.number("max_attempts") as u32;
        let failure = row.number("failure_probability_per_attempt");
        let mut spec = spec("retries");
        spec.functions[0].handler.error_rate = failure;
        spec.sources[0].retry.max_attempts = attempts;
        spec.sources[0].retry.policy = if attempts.is_multiple_of(2) { RetryPolicySpec::Immediate } else { RetryPolicySpec::FullJitter };
        let reports = over_seeds(&spec, 10);
        let name = format!("{attempts} attempts failing at {failure}");
        let made: Vec<f64> = reports.iter().map(|r| share(r.total.attempts, r.total.requests)).collect();
        // Without a retry there is one attempt exactly, and no spread.
        checks.mean(&format!("{name}: attempts"), &made, row.number("expected_attempts"), 0.01);
        let lost = row.number("P_all_fail");
        if lost > 1e-3 {
            let lost_samples: Vec<f64> = reports.iter().map(|r| share(r.total.requests_lost_to_errors, r.total.requests)).collect();
            checks.mean(&format!("{name}: given up"), &lost_samples, lost, 0.25);
        } else {
            let given_up: u64 = reports.iter().map(|r| r.total.requests_lost_to_errors).sum();
            let requests: u64 = reports.iter().map(|r| r.total.requests).sum();
            let want = lost * float(requests);
            checks.near(&format!("{name}: given up, in all"), float(given_up), want, 4.0 * want.sqrt() + 1.0);
        }
    }
    checks.finish();
}

/// One environment, so that a request is cold exactly when the silence before it was longer than the idle life, whatever it takes.
#[test]
fn latency_of_cold_and_warm_requests_together() {
    const PER_S: f64 = 0.5;
    let columns = [("p50_s", 0.5), ("p90_s", 0.9), ("p95_s", 0.95), ("p99_s", 0.99), ("p999_s", 0.999)];
    let mut checks = Checks::new();
    for row in rows("latency_mixture") {
        let cold = row.number("p_cold");
        let mut spec = spec("latency-mixture");
        spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: PER_S };
        spec.functions[0].reclaim = match cold {
            0.0 => ReclaimSpec::Never,
            // Shorter than any gap that a run of this length will see.
            1.0 => ReclaimSpec::Constant { idle_life_s: 1e-6 },
            _ => ReclaimSpec::Constant { idle_life_s: -cold.ln() / PER_S },
        };
        spec.functions[0].init.code = DistributionSpec::constant(250.0);
        let reports = over_seeds(&spec, 8);
        let mut latency = reports[0].total.latency.clone();
        reports[1..].iter().for_each(|r| latency.merge(&r.total.latency));
        checks.near(&format!("cold {cold}: mean"), latency.mean_us() / 1e6, row.number("mean_s"), 0.01 * row.number("mean_s"));
        for (column, quantile) in columns {
            let want = row.number(column);
            let got = float(latency.quantile_us(quantile)) / 1e6;
            // The histogram's resolution and one per cent.
            checks.near(&format!("cold {cold}: {column}"), got, want, 0.012 * want);
        }
    }
    checks.finish();
}
