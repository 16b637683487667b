//! What the fuzzer drives: functions that take any bytes at all and panic when a promise is broken.
//!
//! `cargo xtask fuzz` links them with libFuzzer and counts coverage; `cargo test` replays the kept corpus through them without it.
#![allow(clippy::expect_used, reason = "a broken promise is a panic: that is what the fuzzer looks for")]

pub mod decoder;
pub mod engine;
mod generate;
#[path = "../../src/state/share.rs"]
mod share;
mod tally;

pub use tally::Tally;
