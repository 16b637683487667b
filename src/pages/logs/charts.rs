//! The charts of a log. Pure.

use super::view::{LogContent, as_f64, ms, period_us};
use crate::charts::{Axis, Bin, ChartKind, ChartSpec, Paint, Part};
use crate::components::format::{self, Unit};
use crate::t;
use coldstart_sim::log::Calibration;

/// Bins of a histogram: few enough to be bars on a narrow screen.
const BINS: usize = 28;
/// Bars of cold shares over time, at most.
const BARS_MAX: usize = 36;
/// Invocations that a bar stands for on average, at least: a share of fewer is noise.
const PER_BAR: usize = 30;
const HOUR_US: f64 = 3_600e6;
const DAY_US: f64 = 24.0 * HOUR_US;

/// How long invocations took, warm and cold ones apart, on a logarithmic axis.
#[must_use]
pub fn durations(log: &LogContent, calibration: &Calibration) -> ChartSpec {
    let reports = &log.parsed.reports;
    // The axis has no place for 0, which a REPORT may say: the clock's own tick stands in.
    let us = |is_cold: bool| reports.iter().filter(move |line| line.is_cold() == is_cold).map(|line| as_f64(line.duration_us.max(1)));
    let parts = vec![Part::new(t!("logs.warm"), Paint::Busy), Part::new(t!("logs.cold"), Paint::Starting)];
    let bins = bins(&[us(false).collect(), us(true).collect()], true);
    let duration = &calibration.duration;
    let mut says = t!("logs.durations_says", p50 = ms(duration.p50_ms), p99 = ms(duration.p99_ms));
    if let (Some(warm), Some(cold)) = (&calibration.warm_duration, &calibration.cold_duration) {
        says.push(' ');
        says.push_str(&t!("logs.durations_cold", warm = ms(warm.p50_ms), cold = ms(cold.p50_ms)));
    }
    let kind = ChartKind::Histogram { parts, bins };
    let (x, y) = (Axis::log(t!("logs.duration_axis"), Unit::Micros), Axis::new(t!("logs.count_axis"), Unit::Count));
    ChartSpec::new(t!("logs.durations_title"), x, y, kind).saying(says)
}

/// How long cold starts took to initialise, or to restore; none without any.
#[must_use]
pub fn inits(log: &LogContent, calibration: &Calibration) -> Option<ChartSpec> {
    let reports = &log.parsed.reports;
    let inits: Vec<f64> = reports.iter().filter_map(|line| line.init_us).map(as_f64).collect();
    let restores: Vec<f64> = reports.iter().filter(|line| line.init_us.is_none()).filter_map(|line| line.restore_us).map(as_f64).collect();
    let (mut parts, mut values, mut says) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(init) = calibration.init.filter(|_| !inits.is_empty()) {
        parts.push(Part::new(t!("logs.row_init"), Paint::Starting));
        values.push(inits);
        says.push(t!("logs.inits_says", p50 = ms(init.p50_ms), p90 = ms(init.p90_ms), max = ms(init.max_ms)));
    }
    if let Some(restore) = calibration.restore.filter(|_| !restores.is_empty()) {
        parts.push(Part::new(t!("logs.row_restore"), Paint::Frozen));
        values.push(restores);
        says.push(t!("logs.restores_says", p50 = ms(restore.p50_ms), p90 = ms(restore.p90_ms), max = ms(restore.max_ms)));
    }
    if parts.is_empty() {
        return None;
    }
    let axis = match &parts[..] {
        [only] => only.name.clone(),
        _ => t!("logs.init_axis").to_owned(),
    };
    let kind = ChartKind::Histogram { parts, bins: bins(&values, false) };
    let (x, y) = (Axis::new(axis, Unit::Micros), Axis::new(t!("logs.cold_count_axis"), Unit::Count));
    Some(ChartSpec::new(t!("logs.inits_title"), x, y, kind).saying(says.join(" ")))
}

