//! The per-minute series: a row is the difference of the counters between two minutes.

use super::{Engine, Shape};
use crate::histogram::{DenseHistogram, minute_quantiles};
use crate::recorder::Recorder;
use crate::report::MinuteRow;

const MINUTE_US: u64 = 60_000_000;
/// Invocations after which the histograms that no row needs are filed away: a minute's more still fit their small counters.
const FILE_AFTER: u64 = 1 << 30;

/// Rows so far, and what the next one starts from.
#[derive(Clone)]
pub(crate) struct Minutes {
    rows: Vec<MinuteRow>,
    before: MinuteRow,
    minute: u32,
    window: (u64, u64),
    measuring: bool,
    /// Invocations counted when all histograms were last filed away.
    filed: u64,
    pub(crate) last_attempt: u64,
}

impl Minutes {
    pub(crate) fn new(window: (u64, u64)) -> Self {
        Self { rows: Vec::new(), before: MinuteRow::default(), minute: 0, window, measuring: window.0 == 0, filed: 0, last_attempt: 0 }
    }

    fn start_us(&self) -> u64 {
        u64::from(self.minute) * MINUTE_US
    }

    /// The end of the minute, or of the warm-up, whichever is first.
    pub(crate) fn next_milestone(&self) -> u64 {
        let minute_end = self.start_us() + MINUTE_US;
        if self.measuring { minute_end } else { minute_end.min(self.window.0) }
    }

    /// Ends the measured window early.
    pub(crate) fn cut(&mut self, end: u64) {
        self.window.1 = end;
    }

    /// The rows up to the end of the window, and further while attempts were made.
    pub(crate) fn take_rows(&mut self) -> Vec<MinuteRow> {
        let (end, last_attempt) = (self.window.1, self.last_attempt);
        self.rows.retain(|row| u64::from(row.minute) * MINUTE_US < end.max(last_attempt + 1));
        std::mem::take(&mut self.rows)
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Closes the minute or ends the warm-up, or both.
    pub(crate) fn pass_milestone(&mut self) {
        let at = self.minutes.next_milestone();
        if at == self.minutes.start_us() + MINUTE_US {
            self.close_minute();
        }
        if !self.minutes.measuring && at == self.minutes.window.0 {
            self.minutes.measuring = true;
            self.functions.iter_mut().for_each(|function| function.levels.forget_maxima());
            self.total.forget_maxima();
            self.account.close_minute();
        }
    }

    pub(crate) fn close_minute(&mut self) {
        let mut sum = MinuteRow::default();
        self.functions.iter().for_each(|function| function.tally.add_to_row(&mut sum));
        let histograms: Vec<&DenseHistogram> = self.functions.iter().flat_map(|function| [&function.prompt, &function.latency]).collect();
        let [p50_us, p90_us, p99_us] = minute_quantiles(&histograms, [0.5, 0.9, 0.99]);
        let file_all = sum.invocations - self.minutes.filed > FILE_AFTER;
        if file_all {
            self.minutes.filed = sum.invocations;
        }
        let mut own = (0, 0);
        for function in &mut self.functions {
            own = function.levels.close_minute();
            function.prompt.close_minute();
            function.latency.close_minute();
            if file_all {
                function.duration.close_minute();
                function.init.close_minute();
            }
        }
        let (concurrency_max, environments_max) = if S::GENERAL { self.total.close_minute() } else { own };
        let (claimed, provisioned_concurrency_max) = self.account.close_minute();
        // The plain shape notes no claim where it counts a warm start: all that is busy claims, unless it is reserved.
        let is_all = !S::GENERAL && self.functions.iter().all(|function| function.reserved.is_none() && function.units.claimed() == 0);
        let claimed_concurrency_max = if is_all { concurrency_max } else { claimed };
        let before = &self.minutes.before;
        let row = MinuteRow {
            minute: self.minutes.minute,
            requests: sum.requests - before.requests,
            invocations: sum.invocations - before.invocations,
            cold_starts: sum.cold_starts - before.cold_starts,
            provisioned_invocations: sum.provisioned_invocations - before.provisioned_invocations,
            spilled: sum.spilled - before.spilled,
            throttled: sum.throttled - before.throttled,
            errors: sum.errors - before.errors,
            billed_ms: sum.billed_ms - before.billed_ms,
            p50_us,
            p90_us,
            p99_us,
            concurrency_max,
            environments_max,
            provisioned_concurrency_max,
            claimed_concurrency_max,
            provisioned_ready: self.functions.iter().map(|function| function.units.ready()).sum(),
        };
        self.minutes.before = sum;
        self.minutes.minute += 1;
        if self.minutes.start_us() > self.minutes.window.0 {
            self.minutes.rows.push(row);
        }
    }
}
