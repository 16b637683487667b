//! One lesson folder: front matter, text, quiz, scenarios.

use super::draft::{Draft, Uses};
use super::fields::{self, At, Fields};
use super::markdown::{self, Placed, plain};
use super::problem::{Code, Place, Problems};
use super::prose;
use super::question;
use super::scenario::{self as scenarios, Scenario};
use super::source::{Files, Source};
use crate::{Bet, Block, FORMAT, Level, Question};
use coldstart_facts::registry::Registry;
use std::collections::BTreeMap;

/// Most characters of a summary.
const SUMMARY_MAX: usize = 160;
/// Most words between two acts.
const SECTION_WORDS_MAX: usize = 350;
/// Most words before the first widget.
const FIRST_ACT_WORDS: usize = 120;

/// A lesson as read, before anything outside its folder is known.
pub(super) struct LessonDraft<'t> {
    pub(super) slug: String,
    pub(super) front: Front,
    pub(super) blocks: Vec<Placed>,
    pub(super) questions: Vec<At<Question>>,
    pub(super) uses: Uses,
    pub(super) scenarios: BTreeMap<String, Scenario<'t>>,
    pub(super) place: Place,
}

/// The front matter.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) promise: String,
    pub(super) level: Option<Level>,
    pub(super) minutes: u16,
    pub(super) needs: Vec<At<String>>,
    pub(super) objectives: Vec<At<String>>,
    pub(super) facts: Vec<At<String>>,
}

/// Reads the lesson of this folder; None if it has no text.
pub(super) fn read<'t>(files: &'t Files, slug: &str, registry: &Registry, problems: &Problems) -> Option<LessonDraft<'t>> {
    let path = format!("{slug}/lesson.en.md");
    let Some((file, text)) = files.texts.get_key_value(&path) else {
        problems.push(&Place::start_of(&path), Code::MissingFile, format!("The folder `{slug}` has no lesson.en.md."));
        return None;
    };
    let source = Source::new(file, text);
    let place = source.place(0);
    let mut draft = Draft::new(problems, registry, files, slug);
    draft.questions = question::read_all(files, slug, &mut draft);
    let mut scenarios = scenarios::read_all(files, slug, problems);
    let (front, body) = split(source, problems);
    let front = front.map(|front| read_front(&mut draft, front, slug)).unwrap_or_default();
    let blocks = markdown::blocks(&mut draft, body);
    check_headings(&draft);
    check_questions(&draft);
    check_bets(&draft, &blocks);
    check_acts(&blocks, &place, problems);
    let (uses, questions) = (draft.uses, draft.questions);
    for tree in &uses.trees {
        scenarios.extend(scenarios::of_tree(files, tree, problems));
    }
    if uses.bets == 0 {
        problems.push(&place, Code::NoBet, "The lesson asks for no prediction.");
    }
    Some(LessonDraft { slug: slug.to_owned(), front, blocks, questions, uses, scenarios, place })
}

/// Predictions are about stages of the same lesson, before them or after them; a number or a curve stands beside the figures of its own run.
fn check_bets(draft: &Draft<'_>, blocks: &[Placed]) {
    for on in draft.uses.bets_on.iter().filter(|on| !draft.has_id("widget", &on.value)) {
        draft.problem(&on.place, Code::BadValue, format!("There is no widget `{}` in this lesson.", on.value));
    }
    for (block, place) in blocks {
        let Block::Bet(Bet { on: Some(on), answer, .. }) = block else { continue };
        let Some(truth) = answer.truth() else { continue };
        let stage = blocks
            .iter()
            .find_map(|(block, _)| if let Block::Widget(widget) = block { Some(widget).filter(|it| it.id == *on) } else { None });
        let other = stage.filter(|stage| stage.name == "lab").and_then(|stage| stage.scenario.as_ref()).filter(|run| **run != truth.run);
        if let Some(other) = other {
            draft.problem(place, Code::BadValue, format!("The prediction is about `{}`, and `{on}` shows `{other}`.", truth.run));
        }
    }
}

fn split<'a>(source: Source<'a>, problems: &Problems) -> (Option<Source<'a>>, Source<'a>) {
    let end = source.text.strip_prefix("+++\n").and_then(|rest| rest.find("\n+++\n"));
    match end {
        Some(end) => (Some(source.slice(4..end + 5)), source.slice(end + 9..source.text.len())),
        None => {
            problems.push(&source.place(0), Code::FrontMatterMissing, "The lesson does not open with front matter.");
            (None, source)
        }
    }
}

