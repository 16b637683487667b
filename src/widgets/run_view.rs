//! What the results show of a run: figures, charts, log lines. Pure.

use crate::charts::{Axis, Bin, ChartKind, ChartSpec, Dash, GanttRow, Mark, Paint, Part, Segment, Series};
use crate::components::format::{self, Unit};
use crate::components::{EnvState, Tone};
use crate::i18n::Text;
use crate::widgets::provisioned::view as provisioned;
use crate::widgets::stage::history::{FleetHistory, TileState};
use crate::{t, text};
use coldstart_sim::log::Clock;
use coldstart_sim::spec::{ArrivalsSpec, ReclaimSpec, RetryPolicySpec};
use coldstart_sim::{
    AttemptResult, FunctionReport, Histogram, MinuteRow, Report, RunOutcome, ScenarioSpec, ThrottleCause, Timeline, bill, theory, validate,
};
use yew::AttrValue;

/// Points that a line over time has at most.
const POINTS_MAX: usize = 480;
/// Bins of the latency histogram.
const BINS: usize = 40;
/// Environments whose lives are drawn.
const ROWS_MAX: usize = 24;
/// Attempts whose log lines are shown.
const LOGGED_MAX: usize = 12;
/// Lengths of the window to choose from, in seconds.
pub const LENGTHS_S: [u32; 9] = [1, 2, 5, 10, 30, 60, 300, 1_800, 7_200];
/// Requests in a window that can still be followed with the eye.
const FOLLOWED: f64 = 400.0;

/// One number that matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name for the tests.
    pub name: &'static str,
    /// What it is.
    pub label: Text,
    /// Number and unit.
    pub value: String,
    /// What it is about.
    pub tone: Tone,
    /// A remark.
    pub note: Option<String>,
}

/// The figures of a run, most important first.
#[must_use]
pub fn figures(spec: &ScenarioSpec, report: &Report) -> Vec<Figure> {
    let total = &report.total;
    let figure = |name, label, value, tone| Figure { name, label, value, tone, note: None };
    let latency = |quantile: f64| quantile_of(&total.latency, quantile);
    let mean = |integral: u128| format::number(ratio(integral, u128::from(report.measured_us.1.saturating_sub(report.measured_us.0))));
    let requests = Figure {
        note: (total.attempts > total.requests).then(|| t!("playground.attempts", n = total.attempts)),
        ..figure("requests", text!("playground.requests"), format::count(total.requests), Tone::Neutral)
    };
    let cold = Figure {
        note: Some(t!("playground.cold_starts", n = total.cold_starts)),
        ..figure("cold-share", text!("playground.cold_share"), format::percent(total.cold_share()), Tone::Cold)
    };
    let spilled = Figure {
        note: (total.spilled() > 0).then(|| t!("playground.spill_share", share = format::percent(total.spill_share()))),
        ..figure("spilled", text!("playground.spilled"), format::count(total.spilled()), Tone::Spill)
    };
    let throttled = Figure {
        note: (total.requests_lost_to_throttles > 0).then(|| t!("playground.lost", n = total.requests_lost_to_throttles)),
        ..figure("throttled", text!("playground.throttled"), format::count(total.throttled()), Tone::Throttle)
    };
    let failed: u64 = total.outcomes.iter().skip(1).sum();
    let month = bill::per_month(report, spec);
    vec![
        requests,
        cold,
        spilled,
        throttled,
        figure("failed", text!("playground.failed_invocations"), format::count(failed), Tone::Error),
        figure("p50", text!("playground.p50"), latency(0.5), Tone::Warm),
        figure("p90", text!("playground.p90"), latency(0.9), Tone::Warm),
        figure("p99", text!("playground.p99"), latency(0.99), Tone::Cold),
        figure("mean-busy", text!("playground.mean_busy"), mean(total.busy_env_us), Tone::Warm),
        figure("mean-idle", text!("playground.mean_idle"), mean(total.idle_env_us), Tone::Good),
        figure("bill", text!("playground.bill"), format::picodollars(report.bill.due_pd), Tone::Money),
        figure("month", text!("playground.month"), format::picodollars(month.due_pd), Tone::Money),
    ]
}

const CAUSES: [Text; 6] = [
    text!("incident.throttle_account"),
    text!("incident.throttle_reserved"),
    text!("incident.throttle_reserved_zero"),
    text!("incident.throttle_account_rate"),
    text!("incident.throttle_reserved_rate"),
    text!("incident.throttle_scaling"),
];
const _: () = assert!(CAUSES.len() == ThrottleCause::ALL.len(), "a word for every cause");

