//! What a function counts besides the outcomes of its invocations.

use serde::{Deserialize, Serialize};

/// What may happen to an invocation or an environment. Most functions meet none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunctionCounter {
    /// Invocations killed because they needed more memory than there is; they are among the crashes.
    OutOfMemory,
    /// Invocations that failed because /tmp was full.
    TmpFull,
    /// Invocations whose handler failed, caught that and returned normally: they are among the successes, and their work is lost.
    Swallowed,
    /// Invocations that repeated INIT within their Duration, the runtime having crashed or timed out before.
    RepeatedInits,
    /// Handlers that returned and left work behind.
    BackgroundLeft,
    /// Invocations in which work that an earlier one had left went on.
    BackgroundResumed,
    /// Of the work left behind, finished later.
    BackgroundDone,
    /// Of it, gone with the environment or its runtime.
    BackgroundLost,
    /// Of it, still frozen at the end of the run.
    BackgroundFrozen,
    /// Environments whose extensions were killed because they took too long to shut down.
    ShutdownKills,
    /// Cold starts from a snapshot.
    Restores,
    /// Of these, given up at the limit: the request failed.
    RestoreTimeouts,
    /// Snapshots taken during the run, one for each version published in it.
    SnapshotsTaken,
    /// Invocations on a new environment that Lambda had started before any request needed it; they are among the warm starts.
    ProactiveInits,
}

impl FunctionCounter {
    /// Every counter, in the order of declaration.
    pub const ALL: [Self; 14] = [
        Self::OutOfMemory,
        Self::TmpFull,
        Self::Swallowed,
        Self::RepeatedInits,
        Self::BackgroundLeft,
        Self::BackgroundResumed,
        Self::BackgroundDone,
        Self::BackgroundLost,
        Self::BackgroundFrozen,
        Self::ShutdownKills,
        Self::Restores,
        Self::RestoreTimeouts,
        Self::SnapshotsTaken,
        Self::ProactiveInits,
    ];
}

#[cfg(test)]
mod tests {
    use super::FunctionCounter;

    #[test]
    fn lists_are_indexed_by_the_enum() {
        assert!(FunctionCounter::ALL.iter().enumerate().all(|(place, counter)| place == *counter as usize));
    }
}
