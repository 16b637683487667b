//! Idle environments: what every pool can do, and the stack that suffices for most-recently-used reuse with one idle life.

use std::collections::VecDeque;

/// An idle environment as it is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Idle {
    pub(crate) slot: u32,
    /// What the next invocation must know about it.
    pub(crate) flags: u32,
}

/// The idle on-demand environments of all functions.
pub(crate) trait IdlePool {
    /// Hands the function's idle environment over that is to be used next; `choose` picks one of so many, for random reuse.
    fn take(&mut self, function: usize, choose: impl FnOnce(u32) -> u32) -> Option<Idle>;

    /// Takes an environment in that becomes idle now and is reclaimed at `expires` unless it is used before. `id` is its number.
    fn put(&mut self, function: usize, idle: Idle, id: u32, expires: u64);

    /// When the next environment is reclaimed; `u64::MAX` for never.
    fn next_expiry(&self) -> u64;

    /// Takes out the environment that is reclaimed next.
    fn expire(&mut self) -> Option<Idle>;

    /// Takes out an idle environment of the function, the longest idle first.
    fn drain(&mut self, function: usize) -> Option<Idle>;
}

#[derive(Clone, Copy)]
struct Parked {
    expires: u64,
    idle: Idle,
}

/// One function, most recently used first, one idle life: the bottom of the stack is always the longest idle, so it is the next to be
/// reclaimed and expiry needs no queue.
#[derive(Default)]
pub(crate) struct IdleStack {
    parked: VecDeque<Parked>,
}

impl IdlePool for IdleStack {
    #[inline]
    fn take(&mut self, _: usize, _: impl FnOnce(u32) -> u32) -> Option<Idle> {
        self.parked.pop_back().map(|parked| parked.idle)
    }

    #[inline]
    fn put(&mut self, _: usize, idle: Idle, _: u32, expires: u64) {
        self.parked.push_back(Parked { expires, idle });
    }

    #[inline]
    fn next_expiry(&self) -> u64 {
        self.parked.front().map_or(u64::MAX, |parked| parked.expires)
    }

    #[inline]
    fn expire(&mut self) -> Option<Idle> {
        self.parked.pop_front().map(|parked| parked.idle)
    }

    fn drain(&mut self, _: usize) -> Option<Idle> {
        self.expire()
    }
}
