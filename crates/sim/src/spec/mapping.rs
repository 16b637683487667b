//! Queues and streams, and the event source mappings that poll them for a function.

#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// An SQS queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueueSpec {
    /// Name that edges use: 1 to 40 of a-z, 0-9 and `-`, unique among everything that edges lead to.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// Whether it is a FIFO queue: in order within each message group.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fifo: bool,
    /// Message groups of a FIFO queue; each message belongs to one of them at random. 1 to 100,000.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MESSAGE_GROUPS.min, max = limits::MESSAGE_GROUPS.max)))]
    pub message_groups: u32,
    /// Time for which a received message is hidden from others, in seconds; 0 to 43,200, at least the timeout of the function that a
    /// mapping calls.
    #[serde(default = "default_visibility_s")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::VISIBILITY_S.min, max = limits::VISIBILITY_S.max)))]
    pub visibility_timeout_s: f64,
    /// Time after which a message is deleted, handled or not, in seconds; 60 to 1,209,600.
    #[serde(default = "default_retention_s", skip_serializing_if = "is_default_retention")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RETENTION_S.min, max = limits::RETENTION_S.max)))]
    pub retention_s: f64,
    /// Id of the queue of the same kind that gets messages which were received too often (the redrive policy); unset, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub dead_letter_queue: Option<String>,
    /// Receives after which a message goes to the dead-letter queue instead of coming back; 1 to 1,000.
    #[serde(default = "default_receives", skip_serializing_if = "is_default_receives")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RECEIVE_COUNT.min, max = limits::RECEIVE_COUNT.max)))]
    pub max_receive_count: u32,
}

impl Default for QueueSpec {
    /// A standard queue as the console would create it; it still needs an id.
    fn default() -> Self {
        Self {
            id: String::new(),
            fifo: false,
            message_groups: one(),
            visibility_timeout_s: default_visibility_s(),
            retention_s: default_retention_s(),
            dead_letter_queue: None,
            max_receive_count: default_receives(),
        }
    }
}

/// A stream: Kinesis, or that of a DynamoDB table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StreamSpec {
    /// Name that edges use: 1 to 40 of a-z, 0-9 and `-`, unique among everything that edges lead to.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// What it is.
    #[serde(default)]
    pub kind: StreamKindSpec,
    /// Shards; 1 to 1,000.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARDS.min, max = limits::SHARDS.max)))]
    pub shards: u32,
    /// Different partition keys; each record has one of them at random, which settles its shard. 1 to 1,000,000.
    #[serde(default = "default_keys", skip_serializing_if = "is_default_keys")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PARTITION_KEYS.min, max = limits::PARTITION_KEYS.max)))]
    pub partition_keys: u32,
    /// Time for which records are kept, in seconds; a day to 365 days. A DynamoDB stream keeps them for a day.
    #[serde(default = "default_stream_retention_s", skip_serializing_if = "is_default_stream_retention")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::STREAM_RETENTION_S.min, max = limits::STREAM_RETENTION_S.max)))]
    pub retention_s: f64,
}

impl Default for StreamSpec {
    /// A Kinesis stream with one shard; it still needs an id.
    fn default() -> Self {
        Self {
            id: String::new(),
            kind: StreamKindSpec::default(),
            shards: one(),
            partition_keys: default_keys(),
            retention_s: default_stream_retention_s(),
        }
    }
}

/// Kinds of stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StreamKindSpec {
    /// A Kinesis data stream; each shard is polled once a second.
    #[default]
    Kinesis,
    /// The stream of a DynamoDB table; each shard is polled four times a second.
    DynamoDb,
}

