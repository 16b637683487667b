//! What a piece of evidence says: a sentence, a table, log lines.

use super::super::charts;
use super::super::clock::show;
use super::super::morning::Minute;
use super::EvidenceKind;
use super::queries::{self, Case, DeployElsewhere};
use crate::charts::ChartSpec;
use crate::components::Column;
use crate::components::format::{count, duration_us, percent};
use crate::t;
use coldstart_sim::ThrottleCause;
use yew::AttrValue;

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceTable {
    /// Columns; the first names its row.
    pub columns: Vec<Column>,
    /// Rows, as many cells each as there are columns.
    pub rows: Vec<Vec<AttrValue>>,
}

/// A piece of evidence in words and figures.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceView {
    /// What it is.
    pub kind: EvidenceKind,
    /// What it says.
    pub finding: String,
    /// Its figures against time.
    pub chart: Option<ChartSpec>,
    /// Its figures.
    pub table: Option<EvidenceTable>,
    /// Log lines, one text for each request.
    pub lines: Vec<String>,
}

/// Milliseconds in the unit that fits.
fn ms(value: f64) -> String {
    duration_us(value * 1_000.0)
}

/// What the run says when it is asked.
#[must_use]
pub fn view(kind: EvidenceKind, case: &Case<'_>) -> EvidenceView {
    match kind {
        EvidenceKind::SlowRequests => slow_requests(case),
        EvidenceKind::InitShare => init_share(case),
        EvidenceKind::Throttles => throttles(case),
        EvidenceKind::Database => database(case),
        EvidenceKind::Deploys => deploys(case),
        EvidenceKind::Concurrency => concurrency(case),
    }
}

fn table(words: &str, numbers: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> EvidenceTable {
    let mut columns = vec![Column::words(words.to_owned())];
    columns.extend(numbers.iter().map(|heading| Column::numbers((*heading).to_owned())));
    let cells = |row: Vec<String>| row.into_iter().map(AttrValue::from).collect();
    EvidenceTable { columns, rows: rows.into_iter().map(cells).collect() }
}

fn slow_requests(case: &Case<'_>) -> EvidenceView {
    let found = queries::slow_requests(case);
    let rows = found.slowest.iter().enumerate().map(|(place, request)| {
        let parts = [request.sandbox_ms, request.init_ms, request.duration_ms, request.latency_ms].map(ms);
        std::iter::once(count(place as u64 + 1)).chain(parts).collect()
    });
    let headings = [t!("incident.col_sandbox"), t!("incident.col_init"), t!("incident.col_duration"), t!("incident.col_latency")];
    EvidenceView {
        kind: EvidenceKind::SlowRequests,
        chart: None,
        finding: t!("incident.found_slow_requests", n = found.slow, with_init = found.with_init, duration = ms(found.longest_duration_ms)),
        table: Some(table(t!("incident.col_request"), &headings, rows)),
        lines: found.slowest.iter().map(|request| request.lines.join("\n")).collect(),
    }
}

fn init_share(case: &Case<'_>) -> EvidenceView {
    let found = queries::init_share(case);
    let row = |minute: &Minute| vec![show(minute.at), count(minute.invocations), count(minute.cold_starts), percent(minute.cold_share())];
    let headings = [t!("incident.col_invocations"), t!("incident.col_with_init"), t!("incident.col_share")];
    EvidenceView {
        kind: EvidenceKind::InitShare,
        chart: None,
        finding: t!(
            "incident.found_init_share",
            before = percent(found.share_before),
            after = percent(found.share_after),
            init = ms(found.init_p50_ms)
        ),
        table: Some(table(t!("incident.col_minute"), &headings, found.minutes.iter().map(row))),
        lines: Vec::new(),
    }
}

fn throttles(case: &Case<'_>) -> EvidenceView {
    let found = queries::throttles(case);
    let rows = ThrottleCause::ALL.into_iter().zip(found.by_cause).map(|(cause, refused)| {
        let reason = cause.aws_reason().unwrap_or_else(|| t!("incident.no_reason"));
        vec![throttle_words(cause).to_owned(), reason.to_owned(), count(refused)]
    });
    let mut table = table(t!("incident.col_cause"), &[t!("incident.col_reason"), t!("incident.col_refused")], rows);
    table.columns[1] = Column::words(t!("incident.col_reason"));
    EvidenceView {
        kind: EvidenceKind::Throttles,
        chart: None,
        finding: t!("incident.found_throttles", n = found.total(), max = found.concurrency_max, limit = found.limit),
        table: Some(table),
        lines: Vec::new(),
    }
}

fn throttle_words(cause: ThrottleCause) -> &'static str {
    match cause {
        ThrottleCause::AccountConcurrency => t!("incident.throttle_account"),
        ThrottleCause::ReservedConcurrency => t!("incident.throttle_reserved"),
        ThrottleCause::ReservedZero => t!("incident.throttle_reserved_zero"),
        ThrottleCause::AccountRequestRate => t!("incident.throttle_account_rate"),
        ThrottleCause::ReservedRequestRate => t!("incident.throttle_reserved_rate"),
        ThrottleCause::ScalingRate => t!("incident.throttle_scaling"),
    }
}

