//! The form: made from the field table alone, so that a new field of the simulator appears here by itself.

use super::edit::{Change, Edit, get, new_entry};
use super::fields::{Choice, Field, FieldKind, number, starter, variant, words};
use super::inputs::{NumberField, NumbersField, typed};
use super::judge::{is_within, join};
use super::state::Act;
use crate::components::format::{self, Unit};
use crate::components::{Button, ButtonKind, Icon, IconName, Select, SelectOption, Slider, SliderScale, TextField, Toggle};
use crate::t;
use coldstart_sim::{Problem, Severity};
use serde_json::Value;
use std::collections::BTreeSet;
use yew::prelude::*;

/// Ranges up to this width get a slider; beyond it a slider could not hit what is wanted.
const SLIDER_WIDTH_MAX: f64 = 10_240.0;
/// From this ratio of its ends on, a slider is logarithmic.
const LOG_RATIO: f64 = 50.0;
/// Entries of a list that get fields of their own; the text has all of them.
const ENTRIES_MAX: usize = 64;

/// Id of a field's element.
#[must_use]
pub fn element_id(path: &str) -> String {
    let plain: String = path.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("pg-{plain}")
}

/// What the form is drawn from.
pub struct Form<'a> {
    /// What has been written.
    pub root: &'a Value,
    /// What there is to say about it.
    pub problems: &'a [Problem],
    /// Groups that are unfolded.
    pub open: &'a BTreeSet<String>,
    /// Called with every change.
    pub act: &'a Callback<Act>,
}

/// Where a field stands.
#[derive(Clone)]
struct Spot<'a> {
    path: String,
    /// What was written, or the default.
    value: Option<&'a Value>,
    /// Defaults that a change within has to write down first.
    ensure: Vec<(String, Value)>,
}

