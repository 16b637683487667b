//! Drawing: layout of the frame here, brushes in [`painter`], each kind of chart in [`kinds`], marks in [`marks`].

mod kinds;
mod marks;
mod painter;

use super::look::{Look, Paint};
use super::scale::{self, Plot, Span, Tick};
use super::spec::{ChartKind, ChartSpec, Scale};
use painter::{Anchor, Painter, Words};
use plotters::drawing::IntoDrawingArea;
use plotters_backend::DrawingBackend;

/// What a backend says when it cannot draw.
pub(super) type Drawn<B, T = ()> = Result<T, plotters::drawing::DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Draws a chart over the whole of the backend and says where its data went.
///
/// # Errors
/// When the backend fails.
pub fn draw<B: DrawingBackend>(backend: B, spec: &ChartSpec, look: &Look) -> Drawn<B, Plot> {
    let area = backend.into_drawing_area();
    let painter = Painter::new(&area, look);
    painter.clear()?;
    let layout = Layout::of(&painter, spec);
    frame(&painter, spec, &layout)?;
    marks::behind(&painter, spec, &layout.plot)?;
    kinds::data(&painter, spec, &layout.plot)?;
    marks::before(&painter, spec, &layout.plot)?;
    kinds::direct_labels(&painter, spec, &layout.plot)?;
    kinds::key(&painter, spec, &layout.plot)?;
    painter.present()?;
    Ok(layout.plot)
}

struct Layout {
    plot: Plot,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
}

/// Distances, in CSS pixels.
const TITLE_ROW: f64 = 28.0;
const TICK_ROW: f64 = 22.0;
const X_TITLE_ROW: f64 = 18.0;
const EDGE: f64 = 4.0;
const TICK_GAP: f64 = 8.0;
const LABEL_GAP: f64 = 8.0;
/// CSS pixels for each tick.
const PX_PER_X_TICK: f64 = 84.0;
const PX_PER_Y_TICK: f64 = 44.0;

/// How many ticks fit.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 2..=12")]
fn tick_count(px: f64, each: f64) -> usize {
    (px / each).round().clamp(2.0, 12.0) as usize
}

impl Layout {
    fn of<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec) -> Self {
        let px = |css: f64| painter.px(css);
        let (width, height) = painter.size();
        let row = |css: f64| painter.text_px(css);
        let top = row(TITLE_ROW) + row(kinds::KEY_ROW_PX) * kinds::key_row_count(painter, spec);
        let x_title = if scale::title(&spec.x).is_empty() { 0.0 } else { row(X_TITLE_ROW) };
        let bottom = (height - row(TICK_ROW) - x_title).max(top + 1.0);

        let y_wanted = tick_count((bottom - top) / painter.scale(), PX_PER_Y_TICK);
        let (y, mut y_ticks) = y_axis(spec, y_wanted);
        let left_words = y_ticks.iter().map(|tick| painter.width(&tick.label, Words::Tick)).fold(0.0, f64::max);
        let left = (px(EDGE) + left_words + px(TICK_GAP)).min(width * 0.4);
        let room = left - px(EDGE) - px(TICK_GAP);
        for tick in &mut y_ticks {
            tick.label = fitting(&tick.label, room, |text| painter.width(text, Words::Tick));
        }

        let labels = kinds::direct_label_width(painter, spec);
        let right_room = if labels > 0.0 { labels + px(LABEL_GAP + EDGE) } else { px(18.0) };
        let right = (width - right_room.min(width * 0.35)).max(left + 1.0);

        let x_wanted = tick_count((right - left) / painter.scale(), PX_PER_X_TICK * painter.text_px(1.0) / painter.px(1.0));
        let x_from_zero = matches!(spec.kind, ChartKind::StackedBars { .. });
        let x = scale::span(&spec.x, spec.x_extent(), x_from_zero, x_wanted);
        let x_ticks = scale::ticks(&spec.x, &x, x_wanted);
        Self { plot: Plot { left, right, top, bottom, x, y, size: (width, height) }, x_ticks, y_ticks }
    }
}

