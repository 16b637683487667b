//! Simulated time: integer microseconds, instants and lengths as separate types.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Sub};

const US_PER_S: f64 = 1e6;
pub(crate) const US_PER_MS: f64 = 1e3;

/// An instant: microseconds since the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SimTime(pub u64);

/// A length of time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SimDuration(pub u64);

impl SimTime {
    /// The start of the run.
    pub const ZERO: Self = Self(0);
    /// Later than anything that happens.
    pub const NEVER: Self = Self(u64::MAX);

    /// `seconds` after the start, to the nearest microsecond; anything below 0 counts as 0.
    #[must_use]
    pub fn from_s(seconds: f64) -> Self {
        Self(to_us(seconds * US_PER_S))
    }

    /// So many microseconds after the start.
    #[must_use]
    pub const fn from_us(us: u64) -> Self {
        Self(us)
    }

    /// Microseconds since the start of the run.
    #[must_use]
    pub const fn us(self) -> u64 {
        self.0
    }

    /// Length of time since `earlier`; zero if that is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// `seconds`, to the nearest microsecond; anything below 0 counts as 0.
    #[must_use]
    pub fn from_s(seconds: f64) -> Self {
        Self(to_us(seconds * US_PER_S))
    }

    /// `ms` milliseconds, to the nearest microsecond; anything below 0 counts as 0.
    #[must_use]
    pub fn from_ms_f64(ms: f64) -> Self {
        Self(to_us(ms * US_PER_MS))
    }

    /// `ms` milliseconds.
    #[must_use]
    pub const fn from_ms(ms: u64) -> Self {
        Self(ms.saturating_mul(1_000))
    }

    /// Microseconds.
    #[must_use]
    pub const fn us(self) -> u64 {
        self.0
    }

    /// Milliseconds, rounded up, as AWS bills them (facts D1).
    #[must_use]
    #[inline(always)]
    pub const fn ceil_ms(self) -> u64 {
        // Browsers divide 32-bit numbers by a constant much faster than longer ones.
        if self.0 <= u32::MAX as u64 { (self.0 as u32).div_ceil(1_000) as u64 } else { self.0.div_ceil(1_000) }
    }
}

/// Nearest whole number of microseconds; negative and undefined values become 0, what is too large the largest.
#[must_use]
#[inline(always)]
pub(crate) fn to_us(us: f64) -> u64 {
    /// From here to its double, neighbouring floats are 1 apart, and their low bits are the whole number.
    const WHOLE: f64 = (1_u64 << 52) as f64;
    if (0.0..WHOLE).contains(&us) { (us + WHOLE).to_bits() & ((1 << 52) - 1) } else { us as u64 }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;

    fn add(self, length: SimDuration) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}

impl Add for SimDuration {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for SimDuration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for SimDuration {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_the_nearest_microsecond() {
        assert_eq!(SimTime::from_s(1.837_299), SimTime(1_837_299));
        assert_eq!(SimTime::from_s(434.752_487), SimTime(434_752_487));
        assert_eq!(SimDuration::from_ms_f64(0.000_6), SimDuration(1));
        assert_eq!(SimTime::from_s(-1.0), SimTime::ZERO);
        assert_eq!(SimTime::from_s(f64::NAN), SimTime::ZERO);
    }

    #[test]
    fn rounding_holds_at_its_edges() {
        let cases =
            [(0.0, 0), (0.49, 0), (0.51, 1), (1e15 + 0.4, 1_000_000_000_000_000), (1e19, 10_000_000_000_000_000_000), (f64::MAX, u64::MAX)];
        for (us, expected) in cases {
            assert_eq!(to_us(us), expected, "{us}");
        }
        assert_eq!(to_us(((1_u64 << 52) - 1) as f64), (1 << 52) - 1);
        assert_eq!(to_us((1_u64 << 52) as f64), 1 << 52);
    }

    #[test]
    fn billed_time_rounds_up() {
        assert_eq!(SimDuration(213_610).ceil_ms(), 214);
        assert_eq!(SimDuration(100_000).ceil_ms(), 100);
        assert_eq!(SimDuration(0).ceil_ms(), 0);
        assert_eq!(SimDuration(u64::from(u32::MAX) + 1).ceil_ms(), 4_294_968);
    }

    #[test]
    fn nothing_overflows() {
        assert_eq!(SimTime::NEVER + SimDuration(1), SimTime::NEVER);
        assert_eq!(SimTime(1).since(SimTime(2)), SimDuration::ZERO);
    }
}
