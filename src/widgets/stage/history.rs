//! A [`Timeline`] turned inside out: what each execution environment did, and where on the stage it stands.

use coldstart_sim::{AttemptRecord, AttemptResult, Timeline, TimelineKind};
use std::collections::{BTreeMap, BTreeSet};

/// What an execution environment does at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileState {
    /// Sandbox, download, INIT.
    Starting,
    /// It runs an invocation.
    Busy,
    /// It waits for the next one; its idle clock runs.
    Idle,
    /// A provisioned place, initialised and free.
    Ready,
    /// It is gone; what stays is a notch.
    Reclaimed,
}

/// One stretch of an environment's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// When it starts, in microseconds.
    pub from_us: u64,
    /// When it ends, in microseconds; the end of the window where it has not ended.
    pub until_us: u64,
    /// What the environment does.
    pub state: TileState,
    /// The attempt it does it for, by its place in `Timeline::attempts`.
    pub attempt: Option<usize>,
}

/// One environment's life within the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentHistory {
    /// Its number.
    pub environment: u32,
    /// Its function, by place in the scenario.
    pub function: u16,
    /// Whether it is a provisioned one.
    pub provisioned: bool,
    /// Its place on the shelf (provisioned) or in the lane (on demand): the lowest that was free when it appeared.
    pub slot: usize,
    /// Its life, in order.
    pub segments: Vec<Segment>,
}

/// All environments of a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FleetHistory {
    /// In order of appearance.
    pub environments: Vec<EnvironmentHistory>,
    /// Most places ever taken on the shelf.
    pub shelf_slots: usize,
    /// Most places ever taken in the lane.
    pub lane_slots: usize,
    /// Start and end of the window, in microseconds.
    pub window_us: (u64, u64),
}

impl FleetHistory {
    /// Reads the whole window. Environments that were alive before it appear with their first event within it.
    #[must_use]
    pub fn new(timeline: &Timeline) -> Self {
        let mut builder = Builder::new(timeline);
        for event in &timeline.events {
            builder.take(event.at_us, event.function, event.kind);
        }
        builder.finish()
    }

    /// The segment in which an environment is at a moment, if it is on the stage then.
    #[must_use]
    pub fn segment_at(history: &EnvironmentHistory, at_us: u64) -> Option<&Segment> {
        let after = history.segments.partition_point(|segment| segment.from_us <= at_us);
        let segment = history.segments.get(after.checked_sub(1)?)?;
        // The last one goes on beyond the window: at the window's very end everybody is still there.
        let is_last = after == history.segments.len();
        (at_us < segment.until_us || is_last && at_us == segment.until_us).then_some(segment)
    }
}

struct Builder<'a> {
    timeline: &'a Timeline,
    fleet: FleetHistory,
    alive: BTreeMap<u32, usize>,
    taken: [Vec<bool>; 2],
    attempt_of: BTreeMap<(u16, u64, u16), usize>,
    /// Environments that any attempt of the window names as provisioned: their first event may not say so.
    provisioned: BTreeSet<u32>,
}

impl<'a> Builder<'a> {
    fn new(timeline: &'a Timeline) -> Self {
        let key = |attempt: &AttemptRecord| (attempt.source, attempt.request, attempt.attempt);
        Self {
            timeline,
            fleet: FleetHistory { window_us: timeline.window_us, ..FleetHistory::default() },
            alive: BTreeMap::new(),
            taken: [Vec::new(), Vec::new()],
            attempt_of: timeline.attempts.iter().enumerate().map(|(at, attempt)| (key(attempt), at)).collect(),
            provisioned: timeline.attempts.iter().filter_map(provisioned_environment).collect(),
        }
    }

