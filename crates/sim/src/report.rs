//! What a run amounts to: counters, distributions, per-minute series, the bill. Charts, tables, quizzes and log lines read only
//! this and the [`crate::Timeline`].
//!
//! Times are integer microseconds, money is integer picodollars. Requests are what a sender wants done once; an attempt is one
//! call for it. Everything that arrived before `warm_up_s` is left out of every number except the bill's provisioned time.

mod counters;
mod nodes;

pub use counters::FunctionCounter;
pub use nodes::{Exit, NodeCounter, NodeKind, NodeReport};

use serde::{Deserialize, Serialize};

/// Why an attempt was refused; our own names. [`ThrottleCause::aws_reason`] gives AWS's Reason where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThrottleCause {
    /// The account's unreserved concurrency is used up.
    AccountConcurrency,
    /// The function's reserved concurrency is used up.
    ReservedConcurrency,
    /// Reserved concurrency is 0.
    ReservedZero,
    /// More requests per second than the account's (unreserved) quota.
    AccountRequestRate,
    /// More requests per second than the reserved concurrency's quota.
    ReservedRequestRate,
    /// The function may not add environments this fast.
    ScalingRate,
}

impl ThrottleCause {
    /// Every cause, in the order in which limits speak.
    pub const ALL: [Self; 6] = [
        Self::AccountConcurrency,
        Self::ReservedConcurrency,
        Self::ReservedZero,
        Self::AccountRequestRate,
        Self::ReservedRequestRate,
        Self::ScalingRate,
    ];

    /// AWS's Reason in the 429 answer, where it has one (API_Invoke, facts E26).
    #[must_use]
    pub const fn aws_reason(self) -> Option<&'static str> {
        match self {
            Self::AccountConcurrency => Some("ConcurrentInvocationLimitExceeded"),
            Self::ReservedConcurrency | Self::ReservedZero => Some("ReservedFunctionConcurrentInvocationLimitExceeded"),
            Self::AccountRequestRate => Some("FunctionInvocationRateLimitExceeded"),
            Self::ReservedRequestRate => Some("ReservedFunctionInvocationRateLimitExceeded"),
            Self::ScalingRate => None,
        }
    }
}

/// How an attempt that was accepted ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The handler returned.
    Success,
    /// The handler raised.
    Error,
    /// The runtime crashed; the next invocation of this environment repeats INIT.
    Crash,
    /// The function's timeout passed; the next invocation of this environment repeats INIT.
    Timeout,
}

/// Why an execution environment was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColdCause {
    /// The first environment of this function and version.
    First,
    /// All environments that were alive were busy.
    ScaleOut,
    /// An environment that would have served had been reclaimed after idling.
    Reclaimed,
    /// It had been recycled at its maximum life.
    Recycled,
    /// A new version had been put live.
    Deploy,
}

/// Why a request that provisioned concurrency could have served went to an on-demand environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpillCause {
    /// Every provisioned environment was busy.
    AllBusy,
    /// More requests per second than the units allow.
    RequestRate,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// To its end.
    #[default]
    Completed,
    /// The event budget ran out; the report covers what was run.
    EventBudget,
    /// The environment budget ran out; the report covers what was run.
    EnvironmentBudget,
    /// The budget of events and messages held at once ran out; the report covers what was run.
    MessageBudget,
}

/// The whole report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Rises exactly when a golden digest changes.
    pub model_version: u32,
    /// Seed of this run.
    pub seed: u64,
    /// How it ended.
    pub outcome: RunOutcome,
    /// Time at which the last work ended, in microseconds.
    pub ended_at_us: u64,
    /// Start and end of what the numbers cover, in microseconds.
    pub measured_us: (u64, u64),
    /// Events handled.
    pub events: u64,
    /// All functions together.
    pub total: FunctionReport,
    /// Each function, in the scenario's order.
    pub functions: Vec<FunctionReport>,
    /// Everything that keeps events for a while, or for good: internal queues of functions in the scenario's order, then destinations,
    /// then front doors and event sources in the order of the sources, queues, streams and mappings.
    /// Empty where all sources are plain callers.
    pub nodes: Vec<NodeReport>,
    /// One row a minute, all functions together.
    pub minutes: Vec<MinuteRow>,
    /// Bill of the run.
    pub bill: Bill,
}

