//! "Why?" of one attempt: what happened to it, the rule that fired, and the fact behind the rule. Pure.

use crate::components::format::duration_us;
use crate::t;
use coldstart_sim::{AttemptRecord, AttemptResult, ColdCause, Outcome, SpillCause, ThrottleCause};

/// What the panel says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// What became of the attempt.
    pub headline: String,
    /// Where the time went, part by part; empty for a refused attempt.
    pub parts: Vec<(String, String)>,
    /// The rules that fired, with the slug of the fact behind each.
    pub rules: Vec<(String, &'static str)>,
}

/// Explains an attempt.
#[must_use]
pub fn why(attempt: &AttemptRecord) -> Why {
    let waited_us = attempt.started_us - attempt.arrived_us;
    match attempt.result {
        AttemptResult::Throttled { cause } => {
            let reason = cause.aws_reason().unwrap_or("–");
            Why { headline: t!("why.throttled", reason = reason), parts: Vec::new(), rules: vec![throttle_rule(cause)] }
        }
        AttemptResult::Ran {
            environment, provisioned, spill, cold, sandbox_us, init_us, duration_us: ran_us, billed_ms, outcome, ..
        } => {
            let total = show(waited_us + sandbox_us + init_us + ran_us);
            let headline = match (outcome, cold) {
                (Outcome::Success, Some(_)) => t!("why.cold", number = environment, total = total),
                (Outcome::Success, None) => t!("why.warm", number = environment, total = total),
                (Outcome::Error | Outcome::Crash | Outcome::Timeout, _) => t!("why.failed", number = environment, total = total),
            };
            let part = |name: &'static str, us: u64| (us > 0).then(|| (name.to_owned(), show(us)));
            let mut parts: Vec<_> = [
                part(t!("why.waited"), waited_us),
                part(t!("why.sandbox"), sandbox_us),
                part(t!("why.init"), init_us),
                part(t!("why.duration"), ran_us),
            ]
            .into_iter()
            .flatten()
            .collect();
            parts.push((t!("why.billed").to_owned(), t!("why.billed_ms", n = billed_ms)));
            let mut rules = Vec::new();
            rules.extend(provisioned.then(|| (t!("why.rule_provisioned").to_owned(), "provisioned-start")));
            rules.extend(spill.map(spill_rule));
            rules.extend(cold.map(cold_rule));
            rules.extend(outcome_rule(outcome));
            if rules.is_empty() {
                rules.push((t!("why.rule_warm").to_owned(), "reuse-most-recent"));
            }
            Why { headline, parts, rules }
        }
    }
}

fn throttle_rule(cause: ThrottleCause) -> (String, &'static str) {
    let (text, fact) = match cause {
        ThrottleCause::AccountConcurrency => (t!("why.account_concurrency"), "claimed-against-limit"),
        ThrottleCause::ReservedConcurrency => (t!("why.reserved_concurrency"), "reserved-concurrency"),
        ThrottleCause::ReservedZero => (t!("why.reserved_zero"), "reserved-concurrency"),
        ThrottleCause::AccountRequestRate | ThrottleCause::ReservedRequestRate => (t!("why.request_rate"), "request-rate-quota"),
        ThrottleCause::ScalingRate => (t!("why.scaling_rate"), "scaling-rate"),
    };
    (text.to_owned(), fact)
}

fn spill_rule(cause: SpillCause) -> (String, &'static str) {
    match cause {
        SpillCause::AllBusy => (t!("why.spill_busy").to_owned(), "provisioned-spillover"),
        SpillCause::RequestRate => (t!("why.spill_rate").to_owned(), "provisioned-rate-cap"),
    }
}

fn cold_rule(cause: ColdCause) -> (String, &'static str) {
    let (text, fact) = match cause {
        ColdCause::First => (t!("why.cold_first"), "cold-start-causes"),
        ColdCause::ScaleOut => (t!("why.cold_scale_out"), "requests-per-environment"),
        ColdCause::Reclaimed => (t!("why.cold_reclaimed"), "idle-life-undocumented"),
        ColdCause::Recycled => (t!("why.cold_recycled"), "max-life-undocumented"),
        ColdCause::Deploy => (t!("why.cold_deploy"), "cold-start-causes"),
    };
    (text.to_owned(), fact)
}

fn outcome_rule(outcome: Outcome) -> Option<(String, &'static str)> {
    match outcome {
        Outcome::Success => None,
        Outcome::Error => Some((t!("why.error").to_owned(), "sync-no-retry")),
        Outcome::Crash => Some((t!("why.crash").to_owned(), "crash-reset")),
        Outcome::Timeout => Some((t!("why.timeout").to_owned(), "timeout-is-function-error")),
    }
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn show(us: u64) -> String {
    duration_us(us as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::RunDetails;

    fn attempt(result: AttemptResult) -> AttemptRecord {
        AttemptRecord { function: 0, source: 0, request: 3, attempt: 1, arrived_us: 1_000, started_us: 1_000, result }
    }

    #[test]
    fn a_spilled_cold_request_names_both_rules_and_every_part() {
        let why = why(&attempt(AttemptResult::Ran {
            environment: 7,
            provisioned: false,
            spill: Some(SpillCause::RequestRate),
            cold: Some(ColdCause::ScaleOut),
            sandbox_us: 120_000,
            init_us: 300_000,
            duration_us: 80_000,
            billed_ms: 380,
            outcome: Outcome::Success,
            details: RunDetails::NONE,
        }));
        let facts: Vec<_> = why.rules.iter().map(|(_, fact)| *fact).collect();
        assert_eq!(facts, ["provisioned-rate-cap", "requests-per-environment"]);
        assert_eq!(why.parts.len(), 4);
        assert!(why.headline.contains("500\u{a0}ms"), "{}", why.headline);
    }

    #[test]
    fn a_refused_request_names_the_limit() {
        let why = why(&attempt(AttemptResult::Throttled { cause: ThrottleCause::ScalingRate }));
        assert_eq!(why.rules[0].1, "scaling-rate");
        assert!(why.parts.is_empty());
    }
}