impl Form<'_> {
    /// All fields.
    pub fn draw(&self, fields: &[Field]) -> Html {
        self.fields(fields, &Spot { path: String::new(), value: Some(self.root), ensure: Vec::new() })
    }

    fn fields(&self, fields: &[Field], at: &Spot<'_>) -> Html {
        let shown = fields.iter().filter(|field| !field.is_fixed());
        html! { <div class="pg-fields">{ for shown.map(|field| self.child(field, at)) }</div> }
    }

    fn child(&self, field: &Field, at: &Spot<'_>) -> Html {
        let path = join(&at.path, &field.name);
        let written = at.value.and_then(|value| value.get(&field.name)).filter(|value| !value.is_null());
        let mut ensure = at.ensure.clone();
        if let (None, FieldKind::Union, Some(default)) = (written, field.kind, &field.default) {
            ensure.push((path.clone(), default.clone()));
        }
        let spot = Spot { path, value: written.or(field.default.as_ref()), ensure };
        let wide = matches!(field.kind, FieldKind::Group | FieldKind::List | FieldKind::Union);
        html! {
            <div key={spot.path.clone()} class={classes!("pg-field", wide.then_some("pg-field--wide"))} data-path={spot.path.clone()}>
                <div>{ self.control(field, &spot) }</div>
                <div>{ self.said(&spot.path) }</div>
            </div>
        }
    }

    fn control(&self, field: &Field, at: &Spot<'_>) -> Html {
        if field.can_be_unset() {
            return self.optional(field, at);
        }
        match field.kind {
            FieldKind::Number | FieldKind::Integer => self.number(field, at),
            FieldKind::Text if field.name == "target" => self.target(field, at),
            FieldKind::Text => self.text(field, at),
            FieldKind::Boolean => self.boolean(field, at),
            FieldKind::Choice => self.choice(field, at),
            FieldKind::Union => self.union(field, at),
            FieldKind::Group => self.fold(&at.path, words(&field.name), || {
                html! { <><p class="pg-meaning">{ &field.meaning }</p>{ self.fields(&field.fields, at) }</> }
            }),
            FieldKind::List => self.list(field, at),
        }
    }

    fn emit(&self, at: &Spot<'_>, change: impl Fn() -> Change + 'static) -> Callback<MouseEvent> {
        let (act, path, ensure) = (self.act.clone(), at.path.clone(), at.ensure.clone());
        Callback::from(move |_| act.emit(Act::Edit(Edit { ensure: ensure.clone(), path: path.clone(), change: change() })))
    }

    /// Writes whatever a control says.
    fn setter<T: 'static>(&self, at: &Spot<'_>, value: impl Fn(T) -> Change + 'static) -> Callback<T> {
        let (act, path, ensure) = (self.act.clone(), at.path.clone(), at.ensure.clone());
        Callback::from(move |said| act.emit(Act::Edit(Edit { ensure: ensure.clone(), path: path.clone(), change: value(said) })))
    }

    fn optional(&self, field: &Field, at: &Spot<'_>) -> Html {
        let first = starter(field);
        let on_change = self.setter(at, move |on| if on { Change::Set(first.clone()) } else { Change::Unset });
        let id = element_id(&at.path);
        let is_set = at.value.is_some();
        let always = Field { required: true, ..field.clone() };
        html! {
            <>
                <Toggle
                    id={if is_set { format!("{id}-set") } else { id }}
                    label={t!("playground.set", name = words(&field.name))}
                    on={is_set}
                    {on_change}
                    hint={(!is_set).then(|| AttrValue::from(field.meaning.clone()))}
                />
                <div>{ if is_set { self.control(&always, at) } else { Html::default() } }</div>
            </>
        }
    }

    fn number(&self, field: &Field, at: &Spot<'_>) -> Html {
        let id = element_id(&at.path);
        let kind = field.kind;
        let value = at.value.cloned().unwrap_or_default();
        let within = |value: f64| field.min.is_none_or(|min| value >= min) && field.max.is_none_or(|max| value <= max);
        if let (Some(run), Some(now)) = (slider_of(field), value.as_f64().filter(|value| within(*value))) {
            return html! {
                <Slider
                    {id}
                    label={words(&field.name)}
                    value={now}
                    min={run.min}
                    max={run.max}
                    step={run.step}
                    unit={run.unit}
                    scale={run.scale}
                    hint={AttrValue::from(field.meaning.clone())}
                    on_input={self.setter(at, move |value| Change::Set(number(value, kind)))}
                />
            };
        }
        html! {
            <NumberField
                {id}
                label={words(&field.name)}
                {value}
                {kind}
                unit={field.unit.clone()}
                on_set={self.setter(at, Change::Set)}
                hint={hint(field)}
                wrong={self.is_wrong(&at.path)}
            />
        }
    }

    fn text(&self, field: &Field, at: &Spot<'_>) -> Html {
        let required = field.required;
        let change = move |text: String| if text.is_empty() && !required { Change::Unset } else { Change::Set(Value::String(text)) };
        html! {
            <TextField
                id={element_id(&at.path)}
                label={words(&field.name)}
                value={at.value.map(typed).unwrap_or_default()}
                on_input={self.setter(at, change)}
                hint={AttrValue::from(field.meaning.clone())}
            />
        }
    }

    /// The id of a function: one of those that there are.
    fn target(&self, field: &Field, at: &Spot<'_>) -> Html {
        let functions = get(self.root, "functions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut ids: Vec<String> = functions.iter().filter_map(|function| function.get("id")).map(typed).collect();
        let value = at.value.map(typed).unwrap_or_default();
        if !ids.contains(&value) {
            ids.insert(0, value.clone());
        }
        html! {
            <Select
                id={element_id(&at.path)}
                label={words(&field.name)}
                {value}
                options={ids.into_iter().map(|id| SelectOption::new(id.clone(), id)).collect::<Vec<_>>()}
                on_change={self.setter(at, |id: AttrValue| Change::Set(Value::String(id.to_string())))}
                hint={AttrValue::from(field.meaning.clone())}
            />
        }
    }

    fn boolean(&self, field: &Field, at: &Spot<'_>) -> Html {
        html! {
            <Toggle
                id={element_id(&at.path)}
                label={words(&field.name)}
                on={at.value.and_then(Value::as_bool).unwrap_or_default()}
                on_change={self.setter(at, |on| Change::Set(Value::Bool(on)))}
                hint={AttrValue::from(field.meaning.clone())}
            />
        }
    }

    fn choice(&self, field: &Field, at: &Spot<'_>) -> Html {
        let value = at.value.map(typed).unwrap_or_default();
        let meaning = field.choices.iter().find(|choice| choice.value == value).map(|choice| choice.meaning.as_str());
        self.select(field, at, &value, meaning, self.setter(at, |value: AttrValue| Change::Set(Value::String(value.to_string()))))
    }

    fn select(&self, field: &Field, at: &Spot<'_>, value: &str, meaning: Option<&str>, on_change: Callback<AttrValue>) -> Html {
        let mut options: Vec<SelectOption> = field.choices.iter().map(option).collect();
        if field.choices.iter().all(|choice| choice.value != value) {
            options.insert(0, SelectOption::new(value.to_owned(), value.to_owned()));
        }
        let hint =
            [Some(field.meaning.as_str()), meaning].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        html! {
            <Select
                id={element_id(&at.path)}
                label={words(&field.name)}
                value={value.to_owned()}
                {options}
                {on_change}
                hint={AttrValue::from(hint)}
            />
        }
    }

    /// A choice that brings its own fields.
    fn union(&self, field: &Field, at: &Spot<'_>) -> Html {
        let chosen = field.variant(at.value);
        let value = chosen.map(|choice| choice.value.clone()).unwrap_or_default();
        let (choices, before) = (field.choices.clone(), at.value.cloned());
        let on_change = self.setter(at, move |value: AttrValue| {
            let choice = choices.iter().find(|choice| choice.value == *value);
            choice.map_or(Change::Unset, |choice| Change::Set(variant(choice, before.as_ref())))
        });
        html! {
            <div class="pg-union" role="group" aria-label={words(&field.name)}>
                { self.select(field, at, &value, chosen.map(|choice| choice.meaning.as_str()), on_change) }
                <div key={value} class="pg-union__own">{ chosen.map(|choice| self.fields(&choice.fields, at)) }</div>
            </div>
        }
    }

    fn list(&self, field: &Field, at: &Spot<'_>) -> Html {
        let Some(entry) = field.entry() else { return Html::default() };
        if matches!(entry.kind, FieldKind::Number | FieldKind::Integer) {
            return html! {
                <NumbersField
                    id={element_id(&at.path)}
                    label={words(&field.name)}
                    value={at.value.cloned().unwrap_or_default()}
                    kind={entry.kind}
                    unit={entry.unit.clone()}
                    on_set={self.setter(at, Change::Set)}
                    hint={hint(field)}
                    wrong={self.is_wrong(&at.path)}
                />
            };
        }
        let list = at.value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let title = t!("playground.list", name = words(&field.name), n = list.len());
        self.fold(&at.path, title, || self.entries(field, entry, list, at))
    }

    fn entries(&self, field: &Field, entry: &Field, list: &[Value], at: &Spot<'_>) -> Html {
        let value = new_entry(field, self.root, &at.path);
        let full = field.max.is_some_and(|max| list.len() as f64 >= max);
        let one = words(field.name.trim_end_matches('s')).to_lowercase();
        html! {
            <>
                <p class="pg-meaning">{ &field.meaning }</p>
                <div class="pg-entries">{ for list.iter().take(ENTRIES_MAX).enumerate().map(|(index, value)| self.entry(entry, index, value, at, &one)) }</div>
                <div>{ (list.len() > ENTRIES_MAX).then(|| html! { <p class="muted small">{ t!("playground.more_entries", n = list.len() - ENTRIES_MAX) }</p> }) }</div>
                <Button
                    label={t!("playground.add", name = one.clone())}
                    kind={ButtonKind::Quiet}
                    disabled={full}
                    onclick={self.emit(at, move || Change::Add(value.clone()))}
                />
            </>
        }
    }

    fn entry(&self, entry: &Field, index: usize, value: &Value, at: &Spot<'_>, name: &str) -> Html {
        let path = format!("{}[{index}]", at.path);
        let id = value.get("id").and_then(Value::as_str).filter(|id| !id.is_empty());
        let title = id.map_or_else(|| t!("playground.entry", name = name.to_owned(), number = index + 1), ToOwned::to_owned);
        let spot = Spot { path: path.clone(), value: Some(value), ensure: at.ensure.clone() };
        html! {
            <div key={index} class="pg-entry">
                { self.fold(&path, title.clone(), || html! {
                    <>
                        { self.fields(&entry.fields, &spot) }
                        <Button
                            label={t!("playground.remove", name = title.clone())}
                            kind={ButtonKind::Quiet}
                            onclick={self.emit(at, move || Change::Remove(index))}
                        />
                    </>
                }) }
                { self.said(&path) }
            </div>
        }
    }

    /// A part that folds; it says how many problems it hides.
    fn fold(&self, path: &str, title: String, body: impl Fn() -> Html) -> Html {
        let open = self.open.contains(path);
        let wrong = self.problems.iter().filter(|problem| problem.severity == Severity::Error && is_within(&problem.path, path)).count();
        let onclick = {
            let (act, path) = (self.act.clone(), path.to_owned());
            Callback::from(move |_: MouseEvent| act.emit(Act::Fold(path.clone())))
        };
        let id = element_id(path);
        html! {
            <div class="pg-fold disclosure">
                <button
                    type="button"
                    class="disclosure__button pg-fold__button"
                    id={id.clone()}
                    aria-expanded={if open { "true" } else { "false" }}
                    aria-controls={format!("{id}-body")}
                    {onclick}
                >
                    <Icon name={IconName::Chevron} />
                    <span>{ title }</span>
                    <span class="pg-fold__wrong">{ (wrong > 0).then(|| t!("playground.wrong", n = wrong)) }</span>
                </button>
                <div class="pg-fold__body" id={format!("{id}-body")} hidden={!open}>{ if open { body() } else { Html::default() } }</div>
            </div>
        }
    }

    fn is_wrong(&self, path: &str) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error && said_at(&problem.path, path))
    }

    /// What there is to say about exactly this field.
    fn said(&self, path: &str) -> Html {
        let about: Vec<&Problem> = self.problems.iter().filter(|problem| said_at(&problem.path, path)).collect();
        html! {
            <div class="pg-said" id={format!("{}-said", element_id(path))}>
                { for about.into_iter().take(3).map(|problem| {
                    let class = if problem.severity == Severity::Error { "field__problem" } else { "pg-advice" };
                    html! { <p key={problem.message.clone()} {class}>{ &problem.message }</p> }
                }) }
            </div>
        }
    }
}

