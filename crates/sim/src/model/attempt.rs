//! An attempt: it is refused, or it runs. All that will be said about it is known, and counted, when it starts.

use super::limits::{Placement, place};
use super::service::{Service, drawn_handler_us, end_of};
use crate::bill::billed_ms;
use crate::calendar::Entry;
use crate::engine::{Engine, Idle, Request, Shape, tag};
use crate::histogram::bucket_of;
use crate::recorder::Recorder;
use crate::report::{ColdCause, FunctionCounter, Outcome, RunOutcome, ThrottleCause};
use crate::scenario::Delivery;
use crate::time::SimDuration;
use crate::timeline::{AttemptRecord, AttemptResult, TimelineKind};

/// What becomes of an attempt at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempted {
    /// It runs, in the environment with this slot.
    Runs { slot: u32 },
    /// A limit refused it.
    Refused,
    /// The run has ended for want of budget.
    Stopped,
}

/// An invocation about to be counted.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) slot: u32,
    pub(crate) placement: Placement,
    pub(crate) cold: Option<ColdCause>,
    pub(crate) service: Service,
    /// When it got its environment.
    pub(crate) started: u64,
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    #[inline(always)]
    pub(crate) fn attempt(&mut self, request: Request) -> Attempted {
        let at = if S::GENERAL { request.function } else { 0 };
        let now = self.now;
        self.minutes.last_attempt = now;
        let (function, source) = (&mut self.functions[at], &self.sources[usize::from(request.source)]);
        let placement = match place(function, &mut self.account, &mut self.pool, &source.draws, at, &request, now) {
            Ok(placement) => placement,
            Err(cause) => {
                self.refuse(request, cause);
                return Attempted::Refused;
            }
        };
        // Nearly every attempt of a long run is a warm one on demand that succeeds. It is counted right here.
        let measured = request.arrived >= self.window.0;
        if let (Placement { idle: Some(Idle { slot, flags: 0 }), provisioned: false, spill: None }, true) = (placement, measured)
            && source.quick
            && !self.recorder.on()
        {
            let wanted_us = drawn_handler_us(function, self.ziggurat, source, &request);
            let (duration_us, outcome) = end_of(function, source, &request, wanted_us);
            if outcome == Outcome::Success {
                let end = now + duration_us;
                function.busy_on_demand += 1;
                self.account.busy += u32::from(function.reserved.is_none());
                function.levels.begin(now);
                if S::GENERAL {
                    self.total.begin(now);
                    self.account.note();
                }
                function.tally.busy_us += end.min(self.window.1) - now.min(self.window.1);
                function.tally.warm += 1;
                function.tally.outcomes[0] += 1;
                function.tally.handler_ms += SimDuration(duration_us).ceil_ms();
                function.tally.duration_us += duration_us;
                let latency_us = end - request.arrived;
                if latency_us == duration_us {
                    function.prompt.record_in(bucket_of(duration_us), duration_us);
                } else {
                    function.duration.record(duration_us);
                    function.latency.record(latency_us);
                }
                self.calendar.add(now, Entry { time: end, slot, tag: tag::new(at, outcome, 0) });
                return Attempted::Runs { slot };
            }
        }
        self.run(request, placement)
    }

    #[inline(never)]
    fn run(&mut self, request: Request, placement: Placement) -> Attempted {
        let at = if S::GENERAL { request.function } else { 0 };
        match placement.idle {
            Some(Idle { slot, flags: 0 }) => {
                let service = self.serve_warm(at, &request, slot);
                self.start(at, request, &Run { slot, placement, cold: None, service, started: self.now })
            }
            Some(Idle { slot, flags }) => {
                let service = self.serve_first(at, &request, slot, false, flags);
                self.start(at, request, &Run { slot, placement, cold: None, service, started: self.now })
            }
            None => self.run_cold(at, request, placement),
        }
    }

    #[cold]
    fn run_cold(&mut self, at: usize, request: Request, placement: Placement) -> Attempted {
        if self.alive() >= self.scenario.max_environments {
            self.stop(RunOutcome::EnvironmentBudget);
            return Attempted::Stopped;
        }
        let slot = self.create_on_demand(at);
        let cause = self.functions[at].causes.next();
        let mut service = self.serve_first(at, &request, slot, true, 0);
        let is_ahead = S::GRAPH && self.functions[at].behaves && self.was_started_ahead(at, &request, &mut service);
        let function = &mut self.functions[at];
        if request.arrived >= self.window.0 {
            let counters = &mut function.tally.counters;
            counters[FunctionCounter::ProactiveInits as usize] += u64::from(is_ahead);
            counters[FunctionCounter::Restores as usize] += u64::from(service.details.restored);
            counters[FunctionCounter::RestoreTimeouts as usize] +=
                u64::from(service.details.note == Some(FunctionCounter::RestoreTimeouts));
            if !is_ahead {
                function.tally.cold_by_cause[cause as usize] += 1;
                function.tally.init_timeouts += u64::from(service.init_timed_out);
                function.init.record(service.init_us);
            }
        }
        if self.recorder.on() {
            let environment = self.environments.get(slot).id;
            let began = self.now - service.details.ahead_us;
            self.recorder.event(began, at as u16, TimelineKind::Starting { environment, provisioned: false });
        }
        self.start(at, request, &Run { slot, placement, cold: (!is_ahead).then_some(cause), service, started: self.now })
    }

    /// Counts the invocation and schedules its end.
    fn start(&mut self, at: usize, request: Request, run: &Run) -> Attempted {
        let now = self.now;
        let mut run = *run;
        if S::GRAPH && self.sources[usize::from(request.source)].batch.fails && run.service.outcome == Outcome::Success {
            run.service.outcome = self.unless_swallowed(at, &request, &mut run.service);
        }
        let run = &run;
        let Run { slot, placement, service, .. } = run;
        let end = now + service.total_us();
        let mut flags = service.flags;
        if placement.provisioned {
            flags |= tag::PROVISIONED;
            let function = &mut self.functions[at];
            if S::GENERAL {
                function.units.settle(now, function.busy_units);
            }
            function.busy_units += 1;
            function.units.note_peak(function.busy_units);
            self.account.busy_units += u32::from(function.reserved.is_none());
            self.account.units += 1;
        } else {
            self.functions[at].busy_on_demand += 1;
            self.account.busy += u32::from(self.functions[at].reserved.is_none());
        }
        self.account.note();
        self.functions[at].levels.begin(now);
        if S::GENERAL {
            self.total.begin(now);
        }
        if self.recorder.on() {
            self.record_busy(at, &request, run);
        }
        if S::GRAPH && self.is_staged(at, &request, service) {
            return self.take_off(at, request, *run);
        }
        self.count(at, &request, run, end);
        if self.recorder.on() {
            self.record_run(at, &request, run);
        }
        self.calendar.add(now, Entry { time: end, slot: *slot, tag: tag::new(at, service.outcome, flags) });
        if service.outcome != Outcome::Success {
            self.failed(request, end - service.details.extensions_us, false);
        }
        Attempted::Runs { slot: *slot }
    }

    pub(super) fn count(&mut self, at: usize, request: &Request, run: &Run, end: u64) {
        let Run { placement, cold, service, .. } = run;
        let busy = self.clip(end) - self.clip(run.started);
        let measured = request.arrived >= self.window.0;
        let source = &self.sources[request.source as usize];
        let is_ping = source.ping.is_some();
        let is_answered = !S::GRAPH || source.delivery == Delivery::Direct;
        let (handler_ms, whole_ms) = self.billed(at, run);
        let function = &mut self.functions[at];
        let tally = &mut function.tally;
        if placement.provisioned {
            tally.provisioned_busy_us += busy;
        } else {
            tally.busy_us += busy;
        }
        if !measured {
            return;
        }
        if placement.provisioned {
            tally.provisioned += 1;
            tally.provisioned_handler_ms += handler_ms;
        } else {
            tally.handler_ms += handler_ms;
            // INIT, that of an environment started ahead too.
            tally.init_ms += whole_ms - handler_ms;
        }
        if cold.is_some() {
            tally.cold += 1;
        } else {
            tally.warm += 1;
        }
        if let Some(cause) = placement.spill {
            tally.spilled[cause as usize] += 1;
        }
        tally.duration_us += service.duration_us;
        tally.outcomes[service.outcome as usize] += 1;
        if !is_ping {
            let latency_us =
                (service.outcome == Outcome::Success && is_answered).then(|| end - service.details.extensions_us - request.arrived);
            if latency_us == Some(service.duration_us) {
                return function.prompt.record(service.duration_us);
            }
            function.duration.record(service.duration_us);
            if let Some(latency_us) = latency_us {
                function.latency.record(latency_us);
            }
        }
    }

    fn record_busy(&mut self, at: usize, request: &Request, run: &Run) {
        let environment = self.environments.get(run.slot).id;
        let &Request { source, number, attempt, .. } = request;
        let started = run.started + run.service.sandbox_us + run.service.init_us;
        self.recorder.event(started, at as u16, TimelineKind::Busy { environment, source, request: number, attempt });
    }

    pub(super) fn record_run(&mut self, at: usize, request: &Request, run: &Run) {
        let Run { slot, placement, cold, service, started: started_us } = run;
        let environment = self.environments.get(*slot).id;
        let &Request { source, number, attempt, arrived, .. } = request;
        let function = at as u16;
        self.record_notes(function, environment, started_us + service.sandbox_us + service.init_us, service);
        let result = AttemptResult::Ran {
            environment,
            provisioned: placement.provisioned,
            spill: placement.spill,
            cold: *cold,
            sandbox_us: service.sandbox_us,
            init_us: service.init_us,
            duration_us: service.duration_us,
            billed_ms: self.billed(at, run).1,
            outcome: service.outcome,
            details: service.details,
        };
        let record = AttemptRecord { function, source, request: number, attempt, arrived_us: arrived, started_us: *started_us, result };
        self.recorder.attempt(&record);
    }

    /// What an invocation did besides, when it was seen.
    fn record_notes(&mut self, function: u16, environment: u32, started: u64, service: &Service) {
        let details = &service.details;
        let resumed = (details.background_us > 0).then_some((started, FunctionCounter::BackgroundResumed));
        let ahead = (details.ahead_us > 0).then_some((started, FunctionCounter::ProactiveInits));
        let noted = details.note.map(|what| (started + service.duration_us, what));
        for (at_us, what) in [ahead, resumed, noted].into_iter().flatten() {
            self.recorder.event(at_us, function, TimelineKind::Noted { environment, what });
        }
    }

    /// Billed milliseconds: of Duration alone, and of Duration and Init Duration together, each rounded up (facts D1, D3, D4). Of a
    /// restore only what comes after it counts.
    fn billed(&self, at: usize, run: &Run) -> (u64, u64) {
        let Service { duration_us, init_us, details, .. } = &run.service;
        let step_ms = self.scenario.rules.billing_step_ms;
        let init_us = match self.scenario.functions[at].init_billed {
            _ if details.restored => details.billed_restore_ms * 1_000,
            true => init_us + details.ahead_init_us,
            false => 0,
        };
        (billed_ms(*duration_us, step_ms), billed_ms(duration_us + init_us, step_ms))
    }

    #[cold]
    fn refuse(&mut self, request: Request, cause: ThrottleCause) {
        let Request { source, function, number, attempt, arrived } = request;
        self.last_work = self.now;
        if arrived >= self.window.0 {
            let place = ThrottleCause::ALL.iter().position(|one| *one == cause).unwrap_or(0);
            self.functions[function].tally.throttles[place] += 1;
        }
        if self.recorder.on() {
            let kind = TimelineKind::Throttled { source, request: number, attempt, cause };
            self.recorder.event(self.now, function as u16, kind);
            let result = AttemptResult::Throttled { cause };
            let function = function as u16;
            let record = AttemptRecord { function, source, request: number, attempt, arrived_us: arrived, started_us: self.now, result };
            self.recorder.attempt(&record);
        }
        self.failed(request, self.now, true);
    }
}
