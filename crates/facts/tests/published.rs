//! The constants against the published figures, written here a second time and in the units of their sources.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use coldstart_facts::*;

/// Picodollars of a decimal amount in dollars; panics unless they are whole.
fn pd(usd: &str) -> u64 {
    let (whole, fraction) = usd.split_once('.').unwrap_or((usd, ""));
    assert!(fraction.len() <= 12, "{usd} has less than a picodollar");
    let digits = format!("{whole}{fraction:0<12}");
    digits.parse().unwrap()
}

#[test]
fn limits_agree_with_the_documentation() {
    assert_eq!([MEMORY_MIN_MB, MEMORY_MAX_MB, MEMORY_STEP_MB, MEMORY_DEFAULT_MB], [128, 10_240, 1, 128]);
    assert_eq!(ONE_VCPU_AT_MB, 1_769);
    assert_eq!(VCPU_MAX_MILLI, MEMORY_MAX_MB * 1000 / ONE_VCPU_AT_MB);
    assert_eq!([TIMEOUT_MIN_MS, TIMEOUT_MAX_MS, TIMEOUT_DEFAULT_MS], [1, 900, 3].map(|s| s * 1000));
    assert_eq!([INIT_LIMIT_MS, INIT_LIMIT_PROVISIONED_MS, RESTORE_LIMIT_MS], [10, 130, 10].map(|s| s * 1000));
    let shutdown = [SHUTDOWN_NO_EXTENSION_MS, SHUTDOWN_INTERNAL_EXTENSION_MS, SHUTDOWN_EXTERNAL_EXTENSION_MS];
    assert_eq!(shutdown, [0, 500, 2_000]);
    assert_eq!([TMP_FREE_MB, TMP_MAX_MB], [512, 10_240]);
}

#[test]
fn concurrency_agrees_with_the_documentation() {
    assert_eq!([ACCOUNT_CONCURRENCY_DEFAULT, UNRESERVED_FLOOR], [1_000, 100]);
    assert_eq!((SCALING_ENVIRONMENTS, SCALING_PERIOD_MS), (1_000, 10_000));
    assert_eq!(u64::from(SCALING_REFILL_PER_S) * SCALING_PERIOD_MS / 1000, u64::from(SCALING_ENVIRONMENTS));
    assert_eq!([REQUESTS_PER_S_PER_CONCURRENCY, PROVISIONED_REQUESTS_PER_S_PER_UNIT], [10, 10]);
    assert_eq!(PROVISIONED_RAMP_PER_MIN, 6_000);
    assert_eq!([PROVISIONED_PREPARATION_MIN_MS, PROVISIONED_PREPARATION_MAX_MS], [60_000, 120_000]);
    assert_eq!(PROVISIONED_BILLING_STEP_MS, 300_000);
}

#[test]
fn asynchronous_retries_agree_with_the_documentation() {
    assert_eq!([ASYNC_ERROR_FIRST_DELAY_MS, ASYNC_ERROR_SECOND_DELAY_MS], [60_000, 120_000]);
    assert_eq!([ASYNC_THROTTLE_WAIT_MIN_MS, ASYNC_THROTTLE_WAIT_MAX_MS], [1_000, 300_000]);
    assert_eq!((ASYNC_MAX_ATTEMPTS, ASYNC_MAX_AGE_MAX_MS), (3, 21_600_000));
}

#[test]
fn queues_and_streams_agree_with_the_documentation() {
    let hours = |hours: u64| hours * 3_600_000;
    assert_eq!([SQS_CONCURRENCY_START, SQS_CONCURRENCY_PER_MIN, SQS_CONCURRENCY_MAX], [5, 300, 1_250]);
    assert_eq!(
        [SQS_BATCH_DEFAULT, SQS_BATCH_MAX, SQS_FIFO_BATCH_MAX, STREAM_BATCH_DEFAULT, STREAM_BATCH_MAX],
        [10, 10_000, 10, 100, 10_000]
    );
    assert_eq!([SQS_RETENTION_DEFAULT_MS, SQS_RETENTION_MAX_MS], [hours(4 * 24), hours(14 * 24)]);
    assert_eq!([SQS_VISIBILITY_DEFAULT_MS, SQS_VISIBILITY_MAX_MS], [30_000, hours(12)]);
    assert_eq!([KINESIS_RETENTION_DEFAULT_MS, KINESIS_RETENTION_MAX_MS, DYNAMODB_STREAM_RETENTION_MS], [24, 365 * 24, 24].map(hours));
    assert_eq!(STREAM_RECORD_AGE_MAX_MS, hours(7 * 24));
    assert_eq!([SQS_MESSAGE_MAX_KIB, KINESIS_RECORD_MAX_MIB * 1_024], [1_024, 10_240]);
}

