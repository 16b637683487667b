//! Brushes in fractions of pixels: lines with dashes, hatched areas, text. Plotters' drawing area takes what they make.

use super::super::look::{Colour, Dash, Look, Paint, Pattern};
use super::Drawn;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

/// A point in pixels.
pub(super) type Px = (f64, f64);

/// Where a text hangs on its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    UpperLeft,
    UpperRight,
    Top,
    Left,
    Right,
    LowerLeft,
    LowerRight,
}

impl Anchor {
    const fn pos(self) -> Pos {
        let (h_pos, v_pos) = match self {
            Self::UpperLeft => (HPos::Left, VPos::Top),
            Self::Top => (HPos::Center, VPos::Top),
            Self::Left => (HPos::Left, VPos::Center),
            Self::Right => (HPos::Right, VPos::Center),
            Self::UpperRight => (HPos::Right, VPos::Top),
            Self::LowerLeft => (HPos::Left, VPos::Bottom),
            Self::LowerRight => (HPos::Right, VPos::Bottom),
        };
        Pos { h_pos, v_pos }
    }
}

/// Kinds of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// At a tick.
    Tick,
    /// Of an axis.
    Title,
    /// Beside the data.
    Label,
}

/// Strength of a tint, of hatching under it, and of gaps.
const TINT: f64 = 0.16;
const SOLID: f64 = 0.88;
/// Distance of hatch strokes, in CSS pixels.
const HATCH_PX: f64 = 6.0;

/// Draws onto an area.
pub(super) struct Painter<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    look: &'a Look,
}

#[allow(clippy::cast_possible_truncation, reason = "pixels of a canvas")]
fn whole((x, y): Px) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

impl<'a, B: DrawingBackend> Painter<'a, B> {
    pub(super) fn new(area: &'a DrawingArea<B, Shift>, look: &'a Look) -> Self {
        Self { area, look }
    }

