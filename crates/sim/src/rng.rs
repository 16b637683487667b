//! Keyed random draws: each draw is a function of (seed, purpose, entity, request, attempt) and of nothing else.
//!
//! A sequential generator would hand later requests other numbers as soon as one more cold start or throttle happened. Here a
//! draw depends on its key alone, so that two runs which differ in one setting can be compared request by request.
//!
//! A [`Stream`] holds the hash of (seed, purpose, entity). Draw `(n, a)` of it is the finalizer of SplitMix64 (Stafford's variant 13)
//! applied to `stream + n * GAMMA + a * DELTA`: for a fixed attempt that is the SplitMix64 sequence itself, started at a random place.

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
const DELTA: u64 = 0xD1B5_4A32_D192_ED03;
/// Turns 53 random bits into [0, 1).
const UNIT: f64 = 1.0 / (1u64 << 53) as f64;

/// What a draw is for. The numbers are part of every digest: never reuse or change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Purpose {
    Arrival = 1,
    Phase = 2,
    SwitchTime = 3,
    Cpu = 4,
    Wait = 5,
    FirstRun = 6,
    Failure = 7,
    Sandbox = 8,
    RuntimeInit = 9,
    CodeInit = 10,
    IdleLife = 11,
    MaxLife = 12,
    Reuse = 13,
    Jitter = 14,
    UnitRuntimeInit = 15,
    UnitCodeInit = 16,
    Duplicate = 17,
    SystemError = 18,
    PassedOn = 19,
    Poison = 20,
    Handover = 40,
    HandoverWait = 41,
    HandoverDelay = 42,
    HandedOverTwice = 43,
    MessageGroup = 60,
    MessageError = 61,
    MessagePoison = 62,
    MessageFilter = 63,
    LowTraffic = 64,
    PartitionKey = 65,
    UnitSandbox = 70,
    CallLatency = 71,
    CallError = 72,
    CallJitter = 73,
    Client = 80,
    Background = 81,
    LargeRequest = 82,
    ExtensionInit = 83,
    ExtensionAfter = 84,
    Shutdown = 85,
    Restore = 86,
    AfterRestore = 87,
    Proactive = 88,
    ProactiveLead = 89,
    NetworkInterface = 90,
    UnitClient = 91,
    UnitExtensionInit = 92,
}

/// The draws of one purpose, for those who need them of one entity after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Family(u64);

/// The draws of one purpose and one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stream(u64);

/// One draw: 64 random bits, and more where one is not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draw(u64);

