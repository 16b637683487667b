//! The engine: one clock, six kinds of event, one loop.
//!
//! At equal times departures come first, then expiries, then provisioned units and deploys ("controls"), then retries, then new
//! arrivals; within a kind the order is first in, first out (arrivals: by source). Timers of the graph come between controls and
//! retries. All shapes of the engine run this code. The [`Plain`] shape leaves out what its scenarios cannot need: the next arrival
//! is a number, expiry is a look at the bottom of a stack, and departures are the only events that are queued. What only the
//! [`Graph`] shape has stands behind `if S::GRAPH`, and costs the others nothing.

mod account;
mod bucket;
mod calls;
mod environments;
mod function;
mod idle;
mod idle_set;
mod levels;
mod minutes;
mod network;
pub(crate) mod output;
mod queues;
mod shape;
mod slab;
mod source;
mod streams;
pub(crate) mod tag;
mod tally;
mod timers;

pub(crate) use account::Account;
pub(crate) use bucket::TokenBucket;
pub(crate) use calls::{Breaker, Errand, Flight, Next, Trail};
pub(crate) use environments::{Environments, Residue};
pub(crate) use function::FunctionState;
pub(crate) use idle::{Idle, IdlePool, IdleStack};
pub(crate) use idle_set::IdleSet;
pub(crate) use levels::Levels;
pub(crate) use minutes::Minutes;
pub(crate) use network::{Job, Network, NodeState};
pub(crate) use queues::{Batch, Message, Ticket};
pub(crate) use shape::{General, Graph, Plain, Shape};
pub(crate) use slab::Slab;
pub(crate) use source::{BatchWork, Draws, Request, SourceState};
pub(crate) use streams::{Lane, Piece, Record, Stage};
pub(crate) use tally::Tally;
pub(crate) use timers::{Timer, Timers};

use crate::calendar::{Calendar, Entry};
use crate::dist::Ziggurat;
use crate::model::controls::Agenda;
use crate::model::retry::RetryQueue;
use crate::recorder::Recorder;
use crate::report::{Exit, Outcome, RunOutcome};
use crate::rules::MINUTE_US;
use crate::scenario::{Delivery, Scenario};
use crate::timeline::TimelineKind;
use std::sync::Arc;

/// Sets the draws of callers that are no sources apart from those of sources.
const RELAY_KEY: u64 = 1 << 32;

/// A run in progress.
#[derive(Clone)]
pub(crate) struct Engine<S: Shape, R: Recorder> {
    pub(crate) scenario: Arc<Scenario>,
    pub(crate) seed: u64,
    pub(crate) ziggurat: &'static Ziggurat,
    pub(crate) now: u64,
    /// What the report covers, start and end.
    pub(crate) window: (u64, u64),
    pub(crate) calendar: Calendar,
    pub(crate) pool: S::Pool,
    pub(crate) sources: Vec<SourceState>,
    pub(crate) functions: Vec<FunctionState>,
    pub(crate) account: Account,
    pub(crate) environments: Environments,
    pub(crate) retries: RetryQueue,
    pub(crate) agenda: Agenda,
    pub(crate) network: Network,
    /// Levels of all functions together; kept in the general shape alone, where there may be more than one.
    pub(crate) total: Levels,
    pub(crate) minutes: Minutes,
    pub(crate) last_work: u64,
    pub(crate) recorder: R,
    next_arrival: u64,
    next_source: usize,
    milestone: u64,
    events: u64,
    pub(crate) outcome: RunOutcome,
    over: bool,
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    pub(crate) fn new(scenario: Arc<Scenario>, seed: u64, recorder: R) -> Self {
        let window = (scenario.warm_up.us().min(scenario.end.us()), scenario.end.us());
        let rate = u64::from(scenario.concurrency_limit) * u64::from(coldstart_facts::REQUESTS_PER_S_PER_CONCURRENCY);
        let own = (0..scenario.sources.len()).map(|at| SourceState::new(&scenario, at, seed));
        let relays = (0..).zip(scenario.relays()).map(|(at, function)| SourceState::relay(seed, function, RELAY_KEY | at));
        let sources: Vec<SourceState> = own.chain(relays).collect();
        let minutes = Minutes::new(window);
        let mut engine = Self {
            pool: S::pool(&scenario),
            functions: (0..scenario.functions.len()).map(|at| FunctionState::new(&scenario, at, seed, window)).collect(),
            account: Account {
                busy: 0,
                room: 0,
                busy_units: 0,
                set_aside: 0,
                claimed_max: 0,
                units: 0,
                units_max: 0,
                unreserved: 0,
                rate: TokenBucket::one_second_of(rate),
                scaling: scenario.rules.shared_scaling.map(|burst| TokenBucket::with_refill(burst.burst, burst.per_min, MINUTE_US)),
            },
            agenda: Agenda::new(&scenario),
            network: Network::new(&scenario, seed),
            milestone: minutes.next_milestone(),
            calendar: Calendar::new(),
            environments: Environments::default(),
            retries: RetryQueue::default(),
            total: Levels::new(window),
            ziggurat: Ziggurat::tables(),
            next_arrival: u64::MAX,
            next_source: 0,
            now: 0,
            last_work: 0,
            events: 0,
            outcome: RunOutcome::Completed,
            over: false,
            scenario,
            seed,
            window,
            sources,
            minutes,
            recorder,
        };
        engine.share_account();
        engine.find_next_arrival();
        while engine.agenda.next_time() == 0 {
            engine.events += 1;
            engine.control();
        }
        engine
    }