/// Why an attempt was refused, in words.
#[must_use]
pub fn cause_word(cause: ThrottleCause) -> &'static str {
    ThrottleCause::ALL.iter().position(|one| *one == cause).map_or("", |at| CAUSES[at].get())
}

/// Refused attempts by cause; causes that did not act are left out.
#[must_use]
pub fn throttles(report: &FunctionReport) -> Vec<(&'static str, u64)> {
    CAUSES.iter().zip(report.throttles).filter(|(_, count)| *count > 0).map(|(word, count)| (word.get(), count)).collect()
}

/// What to say about a run that hit a budget.
#[must_use]
pub fn budget_note(spec: &ScenarioSpec, report: &Report) -> Option<String> {
    let at = us(report.ended_at_us);
    match report.outcome {
        RunOutcome::Completed => None,
        RunOutcome::EventBudget => Some(t!("playground.event_budget", n = spec.run.max_events, at = at)),
        RunOutcome::EnvironmentBudget => Some(t!("playground.environment_budget", n = spec.run.max_environments, at = at)),
        RunOutcome::MessageBudget => Some(t!("playground.message_budget", n = spec.run.max_messages, at = at)),
    }
}

/// A row of the table of functions: name, requests, cold share, throttled, spilled, p99, price of the run.
#[must_use]
pub fn function_cells(report: &FunctionReport, bill: &coldstart_sim::Bill) -> Vec<AttrValue> {
    let due_pd = bill.lines.iter().filter(|line| line.function == report.id).map(|line| line.due_pd).sum();
    vec![
        report.id.clone().into(),
        format::count(report.requests).into(),
        format::percent(report.cold_share()).into(),
        format::count(report.throttled()).into(),
        format::count(report.spilled()).into(),
        quantile_of(&report.latency, 0.99).into(),
        format::picodollars(due_pd).into(),
    ]
}

/// Time of day of a minute of the run, in microseconds since midnight.
fn clock_of(spec: &ScenarioSpec, minute: u32) -> f64 {
    (f64::from(spec.run.clock_start_s) + f64::from(minute) * 60.0) * 1e6
}

/// A point per group of minutes: the largest of the group, because peaks are what matters.
fn peaks(spec: &ScenarioSpec, minutes: &[MinuteRow], value: impl Fn(&MinuteRow) -> Option<f64>) -> Vec<(f64, f64)> {
    let group = minutes.len().div_ceil(POINTS_MAX).max(1);
    let peak = |rows: &[MinuteRow]| rows.iter().filter_map(&value).fold(f64::NAN, f64::max);
    minutes.chunks(group).filter_map(|rows| Some((clock_of(spec, rows.first()?.minute), peak(rows)))).collect()
}

/// Latency by the minute. Nothing where no caller got an answer.
#[must_use]
pub fn percentiles(spec: &ScenarioSpec, report: &Report) -> Option<ChartSpec> {
    if report.total.latency.count == 0 {
        return None;
    }
    // What is answered after the end of the run is a few stragglers, and no minute's picture.
    let during: Vec<MinuteRow> =
        report.minutes.iter().filter(|row| u64::from(row.minute) * 60_000_000 < report.measured_us.1).cloned().collect();
    #[allow(clippy::cast_precision_loss, reason = "durations of a run are far below 2^53")]
    let line = |of: fn(&MinuteRow) -> u64| peaks(spec, &during, |row| Some(of(row) as f64).filter(|us| *us > 0.0));
    Some(ChartSpec::new(
        t!("playground.percentiles"),
        Axis::new(t!("playground.clock_axis"), Unit::Clock),
        Axis::new(t!("playground.latency_axis"), Unit::Micros),
        ChartKind::Lines(merged(vec![
            Series::new("p99", Paint::Ink, line(|row| row.p99_us)),
            Series::new("p90", Paint::Second, line(|row| row.p90_us)).dashed(Dash::Dashed),
            Series::new("p50", Paint::Third, line(|row| row.p50_us)).dashed(Dash::Dotted),
        ])),
    ))
}

/// Lines that lie on each other become one with all their names.
fn merged(series: Vec<Series>) -> Vec<Series> {
    let same = |a: &Series, b: &Series| {
        a.points.len() == b.points.len() && a.points.iter().zip(&b.points).all(|(a, b)| a.1 == b.1 || a.1.is_nan() && b.1.is_nan())
    };
    let mut kept: Vec<Series> = Vec::new();
    for one in series {
        match kept.iter_mut().find(|other| same(other, &one)) {
            Some(other) => other.name = format!("{} = {}", other.name, one.name),
            None => kept.push(one),
        }
    }
    kept
}

