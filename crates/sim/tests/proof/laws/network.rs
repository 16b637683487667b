//! The graph's law, over generated graphs: every event that entered anywhere is somewhere, once.

use super::behaviour::{self, is_counted_once};
use super::checks::LAWS;
use super::pairs::Pairs;
use super::queues;
use super::{ACTED_AT_LEAST, generator, runner};
use crate::support::recorded;
use coldstart_sim::spec::{
    ArrivalsSpec, AsynchronousSpec, BehaviourSpec, CallSpec, DeliverySpec, DependencySpec, DestinationKindSpec, DestinationSpec, DoorSpec,
    FunctionSpec, IncidentSpec, RetryPolicySpec, RetrySpec, ScenarioSpec, SourceKindSpec, SourceSpec,
};
use coldstart_sim::{Exit, NodeCounter, NodeKind, NodeReport, Report, RunOutput, TimelineKind};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

const SCENARIOS: u32 = 300;
/// Scenarios in which each two groups of features must act.
const ACTED_TOGETHER_AT_LEAST: u32 = 3;
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
    ("answered through a door", |r| door_exit(r, Exit::Delivered)),
    ("refused at a door", |r| door_exit(r, Exit::Refused)),
    ("failed behind a door", |r| door_exit(r, Exit::Failed)),
    ("a door stopped waiting", |r| door_exit(r, Exit::TimedOut)),
    ("a caller stopped waiting", |r| door_exit(r, Exit::Abandoned)),
    ("ran on for nobody", |r| counted(r, NodeCounter::RanOn)),
    ("throttled by a door", |r| counted(r, NodeCounter::DoorThrottles)),
    ("tried again through a door", |r| of(r, NodeKind::FrontDoor).any(|n| n.count(NodeCounter::Attempts) > n.entered)),
    ("handed over by a source", |r| of(r, NodeKind::EventSource).any(|n| n.exits(Exit::Delivered) > 0)),
    ("handed over at last", |r| {
        of(r, NodeKind::EventSource).any(|n| n.exits(Exit::Delivered) > 0 && n.count(NodeCounter::SystemErrors) > 0)
    }),
    ("made two of by a source", |r| of(r, NodeKind::EventSource).any(|n| n.duplicated > 0)),
    ("given up by a source", |r| of(r, NodeKind::EventSource).any(|n| n.failed() > 0)),
    ("dead-lettered by a source", |r| of(r, NodeKind::EventSource).any(|n| n.count(NodeCounter::SentToDeadLetterQueue) > 0)),
    ("too large for a source", |r| of(r, NodeKind::EventSource).any(|n| n.count(NodeCounter::RefusedTooLarge) > 0)),
    ("waits in a source at the end", |r| of(r, NodeKind::EventSource).any(|n| n.in_flight > 0)),
    ("stopped a loop", |r| any_left(r, Exit::LoopStopped)),
    ("stopped a loop through a queue", |r| left(r, NodeKind::StandardQueue, Exit::LoopStopped)),
    ("sent on by a success", |r| r.total.sent_on > 0),
    ("answered a call", |r| dependencies(r).any(|n| n.exits(Exit::Delivered) > 0)),
    ("answered a call with an error", |r| any_left(r, Exit::CallFailed)),
    ("refused a connection", |r| any_left(r, Exit::ConnectionRefused)),
    ("shed a call", |r| any_left(r, Exit::Shed)),
    ("gave a call up", |r| any_left(r, Exit::GaveUp)),
    ("called again", |r| counted(r, NodeCounter::CallRetries)),
    ("waited in line", |r| counted(r, NodeCounter::WaitedInLine)),
    ("worked on for nobody", |r| counted(r, NodeCounter::WorkedOnForNobody)),
    ("opened a breaker", |r| counted(r, NodeCounter::BreakerOpened)),
    ("kept away by a breaker", |r| counted(r, NodeCounter::ShortCircuited)),
    ("answered without a dependency", |r| counted(r, NodeCounter::DoneWithout)),
    ("calls under way when the run is cut", |r| dependencies(r).any(|n| n.in_flight > 0)),
    ("passed on to a function", |r| passed_on(r) > 0),
    ("delivered from a queue", |r| left(r, NodeKind::StandardQueue, Exit::Delivered)),
    ("delivered from a FIFO queue", |r| left(r, NodeKind::FifoQueue, Exit::Delivered)),
    ("redriven", |r| left(r, NodeKind::StandardQueue, Exit::Redriven)),
    ("redriven from a FIFO queue", |r| left(r, NodeKind::FifoQueue, Exit::Redriven)),
    ("expired", |r| left(r, NodeKind::StandardQueue, Exit::Expired)),
    ("filtered", |r| left(r, NodeKind::StandardQueue, Exit::Filtered)),
    ("received again", |r| counted(r, NodeCounter::ReceivedAgain)),
    ("failed in part", |r| counted(r, NodeCounter::ItemFailures)),
    ("empty polls", |r| counted(r, NodeCounter::EmptyPolls)),
    ("batch throttled", |r| of_mappings(r).any(|n| n.count(NodeCounter::Throttles) > 0)),
    ("batch failed", |r| of_mappings(r).any(|n| n.count(NodeCounter::FunctionErrors) > 0)),
    ("in a batch at the end", |r| of_mappings(r).any(|n| n.in_flight > 0)),
    ("delivered from a stream", |r| left(r, NodeKind::StreamMapping, Exit::Delivered)),
    ("record given up", |r| left(r, NodeKind::StreamMapping, Exit::RetriesExhausted)),
    ("record too old", |r| left(r, NodeKind::StreamMapping, Exit::AgeExceeded)),
    ("record filtered", |r| left(r, NodeKind::StreamMapping, Exit::Filtered)),
    ("split", |r| counted(r, NodeCounter::Splits)),
    ("window closed", |r| counted(r, NodeCounter::WindowsClosed)),
    ("from a function to a queue", |r| {
        let sent = r.nodes.iter().filter(|n| n.kind == NodeKind::AsynchronousQueue).any(|n| n.count(NodeCounter::SentOnSuccess) > 0);
        sent && r.nodes.iter().any(|n| n.id == "letters" && n.entered > 0)
    }),
];

