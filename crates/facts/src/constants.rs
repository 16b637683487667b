// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.

//! Figures of AWS Lambda as constants, in the unit that each name ends in.
//!
//! `_MS` milliseconds, `_KB` and `_MB` kilobytes and megabytes, `_KIB` and `_MIB` those of 1,024, `_PD` picodollars (10^-12 USD), `_GBS`
//! gigabyte-seconds.

/// Memory can be set between 128 and 10,240 MB. In words: 128 to 10,240 MB.
///
/// Fact `memory-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>, read 2026-01-01.
pub const MEMORY_MIN_MB: u32 = 128; // fact memory-range

/// Memory can be set between 128 and 10,240 MB. In words: 128 to 10,240 MB.
///
/// Fact `memory-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>, read 2026-01-01.
pub const MEMORY_MAX_MB: u32 = 10_240; // fact memory-range

/// Memory is set in steps of 1 MB. In words: 1 MB.
///
/// Fact `memory-step`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>, read 2026-01-01.
pub const MEMORY_STEP_MB: u32 = 1; // fact memory-step

/// A function gets 128 MB unless you choose otherwise. In words: 128 MB.
///
/// Fact `memory-default`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>, read 2026-01-01.
pub const MEMORY_DEFAULT_MB: u32 = 128; // fact memory-default

/// At 1,769 MB a function has the power of one vCPU. In words: 1,769 MB.
///
/// Fact `one-vcpu-at`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html>, read 2026-01-01.
pub const ONE_VCPU_AT_MB: u32 = 1_769; // fact one-vcpu-at

/// The largest memory setting works out at about 5.8 vCPUs. In words: 5.79 vCPUs.
///
/// Fact `vcpu-max`, official, <https://github.com/aws/agent-toolkit-for-aws>, read 2026-08-20.
pub const VCPU_MAX_MILLI: u32 = 5_788; // fact vcpu-max

/// One execution environment serves one request at a time. In words: one request at a time.
///
/// Fact `requests-per-environment`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>, read 2026-01-01.
pub const REQUESTS_PER_ENVIRONMENT: u32 = 1; // fact requests-per-environment

/// On demand, INIT may take at most ten seconds. In words: 10 s.
///
/// Fact `init-limit`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-01-01.
pub const INIT_LIMIT_MS: u64 = 10_000; // fact init-limit

/// With provisioned concurrency or SnapStart, INIT may take the larger of 130 s and the function timeout. In words: 130 s or the function timeout, whichever is larger.
///
/// Fact `init-limit-provisioned`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-01-01.
pub const INIT_LIMIT_PROVISIONED_MS: u64 = 130_000; // fact init-limit-provisioned

/// Restoring a SnapStart snapshot may take at most ten seconds. In words: 10 s.
///
/// Fact `restore-limit`, official, <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>, read 2026-01-01.
pub const RESTORE_LIMIT_MS: u64 = 10_000; // fact restore-limit

/// Before an environment is shut down, extensions get up to two seconds. In words: 0 ms without extensions, 500 ms with an internal one, 2,000 ms with an external one.
///
/// Fact `shutdown-budget`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-01-01.
pub const SHUTDOWN_NO_EXTENSION_MS: u64 = 0; // fact shutdown-budget

/// Before an environment is shut down, extensions get up to two seconds. In words: 0 ms without extensions, 500 ms with an internal one, 2,000 ms with an external one.
///
/// Fact `shutdown-budget`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-01-01.
pub const SHUTDOWN_INTERNAL_EXTENSION_MS: u64 = 500; // fact shutdown-budget

/// Before an environment is shut down, extensions get up to two seconds. In words: 0 ms without extensions, 500 ms with an internal one, 2,000 ms with an external one.
///
/// Fact `shutdown-budget`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-01-01.
pub const SHUTDOWN_EXTERNAL_EXTENSION_MS: u64 = 2_000; // fact shutdown-budget

/// Billed duration is rounded up to the next millisecond. In words: 1 ms.
///
/// Fact `billing-step`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const BILLING_STEP_MS: u64 = 1; // fact billing-step

/// Until December 2020 billed duration was rounded up to the next 100 ms. In words: 100 ms.
///
/// Fact `billing-step-old`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const BILLING_STEP_2014_MS: u64 = 100; // fact billing-step-old

/// An account starts with room for 1,000 concurrent executions in a Region. In words: 1,000.
///
/// Fact `account-concurrency-default`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const ACCOUNT_CONCURRENCY_DEFAULT: u32 = 1_000; // fact account-concurrency-default

/// At least 100 units of the account's concurrency stay unreserved. In words: 100.
///
/// Fact `unreserved-floor`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html>, read 2026-01-01.
pub const UNRESERVED_FLOOR: u32 = 100; // fact unreserved-floor

/// A function may gain up to 1,000 environments every ten seconds. In words: 1,000 environments every 10 s.
///
/// Fact `scaling-rate`, official, <https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html>, read 2026-01-01.
pub const SCALING_ENVIRONMENTS: u32 = 1_000; // fact scaling-rate

/// A function may gain up to 1,000 environments every ten seconds. In words: 1,000 environments every 10 s.
///
/// Fact `scaling-rate`, official, <https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html>, read 2026-01-01.
pub const SCALING_PERIOD_MS: u64 = 10_000; // fact scaling-rate

/// Requests per second are limited to ten times the concurrency. In words: 10 times the concurrency.
///
/// Fact `request-rate-quota`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>, read 2026-01-01.
pub const REQUESTS_PER_S_PER_CONCURRENCY: u32 = 10; // fact request-rate-quota

/// One unit of provisioned concurrency takes 10 requests per second before it spills over. In words: 10 requests per second.
///
/// Fact `provisioned-rate-cap`, official, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>, read 2026-01-01.
pub const PROVISIONED_REQUESTS_PER_S_PER_UNIT: u32 = 10; // fact provisioned-rate-cap

/// Provisioned environments are allocated at up to 6,000 a minute per function. In words: 6,000 per minute.
///
/// Fact `provisioned-ramp`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const PROVISIONED_RAMP_PER_MIN: u32 = 6_000; // fact provisioned-ramp

/// Provisioned concurrency needs one to two minutes of preparation before allocation starts. In words: 1 to 2 min.
///
/// Fact `provisioned-preparation`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const PROVISIONED_PREPARATION_MIN_MS: u64 = 60_000; // fact provisioned-preparation

/// Provisioned concurrency needs one to two minutes of preparation before allocation starts. In words: 1 to 2 min.
///
/// Fact `provisioned-preparation`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const PROVISIONED_PREPARATION_MAX_MS: u64 = 120_000; // fact provisioned-preparation

/// The time for which provisioned concurrency is on is billed in steps of five minutes. In words: 5 min.
///
/// Fact `provisioned-billing-step`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PROVISIONED_BILLING_STEP_MS: u64 = 300_000; // fact provisioned-billing-step

/// A new account may begin with far less concurrency; 10 is often quoted. In words: 10.
///
/// Fact `new-account-concurrency`, secondary, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const NEW_ACCOUNT_CONCURRENCY: u32 = 10; // fact new-account-concurrency

/// The scaling rate also allows 10,000 more requests per second every ten seconds. In words: 10,000 requests per second every 10 s.
///
/// Fact `scaling-request-rate`, official, <https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html>, read 2026-01-01.
pub const SCALING_REQUESTS_PER_S: u32 = 10_000; // fact scaling-request-rate

/// Until November 2023 all functions of an account shared a burst of up to 3,000 environments, then 500 a minute. In words: a burst of 3,000, then 500 per minute.
///
/// Fact `scaling-burst-old`, official, <https://github.com/awsdocs/aws-lambda-developer-guide>, read 2023-01-01.
pub const SCALING_BURST_2019: u32 = 3_000; // fact scaling-burst-old

/// Until November 2023 all functions of an account shared a burst of up to 3,000 environments, then 500 a minute. In words: a burst of 3,000, then 500 per minute.
///
/// Fact `scaling-burst-old`, official, <https://github.com/awsdocs/aws-lambda-developer-guide>, read 2023-01-01.
pub const SCALING_PER_MIN_2019: u32 = 500; // fact scaling-burst-old

/// Auto scaling follows a target utilisation between 10 and 90 %; AWS's example uses 70 %. In words: 10 to 90 %, 70 % in the example.
///
/// Fact `provisioned-autoscaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const AUTOSCALING_TARGET_MIN_PERCENT: u32 = 10; // fact provisioned-autoscaling

/// Auto scaling follows a target utilisation between 10 and 90 %; AWS's example uses 70 %. In words: 10 to 90 %, 70 % in the example.
///
/// Fact `provisioned-autoscaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const AUTOSCALING_TARGET_MAX_PERCENT: u32 = 90; // fact provisioned-autoscaling

/// Auto scaling follows a target utilisation between 10 and 90 %; AWS's example uses 70 %. In words: 10 to 90 %, 70 % in the example.
///
/// Fact `provisioned-autoscaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const AUTOSCALING_TARGET_EXAMPLE_PERCENT: u32 = 70; // fact provisioned-autoscaling

