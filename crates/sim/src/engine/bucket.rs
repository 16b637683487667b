//! Token buckets, in integers: no drift, however long the run.

const US_PER_S: u64 = 1_000_000;

/// A bucket that starts full, is refilled continuously and never holds more than its size.
///
/// Time is counted in tokens: a clock that runs at the refill rate. The bucket is full from `full_at` on; each token taken moves that
/// moment back, and a token is there while it lies less than a size ahead. At most 10 million tokens a second: a year of them fits.
#[derive(Clone, Debug)]
pub(crate) struct TokenBucket {
    /// Parts of a token by which a microsecond refills the bucket.
    rate: u64,
    /// Parts of a token.
    token: u64,
    /// Parts that the bucket holds, less one token.
    spare: Option<u64>,
    full_at: u64,
}

impl TokenBucket {
    /// Holds `tokens`, refilled by as many in `period_us`.
    pub(crate) const fn new(tokens: u64, period_us: u64) -> Self {
        Self::with_refill(tokens, tokens, period_us)
    }

    /// Holds `tokens`, refilled by `refill` in `period_us`.
    pub(crate) const fn with_refill(tokens: u64, refill: u64, period_us: u64) -> Self {
        // The smallest parts that do, so that a month of them fits.
        let divisor = greatest_common_divisor(refill, period_us);
        let (rate, token) = (refill / divisor, period_us / divisor);
        let spare = match tokens.checked_sub(1) {
            Some(others) => Some(others * token),
            None => None,
        };
        Self { rate, token, spare, full_at: 0 }
    }

    /// Holds one second's worth of `per_s` tokens a second.
    pub(crate) const fn one_second_of(per_s: u64) -> Self {
        Self::new(per_s, US_PER_S)
    }

    /// Whether a token is there at `now_us`.
    #[inline]
    pub(crate) const fn has_token(&self, now_us: u64) -> bool {
        match self.spare {
            Some(spare) => self.full_at <= now_us * self.rate + spare,
            None => false,
        }
    }

    /// Takes the token that is there at `now_us`.
    #[inline]
    pub(crate) const fn take(&mut self, now_us: u64) {
        let now = now_us * self.rate;
        self.full_at = if self.full_at > now { self.full_at } else { now } + self.token;
    }
}

const fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(bucket: &mut TokenBucket, times: impl Iterator<Item = u64>) -> usize {
        times
            .filter(|at| {
                let there = bucket.has_token(*at);
                if there {
                    bucket.take(*at);
                }
                there
            })
            .count()
    }

    #[test]
    fn twice_the_rate_loses_half_once_the_second_is_used_up() {
        let mut bucket = TokenBucket::one_second_of(10_000);
        assert_eq!(accepted(&mut bucket, (0..20_000).map(|i| i * 50)), 19_999);
        for second in 1..5 {
            let times = (0..20_000).map(|i| second * US_PER_S + i * 50);
            assert_eq!(accepted(&mut bucket, times), 10_000, "second {second}");
        }
    }

    #[test]
    fn it_never_holds_more_than_its_size() {
        let mut bucket = TokenBucket::new(1_000, 10 * US_PER_S);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(0, 3_000)), 1_000);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(US_PER_S, 3_000)), 100);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(3_600 * US_PER_S, 3_000)), 1_000);
    }

    #[test]
    fn a_burst_may_be_larger_than_what_flows_in() {
        let mut bucket = TokenBucket::with_refill(3_000, 500, 60 * US_PER_S);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(0, 5_000)), 3_000);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(60 * US_PER_S, 5_000)), 500);
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(3_600 * US_PER_S, 5_000)), 3_000);
    }

    #[test]
    fn the_largest_bucket_lasts_a_month() {
        let mut bucket = TokenBucket::one_second_of(10_000_000);
        let month = 40 * 86_400 * US_PER_S;
        assert_eq!(accepted(&mut bucket, std::iter::repeat_n(month, 10_000_001)), 10_000_000);
    }

    #[test]
    fn an_empty_size_refuses() {
        assert_eq!(accepted(&mut TokenBucket::one_second_of(0), 0..10), 0);
    }
}