#[test]
fn deliveries_and_front_doors_agree_with_the_documentation() {
    assert_eq!(SNS_IMMEDIATE_TRIES + SNS_PRE_BACKOFF_TRIES + SNS_BACKOFF_TRIES + SNS_POST_BACKOFF_TRIES, 100_015);
    assert_eq!((EVENT_BRIDGE_RETRIES_MAX, EVENT_BRIDGE_AGE_MAX_MS), (185, 86_400_000));
    assert_eq!([REST_API_TIMEOUT_MS, HTTP_API_TIMEOUT_MS, EDGE_TIMEOUT_MS], [29_000, 30_000, 30_000]);
    assert_eq!([API_GATEWAY_REQUESTS_PER_S, API_GATEWAY_BURST], [10_000, 5_000]);
    assert_eq!([SYNC_PAYLOAD_MAX_MB, API_GATEWAY_PAYLOAD_MAX_MB, ALB_PAYLOAD_MAX_MB, RESPONSE_STREAM_MAX_MB], [6, 10, 1, 200]);
    // An asynchronous event of the largest size is billed as 13 requests.
    assert_eq!(1 + (ASYNC_PAYLOAD_MAX_KB - ASYNC_FIRST_REQUEST_KB) / ASYNC_EXTRA_REQUEST_KB, 13);
}

#[test]
fn prices_agree_with_the_price_list() {
    let x86 = [(6_000_000_000, pd("0.0000166667")), (15_000_000_000, pd("0.000015")), (u64::MAX, pd("0.0000133334"))];
    let arm = [(7_500_000_000, pd("0.0000133334")), (18_750_000_000, pd("0.0000120001")), (u64::MAX, pd("0.0000106667"))];
    assert_eq!(PRICE_X86_GBS_PD, x86);
    assert_eq!(PRICE_ARM_GBS_PD, arm);
    let single = [
        (PRICE_REQUEST_PD, "0.0000002"),
        (PRICE_PROVISIONED_X86_GBS_PD, "0.0000041667"),
        (PRICE_PROVISIONED_DURATION_X86_GBS_PD, "0.0000097222"),
        (PRICE_PROVISIONED_ARM_GBS_PD, "0.0000033334"),
        (PRICE_PROVISIONED_DURATION_ARM_GBS_PD, "0.0000077778"),
        (PRICE_TMP_GBS_PD, "0.0000000309"),
        (PRICE_API_GATEWAY_REST_REQUEST_PD, "0.0000035"),
        (PRICE_API_GATEWAY_HTTP_REQUEST_PD, "0.000001"),
        (PRICE_T3_SMALL_HOUR_PD, "0.0208"),
        (PRICE_T4G_SMALL_HOUR_PD, "0.0168"),
        (PRICE_RESPONSE_STREAM_GB_PD, "0.008"),
        (PRICE_SNAPSTART_CACHE_GBS_PD, "0.0000015046"),
        (PRICE_SNAPSTART_RESTORE_GB_PD, "0.0001397998"),
        (PRICE_SQS_POLLER_HOUR_PD, "0.00925"),
        (PRICE_KAFKA_POLLER_HOUR_PD, "0.185"),
        (PRICE_EDGE_REQUEST_PD, "0.0000006"),
        (PRICE_SQS_STANDARD_REQUEST_PD, "0.0000004"),
        (PRICE_SQS_FIFO_REQUEST_PD, "0.0000005"),
        (PRICE_FARGATE_X86_VCPU_HOUR_PD, "0.04048"),
        (PRICE_FARGATE_X86_GB_HOUR_PD, "0.004445"),
        (PRICE_FARGATE_ARM_VCPU_HOUR_PD, "0.03238"),
        (PRICE_FARGATE_ARM_GB_HOUR_PD, "0.00356"),
        (PRICE_T3_SURPLUS_VCPU_HOUR_PD, "0.05"),
        (PRICE_LOGS_INGEST_GB_PD, "0.5"),
        (PRICE_LOGS_STORAGE_GB_MONTH_PD, "0.03"),
        (PRICE_DYNAMODB_WRITE_UNIT_PD, "0.000000625"),
        (PRICE_DYNAMODB_READ_UNIT_PD, "0.000000125"),
        (PRICE_EVENT_BRIDGE_EVENT_PD, "0.000001"),
        (PRICE_SCHEDULER_INVOCATION_PD, "0.000001"),
        (PRICE_KINESIS_SHARD_HOUR_PD, "0.015"),
        (PRICE_KINESIS_PUT_UNIT_PD, "0.000000014"),
        (PRICE_SNS_PUBLISH_PD, "0.0000005"),
        (PRICE_RDS_PROXY_VCPU_HOUR_PD, "0.015"),
        (PRICE_NAT_HOUR_PD, "0.045"),
        (PRICE_NAT_GB_PD, "0.045"),
    ];
    for (constant, usd) in single {
        assert_eq!(constant, pd(usd), "{usd}");
    }
    // Lambda@Edge is priced by the 128 MB-second.
    assert_eq!(PRICE_EDGE_GBS_PD, 8 * pd("0.00000625125"));
    assert_eq!((FREE_REQUESTS, FREE_GBS, FREE_RESPONSE_STREAM_GB), (1_000_000, 400_000, 100));
    assert_eq!([FREE_SQS_REQUESTS, FREE_SNS_PUBLISHES, FREE_SCHEDULER_INVOCATIONS], [1_000_000, 1_000_000, 14_000_000]);
}

