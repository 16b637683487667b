//! What a run used, in the quantities that AWS bills.

/// Billed quantities of one function over a run.
///
/// A cold start's Billed Duration is rounded up as one (facts D4). It is split here so that the parts add up to it: the handler's part
/// is its Duration rounded up, INIT's is the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Billed requests: attempts that got an environment, provisioned or not.
    pub requests: u64,
    /// Billed milliseconds of handlers on demand.
    pub handler_ms: u128,
    /// Billed milliseconds of INIT on demand.
    pub init_ms: u128,
    /// Billed milliseconds of handlers on provisioned environments.
    pub provisioned_handler_ms: u128,
    /// Billed milliseconds of INIT of provisioned environments, one INIT for each that was allocated.
    pub provisioned_init_ms: u128,
    /// Unit-milliseconds of provisioned concurrency, from request to release, each allocation's time rounded up to the billing step
    /// (facts E21). Not shortened by the warm-up.
    pub provisioned_unit_ms: u128,
}
