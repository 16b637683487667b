//! A lesson: data from the site, drawn as rounds of stage, bet and text.

mod bet;
mod comparison;
mod curve;
pub(super) mod keep;
mod myth;
mod opening;
mod prose;
mod quiz;
pub mod review;
mod rounds;
mod state;
mod term;
mod widget;

pub use prose::host;
pub use widget::{BetMark, WIDGETS, WidgetProps};

use crate::app::fetched::{Fetched, stand_in, use_fetched};
use crate::app::share::{OpenedLink, ShareButton, opened_link_note, use_opened_link};
use crate::app::{Link, PageHeading, Route, use_navigation};
use crate::components::{Button, ButtonKind, Disclosure};
use crate::platform::fetch::FetchError;
use crate::platform::{dom, events, timing};
use crate::runner::RunResult;
use crate::state::progress::LessonProgress;
use crate::state::share::Shared;
use crate::{t, testid};
use coldstart_course::{Block, CompiledLesson, CourseIndex, LessonEntry, ResolvedFact, Widget};
use coldstart_sim::ScenarioSpec;
use coldstart_sim::spec::RunSpec;
use opening::Opening;
use prose::Prose;
use rounds::{Round, all_answered, headings, rounds, shown, up_to};
use state::{LessonAction, LessonState};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Where the table of contents is.
pub const INDEX_FILE: &str = "lessons/index.json";

/// Properties of [`LessonPage`].
#[derive(Properties, PartialEq)]
pub struct LessonPageProps {
    /// The lesson, by slug.
    pub slug: AttrValue,
}

/// Fetches a lesson and shows it.
#[component]
pub fn LessonPage(props: &LessonPageProps) -> Html {
    let (index, _) = use_fetched::<CourseIndex>(INDEX_FILE);
    let (lesson, again) = use_fetched::<CompiledLesson>(&format!("lessons/{}.json", props.slug));
    // Another link to the same lesson is another visit: its stages start from what that link carries.
    let visit = use_navigation().place.visit;
    match (&lesson, index.ready()) {
        (Fetched::Ready(lesson), index) => {
            html! { <LessonView key={format!("{}-{visit}", lesson.id)} lesson={Data(lesson.clone())} index={index.cloned().map(Data)} /> }
        }
        (Fetched::Failed(FetchError::NotFound(_)), Some(index)) => match index.redirects.get(props.slug.as_str()) {
            Some(renamed) => html! { <LessonPage slug={renamed.clone()} /> },
            None => html! { <super::unknown::Unknown route={Route::Lesson(props.slug.to_string())} /> },
        },
        _ => html! {
            <article class="page page--narrow">
                { if matches!(lesson, Fetched::Failed(_)) { html! { <PageHeading title={t!("lesson.title")} /> } } else { Html::default() } }
                { stand_in(&lesson, &again) }
            </article>
        },
    }
}

/// Large data, compared by pointer.
#[derive(Clone)]
pub struct Data<T>(pub Rc<T>);

impl<T> PartialEq for Data<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Properties of [`LessonView`].
#[derive(Properties, PartialEq)]
pub struct LessonViewProps {
    /// The lesson.
    pub lesson: Data<CompiledLesson>,
    /// The table of contents, for the way on.
    #[prop_or_default]
    pub index: Option<Data<CourseIndex>>,
}

/// What all stages of a lesson get; made once, so that nothing is drawn anew for nothing.
struct Stages {
    scenarios: Rc<BTreeMap<String, ScenarioSpec>>,
    specs: BTreeMap<String, Rc<ScenarioSpec>>,
    controls: BTreeMap<String, Rc<Vec<String>>>,
    props: BTreeMap<String, Rc<serde_json::Map<String, serde_json::Value>>>,
}

impl Stages {
    fn new(lesson: &CompiledLesson) -> Self {
        let widgets = || lesson.blocks.iter().filter_map(|block| if let Block::Widget(widget) = block { Some(widget) } else { None });
        Self {
            scenarios: Rc::new(lesson.scenarios.clone()),
            specs: lesson.scenarios.iter().map(|(name, spec)| (name.clone(), Rc::new(spec.clone()))).collect(),
            controls: widgets().map(|widget| (widget.id.clone(), Rc::new(widget.controls.clone()))).collect(),
            props: widgets().map(|widget| (widget.id.clone(), Rc::new(widget.props.clone()))).collect(),
        }
    }
}

