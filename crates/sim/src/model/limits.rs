//! Whether an attempt gets an environment, and which. A refused attempt consumes nothing.

use crate::engine::{Account, Draws, Engine, FunctionState, Idle, IdlePool, Request, Shape};
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

/// Finds a place for the attempt, or the limit that refuses it. The limits speak in this order: provisioned concurrency (which spills
/// over, facts E17, E18), reserved 0, concurrency, requests per second, scaling rate (facts E5, E6, E10, E12).
#[inline(always)]
pub(crate) fn place(
    function: &mut FunctionState,
    account: &mut Account,
    pool: &mut impl IdlePool,
    draws: &Draws,
    at: usize,
    request: &Request,
    now: u64,
) -> Result<Placement, ThrottleCause> {
    let mut spill = None;
    // Units of an old version, and on-demand environments from before an allocation, may still be busy with what the units claim.
    let is_full = match function.reserved {
        None => account.busy + account.busy_units >= account.unreserved,
        Some(reserved) => function.busy_on_demand + function.busy_units >= reserved,
    };
    if function.units.serving() && !is_full {
        match function.units.take(now) {
            Ok(idle) => return Ok(Placement { idle: Some(idle), provisioned: true, spill: None }),
            Err(cause) => spill = Some(cause),
        }
    }
    let rate = match function.reserved {
        None => {
            if is_full || account.busy >= account.room {
                return Err(ThrottleCause::AccountConcurrency);
            }
            if !account.rate.has_token(now) {
                return Err(ThrottleCause::AccountRequestRate);
            }
            &mut account.rate
        }
        Some(0) => return Err(ThrottleCause::ReservedZero),
        Some(reserved) => {
            if is_full || function.busy_on_demand + function.units.claimed() >= reserved {
                return Err(ThrottleCause::ReservedConcurrency);
            }
            if !function.reserved_rate.has_token(now) {
                return Err(ThrottleCause::ReservedRequestRate);
            }
            &mut function.reserved_rate
        }
    };
    let idle = pool.take(at, |n| draws.reuse.draw_attempt(request.number, request.attempt).below(n));
    if idle.is_none() {
        let scaling = account.scaling.as_mut().unwrap_or(&mut function.scaling);
        if !scaling.has_token(now) {
            return Err(ThrottleCause::ScalingRate);
        }
        scaling.take(now);
    }
    rate.take(now);
    Ok(Placement { idle, provisioned: false, spill })
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Works out what the functions without reserved concurrency may use together.
    pub(crate) fn share_account(&mut self) {
        let set_aside = |function: &FunctionState| function.reserved.unwrap_or_else(|| function.units.claimed());
        let set_aside: u64 = self.functions.iter().map(|function| u64::from(set_aside(function))).sum();
        let reserved: u64 = self.functions.iter().filter_map(|function| function.reserved).map(u64::from).sum();
        let limit = u64::from(self.scenario.concurrency_limit);
        self.account.set_aside = set_aside.min(u64::from(u32::MAX)) as u32;
        self.account.note();
        self.account.room = limit.saturating_sub(set_aside) as u32;
        self.account.unreserved = limit.saturating_sub(reserved) as u32;
    }
}
