//! Things that show a simulation.

pub mod moments;
pub mod playback;
pub mod stage;
pub mod transport;
pub mod why;
