//! What a log says, as strings and table rows. Pure.

use super::state::{BYTES_MAX, Origin, Problem};
use crate::components::LedgerLine;
use crate::components::format;
use crate::widgets::provisioned::view::ledger_lines;
use crate::{t, text};
use coldstart_sim::log::{Calibration, MAX_LINES, Parsed, Summary, bill_of, calibrate, parse};
use coldstart_sim::spec::ArchitectureSpec;
use coldstart_sim::{Bill, FunctionReport, Histogram, Report};
use std::ops::Deref;
use std::rc::Rc;
use yew::AttrValue;

/// Bad lines shown; all are counted.
pub const BAD_SHOWN: usize = 20;

const MILLION: u64 = 1_000_000;

/// A log that was read, shared; two are equal only if they are the same reading.
#[derive(Clone, Debug)]
pub struct ReadLog(Rc<LogContent>);

/// What a log contained.
#[derive(Debug)]
pub struct LogContent {
    /// Its lines.
    pub parsed: Parsed,
    /// The function that wrote them; none without a REPORT line.
    pub calibration: Option<Calibration>,
}

impl ReadLog {
    /// Reads a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let parsed = parse(text);
        let calibration = calibrate(&parsed);
        Self(Rc::new(LogContent { parsed, calibration }))
    }
}

impl Deref for ReadLog {
    type Target = LogContent;

    fn deref(&self) -> &LogContent {
        &self.0
    }
}

impl PartialEq for ReadLog {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A number with its label and a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub label: AttrValue,
    /// The number, formatted.
    pub value: AttrValue,
    /// A remark below.
    pub note: Option<AttrValue>,
}

fn figure(label: &'static str, value: String, note: Option<String>) -> Figure {
    Figure { label: label.into(), value: value.into(), note: note.map(Into::into) }
}

/// The numbers that come first.
#[must_use]
pub fn figures(log: &LogContent, calibration: &Calibration) -> Vec<Figure> {
    let Calibration { invocations, cold_starts, timeouts, errors, duration, .. } = calibration;
    let cold_note = match &calibration.restore {
        Some(restore) => t!("logs.cold_note_restore", n = *cold_starts, restored = restore.count),
        None => t!("logs.cold_note", n = *cold_starts),
    };
    let mut figures = vec![
        figure(t!("logs.invocations"), format::count(*invocations), arrivals_words(&log.parsed)),
        figure(t!("logs.cold_share"), format::percent(calibration.cold_share()), Some(cold_note)),
        figure(t!("logs.p50"), ms(duration.p50_ms), None),
        figure(t!("logs.p99"), ms(duration.p99_ms), Some(t!("logs.p99_note", max = ms(duration.max_ms)))),
    ];
    if let Some(init) = &calibration.init {
        figures.push(figure(t!("logs.init_p50"), ms(init.p50_ms), Some(t!("logs.init_note", p99 = ms(init.p99_ms)))));
    }
    if timeouts + errors > 0 {
        let note = t!("logs.failed_note", timeouts = *timeouts, errors = *errors);
        figures.push(figure(t!("logs.failed"), format::percent(share(timeouts + errors, *invocations)), Some(note)));
    }
    figures
}

/// Over which time, and how often, where every line has a timestamp.
fn arrivals_words(parsed: &Parsed) -> Option<String> {
    let (first_us, last_us) = period_us(parsed)?;
    let span_us = last_us.abs_diff(first_us);
    if span_us == 0 {
        return None;
    }
    let per_s = as_f64(parsed.reports.len() as u64) / (as_f64(span_us) / 1e6);
    Some(t!("logs.arrivals", span = format::duration_us(as_f64(span_us)), rate = format::Unit::PerSecond.show(per_s)))
}

/// Times of the first and the last line, in microseconds since 1970; none where a line has no timestamp.
#[must_use]
pub fn period_us(parsed: &Parsed) -> Option<(i64, i64)> {
    let times: Option<Vec<i64>> = parsed.reports.iter().map(|report| report.at_us).collect();
    let times = times?;
    Some((*times.iter().min()?, *times.iter().max()?))
}