/// Auto scaling follows a target utilisation between 10 and 90 %; AWS's example uses 70 %. In words: 10 to 90 %, 70 % in the example.
///
/// Fact `provisioned-autoscaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const AUTOSCALING_SCALE_IN_ALARM_PERCENT: u32 = 63; // fact provisioned-autoscaling

/// Auto scaling follows a target utilisation between 10 and 90 %; AWS's example uses 70 %. In words: 10 to 90 %, 70 % in the example.
///
/// Fact `provisioned-autoscaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-01-01.
pub const AUTOSCALING_DATAPOINTS: u32 = 3; // fact provisioned-autoscaling

/// Auto scaling gives units up after 15 minutes in a row below nine tenths of the target. In words: 15 minutes.
///
/// Fact `provisioned-autoscaling-in`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-11-23.
pub const AUTOSCALING_SCALE_IN_DATAPOINTS: u32 = 15; // fact provisioned-autoscaling-in

/// A throttled call gets error 429, TooManyRequestsException. In words: 429 TooManyRequestsException.
///
/// Fact `throttle-error`, official, <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>, read 2026-09-01.
pub const THROTTLE_HTTP_STATUS: u32 = 429; // fact throttle-error

/// Lambda stops a recursive loop after about 16 rounds. In words: about 16 rounds.
///
/// Fact `recursion-guard`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html>, read 2026-01-01.
pub const RECURSION_ROUNDS: u32 = 16; // fact recursion-guard

/// An asynchronous invocation is acknowledged with status 202. In words: 202.
///
/// Fact `async-accepted`, official, <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>, read 2026-09-01.
pub const ASYNC_ACCEPTED_STATUS: u32 = 202; // fact async-accepted

/// After a function error an asynchronous event is tried twice more, one minute and then two minutes later. In words: after 1 min, then after 2 min.
///
/// Fact `async-error-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_ERROR_FIRST_DELAY_MS: u64 = 60_000; // fact async-error-retries

/// After a function error an asynchronous event is tried twice more, one minute and then two minutes later. In words: after 1 min, then after 2 min.
///
/// Fact `async-error-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_ERROR_SECOND_DELAY_MS: u64 = 120_000; // fact async-error-retries

/// After a function error an asynchronous event is tried twice more, one minute and then two minutes later. In words: after 1 min, then after 2 min.
///
/// Fact `async-error-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_MAX_ATTEMPTS: u32 = 3; // fact async-error-retries

/// A throttled asynchronous event goes back to the queue for up to six hours, with waits from 1 s to 5 min. In words: 1 s to 5 min, for up to 6 h.
///
/// Fact `async-throttle-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_THROTTLE_WAIT_MIN_MS: u64 = 1_000; // fact async-throttle-retries

/// A throttled asynchronous event goes back to the queue for up to six hours, with waits from 1 s to 5 min. In words: 1 s to 5 min, for up to 6 h.
///
/// Fact `async-throttle-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_THROTTLE_WAIT_MAX_MS: u64 = 300_000; // fact async-throttle-retries

/// The number of asynchronous retries can be set from 0 to 2; the default is 2. In words: 0 to 2, 2 by default.
///
/// Fact `async-retry-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>, read 2026-01-01.
pub const ASYNC_RETRIES_MAX: u32 = 2; // fact async-retry-range

/// The maximum age of an asynchronous event can be set from 60 s to 6 h; the default is 6 h. In words: 60 s to 6 h.
///
/// Fact `async-age-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>, read 2026-01-01.
pub const ASYNC_MAX_AGE_MIN_MS: u64 = 60_000; // fact async-age-range

/// The maximum age of an asynchronous event can be set from 60 s to 6 h; the default is 6 h. In words: 60 s to 6 h.
///
/// Fact `async-age-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>, read 2026-01-01.
pub const ASYNC_MAX_AGE_MAX_MS: u64 = 21_600_000; // fact async-age-range

/// A synchronous request and its response may have 6 MB each. In words: 6 MB each way.
///
/// Fact `sync-payload`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const SYNC_PAYLOAD_MAX_MB: u32 = 6; // fact sync-payload

/// An asynchronous event may have 1 MB. In words: 1 MB.
///
/// Fact `async-payload`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const ASYNC_PAYLOAD_MAX_KB: u32 = 1_024; // fact async-payload

/// Until October 2025 an asynchronous event could have 256 KB. In words: 256 KB.
///
/// Fact `async-payload-old`, official, <https://aws.amazon.com/blogs/compute/>, read 2026-01-29.
pub const ASYNC_PAYLOAD_MAX_2015_KB: u32 = 256; // fact async-payload-old

/// A large asynchronous event is billed as several requests: one for the first 256 KB, one more for each further 64 KB. In words: one for 256 KB, one more for each further 64 KB.
///
/// Fact `async-size-billing`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const ASYNC_FIRST_REQUEST_KB: u32 = 256; // fact async-size-billing

/// A large asynchronous event is billed as several requests: one for the first 256 KB, one more for each further 64 KB. In words: one for 256 KB, one more for each further 64 KB.
///
/// Fact `async-size-billing`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const ASYNC_EXTRA_REQUEST_KB: u32 = 64; // fact async-size-billing

/// A streamed response may have 200 MB. In words: 200 MB.
///
/// Fact `response-stream-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html>, read 2026-01-01.
pub const RESPONSE_STREAM_MAX_MB: u32 = 200; // fact response-stream-size

/// Until July 2025 a streamed response could have 20 MB. In words: 20 MB.
///
/// Fact `response-stream-size-old`, official, <https://aws.amazon.com/blogs/compute/introducing-aws-lambda-response-streaming/>, read 2026-11-23.
pub const RESPONSE_STREAM_MAX_2023_MB: u32 = 20; // fact response-stream-size-old

/// A streamed response is sent without a limit up to 6 MB and at 2 MB per second from there on. In words: 6 MB at once, then 2 MB/s.
///
/// Fact `response-stream-rate`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html>, read 2026-01-01.
pub const RESPONSE_STREAM_UNCAPPED_MB: u32 = 6; // fact response-stream-rate

/// A streamed response is sent without a limit up to 6 MB and at 2 MB per second from there on. In words: 6 MB at once, then 2 MB/s.
///
/// Fact `response-stream-rate`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html>, read 2026-01-01.
pub const RESPONSE_STREAM_MB_PER_S: u32 = 2; // fact response-stream-rate

/// A synchronous request that is too large is refused with error 413, RequestTooLargeException. In words: 413 RequestTooLargeException.
///
/// Fact `oversize-request`, official, <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>, read 2026-09-01.
pub const OVERSIZE_HTTP_STATUS: u32 = 413; // fact oversize-request

/// With SnapStart /tmp may hold 512 MB. In words: 512 MB.
///
/// Fact `snapstart-tmp`, official, <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>, read 2026-01-01.
pub const SNAPSTART_TMP_MAX_MB: u32 = 512; // fact snapstart-tmp

/// Keeping a Python or .NET snapshot costs $0.0000015046 per GB-second. In words: $0.0000015046 per GB-second.
///
/// Fact `price-snapstart-cache`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_SNAPSTART_CACHE_GBS_PD: u64 = 1_504_600; // fact price-snapstart-cache

/// A snapshot is paid for at least three hours. In words: 3 h.
///
/// Fact `snapstart-cache-minimum`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const SNAPSTART_CACHE_MIN_MS: u64 = 10_800_000; // fact snapstart-cache-minimum

/// Restoring a Python or .NET snapshot costs $0.0001397998 per GB of memory. In words: $0.0001397998 per GB.
///
/// Fact `price-snapstart-restore`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_SNAPSTART_RESTORE_GB_PD: u64 = 139_799_800; // fact price-snapstart-restore

/// By default the simulator restores a snapshot in 0.3 to 0.7 s and needs 0.1 s more for the runtime and its hooks. In words: 0.3 to 0.7 s, and 0.1 s.
///
/// Fact `snapstart-restore-time`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/snapstart-monitoring.html>, read 2026-11-25.
pub const RESTORE_LOW_MS: u64 = 300; // fact snapstart-restore-time

/// By default the simulator restores a snapshot in 0.3 to 0.7 s and needs 0.1 s more for the runtime and its hooks. In words: 0.3 to 0.7 s, and 0.1 s.
///
/// Fact `snapstart-restore-time`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/snapstart-monitoring.html>, read 2026-11-25.
pub const RESTORE_HIGH_MS: u64 = 700; // fact snapstart-restore-time

/// By default the simulator restores a snapshot in 0.3 to 0.7 s and needs 0.1 s more for the runtime and its hooks. In words: 0.3 to 0.7 s, and 0.1 s.
///
/// Fact `snapstart-restore-time`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/snapstart-monitoring.html>, read 2026-11-25.
pub const AFTER_RESTORE_MS: u64 = 100; // fact snapstart-restore-time

