//! Where things stand on the stage, in CSS pixels of its own drawing.

/// How big a tile is drawn; words fit only on large ones, so the counts above the lanes always say them too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileSize {
    /// Number, word and clock.
    Large,
    /// Number only.
    Medium,
    /// Colour and pattern only.
    Small,
}

impl TileSize {
    /// Width and height.
    #[must_use]
    pub const fn extent(self) -> (f64, f64) {
        match self {
            Self::Large => (72.0, 48.0),
            Self::Medium => (42.0, 28.0),
            Self::Small => (24.0, 16.0),
        }
    }

    const fn gap(self) -> f64 {
        match self {
            Self::Large => 12.0,
            Self::Medium => 8.0,
            Self::Small => 5.0,
        }
    }
}

/// Where the shelf, the lane and the door are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Width of the drawing.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Size of every tile.
    pub size: TileSize,
    /// Tiles in a row.
    pub columns: usize,
    /// Places drawn on the shelf.
    pub shelf_slots: usize,
    /// Places drawn in the lane.
    pub lane_slots: usize,
    /// Top of the shelf's frame; the frame is left out without places.
    pub shelf_top: f64,
    /// Height of the shelf's frame.
    pub shelf_height: f64,
    /// Top of the lane's frame.
    pub lane_top: f64,
    /// Height of the lane's frame.
    pub lane_height: f64,
}

const DOOR_WIDTH: f64 = 52.0;
const FRAME_PADDING: f64 = 10.0;
const FRAME_TITLE: f64 = 24.0;
const FRAME_GAP: f64 = 14.0;
/// Rows that a lane may take before its tiles shrink.
const ROWS_COMFORTABLE: usize = 5;

impl Layout {
    /// Fits `shelf_slots` and `lane_slots` tiles into `width`; at least one place is drawn in the lane.
    #[must_use]
    pub fn new(width: f64, shelf_slots: usize, lane_slots: usize) -> Self {
        let width = width.clamp(240.0, 1_600.0);
        let lane_slots = lane_slots.max(1);
        let most = shelf_slots.max(lane_slots);
        let fits = |size: TileSize| rows(most, columns(width, size)) <= ROWS_COMFORTABLE;
        let size = [TileSize::Large, TileSize::Medium].into_iter().find(|size| fits(*size)).unwrap_or(TileSize::Small);
        let columns = columns(width, size);
        let shelf_height = if shelf_slots == 0 { 0.0 } else { frame_height(rows(shelf_slots, columns), size) };
        let lane_top = if shelf_slots == 0 { 0.0 } else { shelf_height + FRAME_GAP };
        let lane_height = frame_height(rows(lane_slots, columns), size);
        Self {
            width,
            height: lane_top + lane_height,
            size,
            columns,
            shelf_slots,
            lane_slots,
            shelf_top: 0.0,
            shelf_height,
            lane_top,
            lane_height,
        }
    }

    /// Left edge of both frames.
    #[must_use]
    pub const fn frame_left(&self) -> f64 {
        DOOR_WIDTH
    }

    /// Width of both frames.
    #[must_use]
    pub fn frame_width(&self) -> f64 {
        self.width - DOOR_WIDTH
    }

    /// Top left corner of a tile.
    #[must_use]
    pub fn tile(&self, provisioned: bool, slot: usize) -> (f64, f64) {
        let (width, height) = self.size.extent();
        let gap = self.size.gap();
        let (column, row) = (slot % self.columns, slot / self.columns);
        let top = if provisioned { self.shelf_top } else { self.lane_top };
        let x = DOOR_WIDTH + FRAME_PADDING + as_f64(column) * (width + gap);
        let y = top + FRAME_TITLE + FRAME_PADDING + as_f64(row) * (height + gap);
        (x, y)
    }

    /// Where a request stands on its tile: beside the number, above the word, so that both can be read.
    #[must_use]
    pub fn landing(&self, provisioned: bool, slot: usize) -> (f64, f64) {
        let (x, y) = self.tile(provisioned, slot);
        let (width, height) = self.size.extent();
        (x + width * 0.8, y + height * 0.3)
    }

    /// Where requests come in.
    #[must_use]
    pub fn door(&self) -> (f64, f64) {
        (12.0, self.height / 2.0)
    }

    /// Where a request learns that the shelf is full, or that it is refused.
    #[must_use]
    pub fn gate(&self) -> (f64, f64) {
        let y = if self.shelf_slots == 0 { self.height / 2.0 } else { self.shelf_top + self.shelf_height };
        (DOOR_WIDTH - 8.0, y)
    }
}

fn columns(width: f64, size: TileSize) -> usize {
    let usable = width - DOOR_WIDTH - 2.0 * FRAME_PADDING + size.gap();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen at most, and not negative")]
    let columns = (usable / (size.extent().0 + size.gap())).floor() as usize;
    columns.max(1)
}

const fn rows(slots: usize, columns: usize) -> usize {
    slots.div_ceil(columns)
}

fn frame_height(rows: usize, size: TileSize) -> f64 {
    let (_, height) = size.extent();
    FRAME_TITLE + 2.0 * FRAME_PADDING + as_f64(rows) * (height + size.gap()) - size.gap()
}

#[allow(clippy::cast_precision_loss, reason = "slots number a few thousand at most")]
const fn as_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_shrink_until_the_lane_is_comfortable() {
        assert_eq!(Layout::new(640.0, 3, 4).size, TileSize::Large);
        assert_eq!(Layout::new(640.0, 50, 10).size, TileSize::Medium);
        assert_eq!(Layout::new(320.0, 50, 10).size, TileSize::Small);
    }

    #[test]
    fn no_tile_leaves_the_drawing() {
        for (width, shelf, lane) in [(320.0, 0, 1), (320.0, 3, 7), (640.0, 50, 20), (1_280.0, 100, 300), (10.0, 5, 5)] {
            let layout = Layout::new(width, shelf, lane);
            let (tile_width, tile_height) = layout.size.extent();
            for (provisioned, slots) in [(true, shelf), (false, lane)] {
                for slot in 0..slots {
                    let (x, y) = layout.tile(provisioned, slot);
                    assert!(x + tile_width <= layout.width + 0.5, "{width} {slot}: {x}");
                    assert!(y + tile_height <= layout.height + 0.5, "{width} {slot}: {y}");
                }
            }
        }
    }
}
