//! The simulator on the page itself, for frames where no worker can start.

use crate::runner::{Batch, FromWorker, page_batch, page_ready};

/// What a worker says when it is up.
#[inline(never)]
pub fn ready() -> FromWorker {
    page_ready()
}

/// A queue of runs.
#[inline(never)]
pub fn batch() -> Batch {
    page_batch()
}
