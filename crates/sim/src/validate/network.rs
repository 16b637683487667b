//! Checks of edges and of what they lead to.

use super::checker::Checker;
use super::{function, id, mapping};
use crate::limits;
use crate::spec::{AsynchronousSpec, DestinationKindSpec, FunctionSpec, ScenarioSpec};

/// Destinations, queues, streams and dependencies. Their ids share one list with those of functions, for an edge may lead to any; and mappings.
pub(super) fn check(checker: &mut Checker, spec: &ScenarioSpec) {
    if !checker.entries("destinations", spec.destinations.len(), limits::DESTINATIONS) {
        return;
    }
    let mut seen: Vec<&str> = spec.functions.iter().take(limits::FUNCTIONS.max).map(|function| function.id.as_str()).collect();
    for (index, destination) in spec.destinations.iter().enumerate() {
        checker.item("destinations", index, |c| id(c, &destination.id, &mut seen));
    }
    for (index, dependency) in spec.dependencies.iter().take(limits::DEPENDENCIES.max).enumerate() {
        checker.item("dependencies", index, |c| id(c, &dependency.id, &mut seen));
    }
    mapping::check(checker, spec, &mut seen);
}

/// Where the successes of a function send events.
pub(super) fn sends(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec) {
    if c.entries("sends", function.sends.len(), limits::SENDS_ON) {
        for (index, target) in function.sends.iter().enumerate() {
            edge(c, spec, &format!("sends[{index}]"), Some(target), &SENDS);
        }
    }
}

/// What a function does with its events.
pub(super) fn asynchronous(c: &mut Checker, spec: &ScenarioSpec, asynchronous: &AsynchronousSpec) {
    c.number("max_retry_attempts", asynchronous.max_retry_attempts, limits::ASYNC_RETRIES);
    c.number("max_event_age_s", asynchronous.max_event_age_s, limits::EVENT_AGE_S);
    c.number("duplicate_rate", asynchronous.duplicate_rate, limits::SHARE);
    c.number("system_error_rate", asynchronous.system_error_rate, limits::SHARE);
    edge(c, spec, "dead_letter_queue", asynchronous.dead_letter_queue.as_deref(), &DEAD_LETTER_QUEUE);
    edge(c, spec, "on_success", asynchronous.on_success.as_deref(), &ON_SUCCESS);
    edge(c, spec, "on_failure", asynchronous.on_failure.as_deref(), &ON_FAILURE);
}

/// What an edge may lead to.
struct Ends {
    destinations: &'static [DestinationKindSpec],
    functions: bool,
    /// Whether it may lead to a standard queue of the scenario.
    queues: bool,
    /// Whether it may lead to a stream of the scenario.
    streams: bool,
    /// The same in words.
    words: &'static str,
}

/// Facts G9, G10.
const DEAD_LETTER_QUEUE: Ends = Ends {
    destinations: &[DestinationKindSpec::Queue, DestinationKindSpec::Topic],
    functions: false,
    queues: true,
    streams: false,
    words: "a standard queue, or a destination of kind queue or topic",
};
const ON_SUCCESS: Ends = Ends {
    destinations: &[DestinationKindSpec::Queue, DestinationKindSpec::Topic, DestinationKindSpec::EventBus],
    functions: true,
    queues: true,
    streams: false,
    words: "a function, a standard queue, or a destination of kind queue, topic or event_bus",
};
const ON_FAILURE: Ends = Ends {
    destinations: &[DestinationKindSpec::Queue, DestinationKindSpec::Topic, DestinationKindSpec::EventBus, DestinationKindSpec::Bucket],
    functions: true,
    queues: true,
    streams: false,
    words: "a function, a standard queue or a destination",
};

/// What a handler can call by itself.
const SENDS: Ends = Ends { streams: true, words: "a function, a standard queue, a stream or a destination", ..ON_FAILURE };

fn edge(c: &mut Checker, spec: &ScenarioSpec, field: &str, target: Option<&str>, ends: &Ends) {
    let Some(target) = target else { return };
    if !c.characters(field, target, limits::ID_CHARS) || (ends.functions && function(spec, target).is_some()) {
        return;
    }
    let (queue, stream) = (mapping::queue(spec, target), mapping::stream(spec, target));
    if ends.streams && stream.is_some() {
        return;
    }
    if ends.queues && queue.is_some_and(|queue| !queue.fifo) {
        return;
    }
    let destination = spec.destinations.iter().find(|destination| destination.id == target);
    if destination.is_some_and(|destination| ends.destinations.contains(&destination.kind)) {
        return;
    }
    let exists = destination.is_some() || queue.is_some() || stream.is_some() || function(spec, target).is_some();
    let what = if exists { "is something else" } else { "does not exist" };
    c.error(field, format!("{target:?} {what}; it must be {}", ends.words));
}

/// What a sound graph makes likely to go wrong.
pub(super) fn advise(c: &mut Checker, spec: &ScenarioSpec, function: &FunctionSpec) {
    let own = &function.asynchronous;
    if crate::scenario::receives_events(spec, &function.id) {
        if own.dead_letter_queue.is_none() && own.on_failure.is_none() {
            c.advise(
                "asynchronous",
                "events that are given up are lost: there is neither a dead-letter queue nor a destination on failure".to_owned(),
            );
        }
    } else if *own != AsynchronousSpec::default() {
        c.advise("asynchronous", format!("nothing invokes {:?} asynchronously", function.id));
    }
}
