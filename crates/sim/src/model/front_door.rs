//! Synchronous front doors: what answers a caller on the function's behalf, how, and how long anybody waits.
//!
//! A request goes through the door's own quota and payload wall, then to Lambda. The answer is decided when the invocation ends, or
//! when the door or the caller stops waiting, whichever is first. The function knows nothing of that: it runs on, and is billed
//! (facts J10 to J17). A caller that is not content tries again by its own policy, but not what was too large.

use super::attempt::Attempted;
use crate::engine::{Engine, Job, Request, Shape, Timer, TokenBucket};
use crate::recorder::Recorder;
use crate::report::{BillLineKind, Exit, NodeCounter, Outcome, RunOutcome};
use crate::scenario::{Answer, Door, OK, Quota, Scenario};
use crate::timeline::TimelineKind;
use crate::usage::AccountUsage;
use coldstart_facts::EDGE_REQUESTS_PER_S;

const US_PER_S: u64 = 1_000_000;

/// An invocation that was called for through a front door.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) request: Request,
    /// When the door or the caller stops waiting, whichever is first.
    due: u64,
    pub(crate) awaited: bool,
}

/// The quotas that front doors share.
#[derive(Clone)]
pub(crate) struct Quotas {
    api: TokenBucket,
    edge: TokenBucket,
}

