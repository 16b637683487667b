//! Auto scaling of provisioned concurrency, as Application Auto Scaling does it with target tracking: two alarms on the utilisation of
//! each minute (facts E23).
//!
//! Three minutes in a row above the target ask for more units, in proportion to the last minute. Fifteen in a row below nine tenths of it
//! give units up, in proportion to the largest of them (a choice: AWS says "gradually"). Nothing moves while units are being prepared (a
//! choice). A minute in which no unit was busy has no data point, so a function without traffic keeps what it has.

use super::controls::Control;
use crate::engine::output::unit_ms;
use crate::engine::{Engine, Shape};
use crate::metrics::{Alarm, AlarmState, Comparison, MissingData};
use crate::recorder::Recorder;
use crate::rules::MINUTE_US;
use crate::scenario::Scaling;
use crate::timeline::TimelineKind;
use coldstart_facts::{
    AUTOSCALING_DATAPOINTS, AUTOSCALING_SCALE_IN_ALARM_PERCENT, AUTOSCALING_SCALE_IN_DATAPOINTS, AUTOSCALING_TARGET_EXAMPLE_PERCENT,
};

/// A part of a unit: proportions that come to a whole number but for rounding are that number.
const SLACK: f64 = 1e-9;

/// Where a policy stands.
#[derive(Clone)]
pub(crate) struct ScalingState {
    bounds: (u32, u32),
    /// Utilisation of the last minutes, the newest last; none where nothing emitted one.
    points: Vec<Option<f64>>,
    /// The allocation of units on their way.
    pub(super) growing: Option<usize>,
    /// Units that are paid for: how many, and since when; the last ones are given up first.
    spans: Vec<(u32, u64)>,
    paid_unit_ms: u128,
}

impl ScalingState {
    pub(super) fn new(scaling: &Scaling, units: u32) -> Self {
        Self { bounds: scaling.bounds, points: Vec::new(), growing: None, spans: vec![(units, 0)], paid_unit_ms: 0 }
    }

    /// What is billed up to `end`: each unit from when it was asked for to when it was given up.
    pub(crate) fn paid_unit_ms(&self, end: u64) -> u128 {
        self.paid_unit_ms + self.spans.iter().map(|(units, from)| unit_ms(*units, *from, end)).sum::<u128>()
    }

    fn stop_paying(&mut self, mut fewer: u32, now: u64) {
        while fewer > 0 {
            let Some((units, from)) = self.spans.pop() else { return };
            let ended = units.min(fewer);
            self.paid_unit_ms += unit_ms(ended, from, now);
            fewer -= ended;
            if units > ended {
                self.spans.push((units - ended, from));
            }
        }
    }

    fn alarm(&self, comparison: Comparison, threshold: f64, periods: u32) -> bool {
        let periods = periods as usize;
        let alarm = Alarm { comparison, threshold, periods, datapoints_to_alarm: periods, missing_data: MissingData::Missing };
        alarm.states(&self.points).last() == Some(&AlarmState::Alarm)
    }

    /// Units that the policy wants in place of `units`.
    fn wanted(&self, scaling: &Scaling, units: u32) -> u32 {
        let times = |utilisation: f64| (f64::from(units) * utilisation / scaling.target - SLACK).ceil() as u32;
        let last = self.points.last().copied().flatten();
        let low = scaling.target * f64::from(AUTOSCALING_SCALE_IN_ALARM_PERCENT) / f64::from(AUTOSCALING_TARGET_EXAMPLE_PERCENT);
        let wanted = if self.alarm(Comparison::GreaterThan, scaling.target, AUTOSCALING_DATAPOINTS) {
            last.map_or(units, times).max(units)
        } else if self.alarm(Comparison::LessThan, low, AUTOSCALING_SCALE_IN_DATAPOINTS) {
            times(self.points.iter().flatten().fold(0.0, |most, point| most.max(*point))).min(units)
        } else {
            units
        };
        wanted.clamp(self.bounds.0, self.bounds.1)
    }
}

impl<S: Shape, R: Recorder> Engine<S, R> {
    /// A minute has ended: its utilisation is the alarms' next data point, and the policy acts on them.
    pub(crate) fn look_at_utilisation(&mut self, at: usize) {
        self.agenda.add(self.now + MINUTE_US, Control::Scale { function: at });
        let Some(model) = &self.scenario.functions[at].scaling else { return };
        let function = &mut self.functions[at];
        let (busy, units) = (function.busy_units, &mut function.units);
        units.settle(self.now, busy);
        let meter = units.meter;
        (units.meter.busy_us, units.meter.ready_us, units.meter.peak) = (0, 0, 0.0);
        units.note_peak(busy);
        let claimed = units.claimed();
        let is_changing = units.waits();
        let Some(state) = &mut units.scaling else { return };
        let mean = (meter.busy_us as f64 / meter.ready_us.max(1) as f64).min(1.0);
        let emits = meter.busy_us > 0 && meter.ready_us > 0;
        if state.points.len() == AUTOSCALING_SCALE_IN_DATAPOINTS as usize {
            state.points.remove(0);
        }
        state.points.push(emits.then_some(if model.track_maximum { meter.peak } else { mean }));
        if !is_changing && state.growing.is_none() {
            let wanted = state.wanted(model, claimed);
            self.scale_to(at, wanted);
        }
    }

    /// A scheduled action sets the bounds; units follow at once, unless some are on their way.
    pub(crate) fn scheduled_action(&mut self, at: usize, action: usize) {
        let bounds =
            self.scenario.functions[at].scaling.as_ref().and_then(|scaling| scaling.schedule.get(action)).map(|(_, bounds)| *bounds);
        let units = &mut self.functions[at].units;
        let (claimed, is_changing) = (units.claimed(), units.waits());
        let (Some(state), Some(bounds)) = (&mut units.scaling, bounds) else { return };
        state.bounds = bounds;
        if !is_changing && state.growing.is_none() {
            self.scale_to(at, claimed.clamp(bounds.0, bounds.1));
        }
    }

    fn scale_to(&mut self, at: usize, wanted: u32) {
        let claimed = self.functions[at].units.claimed();
        if wanted == claimed || !self.functions[at].units.serving() {
            return;
        }
        let measured = u64::from(self.now >= self.window.0);
        let tally = &mut self.functions[at].tally;
        *(if wanted > claimed { &mut tally.scale_outs } else { &mut tally.scale_ins }) += measured;
        if self.recorder.on() {
            self.recorder.event(self.now, at as u16, TimelineKind::Scaled { units: wanted });
        }
        let now = self.now;
        if let Some(state) = &mut self.functions[at].units.scaling {
            if wanted > claimed {
                state.spans.push((wanted - claimed, now));
            } else {
                state.stop_paying(claimed - wanted, now);
            }
        }
        if wanted > claimed { self.grow(at, wanted - claimed) } else { self.shrink(at, claimed - wanted) }
    }
}
