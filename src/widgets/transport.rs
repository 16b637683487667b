//! The controls of playback: play, step, scrub, and the interesting moments as places to go.

use super::moments::MomentKind;
use super::playback::{Playback, PlaybackAction};
use crate::components::Button;
use crate::i18n::Text;
use crate::platform::{dom, media, timing};
use crate::{t, testid, text};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use yew::prelude::*;

/// Playback as a reducer.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaybackState(pub Playback);

impl Reducible for PlaybackState {
    type Action = PlaybackAction;

    fn reduce(self: Rc<Self>, action: PlaybackAction) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

/// How a window is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Play {
    /// First and last moment, in microseconds of simulated time.
    pub window_us: (u64, u64),
    /// Simulated seconds per second.
    pub speed: f64,
    /// Whether it starts again at the end.
    pub looping: bool,
    /// Whether it plays by itself; never with reduced motion.
    pub autoplay: bool,
    /// Stands at this moment, in microseconds, instead of playing by itself.
    pub at_us: Option<u64>,
}

/// Playback of a window, moved by animation frames while it plays. Another window begins anew.
#[hook]
pub fn use_playback(play: Play) -> UseReducerHandle<PlaybackState> {
    let playback = use_reducer(move || PlaybackState(Playback::new(play.window_us, play.speed, play.looping)));
    {
        let dispatcher = playback.dispatcher();
        use_effect_with(playback.0.playing, move |playing| {
            let frames = playing.then(|| FrameLoop::start(move |elapsed_ms| dispatcher.dispatch(PlaybackAction::Frame(elapsed_ms))));
            move || drop(frames)
        });
    }
    {
        let dispatcher = playback.dispatcher();
        let start = play.autoplay && !media::reduced_motion();
        use_effect_with((play.window_us, start, play.at_us), move |(window_us, start, at_us)| {
            dispatcher.dispatch(PlaybackAction::Load(*window_us));
            match at_us {
                Some(at_us) => dispatcher.dispatch(PlaybackAction::Seek(*at_us)),
                None if *start && window_us.0 < window_us.1 => dispatcher.dispatch(PlaybackAction::Play),
                None => {}
            }
        });
    }
    playback
}

/// Calls back before each repaint with the milliseconds since the one before, until it is dropped.
struct FrameLoop {
    frame: RefCell<Option<timing::Frame>>,
    last_ms: Cell<Option<f64>>,
    tick: Box<dyn Fn(f64)>,
}

impl FrameLoop {
    fn start(tick: impl Fn(f64) + 'static) -> Rc<Self> {
        let frames = Rc::new(Self { frame: RefCell::new(None), last_ms: Cell::new(None), tick: Box::new(tick) });
        Self::ask(&frames);
        frames
    }

    fn ask(frames: &Rc<Self>) {
        let weak = Rc::downgrade(frames);
        let next = timing::next_frame(move |now_ms| {
            let Some(frames) = Weak::upgrade(&weak) else { return };
            let elapsed_ms = frames.last_ms.replace(Some(now_ms)).map_or(0.0, |last_ms| now_ms - last_ms);
            (frames.tick)(elapsed_ms);
            Self::ask(&frames);
        });
        frames.frame.replace(Some(next));
    }
}

/// Properties of [`Transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// Where playback is.
    pub playback: Playback,
    /// What the reader does to it.
    pub on_action: Callback<PlaybackAction>,
    /// Time of day at simulated time 0, in seconds.
    #[prop_or_default]
    pub clock_start_s: u32,
    /// Moments to offer, in microseconds.
    #[prop_or_default]
    pub moments: Vec<(u64, MomentKind)>,
    /// The moments next to the one shown at which something happens, before and after it.
    #[prop_or_default]
    pub around: (Option<u64>, Option<u64>),
}

const MOMENT_WORDS: [(MomentKind, Text); 5] = [
    (MomentKind::ColdStart, text!("transport.first_cold")),
    (MomentKind::Spill, text!("transport.first_spill")),
    (MomentKind::Throttle, text!("transport.first_throttle")),
    (MomentKind::Reclaimed, text!("transport.first_reclaimed")),
    (MomentKind::Deploy, text!("transport.first_deploy")),
];

/// The controls.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let playback = props.playback;
    let emit = |action: PlaybackAction| {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action))
    };
    let scrub = {
        let on_action = props.on_action.clone();
        Callback::from(move |event: InputEvent| {
            let value = dom::value_of(&event).and_then(|value| value.parse::<f64>().ok());
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds within the window")]
            value.into_iter().for_each(|ms| on_action.emit(PlaybackAction::Seek((ms.max(0.0) as u64) * 1_000)));
        })
    };
    let (start, end) = playback.window_us;
    // Whoever stands still wants to tell two events of one second apart.
    let fraction = if playback.playing { String::new() } else { format!(".{:03}", playback.now_us / 1_000 % 1_000) };
    let clock = clock(playback.now_us, props.clock_start_s) + &fraction;
    let step = |to: Option<u64>, word: &'static str, testid: &'static str| {
        // Not `disabled`: whoever steps to the last event keeps the focus.
        let onclick = to.map(|at_us| emit(PlaybackAction::Seek(at_us)));
        html! { <button class="transport-moment" type="button" aria-disabled={to.is_none().then_some("true")} {onclick} data-testid={testid}>{ word }</button> }
    };
    html! {
        <div class="transport" data-testid={testid::TRANSPORT} data-playing={playback.playing.to_string()}>
            <Button label={if playback.playing { t!("transport.pause") } else { t!("transport.play") }}
                onclick={emit(PlaybackAction::Toggle)} testid={testid::PLAY} />
            <input class="transport-scrub" type="range" min={(start / 1_000).to_string()} max={(end / 1_000).to_string()} step="100"
                value={(playback.now_us / 1_000).to_string()} oninput={scrub} aria-label={t!("transport.scrub")} aria-valuetext={clock.clone()} />
            <output class="transport-clock">{ clock }</output>
            <div class="transport-moments">
                { step(props.around.0, t!("transport.back"), testid::STEP_BACK) }
                { step(props.around.1, t!("transport.on"), testid::STEP_ON) }
                { for props.moments.iter().map(|(at_us, kind)| moment(*at_us, *kind, props.clock_start_s, emit(PlaybackAction::Seek(*at_us)))) }
            </div>
        </div>
    }
}

fn moment(at_us: u64, kind: MomentKind, clock_start_s: u32, onclick: Callback<MouseEvent>) -> Html {
    let word = MOMENT_WORDS.iter().find(|(have, _)| *have == kind).map_or("", |(_, word)| word.get());
    html! {
        <button key={word} class="transport-moment" type="button" {onclick}>{ word }{ " " }<span class="transport-at">{ clock(at_us, clock_start_s) }</span></button>
    }
}

/// Absolute clock time of a moment, always with seconds, so that it keeps its width.
pub fn clock(at_us: u64, clock_start_s: u32) -> String {
    let seconds = at_us / 1_000_000 + u64::from(clock_start_s);
    format!("{:02}:{:02}:{:02}", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
}
