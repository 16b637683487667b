//! Pasted logs: what is read, what is refused and why, and the scenario that comes out.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use coldstart_sim::log::{MAX_BAD, MAX_LINES, Parsed, ReportLine, Status, calibrate, parse};
use coldstart_sim::spec::{ArchitectureSpec, ArrivalsSpec, DistributionSpec};
use coldstart_sim::{BillLineKind, validate};
use proptest::prelude::*;

const ID: &str = "c3252230-c73d-49f6-8844-968c01d1e2e1";

fn one(line: &str) -> ReportLine {
    let parsed = parse(line);
    assert_eq!((parsed.reports.len(), &parsed.bad[..]), (1, &[][..]), "{line}");
    parsed.reports.into_iter().next().unwrap()
}

fn warm() -> ReportLine {
    ReportLine {
        line: 1,
        at_us: None,
        duration_us: 45_230,
        billed_ms: 46,
        memory_mb: 128,
        max_memory_used_mb: Some(31),
        init_us: None,
        restore_us: None,
        billed_restore_ms: None,
        status: Status::Success,
        error_type: None,
    }
}

#[test]
fn report_lines_of_every_kind() {
    let base = format!("REPORT RequestId: {ID}\tDuration: 45.23 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB");
    let cases = [
        (String::new(), warm()),
        ("\t".to_owned(), warm()),
        ("\tInit Duration: 80.00 ms\t".to_owned(), ReportLine { init_us: Some(80_000), ..warm() }),
        ("\tStatus: timeout".to_owned(), ReportLine { status: Status::Timeout, ..warm() }),
        (
            "\tInit Duration: 80.00 ms\tStatus: error\tError Type: Runtime.ExitError".to_owned(),
            ReportLine { init_us: Some(80_000), status: Status::Error, error_type: Some("Runtime.ExitError".to_owned()), ..warm() },
        ),
        (
            "\tRestore Duration: 412.5 ms\tBilled Restore Duration: 213 ms".to_owned(),
            ReportLine { restore_us: Some(412_500), billed_restore_ms: Some(213), ..warm() },
        ),
        ("\tXRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85\tSampled: true".to_owned(), warm()),
        ("\tSome New Field: 12 widgets\tInit Duration: 80.00 ms".to_owned(), ReportLine { init_us: Some(80_000), ..warm() }),
    ];
    for (end, expect) in cases {
        let line = format!("{base}{end}");
        assert_eq!(one(&line), expect, "{line}");
        assert_eq!(one(&line.replace('\t', " ")), expect, "with spaces: {line}");
        assert_eq!(one(&line.replace('\t', "\\t")), expect, "with escaped tabs: {line}");
    }
}

#[test]
fn lines_with_timestamps() {
    let report = format!("REPORT RequestId: {ID}\tDuration: 45.23 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB");
    let expect = ReportLine { at_us: Some(1_767_603_600_123_000), ..warm() };
    for line in [
        format!("2026-01-05T09:00:00.123Z\t{report}"),
        format!("2026-01-05T11:00:00.123+02:00 {report}"),
        format!("2026-01-05 09:00:00.123 {report}"),
        format!("1767603600123,\"{report}\""),
        format!("2026-01-05T09:00:00.123000+00:00 2026/01/05/[$LATEST]0123456789abcdef {report}"),
    ] {
        assert_eq!(one(&line), expect, "{line}");
    }
    let parsed = parse(&format!("2026-01-05T09:00:00.123Z\r\n{report}\r\n"));
    assert_eq!(parsed.reports, [ReportLine { line: 2, ..expect }]);
}

#[test]
fn json_reports() {
    let line = r#"{"time":"2026-01-05T09:00:00.123Z","type":"platform.report","record":{"requestId":"79b4f56e","metrics":{"durationMs":45.23,"billedDurationMs":126,"memorySizeMB":128,"maxMemoryUsedMB":31,"initDurationMs":80.0},"status":"error","errorType":"Runtime.ExitError"}}"#;
    let expect = ReportLine {
        at_us: Some(1_767_603_600_123_000),
        billed_ms: 126,
        init_us: Some(80_000),
        status: Status::Error,
        error_type: Some("Runtime.ExitError".to_owned()),
        ..warm()
    };
    assert_eq!(one(line), expect);
    assert_eq!(one(&line.replace(':', ": ")).init_us, Some(80_000), "with spaces after the colons");
}

