//! The widget: its runs, its state, and the part of the story that is open.

use super::super::clock::{Clock, moment};
use super::super::morning::Morning;
use super::super::plan::with_larger_database;
use super::super::state::{Action, Incident, SHIFT_MIN};
use super::super::step::Step;
use super::{bets, dashboard, end, evidence, fixes, naming};
use crate::i18n::Text;
use crate::platform::{dom, timing};
use crate::runner::{RunHandle, RunRequest, RunResult, RunStatus, TimelineOptions, use_run, use_runs};
use crate::{t, testid, text};
use coldstart_sim::ScenarioSpec;
use std::rc::Rc;
use yew::prelude::*;

/// A simulated minute on the dashboard, in real milliseconds.
const MINUTE_SHOWN_MS: u32 = 1_200;
/// Events and attempts kept of the quarter of an hour that evidence is about: several times what a morning has.
const TIMELINE_ENTRIES: u32 = 100_000;

/// Properties of [`IncidentLab`].
#[derive(Properties, Clone, PartialEq)]
pub struct IncidentLabProps {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// The morning.
    pub scenario: Rc<ScenarioSpec>,
    /// The afternoon before, with a deploy in it.
    #[prop_or_default]
    pub afternoon: Option<Rc<ScenarioSpec>>,
    /// Seed of the morning.
    pub seed: u64,
    /// Minutes of the shift that looks may take.
    #[prop_or(SHIFT_MIN)]
    pub shift_min: u32,
    /// Called with the run of this morning whenever there is a new one.
    #[prop_or_default]
    pub on_run: Callback<RunResult>,
}

/// What every part of the story is drawn from.
#[derive(Clone, PartialEq)]
pub struct Scene {
    /// Id that the parts' ids are made of.
    pub id: AttrValue,
    /// What the learner has done.
    pub incident: UseReducerHandle<Incident>,
    /// The morning's scenario.
    pub spec: Rc<ScenarioSpec>,
    /// The afternoon's.
    pub afternoon_spec: Option<Rc<ScenarioSpec>>,
    /// The scenario that the plan makes.
    pub planned: Rc<ScenarioSpec>,
    /// This morning.
    pub today: RunHandle,
    /// Tomorrow, if nothing is done.
    pub tomorrow: Option<RunResult>,
    /// Tomorrow, with a larger database.
    pub database: Option<RunResult>,
    /// The afternoon before.
    pub afternoon: Option<RunResult>,
    /// This morning under the plan.
    pub trial: RunHandle,
    /// Another morning without and with the plan.
    pub other: Option<(RunResult, RunResult)>,
}

impl Scene {
    /// A click that does something.
    pub fn click(&self, action: Action) -> Callback<MouseEvent> {
        let incident = self.incident.clone();
        Callback::from(move |_| incident.dispatch(action.clone()))
    }

    /// A value that does something.
    pub fn on<T: 'static>(&self, action: impl Fn(T) -> Action + 'static) -> Callback<T> {
        let incident = self.incident.clone();
        Callback::from(move |value| incident.dispatch(action(value)))
    }

    /// An element's id.
    pub fn part(&self, name: &str) -> AttrValue {
        format!("{}-{name}", self.id).into()
    }

    /// The minutes of a run.
    pub fn minutes(&self, run: &RunResult) -> Morning {
        Morning::of(&run.report, Clock::of(&self.spec))
    }

    /// The minutes of this morning; none before its run is there.
    pub fn morning(&self) -> Option<Morning> {
        self.today.latest.as_ref().map(|run| self.minutes(run))
    }

    /// The minutes of this morning to the end of the run; none before its run is there.
    pub fn whole_morning(&self) -> Morning {
        let run = self.today.latest.as_ref();
        let until = moment::CHART_UNTIL + self.incident.shift_min;
        run.map(|run| Morning::between(&run.report, Clock::of(&self.spec), moment::CHART_FROM, until)).unwrap_or_default()
    }

    /// The run that the step waits for.
    fn status(&self) -> RunStatus {
        match self.incident.step {
            Step::Fix | Step::Deploy if self.today.status == RunStatus::Done => self.trial.status.clone(),
            _ => self.today.status.clone(),
        }
    }
}

#[hook]
fn use_scene(props: &IncidentLabProps) -> Scene {
    let (seed, shift_min) = (props.seed, props.shift_min);
    let incident = use_reducer(move || Incident::new(seed, shift_min));
    let of = |spec: &ScenarioSpec, seed: u64| RunRequest { seed, ..RunRequest::new(spec.clone()) };
    let clock = Clock::of(&props.scenario);
    let window_us = (clock.run_us(moment::CHART_FROM), clock.run_us(moment::CALL));
    let timeline = Some(TimelineOptions { window_us, max_entries: TIMELINE_ENTRIES });
    let today = use_run(RunRequest { timeline, ..of(&props.scenario, incident.seed) });
    let planned = use_memo((props.scenario.clone(), incident.plan), |(spec, plan)| plan.apply(spec));
    let is_fixing = incident.step >= Step::Fix;
    let trial = use_run(is_fixing.then(|| of(&planned, incident.seed)));
    let mut requests = vec![of(&props.scenario, incident.tomorrow()), of(&with_larger_database(&props.scenario), incident.tomorrow())];
    requests.extend(props.afternoon.iter().map(|spec| of(spec, incident.seed)));
    let at_other = requests.len();
    if incident.step == Step::End && incident.other_mornings > 0 {
        requests.extend([&props.scenario, &planned].map(|spec| of(spec, incident.other_seed())));
    }
    let results = use_runs(requests).results();
    let result = |place: usize| results.get(place).cloned().flatten();
    Scene {
        id: props.id.clone(),
        spec: props.scenario.clone(),
        afternoon_spec: props.afternoon.clone(),
        planned,
        today,
        tomorrow: result(0),
        database: result(1),
        afternoon: props.afternoon.as_ref().and_then(|_| result(2)),
        trial,
        other: result(at_other).zip(result(at_other + 1)),
        incident,
    }
}

