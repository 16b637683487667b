//! Whether an attempt gets an environment, and which. A refused attempt consumes nothing.

use crate::engine::{Engine, Idle, IdlePool, Request, Shape};
use crate::recorder::Recorder;
use crate::report::{SpillCause, ThrottleCause};

/// Where an attempt runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placement {
    /// On this environment; on a new one if none.
    pub(crate) idle: Option<Idle>,
    pub(crate) provisioned: bool,
    /// Why it missed provisioned concurrency, if it did.
    pub(crate) spill: Option<SpillCause>,
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Finds a place for the attempt, or the limit that refuses it. The limits speak in this order: provisioned concurrency (which
    /// spills over, facts E17, E18), reserved 0, concurrency, requests per second, scaling rate (facts E5, E6, E10, E12).
    #[inline]
    pub(crate) fn place(&mut self, request: &Request) -> Result<Placement, ThrottleCause> {
        let at = if S::GENERAL { request.function } else { 0 };
        let now = self.now;
        let mut spill = None;
        if self.functions[at].units.serving() {
            match self.functions[at].units.take(now) {
                Ok(idle) => return Ok(Placement { idle: Some(idle), provisioned: true, spill: None }),
                Err(cause) => spill = Some(cause),
            }
        }
        let function = &mut self.functions[at];
        let rate = match function.reserved {
            None => {
                if self.account.busy >= self.account.room {
                    return Err(ThrottleCause::AccountConcurrency);
                }
                if !self.account.rate.has_token(now) {
                    return Err(ThrottleCause::AccountRequestRate);
                }
                &mut self.account.rate
            }
            Some(0) => return Err(ThrottleCause::ReservedZero),
            Some(reserved) => {
                if function.busy_on_demand + function.units.claimed() >= reserved {
                    return Err(ThrottleCause::ReservedConcurrency);
                }
                if !function.reserved_rate.has_token(now) {
                    return Err(ThrottleCause::ReservedRequestRate);
                }
                &mut function.reserved_rate
            }
        };
        let draws = &self.sources[request.source as usize].draws;
        let idle = self.pool.take(at, |n| draws.reuse.draw_attempt(request.number, request.attempt).below(n));
        if idle.is_none() {
            if !function.scaling.has_token(now) {
                return Err(ThrottleCause::ScalingRate);
            }
            function.scaling.take();
        }
        rate.take();
        Ok(Placement { idle, provisioned: false, spill })
    }

    /// Works out what the functions without reserved concurrency may use together.
    pub(crate) fn share_account(&mut self) {
        let set_aside = |function: &crate::engine::FunctionState| function.reserved.unwrap_or_else(|| function.units.claimed());
        let set_aside: u64 = self.functions.iter().map(|function| u64::from(set_aside(function))).sum();
        self.account.room = u64::from(self.scenario.concurrency_limit).saturating_sub(set_aside) as u32;
    }
}
