//! What a function does besides its work: what it leaves behind in its environment, and what surrounds it there.

use super::DistributionSpec;
#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// What a function does besides its work. Nothing, unless something is set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct BehaviourSpec {
    /// Whether the handler catches its own errors and returns normally: Lambda then sees a success, and the work is lost.
    pub swallows_errors: bool,
    /// Share of requests that need more memory than others; 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub large_request_rate: f64,
    /// What such a request needs on top of `handler.max_memory_used_mb`, in MB; 0 to 10,240.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::EXTRA_MB.min, max = limits::EXTRA_MB.max)))]
    pub large_request_mb: u32,
    /// Memory that each invocation leaves allocated in its environment, in MB; 0 to 10,240. A restart of the runtime frees it.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::EXTRA_MB.min, max = limits::EXTRA_MB.max)))]
    pub leaked_mb: u32,
    /// Files that each invocation leaves in /tmp, in MB; 0 to 10,240. They stay until the environment goes.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::EXTRA_MB.min, max = limits::EXTRA_MB.max)))]
    pub tmp_left_mb: u32,
    /// Processor time of what the handler starts and does not wait for; it is frozen when the handler returns, and goes on within the
    /// next invocation of the same environment.
    pub background_cpu: DistributionSpec,
    /// How long the handler's clients (connections, credentials) take to make.
    pub client: DistributionSpec,
    /// Whether the handler makes them at each invocation, and not once, in INIT.
    pub client_in_handler: bool,
    /// Extensions that run beside the function; without any, the fields below that begin with `extension_` mean nothing.
    pub extension: ExtensionSpec,
    /// What they add to INIT.
    pub extension_init: DistributionSpec,
    /// How long they go on after the handler has answered, at each invocation; the environment stays busy, and it is billed.
    pub extension_after: DistributionSpec,
    /// How long they would like to take when the environment is shut down; they are killed when it takes longer than they may.
    pub extension_shutdown: DistributionSpec,
    /// Their memory, in MB; 0 to 10,240. It comes out of the function's.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::EXTRA_MB.min, max = limits::EXTRA_MB.max)))]
    pub extension_mb: u32,
    /// Whether SnapStart is on: INIT runs when a version is published, and new environments are restored from its snapshot.
    pub snap_start: bool,
    /// Restoring a snapshot, which is not billed.
    pub restore: DistributionSpec,
    /// Loading the runtime and running its hooks after a restore, which is billed.
    pub after_restore: DistributionSpec,
    /// Share of new environments that Lambda had started before they were needed; 0 to 1. Observers saw 0.5 to 0.85.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub proactive_share: f64,
    /// How long before its first request such an environment had finished its INIT.
    pub proactive_lead: DistributionSpec,
    /// Size of the package, unzipped, in MB; 0 to 10,240. A zip with its layers holds 250 MB.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PACKAGE_MB.min, max = limits::PACKAGE_MB.max)))]
    pub package_mb: u32,
    /// Sizes of the layers of a zip, in MB; at most 5.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::LAYERS.min, max = limits::LAYERS.max), inner(range(min = limits::EXTRA_MB.min, max = limits::EXTRA_MB.max))))]
    pub layers_mb: Vec<u32>,
    /// What each megabyte of a zip and its layers adds to a cold start, in milliseconds; 0 to 1,000. The default was measured in 2021
    /// and is less today; images are loaded as they are read, whatever their size.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MS_PER_MB.min, max = limits::MS_PER_MB.max)))]
    pub download_ms_per_mb: f64,
    /// Whether it is in a VPC, and how it is connected.
    pub vpc: VpcSpec,
}

impl Default for BehaviourSpec {
    fn default() -> Self {
        let nothing = || DistributionSpec::constant(0.0);
        let between = |low_ms: u64, high_ms: u64| DistributionSpec::Uniform { low_ms: low_ms as f64, high_ms: high_ms as f64 };
        Self {
            swallows_errors: false,
            large_request_rate: 0.0,
            large_request_mb: 0,
            leaked_mb: 0,
            tmp_left_mb: 0,
            background_cpu: nothing(),
            client: nothing(),
            client_in_handler: false,
            extension: ExtensionSpec::None,
            extension_init: nothing(),
            extension_after: nothing(),
            extension_shutdown: nothing(),
            extension_mb: 0,
            snap_start: false,
            restore: between(coldstart_facts::RESTORE_LOW_MS, coldstart_facts::RESTORE_HIGH_MS),
            after_restore: DistributionSpec::constant(coldstart_facts::AFTER_RESTORE_MS as f64),
            proactive_share: 0.0,
            proactive_lead: between(coldstart_facts::PROACTIVE_LEAD_LOW_MS, coldstart_facts::PROACTIVE_LEAD_HIGH_MS),
            package_mb: 0,
            layers_mb: Vec::new(),
            download_ms_per_mb: coldstart_facts::ZIP_2021_PER_MB_MS as f64,
            vpc: VpcSpec::None,
        }
    }
}

impl BehaviourSpec {
    /// Whether nothing was set.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Extensions, by the time that they get when an environment is shut down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExtensionSpec {
    /// None.
    #[default]
    None,
    /// Internal ones only: within the runtime's process.
    Internal,
    /// External ones: processes of their own.
    External,
}

/// How a function is connected to a VPC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VpcSpec {
    /// It is in none.
    #[default]
    None,
    /// By network interfaces that all environments share, made when the function is configured: as since late 2019.
    SharedInterfaces,
    /// By an interface made for each new environment, while its first request waits: as before late 2019.
    OwnInterfaces,
}
