//! Functions: what runs, and how its environments live.

use super::{AsynchronousSpec, BehaviourSpec, CallSpec, DistributionSpec, ProvisionedScalingSpec};
#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// One function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FunctionSpec {
    /// Name that edges use: 1 to 40 of a-z, 0-9 and `-`, unique among functions.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// Memory size, in MB; CPU share follows it.
    #[serde(default = "default_memory_mb")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MEMORY_MB.min, max = limits::MEMORY_MB.max)))]
    pub memory_mb: u32,
    /// Size of /tmp, in MB; what is above 512 MB is billed for as long as the function runs.
    #[serde(default = "default_tmp_mb", skip_serializing_if = "is_default_tmp")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::TMP_MB.min, max = limits::TMP_MB.max)))]
    pub tmp_mb: u32,
    /// Time that one invocation may take from the start of its handler, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::TIMEOUT_MS.min, max = limits::TIMEOUT_MS.max)))]
    pub timeout_ms: u64,
    /// Processor architecture; prices differ.
    #[serde(default)]
    pub architecture: ArchitectureSpec,
    /// The handler's own work.
    #[serde(default)]
    pub handler: HandlerSpec,
    /// What a new execution environment does before its first request.
    #[serde(default)]
    pub init: InitSpec,
    /// When an idle execution environment is reclaimed.
    #[serde(default)]
    pub reclaim: ReclaimSpec,
    /// When a busy execution environment is recycled all the same.
    #[serde(default)]
    pub max_life: MaxLifeSpec,
    /// Which idle execution environment takes the next request.
    #[serde(default)]
    pub reuse: ReuseSpec,
    /// Reserved concurrency; unset, the function draws on the unreserved pool. 0 throttles everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RESERVED.min, max = limits::RESERVED.max)))]
    pub reserved_concurrency: Option<u32>,
    /// Provisioned concurrency over time; at most 64 entries that do not overlap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::PROVISIONED.min, max = limits::PROVISIONED.max)))]
    pub provisioned: Vec<ProvisionedSpec>,
    /// Provisioned concurrency that follows its use, in place of `provisioned`; unset, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisioned_scaling: Option<ProvisionedScalingSpec>,
    /// Whether `max_life` ends provisioned environments too: each is initialised anew, and requests spill over meanwhile.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reset_units: bool,
    /// New versions put live during the run, in order of time; at most 64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::DEPLOYS.min, max = limits::DEPLOYS.max)))]
    pub deploys: Vec<DeploySpec>,
    /// How it handles events that it is invoked with asynchronously.
    #[serde(default, skip_serializing_if = "AsynchronousSpec::is_default")]
    pub asynchronous: AsynchronousSpec,
    /// Calls of dependencies that follow the handler's own work, in order; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::CALLS.min, max = limits::CALLS.max)))]
    pub calls: Vec<CallSpec>,
    /// Ids of what each success sends an event to (functions, standard queues, streams, destinations); at most 8.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::SENDS_ON.min, max = limits::SENDS_ON.max)))]
    pub sends: Vec<String>,
    /// Whether Lambda lets an event come back to the function without end, and does not stop the loop.
    #[serde(default, skip_serializing_if = "is_false")]
    pub allow_loops: bool,
    /// What it does besides its work.
    #[serde(default, skip_serializing_if = "BehaviourSpec::is_default")]
    pub behaviour: BehaviourSpec,
}

