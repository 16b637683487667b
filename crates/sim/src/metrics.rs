//! CloudWatch's metrics of a run, by their real names, and alarms on them: pure functions of the report.
//!
//! The report's per-minute series is what CloudWatch would keep: one data point a minute (fact `metrics-granularity`). Counts are read
//! by their sum, concurrency by its maximum. A minute in which nothing was invoked has no data point for what only invocations emit,
//! which is what an alarm's missing data are. The series is that of all functions together.

mod emitted;

pub(crate) use emitted::Emissions;
pub use emitted::{Emitted, MetricPoint, emitted_series};

use crate::{MinuteRow, Report};
use coldstart_facts as facts;

/// Metrics that a run has (facts M1, M3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricName {
    /// Attempts that got an environment.
    Invocations,
    /// Invocations that failed.
    Errors,
    /// Attempts refused.
    Throttles,
    /// Invocations on provisioned environments.
    ProvisionedConcurrencyInvocations,
    /// Invocations that missed them.
    ProvisionedConcurrencySpilloverInvocations,
    /// Concurrent invocations.
    ConcurrentExecutions,
    /// Concurrent invocations on provisioned environments.
    ProvisionedConcurrentExecutions,
    /// Of the provisioned environments, the share that is busy (facts M7).
    ProvisionedConcurrencyUtilization,
    /// What is in use or set aside of the account's concurrency: the number to set an alarm on (facts E24, E28).
    ClaimedAccountConcurrency,
}

/// How a metric is read (fact `metrics-granularity`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Of counts.
    Sum,
    /// Of levels.
    Maximum,
}

impl MetricName {
    /// Every metric, in the order of declaration.
    pub const ALL: [Self; 9] = [
        Self::Invocations,
        Self::Errors,
        Self::Throttles,
        Self::ProvisionedConcurrencyInvocations,
        Self::ProvisionedConcurrencySpilloverInvocations,
        Self::ConcurrentExecutions,
        Self::ProvisionedConcurrentExecutions,
        Self::ProvisionedConcurrencyUtilization,
        Self::ClaimedAccountConcurrency,
    ];

    /// CloudWatch's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invocations => "Invocations",
            Self::Errors => "Errors",
            Self::Throttles => "Throttles",
            Self::ProvisionedConcurrencyInvocations => "ProvisionedConcurrencyInvocations",
            Self::ProvisionedConcurrencySpilloverInvocations => "ProvisionedConcurrencySpilloverInvocations",
            Self::ConcurrentExecutions => "ConcurrentExecutions",
            Self::ProvisionedConcurrentExecutions => "ProvisionedConcurrentExecutions",
            Self::ProvisionedConcurrencyUtilization => "ProvisionedConcurrencyUtilization",
            Self::ClaimedAccountConcurrency => "ClaimedAccountConcurrency",
        }
    }

    /// The statistic that it is read by.
    #[must_use]
    pub const fn statistic(self) -> Statistic {
        match self {
            Self::ConcurrentExecutions
            | Self::ProvisionedConcurrentExecutions
            | Self::ProvisionedConcurrencyUtilization
            | Self::ClaimedAccountConcurrency => Statistic::Maximum,
            _ => Statistic::Sum,
        }
    }

    /// Its data point in a minute; none where nothing emitted one.
    fn point(self, row: &MinuteRow) -> Option<f64> {
        let count = |amount: u64, emitted: bool| emitted.then_some(amount as f64);
        match self {
            Self::Invocations => count(row.invocations, row.invocations > 0),
            Self::Errors => count(row.errors, row.invocations > 0),
            // Refused attempts are no invocations, and a call that was refused still reports.
            Self::Throttles => count(row.throttled, row.invocations + row.throttled > 0),
            Self::ProvisionedConcurrencyInvocations => count(row.provisioned_invocations, row.provisioned_invocations + row.spilled > 0),
            Self::ProvisionedConcurrencySpilloverInvocations => count(row.spilled, row.provisioned_invocations + row.spilled > 0),
            Self::ConcurrentExecutions => count(row.concurrency_max.into(), row.concurrency_max > 0),
            Self::ProvisionedConcurrentExecutions => count(row.provisioned_concurrency_max.into(), row.provisioned_concurrency_max > 0),
            // By the units that are ready when the minute ends.
            Self::ProvisionedConcurrencyUtilization => (row.provisioned_concurrency_max > 0 && row.provisioned_ready > 0)
                .then(|| (f64::from(row.provisioned_concurrency_max) / f64::from(row.provisioned_ready)).min(1.0)),
            Self::ClaimedAccountConcurrency => count(row.claimed_concurrency_max.into(), row.concurrency_max > 0),
        }
    }
}

/// Data points of a metric, one a minute of the report, by the metric's statistic.
#[must_use]
pub fn series(report: &Report, metric: MetricName) -> Vec<Option<f64>> {
    report.minutes.iter().map(|row| metric.point(row)).collect()
}

/// Data points of longer periods: the sum or the maximum of the minutes that have one. The last period may be short.
#[must_use]
pub fn by_period(points: &[Option<f64>], statistic: Statistic, period_minutes: usize) -> Vec<Option<f64>> {
    let together = |a: f64, b: f64| match statistic {
        Statistic::Sum => a + b,
        Statistic::Maximum => a.max(b),
    };
    points.chunks(period_minutes.max(1)).map(|period| period.iter().flatten().copied().reduce(together)).collect()
}

