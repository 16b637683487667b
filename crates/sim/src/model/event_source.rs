//! Event sources: they hand events to Lambda's asynchronous queue, and each has its own rules for when Lambda does not take one.
//!
//! SNS tries 100,015 times over 23 days (facts J5), EventBridge and Scheduler 185 times more within 24 hours (facts J7), S3 delays its
//! notifications (facts J4). Once Lambda has an event, Lambda's own retries apply. What the function does is no concern of the source.

use crate::engine::{Engine, Request, Shape, Timer};
use crate::recorder::Recorder;
use crate::report::{Exit, NodeCounter, RunOutcome};
use crate::rng::{Purpose, Stream};
use crate::scenario::{Backoff, EventSource, Target};
use crate::time::to_us;
use crate::timeline::TimelineKind;
use crate::usage::AccountUsage;
use coldstart_facts as facts;
use std::sync::Arc;

/// An event on its way to Lambda.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parcel {
    pub(crate) request: Request,
    /// The source, whose rules apply; a second copy has another caller.
    pub(crate) from: u16,
    tries: u32,
}

impl Backoff {
    /// How long the source waits after this many tries, in microseconds. `unit` is a draw from 0 to 1.
    fn wait_us(self, tries: u32, unit: f64) -> u64 {
        match self {
            Self::Sns => sns_wait_us(tries),
            Self::EventBridge => {
                let step_us = doubled_ms(tries, facts::EVENT_BRIDGE_WAIT_MIN_MS, facts::EVENT_BRIDGE_WAIT_MAX_MS) * 1_000;
                (step_us as f64 * (0.5 + unit)) as u64
            }
        }
    }
}

/// At once, then after the shortest wait, then doubling, then after the longest (facts J5).
fn sns_wait_us(tries: u32) -> u64 {
    const PRE: u32 = facts::SNS_IMMEDIATE_TRIES;
    const BACKOFF: u32 = PRE + facts::SNS_PRE_BACKOFF_TRIES;
    if tries < PRE {
        return 0;
    }
    doubled_ms((tries + 1).saturating_sub(BACKOFF).max(1), facts::SNS_WAIT_MIN_MS, facts::SNS_WAIT_MAX_MS) * 1_000
}

