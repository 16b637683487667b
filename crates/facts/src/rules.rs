// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.

//! Rules that changed over time, each with its periods: what [`Rule::on`] picks from.

use crate::date::Date;
use crate::types::{Period, Rule};

/// Facts `async-payload-old`, `async-payload`.
pub static ASYNC_PAYLOAD_KB: Rule = Rule { periods: &[
    Period { from: None, value: 256 }, // fact async-payload-old
    Period { from: Some(Date::of(2025, 10, 1)), value: 1_024 }, // fact async-payload
] };

/// Facts `billing-step-old`, `billing-step`.
pub static BILLING_STEP_MS: Rule = Rule { periods: &[
    Period { from: None, value: 100 }, // fact billing-step-old
    Period { from: Some(Date::of(2020, 12, 1)), value: 1 }, // fact billing-step
] };

/// Facts `init-unbilled-old`, `init-billed`.
pub static INIT_BILLED: Rule = Rule { periods: &[
    Period { from: None, value: 0 }, // fact init-unbilled-old
    Period { from: Some(Date::of(2025, 8, 1)), value: 1 }, // fact init-billed
] };

/// Facts `response-stream-size-old`, `response-stream-size`.
pub static RESPONSE_STREAM_MB: Rule = Rule { periods: &[
    Period { from: Some(Date::of(2023, 4, 1)), value: 20 }, // fact response-stream-size-old
    Period { from: Some(Date::of(2025, 7, 31)), value: 200 }, // fact response-stream-size
] };

/// Facts `scaling-burst-old`, `scaling-rate`.
pub static SCALING_BURST: Rule = Rule { periods: &[
    Period { from: Some(Date::of(2019, 1, 1)), value: 3_000 }, // fact scaling-burst-old
    Period { from: Some(Date::of(2023, 11, 26)), value: 1_000 }, // fact scaling-rate
] };

/// Facts `scaling-burst-old`, `scaling-rate`.
pub static SCALING_IS_SHARED: Rule = Rule { periods: &[
    Period { from: Some(Date::of(2019, 1, 1)), value: 1 }, // fact scaling-burst-old
    Period { from: Some(Date::of(2023, 11, 26)), value: 0 }, // fact scaling-rate
] };

/// Facts `scaling-burst-old`, `scaling-rate`.
pub static SCALING_PER_MIN: Rule = Rule { periods: &[
    Period { from: Some(Date::of(2019, 1, 1)), value: 500 }, // fact scaling-burst-old
    Period { from: Some(Date::of(2023, 11, 26)), value: 6_000 }, // fact scaling-rate
] };

/// Facts `sqs-scaling-old`, `sqs-scaling`.
pub static SQS_CONCURRENCY_MAX: Rule = Rule { periods: &[
    Period { from: None, value: 1_000 }, // fact sqs-scaling-old
    Period { from: Some(Date::of(2023, 11, 1)), value: 1_250 }, // fact sqs-scaling
] };

/// Facts `sqs-scaling-old`, `sqs-scaling`.
pub static SQS_CONCURRENCY_PER_MIN: Rule = Rule { periods: &[
    Period { from: None, value: 60 }, // fact sqs-scaling-old
    Period { from: Some(Date::of(2023, 11, 1)), value: 300 }, // fact sqs-scaling
] };

/// Facts `sqs-message-size-old`, `sqs-message-size`.
pub static SQS_MESSAGE_KIB: Rule = Rule { periods: &[
    Period { from: None, value: 256 }, // fact sqs-message-size-old
    Period { from: Some(Date::of(2025, 1, 1)), value: 1_024 }, // fact sqs-message-size
] };
