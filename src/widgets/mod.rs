//! Things that show a simulation.

pub mod fleet;
pub mod incident;
pub mod live_stage;
pub mod moments;
pub mod playback;
pub mod price;
pub mod provisioned;
pub mod stage;
pub mod transport;
pub mod why;
