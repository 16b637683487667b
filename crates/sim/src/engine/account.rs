//! The account's own limits at work.

use super::TokenBucket;

/// What the functions without reserved concurrency share.
#[derive(Clone)]
pub(crate) struct Account {
    /// Their busy on-demand environments.
    pub(crate) busy: u32,
    /// How many may be: the limit less all reserved concurrency and the provisioned units of these functions (facts E24, E28).
    pub(crate) room: u32,
    /// Their busy provisioned environments, those of released allocations too.
    pub(crate) busy_units: u32,
    /// Reserved concurrency, and the provisioned units of these functions.
    pub(crate) set_aside: u32,
    /// Most that `busy` and `set_aside` came to within the minute: AWS's ClaimedAccountConcurrency (facts E24).
    pub(crate) claimed_max: u32,
    /// Busy provisioned environments of all functions, and the most of them within the minute.
    pub(crate) units: u32,
    pub(crate) units_max: u32,
    /// The limit less all reserved concurrency: what all their busy environments together may be.
    pub(crate) unreserved: u32,
    pub(crate) rate: TokenBucket,
    /// The scaling allowance of all functions together, under rules that have one; otherwise each has its own.
    pub(crate) scaling: Option<TokenBucket>,
}

impl Account {
    pub(crate) fn note(&mut self) {
        self.claimed_max = self.claimed_max.max(self.busy + self.set_aside);
        self.units_max = self.units_max.max(self.units);
    }

    /// Largest claim and most busy units of the minute that ends here.
    pub(crate) fn close_minute(&mut self) -> (u32, u32) {
        let maxima = (self.claimed_max, self.units_max);
        (self.claimed_max, self.units_max) = (0, 0);
        self.note();
        maxima
    }
}
