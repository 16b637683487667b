//! Shapes of the engine: what kinds of scenario need of it.

use super::{IdlePool, IdleSet, IdleStack};
use crate::scenario::{Delivery, IdleLife, Scenario};
use crate::spec::ReuseSpec;

/// What a kind of scenario needs of the engine.
pub(crate) trait Shape: 'static {
    type Pool: IdlePool + Clone + 'static;
    /// Whether there may be several functions or sources, retries, controls, random lives.
    const GENERAL: bool;
    /// Whether there may be anything else between senders and functions: queues, timers, jobs.
    const GRAPH: bool;

    fn pool(scenario: &Scenario) -> Self::Pool;
}

/// One function, one source, most recently used first, one idle life or none, nothing that needs a timer.
#[derive(Clone)]
pub(crate) struct Plain;

/// Any number of functions and of sources that call them.
#[derive(Clone)]
pub(crate) struct General;

/// Everything.
#[derive(Clone)]
pub(crate) struct Graph;

impl Shape for Plain {
    type Pool = IdleStack;
    const GENERAL: bool = false;
    const GRAPH: bool = false;

    fn pool(_: &Scenario) -> IdleStack {
        IdleStack::default()
    }
}

impl Plain {
    /// Whether the plain shape runs `scenario` exactly as the general one would.
    pub(crate) fn suits(scenario: &Scenario) -> bool {
        let ([function], [source]) = (&scenario.functions[..], &scenario.sources[..]) else { return false };
        let provisioned_all_along = |p: &crate::scenario::Provisioned| p.ready_at_start && p.from.us() == 0 && p.until.is_none();
        source.delivery == Delivery::Direct
            && source.retry.max_attempts <= 1
            && function.reuse == ReuseSpec::MostRecentlyUsed
            && !matches!(function.idle_life, IdleLife::Random(_))
            && function.max_life.is_none()
            && function.deploys.is_empty()
            && function.behaviour.is_none()
            && function.provisioned.iter().all(provisioned_all_along)
            && function.scaling.is_none()
            && !function.reset_units
    }
}

impl Shape for General {
    type Pool = IdleSet;
    const GENERAL: bool = true;
    const GRAPH: bool = false;

    fn pool(scenario: &Scenario) -> IdleSet {
        let in_order = |function: &crate::Function| !matches!(function.idle_life, IdleLife::Random(_)) && function.max_life.is_none();
        IdleSet::new(scenario.functions.iter().map(|function| (function.reuse, in_order(function))))
    }
}

impl Shape for Graph {
    type Pool = IdleSet;
    const GENERAL: bool = true;
    const GRAPH: bool = true;

    fn pool(scenario: &Scenario) -> IdleSet {
        General::pool(scenario)
    }
}
