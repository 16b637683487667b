//! Idle environments: what every pool can do, and the stack that suffices for most-recently-used reuse with one idle life.

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
#[derive(Clone, Default)]
pub(crate) struct IdleStack {
    parked: Vec<Parked>,
    /// Those below are gone already.
    bottom: usize,
}

/// Dead entries at the bottom that are left there before the stack is moved down.
const SLACK: usize = 1_024;

impl IdlePool for IdleStack {
    #[inline(always)]
    fn take(&mut self, _: usize, _: impl FnOnce(u32) -> u32) -> Option<Idle> {
        if self.parked.len() == self.bottom { None } else { self.parked.pop().map(|parked| parked.idle) }
    }

    #[inline(always)]
    fn put(&mut self, _: usize, idle: Idle, _: u32, expires: u64) {
        self.parked.push(Parked { expires, idle });
    }

    #[inline(always)]
    fn next_expiry(&self) -> u64 {
        self.parked.get(self.bottom).map_or(u64::MAX, |parked| parked.expires)
    }

    fn expire(&mut self) -> Option<Idle> {
        let idle = self.parked.get(self.bottom)?.idle;
        self.bottom += 1;
        if self.bottom > SLACK && self.bottom * 2 > self.parked.len() {
            self.parked.drain(..self.bottom);
            self.bottom = 0;
        }
        Some(idle)
    }

    fn drain(&mut self, _: usize) -> Option<Idle> {
        self.expire()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_in_is_used_and_the_first_in_expires() {
        let mut stack = IdleStack::default();
        for slot in 0..10_000 {
            stack.put(0, Idle { slot, flags: 0 }, slot, u64::from(slot) + 5);
        }
        for slot in 0..9_000 {
            assert_eq!(stack.next_expiry(), u64::from(slot) + 5);
            assert_eq!(stack.expire().map(|idle| idle.slot), Some(slot));
        }
        for slot in (9_000..10_000).rev() {
            assert_eq!(stack.take(0, |_| 0).map(|idle| idle.slot), Some(slot));
        }
        assert_eq!((stack.take(0, |_| 0), stack.expire(), stack.next_expiry()), (None, None, u64::MAX));
    }
}