    fn take(&mut self, at_us: u64, function: u16, kind: TimelineKind) {
        match kind {
            TimelineKind::Starting { environment, provisioned } => {
                self.appear(environment, function, provisioned);
                self.enter(environment, at_us, TileState::Starting, None);
            }
            TimelineKind::Busy { environment, source, request, attempt } => {
                let found = self.attempt_of.get(&(source, request, attempt)).copied();
                self.appear(environment, function, false);
                self.name_starting(environment, found);
                self.enter(environment, at_us, TileState::Busy, found);
            }
            TimelineKind::Idle { environment, .. } => {
                self.appear(environment, function, false);
                let free = if self.is_provisioned(environment) { TileState::Ready } else { TileState::Idle };
                self.enter(environment, at_us, free, None);
            }
            TimelineKind::Ready { environment } => {
                self.appear(environment, function, true);
                self.enter(environment, at_us, TileState::Ready, None);
            }
            TimelineKind::Ended { environment } => self.end(environment, at_us),
            TimelineKind::Arrived { .. }
            | TimelineKind::Throttled { .. }
            | TimelineKind::Scaled { .. }
            | TimelineKind::Called { .. }
            | TimelineKind::Deployed { .. }
            | TimelineKind::Waits { .. }
            | TimelineKind::Duplicated { .. }
            | TimelineKind::Entered { .. }
            | TimelineKind::Batched { .. }
            | TimelineKind::Left { .. }
            | TimelineKind::Answered { .. }
            | TimelineKind::Noted { .. } => {}
        }
    }

    fn is_provisioned(&self, environment: u32) -> bool {
        self.alive.get(&environment).is_some_and(|at| self.fleet.environments[*at].provisioned)
    }

    fn appear(&mut self, environment: u32, function: u16, provisioned: bool) {
        if self.alive.contains_key(&environment) {
            return;
        }
        let provisioned = provisioned || self.provisioned.contains(&environment);
        let taken = &mut self.taken[usize::from(provisioned)];
        let slot = taken.iter().position(|taken| !taken).unwrap_or(taken.len());
        if slot == taken.len() {
            taken.push(true);
        } else {
            taken[slot] = true;
        }
        self.alive.insert(environment, self.fleet.environments.len());
        self.fleet.environments.push(EnvironmentHistory { environment, function, provisioned, slot, segments: Vec::new() });
    }

    /// A cold start's waiting request is known only when INIT ends: the starting segment gets it then.
    fn name_starting(&mut self, environment: u32, attempt: Option<usize>) {
        let Some(history) = self.alive.get(&environment).and_then(|at| self.fleet.environments.get_mut(*at)) else { return };
        if let Some(last) = history.segments.last_mut().filter(|last| last.state == TileState::Starting) {
            last.attempt = attempt;
        }
    }

    fn enter(&mut self, environment: u32, at_us: u64, state: TileState, attempt: Option<usize>) {
        let until_us = self.timeline.window_us.1.max(at_us);
        let Some(history) = self.alive.get(&environment).and_then(|at| self.fleet.environments.get_mut(*at)) else { return };
        if let Some(last) = history.segments.last_mut() {
            last.until_us = at_us;
        }
        history.segments.push(Segment { from_us: at_us, until_us, state, attempt });
    }

    fn end(&mut self, environment: u32, at_us: u64) {
        self.enter(environment, at_us, TileState::Reclaimed, None);
        let Some(at) = self.alive.remove(&environment) else { return };
        let history = &self.fleet.environments[at];
        self.taken[usize::from(history.provisioned)][history.slot] = false;
    }

    fn finish(mut self) -> FleetHistory {
        let [lane, shelf] = self.taken;
        self.fleet.lane_slots = lane.len();
        self.fleet.shelf_slots = shelf.len();
        self.fleet
    }
}

