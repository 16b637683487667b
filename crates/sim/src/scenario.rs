//! A validated scenario: what the engine runs. Times are integer microseconds, laws have their parameters worked out, edges are
//! indices. Only [`crate::validate()`] makes one, so that the engine never meets a value out of range. What is serialized is for another
//! thread of the same build, as is: links, files and whatever outlives a build hold the specification.

mod behaviour;
mod build;
mod dependency;
mod mapping;
mod network;
mod senders;

pub(crate) use behaviour::{Behaviour, Snapshot};
pub(crate) use dependency::{Call, Dependency, Incident};
pub(crate) use mapping::{Mapping, Pollers, Queue, Reader, Stream};
pub(crate) use network::{Asynchronous, Delivery, Node, Target, receives_events};
pub(crate) use senders::{Answer, Backoff, Door, EventSource, OK, Quota};

use crate::dist::Law;
use crate::rules::Rules;
use crate::spec::{ArchitectureSpec, BoundToSpec, PackageSpec, RetryPolicySpec, ReuseSpec};
use crate::time::{SimDuration, SimTime};
use serde::{Deserialize, Serialize};

/// A scenario that can be run as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    pub(crate) title: String,
    pub(crate) seed: u64,
    pub(crate) end: SimTime,
    pub(crate) warm_up: SimTime,
    pub(crate) clock_start_s: u32,
    pub(crate) max_events: u64,
    pub(crate) max_environments: u32,
    pub(crate) max_messages: u32,
    pub(crate) concurrency_limit: u32,
    pub(crate) scaling_environments: u32,
    pub(crate) free_tier: bool,
    /// Requests that API Gateway lets through: a second, and at once.
    pub(crate) api_quota: (u32, u32),
    pub(crate) rules: Rules,
    pub(crate) functions: Vec<Function>,
    pub(crate) sources: Vec<Source>,
    pub(crate) dependencies: Vec<Dependency>,
    /// What keeps an account of events: a row of the report each.
    pub(crate) nodes: Vec<Node>,
    pub(crate) queues: Vec<Queue>,
    /// Mappings of queues.
    pub(crate) mappings: Vec<Mapping>,
    pub(crate) streams: Vec<Stream>,
    /// Mappings of streams.
    pub(crate) readers: Vec<Reader>,
}

/// One function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    pub(crate) id: String,
    pub(crate) memory_mb: u32,
    /// Size of /tmp.
    pub(crate) tmp_mb: u32,
    pub(crate) max_memory_used_mb: u32,
    pub(crate) architecture: ArchitectureSpec,
    pub(crate) package: PackageSpec,
    pub(crate) runtime: String,
    pub(crate) timeout: SimDuration,
    /// vCPUs that the handler can use: `min(threads, memory / one vCPU's)` (facts B4).
    pub(crate) cpu_share: f64,
    pub(crate) cpu: Law,
    pub(crate) wait: Law,
    pub(crate) first_run_cpu: Law,
    pub(crate) error_rate: f64,
    pub(crate) crash_rate: f64,
    pub(crate) poison_rate: f64,
    pub(crate) sandbox: Law,
    pub(crate) runtime_init: Law,
    pub(crate) code_init: Law,
    pub(crate) idle_life: IdleLife,
    pub(crate) max_life: Option<(SimDuration, SimDuration)>,
    /// Whether its INIT is billed on demand.
    pub(crate) init_billed: bool,
    pub(crate) reuse: ReuseSpec,
    pub(crate) reserved: Option<u32>,
    pub(crate) provisioned: Vec<Provisioned>,
    /// What moves the units of the one entry of `provisioned`.
    pub(crate) scaling: Option<Scaling>,
    /// Whether `max_life` ends provisioned environments too.
    pub(crate) reset_units: bool,
    pub(crate) deploys: Vec<SimTime>,
    pub(crate) asynchronous: Option<Asynchronous>,
    pub(crate) calls: Vec<Call>,
    pub(crate) sends: Vec<Target>,
    pub(crate) allow_loops: bool,
    pub(crate) behaviour: Option<Behaviour>,
}

/// How long an idle environment lives; it is reclaimed once idle for longer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum IdleLife {
    Never,
    Constant(SimDuration),
    Random(Law),
}

/// Provisioned concurrency from one moment to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Provisioned {
    pub(crate) units: u32,
    pub(crate) from: SimTime,
    pub(crate) until: Option<SimTime>,
    pub(crate) ready_at_start: bool,
    pub(crate) preparation: SimDuration,
    pub(crate) bound_to: BoundToSpec,
}

/// How provisioned concurrency follows its use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scaling {
    /// Fewest and most units.
    pub(crate) bounds: (u32, u32),
    pub(crate) target: f64,
    pub(crate) track_maximum: bool,
    /// Bounds from each of these moments on.
    pub(crate) schedule: Vec<(SimTime, (u32, u32))>,
}

