//! Coldstart's simulator of AWS Lambda: a deterministic discrete-event core.
//!
//! Data flows one way: [`spec::ScenarioSpec`] (what a person writes) -> [`validate`] -> [`Scenario`] (cannot be invalid) ->
//! [`Simulation`] -> [`Report`], [`Timeline`] and [`Digest`]. No I/O, no clock, no ambient randomness, no panic on valid input.

pub mod limits;
pub mod report;
pub mod spec;
pub mod timeline;

pub use report::*;
pub use spec::ScenarioSpec;
pub use timeline::*;