fn provisioned_environment(attempt: &AttemptRecord) -> Option<u32> {
    match attempt.result {
        AttemptResult::Ran { environment, provisioned: true, .. } => Some(environment),
        AttemptResult::Ran { provisioned: false, .. } | AttemptResult::Throttled { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{Outcome, RunDetails, TimelineEvent};

    fn timeline(events: &[(u64, TimelineKind)]) -> Timeline {
        let events = events.iter().map(|(at_us, kind)| TimelineEvent { at_us: *at_us, function: 0, kind: *kind }).collect();
        Timeline { window_us: (0, 1_000), events, ..Timeline::default() }
    }

    const fn busy(environment: u32) -> TimelineKind {
        TimelineKind::Busy { environment, source: 0, request: 0, attempt: 1 }
    }

    #[test]
    fn an_environment_starts_works_idles_and_leaves_a_notch() {
        let fleet = FleetHistory::new(&timeline(&[
            (10, TimelineKind::Starting { environment: 0, provisioned: false }),
            (100, busy(0)),
            (200, TimelineKind::Idle { environment: 0, outcome: Outcome::Success }),
            (700, TimelineKind::Ended { environment: 0 }),
        ]));
        let states: Vec<_> = fleet.environments[0].segments.iter().map(|s| (s.from_us, s.until_us, s.state)).collect();
        assert_eq!(
            states,
            [(10, 100, TileState::Starting), (100, 200, TileState::Busy), (200, 700, TileState::Idle), (700, 1_000, TileState::Reclaimed)]
        );
        assert_eq!(FleetHistory::segment_at(&fleet.environments[0], 150).map(|s| s.state), Some(TileState::Busy));
        assert_eq!(FleetHistory::segment_at(&fleet.environments[0], 5), None);
        assert_eq!(FleetHistory::segment_at(&fleet.environments[0], 1_000).map(|s| s.state), Some(TileState::Reclaimed), "the end is shown")
    }

    #[test]
    fn an_environment_that_was_provisioned_before_the_window_stands_on_the_shelf() {
        let result = AttemptResult::Ran {
            environment: 7,
            provisioned: true,
            spill: None,
            cold: None,
            sandbox_us: 0,
            init_us: 0,
            duration_us: 10,
            billed_ms: 1,
            outcome: Outcome::Success,
            details: RunDetails::NONE,
        };
        let mut timeline = timeline(&[(5, TimelineKind::Idle { environment: 7, outcome: Outcome::Success }), (20, busy(7))]);
        timeline.attempts.push(AttemptRecord { function: 0, source: 0, request: 0, attempt: 1, arrived_us: 20, started_us: 20, result });
        let fleet = FleetHistory::new(&timeline);
        assert_eq!((fleet.shelf_slots, fleet.lane_slots), (1, 0));
        assert_eq!(fleet.environments[0].segments[0].state, TileState::Ready);
    }

    #[test]
    fn a_place_is_taken_again_once_its_environment_has_ended() {
        let fleet = FleetHistory::new(&timeline(&[
            (1, TimelineKind::Starting { environment: 0, provisioned: false }),
            (2, TimelineKind::Starting { environment: 1, provisioned: false }),
            (3, TimelineKind::Ended { environment: 0 }),
            (4, TimelineKind::Starting { environment: 2, provisioned: false }),
            (5, TimelineKind::Ready { environment: 3 }),
        ]));
        let slots: Vec<_> = fleet.environments.iter().map(|e| (e.environment, e.provisioned, e.slot)).collect();
        assert_eq!(slots, [(0, false, 0), (1, false, 1), (2, false, 0), (3, true, 0)]);
        assert_eq!((fleet.lane_slots, fleet.shelf_slots), (2, 1));
    }

    #[test]
    fn a_provisioned_environment_is_ready_between_invocations() {
        let fleet = FleetHistory::new(&timeline(&[
            (0, TimelineKind::Ready { environment: 0 }),
            (10, busy(0)),
            (20, TimelineKind::Idle { environment: 0, outcome: Outcome::Success }),
        ]));
        let states: Vec<_> = fleet.environments[0].segments.iter().map(|s| s.state).collect();
        assert_eq!(states, [TileState::Ready, TileState::Busy, TileState::Ready]);
    }
}
