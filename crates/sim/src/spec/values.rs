//! Random quantities.

#[cfg(feature = "schema")]
use crate::limits;
use serde::{Deserialize, Serialize};

/// The law of a random duration; every number is milliseconds, 0 to 86,400,000.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case", tag = "kind")]
pub enum DistributionSpec {
    /// Always the same.
    Constant {
        /// The value, in milliseconds.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::DURATION_MS.min, max = limits::DURATION_MS.max)))]
        ms: f64,
    },
    /// Anything between two bounds, each as likely.
    Uniform {
        /// Lower bound, in milliseconds.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::DURATION_MS.min, max = limits::DURATION_MS.max)))]
        low_ms: f64,
        /// Upper bound, in milliseconds; not below `low_ms`.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::DURATION_MS.min, max = limits::DURATION_MS.max)))]
        high_ms: f64,
    },
    /// Memoryless.
    Exponential {
        /// Mean, in milliseconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_MS.min, max = limits::POSITIVE_MS.max)))]
        mean_ms: f64,
    },
    /// Lognormal, by its mean and its 99th percentile.
    Lognormal {
        /// Mean, in milliseconds; above 0.
        #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_MS.min, max = limits::POSITIVE_MS.max)))]
        mean_ms: f64,
        /// 99th percentile, in milliseconds; above the mean and at most 14.9 times it (beyond that no lognormal fits).
        #[cfg_attr(feature = "schema", schemars(range(min = limits::POSITIVE_MS.min, max = limits::POSITIVE_MS.max)))]
        p99_ms: f64,
    },
    /// Straight lines between measured quantiles; flat outside the lowest and the highest.
    Quantiles {
        /// 2 to 64 points: shares rising, values not falling.
        #[cfg_attr(feature = "schema", schemars(length(min = limits::QUANTILES.min, max = limits::QUANTILES.max)))]
        points: Vec<QuantileSpec>,
    },
}

/// One measured quantile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QuantileSpec {
    /// Share of values at or below `ms`; 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::SHARE.min, max = limits::SHARE.max)))]
    pub share: f64,
    /// The value, in milliseconds.
    #[cfg_attr(feature = "schema", schemars(range(min = limits::DURATION_MS.min, max = limits::DURATION_MS.max)))]
    pub ms: f64,
}

impl DistributionSpec {
    /// A constant of `ms` milliseconds.
    #[must_use]
    pub const fn constant(ms: f64) -> Self {
        Self::Constant { ms }
    }
}
