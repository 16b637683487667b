//! Fences that are not listings: widgets, bets, quizzes, myths, comparisons.

use super::bet;
use super::comparison;
use super::data_widgets::{self, Body};
use super::draft::{Claim, Draft, is_slug};
use super::fields::{self, At, Fields};
use super::markdown;
use super::problem::{Code, Place};
use super::source::Source;
use crate::{Block, Inline, Myth, Quiz, WIDGETS, Widget, WidgetKind, widget};
use serde_json::{Map, Value};

/// Reads the body of a directive; the last argument is what stands after the directive's name.
type Read = fn(&mut Draft<'_>, Source<'_>, &Place, &str) -> Option<Block>;

/// The reader of a directive, if the word is one.
pub(super) fn reader(word: &str) -> Option<Read> {
    const READERS: [(&str, Read); 5] =
        [("widget", read_widget), ("bet", bet::read), ("quiz", read_quiz), ("myth", read_myth), ("comparison", comparison::read)];
    READERS.iter().find(|(name, _)| *name == word).map(|(_, read)| *read)
}

fn read_widget(draft: &mut Draft<'_>, source: Source<'_>, place: &Place, name: &str) -> Option<Block> {
    let known = widget(name);
    if known.is_none() {
        let names = WIDGETS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
        draft.problem(place, Code::UnknownWidget, format!("There is no widget `{name}`; there are {names}."));
    }
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    let id = match fields.text("id") {
        Some(id) => id.value,
        None => numbered(draft, name),
    };
    take_id(draft, "widget", &id, place);
    let mut scenario = scenario(draft, &fields, "scenario");
    for expect in fields.tables("expect") {
        claim(draft, &expect, scenario.as_deref());
        expect.finish("`expect`");
    }
    let controls = fields.texts("controls");
    let mut props = Map::new();
    let facts_before = draft.uses.facts.len();
    if let Some(kind) = known {
        props = read_props(draft, &fields, kind, &controls);
        fields.finish(&format!("The widget `{name}`"));
        let body = Body { source, place, scenario: scenario.as_deref() };
        scenario = data_widgets::prepare(draft, name, &body, &mut props).or(scenario);
    }
    let controls = controls.into_iter().map(|control| control.value).collect();
    let mut facts: Vec<String> = Vec::new();
    for fact in &draft.uses.facts[facts_before..] {
        if !facts.contains(&fact.value) {
            facts.push(fact.value.clone());
        }
    }
    Some(Block::Widget(Widget { name: name.to_owned(), id, scenario, controls, facts, props }))
}

/// Checks what this sort of widget understands, and reads its props.
fn read_props(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, kind: &WidgetKind, controls: &[At<String>]) -> Map<String, Value> {
    if kind.scenario {
        fields.require("scenario");
    }
    for control in controls.iter().filter(|control| !kind.controls.contains(&control.value.as_str())) {
        let has = if kind.controls.is_empty() { "none".to_owned() } else { kind.controls.join(", ") };
        let message = format!("`{}` has no control `{}`; it has {has}.", kind.name, control.value);
        draft.problem(&control.place, Code::UnknownControl, message);
    }
    for prop in kind.props.iter().filter(|prop| prop.ends_with("_scenario")) {
        scenario(draft, fields, prop);
    }
    fields.json(kind.props)
}

/// `name`, then `name-2`, `name-3`, ...
fn numbered(draft: &Draft<'_>, name: &str) -> String {
    let mut id = name.to_owned();
    let mut next = 2_u32;
    while draft.has_id("widget", &id) {
        id = format!("{name}-{next}");
        next += 1;
    }
    id
}