/// A lesson.
#[component]
pub fn LessonView(props: &LessonViewProps) -> Html {
    let lesson = &props.lesson.0;
    let link = use_opened_link();
    let place = use_navigation().place;
    let opening = Opening::of(&place.query, &lesson.blocks);
    let moments = use_mut_ref(BTreeMap::<String, u64>::new);
    // Whoever opens a link wants to see what was sent, not to bet first.
    let opened = link.shared().is_some();
    let state = use_reducer(|| {
        let kept = keep::load().progress.lesson(&lesson.id).map(|done| done.bets.clone()).unwrap_or_default();
        LessonState::resumed(&kept, up_to(&lesson.blocks, &place.fragment).max(opening.open_to), opened)
    });
    let act = use_callback(state.dispatcher(), |action: LessonAction, dispatcher| dispatcher.dispatch(action));
    let on_report = use_callback((act.clone(), props.lesson.clone()), |(run, result): (AttrValue, RunResult), (act, lesson)| {
        let own = lesson.0.scenarios.get(run.as_str());
        let untouched = own.zip(result.request()).is_some_and(|(own, request)| differs_by_seed_alone(own, &request.spec));
        act.emit(LessonAction::Report(run.to_string(), result, untouched));
    });
    let stages = use_memo(props.lesson.clone(), |lesson| Stages::new(&lesson.0));
    let parts = use_memo(props.lesson.clone(), |lesson| rounds(&lesson.0.blocks));

    let prose = Prose::new(lesson, &state, act.clone(), opening.ranges);
    let end = shown(&lesson.blocks, &state);
    // A link to a stage leads to it, not to the top of a long page.
    let asked = opening.stage.clone().or_else(|| link.shared().and_then(|shared| shared.widget.clone()));
    use_effect_with(asked, |stage| {
        if let Some(widget) = stage {
            dom::jump_to(&stage_id(widget));
        }
    });
    use_kept(&props.lesson, &state, end);
    let stage = |at: usize| match &lesson.blocks[at] {
        Block::Widget(widget) if at < end => draw_stage(
            &Drawing { lesson, state: &state, stages: &stages, link: &link, opening: &opening, moments: &moments },
            &on_report,
            widget,
            sources(&prose, widget),
        ),
        _ => html! { <div class="stage stage--waiting"><p class="muted">{ t!("lesson.stage_waits") }</p></div> },
    };
    let visible: Vec<(usize, &Round)> = parts.iter().enumerate().filter(|(at, round)| *at == 0 || round.before.start < end).collect();
    html! {
        <article class="page lesson-page" data-testid={testid::LESSON} data-lesson={lesson.id.clone()}>
            <div class="lesson-page__note">{ opened_link_note(&link) }{ opening.note() }</div>
            // A list of its own, all keyed: beside siblings without keys a new round would make the others anew and lose their state.
            <div class="lesson-page__rounds">
                { for visible.into_iter().map(|(at, round)| {
                    let intro = if at == 0 { promise(lesson) } else { Html::default() };
                    html! { <div key={at} class="lesson-page__round">{ draw_round(&prose, round, end, intro, &stage) }</div> }
                }) }
            </div>
            <div class="lesson-page__more">{ if end < lesson.blocks.len() { more(&act) } else { html! { <Closing lesson={props.lesson.clone()} index={props.index.clone()} /> } } }</div>
        </article>
    }
}

/// A round: text that leads to the stage, the stage, text that follows.
fn draw_round(prose: &Prose<'_>, round: &Round, end: usize, intro: Html, stage: &dyn Fn(usize) -> Html) -> Html {
    let blocks = |range: &std::ops::Range<usize>| prose.blocks(&prose.lesson.blocks[range.start.min(end)..range.end.min(end)]);
    match round.stage {
        Some(at) => html! {
            <section class="lesson">
                <div class="lesson__promise prose">{ intro }{ blocks(&round.before) }</div>
                <div class="lesson__stage">{ stage(at) }</div>
                <div class="lesson__text prose">{ blocks(&round.after) }</div>
            </section>
        },
        None => {
            html! { <section class="lesson lesson--text"><div class="lesson__text prose">{ intro }{ blocks(&round.before) }</div></section> }
        }
    }
}

/// What stages are drawn from.
struct Drawing<'d> {
    lesson: &'d CompiledLesson,
    state: &'d LessonState,
    stages: &'d Stages,
    link: &'d OpenedLink,
    opening: &'d Opening,
    /// The moment that each stage shows, in microseconds, by the widget's id.
    moments: &'d Moments,
}

