//! The shapes of the generated tables.
//!
//! How to read a quantile table (fact `quantile-interpolation`, our choice): straight lines between the points; below
//! the lowest point its value, above the highest point its value. Where only p50, p90 and p99 were published, the lower
//! half is therefore flat at the median, and nothing is slower than p99.

use crate::date::Date;

/// INIT durations of an almost empty function, as its REPORT lines show them.
///
/// Measured at 512 MB; memory does not matter for INIT (fact `init-cpu-boost`). Download and sandbox time are not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InitQuantiles {
    /// Slug of the runtime, such as `python3.12`.
    pub runtime: &'static str,
    /// Name for the screen.
    pub label: &'static str,
    /// `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// `zip` or `image`.
    pub package: &'static str,
    /// Permille rank and microseconds, both rising; rank 0 is the minimum, 1000 the maximum.
    pub points: &'static [(u16, u32)],
}

/// Duration of the first handler run after INIT: lazy loading and just-in-time compilation, which do depend on memory.
///
/// Between the measured sizes it is about inversely proportional to memory (fact `first-run-scaling`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRun {
    /// Slug of the runtime, as in [`INIT_QUANTILES`](crate::INIT_QUANTILES).
    pub runtime: &'static str,
    /// vCPU time of the run at 512 MB in microseconds: what it would take on one full vCPU if it were CPU work alone.
    pub cpu_equivalent_us: u32,
    /// Memory in MB, rising, and microseconds; x86, zip.
    pub points: &'static [(u32, u32)],
}

/// How long idle environments lived, in the year of an observation. AWS publishes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleLifeProfile {
    /// Slug of the profile, such as `cliff_2021`.
    pub slug: &'static str,
    /// Name for the screen.
    pub label: &'static str,
    /// First day of the observation, where it is known.
    pub from: Option<Date>,
    /// Permille of idle environments already reclaimed and milliseconds of idleness, both rising.
    pub points: &'static [(u16, u64)],
}

/// A rule that changed over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// At least one, in order of time, without gaps; the last one holds today.
    pub periods: &'static [Period],
}

/// What a rule said from some day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day; none where it is not known.
    pub from: Option<Date>,
    /// What it said.
    pub value: u64,
}

impl Rule {
    /// What the rule said on a day, or says today. Before its first period, whose beginning may only be the first thing known, that one
    /// holds.
    #[must_use]
    pub fn on(&self, day: Option<Date>) -> u64 {
        let began = |period: &&Period| day.is_none_or(|day| period.from.is_none_or(|from| from <= day));
        self.periods.iter().rev().find(began).or(self.periods.first()).map_or(0, |period| period.value)
    }
}
