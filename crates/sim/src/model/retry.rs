//! What a caller does when it is refused or the function fails.

use crate::engine::{Engine, Request, Shape};
use crate::recorder::Recorder;
use crate::rng::Stream;
use crate::scenario::{Delivery, Retry};
use crate::spec::RetryPolicySpec;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Attempts that wait for their time; first in, first out at equal times.
#[derive(Clone, Default)]
pub(crate) struct RetryQueue {
    waiting: BinaryHeap<Reverse<(u64, u64, Request)>>,
    scheduled: u64,
}

impl RetryQueue {
    pub(crate) fn next_time(&self) -> u64 {
        self.waiting.peek().map_or(u64::MAX, |Reverse((at, ..))| *at)
    }

    pub(crate) fn pop(&mut self) -> Option<Request> {
        self.waiting.pop().map(|Reverse((.., request))| request)
    }

    /// What waits, in no order.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = &Request> {
        self.waiting.iter().map(|Reverse((.., request))| request)
    }

    fn push(&mut self, at: u64, request: Request) {
        self.waiting.push(Reverse((at, self.scheduled, request)));
        self.scheduled += 1;
    }
}

impl Retry {
    /// How long the caller waits after its attempt number `attempt` failed.
    pub(crate) fn wait_us(&self, jitter: Stream, number: u64, attempt: u16) -> u64 {
        let doublings = u32::from(attempt.saturating_sub(1));
        let ceiling = self.base.us().saturating_mul(2_u64.saturating_pow(doublings)).min(self.cap.us());
        match self.policy {
            RetryPolicySpec::None | RetryPolicySpec::Immediate => 0,
            RetryPolicySpec::Exponential => ceiling,
            RetryPolicySpec::FullJitter => (jitter.draw_attempt(number, attempt).unit() * ceiling as f64) as u64,
        }
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// The caller learns at `at` that its attempt failed: it tries again, or gives the request up.
    #[cold]
    pub(crate) fn failed(&mut self, request: Request, at: u64, throttled: bool) {
        let source = usize::from(request.source);
        if S::GRAPH && self.sources[source].delivery != Delivery::Direct {
            // Nobody waits, or somebody between: what becomes of it is decided when its environment is done.
            return;
        }
        if !self.tries_again(request, at, throttled) && request.arrived >= self.window.0 {
            let tally = &mut self.functions[request.function].tally;
            *(if throttled { &mut tally.lost_to_throttles } else { &mut tally.lost_to_errors }) += 1;
        }
    }

    /// Whether the caller sends the request again, which it then does in time.
    pub(crate) fn tries_again(&mut self, request: Request, at: u64, throttled: bool) -> bool {
        let source = usize::from(request.source);
        let retry = &self.scenario.sources[source].retry;
        let again = S::GENERAL && request.attempt < retry.max_attempts && (throttled || retry.on_errors);
        if again {
            let wait = retry.wait_us(self.sources[source].draws.jitter, request.number, request.attempt);
            self.retries.push(at + wait, Request { attempt: request.attempt + 1, ..request });
        }
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;
    use crate::time::SimDuration;

    fn waits(policy: RetryPolicySpec) -> Vec<u64> {
        let retry = Retry { policy, max_attempts: 9, base: SimDuration::from_ms(100), cap: SimDuration::from_ms(1_000), on_errors: true };
        (1..=5).map(|attempt| retry.wait_us(Stream::new(1, Purpose::Jitter, 0), 3, attempt)).collect()
    }

    #[test]
    fn waits_double_up_to_the_cap() {
        assert_eq!(waits(RetryPolicySpec::Exponential), [100_000, 200_000, 400_000, 800_000, 1_000_000]);
        assert_eq!(waits(RetryPolicySpec::Immediate), [0; 5]);
        let jittered = waits(RetryPolicySpec::FullJitter);
        assert!(jittered.iter().zip(waits(RetryPolicySpec::Exponential)).all(|(jittered, ceiling)| *jittered < ceiling));
    }

    /// Ground truth backoff_expected_sleep: exact without jitter, within four standard errors with it.
    #[test]
    fn sleeps_add_up_as_in_the_table() {
        let table = include_str!("../../tests/data/backoff_expected_sleep.csv");
        let mut rows = 0;
        for row in table.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())) {
            let cells: Vec<f64> = row.split(',').filter_map(|cell| cell.parse().ok()).collect();
            let [base_s, cap_s, sleeps, exact_s, jittered_s, _] = cells[..] else { panic!("{row}") };
            let total_s = |policy, number| {
                let (base, cap) = (SimDuration::from_s(base_s), SimDuration::from_s(cap_s));
                let retry = Retry { policy, max_attempts: 100, base, cap, on_errors: true };
                let jitter = Stream::new(1, Purpose::Jitter, 0);
                (1..=sleeps as u16).map(|attempt| retry.wait_us(jitter, number, attempt)).sum::<u64>() as f64 / 1e6
            };
            assert!((total_s(RetryPolicySpec::Exponential, 0) - exact_s).abs() < 1e-9, "{row}");
            let n = 10_000;
            let mean_s = (0..n).map(|number| total_s(RetryPolicySpec::FullJitter, number)).sum::<f64>() / n as f64;
            // A uniform wait deviates by its ceiling over the root of 12, and the sum by no more than all of them together.
            let four_sigma_s = 4.0 * exact_s / 12_f64.sqrt() / (n as f64).sqrt();
            assert!((mean_s - jittered_s).abs() < four_sigma_s, "{row}: {mean_s}");
            rows += 1;
        }
        assert_eq!(rows, 12);
    }
}
