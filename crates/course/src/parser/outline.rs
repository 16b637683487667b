//! index.toml: modules, paths, objectives, redirects.

use super::course::open;
use super::draft::is_slug;
use super::fields::{self, At, Fields};
use super::lesson;
use super::problem::{Code, Place, Problems};
use super::source::Files;
use crate::{Block, CompiledLesson, CourseIndex, CoursePath, FORMAT, LessonEntry, Module};
use std::collections::{BTreeMap, BTreeSet};

const INDEX: &str = "index.toml";

/// index.toml.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) modules: Vec<(String, String, Vec<At<String>>)>,
    pub(super) objectives: BTreeMap<String, String>,
    pub(super) redirects: Vec<(At<String>, At<String>)>,
    pub(super) paths: Vec<PathDraft>,
}

/// A `[[path]]`.
#[derive(Debug)]
pub(super) struct PathDraft {
    id: String,
    title: String,
    minutes: u16,
    promise: String,
    lessons: Vec<At<String>>,
    place: Place,
}

impl Outline {
    pub(super) fn order(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().flat_map(|(_, _, lessons)| lessons).map(|slug| slug.value.as_str())
    }

    pub(super) fn position(&self, slug: &str) -> Option<usize> {
        self.order().position(|other| other == slug)
    }

    pub(super) fn index(&self, lessons: &[CompiledLesson]) -> CourseIndex {
        let entry = |slug: &At<String>| lessons.iter().find(|lesson| lesson.id == slug.value).map(entry_of);
        let module = |(id, title, slugs): &(String, String, Vec<At<String>>)| Module {
            id: id.clone(),
            title: title.clone(),
            lessons: slugs.iter().filter_map(entry).collect(),
        };
        CourseIndex {
            format: FORMAT,
            modules: self.modules.iter().map(module).collect(),
            paths: self.paths.iter().map(PathDraft::read).collect(),
            redirects: self.redirects.iter().map(|(old, new)| (old.value.clone(), new.value.clone())).collect(),
        }
    }
}

fn entry_of(lesson: &CompiledLesson) -> LessonEntry {
    LessonEntry {
        id: lesson.id.clone(),
        title: lesson.title.clone(),
        summary: lesson.summary.clone(),
        promise: lesson.promise.clone(),
        level: lesson.level,
        minutes: lesson.minutes,
        bets: u16::try_from(lesson.blocks.iter().filter(|block| matches!(block, Block::Bet(_))).count()).unwrap_or(u16::MAX),
        needs: lesson.needs.clone(),
        objectives: lesson.objectives.clone(),
    }
}

pub(super) fn read_outline(files: &Files, problems: &Problems) -> Outline {
    let mut outline = Outline::default();
    let Some(source) = open(files, INDEX, problems) else { return outline };
    let table = fields::parse(source, problems);
    let fields = Fields::new(source, &table, problems);
    lesson::check_format(problems, &fields);
    for module in fields.tables("module") {
        let text = |key| module.required_text(key).map(|at| at.value).unwrap_or_default();
        outline.modules.push((text("id"), text("title"), module.texts("lessons")));
        module.finish("A module");
    }
    for path in fields.tables("path") {
        outline.paths.push(read_path(&path, problems));
        path.finish("A path");
    }
    for table in fields.tables("objectives") {
        outline.objectives = table.entries().into_iter().map(|(slug, text)| (slug.value, text.value)).collect();
    }
    for table in fields.tables("redirects") {
        outline.redirects = table.entries();
    }
    fields.finish("The index");
    outline
}

fn read_path(fields: &Fields<'_, '_>, problems: &Problems) -> PathDraft {
    let text = |key| fields.required_text(key).map(|at| at.value).unwrap_or_default();
    fields.require("minutes");
    fields.require("lessons");
    let minutes = fields.integer("minutes").and_then(|minutes| {
        let read = u16::try_from(minutes.value).ok().filter(|minutes| *minutes > 0);
        if read.is_none() {
            problems.push(&minutes.place, Code::BadValue, "`minutes` must be above 0.");
        }
        read
    });
    let place = fields.place();
    let path = PathDraft {
        id: text("id"),
        title: text("title"),
        minutes: minutes.unwrap_or(u16::MAX),
        promise: text("promise"),
        lessons: fields.texts("lessons"),
        place,
    };
    if !is_slug(&path.id) {
        problems.push(&path.place, Code::BadSlug, format!("The path needs a slug for an id, not `{}`.", path.id));
    }
    path
}

impl PathDraft {
    fn read(&self) -> CoursePath {
        CoursePath {
            id: self.id.clone(),
            title: self.title.clone(),
            minutes: self.minutes,
            promise: self.promise.clone(),
            lessons: self.lessons.iter().map(|slug| slug.value.clone()).collect(),
        }
    }
}

/// Reports what is wrong with the paths. `minutes` knows how long a lesson takes.
pub(super) fn check_paths(outline: &Outline, minutes: impl Fn(&str) -> Option<u16>, problems: &Problems) {
    let mut ids = BTreeSet::new();
    for path in &outline.paths {
        if !ids.insert(&path.id) {
            problems.push(&path.place, Code::DuplicateId, format!("The path `{}` is there already.", path.id));
        }
        let mut seen = BTreeSet::new();
        let mut takes = 0_u32;
        for slug in &path.lessons {
            if !seen.insert(&slug.value) {
                problems.push(&slug.place, Code::DuplicateId, format!("The lesson `{}` is in this path already.", slug.value));
            }
            if outline.position(&slug.value).is_none() {
                problems.push(&slug.place, Code::IndexUnknownLesson, format!("The course has no lesson `{}`.", slug.value));
            }
            takes += u32::from(minutes(&slug.value).unwrap_or_default());
        }
        if takes > u32::from(path.minutes) {
            let message = format!("The lessons of the path `{}` take {takes} minutes, and it promises {}.", path.id, path.minutes);
            problems.push(&path.place, Code::PathTooLong, message);
        }
    }
}
