//! What happens by the scenario's own clock: provisioned concurrency is asked for, becomes ready and is released; versions go live.

use crate::engine::{Engine, Shape};
use crate::recorder::Recorder;
use crate::rules::MINUTE_US;
use crate::scenario::Scenario;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A change by the clock. At equal times releases come first, then deploys, then new allocations, then units that become ready: the
/// order of declaration; within a kind, by function and then as in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Control {
    Release {
        function: usize,
        window: usize,
    },
    Deploy {
        function: usize,
        version: u32,
    },
    Claim {
        function: usize,
        window: usize,
    },
    Ready {
        function: usize,
        allocation: u32,
    },
    /// A provisioned environment is initialised anew.
    Renewed {
        function: usize,
        slot: u32,
        id: u32,
    },
    /// A provisioned environment reaches the end of its life.
    Reset {
        function: usize,
        slot: u32,
        id: u32,
    },
    /// A scheduled action, by its place.
    Schedule {
        function: usize,
        action: usize,
    },
    /// Auto scaling looks at the minute that ends.
    Scale {
        function: usize,
    },
}

/// Controls to come.
#[derive(Clone)]
pub(crate) struct Agenda {
    due: BinaryHeap<Reverse<(u64, Control)>>,
    end: u64,
}

impl Agenda {
    pub(crate) fn new(scenario: &Scenario) -> Self {
        let mut agenda = Self { due: BinaryHeap::new(), end: scenario.end.us() };
        for (at, function) in scenario.functions.iter().enumerate() {
            for (window, provisioned) in function.provisioned.iter().enumerate() {
                agenda.add(provisioned.from.us(), Control::Claim { function: at, window });
                if let Some(until) = provisioned.until {
                    agenda.add(until.us(), Control::Release { function: at, window });
                }
            }
            if let Some(scaling) = &function.scaling {
                agenda.add(MINUTE_US, Control::Scale { function: at });
                for (action, (due, _)) in scaling.schedule.iter().enumerate() {
                    agenda.add(due.us(), Control::Schedule { function: at, action });
                }
            }
            for (version, deploy) in (2..).zip(&function.deploys) {
                agenda.add(deploy.us(), Control::Deploy { function: at, version });
            }
        }
        agenda
    }

    /// What would happen after the end of the run is left out.
    pub(crate) fn add(&mut self, at: u64, control: Control) {
        if at < self.end {
            self.due.push(Reverse((at, control)));
        }
    }

    pub(crate) fn next_time(&self) -> u64 {
        self.due.peek().map_or(u64::MAX, |Reverse((at, _))| *at)
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Carries the next control out.
    #[cold]
    pub(crate) fn control(&mut self) {
        match self.agenda.due.pop() {
            Some(Reverse((_, Control::Release { function, window }))) => self.release_window(function, window),
            Some(Reverse((_, Control::Deploy { function, version }))) => self.deploy(function, version),
            Some(Reverse((_, Control::Claim { function, window }))) => self.claim_window(function, window),
            Some(Reverse((_, Control::Ready { function, allocation }))) => self.units_ready(function, allocation),
            Some(Reverse((_, Control::Renewed { function, slot, id }))) => self.unit_renewed(function, slot, id),
            Some(Reverse((_, Control::Reset { function, slot, id }))) => self.unit_life_over(function, slot, id),
            Some(Reverse((_, Control::Schedule { function, action }))) => self.scheduled_action(function, action),
            Some(Reverse((_, Control::Scale { function }))) => self.look_at_utilisation(function),
            None => {}
        }
    }
}
