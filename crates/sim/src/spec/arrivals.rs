//! What sends requests, when, and what a sender does when it is refused.

use super::{DeliverySpec, DoorSpec};
#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// One sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Name of the sender: 1 to 40 of a-z, 0-9 and `-`, unique among sources.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub id: String,
    /// Id of the function that it calls, or of the queue or the stream that it sends to.
    #[cfg_attr(feature = "schema", schemars(length(min = limits::ID_CHARS.min, max = limits::ID_CHARS.max)))]
    pub target: String,
    /// What kind of sender it is.
    #[serde(default)]
    pub kind: SourceKindSpec,
    /// When its requests arrive.
    pub arrivals: ArrivalsSpec,
    /// What the sender does when a request is throttled or fails.
    #[serde(default)]
    pub retry: RetrySpec,
    /// Size of each request or event, in KB; 1 to 1,000,000.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::PAYLOAD_KB.min, max = limits::PAYLOAD_KB.max)))]
    pub payload_kb: u32,
    /// What stands between a caller and the function. Callers and front doors have it.
    #[serde(default, skip_serializing_if = "DoorSpec::is_default")]
    pub door: DoorSpec,
    /// How events are handed to Lambda. S3, SNS, event buses and Scheduler have it.
    #[serde(default, skip_serializing_if = "DeliverySpec::is_default")]
    pub delivery: DeliverySpec,
}

impl Default for SourceSpec {
    /// Callers who wait for the answer and never call; they still need an id and a target.
    fn default() -> Self {
        Self {
            id: String::new(),
            target: String::new(),
            kind: SourceKindSpec::default(),
            arrivals: ArrivalsSpec::Log { sends: Vec::new() },
            retry: RetrySpec::default(),
            payload_kb: one(),
            door: DoorSpec::default(),
            delivery: DeliverySpec::default(),
        }
    }
}

/// Kinds of sender.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "kind")]
pub enum SourceKindSpec {
    /// Callers who wait for the answer.
    #[default]
    #[serde(deserialize_with = "super::no_fields")]
    Synchronous,
    /// Pings that only keep environments alive: the handler returns early. Billed and counted, never in the success latency.
    Ping {
        /// How long the handler takes for a ping, in milliseconds; 0 to 900,000.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::PING_MS.min, max = limits::PING_MS.max)))]
        handler_ms: f64,
    },
    /// Senders who hand an event over and do not wait for what becomes of it.
    #[serde(deserialize_with = "super::no_fields")]
    Asynchronous,
    /// Callers of an API Gateway REST API.
    #[serde(deserialize_with = "super::no_fields")]
    RestApi,
    /// Callers of an API Gateway HTTP API.
    #[serde(deserialize_with = "super::no_fields")]
    HttpApi,
    /// Callers of the function's own URL.
    #[serde(deserialize_with = "super::no_fields")]
    FunctionUrl,
    /// Callers of an Application Load Balancer.
    #[serde(deserialize_with = "super::no_fields")]
    Alb,
    /// Viewers whose requests or responses run through a Lambda@Edge function.
    #[serde(deserialize_with = "super::no_fields")]
    EdgeViewer,
    /// CloudFront's requests to an origin, or its responses, which run through a Lambda@Edge function.
    #[serde(deserialize_with = "super::no_fields")]
    EdgeOrigin,
    /// Notifications of an S3 bucket.
    #[serde(deserialize_with = "super::no_fields")]
    S3,
    /// Messages published to an SNS topic.
    #[serde(deserialize_with = "super::no_fields")]
    Sns,
    /// Events of an EventBridge bus, and scheduled rules.
    #[serde(deserialize_with = "super::no_fields")]
    EventBus,
    /// Schedules of EventBridge Scheduler.
    #[serde(deserialize_with = "super::no_fields")]
    Scheduler,
}

impl SourceKindSpec {
    /// Whether it is a front door: something that answers a caller on the function's behalf.
    #[must_use]
    pub const fn is_door(&self) -> bool {
        matches!(self, Self::RestApi | Self::HttpApi | Self::FunctionUrl | Self::Alb) || self.is_edge()
    }

    /// Whether it runs functions at the edge.
    #[must_use]
    pub const fn is_edge(&self) -> bool {
        matches!(self, Self::EdgeViewer | Self::EdgeOrigin)
    }

    /// Whether it delivers events by rules of its own.
    #[must_use]
    pub const fn is_event_source(&self) -> bool {
        matches!(self, Self::S3 | Self::Sns | Self::EventBus | Self::Scheduler)
    }
}

