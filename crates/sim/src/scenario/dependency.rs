//! Dependencies and the calls of them.

use super::network::target;
use super::{Function, Node, Retry, Target};
use crate::dist::Law;
use crate::report::NodeKind;
use crate::spec::{CallSpec, DependencySpec, FunctionSpec, ScenarioSpec};
use crate::time::{SimDuration, SimTime};
use serde::{Deserialize, Serialize};

/// A downstream service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) node: u16,
    pub(crate) latency: Law,
    /// Calls, or connections of a proxy, at once.
    pub(crate) max_concurrency: u32,
    pub(crate) max_waiting: u32,
    /// Connections, where environments keep them.
    pub(crate) max_connections: Option<u32>,
    pub(crate) error_rate: f64,
    pub(crate) incidents: Vec<Incident>,
}

/// An outage or a brown-out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Incident {
    pub(crate) from: SimTime,
    pub(crate) until: SimTime,
    pub(crate) slowdown: f64,
    pub(crate) error_rate: Option<f64>,
    pub(crate) hangs: bool,
}

/// How a function calls a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// Place of the dependency.
    pub(crate) to: u16,
    pub(crate) times: u32,
    timeout: Option<SimDuration>,
    pub(crate) retry: Retry,
    pub(crate) breaker_failures: u32,
    pub(crate) breaker_open: SimDuration,
    pub(crate) optional: bool,
}

impl Call {
    /// When a call that is made at `asked` is given up, in microseconds.
    pub(crate) fn timeout_from(&self, asked: u64) -> u64 {
        self.timeout.map_or(u64::MAX, |timeout| asked.saturating_add(timeout.us()))
    }

    fn build(spec: &CallSpec, scenario: &ScenarioSpec) -> Self {
        Self {
            to: scenario.dependencies.iter().position(|one| one.id == spec.to).unwrap_or(0) as u16,
            times: spec.times,
            timeout: spec.timeout_ms.map(SimDuration::from_ms_f64),
            retry: Retry::build(&spec.retry),
            breaker_failures: spec.breaker_failures,
            breaker_open: SimDuration::from_s(spec.breaker_open_s),
            optional: spec.optional,
        }
    }
}

impl Dependency {
    pub(super) fn build(spec: &DependencySpec, nodes: &[Node]) -> Self {
        let node = nodes.iter().position(|node| node.kind == NodeKind::Dependency && node.id == spec.id).unwrap_or(0);
        let shared = if spec.proxy { spec.max_connections } else { None };
        Self {
            node: node as u16,
            latency: Law::new(&spec.latency),
            max_concurrency: spec.max_concurrency.unwrap_or(u32::MAX).min(shared.unwrap_or(u32::MAX)),
            max_waiting: spec.max_waiting.unwrap_or(u32::MAX),
            max_connections: if spec.proxy { None } else { spec.max_connections },
            error_rate: spec.error_rate,
            incidents: spec
                .incidents
                .iter()
                .map(|one| Incident {
                    from: SimTime::from_s(one.from_s),
                    until: SimTime::from_s(one.until_s),
                    slowdown: one.slowdown,
                    error_rate: one.error_rate,
                    hangs: one.hangs,
                })
                .collect(),
        }
    }
}

/// Calls of a function.
pub(super) fn calls(function: &FunctionSpec, scenario: &ScenarioSpec) -> Vec<Call> {
    function.calls.iter().map(|call| Call::build(call, scenario)).collect()
}

/// Where the successes of a function send events.
pub(super) fn sends(function: &FunctionSpec, scenario: &ScenarioSpec, nodes: &[Node]) -> Vec<Target> {
    function.sends.iter().filter_map(|id| target(scenario, nodes, id)).collect()
}

impl Function {
    /// Whether the end of its invocations is not known at their start.
    pub(crate) fn is_staged(&self) -> bool {
        !(self.calls.is_empty() && self.sends.is_empty())
    }
}