/// A batch of an event source mapping may have 6 MB. In words: 6 MB.
///
/// Fact `mapping-payload`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html>, read 2026-01-01.
pub const MAPPING_PAYLOAD_MAX_MB: u32 = 6; // fact mapping-payload

/// The batching window of an event source mapping can be set up to 300 s; the default is 0 s. In words: 0 to 300 s, 0 s by default.
///
/// Fact `mapping-window`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const MAPPING_WINDOW_MAX_MS: u64 = 300_000; // fact mapping-window

/// A batch from an SQS queue has 10 messages unless set, and 10,000 at most; from a FIFO queue 10. In words: 10 by default, 10,000 at most, 10 from a FIFO queue.
///
/// Fact `sqs-batch`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_BATCH_DEFAULT: u32 = 10; // fact sqs-batch

/// A batch from an SQS queue has 10 messages unless set, and 10,000 at most; from a FIFO queue 10. In words: 10 by default, 10,000 at most, 10 from a FIFO queue.
///
/// Fact `sqs-batch`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_BATCH_MAX: u32 = 10_000; // fact sqs-batch

/// A batch from an SQS queue has 10 messages unless set, and 10,000 at most; from a FIFO queue 10. In words: 10 by default, 10,000 at most, 10 from a FIFO queue.
///
/// Fact `sqs-batch`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_FIFO_BATCH_MAX: u32 = 10; // fact sqs-batch

/// A batch of more than 10 SQS messages needs a window of at least 1 s. In words: at least 1 s above 10 messages.
///
/// Fact `sqs-large-batch-window`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_LARGE_BATCH_WINDOW_MIN_MS: u64 = 1_000; // fact sqs-large-batch-window

/// At low traffic an SQS batch may wait up to 20 s even without a window. In words: up to 20 s.
///
/// Fact `sqs-low-traffic-wait`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_LOW_TRAFFIC_WAIT_MS: u64 = 20_000; // fact sqs-low-traffic-wait

/// From a standard queue Lambda takes 5 batches at once at first, 300 more a minute, and 1,250 at most. In words: 5, then 300 more a minute, up to 1,250.
///
/// Fact `sqs-scaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_CONCURRENCY_START: u32 = 5; // fact sqs-scaling

/// From a standard queue Lambda takes 5 batches at once at first, 300 more a minute, and 1,250 at most. In words: 5, then 300 more a minute, up to 1,250.
///
/// Fact `sqs-scaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_CONCURRENCY_PER_MIN: u32 = 300; // fact sqs-scaling

/// From a standard queue Lambda takes 5 batches at once at first, 300 more a minute, and 1,250 at most. In words: 5, then 300 more a minute, up to 1,250.
///
/// Fact `sqs-scaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_CONCURRENCY_MAX: u32 = 1_250; // fact sqs-scaling

/// From a standard queue Lambda takes 5 batches at once at first, 300 more a minute, and 1,250 at most. In words: 5, then 300 more a minute, up to 1,250.
///
/// Fact `sqs-scaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_CONCURRENCY_QUIET: u32 = 2; // fact sqs-scaling

/// Until November 2023 Lambda added 60 concurrent batches a minute from a standard queue. In words: 60 more a minute, up to 1,000.
///
/// Fact `sqs-scaling-old`, official, <https://aws.amazon.com/blogs/compute/introducing-faster-polling-scale-up-for-aws-lambda-functions-configured-with-amazon-sqs/>, read 2026-11-23.
pub const SQS_CONCURRENCY_PER_MIN_2019: u32 = 60; // fact sqs-scaling-old

/// Until November 2023 Lambda added 60 concurrent batches a minute from a standard queue. In words: 60 more a minute, up to 1,000.
///
/// Fact `sqs-scaling-old`, official, <https://aws.amazon.com/blogs/compute/introducing-faster-polling-scale-up-for-aws-lambda-functions-configured-with-amazon-sqs/>, read 2026-11-23.
pub const SQS_CONCURRENCY_MAX_2019: u32 = 1_000; // fact sqs-scaling-old

/// The maximum concurrency of an SQS mapping can be set from 2 to 1,000. In words: 2 to 1,000.
///
/// Fact `sqs-maximum-concurrency`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_MAXIMUM_CONCURRENCY_MIN: u32 = 2; // fact sqs-maximum-concurrency

/// The maximum concurrency of an SQS mapping can be set from 2 to 1,000. In words: 2 to 1,000.
///
/// Fact `sqs-maximum-concurrency`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_MAXIMUM_CONCURRENCY_MAX: u32 = 1_000; // fact sqs-maximum-concurrency

/// In provisioned mode an SQS mapping keeps 2 to 200 pollers at least, 2 by default, and may have 200 at most by default. In words: 2 to 200 at least, 200 at most by default.
///
/// Fact `sqs-provisioned-pollers`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_POLLERS_MINIMUM_MIN: u32 = 2; // fact sqs-provisioned-pollers

/// In provisioned mode an SQS mapping keeps 2 to 200 pollers at least, 2 by default, and may have 200 at most by default. In words: 2 to 200 at least, 200 at most by default.
///
/// Fact `sqs-provisioned-pollers`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_POLLERS_MINIMUM_MAX: u32 = 200; // fact sqs-provisioned-pollers

/// In provisioned mode an SQS mapping keeps 2 to 200 pollers at least, 2 by default, and may have 200 at most by default. In words: 2 to 200 at least, 200 at most by default.
///
/// Fact `sqs-provisioned-pollers`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_POLLERS_MAXIMUM_DEFAULT: u32 = 200; // fact sqs-provisioned-pollers

/// In provisioned mode an SQS mapping keeps 2 to 200 pollers at least, 2 by default, and may have 200 at most by default. In words: 2 to 200 at least, 200 at most by default.
///
/// Fact `sqs-provisioned-pollers`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_POLLERS_MAXIMUM_MAX: u32 = 2_000; // fact sqs-provisioned-pollers

/// One provisioned poller handles 1 MB/s, 10 concurrent batches or 10 polls a second. In words: 1 MB/s, 10 concurrent batches or 10 polls a second.
///
/// Fact `sqs-poller`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_POLLER_MB_PER_S: u32 = 1; // fact sqs-poller

/// One provisioned poller handles 1 MB/s, 10 concurrent batches or 10 polls a second. In words: 1 MB/s, 10 concurrent batches or 10 polls a second.
///
/// Fact `sqs-poller`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_POLLER_CONCURRENCY: u32 = 10; // fact sqs-poller

/// One provisioned poller handles 1 MB/s, 10 concurrent batches or 10 polls a second. In words: 1 MB/s, 10 concurrent batches or 10 polls a second.
///
/// Fact `sqs-poller`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_POLLER_POLLS_PER_S: u32 = 10; // fact sqs-poller

/// In provisioned mode an SQS mapping adds 1,000 concurrent batches a minute. In words: 1,000 a minute.
///
/// Fact `sqs-provisioned-scaling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-01-01.
pub const SQS_PROVISIONED_CONCURRENCY_PER_MIN: u32 = 1_000; // fact sqs-provisioned-scaling

/// The visibility timeout should be at least six times the function timeout, plus the batching window. In words: 6 times the function timeout, plus the window.
///
/// Fact `sqs-visibility-advice`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>, read 2026-01-01.
pub const SQS_VISIBILITY_TIMEOUTS_ADVISED: u32 = 6; // fact sqs-visibility-advice

/// The maximum receive count of a source queue should be at least 5. In words: 5 or more.
///
/// Fact `sqs-max-receive-advice`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html>, read 2026-01-01.
pub const SQS_MAX_RECEIVE_COUNT_ADVISED: u32 = 5; // fact sqs-max-receive-advice

/// A queue keeps messages for 4 days unless set, from 60 s to 14 days. In words: 4 days, from 60 s to 14 days.
///
/// Fact `sqs-retention`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_RETENTION_DEFAULT_MS: u64 = 345_600_000; // fact sqs-retention

/// A queue keeps messages for 4 days unless set, from 60 s to 14 days. In words: 4 days, from 60 s to 14 days.
///
/// Fact `sqs-retention`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_RETENTION_MIN_MS: u64 = 60_000; // fact sqs-retention

/// A queue keeps messages for 4 days unless set, from 60 s to 14 days. In words: 4 days, from 60 s to 14 days.
///
/// Fact `sqs-retention`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_RETENTION_MAX_MS: u64 = 1_209_600_000; // fact sqs-retention

/// The visibility timeout of a queue is 30 s unless set, and 12 h at most. In words: 30 s, up to 12 h.
///
/// Fact `sqs-visibility-range`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_VISIBILITY_DEFAULT_MS: u64 = 30_000; // fact sqs-visibility-range

/// The visibility timeout of a queue is 30 s unless set, and 12 h at most. In words: 30 s, up to 12 h.
///
/// Fact `sqs-visibility-range`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_VISIBILITY_MAX_MS: u64 = 43_200_000; // fact sqs-visibility-range

/// A FIFO queue drops a message that was sent before within five minutes. In words: 5 min.
///
/// Fact `sqs-deduplication`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>, read 2026-01-01.
pub const SQS_FIFO_DEDUPLICATION_MS: u64 = 300_000; // fact sqs-deduplication

