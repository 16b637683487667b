//! Closed forms from queueing theory, shown beside the simulation. Each is exact for the model that its documentation names, and only
//! for that one: the distance to the simulation is part of the lesson.
//!
//! Rates are requests per second, times are seconds, loads are erlangs (rate times mean duration).

mod warm_pool;

pub use warm_pool::{WarmPool, warm_pool_lifo};

/// Erlang B: share of Poisson requests that find all of `servers` busy and are turned away, whatever the law of the duration.
///
/// That is the share throttled by a concurrency limit without retries, and the share that spills over provisioned concurrency. It is
/// not the share of time with more than `servers` busy: see [`poisson_above`].
#[must_use]
pub fn erlang_b(servers: u32, offered_load: f64) -> f64 {
    if offered_load <= 0.0 {
        return if servers == 0 { 1.0 } else { 0.0 };
    }
    (1..=servers).fold(1.0, |blocked, k| next_erlang_b(blocked, k, offered_load))
}

/// The step from `k - 1` servers to `k`: only sums and products of positive numbers, so that no digit is lost.
fn next_erlang_b(blocked: f64, k: u32, offered_load: f64) -> f64 {
    offered_load * blocked / (f64::from(k) + offered_load * blocked)
}

/// Fewest servers that turn away at most `share` of Poisson requests; none where `share` is not above 0, or no 10 million are enough.
#[must_use]
pub fn erlang_b_servers_for(offered_load: f64, share: f64) -> Option<u32> {
    const MOST: u32 = 10_000_000;
    if share >= 1.0 || (offered_load <= 0.0 && share > 0.0) {
        return Some(0);
    }
    if share.is_nan() || share <= 0.0 || !offered_load.is_finite() {
        return None;
    }
    let mut blocked = 1.0;
    for k in 1..=MOST {
        blocked = next_erlang_b(blocked, k, offered_load);
        if blocked <= share {
            return Some(k);
        }
    }
    None
}

/// Probability that a Poisson variable of this mean is exactly `n`: concurrency without a limit, seen at a random moment.
#[must_use]
pub fn poisson(n: u32, mean: f64) -> f64 {
    if mean <= 0.0 {
        return if n == 0 { 1.0 } else { 0.0 };
    }
    libm::exp(f64::from(n) * libm::log(mean) - mean - libm::lgamma(f64::from(n) + 1.0))
}

/// Probability that a Poisson variable of this mean is above `n`: the share of time with more than `n` busy and no limit.
#[must_use]
pub fn poisson_above(n: u32, mean: f64) -> f64 {
    if f64::from(n) >= mean {
        // The upper tail itself: 1 minus the lower part would lose its digits.
        let mut term = poisson(n, mean);
        let mut sum = 0.0;
        let mut k = f64::from(n);
        while term > sum * f64::EPSILON && term > 0.0 {
            k += 1.0;
            term *= mean / k;
            sum += term;
        }
        sum
    } else {
        let mut term = poisson(n, mean);
        let mut sum = 0.0;
        for k in (0..=n).rev() {
            sum += term;
            term *= f64::from(k) / mean;
        }
        1.0 - sum
    }
}

/// Smallest `n` that a Poisson variable of this mean does not exceed with probability `share`: a percentile of concurrency.
#[must_use]
pub fn poisson_quantile(share: f64, mean: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    // The Poisson law is close to the normal one, so the walk from there is short; 40 deviations up is beyond any percentile.
    let (low, high) = ((mean - 40.0 * mean.sqrt() - 40.0).max(0.0) as u32, (mean + 40.0 * mean.sqrt() + 40.0) as u32);
    let (mut below, mut enough) = (low, high);
    while below < enough {
        let middle = u32::midpoint(below, enough);
        if 1.0 - poisson_above(middle, mean) >= share {
            enough = middle;
        } else {
            below = middle + 1;
        }
    }
    enough
}

/// Share of Poisson requests that find one environment's idle life over, requests being too short to overlap: `exp(-rate * life)`.
#[must_use]
pub fn cold_share_single(rate_per_s: f64, idle_life_s: f64) -> f64 {
    libm::exp(-rate_per_s * idle_life_s)
}

/// Reserved concurrency 1 under Poisson requests, without retries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SingleReserved {
    /// Cold starts over accepted requests.
    pub cold_share: f64,
    /// Throttled over all requests.
    pub throttled_share: f64,
    /// Mean time that an accepted request keeps the environment busy, INIT included, in seconds.
    pub mean_busy_s: f64,
}

/// Reserved concurrency 1: exact for Poisson requests, any law of the duration, and an INIT that the cold request waits for.
#[must_use]
pub fn single_reserved(rate_per_s: f64, idle_life_s: f64, mean_duration_s: f64, mean_init_s: f64) -> SingleReserved {
    let cold_share = cold_share_single(rate_per_s, idle_life_s);
    let mean_busy_s = mean_duration_s + cold_share * mean_init_s;
    let load = rate_per_s * mean_busy_s;
    SingleReserved { cold_share, throttled_share: load / (1.0 + load), mean_busy_s }
}