    pub(super) fn size(&self) -> (f64, f64) {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width), f64::from(height))
    }

    /// CSS pixels in pixels of the canvas.
    pub(super) fn px(&self, css: f64) -> f64 {
        css * self.look.scale
    }

    /// Distances around texts, given for texts of 12 CSS pixels, in pixels of the canvas.
    pub(super) fn text_px(&self, css: f64) -> f64 {
        self.px(css) * self.look.text_px / 12.0
    }

    pub(super) fn scale(&self) -> f64 {
        self.look.scale
    }

    pub(super) fn stroke_px(&self) -> f64 {
        self.look.stroke_px
    }

    pub(super) fn clear(&self) -> Drawn<B> {
        self.area.fill(&self.look.ground.plotters())
    }

    pub(super) fn present(&self) -> Drawn<B> {
        self.area.present()
    }

    fn style(&self, words: Words, colour: RGBAColor, anchor: Anchor) -> TextStyle<'_> {
        let (size, weight) = match words {
            Words::Tick => (1.0, FontStyle::Normal),
            Words::Title => (1.0, FontStyle::Normal),
            Words::Label => (1.04, FontStyle::Bold),
        };
        let font = FontDesc::new(FontFamily::Name(&self.look.family), self.px(self.look.text_px * size), weight);
        TextStyle { font, color: colour.to_backend_color(), pos: anchor.pos() }
    }

    /// Width of a text, in pixels.
    pub(super) fn width(&self, text: &str, words: Words) -> f64 {
        if text.is_empty() {
            return 0.0;
        }
        let style = self.style(words, self.colour(Paint::Ink, 1.0), Anchor::UpperLeft);
        self.area.estimate_text_size(text, &style).map_or(0.0, |(width, _)| f64::from(width))
    }

    pub(super) fn text(&self, text: &str, at: Px, anchor: Anchor, words: Words, paint: Paint) -> Drawn<B> {
        if text.is_empty() || !at.0.is_finite() || !at.1.is_finite() {
            return Ok(());
        }
        let style = self.style(words, self.colour(paint, 1.0), anchor);
        self.area.draw_text(text, &style, whole(at))
    }

    /// A text with the ground behind it, so that lines do not cross it. It stays within the picture.
    pub(super) fn label(&self, text: &str, at: Px, anchor: Anchor, paint: Paint) -> Drawn<B> {
        let (width, height) = (self.width(text, Words::Label), self.px(self.look.text_px * 1.25));
        let left = match anchor.pos().h_pos {
            HPos::Left => at.0,
            HPos::Center => at.0 - width / 2.0,
            HPos::Right => at.0 - width,
        };
        let room = self.size().0 - width - self.px(2.0);
        let left = left.min(room).max(self.px(2.0));
        let top = match anchor.pos().v_pos {
            VPos::Top => at.1,
            VPos::Center => at.1 - height / 2.0,
            VPos::Bottom => at.1 - height,
        };
        let pad = self.px(2.0);
        let ground = self.look.ground.plotters().mix(0.75).filled();
        self.area.draw(&Rectangle::new([whole((left - pad, top)), whole((left + width + pad, top + height))], ground))?;
        self.text(text, (left, top + height / 2.0), Anchor::Left, Words::Label, paint)
    }

    fn colour(&self, paint: Paint, alpha: f64) -> RGBAColor {
        self.look.colour(paint).plotters().mix(alpha)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    fn stroke(&self, colour: RGBAColor, css_width: f64) -> ShapeStyle {
        colour.stroke_width(self.px(css_width).round().max(1.0) as u32)
    }

    pub(super) fn grid_line(&self, from: Px, to: Px) -> Drawn<B> {
        self.straight(from, to, self.look.grid)
    }

    pub(super) fn axis_line(&self, from: Px, to: Px) -> Drawn<B> {
        self.straight(from, to, self.look.colour(Paint::Third))
    }

    fn straight(&self, from: Px, to: Px, colour: Colour) -> Drawn<B> {
        let style = self.stroke(colour.plotters().mix(1.0), 1.0);
        self.area.draw(&PathElement::new([whole(from), whole(to)], style))
    }

    /// A line through points; points that are no numbers are gaps.
    pub(super) fn line(&self, points: &[Px], paint: Paint, css_width: f64, dash: Dash) -> Drawn<B> {
        let style = self.stroke(self.colour(paint, 1.0), css_width);
        for run in points.split(|(x, y)| !x.is_finite() || !y.is_finite()).filter(|run| run.len() > 1) {
            if dash == Dash::Solid {
                self.path(run, style)?;
                continue;
            }
            let lengths: Vec<f64> = dash.lengths().iter().map(|css| self.px(*css)).collect();
            for stroke in dashes(run, &lengths) {
                self.path(&stroke, style)?;
            }
        }
        Ok(())
    }

    fn path(&self, points: &[Px], style: ShapeStyle) -> Drawn<B> {
        self.area.draw(&PathElement::new(points.iter().copied().map(whole).collect::<Vec<_>>(), style))
    }

    pub(super) fn dot(&self, at: Px, css_radius: f64, paint: Paint, filled: bool) -> Drawn<B> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
        let radius = self.px(css_radius).round().max(1.0) as i32;
        if !filled {
            self.area.draw(&Circle::new(whole(at), radius, self.look.ground.plotters().filled()))?;
        }
        let colour = self.colour(paint, 1.0);
        let style = if filled { colour.filled() } else { self.stroke(colour, 2.0) };
        self.area.draw(&Circle::new(whole(at), radius, style))
    }

    /// A filled band between an upper and a lower edge, which share their x.
    pub(super) fn band(&self, upper: &[Px], lower: &[Px], paint: Paint, pattern: Pattern) -> Drawn<B> {
        let outline: Vec<_> = upper.iter().chain(lower.iter().rev()).copied().map(whole).collect();
        if outline.len() < 3 {
            return Ok(());
        }
        let alpha = if pattern == Pattern::Solid { SOLID } else { TINT };
        self.area.draw(&Polygon::new(outline, self.colour(paint, alpha).filled()))?;
        self.hatch(upper, lower, paint, pattern)
    }

    /// A filled and outlined box.
    pub(super) fn block(&self, upper_left: Px, lower_right: Px, paint: Paint, pattern: Pattern) -> Drawn<B> {
        let (left, top) = upper_left;
        let (right, bottom) = lower_right;
        self.band(&[(left, top), (right, top)], &[(left, bottom), (right, bottom)], paint, pattern)?;
        let outline = self.stroke(self.colour(paint, 1.0), 1.0);
        self.area.draw(&Rectangle::new([whole(upper_left), whole(lower_right)], outline))
    }

    fn hatch(&self, upper: &[Px], lower: &[Px], paint: Paint, pattern: Pattern) -> Drawn<B> {
        let slopes: &[f64] = match pattern {
            Pattern::Solid | Pattern::Tint => return Ok(()),
            Pattern::Rising => &[-1.0],
            Pattern::Falling => &[1.0],
            Pattern::Crossed => &[-1.0, 1.0],
            Pattern::Level => &[0.0],
            Pattern::Upright => &[f64::INFINITY],
        };
        let style = self.stroke(self.colour(paint, 0.8), 1.0);
        for slope in slopes {
            for (from, to) in strokes(upper, lower, *slope, self.px(HATCH_PX)) {
                self.area.draw(&PathElement::new([whole(from), whole(to)], style))?;
            }
        }
        Ok(())
    }
}

