//! The rules that changed over time, as they were on the day of `account.rules_as_of`: picked from the facts registry by its dates.

use crate::spec::{PackageSpec, ReclaimProfileSpec};
use coldstart_facts::{Date, IDLE_LIFE_PROFILES, IdleLifeProfile, SCALING_PERIOD_MS, rules};
use serde::{Deserialize, Serialize};

const MINUTE_MS: u64 = 60_000;

/// Runtimes of ours that AWS manages; the others are custom ones, which paid for INIT all along.
const MANAGED: [&str; 5] = ["nodejs", "python", "java", "dotnet", "ruby"];
/// Code compiled ahead of time brings its own runtime.
const AHEAD_OF_TIME: &str = "aot";

/// Rules of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    /// What billed time is rounded up to (facts D1).
    pub(crate) billing_step_ms: u64,
    /// Whether INIT of zip functions on managed runtimes is billed on demand (facts D3).
    pub(crate) init_billed: bool,
    /// Most KB of an asynchronous event (facts G12).
    pub(crate) async_payload_kb: u32,
    /// Most KB of a message in a queue (facts H16).
    pub(crate) sqs_message_kb: u32,
    /// Concurrent batches from a queue: how many more a minute, and the most (facts H4).
    pub(crate) sqs_scaling: (u32, u32),
    /// Most MB of a streamed answer (facts J15).
    pub(crate) response_stream_mb: u32,
    /// The one scaling allowance of all functions, where they share one (facts E9).
    pub(crate) shared_scaling: Option<SharedScaling>,
}

/// A burst of environments, and how many more a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SharedScaling {
    pub(crate) burst: u64,
    pub(crate) per_min: u64,
}

impl Rules {
    /// Those of a day, or today's.
    pub(crate) fn on(day: Option<Date>) -> Self {
        let shared = SharedScaling { burst: rules::SCALING_BURST.on(day), per_min: rules::SCALING_PER_MIN.on(day) };
        Self {
            billing_step_ms: rules::BILLING_STEP_MS.on(day),
            init_billed: rules::INIT_BILLED.on(day) > 0,
            async_payload_kb: rules::ASYNC_PAYLOAD_KB.on(day) as u32,
            sqs_message_kb: rules::SQS_MESSAGE_KIB.on(day) as u32,
            sqs_scaling: (rules::SQS_CONCURRENCY_PER_MIN.on(day) as u32, rules::SQS_CONCURRENCY_MAX.on(day) as u32),
            response_stream_mb: rules::RESPONSE_STREAM_MB.on(day) as u32,
            shared_scaling: (rules::SCALING_IS_SHARED.on(day) > 0).then_some(shared),
        }
    }

    /// Whether INIT of such a function is billed on demand.
    pub(crate) fn bills_init(self, package: PackageSpec, runtime: &str) -> bool {
        let managed = runtime.is_empty() || (MANAGED.iter().any(|name| runtime.starts_with(name)) && !runtime.contains(AHEAD_OF_TIME));
        self.init_billed || package == PackageSpec::Image || !managed
    }
}

/// The measurement of idle life that a profile names; by the date, the last one that had been begun by then, else the first.
pub(crate) fn idle_profile(profile: ReclaimProfileSpec, day: Option<Date>) -> Option<&'static IdleLifeProfile> {
    let begun = |row: &&IdleLifeProfile| day.is_none_or(|day| row.from.is_none_or(|from| from <= day));
    let slug = match profile {
        ReclaimProfileSpec::Y2017 => "y2017",
        ReclaimProfileSpec::Early2019 => "early_2019",
        ReclaimProfileSpec::Mid2019 => "mid_2019",
        ReclaimProfileSpec::Logs2020 => "logs_2020",
        ReclaimProfileSpec::Cliff2021 => "cliff_2021",
        ReclaimProfileSpec::ByDate => return IDLE_LIFE_PROFILES.iter().rev().find(begun).or(IDLE_LIFE_PROFILES.first()),
    };
    IDLE_LIFE_PROFILES.iter().find(|row| row.slug == slug)
}

/// Microseconds in which as many tokens flow in as today's bucket holds.
pub(crate) const SCALING_PERIOD_US: u64 = SCALING_PERIOD_MS * 1_000;

/// Microseconds in which a minute's allowance flows in.
pub(crate) const MINUTE_US: u64 = MINUTE_MS * 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_picks_the_rules() {
        let on = |day: &str| Rules::on(Date::parse(day));
        let burst = SharedScaling { burst: 3_000, per_min: 500 };
        let today = Rules {
            billing_step_ms: 1,
            init_billed: true,
            async_payload_kb: 1_024,
            sqs_message_kb: 1_024,
            sqs_scaling: (300, 1_250),
            response_stream_mb: 200,
            shared_scaling: None,
        };
        assert_eq!((Rules::on(None), on("2025-10-01")), (today, today));
        let summer_2025 = Rules { async_payload_kb: 256, ..today };
        let y2024 = Rules { init_billed: false, sqs_message_kb: 256, response_stream_mb: 20, ..summer_2025 };
        let y2021 = Rules { shared_scaling: Some(burst), sqs_scaling: (60, 1_000), ..y2024 };
        assert_eq!((on("2025-08-01"), on("2024-01-01"), on("2021-06-01")), (summer_2025, y2024, y2021));
        assert_eq!(on("2020-11-30"), Rules { billing_step_ms: 100, ..y2021 });
    }

    #[test]
    fn custom_runtimes_and_images_always_paid_for_init() {
        let old = Rules { init_billed: false, ..Rules::on(None) };
        let bills = |runtime: &str| old.bills_init(PackageSpec::Zip, runtime);
        assert!(!["", "python3.12", "nodejs22", "dotnet8", "java21"].into_iter().any(bills));
        assert!(["go", "rust", "dotnet8_aot", "graalvm_java21"].into_iter().all(bills));
        assert!(old.bills_init(PackageSpec::Image, "python3.12"));
    }

    #[test]
    fn by_date_takes_the_last_measurement() {
        let slug = |day: &str| idle_profile(ReclaimProfileSpec::ByDate, Date::parse(day)).map(|row| row.slug);
        let cases = [
            ("2018-05-01", "y2017"),
            ("2019-03-01", "early_2019"),
            ("2019-12-31", "mid_2019"),
            ("2020-12-31", "logs_2020"),
            ("2026-01-01", "cliff_2021"),
        ];
        for (day, expect) in cases {
            assert_eq!(slug(day), Some(expect), "{day}");
        }
    }
}
