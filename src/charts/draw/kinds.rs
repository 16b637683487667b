//! Each kind of chart.

use super::super::look::{Dash, Paint, Pattern};
use super::super::scale::Plot;
use super::super::spec::{Bar, Bin, ChartKind, ChartSpec, GanttRow, MAX_SERIES, Mark, Part, Series, SimulatedPoint, stacked};
use super::Drawn;
use super::painter::{Anchor, Painter, Px, Words};
use crate::components::EnvState;
use plotters_backend::DrawingBackend;

/// Height of a row of the key, for texts of 12 CSS pixels.
pub(super) const KEY_ROW_PX: f64 = 20.0;

/// The data itself.
pub(super) fn data<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    match &spec.kind {
        ChartKind::Lines(series) => lines(painter, series, plot),
        ChartKind::AreaStack(layers) => area_stack(painter, layers, plot),
        ChartKind::Histogram { parts, bins } => histogram(painter, parts, bins, plot),
        ChartKind::Gantt(rows) => gantt(painter, rows, plot),
        ChartKind::StackedBars { parts, bars } => stacked_bars(painter, spec, parts, bars, plot),
        ChartKind::PointsAndCurve { curve, points, .. } => points_and_curve(painter, curve, points, plot),
    }
}

fn lines<B: DrawingBackend>(painter: &Painter<'_, B>, series: &[Series], plot: &Plot) -> Drawn<B> {
    // The first line matters most: it is drawn last, on top, and heavier.
    for (i, one) in series.iter().take(MAX_SERIES).enumerate().rev() {
        let width = painter.stroke_px() * if i == 0 { 1.25 } else { 0.8 };
        let points: Vec<Px> = one.points.iter().map(|p| plot.px(*p)).collect();
        painter.line(&points, one.paint, width, one.dash)?;
        for lone in lone_points(&points) {
            painter.dot(lone, 2.5, one.paint, true)?;
        }
    }
    Ok(())
}

/// Points without a neighbour, which no line shows.
fn lone_points(points: &[Px]) -> impl Iterator<Item = Px> {
    points.split(|(x, y)| !x.is_finite() || !y.is_finite()).filter_map(|run| if let [only] = run { Some(*only) } else { None })
}

/// A line as steps: each value holds until the next point.
fn as_steps(points: &[Px]) -> Vec<Px> {
    let mut steps = Vec::with_capacity(points.len() * 2);
    for (i, point) in points.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|i| points.get(i)) {
            // A hair apart, so that the edge stays a function of x.
            steps.push((point.0 - 0.01, before.1));
        }
        steps.push(*point);
    }
    steps
}

fn area_stack<B: DrawingBackend>(painter: &Painter<'_, B>, layers: &[Series], plot: &Plot) -> Drawn<B> {
    let edges: Vec<Vec<Px>> = stacked(layers).iter().map(|edge| as_steps(&edge.iter().map(|p| plot.px(*p)).collect::<Vec<_>>())).collect();
    let Some(first) = edges.first() else { return Ok(()) };
    let mut below: Vec<Px> = first.iter().map(|p| (p.0, plot.bottom)).collect();
    for (layer, edge) in layers.iter().zip(&edges) {
        painter.band(edge, &below, layer.paint, area_pattern(layer.paint))?;
        painter.line(&visible_edge(edge, &below), layer.paint, painter.stroke_px() * 0.75, Dash::Solid)?;
        below.clone_from(edge);
    }
    Ok(())
}

/// Large areas are tinted where bars would be solid, so that the grid and other lines stay readable.
fn area_pattern(paint: Paint) -> Pattern {
    match paint.pattern() {
        Pattern::Solid => Pattern::Tint,
        other => other,
    }
}

/// The upper edge of a layer with gaps where the layer has no height, so that it does not draw over the one below.
fn visible_edge(edge: &[Px], below: &[Px]) -> Vec<Px> {
    let has_height = |i: usize| edge.get(i).zip(below.get(i)).is_some_and(|(top, bottom)| bottom.1 - top.1 > 0.5);
    let near = |i: usize| has_height(i) || has_height(i + 1) || i.checked_sub(1).is_some_and(has_height);
    edge.iter().enumerate().map(|(i, point)| if near(i) { *point } else { (point.0, f64::NAN) }).collect()
}

