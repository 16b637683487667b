//! Tiles and dots as SVG. State shows in colour, in pattern and in a word; a provisioned tile has a double border.

use super::frame::{Dot, DotKind, Tile};
use super::history::TileState;
use super::layout::{Layout, TileSize};
use crate::components::format::milliseconds;
use crate::t;
use yew::prelude::*;

/// One environment.
pub fn draw_tile(layout: &Layout, tile: &Tile, selected: Option<usize>, on_select: &Callback<usize>) -> Html {
    let (width, height) = layout.size.extent();
    let (x, y) = tile.at;
    let is_selected = tile.attempt.is_some() && tile.attempt == selected;
    let class = classes!(
        "tile",
        state_class(tile.state),
        tile.provisioned.then_some("is-provisioned"),
        is_selected.then_some("is-selected")
    );
    let onclick = {
        let (attempt, on_select) = (tile.attempt, on_select.clone());
        Callback::from(move |_: MouseEvent| attempt.into_iter().for_each(|attempt| on_select.emit(attempt)))
    };
    html! {
        <g key={tile.environment} {class} transform={format!("translate({x:.1} {y:.1})")} {onclick}>
            <title>{ tile_sentence(tile) }</title>
            <rect class="tile-face" width={width.to_string()} height={height.to_string()} rx={radius(layout.size)} />
            <g class="tile-progress">{ progress(tile, width, height) }</g>
            <g class="tile-border">{ double_border(tile, width, height, layout.size) }</g>
            <g class="tile-text">{ words(tile, layout.size) }</g>
        </g>
    }
}

/// A place on the shelf that is paid for and empty.
pub fn draw_empty_place(layout: &Layout, slot: usize) -> Html {
    let (width, height) = layout.size.extent();
    let (x, y) = layout.tile(true, slot);
    html! {
        <rect key={slot} class="tile-place" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()}
            rx={radius(layout.size)} />
    }
}

/// One request on its way.
pub fn draw_dot(dot: &Dot, selected: Option<usize>, on_select: &Callback<usize>) -> Html {
    let (x, y) = dot.at;
    let class = classes!("dot", dot_class(dot.kind), (selected == Some(dot.attempt)).then_some("is-selected"));
    let onclick = {
        let (attempt, on_select) = (dot.attempt, on_select.clone());
        Callback::from(move |_: MouseEvent| on_select.emit(attempt))
    };
    html! {
        <g key={dot.attempt} {class} {onclick}>
            <line class="dot-tail" x1={coordinate(dot.tail.0)} y1={coordinate(dot.tail.1)} x2={coordinate(x)} y2={coordinate(y)} />
            <circle cx={coordinate(x)} cy={coordinate(y)} r="4.5" />
            <path class="dot-tally" d={tally(x, y, dot.number)} />
            <text class="dot-cause" x={coordinate(x - 8.0)} y={coordinate(y - 9.0)}>{ cause(dot.kind) }</text>
        </g>
    }
}

/// The tile in words: "Environment 3, busy, 40 ms left".
pub fn tile_sentence(tile: &Tile) -> String {
    let state = state_word(tile.state);
    let number = tile.environment;
    match (tile.state, tile.left_us) {
        (TileState::Starting | TileState::Busy, Some(left)) => {
            t!("stage.tile_left", number = number, state = state, left = milliseconds(left)).to_string()
        }
        (TileState::Idle, Some(left)) => t!("stage.tile_idle", number = number, state = state, left = milliseconds(left)).to_string(),
        _ => t!("stage.tile", number = number, state = state).to_string(),
    }
}

const fn state_class(state: TileState) -> &'static str {
    match state {
        TileState::Starting => "is-starting",
        TileState::Busy => "is-busy",
        TileState::Idle => "is-idle",
        TileState::Ready => "is-ready",
        TileState::Reclaimed => "is-reclaimed",
    }
}

fn state_word(state: TileState) -> String {
    match state {
        TileState::Starting => t!("stage.starting"),
        TileState::Busy => t!("stage.busy"),
        TileState::Idle => t!("stage.idle"),
        TileState::Ready => t!("stage.ready"),
        TileState::Reclaimed => t!("stage.reclaimed"),
    }
    .to_string()
}

const fn dot_class(kind: DotKind) -> &'static str {
    match kind {
        DotKind::Warm => "is-warm",
        DotKind::Cold => "is-cold",
        DotKind::Spilled => "is-spilled",
        DotKind::Throttled(_) => "is-throttled",
    }
}

fn cause(kind: DotKind) -> Html {
    match kind {
        DotKind::Throttled(_) => html! { "429" },
        DotKind::Warm | DotKind::Cold | DotKind::Spilled => html! {},
    }
}

const fn radius(size: TileSize) -> &'static str {
    match size {
        TileSize::Large => "8",
        TileSize::Medium => "6",
        TileSize::Small => "3",
    }
}

/// Starting fills from below, busy runs along the lower edge, idle drains along it.
fn progress(tile: &Tile, width: f64, height: f64) -> Html {
    let share = tile.progress.clamp(0.0, 1.0);
    let (x, y, w, h) = match tile.state {
        TileState::Starting => (0.0, height * (1.0 - share), width, height * share),
        TileState::Busy | TileState::Idle => (3.0, height - 5.0, (width - 6.0) * share, 3.0),
        TileState::Ready | TileState::Reclaimed => (0.0, 0.0, 0.0, 0.0),
    };
    html! { <rect class="tile-fill" x={coordinate(x)} y={coordinate(y)} width={coordinate(w)} height={coordinate(h)} rx="2" /> }
}

fn double_border(tile: &Tile, width: f64, height: f64, size: TileSize) -> Html {
    if !tile.provisioned {
        return html! {};
    }
    html! {
        <rect class="tile-inner" x="3" y="3" width={coordinate(width - 6.0)} height={coordinate(height - 6.0)} rx={radius(size)} />
    }
}

fn words(tile: &Tile, size: TileSize) -> Html {
    match size {
        TileSize::Large => html! {
            <>
                <text class="tile-number" x="10" y="19">{ tile.environment }</text>
                <text class="tile-word" x="10" y="35">{ state_word(tile.state) }</text>
            </>
        },
        TileSize::Medium => html! { <text class="tile-number" x="8" y="18">{ tile.environment }</text> },
        TileSize::Small => html! {},
    }
}

fn tally(x: f64, y: f64, number: u16) -> String {
    (1..number.min(6)).map(|mark| format!("M{:.1} {:.1} v5 ", x + 4.0 + f64::from(mark) * 3.0, y - 10.0)).collect()
}

fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}
