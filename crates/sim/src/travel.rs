//! Time travel: what there was at any moment of a run, forwards and backwards, event by event.
//!
//! A run is made once from start to end, and copied whole every so many events. To come to a moment, the last copy before it goes on from
//! there: so each step costs at most the events between two copies, backwards as forwards, and what it finds is the run itself.

use crate::engine::{Engine, Graph};
use crate::metrics::Emitted;
use crate::recorder::{Recorded, Recorder};
use crate::report::Outcome;
use crate::scenario::Scenario;
use crate::simulation::Seed;
use crate::time::SimTime;
use crate::timeline::{AttemptRecord, TimelineKind};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

/// Most copies of a run that are kept. When there are more, every other one goes.
const COPIES_MAX: usize = 32;
/// Events between two copies, at first.
const SPACING: u64 = 1_024;

/// What an environment is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Activity {
    /// It is made, and runs INIT.
    Starting,
    /// It waits, frozen.
    Idle,
    /// It works on an invocation.
    Busy {
        /// The caller, as in [`TimelineKind`].
        source: u16,
        /// The request's number within the source.
        request: u64,
        /// Attempt, from 1.
        attempt: u16,
    },
}

/// One execution environment at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EnvironmentMoment {
    /// Its number of creation within the run, from 0.
    pub id: u32,
    /// Function, by its place in the scenario.
    pub function: u16,
    /// Whether it is a provisioned one.
    pub provisioned: bool,
    /// What it is doing.
    #[serde(flatten)]
    pub activity: Activity,
    /// Since when, in microseconds.
    pub since_us: u64,
}

/// Everything that there is at one moment of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// When, in microseconds.
    pub at_us: u64,
    /// Events of the run up to here.
    pub events: u64,
    /// Environments alive, by their ids.
    pub environments: Vec<EnvironmentMoment>,
    /// Events and messages that each node holds, by the order of [`crate::Report::nodes`].
    pub held: Vec<u64>,
    /// Requests that have arrived so far; batches and events that functions sent are among them.
    pub arrived: u64,
    /// Attempts that were refused so far.
    pub throttled: u64,
    /// Invocations that have ended so far, by outcome: success, error, crash, timeout.
    pub ended: [u64; 4],
}

/// A run that one can go to and fro in.
pub struct TimeTravel {
    /// By their events; the first is the start.
    copies: Vec<Engine<Graph, Watcher>>,
    end: Moment,
}

impl TimeTravel {
    /// Runs the scenario once. Keeps at most 32 copies of the run.
    #[must_use]
    pub fn new(scenario: &Scenario, seed: Seed) -> Self {
        let mut engine = Engine::new(Arc::new(scenario.clone()), seed.0, Watcher::default());
        let (mut copies, mut spacing) = (vec![engine.clone()], SPACING);
        while engine.advance(u64::MAX, spacing) {
            copies.push(engine.clone());
            if copies.len() == COPIES_MAX {
                let mut place = 0;
                copies.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                spacing *= 2;
            }
        }
        Self { copies, end: engine.moment(engine.now) }
    }

    /// The moment after the last event.
    #[must_use]
    pub const fn end(&self) -> &Moment {
        &self.end
    }

    /// Ids of what [`Moment::held`] is about, in its order.
    pub fn node_ids(&self) -> impl Iterator<Item = &str> {
        let scenario = &self.copies[0].scenario;
        scenario.nodes.iter().map(|node| node.id.as_str())
    }

    /// What there is at `time`, after all that happens at it. After the end, the end.
    #[must_use]
    pub fn at(&self, time: SimTime) -> Moment {
        let mut engine = self.copy_before(|copy| copy.now <= time.us());
        engine.advance(time.us(), u64::MAX);
        engine.moment(time.us().min(self.end.at_us).max(engine.now))
    }

    /// What there is right after so many events of the run: one more and one less are the steps forwards and backwards. After the last
    /// event, the end.
    #[must_use]
    pub fn after_events(&self, events: u64) -> Moment {
        let mut engine = self.copy_before(|copy| copy.events() <= events);
        let missing = events - engine.events();
        if missing > 0 {
            engine.advance(u64::MAX, missing);
        }
        engine.moment(engine.now)
    }

