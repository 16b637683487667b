//! The simulation's public face: options, slices, output.

use crate::digest::Digest;
use crate::engine::{Engine, General, Graph, Plain, Shape};
use crate::metrics::MetricPoint;
use crate::recorder::{Recorder, Silent, Tape, TimelineOptions};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::time::SimTime;
use crate::timeline::Timeline;
use std::sync::Arc;

/// Rises exactly when a golden digest changes.
pub const MODEL_VERSION: u32 = 1;

/// Seed of every random draw of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

/// Which way the engine takes; all that a scenario can take give the same results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EnginePath {
    /// The fast one where the scenario allows it.
    #[default]
    Auto,
    /// The general one, or the graph where the scenario needs it: for tests.
    General,
    /// The graph always: for tests.
    Graph,
}

/// What a run produces besides its report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// Whether to hash the event log.
    pub digest: bool,
    /// Which window to write down, if any.
    pub timeline: Option<TimelineOptions>,
    /// Whether to collect the metrics that invocations, events and batches emit.
    pub metrics: bool,
    /// Which way the engine takes.
    pub path: EnginePath,
}

impl RunOptions {
    fn tape(self) -> Option<Tape> {
        (self.digest || self.timeline.is_some() || self.metrics).then(|| Tape::new(self.digest, self.timeline, self.metrics))
    }
}

/// Everything that a run produced.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOutput {
    /// Counters, distributions, series and the bill.
    pub report: Report,
    /// The recorded window, if one was asked for.
    pub timeline: Option<Timeline>,
    /// Hash of the event log, if it was asked for.
    pub digest: Option<Digest>,
    /// Metrics by the minute, if they were asked for.
    pub metrics: Option<Vec<MetricPoint>>,
}

/// A run in progress; it can be advanced in slices of any size, and dropped at any time.
pub struct Simulation(Box<dyn Running>);

/// What a run is to its owner, whatever the engine's shape. Called once a slice, so that the call through a table costs nothing; and
/// whoever never starts a run of one shape need not carry that shape's code.
trait Running {
    fn advance(&mut self, until: u64, max_events: u64) -> bool;
    fn now(&self) -> SimTime;
    fn progress(&self) -> f64;
    fn stop(&mut self);
    fn finish(self: Box<Self>) -> RunOutput;
}

impl<S: Shape, R: Recorder> Running for Engine<S, R> {
    fn advance(&mut self, until: u64, max_events: u64) -> bool {
        Self::advance(self, until, max_events)
    }

    fn now(&self) -> SimTime {
        SimTime(self.now)
    }

    fn progress(&self) -> f64 {
        if self.is_over() { 1.0 } else { (self.now as f64 / self.scenario.end.us().max(1) as f64).min(1.0) }
    }

    fn stop(&mut self) {
        Self::stop(self, self.outcome);
    }

    fn finish(self: Box<Self>) -> RunOutput {
        Self::finish(*self)
    }
}

impl Simulation {
    /// A run of `scenario` from its start. It keeps a copy of the scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, seed: Seed, options: RunOptions) -> Self {
        if options.path == EnginePath::Graph || scenario.uses_network() {
            Self::with_network(scenario, seed, options)
        } else if Self::takes_plain(scenario, options) {
            Self::of::<Plain>(scenario, seed, options)
        } else {
            Self::of::<General>(scenario, seed, options)
        }
    }

    fn takes_plain(scenario: &Scenario, options: RunOptions) -> bool {
        options.path == EnginePath::Auto && Plain::suits(scenario)
    }

    /// As [`Simulation::new`], for scenarios of functions and sources that call them: [`Scenario::uses_network`] says no. What else a
    /// scenario has is left out of the run. The results are the same, and there is less to carry: one copy of the general shape runs
    /// whatever the plain one does not, and all that is recorded.
    #[must_use]
    pub fn without_network(scenario: &Scenario, seed: Seed, options: RunOptions) -> Self {
        if options.tape().is_none() && Self::takes_plain(scenario, options) {
            Self::with::<Plain, _>(scenario, seed, Silent)
        } else {
            Self::with::<General, _>(scenario, seed, options.tape())
        }
    }

    /// As [`Simulation::new`], for every scenario, and slower where there is no network.
    #[must_use]
    pub fn with_network(scenario: &Scenario, seed: Seed, options: RunOptions) -> Self {
        Self::with::<Graph, _>(scenario, seed, options.tape())
    }

    fn of<S: Shape>(scenario: &Scenario, seed: Seed, options: RunOptions) -> Self {
        match options.tape() {
            Some(tape) => Self::with::<S, _>(scenario, seed, tape),
            None => Self::with::<S, _>(scenario, seed, Silent),
        }
    }

    fn with<S: Shape, R: Recorder + 'static>(scenario: &Scenario, seed: Seed, recorder: R) -> Self {
        Self(Box::new(Engine::<S, R>::new(Arc::new(scenario.clone()), seed.0, recorder)))
    }

    /// Handles every event up to `time`, included. Returns whether there is more to come.
    pub fn run_until(&mut self, time: SimTime) -> bool {
        self.0.advance(time.us(), u64::MAX)
    }

    /// Handles the next `events` events. Returns whether there is more to come.
    pub fn run_events(&mut self, events: u64) -> bool {
        self.0.advance(u64::MAX, events)
    }

    /// Handles one event. Returns whether there is more to come.
    pub fn step(&mut self) -> bool {
        self.run_events(1)
    }

    /// Time of the last event handled.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.0.now()
    }

    /// Share of the run's time that has passed, 0 to 1; 1 once nothing is left to do.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.0.progress()
    }

    /// Runs what is left, and reports.
    #[must_use]
    pub fn finish(mut self) -> RunOutput {
        self.run_events(u64::MAX);
        self.0.finish()
    }

    /// Reports what has been run and leaves the rest: the measured window ends now. The outcome still says completed.
    #[must_use]
    pub fn finish_here(mut self) -> RunOutput {
        self.0.stop();
        self.0.finish()
    }
}

/// The whole run in one call.
#[must_use]
pub fn run(scenario: &Scenario, seed: Seed, options: RunOptions) -> RunOutput {
    Simulation::new(scenario, seed, options).finish()
}
