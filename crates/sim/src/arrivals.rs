//! When the requests of a source arrive, one after the other, in constant memory.
//!
//! Random arrivals are drawn at unit rate, one exponential step a request, and stretched by the rate: turning the rate up moves the
//! same arrivals closer together. A curve is integrated exactly, piece by piece.

use crate::dist::Ziggurat;
use crate::rng::{Purpose, Stream};
use crate::scenario::{Arrivals, RateCurve, RatePiece};
use crate::time::to_us;

const MINUTE_US: u64 = 60_000_000;

/// The arrivals of one source.
#[derive(Clone)]
pub(crate) struct ArrivalStream {
    draws: Stream,
    ziggurat: &'static Ziggurat,
    /// Exponential steps taken so far, at unit rate.
    steps: f64,
    pace: Pace,
}

#[derive(Clone)]
enum Pace {
    Even { gap_us: f64 },
    Poisson { gap_us: f64 },
    Curve(CurvePlace),
    OnOff(Phase),
    Rounds { round: u64, left: u32 },
    Replay,
    PerMinute { minute: u64, left: u32, scale: f64, done: f64 },
    Sends { send: usize, left: u32 },
}

/// Where the walk along a rate curve is.
#[derive(Clone)]
struct CurvePlace {
    piece: usize,
    /// Start of the turn of a repeating curve.
    turn_us: f64,
    /// Steps used up before the piece.
    used: f64,
    /// Steps in a whole turn.
    turn: f64,
}

/// One phase of an on-off source.
#[derive(Clone)]
struct Phase {
    number: u64,
    on: bool,
    from_us: f64,
    until_us: f64,
    used: f64,
    switches: Stream,
}

impl ArrivalStream {
    pub(crate) fn new(arrivals: &Arrivals, seed: u64, source: u64) -> Self {
        let ziggurat = Ziggurat::tables();
        let pace = match arrivals {
            Arrivals::Constant { gap_us } => Pace::Even { gap_us: *gap_us },
            Arrivals::Poisson { gap_us } => Pace::Poisson { gap_us: *gap_us },
            Arrivals::Rate(curve) => Pace::Curve(CurvePlace { piece: 0, turn_us: 0.0, used: 0.0, turn: curve.mass_of_turn() }),
            Arrivals::OnOff { on_mean_us, off_mean_us, .. } => {
                let start = Stream::new(seed, Purpose::Phase, source).draw(0).unit();
                let on = start * (on_mean_us + off_mean_us) < *on_mean_us;
                let switches = Stream::new(seed, Purpose::SwitchTime, source);
                let mean = if on { on_mean_us } else { off_mean_us };
                let until_us = mean * ziggurat.exponential(switches.draw(0));
                Pace::OnOff(Phase { number: 0, on, from_us: 0.0, until_us, used: 0.0, switches })
            }
            Arrivals::Cron { requests, .. } => Pace::Rounds { round: 0, left: *requests },
            Arrivals::Replay { .. } => Pace::Replay,
            Arrivals::PerMinute { .. } => Pace::PerMinute { minute: 0, left: 0, scale: 0.0, done: 0.0 },
            Arrivals::Log { sends } => Pace::Sends { send: 0, left: sends.first().map_or(0, |(_, requests)| *requests) },
        };
        Self { draws: Stream::new(seed, Purpose::Arrival, source), ziggurat, steps: 0.0, pace }
    }

    /// When request `number` arrives, in microseconds; numbers are asked for in order, from 0. `u64::MAX` when there are no more, or
    /// none before `end_us`.
    #[inline(always)]
    pub(crate) fn next(&mut self, arrivals: &Arrivals, number: u64, end_us: u64) -> u64 {
        if let Pace::Poisson { gap_us } = self.pace {
            self.steps += self.ziggurat.exponential(self.draws.draw(number));
            return to_us(self.steps * gap_us);
        }
        self.next_other(arrivals, number, end_us).unwrap_or(u64::MAX)
    }