#[test]
fn bad_lines_are_shown_with_their_reason_and_other_lines_counted() {
    let text = format!(
        "START RequestId: {ID} Version: $LATEST\n\nhello REPORT\nEND RequestId: {ID}\n\
         INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout\n\
         REPORT RequestId: {ID}\tBilled Duration: 46 ms\tMemory Size: 128 MB\n\
         REPORT RequestId: {ID}\tDuration: soon ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\n\
         REPORT RequestId: {ID}\tDuration: 1e300 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\n\
         REPORT RequestId: {ID}\tDuration: -1 ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\n\
         REPORT RequestId: {ID}\tDuration: NaN ms\tBilled Duration: 46 ms\tMemory Size: 128 MB\n\
         XRAY TraceId: 1-5e34a614\n"
    );
    let parsed = parse(&text);
    assert_eq!(parsed.reports, []);
    let reasons: Vec<(u32, &str)> = parsed.bad.iter().map(|bad| (bad.line, bad.reason.as_str())).collect();
    let range = "Duration is out of range";
    assert_eq!(
        reasons,
        [(6, "has no Duration"), (7, "Duration is not a number"), (8, range), (9, range), (10, "Duration is not a number")]
    );
    let skipped = parsed.skipped;
    assert_eq!((skipped.start, skipped.end, skipped.blank, skipped.init_report, skipped.other), (1, 1, 1, 1, 2));
    assert_eq!(skipped.total(), 6);
}

#[test]
fn pastes_are_bounded() {
    let parsed = parse(&"REPORT RequestId: x\n".repeat(MAX_LINES + 5));
    assert!(parsed.is_truncated);
    assert_eq!((parsed.bad_count, parsed.bad.len()), (MAX_LINES as u64, MAX_BAD));
    let long = format!("{}REPORT RequestId: {ID}\tDuration: 1 ms", "é".repeat(1_000_000));
    assert_eq!(parse(&long).skipped.other, 1);
}

/// A paste with these warm and cold invocations, a minute apart where they have timestamps.
fn paste(warm_ms: &[f64], cold_ms: &[f64], has_times: bool) -> Parsed {
    let mut text = String::new();
    for (index, (ms, is_cold)) in cold_ms.iter().map(|ms| (ms, true)).chain(warm_ms.iter().map(|ms| (ms, false))).enumerate() {
        if has_times {
            text.push_str(&format!("2026-01-05T09:{index:02}:00.000Z\t"));
        }
        let billed = ms.ceil() + if is_cold { 200.0 } else { 0.0 };
        let init = if is_cold { "\tInit Duration: 200.00 ms" } else { "" };
        text.push_str(&format!("REPORT RequestId: {ID}\tDuration: {ms:.2} ms\tBilled Duration: {billed} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB{init}\n"));
    }
    parse(&text)
}

#[test]
fn a_calibrated_scenario_is_sound_and_has_the_logged_figures() {
    let parsed = paste(&[10.0, 20.0, 30.0, 40.0], &[100.0; 5], true);
    let calibration = calibrate(&parsed).unwrap();
    assert_eq!((calibration.invocations, calibration.cold_starts), (9, 5));
    assert!((calibration.cold_share() - 5.0 / 9.0).abs() < 1e-12);
    let warm = calibration.warm_duration.unwrap();
    assert_eq!((warm.count, warm.min_ms, warm.p50_ms, warm.max_ms, warm.mean_ms), (4, 10.0, 25.0, 40.0, 25.0));
    assert_eq!(calibration.init.unwrap().p50_ms, 200.0);
    assert!(calibration.has_arrivals);

    let function = &calibration.scenario.functions[0];
    assert_eq!((function.memory_mb, function.timeout_ms, function.handler.max_memory_used_mb), (512, 3_000, 90));
    assert_eq!(function.init.code, DistributionSpec::constant(200.0));
    let DistributionSpec::Quantiles { points } = &function.handler.wait else { panic!("{:?}", function.handler.wait) };
    let shown: Vec<(f64, f64)> = points.iter().map(|point| (point.share, point.ms)).collect();
    assert_eq!(shown, [(0.0, 10.0), (0.5, 25.0), (1.0, 40.0)]);
    let DistributionSpec::Constant { ms } = function.handler.first_run_cpu else { panic!("{:?}", function.handler.first_run_cpu) };
    assert!((ms - 75.0 * 512.0 / 1_769.0).abs() < 0.001, "75 ms at 512 MB: {ms}");
    let ArrivalsSpec::Timestamps { at_s, .. } = &calibration.scenario.sources[0].arrivals else { panic!("no timestamps") };
    assert_eq!(at_s.len(), 9);
    // The first was cold and warm ones wait for no INIT: they arrived that much later before their line.
    assert!((at_s[8] - (480.0 + 0.3 - 0.04)).abs() < 1e-9, "{at_s:?}");
    assert_eq!(calibration.scenario.run.duration_s, 482.0);
    assert_eq!(validate(&calibration.scenario).map(|valid| valid.advice), Ok(Vec::new()));
}

#[test]
fn without_timestamps_the_arrivals_are_asked_for() {
    let calibration = calibrate(&paste(&[10.0, 10.0], &[], false)).unwrap();
    assert!(!calibration.has_arrivals);
    assert_eq!(calibration.scenario.functions[0].handler.wait, DistributionSpec::constant(10.0));
    assert_eq!((calibration.init, calibration.cold_duration), (None, None));
    assert!(validate(&calibration.scenario).is_ok());
    assert_eq!(calibrate(&Parsed::default()), None);
}

