//! How AWS counts what it bills: sizes in steps, times rounded up. Sizes are in bytes, a KB being 1,024 of them.

use coldstart_facts as facts;

const BYTES_PER_KB: u64 = 1_024;
const BYTES_PER_MB: u64 = 1_024 * BYTES_PER_KB;

/// Requests that are billed for one asynchronous event of this size: one for the first 256 KB, one more for each further 64 KB begun
/// (facts G13).
#[must_use]
pub const fn async_requests(bytes: u64) -> u64 {
    let first = facts::ASYNC_FIRST_REQUEST_KB as u64 * BYTES_PER_KB;
    1 + bytes.saturating_sub(first).div_ceil(facts::ASYNC_EXTRA_REQUEST_KB as u64 * BYTES_PER_KB)
}

/// Requests that SQS bills for one call that carries this much, in steps of 64 KB (facts L16).
#[must_use]
pub const fn sqs_requests(bytes: u64) -> u64 {
    steps(bytes, facts::SQS_METER_KB)
}

/// Events that EventBridge bills for one custom event of this size, in steps of 64 KB (facts L25).
#[must_use]
pub const fn event_bus_events(bytes: u64) -> u64 {
    steps(bytes, facts::EVENT_BRIDGE_METER_KB)
}

/// Requests that an HTTP API bills for one request of this size, in steps of 512 KB (facts L15).
#[must_use]
pub const fn http_api_requests(bytes: u64) -> u64 {
    steps(bytes, facts::API_GATEWAY_HTTP_METER_KB)
}

/// PUT units of one Kinesis record, 25 KB each (facts L26).
#[must_use]
pub const fn kinesis_put_units(bytes: u64) -> u64 {
    steps(bytes, facts::KINESIS_PUT_UNIT_KB)
}

/// Write units of one DynamoDB item, 1 KB each (facts L24).
#[must_use]
pub const fn dynamodb_write_units(bytes: u64) -> u64 {
    steps(bytes, facts::DYNAMODB_WRITE_UNIT_KB)
}

/// Half read units of one DynamoDB item: a unit for each 4 KB read with strong consistency, half of one with eventual (facts L24).
#[must_use]
pub const fn dynamodb_read_half_units(bytes: u64, strongly_consistent: bool) -> u64 {
    steps(bytes, facts::DYNAMODB_READ_UNIT_KB) * if strongly_consistent { 2 } else { 1 }
}

/// Bytes of a streamed response that are billed: those after the first 6 MB (facts L10).
#[must_use]
pub const fn streamed_bytes(bytes: u64) -> u64 {
    bytes.saturating_sub(facts::RESPONSE_STREAM_UNCAPPED_MB as u64 * BYTES_PER_MB)
}

/// Milliseconds that are billed for a snapshot whose version was active for this long: three hours at least (facts F3).
#[must_use]
pub const fn snapshot_billed_ms(active_us: u64) -> u64 {
    at_least(active_us.div_ceil(1_000), facts::SNAPSTART_CACHE_MIN_MS)
}

/// Milliseconds that are billed for an event poller unit that was on for this long: by the second, a minute at least (facts L11).
#[must_use]
pub const fn poller_billed_ms(on_us: u64) -> u64 {
    at_least(on_us.div_ceil(1_000_000) * 1_000, facts::POLLER_BILLING_MIN_MS)
}

/// Milliseconds that are billed for provisioned concurrency that was on for this long: rounded up to steps of five minutes (facts E21).
#[must_use]
pub const fn provisioned_billed_ms(on_us: u64) -> u64 {
    on_us.div_ceil(facts::PROVISIONED_BILLING_STEP_MS * 1_000) * facts::PROVISIONED_BILLING_STEP_MS
}

/// vCPUs of a database for which RDS Proxy is billed: two at least (facts L28).
#[must_use]
pub const fn rds_proxy_vcpus(database_vcpus: u32) -> u32 {
    if database_vcpus > facts::RDS_PROXY_VCPU_MIN { database_vcpus } else { facts::RDS_PROXY_VCPU_MIN }
}

/// Milliseconds that are billed for a duration, rounded up to `step_ms` (facts D1: 1 ms; 100 ms before December 2020).
#[must_use]
pub const fn billed_ms(duration_us: u64, step_ms: u64) -> u64 {
    if step_ms == 1 {
        // The common case apart: a division by a constant is a multiplication.
        return duration_us.div_ceil(1_000);
    }
    duration_us.div_ceil(step_ms * 1_000) * step_ms
}

/// Steps begun; what is empty takes one all the same.
const fn steps(bytes: u64, step_kb: u32) -> u64 {
    let steps = bytes.div_ceil(step_kb as u64 * BYTES_PER_KB);
    if steps == 0 { 1 } else { steps }
}

const fn at_least(ms: u64, least_ms: u64) -> u64 {
    match ms {
        0 => 0,
        ms if ms < least_ms => least_ms,
        ms => ms,
    }
}
