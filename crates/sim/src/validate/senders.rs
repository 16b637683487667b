//! Checks of front doors and event sources: what each of them has, and what Lambda@Edge does not take.

use super::behaviour::has_units;
use super::checker::{Checker, text};
use super::{function, functions};
use crate::limits;
use crate::spec::{
    ArchitectureSpec, DeliverySpec, DestinationKindSpec, DoorSpec, FunctionSpec, PackageSpec, ScenarioSpec, SourceKindSpec, SourceSpec,
    VpcSpec,
};
use coldstart_facts as facts;

pub(super) fn check(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    door(c, source);
    delivery(c, spec, source);
    edge(c, spec, source);
}

/// A setting, whether it was made, whether the source's kind has it, and who has it.
type Setting = (&'static str, bool, bool, &'static str);

/// Settings that the kind of source does not have would move nothing.
fn belong(c: &mut Checker, settings: &[Setting]) {
    for (field, _, _, who) in settings.iter().filter(|(_, is_set, belongs, _)| *is_set && !belongs) {
        c.error(field, format!("is of no effect here; only {who} it"));
    }
}

fn door(c: &mut Checker, source: &SourceSpec) {
    let (kind, door) = (&source.kind, &source.door);
    let has_one = kind.is_door() || *kind == SourceKindSpec::Synchronous;
    belong(c, &[("door", *door != DoorSpec::default(), has_one, "callers and front doors have")]);
    c.at("door", |c| {
        c.optional("client_timeout_ms", door.client_timeout_ms, limits::CLIENT_TIMEOUT_MS);
        c.optional("integration_timeout_ms", door.integration_timeout_ms, limits::INTEGRATION_TIMEOUT_MS);
        c.number("response_kb", door.response_kb, limits::PAYLOAD_KB);
        if !has_one {
            return;
        }
        belong(
            c,
            &[
                ("integration_timeout_ms", door.integration_timeout_ms.is_some(), *kind == SourceKindSpec::RestApi, "a REST API has"),
                ("streams", door.streams, *kind == SourceKindSpec::FunctionUrl, "a function URL does"),
            ],
        );
    });
}

fn delivery(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    let (kind, delivery) = (&source.kind, &source.delivery);
    let has_one = kind.is_event_source();
    belong(c, &[("delivery", *delivery != DeliverySpec::default(), has_one, "S3, SNS, event buses and Scheduler have")]);
    c.at("delivery", |c| {
        functions::distribution(c, "delay", &delivery.delay);
        c.number("duplicate_rate", delivery.duplicate_rate, limits::SHARE);
        c.number("refused_rate", delivery.refused_rate, limits::SHARE);
        c.optional("outage_from_s", delivery.outage_from_s, limits::MOMENT_S);
        c.optional("outage_until_s", delivery.outage_until_s, limits::MOMENT_S);
        c.optional("max_retries", delivery.max_retries, limits::DELIVERY_RETRIES);
        c.optional("max_event_age_s", delivery.max_event_age_s, limits::DELIVERY_AGE_S);
        c.optional("max_message_kb", delivery.max_message_kb, limits::MESSAGE_MAX_KB);
        if let Some(until_s) = delivery.outage_until_s
            && delivery.outage_from_s.is_none_or(|from_s| until_s <= from_s)
        {
            c.error("outage_until_s", format!("{} s is not after outage_from_s", text(&until_s)));
        }
        if has_one {
            belong(c, &settings_of(kind, delivery));
            dead_letter_queue(c, spec, delivery);
        }
    });
}

