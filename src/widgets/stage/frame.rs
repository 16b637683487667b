//! One moment of the stage: tiles, requests on their way, counts. Pure; the view only draws it.

use super::history::{EnvironmentHistory, FleetHistory, TileState};
use super::layout::Layout;
use coldstart_sim::{AttemptRecord, AttemptResult, ThrottleCause, Timeline};

/// A tile at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The environment's number.
    pub environment: u32,
    /// Whether it is a provisioned one.
    pub provisioned: bool,
    /// Top left corner.
    pub at: (f64, f64),
    /// What it does.
    pub state: TileState,
    /// How far it is: of INIT, of the invocation, of the fading, or what is left of its idle life; 0 to 1.
    pub progress: f64,
    /// Time until the state ends, in microseconds; of an idle one, until it is reclaimed if nothing comes.
    pub left_us: Option<u64>,
    /// The attempt that it works for, by its place in `Timeline::attempts`.
    pub attempt: Option<usize>,
}

/// A request on its way at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// The attempt, by its place in `Timeline::attempts`.
    pub attempt: usize,
    /// Where it is.
    pub at: (f64, f64),
    /// Where its tail starts; the same place for none.
    pub tail: (f64, f64),
    /// Attempt number, from 1: one tally mark for each after the first.
    pub number: u16,
    /// What it is.
    pub kind: DotKind,
}

/// What a dot shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotKind {
    /// On its way to an environment that is ready.
    Warm,
    /// It waits for an environment to start.
    Cold,
    /// It missed the shelf and falls to the lane.
    Spilled,
    /// Refused: bounces back with its cause.
    Throttled(ThrottleCause),
}

/// How many environments are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// On-demand environments that start.
    pub starting: usize,
    /// On-demand environments that run.
    pub busy: usize,
    /// On-demand environments that wait.
    pub idle: usize,
    /// Provisioned environments that run.
    pub provisioned_busy: usize,
    /// Provisioned environments that are free.
    pub provisioned_free: usize,
    /// Provisioned environments that are being allocated.
    pub provisioned_starting: usize,
}

/// One moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// Tiles, by environment.
    pub tiles: Vec<Tile>,
    /// Requests on their way; at most [`DOTS_MAX`].
    pub dots: Vec<Dot>,
    /// Counts of all environments.
    pub counts: Counts,
}

/// Most dots in a frame; more would be a smear.
pub const DOTS_MAX: usize = 160;

/// What turns simulated time into things seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Simulated time that a request needs from the door to a tile, in microseconds: purely visual.
    pub travel_us: u64,
    /// Idle life, if it is one constant, in microseconds.
    pub idle_life_us: Option<u64>,
}

impl Frame {
    /// The moment `now_us`.
    #[must_use]
    pub fn new(fleet: &FleetHistory, timeline: &Timeline, layout: &Layout, pace: Pace, now_us: u64) -> Self {
        let mut frame = Self::default();
        for history in &fleet.environments {
            if let Some(tile) = tile_at(history, layout, pace, now_us) {
                frame.counts.add(tile.provisioned, tile.state);
                frame.tiles.push(tile);
            }
        }
        frame.dots = dots_at(fleet, timeline, layout, pace, now_us);
        frame
    }
}

impl Frame {
    /// How many refused requests this dot speaks for: all of them if it is the first, else none, because their causes would lie on each
    /// other.
    #[must_use]
    pub fn told_by(&self, dot: &Dot) -> usize {
        let refused = || self.dots.iter().filter(|dot| matches!(dot.kind, DotKind::Throttled(_)));
        if refused().next() == Some(dot) { refused().count() } else { 0 }
    }
}

impl Counts {
    fn add(&mut self, provisioned: bool, state: TileState) {
        let place = match (provisioned, state) {
            (_, TileState::Reclaimed) => return,
            (false, TileState::Starting) => &mut self.starting,
            (false, TileState::Busy) => &mut self.busy,
            (false, TileState::Idle | TileState::Ready) => &mut self.idle,
            (true, TileState::Starting) => &mut self.provisioned_starting,
            (true, TileState::Busy) => &mut self.provisioned_busy,
            (true, TileState::Idle | TileState::Ready) => &mut self.provisioned_free,
        };
        *place += 1;
    }
}