#[test]
fn every_runtime_has_init_and_first_run() {
    let zip_x86: Vec<_> = INIT_QUANTILES.iter().filter(|table| (table.architecture, table.package) == ("x86_64", "zip")).collect();
    assert_eq!(zip_x86.len(), 24);
    assert_eq!(zip_x86.iter().filter(|table| table.points.len() == 9).count(), 14, "runtimes with all quantiles");
    let first_runs: Vec<_> = FIRST_RUN.iter().map(|run| run.runtime).collect();
    assert_eq!(first_runs, zip_x86.iter().map(|table| table.runtime).collect::<Vec<_>>());
    for table in INIT_QUANTILES {
        for rank in [500, 900, 990] {
            assert!(table.points.iter().any(|point| point.0 == rank), "{} p{rank}", table.runtime);
        }
    }
}

#[test]
fn a_first_run_of_compiled_code_is_cpu_bound() {
    let dotnet = FIRST_RUN.iter().find(|run| run.runtime == "dotnet8").unwrap();
    assert_eq!(dotnet.points, [(128, 719_900), (256, 358_200), (512, 165_300), (1024, 74_900)]);
    // 165.3 ms of a 512 / 1,769 share.
    assert_eq!(dotnet.cpu_equivalent_us, 47_843);
}

#[test]
fn idle_profiles_have_the_slugs_that_scenarios_name() {
    let slugs: Vec<_> = IDLE_LIFE_PROFILES.iter().map(|profile| profile.slug).collect();
    assert_eq!(slugs, ["y2017", "early_2019", "mid_2019", "logs_2020", "cliff_2021"]);
    let logs = IDLE_LIFE_PROFILES.iter().find(|profile| profile.slug == "logs_2020").unwrap();
    assert!(logs.points.iter().all(|point| point.1 == IDLE_LIFE_LOGS_2020_MS));
}

#[test]
fn a_rule_is_picked_by_the_day() {
    let on = |rule: &Rule, day: &str| rule.on(Date::parse(day));
    let cases = [
        (&rules::BILLING_STEP_MS, "2020-11-30", 100),
        (&rules::BILLING_STEP_MS, "2020-12-01", 1),
        (&rules::INIT_BILLED, "2025-07-31", 0),
        (&rules::INIT_BILLED, "2025-08-01", 1),
        (&rules::SCALING_BURST, "2023-11-25", 3_000),
        (&rules::SCALING_PER_MIN, "2023-11-25", 500),
        (&rules::SCALING_IS_SHARED, "2023-11-25", 1),
        (&rules::SCALING_IS_SHARED, "2023-11-26", 0),
        (&rules::SCALING_BURST, "2018-01-01", 3_000),
        (&rules::ASYNC_PAYLOAD_KB, "2025-09-30", 256),
        (&rules::ASYNC_PAYLOAD_KB, "2025-10-01", 1_024),
        (&rules::RESPONSE_STREAM_MB, "2025-07-30", 20),
        (&rules::SQS_CONCURRENCY_PER_MIN, "2023-10-31", 60),
        (&rules::SQS_MESSAGE_KIB, "2024-12-31", 256),
    ];
    for (rule, day, value) in cases {
        assert_eq!(on(rule, day), value, "{day} {rule:?}");
    }
    assert_eq!(rules::BILLING_STEP_MS.on(None), BILLING_STEP_MS);
    assert_eq!(rules::SCALING_BURST.on(None), u64::from(SCALING_ENVIRONMENTS));
    assert_eq!(rules::SCALING_PER_MIN.on(None) * SCALING_PERIOD_MS, u64::from(SCALING_ENVIRONMENTS) * 60_000);
    assert_eq!(rules::SQS_MESSAGE_KIB.on(None), u64::from(SQS_MESSAGE_MAX_KIB));
}
