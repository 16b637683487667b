//! The whole folder: index and glossary, what lessons say about each other, and the compiled result.

use super::answers;
use super::draft::{Uses, is_slug};
use super::fields::{self, At, Fields};
use super::knobs;
use super::lesson::{self, LessonDraft};
use super::outline::{Outline, check_paths, read_outline};
use super::problem::{Code, Place, Problem, Problems};
use super::runs;
use super::source::{Files, Source};
use super::sources;
use crate::{
    Block, CompiledLesson, CourseIndex, EventSources, FORMAT, Glossary, Level, LinkTarget, Objective, ResolvedFact, ResultValue, Term,
    TermSource,
};
use coldstart_facts::registry::{Fact, Registry};
use std::collections::{BTreeMap, BTreeSet};

/// Pages of the app that lessons may link to.
const PAGES: &[&str] =
    &["home", "lessons", "playground", "logs", "style", "facts", "glossary", "sources", "model", "search", "about", "review"];
/// Folders below lessons/ that hold no lesson.
const NOT_LESSONS: &[&str] = &["trees", "myths"];
const GLOSSARY: &str = "glossary.en.toml";

/// A course ready to be written out.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The table of contents.
    pub index: CourseIndex,
    /// The lessons, in the order of the course.
    pub lessons: Vec<CompiledLesson>,
    /// The glossary.
    pub glossary: Glossary,
    /// What invokes functions.
    pub sources: EventSources,
}

/// Compiles the files of a lessons folder.
///
/// # Errors
/// Every problem of every file, by place.
pub fn compile(files: &Files, registry: &Registry) -> Result<Course, Vec<Problem>> {
    let problems = Problems::default();
    let outline = read_outline(files, &problems);
    let glossary = read_glossary(files, registry, &problems);
    let mut drafts = BTreeMap::new();
    for slug in files.folders().into_iter().filter(|folder| !NOT_LESSONS.contains(folder)) {
        if !is_slug(slug) {
            problems.push(&Place::start_of(slug), Code::BadSlug, format!("The folder `{slug}` needs a slug for a name."));
        }
        drafts.extend(lesson::read(files, slug, registry, &problems).map(|draft| (slug.to_owned(), draft)));
    }
    let sources = sources::read(files, registry, &problems);
    let known = Known { outline: &outline, glossary: &glossary, drafts: &drafts, files, registry, problems: &problems };
    known.check_outline();
    drafts.values().for_each(|draft| known.check_lesson(draft));
    known.check_myths();
    known.check_uses(&sources.uses, "");
    check_paths(&outline, |slug| drafts.get(slug).map(|draft| draft.front.minutes), &problems);
    drafts.values().for_each(|draft| knobs::check(draft, &problems));
    let figures_of = |draft: &LessonDraft<'_>| {
        let mut figures = runs::check(draft, &problems);
        figures.extend(answers::check(draft, &problems));
        figures
    };
    let mut figures: BTreeMap<&str, _> = drafts.iter().map(|(slug, draft)| (slug.as_str(), figures_of(draft))).collect();
    let compiled = |slug: &str| known.compiled(drafts.get(slug)?, figures.remove(slug)?);
    let lessons = outline.order().filter_map(compiled).collect::<Vec<_>>();
    let found = problems.into_sorted();
    if found.is_empty() {
        Ok(Course { index: outline.index(&lessons), lessons, glossary, sources: sources.compiled(registry) })
    } else {
        Err(found)
    }
}

pub(super) fn open<'a>(files: &'a Files, path: &'a str, problems: &Problems) -> Option<Source<'a>> {
    let text = files.texts.get(path);
    if text.is_none() {
        problems.push(&Place::start_of(path), Code::MissingFile, format!("The course has no {path}."));
    }
    text.map(|text| Source::new(path, text))
}