    /// Handles events up to `until` (included), at most `max_events` of them. Returns whether there is more to come.
    // One copy of the loop for each shape, and not one for each caller.
    #[inline(never)]
    pub(crate) fn advance(&mut self, until: u64, max_events: u64) -> bool {
        let pause_at = self.events.saturating_add(max_events).min(self.scenario.max_events);
        let mut watch = self.watch(until);
        while !self.over {
            let departure = self.calendar.next_time();
            let expiry = self.pool.next_expiry();
            let arrival = self.next_arrival;
            let (control, retry) = if S::GENERAL { (self.agenda.next_time(), self.retries.next_time()) } else { (u64::MAX, u64::MAX) };
            let timer = if S::GRAPH { self.network.timers.next_time() } else { u64::MAX };
            let first = departure.min(expiry).min(arrival).min(control).min(retry).min(timer);
            if first >= watch {
                let in_flight = S::GRAPH && self.network.outbound.flights.len() > 0;
                let work_left = departure.min(arrival).min(retry) != u64::MAX || in_flight;
                if !work_left && first > self.last_work.max(self.window.1) {
                    self.over = true;
                    break;
                }
                if first > until {
                    return true;
                }
            }
            if self.events >= pause_at {
                if self.events < self.scenario.max_events {
                    return true;
                }
                self.stop(RunOutcome::EventBudget);
                break;
            }
            if first >= watch {
                self.pass_milestones(first);
                watch = self.watch(until);
            }
            self.now = first;
            self.events += 1;
            if departure == first {
                self.depart();
            } else if expiry == first {
                self.expire();
            } else if S::GENERAL && control == first {
                self.control();
            } else if S::GRAPH && timer == first {
                self.timer();
            } else if S::GENERAL && retry == first {
                self.retry();
            } else {
                self.arrive();
            }
        }
        false
    }

    /// The first moment at which an event needs more than its handler: a minute or the window ends, or the caller's patience does.
    fn watch(&self, until: u64) -> u64 {
        self.milestone.min(until.min(self.window.1).saturating_add(1))
    }

    /// Ends the run here, for want of budget or on request.
    pub(crate) fn stop(&mut self, outcome: RunOutcome) {
        self.outcome = outcome;
        self.over = true;
        self.last_work = self.now;
        self.cut_window();
    }

    pub(crate) const fn is_over(&self) -> bool {
        self.over
    }

    pub(crate) const fn events(&self) -> u64 {
        self.events
    }

    fn pass_milestones(&mut self, now: u64) {
        while self.milestone <= now {
            self.pass_milestone();
            self.milestone = self.minutes.next_milestone();
        }
    }

    #[inline(always)]
    fn arrive(&mut self) {
        let now = self.now;
        let at = if S::GENERAL { self.next_source } else { 0 };
        let source = &mut self.sources[at];
        let number = source.advance(&self.scenario.sources[at].arrivals, now, self.window.1);
        let function = source.target;
        self.next_arrival = source.next_arrival;
        if S::GENERAL {
            self.find_next_arrival();
        }
        let request = Request { source: at as u16, function, number, attempt: 1, arrived: now };
        if S::GRAPH && self.sources[at].delivery != Delivery::Direct {
            return self.hand_over(request);
        }
        if now >= self.window.0 {
            let tally = &mut self.functions[if S::GENERAL { function } else { 0 }].tally;
            tally.requests += 1;
            tally.pings += u64::from(self.sources[at].ping.is_some());
        }
        if self.recorder.on() {
            self.recorder.event(now, function as u16, TimelineKind::Arrived { source: at as u16, request: number });
        }
        self.attempt(request);
    }

    /// A source sends something to a node instead of calling a function.
    #[inline(never)]
    fn hand_over(&mut self, request: Request) {
        let Request { source, function, number, .. } = request;
        if let Delivery::Queue(queue) = self.sources[usize::from(source)].delivery {
            return self.send_message(queue, &request);
        }
        if let Delivery::Stream(stream) = self.sources[usize::from(source)].delivery {
            return self.write_record(stream, &request);
        }
        if self.recorder.on() {
            self.recorder.event(self.now, function as u16, TimelineKind::Arrived { source, request: number });
        }
        match self.sources[usize::from(source)].delivery {
            Delivery::Direct | Delivery::Queue(_) | Delivery::Stream(_) => {}
            Delivery::Asynchronous => self.invoke_asynchronously(request),
            Delivery::Door => self.call(request),
            Delivery::EventSource => self.publish(request),
        }
    }