/// An SQS message may have 1 MiB. In words: 1 MiB.
///
/// Fact `sqs-message-size`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_MESSAGE_MAX_KIB: u32 = 1_024; // fact sqs-message-size

/// Before 2025 an SQS message could have 256 KiB. In words: 256 KiB.
///
/// Fact `sqs-message-size-old`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_MESSAGE_MAX_2024_KIB: u32 = 256; // fact sqs-message-size-old

/// A FIFO queue takes 300 calls a second, 3,000 messages in batches. In words: 300 calls, or 3,000 messages in batches.
///
/// Fact `sqs-fifo-throughput`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_FIFO_CALLS_PER_S: u32 = 300; // fact sqs-fifo-throughput

/// A FIFO queue takes 300 calls a second, 3,000 messages in batches. In words: 300 calls, or 3,000 messages in batches.
///
/// Fact `sqs-fifo-throughput`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>, read 2026-09-01.
pub const SQS_FIFO_MESSAGES_PER_S: u32 = 3_000; // fact sqs-fifo-throughput

/// A redrive policy allows 1 to 1,000 receives before a message goes to the dead-letter queue. In words: 1 to 1,000.
///
/// Fact `sqs-receive-count-range`, unconfirmed, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>, read 2026-11-23.
pub const SQS_RECEIVE_COUNT_MAX: u32 = 1_000; // fact sqs-receive-count-range

/// One call to SQS receives or deletes up to 10 messages; a long poll lasts 20 s at most. In words: 10 messages a call, polls of up to 20 s.
///
/// Fact `sqs-calls`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/best-practices-setting-up-long-polling.html>, read 2026-11-23.
pub const SQS_MESSAGES_PER_CALL: u32 = 10; // fact sqs-calls

/// One call to SQS receives or deletes up to 10 messages; a long poll lasts 20 s at most. In words: 10 messages a call, polls of up to 20 s.
///
/// Fact `sqs-calls`, official, <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/best-practices-setting-up-long-polling.html>, read 2026-11-23.
pub const SQS_LONG_POLL_MS: u64 = 20_000; // fact sqs-calls

/// A batch from a stream has 100 records unless set, and 10,000 at most. In words: 100 by default, 10,000 at most.
///
/// Fact `stream-batch`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>, read 2026-01-01.
pub const STREAM_BATCH_DEFAULT: u32 = 100; // fact stream-batch

/// A batch from a stream has 100 records unless set, and 10,000 at most. In words: 100 by default, 10,000 at most.
///
/// Fact `stream-batch`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>, read 2026-01-01.
pub const STREAM_BATCH_MAX: u32 = 10_000; // fact stream-batch

/// Lambda polls each Kinesis shard once a second and each shard of a DynamoDB stream four times. In words: Kinesis once a second, DynamoDB four times.
///
/// Fact `stream-polling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>, read 2026-01-01.
pub const KINESIS_POLLS_PER_S: u32 = 1; // fact stream-polling

/// Lambda polls each Kinesis shard once a second and each shard of a DynamoDB stream four times. In words: Kinesis once a second, DynamoDB four times.
///
/// Fact `stream-polling`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html>, read 2026-01-01.
pub const DYNAMODB_POLLS_PER_S: u32 = 4; // fact stream-polling

/// The retries of a failing stream batch can be set from 0 to 10,000, or -1 for no end. In words: -1, or 0 to 10,000.
///
/// Fact `stream-retries`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>, read 2026-01-01.
pub const STREAM_RETRIES_MAX: u32 = 10_000; // fact stream-retries

/// The maximum age of a stream record can be set from 60 s to 7 days, or -1 for no end. In words: -1, or 60 s to 7 days.
///
/// Fact `stream-record-age`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>, read 2026-01-01.
pub const STREAM_RECORD_AGE_MIN_MS: u64 = 60_000; // fact stream-record-age

/// The maximum age of a stream record can be set from 60 s to 7 days, or -1 for no end. In words: -1, or 60 s to 7 days.
///
/// Fact `stream-record-age`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>, read 2026-01-01.
pub const STREAM_RECORD_AGE_MAX_MS: u64 = 604_800_000; // fact stream-record-age

/// A shard can be handled by 1 to 10 concurrent batches. In words: 1 to 10.
///
/// Fact `stream-parallelization`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>, read 2026-01-01.
pub const STREAM_PARALLELIZATION_MAX: u32 = 10; // fact stream-parallelization

/// A tumbling window can be set up to 900 s. In words: 0 to 900 s.
///
/// Fact `stream-tumbling-window`, official, <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>, read 2026-01-01.
pub const STREAM_TUMBLING_WINDOW_MAX_MS: u64 = 900_000; // fact stream-tumbling-window

/// A DynamoDB stream keeps records for 24 hours. In words: 24 h.
///
/// Fact `dynamodb-stream-retention`, official, <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>, read 2026-01-01.
pub const DYNAMODB_STREAM_RETENTION_MS: u64 = 86_400_000; // fact dynamodb-stream-retention

/// A Kinesis stream keeps records for 24 hours unless set, up to 365 days. In words: 24 h, up to 365 days.
///
/// Fact `kinesis-retention`, official, <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>, read 2026-04-01.
pub const KINESIS_RETENTION_DEFAULT_MS: u64 = 86_400_000; // fact kinesis-retention

/// A Kinesis stream keeps records for 24 hours unless set, up to 365 days. In words: 24 h, up to 365 days.
///
/// Fact `kinesis-retention`, official, <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>, read 2026-04-01.
pub const KINESIS_RETENTION_MAX_MS: u64 = 31_536_000_000; // fact kinesis-retention

/// A Kinesis record may have 10 MiB. In words: 10 MiB.
///
/// Fact `kinesis-record-size`, official, <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>, read 2026-04-01.
pub const KINESIS_RECORD_MAX_MIB: u32 = 10; // fact kinesis-record-size

/// SNS tries to deliver to Lambda 100,015 times over 23 days. In words: 100,015 tries over 23 days.
///
/// Fact `sns-delivery`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_IMMEDIATE_TRIES: u32 = 3; // fact sns-delivery

/// SNS tries to deliver to Lambda 100,015 times over 23 days. In words: 100,015 tries over 23 days.
///
/// Fact `sns-delivery`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_PRE_BACKOFF_TRIES: u32 = 2; // fact sns-delivery

/// SNS tries to deliver to Lambda 100,015 times over 23 days. In words: 100,015 tries over 23 days.
///
/// Fact `sns-delivery`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_BACKOFF_TRIES: u32 = 10; // fact sns-delivery

/// SNS tries to deliver to Lambda 100,015 times over 23 days. In words: 100,015 tries over 23 days.
///
/// Fact `sns-delivery`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_POST_BACKOFF_TRIES: u32 = 100_000; // fact sns-delivery

/// SNS waits 1 s at first and 20 s at most between tries. In words: 1 s to 20 s.
///
/// Fact `sns-delivery-waits`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_WAIT_MIN_MS: u64 = 1_000; // fact sns-delivery-waits

/// SNS waits 1 s at first and 20 s at most between tries. In words: 1 s to 20 s.
///
/// Fact `sns-delivery-waits`, official, <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>, read 2026-09-01.
pub const SNS_WAIT_MAX_MS: u64 = 20_000; // fact sns-delivery-waits

/// An SNS message may have 256 KiB unless set, up to 1 MiB. In words: 256 KiB, up to 1 MiB.
///
/// Fact `sns-message-size`, official, <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>, read 2026-11-23.
pub const SNS_MESSAGE_DEFAULT_KIB: u32 = 256; // fact sns-message-size

/// An SNS message may have 256 KiB unless set, up to 1 MiB. In words: 256 KiB, up to 1 MiB.
///
/// Fact `sns-message-size`, official, <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>, read 2026-11-23.
pub const SNS_MESSAGE_MAX_KIB: u32 = 1_024; // fact sns-message-size

/// EventBridge tries to deliver to a target up to 185 times. In words: 185 times.
///
/// Fact `event-bridge-retries`, official, <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html>, read 2026-11-23.
pub const EVENT_BRIDGE_RETRIES_MAX: u32 = 185; // fact event-bridge-retries

/// EventBridge tries to deliver to a target for up to 24 hours. In words: 24 h.
///
/// Fact `event-bridge-retry-age`, official, <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html>, read 2026-11-23.
pub const EVENT_BRIDGE_AGE_MAX_MS: u64 = 86_400_000; // fact event-bridge-retry-age

/// An EventBridge event may have 1 MB. In words: 1 MB.
///
/// Fact `event-bridge-event-size`, official, <https://aws.amazon.com/blogs/compute/>, read 2026-01-29.
pub const EVENT_BRIDGE_EVENT_MAX_KB: u32 = 1_024; // fact event-bridge-event-size

/// The integration timeout of a REST API can be set from 50 ms. In words: 50 ms.
///
/// Fact `rest-api-timeout-min`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const REST_API_TIMEOUT_MIN_MS: u64 = 50; // fact rest-api-timeout-min

