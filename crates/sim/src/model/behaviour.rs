//! What a function does besides its work: memory that runs out, files that pile up, errors that nobody hears of, work that is left
//! behind and frozen, extensions, snapshots, environments that were started ahead. Only functions that do any of it come here.
//!
//! At the end of an invocation the first of these speaks: the timeout, memory, a crash, a full /tmp, an error. That they come after the
//! handler's full duration is a choice.

use super::service::{Service, end_of};
use crate::dist::Law;
use crate::engine::{Engine, Request, Residue, Shape, SourceState, tag};
use crate::recorder::Recorder;
use crate::report::{FunctionCounter, Outcome};
use crate::rng::{Draw, Purpose, Stream};
use crate::scenario::{Behaviour, Snapshot};
use crate::time::to_us;
use crate::timeline::{RunDetails, TimelineKind};
use coldstart_facts::RESTORE_LIMIT_MS;

const RESTORE_LIMIT_US: u64 = RESTORE_LIMIT_MS * 1_000;

/// What one invocation makes of the work that earlier ones left behind: both want the processor, so they take turns while the handler
/// wants it too, and the rest gets what the handler's waiting leaves (a choice). All in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Resumed {
    /// What the handler takes longer.
    delay: u64,
    /// Processor time that the work got.
    done: u64,
}

impl Resumed {
    /// `left`, `cpu`: processor time at one full vCPU, of the work and of the handler; `wait`: the handler's waiting; `stretch`: time
    /// that a second of processor time takes.
    fn of(left: u64, cpu: u64, wait: u64, stretch: f64) -> Self {
        let in_turns = left.min(cpu);
        let in_waits = (left - in_turns).min(to_us(wait as f64 / stretch));
        Self { delay: to_us(in_turns as f64 * stretch), done: in_turns + in_waits }
    }
}

/// Memory that an invocation needs: most that its environment ever needed is what REPORT shows.
struct Memory {
    used_mb: u32,
    is_out: bool,
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    fn draw_for(&self, purpose: Purpose, request: &Request) -> Draw {
        Stream::new(self.seed, purpose, request.source.into()).draw_attempt(request.number, request.attempt)
    }

    pub(crate) fn sample_for(&self, law: &Law, purpose: Purpose, request: &Request) -> u64 {
        to_us(law.sample(self.ziggurat, || self.draw_for(purpose, request)))
    }

