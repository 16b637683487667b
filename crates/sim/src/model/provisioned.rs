//! Provisioned concurrency and deploys.
//!
//! An allocation is a set of units for one version. It is claimed and paid for at once; after the preparation and the ramp all of
//! its units become ready together (facts E14). Units run their INIT while they are prepared; the time until ready does not depend on
//! it (a simplification). A deploy under an alias with provisioned concurrency first allocates the new version's units, and traffic
//! moves when they are ready; the claim does not double meanwhile (a simplification).

use super::controls::Control;
use super::scaling::ScalingState;
use crate::bill::billed_ms;
use crate::engine::{Engine, Idle, IdlePool, Shape, TokenBucket, tag};
use crate::recorder::Recorder;
use crate::report::{RunOutcome, SpillCause};
use crate::rng::{Purpose, Stream};
use crate::rules::MINUTE_US;
use crate::spec::BoundToSpec;
use crate::time::to_us;
use crate::timeline::TimelineKind;
use coldstart_facts::{INIT_LIMIT_PROVISIONED_MS, PROVISIONED_RAMP_PER_MIN, PROVISIONED_REQUESTS_PER_S_PER_UNIT};

/// The place of units that belong to no allocation any more: they end when their invocation does.
const NOWHERE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Preparing,
    Ready,
    Released,
}

/// The units of one version.
#[derive(Clone)]
struct Allocation {
    window: usize,
    version: u32,
    state: State,
    slots: Vec<u32>,
    /// Units that are ready and not busy; the last one is used next.
    free: Vec<Idle>,
    rate: TokenBucket,
}

/// What a minute's utilisation is worked out from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meter {
    pub(super) busy_us: u64,
    pub(super) ready_us: u64,
    pub(super) peak: f64,
    since: u64,
}

/// The provisioned concurrency of one function.
#[derive(Clone, Default)]
pub(crate) struct Units {
    allocations: Vec<Allocation>,
    /// The allocation that takes the live version's requests.
    serving: Option<usize>,
    /// Units asked for and not released.
    claimed: u32,
    /// Units that are ready, of whatever version.
    ready: u32,
    pub(super) meter: Meter,
    pub(crate) scaling: Option<Box<ScalingState>>,
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
    pub(crate) const fn ready(&self) -> u32 {
        self.ready
    }

    /// Whether a deploy waits for units.
    pub(super) const fn waits(&self) -> bool {
        self.pending.is_some()
    }

    /// Accounts the time up to `now`, during which so many units were busy.
    pub(crate) const fn settle(&mut self, now: u64, busy: u32) {
        let passed = now - self.meter.since;
        self.meter.busy_us += busy as u64 * passed;
        self.meter.ready_us += self.ready as u64 * passed;
        self.meter.since = now;
    }