/// Cuts a line into strokes.
fn dashes(points: &[Px], lengths: &[f64]) -> Vec<Vec<Px>> {
    let mut strokes = Vec::new();
    let (mut which, mut left, mut stroke) = (0, lengths.first().copied().unwrap_or(1.0), vec![points[0]]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let way = (to.0 - from.0).hypot(to.1 - from.1);
            if way <= left {
                left -= way;
                stroke.push(to);
                break;
            }
            let share = left / way;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            stroke.push(from);
            if which % 2 == 0 {
                strokes.push(std::mem::take(&mut stroke));
            }
            stroke = vec![from];
            which = (which + 1) % lengths.len().max(1);
            left = lengths.get(which).copied().unwrap_or(1.0).max(0.5);
        }
    }
    if which.is_multiple_of(2) {
        strokes.push(stroke);
    }
    strokes
}

/// Hatch strokes of one slope within a band.
fn strokes(upper: &[Px], lower: &[Px], slope: f64, distance: f64) -> Vec<(Px, Px)> {
    let (Some(first), Some(last)) = (upper.first(), upper.last()) else { return Vec::new() };
    let (left, right) = (first.0, last.0);
    let edge = |points: &[Px], x: f64| super::super::table::value_at(points, x);
    if slope.is_infinite() {
        return steps(left, right, distance).map(|x| ((x, edge(upper, x)), (x, edge(lower, x)))).collect();
    }
    let top = upper.iter().map(|p| p.1).fold(f64::INFINITY, f64::min);
    let bottom = lower.iter().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
    let rise = slope * (right - left);
    let spacing = if slope == 0.0 { distance } else { distance * std::f64::consts::SQRT_2 };
    let step = (distance / 4.0).max(1.0);
    let mut found = Vec::new();
    // Every stroke is y = start + slope * (x - left): follow it from left to right and keep what lies within.
    for start in steps(top - rise.max(0.0), bottom - rise.min(0.0), spacing) {
        let mut open: Option<(Px, Px)> = None;
        for x in steps(left, right, step) {
            let y = start + slope * (x - left);
            if y > edge(upper, x) && y < edge(lower, x) {
                open = Some((open.map_or((x, y), |(from, _)| from), (x, y)));
            } else {
                found.extend(open.take());
            }
        }
        found.extend(open);
    }
    found.retain(|(from, to)| from != to);
    found
}

/// Whole multiples of a distance between two values, so that the hatching of neighbours lines up.
fn steps(from: f64, to: f64, distance: f64) -> impl Iterator<Item = f64> {
    let first = (from / distance).ceil();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of a canvas")]
    let count = if to > from { ((to / distance).floor() - first + 1.0).max(0.0) as u32 } else { 0 };
    (0..count).map(move |i| (first + f64::from(i)) * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let strokes = dashes(&[(0.0, 0.0), (100.0, 0.0)], &[6.0, 4.0]);
        let inked: f64 = strokes.iter().flat_map(|s| s.windows(2)).map(|w| w[1].0 - w[0].0).sum();
        assert_eq!(strokes.len(), 10);
        assert!((inked - 60.0).abs() < 1e-9, "{inked}");
    }

    #[test]
    fn hatching_stays_within_its_band() {
        let upper = [(0.0, 10.0), (50.0, 40.0), (100.0, 10.0)];
        let lower = [(0.0, 60.0), (50.0, 60.0), (100.0, 60.0)];
        for slope in [-1.0, 0.0, 1.0, f64::INFINITY] {
            let found = strokes(&upper, &lower, slope, 6.0);
            assert!(!found.is_empty());
            for (x, y) in found.iter().flat_map(|(a, b)| [*a, *b]) {
                let edge = super::super::super::table::value_at(&upper, x);
                assert!((0.0..=100.0).contains(&x) && y >= edge && y <= 60.0, "{x} {y} above {edge}");
            }
        }
    }
}
