//! From values to pixels and back, and where the ticks stand.

use super::spec::{Axis, Scale};
use crate::components::format::{self, Unit};

const SECOND_US: f64 = 1e6;
const MINUTE_US: f64 = 60.0 * SECOND_US;
const HOUR_US: f64 = 60.0 * MINUTE_US;

/// Distances of ticks on a clock, in microseconds.
const CLOCK_STEPS: [f64; 19] = [
    SECOND_US,
    2.0 * SECOND_US,
    5.0 * SECOND_US,
    10.0 * SECOND_US,
    15.0 * SECOND_US,
    30.0 * SECOND_US,
    MINUTE_US,
    2.0 * MINUTE_US,
    5.0 * MINUTE_US,
    10.0 * MINUTE_US,
    15.0 * MINUTE_US,
    30.0 * MINUTE_US,
    HOUR_US,
    2.0 * HOUR_US,
    3.0 * HOUR_US,
    4.0 * HOUR_US,
    6.0 * HOUR_US,
    12.0 * HOUR_US,
    24.0 * HOUR_US,
];

/// More ticks than anybody reads; a guard against ranges that a step never crosses.
const MAX_TICKS: usize = 40;

/// A tick: where and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) value: f64,
    pub(super) label: String,
}

/// One axis laid out: the values at its two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) scale: Scale,
}

impl Span {
    /// How far along a value is, 0 to 1 within the span; not a number for what the scale cannot show.
    pub(super) fn share(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.from) / (self.to - self.from),
            Scale::Log if value > 0.0 => (value / self.from).ln() / (self.to / self.from).ln(),
            Scale::Log => f64::NAN,
        }
    }

    pub(super) fn value(&self, share: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.from + share * (self.to - self.from),
            Scale::Log => self.from * (self.to / self.from).powf(share),
        }
    }
}

/// The span of an axis for the extent of its data: from 0 where `from_zero`, up to a round value where the range is not given.
pub(super) fn span(axis: &Axis, extent: Option<(f64, f64)>, from_zero: bool, ticks: usize) -> Span {
    let given = axis.range;
    let (mut from, mut to) = given.or(extent).unwrap_or((0.0, 1.0));
    if axis.scale == Scale::Log {
        to = if to > 0.0 { to } else { 10.0 };
        from = if from > 0.0 { from } else { to / 1e4 };
        to = to.max(from * 10.0);
        if given.is_none() {
            (from, to) = (log_floor(from), log_ceil(to));
        }
        return Span { from, to, scale: Scale::Log };
    }
    if given.is_none() && from_zero {
        from = from.min(0.0);
        to = to.max(0.0);
    }
    if to <= from {
        to = from + if from == 0.0 { 1.0 } else { from.abs() };
    }
    if given.is_none() && from_zero {
        let step = step_for(axis.unit, to - from, ticks);
        to = (to / step - 1e-9).ceil() * step;
        from = (from / step + 1e-9).floor() * step;
    }
    Span { from, to, scale: Scale::Linear }
}

/// Ticks of an axis, about as many as asked for.
pub(super) fn ticks(axis: &Axis, span: &Span, wanted: usize) -> Vec<Tick> {
    let values = match span.scale {
        Scale::Linear => linear_values(axis.unit, span, wanted),
        Scale::Log => log_values(span, wanted),
    };
    values.into_iter().map(|value| Tick { value, label: label(axis.unit, value) }).collect()
}

/// What a tick says: clocks, durations, shares and money with their sign, other numbers bare (their unit is in the axis' title).
fn label(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Dollars if value.fract() == 0.0 => format!("${}", format::whole(value)),
        Unit::Clock | Unit::Micros | Unit::Share | Unit::Percent | Unit::Dollars => unit.show(value),
        Unit::Count | Unit::Megabytes => format::whole(value),
        _ => format::number(value),
    }
}

/// The axis' title with the unit that its ticks leave out.
pub(super) fn title(axis: &Axis) -> String {
    match axis.unit {
        Unit::Clock | Unit::Micros | Unit::Share | Unit::Percent | Unit::Dollars => axis.label.clone(),
        unit if unit.word().is_empty() => axis.label.clone(),
        unit => format!("{}, {}", axis.label, unit.word()),
    }
}

fn step_for(unit: Unit, width: f64, wanted: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let rough = width / wanted.max(1) as f64;
    match unit {
        Unit::Clock => CLOCK_STEPS.into_iter().find(|step| *step >= rough).unwrap_or(24.0 * HOUR_US),
        Unit::Micros if rough > 20.0 * SECOND_US => {
            CLOCK_STEPS.into_iter().find(|step| *step >= rough).unwrap_or_else(|| nice(rough / HOUR_US) * HOUR_US)
        }
        Unit::Count => nice(rough).max(1.0),
        _ => nice(rough),
    }
}

/// The next of 1, 2, 5, 10, ... times a power of ten.
fn nice(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    format::round_significant(factor * power, 6)
}

fn linear_values(unit: Unit, span: &Span, wanted: usize) -> Vec<f64> {
    let step = step_for(unit, span.to - span.from, wanted);
    let first = (span.from / step - 1e-9).ceil();
    (0..MAX_TICKS)
        .map(|i| {
            #[allow(clippy::cast_precision_loss, reason = "a handful of ticks")]
            let value = (first + i as f64) * step;
            format::round_significant(value, 12)
        })
        .take_while(|value| *value <= span.to + step * 1e-6)
        .collect()
}