    /// Duration, outcome and details of an invocation that wants `wanted_us` before anything of this file is added.
    pub(crate) fn behave(&mut self, at: usize, request: &Request, slot: u32, wanted_us: u64) -> (u64, Outcome, RunDetails) {
        let residue = self.environments.residue(slot);
        let (function, source) = (&self.functions[at], &self.sources[usize::from(request.source)]);
        let scenario = self.scenario.clone();
        let Some(behaviour) = &scenario.functions[at].behaviour else {
            let (duration_us, outcome) = end_of(function, source, request, wanted_us);
            return (duration_us, outcome, RunDetails::NONE);
        };
        let is_ping = source.ping.is_some();
        let (cpu_us, wait_us) = if source.given { (0, wanted_us) } else { self.parts_of(at, source, request) };
        let resumed = Resumed::of(residue.background_us, cpu_us, wait_us, function.stretch);
        let mut wanted_us = wanted_us + resumed.delay;
        let mut after_us = 0;
        if !source.given {
            wanted_us += self.sample_for(&behaviour.client_each, Purpose::Client, request);
            after_us = self.sample_for(&behaviour.extension_after, Purpose::ExtensionAfter, request);
        }
        let memory = self.memory(at, behaviour, &residue, request, is_ping);
        let is_tmp_full = !is_ping && residue.tmp_mb + behaviour.tmp_left_mb > scenario.functions[at].tmp_mb;
        let (mut duration_us, mut outcome) = end_of(function, source, request, wanted_us);
        // The timeout covers the extensions too.
        if outcome != Outcome::Timeout && duration_us + after_us > function.timeout_us {
            (duration_us, outcome) = (function.timeout_us, Outcome::Timeout);
        }
        let mut note = None;
        if outcome != Outcome::Timeout && memory.is_out {
            (outcome, note) = (Outcome::Crash, Some(FunctionCounter::OutOfMemory));
        } else if matches!(outcome, Outcome::Success | Outcome::Error) && is_tmp_full {
            (outcome, note) = (Outcome::Error, Some(FunctionCounter::TmpFull));
        }
        let is_reset = matches!(outcome, Outcome::Crash | Outcome::Timeout);
        let is_swallowed = outcome == Outcome::Error && behaviour.swallows_errors;
        if is_reset {
            after_us = 0;
        }
        let details = RunDetails {
            memory_used_mb: memory.used_mb,
            extensions_us: after_us,
            background_us: resumed.done,
            note: if is_swallowed { note.or(Some(FunctionCounter::Swallowed)) } else { note },
            ..RunDetails::NONE
        };
        let mut next = Residue {
            leaked_mb: residue.leaked_mb + if is_ping { 0 } else { behaviour.leaked_mb },
            peak_mb: memory.used_mb,
            tmp_mb: residue.tmp_mb + if is_ping || is_tmp_full { 0 } else { behaviour.tmp_left_mb },
            background_us: residue.background_us - resumed.done,
            background_pieces: residue.background_pieces,
        };
        if is_reset {
            next = Residue { tmp_mb: next.tmp_mb, background_pieces: residue.background_pieces, ..Residue::default() };
        }
        let leaves_us = if is_ping || is_reset { 0 } else { self.sample_for(&behaviour.background, Purpose::Background, request) };
        self.count_behaviour(at, request, note, is_swallowed, resumed.done > 0);
        self.leave_background(at, request, &mut next, leaves_us, is_reset);
        *self.environments.residue_mut(slot) = next;
        (duration_us + after_us, if is_swallowed { Outcome::Success } else { outcome }, details)
    }

    /// Processor time and waiting of the handler.
    fn parts_of(&self, at: usize, source: &SourceState, request: &Request) -> (u64, u64) {
        let function = &self.functions[at];
        let cpu = function.cpu.sample(self.ziggurat, || source.draws.cpu.draw_attempt(request.number, request.attempt));
        let wait = function.wait.sample(self.ziggurat, || source.draws.wait.draw_attempt(request.number, request.attempt));
        (to_us(cpu), to_us(wait))
    }

    fn memory(&self, at: usize, behaviour: &Behaviour, residue: &Residue, request: &Request, is_ping: bool) -> Memory {
        let function = &self.scenario.functions[at];
        let is_large =
            !is_ping && behaviour.large_rate > 0.0 && self.draw_for(Purpose::LargeRequest, request).unit() < behaviour.large_rate;
        let on_top = behaviour.extension_mb + residue.leaked_mb + if is_large { behaviour.large_mb } else { 0 };
        let needed_mb = function.max_memory_used_mb + on_top;
        Memory { used_mb: needed_mb.min(function.memory_mb).max(residue.peak_mb), is_out: !is_ping && needed_mb > function.memory_mb }
    }

    fn count_behaviour(&mut self, at: usize, request: &Request, note: Option<FunctionCounter>, is_swallowed: bool, resumed: bool) {
        if !self.measures(request.arrived) {
            return;
        }
        let counters = &mut self.functions[at].tally.counters;
        let swallowed = is_swallowed.then_some(FunctionCounter::Swallowed);
        let resumed = resumed.then_some(FunctionCounter::BackgroundResumed);
        [note, swallowed, resumed].into_iter().flatten().for_each(|counter| counters[counter as usize] += 1);
    }

