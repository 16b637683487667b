//! Where boxes stand: columns side by side, or one below the other where there is no room for that.

use super::layout::PathMap;

/// A box's height, in CSS pixels.
pub const BOX_HEIGHT: f64 = 104.0;
const GAP: (f64, f64) = (34.0, 18.0);
/// Between two columns that stand one below the other.
const GAP_BELOW: f64 = 30.0;
const BOX_WIDTH: (f64, f64) = (104.0, 168.0);
/// Between a box and a way that goes past it.
const CLEAR: f64 = 6.0;

/// A box's place: left, top and width, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub width: f64,
}

/// All places, by box.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// The places.
    pub places: Vec<Place>,
    /// Width and height of the whole.
    pub size: (f64, f64),
    /// Whether columns stand one below the other.
    pub stacked: bool,
}

impl Places {
    /// Places within a width.
    #[must_use]
    pub fn new(map: &PathMap, width: f64) -> Self {
        let columns = ordered(map);
        let count = number(columns.len().max(1));
        let each = (width - GAP.0 * (count - 1.0)) / count;
        if each < BOX_WIDTH.0 { Self::below(map, &columns, width) } else { Self::beside(map, &columns, width, each.min(BOX_WIDTH.1)) }
    }

    fn beside(map: &PathMap, columns: &[Vec<usize>], width: f64, each: f64) -> Self {
        let tallest = number(columns.iter().map(Vec::len).max().unwrap_or(0));
        let height = (tallest * (BOX_HEIGHT + GAP.1) - GAP.1).max(BOX_HEIGHT);
        let mut places = vec![Place { x: 0.0, y: 0.0, width: each }; map.boxes.len()];
        let step = if columns.len() > 1 { (width - each) / number(columns.len() - 1) } else { 0.0 };
        for (column, boxes) in columns.iter().enumerate() {
            let room = height / number(boxes.len().max(1));
            for (row, at) in boxes.iter().enumerate() {
                places[*at].x = number(column) * step;
                places[*at].y = (number(row) + 0.5) * room - BOX_HEIGHT / 2.0;
            }
        }
        Self { places, size: (width, height), stacked: false }
    }

    fn below(map: &PathMap, columns: &[Vec<usize>], width: f64) -> Self {
        let mut places = vec![Place { x: 0.0, y: 0.0, width: 0.0 }; map.boxes.len()];
        let (mut top, gap) = (0.0, GAP.1);
        let fit = (1..=4).rev().find(|fit| number(*fit) * (BOX_WIDTH.0 + gap) - gap <= width).unwrap_or(1);
        for line in columns.iter().flat_map(|boxes| boxes.chunks(fit)) {
            let count = number(line.len());
            let each = ((width - gap * (count - 1.0)) / count).min(BOX_WIDTH.1);
            let left = (width - each * count - gap * (count - 1.0)) / 2.0;
            for (row, at) in line.iter().enumerate() {
                places[*at] = Place { x: left + number(row) * (each + gap), y: top, width: each };
            }
            top += BOX_HEIGHT + GAP_BELOW;
        }
        Self { places, size: (width, (top - GAP_BELOW).max(BOX_HEIGHT)), stacked: true }
    }

    /// The points of a way: from box to box, past what stands between them.
    #[must_use]
    pub fn way(&self, from: usize, to: usize) -> Vec<(f64, f64)> {
        let (start, end) = self.line(from, to);
        let mut way = vec![start];
        for band in self.bands(from, to) {
            let before = way.last().copied().unwrap_or(start);
            way.extend(self.past(&band, before, end));
        }
        way.push(end);
        way
    }

    /// Along the columns, and across them.
    const fn turned(&self, (x, y): (f64, f64)) -> (f64, f64) {
        if self.stacked { (y, x) } else { (x, y) }
    }

    /// A box as it lies along the columns and across them: from, to.
    fn extent(&self, at: usize) -> ((f64, f64), (f64, f64)) {
        let place = self.places[at];
        let (first, last) = (self.turned((place.x, place.y)), self.turned((place.x + place.width, place.y + BOX_HEIGHT)));
        ((first.0, last.0), (first.1, last.1))
    }

    /// The columns, or lines of them, that lie between two boxes, in the order of the way.
    fn bands(&self, from: usize, to: usize) -> Vec<Vec<usize>> {
        if from >= self.places.len() || to >= self.places.len() {
            return Vec::new();
        }
        let (start, end) = (self.extent(from).0, self.extent(to).0);
        let (low, high) = (start.1.min(end.1), start.0.max(end.0));
        let begins = |at: usize| self.extent(at).0.0;
        let mut between: Vec<usize> =
            (0..self.places.len()).filter(|at| begins(*at) > low - 1.0 && self.extent(*at).0.1 < high + 1.0).collect();
        between.sort_by(|a, b| begins(*a).total_cmp(&begins(*b)));
        let mut bands: Vec<Vec<usize>> = Vec::new();
        for at in between {
            match bands.last_mut().filter(|band| (begins(band[0]) - begins(at)).abs() < 1.0) {
                Some(band) => band.push(at),
                None => bands.push(vec![at]),
            }
        }
        if start.0 > end.0 {
            bands.reverse();
        }
        bands
    }

