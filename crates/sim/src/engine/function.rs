//! A function at work: what its invocations draw from, its limits, its environments, its counters.

use super::{Levels, Tally, TokenBucket};
use crate::dist::Law;
use crate::histogram::DenseHistogram;
use crate::model::cause::ColdCauses;
use crate::model::provisioned::Units;
use crate::rng::{Purpose, Stream};
use crate::rules::SCALING_PERIOD_US;
use crate::scenario::{IdleLife, Scenario};
use crate::spec::ReuseSpec;
use coldstart_facts::REQUESTS_PER_S_PER_CONCURRENCY;

/// Everything about one function during a run.
#[derive(Clone)]
pub(crate) struct FunctionState {
    pub(crate) cpu: Law,
    pub(crate) wait: Law,
    /// Time that a second of processor time takes.
    pub(crate) stretch: f64,
    pub(crate) timeout_us: u64,
    pub(crate) crash_rate: f64,
    /// Crash and error rate together.
    pub(crate) failure_rate: f64,
    pub(crate) poison_rate: f64,
    /// Whether anything but the timeout can make it fail.
    pub(crate) may_fail: bool,
    /// Whether it does anything besides its work; only in the graph shape.
    pub(crate) behaves: bool,
    /// Time after which an idle environment is gone, where that is constant; `u64::MAX` for never.
    pub(crate) constant_idle_us: u64,
    /// Whether an idle environment's time of reclaim follows from the time alone, and nothing asks for its number.
    pub(crate) simple_life: bool,
    pub(crate) idle_lives: Stream,
    pub(crate) lives: Stream,

    pub(crate) reserved: Option<u32>,
    pub(crate) reserved_rate: TokenBucket,
    pub(crate) scaling: TokenBucket,
    pub(crate) busy_on_demand: u32,
    /// Busy provisioned environments, those of released allocations too.
    pub(crate) busy_units: u32,
    /// On-demand environments alive, busy or idle.
    pub(crate) on_demand: u32,
    pub(crate) live_version: u32,
    pub(crate) causes: ColdCauses,
    pub(crate) units: Units,

    pub(crate) tally: Tally,
    pub(crate) levels: Levels,
    /// Latency and duration of successes that waited for nothing: one and the same, and nearly all, so they are recorded once.
    pub(crate) prompt: DenseHistogram,
    /// Latency of the other successes.
    pub(crate) latency: DenseHistogram,
    /// Duration of the other invocations.
    pub(crate) duration: DenseHistogram,
    pub(crate) init: DenseHistogram,
}

impl FunctionState {
    pub(crate) fn new(scenario: &Scenario, at: usize, seed: u64, window: (u64, u64)) -> Self {
        let function = &scenario.functions[at];
        let rate = u64::from(function.reserved.unwrap_or(0)) * u64::from(REQUESTS_PER_S_PER_CONCURRENCY);
        Self {
            cpu: function.cpu.clone(),
            wait: function.wait.clone(),
            stretch: 1.0 / function.cpu_share,
            timeout_us: function.timeout.us(),
            crash_rate: function.crash_rate,
            failure_rate: function.crash_rate + function.error_rate,
            poison_rate: function.poison_rate,
            behaves: function.behaviour.is_some(),
            may_fail: function.crash_rate + function.error_rate + function.poison_rate > 0.0,
            constant_idle_us: match function.idle_life {
                // It may still be used when exactly this old: it goes one tick later.
                IdleLife::Constant(life) => life.us() + 1,
                IdleLife::Never | IdleLife::Random(_) => u64::MAX,
            },
            simple_life: !matches!(function.idle_life, IdleLife::Random(_))
                && function.max_life.is_none()
                && function.deploys.is_empty()
                && !matches!(function.reuse, ReuseSpec::NewestCreated | ReuseSpec::OldestCreated),
            idle_lives: Stream::new(seed, Purpose::IdleLife, at as u64),
            lives: Stream::new(seed, Purpose::MaxLife, at as u64),
            reserved: function.reserved,
            reserved_rate: TokenBucket::one_second_of(rate),
            scaling: TokenBucket::new(scenario.scaling_environments.into(), SCALING_PERIOD_US),
            busy_on_demand: 0,
            busy_units: 0,
            on_demand: 0,
            live_version: 1,
            causes: ColdCauses::default(),
            units: Units::default(),
            tally: Tally::default(),
            levels: Levels::new(window),
            prompt: DenseHistogram::new(),
            latency: DenseHistogram::new(),
            duration: DenseHistogram::new(),
            init: DenseHistogram::new(),
        }
    }
}
