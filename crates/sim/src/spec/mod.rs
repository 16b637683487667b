//! What a person writes: the scenario, schema 1. The only wire type.
//!
//! A scenario is a graph: an account, functions, and what sends them work; edges name their ends by id. Every field carries its
//! unit in its name. Unknown fields are errors; within a version there are only additions. [`crate::validate()`] turns a
//! [`ScenarioSpec`] into a [`crate::Scenario`], which cannot be invalid.

mod arrivals;
mod behaviour;
mod dependency;
mod function;
mod mapping;
mod network;
mod scaling;
mod senders;
mod values;

pub use arrivals::{ArrivalsSpec, RatePointSpec, RateShapeSpec, RetryPolicySpec, RetrySpec, SendSpec, SourceKindSpec, SourceSpec};
pub use behaviour::{BehaviourSpec, ExtensionSpec, VpcSpec};
pub use dependency::{CallSpec, DependencySpec, IncidentSpec};
pub use function::{
    ArchitectureSpec, BoundToSpec, DeploySpec, FunctionSpec, HandlerSpec, InitSpec, MaxLifeSpec, PackageSpec, ProvisionedSpec,
    ReclaimProfileSpec, ReclaimSpec, ReuseSpec,
};
pub use mapping::{MappingSpec, PollerScalingSpec, QueueSpec, StreamKindSpec, StreamSpec};
pub use network::{AsynchronousSpec, DestinationKindSpec, DestinationSpec};
pub use scaling::{ProvisionedScalingSpec, ScheduledUnitsSpec};
pub use senders::{DeliverySpec, DoorSpec};
pub use values::{DistributionSpec, QuantileSpec};

#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// The newest schema that this build reads and writes.
pub const SCHEMA: u32 = 1;

/// Reads a variant without fields. By itself serde would pass over whatever stands beside the tag of one, and unknown fields are errors.
fn no_fields<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct NoFields {}
    NoFields::deserialize(deserializer).map(|NoFields {}| ())
}

/// A whole scenario, schema 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Schema version of this file; 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SCHEMA.min, max = limits::SCHEMA.max)))]
    pub schema: u32,
    /// What a list shows; at most 120 characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::TITLE_CHARS.min, max = limits::TITLE_CHARS.max)))]
    pub title: String,
    /// How long to run, and within which budgets.
    #[serde(default)]
    pub run: RunSpec,
    /// The AWS account, one Region of it.
    #[serde(default)]
    pub account: AccountSpec,
    /// The functions; 1 to 16.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::FUNCTIONS.min, max = limits::FUNCTIONS.max)))]
    pub functions: Vec<FunctionSpec>,
    /// What sends requests; 1 to 32.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::SOURCES.min, max = limits::SOURCES.max)))]
    pub sources: Vec<SourceSpec>,
    /// Where events and records end up; at most 32.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::DESTINATIONS.min, max = limits::DESTINATIONS.max)))]
    pub destinations: Vec<DestinationSpec>,
    /// SQS queues; at most 32.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::QUEUES.min, max = limits::QUEUES.max)))]
    pub queues: Vec<QueueSpec>,
    /// Kinesis and DynamoDB streams; at most 32.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::STREAMS.min, max = limits::STREAMS.max)))]
    pub streams: Vec<StreamSpec>,
    /// Event source mappings, which poll queues and streams for functions; at most 32.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::MAPPINGS.min, max = limits::MAPPINGS.max)))]
    pub mappings: Vec<MappingSpec>,
    /// What functions call: services, tables, databases; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::DEPENDENCIES.min, max = limits::DEPENDENCIES.max)))]
    pub dependencies: Vec<DependencySpec>,
}

