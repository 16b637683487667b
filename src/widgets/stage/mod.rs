//! The fleet stage: execution environments as tiles in lanes, requests as dots, at one moment of a run.

pub mod frame;
pub mod history;
pub mod layout;
mod tiles;
mod view;

pub use view::{Stage, StageRun};
