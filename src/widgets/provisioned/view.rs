//! Charts, tables and sentences of the acts. Pure.

use super::model::{SizeRow, offered_load, units_of};
use crate::charts::{Axis, Bin, ChartKind, ChartSpec, Dash, Mark, Paint, Part, Series, SimulatedPoint};
use crate::components::LedgerLine;
use crate::components::format::{self, Unit};
use crate::i18n::Text;
use crate::widgets::price::provisioned_hour_pd;
use crate::{t, text};
use coldstart_sim::{Bill, BillLineKind, FunctionReport, Report, ScenarioSpec, theory};
use yew::AttrValue;

/// More bins than this are a comb, not a hill.
const BINS_MAX: usize = 60;

/// How long each number of environments was busy, with the shelf as a line.
#[must_use]
pub fn occupancy_chart(report: &FunctionReport, units: u32) -> ChartSpec {
    let levels = &report.concurrency_time_us;
    let total = levels.iter().sum::<u64>().max(1);
    let first = levels.iter().position(|us| *us > 0).unwrap_or(0);
    let width = (levels.len() - first).div_ceil(BINS_MAX).max(1);
    let bin = |(index, chunk): (usize, &[u64])| Bin {
        from: as_f64(first + index * width) - 0.5,
        to: as_f64(first + (index + 1) * width) - 0.5,
        counts: vec![ratio(chunk.iter().sum(), total)],
    };
    let bins: Vec<Bin> = levels[first..].chunks(width).enumerate().map(bin).collect();
    let above = ratio(levels.iter().skip(units as usize + 1).sum(), total);
    ChartSpec::new(
        t!("provisioned.occupancy_title"),
        Axis::new(t!("provisioned.busy_axis"), Unit::Count),
        Axis::new(t!("provisioned.time_axis"), Unit::Share),
        ChartKind::Histogram { parts: vec![Part::new(t!("provisioned.time_axis"), Paint::Busy)], bins },
    )
    .mark(Mark::At { x: f64::from(units), label: t!("provisioned.shelf", n = units), paint: Paint::Provisioned })
    .saying(t!("provisioned.occupancy_says", n = units, above = format::percent(above)))
}

/// Erlang B over the number of units, with what the simulation gave at some of them. `bet` is what the learner predicted.
#[must_use]
pub fn erlang_chart(load: f64, points: &[(u32, f64)], goal: Option<f64>, bet: Option<f64>) -> ChartSpec {
    let last = points.iter().map(|(units, _)| *units).max().unwrap_or(0).max(ceil(load * 1.5));
    let first = floor(load * 0.5);
    let curve = (first..=last).map(|units| (f64::from(units), theory::erlang_b(units, load))).collect();
    let simulated = points.iter().map(|(units, share)| SimulatedPoint { x: f64::from(*units), y: *share, low: *share, high: *share });
    let kind = ChartKind::PointsAndCurve {
        curve: Series::new(t!("provisioned.erlang"), Paint::Second, curve).dashed(Dash::Solid),
        name: t!("provisioned.simulated").to_owned(),
        points: simulated.collect(),
    };
    let mut chart = ChartSpec::new(
        t!("provisioned.erlang_title"),
        Axis::new(t!("provisioned.units_axis"), Unit::Count),
        Axis::new(t!("provisioned.spill_axis"), Unit::Share),
        kind,
    );
    if let Some((units, share)) = points.last() {
        let theory = format::percent(theory::erlang_b(*units, load));
        chart = chart.saying(t!("provisioned.erlang_says", n = *units, share = format::percent(*share), theory = theory));
    }
    if let Some(goal) = goal {
        chart = chart.mark(Mark::Limit { y: goal, label: t!("provisioned.goal", share = format::percent(goal)), paint: Paint::Spill });
    }
    if let Some(bet) = bet {
        chart = chart.mark(Mark::BetLevel { y: bet, label: t!("kit.bet").to_owned() });
    }
    chart
}

/// The sizer's table.
#[must_use]
pub fn size_cells(row: &SizeRow, memory_mb: u32) -> Vec<AttrValue> {
    vec![
        format::count(u64::from(row.units)).into(),
        format::percent(row.theory).into(),
        format::percent(row.simulated).into(),
        format::picodollars(provisioned_hour_pd(row.units, memory_mb)).into(),
        format::picodollars(row.month_pd).into(),
    ]
}

/// One sentence under the spill act: what was missed, and what the formula says.
#[must_use]
pub fn spill_sentence(spec: &ScenarioSpec, report: &FunctionReport) -> String {
    let units = units_of(spec);
    let simulated = format::percent(report.spill_share());
    match offered_load(spec) {
        Some(load) => {
            t!("provisioned.spill_says", n = report.spilled(), share = simulated, theory = format::percent(theory::erlang_b(units, load)))
        }
        None => t!("provisioned.spill_says_plain", n = report.spilled(), share = simulated),
    }
}

/// Why short calls spill: which rule fired how often, and how full the shelf was.
#[must_use]
pub fn rate_sentence(report: &Report, units: u32) -> String {
    let total = &report.total;
    let [busy, rate] = total.spillover;
    let unit_time = total.provisioned_unit_us.max(1);
    let used = total.billed_provisioned_ms.saturating_mul(1_000);
    t!(
        "provisioned.rate_says",
        share = format::percent(total.spill_share()),
        rate = rate,
        busy = busy,
        n = units,
        used = format::percent(wide_ratio(used, unit_time))
    )
}

