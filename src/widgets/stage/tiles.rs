//! Tiles and dots as SVG. State shows in colour, in pattern and in a word; a provisioned tile has a double border.

use super::frame::{Dot, DotKind, Tile};
use super::history::TileState;
use super::layout::{Layout, TileSize};
use crate::components::format::duration_us;
use crate::components::{ENV_TILE_HEIGHT, ENV_TILE_WIDTH, EnvState, env_tile_shape};
use crate::t;
use yew::prelude::*;

/// One environment.
pub fn draw_tile(layout: &Layout, tile: &Tile, selected: Option<usize>, on_select: &Callback<usize>) -> Html {
    let is_selected = tile.attempt.is_some() && tile.attempt == selected;
    let state = look(tile.state);
    let class = classes!("stage-tile", format!("stage-tile--{}", state.name()), is_selected.then_some("is-selected"));
    let onclick = {
        let (attempt, on_select) = (tile.attempt, on_select.clone());
        Callback::from(move |_: MouseEvent| attempt.into_iter().for_each(|attempt| on_select.emit(attempt)))
    };
    // The shape counts an idle life up, the frame counts what is left of it.
    let progress = if tile.state == TileState::Idle { 1.0 - tile.progress } else { tile.progress };
    html! {
        <g key={tile.environment} {class} transform={placed(layout, tile.at)} {onclick}>
            <title>{ tile_sentence(tile) }</title>
            { env_tile_shape(state, tile.provisioned, progress) }
            <g class="stage-tile__text">{ words(tile, layout.size) }</g>
        </g>
    }
}

/// A place on the shelf that nothing was recorded of: ready and unused, or not there yet.
pub fn draw_place(layout: &Layout, slot: usize, ready: bool) -> Html {
    html! {
        <g key={slot} class="stage-tile" transform={placed(layout, layout.tile(true, slot))}>
            { if ready {
                env_tile_shape(EnvState::Frozen, true, 0.0)
            } else {
                html! { <rect class="stage-place" width={ENV_TILE_WIDTH.to_string()} height={ENV_TILE_HEIGHT.to_string()} rx="7" /> }
            } }
        </g>
    }
}

/// Moves and scales the tile's own units to its place on the stage.
fn placed(layout: &Layout, (x, y): (f64, f64)) -> String {
    format!("translate({x:.1} {y:.1}) scale({:.3})", layout.size.extent().0 / ENV_TILE_WIDTH)
}

/// A provisioned place that is free is idle without a clock: frozen.
const fn look(state: TileState) -> EnvState {
    match state {
        TileState::Starting => EnvState::Starting,
        TileState::Busy => EnvState::Busy,
        TileState::Idle => EnvState::Idle,
        TileState::Ready => EnvState::Frozen,
        TileState::Reclaimed => EnvState::Reclaimed,
    }
}

/// One request on its way; `refused` of them say together how many they are, one of them for all.
pub fn draw_dot(dot: &Dot, refused: usize, selected: Option<usize>, on_select: &Callback<usize>) -> Html {
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
            <text class="dot-cause" x={coordinate(x - 8.0)} y={coordinate(y - 9.0)}>{ cause(dot.kind, refused) }</text>
        </g>
    }
}

/// The tile in words: "Environment 3, busy, 40 ms left".
pub fn tile_sentence(tile: &Tile) -> String {
    let state = state_word(tile.state);
    let number = tile.environment;
    match (tile.state, tile.left_us) {
        (TileState::Starting | TileState::Busy, Some(left)) => {
            t!("stage.tile_left", number = number, state = state, left = show(left))
        }
        (TileState::Idle, Some(left)) => t!("stage.tile_idle", number = number, state = state, left = show(left)),
        _ => t!("stage.tile", number = number, state = state),
    }
}

fn state_word(state: TileState) -> &'static str {
    match state {
        TileState::Starting => t!("stage.starting"),
        TileState::Busy => t!("stage.busy"),
        TileState::Idle => t!("stage.idle"),
        TileState::Ready => t!("stage.ready"),
        TileState::Reclaimed => t!("stage.reclaimed"),
    }
}

const fn dot_class(kind: DotKind) -> &'static str {
    match kind {
        DotKind::Warm => "is-warm",
        DotKind::Cold => "is-cold",
        DotKind::Spilled => "is-spilled",
        DotKind::Throttled(_) => "is-throttled",
    }
}

fn cause(kind: DotKind, refused: usize) -> Html {
    match kind {
        DotKind::Throttled(_) if refused > 1 => html! { { format!("429 \u{d7} {refused}") } },
        DotKind::Throttled(_) if refused == 1 => html! { "429" },
        DotKind::Throttled(_) => html! {},
        DotKind::Warm | DotKind::Cold | DotKind::Spilled => html! {},
    }
}

fn words(tile: &Tile, size: TileSize) -> Html {
    match size {
        TileSize::Large => html! {
            <>
                <text class="stage-tile__number" x="6" y="11">{ tile.environment }</text>
                <text class="stage-tile__word" x="6" y="19">{ state_word(tile.state) }</text>
            </>
        },
        TileSize::Medium => html! { <text class="stage-tile__number" x="9" y="17">{ tile.environment }</text> },
        TileSize::Small => html! {},
    }
}

fn tally(x: f64, y: f64, number: u16) -> String {
    (1..number.min(6)).map(|mark| format!("M{:.1} {:.1} v5 ", x + 4.0 + f64::from(mark) * 3.0, y - 10.0)).collect()
}

#[allow(clippy::cast_precision_loss, reason = "shown with three digits")]
fn show(us: u64) -> String {
    duration_us(us as f64)
}

fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}
