//! What is where at one moment.

use super::journey::{Journeys, Look, Tally};
use coldstart_sim::ThrottleCause;

/// Most dots that are drawn on their way at once.
pub const DOTS_MAX: usize = 60;
/// Most that are drawn in one box.
pub const RESTS_MAX: usize = 8;

/// Something on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Place of its journey.
    pub journey: usize,
    /// From this box.
    pub from: usize,
    /// To this box.
    pub to: usize,
    /// How far it is, from 0 to 1; what bounces comes back to 0.
    pub share: f64,
    /// How it travels.
    pub look: Look,
    /// Attempt, from 1; 0 before the first.
    pub attempt: u16,
    /// Messages or records in it; 0 for what is no batch.
    pub batch: u32,
}

/// Something in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Place of its journey.
    pub journey: usize,
    /// Whether its last attempt failed.
    pub failed: bool,
    /// Attempts so far.
    pub attempt: u16,
}

/// What a box has counted by the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoxCounts {
    /// In it.
    pub here: usize,
    /// Ended well.
    pub done: usize,
    /// Failed.
    pub failed: usize,
    /// Attempts that it refused.
    pub refused: usize,
}

/// One moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// What is on its way, at most [`DOTS_MAX`].
    pub dots: Vec<Dot>,
    /// How many more are.
    pub more: usize,
    /// What is in each box, at most [`RESTS_MAX`] of it.
    pub rests: Vec<Vec<Rest>>,
    /// What each box has counted.
    pub counts: Vec<BoxCounts>,
    /// Ways that something that failed has gone.
    pub trails: Vec<(usize, usize)>,
}

impl Journeys {
    /// The moment `at_us`, in microseconds.
    #[must_use]
    pub fn frame(&self, at_us: u64) -> Frame {
        let trodden = self.trails.iter().filter(|trail| trail.2 <= at_us);
        let mut frame = Frame {
            counts: self.tallies.iter().map(|tally| counts(tally, at_us)).collect(),
            rests: vec![Vec::new(); self.tallies.len()],
            trails: trodden.map(|trail| (trail.0, trail.1)).collect(),
            ..Frame::default()
        };
        let born = self.journeys.partition_point(|journey| journey.born_us <= at_us);
        for (at, journey) in self.journeys.iter().enumerate().take(born) {
            if journey.ends_us.is_some_and(|ends_us| ends_us <= at_us) {
                continue;
            }
            let gone = journey.legs.partition_point(|leg| leg.from_us <= at_us);
            let leg = gone.checked_sub(1).and_then(|last| journey.legs.get(last));
            match leg {
                Some(leg) if at_us < leg.to_us => {
                    let share = share(leg.look, (leg.from_us, leg.to_us), at_us);
                    let (journey, batch) = (at, journey.batch);
                    frame.add(Dot { journey, from: leg.from, to: leg.to, share, look: leg.look, attempt: leg.attempt, batch });
                }
                Some(leg) => {
                    let place = if matches!(leg.look, Look::Bounce(_)) { leg.from } else { leg.to };
                    frame.rest(place, Rest { journey: at, failed: leg.look == Look::Failed, attempt: leg.attempt });
                }
                None => frame.rest(journey.start, Rest { journey: at, failed: false, attempt: 0 }),
            }
        }
        frame
    }
}

/// Why some requests turn back on a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// From this box.
    pub from: usize,
    /// To this box, which does not take them.
    pub to: usize,
    /// The limit that refuses them; none where it is not Lambda that does.
    pub cause: Option<ThrottleCause>,
    /// How many of the dots drawn.
    pub requests: usize,
}

impl Frame {
    /// Each way on which requests turn back, with the cause: said once, for a word at each dot would be a smear.
    #[must_use]
    pub fn causes(&self) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        for dot in &self.dots {
            let Look::Bounce(cause) = dot.look else { continue };
            match told.iter_mut().find(|one| (one.from, one.to, one.cause) == (dot.from, dot.to, cause)) {
                Some(one) => one.requests += 1,
                None => told.push(Told { from: dot.from, to: dot.to, cause, requests: 1 }),
            }
        }
        told
    }

    fn add(&mut self, dot: Dot) {
        if self.dots.len() < DOTS_MAX {
            self.dots.push(dot);
        } else {
            self.more += 1;
        }
    }

    fn rest(&mut self, place: usize, rest: Rest) {
        if let Some(rests) = self.rests.get_mut(place).filter(|rests| rests.len() < RESTS_MAX) {
            rests.push(rest);
        }
    }
}

fn counts(tally: &Tally, at_us: u64) -> BoxCounts {
    let until = |list: &[u64]| list.partition_point(|moment| *moment <= at_us);
    BoxCounts {
        here: until(&tally.came).saturating_sub(until(&tally.went)),
        done: until(&tally.done),
        failed: until(&tally.failed),
        refused: until(&tally.refused),
    }
}

/// How much of a way lies behind; what bounces turns at its end.
#[allow(clippy::cast_precision_loss, reason = "a run is far below 2^53 microseconds")]
fn share(look: Look, (from_us, to_us): (u64, u64), at_us: u64) -> f64 {
    let share = (at_us.saturating_sub(from_us)) as f64 / (to_us - from_us).max(1) as f64;
    if matches!(look, Look::Bounce(_)) { 1.0 - (2.0 * share - 1.0).abs() } else { share }
}