    /// The next timer is due.
    #[inline(never)]
    fn timer(&mut self) {
        match self.network.timers.pop() {
            Some(Timer::DeliverEvent(place)) => self.deliver(place),
            Some(Timer::ExpireEvent(place)) => self.give_up(place, Exit::AgeExceeded),
            Some(Timer::HandOver(place)) => self.hand_over_parcel(place),
            Some(Timer::StopWaiting(place)) => self.stop_waiting(place),
            Some(Timer::ExpireMessages(queue)) => self.expire_messages(queue),
            Some(Timer::ShowMessages(queue)) => self.show_messages(queue),
            Some(Timer::Poll(mapping)) => self.poll(mapping),
            Some(Timer::Read(reader, lane)) => self.read_lane(reader, lane),
            Some(Timer::Fly { flight, ticket }) => self.fly(flight, ticket),
            Some(Timer::Served(dependency)) => self.served(dependency),
            None => {}
        }
    }

    /// An environment is done with its job: what becomes of that is decided here, not at its start.
    #[inline(never)]
    fn finished(&mut self, slot: u32, outcome: Outcome) {
        match self.network.jobs.end(slot) {
            Some(Job::Event(place)) => self.event_finished(place, outcome),
            Some(Job::Call(place)) => self.call_finished(place, outcome),
            Some(Job::Batch(place)) => self.batch_finished(place, outcome),
            Some(Job::Lane(reader, lane)) => self.piece_finished(reader, lane, outcome),
            None => {}
        }
    }

    /// The source that sends next; the first of them at equal times.
    fn find_next_arrival(&mut self) {
        let next = self.sources.iter().zip(0..).map(|(source, at)| (source.next_arrival, at)).min();
        (self.next_arrival, self.next_source) = next.unwrap_or((u64::MAX, 0));
    }

    #[inline(never)]
    fn retry(&mut self) {
        let Some(request) = self.retries.pop() else { return };
        if S::GRAPH && self.sources[usize::from(request.source)].delivery == Delivery::Door {
            return self.knock(request);
        }
        self.attempt(request);
    }

    /// An invocation ends: its environment is free, and then what it worked on goes its way.
    #[inline(always)]
    fn depart(&mut self) {
        let Some(entry) = self.calendar.pop() else { return };
        self.free(entry);
        if S::GRAPH {
            self.finished(entry.slot, tag::outcome(entry.tag));
        }
    }

    /// The environment becomes idle, or ends with its invocation.
    #[inline(always)]
    fn free(&mut self, entry: Entry) {
        let now = self.now;
        self.last_work = now;
        let at = if S::GENERAL { tag::function(entry.tag) } else { 0 };
        let function = &mut self.functions[at];
        function.levels.end(now);
        if S::GENERAL {
            self.total.end(now);
        }
        let idle = Idle { slot: entry.slot, flags: entry.tag & tag::FLAGS };
        let provisioned = entry.tag & tag::PROVISIONED != 0;
        let unreserved = u32::from(function.reserved.is_none());
        if provisioned {
            if S::GENERAL {
                function.units.settle(now, function.busy_units);
            }
            function.busy_units -= 1;
            self.account.busy_units -= unreserved;
            self.account.units -= 1;
        } else {
            function.busy_on_demand -= 1;
            self.account.busy -= unreserved;
        }
        if !(self.recorder.on() || provisioned) && function.simple_life {
            return self.pool.put(at, idle, 0, now.saturating_add(function.constant_idle_us));
        }
        if self.recorder.on() {
            self.record_idle(at, entry.slot, tag::outcome(entry.tag));
        }
        if provisioned {
            self.return_unit(at, idle);
        } else {
            self.park(at, idle);
        }
    }

    fn record_idle(&mut self, function: usize, slot: u32, outcome: Outcome) {
        let environment = self.environments.get(slot).id;
        self.recorder.event(self.now, function as u16, TimelineKind::Idle { environment, outcome });
    }

    /// Adds an environment, or environments, to those alive.
    pub(crate) fn born(&mut self, function: usize, environments: u32) {
        self.functions[function].levels.born(environments);
        if S::GENERAL {
            self.total.born(environments);
        }
    }

    /// Takes the environment out of those alive and gives its slot back.
    pub(crate) fn bury(&mut self, function: usize, slot: u32) {
        self.functions[function].levels.died();
        if S::GENERAL {
            self.total.died();
        }
        if S::GRAPH && self.functions[function].behaves {
            self.end_behaviour(function, slot);
        }
        self.record_ended(function, slot);
        if S::GRAPH {
            self.network.outbound.disconnect(slot);
        }
        self.environments.release(slot);
    }

    pub(crate) fn record_ended(&mut self, function: usize, slot: u32) {
        if self.recorder.on() {
            let environment = self.environments.get(slot).id;
            self.recorder.event(self.now, function as u16, TimelineKind::Ended { environment });
        }
    }

    /// Environments alive, of all functions.
    pub(crate) fn alive(&self) -> u32 {
        if S::GENERAL { self.total.alive() } else { self.functions[0].levels.alive() }
    }

    /// The part of time up to `at` that lies within the measured window, from its start.
    #[inline]
    pub(crate) fn clip(&self, at: u64) -> u64 {
        at.clamp(self.window.0, self.window.1)
    }
}
