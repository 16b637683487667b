//! Distributions of times: the compact [`Histogram`] of a report, and the dense one that records.
//!
//! Values up to 1,023 us have a bucket each; above that every doubling has 512 buckets.

use crate::report::Histogram;
use std::ops::Range;

/// Buckets of a doubling.
const PER_DOUBLING: usize = 512;
const PER_DOUBLING_LOG2: u32 = PER_DOUBLING.ilog2();
/// Blocks of [`PER_DOUBLING`] buckets; enough for 2^42 us, which is 51 days.
const BLOCKS: usize = 34;
const BUCKETS: usize = BLOCKS * PER_DOUBLING;

/// Bucket of a value.
#[inline(always)]
pub(crate) const fn bucket_of(us: u64) -> usize {
    let shift = (us | (PER_DOUBLING as u64)).ilog2() - PER_DOUBLING_LOG2;
    let bucket = (shift as usize) * PER_DOUBLING + (us >> shift) as usize;
    if bucket < BUCKETS { bucket } else { BUCKETS - 1 }
}

/// Smallest value of a bucket, and how many values share it.
const fn range_of(bucket: u32) -> (u64, u64) {
    let block = bucket >> PER_DOUBLING_LOG2;
    if block <= 1 {
        return (bucket as u64, 1);
    }
    let shift = block - 1;
    let width = 1_u64 << shift;
    (((bucket as u64) - (shift as u64) * PER_DOUBLING as u64) * width, width)
}

/// The middle of a bucket, within what was recorded.
fn middle_of(bucket: u32, min_us: u64, max_us: u64) -> u64 {
    let (low, width) = range_of(bucket);
    (low + (width - 1) / 2).max(min_us).min(max_us)
}

/// Rank of a quantile among `count` values, from 1.
fn rank_of(quantile: f64, count: u64) -> u64 {
    (libm::ceil(quantile.clamp(0.0, 1.0) * count as f64) as u64).clamp(1, count.max(1))
}

impl Histogram {
    /// Adds one value, in microseconds. Recording many: let a run do it.
    pub fn record(&mut self, us: u64) {
        let bucket = bucket_of(us) as u32;
        match self.buckets.binary_search_by_key(&bucket, |(index, _)| *index) {
            Ok(at) => self.buckets[at].1 += 1,
            Err(at) => self.buckets.insert(at, (bucket, 1)),
        }
        self.min_us = if self.count == 0 { us } else { self.min_us.min(us) };
        self.max_us = self.max_us.max(us);
        self.count += 1;
        self.sum_us += u128::from(us);
    }

    /// The value below or at which a share `quantile` (0 to 1) of all values lies, in microseconds, within 0.2 %; 0 when empty.
    #[must_use]
    pub fn quantile_us(&self, quantile: f64) -> u64 {
        let rank = rank_of(quantile, self.count);
        let mut seen = 0;
        for &(bucket, count) in &self.buckets {
            seen += count;
            if seen >= rank {
                return if seen == self.count && rank == self.count { self.max_us } else { middle_of(bucket, self.min_us, self.max_us) };
            }
        }
        0
    }

    /// Mean, in microseconds; 0 when empty.
    #[must_use]
    pub fn mean_us(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum_us as f64 / self.count as f64 }
    }

    /// Adds all values of `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.min_us = if self.count == 0 { other.min_us } else { self.min_us.min(other.min_us) };
        self.max_us = self.max_us.max(other.max_us);
        self.count += other.count;
        self.sum_us += other.sum_us;
        let mut merged = Vec::with_capacity(self.buckets.len().max(other.buckets.len()));
        let (mut ours, mut theirs) = (self.buckets.iter().copied().peekable(), other.buckets.iter().copied().peekable());
        while let Some(bucket) = [ours.peek(), theirs.peek()].into_iter().flatten().map(|(bucket, _)| *bucket).min() {
            let count = |from: &mut std::iter::Peekable<_>| from.next_if(|(b, _): &(u32, u64)| *b == bucket).map_or(0, |(_, n)| n);
            merged.push((bucket, count(&mut ours) + count(&mut theirs)));
        }
        self.buckets = merged;
    }
}

/// Most values that the small counters of the middle layer may come to: half of what one of them can hold.
const SMALL_MAX: u64 = 1 << 31;

/// A histogram that is quick to record into, in layers: the current minute (or minutes, where no row needs it), all before, and what was
/// too much for small counters.
#[derive(Clone)]
pub(crate) struct DenseHistogram {
    recent: Counts,
    /// Bit of each block of `recent` that is used.
    blocks: u64,
    recent_sum_us: u64,
    recent_min_us: u64,
    recent_max_us: u64,
    before: Counts,
    before_blocks: u64,
    /// Values in `before`.
    before_count: u64,
    long_before: Option<Box<[u64; BUCKETS]>>,
    /// Values in both.
    count: u64,
    sum_us: u128,
    min_us: u64,
    max_us: u64,
}

