//! A run played on the stage: tiles and dots, the clock, and "why?" of whatever is pointed at.

use super::moments::{around, moments, steps};
use super::playback::PlaybackAction;
use super::stage::{Stage, StageRun};
use super::transport::{Play, Transport, use_playback};
use super::why::why;
use crate::components::{Disclosure, Select, SelectOption};
use crate::platform::size;
use crate::runner::RunResult;
use crate::{t, testid};
use coldstart_sim::Timeline;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// What playback does at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loop {
    /// Starts again.
    Forever,
    /// Stops.
    #[default]
    Once,
}

/// Properties of [`Fleet`].
#[derive(Clone, PartialEq, Properties)]
pub struct FleetProps {
    /// The run, recorded; the stage is empty without.
    pub run: Option<RunResult>,
    /// Simulated seconds per second.
    pub speed: f64,
    /// What playback does at the end.
    #[prop_or_default]
    pub repeat: Loop,
    /// Places on the shelf to draw at the least.
    #[prop_or_default]
    pub shelf_places: usize,
    /// Whether it plays by itself once there is a run; never with reduced motion.
    #[prop_or_default]
    pub autoplay: bool,
    /// Time of day at simulated time 0, in seconds.
    #[prop_or_default]
    pub clock_start_s: u32,
    /// Idle life, if it is one constant, in microseconds.
    #[prop_or_default]
    pub idle_life_us: Option<u64>,
    /// Plays from this moment on; the start of the recorded window if unset. What was recorded before it shows who is there already.
    #[prop_or_default]
    pub from_us: Option<u64>,
    /// Whether places on the shelf that nothing was recorded of are ready: true of units that were allocated before the window.
    #[prop_or_default]
    pub shelf_ready: bool,
    /// Jumps to this moment, in microseconds, whenever it changes.
    #[prop_or_default]
    pub seek_us: Option<u64>,
    /// Stands at this moment once there is a run, in microseconds, instead of playing by itself.
    #[prop_or_default]
    pub at_us: Option<u64>,
    /// Told the moment shown, for views that act at it.
    #[prop_or_default]
    pub on_moment: Callback<u64>,
}

/// The stage with its clock.
#[component]
pub fn Fleet(props: &FleetProps) -> Html {
    let node = use_node_ref();
    let width = size::use_width(node.clone(), 640.0);
    let stage = use_memo(props.run.clone(), |run| {
        let timeline = run.as_ref().and_then(|run| run.timeline.clone()).unwrap_or_default();
        let (moments, steps) = (moments(&timeline), steps(&timeline));
        (StageRun::new(timeline), moments, steps)
    });
    let (start_us, end_us) = stage.0.timeline().window_us;
    let window_us = (props.from_us.unwrap_or(start_us).clamp(start_us, end_us), end_us);
    let playback = use_playback(Play {
        window_us,
        speed: props.speed,
        looping: props.repeat == Loop::Forever,
        autoplay: props.autoplay,
        at_us: props.at_us,
    });
    let selected = use_state(|| None::<usize>);
    {
        let dispatch = playback.dispatcher();
        use_effect_with(props.seek_us, move |seek_us| seek_us.iter().for_each(|at_us| dispatch.dispatch(PlaybackAction::Jump(*at_us))));
    }
    {
        let selected = selected.setter();
        use_effect_with(props.run.clone(), move |_| selected.set(None));
    }
    let now_us = playback.0.now_us;
    let steps_in_window = &stage.2[stage.2.partition_point(|at_us| *at_us < window_us.0)..];
    use_effect_with((now_us, props.on_moment.clone()), |(now_us, on_moment)| on_moment.emit(*now_us));
    let select = {
        let (selected, dispatch) = (selected.setter(), playback.dispatcher());
        Callback::from(move |attempt| {
            selected.set(Some(attempt));
            dispatch.dispatch(PlaybackAction::Pause);
        })
    };
    let on_action = {
        let dispatch = playback.dispatcher();
        Callback::from(move |action| dispatch.dispatch(action))
    };
    html! {
        <div class="fleet" ref={node} data-state={if props.run.is_some() { "done" } else { "running" }}>
            <Stage run={stage.0.clone()} {now_us} {width} travel_us={travel_us(props.speed)} idle_life_us={props.idle_life_us}
                shelf_places={props.shelf_places} shelf_ready={props.shelf_ready} spoken={!playback.0.playing} on_select={select.clone()} selected={*selected} />
            <Transport playback={playback.0} {on_action} around={around(steps_in_window, now_us)} clock_start_s={props.clock_start_s} moments={stage.1.iter().filter(|(at_us, _)| *at_us >= window_us.0).copied().collect::<Vec<_>>()} />
            <Disclosure id="fleet-why" label={t!("why.title")}>{ why_panel(stage.0.timeline(), now_us, *selected, &select) }</Disclosure>
        </div>
    }
}

/// Remembers the moment that a stage shows, for whatever acts at it, and passes it on.
pub fn noted(moment: &Rc<RefCell<u64>>, told: &Callback<u64>) -> Callback<u64> {
    let (moment, told) = (moment.clone(), told.clone());
    Callback::from(move |at_us| {
        moment.replace(at_us);
        told.emit(at_us);
    })
}

/// A quarter of a second of the reader's time.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a quarter of a second times a small factor")]
fn travel_us(speed: f64) -> u64 {
    (250_000.0 * speed.max(0.001)) as u64
}

/// How many attempts the list offers: those that started last.
const OFFERED: usize = 12;

fn why_panel(timeline: &Timeline, now_us: u64, selected: Option<usize>, select: &Callback<usize>) -> Html {
    let until = timeline.attempts.partition_point(|attempt| attempt.started_us <= now_us);
    let mut offered: Vec<usize> = (until.saturating_sub(OFFERED)..until).collect();
    if let Some(chosen) = selected.filter(|chosen| !offered.contains(chosen)) {
        offered.insert(0, chosen);
    }
    let option = |index: &usize| {
        let attempt = &timeline.attempts[*index];
        let label = t!("why.option", number = attempt.request + 1, attempt = attempt.attempt);
        SelectOption { value: index.to_string().into(), label: label.into() }
    };
    let options: Vec<SelectOption> = offered.iter().map(option).collect();
    let on_change = {
        let select = select.clone();
        Callback::from(move |value: AttrValue| value.parse().into_iter().for_each(|index| select.emit(index)))
    };
    let chosen = selected.or(offered.last().copied());
    let value = chosen.map_or_else(AttrValue::default, |index| index.to_string().into());
    html! {
        <div class="why" data-testid={testid::WHY}>
            <p>{ t!("why.hint") }</p>
            <Select id="why-request" label={t!("why.pick")} {value} {options} {on_change} />
            <div class="why-answer">{ chosen.and_then(|index| timeline.attempts.get(index)).map(|attempt| answer(&why(attempt))) }</div>
        </div>
    }
}

fn answer(why: &super::why::Why) -> Html {
    html! {
        <>
            <p class="why-headline">{ &why.headline }</p>
            <dl class="why-parts">
                { for why.parts.iter().map(|(name, value)| html! { <div key={name.clone()}><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            </dl>
            <ul class="why-rules">{ for why.rules.iter().map(|(rule, fact)| html! { <li key={*fact}>{ rule }</li> }) }</ul>
        </>
    }
}