/// Values that a bucket of a [`Histogram`] holds, as its documentation says: one each below 1,024, then 512 buckets a doubling.
pub(crate) fn bucket_us(bucket: u32) -> (f64, f64) {
    const EXACT: u32 = 1_024;
    const PER_DOUBLING: u32 = 512;
    if bucket < EXACT {
        return (f64::from(bucket), f64::from(bucket + 1));
    }
    let (doubling, place) = ((bucket - EXACT) / PER_DOUBLING + 1, (bucket - EXACT) % PER_DOUBLING);
    let width = 2_f64.powi(i32::try_from(doubling).unwrap_or(i32::MAX));
    let from = f64::from(PER_DOUBLING + place) * width;
    (from, from + width)
}

/// How long callers waited; equal ways, equal ratios. Nothing without successes.
#[must_use]
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places of bins, and counts for drawing"
)]
pub fn latency_histogram(latency: &Histogram) -> Option<ChartSpec> {
    let (low, high) = ((latency.min_us.max(1) as f64) * 0.98, (latency.max_us.max(2) as f64) * 1.02);
    if latency.count == 0 {
        return None;
    }
    let place = |us: f64| (us.max(low) / low).ln() / (high / low).ln();
    let mut counts = [0.0; BINS];
    for (bucket, count) in &latency.buckets {
        let (from, to) = bucket_us(*bucket);
        let bin = (place(from.midpoint(to)) * BINS as f64) as usize;
        counts[bin.min(BINS - 1)] += *count as f64;
    }
    let edge = |bin: usize| low * (high / low).powf(bin as f64 / BINS as f64);
    let bins = counts.iter().enumerate().map(|(bin, count)| Bin { from: edge(bin), to: edge(bin + 1), counts: vec![*count] });
    let mut chart = ChartSpec::new(
        t!("playground.histogram"),
        Axis::log(t!("playground.latency_axis"), Unit::Micros),
        Axis::new(t!("playground.requests_axis"), Unit::Count),
        ChartKind::Histogram { parts: vec![Part::new(t!("playground.requests_axis"), Paint::Busy)], bins: bins.collect() },
    );
    for (quantile, label) in [(0.5, "p50"), (0.99, "p99")] {
        chart = chart.mark(Mark::At { x: latency.quantile_us(quantile) as f64, label: label.to_owned(), paint: Paint::Ink });
    }
    let (half, late) = (us(latency.quantile_us(0.5)), us(latency.quantile_us(0.99)));
    Some(chart.saying(t!("playground.histogram_says", half = half, late = late)))
}

/// Busy and idle environments by the minute, with the lines that limit them.
#[must_use]
pub fn concurrency(spec: &ScenarioSpec, report: &Report) -> ChartSpec {
    let busy = peaks(spec, &report.minutes, |row| Some(f64::from(row.concurrency_max)));
    // Not the largest spare of the group: it may be of another minute than the most that were busy.
    let all = peaks(spec, &report.minutes, |row| Some(f64::from(row.environments_max)));
    let spare = all.iter().zip(&busy).map(|((at, all), (_, busy))| (*at, (all - busy).max(0.0))).collect();
    let most = report.minutes.iter().map(|row| row.environments_max).max().unwrap_or(0);
    let ready = report.minutes.iter().map(|row| row.provisioned_ready).max().unwrap_or(0);
    let mut chart = ChartSpec::new(
        t!("playground.concurrency"),
        Axis::new(t!("playground.clock_axis"), Unit::Clock),
        Axis::new(t!("playground.environments_axis"), Unit::Count),
        ChartKind::AreaStack(vec![
            Series::new(t!("playground.busy"), Paint::Busy, busy),
            Series::new(t!("playground.spare"), Paint::Idle, spare),
        ]),
    );
    let mut limit = |level: u32, label: &'static str, paint| {
        // A limit far above everything would flatten what there is to see.
        if level > 0 && level <= most.saturating_mul(3).max(10) {
            chart = chart.clone().mark(Mark::Limit { y: f64::from(level), label: label.to_owned(), paint });
        }
    };
    limit(ready, t!("playground.provisioned_line"), Paint::Provisioned);
    limit(spec.account.concurrency_limit, t!("playground.account_line"), Paint::Throttle);
    if let [only] = spec.functions.as_slice() {
        limit(only.reserved_concurrency.unwrap_or(0), t!("playground.reserved_line"), Paint::Throttle);
    }
    chart
}