impl Default for FunctionSpec {
    /// A function as the console would create it; it still needs an id.
    fn default() -> Self {
        Self {
            id: String::new(),
            memory_mb: default_memory_mb(),
            tmp_mb: default_tmp_mb(),
            timeout_ms: default_timeout_ms(),
            architecture: ArchitectureSpec::default(),
            handler: HandlerSpec::default(),
            init: InitSpec::default(),
            reclaim: ReclaimSpec::default(),
            max_life: MaxLifeSpec::default(),
            reuse: ReuseSpec::default(),
            reserved_concurrency: None,
            provisioned: Vec::new(),
            provisioned_scaling: None,
            reset_units: false,
            deploys: Vec::new(),
            asynchronous: AsynchronousSpec::default(),
            calls: Vec::new(),
            sends: Vec::new(),
            allow_loops: false,
            behaviour: BehaviourSpec::default(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

const fn default_memory_mb() -> u32 {
    coldstart_facts::MEMORY_DEFAULT_MB
}

const fn default_tmp_mb() -> u32 {
    coldstart_facts::TMP_FREE_MB
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_default_tmp(tmp_mb: &u32) -> bool {
    *tmp_mb == default_tmp_mb()
}

const fn default_timeout_ms() -> u64 {
    coldstart_facts::TIMEOUT_DEFAULT_MS
}

/// Processor architecture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArchitectureSpec {
    /// x86-64.
    #[default]
    X86_64,
    /// Graviton.
    Arm64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// The handler's work for one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct HandlerSpec {
    /// Processor time at one full vCPU; stretched when the memory size gives less than that.
    pub cpu: DistributionSpec,
    /// Time spent waiting for others (a database, another service); memory does not change it.
    pub wait: DistributionSpec,
    /// Extra processor time of the first run in a new environment (lazy loading, just-in-time compilation), at one full vCPU.
    pub first_run_cpu: DistributionSpec,
    /// Threads that the processor time can use; 1 to 6.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::THREADS.min, max = limits::THREADS.max)))]
    pub threads: u32,
    /// Share of invocations that end in a function error after their full duration; 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub error_rate: f64,
    /// Share of invocations that crash the runtime after their full duration, so that the next one repeats INIT; 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub crash_rate: f64,
    /// Share of requests that are poisonous: every attempt at one ends in a function error after its full duration; 0 to 1.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub poison_rate: f64,
    /// Most memory used, in MB, as the REPORT line shows it; 1 to 10,240, at most `memory_mb`.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MEMORY_USED_MB.min, max = limits::MEMORY_USED_MB.max)))]
    pub max_memory_used_mb: u32,
}

impl Default for HandlerSpec {
    fn default() -> Self {
        Self {
            cpu: DistributionSpec::constant(5.0),
            wait: DistributionSpec::constant(0.0),
            first_run_cpu: DistributionSpec::constant(0.0),
            threads: 1,
            error_rate: 0.0,
            crash_rate: 0.0,
            poison_rate: 0.0,
            max_memory_used_mb: 64,
        }
    }
}

/// What a new execution environment does before it can take its first request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct InitSpec {
    /// Creating the sandbox and downloading the code: the caller waits, INIT does not count it. AWS publishes no figure.
    pub sandbox: DistributionSpec,
    /// Runtime whose measured INIT is drawn (a slug of the facts registry's table, such as `python3.12`); empty for none.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::RUNTIME_CHARS.min, max = limits::RUNTIME_CHARS.max)))]
    pub runtime: String,
    /// How the code is packaged; picks the row of the measured table.
    pub package: PackageSpec,
    /// INIT of the function's own code (imports, clients), added to the runtime's; memory does not change it.
    pub code: DistributionSpec,
}

impl Default for InitSpec {
    fn default() -> Self {
        Self {
            sandbox: DistributionSpec::Uniform { low_ms: 50.0, high_ms: 250.0 },
            runtime: "python3.12".to_owned(),
            package: PackageSpec::Zip,
            code: DistributionSpec::constant(0.0),
        }
    }
}

/// Deployment package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PackageSpec {
    /// A .zip file.
    #[default]
    Zip,
    /// A container image (a packaging choice, not an isolation unit).
    Image,
}

/// When an idle execution environment is reclaimed. AWS publishes no figure; every choice here is a modelling choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "kind")]
pub enum ReclaimSpec {
    /// After a measured idle life.
    Profile {
        /// Which measurement.
        profile: ReclaimProfileSpec,
    },
    /// Once idle for longer than this.
    Constant {
        /// Idle life, in seconds; above 0, at most 31 days.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        idle_life_s: f64,
    },
    /// After a memoryless idle life.
    Exponential {
        /// Mean idle life, in seconds; above 0, at most 31 days.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        mean_s: f64,
    },
    /// Never.
    #[serde(deserialize_with = "super::no_fields")]
    Never,
}

impl Default for ReclaimSpec {
    fn default() -> Self {
        Self::Profile { profile: ReclaimProfileSpec::Logs2020 }
    }
}

/// Public measurements of idle life, by the time they were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReclaimProfileSpec {
    /// 2017: 45 to 60 minutes.
    #[serde(rename = "y2017")]
    Y2017,
    /// March to June 2019: 20 to 60 minutes.
    #[serde(rename = "early_2019")]
    Early2019,
    /// July and August 2019: 10 to 16 minutes.
    #[serde(rename = "mid_2019")]
    Mid2019,
    /// Public request logs of 2020: 640 seconds fits best.
    #[default]
    #[serde(rename = "logs_2020")]
    Logs2020,
    /// January 2021: a cliff between 5 and 7 minutes.
    #[serde(rename = "cliff_2021")]
    Cliff2021,
    /// The last of these that had been begun by `account.rules_as_of`.
    ByDate,
}

/// When an environment is recycled however busy it is. AWS says "every few hours" and no more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "kind")]
pub enum MaxLifeSpec {
    /// Never within the run.
    #[default]
    #[serde(deserialize_with = "super::no_fields")]
    Never,
    /// After a life drawn evenly between two bounds; the request under way is finished first.
    Uniform {
        /// Shortest life, in seconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        low_s: f64,
        /// Longest life, in seconds; not below `low_s`.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        high_s: f64,
    },
}

/// Which idle environment takes the next request. Not published; most recently used was measured in 2020.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReuseSpec {
    /// The one that became idle last.
    #[default]
    MostRecentlyUsed,
    /// The one that has been idle longest.
    LeastRecentlyUsed,
    /// The one that was created last.
    NewestCreated,
    /// The one that was created first.
    OldestCreated,
    /// Any, each as likely.
    Random,
}