    /// The handler has returned: what it left running is frozen, on top of what is not finished. A reset loses all of it.
    fn leave_background(&mut self, at: usize, request: &Request, next: &mut Residue, leaves_us: u64, is_reset: bool) {
        let measured = u32::from(self.measures(request.arrived));
        let counters = &mut self.functions[at].tally.counters;
        if next.background_us == 0 {
            let way = if is_reset { FunctionCounter::BackgroundLost } else { FunctionCounter::BackgroundDone };
            counters[way as usize] += u64::from(std::mem::take(&mut next.background_pieces));
        }
        if leaves_us > 0 {
            next.background_us += leaves_us;
            next.background_pieces += measured;
            counters[FunctionCounter::BackgroundLeft as usize] += u64::from(measured);
        }
    }

    /// An environment is gone, and what it held with it. Extensions that take too long to shut down are killed (facts C7).
    #[cold]
    pub(crate) fn end_behaviour(&mut self, at: usize, slot: u32) {
        let id = self.environments.get(slot).id;
        let Residue { background_pieces, .. } = std::mem::take(self.environments.residue_mut(slot));
        let scenario = self.scenario.clone();
        let Some(behaviour) = &scenario.functions[at].behaviour else { return };
        let draw = || Stream::new(self.seed, Purpose::Shutdown, at as u64).draw(id.into());
        let is_killed = to_us(behaviour.shutdown.sample(self.ziggurat, draw)) > behaviour.shutdown_budget.us();
        let within = self.measures(self.now);
        let counters = &mut self.functions[at].tally.counters;
        counters[FunctionCounter::BackgroundLost as usize] += u64::from(background_pieces);
        counters[FunctionCounter::ShutdownKills as usize] += u64::from(is_killed && within);
        for (happened, what) in [(background_pieces > 0, FunctionCounter::BackgroundLost), (is_killed, FunctionCounter::ShutdownKills)] {
            if happened && self.recorder.on() {
                self.recorder.event(self.now, at as u16, TimelineKind::Noted { environment: id, what });
            }
        }
    }

    /// What becomes of an error: nothing where the handler swallows it.
    #[cold]
    pub(crate) fn unless_swallowed(&mut self, at: usize, request: &Request, service: &mut Service) -> Outcome {
        let swallows = self.scenario.functions[at].behaviour.as_ref().is_some_and(|behaviour| behaviour.swallows_errors);
        if !swallows {
            return Outcome::Error;
        }
        // A crash after it would be one all the same.
        if service.details.note.is_none() && service.outcome != Outcome::Crash {
            service.details.note = Some(FunctionCounter::Swallowed);
            let measured = u64::from(self.measures(request.arrived));
            self.functions[at].tally.counters[FunctionCounter::Swallowed as usize] += measured;
        }
        Outcome::Success
    }

    /// The timeout came first: what would have been said of the end of the invocation is not.
    #[cold]
    pub(crate) fn withdraw_note(&mut self, at: usize, request: &Request, service: &mut Service) {
        let Some(note) = service.details.note.take().filter(|_| self.measures(request.arrived)) else { return };
        let was_swallowed = service.outcome == Outcome::Success && note != FunctionCounter::Swallowed;
        let counters = &mut self.functions[at].tally.counters;
        counters[note as usize] -= 1;
        counters[FunctionCounter::Swallowed as usize] -= u64::from(was_swallowed);
    }

    /// A call that took too long resets the runtime: what its handler had left behind is lost.
    #[cold]
    pub(crate) fn reset_runtime(&mut self, at: usize, slot: u32) {
        if self.functions[at].behaves {
            let residue = std::mem::take(self.environments.residue_mut(slot));
            self.functions[at].tally.counters[FunctionCounter::BackgroundLost as usize] += u64::from(residue.background_pieces);
            self.environments.residue_mut(slot).tmp_mb = residue.tmp_mb;
        }
    }

