//! The few distributions that the simulator needs, each a function of one keyed draw.
//!
//! Exponential and normal values come from ziggurats of 256 layers (Marsaglia and Tsang 2000, Doornik's tables), everything
//! transcendental from `libm`, so that a browser and a native build agree to the last bit. A law's parameters only scale or shift the draw:
//! moving a mean never reorders the requests.

use crate::rng::Draw;
use crate::spec::DistributionSpec;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

const LAYERS: usize = 256;
/// Start of the tail and area of a layer, of exp(-x).
const EXPONENTIAL_TAIL: f64 = 7.697_117_470_131_487;
const EXPONENTIAL_AREA: f64 = 0.003_949_659_822_581_557;
/// The same of exp(-x^2 / 2).
const NORMAL_TAIL: f64 = 3.654_152_885_361_009;
const NORMAL_AREA: f64 = 0.004_928_673_233_974_655;
/// 99th percentile of the standard normal distribution.
const NORMAL_P99: f64 = 2.326_347_874_040_841;
const US_PER_MS: f64 = 1e3;

/// e to the power of `x` by table: 2^(k/128) times a polynomial for the rest, within 1e-15 of the exact value. It takes a third of the
/// time of a general one, and basic operations alone give the same bits everywhere.
struct PowerTable([f64; POWERS]);

const POWERS: usize = 128;
const STEPS_PER_E: f64 = POWERS as f64 * std::f64::consts::LOG2_E;
const STEP: f64 = std::f64::consts::LN_2 / POWERS as f64;
/// Beyond, a duration would be shorter than a microsecond or longer than the universe is old.
const LARGEST_EXPONENT: f64 = 60.0;

impl PowerTable {
    fn new() -> Self {
        Self(std::array::from_fn(|k| libm::exp2(k as f64 / POWERS as f64)))
    }

    #[inline(always)]
    fn exp(&self, x: f64) -> f64 {
        let x = x.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT);
        // Rounds to a whole number of steps, in the low bits of the sum.
        let shifted = x * STEPS_PER_E + ROUND;
        let steps = shifted.to_bits();
        let rest = x - (shifted - ROUND) * STEP;
        let polynomial = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0))));
        let doublings = (steps << 45) & 0xFFF0_0000_0000_0000;
        f64::from_bits((self.0[steps as usize % POWERS] * polynomial).to_bits().wrapping_add(doublings))
    }
}

/// Adding it leaves the nearest whole number in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Edges and heights of the layers, from the widest.
struct Layers {
    edge: [f64; LAYERS + 1],
    height: [f64; LAYERS + 1],
}

impl Layers {
    fn new(tail: f64, area: f64, density: fn(f64) -> f64, inverse: fn(f64) -> f64) -> Self {
        let mut edge = [0.0; LAYERS + 1];
        edge[0] = area / density(tail);
        edge[1] = tail;
        for i in 2..LAYERS {
            edge[i] = inverse(area / edge[i - 1] + density(edge[i - 1]));
        }
        Self { edge, height: edge.map(density) }
    }
}

/// The tables of both ziggurats and of the powers of e.
pub(crate) struct Ziggurat {
    exponential: Layers,
    normal: Layers,
    powers: PowerTable,
}

impl Ziggurat {
    /// The tables, computed at the first use.
    pub(crate) fn tables() -> &'static Self {
        static TABLES: OnceLock<Ziggurat> = OnceLock::new();
        TABLES.get_or_init(|| Self {
            exponential: Layers::new(EXPONENTIAL_TAIL, EXPONENTIAL_AREA, |x| libm::exp(-x), |y| -libm::log(y)),
            normal: Layers::new(NORMAL_TAIL, NORMAL_AREA, |x| libm::exp(-x * x / 2.0), |y| libm::sqrt(-2.0 * libm::log(y))),
            powers: PowerTable::new(),
        })
    }

    /// Exponential with mean 1.
    #[inline(always)]
    pub(crate) fn exponential(&self, draw: Draw) -> f64 {
        let layer = (draw.bits() & 0xFF) as usize;
        let x = draw.unit() * self.exponential.edge[layer];
        if x < self.exponential.edge[layer + 1] { x } else { self.exponential_rest(draw, layer, x) }
    }

    #[cold]
    fn exponential_rest(&self, mut draw: Draw, mut layer: usize, mut x: f64) -> f64 {
        let Layers { edge, height } = &self.exponential;
        loop {
            draw = draw.next();
            if layer == 0 {
                return EXPONENTIAL_TAIL - libm::log(1.0 - draw.unit());
            }
            if height[layer] + (height[layer + 1] - height[layer]) * draw.unit() < libm::exp(-x) {
                return x;
            }
            draw = draw.next();
            layer = (draw.bits() & 0xFF) as usize;
            x = draw.unit() * edge[layer];
            if x < edge[layer + 1] {
                return x;
            }
        }
    }

    /// Normal with mean 0 and standard deviation 1.
    #[inline(always)]
    pub(crate) fn normal(&self, draw: Draw) -> f64 {
        let layer = (draw.bits() & 0xFF) as usize;
        let x = (2.0 * draw.unit() - 1.0) * self.normal.edge[layer];
        if x.abs() < self.normal.edge[layer + 1] { x } else { self.normal_rest(draw, layer, x) }
    }

    #[cold]
    fn normal_rest(&self, mut draw: Draw, mut layer: usize, mut x: f64) -> f64 {
        let Layers { edge, height } = &self.normal;
        loop {
            draw = draw.next();
            if layer == 0 {
                return normal_tail(draw, x < 0.0);
            }
            if height[layer] + (height[layer + 1] - height[layer]) * draw.unit() < libm::exp(-x * x / 2.0) {
                return x;
            }
            draw = draw.next();
            layer = (draw.bits() & 0xFF) as usize;
            x = (2.0 * draw.unit() - 1.0) * edge[layer];
            if x.abs() < edge[layer + 1] {
                return x;
            }
        }
    }
}

