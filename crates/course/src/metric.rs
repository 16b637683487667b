//! The figures of a run that a lesson may state. The lint's `expect`, the text's `{{result:...}}` and the page's live text all
//! read them here, so they cannot drift apart.

mod scoped;

use crate::Format;
use coldstart_sim::{BillLineKind, FunctionReport, Histogram, MinuteRow, Report};

type ReadRun = fn(&Report) -> Option<f64>;
type ReadMinutes = fn(&[MinuteRow]) -> Option<f64>;

/// A figure of a run, by name.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Name in `expect` and `{{result:run.name}}`.
    pub name: &'static str,
    /// How it is written unless the text says otherwise.
    pub format: Format,
    /// What it is, for the lint's help.
    pub meaning: &'static str,
    whole: Option<ReadRun>,
    window: Option<ReadMinutes>,
}

const MONTH_US: f64 = 30.0 * 86_400.0 * 1e6;

/// Every metric. Those with a window can be asked about some minutes of the run only: `cold_share@10..15`.
pub const METRICS: &[Metric] = &[
    both("requests", Format::Count, "requests that arrived", |r| Some(count(r.total.requests)), |m| sum(m, |row| row.requests)),
    both(
        "invocations",
        Format::Count,
        "attempts that got an environment",
        |r| Some(count(r.total.invocations)),
        |m| sum(m, |row| row.invocations),
    ),
    both(
        "cold_starts",
        Format::Count,
        "invocations that waited for a new environment",
        |r| Some(count(r.total.cold_starts)),
        |m| sum(m, |row| row.cold_starts),
    ),
    both(
        "cold_share",
        Format::Percent,
        "cold starts over invocations",
        |r| Some(r.total.cold_share()),
        |m| ratio(m, |row| row.cold_starts, |row| row.invocations),
    ),
    both(
        "provisioned_invocations",
        Format::Count,
        "invocations on provisioned environments",
        |r| Some(count(r.total.provisioned_invocations)),
        |m| sum(m, |row| row.provisioned_invocations),
    ),
    both(
        "spilled",
        Format::Count,
        "invocations past provisioned concurrency",
        |r| Some(count(r.total.spilled())),
        |m| sum(m, |row| row.spilled),
    ),
    both(
        "spill_share",
        Format::Percent,
        "spilled over what provisioned concurrency could have served",
        |r| Some(r.total.spill_share()),
        |m| ratio(m, |row| row.spilled, |row| row.spilled + row.provisioned_invocations),
    ),
    whole("spilled_all_busy", Format::Count, "spilled because every unit was busy", |r| Some(count(r.total.spillover[0]))),
    whole("spilled_request_rate", Format::Count, "spilled because of the units' request rate", |r| Some(count(r.total.spillover[1]))),
    both("throttled", Format::Count, "attempts refused", |r| Some(count(r.total.throttled())), |m| sum(m, |row| row.throttled)),
    both(
        "throttle_share",
        Format::Percent,
        "refused over all attempts",
        |r| share(r.total.throttled(), r.total.attempts),
        |m| ratio(m, |row| row.throttled, |row| row.throttled + row.invocations),
    ),
    whole("lost_requests", Format::Count, "requests given up after their last attempt", |r| {
        Some(count(r.total.requests_lost_to_throttles + r.total.requests_lost_to_errors))
    }),
    both(
        "errors",
        Format::Count,
        "invocations that ended in an error, a crash or a timeout",
        |r| Some(errors(&r.total)),
        |m| sum(m, |row| row.errors),
    ),
    whole("p50_ms", Format::Duration, "median latency as the caller sees it", |r| quantile(&r.total.latency, 0.5)),
    whole("p90_ms", Format::Duration, "90th percentile of the latency", |r| quantile(&r.total.latency, 0.9)),
    whole("p99_ms", Format::Duration, "99th percentile of the latency", |r| quantile(&r.total.latency, 0.99)),
    whole("max_ms", Format::Duration, "longest latency", |r| Some(micros_to_ms(r.total.latency.max_us))),
    whole("mean_ms", Format::Duration, "mean latency", |r| mean(&r.total.latency)),
    both(
        "worst_minute_p50_ms",
        Format::Duration,
        "highest median of a minute",
        |r| top(&r.minutes, |row| row.p50_us),
        |m| top(m, |row| row.p50_us),
    ),
    both(
        "calmest_minute_p99_ms",
        Format::Duration,
        "lowest 99th percentile of a minute with successes",
        |r| bottom(&r.minutes, |row| row.p99_us),
        |m| bottom(m, |row| row.p99_us),
    ),
    both(
        "worst_minute_p99_ms",
        Format::Duration,
        "highest 99th percentile of a minute",
        |r| top(&r.minutes, |row| row.p99_us),
        |m| top(m, |row| row.p99_us),
    ),
    whole("init_p50_ms", Format::Duration, "median Init Duration", |r| quantile(&r.total.init, 0.5)),
    whole("duration_p50_ms", Format::Duration, "median Duration", |r| quantile(&r.total.duration, 0.5)),
    whole("duration_p99_ms", Format::Duration, "99th percentile of Duration", |r| quantile(&r.total.duration, 0.99)),
    both(
        "environments_max",
        Format::Count,
        "most environments alive at once",
        |r| Some(f64::from(r.total.environments_max)),
        |m| m.iter().map(|row| row.environments_max).max().map(f64::from),
    ),
    both(
        "concurrency_max",
        Format::Count,
        "most concurrent invocations",
        |r| Some(f64::from(r.total.concurrency_max)),
        |m| m.iter().map(|row| row.concurrency_max).max().map(f64::from),
    ),
    whole("busy_mean", Format::Number, "mean number of busy environments", |r| per_time(r, r.total.busy_env_us)),
    whole("idle_mean", Format::Number, "mean number of idle on-demand environments", |r| per_time(r, r.total.idle_env_us)),
    whole("provisioned_mean", Format::Number, "mean number of ready provisioned units", |r| per_time(r, r.total.provisioned_unit_us)),
    whole("provisioned_use", Format::Percent, "share of the provisioned time that was used", provisioned_use),
    whole("due_usd", Format::Dollars, "bill of the run", |r| Some(picodollars(r.bill.due_pd))),
    whole("due_usd_per_month", Format::Dollars, "bill of 30 days like this run", |r| per_month(r, r.bill.due_pd)),
    whole("provisioned_usd_per_month", Format::Dollars, "provisioned concurrency kept ready, for 30 days like this run", |r| {
        per_month(r, line(r, BillLineKind::Provisioned))
    }),
    whole("init_usd_per_month", Format::Dollars, "billed INIT, for 30 days like this run", |r| per_month(r, line(r, BillLineKind::Init))),
];

