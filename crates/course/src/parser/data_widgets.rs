//! Widgets made of data: what they hold is read into the types of [`crate::data`], prose is written out, files are put in.

use super::draft::Draft;
use super::fields::At;
use super::markdown::plain;
use super::problem::{Code as Rule, Place};
use super::prose;
use super::source::Source;
use crate::data::{Code, Compare, Events, KNOBS_MAX, Knobs, Lab, LabView, NUMBERS_MAX, Note, Tree, number_parts};
use serde_json::{Map, Value};

/// Fields that are prose: facts and counts in them are written out, and bare numbers are reported.
const PROSE: [&str; 6] = ["text", "because", "why", "ask", "success", "promise"];
/// Most lines of a listing.
const LINES_MAX: usize = 60;

/// A widget made of data, with the name of its scenario.
#[derive(Clone, Debug)]
pub(super) struct DataWidget {
    pub(super) scenario: String,
    pub(super) kind: Kind,
}

/// What it is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Lab(Lab),
    Compare(Compare),
    Code(Code),
    Tree(Box<Tree>),
}

/// The body of a directive.
pub(super) struct Body<'b> {
    pub(super) source: Source<'b>,
    pub(super) place: &'b Place,
    pub(super) scenario: Option<&'b str>,
}

/// Prepares the props of a widget made of data; others are left alone. Returns the scenario that the widget brings along.
pub(super) fn prepare(draft: &mut Draft<'_>, name: &str, body: &Body<'_>, props: &mut Map<String, Value>) -> Option<String> {
    if !["lab", "compare", "code", "events", "tree"].contains(&name) {
        return None;
    }
    for (key, value) in props.iter_mut() {
        write_out(draft, body, key, value);
    }
    match name {
        "lab" => lab(draft, body, props),
        "compare" => compare(draft, body, props),
        "code" => code(draft, body, props),
        "events" => events(draft, body, props),
        _ => return tree(draft, body, props),
    }
    None
}

/// Facts and counts of prose as plain words.
fn write_out(draft: &mut Draft<'_>, body: &Body<'_>, key: &str, value: &mut Value) {
    match value {
        Value::String(text) if PROSE.contains(&key) => {
            let source = body.source.spelled(0..body.source.text.len(), text);
            if text.contains("{{result") {
                draft.problem(&source.place(0), Rule::BadPlaceholder, format!("`{key}` of a widget cannot hold a result."));
            }
            *text = plain(&prose::read(draft, source));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| write_out(draft, body, key, item)),
        // What changes the scenario is data, whatever its fields are called.
        Value::Object(fields) if key != "set" && key != "solution" => {
            fields.iter_mut().for_each(|(key, value)| write_out(draft, body, key, value));
        }
        _ => {}
    }
}

fn typed<T: serde::de::DeserializeOwned>(draft: &Draft<'_>, place: &Place, props: &Map<String, Value>) -> Option<T> {
    match serde_json::from_value(Value::Object(props.clone())) {
        Ok(read) => Some(read),
        Err(error) => {
            draft.problem(place, Rule::BadValue, format!("The widget cannot be read: {error}."));
            None
        }
    }
}

fn lab(draft: &mut Draft<'_>, body: &Body<'_>, props: &Map<String, Value>) {
    let Some(lab) = typed::<Lab>(draft, body.place, props) else { return };
    let problem = |message: &str| draft.problem(body.place, Rule::BadValue, message);
    if lab.views.is_empty() {
        problem("`views` is empty: the lab shows nothing.");
    }
    if lab.views.contains(&LabView::Numbers) == lab.numbers.is_empty() {
        problem("`numbers` goes with the view `numbers`.");
    }
    if lab.send.is_some() && !lab.views.contains(&LabView::Stage) {
        problem("`send` needs the view `stage`.");
    }
    if lab.goal.is_empty() != (lab.success.is_empty() && lab.solution.is_empty()) {
        problem("`goal`, `success` and `solution` go together.");
    }
    check_numbers(draft, body.place, &lab.numbers);
    for goal in &lab.goal {
        draft.check_metric(body.place, &goal.metric);
    }
    check_knobs(draft, body.place, &lab.knobs());
    keep(draft, body, Kind::Lab(lab));
}

