//! Front doors and event sources: what each kind of them does, as tables, and what a source of it comes to.

use super::network::{Node, Target, target};
use super::{Function, Scenario, Source};
use crate::bill::{event_bus_events, http_api_requests};
use crate::dist::Law;
use crate::report::{BillLineKind, NodeKind};
use crate::rules::Rules;
use crate::spec::{ScenarioSpec, SourceKindSpec, SourceSpec};
use crate::time::SimDuration;
use coldstart_facts as facts;
use serde::{Deserialize, Serialize};

const KB_PER_MB: u32 = 1_024;
const BYTES_PER_KB: u64 = 1_024;
const SYNC_MAX_KB: u32 = facts::SYNC_PAYLOAD_MAX_MB * KB_PER_MB;
const ALB_MAX_KB: u32 = facts::ALB_PAYLOAD_MAX_MB * KB_PER_MB;
/// HTTP's own: the request has succeeded.
pub(crate) const OK: u32 = 200;

/// A quota of requests per second that all front doors of a kind share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Quota {
    Api,
    Edge,
}

/// What a kind of front door answers, and its walls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DoorRules {
    quota: Option<Quota>,
    /// How long it waits for the function, in milliseconds.
    timeout_ms: u64,
    /// Largest request and largest answer.
    max_kb: (u32, u32),
    /// Statuses: past its own quota, throttled by Lambda, function failed, function timed out, waited too long, request too large,
    /// answer too large.
    statuses: [u32; 7],
    price: Option<BillLineKind>,
}

/// Never, in milliseconds.
const NEVER_MS: u64 = u64::MAX / 1_000;

/// What callers of the Invoke API see (facts G1, G11, G15, E25): a function that failed still answers 200, and says so in a header.
const INVOKE: DoorRules = DoorRules {
    quota: None,
    timeout_ms: NEVER_MS,
    max_kb: (SYNC_MAX_KB, SYNC_MAX_KB),
    statuses: [0, facts::THROTTLE_HTTP_STATUS, OK, OK, 0, facts::OVERSIZE_HTTP_STATUS, OK],
    price: None,
};

/// Facts J10, J12 to J14; Lambda's own payload wall comes first.
const REST_API: DoorRules = DoorRules {
    quota: Some(Quota::Api),
    timeout_ms: facts::REST_API_TIMEOUT_MS,
    max_kb: (SYNC_MAX_KB, SYNC_MAX_KB),
    statuses: [
        facts::API_GATEWAY_THROTTLED_STATUS,
        facts::API_GATEWAY_REFUSED_STATUS,
        facts::API_GATEWAY_FUNCTION_ERROR_STATUS,
        facts::API_GATEWAY_FUNCTION_ERROR_STATUS,
        facts::API_GATEWAY_TIMEOUT_STATUS,
        facts::OVERSIZE_HTTP_STATUS,
        facts::API_GATEWAY_FUNCTION_ERROR_STATUS,
    ],
    price: Some(BillLineKind::RestApi),
};

/// Fact J11, and as a REST API otherwise.
const HTTP_API: DoorRules = DoorRules { timeout_ms: facts::HTTP_API_TIMEOUT_MS, price: Some(BillLineKind::HttpApi), ..REST_API };

/// Fact J15.
const FUNCTION_URL: DoorRules = DoorRules {
    statuses: [
        0,
        facts::THROTTLE_HTTP_STATUS,
        facts::FUNCTION_URL_ERROR_STATUS,
        facts::FUNCTION_URL_ERROR_STATUS,
        0,
        facts::OVERSIZE_HTTP_STATUS,
        facts::FUNCTION_URL_ERROR_STATUS,
    ],
    ..INVOKE
};

/// Facts G14, J15: a stream that grows too large is cut after its status was sent.
/// What a streamed answer may be, the rules of the day say.
const STREAM: DoorRules = DoorRules { max_kb: (SYNC_MAX_KB, 0), statuses: with(FUNCTION_URL.statuses, 6, OK), ..FUNCTION_URL };

/// Fact J16.
const ALB: DoorRules = DoorRules {
    max_kb: (ALB_MAX_KB, ALB_MAX_KB),
    statuses: [
        0,
        facts::ALB_FAILED_STATUS,
        facts::ALB_FAILED_STATUS,
        facts::ALB_FAILED_STATUS,
        0,
        facts::ALB_OVERSIZE_STATUS,
        facts::ALB_FAILED_STATUS,
    ],
    ..INVOKE
};

