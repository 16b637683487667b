//! The Coldstart app: pages, widgets and the bridge to the simulator.

pub mod app;
pub mod charts;
pub mod components;
pub mod i18n;
pub mod pages;
pub mod parts;
pub mod platform;
pub mod runner;
pub mod state;
pub mod testid;
pub mod widgets;

/// Version of this build's package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Fingerprint of this build's sources; the page and its worker must have the same.
pub const BUILD: &str = env!("COLDSTART_BUILD");

/// Version of the simulator's model; links record it.
pub use coldstart_sim::MODEL_VERSION;