/// Rows of the table of percentiles: what, count, mean, p50, p90, p99, longest.
#[must_use]
pub fn percentile_rows(calibration: &Calibration) -> Vec<Vec<AttrValue>> {
    let named = [
        (t!("logs.row_all"), Some(&calibration.duration)),
        (t!("logs.row_warm"), calibration.warm_duration.as_ref()),
        (t!("logs.row_cold"), calibration.cold_duration.as_ref()),
        (t!("logs.row_init"), calibration.init.as_ref()),
        (t!("logs.row_restore"), calibration.restore.as_ref()),
    ];
    let row = |(name, summary): (&'static str, Option<&Summary>)| {
        let summary = summary?;
        let times = [summary.mean_ms, summary.p50_ms, summary.p90_ms, summary.p99_ms, summary.max_ms];
        let cells = [name.to_owned(), format::count(summary.count as u64)].into_iter().chain(times.map(ms));
        Some(cells.map(AttrValue::from).collect())
    };
    named.into_iter().filter_map(row).collect()
}

/// The bill of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogBill {
    /// Its lines.
    pub lines: Vec<LedgerLine>,
    /// Its sum, in picodollars.
    pub due_pd: i128,
    /// What a million such invocations cost, and what is left out.
    pub note: String,
}

/// What the logged invocations cost.
#[must_use]
pub fn bill(log: &LogContent, calibration: &Calibration, architecture: ArchitectureSpec) -> LogBill {
    let bill = bill_of(&log.parsed, architecture);
    let mut lines = ledger_lines(&bill);
    for line in &mut lines {
        line.label = line.label.replace("-mb", "\u{a0}MB").into();
    }
    let million = t!("logs.per_million", price = format::picodollars(per_million_pd(&bill, calibration.invocations)));
    let note = if calibration.restore.is_some() { format!("{million} {}", t!("logs.restores_left_out")) } else { million };
    LogBill { lines, due_pd: bill.due_pd, note }
}

fn per_million_pd(bill: &Bill, invocations: u64) -> i128 {
    bill.due_pd * i128::from(MILLION) / i128::from(invocations.max(1))
}

/// What was read and what was passed over, in a sentence or two.
#[must_use]
pub fn read_words(parsed: &Parsed) -> String {
    let skipped = &parsed.skipped;
    let mut words = t!("logs.read", n = parsed.reports.len());
    let kinds = [
        (skipped.start + skipped.end, text!("logs.skipped_markers")),
        (skipped.init_report, text!("logs.skipped_init_report")),
        (skipped.other, text!("logs.skipped_other")),
        (skipped.blank, text!("logs.skipped_blank")),
    ];
    let kinds: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, text)| text.format(&[("n", n)])).collect();
    if !kinds.is_empty() {
        words.push(' ');
        words.push_str(&t!("logs.skipped", kinds = kinds.join(", ")));
    }
    if parsed.is_truncated {
        words.push(' ');
        words.push_str(&t!("logs.truncated", n = MAX_LINES));
    }
    words
}

/// How many REPORT lines could not be read, and how many of them are shown.
#[must_use]
pub fn bad_words(parsed: &Parsed) -> String {
    let shown = parsed.bad.len().min(BAD_SHOWN);
    if parsed.bad_count > shown as u64 {
        t!("logs.bad_some", n = parsed.bad_count, shown = shown)
    } else {
        t!("logs.bad_all", n = parsed.bad_count)
    }
}

/// Rows of the table of bad lines: line, reason, how it begins.
#[must_use]
pub fn bad_rows(parsed: &Parsed) -> Vec<Vec<AttrValue>> {
    let row = |bad: &coldstart_sim::log::BadLine| {
        [format::count(u64::from(bad.line)), bad.reason.clone(), bad.excerpt.replace('\t', " ")].map(AttrValue::from).to_vec()
    };
    parsed.bad.iter().take(BAD_SHOWN).map(row).collect()
}

/// Title and text for an input that cannot be used.
#[must_use]
pub fn problem_words(problem: &Problem) -> (&'static str, String) {
    match problem {
        Problem::TooLarge { bytes } => (t!("logs.too_large_title"), t!("logs.too_large", size = mb(*bytes), most = mb(BYTES_MAX as u64))),
        Problem::Unreadable { name, reason } => {
            (t!("logs.unreadable_title"), t!("logs.unreadable", name = name.as_str(), reason = reason.as_str()))
        }
        Problem::NoReports => (t!("logs.no_reports_title"), t!("logs.no_reports").to_owned()),
        Problem::NoSample { reason } => (t!("logs.no_sample_title"), t!("logs.no_sample", reason = reason.as_str())),
    }
}

/// Where the figures come from, where that is not the text area itself.
#[must_use]
pub fn origin_words(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Typed => None,
        Origin::File(name) => Some(t!("logs.from_file", name = name.as_str())),
        Origin::Sample => Some(t!("logs.from_sample").to_owned()),
    }
}