fn compare(draft: &mut Draft<'_>, body: &Body<'_>, props: &Map<String, Value>) {
    let Some(compare) = typed::<Compare>(draft, body.place, props) else { return };
    if !(2..=NUMBERS_MAX).contains(&compare.policy.len()) || compare.numbers.is_empty() {
        draft.problem(body.place, Rule::BadValue, "`compare` needs two to four policies, and `numbers`.");
    }
    for policy in &compare.policy {
        if policy.scenario.is_some() && !policy.set.is_empty() {
            draft.problem(body.place, Rule::BadValue, format!("The policy `{}` has a scenario and a set.", policy.label));
        }
        draft.uses.scenarios.extend(policy.scenario.iter().map(|name| At { value: name.clone(), place: body.place.clone() }));
    }
    check_numbers(draft, body.place, &compare.numbers);
    check_knobs(draft, body.place, &compare.knobs());
    keep(draft, body, Kind::Compare(compare));
}

fn code(draft: &mut Draft<'_>, body: &Body<'_>, props: &mut Map<String, Value>) {
    let Some(code) = typed::<Code>(draft, body.place, props) else { return };
    if code.variant.is_empty() || !code.texts.is_empty() {
        draft.problem(body.place, Rule::BadValue, "`code` needs a variant, and its texts are put in by itself.");
    }
    let files = code.variant.iter().flat_map(|variant| &variant.files).map(String::as_str);
    let texts = texts(draft, body.place, files);
    for variant in &code.variant {
        for note in &variant.note {
            let belongs = variant.files.contains(&note.file);
            check_note(draft, body.place, &texts, if belongs { &note.file } else { "" }, note);
        }
    }
    props.insert("texts".to_owned(), Value::Object(texts));
    check_numbers(draft, body.place, &code.numbers);
    keep(draft, body, Kind::Code(code));
}

fn events(draft: &Draft<'_>, body: &Body<'_>, props: &mut Map<String, Value>) {
    let Some(events) = typed::<Events>(draft, body.place, props) else { return };
    if events.shape.is_empty() || !events.texts.is_empty() {
        draft.problem(body.place, Rule::BadValue, "`events` needs a shape, and its texts are put in by itself.");
    }
    let texts = texts(draft, body.place, events.shape.iter().map(|shape| shape.file.as_str()));
    for shape in &events.shape {
        let text = texts.get(&shape.file).and_then(Value::as_str).unwrap_or("{}");
        if let Err(error) = serde_json::from_str::<Value>(text) {
            draft.problem(body.place, Rule::BadValue, format!("`{}` is not JSON: {error}.", shape.file));
        }
        shape.note.iter().for_each(|note| check_note(draft, body.place, &texts, &shape.file, note));
    }
    props.insert("texts".to_owned(), Value::Object(texts));
}

