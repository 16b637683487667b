//! Closed forms of parts, run as scenarios: retries, token buckets, and the latency of a mixture of cold and warm requests.

use crate::support::{Checks, float, over_seeds, recorded, rows, share, spec};
use coldstart_sim::spec::{ArrivalsSpec, DistributionSpec, ReclaimSpec, RetryPolicySpec, ScenarioSpec, SourceKindSpec};
use coldstart_sim::{NodeCounter, Report, ThrottleCause};
use std::collections::BTreeMap;

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

/// Seconds between the first and the last try of each request.
fn slept_s(spec: &ScenarioSpec) -> Vec<f64> {
    let mut tries: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for attempt in recorded(spec).timeline.expect("a timeline").attempts {
        let (_, last_us) = tries.entry(attempt.request).or_insert((attempt.started_us, attempt.started_us));
        *last_us = attempt.started_us;
    }
    tries.into_values().map(|(first_us, last_us)| float(last_us - first_us) / 1e6).collect()
}

/// Callers whose every try fails at once: what they wait is what they sleep.
#[test]
fn sleeps_between_tries() {
    let mut checks = Checks::new();
    for row in rows("backoff_expected_sleep") {
        let sleeps = row.number("number_of_sleeps");
        let mut spec = spec("retries");
        spec.run.duration_s = 100.0;
        spec.functions[0].handler.error_rate = 1.0;
        spec.functions[0].handler.wait = DistributionSpec::constant(0.0);
        let retry = &mut spec.sources[0].retry;
        (retry.base_ms, retry.cap_ms) = (1e3 * row.number("base_s"), 1e3 * row.number("cap_s"));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let attempts = sleeps as u32 + 1;
        (retry.max_attempts, retry.policy) = (attempts, RetryPolicySpec::Exponential);
        let name = format!("{sleeps} from {} s up to {} s", row.text("base_s"), row.text("cap_s"));
        let exact = slept_s(&spec);
        let want = row.number("no_jitter_total_s");
        let all = exact.iter().all(|slept| (slept - want).abs() < 1e-6);
        checks.holds(&name, all && exact.len() > 100, &format!("{want} s each, {} requests", exact.len()));
        spec.sources[0].retry.policy = RetryPolicySpec::FullJitter;
        checks.mean(&format!("{name}, full jitter"), &slept_s(&spec), row.number("full_jitter_expected_total_s"), 0.1);
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

/// Tokens that come back in a second, so that a microsecond is short beside the time of one.
const TOKENS_PER_S: f64 = 10.0;

/// Holds a bucket against the rows that a run can measure; `run` says what share of the requests found it empty, given its size and
/// the load over its refill.
fn check_token_bucket(name: &str, fits: impl Fn(u32) -> bool, run: impl Fn(u32, f64) -> Vec<f64>) {
    let mut checks = Checks::new();
    for row in rows("token_bucket_loss") {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of the table")]
        let tokens = row.number("bucket_capacity_b") as u32;
        let (load, lost) = (row.number("load_lambda_over_refill"), row.number("loss_continuous_refill"));
        if fits(tokens) && lost > 0.03 {
            checks.mean(&format!("{name}: {tokens} tokens, load {load}"), &run(tokens, load), lost, 0.12);
        }
    }
    checks.finish();
}

/// The account throttle of API Gateway, whose size and refill are settings of their own.
#[test]
fn token_bucket_of_api_gateway() {
    check_token_bucket(
        "account throttle",
        |_| true,
        |tokens, load| {
            let mut spec = spec("token-bucket");
            spec.account.api_burst = tokens;
            spec.account.api_requests_per_s = 10;
            spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: TOKENS_PER_S * load };
            let refused = |report: &Report| {
                let door = report.nodes.iter().find(|node| node.id == "door").expect("the door");
                share(door.count(NodeCounter::DoorThrottles), door.entered)
            };
            over_seeds(&spec, 10).iter().map(refused).collect()
        },
    );
}

/// Lambda's own request rate: ten a second, and as many at once, for each unit of reserved concurrency.
#[test]
fn token_bucket_of_the_request_rate() {
    check_token_bucket(
        "request rate",
        |tokens| tokens.is_multiple_of(10),
        |tokens, load| {
            let mut spec = spec("token-bucket");
            spec.sources[0].kind = SourceKindSpec::Synchronous;
            spec.functions[0].reserved_concurrency = Some(tokens / 10);
            spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: f64::from(tokens) * load };
            // Time is counted in tokens, of which a larger bucket has more in a second.
            spec.run.duration_s = 120_000.0 / f64::from(tokens) + 100.0;
            let place = ThrottleCause::ALL.iter().position(|cause| *cause == ThrottleCause::ReservedRequestRate).expect("a cause");
            over_seeds(&spec, 10).iter().map(|report| share(report.total.throttles[place], report.total.attempts)).collect()
        },
    );
}
