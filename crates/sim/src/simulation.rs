//! The simulation's public face: options, slices, output.

/// Seed of every random draw of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);