fn tile_at(history: &EnvironmentHistory, layout: &Layout, pace: Pace, now_us: u64) -> Option<Tile> {
    let segment = FleetHistory::segment_at(history, now_us)?;
    let elapsed_us = now_us - segment.from_us;
    let drawn = if history.provisioned { layout.shelf_slots } else { layout.lane_slots };
    if history.slot >= drawn {
        return None;
    }
    let (progress, left_us) = match segment.state {
        TileState::Starting | TileState::Busy => (ratio(elapsed_us, segment.until_us - segment.from_us), Some(segment.until_us - now_us)),
        TileState::Idle => match pace.idle_life_us {
            Some(life_us) => (1.0 - ratio(elapsed_us, life_us), life_us.checked_sub(elapsed_us)),
            None => (1.0, None),
        },
        TileState::Ready => (1.0, None),
        TileState::Reclaimed => {
            let fading_us = pace.travel_us.saturating_mul(8).max(1);
            if elapsed_us > fading_us {
                return None;
            }
            (ratio(elapsed_us, fading_us), None)
        }
    };
    Some(Tile {
        environment: history.environment,
        provisioned: history.provisioned,
        at: layout.tile(history.provisioned, history.slot),
        state: segment.state,
        progress,
        left_us,
        attempt: segment.attempt,
    })
}

fn dots_at(fleet: &FleetHistory, timeline: &Timeline, layout: &Layout, pace: Pace, now_us: u64) -> Vec<Dot> {
    let longest_us = pace.travel_us.saturating_mul(6);
    let first = timeline.attempts.partition_point(|attempt| attempt.started_us.saturating_add(longest_us) < now_us);
    let last = timeline.attempts.partition_point(|attempt| attempt.started_us <= now_us);
    let moving = (first..last).filter_map(|index| moving_dot(fleet, timeline, layout, pace, now_us, index));
    let mut dots: Vec<Dot> = moving.collect();
    dots.extend(waiting_dots(fleet, timeline, layout, pace, now_us));
    let surplus = dots.len().saturating_sub(DOTS_MAX);
    dots.drain(..surplus);
    dots
}

/// A request between the door and its tile, or bouncing back from the gate.
fn moving_dot(fleet: &FleetHistory, timeline: &Timeline, layout: &Layout, pace: Pace, now_us: u64, index: usize) -> Option<Dot> {
    let attempt = timeline.attempts.get(index)?;
    let elapsed = ratio(now_us - attempt.started_us, pace.travel_us);
    let (at, kind) = match attempt.result {
        AttemptResult::Throttled { cause } => {
            let there_and_back = if elapsed < 1.0 { elapsed } else { (1.0 - (elapsed - 1.0) / 3.0).max(0.15) };
            let (x, y) = between(layout.door(), layout.gate(), there_and_back);
            (elapsed < 6.0).then_some(((x, y + fan(index)), DotKind::Throttled(cause)))?
        }
        AttemptResult::Ran { environment, spill, cold, .. } => {
            if elapsed >= 1.0 {
                return None;
            }
            let history = place_of(fleet, environment)?;
            let target = layout.landing(history.provisioned, history.slot);
            let kind = match (spill, cold) {
                (Some(_), _) => DotKind::Spilled,
                (None, Some(_)) => DotKind::Cold,
                (None, None) => DotKind::Warm,
            };
            (path(layout, target, elapsed, spill.is_some()), kind)
        }
    };
    Some(Dot { attempt: index, at, tail: at, number: attempt.attempt, kind })
}

/// Cold requests drag a tail for as long as they wait.
fn waiting_dots<'a>(
    fleet: &'a FleetHistory,
    timeline: &'a Timeline,
    layout: &'a Layout,
    pace: Pace,
    now_us: u64,
) -> impl Iterator<Item = Dot> + 'a {
    fleet.environments.iter().filter_map(move |history| {
        let segment = FleetHistory::segment_at(history, now_us).filter(|segment| segment.state == TileState::Starting)?;
        let index = segment.attempt?;
        let attempt: &AttemptRecord = timeline.attempts.get(index)?;
        if now_us - segment.from_us < pace.travel_us {
            return None;
        }
        let at = layout.landing(history.provisioned, history.slot);
        Some(Dot { attempt: index, at, tail: layout.gate(), number: attempt.attempt, kind: DotKind::Cold })
    })
}

/// Requests that are refused together spread out, so that one can see that they are several.
#[allow(clippy::cast_precision_loss, reason = "one of seven places")]
fn fan(index: usize) -> f64 {
    (index % 7) as f64 * 8.0 - 24.0
}

fn place_of(fleet: &FleetHistory, environment: u32) -> Option<&EnvironmentHistory> {
    let near = usize::try_from(environment).ok()?;
    let direct = fleet.environments.get(near).filter(|history| history.environment == environment);
    direct.or_else(|| fleet.environments.iter().find(|history| history.environment == environment))
}

