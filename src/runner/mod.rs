//! Runs scenarios off the main thread. A page says what it wants run ([`use_run`]); the newest wish of each place on the page is
//! what runs, and the last result stays until the next one is there.

mod batch;
mod hook;
mod host;
mod known_answer;
mod protocol;
mod simulate;
mod state;
mod worker;

pub use batch::Batch;
pub use hook::{RunHandle, RunsHandle, use_run, use_runner_notice, use_runs};
pub use host::{page_batch, page_ready};
pub use protocol::{FromWorker, RunError, RunOutput, RunRequest, RunResult, RunStatus, TimelineOptions};
pub use state::Notice;
pub use worker::start as start_worker;
