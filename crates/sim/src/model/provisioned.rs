//! Provisioned concurrency and deploys.
//!
//! An allocation is a set of units for one version. It is claimed and paid for at once; after the preparation and the ramp all of
//! its units become ready together (facts E14). Units run their INIT while they are prepared; the time until ready does not depend on
//! it (a simplification). A deploy under an alias with provisioned concurrency first allocates the new version's units, and traffic
//! moves when they are ready; the claim does not double meanwhile (a simplification).

use super::controls::Control;
use crate::bill::billed_ms;
use crate::engine::{Engine, Idle, IdlePool, Shape, TokenBucket, tag};
use crate::recorder::Recorder;
use crate::report::{RunOutcome, SpillCause};
use crate::rng::{Purpose, Stream};
use crate::spec::BoundToSpec;
use crate::time::to_us;
use crate::timeline::TimelineKind;
use coldstart_facts::{INIT_LIMIT_PROVISIONED_MS, PROVISIONED_RAMP_PER_MIN, PROVISIONED_REQUESTS_PER_S_PER_UNIT};

const MINUTE_US: u64 = 60_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Preparing,
    Ready,
    Released,
}

/// The units of one version.
struct Allocation {
    window: usize,
    version: u32,
    state: State,
    slots: Vec<u32>,
    /// Units that are ready and not busy; the last one is used next.
    free: Vec<Idle>,
    rate: TokenBucket,
}

/// The provisioned concurrency of one function.
#[derive(Default)]
pub(crate) struct Units {
    allocations: Vec<Allocation>,
    /// The allocation that takes the live version's requests.
    serving: Option<usize>,
    /// Units asked for and not released.
    claimed: u32,
    /// Windows of the scenario in force.
    windows: Vec<usize>,
    /// Version that goes live when this allocation is ready.
    pending: Option<(u32, usize)>,
}

impl Units {
    /// Whether units of the live version are ready.
    #[inline]
    pub(crate) const fn serving(&self) -> bool {
        self.serving.is_some()
    }

    pub(crate) const fn claimed(&self) -> u32 {
        self.claimed
    }

    /// Units that are ready, of whatever version.
    pub(crate) fn ready(&self) -> u32 {
        self.allocations.iter().filter(|one| one.state == State::Ready).map(|one| one.slots.len() as u32).sum()
    }

    /// Takes a free unit, if the units' request rate allows (facts E18).
    #[inline]
    pub(crate) fn take(&mut self, now: u64) -> Result<Idle, SpillCause> {
        let allocation = self.serving.and_then(|at| self.allocations.get_mut(at)).ok_or(SpillCause::AllBusy)?;
        if allocation.free.is_empty() {
            return Err(SpillCause::AllBusy);
        }
        if !allocation.rate.has_token(now) {
            return Err(SpillCause::RequestRate);
        }
        allocation.rate.take(now);
        allocation.free.pop().ok_or(SpillCause::AllBusy)
    }