/// The metric with this name, window and all taken off.
#[must_use]
pub fn metric_info(name: &str) -> Option<&'static Metric> {
    let base = name.split_once('@').map_or(name, |(base, _)| base);
    METRICS.iter().find(|metric| metric.name == base)
}

/// A figure of a run: `cold_share`, or `cold_share@10..15` for minutes 10 to 14 of the run. None for an unknown name, a window that the
/// metric cannot take, or a figure that does not exist (a percentile of nothing).
#[must_use]
pub fn metric(report: &Report, name: &str) -> Option<f64> {
    if name.contains(':') {
        return scoped::read(report, name);
    }
    let found = metric_info(name)?;
    let Some((_, window)) = name.split_once('@') else {
        return found.whole.and_then(|read| read(report));
    };
    let (from, to) = parse_window(window)?;
    let rows = report.minutes.iter().filter(|row| (from..to).contains(&row.minute)).cloned().collect::<Vec<_>>();
    found.window.and_then(|read| read(&rows))
}

/// How the metric is written unless the text says otherwise.
#[must_use]
pub fn metric_format(name: &str) -> Option<Format> {
    if name.contains(':') { scoped::format(name) } else { metric_info(name).map(|found| found.format) }
}

/// Whether the name is a metric, with a window only where it can take one.
#[must_use]
pub fn is_metric(name: &str) -> bool {
    scoped::is_known(name)
        || metric_info(name).is_some_and(|found| match name.split_once('@') {
            Some((_, window)) => found.window.is_some() && parse_window(window).is_some(),
            None => found.whole.is_some(),
        })
}