    pub(crate) fn note_peak(&mut self, busy: u32) {
        if self.ready > 0 {
            self.meter.peak = self.meter.peak.max((f64::from(busy) / f64::from(self.ready)).min(1.0));
        }
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

    /// Units that a new version gets: those of its entry, or as many as auto scaling has asked for.
    const fn wanted(&self, of_entry: u32) -> u32 {
        if self.scaling.is_some() { self.claimed } else { of_entry }
    }

    fn end_growth(&mut self, place: usize) {
        if let Some(scaling) = &mut self.scaling {
            scaling.growing = scaling.growing.filter(|growing| *growing != place);
        }
    }

    fn find_serving(&mut self, live_version: u32) {
        self.serving = self.allocations.iter().position(|one| one.state == State::Ready && one.version == live_version);
    }
}

/// What so many units take (facts E18).
const fn rate_of(units: u32) -> TokenBucket {
    TokenBucket::one_second_of(units as u64 * PROVISIONED_REQUESTS_PER_S_PER_UNIT as u64)
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Provisioned concurrency is asked for.
    pub(crate) fn claim_window(&mut self, at: usize, window: usize) {
        let model = &self.scenario.functions[at];
        let (units, ready_at_start) = (model.provisioned[window].units, model.provisioned[window].ready_at_start);
        let function = &mut self.functions[at];
        function.units.scaling = model.scaling.as_ref().map(|scaling| Box::new(ScalingState::new(scaling, units)));
        function.units.claimed += units;
        function.units.windows.push(window);
        let version = function.live_version;
        self.share_account();
        let allocation = self.allocate(at, window, version, units);
        if ready_at_start {
            self.units_ready(at, allocation as u32);
        } else {
            self.prepare(at, window, allocation);
        }
    }

    /// Starts the units of a version. Returns the allocation's place.
    fn allocate(&mut self, at: usize, window: usize, version: u32, units: u32) -> usize {
        let place = self.functions[at].units.allocations.len();
        let key = |unit: u32| (place as u64) << 32 | u64::from(unit);
        let slots: Vec<u32> = (0..units).map(|unit| self.start_unit(at, version, place as u32, key(unit)).0).collect();
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
        let units = self.functions[at].units.allocations.get(place).map_or(0, |one| one.slots.len() as u64);
        let ramp = units * MINUTE_US / u64::from(PROVISIONED_RAMP_PER_MIN);
        let ready = self.now + provisioned.preparation.us() + ramp;
        self.agenda.add(ready, Control::Ready { function: at, allocation: place as u32 });
    }

    /// Starts one unit: its INIT is billed whether it is used or not (facts D3). `key` is of its draws. Returns its slot, and how long
    /// its INIT takes.
    fn start_unit(&mut self, at: usize, version: u32, allocation: u32, key: u64) -> (u32, u64) {
        let slot = self.environments.create(at, version);
        self.calendar.make_room(slot);
        let environment = self.environments.get_mut(slot);
        environment.allocation = allocation;
        let id = environment.id;
        let init_us = self.unit_init_us(at, key);
        self.functions[at].tally.provisioned_init_ms += billed_ms(init_us, self.scenario.rules.billing_step_ms);
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Starting { environment: id, provisioned: true });
        }
        (slot, init_us)
    }

    /// INIT that no request waits for: a unit's, or a published version's.
    pub(crate) fn unit_init_us(&self, at: usize, key: u64) -> u64 {
        let function = &self.scenario.functions[at];
        let draw = |purpose| Stream::new(self.seed, purpose, at as u64).draw(key);
        let runtime = function.runtime_init.sample(self.ziggurat, || draw(Purpose::UnitRuntimeInit));
        let mut code = function.code_init.sample(self.ziggurat, || draw(Purpose::UnitCodeInit));
        if S::GRAPH
            && let Some(behaviour) = &function.behaviour
        {
            code += behaviour.client_init.sample(self.ziggurat, || draw(Purpose::UnitClient));
            code += behaviour.extension_init.sample(self.ziggurat, || draw(Purpose::UnitExtensionInit));
        }
        let limit_us = (INIT_LIMIT_PROVISIONED_MS * 1_000).max(function.timeout.us());
        to_us(runtime + code).min(limit_us)
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
        one.rate = rate_of(units);
        let slots = one.slots.clone();
        function.units.settle(now, function.busy_units);
        function.units.ready += units;
        function.tally.units_us += u64::from(units) * left;
        let pending = function.units.pending.filter(|(_, waits_for)| *waits_for == place);
        self.born(at, units);
        for slot in slots {
            self.unit_is_ready(at, slot);
        }
        if !self.join(at, place) {
            self.functions[at].units.end_growth(place);
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
            function.units.settle(self.now, function.busy_units);
            function.units.ready -= slots.len() as u32;
            free.into_iter().for_each(|slot| self.bury(at, slot));
        } else {
            for slot in slots {
                self.record_ended(at, slot);
                self.environments.release(slot);
            }
        }
        let function = &mut self.functions[at];
        function.units.end_growth(place);
        function.units.find_serving(function.live_version);
    }

    /// A unit's invocation ended: it is free again, unless its allocation was released.
    #[inline]
    pub(crate) fn return_unit(&mut self, at: usize, idle: Idle) {
        let environment = self.environments.get(idle.slot);
        let (place, is_over) = (environment.allocation as usize, environment.life_end <= self.now);
        match self.functions[at].units.allocations.get_mut(place) {
            Some(one) if one.state == State::Ready && !is_over => one.free.push(idle),
            Some(one) if one.state == State::Ready => self.reset_unit(at, idle.slot),
            _ => self.bury(at, idle.slot),
        }
    }

    /// Auto scaling asks for more units.
    pub(super) fn grow(&mut self, at: usize, more: u32) {
        let function = &mut self.functions[at];
        function.units.claimed += more;
        let version = function.live_version;
        self.share_account();
        let place = self.allocate(at, 0, version, more);
        self.prepare(at, 0, place);
        if let Some(scaling) = &mut self.functions[at].units.scaling {
            scaling.growing = Some(place);
        }
    }

    /// Units that auto scaling asked for join those that serve. Returns whether there were any to join.
    fn join(&mut self, at: usize, place: usize) -> bool {
        let units = &mut self.functions[at].units;
        let is_growth = units.scaling.as_ref().is_some_and(|scaling| scaling.growing == Some(place));
        let (Some(serving), true) = (units.serving.filter(|serving| *serving != place), is_growth) else { return false };
        let new = &mut units.allocations[place];
        new.state = State::Released;
        let (slots, free) = (std::mem::take(&mut new.slots), std::mem::take(&mut new.free));
        for slot in &slots {
            self.environments.get_mut(*slot).allocation = serving as u32;
        }
        let old = &mut units.allocations[serving];
        old.slots.extend(slots);
        // Those that have run their handler before are used first.
        old.free.splice(..0, free);
        old.rate = rate_of(old.slots.len() as u32);
        units.end_growth(place);
        true
    }

    /// Auto scaling gives units up: free ones at once, the longest idle first; busy ones when they finish.
    pub(super) fn shrink(&mut self, at: usize, fewer: u32) {
        let left = self.window.1 - self.clip(self.now);
        let function = &mut self.functions[at];
        function.units.settle(self.now, function.busy_units);
        let Some(one) = function.units.serving.and_then(|place| function.units.allocations.get_mut(place)) else { return };
        let free_ones = one.free.len().min(fewer as usize);
        let mut gone: Vec<u32> = one.free.drain(..free_ones).map(|idle| idle.slot).collect();
        let is_busy = |slot: &u32| !gone.contains(slot) && one.free.iter().all(|idle| idle.slot != *slot);
        let busy: Vec<u32> = one.slots.iter().copied().filter(is_busy).take(fewer as usize - free_ones).collect();
        one.slots.retain(|slot| !gone.contains(slot) && !busy.contains(slot));
        one.rate = rate_of(one.slots.len() as u32);
        let fewer = (gone.len() + busy.len()) as u32;
        function.units.claimed -= fewer;
        function.units.ready -= fewer;
        function.tally.units_us -= u64::from(fewer) * left;
        gone.drain(..).for_each(|slot| self.bury(at, slot));
        for slot in busy {
            self.environments.get_mut(slot).allocation = NOWHERE;
        }
        self.share_account();
    }

    /// A unit can take requests; its life begins, where units have one.
    fn unit_is_ready(&mut self, at: usize, slot: u32) {
        let id = self.environments.get(slot).id;
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Ready { environment: id });
        }
        let model = &self.scenario.functions[at];
        if let (Some((low, high)), true) = (model.max_life, S::GENERAL && model.reset_units) {
            let share = self.functions[at].lives.draw(id.into()).unit();
            let end = self.now + low.us() + to_us(share * (high - low).us() as f64);
            self.environments.get_mut(slot).life_end = end;
            self.agenda.add(end, Control::Reset { function: at, slot, id });
        }
    }

    /// The life of a unit is over: if it is free, it is initialised anew at once, else when its invocation has ended.
    pub(crate) fn unit_life_over(&mut self, at: usize, slot: u32, id: u32) {
        let environment = self.environments.get(slot);
        let place = environment.allocation as usize;
        let Some(one) = self.functions[at].units.allocations.get_mut(place).filter(|_| environment.id == id) else { return };
        let Some(free) = one.free.iter().position(|idle| idle.slot == slot) else { return };
        one.free.remove(free);
        self.reset_unit(at, slot);
    }

    /// A new environment in place of a unit: it serves once it is initialised (facts E19).
    fn reset_unit(&mut self, at: usize, slot: u32) {
        let old = *self.environments.get(slot);
        let measured = u64::from(self.now >= self.window.0 && self.now <= self.window.1);
        self.functions[at].tally.unit_resets += measured;
        self.bury(at, slot);
        let key = 1 << 63 | u64::from(old.id);
        let (new, init_us) = self.start_unit(at, old.version, old.allocation, key);
        self.born(at, 1);
        if let Some(one) = self.functions[at].units.allocations.get_mut(old.allocation as usize) {
            one.slots.iter_mut().filter(|one| **one == slot).for_each(|one| *one = new);
        }
        let sandbox = &self.scenario.functions[at].sandbox;
        let sandbox_us = to_us(sandbox.sample(self.ziggurat, || Stream::new(self.seed, Purpose::UnitSandbox, at as u64).draw(key)));
        let id = self.environments.get(new).id;
        self.agenda.add(self.now + sandbox_us + init_us, Control::Renewed { function: at, slot: new, id });
    }

    /// A unit that was initialised anew is ready, unless it was given up meanwhile.
    pub(crate) fn unit_renewed(&mut self, at: usize, slot: u32, id: u32) {
        let environment = self.environments.get(slot);
        if environment.id != id {
            return;
        }
        let place = environment.allocation as usize;
        match self.functions[at].units.allocations.get_mut(place) {
            Some(one) if one.state == State::Ready => {
                one.free.push(Idle { slot, flags: tag::FRESH });
                self.unit_is_ready(at, slot);
            }
            _ => self.bury(at, slot),
        }
    }

    /// A new version is deployed: it goes live at once, or when the alias has its units.
    pub(crate) fn deploy(&mut self, at: usize, version: u32) {
        if S::GRAPH && self.functions[at].behaves {
            self.take_snapshot(at, version);
        }
        let provisioned = &self.scenario.functions[at].provisioned;
        let alias = self.functions[at].units.windows.iter().copied().find(|window| provisioned[*window].bound_to == BoundToSpec::Alias);
        let Some(window) = alias else { return self.go_live(at, version) };
        let provisioned_units = provisioned[window].units;
        // Units that are not ready yet are given up: nobody would use them any more.
        for place in self.allocations_of(at, |one| one.window == window && one.state == State::Preparing) {
            self.release(at, place);
        }
        let units = self.functions[at].units.wanted(provisioned_units);
        let place = self.allocate(at, window, version, units);
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
