//! Things that show a simulation.

pub mod playback;
pub mod stage;
