//! A chart of every kind with made-up data, for the style page and the tests.

use super::{Axis, Bar, Bin, ChartKind, ChartSpec, Dash, GanttRow, Mark, Paint, Part, Segment, Series, SimulatedPoint};
use crate::components::EnvState;
use crate::components::format::Unit;

const MINUTE_US: f64 = 60e6;

/// Minutes after 08:50, on a clock.
pub(crate) fn clock(minute: u32) -> f64 {
    (8.0 * 60.0 + 50.0 + f64::from(minute)) * MINUTE_US
}

/// Percentiles over a morning.
pub(crate) fn incident() -> ChartSpec {
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

/// Concurrency over an hour, with what spills over.
pub(crate) fn concurrency() -> ChartSpec {
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

/// Warm and cold latencies.
pub(crate) fn latency_histogram() -> ChartSpec {
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

/// The lives of six environments.
pub(crate) fn lives() -> ChartSpec {
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

/// Three variants of a bill.
pub(crate) fn bill() -> ChartSpec {
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

/// A theory with a simulation.
pub(crate) fn erlang() -> ChartSpec {
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