/// The tree's file is put in whole; its scenario stands beside it.
fn tree(draft: &mut Draft<'_>, body: &Body<'_>, props: &mut Map<String, Value>) -> Option<String> {
    let slug = props.get("tree").and_then(Value::as_str).map(str::to_owned);
    let Some(slug) = slug else {
        draft.problem(body.place, Rule::MissingField, "`tree` is missing.");
        return None;
    };
    let path = format!("trees/{slug}.toml");
    let Some(text) = draft.text(&path) else {
        draft.problem(body.place, Rule::MissingFile, format!("The course has no {path}."));
        return None;
    };
    let source = Source::new(&path, &text);
    let place = source.place(0);
    let table = match toml::from_str::<Map<String, Value>>(&text) {
        Ok(table) => table,
        Err(error) => {
            let at = source.place(error.span().map_or(0, |span| span.start));
            draft.problem(&at, Rule::TomlSyntax, super::fields::sentence(error.message()));
            return None;
        }
    };
    let mut table = table;
    let inner = Body { source, place: &place, scenario: None };
    table.iter_mut().for_each(|(key, value)| write_out(draft, &inner, key, value));
    let tree = typed::<Tree>(draft, &place, &table)?;
    if tree.id != slug || tree.format != crate::FORMAT {
        draft.problem(&place, Rule::BadValue, format!("A tree of format {} in `{slug}.toml` has the id `{slug}`.", crate::FORMAT));
    }
    check_numbers(draft, &place, &tree.numbers);
    for leaf in &tree.leaf {
        check_numbers(draft, &place, &[tree.decides(leaf).to_owned()]);
    }
    props.insert("tree".to_owned(), Value::Object(table));
    let scenario = format!("tree-{slug}");
    draft.uses.trees.push(slug);
    draft.uses.scenarios.push(At { value: scenario.clone(), place: body.place.clone() });
    draft.uses.data.push(At { value: DataWidget { scenario: scenario.clone(), kind: Kind::Tree(Box::new(tree)) }, place });
    Some(scenario)
}

fn keep(draft: &mut Draft<'_>, body: &Body<'_>, kind: Kind) {
    if let Some(scenario) = body.scenario {
        draft.uses.data.push(At { value: DataWidget { scenario: scenario.to_owned(), kind }, place: body.place.clone() });
    }
}

/// The texts of files below the lesson's folder.
fn texts<'f>(draft: &Draft<'_>, place: &Place, files: impl Iterator<Item = &'f str>) -> Map<String, Value> {
    let mut texts = Map::new();
    for file in files {
        match draft.text(&format!("{}/{file}", draft.slug)) {
            Some(text) if text.lines().count() > LINES_MAX => {
                draft.problem(place, Rule::BadValue, format!("`{file}` has more than {LINES_MAX} lines."));
            }
            Some(text) => drop(texts.insert(file.to_owned(), Value::String(text))),
            None => draft.problem(place, Rule::MissingFile, format!("There is no file `{file}` in the lesson's folder.")),
        }
    }
    texts
}

fn check_note(draft: &Draft<'_>, place: &Place, texts: &Map<String, Value>, file: &str, note: &Note) {
    let lines = texts.get(file).and_then(Value::as_str).map_or(0, |text| text.lines().count());
    if note.line == 0 || note.line as usize > lines {
        draft.problem(
            place,
            Rule::BadValue,
            format!("The note on line {} of `{file}`, which has {lines} lines, stands nowhere.", note.line),
        );
    }
}

/// Entries of `numbers`: known metrics, with a label where the metric has none of its own.
pub(super) fn check_numbers(draft: &Draft<'_>, place: &Place, numbers: &[String]) {
    if numbers.len() > NUMBERS_MAX {
        draft.problem(place, Rule::BadValue, format!("At most {NUMBERS_MAX} numbers stand side by side."));
    }
    for entry in numbers {
        let (metric, label) = number_parts(entry);
        if draft.check_metric(place, metric) && label.is_none() && metric.contains([':', '@']) {
            draft.problem(place, Rule::BadValue, format!("`{metric}` needs a label: write `{metric} as What it says`."));
        }
    }
}

fn check_knobs(draft: &Draft<'_>, place: &Place, knobs: &Knobs) {
    let problem = |message: String| draft.problem(place, Rule::BadValue, message);
    if knobs.len() > KNOBS_MAX {
        problem(format!("{} knobs: at most {KNOBS_MAX} stand beside a stage.", knobs.len()));
    }
    for slider in &knobs.sliders {
        if slider.min >= slider.max || slider.step <= 0.0 || (slider.log && slider.min <= 0.0) {
            problem(format!("The slider `{}` needs `min` below `max` and a step above 0; with `log`, `min` above 0.", slider.label));
        }
    }
    for choice in knobs.choices.iter().filter(|choice| choice.option.len() < 2) {
        problem(format!("The choice `{}` needs two options.", choice.label));
    }
}
