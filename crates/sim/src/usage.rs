//! What a run used, in the quantities that AWS bills.

use crate::BillLineKind;

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
    /// Requests billed on top of `requests` because asynchronous events were large (facts G13, [`crate::bill::async_requests`]).
    pub size_requests: u64,
    /// Temporary storage above the free 512 MB, in MB-milliseconds of billed time (facts L9).
    pub tmp_mb_ms: u128,
    /// Bytes of streamed responses, each after its first 6 MB (facts L10, [`crate::bill::streamed_bytes`]).
    pub streamed_bytes: u128,
    /// Milliseconds for which snapshots were kept (facts F3, [`crate::bill::snapshot_billed_ms`]); 0 for Java, which pays nothing.
    pub snapshot_ms: u128,
    /// Restores of a snapshot that are paid for; 0 for Java.
    pub restores: u64,
    /// Requests at the edge, which are in no other counter (facts L13).
    pub edge_requests: u64,
    /// Billed milliseconds at the edge.
    pub edge_ms: u128,
}

impl Usage {
    /// The same work at the edge, where it has prices of its own (facts L13).
    pub(crate) const fn at_edge(self) -> Self {
        Self {
            edge_requests: self.requests + self.size_requests,
            edge_ms: self.handler_ms + self.init_ms,
            requests: 0,
            size_requests: 0,
            handler_ms: 0,
            init_ms: 0,
            ..self
        }
    }
}

/// What nodes other than functions used over a run: nothing, unless the scenario has such nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountUsage {
    /// In the order in which the bill shows them.
    pub nodes: Vec<NodeUsage>,
}

/// One quantity that one node used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeUsage {
    /// Id of the node in the scenario.
    pub id: String,
    /// What is billed.
    pub kind: BillLineKind,
    /// How much, in what [`BillLineKind`] says that a run counts it in.
    pub amount: u128,
}

impl AccountUsage {
    /// Adds to what a node used of a kind.
    pub fn add(&mut self, id: &str, kind: BillLineKind, amount: u128) {
        match self.nodes.iter_mut().find(|node| node.kind == kind && node.id == id) {
            Some(node) => node.amount += amount,
            None => self.nodes.push(NodeUsage { id: id.to_owned(), kind, amount }),
        }
    }
}