/// Whether a problem is shown at this field: its own, and those of numbers in a list without fields of their own.
fn said_at(problem: &str, path: &str) -> bool {
    let rest = problem.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || (is_number_of_list(rest) && !path.is_empty()))
}

/// `[3]`, and the list is one of numbers: entries that are groups have fields that say it themselves.
fn is_number_of_list(rest: &str) -> bool {
    rest.starts_with('[') && rest.ends_with(']') && !rest.contains('.')
}

fn option(choice: &Choice) -> SelectOption {
    let is_slug = choice.value.contains('.');
    SelectOption::new(choice.value.clone(), if is_slug { choice.value.clone() } else { words(&choice.value) })
}

/// Meaning and range.
fn hint(field: &Field) -> Html {
    let range = match (field.min, field.max) {
        (Some(min), Some(max)) => {
            let limits = t!("playground.range", min = shown(min), max = shown(max));
            let number = matches!(field.kind, FieldKind::Number | FieldKind::Integer);
            if field.meaning.contains(&limits) || !number { String::new() } else { format::with_unit(&limits, &field.unit) }
        }
        _ => String::new(),
    };
    html! { <>{ &field.meaning }{ " " }<span class="pg-range">{ range }</span></> }
}

fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format::whole(value) } else { value.to_string() }
}

/// The way of a slider.
struct Run {
    min: f64,
    max: f64,
    step: f64,
    unit: Unit,
    scale: SliderScale,
}

/// A slider for a number with a range that one can aim in.
fn slider_of(field: &Field) -> Option<Run> {
    let (min, max) = (field.min?, field.max?);
    if max - min > SLIDER_WIDTH_MAX {
        return None;
    }
    let step = if field.kind == FieldKind::Integer || max - min >= 100.0 { 1.0 } else { (max - min) / 1_000.0 };
    let unit = match (field.unit.as_str(), field.kind) {
        ("MB", _) => Unit::Megabytes,
        ("s", _) => Unit::Seconds,
        ("ms", _) => Unit::Millis,
        ("", FieldKind::Number) => Unit::Share,
        _ => Unit::Count,
    };
    let scale = if min > 0.0 && max / min > LOG_RATIO { SliderScale::Log } else { SliderScale::Linear };
    Some(Run { min, max, step, unit, scale })
}