/// One sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub(crate) id: String,
    /// Place of the function that it calls.
    pub(crate) target: u16,
    /// Handler duration of a ping; none for real requests.
    pub(crate) ping: Option<SimDuration>,
    pub(crate) arrivals: Arrivals,
    pub(crate) retry: Retry,
    pub(crate) delivery: Delivery,
    pub(crate) payload_kb: u32,
    /// What its callers reach the function through, if that is of consequence.
    pub(crate) door: Option<Door>,
    pub(crate) event_source: Option<EventSource>,
}

/// When requests arrive. Rates are requests per microsecond, gaps the mean microseconds between two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Arrivals {
    /// The first at time 0.
    Constant {
        gap_us: f64,
    },
    Poisson {
        gap_us: f64,
    },
    Rate(RateCurve),
    OnOff {
        on_per_us: f64,
        off_per_us: f64,
        on_mean_us: f64,
        off_mean_us: f64,
    },
    Cron {
        first: SimTime,
        every: SimDuration,
        requests: u32,
    },
    Replay {
        at: Vec<SimTime>,
        durations: Vec<SimDuration>,
    },
    PerMinute {
        counts: Vec<u32>,
    },
    Log {
        sends: Vec<(SimTime, u32)>,
    },
}

/// A rate over time: straight pieces, 0 before the first, the last one without end unless the curve repeats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RateCurve {
    pub(crate) pieces: Vec<RatePiece>,
    pub(crate) repeat_every_us: Option<f64>,
}

/// One straight piece of a rate curve, up to the start of the next.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RatePiece {
    pub(crate) from_us: f64,
    /// Rate at the start.
    pub(crate) per_us: f64,
    /// Change of the rate per microsecond.
    pub(crate) slope: f64,
}

/// What a sender does when it is refused or the function fails.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Retry {
    pub(crate) policy: RetryPolicySpec,
    /// Attempts in all; 1 where the policy is never to retry.
    pub(crate) max_attempts: u16,
    pub(crate) base: SimDuration,
    pub(crate) cap: SimDuration,
    pub(crate) on_errors: bool,
}

impl Scenario {
    /// What a list shows; may be empty.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The seed that the scenario's author chose.
    #[must_use]
    pub const fn seed(&self) -> crate::Seed {
        crate::Seed(self.seed)
    }

    /// When requests stop arriving.
    #[must_use]
    pub const fn end(&self) -> SimTime {
        self.end
    }

    /// Start of what the report covers.
    #[must_use]
    pub const fn warm_up(&self) -> SimTime {
        self.warm_up
    }

    /// Time of day at simulated time 0, in seconds after midnight.
    #[must_use]
    pub const fn clock_start_s(&self) -> u32 {
        self.clock_start_s
    }

    /// Account concurrency limit, in execution environments.
    #[must_use]
    pub const fn concurrency_limit(&self) -> u32 {
        self.concurrency_limit
    }

    /// Whether the bill applies the account's free tier.
    #[must_use]
    pub const fn free_tier(&self) -> bool {
        self.free_tier
    }

    /// The functions, in the order of the specification.
    #[must_use]
    pub fn functions(&self) -> &[Function] {
        &self.functions
    }

    /// The senders, in the order of the specification.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}

impl Function {
    /// Name that edges use.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Memory size, in MB.
    #[must_use]
    pub const fn memory_mb(&self) -> u32 {
        self.memory_mb
    }

    /// Size of /tmp, in MB.
    #[must_use]
    pub const fn tmp_mb(&self) -> u32 {
        self.tmp_mb
    }

    /// Most memory used, in MB, as the REPORT line shows it.
    #[must_use]
    pub const fn max_memory_used_mb(&self) -> u32 {
        self.max_memory_used_mb
    }

    /// Processor architecture.
    #[must_use]
    pub const fn architecture(&self) -> ArchitectureSpec {
        self.architecture
    }

    /// Deployment package.
    #[must_use]
    pub const fn package(&self) -> PackageSpec {
        self.package
    }

    /// Slug of the runtime; may be empty.
    #[must_use]
    pub fn runtime(&self) -> &str {
        &self.runtime
    }

    /// The function's timeout.
    #[must_use]
    pub const fn timeout(&self) -> SimDuration {
        self.timeout
    }

    /// vCPUs that the handler can use.
    #[must_use]
    pub const fn cpu_share(&self) -> f64 {
        self.cpu_share
    }

    /// Reserved concurrency, if set.
    #[must_use]
    pub const fn reserved_concurrency(&self) -> Option<u32> {
        self.reserved
    }
}

impl Source {
    /// Name of the sender.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Place of the function that it calls.
    #[must_use]
    pub const fn target(&self) -> u16 {
        self.target
    }

    /// Whether it only sends pings.
    #[must_use]
    pub const fn is_ping(&self) -> bool {
        self.ping.is_some()
    }
}