fn log_values(span: &Span, wanted: usize) -> Vec<f64> {
    let decades = (span.to / span.from).log10();
    #[allow(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let wanted = wanted as f64;
    let factors: &[f64] = if decades * 3.0 <= wanted {
        &[1.0, 2.0, 5.0]
    } else if decades * 2.0 <= wanted {
        &[1.0, 3.0]
    } else {
        &[1.0]
    };
    let mut power = 10f64.powf(span.from.log10().floor());
    let mut values = Vec::new();
    while power <= span.to * 1.000_001 && values.len() < MAX_TICKS {
        values.extend(factors.iter().map(|f| format::round_significant(f * power, 6)));
        power *= 10.0;
    }
    values.retain(|v| *v >= span.from * 0.999_999 && *v <= span.to * 1.000_001);
    values
}

/// The next of 1, 2, 5 times a power of ten below a value.
fn log_floor(value: f64) -> f64 {
    let power = 10f64.powf(value.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|f| f * power).find(|v| *v <= value * 1.000_001).unwrap_or(power)
}

fn log_ceil(value: f64) -> f64 {
    let power = 10f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|f| f * power).find(|v| *v >= value * 0.999_999).unwrap_or(power * 10.0)
}

/// Where the data was drawn, in pixels of the canvas: what a pointer needs to find its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) x: Span,
    pub(super) y: Span,
    /// Width and height of the whole picture.
    pub(super) size: (f64, f64),
}

impl Plot {
    pub(super) fn x_px(&self, x: f64) -> f64 {
        self.left + self.x.share(x) * (self.right - self.left)
    }

    pub(super) fn y_px(&self, y: f64) -> f64 {
        self.bottom - self.y.share(y) * (self.bottom - self.top)
    }

    pub(super) fn px(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x_px(x), self.y_px(y))
    }

    /// The values at a point of the picture, given as shares of its width and height; clamped to where data can be.
    #[must_use]
    pub fn values_at(&self, (x_share, y_share): (f64, f64)) -> (f64, f64) {
        let x = (x_share * self.size.0 - self.left) / (self.right - self.left);
        let y = (self.bottom - y_share * self.size.1) / (self.bottom - self.top);
        (self.x.value(x.clamp(0.0, 1.0)), self.y.value(y.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, extent: (f64, f64), wanted: usize) -> Vec<String> {
        let span = span(axis, Some(extent), true, wanted);
        ticks(axis, &span, wanted).into_iter().map(|t| t.label.replace(format::NBSP, " ")).collect()
    }

    #[test]
    fn linear_ticks_are_round_and_reach_past_the_data() {
        assert_eq!(labels(&Axis::new("", Unit::Plain), (0.0, 93.0), 5), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(labels(&Axis::new("", Unit::Micros), (0.0, 1.17e6), 4), ["0 ms", "500 ms", "1 s", "1.5 s"]);
        assert_eq!(labels(&Axis::new("", Unit::Share), (0.0, 0.11), 4), ["0 %", "5 %", "10 %", "15 %"]);
        assert_eq!(labels(&Axis::new("", Unit::Count), (0.0, 2.0), 5), ["0", "1", "2"]);
    }

    #[test]
    fn clocks_tick_in_minutes_and_quarters() {
        let axis = Axis::new("", Unit::Clock).over(8.0 * HOUR_US + 50.0 * MINUTE_US, 9.0 * HOUR_US + 15.0 * MINUTE_US);
        assert_eq!(labels(&axis, (0.0, 0.0), 5), ["08:50", "08:55", "09:00", "09:05", "09:10", "09:15"]);
    }

    #[test]
    fn logarithmic_ticks_thin_out() {
        let axis = Axis::log("", Unit::Micros);
        assert_eq!(labels(&axis, (12e3, 900e3), 8), ["10 ms", "20 ms", "50 ms", "100 ms", "200 ms", "500 ms", "1 s"]);
        assert_eq!(labels(&axis, (1e3, 1e9), 4).len(), 7);
    }

    #[test]
    fn empty_and_flat_data_have_an_axis_too() {
        assert!(!labels(&Axis::new("", Unit::Plain), (0.0, 0.0), 5).is_empty());
        assert!(!labels(&Axis::log("", Unit::Plain), (0.0, 0.0), 5).is_empty());
        let empty = span(&Axis::new("", Unit::Plain), None, true, 5);
        assert!(empty.to > empty.from);
    }

    #[test]
    fn pixels_lead_back_to_values() {
        let x = Span { from: 0.0, to: 10.0, scale: Scale::Linear };
        let y = Span { from: 1.0, to: 1000.0, scale: Scale::Log };
        let plot = Plot { left: 20.0, right: 120.0, top: 10.0, bottom: 60.0, x, y, size: (150.0, 80.0) };
        let (px, py) = plot.px((5.0, 100.0));
        let (vx, vy) = plot.values_at((px / 150.0, py / 80.0));
        assert!((vx - 5.0).abs() < 1e-9 && (vy - 100.0).abs() < 1e-6, "{vx} {vy}");
        assert_eq!(plot.values_at((0.0, 1.0)).0.to_string(), "0");
    }
}