fn read_glossary(files: &Files, registry: &Registry, problems: &Problems) -> Glossary {
    let Some(source) = open(files, GLOSSARY, problems) else { return Glossary::default() };
    let table = fields::parse(source, problems);
    let fields = Fields::new(source, &table, problems);
    let mut terms: Vec<Term> = Vec::new();
    let mut related = Vec::new();
    for term in fields.tables("term") {
        let text = |key| term.required_text(key).map(|at| at.value).unwrap_or_default();
        let see = term.texts("see");
        let source = term.text("fact").and_then(|fact| term_source(&fact, registry, problems));
        let see_also = see.iter().map(|at| at.value.clone()).collect();
        let read = Term { id: text("id"), term: text("term"), meaning: text("meaning"), see: see_also, source };
        if !is_slug(&read.id) {
            problems.push(&term.place(), Code::BadSlug, format!("The term needs a slug for an id, not `{}`.", read.id));
        }
        if terms.iter().any(|other| other.id == read.id) {
            problems.push(&term.place(), Code::DuplicateId, format!("The term `{}` is there already.", read.id));
        }
        term.finish("A term");
        related.extend(see);
        terms.push(read);
    }
    fields.finish("The glossary");
    for see in related.iter().filter(|see| terms.iter().all(|term| term.id != see.value)) {
        problems.push(&see.place, Code::UnknownTarget, format!("The glossary has no term `{}`.", see.value));
    }
    terms.sort_by_key(|term| term.term.to_lowercase());
    Glossary { terms }
}

/// Source and date of the fact that a word's meaning rests on.
fn term_source(fact: &At<String>, registry: &Registry, problems: &Problems) -> Option<TermSource> {
    let found = registry.get(&fact.value);
    if found.is_none() {
        problems.push(&fact.place, Code::UnknownFact, format!("The registry has no fact `{}`.", fact.value));
    }
    found.map(|found| TermSource { fact: found.id.clone(), url: found.source.clone(), read: found.read.clone() })
}

/// Everything that a lesson may refer to.
struct Known<'k, 't> {
    outline: &'k Outline,
    glossary: &'k Glossary,
    drafts: &'k BTreeMap<String, LessonDraft<'t>>,
    files: &'k Files,
    registry: &'k Registry,
    problems: &'k Problems,
}

impl Known<'_, '_> {
    fn check_outline(&self) {
        let mut seen = BTreeSet::new();
        for slug in self.outline.modules.iter().flat_map(|(_, _, lessons)| lessons) {
            if !seen.insert(&slug.value) {
                self.problems.push(&slug.place, Code::DuplicateId, format!("The lesson `{}` is in the index already.", slug.value));
            }
            if !self.files.folders().contains(slug.value.as_str()) {
                self.problems.push(&slug.place, Code::IndexUnknownLesson, format!("There is no lesson `{}`.", slug.value));
            }
        }
        for (old, new) in &self.outline.redirects {
            if self.drafts.contains_key(&old.value) || !self.drafts.contains_key(&new.value) {
                let message = format!("`{}` to `{}` does not lead from a former lesson to one that exists.", old.value, new.value);
                self.problems.push(&old.place, Code::BadRedirect, message);
            }
        }
    }

    fn check_lesson(&self, draft: &LessonDraft<'_>) {
        if self.outline.position(&draft.slug).is_none() {
            self.problems.push(&draft.place, Code::NotInIndex, format!("The index does not name `{}`.", draft.slug));
        }
        self.check_needs(draft);
        for objective in draft.front.objectives.iter().filter(|objective| !self.outline.objectives.contains_key(&objective.value)) {
            self.problems.push(&objective.place, Code::UnknownObjective, format!("There is no objective `{}`.", objective.value));
        }
        self.check_facts(draft);
        self.check_scenarios(draft);
        self.check_uses(&draft.uses, &draft.slug);
    }

    fn check_needs(&self, draft: &LessonDraft<'_>) {
        for need in &draft.front.needs {
            match (self.outline.position(&need.value), self.outline.position(&draft.slug)) {
                (None, _) => self.problems.push(&need.place, Code::UnknownNeed, format!("There is no lesson `{}`.", need.value)),
                (Some(other), Some(own)) if other >= own => {
                    self.problems.push(&need.place, Code::NeedOrder, format!("`{}` does not come earlier in the course.", need.value));
                }
                _ => {}
            }
        }
    }

    fn check_facts(&self, draft: &LessonDraft<'_>) {
        let listed = &draft.front.facts;
        let unknown = |fact: &At<String>| self.registry.get(&fact.value).is_none();
        for fact in listed.iter().chain(&draft.uses.facts).filter(|fact| unknown(fact)) {
            self.problems.push(&fact.place, Code::UnknownFact, format!("The registry has no fact `{}`.", fact.value));
        }
        for fact in listed.iter().filter(|fact| draft.uses.facts.iter().all(|used| used.value != fact.value)) {
            self.problems.push(&fact.place, Code::UnusedFact, format!("The text does not use the fact `{}`.", fact.value));
        }
        for fact in draft.uses.facts.iter().filter(|fact| listed.iter().all(|listed| listed.value != fact.value)) {
            self.problems.push(&fact.place, Code::UnlistedFact, format!("`facts` does not list `{}`.", fact.value));
        }
        let mut seen = BTreeSet::new();
        for fact in listed.iter().filter(|fact| !seen.insert(&fact.value)) {
            self.problems.push(&fact.place, Code::DuplicateId, format!("`facts` lists `{}` twice.", fact.value));
        }
    }