/// The share of cold starts over time; none where a line has no timestamp, or all have the same.
#[must_use]
pub fn cold_over_time(log: &LogContent) -> Option<ChartSpec> {
    let reports = &log.parsed.reports;
    let (first_us, last_us) = period_us(&log.parsed)?;
    let span_us = as_f64(last_us.abs_diff(first_us));
    if span_us <= 0.0 {
        return None;
    }
    let count = (reports.len() / PER_BAR).clamp(4, BARS_MAX);
    let mut counts = vec![(0_u64, 0_u64); count];
    for line in reports {
        let Some(at_us) = line.at_us else { continue };
        let (all, cold) = &mut counts[place(as_f64(at_us.abs_diff(first_us)) / span_us, count)];
        *all += 1;
        *cold += u64::from(line.is_cold());
    }
    let (unit, scale, start_us) = if span_us <= DAY_US {
        (Unit::Clock, 1.0, as_f64(first_us.rem_euclid(86_400_000_000).unsigned_abs()))
    } else if span_us <= 3.0 * DAY_US {
        (Unit::Other("h"), HOUR_US, 0.0)
    } else {
        (Unit::Other("d"), DAY_US, 0.0)
    };
    let step_us = span_us / as_f64(count as u64);
    let edge = |index: usize| (start_us + as_f64(index as u64) * step_us) / scale;
    let share = |(all, cold): &(u64, u64)| if *all == 0 { 0.0 } else { as_f64(*cold) / as_f64(*all) };
    let bins: Vec<Bin> =
        counts.iter().enumerate().map(|(index, of)| Bin { from: edge(index), to: edge(index + 1), counts: vec![share(of)] }).collect();
    let axis = if unit == Unit::Clock { t!("logs.clock_axis") } else { t!("logs.since_axis") };
    let highest = bins.iter().max_by(|a, b| a.counts[0].total_cmp(&b.counts[0])).filter(|bin| bin.counts[0] > 0.0);
    let says = match highest {
        Some(bin) => {
            let (from, to) = (unit.show(bin.from), unit.show(bin.to));
            t!("logs.over_time_says", high = format::percent(bin.counts[0]), from = from, to = to)
        }
        None => t!("logs.over_time_none").to_owned(),
    };
    let kind = ChartKind::Histogram { parts: vec![Part::new(t!("logs.cold_share"), Paint::Starting)], bins };
    let y = Axis::new(t!("logs.cold_share"), Unit::Share);
    Some(ChartSpec::new(t!("logs.over_time_title"), Axis::new(axis, unit), y, kind).saying(says))
}

/// Counts the values of each part in bins over all of them: equally wide, or of equal ratio.
fn bins(parts: &[Vec<f64>], is_log: bool) -> Vec<Bin> {
    let all = || parts.iter().flatten().copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    if !low.is_finite() {
        return Vec::new();
    }
    // Equal values get a bin around them.
    let (low, high) = if high > low { (low, high) } else { (low * 0.95, high * 1.05 + 1.0) };
    let share = |value: f64| if is_log { (value / low).ln() / (high / low).ln() } else { (value - low) / (high - low) };
    let edge = |index: usize| {
        let share = as_f64(index as u64) / as_f64(BINS as u64);
        if is_log { low * (high / low).powf(share) } else { low + (high - low) * share }
    };
    let mut bins: Vec<Bin> =
        (0..BINS).map(|index| Bin { from: edge(index), to: edge(index + 1), counts: vec![0.0; parts.len()] }).collect();
    for (part, values) in parts.iter().enumerate() {
        for value in values {
            bins[place(share(*value), BINS)].counts[part] += 1.0;
        }
    }
    bins
}

/// Which of `count` equal places a share from 0 to 1 falls into.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few places")]
fn place(share: f64, count: usize) -> usize {
    ((share.clamp(0.0, 1.0) * as_f64(count as u64)) as usize).min(count - 1)
}