fn claim(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, default: Option<&str>) {
    fields.require("between");
    let metric = fields.required_text("metric");
    let own = scenario(draft, fields, "scenario");
    let between = fields.range("between");
    let over_seeds = fields.range("over_seeds");
    let (Some(metric), Some(between)) = (metric, between) else { return };
    let Some(scenario) = own.or_else(|| default.map(str::to_owned)) else {
        draft.problem(&fields.place(), Code::MissingField, "`scenario` is missing: this widget has none of its own.");
        return;
    };
    if draft.check_metric(&metric.place, &metric.value) {
        let over_seeds = over_seeds.map_or(between.value, |range| range.value);
        let value = Claim { scenario, metric: metric.value, between: between.value, over_seeds };
        draft.uses.claims.push(At { value, place: between.place });
    }
}

/// Reports unless exactly one of at least two answers is right.
pub(super) fn one_right(draft: &Draft<'_>, place: &Place, rights: impl ExactSizeIterator<Item = bool>) {
    let options = rights.len();
    let right = rights.filter(|right| *right).count();
    if right != 1 || options < 2 {
        draft.problem(place, Code::OneRightAnswer, format!("{right} of {options} answers are right."));
    }
}

fn read_quiz(draft: &mut Draft<'_>, source: Source<'_>, place: &Place, name: &str) -> Option<Block> {
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    let id = if name.is_empty() { "quiz" } else { name };
    take_id(draft, "quiz", id, place);
    let wanted = fields.texts("questions");
    fields.finish("A quiz");
    let mut questions = Vec::new();
    if wanted.is_empty() {
        questions.extend(draft.questions.iter().map(|question| question.value.clone()));
    }
    for name in wanted {
        match draft.questions.iter().find(|question| question.value.id == name.value) {
            Some(question) => questions.push(question.value.clone()),
            None => draft.problem(&name.place, Code::BadValue, format!("quiz.en.toml has no question `{}`.", name.value)),
        }
    }
    if questions.is_empty() {
        draft.problem(place, Code::BadValue, "The quiz has no questions; they are written in quiz.en.toml.");
    }
    draft.uses.asked.extend(questions.iter().map(|question| question.id.clone()));
    Some(Block::Quiz(Quiz { id: id.to_owned(), questions }))
}

fn read_myth(draft: &mut Draft<'_>, source: Source<'_>, place: &Place, id: &str) -> Option<Block> {
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    take_id(draft, "myth", id, place);
    let claim = required_prose(draft, &fields, "claim");
    let truth = required_prose(draft, &fields, "truth");
    let scenario = scenario(draft, &fields, "scenario");
    let numbers: Vec<String> = fields.texts("numbers").into_iter().map(|number| number.value).collect();
    fields.finish("A myth");
    data_widgets::check_numbers(draft, place, &numbers);
    let proved = truth.iter().any(|piece| matches!(piece, Inline::Fact { .. }));
    if scenario.is_none() || numbers.is_empty() || !proved {
        draft.problem(place, Code::MythWithoutRun, format!("Nothing refutes the myth `{id}`."));
    }
    Some(Block::Myth(Myth { id: id.to_owned(), claim, truth, scenario, numbers }))
}

pub(super) fn take_id(draft: &mut Draft<'_>, what: &str, id: &str, place: &Place) {
    if is_slug(id) {
        draft.claim_id(what, id, place);
    } else {
        draft.problem(place, Code::BadSlug, format!("The {what} needs a slug for an id, not `{id}`."));
    }
}

/// A field that names a scenario.
pub(super) fn scenario(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, key: &str) -> Option<String> {
    let name = fields.text(key)?;
    let value = name.value.clone();
    draft.uses.scenarios.push(name);
    Some(value)
}

/// A field of running text.
pub(super) fn prose_of(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, key: &str) -> Vec<Inline> {
    match fields.prose(key) {
        Some(source) => markdown::inlines(draft, source),
        None => Vec::new(),
    }
}

/// A field that is a list of running texts; empty if the field is not there.
pub(super) fn prose_list(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, key: &str) -> Vec<Vec<Inline>> {
    fields.proses(key).into_iter().map(|source| markdown::inlines(draft, source)).collect()
}

/// A field of running text that must be there.
pub(super) fn required_prose(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, key: &str) -> Vec<Inline> {
    drop(fields.required_text(key));
    prose_of(draft, fields, key)
}
