//! The range of every number and the length of every list of a scenario, once: [`crate::validate()`] refuses what is outside, and
//! the field table ([`crate::schema`]) prints the same. AWS's own limits come from the facts registry; the rest are budgets of
//! ours that keep a hostile share link from eating the browser.

use coldstart_facts as facts;

/// Allowed values, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// Smallest.
    pub min: T,
    /// Largest.
    pub max: T,
}

impl<T> Range<T> {
    /// From `min` to `max`, both included.
    #[must_use]
    pub const fn new(min: T, max: T) -> Self {
        Self { min, max }
    }
}

/// Seconds in 31 days: the longest run, and the longest time anywhere in one.
pub const MONTH_S: f64 = 2_678_400.0;

/// The clock's resolution in seconds: the smallest time that is "above 0".
pub const TICK_S: f64 = 0.000_001;

/// The clock's resolution in milliseconds.
pub const TICK_MS: f64 = 0.001;

/// Schema version.
pub const SCHEMA: Range<u32> = Range::new(crate::spec::SCHEMA, crate::spec::SCHEMA);
/// Characters of a title.
pub const TITLE_CHARS: Range<usize> = Range::new(0, 120);
/// Characters of an id.
pub const ID_CHARS: Range<usize> = Range::new(1, 40);
/// Characters of a runtime's slug.
pub const RUNTIME_CHARS: Range<usize> = Range::new(0, 40);
/// Functions of an account.
pub const FUNCTIONS: Range<usize> = Range::new(1, 16);
/// Sources.
pub const SOURCES: Range<usize> = Range::new(1, 32);
/// Destinations.
pub const DESTINATIONS: Range<usize> = Range::new(0, 32);
/// Queues.
pub const QUEUES: Range<usize> = Range::new(0, 32);
/// Streams.
pub const STREAMS: Range<usize> = Range::new(0, 32);
/// Event source mappings.
pub const MAPPINGS: Range<usize> = Range::new(0, 32);

/// Dependencies.
pub const DEPENDENCIES: Range<usize> = Range::new(0, 16);
/// Calls of a function, one entry for each dependency and way of calling it.
pub const CALLS: Range<usize> = Range::new(0, 16);
/// Times that one entry calls.
pub const CALL_TIMES: Range<u32> = Range::new(1, 100);
/// Calls that a dependency works on at once, or connections.
pub const CALLS_AT_ONCE: Range<u32> = Range::new(1, 1_000_000);
/// Calls that wait in line.
pub const CALLS_WAITING: Range<u32> = Range::new(0, 1_000_000);
/// Outages and brown-outs of one dependency.
pub const INCIDENTS: Range<usize> = Range::new(0, 64);
/// How many times longer calls take.
pub const SLOWDOWN: Range<f64> = Range::new(1.0, 1_000.0);
/// Failures in a row that open a breaker.
pub const BREAKER_FAILURES: Range<u32> = Range::new(0, 1_000);
/// What a success sends events to.
pub const SENDS_ON: Range<usize> = Range::new(0, 8);

/// Length of the run, in seconds.
pub const RUN_DURATION_S: Range<f64> = Range::new(TICK_S, MONTH_S);
/// Warm-up, in seconds.
pub const WARM_UP_S: Range<f64> = Range::new(0.0, MONTH_S);
/// Seeds: whole numbers that JavaScript and TOML carry without loss.
pub const SEED: Range<u64> = Range::new(0, 9_007_199_254_740_991);
/// Time of day, in seconds after midnight.
pub const CLOCK_START_S: Range<u32> = Range::new(0, 86_399);
/// Event budget.
pub const MAX_EVENTS: Range<u64> = Range::new(1_000, 10_000_000_000);
/// Environment budget.
pub const MAX_ENVIRONMENTS: Range<u32> = Range::new(1, 1_000_000);
/// Budget of events and messages held at once.
pub const MAX_MESSAGES: Range<u32> = Range::new(1, 10_000_000);