fn of(report: &Report, kind: NodeKind) -> impl Iterator<Item = &NodeReport> {
    report.nodes.iter().filter(move |node| node.kind == kind)
}

fn door_exit(report: &Report, exit: Exit) -> bool {
    of(report, NodeKind::FrontDoor).any(|node| node.exits(exit) > 0)
}

fn any_left(report: &Report, exit: Exit) -> bool {
    report.nodes.iter().any(|node| node.exits(exit) > 0)
}

fn dependencies(report: &Report) -> impl Iterator<Item = &NodeReport> {
    report.nodes.iter().filter(|node| node.kind == NodeKind::Dependency)
}

fn left(report: &Report, kind: NodeKind, exit: Exit) -> bool {
    report.nodes.iter().any(|node| node.kind == kind && node.exits(exit) > 0)
}

fn of_mappings(report: &Report) -> impl Iterator<Item = &NodeReport> {
    report.nodes.iter().filter(|node| node.kind.is_mapping())
}

fn counted(report: &Report, counter: NodeCounter) -> bool {
    sum(report, counter) > 0
}

fn sum(report: &Report, counter: NodeCounter) -> u64 {
    report.nodes.iter().map(|node| node.count(counter)).sum()
}

/// Events that functions sent to functions, at least: what they sent, less what came from them to destinations and to the queue for letters.
fn passed_on(report: &Report) -> u64 {
    let kept: u64 = report.nodes.iter().filter(|node| !node.kind.is_stream()).map(|node| node.exits(Exit::Kept)).sum();
    let of = |id: &str, count: fn(&NodeReport) -> u64| report.nodes.iter().filter(|node| node.id == id).map(count).sum::<u64>();
    let sent = [NodeCounter::SentOnSuccess, NodeCounter::SentOnFailure].iter().map(|counter| sum(report, *counter)).sum::<u64>();
    let dead = report.nodes.iter().filter(|node| matches!(node.kind, NodeKind::AsynchronousQueue | NodeKind::EventSource));
    let dead: u64 = dead.map(|node| node.count(NodeCounter::SentToDeadLetterQueue)).sum();
    // What handlers send on themselves is not among what was sent here, but may be among what came: the difference is a lower bound.
    (sent + dead + of("orders", |node| node.exits(Exit::Redriven))).saturating_sub(kept + of("letters", |node| node.entered))
}