/// Fact J17.
const EDGE_VIEWER: DoorRules = DoorRules {
    quota: Some(Quota::Edge),
    max_kb: (SYNC_MAX_KB, facts::EDGE_VIEWER_RESPONSE_MAX_KB),
    statuses: [
        facts::EDGE_FAILED_STATUS,
        facts::EDGE_FAILED_STATUS,
        facts::EDGE_FAILED_STATUS,
        facts::EDGE_FAILED_STATUS,
        0,
        facts::OVERSIZE_HTTP_STATUS,
        facts::EDGE_INVALID_STATUS,
    ],
    ..INVOKE
};

/// Fact J17.
const EDGE_ORIGIN: DoorRules = DoorRules { max_kb: (SYNC_MAX_KB, facts::EDGE_ORIGIN_RESPONSE_MAX_KB), ..EDGE_VIEWER };

const fn with(mut statuses: [u32; 7], place: usize, status: u32) -> [u32; 7] {
    statuses[place] = status;
    statuses
}

/// How a front door answers: a place in its list of statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    OverQuota,
    Throttled,
    Failed,
    TimedOut,
    WaitedTooLong,
    RequestTooLarge,
    ResponseTooLarge,
}

/// One front door. Times are in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Door {
    pub(crate) node: u16,
    pub(crate) quota: Option<Quota>,
    /// How long it waits for the function.
    pub(crate) timeout_us: u64,
    /// How long its callers wait for it.
    pub(crate) patience_us: u64,
    pub(crate) request_fits: bool,
    pub(crate) answer_fits: bool,
    /// By how much streaming an answer lengthens the invocation (facts G14).
    pub(crate) stream_us: u64,
    /// Bytes of each streamed answer that are paid for.
    pub(crate) streamed_bytes: u64,
    pub(crate) is_edge: bool,
    /// What a request costs, and how many it counts as.
    pub(crate) price: Option<(BillLineKind, u64)>,
    statuses: [u32; 7],
}

impl Door {
    pub(super) fn build(spec: &SourceSpec, nodes: &[Node], of_day: Rules) -> Option<Self> {
        let rules = rules(spec)?;
        let answer_max_kb = if spec.door.streams { of_day.response_stream_mb * KB_PER_MB } else { rules.max_kb.1 };
        let timeout_ms = spec.door.integration_timeout_ms.unwrap_or(rules.timeout_ms);
        let bytes = u64::from(spec.payload_kb) * BYTES_PER_KB;
        let answer_bytes = u64::from(spec.door.response_kb) * BYTES_PER_KB;
        let streamed_bytes = if spec.door.streams { crate::bill::streamed_bytes(answer_bytes) } else { 0 };
        let bytes_per_s = u64::from(facts::RESPONSE_STREAM_MB_PER_S * KB_PER_MB) * BYTES_PER_KB;
        Some(Self {
            node: place(nodes, spec, NodeKind::FrontDoor),
            quota: rules.quota,
            timeout_us: timeout_ms.saturating_mul(1_000),
            patience_us: spec.door.client_timeout_ms.map_or(u64::MAX, |ms| SimDuration::from_ms_f64(ms).us()),
            request_fits: spec.payload_kb <= rules.max_kb.0,
            answer_fits: spec.door.response_kb <= answer_max_kb,
            stream_us: streamed_bytes * 1_000_000 / bytes_per_s,
            streamed_bytes,
            is_edge: spec.kind.is_edge(),
            price: rules.price.map(|kind| (kind, if kind == BillLineKind::HttpApi { http_api_requests(bytes) } else { 1 })),
            statuses: rules.statuses,
        })
    }

    pub(crate) const fn status(&self, answer: Answer) -> u32 {
        self.statuses[answer as usize]
    }
}

/// The rules of a source's front door; none where it has none. Plain callers have one as soon as anything about it matters.
fn rules(spec: &SourceSpec) -> Option<DoorRules> {
    Some(match spec.kind {
        SourceKindSpec::Synchronous if spec.payload_kb > SYNC_MAX_KB || spec.door != Default::default() => INVOKE,
        SourceKindSpec::RestApi => REST_API,
        SourceKindSpec::HttpApi => HTTP_API,
        SourceKindSpec::FunctionUrl if spec.door.streams => STREAM,
        SourceKindSpec::FunctionUrl => FUNCTION_URL,
        SourceKindSpec::Alb => ALB,
        SourceKindSpec::EdgeViewer => EDGE_VIEWER,
        SourceKindSpec::EdgeOrigin => EDGE_ORIGIN,
        _ => return None,
    })
}

