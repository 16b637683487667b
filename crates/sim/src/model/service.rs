//! How long an invocation takes, and how it ends: known in full when it starts.

use crate::dist::Ziggurat;
use crate::engine::{Engine, FunctionState, Request, Shape, SourceState, tag};
use crate::recorder::Recorder;
use crate::report::{FunctionCounter, Outcome};
use crate::rng::Purpose;
use crate::scenario::{Arrivals, Function};
use crate::time::to_us;
use crate::timeline::RunDetails;
use coldstart_facts::INIT_LIMIT_MS;

const INIT_LIMIT_US: u64 = INIT_LIMIT_MS * 1_000;

/// One invocation, from the moment it gets its environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service {
    pub(crate) sandbox_us: u64,
    pub(crate) init_us: u64,
    pub(crate) duration_us: u64,
    pub(crate) outcome: Outcome,
    /// What the environment's next invocation must know.
    pub(crate) flags: u32,
    pub(crate) init_timed_out: bool,
    pub(crate) details: RunDetails,
}

impl Service {
    /// On an environment that was there and waits.
    pub(crate) const READY: Self = Self {
        sandbox_us: 0,
        init_us: 0,
        duration_us: 0,
        outcome: Outcome::Success,
        flags: 0,
        init_timed_out: false,
        details: RunDetails::NONE,
    };

