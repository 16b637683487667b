//! Nodes: what keeps events for a while, or for good, and the account of them.

use super::Histogram;
use serde::{Deserialize, Serialize};

/// Kinds of node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// Lambda's internal queue of a function's asynchronous events; it has the function's id.
    #[default]
    AsynchronousQueue,
    /// A queue that nothing in the scenario reads.
    QueueDestination,
    /// A topic that nothing in the scenario listens to.
    TopicDestination,
    /// An event bus without rules in the scenario.
    EventBusDestination,
    /// A bucket.
    BucketDestination,
    /// What answers callers on a function's behalf; it has the source's id.
    FrontDoor,
    /// What hands events to Lambda by rules of its own; it has the source's id.
    EventSource,
    /// A standard SQS queue.
    StandardQueue,
    /// A FIFO SQS queue.
    FifoQueue,
    /// An event source mapping of a queue; it has the mapping's id, and its account is of messages received, each receive by itself.
    QueueMapping,
    /// A Kinesis stream. It keeps what enters, and its mappings have the accounts.
    KinesisStream,
    /// The stream of a DynamoDB table.
    DynamoDbStream,
    /// An event source mapping of a stream; it has the mapping's id, and each record of the stream enters it.
    StreamMapping,
    /// A dependency; its account is of calls, each attempt by itself.
    Dependency,
}

impl NodeKind {
    /// Whether it is a queue of the scenario.
    #[must_use]
    pub const fn is_queue(self) -> bool {
        matches!(self, Self::StandardQueue | Self::FifoQueue)
    }

    /// Whether it is a stream of the scenario.
    #[must_use]
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::KinesisStream | Self::DynamoDbStream)
    }

    /// Whether it is an event source mapping.
    #[must_use]
    pub const fn is_mapping(self) -> bool {
        matches!(self, Self::QueueMapping | Self::StreamMapping)
    }
}

/// How an event left a node for good: each does once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// The function succeeded with it.
    Delivered,
    /// Given up after the last retry failed too.
    RetriesExhausted,
    /// Given up for its age.
    AgeExceeded,
    /// Given up at once, as the function's reserved concurrency is 0.
    ReservedZero,
    /// It is where it was to go, and stays there.
    Kept,
    /// A caller's request that was refused for good: throttled, or too large.
    Refused,
    /// A caller's request that the function failed.
    Failed,
    /// A caller's request whose answer the front door did not wait for.
    TimedOut,
    /// A caller's request whose answer the caller did not wait for.
    Abandoned,
    /// Moved to the queue's dead-letter queue after too many receives.
    Redriven,
    /// Deleted when its retention ended.
    Expired,
    /// Dropped by the filter criteria of a mapping.
    Filtered,
    /// A mapping let go of it: it is the queue's again, unless it is gone from there.
    Returned,
    /// Given up as it had come back to its function again and again.
    LoopStopped,
    /// Of a call: answered with an error.
    CallFailed,
    /// Of a call: the dependency has no connection left.
    ConnectionRefused,
    /// Of a call: refused at once, as too many wait in line.
    Shed,
    /// Of a call: the function no longer waits for the answer.
    GaveUp,
}

impl Exit {
    /// Every way out.
    pub const ALL: [Self; 18] = [
        Self::Delivered,
        Self::RetriesExhausted,
        Self::AgeExceeded,
        Self::ReservedZero,
        Self::Kept,
        Self::Refused,
        Self::Failed,
        Self::TimedOut,
        Self::Abandoned,
        Self::Redriven,
        Self::Expired,
        Self::Filtered,
        Self::Returned,
        Self::LoopStopped,
        Self::CallFailed,
        Self::ConnectionRefused,
        Self::Shed,
        Self::GaveUp,
    ];

    /// Whether it is one of the ways in which an event fails.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        !matches!(self, Self::Delivered | Self::Kept | Self::Filtered | Self::Returned)
    }
}

