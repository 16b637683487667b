//! The life of on-demand environments: created, parked, reclaimed, recycled.

use crate::engine::{Engine, Idle, IdlePool, Shape};
use crate::recorder::Recorder;
use crate::scenario::IdleLife;
use crate::time::to_us;

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// A new on-demand environment of the live version; returns its slot.
    pub(crate) fn create_on_demand(&mut self, at: usize) -> u32 {
        let slot = self.environments.create(at, self.functions[at].live_version);
        self.calendar.make_room(slot);
        if S::GENERAL
            && let Some((low, high)) = self.scenario.functions[at].max_life
        {
            let environment = self.environments.get_mut(slot);
            let share = self.functions[at].lives.draw(environment.id.into()).unit();
            environment.life_end = self.now + low.us() + to_us(share * (high - low).us() as f64);
        }
        self.born(at, 1);
        let lived = self.window.1 - self.clip(self.now);
        let function = &mut self.functions[at];
        function.on_demand += 1;
        function.tally.on_demand_us += lived;
        function.tally.started += u64::from(self.now >= self.window.0);
        slot
    }

    /// An on-demand environment becomes idle, unless its version or its life is over.
    #[inline]
    pub(crate) fn park(&mut self, at: usize, idle: Idle) {
        let environment = self.environments.get_mut(idle.slot);
        let (id, period, life_end) = (environment.id, environment.idle_periods, environment.life_end);
        environment.idle_periods += 1;
        let outdated = environment.version != self.functions[at].live_version;
        if outdated || life_end <= self.now {
            if !outdated {
                self.functions[at].causes.recycled();
            }
            return self.end_on_demand(at, idle.slot);
        }
        let function = &self.functions[at];
        let idle_us = match &self.scenario.functions[at].idle_life {
            IdleLife::Random(law) => {
                let draw = || function.idle_lives.draw_attempt(id.into(), (period as u16).wrapping_add(1)).further(period >> 16);
                to_us(law.sample(self.ziggurat, draw)) + 1
            }
            IdleLife::Constant(_) | IdleLife::Never => function.constant_idle_us,
        };
        self.pool.put(at, idle, id, self.now.saturating_add(idle_us).min(life_end));
    }

    /// The next idle environment to go has been idle for too long, or reached the end of its life.
    #[inline(never)]
    pub(crate) fn expire(&mut self) {
        let Some(Idle { slot, .. }) = self.pool.expire() else { return };
        let environment = self.environments.get(slot);
        let at = usize::from(environment.function);
        if environment.life_end <= self.now {
            self.functions[at].causes.recycled();
        } else {
            self.functions[at].causes.reclaimed();
        }
        self.end_on_demand(at, slot);
    }

    /// The environment is gone.
    pub(crate) fn end_on_demand(&mut self, at: usize, slot: u32) {
        let rest = self.window.1 - self.clip(self.now);
        let within = self.now >= self.window.0 && self.now <= self.window.1;
        let function = &mut self.functions[at];
        function.on_demand -= 1;
        function.tally.on_demand_us -= rest;
        function.tally.ended += u64::from(within);
        self.bury(at, slot);
    }
}
