//! Asynchronous invocation: Lambda's internal queue of a function.
//!
//! An event is tried as soon as it is there. After a function error it waits one minute, then two (facts G3); throttled, or met by an
//! error of Lambda's own, it goes back to the queue with waits that double from 1 s to 5 min (facts G4; doubling is a choice). It is
//! given up when its retries are used up, when its age passes the maximum (at that moment: a choice), or at once where the function's
//! reserved concurrency is 0 (facts E13). What was given up goes to the dead-letter queue and to the destination on failure.

use super::attempt::Attempted;
use crate::bill::async_requests;
use crate::engine::{Engine, Job, Request, Shape, Timer, Trail};
use crate::metrics::Emitted;
use crate::recorder::Recorder;
use crate::report::{Exit, NodeCounter, Outcome, RunOutcome};
use crate::rng::{Purpose, Stream};
use crate::scenario::{Asynchronous, Target};
use crate::timeline::TimelineKind;
use coldstart_facts::{
    ASYNC_ERROR_FIRST_DELAY_MS, ASYNC_ERROR_SECOND_DELAY_MS, ASYNC_THROTTLE_WAIT_MAX_MS, ASYNC_THROTTLE_WAIT_MIN_MS, RECURSION_ROUNDS,
};

const BYTES_PER_KB: u64 = 1_024;

/// An event in the queue, or at work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsyncEvent {
    /// Its next attempt.
    pub(crate) request: Request,
    pub(crate) payload_kb: u32,
    /// How it came here.
    trail: Trail,
    /// Function errors so far.
    errors: u32,
    /// Throttles and system errors since the function last ran.
    put_back: u32,
}

/// How long an event waits, in microseconds, when it has been put back `times` times in a row (facts G4).
#[must_use]
pub const fn wait_after_throttles_us(times: u32) -> u64 {
    let doubled = ASYNC_THROTTLE_WAIT_MIN_MS.saturating_mul(2_u64.saturating_pow(times.saturating_sub(1)));
    (if doubled < ASYNC_THROTTLE_WAIT_MAX_MS { doubled } else { ASYNC_THROTTLE_WAIT_MAX_MS }) * 1_000
}