/// An HTTP API waits 30 s for its integration. In words: 30 s.
///
/// Fact `http-api-timeout`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>, read 2026-09-01.
pub const HTTP_API_TIMEOUT_MS: u64 = 30_000; // fact http-api-timeout

/// API Gateway takes 10 MB, but a function behind it 6 MB. In words: 10 MB; Lambda's 6 MB come first.
///
/// Fact `api-gateway-payload`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const API_GATEWAY_PAYLOAD_MAX_MB: u32 = 10; // fact api-gateway-payload

/// API Gateway lets 10,000 requests a second of an account through, with a burst of 5,000. In words: 10,000 requests a second, burst 5,000.
///
/// Fact `api-gateway-throttle`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const API_GATEWAY_REQUESTS_PER_S: u32 = 10_000; // fact api-gateway-throttle

/// API Gateway lets 10,000 requests a second of an account through, with a burst of 5,000. In words: 10,000 requests a second, burst 5,000.
///
/// Fact `api-gateway-throttle`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const API_GATEWAY_BURST: u32 = 5_000; // fact api-gateway-throttle

/// API Gateway answers 504 when its wait is over, 502 when the function failed, 500 when Lambda refused the call, 429 when it throttles itself. In words: 504, 502, 500 or 429.
///
/// Fact `api-gateway-statuses`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>, read 2026-04-01.
pub const API_GATEWAY_TIMEOUT_STATUS: u32 = 504; // fact api-gateway-statuses

/// API Gateway answers 504 when its wait is over, 502 when the function failed, 500 when Lambda refused the call, 429 when it throttles itself. In words: 504, 502, 500 or 429.
///
/// Fact `api-gateway-statuses`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>, read 2026-04-01.
pub const API_GATEWAY_FUNCTION_ERROR_STATUS: u32 = 502; // fact api-gateway-statuses

/// API Gateway answers 504 when its wait is over, 502 when the function failed, 500 when Lambda refused the call, 429 when it throttles itself. In words: 504, 502, 500 or 429.
///
/// Fact `api-gateway-statuses`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>, read 2026-04-01.
pub const API_GATEWAY_REFUSED_STATUS: u32 = 500; // fact api-gateway-statuses

/// API Gateway answers 504 when its wait is over, 502 when the function failed, 500 when Lambda refused the call, 429 when it throttles itself. In words: 504, 502, 500 or 429.
///
/// Fact `api-gateway-statuses`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>, read 2026-04-01.
pub const API_GATEWAY_THROTTLED_STATUS: u32 = 429; // fact api-gateway-statuses

/// Behind an Application Load Balancer the request body and the response may have 1 MB each. In words: 1 MB each way.
///
/// Fact `alb-payload`, official, <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html>, read 2026-11-23.
pub const ALB_PAYLOAD_MAX_MB: u32 = 1; // fact alb-payload

/// A Lambda@Edge function may run for 30 s. In words: 30 s.
///
/// Fact `edge-timeout`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>, read 2026-04-01.
pub const EDGE_TIMEOUT_MS: u64 = 30_000; // fact edge-timeout

/// The response of a Lambda@Edge function may have 40 KB at the viewer and 1 MB at the origin. In words: 40 KB at the viewer, 1 MB at the origin.
///
/// Fact `edge-response-size`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>, read 2026-04-01.
pub const EDGE_VIEWER_RESPONSE_MAX_KB: u32 = 40; // fact edge-response-size

/// The response of a Lambda@Edge function may have 40 KB at the viewer and 1 MB at the origin. In words: 40 KB at the viewer, 1 MB at the origin.
///
/// Fact `edge-response-size`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>, read 2026-04-01.
pub const EDGE_ORIGIN_RESPONSE_MAX_KB: u32 = 1_024; // fact edge-response-size

/// Lambda@Edge takes 10,000 requests a second in each Region. In words: 10,000 requests a second.
///
/// Fact `edge-rate`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>, read 2026-04-01.
pub const EDGE_REQUESTS_PER_S: u32 = 10_000; // fact edge-rate

/// A viewer-side Lambda@Edge function has 128 MB. In words: 128 MB.
///
/// Fact `edge-viewer-memory`, unconfirmed, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>, read 2026-11-23.
pub const EDGE_VIEWER_MEMORY_MB: u32 = 128; // fact edge-viewer-memory

/// A function URL answers 502 when the function failed or ran into its timeout. In words: 502.
///
/// Fact `function-url-statuses`, unconfirmed, <https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html>, read 2026-11-23.
pub const FUNCTION_URL_ERROR_STATUS: u32 = 502; // fact function-url-statuses

/// An Application Load Balancer answers 502 when the function failed, timed out or was throttled, and 413 when the request was too large. In words: 502, or 413.
///
/// Fact `alb-statuses`, unconfirmed, <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>, read 2026-11-23.
pub const ALB_FAILED_STATUS: u32 = 502; // fact alb-statuses

/// An Application Load Balancer answers 502 when the function failed, timed out or was throttled, and 413 when the request was too large. In words: 502, or 413.
///
/// Fact `alb-statuses`, unconfirmed, <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html>, read 2026-11-23.
pub const ALB_OVERSIZE_STATUS: u32 = 413; // fact alb-statuses

/// CloudFront answers 503 when a Lambda@Edge function failed, timed out or was throttled, and 502 when its response is not valid. In words: 503, or 502.
///
/// Fact `edge-statuses`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html>, read 2026-11-23.
pub const EDGE_FAILED_STATUS: u32 = 503; // fact edge-statuses

/// CloudFront answers 503 when a Lambda@Edge function failed, timed out or was throttled, and 502 when its response is not valid. In words: 503, or 502.
///
/// Fact `edge-statuses`, official, <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html>, read 2026-11-23.
pub const EDGE_INVALID_STATUS: u32 = 502; // fact edge-statuses

/// The retry policy of an EventBridge target can be set to 0 to 185 retries and to an age of 60 s to 24 h. In words: 0 to 185 retries, 60 s to 24 h.
///
/// Fact `event-bridge-age-range`, official, <https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html>, read 2026-11-23.
pub const EVENT_BRIDGE_AGE_MIN_MS: u64 = 60_000; // fact event-bridge-age-range

/// The function timeout can be set between 1 and 900 seconds. In words: 1 s to 900 s.
///
/// Fact `timeout-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html>, read 2026-01-01.
pub const TIMEOUT_MIN_MS: u64 = 1_000; // fact timeout-range

/// The function timeout can be set between 1 and 900 seconds. In words: 1 s to 900 s.
///
/// Fact `timeout-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html>, read 2026-01-01.
pub const TIMEOUT_MAX_MS: u64 = 900_000; // fact timeout-range

/// A function times out after three seconds unless you choose otherwise. In words: 3 s.
///
/// Fact `timeout-default`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html>, read 2026-01-01.
pub const TIMEOUT_DEFAULT_MS: u64 = 3_000; // fact timeout-default

/// The /tmp folder holds between 512 and 10,240 MB; the first 512 MB are free. In words: 512 to 10,240 MB.
///
/// Fact `tmp-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html>, read 2026-01-01.
pub const TMP_FREE_MB: u32 = 512; // fact tmp-size

/// The /tmp folder holds between 512 and 10,240 MB; the first 512 MB are free. In words: 512 to 10,240 MB.
///
/// Fact `tmp-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html>, read 2026-01-01.
pub const TMP_MAX_MB: u32 = 10_240; // fact tmp-size

/// A zip may hold 50 MB uploaded directly and 250 MB unzipped, layers included. In words: 50 MB zipped, 250 MB unzipped.
///
/// Fact `zip-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const ZIP_UPLOAD_MAX_MB: u32 = 50; // fact zip-size

/// A zip may hold 50 MB uploaded directly and 250 MB unzipped, layers included. In words: 50 MB zipped, 250 MB unzipped.
///
/// Fact `zip-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const ZIP_UNZIPPED_MAX_MB: u32 = 250; // fact zip-size

/// A zip function may use five layers, whose bytes count towards the same 250 MB. In words: 5 layers.
///
/// Fact `layers-max`, official, <https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html>, read 2026-01-01.
pub const LAYERS_MAX: u32 = 5; // fact layers-max

/// A container image may be 10 GB, uncompressed. In words: 10 GB.
///
/// Fact `image-size`, official, <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>, read 2026-01-01.
pub const IMAGE_MAX_MB: u32 = 10_240; // fact image-size

/// Requests cost $0.20 per million. In words: $0.20 per million requests.
///
/// Fact `price-requests`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_REQUEST_PD: u64 = 200_000; // fact price-requests

/// x86 duration is priced in three tiers, from $0.0000166667 per GB-second. In words: $0.0000166667 per GB-second.
///
/// Fact `price-duration-x86`, official, <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json>, read 2026-10-05.
pub const PRICE_X86_GBS_PD: [(u64, u64); 3] = [(6_000_000_000, 16_666_700), (15_000_000_000, 15_000_000), (u64::MAX, 13_333_400)]; // fact price-duration-x86