#[test]
fn the_bill_of_a_log_splits_handler_and_init() {
    let parsed = paste(&[10.0, 20.5], &[100.0], false);
    let bill = coldstart_sim::log::bill_of(&parsed, ArchitectureSpec::X86_64);
    let lines: Vec<(BillLineKind, u128)> = bill.lines.iter().map(|line| (line.kind, line.quantity_micro)).collect();
    // 131 ms and 200 ms at half a GB.
    assert_eq!(lines, [(BillLineKind::Requests, 3_000_000), (BillLineKind::Duration, 65_500), (BillLineKind::Init, 100_000)]);
    assert_eq!(bill.due_pd, 600_000 + 65_500 * 16_666_700 / 1_000_000 + 1 + 1_666_670);
}

#[test]
fn a_timeout_in_the_log_is_the_functions_timeout() {
    let line = format!(
        "REPORT RequestId: {ID}\tDuration: 6004.92 ms\tBilled Duration: 6005 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tStatus: timeout"
    );
    let calibration = calibrate(&parse(&line)).unwrap();
    assert_eq!((calibration.timeouts, calibration.scenario.functions[0].timeout_ms), (1, 6_000));
}

#[test]
fn as_many_time_out_in_a_run_as_in_the_log() {
    let line = |ms: f64, status: &str| {
        format!(
            "REPORT RequestId: {ID}\tDuration: {ms:.2} ms\tBilled Duration: {} ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB{status}\n",
            ms.ceil()
        )
    };
    for (constant, timed_out) in [(false, 3_u32), (true, 3), (false, 100)] {
        let ended = (0..100 - timed_out).map(|index| line(if constant { 40.0 } else { 40.0 + f64::from(index) }, ""));
        let text: String = ended.chain((0..timed_out).map(|_| line(1_000.0, "\tStatus: timeout"))).collect();
        let mut spec = calibrate(&parse(&text)).unwrap().scenario;
        spec.sources[0].arrivals = ArrivalsSpec::Poisson { per_s: 20.0 };
        let valid = validate(&spec).unwrap();
        let total = coldstart_sim::run(&valid.scenario, coldstart_sim::Seed(1), Default::default()).report.total;
        let share = total.outcomes[3] as f64 / total.invocations as f64;
        assert!((share - f64::from(timed_out) / 100.0).abs() < 0.01, "{share} of {}", total.invocations);
    }
}

/// Pieces of real lines in any order, so that the parser's corners are reached more often than by noise alone.
fn scraps() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "REPORT RequestId:",
        "REPORT",
        " ",
        "\t",
        "\n",
        ":",
        "Duration:",
        "Billed Duration:",
        "Init Duration:",
        "Restore Duration:",
        "Memory Size:",
        "Max Memory Used:",
        "Status:",
        "Error Type:",
        "ms",
        "MB",
        "12.34",
        "-1",
        "1e999",
        "NaN",
        "2026-01-05T09:00:00.123Z",
        "1767603600123",
        "platform.report\"",
        "\"durationMs\"",
        "\"",
        "{",
        "}",
        ",",
        "é",
        "\u{1F980}",
        "99999999999999999999",
        "9999-12-31T23:59:60+99:99",
    ]);
    prop::collection::vec(prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<String>()], 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_paste_makes_the_parser_fail(text in scraps()) {
        let parsed = parse(&text);
        let lines = text.lines().count() as u64;
        prop_assert_eq!(parsed.reports.len() as u64 + parsed.bad_count + parsed.skipped.total(), lines);
        if let Some(calibration) = calibrate(&parsed) {
            prop_assert!(validate(&calibration.scenario).is_ok(), "{:?}", validate(&calibration.scenario));
        }
    }

    #[test]
    fn any_sound_report_calibrates_to_a_sound_scenario(
        rows in prop::collection::vec((0.0..1e7_f64, 0_u64..20_000_000, 1_u32..20_000, 0_u32..20_000, prop::option::of(0.0..2e5_f64)), 1..40),
        has_times in any::<bool>(),
    ) {
        let mut text = String::new();
        for (index, (ms, billed, size, used, init)) in rows.iter().enumerate() {
            if has_times {
                text.push_str(&format!("{} ", 1_767_603_600_123_u64 + 977 * index as u64 * u64::from(*size)));
            }
            text.push_str(&format!("REPORT RequestId: x\tDuration: {ms:.2} ms\tBilled Duration: {billed} ms\tMemory Size: {size} MB\tMax Memory Used: {used} MB"));
            if let Some(init) = init {
                text.push_str(&format!("\tInit Duration: {init:.2} ms"));
            }
            text.push('\n');
        }
        let parsed = parse(&text);
        prop_assert_eq!(parsed.reports.len(), rows.len());
        let calibration = calibrate(&parsed).unwrap();
        prop_assert!(validate(&calibration.scenario).is_ok(), "{:?}", validate(&calibration.scenario));
    }
}
