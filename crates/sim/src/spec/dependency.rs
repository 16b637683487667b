//! What functions call: services and databases, and how a function calls them.

use super::{DistributionSpec, RetrySpec};
#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// A downstream service, a table or a database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DependencySpec {
    /// Name that calls use: 1 to 40 of a-z, 0-9 and `-`, unique among everything that edges lead to.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// Time that a call takes once it is worked on.
    #[serde(default = "default_latency")]
    pub latency: DistributionSpec,
    /// Calls that it works on at once; others wait in line. Unset, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CALLS_AT_ONCE.min, max = limits::CALLS_AT_ONCE.max)))]
    pub max_concurrency: Option<u32>,
    /// Calls that may wait in line; it refuses more at once (load shedding). Unset, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CALLS_WAITING.min, max = limits::CALLS_WAITING.max)))]
    pub max_waiting: Option<u32>,
    /// Connections that it allows. An environment opens one with its first call and keeps it as long as it lives. Unset, it counts none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CALLS_AT_ONCE.min, max = limits::CALLS_AT_ONCE.max)))]
    pub max_connections: Option<u32>,
    /// Whether a connection proxy stands in front: environments share its connections, and a call waits for a free one.
    #[serde(default)]
    pub proxy: bool,
    /// Share of calls that it answers with an error; 0 to 1.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub error_rate: f64,
    /// Outages and brown-outs, in order of time, that do not overlap; at most 64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::INCIDENTS.min, max = limits::INCIDENTS.max)))]
    pub incidents: Vec<IncidentSpec>,
}

fn default_latency() -> DistributionSpec {
    DistributionSpec::constant(10.0)
}

/// A time during which a dependency is not well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentSpec {
    /// Start, in seconds from the start of the run.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub from_s: f64,
    /// End, in seconds.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub until_s: f64,
    /// How many times longer calls take that it begins to work on meanwhile; 1 to 1,000.
    #[serde(default = "one")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SLOWDOWN.min, max = limits::SLOWDOWN.max)))]
    pub slowdown: f64,
    /// Share of those calls that it answers with an error, in place of `error_rate`; 0 to 1. 1 is an outage that says so at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub error_rate: Option<f64>,
    /// Whether it gives no answer before the end: an outage that hangs.
    #[serde(default)]
    pub hangs: bool,
}

const fn one() -> f64 {
    1.0
}

/// How a function calls a dependency. Calls follow the handler's own work, one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CallSpec {
    /// Id of the dependency.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub to: String,
    /// Times that it is called, one after the other; 1 to 100.
    #[serde(default = "once")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CALL_TIMES.min, max = limits::CALL_TIMES.max)))]
    pub times: u32,
    /// Time after which the function gives a call up, in milliseconds; unset, it waits until its own timeout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_MS.min, max = limits::POSITIVE_MS.max)))]
    pub timeout_ms: Option<f64>,
    /// What it does when a call fails; `on_errors` has no effect, for a call fails by nothing else.
    #[serde(default)]
    pub retry: RetrySpec,
    /// Failures in a row after which an environment stops calling for a while (a circuit breaker, which each environment has for itself);
    /// 0 for none, at most 1,000.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::BREAKER_FAILURES.min, max = limits::BREAKER_FAILURES.max)))]
    pub breaker_failures: u32,
    /// How long the breaker stays open before one call may try again, in seconds.
    #[serde(default = "default_open_s")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
    pub breaker_open_s: f64,
    /// Whether the function answers without it when it fails for good (a fallback), and does not fail.
    #[serde(default)]
    pub optional: bool,
}

const fn once() -> u32 {
    1
}

const fn default_open_s() -> f64 {
    30.0
}