const fn finalize(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

impl Family {
    pub(crate) const fn new(seed: u64, purpose: Purpose) -> Self {
        let by_seed = finalize(seed.wrapping_add(GAMMA));
        Self(finalize(by_seed ^ (purpose as u64).wrapping_mul(GAMMA)))
    }

    #[inline(always)]
    pub(crate) const fn of(self, entity: u64) -> Stream {
        Stream(finalize(self.0.wrapping_add(entity.wrapping_mul(DELTA))))
    }
}

impl Stream {
    pub(crate) const fn new(seed: u64, purpose: Purpose, entity: u64) -> Self {
        Family::new(seed, purpose).of(entity)
    }

    /// The draw of the first attempt of `request` (or of the only one).
    #[inline(always)]
    pub(crate) const fn draw(self, request: u64) -> Draw {
        Draw(finalize(self.0.wrapping_add(request.wrapping_mul(GAMMA))))
    }

    /// The draw of any attempt of `request`, from 1; attempt 1 is [`Stream::draw`].
    #[inline(always)]
    pub(crate) const fn draw_attempt(self, request: u64, attempt: u16) -> Draw {
        let again = (attempt as u64).wrapping_sub(1).wrapping_mul(DELTA);
        Draw(finalize(self.0.wrapping_add(request.wrapping_mul(GAMMA)).wrapping_add(again)))
    }
}

impl Draw {
    /// The 64 bits.
    #[inline(always)]
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// A further draw of the same key, for rejection sampling.
    #[inline(always)]
    pub(crate) const fn next(self) -> Self {
        Self(finalize(self.0.wrapping_add(DELTA)))
    }

    /// The draw `steps` further on; the same one for 0.
    #[inline(always)]
    pub(crate) const fn further(self, steps: u32) -> Self {
        if steps == 0 { self } else { Self(finalize(self.0 ^ (steps as u64).wrapping_mul(GAMMA))) }
    }

    /// Uniform in [0, 1), in steps of 2^-53.
    #[inline(always)]
    pub(crate) const fn unit(self) -> f64 {
        // By way of i64: browsers convert signed numbers in one step, unsigned ones in several.
        (self.0 >> 11) as i64 as f64 * UNIT
    }

    /// Uniform among 0 to `n` - 1; 0 when `n` is 0. The bias is below n / 2^32.
    #[inline(always)]
    pub(crate) const fn below(self, n: u32) -> u32 {
        (((self.0 >> 32) * n as u64) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_are_stable() {
        let stream = Stream::new(1, Purpose::Arrival, 0);
        let values = [stream.draw(0).bits(), stream.draw(1).bits(), stream.draw_attempt(1, 2).bits(), stream.draw(1).next().bits()];
        assert_eq!(
            values,
            [16_228_952_313_637_031_375, 825_971_408_479_201_008, 5_220_346_379_966_161_570, 5_688_575_979_240_591_520],
            "a changed value changes every digest: raise the model version"
        );
    }

    #[test]
    fn attempt_one_is_the_plain_draw() {
        let stream = Stream::new(7, Purpose::Cpu, 3);
        assert_eq!(stream.draw(11), stream.draw_attempt(11, 1));
        assert_ne!(stream.draw(11), stream.draw_attempt(11, 2));
    }

    #[test]
    fn units_are_uniform_by_kolmogorov_and_smirnov() {
        let n = 100_000_u32;
        for (seed, purpose, entity) in [(1, Purpose::Arrival, 0), (2, Purpose::Cpu, 5), (u64::MAX, Purpose::Jitter, 1)] {
            let stream = Stream::new(seed, purpose, entity);
            let mut units: Vec<f64> = (0..n).map(|i| stream.draw(u64::from(i)).unit()).collect();
            units.sort_by(f64::total_cmp);
            let n = f64::from(n);
            let distance = units.iter().zip(0_u32..).map(|(u, i)| (u - (f64::from(i) + 0.5) / n).abs()).fold(0.0, f64::max);
            assert!(distance < 1.95 / n.sqrt(), "{distance}");
        }
    }

    /// Flipping any input bit flips each output bit about half of the time.
    #[test]
    fn inputs_avalanche() {
        let flips = |a: u64, b: u64| f64::from((a ^ b).count_ones());
        for bit in 0..64 {
            let mut by_request = 0.0;
            let mut by_seed = 0.0;
            let mut by_entity = 0.0;
            for i in 0..512_u64 {
                let key = i.wrapping_mul(0x1234_5678_9ABC_DEF1);
                let plain = Stream::new(key, Purpose::Wait, key >> 7);
                let at = plain.draw(key >> 3).bits();
                by_request += flips(at, plain.draw((key >> 3) ^ (1 << bit)).bits());
                by_seed += flips(at, Stream::new(key ^ (1 << bit), Purpose::Wait, key >> 7).draw(key >> 3).bits());
                by_entity += flips(at, Stream::new(key, Purpose::Wait, (key >> 7) ^ (1 << bit)).draw(key >> 3).bits());
            }
            for mean in [by_request, by_seed, by_entity].map(|sum| sum / 512.0) {
                assert!((mean - 32.0).abs() < 1.2, "bit {bit}: {mean}");
            }
        }
    }

    #[test]
    fn streams_are_uncorrelated() {
        let n = 100_000_u32;
        let one = Stream::new(1, Purpose::Cpu, 0);
        for other in [Stream::new(1, Purpose::Wait, 0), Stream::new(2, Purpose::Cpu, 0), Stream::new(1, Purpose::Cpu, 1)] {
            let product: f64 = (0..u64::from(n)).map(|i| (one.draw(i).unit() - 0.5) * (other.draw(i).unit() - 0.5)).sum();
            let correlation = product / f64::from(n) * 12.0;
            assert!(correlation.abs() < 4.0 / f64::from(n).sqrt(), "{correlation}");
        }
    }

    #[test]
    fn below_stays_below() {
        let stream = Stream::new(5, Purpose::Reuse, 0);
        assert!((0..1_000).all(|i| stream.draw(i).below(7) < 7));
        assert_eq!(stream.draw(1).below(0), 0);
        assert_eq!(stream.draw(1).below(1), 0);
    }
}
