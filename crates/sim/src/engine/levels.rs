//! How many environments are busy and alive, over time.

/// Levels of concurrency that are told apart; the last one stands for itself and above.
const LEVELS: usize = 4_096;

/// Current levels, their maxima, and the time spent at each concurrency.
#[derive(Clone)]
pub(crate) struct Levels {
    busy: u32,
    alive: u32,
    busy_max: u32,
    alive_max: u32,
    minute_busy_max: u32,
    minute_alive_max: u32,
    window: (u64, u64),
    since: u64,
    time: Box<[u64; LEVELS]>,
}

impl Levels {
    /// `window_us`: what is measured, start and end.
    pub(crate) fn new(window_us: (u64, u64)) -> Self {
        Self {
            busy: 0,
            alive: 0,
            busy_max: 0,
            alive_max: 0,
            minute_busy_max: 0,
            minute_alive_max: 0,
            window: window_us,
            since: window_us.0,
            time: vec![0; LEVELS].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; LEVELS])),
        }
    }

    #[inline(always)]
    pub(crate) const fn alive(&self) -> u32 {
        self.alive
    }

    /// Accounts the time up to `now` at the current concurrency.
    #[inline(always)]
    fn settle(&mut self, now: u64) {
        let now = now.clamp(self.window.0, self.window.1);
        self.time[(self.busy as usize).min(LEVELS - 1)] += now - self.since;
        self.since = now;
    }

    #[inline(always)]
    pub(crate) fn begin(&mut self, now: u64) {
        self.settle(now);
        self.busy += 1;
        if self.busy > self.minute_busy_max {
            self.minute_busy_max = self.busy;
        }
    }

    #[inline(always)]
    pub(crate) fn end(&mut self, now: u64) {
        self.settle(now);
        self.busy -= 1;
    }

    #[inline(always)]
    pub(crate) fn born(&mut self, environments: u32) {
        self.alive += environments;
        self.minute_alive_max = self.minute_alive_max.max(self.alive);
    }

    #[inline(always)]
    pub(crate) fn died(&mut self) {
        self.alive -= 1;
    }

    /// Most busy and most alive environments in the minute that ends here.
    pub(crate) fn close_minute(&mut self) -> (u32, u32) {
        let maxima = (self.minute_busy_max, self.minute_alive_max);
        self.busy_max = self.busy_max.max(maxima.0);
        self.alive_max = self.alive_max.max(maxima.1);
        (self.minute_busy_max, self.minute_alive_max) = (self.busy, self.alive);
        maxima
    }

    /// Forgets the maxima so far: what is measured starts here.
    pub(crate) const fn forget_maxima(&mut self) {
        (self.busy_max, self.alive_max) = (0, 0);
        (self.minute_busy_max, self.minute_alive_max) = (self.busy, self.alive);
    }

    /// Ends the measured window early.
    pub(crate) fn cut(&mut self, end: u64) {
        self.window.1 = end;
    }

    /// The time at each concurrency, trailing zeros left out, after accounting all of the window.
    pub(crate) fn time_at_each(&mut self) -> Vec<u64> {
        self.settle(self.window.1);
        let used = self.time.iter().rposition(|time| *time > 0).map_or(0, |last| last + 1);
        self.time[..used].to_vec()
    }

    /// Most busy and most alive environments of the closed minutes.
    pub(crate) const fn maxima(&self) -> (u32, u32) {
        (self.busy_max, self.alive_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_within_the_window() {
        let mut levels = Levels::new((100, 200));
        levels.begin(50);
        levels.begin(110);
        levels.end(150);
        levels.end(250);
        assert_eq!(levels.time_at_each(), [0, 60, 40]);
    }

    #[test]
    fn a_minute_starts_at_the_level_that_it_finds() {
        let mut levels = Levels::new((0, 200));
        levels.begin(1);
        levels.begin(2);
        levels.end(3);
        assert_eq!(levels.close_minute().0, 2);
        assert_eq!(levels.close_minute().0, 1);
        assert_eq!(levels.maxima().0, 2);
        levels.forget_maxima();
        assert_eq!(levels.close_minute().0, 1);
        assert_eq!(levels.maxima().0, 1);
    }
}
