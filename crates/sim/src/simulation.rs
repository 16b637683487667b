//! The simulation's public face: options, slices, output.

use crate::digest::Digest;
use crate::engine::{Engine, General, Graph, Plain};
use crate::recorder::{Silent, Tape, TimelineOptions};
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
    /// Which way the engine takes.
    pub path: EnginePath,
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
}

/// A run in progress; it can be advanced in slices of any size, and dropped at any time.
pub struct Simulation(Running);

/// A simulation is made once a run; the size of its shapes does not matter.
enum Running {
    Plain(Box<Engine<Plain, Silent>>),
    PlainTaped(Box<Engine<Plain, Tape>>),
    General(Box<Engine<General, Silent>>),
    GeneralTaped(Box<Engine<General, Tape>>),
    Graph(Box<Engine<Graph, Silent>>),
    GraphTaped(Box<Engine<Graph, Tape>>),
}

/// Calls the same method on whichever engine it is.
macro_rules! on_engine {
    ($simulation:expr, $engine:ident => $call:expr) => {
        match $simulation {
            Running::Plain($engine) => $call,
            Running::PlainTaped($engine) => $call,
            Running::General($engine) => $call,
            Running::GeneralTaped($engine) => $call,
            Running::Graph($engine) => $call,
            Running::GraphTaped($engine) => $call,
        }
    };
}

impl Simulation {
    /// A run of `scenario` from its start. It keeps a copy of the scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, seed: Seed, options: RunOptions) -> Self {
        let shared = Arc::new(scenario.clone());
        let graph = options.path == EnginePath::Graph || scenario.uses_network();
        let plain = options.path == EnginePath::Auto && Plain::suits(scenario);
        let tape = (options.digest || options.timeline.is_some()).then(|| Tape::new(options.digest, options.timeline));
        Self(match (graph, plain, tape) {
            (true, _, None) => Running::Graph(Box::new(Engine::new(shared, seed.0, Silent))),
            (true, _, Some(tape)) => Running::GraphTaped(Box::new(Engine::new(shared, seed.0, tape))),
            (false, true, None) => Running::Plain(Box::new(Engine::new(shared, seed.0, Silent))),
            (false, true, Some(tape)) => Running::PlainTaped(Box::new(Engine::new(shared, seed.0, tape))),
            (false, false, None) => Running::General(Box::new(Engine::new(shared, seed.0, Silent))),
            (false, false, Some(tape)) => Running::GeneralTaped(Box::new(Engine::new(shared, seed.0, tape))),
        })
    }

    /// Handles every event up to `time`, included. Returns whether there is more to come.
    pub fn run_until(&mut self, time: SimTime) -> bool {
        on_engine!(&mut self.0, engine => engine.advance(time.us(), u64::MAX))
    }

    /// Handles the next `events` events. Returns whether there is more to come.
    pub fn run_events(&mut self, events: u64) -> bool {
        on_engine!(&mut self.0, engine => engine.advance(u64::MAX, events))
    }

    /// Handles one event. Returns whether there is more to come.
    pub fn step(&mut self) -> bool {
        self.run_events(1)
    }

    /// Time of the last event handled.
    #[must_use]
    pub fn now(&self) -> SimTime {
        on_engine!(&self.0, engine => SimTime(engine.now))
    }

    /// Share of the run's time that has passed, 0 to 1; 1 once nothing is left to do.
    #[must_use]
    pub fn progress(&self) -> f64 {
        on_engine!(&self.0, engine => {
            if engine.is_over() { 1.0 } else { (engine.now as f64 / engine.scenario.end.us().max(1) as f64).min(1.0) }
        })
    }

    /// Runs what is left, and reports.
    #[must_use]
    pub fn finish(mut self) -> RunOutput {
        self.run_events(u64::MAX);
        on_engine!(self.0, engine => engine.finish())
    }

    /// Reports what has been run and leaves the rest: the measured window ends now. The outcome still says completed.
    #[must_use]
    pub fn finish_here(self) -> RunOutput {
        on_engine!(self.0, engine => {
            let mut engine = engine;
            engine.stop(engine.outcome);
            engine.finish()
        })
    }
}

/// The whole run in one call.
#[must_use]
pub fn run(scenario: &Scenario, seed: Seed, options: RunOptions) -> RunOutput {
    Simulation::new(scenario, seed, options).finish()
}
