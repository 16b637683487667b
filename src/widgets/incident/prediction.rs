//! A curve drawn before the truth is known, and how far from it it was.

use super::clock::ClockMinute;
use super::morning::Morning;
use crate::charts::{CurveGap, curve_gap};

/// A drawn p99, one value for each minute of the morning.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// In milliseconds.
    pub p99_ms: Vec<f64>,
}

/// How far a prediction was from the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Mean distance over the minutes, in milliseconds.
    pub mean_ms: f64,
    /// Minute in which they lay furthest apart.
    pub widest_at: ClockMinute,
    /// What was drawn there.
    pub drawn_ms: f64,
    /// What came.
    pub true_ms: f64,
}

impl Prediction {
    /// The flat line that a learner starts from.
    #[must_use]
    pub fn flat(minutes: usize, p99_ms: f64) -> Self {
        Self { p99_ms: vec![p99_ms; minutes] }
    }

    /// Distance from a morning; none without a minute in common.
    #[must_use]
    pub fn gap(&self, truth: &Morning) -> Option<Gap> {
        let p99_ms: Vec<f64> = truth.minutes.iter().map(|minute| minute.p99_ms).collect();
        let CurveGap { mean: mean_ms, widest } = curve_gap(&self.p99_ms, &p99_ms)?;
        let minute = truth.minutes.get(widest)?;
        Some(Gap { mean_ms, widest_at: minute.at, drawn_ms: *self.p99_ms.get(widest)?, true_ms: minute.p99_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::super::morning::Minute;
    use super::*;

    #[test]
    fn the_gap_is_the_mean_distance_and_names_the_widest_minute() {
        let minute = |at, p99_ms| Minute { at, p99_ms, ..Minute::default() };
        let truth = Morning { minutes: vec![minute(530, 200.0), minute(531, 1_200.0), minute(532, 800.0)] };
        let gap = Prediction { p99_ms: vec![200.0, 300.0, 1_100.0] }.gap(&truth).unwrap();
        assert_eq!(gap, Gap { mean_ms: 400.0, widest_at: 531, drawn_ms: 300.0, true_ms: 1_200.0 });
        assert_eq!(Prediction { p99_ms: Vec::new() }.gap(&truth), None);
    }
}
