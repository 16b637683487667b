//! Metrics against the report that they read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test")]

use coldstart_course::{METRICS, is_metric, metric};
use coldstart_sim::{Report, RunOptions, ScenarioSpec, Seed, run, validate};

fn report() -> Report {
    let spec: ScenarioSpec = serde_json::from_str(
        r#"{"schema": 1, "run": {"duration_s": 300.0},
            "functions": [{"id": "f", "memory_mb": 512, "provisioned": [{"units": 2, "ready_at_start": true}],
                           "handler": {"wait": {"kind": "exponential", "mean_ms": 500.0}}}],
            "sources": [{"id": "s", "target": "f", "arrivals": {"kind": "poisson", "per_s": 4.0}}]}"#,
    )
    .unwrap();
    run(&validate(&spec).unwrap().scenario, Seed(1), RunOptions::default()).report
}

#[test]
fn metrics_are_the_reports_figures() {
    let report = report();
    let cases = [
        ("requests", report.total.requests as f64),
        ("cold_share", report.total.cold_share()),
        ("spill_share", report.total.spill_share()),
        ("p99_ms", report.total.latency.quantile_us(0.99) as f64 / 1e3),
        ("due_usd", report.bill.due_pd as f64 / 1e12),
        ("provisioned_mean", 2.0),
    ];
    for (name, expected) in cases {
        let found = metric(&report, name).unwrap_or_else(|| panic!("{name}"));
        assert!((found - expected).abs() <= expected.abs() * 1e-9, "{name}: {found}, not {expected}");
    }
    // A run of five minutes is one in 8,640 of thirty days.
    let monthly = metric(&report, "due_usd_per_month").unwrap() / metric(&report, "due_usd").unwrap();
    assert!((monthly - 8_640.0).abs() < 100.0, "{monthly}");
}

#[test]
fn windows_add_up() {
    let report = report();
    for name in ["requests", "cold_starts", "spilled", "throttled"] {
        let parts: f64 = ["0..2", "2..6"].iter().map(|window| metric(&report, &format!("{name}@{window}")).unwrap()).sum();
        assert_eq!(Some(parts), metric(&report, name), "{name}");
    }
    assert!(metric(&report, "requests@0..1").unwrap() < metric(&report, "requests").unwrap());
}

#[test]
fn what_is_not_a_metric_has_no_value() {
    let report = report();
    for name in ["coldness", "p99_ms@0..1", "cold_share@5..5", "cold_share@five", "cold_share@"] {
        assert!(!is_metric(name), "{name}");
        assert_eq!(metric(&report, name), None, "{name}");
    }
    for known in METRICS {
        assert!(is_metric(known.name), "{}", known.name);
    }
}