impl DenseHistogram {
    pub(crate) fn new() -> Self {
        Self {
            recent: Counts::none(),
            blocks: 0,
            recent_sum_us: 0,
            recent_min_us: u64::MAX,
            recent_max_us: 0,
            before: Counts::none(),
            before_blocks: 0,
            before_count: 0,
            long_before: None,
            count: 0,
            sum_us: 0,
            min_us: u64::MAX,
            max_us: 0,
        }
    }

    pub(crate) fn record(&mut self, us: u64) {
        self.record_in(bucket_of(us), us);
    }

    /// Records a value whose bucket the caller knows.
    #[inline(always)]
    pub(crate) fn record_in(&mut self, bucket: usize, us: u64) {
        self.recent.each_mut()[bucket] += 1;
        self.blocks |= 1 << (bucket / PER_DOUBLING);
        self.recent_sum_us += us;
        if us < self.recent_min_us {
            self.recent_min_us = us;
        }
        if us > self.recent_max_us {
            self.recent_max_us = us;
        }
    }

    /// Files the current minute away and starts the next.
    pub(crate) fn close_minute(&mut self) {
        if self.blocks == 0 {
            return;
        }
        let mut recent = 0;
        for block in blocks_in(self.blocks) {
            recent += self.recent.move_to(&mut self.before, block);
        }
        self.before_blocks |= self.blocks;
        self.before_count += recent;
        if self.before_count > SMALL_MAX {
            self.make_room();
        }
        self.count += recent;
        self.sum_us += u128::from(self.recent_sum_us);
        self.min_us = self.min_us.min(self.recent_min_us);
        self.max_us = self.max_us.max(self.recent_max_us);
        (self.blocks, self.recent_sum_us, self.recent_min_us, self.recent_max_us) = (0, 0, u64::MAX, 0);
    }

    /// Empties the small counters into the large ones.
    #[cold]
    fn make_room(&mut self) {
        let large = self.long_before.get_or_insert_with(boxed);
        large.iter_mut().zip(self.before.each_mut()).for_each(|(large, small)| *large += u64::from(std::mem::take(small)));
        self.before_count = 0;
    }

    /// Files the current minute away, and returns everything recorded.
    pub(crate) fn file_all(&mut self) -> Histogram {
        self.close_minute();
        let in_bucket = |at: usize| u64::from(self.before.each()[at]) + self.long_before.as_ref().map_or(0, |large| large[at]);
        let counted = blocks_in(self.before_blocks).flatten().map(|at| (at as u32, in_bucket(at)));
        let buckets = counted.filter(|(_, count)| *count > 0).collect();
        let min_us = if self.count == 0 { 0 } else { self.min_us };
        Histogram { count: self.count, sum_us: self.sum_us, min_us, max_us: self.max_us, buckets }
    }
}

/// Quantiles of the current minute over several histograms together; 0 where nothing was recorded.
pub(crate) fn minute_quantiles<const N: usize>(histograms: &[&DenseHistogram], quantiles: [f64; N]) -> [u64; N] {
    let blocks = histograms.iter().fold(0, |all, one| all | one.blocks);
    let min = histograms.iter().map(|one| one.recent_min_us).min().unwrap_or(0);
    let max = histograms.iter().map(|one| one.recent_max_us).max().unwrap_or(0);
    let mut counts = [0; BLOCKS];
    for block in blocks_in(blocks) {
        counts[block.start / PER_DOUBLING] = count_in(histograms, &block);
    }
    let count = counts.iter().sum();
    quantiles.map(|quantile| {
        let mut left = rank_of(quantile, count);
        for block in blocks_in(blocks) {
            let in_block = counts[block.start / PER_DOUBLING];
            if left > in_block {
                left -= in_block;
                continue;
            }
            return bucket_with(histograms, block, left).map_or(0, |bucket| middle_of(bucket as u32, min, max));
        }
        0
    })
}

/// The bucket of a block that holds the value of this rank: a few steps of many buckets, then of one.
fn bucket_with(histograms: &[&DenseHistogram], block: Range<usize>, mut rank: u64) -> Option<usize> {
    const STRIDE: usize = 32;
    for stride in block.step_by(STRIDE) {
        let within = count_in(histograms, &(stride..stride + STRIDE));
        if rank > within {
            rank -= within;
            continue;
        }
        for bucket in stride..stride + STRIDE {
            let here = count_in(histograms, &(bucket..bucket + 1));
            if rank <= here {
                return Some(bucket);
            }
            rank -= here;
        }
    }
    None
}

