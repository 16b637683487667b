//! What happened, for drawing: capped, append-only, in order of time. What does not fit is counted, never silently lost; zooming
//! into a window re-runs it with that window recorded.

use crate::{ColdCause, Exit, FunctionCounter, Outcome, SpillCause, ThrottleCause};
use serde::{Deserialize, Serialize};

/// The recorded window of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// Start and end of the window, in microseconds.
    pub window_us: (u64, u64),
    /// Events within the window, in order.
    pub events: Vec<TimelineEvent>,
    /// Attempts that started within the window, in order of their start.
    pub attempts: Vec<AttemptRecord>,
    /// Events and attempts of the window that did not fit the cap.
    pub dropped: u64,
}

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// When, in microseconds.
    pub at_us: u64,
    /// Function, by its place in the scenario.
    pub function: u16,
    /// What.
    pub kind: TimelineKind,
}

/// Ids: an environment's is its number of creation within the run, from 0; a request's is (source, number within the source).
///
/// Sources are numbered as in the scenario. The numbers after theirs stand for events that no source sent, one for each function in
/// order: those that reach the function from another one, and second deliveries. Then come the mappings of queues and those of streams, whose requests are batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// A request arrived.
    Arrived {
        /// Place of the source in the scenario.
        source: u16,
        /// Its number within the source, from 0.
        request: u64,
    },
    /// An attempt was refused.
    Throttled {
        /// Place of the source in the scenario.
        source: u16,
        /// Its number within the source.
        request: u64,
        /// Attempt, from 1.
        attempt: u16,
        /// Why.
        cause: ThrottleCause,
    },
    /// An environment began to start.
    Starting {
        /// The environment.
        environment: u32,
        /// Whether it is a provisioned one.
        provisioned: bool,
    },
    /// An environment took an invocation (after INIT, if it was cold).
    Busy {
        /// The environment.
        environment: u32,
        /// Place of the source in the scenario.
        source: u16,
        /// The request's number within the source.
        request: u64,
        /// Attempt, from 1.
        attempt: u16,
    },
    /// An invocation ended and its environment became idle (a provisioned one: free on its shelf).
    Idle {
        /// The environment.
        environment: u32,
        /// How the invocation ended.
        outcome: Outcome,
    },
    /// An idle environment was reclaimed, or an environment was recycled or released.
    Ended {
        /// The environment.
        environment: u32,
    },
    /// A provisioned environment became ready.
    Ready {
        /// The environment.
        environment: u32,
    },
    /// Auto scaling asked for units, or gave some up.
    Scaled {
        /// Units asked for from now on.
        units: u32,
    },
    /// A new version went live.
    Deployed {
        /// Number of the version, from 1 (the one at the start).
        version: u32,
    },
    /// An event waits in a queue: for its next attempt, or until it is too old.
    Waits {
        /// Place of the queue in [`crate::Report::nodes`].
        node: u16,
        /// The event's caller.
        source: u16,
        /// Its number.
        request: u64,
        /// Until when, in microseconds.
        until_us: u64,
    },
    /// Lambda made two of an event.
    Duplicated {
        /// Place of the queue in [`crate::Report::nodes`].
        node: u16,
        /// The copy's caller.
        source: u16,
        /// Its number.
        request: u64,
    },
    /// A function called a dependency.
    Called {
        /// Place of the dependency in [`crate::Report::nodes`].
        node: u16,
        /// The caller of the request that it works on.
        source: u16,
        /// Its number.
        request: u64,
    },
    /// A message came into a queue, or a record into a stream.
    Entered {
        /// Place of the queue or the stream in [`crate::Report::nodes`].
        node: u16,
        /// The sender.
        source: u16,
        /// Its number.
        request: u64,
    },
    /// A mapping calls its function with a batch, which arrived as a request just before.
    Batched {
        /// Place of the mapping in [`crate::Report::nodes`].
        node: u16,
        /// The batch's caller, which stands for the mapping.
        source: u16,
        /// The batch's number.
        request: u64,
        /// Messages or records in it; none in a call that closes a tumbling window.
        messages: u32,
    },
    /// An event left a node for good, or arrived at the destination where it stays.
    Left {
        /// Place of the node in [`crate::Report::nodes`].
        node: u16,
        /// The event's caller.
        source: u16,
        /// Its number.
        request: u64,
        /// How.
        exit: Exit,
    },
    /// A front door answered, or its caller stopped waiting.
    Answered {
        /// Place of the front door in [`crate::Report::nodes`].
        node: u16,
        /// Place of the source in the scenario.
        source: u16,
        /// The request's number within the source.
        request: u64,
        /// Attempt, from 1.
        attempt: u16,
        /// HTTP status; 0 where the caller stopped waiting.
        status: u32,
    },
    /// Something happened in or to an environment.
    Noted {
        /// The environment.
        environment: u32,
        /// What.
        what: FunctionCounter,
    },
}

/// One attempt, as a person points at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRecord {
    /// Function, by its place in the scenario.
    pub function: u16,
    /// Place of the source in the scenario.
    pub source: u16,
    /// The request's number within the source.
    pub request: u64,
    /// Attempt, from 1.
    pub attempt: u16,
    /// When the request first arrived, in microseconds.
    pub arrived_us: u64,
    /// When this attempt was made, in microseconds.
    pub started_us: u64,
    /// What became of it.
    pub result: AttemptResult,
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptResult {
    /// It was refused.
    Throttled {
        /// Why.
        cause: ThrottleCause,
    },
    /// It ran.
    Ran {
        /// On this environment.
        environment: u32,
        /// Whether that is a provisioned one.
        provisioned: bool,
        /// Why it missed provisioned concurrency, if it did.
        spill: Option<SpillCause>,
        /// Why the environment had to be started for it, if it had.
        cold: Option<ColdCause>,
        /// Sandbox and download before INIT, in microseconds; 0 when warm.
        sandbox_us: u64,
        /// Init Duration, in microseconds; Restore Duration where the details say so; 0 when warm.
        init_us: u64,
        /// Duration as REPORT has it (a repeated INIT is inside), in microseconds.
        duration_us: u64,
        /// Billed Duration, in milliseconds.
        billed_ms: u64,
        /// How it ended.
        outcome: Outcome,
        /// What it did besides.
        details: RunDetails,
    },
}

/// What an invocation did besides its work; all 0 for most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDetails {
    /// Max Memory Used, in MB, where it depends on the request and on what ran before; 0 where it is the function's own figure.
    pub memory_used_mb: u32,
    /// Whether the environment was restored from a snapshot.
    pub restored: bool,
    /// Billed Restore Duration, in milliseconds.
    pub billed_restore_ms: u64,
    /// How long extensions went on after the handler had answered, in microseconds; part of the Duration.
    pub extensions_us: u64,
    /// How long ago Lambda had begun to start the environment, in microseconds, if that was before there was a request for it.
    pub ahead_us: u64,
    /// The Init Duration of such an environment, in microseconds.
    pub ahead_init_us: u64,
    /// Processor time at one full vCPU that went into work of earlier invocations, in microseconds.
    pub background_us: u64,
    /// The part of the Duration that is a repeated INIT, in microseconds.
    pub repeated_init_us: u64,
    /// What made it fail, or would have.
    pub note: Option<FunctionCounter>,
}

impl RunDetails {
    /// Nothing.
    pub const NONE: Self = Self {
        memory_used_mb: 0,
        restored: false,
        billed_restore_ms: 0,
        extensions_us: 0,
        ahead_us: 0,
        ahead_init_us: 0,
        background_us: 0,
        repeated_init_us: 0,
        note: None,
    };
}