fn database(case: &Case<'_>) -> EvidenceView {
    let found = queries::database(case);
    let row = |when: &str, wait: queries::WaitFigures| vec![when.to_owned(), count(wait.count as u64), ms(wait.p50_ms), ms(wait.p99_ms)];
    let rows = [row(t!("incident.before_nine"), found.before), row(t!("incident.after_nine"), found.after)];
    let headings = [t!("incident.col_invocations"), t!("incident.col_wait_p50"), t!("incident.col_wait_p99")];
    EvidenceView {
        kind: EvidenceKind::Database,
        chart: None,
        finding: t!("incident.found_database", before = ms(found.before.p99_ms), after = ms(found.after.p99_ms)),
        table: Some(table(t!("incident.col_when"), &headings, rows)),
        lines: Vec::new(),
    }
}

fn deploys(case: &Case<'_>) -> EvidenceView {
    let found = queries::deploys(case);
    let today = match found.this_morning.first() {
        None => t!("incident.found_no_deploy").to_owned(),
        Some(at) => t!("incident.found_deploy", at = show(*at)),
    };
    let yesterday = |deploy: DeployElsewhere| {
        let (before, after) = (ms(deploy.p99_before_ms), ms(deploy.p99_after_ms));
        t!("incident.found_deploy_before", at = show(deploy.at), before = before, after = after, cold = deploy.cold_starts)
    };
    let rows = found.elsewhere.iter().map(|deploy| {
        vec![t!("incident.yesterday", at = show(deploy.at)), ms(deploy.p99_before_ms), ms(deploy.p99_after_ms), count(deploy.cold_starts)]
    });
    let headings = [t!("incident.col_p99_before"), t!("incident.col_p99_after"), t!("incident.col_cold")];
    EvidenceView {
        kind: EvidenceKind::Deploys,
        chart: None,
        finding: found.elsewhere.map_or(today.clone(), |deploy| format!("{today} {}", yesterday(deploy))),
        table: found.elsewhere.map(|_| table(t!("incident.col_deploy"), &headings, rows)),
        lines: Vec::new(),
    }
}

fn concurrency(case: &Case<'_>) -> EvidenceView {
    let found = queries::concurrency(case);
    let row = |minute: &Minute| {
        vec![
            show(minute.at),
            count(minute.invocations),
            count(u64::from(minute.concurrency_max)),
            count(u64::from(minute.environments_max)),
        ]
    };
    let headings = [t!("incident.col_invocations"), t!("incident.col_concurrency"), t!("incident.col_environments")];
    EvidenceView {
        kind: EvidenceKind::Concurrency,
        chart: Some(charts::concurrency(&found.minutes)),
        finding: t!(
            "incident.found_concurrency",
            before = found.before_max,
            after = found.after_max,
            environments_before = found.environments_before,
            environments_after = found.environments_after
        ),
        table: Some(table(t!("incident.col_minute"), &headings, found.minutes.iter().map(row))),
        lines: Vec::new(),
    }
}
