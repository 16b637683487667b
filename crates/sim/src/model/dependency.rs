//! Functions that call others: dependencies with a limit of their own, timeouts, retries, circuit breakers, load shedding; and what a
//! success sends on.
//!
//! The calls follow the handler's own work, one after the other; the environment is busy, and billed, until the last answer. A call that
//! the function has given up goes on at the dependency all the same, and takes its place there; one that still waits in line is dropped.
//! A breaker and a connection belong to an environment, for that is where the handler's memory is. When a run is cut, invocations under
//! way are counted up to there.

use super::asynchronous::passed_on;
use super::attempt::{Attempted, Run};
use super::service::Service;
use crate::calendar::Entry;
use crate::engine::{Engine, Errand, Flight, Next, Request, Shape, Timer, Trail, tag};
use crate::recorder::Recorder;
use crate::report::{Exit, FunctionCounter, NodeCounter, Outcome};
use crate::rng::{Draw, Family, Purpose, Stream};
use crate::scenario::{Call, Dependency, Incident, Target};
use crate::time::to_us;
use crate::timeline::TimelineKind;

/// Size of what a success sends on.
const SENT_ON_KB: u32 = 1;

impl Dependency {
    fn incident(&self, now: u64) -> Option<&Incident> {
        self.incidents.iter().find(|one| one.from.us() <= now && now < one.until.us())
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Whether the end of the invocation is not known at its start. A recorded duration and a ping's are, and that of a restore that
    /// took too long, after which no handler runs.
    pub(crate) fn is_staged(&self, at: usize, request: &Request, service: &Service) -> bool {
        let never_returns = service.outcome == Outcome::Timeout || service.details.note == Some(FunctionCounter::RestoreTimeouts);
        self.scenario.functions[at].is_staged() && !self.sources[usize::from(request.source)].given && !never_returns
    }

    /// An invocation begins; it is counted when it ends.
    pub(crate) fn take_off(&mut self, at: usize, request: Request, run: Run) -> Attempted {
        let service = run.service;
        let handler_from = self.now + service.sandbox_us + service.init_us;
        let errand = Errand {
            at,
            request,
            slot: run.slot,
            deadline: handler_from + self.functions[at].timeout_us,
            next: Next::Call,
            ticket: 0,
            call: 0,
            done: 0,
            tries: 0,
            asked: None,
            in_line: false,
        };
        let flight = Flight { errand, run, trail: self.network.outbound.trail };
        let place = self.network.outbound.flights.add(flight);
        self.wait_for(place, handler_from + service.duration_us - service.details.extensions_us, Next::Call);
        Attempted::Runs { slot: run.slot }
    }

    /// The flight goes on at `until`, or ends with the function's timeout if that comes first.
    fn wait_for(&mut self, place: u32, until: u64, next: Next) {
        let calls = &mut self.network.outbound;
        let Some(Flight { errand: flight, .. }) = calls.flights.get_mut(place) else { return };
        calls.tickets = calls.tickets.wrapping_add(1);
        let (until, next) = if until > flight.deadline { (flight.deadline, Next::Stop) } else { (until, next) };
        (flight.ticket, flight.next) = (calls.tickets, next);
        self.network.timers.set_even_after_the_end(until, Timer::Fly { flight: place, ticket: calls.tickets });
    }

    /// A flight's timer is due.
    pub(crate) fn fly(&mut self, place: u32, ticket: u32) {
        let Some(flight) = self.network.outbound.errand_mut(place).filter(|flight| flight.ticket == ticket) else { return };
        let is_asking = flight.asked.is_some();
        match flight.next {
            Next::Call => self.make_call(place),
            Next::Answer(true) => self.answered(place),
            Next::Answer(false) => self.call_failed(place, Exit::CallFailed),
            Next::GiveUp => self.call_failed(place, Exit::GaveUp),
            Next::End(outcome) => self.end_flight(place, outcome),
            Next::Stop => {
                if is_asking {
                    self.end_call(place, Exit::GaveUp);
                }
                self.end_flight(place, Outcome::Timeout);
            }
        }
    }

    /// A call of a function, and the node that is called.
    fn call_of(&self, flight: &Errand) -> Option<(Call, u16)> {
        let (_, node) = self.callee(flight.at, flight.call)?;
        Some((self.scenario.functions[flight.at].calls[flight.call], node))
    }

    /// Which dependency a call goes to, and its node.
    fn callee(&self, at: usize, call: usize) -> Option<(usize, u16)> {
        let to = usize::from(self.scenario.functions[at].calls.get(call)?.to);
        Some((to, self.scenario.dependencies.get(to)?.node))
    }

    /// Makes the next call; without one the handler returns.
    fn make_call(&mut self, place: u32) {
        let Some(flight) = self.network.outbound.errand(place) else { return };
        let Some((call, node)) = self.call_of(&flight) else { return self.land(place, Outcome::Success) };
        let (now, slot, to) = (self.now, flight.slot, usize::from(call.to));
        let arrived = flight.request.arrived;
        if self.breaker(place).is_some_and(|breaker| breaker.open_until > now) {
            self.count_at(node, NodeCounter::ShortCircuited, arrived);
            return self.do_without(place);
        }
        if let Some(flight) = self.network.outbound.errand_mut(place) {
            flight.asked = Some(now);
        }
        if flight.tries > 0 {
            self.count_at(node, NodeCounter::CallRetries, arrived);
        }
        let state = &mut self.network.nodes[usize::from(node)];
        state.hold();
        state.entered += u64::from(arrived >= self.window.0);
        if self.recorder.on() {
            let kind = TimelineKind::Called { node, source: flight.request.source, request: flight.request.number };
            self.recorder.event(now, flight.at as u16, kind);
        }
        let dependency = &self.scenario.dependencies[to];
        let (max_concurrency, max_waiting) = (dependency.max_concurrency, dependency.max_waiting);
        if let Some(most) = dependency.max_connections
            && !self.connect(slot, to, node, most)
        {
            return self.call_failed(place, Exit::ConnectionRefused);
        }
        let state = &mut self.network.outbound.dependencies[to];
        if state.busy < max_concurrency {
            self.serve(place, to);
        } else if state.waiting < max_waiting {
            state.waiting += 1;
            self.count_at(node, NodeCounter::WaitedInLine, arrived);
            self.wait_for(place, call.timeout_from(now), Next::GiveUp);
            let calls = &mut self.network.outbound;
            if let Some(Flight { errand: flight, .. }) = calls.flights.get_mut(place) {
                flight.in_line = true;
                calls.dependencies[to].line.push_back((place, flight.ticket));
            }
        } else {
            self.call_failed(place, Exit::Shed);
        }
    }

    /// Whether the environment has a connection, or gets one.
    fn connect(&mut self, slot: u32, to: usize, node: u16, most: u32) -> bool {
        let bit = 1 << to;
        if self.network.outbound.links(slot).connected & bit > 0 {
            return true;
        }
        let connections = &mut self.network.outbound.dependencies[to].connections;
        if *connections >= most {
            return false;
        }
        *connections += 1;
        let largest = &mut self.network.nodes[usize::from(node)].counters[NodeCounter::ConnectionsMax as usize];
        *largest = (*largest).max(u64::from(*connections));
        self.network.outbound.links(slot).connected |= bit;
        true
    }

    /// The dependency begins to work on a call. It goes on to the end even if nobody waits for that.
    fn serve(&mut self, place: u32, to: usize) {
        let Some(flight) = self.network.outbound.errand_mut(place) else { return };
        flight.in_line = false;
        let flight = *flight;
        let Some((call, _)) = self.call_of(&flight) else { return };
        self.network.outbound.dependencies[to].busy += 1;
        let dependency = &self.scenario.dependencies[to];
        let incident = dependency.incident(self.now);
        let calls = &self.network.outbound;
        let latency = dependency.latency.sample(self.ziggurat, || draw_of(calls.latencies, &flight));
        let latency_us = to_us(latency * incident.map_or(1.0, |one| one.slowdown));
        let error_rate = incident.and_then(|one| one.error_rate).unwrap_or(dependency.error_rate);
        let fails = error_rate > 0.0 && draw_of(calls.errors, &flight).unit() < error_rate;
        let from = incident.filter(|one| one.hangs).map_or(self.now, |one| one.until.us());
        let end = from + latency_us;
        self.network.timers.set_even_after_the_end(end, Timer::Served(to as u16));
        let patience = call.timeout_from(flight.asked.unwrap_or(self.now));
        if end <= patience {
            self.wait_for(place, end, Next::Answer(!fails));
        } else {
            self.wait_for(place, patience, Next::GiveUp);
        }
    }

    /// A dependency is done with a call: the first in line that still waits is next.
    pub(crate) fn served(&mut self, to: u16) {
        let to = usize::from(to);
        self.network.outbound.dependencies[to].busy -= 1;
        while let Some((place, ticket)) = self.network.outbound.dependencies[to].line.pop_front() {
            if self.network.outbound.errand(place).is_some_and(|flight| flight.ticket == ticket) {
                self.network.outbound.dependencies[to].waiting -= 1;
                return self.serve(place, to);
            }
        }
    }

    /// The call leaves the dependency's account.
    fn end_call(&mut self, place: u32, exit: Exit) {
        let Some(flight) = self.network.outbound.errand_mut(place) else { return };
        let (asked, was_in_line) = (flight.asked.take(), std::mem::take(&mut flight.in_line));
        let (at, place_of_call, Request { source, number, arrived, .. }) = (flight.at, flight.call, flight.request);
        let (Some((to, node)), Some(asked)) = (self.callee(at, place_of_call), asked) else { return };
        let measured = arrived >= self.window.0;
        if was_in_line {
            self.network.outbound.dependencies[to].waiting -= 1;
        } else if exit == Exit::GaveUp {
            self.count_at(node, NodeCounter::WorkedOnForNobody, arrived);
        }
        let state = &mut self.network.nodes[usize::from(node)];
        state.let_go();
        state.exits[exit as usize] += u64::from(measured);
        if exit == Exit::Delivered && measured {
            state.age.record(self.now - asked);
        }
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Left { node, source, request: number, exit });
        }
    }

    fn breaker(&mut self, place: u32) -> Option<&mut crate::engine::Breaker> {
        let calls = &mut self.network.outbound;
        let flight = calls.errand(place)?;
        let (slot, call) = (flight.slot, flight.call);
        let own = &self.scenario.functions[flight.at].calls;
        if own.get(call)?.breaker_failures == 0 {
            return None;
        }
        let breakers = &mut calls.links(slot).breakers;
        breakers.resize(own.len(), Default::default());
        breakers.get_mut(call)
    }

    fn answered(&mut self, place: u32) {
        self.end_call(place, Exit::Delivered);
        if let Some(breaker) = self.breaker(place) {
            breaker.failures = 0;
        }
        let Some(flight) = self.network.outbound.errand_mut(place) else { return };
        flight.tries = 0;
        flight.done += 1;
        if self.scenario.functions[flight.at].calls.get(flight.call).is_none_or(|call| flight.done >= call.times) {
            (flight.call, flight.done) = (flight.call + 1, 0);
        }
        self.make_call(place);
    }

    /// An attempt at a call has failed: again, or not at all.
    fn call_failed(&mut self, place: u32, exit: Exit) {
        self.end_call(place, exit);
        let Some(flight) = self.network.outbound.errand(place) else { return };
        let Some((call, node)) = self.call_of(&flight) else { return };
        let now = self.now;
        let mut opens = false;
        if let Some(breaker) = self.breaker(place) {
            breaker.failures += 1;
            opens = breaker.failures >= call.breaker_failures;
            if opens {
                breaker.open_until = now + call.breaker_open.us();
            }
        }
        if opens {
            self.count_at(node, NodeCounter::BreakerOpened, flight.request.arrived);
        }
        let tries = flight.tries + 1;
        if opens || tries >= call.retry.max_attempts {
            return self.do_without(place);
        }
        if let Some(flight) = self.network.outbound.errand_mut(place) {
            flight.tries = tries;
        }
        let jitter = Stream::new(self.seed, Purpose::CallJitter, flight.request.source.into());
        let number = flight.request.number.wrapping_add(u64::from(sub_key(&flight)) << 32);
        self.wait_for(place, now + call.retry.wait_us(jitter, number, tries), Next::Call);
    }

    /// A call has failed for good.
    fn do_without(&mut self, place: u32) {
        let Some(flight) = self.network.outbound.errand(place) else { return };
        let Some((call, node)) = self.call_of(&flight) else { return };
        if !call.optional {
            return self.land(place, Outcome::Error);
        }
        self.count_at(node, NodeCounter::DoneWithout, flight.request.arrived);
        if let Some(flight) = self.network.outbound.errand_mut(place) {
            (flight.call, flight.done, flight.tries) = (flight.call + 1, 0, 0);
        }
        // By a timer, so that no chain of failures runs out of stack.
        self.wait_for(place, self.now, Next::Call);
    }

    /// The handler returns. Its extensions may go on for a while.
    fn land(&mut self, place: u32, outcome: Outcome) {
        let outcome = if outcome == Outcome::Error { self.failed_within(place) } else { outcome };
        let extensions_us = self.network.outbound.flights.get(place).map_or(0, |flight| flight.run.service.details.extensions_us);
        if extensions_us == 0 {
            return self.end_flight(place, outcome);
        }
        self.wait_for(place, self.now + extensions_us, Next::End(outcome));
    }

    /// A call has failed for good: what the handler makes of that.
    fn failed_within(&mut self, place: u32) -> Outcome {
        let Some(Flight { errand, mut run, .. }) = self.network.outbound.flights.get(place).copied() else { return Outcome::Error };
        let outcome = self.unless_swallowed(errand.at, &errand.request, &mut run.service);
        if let Some(flight) = self.network.outbound.flights.get_mut(place) {
            flight.run = run;
        }
        outcome
    }

    /// The invocation ends.
    fn end_flight(&mut self, place: u32, outcome: Outcome) {
        let Some(mut flight) = self.network.outbound.flights.remove(place) else { return };
        let Errand { at, request, .. } = flight.errand;
        if outcome == Outcome::Timeout {
            flight.run.service.details.extensions_us = 0;
            self.withdraw_note(at, &request, &mut flight.run.service);
            self.reset_runtime(at, flight.run.slot);
        }
        let run = self.count_flight(&flight, outcome);
        let provisioned = if run.placement.provisioned { tag::PROVISIONED } else { 0 };
        let tag = tag::new(at, run.service.outcome, run.service.flags | provisioned);
        self.calendar.add(self.now, Entry { time: self.now, slot: run.slot, tag });
        if run.service.outcome != Outcome::Success {
            return self.failed(request, self.now, false);
        }
        if self.now < self.scenario.end.us() {
            self.send_on(at, &request, flight.trail);
        }
    }

    /// Counts an invocation as it stands now.
    fn count_flight(&mut self, flight: &Flight, outcome: Outcome) -> Run {
        let (mut run, Errand { at, request, .. }) = (flight.run, flight.errand);
        let service = &mut run.service;
        service.duration_us = self.now.saturating_sub(run.started + service.sandbox_us + service.init_us);
        service.details.extensions_us = service.details.extensions_us.min(service.duration_us);
        // Memory runs out, whether the calls succeed or not.
        let is_killed = outcome == Outcome::Error && service.details.note == Some(FunctionCounter::OutOfMemory);
        if outcome != Outcome::Success && !is_killed {
            service.outcome = outcome;
        }
        service.flags = if service.outcome as u32 >= Outcome::Crash as u32 { tag::RESET } else { 0 };
        self.minutes.last_attempt = self.now;
        self.count(at, &request, &run, self.now.max(run.started));
        if self.recorder.on() {
            self.record_run(at, &request, &run);
        }
        run
    }

    /// The run is over: what is under way, if it was cut, is counted up to here, and its calls stay in flight.
    pub(crate) fn cut_flights(&mut self) {
        let flights: Vec<Flight> = self.network.outbound.flights.iter().copied().collect();
        for mut flight in flights {
            // What its extensions were going to do after the answer has not happened.
            if !matches!(flight.errand.next, Next::End(_)) {
                flight.run.service.details.extensions_us = 0;
            }
            self.count_flight(&flight, Outcome::Success);
        }
    }

    /// What a success sends on.
    fn send_on(&mut self, at: usize, request: &Request, trail: Trail) {
        let measured = u64::from(self.measures(request.arrived));
        for way in 0..self.scenario.functions[at].sends.len() {
            self.functions[at].tally.sent_on += measured;
            match self.scenario.functions[at].sends[way] {
                Target::Function(function) => self.invoke_next(function, request, SENT_ON_KB, trail, way as u64 + 1),
                Target::Destination(node) => self.keep(node, request),
                Target::Stream(stream) => {
                    let number = passed_on(request, 1 << 51 | (way as u64 + 1) << 32 | u64::from(stream));
                    self.put_record(stream, &Request { number, arrived: self.now, ..*request }, SENT_ON_KB);
                }
                Target::Queue(queue) => {
                    let number = passed_on(request, 1 << 48 | (way as u64 + 1) << 32 | u64::from(queue));
                    self.enqueue(queue, &Request { number, arrived: self.now, ..*request }, SENT_ON_KB, trail);
                }
            }
        }
    }

    /// Measured calls that each node still works on, on top of `counts`.
    pub(crate) fn add_outbound_in_flight(&self, counts: &mut [u64]) {
        let errands = self.network.outbound.flights.iter().map(|flight| &flight.errand);
        for errand in errands.filter(|errand| errand.asked.is_some() && self.measures(errand.request.arrived)) {
            if let Some((_, node)) = self.call_of(errand) {
                counts[usize::from(node)] += 1;
            }
        }
    }
}

/// Tells the calls of one invocation apart.
const fn sub_key(flight: &Errand) -> u32 {
    (flight.call as u32) << 16 | flight.done << 8 | flight.tries as u32
}

fn draw_of(family: Family, flight: &Errand) -> Draw {
    let Request { source, number, attempt, .. } = flight.request;
    family.of(source.into()).draw_attempt(number, attempt).further(sub_key(flight) + 1)
}
