//! Token buckets, in integers: no drift, however long the run.

/// Micro-tokens of a token whose bucket is refilled by so many a second.
const MICRO: u64 = 1_000_000;

/// A bucket that starts full, is refilled continuously and never holds more than its size.
#[derive(Clone, Debug)]
pub(crate) struct TokenBucket {
    level: u64,
    size: u64,
    refill_per_us: u64,
    cost: u64,
    last_us: u64,
}

impl TokenBucket {
    /// Holds `tokens`, refilled by as many in `period_us`.
    pub(crate) const fn new(tokens: u64, period_us: u64, now_us: u64) -> Self {
        let size = tokens.saturating_mul(period_us);
        Self { level: size, size, refill_per_us: tokens, cost: period_us, last_us: now_us }
    }

    /// Holds one second's worth of `per_s` tokens a second.
    pub(crate) const fn one_second_of(per_s: u64, now_us: u64) -> Self {
        Self::new(per_s, MICRO, now_us)
    }

    /// Whether a token is there at `now_us`; takes none.
    #[inline]
    pub(crate) fn has_token(&mut self, now_us: u64) -> bool {
        let refill = (now_us - self.last_us).saturating_mul(self.refill_per_us);
        self.level = self.level.saturating_add(refill).min(self.size);
        self.last_us = now_us;
        self.level >= self.cost
    }

    /// Takes the token that [`Self::has_token`] found.
    #[inline]
    pub(crate) const fn take(&mut self) {
        self.level = self.level.saturating_sub(self.cost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(bucket: &mut TokenBucket, times: impl Iterator<Item = u64>) -> usize {
        times
            .filter(|at| {
                let there = bucket.has_token(*at);
                if there {
                    bucket.take();
                }
                there
            })
            .count()
    }

    #[test]
    fn twice_the_rate_loses_half_once_the_second_is_used_up() {
        let mut bucket = TokenBucket::one_second_of(10_000, 0);
        assert_eq!(accepted(&mut bucket, (0..20_000).map(|i| i * 50)), 19_999);
        for second in 1..5 {
            let times = (0..20_000).map(|i| second * MICRO + i * 50);
            assert_eq!(accepted(&mut bucket, times), 10_000, "second {second}");
        }
    }

    #[test]
    fn it_never_holds_more_than_its_size() {
        let mut bucket = TokenBucket::new(1_000, 10 * MICRO, 0);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(0, 3_000)), 1_000);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(MICRO, 3_000)), 100);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(3_600 * MICRO, 3_000)), 1_000);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(u64::MAX, 3_000)), 1_000);
    }

    #[test]
    fn an_empty_size_refuses() {
        assert_eq!(accepted(&mut TokenBucket::one_second_of(0, 0), 0..10), 0);
    }
}