    #[inline(never)]
    fn next_other(&mut self, arrivals: &Arrivals, number: u64, end_us: u64) -> Option<u64> {
        match (&mut self.pace, arrivals) {
            (Pace::Even { gap_us }, _) => Some(to_us(number as f64 * *gap_us)),
            (Pace::Curve(place), Arrivals::Rate(curve)) => {
                self.steps += self.ziggurat.exponential(self.draws.draw(number));
                place.at_step(curve, self.steps, end_us as f64)
            }
            (Pace::OnOff(phase), arrivals) => {
                self.steps += self.ziggurat.exponential(self.draws.draw(number));
                phase.at_step(arrivals, self.ziggurat, self.steps, end_us as f64)
            }
            (Pace::Rounds { round, left }, Arrivals::Cron { first, every, requests }) => {
                if *left == 0 {
                    *round += 1;
                    *left = *requests;
                }
                *left = left.checked_sub(1)?;
                Some(first.us().saturating_add(every.us().saturating_mul(*round)))
            }
            (Pace::Replay, Arrivals::Replay { at, .. }) => at.get(usize::try_from(number).ok()?).map(|at| at.us()),
            (Pace::PerMinute { .. }, Arrivals::PerMinute { counts }) => self.next_in_minutes(counts, number),
            (Pace::Sends { send, left }, Arrivals::Log { sends }) => {
                while *left == 0 {
                    *send += 1;
                    *left = sends.get(*send)?.1;
                }
                *left -= 1;
                sends.get(*send).map(|(at, _)| at.us())
            }
            _ => None,
        }
    }

    /// Uniform arrivals in order: with `n + 1` exponential steps, the sums of the first `n` over the sum of all are distributed as `n`
    /// sorted uniform values. Keyed draws can be drawn twice, so nothing is stored.
    fn next_in_minutes(&mut self, counts: &[u32], number: u64) -> Option<u64> {
        let Pace::PerMinute { minute, left, scale, done } = &mut self.pace else { return None };
        while *left == 0 {
            let count = *counts.get(*minute as usize)?;
            let last = self.ziggurat.exponential(self.draws.draw(u64::MAX - *minute));
            let steps: f64 = (0..u64::from(count)).map(|i| self.ziggurat.exponential(self.draws.draw(number + i))).sum();
            (*minute, *left, *done, *scale) = (*minute + 1, count, 0.0, MINUTE_US as f64 / (steps + last));
        }
        *left -= 1;
        *done += self.ziggurat.exponential(self.draws.draw(number));
        let within = ((*done * *scale) as u64).min(MINUTE_US - 1);
        Some((*minute - 1) * MINUTE_US + within)
    }
}

impl RatePiece {
    /// Expected arrivals in the first `length_us` of the piece.
    fn mass(&self, length_us: f64) -> f64 {
        (self.per_us + self.slope * length_us / 2.0) * length_us
    }

    /// Length in which `mass` arrivals are expected: the root of the parabola, in the form that a small slope does not spoil.
    fn length_of(&self, mass: f64) -> f64 {
        let root = libm::sqrt((self.per_us * self.per_us + 2.0 * self.slope * mass).max(0.0));
        2.0 * mass / (self.per_us + root)
    }
}

impl RateCurve {
    /// Where a piece ends within its turn.
    fn end_of(&self, piece: usize) -> f64 {
        let next = self.pieces.get(piece + 1).map_or(f64::INFINITY, |next| next.from_us);
        self.repeat_every_us.map_or(next, |turn| next.min(turn))
    }

    /// Expected arrivals in a turn; 0 for a curve that does not repeat.
    fn mass_of_turn(&self) -> f64 {
        if self.repeat_every_us.is_none() {
            return 0.0;
        }
        self.pieces.iter().enumerate().map(|(at, piece)| piece.mass((self.end_of(at) - piece.from_us).max(0.0))).sum()
    }
}

impl CurvePlace {
    /// At the start of a turn: leaves out the turns that end before `step`, however many.
    fn skip_turns(&mut self, turn_us: f64, step: f64) {
        let turns = libm::floor((step - self.used) / self.turn);
        if self.turn > 0.0 && turns >= 1.0 {
            self.used += turns * self.turn;
            self.turn_us += turns * turn_us;
        }
    }

