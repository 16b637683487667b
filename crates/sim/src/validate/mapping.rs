//! Checks of queues, streams and event source mappings.

use super::checker::{Checker, text};
use super::{function, id};
use crate::limits;
use crate::spec::{DestinationKindSpec, MappingSpec, PollerScalingSpec, QueueSpec, ScenarioSpec, StreamKindSpec, StreamSpec};
use coldstart_facts as facts;

/// The queue with this id.
pub(super) fn queue<'a>(spec: &'a ScenarioSpec, id: &str) -> Option<&'a QueueSpec> {
    spec.queues.iter().take(limits::QUEUES.max).find(|queue| queue.id == id)
}

/// The stream with this id.
pub(super) fn stream<'a>(spec: &'a ScenarioSpec, id: &str) -> Option<&'a StreamSpec> {
    spec.streams.iter().take(limits::STREAMS.max).find(|stream| stream.id == id)
}

/// Queues and streams, whose ids share the list `seen` with all that edges lead to, and mappings.
pub(super) fn check<'a>(checker: &mut Checker, spec: &'a ScenarioSpec, seen: &mut Vec<&'a str>) {
    if checker.entries("queues", spec.queues.len(), limits::QUEUES) {
        for (index, queue) in spec.queues.iter().enumerate() {
            checker.item("queues", index, |c| {
                id(c, &queue.id, seen);
                c.number("message_groups", queue.message_groups, limits::MESSAGE_GROUPS);
                if !queue.fifo && queue.message_groups != 1 {
                    c.error("message_groups", "only a FIFO queue has message groups".to_owned());
                }
                c.number("visibility_timeout_s", queue.visibility_timeout_s, limits::VISIBILITY_S);
                c.number("retention_s", queue.retention_s, limits::RETENTION_S);
                c.number("max_receive_count", queue.max_receive_count, limits::RECEIVE_COUNT);
                dead_letter_queue(c, spec, queue);
            });
        }
    }
    if checker.entries("streams", spec.streams.len(), limits::STREAMS) {
        for (index, stream) in spec.streams.iter().enumerate() {
            checker.item("streams", index, |c| {
                id(c, &stream.id, seen);
                c.number("shards", stream.shards, limits::SHARDS);
                c.number("partition_keys", stream.partition_keys, limits::PARTITION_KEYS);
                let ok = c.number("retention_s", stream.retention_s, limits::STREAM_RETENTION_S);
                if ok && stream.kind == StreamKindSpec::DynamoDb && stream.retention_s != limits::STREAM_RETENTION_S.min {
                    c.error("retention_s", "the stream of a DynamoDB table keeps its records for a day".to_owned());
                }
            });
        }
    }
    if checker.entries("mappings", spec.mappings.len(), limits::MAPPINGS) {
        let mut seen = Vec::new();
        for (index, one) in spec.mappings.iter().enumerate() {
            checker.item("mappings", index, |c| {
                id(c, &one.id, &mut seen);
                mapping(c, spec, one);
            });
        }
    }
}

/// Facts H10: of the same kind as the queue itself.
fn dead_letter_queue(c: &mut Checker, spec: &ScenarioSpec, own: &QueueSpec) {
    let Some(target) = own.dead_letter_queue.as_deref() else { return };
    if !c.characters("dead_letter_queue", target, limits::ID_CHARS) {
        return;
    }
    let is_destination = || spec.destinations.iter().any(|one| one.id == target && one.kind == DestinationKindSpec::Queue);
    let fits = match queue(spec, target) {
        Some(other) => other.fifo == own.fifo && other.id != own.id,
        None => !own.fifo && is_destination(),
    };
    if !fits {
        let kind = if own.fifo { "another FIFO queue" } else { "another standard queue, or a destination of kind queue" };
        c.error("dead_letter_queue", format!("{target:?} does not exist or is something else; it must be {kind}"));
    }
}