impl Default for ScenarioSpec {
    /// The start of a scenario: without functions or sources it is not valid yet.
    fn default() -> Self {
        Self {
            schema: SCHEMA,
            title: String::new(),
            run: RunSpec::default(),
            account: AccountSpec::default(),
            functions: Vec::new(),
            sources: Vec::new(),
            destinations: Vec::new(),
            queues: Vec::new(),
            streams: Vec::new(),
            mappings: Vec::new(),
            dependencies: Vec::new(),
        }
    }
}

/// Length of the run, its clock, seed and budgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RunSpec {
    /// Simulated time during which requests arrive, in seconds; above 0, at most 31 days. Work under way at the end is run to its end.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RUN_DURATION_S.min, max = limits::RUN_DURATION_S.max)))]
    pub duration_s: f64,
    /// Time at the start that the report leaves out, in seconds; 0 to `duration_s`.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::WARM_UP_S.min, max = limits::WARM_UP_S.max)))]
    pub warm_up_s: f64,
    /// Seed of every random draw; a whole number that JavaScript and TOML carry without loss, 0 to 2^53 - 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SEED.min, max = limits::SEED.max)))]
    pub seed: u64,
    /// Time of day shown for simulated time 0, in seconds after midnight; 0 to 86,399.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CLOCK_START_S.min, max = limits::CLOCK_START_S.max)))]
    pub clock_start_s: u32,
    /// Events after which the run stops and says so; 1,000 to 10,000,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MAX_EVENTS.min, max = limits::MAX_EVENTS.max)))]
    pub max_events: u64,
    /// Execution environments alive at once after which the run stops and says so; 1 to 1,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MAX_ENVIRONMENTS.min, max = limits::MAX_ENVIRONMENTS.max)))]
    pub max_environments: u32,
    /// Events and messages held at once, in all queues together, after which the run stops and says so; 1 to 10,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MAX_MESSAGES.min, max = limits::MAX_MESSAGES.max)))]
    pub max_messages: u32,
}

impl Default for RunSpec {
    fn default() -> Self {
        Self {
            duration_s: 600.0,
            warm_up_s: 0.0,
            seed: 1,
            clock_start_s: 0,
            max_events: 200_000_000,
            max_environments: 100_000,
            max_messages: 1_000_000,
        }
    }
}

/// The account and Region that the functions share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AccountSpec {
    /// Account concurrency limit, in execution environments; 1 to 1,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CONCURRENCY_LIMIT.min, max = limits::CONCURRENCY_LIMIT.max)))]
    pub concurrency_limit: u32,
    /// Environments that one function may add per scaling period; 1 to 1,000,000. Rules before November 2023 have a burst of their own.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SCALING_ENVIRONMENTS.min, max = limits::SCALING_ENVIRONMENTS.max)))]
    pub scaling_environments: u32,
    /// Whether the account's free tier is still unused and the bill applies it.
    pub free_tier: bool,
    /// Requests a second that API Gateway lets through, all REST and HTTP APIs together; 1 to 1,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::API_REQUESTS_PER_S.min, max = limits::API_REQUESTS_PER_S.max)))]
    pub api_requests_per_s: u32,
    /// Requests that API Gateway lets through at once; 1 to 1,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::API_BURST.min, max = limits::API_BURST.max)))]
    pub api_burst: u32,
    /// Day whose rules hold, as in `2019-06-30`: billing steps, free INIT, the scaling burst and sizes changed over the years. Unset, today's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::DAY_CHARS.min, max = limits::DAY_CHARS.max)))]
    pub rules_as_of: Option<String>,
}

impl Default for AccountSpec {
    fn default() -> Self {
        Self {
            concurrency_limit: coldstart_facts::ACCOUNT_CONCURRENCY_DEFAULT,
            scaling_environments: coldstart_facts::SCALING_ENVIRONMENTS,
            free_tier: false,
            api_requests_per_s: coldstart_facts::API_GATEWAY_REQUESTS_PER_S,
            api_burst: coldstart_facts::API_GATEWAY_BURST,
            rules_as_of: None,
        }
    }
}