/// What the current minute has in some buckets of one block.
fn count_in(histograms: &[&DenseHistogram], buckets: &Range<usize>) -> u64 {
    let used = 1 << (buckets.start / PER_DOUBLING);
    let own = histograms.iter().filter(|one| one.blocks & used != 0);
    own.map(|one| one.recent.sum(buckets.clone())).sum()
}

/// Small counters of all buckets, two in each number: all that are closed and summed each minute go by twos, where the machine (wasm's
/// above all) has no wider steps. No sum carries from one into the other, because a layer of small counters holds no more in all than
/// one of them could.
#[derive(Clone)]
struct Counts(Box<[u64; BUCKETS / 2]>);

impl Counts {
    fn none() -> Self {
        Self(boxed())
    }

    #[inline(always)]
    fn each(&self) -> &[u32; BUCKETS] {
        bytemuck::must_cast_ref(&*self.0)
    }

    #[inline(always)]
    fn each_mut(&mut self) -> &mut [u32; BUCKETS] {
        bytemuck::must_cast_mut(&mut *self.0)
    }

    /// Adds the counts of a block to those of `to` and leaves none; returns how many there were.
    fn move_to(&mut self, to: &mut Self, block: Range<usize>) -> u64 {
        let pairs = block.start / 2..block.end / 2;
        let mut moved = 0;
        for (from, to) in self.0[pairs.clone()].iter_mut().zip(&mut to.0[pairs]) {
            moved += *from;
            *to += *from;
            *from = 0;
        }
        both(moved)
    }

    /// Values in some buckets: in one, or from an even one to an odd one.
    fn sum(&self, buckets: Range<usize>) -> u64 {
        if buckets.len() == 1 {
            return u64::from(self.each()[buckets.start]);
        }
        both(self.0[buckets.start / 2..buckets.end / 2].iter().sum())
    }
}

/// The sum of both counts of a pair.
const fn both(pair: u64) -> u64 {
    (pair & u32::MAX as u64) + (pair >> u32::BITS)
}

fn boxed<T: Copy + Default, const N: usize>() -> Box<[T; N]> {
    vec![T::default(); N].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([T::default(); N]))
}

/// The buckets of each block whose bit is set.
fn blocks_in(bits: u64) -> impl Iterator<Item = Range<usize>> {
    (0..BLOCKS).filter(move |block| bits >> block & 1 == 1).map(|block| block * PER_DOUBLING..(block + 1) * PER_DOUBLING)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [u64; 12] = [0, 1, 511, 512, 1_023, 1_024, 1_025, 2_047, 2_048, 999_999, 86_400_000_000, 2_678_400_000_000];

    #[test]
    fn buckets_join_without_gap() {
        let mut end = 0;
        for bucket in 0..BUCKETS as u32 {
            let (low, width) = range_of(bucket);
            assert_eq!(low, end, "{bucket}");
            assert_eq!((bucket_of(low), bucket_of(low + width - 1)), (bucket as usize, bucket as usize));
            end = low + width;
        }
        assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn small_values_are_exact_and_large_ones_within_a_fifth_of_a_percent() {
        for us in VALUES {
            let mut histogram = Histogram::default();
            for us in [us, us, us * 3] {
                histogram.record(us);
            }
            let median = histogram.quantile_us(0.5);
            assert!(median.abs_diff(us) as f64 <= us as f64 * 0.002, "{us} {median}");
            assert!(us > 1_023 || median == us);
        }
    }

    #[test]
    fn quantiles_take_the_ranked_value() {
        let mut histogram = Histogram::default();
        (1..=100).for_each(|us| histogram.record(us));
        assert_eq!([0.0, 0.01, 0.5, 0.99, 1.0].map(|q| histogram.quantile_us(q)), [1, 1, 50, 99, 100]);
        assert_eq!(Histogram::default().quantile_us(0.5), 0);
    }

    #[test]
    fn the_dense_twin_agrees() {
        let mut dense = DenseHistogram::new();
        let mut plain = Histogram::default();
        for us in VALUES {
            dense.record(us);
            plain.record(us);
            if us == 1_024 {
                dense.close_minute();
            }
        }
        let minute = minute_quantiles(&[&dense], [0.5]);
        assert_eq!(minute, [2_048 + 1]);
        assert_eq!(dense.file_all(), plain);
        assert_eq!(minute_quantiles(&[&dense], [0.5]), [0]);
    }

    #[test]
    fn merging_is_recording_both() {
        let (mut even, mut odd, mut all) = (Histogram::default(), Histogram::default(), Histogram::default());
        for (us, i) in VALUES.into_iter().zip(0..) {
            if i % 2 == 0 {
                even.record(us)
            } else {
                odd.record(us)
            }
            all.record(us);
        }
        even.merge(&odd);
        even.merge(&Histogram::default());
        assert_eq!(even, all);
    }
}