/// Counters and distributions of one function, or of all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FunctionReport {
    /// The function's id; empty for the total.
    pub id: String,
    /// Requests that arrived (pings among them).
    pub requests: u64,
    /// Of these, pings.
    pub pings: u64,
    /// Attempts made for them.
    pub attempts: u64,
    /// Attempts that got an environment; equals AWS's Invocations.
    pub invocations: u64,
    /// Billed requests: invocations, and for large asynchronous events more than one each.
    pub billed_requests: u64,
    /// Invocations that waited for a new environment.
    pub cold_starts: u64,
    /// Cold starts by cause, indexed as [`ColdCause`] is declared.
    pub cold_by_cause: [u64; 5],
    /// Invocations on an environment that was ready (provisioned ones among them).
    pub warm_starts: u64,
    /// Invocations on provisioned environments.
    pub provisioned_invocations: u64,
    /// Invocations that missed provisioned concurrency and went to an on-demand environment, by [`SpillCause`].
    pub spillover: [u64; 2],
    /// Events that successes sent on.
    #[serde(default)]
    pub sent_on: u64,
    /// Times that auto scaling asked for more units.
    #[serde(default)]
    pub scale_outs: u64,
    /// Times that auto scaling gave units up.
    #[serde(default)]
    pub scale_ins: u64,
    /// Provisioned environments that reached the end of their life and were initialised anew.
    #[serde(default)]
    pub unit_resets: u64,
    /// Attempts refused, indexed as [`ThrottleCause::ALL`].
    pub throttles: [u64; 6],
    /// Requests given up after their last attempt was throttled.
    pub requests_lost_to_throttles: u64,
    /// Requests given up after their last attempt failed.
    pub requests_lost_to_errors: u64,
    /// Requests that succeeded.
    pub successes: u64,
    /// Invocations by [`Outcome`], in the order of its declaration.
    pub outcomes: [u64; 4],
    /// INITs past the limit that were repeated inside the first invocation.
    pub init_timeouts: u64,
    /// Other counts, indexed as [`FunctionCounter::ALL`].
    pub counters: [u64; FunctionCounter::ALL.len()],
    /// Execution environments started (on demand), those among them that were started ahead of their first request.
    pub environments_started: u64,
    /// On-demand environments reclaimed or recycled.
    pub environments_ended: u64,
    /// Most environments alive at once, provisioned ones among them.
    pub environments_max: u32,
    /// Most concurrent invocations.
    pub concurrency_max: u32,
    /// Time integral of busy environments (sandbox and INIT included), in environment-microseconds.
    pub busy_env_us: u128,
    /// Time integral of idle on-demand environments, in environment-microseconds.
    pub idle_env_us: u128,
    /// Time integral of ready provisioned units, in unit-microseconds.
    pub provisioned_unit_us: u128,
    /// Sum of handler durations, in microseconds (what REPORT calls Duration).
    pub duration_us: u128,
    /// Sum of billed milliseconds, INIT included; on demand.
    pub billed_ms: u128,
    /// Sum of billed milliseconds on provisioned environments.
    pub billed_provisioned_ms: u128,
    /// Success latency as the caller sees it: throttle waits, sandbox, INIT, handler. Without pings, and without events, whose senders do
    /// not wait: [`NodeReport::age`] has those.
    pub latency: Histogram,
    /// Handler duration of every invocation but pings.
    pub duration: Histogram,
    /// Init Duration of cold starts; with SnapStart, Restore Duration.
    pub init: Histogram,
    /// Time-weighted distribution of concurrency: microseconds spent at each level up to 4,095, the last one and above together;
    /// trailing zeros left out.
    pub concurrency_time_us: Vec<u64>,
}

