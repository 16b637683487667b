//! What stands between senders and functions, and what functions call and send on. Every node has a fixed id, so that edges fit.

use super::Draw;
use super::laws::law;
use coldstart_sim::limits;
use coldstart_sim::spec::{
    AsynchronousSpec, CallSpec, DependencySpec, DestinationKindSpec, DestinationSpec, FunctionSpec, IncidentSpec, MappingSpec,
    PollerScalingSpec, QueueSpec, ScenarioSpec, StreamKindSpec, StreamSpec,
};

const DESTINATIONS: [(&str, DestinationKindSpec); 4] = [
    ("queue", DestinationKindSpec::Queue),
    ("topic", DestinationKindSpec::Topic),
    ("bus", DestinationKindSpec::EventBus),
    ("bucket", DestinationKindSpec::Bucket),
];
/// Id, whether it is a FIFO queue, dead-letter queue.
const QUEUES: [(&str, bool, &str); 4] =
    [("orders", false, "letters"), ("letters", false, "queue"), ("ledger", true, "strays"), ("strays", true, "ledger")];
/// Ids of what takes messages and records from sources.
pub(super) const FOR_SOURCES: [&str; 4] = ["orders", "ledger", "clicks", "rows"];

/// What an edge may lead to, by what the edge is; the function is the one that is never moved to the edge of the network.
const DEAD_LETTERS: [&str; 4] = ["queue", "topic", "letters", "orders"];
const ON_SUCCESS: [&str; 6] = ["queue", "topic", "bus", "letters", "orders", "f0"];
const ON_FAILURE: [&str; 7] = ["bucket", "queue", "topic", "bus", "letters", "orders", "f0"];
const ON_STREAM_FAILURE: [&str; 5] = ["bucket", "queue", "topic", "letters", "orders"];
const DEPENDENCIES: [&str; 3] = ["table", "database", "service"];

/// Adds every node; those that nothing leads to do nothing.
pub(super) fn nodes(draw: &mut Draw<'_>, spec: &mut ScenarioSpec) {
    spec.destinations = DESTINATIONS.map(|(id, kind)| DestinationSpec { id: id.to_owned(), kind }).into();
    spec.dependencies = DEPENDENCIES.map(|id| dependency(draw, id)).into();
    spec.queues = QUEUES.map(|of| queue(draw, of)).into();
    let streams = [("clicks", StreamKindSpec::Kinesis), ("rows", StreamKindSpec::DynamoDb)];
    spec.streams = streams.map(|(id, kind)| stream(draw, id, kind)).into();
    let target = spec.functions[0].id.clone();
    // AWS refuses a mapping whose messages come back while they are worked on.
    let timeout_s = spec.functions[0].timeout_ms as f64 / 1e3;
    spec.queues.iter_mut().for_each(|queue| queue.visibility_timeout_s += timeout_s);
    for place in 0..draw.below(5) {
        let mut own = mapping(draw);
        (own.id, own.target) = (format!("m{place}"), target.clone());
        match draw.below(4) {
            0 => of_queue(draw, &mut own, "orders", false),
            1 => of_queue(draw, &mut own, "ledger", true),
            2 => of_queue(draw, &mut own, "letters", false),
            _ => of_stream(draw, &mut own),
        }
        spec.mappings.push(own);
    }
}

/// What a function does with events, whom it calls, what it sends on.
pub(super) fn edges(draw: &mut Draw<'_>, function: &mut FunctionSpec) {
    let own = |one: &str| one.to_owned();
    function.asynchronous = AsynchronousSpec {
        max_retry_attempts: draw.whole(2, limits::ASYNC_RETRIES),
        max_event_age_s: draw.number(120.0, limits::EVENT_AGE_S),
        dead_letter_queue: draw.maybe(&DEAD_LETTERS).map(own),
        on_success: draw.maybe(&ON_SUCCESS).map(own),
        on_failure: draw.maybe(&ON_FAILURE).map(own),
        duplicate_rate: draw.rare_share(),
        system_error_rate: draw.rare_share(),
    };
    function.calls = (0..draw.below(3)).map(|_| call(draw)).collect();
    function.sends = (0..draw.below(3)).map(|_| draw.pick(&ON_FAILURE).to_owned()).collect();
    function.allow_loops = draw.chance(1, 4);
}

fn call(draw: &mut Draw<'_>) -> CallSpec {
    CallSpec {
        to: draw.pick(&DEPENDENCIES).to_owned(),
        times: draw.whole(1, limits::CALL_TIMES),
        timeout_ms: draw.chance(2, 3).then(|| draw.number(100.0, limits::POSITIVE_MS)),
        retry: super::senders::retry(draw),
        breaker_failures: draw.below(4),
        breaker_open_s: draw.number(3.0, limits::SPAN_S),
        optional: draw.chance(1, 2),
    }
}

