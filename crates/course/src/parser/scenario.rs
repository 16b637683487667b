//! The scenarios of a lesson.

use super::draft::is_slug;
use super::fields;
use super::problem::{Code, Place, Problems};
use super::source::{Files, Source};
use coldstart_sim::{ScenarioSpec, Severity};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeTable;

/// A scenario file.
pub(super) struct Scenario<'t> {
    source: Source<'t>,
    table: Spanned<DeTable<'t>>,
    /// None if it does not parse.
    pub(super) spec: Option<ScenarioSpec>,
}

impl Scenario<'_> {
    /// Where a field of the scenario stands; the file's start for a path that is not there.
    pub(super) fn place(&self, path: &str) -> Place {
        fields::find_path(self.source, &self.table, path)
    }
}

/// Reads every file of `slug/scenarios/`.
pub(super) fn read_all<'t>(files: &'t Files, slug: &str, problems: &Problems) -> BTreeMap<String, Scenario<'t>> {
    let prefix = format!("{slug}/scenarios/");
    let below = files.texts.iter().filter_map(|(path, text)| Some((path, path.strip_prefix(&prefix)?.strip_suffix(".toml")?, text)));
    let mut found = BTreeMap::new();
    for (path, name, text) in below {
        if !is_slug(name) {
            problems.push(&Place::start_of(path), Code::BadSlug, format!("The scenario `{name}` needs a slug for a name."));
        }
        found.insert(name.to_owned(), read(Source::new(path, text), problems));
    }
    found
}

/// The scenario that a decision tree's leaves change, by the name that lessons give to it.
pub(super) fn of_tree<'t>(files: &'t Files, slug: &str, problems: &Problems) -> Option<(String, Scenario<'t>)> {
    let path = format!("trees/{slug}.scenario.toml");
    match files.texts.get_key_value(&path) {
        Some((path, text)) => Some((format!("tree-{slug}"), read(Source::new(path, text), problems))),
        None => {
            problems.push(&Place::start_of(&path), Code::MissingFile, format!("The tree `{slug}` has no scenario."));
            None
        }
    }
}

fn read<'t>(source: Source<'t>, problems: &Problems) -> Scenario<'t> {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in &errors {
        let place = source.place(error.span().map_or(0, |span| span.start));
        problems.push(&place, Code::TomlSyntax, fields::sentence(error.message()));
    }
    let spec = if errors.is_empty() { typed(source, problems) } else { None };
    let mut scenario = Scenario { source, table, spec };
    let faults = scenario.spec.as_ref().map(coldstart_sim::check).unwrap_or_default();
    // Advice is for learners, who may build the bad system and watch it.
    for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
        problems.push(&scenario.place(&fault.path), Code::InvalidScenario, format!("{}: {}", fault.path, fields::sentence(&fault.message)));
        scenario.spec = None;
    }
    scenario
}

fn typed(source: Source<'_>, problems: &Problems) -> Option<ScenarioSpec> {
    match toml::from_str::<ScenarioSpec>(source.text) {
        Ok(spec) => Some(spec),
        Err(error) => {
            let place = source.place(error.span().map_or(0, |span| span.start));
            problems.push(&place, Code::InvalidScenario, fields::sentence(error.message()));
            None
        }
    }
}
