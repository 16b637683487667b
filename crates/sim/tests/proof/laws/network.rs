//! The graph's law, over generated graphs: every event that entered anywhere is somewhere, once.

use super::checks::LAWS;
use super::{ACTED_AT_LEAST, generator, runner};
use crate::support::recorded;
use coldstart_sim::spec::{AsynchronousSpec, DestinationKindSpec, DestinationSpec, ScenarioSpec, SourceKindSpec};
use coldstart_sim::{Exit, NodeCounter, NodeKind, NodeReport, Report, RunOutput, TimelineKind};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

const SCENARIOS: u32 = 150;
/// Laws of a caller's requests, which events do not follow.
const OF_REQUESTS: &[&str] = &["nothing is lost"];

/// What happened in a run, by name.
type Feature = (&'static str, fn(&Report) -> bool);

const FEATURES: &[Feature] = &[
    ("delivered", |r| r.nodes.iter().any(|n| n.exits(Exit::Delivered) > 0)),
    ("retries exhausted", |r| r.nodes.iter().any(|n| n.exits(Exit::RetriesExhausted) > 0)),
    ("age exceeded", |r| r.nodes.iter().any(|n| n.exits(Exit::AgeExceeded) > 0)),
    ("reserved zero", |r| r.nodes.iter().any(|n| n.exits(Exit::ReservedZero) > 0)),
    ("duplicated", |r| r.nodes.iter().any(|n| n.duplicated > 0)),
    ("in flight at the end", |r| r.nodes.iter().any(|n| n.in_flight > 0)),
    ("throttled", |r| counted(r, NodeCounter::Throttles)),
    ("system error", |r| counted(r, NodeCounter::SystemErrors)),
    ("function error", |r| counted(r, NodeCounter::FunctionErrors)),
    ("dead-lettered", |r| counted(r, NodeCounter::SentToDeadLetterQueue)),
    ("sent on success", |r| counted(r, NodeCounter::SentOnSuccess)),
    ("sent on failure", |r| counted(r, NodeCounter::SentOnFailure)),
    ("dropped", |r| counted(r, NodeCounter::Dropped)),
    ("too large", |r| counted(r, NodeCounter::RefusedTooLarge)),
    ("passed on to a function", |r| {
        let queues = r.nodes.iter().filter(|n| n.kind == NodeKind::AsynchronousQueue).count();
        queues > 1 && sum(r, NodeCounter::SentOnFailure) + sum(r, NodeCounter::SentOnSuccess) > kept(r)
    }),
];

fn counted(report: &Report, counter: NodeCounter) -> bool {
    sum(report, counter) > 0
}

fn sum(report: &Report, counter: NodeCounter) -> u64 {
    report.nodes.iter().map(|node| node.count(counter)).sum()
}

fn kept(report: &Report) -> u64 {
    report.nodes.iter().map(|node| node.exits(Exit::Kept)).sum()
}

fn settings() -> impl Strategy<Value = AsynchronousSpec> {
    let edge = || prop::option::of(prop::sample::select(vec!["queue", "topic"]));
    let to = || prop::option::of(prop::sample::select(vec!["bus", "topic", "f0", "queue"]));
    let shares = (prop_oneof![Just(0.0), 0.0..0.3_f64], prop_oneof![Just(0.0), 0.0..0.5_f64]);
    (0..3_u32, 60.0..400.0_f64, edge(), to(), to(), shares).prop_map(|(retries, age_s, dead, success, failure, shares)| AsynchronousSpec {
        max_retry_attempts: retries,
        max_event_age_s: age_s,
        dead_letter_queue: dead.map(str::to_owned),
        on_success: success.map(str::to_owned),
        on_failure: failure.map(str::to_owned),
        duplicate_rate: shares.0,
        system_error_rate: shares.1,
    })
}

/// A generated scenario, most of whose sources do not wait.
fn graphs() -> impl Strategy<Value = ScenarioSpec> {
    let sizes = prop::collection::vec(prop_oneof![3 => Just(1_u32), 2 => 200..1_000_u32, 1 => Just(1_100_u32)], 8);
    (generator::scenarios(), prop::collection::vec(settings(), 8), sizes, any::<u8>()).prop_map(|(mut spec, settings, sizes, waits)| {
        spec.run.duration_s += 250.0;
        // A circle of functions may go on for ever: that is what the budget is for.
        spec.run.max_events = 60_000;
        spec.functions.iter_mut().zip(settings).for_each(|(function, settings)| function.asynchronous = settings);
        if waits % 8 == 0 {
            spec.functions[0].provisioned.clear();
            spec.functions[0].reserved_concurrency = Some(0);
        }
        for (place, source) in spec.sources.iter_mut().enumerate() {
            source.payload_kb = sizes[place % sizes.len()];
            if source.kind == SourceKindSpec::Synchronous && waits & (1 << (place % 8)) == 0 {
                source.kind = SourceKindSpec::Asynchronous;
            }
        }
        let kinds = [("queue", DestinationKindSpec::Queue), ("topic", DestinationKindSpec::Topic), ("bus", DestinationKindSpec::EventBus)];
        spec.destinations = kinds.map(|(id, kind)| DestinationSpec { id: id.to_owned(), kind }).into();
        spec
    })
}

fn nothing_is_lost(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let report = &output.report;
    if let Some(node) = report.nodes.iter().find(|node| !node.adds_up()) {
        return Err(format!("{} does not add up: {node:?}", node.id));
    }
    for node in report.nodes.iter().filter(|node| node.kind == NodeKind::AsynchronousQueue) {
        queue_adds_up(node)?;
    }
    // What one node sends another takes in.
    let sent = [NodeCounter::SentToDeadLetterQueue, NodeCounter::SentOnSuccess, NodeCounter::SentOnFailure];
    let sent: u64 = sent.iter().map(|counter| sum(report, *counter)).sum();
    let from_sources = sources_sent(spec, output);
    let taken = report.nodes.iter().map(|node| node.entered).sum::<u64>() + sum(report, NodeCounter::RefusedTooLarge);
    if taken != sent + from_sources {
        return Err(format!("{taken} taken in or refused, {sent} sent on, {from_sources} from sources"));
    }
    Ok(())
}

/// Events that sources handed over, counted on the timeline.
fn sources_sent(spec: &ScenarioSpec, output: &RunOutput) -> u64 {
    let events = output.timeline.iter().flat_map(|timeline| &timeline.events);
    let sent = events.filter(|event| match event.kind {
        TimelineKind::Arrived { source, .. } => {
            spec.sources.get(usize::from(source)).is_some_and(|source| source.kind == SourceKindSpec::Asynchronous)
        }
        _ => false,
    });
    sent.count() as u64
}

fn queue_adds_up(node: &NodeReport) -> Result<(), String> {
    let equal =
        |name: &str, left: u64, right: u64| if left == right { Ok(()) } else { Err(format!("{}: {name}: {left} != {right}", node.id)) };
    equal("ages are of successes", node.age.count, node.exits(Exit::Delivered))?;
    let never_sent = [NodeCounter::SentToDeadLetterQueue, NodeCounter::SentOnFailure, NodeCounter::Dropped];
    let ways: Vec<u64> = never_sent.iter().map(|counter| node.count(*counter)).collect();
    if ways.iter().any(|count| *count != 0 && *count != node.failed()) || (node.failed() > 0 && ways.iter().all(|count| *count == 0)) {
        return Err(format!("{}: {} failed, sent {ways:?}", node.id, node.failed()));
    }
    if node.count(NodeCounter::SentOnSuccess) != 0 {
        equal("every success is sent on", node.count(NodeCounter::SentOnSuccess), node.exits(Exit::Delivered))?;
    }
    let tried = node.exits(Exit::Delivered)
        + node.count(NodeCounter::FunctionErrors)
        + node.count(NodeCounter::Throttles)
        + node.count(NodeCounter::SystemErrors);
    // The others are being worked on.
    if tried > node.count(NodeCounter::Attempts) || node.count(NodeCounter::Attempts) - tried > node.in_flight {
        return Err(format!("{}: {} attempts, {tried} ended, {} in flight", node.id, node.count(NodeCounter::Attempts), node.in_flight));
    }
    Ok(())
}

#[test]
fn events_are_conserved_in_every_graph() {
    let acted: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let result = runner(SCENARIOS).run(&graphs(), |spec| {
        let output = recorded(&spec);
        for (name, acts) in FEATURES {
            *acted.borrow_mut().entry(name).or_default() += u32::from(acts(&output.report));
        }
        let laws = LAWS.iter().filter(|(name, _)| !OF_REQUESTS.contains(name));
        laws.clone()
            .try_for_each(|(name, law)| law(&spec, &output).map_err(|broken| format!("{name}: {broken}")))
            .and_then(|()| nothing_is_lost(&spec, &output))
            .map_err(|broken| TestCaseError::fail(format!("{broken}\n{}", toml::to_string(&spec).unwrap_or_default())))
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let rare: Vec<_> = acted.into_inner().into_iter().filter(|(_, count)| *count < ACTED_AT_LEAST).collect();
    assert!(rare.is_empty(), "acted in too few of {SCENARIOS} scenarios: {rare:?}");
}