/// `10..15`: from the first minute up to, not including, the second.
fn parse_window(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.split_once("..")?;
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (from < to).then_some((from, to))
}

const fn whole(name: &'static str, format: Format, meaning: &'static str, read: fn(&Report) -> Option<f64>) -> Metric {
    Metric { name, format, meaning, whole: Some(read), window: None }
}

const fn both(
    name: &'static str,
    format: Format,
    meaning: &'static str,
    read: fn(&Report) -> Option<f64>,
    window: fn(&[MinuteRow]) -> Option<f64>,
) -> Metric {
    Metric { name, format, meaning, whole: Some(read), window: Some(window) }
}

fn sum(rows: &[MinuteRow], of: fn(&MinuteRow) -> u64) -> Option<f64> {
    Some(count(rows.iter().map(of).sum()))
}

fn ratio(rows: &[MinuteRow], part: fn(&MinuteRow) -> u64, all: fn(&MinuteRow) -> u64) -> Option<f64> {
    share(rows.iter().map(part).sum(), rows.iter().map(all).sum())
}

fn top(rows: &[MinuteRow], of: fn(&MinuteRow) -> u64) -> Option<f64> {
    rows.iter().map(of).max().map(micros_to_ms)
}

/// A minute without successes has a percentile of 0, which says nothing.
fn bottom(rows: &[MinuteRow], of: fn(&MinuteRow) -> u64) -> Option<f64> {
    rows.iter().map(of).filter(|us| *us > 0).min().map(micros_to_ms)
}

/// 0 of nothing, as the Report's own shares have it.
fn share(part: u64, all: u64) -> Option<f64> {
    Some(if all == 0 { 0.0 } else { count(part) / count(all) })
}

fn errors(report: &FunctionReport) -> f64 {
    count(report.outcomes[1..].iter().sum())
}

fn quantile(histogram: &Histogram, at: f64) -> Option<f64> {
    (histogram.count > 0).then(|| micros_to_ms(histogram.quantile_us(at)))
}

fn mean(histogram: &Histogram) -> Option<f64> {
    (histogram.count > 0).then(|| wide(histogram.sum_us) / count(histogram.count) / 1_000.0)
}

fn measured_us(report: &Report) -> f64 {
    micros(report.measured_us.1.saturating_sub(report.measured_us.0))
}

fn per_time(report: &Report, integral_us: u128) -> Option<f64> {
    let time = measured_us(report);
    (time > 0.0).then(|| wide(integral_us) / time)
}

fn provisioned_use(report: &Report) -> Option<f64> {
    let ready = report.total.provisioned_unit_us;
    (ready > 0).then(|| wide(report.total.billed_provisioned_ms) * 1_000.0 / wide(ready))
}

fn line(report: &Report, kind: BillLineKind) -> i128 {
    report.bill.lines.iter().filter(|line| line.kind == kind).map(|line| line.due_pd).sum()
}

fn per_month(report: &Report, amount_pd: i128) -> Option<f64> {
    let covers = micros(report.bill.covers_us);
    (covers > 0.0).then(|| picodollars(amount_pd) * MONTH_US / covers)
}

fn micros_to_ms(us: u64) -> f64 {
    micros(us) / 1_000.0
}

#[allow(clippy::cast_precision_loss, reason = "shown with three significant digits")]
fn count(n: u64) -> f64 {
    n as f64
}

fn micros(us: u64) -> f64 {
    count(us)
}

#[allow(clippy::cast_precision_loss, reason = "shown with three significant digits")]
fn wide(n: u128) -> f64 {
    n as f64
}

#[allow(clippy::cast_precision_loss, reason = "shown with three significant digits")]
fn picodollars(pd: i128) -> f64 {
    pd as f64 / 1e12
}
