//! The gates: what only they reach leaves the app's own file, into one that is named after their module. Keep everything else out.

pub mod engine;
pub mod incident;
pub mod lab;
pub mod lesson;
pub mod network;
pub mod provisioned;
pub mod reference;