/// The lives of the first environments of the window. Nothing without any.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "moments of a run are far below 2^53 microseconds")]
pub fn lives(spec: &ScenarioSpec, timeline: &Timeline) -> Option<ChartSpec> {
    let fleet = FleetHistory::new(timeline);
    let start_us = f64::from(spec.run.clock_start_s) * 1e6;
    let segment = |segment: &crate::widgets::stage::history::Segment| {
        let state = match segment.state {
            TileState::Starting => EnvState::Starting,
            TileState::Busy => EnvState::Busy,
            TileState::Idle | TileState::Ready => EnvState::Idle,
            TileState::Reclaimed => return None,
        };
        let to_us = segment.until_us.min(timeline.window_us.1) as f64;
        Some(Segment { from: start_us + segment.from_us as f64, to: start_us + to_us, state })
    };
    let rows = fleet.environments.iter().take(ROWS_MAX).map(|history| GanttRow {
        label: t!("playground.environment", number = format::count(u64::from(history.environment))),
        provisioned: history.provisioned,
        segments: history.segments.iter().filter_map(segment).filter(|segment| segment.to > segment.from).collect(),
    });
    let rows: Vec<GanttRow> = rows.filter(|row| !row.segments.is_empty()).collect();
    if rows.is_empty() {
        return None;
    }
    let title = match fleet.environments.len() {
        all if all > ROWS_MAX => t!("playground.lives_some", n = ROWS_MAX, all = all),
        _ => t!("playground.lives").to_owned(),
    };
    let x = Axis::new(t!("playground.clock_axis"), Unit::Clock);
    Some(ChartSpec::new(title, x, Axis::default(), ChartKind::Gantt(rows)))
}

const BILL_PARTS: [(coldstart_sim::BillLineKind, Text, Paint); 6] = [
    (coldstart_sim::BillLineKind::Requests, text!("bill.requests"), Paint::Second),
    (coldstart_sim::BillLineKind::Duration, text!("bill.duration"), Paint::Busy),
    (coldstart_sim::BillLineKind::Init, text!("bill.init"), Paint::Starting),
    (coldstart_sim::BillLineKind::Provisioned, text!("bill.provisioned"), Paint::Provisioned),
    (coldstart_sim::BillLineKind::ProvisionedDuration, text!("bill.provisioned_duration"), Paint::Money),
    (coldstart_sim::BillLineKind::TemporaryStorage, text!("bill.temporary_storage"), Paint::Third),
];

/// What each function, and all else that is paid for, costs in 30 days like this run, by cause.
#[must_use]
pub fn bill_chart(spec: &ScenarioSpec, report: &Report) -> ChartSpec {
    let month = bill::per_month(report, spec);
    let used: Vec<_> = BILL_PARTS.iter().filter(|(kind, ..)| month.lines.iter().any(|line| line.kind == *kind)).collect();
    let is_part = |kind| BILL_PARTS.iter().any(|(part, ..)| *part == kind);
    let has_rest = month.lines.iter().any(|line| !is_part(line.kind));
    let amount = |payer: &str, counts: &dyn Fn(coldstart_sim::BillLineKind) -> bool| {
        let lines = month.lines.iter().filter(|line| line.function == payer && counts(line.kind));
        format::picodollars_to_dollars(lines.map(|line| line.due_pd).sum())
    };
    let mut payers: Vec<&str> = spec.functions.iter().map(|function| function.id.as_str()).collect();
    for line in &month.lines {
        if !payers.contains(&line.function.as_str()) {
            payers.push(&line.function);
        }
    }
    let bars = payers.into_iter().map(|payer| {
        let own = used.iter().map(|(kind, ..)| amount(payer, &|of| of == *kind));
        let rest = has_rest.then(|| amount(payer, &|of| !is_part(of)));
        crate::charts::Bar { label: payer.to_owned(), amounts: own.chain(rest).collect() }
    });
    let rest = has_rest.then(|| Part::new(t!("bill.rest"), Paint::Frozen));
    let parts = used.iter().map(|(_, word, paint)| Part::new(word.get(), *paint)).chain(rest).collect();
    ChartSpec::new(
        t!("playground.bill_chart"),
        Axis::new(t!("playground.month_axis"), Unit::Dollars),
        Axis::default(),
        ChartKind::StackedBars { parts, bars: bars.collect() },
    )
}