/// When an event source tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Backoff {
    /// In phases (facts J5).
    Sns,
    /// Doubling, with jitter (facts J7, and choices).
    EventBridge,
}

/// One event source. Times are in microseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct EventSource {
    pub(crate) node: u16,
    pub(crate) delay: Law,
    pub(crate) duplicate_rate: f64,
    pub(crate) refused_rate: f64,
    /// When Lambda takes nothing.
    pub(crate) outage_us: (u64, u64),
    pub(crate) backoff: Backoff,
    pub(crate) max_tries: u32,
    pub(crate) max_age_us: u64,
    pub(crate) dead_letter_queue: Option<Target>,
    /// Whether it takes events of this size.
    pub(crate) fits: bool,
    /// What an event costs, and how many it counts as.
    pub(crate) price: Option<(BillLineKind, u64)>,
}

impl EventSource {
    pub(super) fn build(spec: &SourceSpec, whole: &ScenarioSpec, nodes: &[Node]) -> Option<Self> {
        if !spec.kind.is_event_source() {
            return None;
        }
        let delivery = &spec.delivery;
        let is_sns = spec.kind == SourceKindSpec::Sns;
        let us = |s: f64| SimDuration::from_s(s).us();
        let sns_tries =
            facts::SNS_IMMEDIATE_TRIES + facts::SNS_PRE_BACKOFF_TRIES + facts::SNS_BACKOFF_TRIES + facts::SNS_POST_BACKOFF_TRIES;
        let largest_kb =
            if is_sns { delivery.max_message_kb.unwrap_or(facts::SNS_MESSAGE_DEFAULT_KIB) } else { facts::EVENT_BRIDGE_EVENT_MAX_KB };
        let usual_age_s = facts::EVENT_BRIDGE_AGE_MAX_MS as f64 / 1e3;
        Some(Self {
            node: place(nodes, spec, NodeKind::EventSource),
            delay: if spec.kind == SourceKindSpec::S3 { Law::new(&delivery.delay) } else { Law::ZERO },
            duplicate_rate: delivery.duplicate_rate,
            refused_rate: delivery.refused_rate,
            outage_us: delivery.outage_from_s.map_or((0, 0), |from_s| (us(from_s), delivery.outage_until_s.map_or(u64::MAX, us))),
            backoff: if is_sns { Backoff::Sns } else { Backoff::EventBridge },
            max_tries: if is_sns { sns_tries } else { 1 + delivery.max_retries.unwrap_or(facts::EVENT_BRIDGE_RETRIES_MAX) },
            max_age_us: if is_sns { u64::MAX } else { us(delivery.max_event_age_s.unwrap_or(usual_age_s)) },
            dead_letter_queue: delivery.dead_letter_queue.as_ref().and_then(|id| target(whole, nodes, id)),
            fits: spec.payload_kb <= largest_kb,
            price: price(spec),
        })
    }
}

/// Facts L25, L27; notifications of S3 and events of AWS itself cost nothing.
fn price(spec: &SourceSpec) -> Option<(BillLineKind, u64)> {
    match spec.kind {
        SourceKindSpec::Sns => Some((BillLineKind::SnsPublishes, 1)),
        SourceKindSpec::EventBus if !spec.delivery.from_aws => {
            Some((BillLineKind::EventBus, event_bus_events(u64::from(spec.payload_kb) * BYTES_PER_KB)))
        }
        SourceKindSpec::Scheduler => Some((BillLineKind::Scheduler, 1)),
        _ => None,
    }
}

/// The nodes of sources, in the order of the sources.
pub(super) fn nodes(spec: &ScenarioSpec) -> impl Iterator<Item = Node> {
    spec.sources.iter().filter_map(|source| {
        let kind = match rules(source) {
            Some(_) => NodeKind::FrontDoor,
            None if source.kind.is_event_source() => NodeKind::EventSource,
            None => return None,
        };
        Some(Node { id: source.id.clone(), kind })
    })
}

impl Scenario {
    /// Whether the function is called by Lambda@Edge: then nothing else calls it.
    pub(crate) fn runs_at_edge(&self, function: &Function) -> bool {
        let is_target = |source: &Source| self.functions.get(usize::from(source.target)).is_some_and(|target| target.id == function.id);
        self.sources.iter().any(|source| source.door.is_some_and(|door| door.is_edge) && is_target(source))
    }
}

fn place(nodes: &[Node], spec: &SourceSpec, kind: NodeKind) -> u16 {
    nodes.iter().position(|node| node.id == spec.id && node.kind == kind).unwrap_or(0) as u16
}
