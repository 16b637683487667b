//! What is known about AWS Lambda: every figure with its source, the day it was read and how far to trust it.
//!
//! `facts.toml` is the only place where such a figure is written. The constants and tables here are generated from it,
//! need no dependencies and work without `std`. The feature `registry` adds the [`registry`] itself (parsing, checks,
//! look-up, JSON for the reference page) and the generator.

#![cfg_attr(not(any(test, feature = "registry")), no_std)]

// Generated: the layout is the generator's, not rustfmt's.
#[rustfmt::skip]
pub mod constants;
mod date;
#[rustfmt::skip]
pub mod rules;
#[rustfmt::skip]
pub mod tables;
mod types;

#[cfg(feature = "registry")]
pub mod generate;
#[cfg(feature = "registry")]
pub mod registry;

pub use constants::*;
pub use date::Date;
pub use tables::{FIRST_RUN, IDLE_LIFE_PROFILES, INIT_QUANTILES};
pub use types::{FirstRun, IdleLifeProfile, InitQuantiles, Period, Rule};