fn read_front(draft: &mut Draft<'_>, source: Source<'_>, slug: &str) -> Front {
    let table = fields::parse(source, draft.problems());
    let fields = Fields::new(source, &table, draft.problems());
    check_format(draft.problems(), &fields);
    if let Some(id) = fields.required_text("id").filter(|id| id.value != slug) {
        draft.problem(&id.place, Code::IdNotFolder, format!("The id is `{}`, the folder is `{slug}`.", id.value));
    }
    let title = line(draft, &fields, "title");
    let summary = line(draft, &fields, "summary");
    let promise = line(draft, &fields, "promise");
    let length = summary.chars().count();
    if let Some(at) = fields.text("summary").filter(|_| length > SUMMARY_MAX) {
        draft.problem(&at.place, Code::SummaryTooLong, format!("The summary has {length} characters."));
    }
    fields.require("objectives");
    let front = Front {
        title,
        summary,
        promise,
        level: level(draft, &fields),
        minutes: minutes(draft, &fields),
        needs: fields.texts("needs"),
        objectives: fields.texts("objectives"),
        facts: fields.texts("facts"),
    };
    fields.finish("The front matter");
    front
}

/// Reports any other format than the one that this build reads.
pub(super) fn check_format(problems: &Problems, fields: &Fields<'_, '_>) {
    fields.require("format");
    if let Some(format) = fields.integer("format").filter(|format| format.value != i64::from(FORMAT)) {
        problems.push(&format.place, Code::BadValue, format!("`format` must be {FORMAT}."));
    }
}

/// One line of prose without markup; facts and counts in it are written out.
fn line(draft: &mut Draft<'_>, fields: &Fields<'_, '_>, key: &str) -> String {
    drop(fields.required_text(key));
    match fields.prose(key) {
        Some(source) => plain(&prose::read(draft, source)),
        None => String::new(),
    }
}

fn level(draft: &Draft<'_>, fields: &Fields<'_, '_>) -> Option<Level> {
    let word = fields.required_text("level")?;
    let found = Level::ALL.into_iter().find(|level| level.word() == word.value);
    if found.is_none() {
        draft.problem(&word.place, Code::UnknownLevel, format!("`{}` is not a level.", word.value));
    }
    found
}

fn minutes(draft: &Draft<'_>, fields: &Fields<'_, '_>) -> u16 {
    fields.require("minutes");
    let Some(minutes) = fields.integer("minutes") else { return 0 };
    match u16::try_from(minutes.value).ok().filter(|minutes| (1..=60).contains(minutes)) {
        Some(minutes) => minutes,
        None => {
            draft.problem(&minutes.place, Code::BadValue, "`minutes` must be 1 to 60.");
            0
        }
    }
}

/// Links to headings can be checked only when all headings are known.
fn check_headings(draft: &Draft<'_>) {
    for link in &draft.uses.links {
        if let crate::LinkTarget::Anchor(anchor) = &link.value
            && !draft.has_id("heading", anchor)
        {
            draft.problem(&link.place, Code::UnknownTarget, format!("This lesson has no heading `{anchor}`."));
        }
    }
}

fn check_questions(draft: &Draft<'_>) {
    for question in draft.questions.iter().filter(|question| !draft.uses.asked.contains(&question.value.id)) {
        draft.problem(&question.place, Code::UnusedQuestion, format!("No quiz shows the question `{}`.", question.value.id));
    }
}

fn check_acts(blocks: &[Placed], start: &Place, problems: &Problems) {
    let mut since_act = 0;
    let mut from = start;
    let mut first_act = None;
    let mut told = false;
    let mut total = 0;
    for (block, place) in blocks {
        if matches!(block, Block::Widget(_) | Block::Bet(_) | Block::Quiz(_)) {
            if matches!(block, Block::Widget(_)) {
                first_act.get_or_insert(total);
            }
            (since_act, told) = (0, false);
            continue;
        }
        if since_act == 0 {
            from = place;
        }
        let words = words(block);
        since_act += words;
        total += words;
        if since_act > SECTION_WORDS_MAX && !told {
            told = true;
            let message = format!("More than {SECTION_WORDS_MAX} words follow without anything to do.");
            problems.push(from, Code::LongSection, message);
        }
    }
    if first_act.is_none_or(|words| words > FIRST_ACT_WORDS) {
        problems.push(start, Code::NoAct, "No widget stands in the first screen.");
    }
}

fn words(block: &Block) -> usize {
    let of = |text: &[crate::Inline]| plain(text).split_whitespace().count();
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => of(text),
        Block::List { items, .. } => items.iter().flatten().map(words).sum(),
        Block::Quote(blocks) | Block::Callout { blocks, .. } => blocks.iter().map(words).sum(),
        Block::Table { head, rows, .. } => head.iter().chain(rows.iter().flatten()).map(|cell| of(cell)).sum(),
        Block::Comparison(comparison) => comparison.texts().map(|text| of(text)).sum(),
        Block::Myth(myth) => of(&myth.claim) + of(&myth.truth),
        Block::Code { .. } | Block::Image { .. } | Block::Rule | Block::Widget(_) | Block::Bet(_) | Block::Quiz(_) => 0,
    }
}
