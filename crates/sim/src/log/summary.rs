//! Percentiles and the bill of logged invocations.

use super::{Parsed, ReportLine};
use crate::spec::ArchitectureSpec;
use crate::{Bill, Usage, bill};

/// Percentiles of measured times, in milliseconds, with straight lines between the measured values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Values measured.
    pub count: usize,
    /// Their mean.
    pub mean_ms: f64,
    /// Smallest.
    pub min_ms: f64,
    /// Median.
    pub p50_ms: f64,
    /// 90th percentile.
    pub p90_ms: f64,
    /// 99th percentile.
    pub p99_ms: f64,
    /// Largest.
    pub max_ms: f64,
}

impl Summary {
    /// The summary of some times; none without any.
    #[must_use]
    pub fn of(times_us: impl Iterator<Item = u64>) -> Option<Self> {
        let sorted = sorted(times_us);
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let sum: u128 = sorted.iter().map(|us| u128::from(*us)).sum();
        Some(Self {
            count: sorted.len(),
            mean_ms: sum as f64 / sorted.len() as f64 / 1e3,
            min_ms: first as f64 / 1e3,
            p50_ms: quantile_ms(&sorted, 0.5),
            p90_ms: quantile_ms(&sorted, 0.9),
            p99_ms: quantile_ms(&sorted, 0.99),
            max_ms: last as f64 / 1e3,
        })
    }
}

pub(super) fn sorted(times_us: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut times: Vec<u64> = times_us.collect();
    times.sort_unstable();
    times
}

/// The quantile of sorted microseconds, in milliseconds: a straight line between the two values around it. 0 without values.
pub(super) fn quantile_ms(sorted_us: &[u64], share: f64) -> f64 {
    let Some(last) = sorted_us.len().checked_sub(1) else { return 0.0 };
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place as usize;
    let (low, high) = (sorted_us[below] as f64, sorted_us[(below + 1).min(last)] as f64);
    (low + (high - low) * (place - below as f64)) / 1e3
}

/// What the logged invocations cost, without a free tier: each line's own memory size, its billed time split into handler and INIT.
///
/// REPORT does not name the architecture, so it must be given. Restores are in the billed time of no line and are left out.
#[must_use]
pub fn bill_of(parsed: &Parsed, architecture: ArchitectureSpec) -> Bill {
    // One item per memory size: a function's size may have changed within the paste.
    let mut sizes: Vec<(u32, Usage)> = Vec::new();
    for report in &parsed.reports {
        let place = sizes.iter().position(|(memory_mb, _)| *memory_mb == report.memory_mb).unwrap_or_else(|| {
            sizes.push((report.memory_mb, Usage::default()));
            sizes.len() - 1
        });
        let usage = &mut sizes[place].1;
        let (handler_ms, init_ms) = split(report);
        usage.requests += 1;
        usage.handler_ms += u128::from(handler_ms);
        usage.init_ms += u128::from(init_ms);
    }
    sizes.sort_unstable_by_key(|(memory_mb, _)| *memory_mb);
    let named: Vec<(String, u32, Usage)> =
        sizes.into_iter().map(|(memory_mb, usage)| (format!("{memory_mb}-mb"), memory_mb, usage)).collect();
    let items = named.iter().map(|(name, memory_mb, usage)| (name.as_str(), architecture, *memory_mb, *usage));
    bill::of_usage(items, false, span_us(parsed).unwrap_or(0))
}

/// Billed milliseconds of the handler and of INIT: the handler's Duration rounded up, INIT the rest.
fn split(report: &ReportLine) -> (u64, u64) {
    let handler_ms = if report.init_us.is_some() { bill::billed_ms(report.duration_us, 1).min(report.billed_ms) } else { report.billed_ms };
    (handler_ms, report.billed_ms - handler_ms)
}

/// Time from the first line to the last, in microseconds; none where a line has no timestamp.
pub(super) fn span_us(parsed: &Parsed) -> Option<u64> {
    let times: Option<Vec<i64>> = parsed.reports.iter().map(|report| report.at_us).collect();
    let times = times?;
    let (first, last) = (times.iter().min()?, times.iter().max()?);
    Some(last.abs_diff(*first))
}