    fn check_scenarios(&self, draft: &LessonDraft<'_>) {
        for name in draft.uses.scenarios.iter().filter(|name| !draft.scenarios.contains_key(&name.value)) {
            self.problems.push(&name.place, Code::MissingScenario, format!("There is no scenario `{}`.", name.value));
        }
        for (name, scenario) in &draft.scenarios {
            if draft.uses.scenarios.iter().all(|used| used.value != *name) {
                self.problems.push(&scenario.place(""), Code::UnusedScenario, format!("Nothing uses the scenario `{name}`."));
            }
        }
    }

    /// What a text links to, and its pictures.
    fn check_uses(&self, uses: &Uses, slug: &str) {
        for link in &uses.links {
            let (code, message) = match &link.value {
                LinkTarget::Lesson(slug) if self.outline.position(slug).is_none() => {
                    (Code::UnknownLesson, format!("There is no lesson `{slug}`."))
                }
                LinkTarget::Page(page) if !PAGES.contains(&page.as_str()) => {
                    (Code::UnknownTarget, format!("There is no page `{page}`; there are {}.", PAGES.join(", ")))
                }
                LinkTarget::Term(term) if self.glossary.terms.iter().all(|known| known.id != *term) => {
                    (Code::UnknownTarget, format!("The glossary has no term `{term}`."))
                }
                _ => continue,
            };
            self.problems.push(&link.place, code, message);
        }
        for image in &uses.images {
            if !self.files.others.contains(&format!("{slug}/{}", image.value)) {
                self.problems.push(&image.place, Code::ImageMissing, format!("There is no file `{}`.", image.value));
            }
        }
    }

    /// A myth has one page in the whole course.
    fn check_myths(&self) {
        let mut seen = BTreeMap::new();
        for (block, place) in self.drafts.values().flat_map(|draft| &draft.blocks) {
            let Block::Myth(myth) = block else { continue };
            let first: &Place = seen.entry(&myth.id).or_insert(place);
            if first.file != place.file {
                self.problems.push(place, Code::DuplicateId, format!("The myth `{}` is in {} already.", myth.id, first.file));
            }
        }
    }

    fn compiled(&self, draft: &LessonDraft<'_>, results: BTreeMap<String, ResultValue>) -> Option<CompiledLesson> {
        let objective = |slug: &At<String>| {
            let text = self.outline.objectives.get(&slug.value)?;
            Some(Objective { id: slug.value.clone(), text: text.clone() })
        };
        let scenarios = draft.scenarios.iter().map(|(name, scenario)| Some((name.clone(), scenario.spec.clone()?)));
        Some(CompiledLesson {
            format: FORMAT,
            id: draft.slug.clone(),
            title: draft.front.title.clone(),
            summary: draft.front.summary.clone(),
            promise: draft.front.promise.clone(),
            level: draft.front.level.unwrap_or(Level::Beginner),
            minutes: draft.front.minutes,
            needs: draft.front.needs.iter().map(|need| need.value.clone()).collect(),
            objectives: draft.front.objectives.iter().filter_map(objective).collect(),
            facts: draft.front.facts.iter().filter_map(|fact| self.registry.get(&fact.value)).map(resolved).collect(),
            blocks: draft.blocks.iter().map(|(block, _)| block.clone()).collect(),
            scenarios: scenarios.collect::<Option<_>>()?,
            results,
            model_version: coldstart_sim::MODEL_VERSION,
        })
    }
}

pub(super) fn resolved(fact: &Fact) -> ResolvedFact {
    ResolvedFact {
        id: fact.id.clone(),
        text: fact.text.clone(),
        title: fact.title.clone(),
        source: fact.source.clone(),
        read: fact.read.clone(),
        confidence: word(&fact.confidence),
        kind: word(&fact.kind),
        note: fact.note.clone(),
    }
}

/// The word that the registry's file uses.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
