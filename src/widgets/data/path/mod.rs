//! The view `path` of a lab: the way of requests through the scenario.

mod frame;
mod journey;
mod layout;
mod place;
mod read;
mod view;
mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub use view::PathView;
