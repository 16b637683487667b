//! What a plan makes of the morning, and whether the team's promise is kept.

use super::clock::{Clock, ClockMinute};
use super::cost::{self, BUDGET_PD};
use super::morning::Morning;
use super::plan::{Import, Plan};
use crate::components::format::{duration_us, picodollars};
use crate::t;
use coldstart_sim::{Report, ScenarioSpec};

/// The p99 that the team promised for every minute, in milliseconds. Part of the story.
pub const PROMISE_MS: f64 = 400.0;

/// What a plan makes of the minutes from 08:50 to 09:15.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Highest p99 of a minute, in milliseconds.
    pub worst_p99_ms: f64,
    /// That minute.
    pub worst_at: ClockMinute,
    /// Highest median of a minute, in milliseconds.
    pub worst_p50_ms: f64,
    /// Minutes over the pager's threshold.
    pub slow_minutes: usize,
    /// Cold starts.
    pub cold_starts: u64,
    /// Invocations past provisioned concurrency.
    pub spilled: u64,
    /// Bill of thirty such mornings, in picodollars.
    pub month_pd: i128,
}

/// What a run under a plan amounts to. `spec` is the scenario that the plan made.
#[must_use]
pub fn outcome(report: &Report, spec: &ScenarioSpec, plan: &Plan) -> Outcome {
    let morning = Morning::of(report, Clock::of(spec));
    let worst = morning.worst();
    Outcome {
        worst_p99_ms: worst.p99_ms,
        worst_at: worst.at,
        worst_p50_ms: morning.worst_p50_ms(),
        slow_minutes: morning.slow_minutes(),
        cold_starts: morning.cold_starts(),
        spilled: morning.spilled(),
        month_pd: cost::thirty_mornings(report, spec, plan).due_pd,
    }
}

impl Outcome {
    /// Whether every minute's p99 is below the promise.
    #[must_use]
    pub fn keeps_promise(&self) -> bool {
        self.worst_p99_ms < PROMISE_MS
    }

    /// Whether a month of it is within the budget.
    #[must_use]
    pub const fn is_within_budget(&self) -> bool {
        self.month_pd <= BUDGET_PD
    }

    /// Promise and budget in a sentence.
    #[must_use]
    pub fn verdict(&self) -> String {
        let (p99, month) = (duration_us(self.worst_p99_ms * 1_000.0), picodollars(self.month_pd));
        let (promise, budget) = (duration_us(PROMISE_MS * 1_000.0), picodollars(BUDGET_PD));
        match (self.keeps_promise(), self.is_within_budget()) {
            (true, true) => t!("incident.verdict_good", p99 = p99, month = month),
            (true, false) => t!("incident.verdict_dear", p99 = p99, month = month, budget = budget),
            (false, true) => t!("incident.verdict_slow", p99 = p99, promise = promise, month = month),
            (false, false) => t!("incident.verdict_both", p99 = p99, promise = promise, month = month, budget = budget),
        }
    }
}

impl Plan {
    /// The plan in a few words.
    #[must_use]
    pub fn words(&self) -> String {
        use super::clock::show;
        use super::plan::Bound;
        let bound = match self.bound {
            Bound::Alias => t!("incident.plan_alias"),
            Bound::Version => t!("incident.plan_version"),
        };
        let parts = [
            (self.units > 0)
                .then(|| t!("incident.plan_provisioned", n = self.units, from = show(self.from), until = show(self.until), bound = bound)),
            (self.import == Import::Dropped).then(|| t!("incident.plan_dropped").to_owned()),
            (self.import == Import::Layer).then(|| t!("incident.plan_layer").to_owned()),
            (self.pings > 0).then(|| t!("incident.plan_pings", n = self.pings, every = self.ping_every_min)),
            self.queue.then(|| t!("incident.plan_queue").to_owned()),
            self.deploy.then(|| t!("incident.plan_deploy").to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { t!("incident.plan_nothing").to_owned() } else { parts.join(", ") }
    }
}
