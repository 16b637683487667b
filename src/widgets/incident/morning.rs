//! What the dashboard shows of a run: its minutes from 08:50 to 09:15.

use super::clock::{Clock, ClockMinute, moment};
use coldstart_sim::{MinuteRow, Report};

/// Above this p99 the pager speaks, and a minute counts as slow. The team's own threshold.
pub const SLOW_MS: f64 = 1_000.0;

/// One minute of the dashboard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Minute {
    /// Time of day at which it starts.
    pub at: ClockMinute,
    /// Attempts that got an environment.
    pub invocations: u64,
    /// Of these, ended in an error, a crash or a timeout.
    pub errors: u64,
    /// Attempts refused.
    pub throttled: u64,
    /// Invocations that waited for a new environment.
    pub cold_starts: u64,
    /// Invocations past provisioned concurrency.
    pub spilled: u64,
    /// Median latency as callers see it, in milliseconds.
    pub p50_ms: f64,
    /// 99th percentile of it.
    pub p99_ms: f64,
    /// Most concurrent invocations.
    pub concurrency_max: u32,
    /// Most environments alive.
    pub environments_max: u32,
}

impl Minute {
    fn of(row: &MinuteRow, clock: Clock) -> Self {
        Self {
            at: clock.at(row.minute),
            invocations: row.invocations,
            errors: row.errors,
            throttled: row.throttled,
            cold_starts: row.cold_starts,
            spilled: row.spilled,
            p50_ms: millis(row.p50_us),
            p99_ms: millis(row.p99_us),
            concurrency_max: row.concurrency_max,
            environments_max: row.environments_max,
        }
    }

    /// Cold starts over invocations; 0 without invocations.
    #[must_use]
    pub fn cold_share(&self) -> f64 {
        ratio(self.cold_starts, self.invocations)
    }

    /// Whether the pager would speak.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.p99_ms >= SLOW_MS
    }
}

/// The minutes of a run that the lesson is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Morning {
    /// In order of time, none missing.
    pub minutes: Vec<Minute>,
}

impl Morning {
    /// The minutes from 08:50 to 09:15.
    #[must_use]
    pub fn of(report: &Report, clock: Clock) -> Self {
        Self::between(report, clock, moment::CHART_FROM, moment::CHART_UNTIL)
    }

    /// The minutes from one time of day up to, not including, another.
    #[must_use]
    pub fn between(report: &Report, clock: Clock, from: ClockMinute, until: ClockMinute) -> Self {
        let inside = |minute: &Minute| (from..until).contains(&minute.at);
        Self { minutes: report.minutes.iter().map(|row| Minute::of(row, clock)).filter(inside).collect() }
    }

    /// Those that started before a time of day.
    pub fn before(&self, until: ClockMinute) -> impl Iterator<Item = &Minute> {
        self.minutes.iter().filter(move |minute| minute.at < until)
    }

    /// The minute that starts at a time of day.
    #[must_use]
    pub fn at(&self, at: ClockMinute) -> Option<&Minute> {
        self.minutes.iter().find(|minute| minute.at == at)
    }

    /// The minute with the highest p99.
    #[must_use]
    pub fn worst(&self) -> Minute {
        self.minutes.iter().copied().max_by(|a, b| a.p99_ms.total_cmp(&b.p99_ms)).unwrap_or_default()
    }

    /// The highest median of a minute, in milliseconds.
    #[must_use]
    pub fn worst_p50_ms(&self) -> f64 {
        self.minutes.iter().map(|minute| minute.p50_ms).fold(0.0, f64::max)
    }

    /// Minutes with a p99 of at least [`SLOW_MS`].
    #[must_use]
    pub fn slow_minutes(&self) -> usize {
        self.minutes.iter().filter(|minute| minute.is_slow()).count()
    }

    /// First slow minute.
    #[must_use]
    pub fn first_slow(&self) -> Option<Minute> {
        self.minutes.iter().copied().find(Minute::is_slow)
    }

    /// Cold starts of all minutes.
    #[must_use]
    pub fn cold_starts(&self) -> u64 {
        self.minutes.iter().map(|minute| minute.cold_starts).sum()
    }

    /// Invocations of all minutes.
    #[must_use]
    pub fn invocations(&self) -> u64 {
        self.minutes.iter().map(|minute| minute.invocations).sum()
    }

    /// Invocations that ended in an error of all minutes.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.minutes.iter().map(|minute| minute.errors).sum()
    }

    /// Refused attempts of all minutes.
    #[must_use]
    pub fn throttled(&self) -> u64 {
        self.minutes.iter().map(|minute| minute.throttled).sum()
    }

    /// Invocations past provisioned concurrency of all minutes.
    #[must_use]
    pub fn spilled(&self) -> u64 {
        self.minutes.iter().map(|minute| minute.spilled).sum()
    }

    /// The p99 of each minute, in milliseconds.
    #[must_use]
    pub fn p99_ms(&self) -> Vec<f64> {
        self.minutes.iter().map(|minute| minute.p99_ms).collect()
    }
}

/// Milliseconds of microseconds.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "a latency is far below 2^53 microseconds")]
pub fn millis(us: u64) -> f64 {
    us as f64 / 1_000.0
}

/// A share; 0 of nothing.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "a share needs no more than 53 bits")]
pub fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