type Moments = Rc<RefCell<BTreeMap<String, u64>>>;

fn differs_by_seed_alone(own: &ScenarioSpec, other: &ScenarioSpec) -> bool {
    let seed = other.run.seed;
    *other == ScenarioSpec { run: RunSpec { seed, ..own.run.clone() }, ..own.clone() }
}

/// The id of a stage's element.
fn stage_id(widget: &str) -> String {
    format!("stage-{widget}")
}

fn draw_stage(drawing: &Drawing<'_>, on_report: &Callback<(AttrValue, RunResult)>, widget: &Widget, sources: Html) -> Html {
    let Drawing { lesson, state, stages, link, opening, moments } = drawing;
    let shared = link.shared().filter(|shared| shared.lesson.as_deref() == Some(lesson.id.as_str()));
    let shared = shared.filter(|shared| shared.widget.as_deref().is_none_or(|id| id == widget.id)).cloned();
    let own = widget.scenario.as_deref().and_then(|name| stages.specs.get(name)).cloned();
    // The seed that was asked for becomes the scenario's, so that a widget which looks at either shows the same run.
    let spec = shared.as_ref().map(|shared| Rc::new(shared.spec.clone())).or(own);
    let spec = match (shared.as_ref().map(|shared| shared.seed).or(opening.seed), spec) {
        (Some(seed), Some(spec)) => Some(Rc::new(ScenarioSpec { run: RunSpec { seed, ..spec.run.clone() }, ..(*spec).clone() })),
        (_, spec) => spec,
    };
    let seed = spec.as_ref().map(|spec| spec.run.seed).unwrap_or_default();
    let props = WidgetProps {
        lesson: lesson.id.clone().into(),
        id: widget.id.clone().into(),
        run: widget.scenario.clone().unwrap_or_default().into(),
        spec,
        seed,
        shared,
        scenarios: stages.scenarios.clone(),
        controls: stages.controls.get(&widget.id).cloned().unwrap_or_default(),
        props: stages.props.get(&widget.id).cloned().unwrap_or_default(),
        bets: bet::marks(lesson, state, &widget.id),
        at_us: opened_at(link, opening, widget),
        on_moment: told(moments, &widget.id),
        on_report: on_report.clone(),
    };
    html! {
        <div key={widget.id.clone()} id={stage_id(&widget.id)} class="lesson__widget" data-widget={widget.name.clone()} tabindex="-1">
            { widget::draw(&widget.name, props) }
            <div class="lesson__sources">{ sources }</div>
            <div class="lesson__share">{ share(drawing, widget) }</div>
        </div>
    }
}

/// The facts that a stage's texts state, with their sources: there they are plain words.
fn sources(prose: &Prose<'_>, widget: &Widget) -> Html {
    if widget.facts.is_empty() {
        return Html::default();
    }
    let line = |fact: &ResolvedFact| html! { <li key={fact.id.clone()}>{ &fact.title }{ " " }{ prose.fact(&fact.id, &fact.text) }</li> };
    let lines = widget.facts.iter().filter_map(|id| prose.lesson.fact(id)).map(line).collect::<Html>();
    html! {
        <Disclosure id={format!("sources-{}", widget.id)} label={t!("lesson.sources")}>
            <ul class="lesson__facts">{ lines }</ul>
        </Disclosure>
    }
}

/// A link to what the stage shows, once it has run.
fn share(Drawing { lesson, state, moments, .. }: &Drawing<'_>, widget: &Widget) -> Html {
    let request = widget.scenario.as_deref().and_then(|name| state.run(name)).and_then(RunResult::request);
    let shared = request.map(|request| Shared {
        lesson: Some(lesson.id.clone()),
        widget: Some(widget.id.clone()),
        spec: request.spec.clone(),
        seed: request.seed,
        t_ms: None,
        model_version: crate::MODEL_VERSION,
    });
    let moment = {
        let (moments, id) = ((*moments).clone(), widget.id.clone());
        // The very beginning is where every link leads.
        Callback::from(move |()| moments.borrow().get(&id).map(|at_us| at_us / 1_000).filter(|ms| *ms > 0))
    };
    shared.map(|shared| html! { <ShareButton {shared} {moment} /> }).unwrap_or_default()
}

/// The moment that the address asks this stage to stand at, in microseconds.
fn opened_at(link: &OpenedLink, opening: &Opening, widget: &Widget) -> Option<u64> {
    let of_link = link.shared().filter(|shared| shared.widget.as_ref() == Some(&widget.id)).and_then(|shared| shared.t_ms);
    let t_ms = of_link.or_else(|| opening.t_ms.filter(|_| opening.stage.as_ref() == Some(&widget.id)));
    t_ms.map(|ms| ms.saturating_mul(1_000))
}

