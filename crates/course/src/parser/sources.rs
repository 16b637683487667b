//! sources.en.toml: what invokes functions, one table each. A course may do without.

use super::course::resolved;
use super::directive::required_prose;
use super::draft::{Draft, Uses, is_slug};
use super::fields::{self, At, Fields};
use super::problem::{Code, Problems};
use super::source::{Files, Source};
use crate::{EventSource, EventSources, InvocationModel};
use coldstart_facts::registry::Registry;
use std::collections::BTreeSet;

const SOURCES: &str = "sources.en.toml";

/// The event sources as read.
#[derive(Default)]
pub(super) struct SourcesDraft {
    sources: Vec<EventSource>,
    pub(super) uses: Uses,
}

impl SourcesDraft {
    /// The sources, with every fact that their texts or their lists name.
    pub(super) fn compiled(self, registry: &Registry) -> EventSources {
        let listed = self.sources.iter().flat_map(|source| &source.facts);
        let named: BTreeSet<&str> = self.uses.facts.iter().map(|fact| &fact.value).chain(listed).map(String::as_str).collect();
        let facts = named.into_iter().filter_map(|id| registry.get(id)).map(resolved).collect();
        EventSources { sources: self.sources, facts }
    }
}

/// Reads the file, if there is one.
pub(super) fn read(files: &Files, registry: &Registry, problems: &Problems) -> SourcesDraft {
    let Some(text) = files.texts.get(SOURCES) else { return SourcesDraft::default() };
    let source = Source::new(SOURCES, text);
    let table = fields::parse(source, problems);
    let fields = Fields::new(source, &table, problems);
    let mut draft = Draft::new(problems, registry, files, "");
    let mut sources = Vec::new();
    for table in fields.tables("source") {
        sources.extend(read_source(&mut draft, &table));
        table.finish("A source");
    }
    fields.finish("The sources");
    for fact in draft.uses.facts.iter().filter(|fact| registry.get(&fact.value).is_none()) {
        problems.push(&fact.place, Code::UnknownFact, format!("The registry has no fact `{}`.", fact.value));
    }
    for run in &draft.uses.scenarios {
        problems.push(&run.place, Code::BadPlaceholder, format!("There is no run `{}` outside of a lesson.", run.value));
    }
    for image in &draft.uses.images {
        problems.push(&image.place, Code::UnsupportedMarkdown, "A source has no pictures.");
    }
    SourcesDraft { sources, uses: draft.uses }
}

fn read_source(draft: &mut Draft<'_>, fields: &Fields<'_, '_>) -> Option<EventSource> {
    let place = fields.place();
    let id = fields.required_text("id").map(|id| id.value).unwrap_or_default();
    if is_slug(&id) {
        draft.claim_id("source", &id, &place);
    } else {
        draft.problem(&place, Code::BadSlug, format!("The source needs a slug for an id, not `{id}`."));
    }
    let name = fields.required_text("name").map(|name| name.value).unwrap_or_default();
    let model = fields.required_text("model").and_then(|model| read_model(draft, &model));
    let mut line = |key| required_prose(draft, fields, key);
    let (payload, retries, order) = (line("payload"), line("retries"), line("order"));
    let (filter, failure, best_for) = (line("filter"), line("failure"), line("best_for"));
    let facts = fields.texts("facts");
    let source = EventSource {
        id,
        name,
        model: model?,
        payload,
        retries,
        order,
        filter,
        failure,
        best_for,
        facts: facts.iter().map(|fact| fact.value.clone()).collect(),
    };
    draft.uses.facts.extend(facts);
    Some(source)
}

fn read_model(draft: &Draft<'_>, word: &At<String>) -> Option<InvocationModel> {
    let found = InvocationModel::ALL.into_iter().find(|model| model.word() == word.value);
    if found.is_none() {
        let known = InvocationModel::ALL.map(InvocationModel::word).join(", ");
        draft.problem(&word.place, Code::BadValue, format!("`{}` is not a model; there are {known}.", word.value));
    }
    found
}