fn histogram<B: DrawingBackend>(painter: &Painter<'_, B>, parts: &[Part], bins: &[Bin], plot: &Plot) -> Drawn<B> {
    for bin in bins {
        let (left, right) = (plot.x_px(bin.from), plot.x_px(bin.to));
        // A gap between neighbours, where there is room for one.
        let gap = if right - left > painter.px(4.0) { painter.px(1.0) } else { 0.0 };
        let mut below = 0.0;
        for (part, count) in parts.iter().zip(&bin.counts).filter(|(_, count)| **count > 0.0) {
            let (low, high) = (plot.y_px(below), plot.y_px(below + count));
            below += count;
            if low - high < 0.5 {
                continue;
            }
            let thin = right - left < painter.px(3.0);
            let pattern = if thin { Pattern::Solid } else { part.paint.pattern() };
            if left.is_finite() && right.is_finite() {
                painter.block((left + gap, high), (right - gap, low), part.paint, pattern)?;
            }
        }
    }
    Ok(())
}

const fn state_paint(state: EnvState) -> Paint {
    match state {
        EnvState::Starting => Paint::Starting,
        EnvState::Busy => Paint::Busy,
        EnvState::Idle => Paint::Idle,
        EnvState::Frozen => Paint::Frozen,
        EnvState::Reclaimed => Paint::Reclaimed,
    }
}

#[allow(clippy::cast_precision_loss, reason = "a handful of rows")]
fn gantt<B: DrawingBackend>(painter: &Painter<'_, B>, rows: &[GanttRow], plot: &Plot) -> Drawn<B> {
    let height = (plot.bottom - plot.top) / rows.len().max(1) as f64;
    let thickness = (height * 0.62).clamp(painter.px(2.0), painter.px(20.0));
    for (i, row) in rows.iter().enumerate() {
        let middle = plot.top + (i as f64 + 0.5) * height;
        for segment in &row.segments {
            let left = plot.x_px(segment.from).max(plot.left);
            let right = plot.x_px(segment.to).min(plot.right);
            if right < left {
                continue;
            }
            // Waiting is thin, work is thick: readable without colour.
            let half = match segment.state {
                EnvState::Starting | EnvState::Busy => thickness / 2.0,
                EnvState::Idle | EnvState::Frozen | EnvState::Reclaimed => thickness / 5.0,
            };
            let paint = state_paint(segment.state);
            painter.block((left, middle - half), (right.max(left + 1.0), middle + half), paint, paint.pattern())?;
        }
        if row.provisioned {
            double_border(painter, row, plot, middle, thickness)?;
        }
    }
    Ok(())
}

/// The second border of a provisioned environment, around its whole life.
fn double_border<B: DrawingBackend>(painter: &Painter<'_, B>, row: &GanttRow, plot: &Plot, middle: f64, thickness: f64) -> Drawn<B> {
    let from = row.segments.first().map_or(plot.left, |s| plot.x_px(s.from).max(plot.left));
    let to = row.segments.last().map_or(plot.right, |s| plot.x_px(s.to).min(plot.right));
    let out = thickness / 2.0 + painter.px(2.5);
    let (from, to) = (from - painter.px(2.5), to + painter.px(2.5));
    let (top, bottom) = (middle - out, middle + out);
    let around = [(from, top), (to, top), (to, bottom), (from, bottom), (from, top)];
    painter.line(&around, Paint::Provisioned, 1.0, Dash::Solid)
}

#[allow(clippy::cast_precision_loss, reason = "a handful of bars")]
fn stacked_bars<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, parts: &[Part], bars: &[Bar], plot: &Plot) -> Drawn<B> {
    let height = (plot.bottom - plot.top) / bars.len().max(1) as f64;
    let thickness = (height * 0.6).min(painter.px(36.0));
    for (i, bar) in bars.iter().enumerate() {
        let middle = plot.top + (i as f64 + 0.5) * height;
        let mut below = 0.0;
        for (part, amount) in parts.iter().zip(&bar.amounts).filter(|(_, amount)| **amount > 0.0) {
            let (left, right) = (plot.x_px(below), plot.x_px(below + amount));
            below += amount;
            painter.block((left, middle - thickness / 2.0), (right, middle + thickness / 2.0), part.paint, part.paint.pattern())?;
        }
        let total = spec.x.unit.show(below);
        let end = plot.x_px(below);
        let fits = end + painter.px(6.0) + painter.width(&total, Words::Label) < plot.size.0;
        let (at, anchor) = if fits { (end + painter.px(6.0), Anchor::Left) } else { (end - painter.px(6.0), Anchor::Right) };
        painter.label(&total, (at, middle), anchor, Paint::Ink)?;
    }
    Ok(())
}