/// Remembers the moment that a stage shows.
fn told(moments: &Moments, widget: &str) -> Callback<u64> {
    let (moments, widget) = (moments.clone(), widget.to_owned());
    Callback::from(move |at_us| {
        moments.borrow_mut().insert(widget.clone(), at_us);
    })
}

fn promise(lesson: &CompiledLesson) -> Html {
    html! {
        <header class="lesson-page__head">
            <p class="eyebrow">{ t!("lesson.meta", n = u32::from(lesson.minutes), level = super::lessons::level(lesson.level)) }</p>
            <PageHeading title={lesson.title.clone()} />
            <p class="lede">{ &lesson.promise }</p>
        </header>
    }
}

fn more(act: &Callback<LessonAction>) -> Html {
    html! {
        <p class="lesson-page__waiting">
            <span class="muted">{ t!("lesson.waits") }</span>{ " " }
            <Button
                label={t!("lesson.show_all")}
                kind={ButtonKind::Quiet}
                onclick={act.reform(|_: MouseEvent| LessonAction::ShowAll)}
                testid={testid::REVEAL_ALL}
            />
        </p>
    }
}

/// Keeps what was done: at each prediction, and the section that was come to.
#[hook]
fn use_kept(lesson: &Data<CompiledLesson>, state: &LessonState, end: usize) {
    let finished = end == lesson.0.blocks.len() && all_answered(&lesson.0.blocks, state);
    use_effect_with((lesson.0.id.clone(), state.records(), end, finished), |(id, bets, end, finished)| {
        let furthest = u32::try_from(*end).unwrap_or(u32::MAX);
        let done = LessonProgress { visited_ms: timing::clock_ms(), bets: bets.clone(), finished: *finished, furthest };
        // Where storage is denied the page remembers it for the visit; the list of lessons says so.
        let _ = keep::update(|progress| progress.record(id, &done));
    });
    use_effect_with(lesson.clone(), |lesson| {
        let (lesson, before) = (lesson.0.clone(), RefCell::new(None::<String>));
        let listening = events::on_scroll(Callback::from(move |()| {
            let reached = dom::reached(headings(&lesson.blocks).map(|(_, id)| id));
            if reached != before.borrow().as_deref() {
                before.replace(reached.map(ToOwned::to_owned));
                let _ = keep::update(|progress| progress.reach(&lesson.id, reached, timing::clock_ms()));
            }
        }));
        move || drop(listening)
    });
}

/// What the learner can do now, the way on, and the way back to the start.
#[component]
fn Closing(props: &LessonViewProps) -> Html {
    let lesson = &props.lesson.0;
    let navigation = use_navigation();
    let again = {
        let slug = lesson.id.clone();
        Callback::from(move |_: MouseEvent| {
            let _ = keep::update(|progress| progress.forget(&slug));
            // Another visit: the page starts from what is kept, which is nothing now.
            navigation.go.emit(Route::Lesson(slug.clone()));
        })
    };
    let (before, after) = props.index.as_ref().map(|index| index.0.neighbours(&lesson.id)).unwrap_or_default();
    let way = |label: &'static str, entry: Option<&LessonEntry>| match entry {
        Some(entry) => html! { <p>{ label }{ " " }<Link to={Route::Lesson(entry.id.clone())}>{ &entry.title }</Link></p> },
        None => Html::default(),
    };
    html! {
        <footer class="lesson-page__end prose">
            { if lesson.objectives.is_empty() { Html::default() } else { html! {
                <>
                    <h2>{ t!("lesson.objectives") }</h2>
                    <ul>{ for lesson.objectives.iter().map(|objective| html! { <li key={objective.id.clone()}>{ &objective.text }</li> }) }</ul>
                </>
            } } }
            <nav aria-label={t!("lesson.way")}>
                { way(t!("lesson.next"), after) }
                { way(t!("lesson.previous"), before) }
                <p><Link to={Route::Lessons}>{ t!("lesson.all") }</Link></p>
            </nav>
            <p class="no-print">
                <Button label={t!("lesson.again")} kind={ButtonKind::Quiet} onclick={again} testid={testid::LESSON_AGAIN} />{ " " }
                <span class="muted small">{ t!("lesson.again_says") }</span>
            </p>
        </footer>
    }
}