/// Account concurrency limit, in environments.
pub const CONCURRENCY_LIMIT: Range<u32> = Range::new(1, 1_000_000);
/// Environments that a function may add per scaling period.
pub const SCALING_ENVIRONMENTS: Range<u32> = Range::new(1, 1_000_000);

/// Characters of a day, as in `2019-06-30`.
pub const DAY_CHARS: Range<usize> = Range::new(10, 10);

/// Memory size, in MB.
pub const MEMORY_MB: Range<u32> = Range::new(facts::MEMORY_MIN_MB, facts::MEMORY_MAX_MB);
/// Size of /tmp, in MB.
pub const TMP_MB: Range<u32> = Range::new(facts::TMP_FREE_MB, facts::TMP_MAX_MB);
/// Function timeout, in milliseconds.
pub const TIMEOUT_MS: Range<u64> = Range::new(facts::TIMEOUT_MIN_MS, facts::TIMEOUT_MAX_MS);
/// Threads: as many as the largest memory size has cores, rounded up.
pub const THREADS: Range<u32> = Range::new(1, facts::VCPU_MAX_MILLI.div_ceil(1_000));
/// A share, 0 to 1.
pub const SHARE: Range<f64> = Range::new(0.0, 1.0);
/// Memory used, in MB.
pub const MEMORY_USED_MB: Range<u32> = Range::new(1, facts::MEMORY_MAX_MB);
/// Memory, files or a layer on top of others, in MB.
pub const EXTRA_MB: Range<u32> = Range::new(0, facts::MEMORY_MAX_MB);
/// A package: the largest image.
pub const PACKAGE_MB: Range<u32> = Range::new(0, facts::IMAGE_MAX_MB);
/// Layers of a function.
pub const LAYERS: Range<usize> = Range::new(0, facts::LAYERS_MAX as usize);
/// Time to download a megabyte, in milliseconds.
pub const MS_PER_MB: Range<f64> = Range::new(0.0, 1_000.0);
/// Reserved concurrency, in environments.
pub const RESERVED: Range<u32> = Range::new(0, CONCURRENCY_LIMIT.max - facts::UNRESERVED_FLOOR);
/// Windows of provisioned concurrency.
pub const PROVISIONED: Range<usize> = Range::new(0, 64);
/// Provisioned concurrency, in environments.
pub const PROVISIONED_UNITS: Range<u32> = Range::new(1, CONCURRENCY_LIMIT.max - facts::UNRESERVED_FLOOR);
/// Preparation before provisioned concurrency ramps up, in seconds.
pub const PREPARATION_S: Range<f64> = Range::new(0.0, 600.0);
/// Target utilisation of provisioned concurrency (facts E23).
pub const UTILISATION: Range<f64> =
    Range::new(facts::AUTOSCALING_TARGET_MIN_PERCENT as f64 / 1e2, facts::AUTOSCALING_TARGET_MAX_PERCENT as f64 / 1e2);
/// Deploys.
pub const DEPLOYS: Range<usize> = Range::new(0, 64);
/// A moment of the run, in seconds from its start.
pub const MOMENT_S: Range<f64> = Range::new(0.0, MONTH_S);
/// A length of time that may not be 0, in seconds.
pub const SPAN_S: Range<f64> = Range::new(TICK_S, MONTH_S);

/// A random duration, in milliseconds: a day at most.
pub const DURATION_MS: Range<f64> = Range::new(0.0, 86_400_000.0);
/// A mean or a percentile that may not be 0, in milliseconds.
pub const POSITIVE_MS: Range<f64> = Range::new(TICK_MS, DURATION_MS.max);
/// Points of a quantile table.
pub const QUANTILES: Range<usize> = Range::new(2, 64);
/// The largest 99th percentile of a lognormal, in means: `exp(z^2 / 2)` with `z = 2.326`, the 99th percentile of the normal.
pub const LOGNORMAL_P99_PER_MEAN: f64 = 14.9;