/// Measured and simulated, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Rows: figure, measured, simulated, how far apart.
    pub rows: Vec<Vec<AttrValue>>,
    /// What to see in them.
    pub says: String,
}

/// Compares a log with a run of its scenario.
#[must_use]
pub fn comparison(log: &LogContent, calibration: &Calibration, report: &Report, architecture: ArchitectureSpec) -> Comparison {
    let total = &report.total;
    let [_, _, crashes, timeouts] = total.outcomes;
    let measured_init = init_summary(&log.parsed);
    let bill = bill_of(&log.parsed, architecture);
    let dollars = |pd| format::picodollars_to_dollars(pd);
    let mut rows = vec![
        pair(t!("logs.row_invocations"), as_f64(calibration.invocations), as_f64(total.invocations), format::whole),
        pair(t!("logs.cold_share"), calibration.cold_share(), total.cold_share(), format::percent),
    ];
    rows.extend(time_rows(t!("logs.row_all"), Some(&calibration.duration), &total.duration));
    rows.extend(time_rows(t!("logs.row_init"), measured_init.as_ref(), &total.init));
    let measured_share = |count: u64| share(count, calibration.invocations);
    rows.push(pair(t!("logs.row_timeouts"), measured_share(calibration.timeouts), share(timeouts, total.invocations), format::percent));
    rows.push(pair(t!("logs.row_errors"), measured_share(calibration.errors), share(crashes, total.invocations), format::percent));
    rows.push(pair(
        t!("logs.row_million"),
        dollars(per_million_pd(&bill, calibration.invocations)),
        dollars(per_million_pd(&report.bill, total.invocations)),
        format::dollars,
    ));
    Comparison { rows, says: comparison_words(calibration, total) }
}

/// What cold starts took to initialise or to restore: what the scenario's INIT is taken from.
#[must_use]
pub fn init_summary(parsed: &Parsed) -> Option<Summary> {
    Summary::of(parsed.reports.iter().filter_map(|line| line.init_us.or(line.restore_us)))
}

fn time_rows(what: &str, measured: Option<&Summary>, simulated: &Histogram) -> Vec<Vec<AttrValue>> {
    let Some(measured) = measured else { return Vec::new() };
    [("p50", measured.p50_ms, 0.5), ("p90", measured.p90_ms, 0.9), ("p99", measured.p99_ms, 0.99)]
        .into_iter()
        .map(|(name, ms, quantile)| {
            let simulated_us = if simulated.count == 0 { f64::NAN } else { as_f64(simulated.quantile_us(quantile)) };
            pair(&format!("{what}, {name}"), ms * 1e3, simulated_us, format::duration_us)
        })
        .collect()
}

fn pair(name: &str, measured: f64, simulated: f64, show: fn(f64) -> String) -> Vec<AttrValue> {
    let apart = if simulated.total_cmp(&measured).is_eq() {
        t!("logs.same").to_owned()
    } else if measured > 0.0 && simulated.is_finite() {
        let change = (simulated - measured) / measured;
        let sign = if change < 0.0 { "\u{2212}" } else { "+" };
        format!("{sign}{}", format::percent(change.abs()))
    } else {
        "\u{2013}".to_owned()
    };
    [name.to_owned(), show(measured), show(simulated), apart].map(AttrValue::from).to_vec()
}

fn comparison_words(calibration: &Calibration, total: &FunctionReport) -> String {
    if total.invocations == 0 {
        return t!("logs.nobody_called").to_owned();
    }
    let (measured, simulated) = (format::percent(calibration.cold_share()), format::percent(total.cold_share()));
    let waited = format::duration_us(as_f64(total.latency.quantile_us(0.99)));
    let mut words = t!("logs.compared", measured = measured, simulated = simulated, waited = waited);
    if total.throttled() > 0 {
        words.push(' ');
        words.push_str(&t!("logs.throttled", n = total.throttled()));
    }
    words
}

/// Milliseconds in the unit that fits.
#[must_use]
pub fn ms(value: f64) -> String {
    format::duration_us(value * 1e3)
}

/// Bytes as a person counts them.
fn mb(bytes: u64) -> String {
    format::with_unit(&format::number(as_f64(bytes) / 1_048_576.0), "MB")
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { as_f64(part) / as_f64(whole) }
}

/// For shares, rates and pixels.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
pub const fn as_f64(count: u64) -> f64 {
    count as f64
}