impl Quotas {
    /// Facts J13, J17; that of the edge is one second deep, as Lambda's own are (a choice).
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let (per_s, burst) = scenario.api_quota;
        Self {
            api: TokenBucket::with_refill(burst.into(), per_s.into(), US_PER_S),
            edge: TokenBucket::one_second_of(EDGE_REQUESTS_PER_S.into()),
        }
    }

    /// Whether the quota lets a request through, which uses it up.
    fn admits(&mut self, quota: Quota, now: u64) -> bool {
        let bucket = match quota {
            Quota::Api => &mut self.api,
            Quota::Edge => &mut self.edge,
        };
        let admits = bucket.has_token(now);
        if admits {
            bucket.take(now);
        }
        admits
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    fn door_of(&self, request: &Request) -> Option<Door> {
        self.scenario.sources.get(usize::from(request.source))?.door
    }

    /// A caller's request comes to a front door for the first time.
    pub(crate) fn call(&mut self, request: Request) {
        let Some(door) = self.door_of(&request) else { return };
        let measured = u64::from(self.measures(request.arrived));
        self.functions[request.function].tally.requests += measured;
        // The row of this minute must be there, even if nothing reaches the function.
        self.minutes.last_attempt = self.now;
        let node = &mut self.network.nodes[usize::from(door.node)];
        node.entered += measured;
        node.hold();
        self.knock(request);
    }

    /// An attempt of a caller's request.
    pub(crate) fn knock(&mut self, request: Request) {
        let Some(door) = self.door_of(&request) else { return };
        self.count_at(door.node, NodeCounter::Attempts, request.arrived);
        if door.quota.is_some_and(|quota| !self.network.quotas.admits(quota, self.now)) {
            self.count_at(door.node, NodeCounter::DoorThrottles, request.arrived);
            return self.refuse_call(request, &door, Answer::OverQuota);
        }
        if !door.request_fits {
            return self.refuse_call(request, &door, Answer::RequestTooLarge);
        }
        if self.network.held() >= self.scenario.max_messages {
            self.network.calls.add(Call { request, due: u64::MAX, awaited: true });
            return self.stop(RunOutcome::MessageBudget);
        }
        match self.attempt(request) {
            Attempted::Runs { slot } => self.await_call(request, &door, slot),
            Attempted::Refused => {
                self.count_at(door.node, NodeCounter::Throttles, request.arrived);
                self.refuse_call(request, &door, Answer::Throttled);
            }
            // Nobody will answer it any more.
            Attempted::Stopped => {
                self.network.calls.add(Call { request, due: u64::MAX, awaited: true });
            }
        }
    }

    /// Door and caller wait for the invocation. A timer is set only if it ends too late for one of them.
    fn await_call(&mut self, request: Request, door: &Door, slot: u32) {
        let due = self.now.saturating_add(door.timeout_us.min(door.patience_us));
        let place = self.network.calls.add(Call { request, due, awaited: true });
        self.network.jobs.begin(slot, Job::Call(place));
        if self.calendar.time_of(slot) > due {
            self.network.timers.set_even_after_the_end(due, Timer::StopWaiting(place));
        }
    }

    /// The invocation of a call ends.
    pub(crate) fn call_finished(&mut self, place: u32, outcome: Outcome) {
        let Some(call) = self.network.calls.remove(place) else { return };
        let Some(door) = self.door_of(&call.request) else { return };
        if outcome == Outcome::Success && self.measures(call.request.arrived) {
            self.network.nodes[usize::from(door.node)].streamed_bytes += u128::from(door.streamed_bytes);
        }
        if outcome != Outcome::Success {
            self.count_at(door.node, NodeCounter::FunctionErrors, call.request.arrived);
        }
        if !call.awaited {
            return;
        }
        let answer = match outcome {
            Outcome::Success if door.answer_fits => return self.answer(call.request, &door, OK, Exit::Delivered, false),
            Outcome::Success => Answer::ResponseTooLarge,
            Outcome::Timeout => Answer::TimedOut,
            Outcome::Error | Outcome::Crash => Answer::Failed,
        };
        self.answer(call.request, &door, door.status(answer), Exit::Failed, true);
    }

    /// The door or the caller has waited long enough, if the answer has not come yet.
    pub(crate) fn stop_waiting(&mut self, place: u32) {
        let now = self.now;
        let Some(call) = self.network.calls.get_mut(place).filter(|call| call.awaited && call.due == now) else { return };
        call.awaited = false;
        let request = call.request;
        let Some(door) = self.door_of(&request) else { return };
        self.count_at(door.node, NodeCounter::RanOn, request.arrived);
        if door.patience_us < door.timeout_us {
            self.count_at(door.node, NodeCounter::CallerTimeouts, request.arrived);
            return self.answer(request, &door, 0, Exit::Abandoned, true);
        }
        self.answer(request, &door, door.status(Answer::WaitedTooLong), Exit::TimedOut, true);
    }

    fn refuse_call(&mut self, request: Request, door: &Door, answer: Answer) {
        self.answer(request, door, door.status(answer), Exit::Refused, answer != Answer::RequestTooLarge);
    }

    /// The caller has its answer, or has left: it is content, or tries again where that may help, or gives the request up.
    fn answer(&mut self, request: Request, door: &Door, status: u32, exit: Exit, may_help: bool) {
        let (now, measured) = (self.now, self.measures(request.arrived));
        let Request { source, function, number, attempt, .. } = request;
        let node = &mut self.network.nodes[usize::from(door.node)];
        if measured && status != 0 {
            node.answered(status);
        }
        if self.recorder.on() {
            let kind = TimelineKind::Answered { node: door.node, source, request: number, attempt, status };
            self.recorder.event(now, function as u16, kind);
        }
        if may_help && self.tries_again(request, now, exit == Exit::Refused) {
            return;
        }
        let node = &mut self.network.nodes[usize::from(door.node)];
        node.let_go();
        if measured {
            node.exits[exit as usize] += 1;
            let function = &mut self.functions[function];
            match exit {
                Exit::Delivered => {
                    node.age.record(now - request.arrived);
                    function.latency.record(now - request.arrived);
                }
                Exit::Refused => function.tally.lost_to_throttles += 1,
                _ => function.tally.lost_to_errors += 1,
            }
        }
        if self.recorder.on() {
            let kind = TimelineKind::Left { node: door.node, source, request: number, exit };
            self.recorder.event(now, function as u16, kind);
        }
    }

    /// Adds the measured requests that each front door still has: answered by nobody yet, or about to be sent again.
    pub(crate) fn add_calls_in_flight(&self, counts: &mut [u64]) {
        let awaited = self.network.calls.iter().filter(|call| call.awaited).map(|call| &call.request);
        for request in awaited.chain(self.retries.waiting()).filter(|request| self.measures(request.arrived)) {
            if let Some(door) = self.door_of(request) {
                counts[usize::from(door.node)] += 1;
            }
        }
    }

    /// What API Gateway and streamed answers are billed by. What a door's own quota refused is free.
    pub(crate) fn add_door_usage(&self, usage: &mut AccountUsage) {
        for source in &self.scenario.sources {
            let Some(door) = source.door else { continue };
            let node = &self.network.nodes[usize::from(door.node)];
            let let_in = node.counters[NodeCounter::Attempts as usize] - node.counters[NodeCounter::DoorThrottles as usize];
            if let Some((kind, each)) = door.price {
                usage.add(&source.id, kind, u128::from(let_in * each));
            }
            usage.add(&source.id, BillLineKind::ResponseStream, node.streamed_bytes);
        }
    }
}
