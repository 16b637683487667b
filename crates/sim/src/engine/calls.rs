//! Invocations that call others: each is in flight, from stage to stage, and its end is not known at its start.

use super::{Request, Slab};
use crate::limits;
use crate::model::attempt::Run;
use crate::report::Outcome;
use crate::rng::{Family, Purpose};
use crate::scenario::Scenario;
use std::collections::VecDeque;

/// How often an event, and what it came from, was passed on to each function.
pub(crate) type Trail = [u8; limits::FUNCTIONS.max];

/// What a flight does when its timer is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Makes its next call, or ends if there is none.
    Call,
    /// Hears from the dependency: whether that succeeded.
    Answer(bool),
    /// Gives its call up.
    GiveUp,
    /// The extensions are done too, after a handler that ended so.
    End(Outcome),
    /// The function's timeout has passed.
    Stop,
}

/// An invocation under way.
#[derive(Clone, Copy)]
pub(crate) struct Flight {
    pub(crate) errand: Errand,
    pub(crate) run: Run,
    pub(crate) trail: Trail,
}

/// Where an invocation under way is with its calls: what each step needs, and small enough to be copied by each.
#[derive(Clone, Copy)]
pub(crate) struct Errand {
    pub(crate) at: usize,
    pub(crate) request: Request,
    /// Its environment.
    pub(crate) slot: u32,
    /// When the handler is stopped.
    pub(crate) deadline: u64,
    pub(crate) next: Next,
    /// Tells its timer from those that it no longer waits for.
    pub(crate) ticket: u32,
    /// Which of the function's calls is next, how often it was made already, and the attempts at this one.
    pub(crate) call: usize,
    pub(crate) done: u32,
    pub(crate) tries: u16,
    /// When it asked, while it waits for an answer.
    pub(crate) asked: Option<u64>,
    pub(crate) in_line: bool,
}

/// A circuit breaker of one environment.
#[derive(Clone, Copy, Default)]
pub(crate) struct Breaker {
    pub(crate) failures: u32,
    pub(crate) open_until: u64,
}

/// What an environment keeps for as long as it lives.
#[derive(Clone, Default)]
pub(crate) struct Links {
    /// Connections, a bit for each dependency.
    pub(crate) connected: u16,
    /// By the function's calls.
    pub(crate) breakers: Vec<Breaker>,
}

/// A dependency at work.
#[derive(Clone, Default)]
pub(crate) struct DependencyState {
    /// Calls that it works on, those among them that nobody waits for any more.
    pub(crate) busy: u32,
    /// Flights that wait, with their tickets; those that gave up are passed over.
    pub(crate) line: VecDeque<(u32, u32)>,
    /// Of these, flights that have not given up.
    pub(crate) waiting: u32,
    pub(crate) connections: u32,
}

/// Everything about calls.
#[derive(Clone)]
pub(crate) struct Calls {
    pub(crate) flights: Slab<Flight>,
    pub(crate) tickets: u32,
    pub(crate) dependencies: Vec<DependencyState>,
    /// By the environment's slot.
    links: Vec<Links>,
    /// Draws of calls, by the source of the request.
    pub(crate) latencies: Family,
    pub(crate) errors: Family,
    /// The trail of the event that is being delivered.
    pub(crate) trail: Trail,
}

impl Calls {
    /// Where a flight is with its calls.
    pub(crate) fn errand(&self, place: u32) -> Option<Errand> {
        self.flights.get(place).map(|flight| flight.errand)
    }

    /// The same, to be changed.
    pub(crate) fn errand_mut(&mut self, place: u32) -> Option<&mut Errand> {
        self.flights.get_mut(place).map(|flight| &mut flight.errand)
    }

    pub(crate) fn new(scenario: &Scenario, seed: u64) -> Self {
        Self {
            flights: Slab::default(),
            tickets: 0,
            dependencies: scenario.dependencies.iter().map(|_| DependencyState::default()).collect(),
            links: Vec::new(),
            latencies: Family::new(seed, Purpose::CallLatency),
            errors: Family::new(seed, Purpose::CallError),
            trail: Trail::default(),
        }
    }

    pub(crate) fn links(&mut self, slot: u32) -> &mut Links {
        let slot = slot as usize;
        if self.links.len() <= slot {
            self.links.resize(slot + 1, Links::default());
        }
        &mut self.links[slot]
    }

    /// An environment ends, and its connections with it.
    pub(crate) fn disconnect(&mut self, slot: u32) {
        let Some(links) = self.links.get_mut(slot as usize) else { return };
        let connected = std::mem::take(links).connected;
        let states = self.dependencies.iter_mut().enumerate();
        states.filter(|(place, _)| connected >> place & 1 > 0).for_each(|(_, state)| state.connections -= 1);
    }
}
