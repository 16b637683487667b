//! The data of a chart as rows and columns.

use super::spec::{Axis, Bin, ChartKind, ChartSpec, GanttRow, Mark, Series};
use crate::components::format::{self, Unit};
use crate::components::{Align, Column};
use crate::t;
use yew::AttrValue;

/// Rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Headings.
    pub columns: Vec<Column>,
    /// Cells, formatted.
    pub rows: Vec<Vec<AttrValue>>,
}

impl ChartSpec {
    /// The data of this chart, the marks that carry data among them.
    #[must_use]
    pub fn table(&self) -> Table {
        match &self.kind {
            ChartKind::Lines(series) => self.series_table(&self.with_drawn(series)),
            ChartKind::AreaStack(layers) => self.series_table(layers),
            ChartKind::Histogram { parts, bins } => {
                let names = parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
                histogram(&self.x, &names, bins)
            }
            ChartKind::Gantt(rows) => gantt(self.x.unit, rows),
            ChartKind::StackedBars { parts, bars } => {
                let mut columns = vec![Column::words(heading(&self.y))];
                columns.extend(parts.iter().map(|part| Column::numbers(part.name.clone())));
                columns.push(Column::numbers(t!("chart.total")));
                let rows = bars.iter().map(|bar| {
                    let amounts = bar.amounts.iter().map(|amount| cell(self.x.unit, *amount));
                    let total = cell(self.x.unit, bar.amounts.iter().sum());
                    std::iter::once(bar.label.clone().into()).chain(amounts).chain([total]).collect()
                });
                Table { columns, rows: rows.collect() }
            }
            ChartKind::PointsAndCurve { curve, name, points } => {
                let columns = vec![
                    Column::words(heading(&self.x)),
                    Column::numbers(curve.name.clone()),
                    Column::numbers(name.clone()),
                    Column::numbers(t!("chart.interval")),
                ];
                let rows = points.iter().map(|point| {
                    let theory = value_at(&curve.points, point.x);
                    let interval = format!("{} – {}", self.y.unit.show(point.low), self.y.unit.show(point.high));
                    vec![cell(self.x.unit, point.x), cell(self.y.unit, theory), cell(self.y.unit, point.y), interval.into()]
                });
                Table { columns, rows: rows.collect() }
            }
        }
    }

    fn with_drawn(&self, series: &[Series]) -> Vec<Series> {
        let drawn = self.marks.iter().filter_map(|mark| match mark {
            Mark::Drawn { label, points, .. } => Some(Series::new(label.clone(), super::Paint::Second, points.clone())),
            _ => None,
        });
        series.iter().cloned().chain(drawn).collect()
    }

    fn series_table(&self, series: &[Series]) -> Table {
        let mut columns = vec![Column::words(heading(&self.x))];
        columns.extend(series.iter().map(|s| Column::numbers(s.name.clone())));
        let mut xs: Vec<f64> = series.iter().flat_map(|s| s.points.iter().map(|p| p.0)).collect();
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        let rows = xs.into_iter().map(|x| {
            let values = series.iter().map(|s| match s.points.iter().find(|p| p.0.total_cmp(&x).is_eq()) {
                Some(point) => cell(self.y.unit, point.1),
                None => AttrValue::from("–"),
            });
            std::iter::once(cell(self.x.unit, x)).chain(values).collect()
        });
        Table { columns, rows: rows.collect() }
    }
}

/// The y of a curve at x, on the straight line between its points; not a number outside.
pub(super) fn value_at(points: &[(f64, f64)], x: f64) -> f64 {
    let after = points.partition_point(|p| p.0 < x);
    match (after.checked_sub(1).and_then(|i| points.get(i)), points.get(after)) {
        (_, Some(point)) if point.0 <= x => point.1,
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
        _ => f64::NAN,
    }
}

fn heading(axis: &Axis) -> String {
    super::scale::title(axis)
}

fn cell(unit: Unit, value: f64) -> AttrValue {
    if value.is_finite() { unit.show(value).into() } else { AttrValue::from("–") }
}

fn histogram(x: &Axis, parts: &[String], bins: &[Bin]) -> Table {
    let mut columns = vec![Column::numbers(t!("chart.from")), Column::numbers(t!("chart.to"))];
    columns.extend(parts.iter().map(|part| Column::numbers(part.clone())));
    let rows = bins.iter().map(|bin| {
        let counts = bin.counts.iter().map(|count| format::number(*count).into());
        [cell(x.unit, bin.from), cell(x.unit, bin.to)].into_iter().chain(counts).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn gantt(unit: Unit, rows: &[GanttRow]) -> Table {
    let columns = [t!("chart.environment"), t!("chart.state"), t!("chart.from"), t!("chart.to")]
        .into_iter()
        .enumerate()
        .map(|(i, name)| Column { heading: name.into(), align: if i < 2 { Align::Start } else { Align::End } });
    let cells = rows.iter().flat_map(|row| {
        row.segments.iter().map(move |segment| {
            vec![row.label.clone().into(), segment.state.word().into(), cell(unit, segment.from), cell(unit, segment.to)]
        })
    });
    Table { columns: columns.collect(), rows: cells.collect() }
}