/// The text, or as much of its beginning as there is room for. The table below the chart has it whole.
fn fitting(text: &str, room: f64, width: impl Fn(&str) -> f64) -> String {
    if width(text) <= room + 0.5 {
        return text.to_owned();
    }
    let ends = text.char_indices().map(|(at, _)| at).rev();
    let cut = |end: usize| format!("{}\u{2026}", text[..end].trim_end());
    ends.map(cut).find(|shorter| width(shorter) <= room).unwrap_or_default()
}

/// The upward axis. Rows with names run from 0 at the top to their number at the bottom.
fn y_axis(spec: &ChartSpec, wanted: usize) -> (Span, Vec<Tick>) {
    #[allow(clippy::cast_precision_loss, reason = "a handful of rows")]
    let rows = |names: Vec<String>| {
        let count = names.len().max(1);
        let every = count.div_ceil((wanted * 2).max(1));
        let span = Span { from: count as f64, to: 0.0, scale: Scale::Linear };
        let named = names.into_iter().enumerate().filter(|(i, _)| i % every == 0);
        (span, named.map(|(i, label)| Tick { value: i as f64 + 0.5, label }).collect())
    };
    match &spec.kind {
        ChartKind::Gantt(lives) => rows(lives.iter().map(|row| row.label.clone()).collect()),
        ChartKind::StackedBars { bars, .. } => rows(bars.iter().map(|bar| bar.label.clone()).collect()),
        _ => {
            let span = scale::span(&spec.y, spec.y_extent(), true, wanted);
            let ticks = scale::ticks(&spec.y, &span, wanted);
            (span, ticks)
        }
    }
}

/// Titles, ticks, grid.
fn frame<B: DrawingBackend>(painter: &Painter<'_, B>, spec: &ChartSpec, layout: &Layout) -> Drawn<B> {
    let plot = &layout.plot;
    let named_rows = matches!(spec.kind, ChartKind::Gantt(_) | ChartKind::StackedBars { .. });
    let y_title = scale::title(&spec.y);
    painter.text(&y_title, (painter.px(EDGE), painter.px(3.0)), Anchor::UpperLeft, Words::Title, Paint::Second)?;
    for tick in &layout.y_ticks {
        let y = plot.y_px(tick.value);
        if !named_rows {
            painter.grid_line((plot.left, y), (plot.right, y))?;
        }
        painter.text(&tick.label, (plot.left - painter.px(TICK_GAP), y), Anchor::Right, Words::Tick, Paint::Second)?;
    }
    let mut free_from = f64::MIN;
    for tick in &layout.x_ticks {
        let x = plot.x_px(tick.value);
        if named_rows {
            painter.grid_line((x, plot.top), (x, plot.bottom))?;
        } else {
            painter.axis_line((x, plot.bottom), (x, plot.bottom + painter.px(4.0)))?;
        }
        let half = painter.width(&tick.label, Words::Tick) / 2.0;
        // At the foot of a narrow margin a label stands a little to the right rather than half outside.
        let x = x.max(half + painter.px(2.0));
        if x - half < free_from || x + half > plot.size.0 {
            continue;
        }
        free_from = x + half + painter.px(6.0);
        painter.text(&tick.label, (x, plot.bottom + painter.px(8.0)), Anchor::Top, Words::Tick, Paint::Second)?;
    }
    painter.axis_line((plot.left, plot.bottom), (plot.right, plot.bottom))?;
    let x_title = scale::title(&spec.x);
    painter.text(&x_title, (plot.right, plot.size.1 - painter.px(2.0)), Anchor::LowerRight, Words::Title, Paint::Second)
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn a_name_that_does_not_fit_ends_in_an_ellipsis() {
        let width = |text: &str| f64::from(u32::try_from(text.chars().count()).unwrap_or_default());
        assert_eq!(fitting("On demand", 9.0, width), "On demand");
        assert_eq!(fitting("Ten provisioned units", 12.0, width), "Ten provisi\u{2026}");
        assert_eq!(fitting("One ping", 5.0, width), "One\u{2026}", "no blank before it");
        assert_eq!(fitting("A", 0.0, width), "");
    }
}
