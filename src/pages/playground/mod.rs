//! The playground: a whole scenario, editable field by field or as text, and what comes of it.

pub mod edit;
pub mod fields;
mod form;
mod inputs;
pub mod judge;
mod results;
mod state;
mod text;

#[cfg(test)]
mod tests;

use crate::app::fetched::{Fetched, stand_in, use_fetched};
use crate::app::share::{OpenedLink, ShareButton, opened_link_note, use_opened_link};
use crate::app::{PageHeading, use_navigation};
use crate::components::{Button, Select, SelectOption, TabItem, Tabs};
use crate::platform::dom;
use crate::state::share::Shared;
use crate::widgets::run_view as view;
use crate::{t, testid};
use coldstart_sim::{Problem, ScenarioSpec, Severity};
use edit::{Change, Edit};
use fields::FieldTable;
use form::{Form, element_id};
use inputs::NumberField;
use judge::{Verdict, judge};
use results::Results;
use serde::Deserialize;
use serde_json::Value;
use state::{Act, LINK_PRESET, START_PRESET, Tab, Writing};
use std::rc::Rc;
use yew::prelude::*;

/// The field table, beside the lessons.
const FIELDS_FILE: &str = "lessons/schema.json";
/// The examples, beside the lessons.
const PRESETS_FILE: &str = "lessons/playground.json";

/// A scenario to begin with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// What the list shows.
    pub title: String,
    /// The scenario, as its author wrote it.
    pub scenario: Value,
}

/// The page.
#[component]
pub fn Playground() -> Html {
    let (table, again) = use_fetched::<FieldTable>(FIELDS_FILE);
    let (presets, _) = use_fetched::<Vec<Preset>>(PRESETS_FILE);
    let link = use_opened_link();
    let asked = use_navigation().place.query.get("preset").map(|name| AttrValue::from(name.to_owned()));
    html! { <Bench {table} {again} {presets} {link} {asked} /> }
}

/// Properties of [`Bench`].
#[derive(Properties, Clone)]
pub struct BenchProps {
    /// The field table.
    pub table: Fetched<FieldTable>,
    /// Asks for it again.
    #[prop_or_default]
    pub again: Callback<()>,
    /// The presets.
    pub presets: Fetched<Vec<Preset>>,
    /// The scenario that the address carries.
    pub link: OpenedLink,
    /// The preset that the address names, `?page=playground&preset=name`.
    #[prop_or_default]
    pub asked: Option<AttrValue>,
}

impl PartialEq for BenchProps {
    fn eq(&self, other: &Self) -> bool {
        let same_table = match (&self.table, &other.table) {
            (Fetched::Ready(a), Fetched::Ready(b)) => Rc::ptr_eq(a, b),
            (Fetched::Loading, Fetched::Loading) => true,
            _ => false,
        };
        let presets = |props: &Self| props.presets.ready().map(Rc::as_ptr);
        same_table && presets(self) == presets(other) && self.link == other.link && self.asked == other.asked
    }
}

/// What a link brought, as something to write on.
fn from_link(link: &OpenedLink) -> Option<Value> {
    let shared = link.shared()?;
    let mut spec = shared.spec.clone();
    spec.run.seed = shared.seed;
    serde_json::to_value(spec).ok()
}