/// What a node counts besides the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeCounter {
    /// Not taken in: larger than the node takes.
    RefusedTooLarge,
    /// Attempts to deliver; of a mapping, batches.
    Attempts,
    /// Of these, throttled by the function's limits.
    Throttles,
    /// Of these, failed within Lambda itself, or not taken by it.
    SystemErrors,
    /// Of these, ended in an error, a crash or a timeout of the function.
    FunctionErrors,
    /// Sent to the dead-letter queue.
    SentToDeadLetterQueue,
    /// Records sent to the destination on success.
    SentOnSuccess,
    /// Records sent to the destination on failure.
    SentOnFailure,
    /// Given up with neither a dead-letter queue nor a destination on failure: lost.
    Dropped,
    /// Attempts throttled by a front door's own quota, before they reached the function.
    DoorThrottles,
    /// Attempts whose caller stopped waiting.
    CallerTimeouts,
    /// Invocations that went on, and were billed, when nobody waited for them any more.
    RanOn,
    /// Of a queue: messages received again while a batch still worked on them, as the visibility timeout had passed.
    ReceivedAgain,
    /// Of a mapping: polls of an empty queue, which are billed.
    EmptyPolls,
    /// Of a mapping: messages that the function reported as failed in a batch that succeeded otherwise.
    ItemFailures,
    /// Of a mapping of a stream: failed batches that were split in two.
    Splits,
    /// Of a mapping of a stream: calls that closed a tumbling window.
    WindowsClosed,
    /// Of a dependency: calls that are further attempts.
    CallRetries,
    /// Of a dependency: calls that had to wait in line.
    WaitedInLine,
    /// Of a dependency: calls that it worked on although the function had given them up.
    WorkedOnForNobody,
    /// Of a dependency: times that an environment's breaker opened.
    BreakerOpened,
    /// Of a dependency: calls that an open breaker kept away from it.
    ShortCircuited,
    /// Of a dependency: times that a function answered without it.
    DoneWithout,
    /// Of a dependency: most connections at once.
    ConnectionsMax,
}

impl NodeCounter {
    /// Every counter.
    pub const ALL: [Self; 24] = [
        Self::RefusedTooLarge,
        Self::Attempts,
        Self::Throttles,
        Self::SystemErrors,
        Self::FunctionErrors,
        Self::SentToDeadLetterQueue,
        Self::SentOnSuccess,
        Self::SentOnFailure,
        Self::Dropped,
        Self::DoorThrottles,
        Self::CallerTimeouts,
        Self::RanOn,
        Self::ReceivedAgain,
        Self::EmptyPolls,
        Self::ItemFailures,
        Self::Splits,
        Self::WindowsClosed,
        Self::CallRetries,
        Self::WaitedInLine,
        Self::WorkedOnForNobody,
        Self::BreakerOpened,
        Self::ShortCircuited,
        Self::DoneWithout,
        Self::ConnectionsMax,
    ];
}

/// The account, the counters and the times of one node.
///
/// A message that is received five times is five entries of its mapping and one of its queue.
///
/// `entered + duplicated` is the sum of `exits` and `in_flight`, in every run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NodeReport {
    /// Id of the function, the destination, the queue or the mapping.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Events taken in.
    pub entered: u64,
    /// Events that it made two of.
    pub duplicated: u64,
    /// Events that left, indexed as [`Exit::ALL`].
    pub exits: [u64; Exit::ALL.len()],
    /// Events still there at the end of the run, waiting or being worked on.
    pub in_flight: u64,
    /// Other counts, indexed as [`NodeCounter::ALL`].
    pub counters: [u64; NodeCounter::ALL.len()],
    /// Answers of a front door by HTTP status, by rising status.
    pub statuses: Vec<(u32, u64)>,
    /// Most events there at once.
    pub held_max: u64,
    /// Of a mapping of a stream: the largest IteratorAge, which is the age of the last record of a batch when the function is called;
    /// in microseconds. 0 elsewhere.
    pub iterator_age_max_us: u64,
    /// Time from entering to success (of a mapping: from the sending of the message); for a destination, the time that the event had spent in the node which sent it.
    pub age: Histogram,
}

impl NodeReport {
    /// Events that left in this way.
    #[must_use]
    pub const fn exits(&self, exit: Exit) -> u64 {
        self.exits[exit as usize]
    }

    /// Events that failed, whatever the reason; AWS's AsyncEventsDropped.
    #[must_use]
    pub fn failed(&self) -> u64 {
        Exit::ALL.iter().zip(self.exits).filter(|(exit, _)| exit.is_failure()).map(|(_, count)| count).sum()
    }

    /// One of the other counts.
    #[must_use]
    pub const fn count(&self, counter: NodeCounter) -> u64 {
        self.counters[counter as usize]
    }

    /// Answers of a front door with this HTTP status.
    #[must_use]
    pub fn answers(&self, status: u32) -> u64 {
        self.statuses.iter().filter(|(one, _)| *one == status).map(|(_, count)| count).sum()
    }

    /// Whether every event that entered, or was made, is accounted for once.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.entered + self.duplicated == self.exits.iter().sum::<u64>() + self.in_flight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_indexed_by_their_enums() {
        assert!(Exit::ALL.iter().enumerate().all(|(place, exit)| place == *exit as usize));
        assert!(NodeCounter::ALL.iter().enumerate().all(|(place, counter)| place == *counter as usize));
    }
}