fn dependency(draw: &mut Draw<'_>, id: &str) -> DependencySpec {
    let max_connections = draw.chance(1, 2).then(|| draw.whole(3, limits::CALLS_AT_ONCE));
    DependencySpec {
        id: id.to_owned(),
        latency: law(draw, 20.0),
        max_concurrency: draw.chance(1, 2).then(|| draw.whole(2, limits::CALLS_AT_ONCE)),
        max_waiting: draw.chance(1, 2).then(|| draw.whole(2, limits::CALLS_WAITING)),
        max_connections,
        proxy: max_connections.is_some() && draw.chance(1, 2),
        error_rate: draw.rare_share(),
        incidents: draw
            .rising(4, 20.0)
            .chunks_exact(2)
            .map(|times| IncidentSpec {
                from_s: times[0],
                until_s: times[1],
                slowdown: draw.number(3.0, limits::SLOWDOWN),
                error_rate: draw.chance(1, 2).then(|| draw.share()),
                hangs: draw.chance(1, 3),
            })
            .collect(),
    }
}

fn queue(draw: &mut Draw<'_>, (id, fifo, dead): (&str, bool, &str)) -> QueueSpec {
    QueueSpec {
        id: id.to_owned(),
        fifo,
        message_groups: if fifo { draw.whole(5, limits::MESSAGE_GROUPS) } else { 1 },
        visibility_timeout_s: draw.pick(&[1.0, 0.0, 30.0, 10_000.0]),
        retention_s: draw.number(100.0, limits::RETENTION_S),
        dead_letter_queue: draw.chance(2, 3).then(|| dead.to_owned()),
        max_receive_count: draw.whole(3, limits::RECEIVE_COUNT),
    }
}

fn stream(draw: &mut Draw<'_>, id: &str, kind: StreamKindSpec) -> StreamSpec {
    StreamSpec {
        id: id.to_owned(),
        kind,
        shards: draw.whole(2, limits::SHARDS),
        partition_keys: draw.whole(100, limits::PARTITION_KEYS),
        ..StreamSpec::default()
    }
}

fn mapping(draw: &mut Draw<'_>) -> MappingSpec {
    MappingSpec {
        report_batch_item_failures: draw.chance(1, 2),
        message_ms: draw.number(5.0, limits::MESSAGE_MS),
        message_error_rate: draw.rare_share(),
        poison_rate: draw.rare_share(),
        filtered_rate: draw.rare_share(),
        ..MappingSpec::default()
    }
}

fn of_queue(draw: &mut Draw<'_>, own: &mut MappingSpec, source: &str, fifo: bool) {
    source.clone_into(&mut own.source);
    own.batch_size = Some(1 + draw.below(10));
    if !fifo && draw.chance(1, 2) {
        own.batching_window_s = draw.number(5.0, limits::BATCHING_WINDOW_S).max(1.0);
        own.batch_size = Some(draw.whole(20, limits::BATCH_SIZE));
    }
    if draw.chance(1, 3) {
        own.minimum_pollers = Some(draw.whole(2, limits::POLLERS_MINIMUM));
        own.maximum_pollers = Some(draw.whole(200, limits::POLLERS_MAXIMUM).max(200));
    } else if draw.chance(1, 2) {
        own.maximum_concurrency = Some(draw.whole(5, limits::MAXIMUM_CONCURRENCY));
    }
    own.scaling = draw.pick(&[PollerScalingSpec::Current, PollerScalingSpec::Until2023]);
    own.low_traffic_wait_s = draw.pick(&[0.0, 20.0]);
}

fn of_stream(draw: &mut Draw<'_>, own: &mut MappingSpec) {
    draw.pick(&["clicks", "rows"]).clone_into(&mut own.source);
    own.batch_size = draw.chance(1, 2).then(|| draw.whole(50, limits::BATCH_SIZE));
    own.batching_window_s = if draw.chance(1, 2) { draw.number(2.0, limits::BATCHING_WINDOW_S) } else { 0.0 };
    own.parallelization_factor = draw.chance(1, 2).then(|| draw.whole(2, limits::PARALLELIZATION));
    own.max_retry_attempts = draw.chance(2, 3).then(|| draw.whole(2, limits::STREAM_RETRIES));
    own.max_record_age_s = draw.chance(1, 2).then(|| draw.number(60.0, limits::RECORD_AGE_S));
    own.bisect_batch = draw.chance(1, 2);
    own.tumbling_window_s = if draw.chance(1, 3) { draw.number(20.0, limits::TUMBLING_WINDOW_S) } else { 0.0 };
    own.on_failure = draw.maybe(&ON_STREAM_FAILURE).map(str::to_owned);
}