/// The page, given its files.
#[component]
pub fn Bench(props: &BenchProps) -> Html {
    let writing = use_reducer(|| from_link(&props.link).map_or_else(Writing::start, |value| Writing::new(LINK_PRESET, value)));
    let act = use_callback(writing.dispatcher(), |act: Act, dispatcher| dispatcher.dispatch(act));
    use_effect_with(props.link.clone(), {
        let (act, base) = (act.clone(), writing.base.clone());
        move |link| {
            // The first link is there from the beginning; this is for one that is opened on the open page.
            if let Some(value) = from_link(link).filter(|value| *value != *base) {
                act.emit(Act::Load(LINK_PRESET.to_owned(), value));
            }
        }
    });
    let asked = props.asked.as_ref().filter(|_| props.link == OpenedLink::None).zip(props.presets.ready());
    let asked = asked.and_then(|(name, presets)| presets.iter().find(|preset| *preset.name == **name)).cloned();
    use_effect_with(asked, {
        let act = act.clone();
        move |asked| asked.iter().for_each(|preset| act.emit(Act::Load(preset.name.clone(), preset.scenario.clone())))
    });
    let table = props.table.ready().cloned();
    let verdict =
        use_memo((writing.value.clone(), table.is_some()), |(value, _)| judge(value, table.as_ref().map_or(&[], |table| &table.fields)));
    let last = use_last_valid(&verdict);
    use_effect_with(writing.goal.clone(), |goal| {
        if let Some((path, _)) = goal {
            dom::jump_to(&element_id(path));
        }
    });
    let stale = verdict.spec.is_none() || writing.is_unread();
    html! {
        <article class="page playground" data-testid={testid::PLAYGROUND}>
            <PageHeading title={t!("playground.title")} />
            <p class="lede">{ t!("playground.lead") }</p>
            <div>{ opened_link_note(&props.link) }</div>
            { bar(props, &writing, &verdict, &act) }
            <div class="pg-columns">
                <div class="pg-write">
                    <div>{ problem_list(&verdict, writing.is_unread(), &act) }</div>
                    { writers(props, &writing, &verdict, &act) }
                </div>
                <div class="pg-read">{ match last {
                    Some(spec) => html! { <Results {spec} {stale} /> },
                    None => html! { <p class="muted" data-state="idle" data-testid={testid::PLAYGROUND_RESULTS}>{ t!("playground.never_valid") }</p> },
                } }</div>
            </div>
        </article>
    }
}

/// The last scenario that could be run: it stays on the screen while the next one is being written.
#[hook]
fn use_last_valid(verdict: &Verdict) -> Option<Rc<ScenarioSpec>> {
    let last = use_mut_ref(|| None::<Rc<ScenarioSpec>>);
    let mut last = last.borrow_mut();
    if let Some(spec) = &verdict.spec
        && last.as_ref() != Some(spec)
    {
        *last = Some(spec.clone());
    }
    last.clone()
}

/// Preset, seed, share.
fn bar(props: &BenchProps, writing: &Writing, verdict: &Verdict, act: &Callback<Act>) -> Html {
    let presets: Vec<Preset> = props.presets.ready().map(|presets| presets.to_vec()).unwrap_or_default();
    let mut options = vec![SelectOption::new(START_PRESET, t!("playground.preset_start"))];
    if writing.preset == LINK_PRESET {
        options.insert(0, SelectOption::new(LINK_PRESET, t!("playground.preset_link")));
    }
    options.extend(presets.iter().map(|preset| SelectOption::new(preset.name.clone(), preset.title.clone())));
    let load = {
        let (act, link) = (act.clone(), props.link.clone());
        Callback::from(move |name: AttrValue| {
            let preset = presets.iter().find(|preset| preset.name == *name).map(|preset| preset.scenario.clone());
            let value = match name.as_str() {
                START_PRESET => Some((*Writing::start().value).clone()),
                LINK_PRESET => from_link(&link),
                _ => preset,
            };
            value.into_iter().for_each(|value| act.emit(Act::Load(name.to_string(), value)));
        })
    };
    let seed = edit::get(&writing.value, "run.seed").cloned().unwrap_or_else(|| Value::from(1));
    let set_seed = act.reform(|value| Act::Edit(Edit { ensure: Vec::new(), path: "run.seed".to_owned(), change: Change::Set(value) }));
    let other = {
        let (set_seed, seed) = (set_seed.clone(), seed.as_u64().unwrap_or(0));
        Callback::from(move |_: MouseEvent| set_seed.emit(Value::from(view::another_seed(seed))))
    };
    let shared = verdict.spec.as_ref().filter(|_| !writing.is_unread()).map(|spec| Shared {
        lesson: None,
        widget: None,
        spec: (**spec).clone(),
        seed: spec.run.seed,
        t_ms: None,
        model_version: crate::MODEL_VERSION,
    });
    html! {
        <div class="pg-bar">
            <Select id="pg-preset" label={t!("playground.preset")} value={writing.preset.clone()} {options} on_change={load}
                testid={testid::PLAYGROUND_PRESET} />
            <Button label={t!("playground.reset")} onclick={act.reform(|_: MouseEvent| Act::Reset)} disabled={writing.value == writing.base && writing.draft.is_none()}
                testid={testid::PLAYGROUND_RESET} />
            <NumberField id="pg-seed" label={t!("playground.seed")} value={seed} kind={fields::FieldKind::Integer} unit=""
                on_set={set_seed} hint={Html::default()} wrong={verdict.errors().any(|problem| problem.path == "run.seed")} />
            <Button label={t!("playground.another_seed")} onclick={other} testid={testid::PLAYGROUND_SEED} />
            <div class="pg-bar__share">{ shared.map(|shared| html! { <ShareButton {shared} /> }) }</div>
        </div>
    }
}