/// The 9 AM incident.
#[component]
pub fn IncidentLab(props: &IncidentLabProps) -> Html {
    let scene = use_scene(props);
    use_clock(&scene);
    {
        let on_run = props.on_run.clone();
        use_effect_with(scene.today.latest.clone(), move |run| run.iter().for_each(|run| on_run.emit(run.clone())));
    }
    use_focus(scene.part("heading"), scene.incident.step);
    let status = scene.status();
    html! {
        <section
            class="stage incident"
            aria-labelledby={scene.part("heading")}
            data-testid={testid::INCIDENT}
            data-state={status.word()}
            data-step={scene.incident.step.slug()}
            data-seed={scene.incident.seed.to_string()}
        >
            <div class="stage__bar">{ chapters(scene.incident.step) }</div>
            <div class="incident__problem">{ problem(&status) }</div>
            <div class="stage__view incident__view stack" key={scene.incident.step.slug()}>{ part(&scene) }</div>
        </section>
    }
}

/// Minute by minute while the dashboard plays.
#[hook]
fn use_clock(scene: &Scene) {
    let incident = scene.incident.dispatcher();
    use_effect_with(scene.incident.playing, move |playing| {
        let timer = playing.then(|| timing::every_ms(MINUTE_SHOWN_MS, move || incident.dispatch(Action::Tick)));
        move || drop(timer)
    });
}

/// A new part of the story takes the focus to its heading, so that the keyboard and the screen reader come along.
#[hook]
fn use_focus(heading: AttrValue, step: Step) {
    let shown = use_mut_ref(|| step);
    use_effect_with(step, move |step| {
        if shown.replace(*step) != *step {
            dom::focus(&heading);
        }
    });
}

fn part(scene: &Scene) -> Html {
    let Some(morning) = scene.morning() else { return html! { <p>{ t!("incident.loading") }</p> } };
    let heading =
        html! { <h2 id={scene.part("heading")} tabindex="-1" class="incident__heading">{ heading(scene.incident.step).get() }</h2> };
    let body = match scene.incident.step {
        Step::Watch => dashboard::watch(scene, &morning),
        Step::Evidence => evidence::desk(scene),
        Step::DrawNothing | Step::DrawDatabase => bets::draw(scene, &morning),
        Step::TruthNothing | Step::TruthDatabase => bets::truth(scene),
        Step::Cause => naming::causes(scene),
        Step::Fix => fixes::fix(scene, &morning),
        Step::Deploy => fixes::deploy(scene, &morning),
        Step::End => end::post_mortem(scene, &morning),
    };
    html! { <>{ heading }{ body }</> }
}

const fn heading(step: Step) -> Text {
    match step {
        Step::Watch => text!("incident.heading_watch"),
        Step::Evidence => text!("incident.heading_evidence"),
        Step::DrawNothing => text!("incident.heading_draw_nothing"),
        Step::TruthNothing => text!("incident.heading_truth_nothing"),
        Step::DrawDatabase => text!("incident.heading_draw_database"),
        Step::TruthDatabase => text!("incident.heading_truth_database"),
        Step::Cause => text!("incident.heading_cause"),
        Step::Fix => text!("incident.heading_fix"),
        Step::Deploy => text!("incident.heading_deploy"),
        Step::End => text!("incident.heading_end"),
    }
}

/// Where the learner is in the story.
fn chapters(step: Step) -> Html {
    const CHAPTERS: [(Text, Step); 6] = [
        (text!("incident.chapter_watch"), Step::Watch),
        (text!("incident.chapter_evidence"), Step::Evidence),
        (text!("incident.chapter_bets"), Step::DrawNothing),
        (text!("incident.chapter_cause"), Step::Cause),
        (text!("incident.chapter_fix"), Step::Fix),
        (text!("incident.chapter_end"), Step::End),
    ];
    let current = CHAPTERS.iter().rposition(|(_, first)| *first <= step).unwrap_or(0);
    html! {
        <ol class="incident__chapters" aria-label={t!("incident.chapters")}>
            { for CHAPTERS.iter().enumerate().map(|(place, (name, _))| html! {
                <li
                    key={place}
                    class={classes!((place < current).then_some("is-done"))}
                    aria-current={(place == current).then_some("step")}
                >{ name.get() }</li>
            }) }
        </ol>
    }
}

fn problem(status: &RunStatus) -> Html {
    use crate::components::{Callout, CalloutKind};
    let RunStatus::Failed(error) = status else { return Html::default() };
    html! { <Callout kind={CalloutKind::Error} live=true>{ t!("incident.failed", reason = error.to_string()) }</Callout> }
}
