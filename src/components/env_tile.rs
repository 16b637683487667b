//! One execution environment: a rounded tile whose state is a colour, a pattern and a word at once.
//!
//! [`env_tile_shape`] is the tile inside an SVG of one's own (a lane, a shelf); [`EnvTile`] is the tile by itself. The patterns it fills
//! with are defined once a page by [`EnvPatterns`].

use crate::t;
use yew::prelude::*;

/// Width of a tile, in units of its SVG.
pub const ENV_TILE_WIDTH: f64 = 48.0;
/// Height of a tile, in units of its SVG.
pub const ENV_TILE_HEIGHT: f64 = 32.0;

const RADIUS: &str = "7";

/// What an environment is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnvState {
    /// Sandbox and INIT are under way.
    Starting,
    /// It handles an invocation.
    Busy,
    /// It waits, its idle clock runs.
    Idle,
    /// It waits and no clock runs (between invocations nothing in it does).
    Frozen,
    /// It is gone.
    Reclaimed,
}

impl EnvState {
    /// Every state, in the order of a life.
    pub const ALL: [Self; 5] = [Self::Starting, Self::Busy, Self::Idle, Self::Frozen, Self::Reclaimed];

    /// The state's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Starting => t!("kit.starting"),
            Self::Busy => t!("kit.busy"),
            Self::Idle => t!("kit.idle"),
            Self::Frozen => t!("kit.frozen"),
            Self::Reclaimed => t!("kit.reclaimed"),
        }
    }

    /// Its name in `data-state`, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Busy => "busy",
            Self::Idle => "idle",
            Self::Frozen => "frozen",
            Self::Reclaimed => "reclaimed",
        }
    }

    /// The class that carries the state's look.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Starting => "env env--starting",
            Self::Busy => "env env--busy",
            Self::Idle => "env env--idle",
            Self::Frozen => "env env--frozen",
            Self::Reclaimed => "env env--reclaimed",
        }
    }
}

/// The patterns that tiles are filled with. Once a page, anywhere.
#[component]
pub fn EnvPatterns() -> Html {
    html! {
        <svg class="pattern-defs" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>
                <pattern id="env-stripes" class="env-stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="env-stripes__base" width="6" height="6" />
                    <rect class="env-stripes__line" width="3" height="6" />
                </pattern>
            </defs>
        </svg>
    }
}

/// The tile's shapes, with their upper left corner at (0, 0) in units of [`ENV_TILE_WIDTH`] by [`ENV_TILE_HEIGHT`]; put them into a
/// `<g transform=...>`. `progress` is how far INIT, the invocation or the idle clock is, 0 to 1. The number of elements never changes.
pub fn env_tile_shape(state: EnvState, provisioned: bool, progress: f64) -> Html {
    let progress = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
    let inner_width = ENV_TILE_WIDTH - 8.0;
    let filled = match state {
        EnvState::Starting => progress,
        EnvState::Busy => 1.0,
        EnvState::Idle | EnvState::Frozen | EnvState::Reclaimed => 0.0,
    };
    let gauge = match state {
        EnvState::Busy => progress,
        EnvState::Idle => 1.0 - progress,
        EnvState::Starting | EnvState::Frozen | EnvState::Reclaimed => 0.0,
    };
    html! {
        <g class={classes!(state.class(), provisioned.then_some("env--provisioned"))}>
            <rect class="env__shelf" x="-3" y="-3" width="54" height="38" rx="10" />
            <rect class="env__body" x="1" y="1" width="46" height="30" rx={RADIUS} />
            <rect class="env__fill" x="4" y="4" width={format!("{:.2}", inner_width * filled)} height="24" rx="4.5" />
            <rect class="env__gauge" x="8" y="22" width={format!("{:.2}", (inner_width - 8.0) * gauge)} height="3" rx="1.5" />
            <path class="env__notch" d="M19 1 L24 7 L29 1" />
        </g>
    }
}

/// Properties of [`EnvTile`].
#[derive(Properties, Clone, PartialEq)]
pub struct EnvTileProps {
    /// What it is called: `Environment 3`.
    pub name: AttrValue,
    /// What it is doing.
    pub state: EnvState,
    /// Whether it is a provisioned one.
    #[prop_or_default]
    pub provisioned: bool,
    /// How far INIT, the invocation or the idle clock is, 0 to 1.
    #[prop_or_default]
    pub progress: f64,
    /// What is left, in words: `40 ms left`.
    #[prop_or_default]
    pub remark: Option<AttrValue>,
    /// Name for the tests.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
}

/// One environment with its word below.
#[component]
pub fn EnvTile(props: &EnvTileProps) -> Html {
    let mut spoken = format!("{}, {}", props.name, props.state.word());
    if props.provisioned {
        spoken = format!("{spoken}, {}", t!("kit.provisioned"));
    }
    if let Some(remark) = &props.remark {
        spoken = format!("{spoken}, {remark}");
    }
    html! {
        <span class="env-tile" role="img" aria-label={spoken} data-testid={props.testid.clone()} data-state={props.state.name()}>
            <svg class="env-tile__picture" viewBox="-4 -4 56 40" aria-hidden="true">
                { env_tile_shape(props.state, props.provisioned, props.progress) }
            </svg>
            <span class="env-tile__word" aria-hidden="true">{ props.state.word() }</span>
        </span>
    }
}
