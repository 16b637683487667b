//! Queues and mappings in generated graphs, and what they must agree on.

use super::checks::{end_us, most_at_once};
use coldstart_sim::spec::{MappingSpec, QueueSpec, ScenarioSpec, StreamKindSpec, StreamSpec};
use coldstart_sim::{Exit, NodeCounter, NodeKind, RunOutput};
use proptest::prelude::*;

/// Two standard queues and two FIFO queues, each with another one for its dead letters, and a mapping or two for each of the first.
pub fn any() -> impl Strategy<Value = (Vec<QueueSpec>, Vec<MappingSpec>)> {
    let queue = (prop_oneof![Just(0.5), 0.0..30.0_f64], prop_oneof![2 => Just(60.0), 1 => 100.0..9_000.0_f64], 1..4_u32, 1..12_u32);
    (prop::collection::vec(queue, 2), prop::collection::vec(mapping(), 3)).prop_map(|(queues, mut mappings)| {
        let ids = [("orders", "letters", false), ("ledger", "strays", true)];
        let mut built = Vec::new();
        for ((id, dead, fifo), (more_s, retention_s, max_receive_count, groups)) in ids.into_iter().zip(queues) {
            let message_groups = if fifo { groups } else { 1 };
            // 20 s is the longest timeout that the generator gives a function.
            let own = QueueSpec { fifo, message_groups, visibility_timeout_s: 20.0 + more_s, retention_s, ..Default::default() };
            built.push(QueueSpec { id: id.to_owned(), dead_letter_queue: Some(dead.to_owned()), max_receive_count, ..own.clone() });
            built.push(QueueSpec { id: dead.to_owned(), ..own });
        }
        for (mapping, (id, source)) in mappings.iter_mut().zip([("m0", "orders"), ("m1", "ledger"), ("m2", "letters")]) {
            (mapping.id, mapping.source) = (id.to_owned(), source.to_owned());
            if source == "ledger" {
                mapping.batch_size = mapping.batch_size.map(|size| size.min(10));
                mapping.batching_window_s = 0.0;
            }
        }
        (built, mappings)
    })
}

fn mapping() -> impl Strategy<Value = MappingSpec> {
    let batch = (1..20_u32, prop_oneof![Just(0.0), 1.0..30.0_f64]);
    let pollers = (prop::option::of(2..6_u32), prop::bool::ANY);
    let share = || prop_oneof![Just(0.0), 0.0..0.4_f64];
    (batch, pollers, (share(), share(), share()), prop::bool::ANY, prop_oneof![Just(0.0), 1.0..300.0_f64]).prop_map(
        |((size, window_s), (maximum, provisioned), shares, partial, message_ms)| MappingSpec {
            target: "f0".to_owned(),
            batch_size: Some(if window_s > 0.0 { size } else { size.min(10) }),
            batching_window_s: window_s,
            maximum_concurrency: maximum.filter(|_| !provisioned),
            minimum_pollers: provisioned.then_some(2),
            maximum_pollers: provisioned.then_some(4),
            report_batch_item_failures: partial,
            message_ms,
            message_error_rate: shares.0,
            poison_rate: shares.1,
            filtered_rate: shares.2,
            low_traffic_wait_s: if partial { 20.0 } else { 0.0 },
            ..Default::default()
        },
    )
}

/// A stream and one or two mappings of it.
pub fn streams() -> impl Strategy<Value = (StreamSpec, Vec<MappingSpec>)> {
    let stream = (prop::bool::ANY, 1..4_u32, prop_oneof![Just(3_u32), Just(1_000)]);
    (stream, prop::collection::vec(reader(), 1..=2)).prop_map(|((is_table, shards, partition_keys), mut mappings)| {
        let kind = if is_table { StreamKindSpec::DynamoDb } else { StreamKindSpec::Kinesis };
        mappings.iter_mut().enumerate().for_each(|(place, mapping)| mapping.id = format!("r{place}"));
        (StreamSpec { id: "clicks".to_owned(), kind, shards, partition_keys, ..Default::default() }, mappings)
    })
}

fn reader() -> impl Strategy<Value = MappingSpec> {
    let bounds = (prop::option::of(0..4_u32), prop::option::of(60.0..120.0_f64), prop::bool::ANY);
    let end = prop::option::of(prop::sample::select(vec!["queue", "topic", "letters"]));
    let windows = (prop_oneof![Just(0.0), 1.0..5.0_f64], prop_oneof![2 => Just(0.0), 1 => 10.0..40.0_f64], 1..4_u32);
    (mapping(), bounds, end, windows).prop_map(|(queue, (retries, age_s, bisect_batch), end, windows)| MappingSpec {
        source: "clicks".to_owned(),
        maximum_concurrency: None,
        minimum_pollers: None,
        maximum_pollers: None,
        low_traffic_wait_s: 0.0,
        batching_window_s: windows.0,
        tumbling_window_s: windows.1,
        parallelization_factor: Some(windows.2),
        max_retry_attempts: retries,
        max_record_age_s: age_s,
        bisect_batch,
        on_failure: end.map(str::to_owned),
        ..queue
    })
}

/// What mappings say that they did is what their queues say was done, and none has more batches at once than it may.
pub fn mappings_agree(spec: &ScenarioSpec, output: &RunOutput) -> Result<(), String> {
    let report = &output.report;
    for exit in [Exit::Delivered, Exit::Filtered, Exit::LoopStopped] {
        let of = |is: fn(NodeKind) -> bool| report.nodes.iter().filter(|node| is(node.kind)).map(|node| node.exits(exit)).sum::<u64>();
        let (queues, mappings) = (of(NodeKind::is_queue), of(|kind| kind == NodeKind::QueueMapping));
        if queues != mappings {
            return Err(format!("{exit:?}: {queues} by queues, {mappings} by mappings"));
        }
    }
    for node in report.nodes.iter().filter(|node| node.kind.is_queue()) {
        let moved = node.exits(Exit::Redriven) + node.exits(Exit::LoopStopped);
        if moved != node.count(NodeCounter::SentToDeadLetterQueue) + node.count(NodeCounter::Dropped)
            || node.age.count != node.exits(Exit::Delivered)
        {
            return Err(format!("{}: {:?}", node.id, node.exits));
        }
    }
    // Every mapping of a stream has every record before it, and no more batches at once than lanes.
    for stream in report.nodes.iter().filter(|node| node.kind.is_stream()) {
        let readers = report.nodes.iter().filter(|node| node.kind == NodeKind::StreamMapping);
        if let Some(reader) = readers.clone().find(|reader| reader.entered != stream.entered) {
            return Err(format!("{} had {} records, {} {}", stream.id, stream.entered, reader.id, reader.entered));
        }
    }
    let attempts = || output.timeline.iter().flat_map(|timeline| &timeline.attempts);
    for (place, mapping) in spec.mappings.iter().enumerate() {
        let lanes = spec.streams[0].shards * mapping.parallelization_factor.unwrap_or(1);
        let most = if mapping.source == "clicks" { Some(lanes) } else { mapping.maximum_concurrency };
        let Some(most) = most else { continue };
        let caller = spec.sources.len() + spec.functions.len() + place;
        let own = attempts().filter(|attempt| usize::from(attempt.source) == caller);
        let at_once = most_at_once(own.filter_map(|attempt| end_us(attempt).map(|end| (attempt.started_us, end))));
        if at_once > u64::from(most) {
            return Err(format!("{}: {at_once} batches at once, {most} allowed", mapping.id));
        }
    }
    Ok(())
}
