//! What stands between senders and functions, and what comes after them.

use crate::limits;
use serde::{Deserialize, Serialize};

/// How a function handles the events that it is invoked with asynchronously: by its own internal queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AsynchronousSpec {
    /// Retries after function errors; 0 to 2. Throttles and system errors do not count.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::ASYNC_RETRIES.min, max = limits::ASYNC_RETRIES.max)))]
    pub max_retry_attempts: u32,
    /// Age at which an event is given up, in seconds; 60 to 21,600.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::EVENT_AGE_S.min, max = limits::EVENT_AGE_S.max)))]
    pub max_event_age_s: f64,
    /// Id of the destination (a queue or a topic) that gets each event that was given up; unset, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub dead_letter_queue: Option<String>,
    /// Id of the destination or function that gets a record of each success; unset, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub on_success: Option<String>,
    /// Id of the destination or function that gets a record of each event that was given up; unset, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub on_failure: Option<String>,
    /// Share of events that Lambda delivers twice; 0 to 1. AWS says "at least once" and gives no figure.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub duplicate_rate: f64,
    /// Share of attempts that fail within Lambda itself, before the function runs; 0 to 1. AWS gives no figure.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub system_error_rate: f64,
}

impl Default for AsynchronousSpec {
    fn default() -> Self {
        Self {
            max_retry_attempts: coldstart_facts::ASYNC_RETRIES_MAX,
            max_event_age_s: limits::EVENT_AGE_S.max,
            dead_letter_queue: None,
            on_success: None,
            on_failure: None,
            duplicate_rate: 0.0,
            system_error_rate: 0.0,
        }
    }
}

impl AsynchronousSpec {
    /// Whether nothing was set.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Where events and records end up, and nothing in the scenario takes them up again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DestinationSpec {
    /// Name that edges use: 1 to 40 of a-z, 0-9 and `-`, unique among everything that edges lead to.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// What it is.
    #[serde(default)]
    pub kind: DestinationKindSpec,
}

/// Kinds of destination.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DestinationKindSpec {
    /// A standard SQS queue.
    #[default]
    Queue,
    /// A standard SNS topic.
    Topic,
    /// An EventBridge event bus; no dead-letter queue.
    EventBus,
    /// An S3 bucket; for failures only, and no dead-letter queue.
    Bucket,
}