    fn find_serving(&mut self, live_version: u32) {
        self.serving = self.allocations.iter().position(|one| one.state == State::Ready && one.version == live_version);
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Provisioned concurrency is asked for.
    pub(crate) fn claim_window(&mut self, at: usize, window: usize) {
        let provisioned = &self.scenario.functions[at].provisioned[window];
        let (units, ready_at_start) = (provisioned.units, provisioned.ready_at_start);
        let function = &mut self.functions[at];
        function.units.claimed += units;
        function.units.windows.push(window);
        let version = function.live_version;
        self.share_account();
        let allocation = self.allocate(at, window, version);
        if ready_at_start {
            self.units_ready(at, allocation as u32);
        } else {
            self.prepare(at, window, allocation);
        }
    }

    /// Starts the units of a version. Returns the allocation's place.
    fn allocate(&mut self, at: usize, window: usize, version: u32) -> usize {
        let units = self.scenario.functions[at].provisioned[window].units;
        let place = self.functions[at].units.allocations.len();
        let slots: Vec<u32> = (0..units).map(|unit| self.start_unit(at, version, place, unit)).collect();
        self.functions[at].units.allocations.push(Allocation {
            window,
            version,
            state: State::Preparing,
            slots,
            free: Vec::new(),
            rate: TokenBucket::one_second_of(0),
        });
        place
    }

    /// Has the units become ready, all together, once they are prepared and the ramp is over.
    fn prepare(&mut self, at: usize, window: usize, place: usize) {
        let provisioned = &self.scenario.functions[at].provisioned[window];
        let ramp = u64::from(provisioned.units) * MINUTE_US / u64::from(PROVISIONED_RAMP_PER_MIN);
        let ready = self.now + provisioned.preparation.us() + ramp;
        self.agenda.add(ready, Control::Ready { function: at, allocation: place as u32 });
    }

    /// Starts one unit: its INIT is billed whether it is used or not (facts D3). Returns its slot.
    fn start_unit(&mut self, at: usize, version: u32, allocation: usize, unit: u32) -> u32 {
        let slot = self.environments.create(at, version);
        self.calendar.make_room(slot);
        let environment = self.environments.get_mut(slot);
        environment.allocation = allocation as u32;
        let id = environment.id;
        let function = &self.scenario.functions[at];
        let key = (allocation as u64) << 32 | u64::from(unit);
        let draw = |purpose| Stream::new(self.seed, purpose, at as u64).draw(key);
        let runtime = function.runtime_init.sample(self.ziggurat, || draw(Purpose::UnitRuntimeInit));
        let code = function.code_init.sample(self.ziggurat, || draw(Purpose::UnitCodeInit));
        let limit_us = (INIT_LIMIT_PROVISIONED_MS * 1_000).max(function.timeout.us());
        let init_us = to_us(runtime + code).min(limit_us);
        self.functions[at].tally.provisioned_init_ms += billed_ms(init_us, self.scenario.rules.billing_step_ms);
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Starting { environment: id, provisioned: true });
        }
        slot
    }

    /// All units of an allocation become ready, and traffic moves if it waited for them.
    pub(crate) fn units_ready(&mut self, at: usize, allocation: u32) {
        let place = allocation as usize;
        let now = self.now;
        let left = self.window.1 - self.clip(now);
        let room = self.scenario.max_environments - self.alive().min(self.scenario.max_environments);
        let function = &mut self.functions[at];
        let Some(one) = function.units.allocations.get_mut(place).filter(|one| one.state == State::Preparing) else { return };
        let units = one.slots.len() as u32;
        if units > room {
            return self.stop(RunOutcome::EnvironmentBudget);
        }
        one.state = State::Ready;
        one.free = one.slots.iter().map(|slot| Idle { slot: *slot, flags: tag::FRESH }).collect();
        one.rate = TokenBucket::one_second_of(u64::from(units) * u64::from(PROVISIONED_REQUESTS_PER_S_PER_UNIT));
        let slots = one.slots.clone();
        function.tally.units_us += u64::from(units) * left;
        let pending = function.units.pending.filter(|(_, waits_for)| *waits_for == place);
        self.born(at, units);
        if self.recorder.on() {
            for slot in slots {
                let environment = self.environments.get(slot).id;
                self.recorder.event(now, at as u16, TimelineKind::Ready { environment });
            }
        }
        if let Some((version, _)) = pending {
            self.go_live(at, version);
        }
        let function = &mut self.functions[at];
        function.units.find_serving(function.live_version);
    }

    /// Provisioned concurrency is given up; a version that waited for its units goes live without.
    pub(crate) fn release_window(&mut self, at: usize, window: usize) {
        let units = self.scenario.functions[at].provisioned[window].units;
        let function = &mut self.functions[at];
        function.units.claimed -= units;
        function.units.windows.retain(|one| *one != window);
        let allocations = self.allocations_of(at, |one| one.window == window);
        let pending = self.functions[at].units.pending.filter(|(_, waits_for)| allocations.contains(waits_for));
        for allocation in allocations {
            self.release(at, allocation);
        }
        self.share_account();
        if let Some((version, _)) = pending {
            self.go_live(at, version);
        }
    }

    fn allocations_of(&self, at: usize, which: impl Fn(&Allocation) -> bool) -> Vec<usize> {
        let allocations = self.functions[at].units.allocations.iter().enumerate();
        allocations.filter(|(_, one)| one.state != State::Released && which(one)).map(|(place, _)| place).collect()
    }

    /// Ends an allocation: its free units at once, busy ones when they finish.
    fn release(&mut self, at: usize, place: usize) {
        let left = self.window.1 - self.clip(self.now);
        let function = &mut self.functions[at];
        let one = &mut function.units.allocations[place];
        let was = std::mem::replace(&mut one.state, State::Released);
        let free: Vec<u32> = one.free.drain(..).map(|idle| idle.slot).collect();
        let slots = std::mem::take(&mut one.slots);
        if was == State::Ready {
            function.tally.units_us -= slots.len() as u64 * left;
            free.into_iter().for_each(|slot| self.bury(at, slot));
        } else {
            for slot in slots {
                self.record_ended(at, slot);
                self.environments.release(slot);
            }
        }
        let function = &mut self.functions[at];
        function.units.find_serving(function.live_version);
    }

    /// A unit's invocation ended: it is free again, unless its allocation was released.
    #[inline]
    pub(crate) fn return_unit(&mut self, at: usize, idle: Idle) {
        let place = self.environments.get(idle.slot).allocation as usize;
        let one = &mut self.functions[at].units.allocations[place];
        if one.state == State::Ready {
            one.free.push(idle);
        } else {
            self.bury(at, idle.slot);
        }
    }

    /// A new version is deployed: it goes live at once, or when the alias has its units.
    pub(crate) fn deploy(&mut self, at: usize, version: u32) {
        let provisioned = &self.scenario.functions[at].provisioned;
        let alias = self.functions[at].units.windows.iter().copied().find(|window| provisioned[*window].bound_to == BoundToSpec::Alias);
        let Some(window) = alias else { return self.go_live(at, version) };
        // Units that are not ready yet are given up: nobody would use them any more.
        for place in self.allocations_of(at, |one| one.window == window && one.state == State::Preparing) {
            self.release(at, place);
        }
        let place = self.allocate(at, window, version);
        self.prepare(at, window, place);
        self.functions[at].units.pending = Some((version, place));
    }

    /// Traffic moves to a version: the others' idle on-demand environments end, and their units under the alias.
    fn go_live(&mut self, at: usize, version: u32) {
        let function = &mut self.functions[at];
        let on_demand = function.on_demand;
        function.live_version = version;
        function.units.pending = None;
        function.causes.deployed(on_demand);
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Deployed { version });
        }
        while let Some(Idle { slot, .. }) = self.pool.drain(at) {
            self.end_on_demand(at, slot);
        }
        let provisioned = &self.scenario.functions[at].provisioned;
        let old = self.allocations_of(at, |one| one.version != version && provisioned[one.window].bound_to == BoundToSpec::Alias);
        for place in old {
            self.release(at, place);
        }
        let function = &mut self.functions[at];
        function.units.find_serving(function.live_version);
    }
}