/// Provisioned concurrency from one moment to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProvisionedSpec {
    /// Execution environments to keep initialised; 1 to the account limit less the unreserved floor, at most `reserved_concurrency`.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PROVISIONED_UNITS.min, max = limits::PROVISIONED_UNITS.max)))]
    pub units: u32,
    /// When the allocation is asked for (and its price starts), in seconds from the start of the run.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub from_s: f64,
    /// When it is given up, in seconds; unset, never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub until_s: Option<f64>,
    /// Whether the units are ready at `from_s` without preparation or ramp (they were allocated earlier).
    #[serde(default)]
    pub ready_at_start: bool,
    /// Preparation before the ramp, in seconds; 0 to 600. AWS says one to two minutes.
    #[serde(default = "default_preparation_s")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PREPARATION_S.min, max = limits::PREPARATION_S.max)))]
    pub preparation_s: f64,
    /// What the units belong to: the alias, which follows a deploy, or the version that was live when they were allocated.
    #[serde(default)]
    pub bound_to: BoundToSpec,
}

pub(super) const fn default_preparation_s() -> f64 {
    90.0
}

/// What provisioned concurrency is configured on; never $LATEST.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoundToSpec {
    /// The alias: a deploy allocates the new version's units first, and traffic moves when they are ready.
    #[default]
    Alias,
    /// One version: after a deploy it keeps the units, and the new version starts without.
    Version,
}

/// A new version put live.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeploySpec {
    /// When traffic moves to the new version, in seconds from the start of the run (later where the alias waits for units).
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub at_s: f64,
}
