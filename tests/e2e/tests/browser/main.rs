//! End-to-end tests: the built site in a browser, under the strict security policy.

mod course;
mod drawn;
#[cfg(feature = "full")]
mod full;
mod hand;
mod home;
mod incident;
mod logs;
mod new_lesson;
mod playground;
mod provisioned;
mod questions;
mod shell;
mod states;
mod style;
