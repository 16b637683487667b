//! Pasted samples of every kind, and what the page makes of them. The ids are made up.

use super::results::{Results, ResultsProps};
use super::scenario::{Choices, Handover, handover, scenario};
use super::view::{self, BAD_SHOWN, ReadLog};
use super::{charts, sample};
use crate::charts::ChartKind;
use crate::components::format::NBSP;
use crate::state::share;
use crate::testid;
use coldstart_sim::spec::{ArchitectureSpec, ArrivalsSpec, ReclaimProfileSpec};
use coldstart_sim::{RunOptions, Seed, run, validate};
use futures::executor::block_on;
use yew::LocalServerRenderer;

const X86: ArchitectureSpec = ArchitectureSpec::X86_64;

/// Warm, cold, timeout, crash and SnapStart, with fields that nobody knows yet, as copied from the console.
const MIXED: &str = "START RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000001 Version: $LATEST\n\
    END RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000001\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000001\tDuration: 211.40 ms\tBilled Duration: 522 ms\tMemory Size: 512 MB\tMax Memory Used: 91 MB\tInit Duration: 310.20 ms\t\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000002\tDuration: 12.61 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 92 MB\tSome New Field: 12 widgets\n\
    2026-03-02T10:00:03.000Z 3f0c9a52-1111-4aaa-8bbb-000000000003 Task timed out after 3.00 seconds\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000003\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 512 MB\tMax Memory Used: 92 MB\tStatus: timeout\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000004\tDuration: 48.00 ms\tBilled Duration: 48 ms\tMemory Size: 512 MB\tMax Memory Used: 95 MB\tStatus: error\tError Type: Runtime.ExitError\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000005\tDuration: 77.70 ms\tBilled Duration: 78 ms\tMemory Size: 512 MB\tMax Memory Used: 95 MB\tRestore Duration: 402.10 ms\tBilled Restore Duration: 120 ms\n\
    REPORT RequestId: 3f0c9a52-1111-4aaa-8bbb-000000000006\tDuration: soon\tBilled Duration: 13 ms\tMemory Size: 512 MB\n\
    INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n\
    loaded 14 rows\n";

fn choices() -> Choices {
    Choices { is_replay: true, per_s: 2.0, architecture: X86, reclaim: ReclaimProfileSpec::default() }
}

/// Warm lines a second apart, each `every`-th one cold.
fn timed(count: usize, every: usize) -> String {
    let line = |index: usize| {
        let init = if index.is_multiple_of(every) { "\tInit Duration: 250.00 ms" } else { "" };
        let at = 1_772_445_600_000_u64 + 1_000 * index as u64;
        format!(
            "{at},REPORT RequestId: x-{index}\tDuration: 20.00 ms\tBilled Duration: 20 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB{init}\n"
        )
    };
    (0..count).map(line).collect()
}

