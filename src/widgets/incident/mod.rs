//! The 9 AM incident: a dashboard, evidence to buy, curves to draw, a cause to name, fixes to try, a post-mortem.
//!
//! Everything but `view` is pure and natively tested: [`state`] is the story as a reducer, [`evidence`] asks the run, [`plan`] makes
//! scenarios of fixes, [`cost`] and [`outcome`] read what came of them, [`post_mortem`] writes it down.

pub mod cause;
pub mod charts;
pub mod clock;
pub mod cost;
pub mod evidence;
pub mod morning;
pub mod outcome;
pub mod plan;
pub mod post_mortem;
pub mod prediction;
pub mod state;
pub mod step;
pub mod view;

pub use view::{IncidentLab, incident_lab};

#[cfg(test)]
mod tests;