/// All problems, each a way to its field.
fn problem_list(verdict: &Verdict, unread: bool, act: &Callback<Act>) -> Html {
    let errors = verdict.errors().count();
    let advice = verdict.problems.len() - errors;
    let line = |problem: &Problem| {
        let onclick = {
            let path = problem.path.clone();
            act.reform(move |_: MouseEvent| Act::GoTo(path.clone()))
        };
        let class = if problem.severity == Severity::Error { "pg-problem" } else { "pg-problem pg-problem--advice" };
        let name = if problem.path.is_empty() { t!("playground.whole").to_owned() } else { problem.path.clone() };
        html! {
            <li key={format!("{}{}", problem.path, problem.message)} {class}>
                <button type="button" class="pg-problem__path" {onclick}>{ name }</button>
                { " " }{ &problem.message }
            </li>
        }
    };
    let title = match (errors, advice) {
        _ if unread => t!("playground.unread_title").to_owned(),
        (0, 0) => t!("playground.sound").to_owned(),
        (0, advice) => t!("playground.advice", n = advice),
        (errors, _) => t!("playground.problems", n = errors),
    };
    html! {
        <section class="pg-problems" aria-label={t!("playground.problems_label")} data-testid={testid::PLAYGROUND_PROBLEMS}
            data-errors={errors.to_string()}>
            <p role="status" class="small">{ title }</p>
            <ul>{ for verdict.problems.iter().map(line) }</ul>
        </section>
    }
}

/// The two ways to write.
fn writers(props: &BenchProps, writing: &Writing, verdict: &Verdict, act: &Callback<Act>) -> Html {
    let items = vec![TabItem::new("form", t!("playground.tab_form")), TabItem::new("text", t!("playground.tab_text"))];
    let selected = if writing.tab == Tab::Form { "form" } else { "text" };
    let on_select = act.reform(|id: AttrValue| Act::Open(if id == "text" { Tab::Text } else { Tab::Form }));
    let table = props.table.ready();
    let panel = match (writing.tab, table) {
        (Tab::Text, table) => text::editor(writing, table.map_or(&[], |table| &table.fields), act),
        (Tab::Form, None) => stand_in(&props.table, &props.again),
        (Tab::Form, Some(table)) => {
            let form = Form { root: &writing.value, problems: &verdict.problems, open: &writing.open, act };
            html! {
                <>
                    <div>{ text::unread_note(writing) }</div>
                    <div class="pg-form" data-testid={testid::PLAYGROUND_FORM} key={writing.preset.clone()}>{ form.draw(&table.fields) }</div>
                </>
            }
        }
    };
    html! { <Tabs id="pg-tabs" label={t!("playground.tabs")} {items} {selected} {on_select}>{ panel }</Tabs> }
}