    pub(crate) const fn total_us(&self) -> u64 {
        self.sandbox_us + self.init_us + self.duration_us
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// The invocation of an environment that has run before and is well.
    pub(crate) fn serve_warm(&mut self, at: usize, request: &Request, slot: u32) -> Service {
        let (function, source) = (&self.functions[at], &self.sources[request.source as usize]);
        let wanted_us = self.handler_us(function, source, request);
        let (duration_us, outcome, details) = self.ending(at, request, slot, wanted_us);
        let flags = if outcome as u32 >= Outcome::Crash as u32 { tag::RESET } else { 0 };
        Service { duration_us, outcome, flags, details, ..Service::READY }
    }

    /// Duration, outcome and details of an invocation that wants `wanted_us`.
    fn ending(&mut self, at: usize, request: &Request, slot: u32, wanted_us: u64) -> (u64, Outcome, RunDetails) {
        if S::GRAPH && self.functions[at].behaves {
            return self.behave(at, request, slot, wanted_us);
        }
        let (duration_us, outcome) = end_of(&self.functions[at], &self.sources[request.source as usize], request, wanted_us);
        (duration_us, outcome, RunDetails::NONE)
    }

    /// The invocation of an environment that is new (`cold`), fresh from INIT, or lost its runtime.
    #[cold]
    pub(crate) fn serve_first(&mut self, at: usize, request: &Request, slot: u32, cold: bool, flags: u32) -> Service {
        let started = if cold { self.start_up(at, request) } else { Service::READY };
        if started.details.note.is_some() {
            return started;
        }
        let (function, source) = (&self.functions[at], &self.sources[request.source as usize]);
        let exact = self.is_recorded(request);
        let is_reset = flags & tag::RESET != 0;
        let mut wanted_us = self.handler_us(function, source, request);
        let mut repeated_init_us = 0;
        if (is_reset || started.init_timed_out) && !exact {
            // Inside the invocation, under the function's timeout (facts C3, C10).
            repeated_init_us = self.whole_init_us(at, request);
            wanted_us += repeated_init_us;
        }
        // A ping returns before the code that is slow to load or compile.
        let runs_handler = source.ping.is_none();
        if runs_handler && !exact {
            let law = &self.scenario.functions[at].first_run_cpu;
            let first = law.sample(self.ziggurat, || source.draws.first_run.draw_attempt(request.number, request.attempt));
            wanted_us += to_us(first * function.stretch);
        }
        let (duration_us, outcome, details) = self.ending(at, request, slot, wanted_us);
        if is_reset && !exact && request.arrived >= self.window.0 {
            self.functions[at].tally.counters[FunctionCounter::RepeatedInits as usize] += 1;
        }
        let flags = match outcome {
            Outcome::Crash | Outcome::Timeout => tag::RESET,
            Outcome::Success | Outcome::Error if runs_handler => 0,
            Outcome::Success | Outcome::Error => tag::FRESH,
        };
        let RunDetails { restored, billed_restore_ms, .. } = started.details;
        let repeated_init_us = repeated_init_us.min(duration_us);
        let details = RunDetails { restored, billed_restore_ms, repeated_init_us, ..details };
        Service { duration_us, outcome, flags, details, ..started }
    }

    /// What comes before the first invocation of a new environment: the sandbox, then INIT or the restore of a snapshot. An INIT past
    /// its limit is abandoned there.
    fn start_up(&self, at: usize, request: &Request) -> Service {
        let (model, source) = (&self.scenario.functions[at], &self.sources[request.source as usize]);
        let sandbox = model.sandbox.sample(self.ziggurat, || source.draws.sandbox.draw_attempt(request.number, request.attempt));
        let mut sandbox_us = to_us(sandbox);
        if S::GRAPH
            && let Some(behaviour) = &model.behaviour
        {
            sandbox_us += behaviour.download.us() + self.sample_for(&behaviour.interface, Purpose::NetworkInterface, request);
            if let Some(snapshot) = &behaviour.snapshot {
                return Service { sandbox_us, ..self.restore(snapshot, request) };
            }
        }
        let whole_us = self.whole_init_us(at, request);
        Service { sandbox_us, init_us: whole_us.min(INIT_LIMIT_US), init_timed_out: whole_us > INIT_LIMIT_US, ..Service::READY }
    }

    /// INIT of the runtime, of the function's own code, and of what else there is, without a limit.
    fn whole_init_us(&self, at: usize, request: &Request) -> u64 {
        let model = &self.scenario.functions[at];
        let own_us = drawn_init_us(model, self.ziggurat, &self.sources[request.source as usize], request);
        match &model.behaviour {
            Some(behaviour) if S::GRAPH => own_us + self.extra_init_us(behaviour, request),
            _ => own_us,
        }
    }

    /// The handler's own time, before the timeout.
    fn handler_us(&self, function: &FunctionState, source: &SourceState, request: &Request) -> u64 {
        if source.given {
            return self.given_us(function, source, request);
        }
        let extra_us = if S::GRAPH { source.stream_us + source.batch.extra_us } else { 0 };
        drawn_handler_us(function, self.ziggurat, source, request) + extra_us
    }

    #[cold]
    fn given_us(&self, function: &FunctionState, source: &SourceState, request: &Request) -> u64 {
        let recorded = match &self.scenario.sources[request.source as usize].arrivals {
            Arrivals::Replay { durations, .. } => usize::try_from(request.number).ok().and_then(|at| durations.get(at)),
            _ => None,
        };
        let recorded = recorded.map(|duration| duration.us());
        source.ping.or(recorded).unwrap_or_else(|| drawn_handler_us(function, self.ziggurat, source, request))
    }

    /// Whether the request's duration is a recorded one, which nothing adds to.
    fn is_recorded(&self, request: &Request) -> bool {
        let source = &self.sources[request.source as usize];
        source.given && source.ping.is_none()
    }
}

/// Processor time over the share of it, and waiting (facts B4, B14).
#[inline(always)]
pub(crate) fn drawn_handler_us(function: &FunctionState, ziggurat: &Ziggurat, source: &SourceState, request: &Request) -> u64 {
    let (number, attempt) = (request.number, request.attempt);
    let cpu = function.cpu.sample(ziggurat, || source.draws.cpu.draw_attempt(number, attempt));
    let wait = function.wait.sample(ziggurat, || source.draws.wait.draw_attempt(number, attempt));
    to_us(cpu * function.stretch + wait)
}

/// INIT of the runtime and of the function's own code.
fn drawn_init_us(function: &Function, ziggurat: &Ziggurat, source: &SourceState, request: &Request) -> u64 {
    let runtime = function.runtime_init.sample(ziggurat, || source.draws.runtime_init.draw_attempt(request.number, request.attempt));
    let code = function.code_init.sample(ziggurat, || source.draws.code_init.draw_attempt(request.number, request.attempt));
    to_us(runtime + code)
}

/// Duration and outcome of a handler that wants `wanted_us`: the timeout first, then poisonous requests, crashes and errors.
#[inline(always)]
pub(crate) fn end_of(function: &FunctionState, source: &SourceState, request: &Request, wanted_us: u64) -> (u64, Outcome) {
    if wanted_us > function.timeout_us {
        return (function.timeout_us, Outcome::Timeout);
    }
    if function.may_fail && source.ping.is_none() {
        if function.poison_rate > 0.0 && source.draws.poison.draw(request.number).unit() < function.poison_rate {
            return (wanted_us, Outcome::Error);
        }
        let share = source.draws.failure.draw_attempt(request.number, request.attempt).unit();
        if share < function.crash_rate {
            return (wanted_us, Outcome::Crash);
        }
        if share < function.failure_rate {
            return (wanted_us, Outcome::Error);
        }
    }
    (wanted_us, Outcome::Success)
}