/// How long an event waits, in microseconds, after this many function errors (facts G3).
const fn wait_after_errors_us(errors: u32) -> u64 {
    (if errors <= 1 { ASYNC_ERROR_FIRST_DELAY_MS } else { ASYNC_ERROR_SECOND_DELAY_MS }) * 1_000
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    fn queue_of(&self, function: usize) -> Option<Asynchronous> {
        self.scenario.functions.get(function)?.asynchronous
    }

    /// A source hands an event over. It is tried at once.
    pub(crate) fn invoke_asynchronously(&mut self, request: Request) {
        let payload_kb = self.scenario.sources[usize::from(request.source)].payload_kb;
        if let Some(place) = self.accept(request, payload_kb) {
            self.deliver(place);
        }
    }

    /// Counts an event as a request, and takes it in.
    fn accept(&mut self, request: Request, payload_kb: u32) -> Option<u32> {
        self.functions[request.function].tally.requests += u64::from(self.measures(request.arrived));
        self.take_in(request, payload_kb)
    }

    /// Takes an event in, perhaps twice. Returns its place, if it is to be tried.
    pub(crate) fn take_in(&mut self, request: Request, payload_kb: u32) -> Option<u32> {
        let queue = self.queue_of(request.function)?;
        let measured = u64::from(self.measures(request.arrived));
        let is_too_large = payload_kb > self.scenario.rules.async_payload_kb;
        let place = if is_too_large { None } else { Some(self.hold(queue.node, request, payload_kb)?) };
        // The row of this minute must be there, even if no attempt is made in it.
        self.minutes.last_attempt = self.now;
        let Some(place) = place else {
            self.functions[request.function].tally.lost_to_errors += measured;
            self.count_at(queue.node, NodeCounter::RefusedTooLarge, request.arrived);
            return None;
        };
        self.network.nodes[usize::from(queue.node)].entered += measured;
        self.emit(Emitted::AsyncEventsReceived, request.function as u16, 1);
        if self.happens(queue.duplicate_rate, Purpose::Duplicate, &request) {
            self.duplicate(queue.node, request, payload_kb);
        }
        Some(place)
    }

    /// Keeps an event, if the budget allows.
    fn hold(&mut self, node: u16, request: Request, payload_kb: u32) -> Option<u32> {
        if self.network.held() >= self.scenario.max_messages {
            self.stop(RunOutcome::MessageBudget);
            return None;
        }
        self.network.nodes[usize::from(node)].hold();
        Some(self.network.events.add(AsyncEvent { request, payload_kb, trail: Trail::default(), errors: 0, put_back: 0 }))
    }

    /// Delivers an event once more: the other copy has its own attempts and its own draws.
    fn duplicate(&mut self, node: u16, request: Request, payload_kb: u32) {
        let copy = self.copy_of(&request);
        if let Some(place) = self.hold(node, copy, payload_kb) {
            self.network.nodes[usize::from(node)].duplicated += u64::from(self.measures(request.arrived));
            if self.recorder.on() {
                let kind = TimelineKind::Duplicated { node, source: copy.source, request: copy.number };
                self.recorder.event(self.now, copy.function as u16, kind);
            }
            self.network.timers.set(self.now, Timer::DeliverEvent(place));
        }
    }

    /// Tries an event.
    pub(crate) fn deliver(&mut self, place: u32) {
        let Some((event, queue)) = self.event_at(place) else { return };
        let (request, at) = (event.request, event.request.function);
        if u32::from(event.trail[at]) >= RECURSION_ROUNDS && !self.scenario.functions[at].allow_loops {
            return self.give_up(place, Exit::LoopStopped);
        }
        if self.functions[at].reserved == Some(0) {
            return self.give_up(place, Exit::ReservedZero);
        }
        self.count_at(queue.node, NodeCounter::Attempts, request.arrived);
        if self.happens(queue.system_error_rate, Purpose::SystemError, &request) {
            self.count_at(queue.node, NodeCounter::SystemErrors, request.arrived);
            return self.put_back(place);
        }
        self.network.outbound.trail = event.trail;
        let attempted = self.attempt(request);
        self.network.outbound.trail = Trail::default();
        match attempted {
            Attempted::Runs { slot } => {
                self.network.jobs.begin(slot, Job::Event(place));
                self.emit(Emitted::AsyncEventAge, at as u16, self.now - request.arrived);
                let on_top = async_requests(u64::from(event.payload_kb) * BYTES_PER_KB) - 1;
                self.functions[at].tally.size_requests += on_top * u64::from(self.measures(request.arrived));
            }
            Attempted::Refused => {
                self.count_at(queue.node, NodeCounter::Throttles, request.arrived);
                self.put_back(place);
            }
            Attempted::Stopped => {}
        }
    }

    /// What a second delivery of an event is known by.
    pub(crate) fn copy_of(&self, request: &Request) -> Request {
        let caller = self.scenario.relay(request.function as u16);
        Request { source: caller, number: passed_on(request, u64::from(caller)), ..*request }
    }

    fn event_at(&self, place: u32) -> Option<(AsyncEvent, Asynchronous)> {
        let event = *self.network.events.get(place)?;
        Some((event, self.queue_of(event.request.function)?))
    }

    /// Back to the queue: the function did not run.
    fn put_back(&mut self, place: u32) {
        let Some(event) = self.network.events.get_mut(place) else { return };
        event.put_back += 1;
        let wait_us = wait_after_throttles_us(event.put_back);
        self.wait(place, wait_us);
    }

    /// The function ran.
    pub(crate) fn event_finished(&mut self, place: u32, outcome: Outcome) {
        let Some((event, queue)) = self.event_at(place) else { return };
        if outcome == Outcome::Success {
            return self.delivered(place, queue);
        }
        self.count_at(queue.node, NodeCounter::FunctionErrors, event.request.arrived);
        if event.errors >= queue.max_retries {
            return self.give_up(place, Exit::RetriesExhausted);
        }
        if let Some(event) = self.network.events.get_mut(place) {
            event.errors += 1;
            event.put_back = 0;
        }
        self.wait(place, wait_after_errors_us(event.errors + 1));
    }

    /// The event waits for its next attempt, or for its end.
    fn wait(&mut self, place: u32, wait_us: u64) {
        let Some((event, queue)) = self.event_at(place) else { return };
        let next = self.now + wait_us;
        let oldest = event.request.arrived + queue.max_age.us();
        let (until, timer) =
            if next <= oldest { (next, Timer::DeliverEvent(place)) } else { (oldest.max(self.now), Timer::ExpireEvent(place)) };
        self.network.timers.set(until, timer);
        if let Some(event) = self.network.events.get_mut(place) {
            event.request.attempt = event.request.attempt.saturating_add(1);
        }
        if self.recorder.on() {
            let Request { source, number, .. } = event.request;
            let kind = TimelineKind::Waits { node: queue.node, source, request: number, until_us: until };
            self.recorder.event(self.now, event.request.function as u16, kind);
        }
    }

    fn delivered(&mut self, place: u32, queue: Asynchronous) {
        let Some(event) = self.leave(place, Exit::Delivered) else { return };
        if self.measures(event.request.arrived) {
            self.network.nodes[usize::from(queue.node)].age.record(self.now - event.request.arrived);
        }
        if let Some(target) = queue.on_success {
            self.send(queue.node, NodeCounter::SentOnSuccess, target, &event);
        }
    }

    /// The event has failed for good.
    pub(crate) fn give_up(&mut self, place: u32, exit: Exit) {
        let Some((_, queue)) = self.event_at(place) else { return };
        let Some(event) = self.leave(place, exit) else { return };
        let arrived = event.request.arrived;
        let metric = if exit == Exit::LoopStopped { Emitted::RecursiveInvocationsDropped } else { Emitted::AsyncEventsDropped };
        self.emit(metric, event.request.function as u16, 1);
        if self.measures(arrived) {
            let tally = &mut self.functions[event.request.function].tally;
            *(if event.errors > 0 || exit == Exit::RetriesExhausted { &mut tally.lost_to_errors } else { &mut tally.lost_to_throttles }) +=
                1;
        }
        let ways = [(queue.dead_letter_queue, NodeCounter::SentToDeadLetterQueue), (queue.on_failure, NodeCounter::SentOnFailure)];
        let mut is_lost = true;
        for (target, counter) in ways {
            // What goes round in circles is passed to no function again.
            if let Some(target) = target.filter(|target| exit != Exit::LoopStopped || !matches!(target, Target::Function(_))) {
                is_lost = false;
                self.send(queue.node, counter, target, &event);
            }
        }
        if is_lost {
            self.count_at(queue.node, NodeCounter::Dropped, arrived);
        }
    }

    /// Takes the event out of the queue.
    fn leave(&mut self, place: u32, exit: Exit) -> Option<AsyncEvent> {
        let (event, queue) = self.event_at(place)?;
        self.network.events.remove(place);
        let node = &mut self.network.nodes[usize::from(queue.node)];
        node.let_go();
        node.exits[exit as usize] += u64::from(event.request.arrived >= self.window.0);
        if self.recorder.on() {
            let Request { source, number, function, .. } = event.request;
            let kind = TimelineKind::Left { node: queue.node, source, request: number, exit };
            self.recorder.event(self.now, function as u16, kind);
        }
        Some(event)
    }

    /// Sends an event, or the record of it, along an edge.
    fn send(&mut self, from: u16, counter: NodeCounter, target: Target, event: &AsyncEvent) {
        self.count_at(from, counter, event.request.arrived);
        match target {
            Target::Function(function) => self.invoke_next(function, &event.request, event.payload_kb, event.trail, 0),
            Target::Destination(node) => self.keep(node, &event.request),
            Target::Stream(stream) => self.put_record(stream, &Request { arrived: self.now, ..event.request }, event.payload_kb),
            Target::Queue(queue) => {
                self.enqueue(queue, &Request { arrived: self.now, ..event.request }, event.payload_kb, event.trail);
            }
        }
    }

    /// Invokes a function asynchronously with an event that comes from another. It is tried by a timer, so that a circle of functions
    /// that pass an event on in no time runs into the budget of events.
    /// `way` tells events apart that one request sends to the same function.
    pub(super) fn invoke_next(&mut self, function: u16, from: &Request, payload_kb: u32, mut trail: Trail, way: u64) {
        let source = self.scenario.relay(function);
        let number = passed_on(from, u64::from(source) | (way + 1) << 32);
        let visits = &mut trail[usize::from(function)];
        *visits = visits.saturating_add(1);
        let request = Request { source, function: function.into(), number, attempt: 1, arrived: self.now };
        if self.recorder.on() {
            self.recorder.event(self.now, function, TimelineKind::Arrived { source, request: number });
        }
        if let Some(place) = self.accept(request, payload_kb) {
            if let Some(event) = self.network.events.get_mut(place) {
                event.trail = trail;
            }
            self.network.timers.set(self.now, Timer::DeliverEvent(place));
        }
    }

    /// An event ends up at a destination.
    pub(crate) fn keep(&mut self, node: u16, request: &Request) {
        let measured = self.measures(request.arrived);
        let state = &mut self.network.nodes[usize::from(node)];
        state.hold();
        if measured {
            state.entered += 1;
            state.exits[Exit::Kept as usize] += 1;
            state.age.record(self.now - request.arrived);
        }
        if self.recorder.on() {
            let kind = TimelineKind::Left { node, source: request.source, request: request.number, exit: Exit::Kept };
            self.recorder.event(self.now, request.function as u16, kind);
        }
    }

    /// Whether something that has this probability happens to this attempt.
    fn happens(&self, rate: f64, purpose: Purpose, request: &Request) -> bool {
        let draw = || Stream::new(self.seed, purpose, request.source.into()).draw_attempt(request.number, request.attempt).unit();
        rate > 0.0 && draw() < rate
    }

    /// Adds the measured events that each queue still holds.
    pub(crate) fn add_events_in_flight(&self, counts: &mut [u64]) {
        for event in self.network.events.iter().filter(|event| self.measures(event.request.arrived)) {
            if let Some(queue) = self.queue_of(event.request.function) {
                counts[usize::from(queue.node)] += 1;
            }
        }
    }
}

/// The number of an event that follows from another: made of that one's, so that no other event shifts it. 53 bits, which JavaScript
/// carries without loss.
pub(super) fn passed_on(request: &Request, way: u64) -> u64 {
    Stream::new(way, Purpose::PassedOn, request.source.into()).draw(request.number).bits() >> 11
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ground truth async_throttle_schedule_doubling: attempt, seconds since the first attempt, seconds until the next.
    #[test]
    fn throttled_events_wait_as_in_the_table() {
        let table = include_str!("../../tests/data/async_throttle_schedule_doubling.csv");
        let mut rows = 0;
        for row in table.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
            let cells: Vec<u64> = row.split(',').filter_map(|cell| cell.parse().ok()).collect();
            let [attempt, since_first_s, next_wait_s] = cells[..] else { panic!("{row}") };
            let since_first_us: u64 = (1..attempt as u32).map(wait_after_throttles_us).sum();
            assert_eq!(
                (since_first_us, wait_after_throttles_us(attempt as u32)),
                (since_first_s * 1_000_000, next_wait_s * 1_000_000),
                "{row}"
            );
            rows += 1;
        }
        assert!(rows > 30, "{rows} rows");
    }
}