/// An event source mapping: Lambda polls a queue or a stream and calls a function with batches of its messages or records.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MappingSpec {
    /// Name of the mapping: 1 to 40 of a-z, 0-9 and `-`, unique among mappings.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// Id of the queue or the stream that it polls.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub source: String,
    /// Id of the function that it calls.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub target: String,
    /// Most messages or records of a batch; 1 to 10,000, from a FIFO queue 10 at most. Unset, 10 from a queue and 100 from a stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::BATCH_SIZE.min, max = limits::BATCH_SIZE.max)))]
    pub batch_size: Option<u32>,
    /// Longest time for which a batch is gathered, in seconds; 0 to 300. A FIFO queue has none.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::BATCHING_WINDOW_S.min, max = limits::BATCHING_WINDOW_S.max)))]
    pub batching_window_s: f64,
    /// Most batches at once from a queue; 2 to 1,000. Unset, what scaling allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MAXIMUM_CONCURRENCY.min, max = limits::MAXIMUM_CONCURRENCY.max)))]
    pub maximum_concurrency: Option<u32>,
    /// Pollers that are always there in provisioned mode of a queue, which is paid for; 2 to 200. That mode is on where this or the most
    /// pollers are set; this is 2 then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::POLLERS_MINIMUM.min, max = limits::POLLERS_MINIMUM.max)))]
    pub minimum_pollers: Option<u32>,
    /// Most pollers in provisioned mode; 2 to 2,000, not below the minimum. Unset, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::POLLERS_MAXIMUM.min, max = limits::POLLERS_MAXIMUM.max)))]
    pub maximum_pollers: Option<u32>,
    /// By which rule the number of concurrent batches from a queue grows.
    #[serde(default, skip_serializing_if = "PollerScalingSpec::is_default")]
    pub scaling: PollerScalingSpec,
    /// Whether the function reports which messages of a batch failed (ReportBatchItemFailures); otherwise one failure fails the batch.
    #[serde(default, skip_serializing_if = "is_false")]
    pub report_batch_item_failures: bool,
    /// Time that each message adds to the handler's own work for the batch, in milliseconds; 0 to 900,000.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MESSAGE_MS.min, max = limits::MESSAGE_MS.max)))]
    pub message_ms: f64,
    /// Share of a message's tries that fail, on top of failures of the function; 0 to 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub message_error_rate: f64,
    /// Share of messages that fail at every try; 0 to 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub poison_rate: f64,
    /// Share of messages that the filter criteria drop before the function is called; 0 to 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub filtered_rate: f64,
    /// Longest wait for the first batch after a quiet spell, in seconds; 0 to 20, each wait up to it as likely. AWS says "up to 20 s".
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::LOW_TRAFFIC_WAIT_S.min, max = limits::LOW_TRAFFIC_WAIT_S.max)))]
    pub low_traffic_wait_s: f64,
    /// Batches at once from each shard of a stream; 1 to 10. Unset, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PARALLELIZATION.min, max = limits::PARALLELIZATION.max)))]
    pub parallelization_factor: Option<u32>,
    /// Retries of a failed batch of a stream; 0 to 10,000. Unset, without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::STREAM_RETRIES.min, max = limits::STREAM_RETRIES.max)))]
    pub max_retry_attempts: Option<u32>,
    /// Age at which a record of a stream is given up, in seconds; 60 to 604,800. Unset, it is tried until the stream drops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RECORD_AGE_S.min, max = limits::RECORD_AGE_S.max)))]
    pub max_record_age_s: Option<f64>,
    /// Whether a failed batch of a stream is split in two (BisectBatchOnFunctionError).
    #[serde(default, skip_serializing_if = "is_false")]
    pub bisect_batch: bool,
    /// Length of the tumbling windows of a stream, in seconds; 0 to 900, 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::TUMBLING_WINDOW_S.min, max = limits::TUMBLING_WINDOW_S.max)))]
    pub tumbling_window_s: f64,
    /// Id of the standard queue or the destination (a queue, a topic, a bucket) that is told of records of a stream that were given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub on_failure: Option<String>,
}

impl MappingSpec {
    /// Whether it is in provisioned mode.
    #[must_use]
    pub const fn is_provisioned(&self) -> bool {
        self.minimum_pollers.is_some() || self.maximum_pollers.is_some()
    }
}

/// Rules by which the concurrent batches from a queue have grown over the years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PollerScalingSpec {
    /// By the rules of the day (`account.rules_as_of`): today 300 more a minute, 1,250 at most.
    #[default]
    Current,
    /// Whatever the day, as until November 2023: 60 more a minute, 1,000 at most.
    #[serde(rename = "until_2023")]
    Until2023,
}

impl PollerScalingSpec {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_default(&self) -> bool {
        *self == Self::Current
    }
}

const fn default_visibility_s() -> f64 {
    coldstart_facts::SQS_VISIBILITY_DEFAULT_MS as f64 / 1e3
}

const fn default_retention_s() -> f64 {
    coldstart_facts::SQS_RETENTION_DEFAULT_MS as f64 / 1e3
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_default_retention(value: &f64) -> bool {
    *value == default_retention_s()
}

const fn default_receives() -> u32 {
    coldstart_facts::SQS_MAX_RECEIVE_COUNT_ADVISED
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_default_receives(value: &u32) -> bool {
    *value == default_receives()
}

const fn default_keys() -> u32 {
    10_000
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_default_keys(value: &u32) -> bool {
    *value == default_keys()
}

const fn default_stream_retention_s() -> f64 {
    coldstart_facts::KINESIS_RETENTION_DEFAULT_MS as f64 / 1e3
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_default_stream_retention(value: &f64) -> bool {
    *value == default_stream_retention_s()
}

const fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(value: &u32) -> bool {
    *value == 1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}