fn settings_of(kind: &SourceKindSpec, delivery: &DeliverySpec) -> [Setting; 6] {
    let bridge = matches!(kind, SourceKindSpec::EventBus | SourceKindSpec::Scheduler);
    [
        ("delay", delivery.delay != DeliverySpec::default().delay, *kind == SourceKindSpec::S3, "S3 has"),
        ("max_retries", delivery.max_retries.is_some(), bridge, "event buses and Scheduler have"),
        ("max_event_age_s", delivery.max_event_age_s.is_some(), bridge, "event buses and Scheduler have"),
        ("max_message_kb", delivery.max_message_kb.is_some(), *kind == SourceKindSpec::Sns, "SNS has"),
        ("from_aws", delivery.from_aws, *kind == SourceKindSpec::EventBus, "event buses have"),
        ("dead_letter_queue", delivery.dead_letter_queue.is_some(), *kind != SourceKindSpec::S3, "SNS, event buses and Scheduler have"),
    ]
}

fn dead_letter_queue(c: &mut Checker, spec: &ScenarioSpec, delivery: &DeliverySpec) {
    let Some(id) = delivery.dead_letter_queue.as_deref() else { return };
    let is_queue = spec.destinations.iter().any(|one| one.id == id && one.kind == DestinationKindSpec::Queue);
    if c.characters("dead_letter_queue", id, limits::ID_CHARS) && !is_queue {
        c.error("dead_letter_queue", format!("{id:?} is no destination of kind queue"));
    }
}

/// What Lambda@Edge does not take (fact J17).
fn edge(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    let Some((_, target)) = function(spec, &source.target).filter(|_| source.kind.is_edge()) else { return };
    let others = spec.sources.iter().any(|other| other.target == source.target && !other.kind.is_edge());
    let excluded = [
        (target.timeout_ms > facts::EDGE_TIMEOUT_MS, "so long a timeout"),
        (has_units(target), "provisioned concurrency"),
        (target.architecture == ArchitectureSpec::Arm64, "arm64"),
        (target.init.package == PackageSpec::Image, "a container image"),
        (!target.behaviour.layers_mb.is_empty(), "layers"),
        (target.behaviour.vpc != VpcSpec::None, "a VPC"),
        (target.asynchronous.dead_letter_queue.is_some(), "a dead-letter queue"),
        (others || crate::scenario::receives_events(spec, &target.id), "other callers"),
    ];
    let found: Vec<&str> = excluded.iter().filter(|(has, _)| *has).map(|(_, what)| *what).collect();
    if !found.is_empty() {
        c.error("target", format!("{:?} cannot run at the edge with {}", source.target, found.join(", ")));
    }
}

/// What a sound front door makes likely to go wrong.
pub(super) fn advise(c: &mut Checker, spec: &ScenarioSpec, source: &SourceSpec) {
    let granted_ms = source.door.integration_timeout_ms.unwrap_or(facts::REST_API_TIMEOUT_MS);
    if granted_ms > facts::REST_API_TIMEOUT_MS {
        let usual = text(&facts::REST_API_TIMEOUT_MS);
        c.advise("door.integration_timeout_ms", format!("more than {usual} ms must be granted, and may cost quota of requests"));
    }
    let Some((_, target)) = function(spec, &source.target) else { return };
    waits(c, source, target, granted_ms);
    let viewer_mb = facts::EDGE_VIEWER_MEMORY_MB;
    if source.kind == SourceKindSpec::EdgeViewer && target.memory_mb > viewer_mb {
        c.advise("target", format!("{:?} has more than the {viewer_mb} MB that a function has at the viewer", target.id));
    }
}

fn waits(c: &mut Checker, source: &SourceSpec, target: &FunctionSpec, rest_ms: u64) {
    let door_ms = match source.kind {
        SourceKindSpec::RestApi => rest_ms as f64,
        SourceKindSpec::HttpApi => facts::HTTP_API_TIMEOUT_MS as f64,
        _ => f64::INFINITY,
    };
    let client_ms = source.door.client_timeout_ms.unwrap_or(f64::INFINITY);
    let waits_ms = door_ms.min(client_ms);
    if waits_ms < target.timeout_ms as f64 {
        let who = if client_ms < door_ms { "the caller" } else { "the API" };
        let (waits, may) = (text(&waits_ms), text(&target.timeout_ms));
        c.advise("target", format!("{who} waits for {waits} ms and {:?} may run for {may} ms: it runs on, and is billed", target.id));
    }
}
