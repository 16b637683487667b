//! Things that show a simulation.

pub mod data;
pub mod fleet;
pub mod incident;
pub mod live_stage;
pub mod moments;
pub mod nodes;
pub mod playback;
pub mod price;
pub mod provisioned;
pub mod run_view;
pub mod stage;
pub mod transport;
pub mod why;
