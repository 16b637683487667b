//! A warm pool in which the most recently used idle environment serves next.

use super::erlang_b;

/// A warm pool in its steady state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarmPool {
    /// Cold starts over accepted requests.
    pub cold_share: f64,
    /// Throttled over all requests; 0 without a limit.
    pub throttled_share: f64,
    /// Mean number of busy environments.
    pub mean_running: f64,
    /// Mean number of idle environments.
    pub mean_idle: f64,
    /// Cold starts per second.
    pub cold_per_s: f64,
}

impl WarmPool {
    /// Mean number of environments.
    #[must_use]
    pub fn mean_environments(&self) -> f64 {
        self.mean_running + self.mean_idle
    }

    /// Mean life of an environment, in seconds; infinite without cold starts.
    #[must_use]
    pub fn mean_life_s(&self) -> f64 {
        self.mean_environments() / self.cold_per_s
    }
}

/// Largest load (erlangs) that [`warm_pool_lifo`] reckons with: beyond it the sums take too long for a page.
const MAX_LOAD: f64 = 100_000.0;

/// The pool's steady state: exact for Poisson requests, exponential durations that are the same cold and warm, reuse of the most
/// recently used environment, an idle life that is always the same, and a concurrency limit (or none) without retries.
///
/// None where a rate, a duration or the idle life is not above 0, or the load is above 100,000 erlangs.
///
/// The idle environments form a stack. The one parked when the number of busy ones falls from `k` to `k - 1` is taken back at the next
/// rise from `k - 1` to `k`, so it is reclaimed exactly when that takes longer than the idle life `T`. With `B_k` for that time and `p`
/// for the law of the number of busy environments (Poisson, cut at the limit),
///
/// ```text
/// P(cold | accepted) = sum over k of p[k-1] P(B_k > T) / (1 - p[limit])
/// E[idle]            = sum over k of rate p[k-1] E[min(B_k, T)]
/// ```
#[must_use]
pub fn warm_pool_lifo(rate_per_s: f64, mean_duration_s: f64, idle_life_s: f64, limit: Option<u32>) -> Option<WarmPool> {
    let load = rate_per_s * mean_duration_s;
    let sound = [rate_per_s, mean_duration_s, idle_life_s].iter().all(|value| value.is_finite() && *value > 0.0);
    if !sound || load > MAX_LOAD || limit == Some(0) {
        return None;
    }
    let weights = busy_law(load, limit);
    let throttled_share = limit.map_or(0.0, |limit| erlang_b(limit, load));
    let chain = Chain { rate_per_s, leave_per_s: 1.0 / mean_duration_s, weights: &weights };
    let (longer, truncated_s) = chain.invert(idle_life_s);
    let cold_share = (longer / (1.0 - throttled_share)).clamp(0.0, 1.0);
    Some(WarmPool {
        cold_share,
        throttled_share,
        mean_running: load * (1.0 - throttled_share),
        mean_idle: rate_per_s * truncated_s,
        cold_per_s: rate_per_s * (1.0 - throttled_share) * cold_share,
    })
}

/// `p[0], p[1], ...` up to one below the limit, or to where nothing is left to add.
fn busy_law(load: f64, limit: Option<u32>) -> Vec<f64> {
    let top = (load + 12.0 * load.sqrt() + 40.0) as u32;
    let last = limit.map_or(top, |limit| limit.min(top));
    let mode = (load as u32).min(last);
    let mut law = vec![0.0; last as usize + 1];
    // From the mode outwards, so that nothing overflows; what underflows does not matter.
    law[mode as usize] = 1.0;
    for k in (0..mode as usize).rev() {
        law[k] = law[k + 1] * (k + 1) as f64 / load;
    }
    for k in mode as usize + 1..law.len() {
        law[k] = law[k - 1] * load / k as f64;
    }
    let sum: f64 = law.iter().sum();
    law.iter_mut().for_each(|weight| *weight /= sum);
    law.truncate(last as usize);
    law
}

/// The number of busy environments as a birth-and-death chain.
struct Chain<'a> {
    rate_per_s: f64,
    leave_per_s: f64,
    weights: &'a [f64],
}

/// Points on the contour. More would gain nothing: the rounding of 64-bit numbers grows as the truncation error falls.
const NODES: u32 = 20;

impl Chain<'_> {
    /// `sum of p[k-1] P(B_k > t)` and `sum of p[k-1] E[min(B_k, t)]`.
    ///
    /// Both have simple Laplace transforms, `(1 - f) / s` and `(1 - f) / s^2` with the transform `f` of `B_k`, whose poles all lie on the
    /// negative axis; Talbot's contour (Abate and Valko 2004) inverts such transforms to about 11 digits.
    fn invert(&self, t: f64) -> (f64, f64) {
        let r = 0.4 * f64::from(NODES) / t;
        let real = self.mixture(Complex { re: r, im: 0.0 });
        let weight = 0.5 * libm::exp(r * t);
        let mut longer = weight * real.re / r;
        let mut truncated = weight * real.re / (r * r);
        for node in 1..NODES {
            let angle = f64::from(node) * core::f64::consts::PI / f64::from(NODES);
            let cot = libm::cos(angle) / libm::sin(angle);
            let s = Complex { re: r * angle * cot, im: r * angle };
            let growth = libm::exp(s.re * t);
            let turn = Complex { re: growth * libm::cos(s.im * t), im: growth * libm::sin(s.im * t) };
            let slope = Complex { re: 1.0, im: angle + (angle * cot - 1.0) * cot };
            let term = turn.times(slope).times(self.mixture(s)).over(s);
            longer += term.re;
            truncated += term.over(s).re;
        }
        let scale = r / f64::from(NODES);
        (longer * scale, truncated * scale)
    }

    /// `sum of p[k-1] (1 - f_k(s))`. With `g = 1 - f`, the step up from `k - 1` gives `g_k = (s + d) / (s + rate + d)` where
    /// `d = (k-1) leave g_(k-1)`: no difference of nearly equal numbers.
    fn mixture(&self, s: Complex) -> Complex {
        let mut sum = Complex { re: 0.0, im: 0.0 };
        let mut g = Complex { re: 0.0, im: 0.0 };
        for (below, weight) in self.weights.iter().enumerate() {
            let down = below as f64 * self.leave_per_s;
            let numerator = Complex { re: s.re + down * g.re, im: s.im + down * g.im };
            g = numerator.over(Complex { re: numerator.re + self.rate_per_s, im: numerator.im });
            sum = Complex { re: sum.re + weight * g.re, im: sum.im + weight * g.im };
        }
        sum
    }
}

#[derive(Clone, Copy)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn times(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    fn over(self, other: Self) -> Self {
        let size = other.re * other.re + other.im * other.im;
        Self { re: (self.re * other.re + self.im * other.im) / size, im: (self.im * other.re - self.re * other.im) / size }
    }
}