    /// Where a way goes past the boxes of a band, if it would cross one: through the gap that is nearest.
    fn past(&self, band: &[usize], before: (f64, f64), end: (f64, f64)) -> Vec<(f64, f64)> {
        let (before, end) = (self.turned(before), self.turned(end));
        let (along, _) = self.extent(band[0]);
        let across_at = |along: f64| before.1 + (end.1 - before.1) * (along - before.0) / (end.0 - before.0);
        let (first, last) = if before.0 < end.0 { along } else { (along.1, along.0) };
        let (enters, leaves) = (across_at(first), across_at(last));
        let taken: Vec<(f64, f64)> = band.iter().map(|at| self.extent(*at).1).map(|(low, high)| (low - CLEAR, high + CLEAR)).collect();
        if taken.iter().all(|(low, high)| enters.max(leaves) <= *low || enters.min(leaves) >= *high) {
            return Vec::new();
        }
        let limit = self.turned(self.size).1 + CLEAR;
        let is_free = |across: &f64| (-CLEAR..=limit).contains(across) && taken.iter().all(|(low, high)| across <= low || across >= high);
        let wanted = f64::midpoint(enters, leaves);
        let gaps = taken.iter().flat_map(|(low, high)| [*low, *high]).chain([wanted]).filter(is_free);
        let nearest = gaps.min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()));
        let step = CLEAR * (last - first).signum();
        nearest.map(|across| [self.turned((first - step, across)), self.turned((last + step, across))]).into_iter().flatten().collect()
    }

    /// Start and end of a way. Ways back run beside those ahead.
    #[must_use]
    fn line(&self, from: usize, to: usize) -> ((f64, f64), (f64, f64)) {
        let (Some(a), Some(b)) = (self.places.get(from), self.places.get(to)) else { return ((0.0, 0.0), (0.0, 0.0)) };
        let (mid_a, mid_b) = (a.x + a.width / 2.0, b.x + b.width / 2.0);
        if !self.stacked && (a.x - b.x).abs() > 1.0 {
            let ahead = a.x < b.x;
            let (start, end, aside) = if ahead { (a.x + a.width, b.x, 0.0) } else { (a.x, b.x + b.width, 14.0) };
            return ((start, a.y + BOX_HEIGHT / 2.0 + aside), (end, b.y + BOX_HEIGHT / 2.0 + aside));
        }
        if (a.y - b.y).abs() < 1.0 {
            let ahead = a.x < b.x;
            let (start, end) = if ahead { (a.x + a.width, b.x) } else { (a.x, b.x + b.width) };
            return ((start, a.y + BOX_HEIGHT / 2.0), (end, b.y + BOX_HEIGHT / 2.0));
        }
        let (start, end, aside) = if a.y < b.y { (a.y + BOX_HEIGHT, b.y, 0.0) } else { (a.y, b.y + BOX_HEIGHT, 14.0) };
        ((mid_a + aside, start), (mid_b + aside, end))
    }
}

/// The point that far along a way, from 0 to 1.
#[must_use]
pub fn along(way: &[(f64, f64)], share: f64) -> (f64, f64) {
    let length = |pair: &[(f64, f64)]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let mut left = way.windows(2).map(length).sum::<f64>() * share.clamp(0.0, 1.0);
    for pair in way.windows(2) {
        let long = length(pair);
        if left <= long && long > 0.0 {
            let part = left / long;
            return (pair[0].0 + (pair[1].0 - pair[0].0) * part, pair[0].1 + (pair[1].1 - pair[0].1) * part);
        }
        left -= long;
    }
    way.last().copied().unwrap_or_default()
}

/// The boxes of each column, next to what leads to them.
fn ordered(map: &PathMap) -> Vec<Vec<usize>> {
    let mut rows = vec![0.0; map.boxes.len()];
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for column in 0..map.columns() {
        let mut boxes: Vec<usize> = (0..map.boxes.len()).filter(|at| map.boxes[*at].column == column).collect();
        let mean = |at: usize| {
            let before: Vec<f64> = map.before(at).filter(|from| map.boxes[*from].column < column).map(|from| rows[from]).collect();
            before.iter().sum::<f64>() / number(before.len().max(1))
        };
        if column > 0 {
            boxes.sort_by(|a, b| mean(*a).total_cmp(&mean(*b)));
        }
        let count = number(boxes.len().max(1));
        boxes.iter().enumerate().for_each(|(row, at)| rows[*at] = (number(row) + 0.5) / count);
        if !boxes.is_empty() {
            columns.push(boxes);
        }
    }
    columns
}

#[allow(clippy::cast_precision_loss, reason = "a handful of boxes")]
const fn number(count: usize) -> f64 {
    count as f64
}
