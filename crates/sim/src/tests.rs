//! Tests of the whole engine: laws that hold for every run, AWS's worked examples, both shapes against each other.

mod cases;
mod fixtures;
mod laws;