/// Arm64 duration is priced in three tiers, from $0.0000133334 per GB-second. In words: $0.0000133334 per GB-second.
///
/// Fact `price-duration-arm`, official, <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json>, read 2026-10-05.
pub const PRICE_ARM_GBS_PD: [(u64, u64); 3] = [(7_500_000_000, 13_333_400), (18_750_000_000, 12_000_100), (u64::MAX, 10_666_700)]; // fact price-duration-arm

/// Keeping x86 provisioned concurrency on costs $0.0000041667 per GB-second. In words: $0.0000041667 per GB-second.
///
/// Fact `price-provisioned-x86`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_PROVISIONED_X86_GBS_PD: u64 = 4_166_700; // fact price-provisioned-x86

/// Duration on x86 provisioned concurrency costs $0.0000097222 per GB-second. In words: $0.0000097222 per GB-second.
///
/// Fact `price-provisioned-duration-x86`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_PROVISIONED_DURATION_X86_GBS_PD: u64 = 9_722_200; // fact price-provisioned-duration-x86

/// Keeping arm64 provisioned concurrency on costs $0.0000033334 per GB-second. In words: $0.0000033334 per GB-second.
///
/// Fact `price-provisioned-arm`, official, <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json>, read 2026-10-05.
pub const PRICE_PROVISIONED_ARM_GBS_PD: u64 = 3_333_400; // fact price-provisioned-arm

/// Duration on arm64 provisioned concurrency costs $0.0000077778 per GB-second. In words: $0.0000077778 per GB-second.
///
/// Fact `price-provisioned-duration-arm`, official, <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json>, read 2026-10-05.
pub const PRICE_PROVISIONED_DURATION_ARM_GBS_PD: u64 = 7_777_800; // fact price-provisioned-duration-arm

/// The free tier covers one million requests a month. In words: 1 million requests a month.
///
/// Fact `free-tier-requests`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const FREE_REQUESTS: u64 = 1_000_000; // fact free-tier-requests

/// The free tier covers 400,000 GB-seconds of on-demand duration a month. In words: 400,000 GB-seconds a month.
///
/// Fact `free-tier-duration`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const FREE_GBS: u64 = 400_000; // fact free-tier-duration

/// Temporary storage above 512 MB costs $0.0000000309 per GB-second. In words: $0.0000000309 per GB-second.
///
/// Fact `price-tmp`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_TMP_GBS_PD: u64 = 30_900; // fact price-tmp

/// A t3.small server costs $0.0208 an hour. In words: $0.0208 an hour.
///
/// Fact `price-t3-small`, secondary, <https://aws.amazon.com/ec2/pricing/on-demand/>, read 2026-09-09.
pub const PRICE_T3_SMALL_HOUR_PD: u64 = 20_800_000_000; // fact price-t3-small

/// A t4g.small server costs $0.0168 an hour. In words: $0.0168 an hour.
///
/// Fact `price-t4g-small`, secondary, <https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/us-east-1/index.json>, read 2026-09-16.
pub const PRICE_T4G_SMALL_HOUR_PD: u64 = 16_800_000_000; // fact price-t4g-small

/// A REST API of API Gateway costs $3.50 per million requests. In words: $3.50 per million requests.
///
/// Fact `price-api-gateway-rest`, official, <https://aws.amazon.com/api-gateway/pricing/>, read 2026-11-23.
pub const PRICE_API_GATEWAY_REST_REQUEST_PD: u64 = 3_500_000; // fact price-api-gateway-rest

/// An HTTP API of API Gateway costs $1.00 per million requests. In words: $1.00 per million requests.
///
/// Fact `price-api-gateway-http`, official, <https://aws.amazon.com/api-gateway/pricing/>, read 2026-11-23.
pub const PRICE_API_GATEWAY_HTTP_REQUEST_PD: u64 = 1_000_000; // fact price-api-gateway-http

/// A t3.small server has two vCPUs at a baseline of 20 % each, 0.4 vCPU in all. In words: 2 vCPUs at a 20 % baseline, 2 GiB.
///
/// Fact `t3-small-cpu`, secondary, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>, read 2026-04-01.
pub const T3_SMALL_BASELINE_MILLI_VCPU: u32 = 400; // fact t3-small-cpu

/// A t3.small server has two vCPUs at a baseline of 20 % each, 0.4 vCPU in all. In words: 2 vCPUs at a 20 % baseline, 2 GiB.
///
/// Fact `t3-small-cpu`, secondary, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>, read 2026-04-01.
pub const T3_SMALL_VCPU: u32 = 2; // fact t3-small-cpu

/// A t3.small server has two vCPUs at a baseline of 20 % each, 0.4 vCPU in all. In words: 2 vCPUs at a 20 % baseline, 2 GiB.
///
/// Fact `t3-small-cpu`, secondary, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>, read 2026-04-01.
pub const T3_SMALL_MEMORY_MB: u32 = 2_048; // fact t3-small-cpu

/// A t3.small server has two vCPUs at a baseline of 20 % each, 0.4 vCPU in all. In words: 2 vCPUs at a 20 % baseline, 2 GiB.
///
/// Fact `t3-small-cpu`, secondary, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html>, read 2026-04-01.
pub const T3_SMALL_CREDITS_PER_H: u32 = 24; // fact t3-small-cpu

/// Streaming a response costs $0.008 per GB above 6 MB of each request. In words: $0.008 per GB above 6 MB.
///
/// Fact `price-response-stream`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_RESPONSE_STREAM_GB_PD: u64 = 8_000_000_000; // fact price-response-stream

/// The free tier covers 100 GB of streamed responses a month. In words: 100 GB a month.
///
/// Fact `free-tier-response-stream`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const FREE_RESPONSE_STREAM_GB: u64 = 100; // fact free-tier-response-stream

/// An event poller unit for SQS costs $0.00925 an hour. In words: $0.00925 an hour.
///
/// Fact `price-sqs-poller`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_SQS_POLLER_HOUR_PD: u64 = 9_250_000_000; // fact price-sqs-poller

/// An event poller unit for Kafka costs $0.185 an hour. In words: $0.185 an hour.
///
/// Fact `price-kafka-poller`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_KAFKA_POLLER_HOUR_PD: u64 = 185_000_000_000; // fact price-kafka-poller

/// Event poller units are billed by the second, one minute at least. In words: by the second, 1 min at least.
///
/// Fact `poller-billing-minimum`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const POLLER_BILLING_MIN_MS: u64 = 60_000; // fact poller-billing-minimum

/// Lambda@Edge requests cost $0.60 per million. In words: $0.60 per million requests.
///
/// Fact `price-edge-requests`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_EDGE_REQUEST_PD: u64 = 600_000; // fact price-edge-requests

/// Lambda@Edge duration costs $0.00005001 per GB-second. In words: $0.00000625125 per 128 MB-second.
///
/// Fact `price-edge-duration`, official, <https://aws.amazon.com/lambda/pricing/>, read 2026-06-22.
pub const PRICE_EDGE_GBS_PD: u64 = 50_010_000; // fact price-edge-duration

/// A Compute Savings Plan takes up to 17 % off duration and provisioned concurrency, commonly 12 %. In words: up to 17 %, commonly 12 %.
///
/// Fact `savings-plan`, secondary, <https://aws.amazon.com/savingsplans/compute-pricing/>, read 2026-11-23.
pub const SAVINGS_PLAN_PERCENT: u32 = 12; // fact savings-plan

/// A Compute Savings Plan takes up to 17 % off duration and provisioned concurrency, commonly 12 %. In words: up to 17 %, commonly 12 %.
///
/// Fact `savings-plan`, secondary, <https://aws.amazon.com/savingsplans/compute-pricing/>, read 2026-11-23.
pub const SAVINGS_PLAN_MAX_PERCENT: u32 = 17; // fact savings-plan

/// The first price of API Gateway holds for 333 million REST or 300 million HTTP requests a month. In words: 333 million REST, 300 million HTTP.
///
/// Fact `api-gateway-tier-end`, official, <https://aws.amazon.com/api-gateway/pricing/>, read 2026-11-23.
pub const API_GATEWAY_REST_TIER_END: u64 = 333_000_000; // fact api-gateway-tier-end

/// The first price of API Gateway holds for 333 million REST or 300 million HTTP requests a month. In words: 333 million REST, 300 million HTTP.
///
/// Fact `api-gateway-tier-end`, official, <https://aws.amazon.com/api-gateway/pricing/>, read 2026-11-23.
pub const API_GATEWAY_HTTP_TIER_END: u64 = 300_000_000; // fact api-gateway-tier-end

/// An HTTP API counts a request for every 512 KB. In words: every 512 KB.
///
/// Fact `api-gateway-http-metering`, official, <https://aws.amazon.com/api-gateway/pricing/>, read 2026-11-23.
pub const API_GATEWAY_HTTP_METER_KB: u32 = 512; // fact api-gateway-http-metering

