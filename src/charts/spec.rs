//! What a chart shows: data, axes, marks. Plain values without pixels or colours.

use super::look::{Dash, Paint};
use crate::components::EnvState;
use crate::components::format::Unit;

/// More lines than this cannot be told apart; the rest is left out of the picture and stays in the table.
pub const MAX_SERIES: usize = 4;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Equal ways, equal differences.
    #[default]
    Linear,
    /// Equal ways, equal ratios; values at or below 0 are left out.
    Log,
}

/// One axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What is along it: `p99 latency`.
    pub label: String,
    /// Unit of the values; [`Unit::Clock`] for microseconds since midnight, [`Unit::Micros`] for durations.
    pub unit: Unit,
    /// How values are spread.
    pub scale: Scale,
    /// Least and largest value shown; from the data where it is none.
    pub range: Option<(f64, f64)>,
}

impl Axis {
    /// A linear axis.
    #[must_use]
    pub fn new(label: impl Into<String>, unit: Unit) -> Self {
        Self { label: label.into(), unit, ..Self::default() }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn log(label: impl Into<String>, unit: Unit) -> Self {
        Self { scale: Scale::Log, ..Self::new(label, unit) }
    }

    /// The same axis over a range of one's own.
    #[must_use]
    pub fn over(self, from: f64, to: f64) -> Self {
        Self { range: Some((from, to)), ..self }
    }
}

/// A named run of points, by rising x. A y that is no number is a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is: `p99`.
    pub name: String,
    /// What it stands for.
    pub paint: Paint,
    /// How its line is drawn.
    pub dash: Dash,
    /// (x, y).
    pub points: Vec<(f64, f64)>,
}

impl Series {
    /// A solid line.
    #[must_use]
    pub fn new(name: impl Into<String>, paint: Paint, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.into(), paint, dash: Dash::Solid, points }
    }

    /// The same line in another dash.
    #[must_use]
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// A named part of a stack, a histogram or a bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub name: String,
    /// What it stands for.
    pub paint: Paint,
}

impl Part {
    /// A part.
    #[must_use]
    pub fn new(name: impl Into<String>, paint: Paint) -> Self {
        Self { name: name.into(), paint }
    }
}

/// One bin of a histogram.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many values of each part.
    pub counts: Vec<f64>,
}

/// A time in the life of an environment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Start, on the x axis.
    pub from: f64,
    /// End, on the x axis.
    pub to: f64,
    /// What it did.
    pub state: EnvState,
}

/// The life of one environment.
#[derive(Clone, Debug, PartialEq)]
pub struct GanttRow {
    /// Its name.
    pub label: String,
    /// Whether it is a provisioned one.
    pub provisioned: bool,
    /// What it did, in order.
    pub segments: Vec<Segment>,
}

/// One bar of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// Amount of each part.
    pub amounts: Vec<f64>,
}

/// A simulated result beside a theory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulatedPoint {
    /// Where.
    pub x: f64,
    /// Mean.
    pub y: f64,
    /// Lower end of its confidence interval.
    pub low: f64,
    /// Upper end of its confidence interval.
    pub high: f64,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// Up to [`MAX_SERIES`] lines, the one that matters first.
    Lines(Vec<Series>),
    /// Layers on top of each other, the lowest first, all at the same x, steps between them.
    AreaStack(Vec<Series>),
    /// How often values fall into bins, in parts on top of each other.
    Histogram {
        /// The parts.
        parts: Vec<Part>,
        /// The bins, by rising value, without gaps.
        bins: Vec<Bin>,
    },
    /// Environments against time.
    Gantt(Vec<GanttRow>),
    /// Bars of parts.
    StackedBars {
        /// The parts.
        parts: Vec<Part>,
        /// The bars, from above.
        bars: Vec<Bar>,
    },
    /// A theory's curve and simulated points.
    PointsAndCurve {
        /// The theory.
        curve: Series,
        /// Name of the points: `simulated`.
        name: String,
        /// The simulation.
        points: Vec<SimulatedPoint>,
    },
}

/// Something beside the data.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A level that limits the data: a line across.
    Limit {
        /// Level, on the y axis.
        y: f64,
        /// What it is.
        label: String,
        /// What it stands for.
        paint: Paint,
    },
    /// A moment or a value on the x axis: a line upwards.
    At {
        /// Where, on the x axis.
        x: f64,
        /// What it is.
        label: String,
        /// What it stands for.
        paint: Paint,
    },
    /// A committed bet about y: a broken line across.
    BetLevel {
        /// Level, on the y axis.
        y: f64,
        /// What was bet: `your bet`.
        label: String,
    },
    /// A committed bet about x: a broken line upwards.
    BetAt {
        /// Where, on the x axis.
        x: f64,
        /// What was bet.
        label: String,
    },
    /// A bet about a range of y: a hatched band across.
    BetBand {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// What was bet.
        label: String,
    },
    /// A stretch of the x axis that is pointed out.
    Span {
        /// Where it begins.
        from: f64,
        /// Where it ends.
        to: f64,
        /// What it is.
        label: String,
    },
    /// A curve that the learner drew. Once `against` names one of the lines, the gap between the two is hatched.
    Drawn {
        /// What it is: `your curve`.
        label: String,
        /// (x, y), by rising x.
        points: Vec<(f64, f64)>,
        /// The point that is being moved, while the curve can be moved.
        active: Option<usize>,
        /// The line that it is compared with, by its place.
        against: Option<usize>,
    },
}

