//! The way of requests as SVG and words, with its own clock. Everything is drawn from a [`Frame`]; nothing here decides what happened.

use super::frame::{BoxCounts, Dot, Frame, Rest, Told};
use super::journey::Look;
use super::layout::{BOXES_MAX, PathMap};
use super::place::{BOX_HEIGHT, Places, along};
use super::read::read;
use super::words::{ended, here, kind, sentence};
use crate::components::{Column, DataTable, format};
use crate::platform::size;
use crate::runner::RunResult;
use crate::widgets::moments::{around, moments, steps};
use crate::widgets::run_view::cause_word;
use crate::widgets::transport::{Play, Transport, clock, use_playback};
use crate::{t, testid};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PathView`].
#[derive(Clone, PartialEq, Properties)]
pub struct PathProps {
    /// Id of the view's parts.
    pub id: AttrValue,
    /// What was run.
    pub spec: Rc<ScenarioSpec>,
    /// The run, recorded.
    pub run: RunResult,
    /// Simulated seconds per second.
    pub speed: f64,
    /// Whether it plays by itself; never with reduced motion.
    #[prop_or_default]
    pub autoplay: bool,
    /// Stands at this moment, in microseconds, instead of playing by itself.
    #[prop_or_default]
    pub at_us: Option<u64>,
}

/// The view.
#[component]
pub fn PathView(props: &PathProps) -> Html {
    let node = use_node_ref();
    let width = size::use_width(node.clone(), 640.0);
    let path = use_memo((props.spec.clone(), props.run.clone(), props.speed.to_bits()), |(spec, run, _)| {
        let map = PathMap::new(spec);
        let timeline = run.timeline.clone().unwrap_or_default();
        let journeys = read(&map, &timeline, &run.report.nodes, travel_us(props.speed));
        (map, journeys, moments(&timeline), steps(&timeline), timeline.window_us, timeline.dropped)
    });
    let (map, journeys, moments, steps, window_us, dropped) = &*path;
    let (autoplay, at_us) = (props.autoplay, props.at_us);
    let playback = use_playback(Play { window_us: *window_us, speed: props.speed, looping: false, autoplay, at_us });
    let on_action = {
        let dispatch = playback.dispatcher();
        Callback::from(move |action| dispatch.dispatch(action))
    };
    if map.is_crowded() {
        return html! { <p class="muted" data-testid={testid::LAB_PATH} ref={node}>{ t!("path.crowded", n = map.boxes.len(), most = BOXES_MAX) }</p> };
    }
    let now_us = playback.0.now_us;
    let frame = journeys.frame(now_us);
    let clock_start_s = props.spec.run.clock_start_s;
    html! {
        <div class="path" ref={node} data-testid={testid::LAB_PATH}>
            { figure(map, &frame, width, !playback.0.playing) }
            { turned_back(map, &frame.causes()) }
            <p class="path-more muted">{ if frame.more > 0 { t!("path.more", n = frame.more) } else { String::new() } }</p>
            <Transport playback={playback.0} {on_action} around={around(steps, now_us)} {clock_start_s} moments={moments.clone()} />
            <p class="muted">{ t!("path.says") }</p>
            <p class="muted">{ if *dropped > 0 { t!("path.dropped", n = *dropped) } else { String::new() } }</p>
            { table(&props.id, map, &frame, &clock(window_us.0, clock_start_s)) }
        </div>
    }
}

/// A third of a second of the reader's time.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a third of a second times a small factor")]
pub(super) fn travel_us(speed: f64) -> u64 {
    (350_000.0 * speed.max(0.001)) as u64
}

/// The drawing, and each box in words while nothing moves.
pub(super) fn figure(map: &PathMap, frame: &Frame, width: f64, spoken: bool) -> Html {
    let places = Places::new(map, width);
    let view_box = format!("-8 -14 {:.0} {:.0}", places.size.0 + 16.0, places.size.1 + 28.0);
    let counts = |at: usize| frame.counts.get(at).copied().unwrap_or_default();
    let sentences = || map.boxes.iter().enumerate().map(|(at, one)| html! { <li key={at}>{ sentence(one, counts(at)) }</li> });
    html! {
        <figure class="path-figure">
            <svg class="path-drawing" viewBox={view_box} role="img" aria-label={t!("path.label", n = map.boxes.len())}>
                <g class="path-ways">{ for map.edges.iter().map(|edge| way(&places, *edge, "path-way")) }</g>
                <g class="path-trails">{ for frame.trails.iter().map(|trail| way(&places, *trail, "path-way path-way--trail")) }</g>
                <g class="path-boxes">{ for (0..map.boxes.len()).map(|at| draw_box(map, &places, at, counts(at), frame.rests.get(at))) }</g>
                <g class="path-dots">{ for frame.dots.iter().map(|dot| draw_dot(&places, dot)) }</g>
            </svg>
            <div class="visually-hidden">
                { if spoken { html! { <ul aria-label={t!("path.list")}>{ for sentences() }</ul> } } else { Html::default() } }
            </div>
        </figure>
    }
}

fn way(places: &Places, (from, to): (usize, usize), class: &'static str) -> Html {
    let points: Vec<String> = places.way(from, to).iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    html! { <polyline key={format!("{from}-{to}")} {class} points={points.join(" ")} /> }
}

fn draw_box(map: &PathMap, places: &Places, at: usize, counts: BoxCounts, rests: Option<&Vec<Rest>>) -> Html {
    let (one, place) = (&map.boxes[at], places.places[at]);
    let middle = coordinate(place.width / 2.0);
    let radius = if one.part.is_tube() { "22" } else { "6" };
    let line = |y: &'static str, class: &'static str, words: String| html! { <text {class} x={middle.clone()} {y}>{ words }</text> };
    let (done, failed) = if one.part.is_end() { Default::default() } else { ended(counts) };
    let class = classes!("path-box", one.part.is_tube().then_some("path-box--tube"), one.part.is_end().then_some("path-box--end"));
    html! {
        <g key={at} {class} transform={format!("translate({:.1} {:.1})", place.x, place.y)}>
            <title>{ sentence(one, counts) }</title>
            <rect width={coordinate(place.width)} height={coordinate(BOX_HEIGHT)} rx={radius} />
            { line("17", "path-id", fitted(&one.id, place.width)) }
            { line("31", "path-kind", fitted(kind(one.part), place.width + 12.0)) }
            { line("47", "path-count", here(one.part, counts)) }
            { line("61", "path-count", done) }
            { line("74", "path-count", failed) }
            <g class="path-rests">{ for rests.into_iter().flatten().enumerate().map(|(row, rest)| draw_rest(row, rest, place.width)) }</g>
        </g>
    }
}

/// An id as far as it fits; the box's title, the list and the table have all of it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a box is at most a few hundred pixels wide")]
fn fitted(id: &str, width: f64) -> String {
    let room = ((width - 10.0) / 7.0).max(3.0) as usize;
    if id.chars().count() <= room {
        return id.to_owned();
    }
    id.chars().take(room - 1).chain(['…']).collect()
}

#[allow(clippy::cast_precision_loss, reason = "a handful")]
fn draw_rest(row: usize, rest: &Rest, width: f64) -> Html {
    let step = ((width - 24.0) / 8.0).min(16.0);
    let x = 16.0 + row as f64 * step;
    html! { <g key={rest.journey}>{ mark(x, BOX_HEIGHT - 8.0, if rest.failed { "path-dot is-failed" } else { "path-dot" }, 3.5, rest.attempt) }</g> }
}

fn draw_dot(places: &Places, dot: &Dot) -> Html {
    let (x, y) = along(&places.way(dot.from, dot.to), dot.share);
    let class = match dot.look {
        Look::Ahead | Look::Back => "path-dot",
        Look::Failed => "path-dot is-failed",
        Look::Bounce(_) => "path-dot is-refused",
    };
    let radius = if dot.batch > 1 { 8.0 } else { 5.0 };
    html! {
        <g key={dot.journey}>
            { mark(x, y, class, radius, dot.attempt) }
            <text class="path-batch" x={coordinate(x)} y={coordinate(y + 3.5)}>{ if dot.batch > 1 { dot.batch.to_string() } else { String::new() } }</text>
        </g>
    }
}

/// Why requests turn back, in words: what stands on the drawing would stand on boxes.
fn turned_back(map: &PathMap, told: &[Told]) -> Html {
    let one = |told: &Told| {
        let cause = told.cause.map_or(t!("path.not_taken"), cause_word);
        let at = map.boxes.get(told.to).map(|one| one.id.clone()).unwrap_or_default();
        html! { <li key={format!("{}-{}-{cause}", told.from, told.to)} class="path-cause">{ t!("path.turned", at = at, cause = cause, n = told.requests) }</li> }
    };
    html! { <ul class="path-causes">{ for told.iter().map(one) }</ul> }
}

/// A dot, or a square on its tip for what failed, with a mark for each attempt after the first.
fn mark(x: f64, y: f64, class: &'static str, radius: f64, attempt: u16) -> Html {
    let shape = if class.ends_with("is-failed") {
        let r = radius * 1.2;
        html! { <path d={format!("M{x:.1} {:.1} l{r:.1} {r:.1} l-{r:.1} {r:.1} l-{r:.1} -{r:.1} z", y - r)} /> }
    } else {
        html! { <circle cx={coordinate(x)} cy={coordinate(y)} r={coordinate(radius)} /> }
    };
    let strokes = if attempt < 2 { 0 } else { attempt.min(5) };
    let tally = (0..strokes).map(|stroke| format!("M{:.1} {:.1} v5 ", x - 4.0 + f64::from(stroke) * 2.5, y - radius - 7.0));
    html! {
        <g class="path-mark">
            <g {class}>{ shape }</g>
            <path class="path-tally" d={tally.collect::<String>()} />
        </g>
    }
}

/// What is counted began with the window, at `since`.
fn table(id: &str, map: &PathMap, frame: &Frame, since: &str) -> Html {
    let columns = [
        Column::words(t!("playground.node")),
        Column::words(t!("playground.node_kind")),
        Column::numbers(t!("path.here")),
        Column::numbers(t!("path.done")),
        Column::numbers(t!("path.failed")),
        Column::numbers(t!("path.refused_attempts")),
    ];
    let count = |n: usize| AttrValue::from(format::count(n as u64));
    let row = |(one, counts): (&super::layout::PathBox, &BoxCounts)| {
        let words = [AttrValue::from(one.id.clone()), AttrValue::from(kind(one.part))];
        words.into_iter().chain([counts.here, counts.done, counts.failed, counts.refused].map(count)).collect()
    };
    let rows = map.boxes.iter().zip(&frame.counts).map(row).collect::<Vec<Vec<AttrValue>>>();
    html! { <DataTable id={format!("{id}-table")} caption={t!("path.table", since = since)} columns={columns.to_vec()} {rows} /> }
}

fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}
