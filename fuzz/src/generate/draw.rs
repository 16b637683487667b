//! Bytes as choices. When they run out every choice is the first one, so a short input is a plain scenario.

use arbitrary::Unstructured;
use coldstart_sim::limits::Range;

/// The bytes that are not used up yet.
pub(crate) struct Draw<'a>(Unstructured<'a>);

impl<'a> Draw<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(Unstructured::new(bytes))
    }

    /// A whole number below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0.int_in_range(0..=end.saturating_sub(1)).unwrap_or(0)
    }

    /// True for `parts` of `of` bytes; never once they have run out.
    pub(crate) fn chance(&mut self, parts: u32, of: u32) -> bool {
        self.below(of) >= of - parts
    }

    /// One of these.
    pub(crate) fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        let last = u32::try_from(items.len()).unwrap_or(1);
        items[super::usize_of(self.below(last))].clone()
    }

    /// One of these, or none.
    pub(crate) fn maybe<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        self.chance(1, 2).then(|| self.pick(items))
    }

    /// 0 to 1, both included.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(self.below(1 << 16)) / f64::from((1 << 16) - 1)
    }

    /// A share that is nothing more often than not, and half at most.
    pub(crate) fn rare_share(&mut self) -> f64 {
        if self.chance(1, 3) { self.share() / 2.0 } else { 0.0 }
    }

    /// A number of the range: mostly the usual one or one near it, sometimes any, seldom an end.
    pub(crate) fn number(&mut self, usual: f64, range: Range<f64>) -> f64 {
        let number = match self.below(16) {
            0..6 => usual,
            6..13 => usual * f64::from(1 + self.below(255)) / 64.0,
            13 => range.min + self.share() * (range.max - range.min),
            14 => range.min,
            _ => range.max,
        };
        number.clamp(range.min, range.max)
    }

    /// The same for whole numbers.
    pub(crate) fn whole(&mut self, usual: u32, range: Range<u32>) -> u32 {
        let Range { min, max } = range;
        // Not above 32 bits, as its range is not.
        self.number(f64::from(usual), Range::new(f64::from(min), f64::from(max))) as u32
    }

    /// Times that rise, `step_s` apart or so.
    pub(crate) fn rising(&mut self, most: u32, step_s: f64) -> Vec<f64> {
        let mut at_s = 0.0;
        let steps = self.below(most + 1);
        let mut next = || {
            at_s += step_s * f64::from(1 + self.below(200)) / 100.0;
            at_s
        };
        (0..steps).map(|_| next()).collect()
    }
}