const fn doubled_ms(times: u32, min_ms: u64, max_ms: u64) -> u64 {
    let doubled = min_ms.saturating_mul(2_u64.saturating_pow(times.saturating_sub(1)));
    if doubled < max_ms { doubled } else { max_ms }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// Something happens at an event source.
    pub(crate) fn publish(&mut self, request: Request) {
        let scenario = Arc::clone(&self.scenario);
        let Some(source) = &scenario.sources[usize::from(request.source)].event_source else { return };
        let measured = u64::from(self.measures(request.arrived));
        if source.fits && !self.send_off(request, request.source, source) {
            return;
        }
        let tally = &mut self.functions[request.function].tally;
        tally.requests += measured;
        // The row of this minute must be there, even if no attempt is made in it.
        self.minutes.last_attempt = self.now;
        if !source.fits {
            tally.lost_to_errors += measured;
            return self.count_at(source.node, NodeCounter::RefusedTooLarge, request.arrived);
        }
        self.network.nodes[usize::from(source.node)].entered += measured;
        if source.duplicate_rate > 0.0 && self.unit(Purpose::HandedOverTwice, &request, 0) < source.duplicate_rate {
            self.send_off_again(request, source);
        }
    }

    /// The source makes two of an event: the other copy has its own draws.
    fn send_off_again(&mut self, request: Request, source: &EventSource) {
        let copy = self.copy_of(&request);
        if !self.send_off(copy, request.source, source) {
            return;
        }
        self.network.nodes[usize::from(source.node)].duplicated += u64::from(self.measures(request.arrived));
        if self.recorder.on() {
            let kind = TimelineKind::Duplicated { node: source.node, source: copy.source, request: copy.number };
            self.recorder.event(self.now, copy.function as u16, kind);
        }
    }

    /// The event goes off to Lambda, and takes its time. False if the budget does not allow it.
    fn send_off(&mut self, request: Request, from: u16, source: &EventSource) -> bool {
        if self.network.held() >= self.scenario.max_messages {
            self.stop(RunOutcome::MessageBudget);
            return false;
        }
        self.network.nodes[usize::from(source.node)].hold();
        let delay = || Stream::new(self.seed, Purpose::HandoverDelay, request.source.into()).draw(request.number);
        let delay_us = to_us(source.delay.sample(self.ziggurat, delay));
        let place = self.network.parcels.add(Parcel { request, from, tries: 0 });
        self.network.timers.set(self.now + delay_us, Timer::HandOver(place));
        true
    }

    /// The source hands an event to Lambda, which takes it or does not.
    pub(crate) fn hand_over_parcel(&mut self, place: u32) {
        let Some(parcel) = self.network.parcels.get_mut(place) else { return };
        parcel.tries += 1;
        let Parcel { request, from, tries } = *parcel;
        let scenario = Arc::clone(&self.scenario);
        let Some(source) = &scenario.sources[usize::from(from)].event_source else { return };
        self.count_at(source.node, NodeCounter::Attempts, request.arrived);
        let is_down = (source.outage_us.0..source.outage_us.1).contains(&self.now);
        if !is_down && (source.refused_rate == 0.0 || self.unit(Purpose::Handover, &request, tries) >= source.refused_rate) {
            return self.taken(place, source, scenario.sources[usize::from(from)].payload_kb);
        }
        self.count_at(source.node, NodeCounter::SystemErrors, request.arrived);
        if tries >= source.max_tries {
            return self.give_parcel_up(place, source, Exit::RetriesExhausted);
        }
        let next = self.now + source.backoff.wait_us(tries, self.unit(Purpose::HandoverWait, &request, tries));
        // That it will come too late is known now (a choice).
        if next - request.arrived > source.max_age_us {
            return self.give_parcel_up(place, source, Exit::AgeExceeded);
        }
        self.network.timers.set(next, Timer::HandOver(place));
        if self.recorder.on() {
            let kind = TimelineKind::Waits { node: source.node, source: request.source, request: request.number, until_us: next };
            self.recorder.event(self.now, request.function as u16, kind);
        }
    }

    /// Lambda has the event; its age in Lambda's own queue starts now.
    fn taken(&mut self, place: u32, source: &EventSource, payload_kb: u32) {
        let Some(request) = self.forget(place, source, Exit::Delivered) else { return };
        if self.measures(request.arrived) {
            self.network.nodes[usize::from(source.node)].age.record(self.now - request.arrived);
        }
        if let Some(place) = self.take_in(Request { arrived: self.now, ..request }, payload_kb) {
            self.deliver(place);
        }
    }

    /// Lambda never took the event.
    fn give_parcel_up(&mut self, place: u32, source: &EventSource, exit: Exit) {
        let Some(request) = self.forget(place, source, exit) else { return };
        self.functions[request.function].tally.lost_to_throttles += u64::from(self.measures(request.arrived));
        if let Some(Target::Destination(node)) = source.dead_letter_queue {
            self.count_at(source.node, NodeCounter::SentToDeadLetterQueue, request.arrived);
            self.keep(node, &request);
        } else {
            self.count_at(source.node, NodeCounter::Dropped, request.arrived);
        }
    }

    /// Takes an event out of the source.
    fn forget(&mut self, place: u32, source: &EventSource, exit: Exit) -> Option<Request> {
        let Parcel { request, .. } = self.network.parcels.remove(place)?;
        let measured = self.measures(request.arrived);
        let node = &mut self.network.nodes[usize::from(source.node)];
        node.let_go();
        node.exits[exit as usize] += u64::from(measured);
        if self.recorder.on() {
            let kind = TimelineKind::Left { node: source.node, source: request.source, request: request.number, exit };
            self.recorder.event(self.now, request.function as u16, kind);
        }
        Some(request)
    }

    /// A draw from 0 to 1 for a try of an event. There may be more tries than an attempt's number can count.
    fn unit(&self, purpose: Purpose, request: &Request, tries: u32) -> f64 {
        Stream::new(self.seed, purpose, request.source.into()).draw(request.number).further(tries).unit()
    }

    /// Adds the measured events that each source still holds.
    pub(crate) fn add_parcels_in_flight(&self, counts: &mut [u64]) {
        for parcel in self.network.parcels.iter().filter(|parcel| self.measures(parcel.request.arrived)) {
            if let Some(source) = &self.scenario.sources[usize::from(parcel.from)].event_source {
                counts[usize::from(source.node)] += 1;
            }
        }
    }

    /// What event sources are billed by.
    pub(crate) fn add_event_source_usage(&self, usage: &mut AccountUsage) {
        for source in &self.scenario.sources {
            if let Some(EventSource { node, price: Some((kind, each)), .. }) = source.event_source {
                usage.add(&source.id, kind, u128::from(self.network.nodes[usize::from(node)].entered * each));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fact J5: 3 at once, 2 after 1 s each, 10 after 1 to 20 s, the others after 20 s, over 23 days.
    #[test]
    fn sns_waits_in_phases() {
        let waits_s: Vec<u64> = (1..=17).map(|tries| sns_wait_us(tries) / 1_000_000).collect();
        assert_eq!(waits_s, [0, 0, 1, 1, 1, 2, 4, 8, 16, 20, 20, 20, 20, 20, 20, 20, 20]);
        let days = (1..100_015).map(sns_wait_us).sum::<u64>() / 86_400_000_000;
        assert_eq!(days, 23);
    }

    /// Fact J7: 185 retries and 24 hours end together.
    #[test]
    fn event_bridge_waits_fill_a_day() {
        let total_us: u64 = (1..=185).map(|tries| Backoff::EventBridge.wait_us(tries, 0.5)).sum();
        assert!((86_300..86_500).contains(&(total_us / 1_000_000)), "{total_us}");
        assert_eq!(Backoff::EventBridge.wait_us(1, 0.0), 500_000);
    }
}
