//! Senders: callers, front doors, event sources; when they send, and what they do when they are refused.

use super::laws::law;
use super::{Draw, network, usize_of};
use coldstart_sim::limits::{self, Range};
use coldstart_sim::spec::{
    ArchitectureSpec, ArrivalsSpec, AsynchronousSpec, BehaviourSpec, DeliverySpec, DoorSpec, PackageSpec, RatePointSpec, RateShapeSpec,
    RetryPolicySpec, RetrySpec, ScenarioSpec, SendSpec, SourceKindSpec, SourceSpec,
};

const DOORS: [SourceKindSpec; 4] = [SourceKindSpec::RestApi, SourceKindSpec::HttpApi, SourceKindSpec::FunctionUrl, SourceKindSpec::Alb];
const EVENT_SOURCES: [SourceKindSpec; 4] = [SourceKindSpec::S3, SourceKindSpec::Sns, SourceKindSpec::EventBus, SourceKindSpec::Scheduler];

/// The sender at this place.
pub(super) fn one(draw: &mut Draw<'_>, place: u32, functions: usize, has_network: bool) -> SourceSpec {
    let mut source = SourceSpec {
        id: format!("s{place}"),
        target: format!("f{}", usize_of(draw.below(3)) % functions),
        arrivals: arrivals(draw),
        retry: retry(draw),
        payload_kb: draw.pick(&[1, 1, 200, 7_000]),
        ..SourceSpec::default()
    };
    match (has_network, draw.below(10)) {
        (_, 0) => {}
        (_, 1) | (false, _) => source.kind = SourceKindSpec::Ping { handler_ms: draw.number(3.0, limits::PING_MS) },
        (true, 2..4) => draw.pick(&network::FOR_SOURCES).clone_into(&mut source.target),
        (true, 4) => source.kind = SourceKindSpec::Asynchronous,
        (true, 5..8) => {
            source.kind = draw.pick(&DOORS);
            source.door = door(draw, &source.kind);
        }
        (true, _) => {
            source.kind = draw.pick(&EVENT_SOURCES);
            source.delivery = delivery(draw, &source.kind);
        }
    }
    if source.kind == SourceKindSpec::Synchronous && has_network && draw.chance(1, 2) {
        source.door.client_timeout_ms = Some(draw.number(500.0, limits::CLIENT_TIMEOUT_MS));
    }
    source
}

fn door(draw: &mut Draw<'_>, kind: &SourceKindSpec) -> DoorSpec {
    let is_rest = *kind == SourceKindSpec::RestApi;
    DoorSpec {
        client_timeout_ms: draw.chance(1, 2).then(|| draw.number(500.0, limits::CLIENT_TIMEOUT_MS)),
        integration_timeout_ms: (is_rest && draw.chance(1, 2)).then(|| u64::from(draw.whole(1_000, Range::new(50, 900_000)))),
        response_kb: draw.pick(&[1, 1, 2_000, 30_000]),
        streams: *kind == SourceKindSpec::FunctionUrl && draw.chance(1, 2),
    }
}

fn delivery(draw: &mut Draw<'_>, kind: &SourceKindSpec) -> DeliverySpec {
    let is_bridge = matches!(kind, SourceKindSpec::EventBus | SourceKindSpec::Scheduler);
    let outage = draw.rising(2, 30.0);
    DeliverySpec {
        delay: if *kind == SourceKindSpec::S3 { law(draw, 800.0) } else { DeliverySpec::default().delay },
        duplicate_rate: draw.rare_share(),
        refused_rate: draw.rare_share(),
        outage_from_s: outage.first().copied(),
        outage_until_s: outage.get(1).copied(),
        max_retries: (is_bridge && draw.chance(1, 2)).then(|| draw.whole(3, limits::DELIVERY_RETRIES)),
        max_event_age_s: (is_bridge && draw.chance(1, 2)).then(|| draw.number(120.0, limits::DELIVERY_AGE_S)),
        dead_letter_queue: (*kind != SourceKindSpec::S3 && draw.chance(1, 2)).then(|| "queue".to_owned()),
        max_message_kb: (*kind == SourceKindSpec::Sns && draw.chance(1, 2)).then(|| draw.whole(256, limits::MESSAGE_MAX_KB)),
        from_aws: *kind == SourceKindSpec::EventBus && draw.chance(1, 2),
    }
}