/// Beyond the last layer: Marsaglia's exponential rejection.
fn normal_tail(mut draw: Draw, negative: bool) -> f64 {
    loop {
        let x = -libm::log(1.0 - draw.unit()) / NORMAL_TAIL;
        draw = draw.next();
        let y = -libm::log(1.0 - draw.unit());
        draw = draw.next();
        if 2.0 * y >= x * x {
            return if negative { -NORMAL_TAIL - x } else { NORMAL_TAIL + x };
        }
    }
}

/// A law with its parameters worked out; values are microseconds, as a float so that the CPU share can divide them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Law {
    Constant(f64),
    Uniform { low: f64, span: f64 },
    Exponential { mean: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Quantiles(Box<[Quantile]>),
}

/// The value at or below which a share of all values lies.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Quantile {
    pub(crate) share: f64,
    pub(crate) us: f64,
}

impl Law {
    pub(crate) const ZERO: Self = Self::Constant(0.0);

    pub(crate) fn new(spec: &DistributionSpec) -> Self {
        match spec {
            DistributionSpec::Constant { ms } => Self::Constant(ms * US_PER_MS),
            DistributionSpec::Uniform { low_ms, high_ms } => {
                Self::Uniform { low: low_ms * US_PER_MS, span: (high_ms - low_ms) * US_PER_MS }
            }
            DistributionSpec::Exponential { mean_ms } => Self::Exponential { mean: mean_ms * US_PER_MS },
            DistributionSpec::Lognormal { mean_ms, p99_ms } => Self::lognormal(mean_ms * US_PER_MS, p99_ms * US_PER_MS),
            DistributionSpec::Quantiles { points } => {
                Self::Quantiles(points.iter().map(|p| Quantile { share: p.share, us: p.ms * US_PER_MS }).collect())
            }
        }
    }

    /// From `p99 / mean = exp(z sigma - sigma^2 / 2)` the smaller root, which is the one with the lighter tail.
    fn lognormal(mean: f64, p99: f64) -> Self {
        let under_root = NORMAL_P99 * NORMAL_P99 - 2.0 * libm::log(p99 / mean);
        let sigma = NORMAL_P99 - libm::sqrt(under_root.max(0.0));
        Self::Lognormal { mu: libm::log(mean) - sigma * sigma / 2.0, sigma }
    }

    /// The value of one draw, in microseconds. A constant needs none.
    #[inline(always)]
    pub(crate) fn sample(&self, ziggurat: &Ziggurat, draw: impl FnOnce() -> Draw) -> f64 {
        match self {
            Self::Constant(us) => *us,
            Self::Uniform { low, span } => low + span * draw().unit(),
            Self::Exponential { mean } => mean * ziggurat.exponential(draw()),
            Self::Lognormal { mu, sigma } => ziggurat.powers.exp(mu + sigma * ziggurat.normal(draw())),
            Self::Quantiles(points) => interpolate(points, draw().unit()),
        }
    }
}

