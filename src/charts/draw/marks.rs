//! Limits, moments, bets and drawn curves.

use super::super::look::{Dash, Paint, Pattern};
use super::super::scale::Plot;
use super::super::spec::{ChartKind, ChartSpec, Mark};
use super::super::table::value_at;
use super::Drawn;
use super::painter::{Anchor, Painter, Px};
use plotters_backend::DrawingBackend;

/// What lies behind the data.
pub(super) fn behind<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    for mark in &spec.marks {
        match mark {
            Mark::Span { from, to, .. } => {
                let (left, right) = (plot.x_px(*from).max(plot.left), plot.x_px(*to).min(plot.right));
                let corners = |y: f64| [(left, y), (right, y)];
                painter.band(&corners(plot.top), &corners(plot.bottom), Paint::Third, Pattern::Tint)?;
            }
            Mark::BetBand { low, high, .. } => {
                let corners = |y: f64| [(plot.left, plot.y_px(y)), (plot.right, plot.y_px(y))];
                painter.band(&corners(*high), &corners(*low), Paint::Second, Pattern::Rising)?;
            }
            Mark::Drawn { points, against: Some(line), .. } => gap(painter, spec, points, *line, plot)?,
            _ => {}
        }
    }
    Ok(())
}

/// Hatches what lies between a drawn curve and the line that it is compared with.
fn gap<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, points: &[(f64, f64)], line: usize, plot: &Plot) -> Drawn<B> {
    let ChartKind::Lines(series) = &spec.kind else { return Ok(()) };
    let Some(truth) = series.get(line) else { return Ok(()) };
    let both = points.iter().filter_map(|(x, y)| {
        let true_y = value_at(&truth.points, *x);
        let (drawn, real) = (plot.px((*x, *y)), plot.px((*x, true_y)));
        (drawn.1.is_finite() && real.1.is_finite()).then_some((drawn, real))
    });
    let (upper, lower): (Vec<Px>, Vec<Px>) = both.map(|(a, b)| ((a.0, a.1.min(b.1)), (a.0, a.1.max(b.1)))).unzip();
    painter.band(&upper, &lower, Paint::Second, Pattern::Rising)
}

/// What lies before the data.
pub(super) fn before<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    for mark in &spec.marks {
        match mark {
            Mark::Limit { y, label, paint } => level(painter, plot, *y, label, *paint, Dash::Solid)?,
            Mark::BetLevel { y, label } => level(painter, plot, *y, label, Paint::Second, Dash::Dashed)?,
            Mark::BetBand { high, label, .. } => {
                painter.label(label, (plot.left + painter.px(6.0), plot.y_px(*high)), Anchor::Left, Paint::Second)?;
            }
            Mark::At { .. } | Mark::BetAt { .. } => {}
            Mark::Span { from, label, .. } => {
                let left = plot.x_px(*from).max(plot.left);
                painter.label(label, (left + painter.px(4.0), plot.bottom - painter.px(4.0)), Anchor::Left, Paint::Second)?;
            }
            Mark::Drawn { points, active, .. } => drawn(painter, plot, points, *active)?,
        }
    }
    moments(painter, spec, plot)
}

fn level<B: DrawingBackend>(painter: &Painter<'_, B>, plot: &Plot, y: f64, label: &str, paint: Paint, dash: Dash) -> Drawn<B> {
    let at = plot.y_px(y);
    if !at.is_finite() || at < plot.top - 1.0 || at > plot.bottom + 1.0 {
        return Ok(());
    }
    painter.line(&[(plot.left, at), (plot.right, at)], paint, 1.5, dash)?;
    // Above the line, unless that is above the plot.
    let room = at - plot.top > painter.text_px(20.0);
    let (away, anchor) = if room { (-3.0, Anchor::LowerLeft) } else { (4.0, Anchor::UpperLeft) };
    painter.label(label, (plot.left + painter.px(6.0), at + painter.px(away)), anchor, paint)
}

/// Lines upwards with their names at the top. Names come after all lines, so that none is crossed out, and go down by a row each, so that
/// they do not cover each other.
fn moments<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, plot: &Plot) -> Drawn<B> {
    let of_mark = |mark: &'_ Mark| match mark {
        Mark::At { x, paint, .. } => Some((plot.x_px(*x), *paint, Dash::DashDotted)),
        Mark::BetAt { x, .. } => Some((plot.x_px(*x), Paint::Second, Dash::Dashed)),
        _ => None,
    };
    let is_shown = |at: f64| at.is_finite() && at >= plot.left - 1.0 && at <= plot.right + 1.0;
    let shown = || spec.marks.iter().filter_map(|mark| Some((mark, of_mark(mark)?))).filter(|(_, (at, ..))| is_shown(*at));
    for (_, (at, paint, dash)) in shown() {
        painter.line(&[(at, plot.top), (at, plot.bottom)], paint, 1.5, dash)?;
    }
    let mut row = 0.0;
    for (mark, (at, paint, _)) in shown() {
        let (Mark::At { label, .. } | Mark::BetAt { label, .. }) = mark else { continue };
        let top = plot.top + painter.text_px(2.0 + 17.0 * (row % 3.0));
        row += 1.0;
        let left_half = at < f64::midpoint(plot.left, plot.right);
        let (away, anchor) = if left_half { (painter.px(5.0), Anchor::UpperLeft) } else { (-painter.px(5.0), Anchor::UpperRight) };
        painter.label(label, (at + away, top), anchor, paint)?;
    }
    Ok(())
}

fn drawn<B: DrawingBackend>(painter: &Painter<'_, B>, plot: &Plot, points: &[(f64, f64)], active: Option<usize>) -> Drawn<B> {
    let paint = if active.is_some() { Paint::Accent } else { Paint::Second };
    let line: Vec<Px> = points.iter().map(|p| plot.px(*p)).collect();
    painter.line(&line, paint, painter.stroke_px() * 1.2, Dash::Dashed)?;
    for (i, at) in line.iter().enumerate().filter(|_| active.is_some()) {
        if active == Some(i) {
            painter.dot(*at, 7.0, paint, false)?;
        }
        painter.dot(*at, 3.0, paint, true)?;
    }
    Ok(())
}