impl FunctionReport {
    /// One of the other counts.
    #[must_use]
    pub const fn count(&self, counter: FunctionCounter) -> u64 {
        self.counters[counter as usize]
    }

    /// Cold starts over invocations; 0 without invocations.
    #[must_use]
    pub fn cold_share(&self) -> f64 {
        share(self.cold_starts, self.invocations)
    }

    /// Throttled attempts, whatever the cause.
    #[must_use]
    pub fn throttled(&self) -> u64 {
        self.throttles.iter().sum()
    }

    /// Invocations that missed provisioned concurrency, whatever the cause.
    #[must_use]
    pub fn spilled(&self) -> u64 {
        self.spillover.iter().sum()
    }

    /// Spilled over all invocations that provisioned concurrency could have served; 0 without any.
    #[must_use]
    pub fn spill_share(&self) -> f64 {
        share(self.spilled(), self.spilled() + self.provisioned_invocations)
    }
}

#[allow(clippy::cast_precision_loss, reason = "a share needs no more than 53 bits")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One minute of the run, by the start of the attempt. Minute 0 starts at simulated time 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MinuteRow {
    /// Minute of the run.
    pub minute: u32,
    /// Requests that arrived.
    pub requests: u64,
    /// Attempts that got an environment.
    pub invocations: u64,
    /// Of these, cold starts.
    pub cold_starts: u64,
    /// Of these, on provisioned environments.
    pub provisioned_invocations: u64,
    /// Of these, spilled past provisioned concurrency.
    pub spilled: u64,
    /// Attempts refused.
    pub throttled: u64,
    /// Invocations that ended in an error, a crash or a timeout.
    pub errors: u64,
    /// Median success latency, in microseconds; 0 without successes.
    pub p50_us: u64,
    /// 90th percentile.
    pub p90_us: u64,
    /// 99th percentile.
    pub p99_us: u64,
    /// Most concurrent invocations in the minute.
    pub concurrency_max: u32,
    /// Most environments alive in the minute, provisioned ones among them.
    pub environments_max: u32,
    /// Most concurrent invocations on provisioned environments in the minute.
    #[serde(default)]
    pub provisioned_concurrency_max: u32,
    /// Most of the account's concurrency in use or set aside in the minute: AWS's ClaimedAccountConcurrency.
    #[serde(default)]
    pub claimed_concurrency_max: u32,
    /// Provisioned units ready at the end of the minute.
    pub provisioned_ready: u32,
    /// Billed milliseconds.
    pub billed_ms: u64,
}

/// A distribution of times, HDR style: values up to 1,023 us exact, above that 512 buckets per doubling, so that a quantile is off by
/// at most 0.2 % of its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Values recorded.
    pub count: u64,
    /// Sum of them, in microseconds.
    pub sum_us: u128,
    /// Smallest, in microseconds; 0 when empty.
    pub min_us: u64,
    /// Largest, in microseconds.
    pub max_us: u64,
    /// Buckets in use, by rising index: (index, count).
    pub buckets: Vec<(u32, u64)>,
}