fn points_and_curve<B: DrawingBackend>(painter: &Painter<'_, B>, curve: &Series, points: &[SimulatedPoint], plot: &Plot) -> Drawn<B> {
    let line: Vec<Px> = curve.points.iter().map(|p| plot.px(*p)).collect();
    painter.line(&line, curve.paint, painter.stroke_px(), curve.dash)?;
    for point in points {
        let at = plot.px((point.x, point.y));
        if !at.0.is_finite() || !at.1.is_finite() {
            continue;
        }
        let (low, high) = (plot.y_px(point.low), plot.y_px(point.high));
        painter.line(&[(at.0, low), (at.0, high)], Paint::Busy, 1.5, Dash::Solid)?;
        painter.dot(at, 4.0, Paint::Busy, false)?;
    }
    Ok(())
}

/// The name of a line and where the line ends, in pixels.
struct LineEnd {
    name: String,
    paint: Paint,
    at: Px,
}

/// The ends of the lines; without a plot, their names alone count.
fn line_ends(spec: &ChartSpec, plot: Option<&Plot>) -> Vec<LineEnd> {
    let end = |name: &str, paint: Paint, points: &[(f64, f64)]| {
        let last = points.iter().rev().find(|p| p.1.is_finite() && plot.is_none_or(|plot| plot.y_px(p.1).is_finite()))?;
        Some(LineEnd { name: name.to_owned(), paint, at: plot.map_or((0.0, 0.0), |plot| plot.px(*last)) })
    };
    let mut ends: Vec<LineEnd> = match &spec.kind {
        ChartKind::Lines(series) => series.iter().take(MAX_SERIES).filter_map(|s| end(&s.name, s.paint, &s.points)).collect(),
        ChartKind::AreaStack(layers) => layer_middles(layers, plot),
        ChartKind::PointsAndCurve { curve, .. } => end(&curve.name, curve.paint, &curve.points).into_iter().collect(),
        ChartKind::Histogram { .. } | ChartKind::Gantt(_) | ChartKind::StackedBars { .. } => Vec::new(),
    };
    for mark in &spec.marks {
        if let Mark::Drawn { label, points, active, .. } = mark {
            let paint = if active.is_some() { Paint::Accent } else { Paint::Second };
            ends.extend(end(label, paint, points));
        }
    }
    ends
}

/// The middle of each layer's right end; layers that end empty are named at their upper edge all the same.
fn layer_middles(layers: &[Series], plot: Option<&Plot>) -> Vec<LineEnd> {
    let edges = stacked(layers);
    let mut below = 0.0;
    let mut ends = Vec::new();
    for (layer, edge) in layers.iter().zip(&edges) {
        let (x, top) = edge.last().copied().unwrap_or((f64::NAN, below));
        let at = plot.map_or((0.0, 0.0), |plot| plot.px((x, f64::midpoint(below, top))));
        ends.push(LineEnd { name: layer.name.clone(), paint: layer.paint, at });
        below = top;
    }
    ends
}

/// Most of the width that names at the right end of the lines may take; where they want more, they stand in the key.
const DIRECT_LABEL_SHARE: f64 = 0.3;

/// Room that the names at the right end of the lines want, in pixels; 0 where there are none or they do not fit.
pub(super) fn direct_label_width<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec) -> f64 {
    let wanted = line_ends(spec, None).iter().map(|end| painter.width(&end.name, Words::Label)).fold(0.0, f64::max);
    if wanted <= painter.size().0 * DIRECT_LABEL_SHARE { wanted } else { 0.0 }
}

/// Names at the right end of the lines, moved apart where they would cover each other.
pub(super) fn direct_labels<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    if direct_label_width(painter, spec) == 0.0 {
        return Ok(());
    }
    let mut ends = line_ends(spec, Some(plot));
    ends.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let apart = painter.text_px(15.0);
    let mut lowest = plot.top + apart / 2.0;
    for end in &mut ends {
        end.at.1 = end.at.1.max(lowest);
        lowest = end.at.1 + apart;
    }
    let mut highest = plot.bottom - apart / 4.0;
    for end in ends.iter_mut().rev() {
        end.at.1 = end.at.1.min(highest);
        highest = end.at.1 - apart;
    }
    for end in ends {
        // A line that has not yet come to the right edge has its name where it is.
        let x = if end.at.0.is_finite() { end.at.0.clamp(plot.left, plot.right) } else { plot.right };
        painter.text(&end.name, (x + painter.px(8.0), end.at.1), Anchor::Left, Words::Label, end.paint)?;
    }
    Ok(())
}

/// How an entry of the key is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Block(Pattern),
    Line(Dash),
    Dot,
}

struct KeyEntry {
    name: String,
    paint: Paint,
    sign: Sign,
}

