//! The lesson's charts as data.

use super::clock::{ClockMinute, moment, show};
use super::morning::{Minute, Morning, SLOW_MS};
use super::outcome::PROMISE_MS;
use crate::charts::{Axis, ChartKind, ChartSpec, Dash, Mark, Paint, Series};
use crate::components::format::{Unit, duration_us};
use crate::t;

/// Top of the latency axis, in milliseconds, unless a morning goes beyond it.
const TOP_MS: f64 = 1_500.0;
const STEP_MS: f64 = 500.0;
const MICROS_PER_MS: f64 = 1_000.0;
const MICROS_PER_MINUTE: f64 = 60e6;

/// A time of day on the x axis.
#[must_use]
pub fn clock_x(at: ClockMinute) -> f64 {
    f64::from(at) * MICROS_PER_MINUTE
}

fn clock_axis() -> Axis {
    Axis::new(t!("incident.axis_clock"), Unit::Clock).over(clock_x(moment::CHART_FROM), clock_x(moment::CHART_UNTIL))
}

/// Round steps up to what has to fit, never below [`TOP_MS`].
fn latency_axis(highest_ms: f64) -> Axis {
    let top_ms = (highest_ms / STEP_MS).ceil() * STEP_MS;
    Axis::new(t!("incident.axis_latency"), Unit::Micros).over(0.0, top_ms.max(TOP_MS) * MICROS_PER_MS)
}

fn line(name: &str, paint: Paint, minutes: &[Minute], of: fn(&Minute) -> f64) -> Series {
    let points = minutes.iter().map(|minute| (clock_x(minute.at), of(minute) * MICROS_PER_MS)).collect();
    Series::new(name, paint, points)
}

fn p50(minute: &Minute) -> f64 {
    minute.p50_ms
}

fn p99(minute: &Minute) -> f64 {
    minute.p99_ms
}

/// The dashboard: p99 and p50 of the minutes that are over.
#[must_use]
pub fn dashboard(morning: &Morning, now: ClockMinute) -> ChartSpec {
    let shown: Vec<Minute> = morning.before(now).copied().collect();
    let lines = vec![line("p99", Paint::Ink, &shown, p99), line("p50", Paint::Second, &shown, p50).dashed(Dash::Dashed)];
    let says = shown.last().map_or_else(String::new, |last| {
        let (slow, typical) = (duration_us(last.p99_ms * MICROS_PER_MS), duration_us(last.p50_ms * MICROS_PER_MS));
        t!("incident.says_dashboard", at = show(last.at), p99 = slow, p50 = typical)
    });
    let axis = latency_axis(morning.worst().p99_ms);
    ChartSpec::new(t!("incident.chart_dashboard"), clock_axis(), axis, ChartKind::Lines(lines))
        .mark(Mark::At { x: clock_x(moment::NINE), label: show(moment::NINE), paint: Paint::Third })
        .saying(says)
}

/// What the learner draws on: today's p99 as far as it is known.
#[must_use]
pub fn to_draw_on(today: &Morning, title: &str) -> ChartSpec {
    let lines = vec![line(t!("incident.line_today"), Paint::Third, &today.minutes, p99).dashed(Dash::Dotted)];
    ChartSpec::new(title, clock_axis(), latency_axis(today.worst().p99_ms), ChartKind::Lines(lines))
        .mark(Mark::At { x: clock_x(moment::NINE), label: show(moment::NINE), paint: Paint::Third })
        .saying(t!("incident.says_draw"))
}

/// Tomorrow beside what was drawn.
#[must_use]
pub fn truth(tomorrow: &Morning, title: &str, says: &str) -> ChartSpec {
    let lines = vec![line(t!("incident.line_tomorrow"), Paint::Ink, &tomorrow.minutes, p99)];
    ChartSpec::new(title, clock_axis(), latency_axis(tomorrow.worst().p99_ms), ChartKind::Lines(lines)).saying(says)
}

/// The same morning before and after a fix.
#[must_use]
pub fn before_and_after(before: &Morning, after: &Morning) -> ChartSpec {
    let lines = vec![
        line(t!("incident.line_p99_after"), Paint::Ink, &after.minutes, p99),
        line(t!("incident.line_p99_before"), Paint::Third, &before.minutes, p99).dashed(Dash::Dotted),
        line(t!("incident.line_p50_after"), Paint::Second, &after.minutes, p50).dashed(Dash::Dashed),
        line(t!("incident.line_p50_before"), Paint::Third, &before.minutes, p50).dashed(Dash::DashDotted),
    ];
    let highest = before.worst().p99_ms.max(after.worst().p99_ms);
    let (worst_before, worst_after) = (before.worst(), after.worst());
    let says = t!(
        "incident.says_fix",
        before = duration_us(worst_before.p99_ms * MICROS_PER_MS),
        after = duration_us(worst_after.p99_ms * MICROS_PER_MS),
        at = show(worst_after.at)
    );
    ChartSpec::new(t!("incident.chart_fix"), clock_axis(), latency_axis(highest), ChartKind::Lines(lines))
        .mark(Mark::Limit { y: PROMISE_MS * MICROS_PER_MS, label: t!("incident.mark_promise").to_owned(), paint: Paint::Throttle })
        .saying(says)
}

/// Concurrent invocations and environments, minute by minute.
#[must_use]
pub fn concurrency(minutes: &[Minute]) -> ChartSpec {
    let points = |of: fn(&Minute) -> u32| minutes.iter().map(|minute| (clock_x(minute.at), f64::from(of(minute)))).collect();
    let lines = vec![
        Series::new(t!("incident.line_busy"), Paint::Busy, points(|minute| minute.concurrency_max)),
        Series::new(t!("incident.line_environments"), Paint::Idle, points(|minute| minute.environments_max)).dashed(Dash::Dashed),
    ];
    let clock = clock_axis().over(clock_x(moment::CHART_FROM), clock_x(moment::CALL));
    let axis = Axis::new(t!("incident.axis_count"), Unit::Count);
    ChartSpec::new(t!("incident.chart_concurrency"), clock, axis, ChartKind::Lines(lines))
        .mark(Mark::At { x: clock_x(moment::NINE), label: show(moment::NINE), paint: Paint::Third })
        .saying(t!("incident.says_concurrency"))
}

/// The pager's threshold, as it is shown.
#[must_use]
pub fn threshold() -> String {
    duration_us(SLOW_MS * MICROS_PER_MS)
}

/// Heights that a curve starts from: the p99 of the last quiet minute, in the axis' unit.
#[must_use]
pub fn quiet_curve(today: &Morning) -> Vec<f64> {
    let quiet_ms = today.at(moment::OPENING).map_or(0.0, p99);
    vec![quiet_ms * MICROS_PER_MS; today.minutes.len()]
}

/// Milliseconds of a curve drawn on the axis.
#[must_use]
pub fn drawn_ms(curve: &[f64]) -> Vec<f64> {
    curve.iter().map(|us| us / MICROS_PER_MS).collect()
}

/// A curve in milliseconds, on the axis.
#[must_use]
pub fn on_axis(curve_ms: &[f64]) -> Vec<f64> {
    curve_ms.iter().map(|ms| ms * MICROS_PER_MS).collect()
}