/// Requests to a standard queue cost $0.40 per million. In words: $0.40 per million requests.
///
/// Fact `price-sqs-standard`, official, <https://aws.amazon.com/sqs/pricing/>, read 2026-11-23.
pub const PRICE_SQS_STANDARD_REQUEST_PD: u64 = 400_000; // fact price-sqs-standard

/// Requests to a FIFO queue cost $0.50 per million. In words: $0.50 per million requests.
///
/// Fact `price-sqs-fifo`, official, <https://aws.amazon.com/sqs/pricing/>, read 2026-11-23.
pub const PRICE_SQS_FIFO_REQUEST_PD: u64 = 500_000; // fact price-sqs-fifo

/// SQS counts a request for every 64 KB. In words: every 64 KB.
///
/// Fact `sqs-metering`, official, <https://aws.amazon.com/sqs/pricing/>, read 2026-11-23.
pub const SQS_METER_KB: u32 = 64; // fact sqs-metering

/// The first million SQS requests a month are free. In words: 1 million requests a month.
///
/// Fact `free-tier-sqs`, official, <https://aws.amazon.com/sqs/pricing/>, read 2026-11-23.
pub const FREE_SQS_REQUESTS: u64 = 1_000_000; // fact free-tier-sqs

/// A Fargate vCPU on x86 costs $0.04048 an hour. In words: $0.04048 an hour.
///
/// Fact `price-fargate-vcpu-x86`, official, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const PRICE_FARGATE_X86_VCPU_HOUR_PD: u64 = 40_480_000_000; // fact price-fargate-vcpu-x86

/// Fargate memory on x86 costs $0.004445 per GB-hour. In words: $0.004445 per GB-hour.
///
/// Fact `price-fargate-memory-x86`, official, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const PRICE_FARGATE_X86_GB_HOUR_PD: u64 = 4_445_000_000; // fact price-fargate-memory-x86

/// A Fargate vCPU on arm64 costs $0.03238 an hour. In words: $0.03238 an hour.
///
/// Fact `price-fargate-vcpu-arm`, official, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const PRICE_FARGATE_ARM_VCPU_HOUR_PD: u64 = 32_380_000_000; // fact price-fargate-vcpu-arm

/// Fargate memory on arm64 costs $0.00356 per GB-hour. In words: $0.00356 per GB-hour.
///
/// Fact `price-fargate-memory-arm`, official, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const PRICE_FARGATE_ARM_GB_HOUR_PD: u64 = 3_560_000_000; // fact price-fargate-memory-arm

/// Fargate is billed by the second, one minute at least. In words: by the second, 1 min at least.
///
/// Fact `fargate-billing-minimum`, official, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const FARGATE_BILLING_MIN_MS: u64 = 60_000; // fact fargate-billing-minimum

/// CPU time beyond the credits of a t3 server costs $0.05 per vCPU-hour. In words: $0.05 per vCPU-hour.
///
/// Fact `price-t3-surplus`, secondary, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-unlimited-mode-concepts.html>, read 2026-04-01.
pub const PRICE_T3_SURPLUS_VCPU_HOUR_PD: u64 = 50_000_000_000; // fact price-t3-surplus

/// One CPU credit is one minute of one vCPU. In words: one vCPU-minute.
///
/// Fact `cpu-credit`, official, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html>, read 2026-04-01.
pub const CPU_CREDIT_MS: u64 = 60_000; // fact cpu-credit

/// A burstable server keeps no more CPU credits than it earns in 24 hours. In words: what 24 h earn.
///
/// Fact `cpu-credit-cap`, official, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html>, read 2026-04-01.
pub const CPU_CREDIT_CAP_MS: u64 = 86_400_000; // fact cpu-credit-cap

/// Writing logs to CloudWatch costs $0.50 per GB. In words: $0.50 per GB.
///
/// Fact `price-logs-ingest`, official, <https://aws.amazon.com/cloudwatch/pricing/>, read 2026-11-23.
pub const PRICE_LOGS_INGEST_GB_PD: u64 = 500_000_000_000; // fact price-logs-ingest

/// Keeping logs in CloudWatch costs $0.03 per GB and month. In words: $0.03 per GB and month.
///
/// Fact `price-logs-storage`, official, <https://aws.amazon.com/cloudwatch/pricing/>, read 2026-11-23.
pub const PRICE_LOGS_STORAGE_GB_MONTH_PD: u64 = 30_000_000_000; // fact price-logs-storage

/// A DynamoDB write of 1 KB costs $0.625 per million, on demand. In words: $0.625 per million write units.
///
/// Fact `price-dynamodb-write`, secondary, <https://airbyte.com/data-engineering-resources/dynamodb-pricing>, read 2026-11-23.
pub const PRICE_DYNAMODB_WRITE_UNIT_PD: u64 = 625_000; // fact price-dynamodb-write

/// A strongly consistent DynamoDB read of 4 KB costs $0.125 per million, on demand. In words: $0.125 per million read units.
///
/// Fact `price-dynamodb-read`, secondary, <https://airbyte.com/data-engineering-resources/dynamodb-pricing>, read 2026-11-23.
pub const PRICE_DYNAMODB_READ_UNIT_PD: u64 = 125_000; // fact price-dynamodb-read

/// A DynamoDB write unit covers 1 KB, a read unit 4 KB. In words: 1 KB written, 4 KB read.
///
/// Fact `dynamodb-units`, secondary, <https://airbyte.com/data-engineering-resources/dynamodb-pricing>, read 2026-11-23.
pub const DYNAMODB_WRITE_UNIT_KB: u32 = 1; // fact dynamodb-units

/// A DynamoDB write unit covers 1 KB, a read unit 4 KB. In words: 1 KB written, 4 KB read.
///
/// Fact `dynamodb-units`, secondary, <https://airbyte.com/data-engineering-resources/dynamodb-pricing>, read 2026-11-23.
pub const DYNAMODB_READ_UNIT_KB: u32 = 4; // fact dynamodb-units

/// Custom events of EventBridge cost $1.00 per million. In words: $1.00 per million events.
///
/// Fact `price-event-bridge`, secondary, <https://cloudburn.io/blog/amazon-eventbridge-pricing>, read 2026-11-23.
pub const PRICE_EVENT_BRIDGE_EVENT_PD: u64 = 1_000_000; // fact price-event-bridge

/// EventBridge counts a custom event for every 64 KB. In words: every 64 KB.
///
/// Fact `event-bridge-metering`, secondary, <https://cloudburn.io/blog/amazon-eventbridge-pricing>, read 2026-11-23.
pub const EVENT_BRIDGE_METER_KB: u32 = 64; // fact event-bridge-metering

/// EventBridge Scheduler costs $1.00 per million invocations. In words: $1.00 per million invocations.
///
/// Fact `price-scheduler`, secondary, <https://cloudburn.io/blog/amazon-eventbridge-pricing>, read 2026-11-23.
pub const PRICE_SCHEDULER_INVOCATION_PD: u64 = 1_000_000; // fact price-scheduler

/// The first 14 million Scheduler invocations a month are free. In words: 14 million a month.
///
/// Fact `free-tier-scheduler`, secondary, <https://cloudburn.io/blog/amazon-eventbridge-pricing>, read 2026-11-23.
pub const FREE_SCHEDULER_INVOCATIONS: u64 = 14_000_000; // fact free-tier-scheduler

/// A provisioned Kinesis shard costs $0.015 an hour. In words: $0.015 an hour.
///
/// Fact `price-kinesis-shard`, unconfirmed, <https://aws.amazon.com/kinesis/data-streams/pricing/>, read 2026-11-23.
pub const PRICE_KINESIS_SHARD_HOUR_PD: u64 = 15_000_000_000; // fact price-kinesis-shard

/// Kinesis PUT units of 25 KB cost $0.014 per million. In words: $0.014 per million PUT units.
///
/// Fact `price-kinesis-put`, unconfirmed, <https://aws.amazon.com/kinesis/data-streams/pricing/>, read 2026-11-23.
pub const PRICE_KINESIS_PUT_UNIT_PD: u64 = 14_000; // fact price-kinesis-put

/// A Kinesis PUT unit covers 25 KB. In words: 25 KB.
///
/// Fact `kinesis-put-unit`, unconfirmed, <https://aws.amazon.com/kinesis/data-streams/pricing/>, read 2026-11-23.
pub const KINESIS_PUT_UNIT_KB: u32 = 25; // fact kinesis-put-unit

/// Publishing to a standard SNS topic costs $0.50 per million. In words: $0.50 per million publishes.
///
/// Fact `price-sns-publish`, unconfirmed, <https://aws.amazon.com/sns/pricing/>, read 2026-11-23.
pub const PRICE_SNS_PUBLISH_PD: u64 = 500_000; // fact price-sns-publish

/// The first million SNS publishes a month are free. In words: 1 million a month.
///
/// Fact `free-tier-sns`, unconfirmed, <https://aws.amazon.com/sns/pricing/>, read 2026-11-23.
pub const FREE_SNS_PUBLISHES: u64 = 1_000_000; // fact free-tier-sns

