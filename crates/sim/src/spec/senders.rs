//! What is special about senders that are no plain callers: front doors, and event sources that deliver by rules of their own.

use super::DistributionSpec;
#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// How a caller and a function see each other through a front door, or through the Invoke API.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DoorSpec {
    /// How long the caller waits for an answer, in milliseconds; unset, for as long as it takes. The function runs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::CLIENT_TIMEOUT_MS.min, max = limits::CLIENT_TIMEOUT_MS.max)))]
    pub client_timeout_ms: Option<f64>,
    /// How long a REST API waits for the function, in milliseconds; unset, 29,000. More must be granted by AWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::INTEGRATION_TIMEOUT_MS.min, max = limits::INTEGRATION_TIMEOUT_MS.max)))]
    pub integration_timeout_ms: Option<u64>,
    /// Size of each answer, in KB; 1 to 1,000,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PAYLOAD_KB.min, max = limits::PAYLOAD_KB.max)))]
    pub response_kb: u32,
    /// Whether a function URL sends the answer as a stream: more of it, paid for by size, and slower after the first 6 MB.
    pub streams: bool,
}

impl Default for DoorSpec {
    fn default() -> Self {
        Self { client_timeout_ms: None, integration_timeout_ms: None, response_kb: 1, streams: false }
    }
}

impl DoorSpec {
    /// Whether nothing was set.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// How an event source hands its events to Lambda, and what it does when Lambda does not take one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DeliverySpec {
    /// Time before an S3 notification is handed over.
    pub delay: DistributionSpec,
    /// Share of events that the source hands over twice; 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub duplicate_rate: f64,
    /// Share of the handovers that Lambda refuses; 0 to 1. AWS gives no figure.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub refused_rate: f64,
    /// Start of an outage in which Lambda refuses every handover, in seconds; unset, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub outage_from_s: Option<f64>,
    /// End of the outage, in seconds; unset, it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub outage_until_s: Option<f64>,
    /// Retries of an event bus or of Scheduler; unset, 185.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::DELIVERY_RETRIES.min, max = limits::DELIVERY_RETRIES.max)))]
    pub max_retries: Option<u32>,
    /// Age at which an event bus or Scheduler gives an event up, in seconds; unset, 86,400.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::DELIVERY_AGE_S.min, max = limits::DELIVERY_AGE_S.max)))]
    pub max_event_age_s: Option<f64>,
    /// Id of the queue destination that gets each event which was never taken; unset, none. S3 has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub dead_letter_queue: Option<String>,
    /// Largest message that an SNS topic takes, in KB; unset, 256.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MESSAGE_MAX_KB.min, max = limits::MESSAGE_MAX_KB.max)))]
    pub max_message_kb: Option<u32>,
    /// Whether the events of a bus are those of AWS itself, such as those of scheduled rules, which cost nothing.
    pub from_aws: bool,
}

impl Default for DeliverySpec {
    /// AWS says that notifications take seconds, and sometimes a minute or more (facts J4); the law is a choice.
    fn default() -> Self {
        let (mean_ms, p99_ms) = (coldstart_facts::S3_NOTIFICATION_MEAN_MS as f64, coldstart_facts::S3_NOTIFICATION_P99_MS as f64);
        Self {
            delay: DistributionSpec::Lognormal { mean_ms, p99_ms },
            duplicate_rate: 0.0,
            refused_rate: 0.0,
            outage_from_s: None,
            outage_until_s: None,
            max_retries: None,
            max_event_age_s: None,
            dead_letter_queue: None,
            max_message_kb: None,
            from_aws: false,
        }
    }
}

impl DeliverySpec {
    /// Whether nothing was set.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