/// How long the handler takes for a ping, in milliseconds.
pub const PING_MS: Range<f64> = Range::new(0.0, facts::TIMEOUT_MAX_MS as f64);
/// A rate that may be 0, in requests per second.
pub const RATE_PER_S: Range<f64> = Range::new(0.0, 1_000_000.0);
/// A rate above 0, in requests per second.
pub const POSITIVE_RATE_PER_S: Range<f64> = Range::new(0.000_001, RATE_PER_S.max);
/// Times that bursts may be expected to switch on or off within a run: each takes a draw and no event, so no budget of the run bounds
/// them. A switch a second for 31 days, and some more.
pub const SWITCHES_MAX: f64 = 3_000_000.0;
/// Points of a rate curve: one a minute of a day.
pub const RATE_POINTS: Range<usize> = Range::new(1, 1_440);
/// Requests sent at once.
pub const REQUESTS_AT_ONCE: Range<u32> = Range::new(1, 100_000);
/// Recorded arrivals of one source.
pub const TIMESTAMPS: Range<usize> = Range::new(0, 1_000_000);
/// Minutes of recorded counts: 31 days.
pub const MINUTES: Range<usize> = Range::new(0, 44_640);
/// Requests within one minute, as the largest rate gives.
pub const COUNT_PER_MINUTE: Range<u32> = Range::new(0, 60_000_000);
/// Sends of an interactive run.
pub const SENDS: Range<usize> = Range::new(0, 10_000);
/// Attempts of one request.
pub const MAX_ATTEMPTS: Range<u32> = Range::new(1, 100);
/// Waits between attempts, in milliseconds.
pub const BACKOFF_MS: Range<f64> = Range::new(0.0, 3_600_000.0);

/// Size of a request or an event, in KB.
pub const PAYLOAD_KB: Range<u32> = Range::new(1, 1_000_000);
/// Retries of an asynchronous event after function errors.
pub const ASYNC_RETRIES: Range<u32> = Range::new(0, facts::ASYNC_RETRIES_MAX);
/// Age at which an asynchronous event is given up, in seconds.
pub const EVENT_AGE_S: Range<f64> = Range::new(facts::ASYNC_MAX_AGE_MIN_MS as f64 / 1e3, facts::ASYNC_MAX_AGE_MAX_MS as f64 / 1e3);
/// Message groups of a FIFO queue.
pub const MESSAGE_GROUPS: Range<u32> = Range::new(1, 100_000);
/// Visibility timeout, in seconds.
pub const VISIBILITY_S: Range<f64> = Range::new(0.0, facts::SQS_VISIBILITY_MAX_MS as f64 / 1e3);
/// Retention of a queue, in seconds.
pub const RETENTION_S: Range<f64> = Range::new(facts::SQS_RETENTION_MIN_MS as f64 / 1e3, facts::SQS_RETENTION_MAX_MS as f64 / 1e3);
/// Receives before a message goes to the dead-letter queue.
pub const RECEIVE_COUNT: Range<u32> = Range::new(1, facts::SQS_RECEIVE_COUNT_MAX);
/// Messages of a batch.
pub const BATCH_SIZE: Range<u32> = Range::new(1, facts::SQS_BATCH_MAX);
/// Time for which a batch is gathered, in seconds.
pub const BATCHING_WINDOW_S: Range<f64> = Range::new(0.0, facts::MAPPING_WINDOW_MAX_MS as f64 / 1e3);
/// Concurrent batches that a mapping may be held to.
pub const MAXIMUM_CONCURRENCY: Range<u32> = Range::new(facts::SQS_MAXIMUM_CONCURRENCY_MIN, facts::SQS_MAXIMUM_CONCURRENCY_MAX);
/// Provisioned pollers that are always there.
pub const POLLERS_MINIMUM: Range<u32> = Range::new(facts::SQS_POLLERS_MINIMUM_MIN, facts::SQS_POLLERS_MINIMUM_MAX);
/// Most provisioned pollers.
pub const POLLERS_MAXIMUM: Range<u32> = Range::new(facts::SQS_POLLERS_MINIMUM_MIN, facts::SQS_POLLERS_MAXIMUM_MAX);
/// Time that a message adds to its batch, in milliseconds.
pub const MESSAGE_MS: Range<f64> = Range::new(0.0, facts::TIMEOUT_MAX_MS as f64);
/// Wait for the first batch after a quiet spell, in seconds.
pub const LOW_TRAFFIC_WAIT_S: Range<f64> = Range::new(0.0, facts::SQS_LOW_TRAFFIC_WAIT_MS as f64 / 1e3);
/// Shards of a stream.
pub const SHARDS: Range<u32> = Range::new(1, 1_000);
/// Different partition keys.
pub const PARTITION_KEYS: Range<u32> = Range::new(1, 1_000_000);
/// Retention of a stream, in seconds.
pub const STREAM_RETENTION_S: Range<f64> =
    Range::new(facts::KINESIS_RETENTION_DEFAULT_MS as f64 / 1e3, facts::KINESIS_RETENTION_MAX_MS as f64 / 1e3);