/// RDS Proxy costs $0.015 per hour and vCPU of the database. In words: $0.015 per vCPU-hour.
///
/// Fact `price-rds-proxy`, unconfirmed, <https://aws.amazon.com/rds/proxy/pricing/>, read 2026-11-23.
pub const PRICE_RDS_PROXY_VCPU_HOUR_PD: u64 = 15_000_000_000; // fact price-rds-proxy

/// RDS Proxy is billed for two vCPUs at least. In words: 2 vCPUs.
///
/// Fact `rds-proxy-minimum`, unconfirmed, <https://aws.amazon.com/rds/proxy/pricing/>, read 2026-11-23.
pub const RDS_PROXY_VCPU_MIN: u32 = 2; // fact rds-proxy-minimum

/// A NAT gateway costs $0.045 an hour. In words: $0.045 an hour.
///
/// Fact `price-nat-hour`, secondary, <https://aws.amazon.com/vpc/pricing/>, read 2026-11-23.
pub const PRICE_NAT_HOUR_PD: u64 = 45_000_000_000; // fact price-nat-hour

/// Data through a NAT gateway costs $0.045 per GB. In words: $0.045 per GB.
///
/// Fact `price-nat-data`, secondary, <https://aws.amazon.com/vpc/pricing/>, read 2026-11-23.
pub const PRICE_NAT_GB_PD: u64 = 45_000_000_000; // fact price-nat-data

/// Concurrency metrics have a granularity of one minute. In words: 1 min.
///
/// Fact `metrics-granularity`, official, <https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html>, read 2026-01-01.
pub const METRIC_PERIOD_MS: u64 = 60_000; // fact metrics-granularity

/// An API Gateway REST API waits for its integration for at most 29 s unless a Regional or private API was granted more. In words: 29 s.
///
/// Fact `rest-api-timeout`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const REST_API_TIMEOUT_MS: u64 = 29_000; // fact rest-api-timeout

/// We let a mapping wait 1 s before it tries a batch again, and twice as long each time, up to 60 s. In words: 1 s, doubling up to 60 s.
///
/// Fact `mapping-retry-wait`, our choice, <https://docs.aws.amazon.com/lambda/latest/operatorguide/sqs-retries.html>, read 2026-11-23.
pub const MAPPING_RETRY_WAIT_MIN_MS: u64 = 1_000; // fact mapping-retry-wait

/// We let a mapping wait 1 s before it tries a batch again, and twice as long each time, up to 60 s. In words: 1 s, doubling up to 60 s.
///
/// Fact `mapping-retry-wait`, our choice, <https://docs.aws.amazon.com/lambda/latest/operatorguide/sqs-retries.html>, read 2026-11-23.
pub const MAPPING_RETRY_WAIT_MAX_MS: u64 = 60_000; // fact mapping-retry-wait

/// We call a queue quiet when its mapping has had nothing to do for 20 s: scaling then starts anew. In words: 20 s.
///
/// Fact `mapping-quiet`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html>, read 2026-11-23.
pub const MAPPING_QUIET_MS: u64 = 20_000; // fact mapping-quiet

/// We reclaim an idle environment after 640 seconds unless another profile is chosen. In words: 640 s.
///
/// Fact `idle-life-default`, our choice, <https://github.com/pacslab/serverless-performance-modeling>, read 2026-11-23.
pub const IDLE_LIFE_LOGS_2020_MS: u64 = 640_000; // fact idle-life-default

/// We recycle even a busy environment after two to four hours, drawn evenly. In words: 2 to 4 h.
///
/// Fact `max-life`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-23.
pub const MAX_LIFE_MIN_MS: u64 = 7_200_000; // fact max-life

/// We recycle even a busy environment after two to four hours, drawn evenly. In words: 2 to 4 h.
///
/// Fact `max-life`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-23.
pub const MAX_LIFE_MAX_MS: u64 = 14_400_000; // fact max-life

/// Fetching a small zip and creating its sandbox takes 50 to 250 ms before INIT. In words: 50 to 250 ms.
///
/// Fact `sandbox-time`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-23.
pub const SANDBOX_MIN_MS: u64 = 50; // fact sandbox-time

/// Fetching a small zip and creating its sandbox takes 50 to 250 ms before INIT. In words: 50 to 250 ms.
///
/// Fact `sandbox-time`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-23.
pub const SANDBOX_MAX_MS: u64 = 250; // fact sandbox-time

/// In 2021 each megabyte of a zip added about 0.1 s to a cold start. In words: 0.103 s per MB.
///
/// Fact `zip-size-slope-2021`, derived, <https://mikhail.io/serverless/coldstarts/aws/>, read 2021-01-05.
pub const ZIP_2021_PER_MB_MS: u64 = 103; // fact zip-size-slope-2021

/// Before late 2019 each new environment in a VPC waited about ten seconds for a network interface of its own. In words: 8 to 10 s.
///
/// Fact `vpc-interfaces-own`, secondary, <https://cheatcoders.net/lambda-vpc-cold-start-fix-hyperplane/>, read 2026-11-25.
pub const OWN_INTERFACE_LOW_MS: u64 = 8_000; // fact vpc-interfaces-own

/// Before late 2019 each new environment in a VPC waited about ten seconds for a network interface of its own. In words: 8 to 10 s.
///
/// Fact `vpc-interfaces-own`, secondary, <https://cheatcoders.net/lambda-vpc-cold-start-fix-hyperplane/>, read 2026-11-25.
pub const OWN_INTERFACE_HIGH_MS: u64 = 10_000; // fact vpc-interfaces-own

/// An environment that Lambda starts ahead of requests waits between a second and ten minutes for its first. In words: 1 s to 10 min.
///
/// Fact `proactive-lead`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-25.
pub const PROACTIVE_LEAD_LOW_MS: u64 = 1_000; // fact proactive-lead

/// An environment that Lambda starts ahead of requests waits between a second and ten minutes for its first. In words: 1 s to 10 min.
///
/// Fact `proactive-lead`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>, read 2026-11-25.
pub const PROACTIVE_LEAD_HIGH_MS: u64 = 600_000; // fact proactive-lead

/// The scaling allowance is a bucket of 1,000 environments that refills at 100 a second. In words: 1,000, refilled at 100 per second.
///
/// Fact `scaling-bucket`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html>, read 2026-11-23.
pub const SCALING_REFILL_PER_S: u32 = 100; // fact scaling-bucket

/// Preparation of provisioned concurrency takes 90 s, the middle of AWS's range, unless set. In words: 90 s.
///
/// Fact `provisioned-preparation-middle`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-11-23.
pub const PROVISIONED_PREPARATION_DEFAULT_MS: u64 = 90_000; // fact provisioned-preparation-middle

/// EventBridge and Scheduler wait 1 s after the first refusal, twice as long after each further one, up to 488 s, give or take a half. In words: 1 s to 488 s, doubling, give or take a half.
///
/// Fact `event-bridge-backoff`, our choice, <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html>, read 2026-11-23.
pub const EVENT_BRIDGE_WAIT_MIN_MS: u64 = 1_000; // fact event-bridge-backoff

/// EventBridge and Scheduler wait 1 s after the first refusal, twice as long after each further one, up to 488 s, give or take a half. In words: 1 s to 488 s, doubling, give or take a half.
///
/// Fact `event-bridge-backoff`, our choice, <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html>, read 2026-11-23.
pub const EVENT_BRIDGE_WAIT_MAX_MS: u64 = 488_000; // fact event-bridge-backoff

/// An S3 notification takes 3 s on average, and one in a hundred more than 30 s, unless set. In words: 3 s on average, 30 s at the 99th percentile.
///
/// Fact `s3-notification-delay`, our choice, <https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html>, read 2026-11-23.
pub const S3_NOTIFICATION_MEAN_MS: u64 = 3_000; // fact s3-notification-delay

/// An S3 notification takes 3 s on average, and one in a hundred more than 30 s, unless set. In words: 3 s on average, 30 s at the 99th percentile.
///
/// Fact `s3-notification-delay`, our choice, <https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html>, read 2026-11-23.
pub const S3_NOTIFICATION_P99_MS: u64 = 30_000; // fact s3-notification-delay

/// The requests-per-second quotas are buckets one second deep. In words: 1 s deep.
///
/// Fact `rate-quota-bucket`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>, read 2026-11-23.
pub const RATE_QUOTA_DEPTH_MS: u64 = 1_000; // fact rate-quota-bucket

/// For comparison a Fargate task has a quarter of a vCPU and 512 MB. In words: 0.25 vCPU and 512 MB.
///
/// Fact `fargate-task`, our choice, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const FARGATE_TASK_MILLI_VCPU: u32 = 250; // fact fargate-task

/// For comparison a Fargate task has a quarter of a vCPU and 512 MB. In words: 0.25 vCPU and 512 MB.
///
/// Fact `fargate-task`, our choice, <https://aws.amazon.com/fargate/pricing/>, read 2026-11-23.
pub const FARGATE_TASK_MB: u32 = 512; // fact fargate-task
