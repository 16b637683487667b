//! Laws of durations.

use super::Draw;
use coldstart_sim::limits;
use coldstart_sim::spec::{DistributionSpec, QuantileSpec};

/// A law with a mean of about `usual_ms`, which may be 0.
pub(super) fn law(draw: &mut Draw<'_>, usual_ms: f64) -> DistributionSpec {
    let positive = usual_ms.max(1.0);
    match draw.below(7) {
        0..2 => DistributionSpec::constant(usual_ms),
        2 => DistributionSpec::constant(draw.number(positive, limits::DURATION_MS)),
        3 => {
            let low_ms = draw.number(positive / 2.0, limits::DURATION_MS);
            DistributionSpec::Uniform {
                low_ms,
                high_ms: (low_ms + draw.number(positive, limits::DURATION_MS)).min(limits::DURATION_MS.max),
            }
        }
        4 => DistributionSpec::Exponential { mean_ms: draw.number(positive, limits::POSITIVE_MS) },
        5 => {
            let mean_ms = draw.number(positive, limits::POSITIVE_MS).min(5_000_000.0);
            DistributionSpec::Lognormal { mean_ms, p99_ms: mean_ms * (1.1 + draw.share() * 13.0) }
        }
        _ => DistributionSpec::Quantiles { points: quantiles(draw, positive) },
    }
}

/// Nothing, mostly.
pub(super) fn extra(draw: &mut Draw<'_>, usual_ms: f64) -> DistributionSpec {
    if draw.chance(1, 3) { law(draw, usual_ms) } else { DistributionSpec::constant(0.0) }
}

fn quantiles(draw: &mut Draw<'_>, usual_ms: f64) -> Vec<QuantileSpec> {
    let (parts, mut ms) = (2 + draw.below(4), 0.0);
    let point = |part: u32| {
        ms += usual_ms * draw.share();
        QuantileSpec { share: f64::from(part) / f64::from(parts), ms }
    };
    (0..=parts).map(point).collect()
}
