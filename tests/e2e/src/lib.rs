//! Drives the built site in a browser, for the end-to-end tests and the screenshots.
//!
//! [`drive`] serves the site, starts a browser, hands the test a [`Page`] and closes everything whatever the outcome;
//! a failed test leaves a screenshot. Tests wait on states of the page ([`Page::wait_for`], [`Page::wait_until`]), never
//! on time.

mod accessibility;
mod answer;
mod browser;
pub mod course;
mod error;
mod page;
mod server;
mod view;

pub use accessibility::Violation;
pub use answer::{report_in, run_order};
pub use browser::{Browser, dist, drive, drive_site};
pub use error::{Error, Result};
pub use fantoccini::key::Key;
pub use page::{LogEntry, Page};
pub use server::Site;
pub use view::{Mount, Theme, View};
