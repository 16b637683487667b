//! Provisioned concurrency that follows its use.

#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// Provisioned concurrency of the alias that Application Auto Scaling moves between two bounds, so that its utilisation stays near a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProvisionedScalingSpec {
    /// Fewest units, and those of the start; at least 1.
    #[serde(default = "default_min_units")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PROVISIONED_UNITS.min, max = limits::PROVISIONED_UNITS.max)))]
    pub min_units: u32,
    /// Most units; at most the account limit less the unreserved floor, and `reserved_concurrency`.
    #[serde(default = "default_max_units")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PROVISIONED_UNITS.min, max = limits::PROVISIONED_UNITS.max)))]
    pub max_units: u32,
    /// Share of the units that is to be busy; 0.1 to 0.9.
    #[serde(default = "default_target")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::UTILISATION.min, max = limits::UTILISATION.max)))]
    pub target_utilisation: f64,
    /// Whether the policy looks at the largest utilisation of each minute, as a customised metric can, and not at the mean.
    #[serde(default)]
    pub track_maximum: bool,
    /// Whether the first units are ready at the start (they were allocated earlier).
    #[serde(default)]
    pub ready_at_start: bool,
    /// Preparation before each ramp, in seconds; 0 to 600. AWS says one to two minutes.
    #[serde(default = "super::function::default_preparation_s")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PREPARATION_S.min, max = limits::PREPARATION_S.max)))]
    pub preparation_s: f64,
    /// Scheduled actions, in order of time: each sets both bounds anew; at most 64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::PROVISIONED.min, max = limits::PROVISIONED.max)))]
    pub schedule: Vec<ScheduledUnitsSpec>,
}

/// A scheduled action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduledUnitsSpec {
    /// When, in seconds from the start of the run.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub at_s: f64,
    /// Fewest units from then on.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PROVISIONED_UNITS.min, max = limits::PROVISIONED_UNITS.max)))]
    pub min_units: u32,
    /// Most units from then on.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PROVISIONED_UNITS.min, max = limits::PROVISIONED_UNITS.max)))]
    pub max_units: u32,
}

const fn default_min_units() -> u32 {
    1
}

const fn default_max_units() -> u32 {
    10
}

const fn default_target() -> f64 {
    coldstart_facts::AUTOSCALING_TARGET_EXAMPLE_PERCENT as f64 / 1e2
}