/// What patterns and dashes mean, where it cannot be written at the end of a line.
fn key_entries<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec) -> Vec<KeyEntry> {
    let block = |name: String, paint: Paint| KeyEntry { name, paint, sign: Sign::Block(paint.pattern()) };
    let lines_unnamed = direct_label_width(painter, spec) == 0.0;
    let mut entries: Vec<KeyEntry> = match &spec.kind {
        ChartKind::Histogram { parts, .. } | ChartKind::StackedBars { parts, .. } if parts.len() > 1 => {
            parts.iter().map(|part| block(part.name.clone(), part.paint)).collect()
        }
        ChartKind::Gantt(rows) => {
            let used = |state: &EnvState| rows.iter().flat_map(|row| &row.segments).any(|s| s.state == *state);
            EnvState::ALL.into_iter().filter(used).map(|state| block(state.word().to_owned(), state_paint(state))).collect()
        }
        ChartKind::PointsAndCurve { name, .. } => vec![KeyEntry { name: name.clone(), paint: Paint::Busy, sign: Sign::Dot }],
        ChartKind::AreaStack(layers) if lines_unnamed => layers
            .iter()
            .map(|layer| KeyEntry { sign: Sign::Block(area_pattern(layer.paint)), ..block(layer.name.clone(), layer.paint) })
            .collect(),
        _ => Vec::new(),
    };
    if lines_unnamed {
        let line = |s: &Series| KeyEntry { name: s.name.clone(), paint: s.paint, sign: Sign::Line(s.dash) };
        match &spec.kind {
            ChartKind::Lines(series) => entries.extend(series.iter().take(MAX_SERIES).map(line)),
            ChartKind::PointsAndCurve { curve, .. } => entries.push(line(curve)),
            _ => {}
        }
        entries.extend(spec.marks.iter().filter_map(|mark| match mark {
            Mark::Drawn { label, active, .. } => {
                let paint = if active.is_some() { Paint::Accent } else { Paint::Second };
                Some(KeyEntry { name: label.clone(), paint, sign: Sign::Line(Dash::Dashed) })
            }
            _ => None,
        }));
    }
    entries
}

/// The entries of the key in rows as wide as the picture.
fn key_rows<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec) -> Vec<Vec<(KeyEntry, f64)>> {
    let room = painter.size().0 - painter.px(8.0);
    let mut rows: Vec<Vec<(KeyEntry, f64)>> = Vec::new();
    let mut used = f64::INFINITY;
    for entry in key_entries(painter, spec) {
        let width = painter.width(&entry.name, Words::Tick) + painter.px(34.0);
        if used + width > room {
            rows.push(Vec::new());
            used = 0.0;
        }
        used += width;
        if let Some(row) = rows.last_mut() {
            row.push((entry, width));
        }
    }
    rows
}

/// How many rows the key has.
#[allow(clippy::cast_precision_loss, reason = "a handful of rows")]
pub(super) fn key_row_count<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec) -> f64 {
    key_rows(painter, spec).len() as f64
}

/// Rows of sign and word above the data.
pub(super) fn key<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    let rows = key_rows(painter, spec);
    let mut middle = plot.top - painter.text_px(KEY_ROW_PX * 0.55);
    for row in rows.into_iter().rev() {
        let total: f64 = row.iter().map(|(_, width)| width).sum();
        let mut x = plot.left.min(plot.size.0 - painter.px(4.0) - total).max(painter.px(4.0));
        for (entry, width) in row {
            sign(painter, &entry, (x, middle))?;
            painter.text(&entry.name, (x + painter.px(21.0), middle), Anchor::Left, Words::Tick, Paint::Ink)?;
            x += width;
        }
        middle -= painter.text_px(KEY_ROW_PX);
    }
    Ok(())
}

fn sign<B: DrawingBackend>(painter: &Painter<'_, B>, entry: &KeyEntry, (x, y): Px) -> Drawn<B> {
    let (half, right) = (painter.px(5.0), x + painter.px(16.0));
    match entry.sign {
        Sign::Block(pattern) => painter.block((x, y - half), (right, y + half), entry.paint, pattern),
        Sign::Line(dash) => painter.line(&[(x, y), (right, y)], entry.paint, painter.stroke_px(), dash),
        Sign::Dot => painter.dot((x + painter.px(8.0), y), 4.0, entry.paint, false),
    }
}

#[cfg(test)]
mod tests {
    use super::lone_points;

    #[test]
    fn points_between_gaps_are_drawn_by_themselves() {
        let gap = (1.0, f64::NAN);
        let points = [(0.0, 1.0), gap, (2.0, 1.0), (3.0, 1.0), gap, (5.0, 2.0)];
        assert_eq!(lone_points(&points).collect::<Vec<_>>(), [(0.0, 1.0), (5.0, 2.0)]);
    }
}