/// A whole chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSpec {
    /// What it shows, above it.
    pub title: String,
    /// Along.
    pub x: Axis,
    /// Up.
    pub y: Axis,
    /// The data.
    pub kind: ChartKind,
    /// What is beside the data.
    pub marks: Vec<Mark>,
    /// The sentence that says what to see, where the page knows better than [`ChartSpec::summary`]; drawn from the same data.
    pub says: Option<String>,
}

impl ChartSpec {
    /// A chart without marks.
    #[must_use]
    pub fn new(title: impl Into<String>, x: Axis, y: Axis, kind: ChartKind) -> Self {
        Self { title: title.into(), x, y, kind, marks: Vec::new(), says: None }
    }

    /// The chart with one more mark.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.marks.push(mark);
        self
    }

    /// The chart with a sentence of the page's own.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.says = Some(sentence.into());
        self
    }

    /// Least and largest x of data and marks; none without data.
    #[must_use]
    pub fn x_extent(&self) -> Option<(f64, f64)> {
        let of_series = |series: &[Series]| extent(series.iter().flat_map(|s| s.points.iter().map(|p| p.0)));
        let data = match &self.kind {
            ChartKind::Lines(series) | ChartKind::AreaStack(series) => of_series(series),
            ChartKind::Histogram { bins, .. } => extent(bins.iter().flat_map(|bin| [bin.from, bin.to])),
            ChartKind::Gantt(rows) => extent(rows.iter().flat_map(|row| &row.segments).flat_map(|s| [s.from, s.to])),
            ChartKind::StackedBars { bars, .. } => extent(bars.iter().map(|bar| bar.amounts.iter().sum())),
            ChartKind::PointsAndCurve { curve, points, .. } => extent(curve.points.iter().map(|p| p.0).chain(points.iter().map(|p| p.x))),
        };
        let marks = self.marks.iter().flat_map(|mark| match mark {
            Mark::At { x, .. } | Mark::BetAt { x, .. } => vec![*x],
            Mark::Span { from, to, .. } => vec![*from, *to],
            Mark::Drawn { points, .. } => points.iter().map(|p| p.0).collect(),
            Mark::Limit { .. } | Mark::BetLevel { .. } | Mark::BetBand { .. } => Vec::new(),
        });
        extent(data.into_iter().flat_map(|(a, b)| [a, b]).chain(marks))
    }

    /// Least and largest y of data and marks; none without data, and for kinds whose rows are names.
    #[must_use]
    pub fn y_extent(&self) -> Option<(f64, f64)> {
        let data = match &self.kind {
            ChartKind::Lines(series) => extent(series.iter().flat_map(|s| s.points.iter().map(|p| p.1))),
            ChartKind::AreaStack(layers) => extent(stacked(layers).last().into_iter().flatten().map(|p| p.1)),
            ChartKind::Histogram { bins, .. } => extent(bins.iter().map(|bin| bin.counts.iter().sum())),
            ChartKind::Gantt(_) | ChartKind::StackedBars { .. } => None,
            ChartKind::PointsAndCurve { curve, points, .. } => {
                extent(curve.points.iter().map(|p| p.1).chain(points.iter().flat_map(|p| [p.low, p.high])))
            }
        };
        let marks = self.marks.iter().flat_map(|mark| match mark {
            Mark::Limit { y, .. } | Mark::BetLevel { y, .. } => vec![*y],
            Mark::BetBand { low, high, .. } => vec![*low, *high],
            Mark::Drawn { points, .. } => points.iter().map(|p| p.1).collect(),
            Mark::At { .. } | Mark::BetAt { .. } | Mark::Span { .. } => Vec::new(),
        });
        extent(data.into_iter().flat_map(|(a, b)| [a, b]).chain(marks))
    }
}

/// The upper edges of layers put on top of each other, the lowest layer first.
#[must_use]
pub(super) fn stacked(layers: &[Series]) -> Vec<Vec<(f64, f64)>> {
    let mut below: Vec<f64> = Vec::new();
    let mut edges = Vec::with_capacity(layers.len());
    for layer in layers {
        below.resize(layer.points.len().max(below.len()), 0.0);
        for (sum, point) in below.iter_mut().zip(&layer.points) {
            *sum += if point.1.is_finite() { point.1 } else { 0.0 };
        }
        edges.push(layer.points.iter().zip(&below).map(|(point, sum)| (point.0, *sum)).collect());
    }
    edges
}

fn extent(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.filter(|v| v.is_finite()).fold(None, |range, v| match range {
        None => Some((v, v)),
        Some((low, high)) => Some((low.min(v), high.max(v))),
    })
}