fn settings() -> impl Strategy<Value = AsynchronousSpec> {
    let edge = || prop::option::of(prop::sample::select(vec!["queue", "topic", "letters"]));
    let to = || prop::option::of(prop::sample::select(vec!["bus", "topic", "f0", "queue", "letters"]));
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

/// Calls of up to three dependencies, and what a success sends on.
fn calls() -> impl Strategy<Value = (Vec<CallSpec>, Vec<String>)> {
    let one = (0..3_u32, 1..3_u32, prop::option::weighted(0.7, 5.0..400.0_f64), 1..4_u32, 0..3_u32, prop::bool::ANY);
    let one = one.prop_map(|(to, times, timeout_ms, max_attempts, breaker_failures, optional)| CallSpec {
        to: format!("d{to}"),
        times,
        timeout_ms,
        retry: RetrySpec { policy: RetryPolicySpec::FullJitter, max_attempts, ..RetrySpec::default() },
        breaker_failures,
        breaker_open_s: 3.0,
        optional,
    });
    let to = prop::sample::select(vec!["f0", "bus", "queue", "orders", "letters", "clicks"]).prop_map(str::to_owned);
    (prop::collection::vec(one, 0..3), prop::collection::vec(to, 0..2))
}

/// One dependency with a short line, one with few connections, one behind a proxy; the first has an outage, a brown-out and a hang.
fn three_dependencies() -> impl Strategy<Value = Vec<DependencySpec>> {
    (1..20_u32, 0..5_u32, 1..6_u32, 0.0..0.3_f64, 5.0..300.0_f64).prop_map(|(at_once, waiting, connections, error_rate, mean_ms)| {
        let base: DependencySpec =
            toml::from_str(&format!("id = \"d0\"\nlatency = {{ kind = \"exponential\", mean_ms = {mean_ms} }}")).expect("a dependency");
        let incident =
            |from_s: f64, slowdown, error_rate, hangs| IncidentSpec { from_s, until_s: from_s + 8.0, slowdown, error_rate, hangs };
        let incidents = vec![incident(5.0, 1.0, Some(1.0), false), incident(20.0, 30.0, None, false), incident(40.0, 1.0, None, true)];
        vec![
            DependencySpec { max_concurrency: Some(at_once), max_waiting: Some(waiting), error_rate, incidents, ..base.clone() },
            DependencySpec { id: "d1".to_owned(), max_connections: Some(connections), ..base.clone() },
            DependencySpec { id: "d2".to_owned(), max_connections: Some(connections), proxy: true, ..base },
        ]
    })
}

/// What a source becomes: a caller, a front door with callers of little patience, or an event source that Lambda often refuses.
fn senders() -> impl Strategy<Value = (SourceKindSpec, DoorSpec, DeliverySpec)> {
    let door = prop::sample::select(vec![
        SourceKindSpec::Synchronous,
        SourceKindSpec::RestApi,
        SourceKindSpec::RestApi,
        SourceKindSpec::RestApi,
        SourceKindSpec::HttpApi,
        SourceKindSpec::FunctionUrl,
        SourceKindSpec::Alb,
    ]);
    let patience = prop_oneof![1 => Just(None), 1 => (1.0..2_000.0_f64).prop_map(Some)];
    let door =
        (door, patience, prop_oneof![1 => Just(None), 3 => (50..600_u64).prop_map(Some)], prop_oneof![4 => Just(1_u32), 1 => Just(7_000)])
            .prop_map(|(kind, client_timeout_ms, integration_timeout_ms, response_kb)| {
                let integration_timeout_ms = integration_timeout_ms.filter(|_| kind == SourceKindSpec::RestApi);
                let streams = kind == SourceKindSpec::FunctionUrl;
                let door = DoorSpec { client_timeout_ms, integration_timeout_ms, response_kb, streams };
                (kind, door, DeliverySpec::default())
            });
    let source = prop::sample::select(vec![SourceKindSpec::S3, SourceKindSpec::Sns, SourceKindSpec::EventBus, SourceKindSpec::Scheduler]);
    let outage = prop::option::of((0.0..100.0_f64, 1.0..400.0_f64));
    let source = (source, outage, prop_oneof![Just(0.0), 0.0..0.9_f64], prop_oneof![Just(0.0), 0.0..0.3_f64], prop::bool::ANY).prop_map(
        |(kind, outage, refused_rate, duplicate_rate, dead)| {
            let bridge = matches!(kind, SourceKindSpec::EventBus | SourceKindSpec::Scheduler);
            let dead = dead && kind != SourceKindSpec::S3;
            let delivery = DeliverySpec {
                outage_from_s: outage.map(|(from_s, _)| from_s),
                outage_until_s: outage.map(|(from_s, length_s)| from_s + length_s),
                refused_rate,
                duplicate_rate,
                max_retries: bridge.then_some(2),
                dead_letter_queue: dead.then(|| "queue".to_owned()),
                ..DeliverySpec::default()
            };
            (kind, DoorSpec::default(), delivery)
        },
    );
    let plain = |kind: SourceKindSpec| (kind, DoorSpec::default(), DeliverySpec::default());
    prop_oneof![
        2 => Just(plain(SourceKindSpec::Asynchronous)),
        1 => Just(plain(SourceKindSpec::Synchronous)),
        3 => door,
        2 => source,
    ]
}

/// Mixes in what functions do besides their work, units that follow their use, errors by poison alone, a function at the edge, and the
/// rules of other days.
fn mix_in(spec: &mut ScenarioSpec, (behaviours, dice, arrivals): (Vec<Option<BehaviourSpec>>, u32, ArrivalsSpec)) {
    for (place, (function, behaviour)) in (0_u32..).zip(spec.functions.iter_mut().zip(behaviours)) {
        if (dice >> place).is_multiple_of(2) {
            generator::over_time(function, 0);
        }
        if let Some(behaviour) = behaviour {
            behaviour::behave(function, behaviour);
        }
        if (dice >> (3 + 2 * place)) % 4 == 0 {
            (function.handler.poison_rate, function.handler.error_rate, function.calls) = (0.1, 0.0, Vec::new());
        }
    }
    if (dice >> 8).is_multiple_of(3) {
        let kind = if (dice >> 10).is_multiple_of(2) { SourceKindSpec::EdgeViewer } else { SourceKindSpec::EdgeOrigin };
        spec.functions.push(FunctionSpec { id: "edge".to_owned(), ..FunctionSpec::default() });
        spec.sources.push(SourceSpec { id: "viewers".to_owned(), target: "edge".to_owned(), kind, arrivals, ..Default::default() });
    }
    let days = [None, None, None, Some("2019-06-30"), Some("2021-06-30"), Some("2024-06-30")];
    spec.account.rules_as_of = days[(dice >> 16) as usize % days.len()].map(str::to_owned);
    let claimed: u32 = spec.functions.iter().map(generator::most_claimed).sum();
    if claimed > 0 {
        spec.account.concurrency_limit = spec.account.concurrency_limit.max(claimed + generator::UNRESERVED_FLOOR);
    }
}

/// A generated scenario, most of whose sources are no plain callers.
fn graphs() -> impl Strategy<Value = ScenarioSpec> {
    let sizes = prop::collection::vec(prop_oneof![3 => Just(1_u32), 2 => 200..1_000_u32, 1 => Just(1_100_u32)], 8);
    let senders = prop::collection::vec(senders(), 8);
    let called = (prop::collection::vec(calls(), 3), three_dependencies());
    let polled = (queues::any(), queues::streams());
    let besides = (prop::collection::vec(prop::option::weighted(0.8, behaviour::behaviours()), 3), any::<u32>(), generator::arrivals());
    (generator::scenarios(), prop::collection::vec(settings(), 8), sizes, any::<u8>(), senders, polled, called, besides).prop_map(
        |(mut spec, settings, sizes, waits, senders, ((queues, mappings), (stream, readers)), (calls, dependencies), besides)| {
            (spec.queues, spec.mappings, spec.streams) = (queues, mappings, vec![stream]);
            spec.mappings.extend(readers);
            for (function, (calls, sends)) in spec.functions.iter_mut().zip(calls) {
                (function.calls, function.sends) = (calls, sends);
                function.allow_loops = waits % 5 == 0;
            }
            spec.dependencies = dependencies;
            spec.run.duration_s += 250.0;
            // A circle of functions may go on for ever: that is what the budget is for.
            spec.run.max_events = 40_000;
            spec.functions.iter_mut().zip(settings).for_each(|(function, settings)| function.asynchronous = settings);
            if waits % 8 == 0 {
                spec.functions[0].provisioned.clear();
                spec.functions[0].provisioned_scaling = None;
                spec.functions[0].reserved_concurrency = Some(0);
            }
            for (place, source) in spec.sources.iter_mut().enumerate() {
                source.payload_kb = sizes[place % sizes.len()];
                if source.kind == SourceKindSpec::Synchronous {
                    (source.kind, source.door, source.delivery) = senders[place % senders.len()].clone();
                }
            }
            for (place, target) in ["orders", "ledger", "clicks"].into_iter().enumerate() {
                let (id, payload_kb) = (format!("to-{target}"), sizes[place].min(1_100));
                let arrivals = ArrivalsSpec::Poisson { per_s: f64::from(waits % 16 + 1) / 4.0 };
                spec.sources.push(SourceSpec { id, target: target.to_owned(), arrivals, payload_kb, ..Default::default() });
            }
            let kinds =
                [("queue", DestinationKindSpec::Queue), ("topic", DestinationKindSpec::Topic), ("bus", DestinationKindSpec::EventBus)];
            (spec.account.api_requests_per_s, spec.account.api_burst) = if waits % 2 == 0 { (20, 5) } else { (10_000, 5_000) };
            spec.destinations = kinds.map(|(id, kind)| DestinationSpec { id: id.to_owned(), kind }).into();
            mix_in(&mut spec, besides);
            spec
        },
    )
}

fn nothing_is_lost(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let report = &output.report;
    if let Some(node) = report.nodes.iter().find(|node| !node.adds_up()) {
        return Err(format!("{} does not add up: {node:?}", node.id));
    }
    for node in report.nodes.iter().filter(|node| node.kind == NodeKind::AsynchronousQueue) {
        queue_adds_up(node)?;
    }
    for node in of(report, NodeKind::FrontDoor) {
        door_adds_up(node)?;
    }
    queues::mappings_agree(spec, output)?;
    // What one node sends another takes in.
    let sent = [NodeCounter::SentToDeadLetterQueue, NodeCounter::SentOnSuccess, NodeCounter::SentOnFailure];
    let handed_over: u64 = of(report, NodeKind::EventSource).map(|node| node.exits(Exit::Delivered)).sum();
    let sent = handed_over + sent.iter().map(|counter| sum(report, *counter)).sum::<u64>();
    let from_sources = sources_sent(spec, output);
    let sent = sent + report.total.sent_on;
    let taken = report.nodes.iter().filter(|node| !node.kind.is_mapping() && node.kind != NodeKind::Dependency);
    let taken = taken.map(|node| node.entered).sum::<u64>();
    // A queue refuses what is sent, and takes no notice of it.
    let internal = report.nodes.iter().filter(|node| !node.kind.is_queue());
    let taken = taken + internal.map(|node| node.count(NodeCounter::RefusedTooLarge)).sum::<u64>();
    for (node, spec) in dependencies(report).zip(&spec.dependencies) {
        if spec.max_connections.is_some_and(|most| node.count(NodeCounter::ConnectionsMax) > most.into()) {
            return Err(format!("{}: {} connections", node.id, node.count(NodeCounter::ConnectionsMax)));
        }
        if node.age.count != node.exits(Exit::Delivered) {
            return Err(format!("{}: {} ages of {} answers", node.id, node.age.count, node.exits(Exit::Delivered)));
        }
    }
    if taken != sent + from_sources {
        return Err(format!("{taken} taken in or refused, {sent} sent on, {from_sources} from sources"));
    }
    Ok(())
}

/// Every attempt at a door was answered, or its caller left, or it is still under way; and the timeline says the same.
fn door_adds_up(node: &NodeReport) -> Result<(), String> {
    let answered: u64 = node.statuses.iter().map(|(_, count)| count).sum();
    let ended = answered + node.count(NodeCounter::CallerTimeouts);
    let attempts = node.count(NodeCounter::Attempts);
    if ended > attempts || attempts - ended > node.in_flight {
        return Err(format!("{}: {attempts} attempts, {ended} ended, {} in flight", node.id, node.in_flight));
    }
    if node.age.count != node.exits(Exit::Delivered) {
        return Err(format!("{}: {} ages of {} answers", node.id, node.age.count, node.exits(Exit::Delivered)));
    }
    Ok(())
}

/// Requests and events that sources sent to a node, counted on the timeline.
fn sources_sent(spec: &ScenarioSpec, output: &RunOutput) -> u64 {
    let events = output.timeline.iter().flat_map(|timeline| &timeline.events);
    let sent = events.filter(|event| match event.kind {
        TimelineKind::Arrived { source, .. } => spec.sources.get(usize::from(source)).is_some_and(|source| {
            let is_node = output.report.nodes.iter().any(|node| node.id == source.id);
            source.kind == SourceKindSpec::Asynchronous || is_node
        }),
        // Messages that are moved keep their sender: those that enter elsewhere than they were sent to are not new.
        TimelineKind::Entered { node, source, .. } => {
            let sender = spec.sources.get(usize::from(source));
            sender.is_some_and(|sender| sender.target == output.report.nodes[usize::from(node)].id)
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
    // What goes round in circles is sent to no function.
    let least = node.failed() - node.exits(Exit::LoopStopped);
    let is_whole = |count: u64| count == 0 || (least..=node.failed()).contains(&count);
    let drops_loops = ways[2] == node.exits(Exit::LoopStopped);
    if !(is_whole(ways[0]) && is_whole(ways[1]) && (is_whole(ways[2]) || drops_loops))
        || (node.failed() > 0 && ways.iter().all(|count| *count == 0))
    {
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
    let pairs = RefCell::new(Pairs::new());
    let result = runner(SCENARIOS).run(&graphs(), |spec| {
        let output = recorded(&spec);
        pairs.borrow_mut().count(&spec, &output);
        for (name, acts) in FEATURES {
            *acted.borrow_mut().entry(name).or_default() += u32::from(acts(&output.report));
        }
        let laws = LAWS.iter().filter(|(name, _)| !OF_REQUESTS.contains(name));
        laws.clone()
            .try_for_each(|(name, law)| law(&spec, &output).map_err(|broken| format!("{name}: {broken}")))
            .and_then(|()| nothing_is_lost(&spec, &output))
            .and_then(|()| is_counted_once(&output))
            .map_err(|broken| TestCaseError::fail(format!("{broken}\n{}", toml::to_string(&spec).unwrap_or_default())))
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    let rare: Vec<_> = acted.into_inner().into_iter().filter(|(_, count)| *count < ACTED_AT_LEAST).collect();
    assert!(rare.is_empty(), "acted in too few of {SCENARIOS} scenarios: {rare:?}");
    pairs.into_inner().finish(ACTED_TOGETHER_AT_LEAST);
}
