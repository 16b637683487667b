//! Coldstart's simulator of AWS Lambda: a deterministic discrete-event core.
//!
//! Data flows one way: [`spec::ScenarioSpec`] (what a person writes) -> [`validate`] -> [`Scenario`] (cannot be invalid) ->
//! [`Simulation`] -> [`Report`], [`Timeline`] and [`Digest`]. No I/O, no clock, no ambient randomness, no panic on valid input.

pub mod bill;
mod dist;
pub mod limits;
pub mod log;
pub mod report;
mod rng;
mod scenario;
#[cfg(feature = "schema")]
pub mod schema;
mod simulation;
pub mod spec;
pub mod theory;
mod time;
pub mod timeline;
mod usage;
pub mod validate;

pub use report::*;
pub use scenario::{Function, Scenario, Source};
pub use simulation::Seed;
pub use spec::ScenarioSpec;
pub use time::{SimDuration, SimTime};
pub use timeline::*;
pub use usage::Usage;
pub use validate::{Problem, Severity, Validated, check, validate};
