//! The acts of the provisioned-concurrency lesson.

pub mod model;
