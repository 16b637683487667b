//! Counters of one function. What follows from others is worked out at the end, not counted along the way.

use crate::report::{FunctionCounter, FunctionReport, MinuteRow};
use crate::usage::Usage;

/// Counters; all but the integrals leave out what arrived during the warm-up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) requests: u64,
    pub(crate) pings: u64,
    pub(crate) warm: u64,
    pub(crate) cold: u64,
    pub(crate) cold_by_cause: [u64; 5],
    pub(crate) provisioned: u64,
    pub(crate) spilled: [u64; 2],
    pub(crate) sent_on: u64,
    pub(crate) scale_outs: u64,
    pub(crate) scale_ins: u64,
    pub(crate) unit_resets: u64,
    /// Requests billed on top of the invocations, for the size of events.
    pub(crate) size_requests: u64,
    pub(crate) throttles: [u64; 6],
    pub(crate) lost_to_throttles: u64,
    pub(crate) lost_to_errors: u64,
    pub(crate) outcomes: [u64; 4],
    pub(crate) init_timeouts: u64,
    pub(crate) started: u64,
    pub(crate) ended: u64,
    pub(crate) duration_us: u64,
    pub(crate) handler_ms: u64,
    pub(crate) init_ms: u64,
    pub(crate) provisioned_handler_ms: u64,
    pub(crate) provisioned_init_ms: u64,
    /// INIT of versions published with a snapshot.
    pub(crate) publish_init_ms: u64,
    /// Time integrals within the measured window.
    pub(crate) busy_us: u64,
    pub(crate) provisioned_busy_us: u64,
    pub(crate) on_demand_us: u64,
    pub(crate) units_us: u64,
    pub(crate) counters: [u64; FunctionCounter::ALL.len()],
}

impl Tally {
    const fn invocations(&self) -> u64 {
        self.warm + self.cold
    }

    fn throttled(&self) -> u64 {
        self.throttles.iter().sum()
    }

    const fn failed(&self) -> u64 {
        self.outcomes[1] + self.outcomes[2] + self.outcomes[3]
    }

    /// The counters that a minute's row takes differences of.
    pub(crate) fn add_to_row(&self, row: &mut MinuteRow) {
        row.requests += self.requests;
        row.invocations += self.invocations();
        row.cold_starts += self.cold;
        row.provisioned_invocations += self.provisioned;
        row.spilled += self.spilled.iter().sum::<u64>();
        row.throttled += self.throttled();
        row.errors += self.failed();
        row.billed_ms += self.handler_ms + self.init_ms + self.provisioned_handler_ms;
    }

    /// The report's counters; distributions, levels and the id are left for the caller.
    pub(crate) fn to_report(self) -> FunctionReport {
        FunctionReport {
            requests: self.requests,
            pings: self.pings,
            sent_on: self.sent_on,
            scale_outs: self.scale_outs,
            scale_ins: self.scale_ins,
            unit_resets: self.unit_resets,
            attempts: self.invocations() + self.throttled(),
            invocations: self.invocations(),
            billed_requests: self.invocations() + self.size_requests,
            cold_starts: self.cold,
            cold_by_cause: self.cold_by_cause,
            warm_starts: self.warm,
            provisioned_invocations: self.provisioned,
            spillover: self.spilled,
            throttles: self.throttles,
            requests_lost_to_throttles: self.lost_to_throttles,
            requests_lost_to_errors: self.lost_to_errors,
            successes: self.outcomes[0],
            outcomes: self.outcomes,
            init_timeouts: self.init_timeouts,
            counters: self.counters,
            environments_started: self.started,
            environments_ended: self.ended,
            busy_env_us: u128::from(self.busy_us) + u128::from(self.provisioned_busy_us),
            idle_env_us: u128::from(self.on_demand_us.saturating_sub(self.busy_us)),
            provisioned_unit_us: self.units_us.into(),
            duration_us: self.duration_us.into(),
            billed_ms: u128::from(self.handler_ms) + u128::from(self.init_ms),
            billed_provisioned_ms: self.provisioned_handler_ms.into(),
            ..FunctionReport::default()
        }
    }

    /// What the bill needs, but for the time of provisioned units.
    pub(crate) fn to_usage(self) -> Usage {
        Usage {
            requests: self.invocations(),
            size_requests: self.size_requests,
            handler_ms: self.handler_ms.into(),
            init_ms: u128::from(self.init_ms) + u128::from(self.publish_init_ms),
            provisioned_handler_ms: self.provisioned_handler_ms.into(),
            provisioned_init_ms: self.provisioned_init_ms.into(),
            ..Usage::default()
        }
    }
}