/// Length of the shortest period, in milliseconds.
pub const PERIOD_MS: u64 = facts::METRIC_PERIOD_MS;

/// What an alarm compares a data point with its threshold by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Breaching when above the threshold.
    GreaterThan,
    /// Breaching when at the threshold or above it.
    GreaterThanOrEqual,
    /// Breaching when below the threshold.
    LessThan,
    /// Breaching when at the threshold or below it.
    LessThanOrEqual,
}

/// How an alarm treats a period without a data point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingData {
    /// As if there were too little data: CloudWatch's default.
    #[default]
    Missing,
    /// As breaching.
    Breaching,
    /// As not breaching.
    NotBreaching,
    /// The state stays as it is.
    Ignore,
}

/// State of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmState {
    /// Too few data points to say.
    InsufficientData,
    /// Not breaching often enough.
    Ok,
    /// Breaching often enough.
    Alarm,
}

/// An alarm on one metric: so many breaching data points out of the last periods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alarm {
    /// What a data point is compared by.
    pub comparison: Comparison,
    /// What it is compared with.
    pub threshold: f64,
    /// Periods looked at (AWS's evaluation periods); at least 1.
    pub periods: usize,
    /// Breaching data points among them that raise the alarm; 1 to `periods`.
    pub datapoints_to_alarm: usize,
    /// What a period without a data point counts as.
    pub missing_data: MissingData,
}

impl Alarm {
    /// State after each period. It starts with too little data.
    ///
    /// Real alarms look a little further back than `periods` where data points are missing; this one does not (a simplification).
    #[must_use]
    pub fn states(&self, points: &[Option<f64>]) -> Vec<AlarmState> {
        let mut state = AlarmState::InsufficientData;
        (1..=points.len())
            .map(|end| {
                state = self.next(state, &points[end.saturating_sub(self.periods.max(1))..end]);
                state
            })
            .collect()
    }

    fn next(&self, before: AlarmState, window: &[Option<f64>]) -> AlarmState {
        let wanted = self.datapoints_to_alarm.clamp(1, self.periods.max(1));
        let known = window.iter().flatten().count();
        let missing = window.len() - known;
        let breaching = window.iter().flatten().filter(|point| self.breaches(**point)).count();
        let (breaching, known) = match self.missing_data {
            MissingData::Breaching => (breaching + missing, window.len()),
            MissingData::NotBreaching => (breaching, window.len()),
            MissingData::Missing | MissingData::Ignore => (breaching, known),
        };
        if breaching >= wanted {
            return AlarmState::Alarm;
        }
        match (known, self.missing_data) {
            (0, MissingData::Ignore) => before,
            (0, _) => AlarmState::InsufficientData,
            _ => AlarmState::Ok,
        }
    }

    fn breaches(&self, point: f64) -> bool {
        match self.comparison {
            Comparison::GreaterThan => point > self.threshold,
            Comparison::GreaterThanOrEqual => point >= self.threshold,
            Comparison::LessThan => point < self.threshold,
            Comparison::LessThanOrEqual => point <= self.threshold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AlarmState::{Alarm as Alarmed, InsufficientData, Ok};
    use super::*;

    const ALARM: Alarm = Alarm {
        comparison: Comparison::GreaterThanOrEqual,
        threshold: 5.0,
        periods: 3,
        datapoints_to_alarm: 2,
        missing_data: MissingData::Missing,
    };

    #[test]
    fn two_of_three_raise_it_and_one_of_three_ends_it() {
        let points = [1.0, 5.0, 9.0, 0.0, 0.0, 0.0].map(Some);
        assert_eq!(ALARM.states(&points), [Ok, Ok, Alarmed, Alarmed, Ok, Ok]);
    }

    #[test]
    fn missing_data_count_as_they_are_told_to() {
        let points = [Some(9.0), Some(9.0), None, None, None, None];
        let states = |missing_data| Alarm { missing_data, ..ALARM }.states(&points);
        assert_eq!(states(MissingData::Missing), [Ok, Alarmed, Alarmed, Ok, InsufficientData, InsufficientData]);
        assert_eq!(states(MissingData::Ignore), [Ok, Alarmed, Alarmed, Ok, Ok, Ok]);
        assert_eq!(states(MissingData::Breaching), [Ok, Alarmed, Alarmed, Alarmed, Alarmed, Alarmed]);
        assert_eq!(states(MissingData::NotBreaching), [Ok, Alarmed, Alarmed, Ok, Ok, Ok]);
        assert_eq!(ALARM.states(&[None]), [InsufficientData]);
    }

    #[test]
    fn each_comparison_has_its_edge() {
        let edge = |comparison| Alarm { comparison, ..ALARM }.breaches(5.0);
        let all = [Comparison::GreaterThan, Comparison::GreaterThanOrEqual, Comparison::LessThan, Comparison::LessThanOrEqual];
        assert_eq!(all.map(edge), [false, true, false, true]);
    }

    #[test]
    fn longer_periods_add_up_or_take_the_largest() {
        let points = [Some(1.0), None, Some(4.0), None, None, Some(2.0)];
        assert_eq!(by_period(&points, Statistic::Sum, 3), [Some(5.0), Some(2.0)]);
        assert_eq!(by_period(&points, Statistic::Maximum, 2), [Some(1.0), Some(4.0), Some(2.0)]);
        assert_eq!(by_period(&points[3..5], Statistic::Sum, 2), [None]);
    }
}
