//! The stage as SVG and words. Everything is drawn from a [`Frame`]; nothing here decides what happened.

use super::frame::{Counts, Frame, Pace};
use super::history::FleetHistory;
use super::layout::Layout;
use super::tiles::{draw_dot, draw_place, draw_tile};
use crate::components::{EnvState, env_tile_shape};
use crate::t;
use coldstart_sim::Timeline;
use std::rc::Rc;
use yew::prelude::*;

/// A run as the stage shows it; compared by pointer.
#[derive(Clone, Debug)]
pub struct StageRun(Rc<(Timeline, FleetHistory)>);

impl StageRun {
    /// Reads a timeline once; frames at any moment are cheap afterwards.
    #[must_use]
    pub fn new(timeline: Timeline) -> Self {
        let fleet = FleetHistory::new(&timeline);
        Self(Rc::new((timeline, fleet)))
    }

    /// The timeline.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.0.0
    }

    /// The environments' lives.
    #[must_use]
    pub fn fleet(&self) -> &FleetHistory {
        &self.0.1
    }
}

impl PartialEq for StageRun {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Properties of [`Stage`].
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// The run.
    pub run: StageRun,
    /// The moment, in microseconds.
    pub now_us: u64,
    /// Width of the drawing, in CSS pixels.
    pub width: f64,
    /// Simulated time that a dot travels, in microseconds (the playback speed times a quarter of a second).
    pub travel_us: u64,
    /// Idle life, if it is one constant, in microseconds.
    #[prop_or_default]
    pub idle_life_us: Option<u64>,
    /// Places to draw on the shelf at the least (capacity that is paid for is visible even when nothing runs).
    #[prop_or_default]
    pub shelf_places: usize,
    /// Whether places on the shelf that nothing was recorded of are ready.
    #[prop_or_default]
    pub shelf_ready: bool,
    /// Whether each environment is also listed in words (while paused; a running list would never stop talking).
    #[prop_or_default]
    pub spoken: bool,
    /// Called with the place of an attempt in `Timeline::attempts` when its tile or dot is pointed at.
    #[prop_or_default]
    pub on_select: Callback<usize>,
    /// The attempt that is pointed at.
    #[prop_or_default]
    pub selected: Option<usize>,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let (timeline, fleet) = (props.run.timeline(), props.run.fleet());
    let layout = Layout::new(props.width, fleet.shelf_slots.max(props.shelf_places), fleet.lane_slots);
    let pace = Pace { travel_us: props.travel_us.max(1), idle_life_us: props.idle_life_us };
    let mut frame = Frame::new(fleet, timeline, &layout, pace, props.now_us);
    let taken: Vec<usize> =
        frame.tiles.iter().filter(|tile| tile.provisioned).filter_map(|tile| slot_of(fleet, tile.environment)).collect();
    let empty: Vec<usize> = (0..layout.shelf_slots).filter(|slot| !taken.contains(slot)).collect();
    if props.shelf_ready {
        frame.counts.provisioned_free += empty.len();
    }
    let view_box = format!("0 0 {:.0} {:.0}", layout.width, layout.height);
    html! {
        <figure class="fleet-stage" data-testid={crate::testid::STAGE}>
            <figcaption class="stage-counts">{ counts_line(&frame.counts, layout.shelf_slots) }</figcaption>
            <svg class="stage-drawing" viewBox={view_box} role="img" aria-label={counts_sentence(&frame.counts, layout.shelf_slots)}>
                <g class="stage-frames">{ frames(&layout) }</g>
                <g class="stage-places">{ for empty.iter().map(|slot| draw_place(&layout, *slot, props.shelf_ready)) }</g>
                <g class="stage-tiles">{ for frame.tiles.iter().map(|tile| draw_tile(&layout, tile, props.selected, &props.on_select)) }</g>
                <g class="stage-dots">{ for frame.dots.iter().map(|dot| draw_dot(dot, frame.told_by(dot), props.selected, &props.on_select)) }</g>
            </svg>
            <div class="stage-spoken visually-hidden">{ spoken(&frame, props.spoken) }</div>
        </figure>
    }
}

fn slot_of(fleet: &FleetHistory, environment: u32) -> Option<usize> {
    fleet.environments.iter().find(|history| history.environment == environment).map(|history| history.slot)
}

fn frames(layout: &Layout) -> Html {
    let shelf = layout.shelf_slots > 0;
    html! {
        <>
            <g key="door" class="stage-door">
                <path d={format!("M{:.1} {:.1} h28 m-8 -7 l8 7 l-8 7", layout.door().0 - 8.0, layout.door().1)} />
            </g>
            <g key="shelf">
                { if shelf { frame_box(layout, layout.shelf_top, layout.shelf_height, "stage-frame stage-shelf", t!("stage.shelf")) } else { html! {} } }
            </g>
            <g key="lane">{ frame_box(layout, layout.lane_top, layout.lane_height, "stage-frame stage-lane", t!("stage.lane")) }</g>
        </>
    }
}

fn frame_box(layout: &Layout, top: f64, height: f64, class: &'static str, title: impl ToString) -> Html {
    html! {
        <>
            <rect class={class} x={layout.frame_left().to_string()} y={(top + 0.5).to_string()} width={(layout.frame_width() - 1.0).to_string()}
                height={(height - 1.0).to_string()} rx="8" />
            <text class="stage-title" x={(layout.frame_left() + 10.0).to_string()} y={(top + 19.0).to_string()}>{ title.to_string() }</text>
        </>
    }
}

/// The counts, always in the same order, so that they can be followed by eye.
fn counts_line(counts: &Counts, shelf: usize) -> Html {
    let count = |state: EnvState, count: usize, word: &'static str| {
        html! {
            <span key={state.name()} class={classes!("stage-count", (count == 0).then_some("is-zero"))}>
                <svg class="stage-count__tile" viewBox="-4 -4 56 40" aria-hidden="true">{ env_tile_shape(state, false, 1.0) }</svg>
                <b>{ count }</b>{ " " }{ word }
            </span>
        }
    };
    html! {
        <>
            { count(EnvState::Starting, counts.starting + counts.provisioned_starting, t!("stage.starting")) }
            { count(EnvState::Busy, counts.busy + counts.provisioned_busy, t!("stage.busy")) }
            { count(EnvState::Idle, counts.idle, t!("stage.idle")) }
            <span key="shelf" class="stage-count-shelf">
                { if shelf > 0 { count(EnvState::Frozen, counts.provisioned_free, t!("stage.ready")) } else { html! {} } }
            </span>
        </>
    }
}

fn counts_sentence(counts: &Counts, shelf: usize) -> String {
    let lane = t!("stage.lane_sentence", starting = counts.starting, busy = counts.busy, idle = counts.idle);
    if shelf == 0 {
        return lane;
    }
    let shelf = t!("stage.shelf_sentence", busy = counts.provisioned_busy, free = counts.provisioned_free, places = shelf);
    format!("{lane} {shelf}")
}

fn spoken(frame: &Frame, wanted: bool) -> Html {
    if !wanted {
        return html! {};
    }
    html! {
        <ul aria-label={t!("stage.list")}>
            { for frame.tiles.iter().map(|tile| html! { <li key={tile.environment}>{ super::tiles::tile_sentence(tile) }</li> }) }
        </ul>
    }
}
