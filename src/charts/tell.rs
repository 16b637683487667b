//! The sentence below a chart: what to see in it, drawn from its data. It is also what a screen reader says.

use super::spec::{Axis, Bin, ChartKind, ChartSpec, GanttRow, Mark, Part, Series, SimulatedPoint, stacked};
use super::table::value_at;
use crate::components::EnvState;
use crate::components::format;
use crate::t;

impl ChartSpec {
    /// What to see, in a sentence or two: the page's own where it has one.
    #[must_use]
    pub fn summary(&self) -> String {
        if let Some(says) = &self.says {
            return says.clone();
        }
        match &self.kind {
            ChartKind::Lines(series) => lines(&self.x, &self.y, series),
            ChartKind::AreaStack(layers) => area(self, layers),
            ChartKind::Histogram { parts, bins } => histogram(&self.x, parts, bins),
            ChartKind::Gantt(rows) => gantt(rows),
            ChartKind::StackedBars { bars, .. } if bars.is_empty() => t!("chart.no_data").to_owned(),
            ChartKind::StackedBars { parts, bars } => {
                let mut said = Vec::new();
                for bar in bars {
                    let total = bar.amounts.iter().sum::<f64>();
                    let largest = parts.iter().zip(&bar.amounts).max_by(|a, b| a.1.total_cmp(b.1));
                    if let Some((part, amount)) = largest.filter(|_| total > 0.0) {
                        let (total_shown, share) = (self.x.unit.show(total), format::percent(amount / total));
                        said.push(t!("chart.bar", bar = capital(&bar.label), total = total_shown, share = share, part = part.name));
                    } else {
                        said.push(t!("chart.bar_empty", bar = capital(&bar.label), total = self.x.unit.show(total)));
                    }
                }
                said.join(" ")
            }
            ChartKind::PointsAndCurve { curve, name, points } => against(&self.x, &self.y, curve, name, points),
        }
    }
}

/// A name at the start of a sentence; symbols such as p99 stay as they are.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_uppercase().chain(name.chars().skip(1)).collect(),
        _ => name.to_owned(),
    }
}

fn finite(series: &Series) -> impl Iterator<Item = (f64, f64)> {
    series.points.iter().copied().filter(|p| p.1.is_finite())
}

/// The highest point; of several the first, which is when it was reached.
fn highest(points: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    points.reduce(|most, point| if point.1 > most.1 { point } else { most })
}

fn lines(x: &Axis, y: &Axis, series: &[Series]) -> String {
    let mut said = Vec::new();
    for (i, one) in series.iter().enumerate() {
        let highest = highest(finite(one));
        let lowest = finite(one).min_by(|a, b| a.1.total_cmp(&b.1));
        let (Some(highest), Some(lowest)) = (highest, lowest) else { continue };
        let (high, low, at) = (y.unit.show(highest.1), y.unit.show(lowest.1), x.unit.show(highest.0));
        let flat = highest.1 - lowest.1 <= highest.1.abs() * 0.1;
        said.push(match (i, flat) {
            (_, true) => t!("chart.line_flat", name = capital(&one.name), high = high),
            (0, false) => t!("chart.line_first", name = capital(&one.name), low = low, high = high, at = at),
            (_, false) => t!("chart.line_other", name = capital(&one.name), low = low, high = high),
        });
    }
    if said.is_empty() { t!("chart.no_data").to_owned() } else { said.join(" ") }
}

fn area(spec: &ChartSpec, layers: &[Series]) -> String {
    let edges = stacked(layers);
    let top = edges.last().and_then(|edge| highest(edge.iter().copied()));
    let Some((at, most)) = top else { return t!("chart.no_data").to_owned() };
    let mut said = vec![t!("chart.area", what = capital(&spec.y.label), most = spec.y.unit.show(most), at = spec.x.unit.show(at))];
    for layer in &layers[1..] {
        if let Some(highest) = highest(finite(layer)).filter(|p| p.1 > 0.0) {
            said.push(t!("chart.layer", name = capital(&layer.name), high = spec.y.unit.show(highest.1), at = spec.x.unit.show(highest.0)));
        }
    }
    for mark in &spec.marks {
        if let Mark::Limit { y, label, .. } = mark {
            said.push(if most >= *y { t!("chart.limit_hit", label = label.as_str()) } else { t!("chart.limit", label = label.as_str()) });
        }
    }
    said.join(" ")
}

fn histogram(x: &Axis, parts: &[Part], bins: &[Bin]) -> String {
    let total: f64 = bins.iter().flat_map(|bin| &bin.counts).sum();
    let quantile = |share: f64| {
        let mut seen = 0.0;
        bins.iter().find(|bin| {
            seen += bin.counts.iter().sum::<f64>();
            seen >= share * total
        })
    };
    let (Some(half), Some(late)) = (quantile(0.5), quantile(0.99)) else { return t!("chart.no_data").to_owned() };
    if total <= 0.0 {
        return t!("chart.no_data").to_owned();
    }
    let mut said = t!("chart.histogram", what = x.label, half = x.unit.show(half.to), late = x.unit.show(late.from));
    if parts.len() > 1 {
        let shares = parts.iter().enumerate().map(|(i, part)| {
            let sum: f64 = bins.iter().filter_map(|bin| bin.counts.get(i)).sum();
            format!("{} {}", part.name, format::percent(sum / total))
        });
        said.push(' ');
        said.push_str(&t!("chart.parts", parts = shares.collect::<Vec<_>>().join(", ")));
    }
    said
}

fn gantt(rows: &[GanttRow]) -> String {
    let segments = || rows.iter().flat_map(|row| &row.segments);
    let of = |state: EnvState| segments().filter(move |s| s.state == state);
    // Ends before starts at the same time: an invocation that follows another on one environment is no overlap.
    let mut steps: Vec<(f64, i64)> = of(EnvState::Busy).flat_map(|s| [(s.from, 1), (s.to, -1)]).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut now, mut most) = (0_i64, 0_i64);
    for (_, step) in steps {
        now += step;
        most = most.max(now);
    }
    t!("chart.gantt", n = rows.len(), most = most, started = of(EnvState::Starting).count())
}

fn against(x: &Axis, y: &Axis, curve: &Series, name: &str, points: &[SimulatedPoint]) -> String {
    let theory = |point: &&SimulatedPoint| value_at(&curve.points, point.x);
    let within = points.iter().filter(|p| (p.low..=p.high).contains(&theory(p))).count();
    let furthest =
        points.iter().filter(|p| theory(p).is_finite()).max_by(|a, b| (a.y - theory(a)).abs().total_cmp(&(b.y - theory(b)).abs()));
    let Some(point) = furthest else { return t!("chart.no_data").to_owned() };
    t!(
        "chart.against",
        name = capital(name),
        curve = curve.name,
        n = points.len(),
        within = within,
        at = x.unit.show(point.x),
        got = y.unit.show(point.y),
        said = y.unit.show(theory(&point))
    )
}
