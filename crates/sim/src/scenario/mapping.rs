//! Queues, streams and event source mappings as the engine runs them.

use super::network::{Node, Target, target};
use crate::report::NodeKind;
use crate::rules::Rules;
use crate::spec::{MappingSpec, PollerScalingSpec, QueueSpec, ScenarioSpec, StreamKindSpec, StreamSpec};
use crate::time::SimDuration;
use coldstart_facts as facts;
use serde::{Deserialize, Serialize};

/// A queue.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Queue {
    pub(crate) node: u16,
    /// The function under which the timeline has what happens in the queue: that of its first mapping.
    pub(crate) function: u16,
    /// Message groups; 0 for a standard queue.
    pub(crate) groups: u32,
    pub(crate) visibility: SimDuration,
    pub(crate) retention: SimDuration,
    pub(crate) dead_letter_queue: Option<Target>,
    pub(crate) max_receives: u32,
}

/// A mapping of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mapping {
    pub(crate) node: u16,
    pub(crate) queue: u16,
    pub(crate) function: u16,
    pub(crate) batch_size: usize,
    pub(crate) window: SimDuration,
    pub(crate) pollers: Pollers,
    pub(crate) partial: bool,
    /// What each message adds to the handler's work.
    pub(crate) message: SimDuration,
    pub(crate) error_rate: f64,
    pub(crate) poison_rate: f64,
    pub(crate) filtered_rate: f64,
    pub(crate) low_traffic_wait: SimDuration,
}

/// A stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stream {
    pub(crate) node: u16,
    /// The function under which the timeline has what happens in the stream: that of its first mapping.
    pub(crate) function: u16,
    pub(crate) shards: u32,
    pub(crate) keys: u32,
    pub(crate) is_kinesis: bool,
    /// Time between two polls of a shard.
    pub(crate) poll_us: u64,
    pub(crate) retention_us: u64,
}

/// A mapping of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reader {
    pub(crate) node: u16,
    pub(crate) stream: u16,
    pub(crate) function: u16,
    /// As whom it calls the function.
    pub(crate) caller: u16,
    pub(crate) batch_size: usize,
    pub(crate) window_us: u64,
    /// Batches at once from a shard.
    pub(crate) factor: u32,
    pub(crate) max_retries: Option<u16>,
    pub(crate) max_age_us: Option<u64>,
    pub(crate) bisect: bool,
    pub(crate) partial: bool,
    pub(crate) tumbling_us: Option<u64>,
    pub(crate) on_failure: Option<Target>,
    /// What each record adds to the handler's work.
    pub(crate) message_us: u64,
    pub(crate) error_rate: f64,
    pub(crate) poison_rate: f64,
    pub(crate) filtered_rate: f64,
}

impl Stream {
    /// Facts I2, I10, I11.
    pub(super) fn build(spec: &ScenarioSpec, nodes: &[Node], stream: &StreamSpec) -> Self {
        let is_kinesis = stream.kind == StreamKindSpec::Kinesis;
        let polls_per_s = if is_kinesis { facts::KINESIS_POLLS_PER_S } else { facts::DYNAMODB_POLLS_PER_S };
        Self {
            node: node_of(nodes, &stream.id, NodeKind::is_stream),
            function: spec.mappings.iter().find(|mapping| mapping.source == stream.id).map_or(0, |mapping| function_of(spec, mapping)),
            shards: stream.shards,
            keys: stream.partition_keys,
            is_kinesis,
            poll_us: 1_000_000 / u64::from(polls_per_s),
            retention_us: SimDuration::from_s(stream.retention_s).us(),
        }
    }
}

impl Reader {
    /// `place`: its place among the mappings of streams.
    pub(super) fn build(spec: &ScenarioSpec, nodes: &[Node], mapping: &MappingSpec, place: usize) -> Self {
        let of_queues = spec.mappings.iter().filter(|mapping| !is_of_stream(spec, mapping)).count();
        let tumbling = SimDuration::from_s(mapping.tumbling_window_s).us();
        Self {
            node: node_of(nodes, &mapping.id, NodeKind::is_mapping),
            stream: spec.streams.iter().position(|stream| stream.id == mapping.source).unwrap_or(0) as u16,
            function: function_of(spec, mapping),
            caller: (spec.sources.len() + spec.functions.len() + of_queues + place) as u16,
            batch_size: mapping.batch_size.unwrap_or(facts::STREAM_BATCH_DEFAULT) as usize,
            window_us: SimDuration::from_s(mapping.batching_window_s).us(),
            factor: mapping.parallelization_factor.unwrap_or(1),
            max_retries: mapping.max_retry_attempts.map(|retries| retries as u16),
            max_age_us: mapping.max_record_age_s.map(|age_s| SimDuration::from_s(age_s).us()),
            bisect: mapping.bisect_batch,
            partial: mapping.report_batch_item_failures,
            tumbling_us: (tumbling > 0).then_some(tumbling),
            on_failure: mapping.on_failure.as_ref().and_then(|id| target(spec, nodes, id)),
            message_us: SimDuration::from_ms_f64(mapping.message_ms).us(),
            error_rate: mapping.message_error_rate,
            poison_rate: mapping.poison_rate,
            filtered_rate: mapping.filtered_rate,
        }
    }
}