    /// A copy of the last copy that is not past what is looked for; the start is past nothing.
    fn copy_before(&self, is_before: impl Fn(&Engine<Graph, Watcher>) -> bool) -> Engine<Graph, Watcher> {
        let place = self.copies.partition_point(is_before).saturating_sub(1);
        self.copies[place].clone()
    }
}

impl Engine<Graph, Watcher> {
    fn moment(&self, at_us: u64) -> Moment {
        let mut watcher = self.recorder.clone();
        watcher.settle(at_us);
        Moment {
            at_us,
            events: self.events(),
            environments: watcher.environments.into_values().collect(),
            held: self.network.nodes.iter().map(crate::engine::NodeState::held).collect(),
            arrived: watcher.arrived,
            throttled: watcher.throttled,
            ended: watcher.ended,
        }
    }
}

/// Keeps what there is now.
#[derive(Clone, Default)]
pub(crate) struct Watcher {
    environments: BTreeMap<u32, EnvironmentMoment>,
    /// What environments will do, by time and order of hearing.
    ahead: BinaryHeap<Reverse<(u64, u64, Change)>>,
    heard: u64,
    arrived: u64,
    throttled: u64,
    ended: [u64; 4],
}

/// An environment changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Starts { environment: u32, function: u16, provisioned: bool },
    Waits { environment: u32 },
    Works { environment: u32, source: u16, request: u64, attempt: u16 },
    Ends { environment: u32 },
}

impl Watcher {
    fn hear(&mut self, at_us: u64, change: Change) {
        self.heard += 1;
        self.ahead.push(Reverse((at_us, self.heard, change)));
    }

    /// Lets happen what is due at `now`.
    fn settle(&mut self, now: u64) {
        while self.ahead.peek().is_some_and(|Reverse((at, ..))| *at <= now) {
            if let Some(Reverse((at, _, change))) = self.ahead.pop() {
                self.change(at, change);
            }
        }
    }

    fn change(&mut self, at: u64, change: Change) {
        let (id, activity) = match change {
            Change::Starts { environment: id, function, provisioned } => {
                let new = EnvironmentMoment { id, function, provisioned, activity: Activity::Starting, since_us: at };
                self.environments.insert(id, new);
                return;
            }
            Change::Ends { environment } => {
                self.environments.remove(&environment);
                return;
            }
            Change::Waits { environment } => (environment, Activity::Idle),
            Change::Works { environment, source, request, attempt } => (environment, Activity::Busy { source, request, attempt }),
        };
        if let Some(environment) = self.environments.get_mut(&id) {
            (environment.activity, environment.since_us) = (activity, at);
        }
    }
}

impl Recorder for Watcher {
    fn on(&self) -> bool {
        true
    }

    fn event(&mut self, at_us: u64, function: u16, kind: TimelineKind) {
        match kind {
            TimelineKind::Starting { environment, provisioned } => self.hear(at_us, Change::Starts { environment, function, provisioned }),
            // The only fact that may lie ahead: a cold environment's first run.
            TimelineKind::Busy { environment, source, request, attempt } => {
                return self.hear(at_us, Change::Works { environment, source, request, attempt });
            }
            TimelineKind::Ready { environment } => self.hear(at_us, Change::Waits { environment }),
            TimelineKind::Idle { environment, outcome } => {
                self.ended[outcome as usize] += 1;
                self.hear(at_us, Change::Waits { environment });
            }
            TimelineKind::Ended { environment } => self.hear(at_us, Change::Ends { environment }),
            TimelineKind::Arrived { .. } => self.arrived += 1,
            TimelineKind::Throttled { .. } => self.throttled += 1,
            _ => return,
        }
        self.settle(at_us);
    }

    fn attempt(&mut self, _: &AttemptRecord) {}

    fn emit(&mut self, _: u64, _: Emitted, _: u16, _: u64) {}

    fn finish(self) -> Recorded {
        Recorded::default()
    }
}

const _: () = assert!(Outcome::Timeout as usize == 3, "one place in `ended` for each outcome");