    /// Time at which the integral of the rate reaches `step`.
    fn at_step(&mut self, curve: &RateCurve, step: f64, end_us: f64) -> Option<u64> {
        loop {
            if let (0, Some(turn_us)) = (self.piece, curve.repeat_every_us) {
                if self.turn <= 0.0 {
                    return None;
                }
                self.skip_turns(turn_us, step);
            }
            let piece = curve.pieces.get(self.piece)?;
            let from_us = self.turn_us + piece.from_us;
            if from_us >= end_us {
                return None;
            }
            let end_in_turn = curve.end_of(self.piece);
            let length = (end_in_turn - piece.from_us).max(0.0);
            let left = step - self.used;
            let mass = if length.is_finite() { piece.mass(length) } else { f64::INFINITY };
            if left <= mass {
                let length = piece.length_of(left).min(length);
                return length.is_finite().then_some((from_us + length) as u64);
            }
            self.used += mass;
            self.piece += 1;
            if let Some(turn_us) = curve.repeat_every_us.filter(|turn_us| self.piece == curve.pieces.len() || end_in_turn >= *turn_us) {
                self.turn_us += turn_us;
                self.piece = 0;
            }
        }
    }
}

impl Phase {
    /// Time at which the integral of the rate reaches `step`.
    fn at_step(&mut self, arrivals: &Arrivals, ziggurat: &Ziggurat, step: f64, end_us: f64) -> Option<u64> {
        let Arrivals::OnOff { on_per_us, off_per_us, on_mean_us, off_mean_us } = arrivals else { return None };
        while self.from_us < end_us {
            let rate = if self.on { *on_per_us } else { *off_per_us };
            let mass = rate * (self.until_us - self.from_us);
            let left = step - self.used;
            if rate > 0.0 && left <= mass {
                return Some((self.from_us + left / rate) as u64);
            }
            self.used += mass;
            self.number += 1;
            self.on = !self.on;
            self.from_us = self.until_us;
            let mean = if self.on { on_mean_us } else { off_mean_us };
            self.until_us += mean * ziggurat.exponential(self.switches.draw(self.number));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{SimDuration, SimTime};

    const HOUR_US: u64 = 3_600_000_000;

    fn all(arrivals: &Arrivals, seed: u64, end_us: u64) -> Vec<u64> {
        let mut stream = ArrivalStream::new(arrivals, seed, 0);
        (0..).map(|number| stream.next(arrivals, number, end_us)).take_while(|at| *at < end_us).collect()
    }

    fn curve(points: &[(f64, f64, f64)], repeat_every_us: Option<f64>) -> Arrivals {
        let pieces = points.iter().map(|&(from_us, per_us, slope)| RatePiece { from_us, per_us, slope }).collect();
        Arrivals::Rate(RateCurve { pieces, repeat_every_us })
    }

    fn count_between(times: &[u64], from: u64, to: u64) -> f64 {
        times.iter().filter(|at| (from..to).contains(*at)).count() as f64
    }

    fn assert_near(count: f64, expected: f64) {
        assert!((count - expected).abs() < 4.5 * expected.sqrt() + 1e-9, "{count} {expected}");
    }

    #[test]
    fn even_arrivals_start_at_zero() {
        assert_eq!(all(&Arrivals::Constant { gap_us: 500_000.0 }, 1, 2_000_000), [0, 500_000, 1_000_000, 1_500_000]);
    }

    #[test]
    fn a_higher_rate_moves_the_same_arrivals_closer() {
        let slow = all(&Arrivals::Poisson { gap_us: 1e5 }, 3, HOUR_US);
        let fast = all(&Arrivals::Poisson { gap_us: 5e4 }, 3, HOUR_US);
        assert_near(slow.len() as f64, 36_000.0);
        assert!(slow.iter().zip(&fast).all(|(slow, fast)| slow / 2 == *fast || slow / 2 + 1 == *fast));
    }

    #[test]
    fn poisson_is_a_curve_with_one_piece() {
        let flat = all(&curve(&[(0.0, 1e-5, 0.0)], None), 3, HOUR_US);
        let poisson = all(&Arrivals::Poisson { gap_us: 1e5 }, 3, HOUR_US);
        assert!(flat.iter().zip(&poisson).all(|(a, b)| a.abs_diff(*b) <= 1) && flat.len() == poisson.len());
    }

    #[test]
    fn curves_follow_their_integral() {
        // 10/s for a minute, nothing for a minute, a ramp from 0 to 60/s over a minute, then 60/s.
        let slope = 60e-6 / 6e7;
        let arrivals = curve(&[(0.0, 1e-5, 0.0), (6e7, 0.0, 0.0), (1.2e8, 0.0, slope), (1.8e8, 6e-5, 0.0)], None);
        let times = all(&arrivals, 5, 240_000_000);
        assert!(times.is_sorted());
        assert_near(count_between(&times, 0, 60_000_000), 600.0);
        assert_eq!(count_between(&times, 60_000_000, 120_000_000), 0.0);
        assert_near(count_between(&times, 120_000_000, 150_000_000), 450.0);
        assert_near(count_between(&times, 150_000_000, 180_000_000), 1_350.0);
        assert_near(count_between(&times, 180_000_000, 240_000_000), 3_600.0);
    }

    #[test]
    fn curves_repeat_and_end() {
        let repeating = curve(&[(0.0, 1e-4, 0.0), (1e6, 0.0, 0.0)], Some(1e7));
        let times = all(&repeating, 5, 100_000_000);
        assert!(times.iter().all(|at| at % 10_000_000 <= 1_000_000) && times.is_sorted());
        assert_near(times.len() as f64, 1_000.0);
        assert!(all(&curve(&[(0.0, 0.0, 0.0)], Some(1e6)), 1, HOUR_US).is_empty());
        assert!(all(&curve(&[(0.0, 0.0, 0.0)], None), 1, HOUR_US).is_empty());
    }

    #[test]
    fn short_turns_with_few_arrivals_are_skipped() {
        // A microsecond's turn for a month, with an arrival every 100,000 s.
        let arrivals = curve(&[(0.0, 2e-11, 0.0), (0.5, 0.0, 0.0)], Some(1.0));
        assert_near(all(&arrivals, 1, 31 * 24 * HOUR_US).len() as f64, 26.8);
    }

    #[test]
    fn on_off_has_its_mean_rate() {
        let arrivals = Arrivals::OnOff { on_per_us: 1e-4, off_per_us: 0.0, on_mean_us: 1e6, off_mean_us: 3e6 };
        let times = all(&arrivals, 2, 40 * HOUR_US);
        let mean = times.len() as f64 / 40.0 / 3_600.0;
        assert!(times.is_sorted() && (mean - 25.0).abs() < 1.0, "{mean}");
    }

    #[test]
    fn minutes_keep_their_counts_and_spread_evenly() {
        let counts = vec![1_000, 0, 3, 20_000];
        let arrivals = Arrivals::PerMinute { counts: counts.clone() };
        let times = all(&arrivals, 9, HOUR_US);
        assert!(times.is_sorted());
        for (minute, count) in (0..).zip(counts) {
            assert_eq!(count_between(&times, minute * MINUTE_US, (minute + 1) * MINUTE_US), f64::from(count));
        }
        assert_near(count_between(&times, 3 * MINUTE_US, 3 * MINUTE_US + MINUTE_US / 4), 5_000.0);
    }

    #[test]
    fn schedules_logs_and_replays_are_exact() {
        let cron = Arrivals::Cron { first: SimTime(5), every: SimDuration(10), requests: 2 };
        assert_eq!(all(&cron, 1, 30), [5, 5, 15, 15, 25, 25]);
        let log = Arrivals::Log { sends: vec![(SimTime(1), 2), (SimTime(1), 0), (SimTime(9), 1)] };
        assert_eq!(all(&log, 1, 30), [1, 1, 9]);
        let replay = Arrivals::Replay { at: vec![SimTime(3), SimTime(3), SimTime(40)], durations: vec![] };
        assert_eq!(all(&replay, 1, 30), [3, 3]);
    }
}
