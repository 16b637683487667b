//! State that is not the look of one page: pure, tested natively.

pub mod progress;
pub mod review;
pub mod share;