/// Erlang B beside the simulation, where it holds: one Poisson sender without retries, and one constant level to miss.
#[must_use]
pub fn erlang(spec: &ScenarioSpec, report: &Report) -> Option<(ChartSpec, String)> {
    let ([function], [source]) = (spec.functions.as_slice(), spec.sources.as_slice()) else { return None };
    let ArrivalsSpec::Poisson { per_s } = source.arrivals else { return None };
    if source.retry.policy != RetryPolicySpec::None || report.total.requests == 0 {
        return None;
    }
    // The mean as it was measured: memory stretches processor time, and what that comes to is the simulator's business.
    let load = per_s * report.total.duration.mean_us() / 1e6;
    let (level, share) = match (function.reserved_concurrency, function.provisioned.as_slice()) {
        (None, [window]) if window.ready_at_start && window.from_s <= 0.0 && window.until_s.is_none() => {
            (window.units, report.total.spill_share())
        }
        (Some(limit), []) if limit > 0 => (limit, ratio(u128::from(report.total.throttled()), u128::from(report.total.attempts))),
        _ => return None,
    };
    let chart = provisioned::erlang_chart(load, &[(level, share)], None, None);
    let says = t!(
        "playground.erlang",
        load = load,
        theory = format::percent(theory::erlang_b(level, load)),
        n = level,
        got = format::percent(share)
    );
    Some((chart, says))
}

/// Log lines of the first attempts of the window that ran.
#[must_use]
pub fn log(spec: &ScenarioSpec, timeline: &Timeline) -> String {
    let Ok(valid) = validate(spec) else { return String::new() };
    let clock = Clock::of(&valid.scenario);
    let ran = timeline.attempts.iter().filter(|attempt| matches!(attempt.result, AttemptResult::Ran { .. }));
    // Whoever came first may have waited longer: a log is in the order in which invocations began. The lines of one stay together.
    let mut invocations: Vec<_> = ran.take(LOGGED_MAX).map(|attempt| (attempt.log_events(&valid.scenario), attempt)).collect();
    invocations.sort_by_key(|(lines, _)| lines.first().map_or(0, |line| line.at_us));
    let lines = invocations.iter().flat_map(|(_, attempt)| attempt.log_lines(&valid.scenario, clock));
    lines.collect::<Vec<_>>().join("\n")
}

/// The longest window whose requests can still be followed.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "shown as a choice of nine")]
pub fn fitting_length_s(report: &Report) -> u32 {
    let per_s = report.total.requests as f64 / (report.measured_us.1.saturating_sub(report.measured_us.0) as f64 / 1e6).max(1.0);
    LENGTHS_S.into_iter().rev().find(|length| f64::from(*length) * per_s <= FOLLOWED).unwrap_or(LENGTHS_S[0])
}

/// The scenario up to the end of a window: what comes later cannot change what is in it, and need not be run.
#[must_use]
pub fn until(spec: &ScenarioSpec, end_s: f64) -> ScenarioSpec {
    let mut short = spec.clone();
    short.run.duration_s = spec.run.duration_s.min(end_s.max(1.0));
    short.run.warm_up_s = 0.0;
    if validate(&short).is_ok() { short } else { spec.clone() }
}

/// Provisioned units to draw places for.
#[must_use]
pub fn shelf_places(spec: &ScenarioSpec, window_s: (f64, f64)) -> usize {
    let units = |function: &coldstart_sim::spec::FunctionSpec| {
        let overlaps =
            function.provisioned.iter().filter(|w| w.from_s < window_s.1 && w.until_s.is_none_or(|until_s| until_s > window_s.0));
        overlaps.map(|w| w.units as usize).max().unwrap_or(0)
    };
    spec.functions.iter().map(units).sum()
}

/// Idle life that all functions share, if it is one constant, in microseconds.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "validated to be at most a month")]
pub fn idle_life_us(spec: &ScenarioSpec) -> Option<u64> {
    match spec.functions.as_slice() {
        [only] => match only.reclaim {
            ReclaimSpec::Constant { idle_life_s } => Some((idle_life_s * 1e6) as u64),
            _ => None,
        },
        _ => None,
    }
}

/// A quantile of times, or a dash where there are none.
#[must_use]
pub fn quantile_of(times: &Histogram, quantile: f64) -> String {
    if times.count == 0 { "–".to_owned() } else { us(times.quantile_us(quantile)) }
}

/// Another seed that a reader can tell from the one before.
#[must_use]
pub const fn another_seed(seed: u64) -> u64 {
    const LARGEST: u64 = coldstart_sim::limits::SEED.max;
    if seed < LARGEST { seed + 1 } else { 0 }
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn us(value: u64) -> String {
    format::duration_us(value as f64)
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn ratio(part: u128, whole: u128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
