//! Every kind of chart drawn as SVG: what must be in the picture, the sentence and the table.

use super::look::Look;
use super::*;
use crate::components::EnvState;
use crate::components::format::{NBSP, Unit};
use plotters_svg::SVGBackend;
use std::fs;

const MINUTE_US: f64 = 60e6;

/// The light theme, as the page would read it.
fn look() -> Look {
    let css = fs::read_to_string("static/css/tokens.css").unwrap_or_default();
    let token = |name: &str| {
        let after = css.split(&format!("{name}:")).nth(1)?;
        after.split(';').next().map(|value| value.trim().to_owned())
    };
    let mut look = Look::from_tokens(token, 1.0);
    look.family = "sans-serif".to_owned();
    look
}

fn svg(spec: &ChartSpec, (width, height): (u32, u32)) -> String {
    let mut svg = String::new();
    draw(SVGBackend::with_string(&mut svg, (width, height)), spec, &look()).unwrap_or_else(|error| panic!("{error}"));
    if let Ok(folder) = std::env::var("COLDSTART_CHARTS") {
        let name: String = spec.title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        fs::write(format!("{folder}/{name}-{width}.svg"), &svg).unwrap_or_else(|error| panic!("{error}"));
    }
    svg.replace(NBSP, " ")
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

fn clock(minute: u32) -> f64 {
    (8.0 * 60.0 + 50.0 + f64::from(minute)) * MINUTE_US
}

fn incident() -> ChartSpec {
    let curve = |f: &dyn Fn(f64) -> f64| (0..=25).map(|m| (clock(m), f(f64::from(m)) * 1e3)).collect::<Vec<_>>();
    let bump = |m: f64| if m < 10.0 { 0.0 } else { (1.0 - (m - 13.0).abs() / 12.0).max(0.0) };
    let series = vec![
        Series::new("p99", Paint::Ink, curve(&|m| 190.0 + 1_010.0 * bump(m))),
        Series::new("p90", Paint::Second, curve(&|m| 160.0 + 240.0 * bump(m))).dashed(Dash::Dashed),
        Series::new("p50", Paint::Second, curve(&|_| 120.0)).dashed(Dash::Dotted),
    ];
    ChartSpec::new("Latency", Axis::new("", Unit::Clock), Axis::new("Latency", Unit::Micros), ChartKind::Lines(series))
        .mark(Mark::At { x: clock(10), label: "deploy".into(), paint: Paint::Second })
        .mark(Mark::BetLevel { y: 500e3, label: "your bet".into() })
}

fn concurrency() -> ChartSpec {
    let points = |f: &dyn Fn(f64) -> f64| (0..60).map(|m| (clock(m), f(f64::from(m)))).collect::<Vec<_>>();
    let wanted = |m: f64| 40.0 + 30.0 * (m / 9.0).sin();
    let layers = vec![
        Series::new("provisioned", Paint::Busy, points(&|m| wanted(m).min(50.0))),
        Series::new("spillover", Paint::Spill, points(&|m| (wanted(m) - 50.0).max(0.0))),
    ];
    ChartSpec::new("Concurrency", Axis::new("", Unit::Clock), Axis::new("Busy environments", Unit::Count), ChartKind::AreaStack(layers))
        .mark(Mark::Limit { y: 50.0, label: "50 provisioned".into(), paint: Paint::Provisioned })
        .mark(Mark::Limit { y: 100.0, label: "account limit".into(), paint: Paint::Throttle })
}

fn latency_histogram() -> ChartSpec {
    let bins = (0..24).map(|i| {
        let from = 50e3 * 1.2f64.powi(i);
        let warm = 900.0 * (-(f64::from(i) - 5.0).powi(2) / 8.0).exp();
        let cold = 60.0 * (-(f64::from(i) - 17.0).powi(2) / 6.0).exp();
        Bin { from, to: from * 1.2, counts: vec![warm, cold] }
    });
    let parts = vec![Part::new("warm", Paint::Busy), Part::new("cold", Paint::Starting)];
    let kind = ChartKind::Histogram { parts, bins: bins.collect() };
    ChartSpec::new("Latencies", Axis::log("Latency", Unit::Micros), Axis::new("Requests", Unit::Count), kind).mark(Mark::At {
        x: 1.1e6,
        label: "p99".into(),
        paint: Paint::Ink,
    })
}

fn lives() -> ChartSpec {
    let row = |i: u32, provisioned: bool| {
        let start = f64::from(i) * 0.4e6;
        let segment = |from: f64, to: f64, state| Segment { from: start + from * 1e6, to: start + to * 1e6, state };
        let mut segments =
            vec![segment(0.0, 0.6, EnvState::Starting), segment(0.6, 1.4, EnvState::Busy), segment(1.4, 3.0, EnvState::Idle)];
        if i.is_multiple_of(2) {
            segments.push(segment(3.0, 3.8, EnvState::Busy));
        }
        GanttRow { label: format!("{}", i + 1), provisioned, segments }
    };
    let kind = ChartKind::Gantt((0..6).map(|i| row(i, i < 2)).collect());
    ChartSpec::new("Environments", Axis::new("Time", Unit::Micros), Axis::new("Environment", Unit::Plain), kind)
}

fn bill() -> ChartSpec {
    let parts = vec![
        Part::new("requests", Paint::Third),
        Part::new("duration", Paint::Busy),
        Part::new("INIT", Paint::Starting),
        Part::new("provisioned", Paint::Provisioned),
    ];
    let bar = |label: &str, amounts: [f64; 4]| Bar { label: label.into(), amounts: amounts.to_vec() };
    let bars = vec![bar("today", [0.2, 14.0, 3.1, 0.0]), bar("ten provisioned", [0.2, 9.0, 0.4, 54.0]), bar("nothing", [0.0; 4])];
    let kind = ChartKind::StackedBars { parts, bars };
    ChartSpec::new("Bill", Axis::new("A month", Unit::Dollars), Axis::new("Variant", Unit::Plain), kind)
}

fn erlang() -> ChartSpec {
    let curve = (30..=80).map(|n| (f64::from(n), (-(f64::from(n) - 30.0) / 14.0).exp() * 0.4)).collect();
    let points = [40.0, 50.0, 60.0].map(|x: f64| {
        let y = (-(x - 30.0) / 14.0).exp() * 0.4 + 0.004 * (x / 50.0);
        SimulatedPoint { x, y, low: y - 0.008, high: y + 0.008 }
    });
    let kind =
        ChartKind::PointsAndCurve { curve: Series::new("Erlang B", Paint::Ink, curve), name: "simulated".into(), points: points.to_vec() };
    ChartSpec::new("Spill", Axis::new("Provisioned", Unit::Count), Axis::new("Share that spills", Unit::Share), kind).mark(Mark::BetBand {
        low: 0.0,
        high: 0.02,
        label: "your bet".into(),
    })
}

fn every_kind() -> [ChartSpec; 6] {
    [incident(), concurrency(), latency_histogram(), lives(), bill(), erlang()]
}

#[test]
fn every_kind_is_drawn_at_both_widths_within_the_picture() {
    for spec in every_kind() {
        for size in [(720, 300), (320, 240)] {
            let svg = svg(&spec, size);
            assert!(svg.matches("<text").count() >= 5, "{}: {svg}", spec.title);
            assert!(!svg.contains("NaN") && !svg.contains("2147483647"), "{}", spec.title);
        }
    }
}

#[test]
fn lines_are_named_at_their_end_and_differ_in_dash() {
    let svg = svg(&incident(), (720, 300));
    has(&svg, &["p99", "p50", "08:50", "09:00", "1 s", "deploy", "your bet", "Latency"]);
    assert!(svg.matches("<polyline").count() > 20, "dashes are strokes of their own");
}

#[test]
fn limits_are_drawn_with_their_names() {
    has(&svg(&concurrency(), (720, 300)), &["50 provisioned", "account limit", "spillover", "Busy environments"]);
}

#[test]
fn a_key_says_what_the_patterns_mean() {
    has(&svg(&lives(), (720, 300)), &["starting", "busy", "idle", "Environment"]);
    has(&svg(&bill(), (720, 300)), &["INIT", "provisioned", "$63.60", "ten provisioned"]);
    has(&svg(&latency_histogram(), (720, 300)), &["warm", "cold", "100 ms", "Requests"]);
}

#[test]
fn sentences_come_from_the_data() {
    let expected = [
        "p99 rises to 1.2 s at 09:03 and is 190 ms at its lowest. p90 stays between 160 ms and 400 ms. p50 stays about 120 ms.",
        "Busy environments: 70 at most, at 09:04. spillover reaches 20 at 09:04. 50 provisioned (50) is reached. account limit (100) is not \
         reached.",
        "Half of all are below 149 ms; 1 in 100 is above 1.6 s. Of all: warm 94.5 %, cold 5.47 %.",
        "6 environments, 6 started here, 2 busy at once.",
        "today: $17.30, of which duration is 80.9 %. ten provisioned: $63.60, of which provisioned is 84.9 %. nothing: $0.",
        "simulated: 3 of 3 intervals hold the value of Erlang B; furthest apart at 60, 5.17 % where it says 4.69 %.",
    ];
    for (spec, expected) in every_kind().iter().zip(expected) {
        assert_eq!(spec.summary().replace(NBSP, " "), expected, "{}", spec.title);
    }
    assert_eq!(incident().saying("Look here.").summary(), "Look here.");
}

#[test]
fn tables_hold_every_point() {
    let sizes: Vec<_> = every_kind().iter().map(|spec| (spec.table().columns.len(), spec.table().rows.len())).collect();
    assert_eq!(sizes, [(4, 26), (3, 60), (4, 24), (4, 21), (6, 3), (4, 3)]);
    for spec in every_kind() {
        let table = spec.table();
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", spec.title);
    }
}

#[test]
fn empty_and_broken_data_are_drawn_too() {
    let axes = || (Axis::new("x", Unit::Plain), Axis::log("y", Unit::Micros));
    let gaps = vec![(0.0, f64::NAN), (1.0, 0.0), (2.0, 5.0), (3.0, f64::INFINITY)];
    for kind in [
        ChartKind::Lines(vec![]),
        ChartKind::Lines(vec![Series::new("a", Paint::Ink, gaps.clone()).dashed(Dash::Dashed)]),
        ChartKind::AreaStack(vec![]),
        ChartKind::AreaStack(vec![Series::new("a", Paint::Spill, gaps)]),
        ChartKind::Histogram { parts: vec![], bins: vec![] },
        ChartKind::Gantt(vec![]),
        ChartKind::StackedBars { parts: vec![], bars: vec![] },
        ChartKind::PointsAndCurve { curve: Series::new("c", Paint::Ink, vec![]), name: "s".into(), points: vec![] },
    ] {
        let (x, y) = axes();
        let spec = ChartSpec::new("empty", x, y, kind);
        svg(&spec, (300, 200));
        assert!(!spec.summary().is_empty());
        assert!(spec.table().rows.len() <= 4);
    }
    let (x, y) = axes();
    svg(&ChartSpec::new("tiny", x, y, ChartKind::Lines(vec![])), (8, 8));
}

#[test]
fn a_drawn_curve_is_hatched_against_the_truth() {
    let points: Vec<_> = (0..=25).map(|m| (clock(m), 200e3)).collect();
    let mark = |against| Mark::Drawn { label: "your curve".into(), points: points.clone(), active: None, against };
    let before = svg(&incident().mark(mark(None)), (720, 300));
    let after = svg(&incident().mark(mark(Some(0))), (720, 300));
    has(&after, &["your curve"]);
    assert!(after.matches("<polyline").count() > before.matches("<polyline").count() + 20, "the gap is hatched");
    assert!(after.matches("<polygon").count() > before.matches("<polygon").count());
}