    /// Counts what is frozen at the end of the run.
    pub(crate) fn count_frozen(&mut self) {
        let frozen: Vec<_> = self.environments.residues().filter(|(_, residue)| residue.background_pieces > 0).collect();
        for (slot, residue) in frozen {
            let at = usize::from(self.environments.get(slot).function);
            self.functions[at].tally.counters[FunctionCounter::BackgroundFrozen as usize] += u64::from(residue.background_pieces);
        }
    }

    /// Replaces INIT by the restore of a snapshot; past its limit, the request fails without having run (facts C6, D6).
    pub(crate) fn restore(&self, snapshot: &Snapshot, request: &Request) -> Service {
        let after_us = self.sample_for(&snapshot.after_restore, Purpose::AfterRestore, request);
        let whole_us = self.sample_for(&snapshot.restore, Purpose::Restore, request) + after_us;
        let is_late = whole_us > RESTORE_LIMIT_US;
        let details = RunDetails {
            restored: true,
            billed_restore_ms: if is_late { 0 } else { after_us.div_ceil(1_000) },
            note: is_late.then_some(FunctionCounter::RestoreTimeouts),
            ..RunDetails::NONE
        };
        let init_us = whole_us.min(RESTORE_LIMIT_US);
        Service { init_us, outcome: Outcome::Crash, flags: tag::RESET, details, ..Service::READY }
    }

    /// Whether Lambda had started this environment ahead of its first request, which then waits for nothing (facts C20). How often, and
    /// how long before, is a choice.
    pub(crate) fn was_started_ahead(&self, at: usize, request: &Request, service: &mut Service) -> bool {
        let Some(behaviour) = &self.scenario.functions[at].behaviour else { return false };
        let is_chosen = behaviour.proactive_share > 0.0 && self.draw_for(Purpose::Proactive, request).unit() < behaviour.proactive_share;
        if !is_chosen || service.init_timed_out || service.details.restored {
            return false;
        }
        let lead_us = self.sample_for(&behaviour.proactive_lead, Purpose::ProactiveLead, request);
        if lead_us + service.sandbox_us + service.init_us > self.now {
            return false;
        }
        service.details.ahead_us = lead_us + service.sandbox_us + service.init_us;
        service.details.ahead_init_us = std::mem::take(&mut service.init_us);
        service.sandbox_us = 0;
        true
    }

    /// A version is published: its INIT runs now, and is billed (facts F1, D3).
    pub(crate) fn take_snapshot(&mut self, at: usize, version: u32) {
        let model = &self.scenario.functions[at];
        if model.behaviour.as_ref().is_none_or(|behaviour| behaviour.snapshot.is_none()) {
            return;
        }
        let init_us = self.unit_init_us(at, u64::from(version) << 48);
        if self.measures(self.now) {
            let tally = &mut self.functions[at].tally;
            tally.publish_init_ms += init_us.div_ceil(1_000);
            tally.counters[FunctionCounter::SnapshotsTaken as usize] += 1;
        }
    }

    /// What clients and extensions add to INIT.
    pub(crate) fn extra_init_us(&self, behaviour: &Behaviour, request: &Request) -> u64 {
        self.sample_for(&behaviour.client_init, Purpose::Client, request)
            + self.sample_for(&behaviour.extension_init, Purpose::ExtensionInit, request)
    }
}

#[cfg(test)]
mod tests {
    use super::Resumed;

    #[test]
    fn work_takes_turns_with_the_handler_and_fills_its_waits() {
        // A handler of 10 ms of processor time and 40 ms of waiting, at half a vCPU.
        let cases = [(0, 0, 0), (4, 8, 4), (10, 20, 10), (25, 20, 25), (30, 20, 30), (100, 20, 30)];
        for (left, delay, done) in cases {
            assert_eq!(Resumed::of(left * 1_000, 10_000, 40_000, 2.0), Resumed { delay: delay * 1_000, done: done * 1_000 }, "{left} ms");
        }
    }
}