/// Straight to the tile; a spilled request first runs along the shelf's edge and then falls.
fn path(layout: &Layout, target: (f64, f64), elapsed: f64, spilled: bool) -> (f64, f64) {
    let gate = layout.gate();
    if !spilled {
        return between(layout.door(), target, ease(elapsed));
    }
    if elapsed < 0.5 {
        let edge = (gate.0, layout.shelf_top + layout.shelf_height / 2.0);
        return between(layout.door(), edge, ease(elapsed * 2.0));
    }
    let edge = (gate.0, layout.shelf_top + layout.shelf_height / 2.0);
    between(edge, target, ease(elapsed * 2.0 - 1.0))
}

fn ease(share: f64) -> f64 {
    share * share * (3.0 - 2.0 * share)
}

fn between(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

#[allow(clippy::cast_precision_loss, reason = "a share of a drawing")]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coldstart_sim::{ColdCause, Outcome, RunDetails, TimelineEvent, TimelineKind};

    fn attempt(request: u64, started_us: u64, result: AttemptResult) -> AttemptRecord {
        AttemptRecord { function: 0, source: 0, request, attempt: 1, arrived_us: started_us, started_us, result }
    }

    fn cold_run(environment: u32) -> AttemptResult {
        AttemptResult::Ran {
            environment,
            provisioned: false,
            spill: None,
            cold: Some(ColdCause::First),
            sandbox_us: 100,
            init_us: 900,
            duration_us: 500,
            billed_ms: 2,
            outcome: Outcome::Success,
            details: RunDetails::NONE,
        }
    }

    fn scene() -> (FleetHistory, Timeline, Layout, Pace) {
        let event = |at_us, kind| TimelineEvent { at_us, function: 0, kind };
        let timeline = Timeline {
            window_us: (0, 10_000),
            events: vec![
                event(0, TimelineKind::Starting { environment: 0, provisioned: false }),
                event(1_000, TimelineKind::Busy { environment: 0, source: 0, request: 0, attempt: 1 }),
                event(1_500, TimelineKind::Idle { environment: 0, outcome: Outcome::Success }),
            ],
            attempts: vec![
                attempt(0, 0, cold_run(0)),
                attempt(1, 600, AttemptResult::Throttled { cause: ThrottleCause::AccountConcurrency }),
            ],
            dropped: 0,
        };
        let fleet = FleetHistory::new(&timeline);
        let layout = Layout::new(400.0, fleet.shelf_slots, fleet.lane_slots);
        (fleet, timeline, layout, Pace { travel_us: 100, idle_life_us: Some(4_000) })
    }

    #[test]
    fn a_cold_request_waits_on_its_tile_with_a_tail() {
        let (fleet, timeline, layout, pace) = scene();
        let frame = Frame::new(&fleet, &timeline, &layout, pace, 500);
        assert_eq!(frame.counts, Counts { starting: 1, ..Counts::default() });
        assert!((frame.tiles[0].progress - 0.5).abs() < 1e-9);
        assert_eq!(frame.tiles[0].left_us, Some(500));
        assert_eq!(frame.dots.len(), 1);
        assert_eq!(frame.dots[0].kind, DotKind::Cold);
        assert_ne!(frame.dots[0].at, frame.dots[0].tail);
    }

    #[test]
    fn a_throttled_request_bounces_with_its_cause() {
        let (fleet, timeline, layout, pace) = scene();
        let frame = Frame::new(&fleet, &timeline, &layout, pace, 650);
        assert!(frame.dots.iter().any(|dot| dot.kind == DotKind::Throttled(ThrottleCause::AccountConcurrency)));
        assert_eq!(frame.dots.iter().map(|dot| frame.told_by(dot)).sum::<usize>(), 1, "one cause is written");
        let later = Frame::new(&fleet, &timeline, &layout, pace, 1_300);
        assert!(later.dots.iter().all(|dot| !matches!(dot.kind, DotKind::Throttled(_))));
    }

    #[test]
    fn an_idle_clock_drains() {
        let (fleet, timeline, layout, pace) = scene();
        let frame = Frame::new(&fleet, &timeline, &layout, pace, 2_500);
        assert_eq!(frame.tiles[0].state, TileState::Idle);
        assert!((frame.tiles[0].progress - 0.75).abs() < 1e-9);
        assert_eq!(frame.tiles[0].left_us, Some(3_000));
    }
}
