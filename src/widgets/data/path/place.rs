//! Where boxes stand: columns side by side, or one below the other where there is no room for that.

use super::layout::PathMap;

/// A box's height, in CSS pixels.
pub const BOX_HEIGHT: f64 = 104.0;
const GAP: (f64, f64) = (34.0, 18.0);
/// Between two columns that stand one below the other.
const GAP_BELOW: f64 = 30.0;
const BOX_WIDTH: (f64, f64) = (104.0, 168.0);

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

    /// Start and end of a way. Ways back run beside those ahead.
    #[must_use]
    pub fn line(&self, from: usize, to: usize) -> ((f64, f64), (f64, f64)) {
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
