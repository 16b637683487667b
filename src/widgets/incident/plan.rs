//! The fixes that a learner can try, and the scenario that each of them makes of the same morning.

use super::clock::{Clock, ClockMinute, moment};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::spec::{
    ArrivalsSpec, BoundToSpec, DeploySpec, DistributionSpec, FunctionSpec, ProvisionedSpec, QuantileSpec, SourceKindSpec, SourceSpec,
};

/// What is done about the import that the orders never use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Import {
    /// Nothing.
    #[default]
    Kept,
    /// It is dropped.
    Dropped,
    /// Its files move to a layer; each new environment still fetches, unpacks and imports them.
    Layer,
}

/// What provisioned concurrency is configured on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// The version that is live when it is set up.
    #[default]
    Version,
    /// The alias, which follows a deploy.
    Alias,
}

/// Everything that a learner can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Provisioned concurrency; 0 for none.
    pub units: u32,
    /// When it is asked for, each day.
    pub from: ClockMinute,
    /// When it is given up, each day.
    pub until: ClockMinute,
    /// What it belongs to.
    pub bound: Bound,
    /// What is done about the import.
    pub import: Import,
    /// Pings sent at once; 0 for none.
    pub pings: u32,
    /// Time between two rounds of pings, in minutes.
    pub ping_every_min: u32,
    /// Whether a queue takes the orders.
    pub queue: bool,
    /// Whether a new version goes live at 08:55.
    pub deploy: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            units: 0,
            from: 8 * 60 + 50,
            until: 9 * 60 + 15,
            bound: Bound::default(),
            import: Import::default(),
            pings: 0,
            ping_every_min: 5,
            queue: false,
            deploy: false,
        }
    }
}

/// Share of the function's own INIT that is left without the import. Part of the story, as the INIT in the scenario is.
const INIT_LEFT_WITHOUT_IMPORT: f64 = 0.16;
/// How long a ping keeps its environment. Part of the story.
const PING_HANDLER_MS: f64 = 50.0;
/// Rounds of pings keep off the full minutes, at which the tills ask: the pinger at its best.
const PING_FIRST_S: f64 = 30.0;
/// Share of the time at the database that is left when it is twice as large. Generous: halving is the best that it could do.
const WAIT_LEFT_WITH_LARGER_DATABASE: f64 = 0.5;
const PING_SOURCE: &str = "pinger";

impl Plan {
    /// Whether it changes nothing of the morning.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.units == 0 && self.pings == 0 && self.import == Import::Kept && !self.queue
    }

    /// The same morning with this plan in place: the same seed, the same arrivals, the same work of every order.
    #[must_use]
    pub fn apply(&self, morning: &ScenarioSpec) -> ScenarioSpec {
        let mut spec = morning.clone();
        let clock = Clock::of(morning);
        let run_end_s = spec.run.duration_s;
        let Some(function) = spec.functions.first_mut() else { return spec };
        let target = function.id.clone();
        if self.import == Import::Dropped {
            function.init.code = scaled(&function.init.code, INIT_LEFT_WITHOUT_IMPORT);
        }
        if self.units > 0 && self.from < self.until {
            function.provisioned = vec![self.provisioned(clock, run_end_s)];
        }
        if self.deploy {
            function.deploys = vec![DeploySpec { at_s: clock.run_s(moment::DEPLOY) }];
        }
        if self.pings > 0 {
            spec.sources.push(self.pinger(target));
        }
        spec
    }

    fn provisioned(&self, clock: Clock, run_end_s: f64) -> ProvisionedSpec {
        let until_s = clock.run_s(self.until);
        ProvisionedSpec {
            units: self.units,
            from_s: clock.run_s(self.from),
            until_s: (until_s < run_end_s).then_some(until_s),
            ready_at_start: false,
            preparation_s: preparation_s(),
            bound_to: match self.bound {
                Bound::Alias => BoundToSpec::Alias,
                Bound::Version => BoundToSpec::Version,
            },
        }
    }

    fn pinger(&self, target: String) -> SourceSpec {
        SourceSpec {
            id: PING_SOURCE.to_owned(),
            target,
            kind: SourceKindSpec::Ping { handler_ms: PING_HANDLER_MS },
            arrivals: ArrivalsSpec::Cron {
                every_s: f64::from(self.ping_every_min.max(1)) * 60.0,
                first_s: PING_FIRST_S,
                requests: self.pings,
            },
            ..Default::default()
        }
    }
}

/// Preparation before provisioned units appear: the middle of what AWS says.
#[allow(clippy::cast_precision_loss, reason = "a few minutes in milliseconds")]
fn preparation_s() -> f64 {
    let sum_ms = coldstart_facts::PROVISIONED_PREPARATION_MIN_MS + coldstart_facts::PROVISIONED_PREPARATION_MAX_MS;
    sum_ms as f64 / 2.0 / 1_000.0
}

/// The morning with the team's first guess: the database scaled up.
#[must_use]
pub fn with_larger_database(morning: &ScenarioSpec) -> ScenarioSpec {
    let mut spec = morning.clone();
    for function in &mut spec.functions {
        function.handler.wait = scaled(&function.handler.wait, WAIT_LEFT_WITH_LARGER_DATABASE);
    }
    spec
}

/// Processor time of a handler, in milliseconds of its duration, where it is the same for every order.
#[must_use]
pub fn handler_cpu_ms(function: &FunctionSpec) -> Option<f64> {
    let DistributionSpec::Constant { ms } = function.handler.cpu else { return None };
    let share = f64::from(function.memory_mb) / f64::from(coldstart_facts::ONE_VCPU_AT_MB);
    Some(ms / share.min(f64::from(function.handler.threads)))
}

/// The law with every value multiplied by `factor`.
fn scaled(law: &DistributionSpec, factor: f64) -> DistributionSpec {
    match law {
        DistributionSpec::Constant { ms } => DistributionSpec::Constant { ms: ms * factor },
        DistributionSpec::Uniform { low_ms, high_ms } => DistributionSpec::Uniform { low_ms: low_ms * factor, high_ms: high_ms * factor },
        DistributionSpec::Exponential { mean_ms } => DistributionSpec::Exponential { mean_ms: mean_ms * factor },
        DistributionSpec::Lognormal { mean_ms, p99_ms } => {
            DistributionSpec::Lognormal { mean_ms: mean_ms * factor, p99_ms: p99_ms * factor }
        }
        DistributionSpec::Quantiles { points } => DistributionSpec::Quantiles {
            points: points.iter().map(|point| QuantileSpec { share: point.share, ms: point.ms * factor }).collect(),
        },
    }
}
