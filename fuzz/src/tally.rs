//! How many inputs came to something, so that a fuzzer that only ever knocks at the door is noticed.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts inputs, and those of them that were valid scenarios.
pub struct Tally {
    inputs: AtomicU64,
    valid: AtomicU64,
}

impl Tally {
    /// Nothing counted.
    #[must_use]
    pub const fn new() -> Self {
        Self { inputs: AtomicU64::new(0), valid: AtomicU64::new(0) }
    }

    /// Counts an input; says how many were valid whenever their number has doubled.
    pub fn count(&self, is_valid: bool) {
        let valid = self.valid.fetch_add(u64::from(is_valid), Ordering::Relaxed) + u64::from(is_valid);
        let inputs = self.inputs.fetch_add(1, Ordering::Relaxed) + 1;
        if inputs.is_power_of_two() {
            eprintln!("valid: {valid} of {inputs} inputs");
        }
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self::new()
    }
}