fn mapping(c: &mut Checker, spec: &ScenarioSpec, own: &MappingSpec) {
    c.optional("batch_size", own.batch_size, limits::BATCH_SIZE);
    c.number("batching_window_s", own.batching_window_s, limits::BATCHING_WINDOW_S);
    c.optional("maximum_concurrency", own.maximum_concurrency, limits::MAXIMUM_CONCURRENCY);
    c.number("message_ms", own.message_ms, limits::MESSAGE_MS);
    c.number("message_error_rate", own.message_error_rate, limits::SHARE);
    c.number("poison_rate", own.poison_rate, limits::SHARE);
    c.number("filtered_rate", own.filtered_rate, limits::SHARE);
    c.number("low_traffic_wait_s", own.low_traffic_wait_s, limits::LOW_TRAFFIC_WAIT_S);
    c.optional("parallelization_factor", own.parallelization_factor, limits::PARALLELIZATION);
    c.optional("max_retry_attempts", own.max_retry_attempts, limits::STREAM_RETRIES);
    c.optional("max_record_age_s", own.max_record_age_s, limits::RECORD_AGE_S);
    c.number("tumbling_window_s", own.tumbling_window_s, limits::TUMBLING_WINDOW_S);
    c.optional("minimum_pollers", own.minimum_pollers, limits::POLLERS_MINIMUM);
    c.optional("maximum_pollers", own.maximum_pollers, limits::POLLERS_MAXIMUM);
    if let (Some(least), Some(most)) = (own.minimum_pollers, own.maximum_pollers)
        && most < least
    {
        c.error("maximum_pollers", format!("{} is below the minimum ({})", text(&most), text(&least)));
    }
    if own.is_provisioned() && own.maximum_concurrency.is_some() {
        c.error("maximum_concurrency", "provisioned pollers exclude it: the most of them take over its role".to_owned());
    }
    let target = c.characters("target", &own.target, limits::ID_CHARS).then(|| function(spec, &own.target).map(|(_, target)| target));
    if target == Some(None) {
        c.error("target", format!("no function has the id {:?}", own.target));
    }
    if !c.characters("source", &own.source, limits::ID_CHARS) {
        return;
    }
    if stream(spec, &own.source).is_some() {
        return of_stream(c, spec, own);
    }
    let Some(queue) = queue(spec, &own.source) else {
        return c.error("source", format!("no queue or stream has the id {:?}", own.source));
    };
    only_for(
        c,
        "a stream",
        &[
            ("parallelization_factor", own.parallelization_factor.is_some()),
            ("max_retry_attempts", own.max_retry_attempts.is_some()),
            ("max_record_age_s", own.max_record_age_s.is_some()),
            ("bisect_batch", own.bisect_batch),
            ("tumbling_window_s", own.tumbling_window_s > 0.0),
            ("on_failure", own.on_failure.is_some()),
        ],
    );
    batches(c, own, queue);
    if let Some(Some(target)) = target
        && queue.visibility_timeout_s * 1e3 < target.timeout_ms as f64
    {
        // Facts H9: AWS refuses such a mapping.
        let (visibility, timeout) = (text(&queue.visibility_timeout_s), text(&(target.timeout_ms as f64 / 1e3)));
        c.error("source", format!("its visibility_timeout_s ({visibility} s) is below the timeout of {:?} ({timeout} s)", target.id));
    }
}

/// Settings that only mappings of something else have.
fn only_for(c: &mut Checker, what: &str, settings: &[(&str, bool)]) {
    for (field, is_set) in settings {
        if *is_set {
            c.error(field, format!("only a mapping of {what} has it"));
        }
    }
}

/// Facts I4 to I9, I13.
fn of_stream(c: &mut Checker, spec: &ScenarioSpec, own: &MappingSpec) {
    only_for(
        c,
        "a queue",
        &[
            ("maximum_concurrency", own.maximum_concurrency.is_some()),
            ("minimum_pollers", own.minimum_pollers.is_some()),
            ("maximum_pollers", own.maximum_pollers.is_some()),
            ("scaling", own.scaling != PollerScalingSpec::default()),
            ("low_traffic_wait_s", own.low_traffic_wait_s > 0.0),
        ],
    );
    if let Some(target) = own.on_failure.as_deref().filter(|target| c.characters("on_failure", target, limits::ID_CHARS)) {
        let destination = spec.destinations.iter().find(|one| one.id == target);
        let fits =
            destination.is_some_and(|one| one.kind != DestinationKindSpec::EventBus) || queue(spec, target).is_some_and(|one| !one.fifo);
        if !fits {
            let ends = "a standard queue, or a destination of kind queue, topic or bucket";
            c.error("on_failure", format!("{target:?} does not exist or is something else; it must be {ends}"));
        }
    }
}

