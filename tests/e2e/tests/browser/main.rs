//! End-to-end tests: the built site in a browser, under the strict security policy.

mod course;
mod home;
mod incident;
mod logs;
mod playground;
mod provisioned;
mod shell;
mod style;
