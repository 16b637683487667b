//! The interface's parts: no knowledge of Lambda or of the simulator, every look a class of `static/css/components.css`.
//!
//! Conventions: components are controlled (value in, callback out) unless they only fold or unfold; ids come from the caller, because
//! labels, hints and tests refer to them; an optional part has its own wrapper, so that a field or canvas never changes its place among
//! its siblings (Yew 0.23 would recreate it and lose focus or picture).

pub mod format;

mod bet;
mod button;
mod callout;
mod chip;
mod code;
mod disclosure;
mod env_tile;
mod fact;
mod field;
mod file_drop;
mod icon;
mod inline_button;
mod ledger;
mod progress;
mod slider;
mod stat;
mod table;
mod tabs;

pub use bet::{Bet, BetAnswer, BetButtons, BetChoice, BetFrame, BetKind, BetStage, gap_sentence};
pub use button::{Button, ButtonKind, CopyButton, IconButton};
pub use callout::{Callout, CalloutKind};
pub use chip::{Chip, Tone};
pub use code::CodeBlock;
pub use disclosure::Disclosure;
pub use env_tile::{ENV_TILE_HEIGHT, ENV_TILE_WIDTH, EnvPatterns, EnvState, EnvTile, env_tile_shape};
pub use fact::{Confidence, FactPopover};
pub use field::{Select, SelectOption, TextArea, TextField, Toggle};
pub use file_drop::FileDrop;
pub use icon::{Icon, IconName};
pub use inline_button::InlineButton;
pub use ledger::{Ledger, LedgerLine};
pub use progress::ProgressBar;
pub use slider::{Slider, SliderScale};
pub use stat::{Stat, Trend};
pub use table::{Align, Column, DataTable};
pub use tabs::{TabItem, Tabs};

#[cfg(test)]
mod tests;