/// Facts H2, H3.
fn batches(c: &mut Checker, own: &MappingSpec, queue: &QueueSpec) {
    let size = own.batch_size.unwrap_or(facts::SQS_BATCH_DEFAULT);
    let window_min_s = facts::SQS_LARGE_BATCH_WINDOW_MIN_MS as f64 / 1e3;
    if queue.fifo {
        if size > facts::SQS_FIFO_BATCH_MAX {
            c.error(
                "batch_size",
                format!("{} is above the {} messages of a batch from a FIFO queue", text(&size), facts::SQS_FIFO_BATCH_MAX),
            );
        }
        if own.batching_window_s > 0.0 {
            c.error("batching_window_s", "a FIFO queue has no batching window".to_owned());
        }
    } else if size > facts::SQS_BATCH_DEFAULT && own.batching_window_s < window_min_s {
        let (size, least) = (text(&size), facts::SQS_BATCH_DEFAULT);
        c.error("batching_window_s", format!("{size} messages are more than {least}, so a window of {window_min_s} s at least is needed"));
    }
}

/// What a sound mapping makes likely to go wrong.
pub(super) fn advise(c: &mut Checker, spec: &ScenarioSpec) {
    for (index, own) in spec.mappings.iter().enumerate() {
        let (Some(queue), Some((_, target))) = (queue(spec, &own.source), function(spec, &own.target)) else { continue };
        c.item("mappings", index, |c| {
            let times = facts::SQS_VISIBILITY_TIMEOUTS_ADVISED;
            let least_s = f64::from(times) * target.timeout_ms as f64 / 1e3 + own.batching_window_s;
            if queue.visibility_timeout_s < least_s {
                let (visibility, least) = (text(&queue.visibility_timeout_s), text(&least_s));
                c.advise(
                    "source",
                    format!("its visibility_timeout_s is {visibility} s; AWS advises {times} function timeouts and the window: {least} s"),
                );
            }
            let most = own.maximum_concurrency;
            if let (Some(most), Some(reserved)) = (most, target.reserved_concurrency)
                && most > reserved
            {
                let (most, reserved) = (text(&most), text(&reserved));
                c.advise(
                    "maximum_concurrency",
                    format!("{most} batches at once are more than the function's {reserved}: some are throttled"),
                );
            }
            let few = facts::SQS_CONCURRENCY_START;
            if most.is_none() && target.reserved_concurrency.is_some_and(|reserved| reserved < few) {
                c.advise("target", format!("its reserved concurrency is below the {few} batches at once that the mapping starts with"));
            }
        });
    }
    for (index, own) in spec.mappings.iter().enumerate() {
        if stream(spec, &own.source).is_some() && own.max_retry_attempts.is_none() && own.max_record_age_s.is_none() {
            c.item("mappings", index, |c| {
                c.advise(
                    "max_retry_attempts",
                    "without an end to retries one bad record blocks its shard until the stream drops it".to_owned(),
                );
            });
        }
    }
    for (index, own) in spec.queues.iter().enumerate() {
        c.item("queues", index, |c| {
            let is_read = spec.mappings.iter().any(|mapping| mapping.source == own.id);
            let least = facts::SQS_MAX_RECEIVE_COUNT_ADVISED;
            if own.dead_letter_queue.is_some() && own.max_receive_count < least {
                let count = text(&own.max_receive_count);
                c.advise(
                    "max_receive_count",
                    format!("{count}: AWS advises {least} at least, for each throttled batch counts as a receive"),
                );
            }
            if is_read && own.dead_letter_queue.is_none() {
                let days = text(&(own.retention_s / 86_400.0));
                c.advise("dead_letter_queue", format!("there is none: a message that fails comes back until its {days} days are over"));
            }
        });
    }
}
