//! The wall clock of a morning: minutes of the run and the time of day that they show.

use coldstart_sim::ScenarioSpec;

const MINUTE_S: u32 = 60;
const MINUTE_US: u64 = 60_000_000;
const MINUTES_OF_DAY: u32 = 24 * 60;

/// Minutes since midnight.
pub type ClockMinute = u32;

/// Where the storyboard's moments lie, in minutes since midnight.
pub mod moment {
    use super::ClockMinute;

    /// First minute of the charts.
    pub const CHART_FROM: ClockMinute = 8 * 60 + 50;
    /// The dashboard opens.
    pub const OPENING: ClockMinute = 8 * 60 + 58;
    /// The shops open.
    pub const NINE: ClockMinute = 9 * 60;
    /// The call is set up; evidence covers the time before it.
    pub const CALL: ClockMinute = 9 * 60 + 5;
    /// First minute after the charts.
    pub const CHART_UNTIL: ClockMinute = 9 * 60 + 15;
    /// The deploy that the learner can put into the morning.
    pub const DEPLOY: ClockMinute = 8 * 60 + 55;
}

/// Turns minutes of a run into the time of day and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    start_s: u32,
}

impl Clock {
    /// The clock of a scenario.
    #[must_use]
    pub const fn of(spec: &ScenarioSpec) -> Self {
        Self { start_s: spec.run.clock_start_s }
    }

    /// Time of day at which a minute of the run starts.
    #[must_use]
    pub const fn at(self, minute_of_run: u32) -> ClockMinute {
        (self.start_s / MINUTE_S + minute_of_run) % MINUTES_OF_DAY
    }

    /// Minute of the run that starts at a time of day; 0 for a time before the run.
    #[must_use]
    pub const fn minute_of_run(self, at: ClockMinute) -> u32 {
        at.saturating_sub(self.start_s / MINUTE_S)
    }

    /// Seconds from the start of the run to a time of day; 0 for a time before the run.
    #[must_use]
    pub fn run_s(self, at: ClockMinute) -> f64 {
        f64::from((at * MINUTE_S).saturating_sub(self.start_s))
    }

    /// Microseconds from the start of the run to a time of day.
    #[must_use]
    pub fn run_us(self, at: ClockMinute) -> u64 {
        u64::from((at * MINUTE_S).saturating_sub(self.start_s)) * 1_000_000
    }

    /// Time of day of a moment of the run, in whole minutes.
    #[must_use]
    pub fn of_us(self, at_us: u64) -> ClockMinute {
        self.at(u32::try_from(at_us / MINUTE_US).unwrap_or(u32::MAX / 2))
    }

    /// Time of day of a moment given in seconds of the run, in whole minutes.
    #[must_use]
    pub fn of_s(self, at_s: f64) -> ClockMinute {
        self.of_us(coldstart_sim::SimTime::from_s(at_s).us())
    }
}

/// `09:04`.
#[must_use]
pub fn show(at: ClockMinute) -> String {
    format!("{:02}:{:02}", at / 60 % 24, at % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE_CLOCK: Clock = Clock { start_s: 31_200 };

    #[test]
    fn minutes_and_times_of_day_convert_both_ways() {
        assert_eq!(show(NINE_CLOCK.at(0)), "08:40");
        assert_eq!(show(NINE_CLOCK.at(20)), "09:00");
        assert_eq!(NINE_CLOCK.minute_of_run(moment::NINE), 20);
        assert_eq!(NINE_CLOCK.run_us(moment::NINE), 1_200_000_000);
        assert_eq!(NINE_CLOCK.of_us(1_259_999_999), moment::NINE);
        assert_eq!(NINE_CLOCK.minute_of_run(8 * 60), 0, "before the run");
    }
}