/// What a line of the bill is for, and what a run counts it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillLineKind {
    /// Requests, those of large asynchronous events on top; counted.
    Requests,
    /// GB-seconds on demand, handler time; a run counts MB-milliseconds.
    Duration,
    /// GB-seconds on demand, INIT; MB-milliseconds.
    Init,
    /// Provisioned concurrency kept ready, used or not; MB-milliseconds.
    Provisioned,
    /// GB-seconds on provisioned environments; MB-milliseconds.
    ProvisionedDuration,
    /// /tmp above the free 512 MB; MB-milliseconds.
    TemporaryStorage,
    /// Streamed responses after the first 6 MB of each; bytes.
    ResponseStream,
    /// SnapStart snapshots kept; MB-milliseconds.
    SnapshotCache,
    /// SnapStart snapshots restored; MB of memory.
    SnapshotRestore,
    /// Lambda@Edge requests; counted.
    EdgeRequests,
    /// Lambda@Edge GB-seconds; MB-milliseconds.
    EdgeDuration,
    /// Event poller units of provisioned SQS mappings; milliseconds.
    SqsPoller,
    /// Event poller units of provisioned Kafka mappings; milliseconds.
    KafkaPoller,
    /// Requests to a REST API; counted.
    RestApi,
    /// Requests to an HTTP API, in steps of 512 KB; counted.
    HttpApi,
    /// Requests to standard queues, in steps of 64 KB; counted.
    SqsStandard,
    /// Requests to FIFO queues, in steps of 64 KB; counted.
    SqsFifo,
    /// Publishes to SNS topics; counted.
    SnsPublishes,
    /// Custom events on an EventBridge bus, in steps of 64 KB; counted.
    EventBus,
    /// Invocations by EventBridge Scheduler; counted.
    Scheduler,
    /// Shards of Kinesis streams; shard-milliseconds.
    KinesisShards,
    /// PUT units of Kinesis records, 25 KB each; counted.
    KinesisPuts,
    /// Write units of DynamoDB, on demand; counted.
    DynamoDbWrites,
    /// Read units of DynamoDB, on demand; half units.
    DynamoDbReads,
    /// Log lines written to CloudWatch; bytes.
    LogsIngest,
    /// Log lines kept in CloudWatch for a month; bytes.
    LogsStorage,
    /// NAT gateways; milliseconds.
    NatGateway,
    /// Data through NAT gateways; bytes.
    NatData,
    /// RDS Proxy, by vCPU of the database; vCPU-milliseconds.
    RdsProxy,
}

impl BillLineKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 29] = [
        Self::Requests,
        Self::Duration,
        Self::Init,
        Self::Provisioned,
        Self::ProvisionedDuration,
        Self::TemporaryStorage,
        Self::ResponseStream,
        Self::SnapshotCache,
        Self::SnapshotRestore,
        Self::EdgeRequests,
        Self::EdgeDuration,
        Self::SqsPoller,
        Self::KafkaPoller,
        Self::RestApi,
        Self::HttpApi,
        Self::SqsStandard,
        Self::SqsFifo,
        Self::SnsPublishes,
        Self::EventBus,
        Self::Scheduler,
        Self::KinesisShards,
        Self::KinesisPuts,
        Self::DynamoDbWrites,
        Self::DynamoDbReads,
        Self::LogsIngest,
        Self::LogsStorage,
        Self::NatGateway,
        Self::NatData,
        Self::RdsProxy,
    ];
}

/// One line of the bill of one function or other node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// Id of the function, or of another node that incurs it.
    pub function: String,
    /// What for.
    pub kind: BillLineKind,
    /// Quantity in `unit`, in millionths of it.
    pub quantity_micro: u128,
    /// Such as `request` or `GB-s`.
    pub unit: String,
    /// Amount before the free tier, in picodollars.
    pub gross_pd: i128,
    /// Amount that is due, in picodollars.
    pub due_pd: i128,
}

impl BillLine {
    /// The unit as it stands after the quantity: `request` after one, else `requests`; measures such as `GB-s` stay as they are.
    #[must_use]
    pub fn unit_words(&self) -> String {
        const ONE_MICRO: u128 = 1_000_000;
        let unit = self.unit.as_str();
        match unit {
            _ if self.quantity_micro == ONE_MICRO || unit.starts_with("GB") => unit.to_owned(),
            "publish" => "publishes".to_owned(),
            _ => format!("{unit}s"),
        }
    }
}

/// The bill of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// Lines, by function and kind.
    pub lines: Vec<BillLine>,
    /// Sum of the amounts due, in picodollars.
    pub due_pd: i128,
    /// Simulated time that it covers, in microseconds.
    pub covers_us: u64,
}