/// Whether a mapping reads a stream, and not a queue.
pub(super) fn is_of_stream(spec: &ScenarioSpec, mapping: &MappingSpec) -> bool {
    spec.streams.iter().any(|stream| stream.id == mapping.source)
}

/// How many batches a mapping may have at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pollers {
    /// At first, and after a quiet spell.
    pub(crate) start: u32,
    pub(crate) per_min: u32,
    pub(crate) most: u32,
    /// Where failures end to take batches away.
    pub(crate) least: u32,
    /// Pollers that wait on an empty queue at first, and once it is quiet.
    pub(crate) waiting: [u32; 2],
    /// Whether the pollers are paid for, in tens of batches.
    pub(crate) provisioned: bool,
}

impl Queue {
    pub(super) fn build(spec: &ScenarioSpec, nodes: &[Node], queue: &QueueSpec) -> Self {
        Self {
            node: node_of(nodes, &queue.id, NodeKind::is_queue),
            function: spec.mappings.iter().find(|mapping| mapping.source == queue.id).map_or(0, |mapping| function_of(spec, mapping)),
            groups: if queue.fifo { queue.message_groups } else { 0 },
            visibility: SimDuration::from_s(queue.visibility_timeout_s),
            retention: SimDuration::from_s(queue.retention_s),
            dead_letter_queue: queue.dead_letter_queue.as_ref().and_then(|id| target(spec, nodes, id)),
            max_receives: queue.max_receive_count,
        }
    }
}

impl Mapping {
    pub(super) fn build(spec: &ScenarioSpec, nodes: &[Node], mapping: &MappingSpec, rules: Rules) -> Self {
        Self {
            node: node_of(nodes, &mapping.id, NodeKind::is_mapping),
            queue: spec.queues.iter().position(|queue| queue.id == mapping.source).unwrap_or(0) as u16,
            function: function_of(spec, mapping),
            batch_size: mapping.batch_size.unwrap_or(facts::SQS_BATCH_DEFAULT) as usize,
            window: SimDuration::from_s(mapping.batching_window_s),
            pollers: Pollers::of(mapping, rules),
            partial: mapping.report_batch_item_failures,
            message: SimDuration::from_ms_f64(mapping.message_ms),
            error_rate: mapping.message_error_rate,
            poison_rate: mapping.poison_rate,
            filtered_rate: mapping.filtered_rate,
            low_traffic_wait: SimDuration::from_s(mapping.low_traffic_wait_s),
        }
    }
}

impl Pollers {
    /// Facts H4, H6 to H8.
    fn of(mapping: &MappingSpec, rules: Rules) -> Self {
        let least = facts::SQS_CONCURRENCY_QUIET;
        if mapping.is_provisioned() {
            let minimum = mapping.minimum_pollers.unwrap_or(facts::SQS_POLLERS_MINIMUM_MIN);
            let start = minimum * facts::SQS_POLLER_CONCURRENCY;
            return Self {
                start,
                per_min: facts::SQS_PROVISIONED_CONCURRENCY_PER_MIN,
                most: mapping.maximum_pollers.unwrap_or(facts::SQS_POLLERS_MAXIMUM_DEFAULT) * facts::SQS_POLLER_CONCURRENCY,
                least: start,
                waiting: [minimum; 2],
                provisioned: true,
            };
        }
        let (per_min, most) = match mapping.scaling {
            PollerScalingSpec::Current => rules.sqs_scaling,
            PollerScalingSpec::Until2023 => (facts::SQS_CONCURRENCY_PER_MIN_2019, facts::SQS_CONCURRENCY_MAX_2019),
        };
        let most = mapping.maximum_concurrency.unwrap_or(most).min(most);
        let start = facts::SQS_CONCURRENCY_START.min(most);
        // Fewer pollers on a quiet queue are for mappings without a maximum only.
        let quiet = if mapping.maximum_concurrency.is_some() { start } else { least };
        Self { start, per_min, most, least, waiting: [start, quiet], provisioned: false }
    }
}

fn function_of(spec: &ScenarioSpec, mapping: &MappingSpec) -> u16 {
    spec.functions.iter().position(|function| function.id == mapping.target).unwrap_or(0) as u16
}

fn node_of(nodes: &[Node], id: &str, is_kind: fn(NodeKind) -> bool) -> u16 {
    nodes.iter().position(|node| node.id == id && is_kind(node.kind)).unwrap_or(0) as u16
}
