// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.

//! Figures of AWS Lambda as constants, in the unit that each name ends in.
//!
//! `_MS` milliseconds, `_MB` megabytes, `_PD` picodollars (10^-12 USD), `_GBS` gigabyte-seconds.

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

/// A throttled call gets error 429, TooManyRequestsException. In words: 429 TooManyRequestsException.
///
/// Fact `throttle-error`, official, <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>, read 2026-09-01.
pub const THROTTLE_HTTP_STATUS: u32 = 429; // fact throttle-error

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

/// The maximum age of an asynchronous event can be set from 60 s to 6 h; the default is 6 h. In words: 60 s to 6 h.
///
/// Fact `async-age-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>, read 2026-01-01.
pub const ASYNC_MAX_AGE_MIN_MS: u64 = 60_000; // fact async-age-range

/// The maximum age of an asynchronous event can be set from 60 s to 6 h; the default is 6 h. In words: 60 s to 6 h.
///
/// Fact `async-age-range`, official, <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>, read 2026-01-01.
pub const ASYNC_MAX_AGE_MAX_MS: u64 = 21_600_000; // fact async-age-range

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

/// An API Gateway REST API waits for its integration for at most 29 s unless a Regional or private API was granted more. In words: 29 s.
///
/// Fact `rest-api-timeout`, official, <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>, read 2026-04-01.
pub const REST_API_TIMEOUT_MS: u64 = 29_000; // fact rest-api-timeout

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

/// The scaling allowance is a bucket of 1,000 environments that refills at 100 a second. In words: 1,000, refilled at 100 per second.
///
/// Fact `scaling-bucket`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html>, read 2026-11-23.
pub const SCALING_REFILL_PER_S: u32 = 100; // fact scaling-bucket

/// Preparation of provisioned concurrency takes 90 s, the middle of AWS's range, unless set. In words: 90 s.
///
/// Fact `provisioned-preparation-middle`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>, read 2026-11-23.
pub const PROVISIONED_PREPARATION_DEFAULT_MS: u64 = 90_000; // fact provisioned-preparation-middle

/// The requests-per-second quotas are buckets one second deep. In words: 1 s deep.
///
/// Fact `rate-quota-bucket`, our choice, <https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html>, read 2026-11-23.
pub const RATE_QUOTA_DEPTH_MS: u64 = 1_000; // fact rate-quota-bucket