/// When requests arrive. Rates are requests per second, 0 to 1,000,000; times are seconds from the start of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "kind")]
pub enum ArrivalsSpec {
    /// Evenly spaced.
    Constant {
        /// Requests per second; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_RATE_PER_S.min, max = limits::POSITIVE_RATE_PER_S.max)))]
        per_s: f64,
    },
    /// A Poisson process.
    Poisson {
        /// Mean requests per second; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_RATE_PER_S.min, max = limits::POSITIVE_RATE_PER_S.max)))]
        per_s: f64,
    },
    /// A Poisson process whose rate follows a curve (ramps, steps, office hours).
    Rate {
        /// 1 to 1,440 points in order of time.
        #[cfg_attr(feature = "schema", schemars(length(min = limits::RATE_POINTS.min, max = limits::RATE_POINTS.max)))]
        points: Vec<RatePointSpec>,
        /// What the rate does between two points.
        #[serde(default)]
        shape: RateShapeSpec,
        /// Length after which the curve repeats, in seconds; unset, the last rate stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        repeat_every_s: Option<f64>,
    },
    /// Bursts: a Poisson process that is switched on and off after memoryless times, some 3,000,000 times within the run at most.
    OnOff {
        /// Rate while on.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::RATE_PER_S.min, max = limits::RATE_PER_S.max)))]
        on_per_s: f64,
        /// Rate while off.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::RATE_PER_S.min, max = limits::RATE_PER_S.max)))]
        off_per_s: f64,
        /// Mean time on, in seconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        on_mean_s: f64,
        /// Mean time off, in seconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        off_mean_s: f64,
    },
    /// On a schedule.
    Cron {
        /// Time between two rounds, in seconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::SPAN_S.min, max = limits::SPAN_S.max)))]
        every_s: f64,
        /// First round, in seconds.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
        first_s: f64,
        /// Requests sent at once in each round; 1 to 100,000.
        #[serde(default = "one")]
        #[cfg_attr(feature = "schema", schemars(range(min = limits::REQUESTS_AT_ONCE.min, max = limits::REQUESTS_AT_ONCE.max)))]
        requests: u32,
    },
    /// Recorded arrivals, replayed.
    Timestamps {
        /// Arrival times in seconds, not falling; at most 1,000,000.
        #[cfg_attr(feature = "schema", schemars(length(min = limits::TIMESTAMPS.min, max = limits::TIMESTAMPS.max), inner(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max))))]
        at_s: Vec<f64>,
        /// Recorded durations, one per arrival, in milliseconds: then the handler takes exactly that, cold or warm. Empty for none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "schema", schemars(length(min = limits::TIMESTAMPS.min, max = limits::TIMESTAMPS.max), inner(range(min = limits::DURATION_MS.min, max = limits::DURATION_MS.max))))]
        durations_ms: Vec<f64>,
    },
    /// Recorded counts, one per minute; within a minute the arrivals are spread at random.
    PerMinute {
        /// Requests in each minute; at most 44,640 minutes.
        #[cfg_attr(feature = "schema", schemars(length(min = limits::MINUTES.min, max = limits::MINUTES.max), inner(range(min = limits::COUNT_PER_MINUTE.min, max = limits::COUNT_PER_MINUTE.max))))]
        counts: Vec<u32>,
    },
    /// What a hand sent: the input log of an interactive run.
    Log {
        /// The sends, in order of time; at most 10,000.
        #[cfg_attr(feature = "schema", schemars(length(min = limits::SENDS.min, max = limits::SENDS.max)))]
        sends: Vec<SendSpec>,
    },
}

const fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(value: &u32) -> bool {
    *value == 1
}

/// A point of a rate curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RatePointSpec {
    /// When, in seconds.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub at_s: f64,
    /// Mean requests per second from here (steps), or exactly here (ramps).
    #[cfg_attr(feature = "schema", schemars(range(min = limits::RATE_PER_S.min, max = limits::RATE_PER_S.max)))]
    pub per_s: f64,
}

/// What a rate does between two points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RateShapeSpec {
    /// Stays until the next point.
    #[default]
    Steps,
    /// Moves in a straight line to the next point.
    Ramps,
}

/// Requests sent together by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SendSpec {
    /// When, in seconds.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MOMENT_S.min, max = limits::MOMENT_S.max)))]
    pub at_s: f64,
    /// How many at once; 1 to 100,000.
    #[serde(default = "one")]
    #[cfg_attr(feature = "schema", schemars(range(min = limits::REQUESTS_AT_ONCE.min, max = limits::REQUESTS_AT_ONCE.max)))]
    pub requests: u32,
}

/// What a synchronous caller does when it is throttled or the function fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RetrySpec {
    /// The policy.
    pub policy: RetryPolicySpec,
    /// Attempts in all, the first one included; 1 to 100.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::MAX_ATTEMPTS.min, max = limits::MAX_ATTEMPTS.max)))]
    pub max_attempts: u32,
    /// First wait of the exponential policies, in milliseconds; 0 to 3,600,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::BACKOFF_MS.min, max = limits::BACKOFF_MS.max)))]
    pub base_ms: f64,
    /// Longest wait, in milliseconds; 0 to 3,600,000.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::BACKOFF_MS.min, max = limits::BACKOFF_MS.max)))]
    pub cap_ms: f64,
    /// Whether function errors, crashes and timeouts are tried again too, not throttles alone.
    pub on_errors: bool,
}

impl Default for RetrySpec {
    fn default() -> Self {
        Self { policy: RetryPolicySpec::None, max_attempts: 3, base_ms: 100.0, cap_ms: 20_000.0, on_errors: true }
    }
}

/// Retry policies of a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RetryPolicySpec {
    /// Gives up at once.
    #[default]
    None,
    /// Tries again at once.
    Immediate,
    /// Waits `base_ms * 2^k`, at most `cap_ms`.
    Exponential,
    /// Waits anything between 0 and that, each as likely.
    FullJitter,
}