/// Busy environments against the shelf, over the run.
#[must_use]
pub fn shelf_chart(report: &Report, clock_start_s: u32) -> ChartSpec {
    let at = |minute: u32| (f64::from(minute) * 60.0 + f64::from(clock_start_s)) * 1e6;
    let busy = report.minutes.iter().map(|row| (at(row.minute), f64::from(row.concurrency_max))).collect();
    let ready = report.minutes.iter().map(|row| (at(row.minute), f64::from(row.provisioned_ready))).collect();
    ChartSpec::new(
        t!("provisioned.shelf_title"),
        Axis::new(t!("provisioned.clock_axis"), Unit::Clock),
        Axis::new(t!("provisioned.environments_axis"), Unit::Count),
        ChartKind::Lines(vec![
            Series::new(t!("provisioned.busy_most"), Paint::Busy, busy),
            Series::new(t!("provisioned.kept_ready"), Paint::Provisioned, ready).dashed(Dash::Dashed),
        ]),
    )
}

/// What a kind of line is called.
#[must_use]
pub fn bill_word(kind: BillLineKind) -> &'static str {
    BILL_WORDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word.get())
}

const BILL_WORDS: [(BillLineKind, Text); 29] = [
    (BillLineKind::Requests, text!("bill.requests")),
    (BillLineKind::Duration, text!("bill.duration")),
    (BillLineKind::Init, text!("bill.init")),
    (BillLineKind::Provisioned, text!("bill.provisioned")),
    (BillLineKind::ProvisionedDuration, text!("bill.provisioned_duration")),
    (BillLineKind::TemporaryStorage, text!("bill.temporary_storage")),
    (BillLineKind::ResponseStream, text!("bill.response_stream")),
    (BillLineKind::SnapshotCache, text!("bill.snapshot_cache")),
    (BillLineKind::SnapshotRestore, text!("bill.snapshot_restore")),
    (BillLineKind::EdgeRequests, text!("bill.edge_requests")),
    (BillLineKind::EdgeDuration, text!("bill.edge_duration")),
    (BillLineKind::SqsPoller, text!("bill.sqs_poller")),
    (BillLineKind::KafkaPoller, text!("bill.kafka_poller")),
    (BillLineKind::RestApi, text!("bill.rest_api")),
    (BillLineKind::HttpApi, text!("bill.http_api")),
    (BillLineKind::SqsStandard, text!("bill.sqs_standard")),
    (BillLineKind::SqsFifo, text!("bill.sqs_fifo")),
    (BillLineKind::SnsPublishes, text!("bill.sns_publishes")),
    (BillLineKind::EventBus, text!("bill.event_bus")),
    (BillLineKind::Scheduler, text!("bill.scheduler")),
    (BillLineKind::KinesisShards, text!("bill.kinesis_shards")),
    (BillLineKind::KinesisPuts, text!("bill.kinesis_puts")),
    (BillLineKind::DynamoDbWrites, text!("bill.dynamodb_writes")),
    (BillLineKind::DynamoDbReads, text!("bill.dynamodb_reads")),
    (BillLineKind::LogsIngest, text!("bill.logs_ingest")),
    (BillLineKind::LogsStorage, text!("bill.logs_storage")),
    (BillLineKind::NatGateway, text!("bill.nat_gateway")),
    (BillLineKind::NatData, text!("bill.nat_data")),
    (BillLineKind::RdsProxy, text!("bill.rds_proxy")),
];

/// A bill as a ledger shows it. Where several pay, each line says for whom.
#[must_use]
pub fn ledger_lines(bill: &Bill) -> Vec<LedgerLine> {
    let has_several = bill.lines.windows(2).any(|pair| pair[0].function != pair[1].function);
    let line = |line: &coldstart_sim::BillLine| {
        let word = bill_word(line.kind);
        #[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
        let quantity = line.quantity_micro as f64 / 1e6;
        LedgerLine {
            key: format!("{}-{word}", line.function).into(),
            label: if has_several { format!("{word}, {}", line.function).into() } else { word.into() },
            quantity: format::with_unit(&format::number(quantity), &line.unit_words()).into(),
            amount_pd: line.due_pd,
        }
    };
    bill.lines.iter().map(line).collect()
}

fn ratio(part: u64, whole: u64) -> f64 {
    wide_ratio(u128::from(part), u128::from(whole))
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn wide_ratio(part: u128, whole: u128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[allow(clippy::cast_precision_loss, reason = "levels number a few thousand")]
const fn as_f64(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "loads are small and not negative")]
fn ceil(load: f64) -> u32 {
    load.max(0.0).ceil() as u32
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "loads are small and not negative")]
fn floor(load: f64) -> u32 {
    load.max(0.0).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_occupancy_hill_sums_to_one_and_names_the_time_above_the_shelf() {
        let report = FunctionReport { concurrency_time_us: vec![0, 10, 50, 30, 10], ..FunctionReport::default() };
        let chart = occupancy_chart(&report, 2);
        let ChartKind::Histogram { bins, .. } = &chart.kind else { panic!("a histogram") };
        let sum: f64 = bins.iter().map(|bin| bin.counts[0]).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        assert!(chart.says.is_some_and(|says| says.contains("40")), "40 % of the time more than two were busy");
    }

    #[test]
    fn the_curve_covers_the_simulated_points() {
        let chart = erlang_chart(50.0, &[(50, 0.104), (80, 0.0)], Some(0.01), Some(0.02));
        assert_eq!(chart.x_extent(), Some((25.0, 80.0)));
        assert_eq!(chart.marks.len(), 2);
    }
}
