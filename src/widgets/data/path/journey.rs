//! The ways of requests, read from a timeline: what moved from which box to which, and what each box has counted.
//!
//! A change of place takes no simulated time. What is drawn on the way is the moment after it, as long as a reader needs to follow.

use super::layout::PathMap;
use coldstart_sim::ThrottleCause;

/// How something travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Forward.
    Ahead,
    /// Back, with a good answer.
    Back,
    /// Back, or aside, as it failed.
    Failed,
    /// Up to a box that did not take it, and back; with the cause where Lambda throttled it.
    Bounce(Option<ThrottleCause>),
}

/// A part of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// From this box.
    pub from: usize,
    /// To this box.
    pub to: usize,
    /// When it sets out, in microseconds.
    pub from_us: u64,
    /// When it is there, in microseconds.
    pub to_us: u64,
    /// How it travels.
    pub look: Look,
    /// The attempt that it belongs to, from 1.
    pub attempt: u16,
}

/// One request, event, message, record or batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// When it is first seen, in microseconds.
    pub born_us: u64,
    /// Where that is.
    pub start: usize,
    /// Messages or records in it; 0 for what is no batch.
    pub batch: u32,
    /// Where it went, in order of time.
    pub legs: Vec<Leg>,
    /// When it is seen no longer.
    pub ends_us: Option<u64>,
}

/// What a box has seen: moments, each list in order of time once all is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Something came in.
    pub came: Vec<u64>,
    /// Something went.
    pub went: Vec<u64>,
    /// Something ended well.
    pub done: Vec<u64>,
    /// Something failed.
    pub failed: Vec<u64>,
    /// An attempt was refused.
    pub refused: Vec<u64>,
}

impl Tally {
    fn sort(&mut self) {
        for list in [&mut self.came, &mut self.went, &mut self.done, &mut self.failed, &mut self.refused] {
            list.sort_unstable();
        }
    }
}

/// Everything that moves in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journeys {
    /// In order of when they are first seen.
    pub journeys: Vec<Journey>,
    /// By box.
    pub tallies: Vec<Tally>,
    /// Ways of what failed, and since when they have been trodden.
    pub trails: Vec<(usize, usize, u64)>,
}

impl Journey {
    /// Where it is, or where it is going to.
    #[must_use]
    pub fn place(&self) -> usize {
        self.legs.last().map_or(self.start, |leg| if matches!(leg.look, Look::Bounce(_)) { leg.from } else { leg.to })
    }

    /// The attempt that it is at, from 1; 0 before the first.
    #[must_use]
    pub fn attempt(&self) -> u16 {
        self.legs.last().map_or(0, |leg| leg.attempt)
    }

    /// Goes to a box. What happens faster than can be followed is drawn faster.
    pub(super) fn go(&mut self, at_us: u64, to: usize, look: Look, attempt: u16, travel_us: u64) {
        let from_us = self.legs.last().map_or(at_us, |leg| leg.to_us.max(at_us));
        let lasts_us = if from_us > at_us.saturating_add(travel_us) { travel_us / 4 } else { travel_us };
        let leg = Leg { from: self.place(), to, from_us, to_us: from_us + lasts_us.max(1), look, attempt: attempt.max(self.attempt()) };
        self.ends_us = None;
        self.legs.push(leg);
    }

    /// Is seen no longer, once it is where it was going.
    pub(super) fn end(&mut self, at_us: u64) {
        self.ends_us = Some(self.legs.last().map_or(at_us, |leg| leg.to_us.max(at_us)));
    }
}

impl Journeys {
    pub(super) fn finish(mut self, map: &PathMap) -> Self {
        self.tallies.iter_mut().for_each(Tally::sort);
        let failed = self
            .journeys
            .iter()
            .flat_map(|journey| &journey.legs)
            .filter(|leg| leg.look == Look::Failed || map.boxes.get(leg.to).is_some_and(|one| one.part.is_end()));
        let mut trails: Vec<(usize, usize, u64)> = failed.map(|leg| (leg.from, leg.to, leg.from_us)).collect();
        trails.sort_unstable();
        trails.dedup_by_key(|trail| (trail.0, trail.1));
        self.trails = trails;
        self.journeys.sort_by_key(|journey| journey.born_us);
        self
    }
}