fn cells(rows: &[Vec<yew::AttrValue>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
    rows.join("\n").replace(NBSP, " ")
}

#[test]
fn every_kind_of_line_is_counted() {
    let log = ReadLog::of(MIXED);
    let calibration = log.calibration.as_ref().expect("reports");
    let shown: Vec<String> = view::figures(&log, calibration)
        .iter()
        .map(|figure| format!("{}: {} ({})", figure.label, figure.value, figure.note.as_deref().unwrap_or("")).replace(NBSP, " "))
        .collect();
    assert_eq!(
        shown,
        [
            "Invocations: 5 ()",
            "Cold share: 40 % (2 cold starts, 1 of them restored from a snapshot)",
            "Duration, p50: 77.7 ms ()",
            "Duration, p99: 2.89 s (at most 3 s)",
            "Init Duration, p50: 310 ms (p99 310 ms)",
            "Failed: 40 % (timeouts: 1, crashes and other errors: 1)",
        ]
    );
    let rows = cells(&view::percentile_rows(calibration));
    assert!(rows.contains("Duration, warm|3|") && rows.contains("Restore Duration|1|402 ms"), "{rows}");
    let said = view::read_words(&log.parsed);
    assert!(
        said.contains("5 REPORT lines read") && said.ends_with("Passed over: 2 START and END, 1 INIT_REPORT, 2 other lines."),
        "{said}"
    );
    assert_eq!(cells(&view::bad_rows(&log.parsed)).split('|').take(2).collect::<Vec<_>>(), ["9", "Duration is not a number"]);
    assert!(charts::cold_over_time(&log).is_none(), "no timestamps, no line over time");
    let ChartKind::Histogram { parts, bins } = charts::inits(&log, calibration).expect("cold starts").kind else { panic!("a histogram") };
    assert_eq!((parts.len(), bins.iter().flat_map(|bin| &bin.counts).sum::<f64>() as u32), (2, 2));
}

#[test]
fn bad_lines_are_capped_with_their_number() {
    let log = ReadLog::of(&"REPORT RequestId: x\n".repeat(137));
    assert_eq!(view::bad_rows(&log.parsed).len(), BAD_SHOWN);
    let said = view::bad_words(&log.parsed);
    assert!(said.contains("137") && said.contains("20"), "{said}");
    assert!(log.calibration.is_none());
}

#[test]
fn histograms_hold_every_invocation_once() {
    for text in [MIXED.to_owned(), timed(100, 10), timed(1, 1), MIXED.replace("12.61", "0.00")] {
        let log = ReadLog::of(&text);
        let calibration = log.calibration.as_ref().expect("reports");
        let ChartKind::Histogram { bins, .. } = charts::durations(&log, calibration).kind else { panic!("a histogram") };
        let counted: f64 = bins.iter().flat_map(|bin| &bin.counts).sum();
        assert!((counted - calibration.invocations as f64).abs() < 1e-9);
        assert!(bins.windows(2).all(|pair| pair[0].to <= pair[1].from + 1e-6 && pair[0].from < pair[0].to));
    }
}

#[test]
fn the_bill_names_the_memory_sizes_apart() {
    let log = ReadLog::of(&format!("{}{}", timed(3, 5), timed(3, 5).replace("256 MB", "1024 MB")));
    let calibration = log.calibration.as_ref().expect("reports");
    let bill = view::bill(&log, calibration, X86);
    let labels: Vec<String> = bill.lines.iter().map(|line| line.label.replace(NBSP, " ")).collect();
    assert!(
        labels.iter().any(|label| label == "Requests, 256 MB") && labels.iter().any(|label| label == "Requests, 1024 MB"),
        "{labels:?}"
    );
    let arm = view::bill(&log, calibration, ArchitectureSpec::Arm64);
    assert!(arm.due_pd < bill.due_pd);
    assert!(view::bill(&ReadLog::of(MIXED), ReadLog::of(MIXED).calibration.as_ref().unwrap(), X86).note.contains("SnapStart"));
}

#[test]
fn a_log_with_timestamps_is_replayed_and_one_without_asks_for_a_rate() {
    let log = ReadLog::of(&timed(400, 20));
    let calibration = log.calibration.as_ref().expect("reports");
    let replay = scenario(&log.parsed, calibration, &choices());
    assert!(matches!(&replay.sources[0].arrivals, ArrivalsSpec::Timestamps { at_s, .. } if at_s.len() == 400));
    assert_eq!(replay.run.clock_start_s, 10 * 3_600, "the time of day of the first line");
    let random = scenario(&log.parsed, calibration, &Choices { is_replay: false, ..choices() });
    assert!(matches!(random.sources[0].arrivals, ArrivalsSpec::Poisson { per_s } if (per_s - 2.0).abs() < 1e-9));
    let bare = ReadLog::of(MIXED);
    let asked = scenario(&bare.parsed, bare.calibration.as_ref().unwrap(), &choices());
    assert!(matches!(asked.sources[0].arrivals, ArrivalsSpec::Poisson { .. }));
    for spec in [replay, random, asked] {
        assert!(validate(&spec).is_ok(), "{:?}", validate(&spec));
    }
    let chart = charts::cold_over_time(&log).expect("timestamps");
    assert!(chart.summary().contains("10:0"), "{}", chart.summary());
}

#[test]
fn measured_and_simulated_stand_side_by_side_and_agree_where_they_must() {
    let (_, text) = sample::tests::written();
    let log = ReadLog::of(&text);
    let calibration = log.calibration.as_ref().expect("reports");
    let valid = validate(&scenario(&log.parsed, calibration, &choices())).expect("sound");
    let report = run(&valid.scenario, Seed(1), RunOptions::default()).report;
    assert_eq!(report.total.requests, calibration.invocations, "every logged arrival is replayed");
    let compared = view::comparison(&log, calibration, &report, X86);
    let rows = cells(&compared.rows);
    assert!(rows.lines().next().is_some_and(|row| row.ends_with("the same")), "{rows}");
    assert!((report.total.cold_share() - calibration.cold_share()).abs() < 0.05, "{rows}");
    let p50 = report.total.duration.quantile_us(0.5) as f64 / 1e3;
    assert!((p50 / calibration.duration.p50_ms - 1.0).abs() < 0.15, "{rows}");
    assert!(compared.says.contains("measured"));
}

#[test]
fn a_scenario_goes_to_the_playground_whole_or_by_the_minute() {
    let small = ReadLog::of(MIXED);
    let spec = scenario(&small.parsed, small.calibration.as_ref().unwrap(), &choices());
    let Handover::Whole(payload) = handover(&spec) else { panic!("it fits") };
    assert_eq!(share::decode(&payload).map(|shared| shared.spec), Ok(spec));
    let large = ReadLog::of(&timed(30_000, 50));
    let spec = scenario(&large.parsed, large.calibration.as_ref().unwrap(), &choices());
    let Handover::PerMinute(payload) = handover(&spec) else { panic!("by the minute") };
    let sent = share::decode(&payload).expect("opens").spec;
    let ArrivalsSpec::PerMinute { counts } = &sent.sources[0].arrivals else { panic!("{:?}", sent.sources) };
    assert_eq!((counts.iter().sum::<u32>(), counts.len()), (30_000, 500));
    assert!(validate(&sent).is_ok(), "{:?}", validate(&sent));
}

#[test]
fn the_results_are_drawn_with_their_names() {
    let html = |text: &str| {
        let renderer = LocalServerRenderer::<Results>::with_props(ResultsProps { log: ReadLog::of(text) });
        block_on(renderer.hydratable(false).render())
    };
    let mixed = html(MIXED);
    for id in
        [testid::LOGS_FIGURES, testid::LOGS_PERCENTILES, testid::LOGS_BILL, testid::LOGS_BAD, testid::LOGS_RUN, testid::LOGS_RATE_WANTED]
    {
        assert!(mixed.contains(&format!("data-testid=\"{id}\"")), "{id}: {mixed}");
    }
    assert!(mixed.contains(testid::LOGS_RATE) && !mixed.contains("style="), "{mixed}");
    let replayed = html(&timed(100, 10));
    assert!(replayed.contains(testid::LOGS_REPLAY) && !replayed.contains(testid::LOGS_RATE_WANTED), "{replayed}");
    assert!(!html("REPORT RequestId: x").contains(testid::LOGS_RUN));
}