/// Batches at once from a shard.
pub const PARALLELIZATION: Range<u32> = Range::new(1, facts::STREAM_PARALLELIZATION_MAX);
/// Retries of a stream's batch.
pub const STREAM_RETRIES: Range<u32> = Range::new(0, facts::STREAM_RETRIES_MAX);
/// Age at which a record is given up, in seconds.
pub const RECORD_AGE_S: Range<f64> = Range::new(facts::STREAM_RECORD_AGE_MIN_MS as f64 / 1e3, facts::STREAM_RECORD_AGE_MAX_MS as f64 / 1e3);
/// Length of tumbling windows, in seconds.
pub const TUMBLING_WINDOW_S: Range<f64> = Range::new(0.0, facts::STREAM_TUMBLING_WINDOW_MAX_MS as f64 / 1e3);

/// Requests a second that API Gateway lets through.
pub const API_REQUESTS_PER_S: Range<u32> = Range::new(1, 1_000_000);
/// Requests that API Gateway lets through at once.
pub const API_BURST: Range<u32> = Range::new(1, 1_000_000);
/// How long a caller waits, in milliseconds.
pub const CLIENT_TIMEOUT_MS: Range<f64> = Range::new(1.0, 3_600_000.0);
/// How long a REST API waits, in milliseconds: what may be granted is not published, and no function runs for longer than this.
pub const INTEGRATION_TIMEOUT_MS: Range<u64> = Range::new(facts::REST_API_TIMEOUT_MIN_MS, facts::TIMEOUT_MAX_MS);
/// Retries of a delivery.
pub const DELIVERY_RETRIES: Range<u32> = Range::new(0, facts::EVENT_BRIDGE_RETRIES_MAX);
/// Age at which a delivery is given up, in seconds.
pub const DELIVERY_AGE_S: Range<f64> = Range::new(facts::EVENT_BRIDGE_AGE_MIN_MS as f64 / 1e3, facts::EVENT_BRIDGE_AGE_MAX_MS as f64 / 1e3);
/// Largest message of a topic, in KB.
pub const MESSAGE_MAX_KB: Range<u32> = Range::new(1, facts::SNS_MESSAGE_MAX_KIB);

/// The unit that a field's name ends in, as a message shows it; empty for counts and shares.
#[must_use]
pub fn unit_of(field: &str) -> &'static str {
    const UNITS: [(&str, &str); 6] =
        [("ms_per_mb", "ms/MB"), ("per_s", "requests/s"), ("ms", "ms"), ("mb", "MB"), ("kb", "KB"), ("s", "s")];
    let ends = |suffix: &str| field == suffix || field.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('_'));
    UNITS.iter().find(|(suffix, _)| ends(suffix)).map_or("", |(_, unit)| unit)
}

#[cfg(test)]
mod tests {
    use super::unit_of;

    #[test]
    fn units_come_from_the_end_of_the_name() {
        let cases = [
            ("timeout_ms", "ms"),
            ("ms", "ms"),
            ("memory_mb", "MB"),
            ("on_per_s", "requests/s"),
            ("at_s", "s"),
            ("units", ""),
            ("share", ""),
        ];
        for (field, unit) in cases {
            assert_eq!(unit_of(field), unit, "{field}");
        }
    }
}
