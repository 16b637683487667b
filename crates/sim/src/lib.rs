//! Coldstart's simulator of AWS Lambda: a deterministic discrete-event core.
//!
//! Data flows one way: [`spec::ScenarioSpec`] (what a person writes) -> [`validate()`] -> [`Scenario`] (cannot be invalid) ->
//! [`Simulation`] -> [`Report`], [`Timeline`] and [`Digest`]. No I/O, no clock, no ambient randomness, no panic on valid input.

mod arrivals;
pub mod bill;
mod calendar;
mod digest;
mod dist;
mod engine;
mod histogram;
pub mod limits;
pub mod log;
pub mod metrics;
mod model;
mod recorder;
pub mod replicate;
pub mod report;
mod rng;
mod rules;
mod scenario;
#[cfg(feature = "schema")]
pub mod schema;
pub mod servers;
mod simulation;
pub mod spec;
pub mod sweep;
#[cfg(test)]
mod tests;
pub mod theory;
mod time;
pub mod timeline;
pub mod trace;
pub mod travel;
pub mod tuner;
mod usage;
pub mod validate;

pub use digest::Digest;
pub use recorder::TimelineOptions;
pub use replicate::{Replications, replicate};
pub use report::*;
pub use scenario::{Function, Scenario, Source};
pub use simulation::{EnginePath, MODEL_VERSION, RunOptions, RunOutput, Seed, Simulation, run};
pub use spec::ScenarioSpec;
pub use time::{SimDuration, SimTime};
pub use timeline::*;
pub use usage::{AccountUsage, NodeUsage, Usage};
pub use validate::{Problem, Severity, Validated, check, validate};