/// Straight lines between the points, flat outside.
fn interpolate(points: &[Quantile], share: f64) -> f64 {
    let above = points.partition_point(|p| p.share <= share);
    match (above.checked_sub(1).and_then(|i| points.get(i)), points.get(above)) {
        (Some(low), Some(high)) => low.us + (high.us - low.us) * (share - low.share) / (high.share - low.share),
        (Some(end), None) | (None, Some(end)) => end.us,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Stream};
    use crate::spec::QuantileSpec;

    const N: u32 = 200_000;

    fn samples(law: &Law) -> Vec<f64> {
        let stream = Stream::new(42, Purpose::Cpu, 0);
        let mut values: Vec<f64> = (0..u64::from(N)).map(|i| law.sample(Ziggurat::tables(), || stream.draw(i))).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// Largest distance between the empirical and the wanted distribution function.
    fn check_cdf(law: &Law, cdf: impl Fn(f64) -> f64) {
        let n = f64::from(N);
        let distance = samples(law).iter().zip(0_u32..).map(|(x, i)| (cdf(*x) - (f64::from(i) + 0.5) / n).abs()).fold(0.0, f64::max);
        assert!(distance < 1.95 / n.sqrt(), "{law:?}: {distance}");
    }

    fn normal_cdf(z: f64) -> f64 {
        0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
    }

    #[test]
    fn laws_pass_kolmogorov_and_smirnov() {
        check_cdf(&Law::Exponential { mean: 3.0 }, |x| 1.0 - libm::exp(-x / 3.0));
        check_cdf(&Law::Uniform { low: 2.0, span: 4.0 }, |x| (x - 2.0) / 4.0);
        check_cdf(&Law::Lognormal { mu: 1.0, sigma: 0.5 }, |x| normal_cdf((libm::log(x) - 1.0) / 0.5));
    }

    #[test]
    fn normal_tails_have_their_weight() {
        let stream = Stream::new(3, Purpose::Wait, 1);
        let n = 4_000_000_u64;
        let beyond = (0..n).filter(|i| Ziggurat::tables().normal(stream.draw(*i)).abs() > NORMAL_TAIL).count() as f64;
        let expected = 2.0 * normal_cdf(-NORMAL_TAIL) * n as f64;
        assert!((beyond - expected).abs() < 4.0 * expected.sqrt(), "{beyond} {expected}");
    }

    #[test]
    fn exponential_tails_have_their_weight() {
        let stream = Stream::new(4, Purpose::Wait, 1);
        let n = 4_000_000_u64;
        let beyond = (0..n).filter(|i| Ziggurat::tables().exponential(stream.draw(*i)) > EXPONENTIAL_TAIL).count() as f64;
        let expected = libm::exp(-EXPONENTIAL_TAIL) * n as f64;
        assert!((beyond - expected).abs() < 4.0 * expected.sqrt(), "{beyond} {expected}");
    }

    #[test]
    fn a_lognormal_has_its_mean_and_its_p99() {
        let law = Law::new(&DistributionSpec::Lognormal { mean_ms: 0.1, p99_ms: 0.5 });
        let values = samples(&law);
        let mean = values.iter().sum::<f64>() / f64::from(N);
        assert!((mean - 100.0).abs() < 1.0, "{mean}");
        let p99 = values[N as usize / 100 * 99];
        assert!((p99 - 500.0).abs() < 12.0, "{p99}");
    }

    #[test]
    fn the_quick_power_is_exact_enough() {
        let powers = PowerTable::new();
        for i in -60_000..=60_000 {
            let x = f64::from(i) / 1_000.0;
            assert!((powers.exp(x) / libm::exp(x) - 1.0).abs() < 2e-14, "{x}");
        }
        assert_eq!((powers.exp(0.0), powers.exp(1e9)), (1.0, powers.exp(LARGEST_EXPONENT)));
    }

    #[test]
    fn quantiles_are_straight_between_and_flat_outside() {
        let points = vec![QuantileSpec { share: 0.5, ms: 1.0 }, QuantileSpec { share: 0.9, ms: 2.0 }];
        let Law::Quantiles(points) = Law::new(&DistributionSpec::Quantiles { points }) else { panic!("not quantiles") };
        let at = |share| interpolate(&points, share);
        for (share, us) in [(0.0, 1_000.0), (0.5, 1_000.0), (0.7, 1_500.0), (0.9, 2_000.0), (0.999, 2_000.0)] {
            assert!((at(share) - us).abs() < 1e-6, "{share}");
        }
    }

    #[test]
    fn values_are_stable() {
        let draw = Stream::new(1, Purpose::Cpu, 0).draw(0);
        let of = |law: Law| law.sample(Ziggurat::tables(), || draw).to_bits();
        assert_eq!(
            [of(Law::Exponential { mean: 1.0 }), of(Law::Lognormal { mu: 0.0, sigma: 1.0 })],
            [4_594_181_509_401_666_420, 4_607_231_440_135_027_005],
            "a changed value changes every digest: raise the model version"
        );
    }
}