/// Moves the last function to the edge of the network, where much is not to be had, and nothing else leads to it.
pub(super) fn move_to_the_edge(draw: &mut Draw<'_>, spec: &mut ScenarioSpec) {
    let Some(function) = spec.functions.last_mut().filter(|function| function.id != "f0") else { return };
    function.timeout_ms = function.timeout_ms.min(5_000);
    function.provisioned.clear();
    function.provisioned_scaling = None;
    function.asynchronous = AsynchronousSpec::default();
    function.behaviour = BehaviourSpec::default();
    (function.architecture, function.init.package) = (ArchitectureSpec::X86_64, PackageSpec::Zip);
    function.init.runtime.clear();
    let id = function.id.clone();
    for source in spec.sources.iter_mut().filter(|source| source.target == id) {
        source.kind = draw.pick(&[SourceKindSpec::EdgeViewer, SourceKindSpec::EdgeOrigin]);
        source.delivery = DeliverySpec::default();
        source.door = DoorSpec { integration_timeout_ms: None, streams: false, ..source.door.clone() };
    }
}

pub(super) fn retry(draw: &mut Draw<'_>) -> RetrySpec {
    const POLICIES: [RetryPolicySpec; 4] =
        [RetryPolicySpec::None, RetryPolicySpec::Immediate, RetryPolicySpec::Exponential, RetryPolicySpec::FullJitter];
    RetrySpec {
        policy: draw.pick(&POLICIES),
        max_attempts: draw.whole(3, limits::MAX_ATTEMPTS),
        base_ms: draw.number(100.0, limits::BACKOFF_MS),
        cap_ms: draw.number(20_000.0, limits::BACKOFF_MS),
        on_errors: draw.chance(1, 2),
    }
}

fn arrivals(draw: &mut Draw<'_>) -> ArrivalsSpec {
    let rate = |draw: &mut Draw<'_>| draw.number(10.0, limits::POSITIVE_RATE_PER_S);
    match draw.below(8) {
        0 => ArrivalsSpec::Poisson { per_s: rate(draw) },
        1 => ArrivalsSpec::Constant { per_s: rate(draw) },
        2 => {
            let times = draw.rising(5, 20.0);
            let mut points = vec![RatePointSpec { at_s: 0.0, per_s: rate(draw) }];
            points.extend(times.into_iter().map(|at_s| RatePointSpec { at_s, per_s: draw.number(10.0, limits::RATE_PER_S) }));
            let last_s = points.iter().map(|point| point.at_s).fold(0.0, f64::max);
            let repeat_every_s = draw.chance(1, 2).then(|| last_s + draw.number(20.0, limits::SPAN_S).min(1_000.0));
            ArrivalsSpec::Rate { points, shape: draw.pick(&[RateShapeSpec::Steps, RateShapeSpec::Ramps]), repeat_every_s }
        }
        3 => ArrivalsSpec::OnOff {
            on_per_s: draw.number(20.0, limits::RATE_PER_S),
            off_per_s: draw.number(1.0, limits::RATE_PER_S),
            on_mean_s: draw.number(10.0, limits::SPAN_S),
            off_mean_s: draw.number(10.0, limits::SPAN_S),
        },
        4 => ArrivalsSpec::Cron {
            every_s: draw.number(10.0, limits::SPAN_S),
            first_s: draw.number(1.0, limits::MOMENT_S),
            requests: draw.whole(10, limits::REQUESTS_AT_ONCE),
        },
        5 => {
            let at_s = draw.rising(40, 1.0);
            let durations_ms =
                if draw.chance(1, 2) { at_s.iter().map(|_| draw.number(80.0, limits::DURATION_MS)).collect() } else { Vec::new() };
            ArrivalsSpec::Timestamps { at_s, durations_ms }
        }
        6 => ArrivalsSpec::PerMinute { counts: (0..draw.below(5)).map(|_| draw.whole(100, Range::new(0, 5_000))).collect() },
        _ => {
            let sends = draw.rising(6, 10.0).into_iter();
            ArrivalsSpec::Log { sends: sends.map(|at_s| SendSpec { at_s, requests: draw.whole(20, limits::REQUESTS_AT_ONCE) }).collect() }
        }
    }
}
