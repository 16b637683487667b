//! Checks of dependencies, and of how functions call them.

use super::checker::{Checker, text};
use super::functions::distribution;
use crate::limits;
use crate::spec::{CallSpec, DependencySpec, FunctionSpec, IncidentSpec, ScenarioSpec};

pub(super) fn check(checker: &mut Checker, spec: &ScenarioSpec) {
    if !checker.entries("dependencies", spec.dependencies.len(), limits::DEPENDENCIES) {
        return;
    }
    for (index, dependency) in spec.dependencies.iter().enumerate() {
        checker.item("dependencies", index, |c| one(c, dependency));
    }
}

fn one(c: &mut Checker, dependency: &DependencySpec) {
    distribution(c, "latency", &dependency.latency);
    c.optional("max_concurrency", dependency.max_concurrency, limits::CALLS_AT_ONCE);
    c.optional("max_waiting", dependency.max_waiting, limits::CALLS_WAITING);
    c.optional("max_connections", dependency.max_connections, limits::CALLS_AT_ONCE);
    c.number("error_rate", dependency.error_rate, limits::SHARE);
    if dependency.proxy && dependency.max_connections.is_none() {
        c.error("proxy", "a connection proxy shares connections: give max_connections".to_owned());
    }
    if c.entries("incidents", dependency.incidents.len(), limits::INCIDENTS) {
        let mut before_s = 0.0;
        for (index, incident) in dependency.incidents.iter().enumerate() {
            c.item("incidents", index, |c| self::incident(c, incident, before_s));
            before_s = incident.until_s;
        }
    }
}

fn incident(c: &mut Checker, incident: &IncidentSpec, before_s: f64) {
    let from_ok = c.number("from_s", incident.from_s, limits::MOMENT_S);
    if from_ok && incident.from_s < before_s {
        let (from, before) = (text(&incident.from_s), text(&before_s));
        c.error("from_s", format!("{from} s is before the end of the entry before it ({before} s)"));
    }
    if c.number("until_s", incident.until_s, limits::MOMENT_S) && from_ok && incident.until_s <= incident.from_s {
        c.error("until_s", format!("{} s is not after from_s ({} s)", text(&incident.until_s), text(&incident.from_s)));
    }
    c.number("slowdown", incident.slowdown, limits::SLOWDOWN);
    c.optional("error_rate", incident.error_rate, limits::SHARE);
}

/// How a function calls dependencies.
pub(super) fn calls(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec) {
    if c.entries("calls", function.calls.len(), limits::CALLS) {
        for (index, call) in function.calls.iter().enumerate() {
            c.item("calls", index, |c| self::call(c, spec, call));
        }
    }
}

fn call(c: &mut Checker, spec: &ScenarioSpec, call: &CallSpec) {
    if c.characters("to", &call.to, limits::ID_CHARS) && dependency(spec, &call.to).is_none() {
        c.error("to", format!("no dependency has the id {:?}", call.to));
    }
    c.number("times", call.times, limits::CALL_TIMES);
    c.optional("timeout_ms", call.timeout_ms, limits::POSITIVE_MS);
    c.number("breaker_failures", call.breaker_failures, limits::BREAKER_FAILURES);
    c.number("breaker_open_s", call.breaker_open_s, limits::SPAN_S);
    c.at("retry", |c| super::sources::retry(c, &call.retry));
}

fn dependency<'a>(spec: &'a ScenarioSpec, id: &str) -> Option<&'a DependencySpec> {
    spec.dependencies.iter().find(|dependency| dependency.id == id)
}

/// What a sound function makes likely to go wrong.
pub(super) fn advise(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec) {
    for (index, call) in function.calls.iter().enumerate() {
        c.item("calls", index, |c| {
            if call.timeout_ms.is_none_or(|timeout_ms| timeout_ms >= function.timeout_ms as f64) {
                let timeout = text(&function.timeout_ms);
                c.advise("timeout_ms", format!("a call that hangs takes the function along until its own timeout ({timeout} ms)"));
            }
            if !call.retry.on_errors {
                c.advise("retry.on_errors", "has no effect: a call fails by nothing but errors, and tries again".to_owned());
            }
            let own = function.reserved_concurrency.unwrap_or(spec.account.concurrency_limit);
            let most = dependency(spec, &call.to).filter(|one| !one.proxy).and_then(|one| one.max_connections);
            if let Some(most) = most.filter(|most| own > *most) {
                let (own, most) = (text(&own), text(&most));
                c.advise(
                    "to",
                    format!("up to {own} environments keep a connection each, and there are {most}: those that come late get none"),
                );
            }
        });
    }
}
