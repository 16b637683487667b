//! Every kind of chart drawn as SVG: what must be in the picture, the sentence and the table.

use super::look::Look;
use super::samples::{bill, clock, concurrency, erlang, incident, latency_histogram, lives};
use super::*;
use crate::components::format::{NBSP, Unit};
use plotters_svg::SVGBackend;
use std::fs;

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
        "Busy environments: 70 at most, at 09:04. Spillover reaches 20 at 09:04. The line “50 provisioned” is reached. The line “account limit” is not \
         reached.",
        "Half of all are below 149 ms; 1 in 100 is above 1.6 s. Of all: warm 94.5 %, cold 5.47 %.",
        "6 environments, 6 started here, 2 busy at once.",
        "Today: $17.30, of which duration is 80.9 %. Ten provisioned: $63.60, of which provisioned is 84.9 %. Nothing: $0.",
        "Simulated: 3 of 3 intervals hold the value of Erlang B; furthest apart at 60, 5.17 % where it says 4.69 %.",
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

fn render<C: yew::BaseComponent>(props: C::Properties) -> String {
    let html = futures::executor::block_on(yew::LocalServerRenderer::<C>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "a strict policy forbids style attributes: {html}");
    html.replace(NBSP, " ")
}

#[test]
fn a_chart_on_the_page_says_what_it_shows_and_keeps_its_data_folded() {
    let html = render::<ChartView>(yew::props!(view::ChartViewProps { id: "c", spec: std::rc::Rc::new(incident()) }));
    let sentence = incident().summary().replace(NBSP, " ");
    assert_eq!(html.matches(&sentence).count(), 2, "as the picture's name and below it: {html}");
    has(&html, &[r#"role="img""#, "<figcaption", r#"aria-expanded="false""#, "Show the data", "Latency"]);
    assert!(!html.contains("<table"), "{html}");
}

#[test]
fn a_curve_to_draw_is_a_slider_until_it_is_locked() {
    let props = |locked| {
        let mut spec = incident();
        spec.y = spec.y.over(0.0, 2e6);
        yew::props!(drawable::DrawableChartProps {
            id: "d",
            spec: std::rc::Rc::new(spec),
            xs: std::rc::Rc::new(vec![clock(0), clock(1)]),
            values: std::rc::Rc::new(vec![200e3, 400e3]),
            on_change: yew::Callback::noop(),
            step: 10e3,
            locked: locked,
        })
    };
    let open = render::<DrawableChart>(props(false));
    has(&open, &[r#"role="slider""#, r#"aria-valuetext="08:50: 200 ms""#, r#"aria-valuemax="2000000""#, r#"aria-label="your curve""#]);
    assert!(!render::<DrawableChart>(props(true)).contains(r#"role="slider""#));
}
