//! Playing a finished run: a pure clock that a frame loop moves, and the controls for it.

/// Where playback is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// First and last moment, in microseconds of simulated time.
    pub window_us: (u64, u64),
    /// The moment shown.
    pub now_us: u64,
    /// Simulated seconds per second.
    pub speed: f64,
    /// Whether it moves.
    pub playing: bool,
    /// Whether it starts again at the end.
    pub looping: bool,
}

/// What can happen to playback.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaybackAction {
    /// A frame was drawn this many milliseconds after the one before.
    Frame(f64),
    /// Play or pause; at the end, play starts again.
    Toggle,
    /// Show this moment and pause.
    Seek(u64),
    /// Show this moment and go on as before.
    Jump(u64),
    /// Play this fast.
    Speed(f64),
    /// Another run: start from its first moment.
    Load((u64, u64)),
    /// Show the last moment.
    Skip,
    /// Play, from wherever it is.
    Play,
    /// Pause.
    Pause,
}

/// A longer gap between frames means that the page was hidden: time stood still then.
const FRAME_MS_MAX: f64 = 100.0;

impl Playback {
    /// Stands at the start of a window.
    #[must_use]
    pub const fn new(window_us: (u64, u64), speed: f64, looping: bool) -> Self {
        Self { window_us, now_us: window_us.0, speed, playing: false, looping }
    }

    /// What it is after an action.
    #[must_use]
    pub fn after(self, action: PlaybackAction) -> Self {
        let (start, end) = self.window_us;
        match action {
            PlaybackAction::Frame(_) if !self.playing => self,
            PlaybackAction::Frame(elapsed_ms) => self.advanced(elapsed_ms),
            PlaybackAction::Toggle if !self.playing && self.now_us >= end => Self { now_us: start, playing: true, ..self },
            PlaybackAction::Toggle => Self { playing: !self.playing, ..self },
            PlaybackAction::Seek(at_us) => Self { now_us: at_us.clamp(start, end), playing: false, ..self },
            PlaybackAction::Jump(at_us) => Self { now_us: at_us.clamp(start, end), ..self },
            PlaybackAction::Speed(speed) => Self { speed, ..self },
            PlaybackAction::Load(window_us) => Self { window_us, now_us: window_us.0, ..self },
            PlaybackAction::Skip => Self { now_us: end, playing: false, ..self },
            PlaybackAction::Play => Self { playing: true, ..self },
            PlaybackAction::Pause => Self { playing: false, ..self },
        }
    }

    fn advanced(self, elapsed_ms: f64) -> Self {
        let (start, end) = self.window_us;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive step within a run")]
        let step_us = (elapsed_ms.clamp(0.0, FRAME_MS_MAX) * self.speed * 1_000.0).max(0.0) as u64;
        let now_us = self.now_us.saturating_add(step_us);
        match (now_us < end, self.looping) {
            (true, _) => Self { now_us, ..self },
            (false, true) => Self { now_us: start, ..self },
            (false, false) => Self { now_us: end, playing: false, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playing() -> Playback {
        Playback::new((1_000_000, 3_000_000), 10.0, false).after(PlaybackAction::Toggle)
    }

    #[test]
    fn a_frame_moves_simulated_time_by_the_speed() {
        assert_eq!(playing().after(PlaybackAction::Frame(16.0)).now_us, 1_160_000);
        assert_eq!(playing().after(PlaybackAction::Frame(5_000.0)).now_us, 2_000_000, "a hidden page does not jump ahead");
    }

    #[test]
    fn the_end_pauses_and_play_starts_again() {
        let mut playback = playing();
        for _ in 0..10 {
            playback = playback.after(PlaybackAction::Frame(100.0));
        }
        assert_eq!((playback.now_us, playback.playing), (3_000_000, false));
        let again = playback.after(PlaybackAction::Toggle);
        assert_eq!((again.now_us, again.playing), (1_000_000, true));
    }

    #[test]
    fn seeking_stays_within_the_window_and_pauses() {
        let sought = playing().after(PlaybackAction::Seek(9_000_000));
        assert_eq!((sought.now_us, sought.playing), (3_000_000, false));
        assert_eq!(playing().after(PlaybackAction::Jump(0)).now_us, 1_000_000);
        assert!(playing().after(PlaybackAction::Jump(0)).playing);
    }
}
