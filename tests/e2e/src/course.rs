//! The lessons of a built site, read as the page reads them: what there is to play, and which answers are right.

use crate::error::{Error, Result};
use coldstart_course::data::Tree;
use coldstart_course::{Block, CompiledLesson, CourseIndex, Question, QuestionKind};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

/// Every lesson of a site, in the order of its contents.
///
/// # Errors
/// Where the folder holds no compiled lessons.
pub fn lessons(dist: &Path) -> Result<Vec<CompiledLesson>> {
    let folder = dist.join("lessons");
    let index: CourseIndex = read(&folder.join("index.json"))?;
    let slugs = index.modules.iter().flat_map(|module| &module.lessons);
    slugs.map(|entry| read(&folder.join(format!("{}.json", entry.id)))).collect()
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).map_err(|source| Error::File { path: path.display().to_string(), source })?;
    serde_json::from_str(&text).map_err(|error| Error::Answer(format!("{}: {error}", path.display())))
}

/// The questions of a lesson, from top to bottom.
#[must_use]
pub fn questions(lesson: &CompiledLesson) -> Vec<&Question> {
    let quizzes = lesson.blocks.iter().filter_map(|block| if let Block::Quiz(quiz) = block { Some(quiz) } else { None });
    quizzes.flat_map(|quiz| &quiz.questions).collect()
}

/// The decision trees that a lesson shows.
#[must_use]
pub fn trees(lesson: &CompiledLesson) -> Vec<Tree> {
    let widgets = lesson.blocks.iter().filter_map(|block| if let Block::Widget(widget) = block { Some(widget) } else { None });
    widgets.filter_map(|widget| serde_json::from_value(widget.props.get("tree")?.clone()).ok()).collect()
}

/// Every way through a tree: the places of the answers, and the leaf they lead to.
#[must_use]
pub fn ways(tree: &Tree) -> Vec<(Vec<(String, usize)>, String)> {
    let mut open = vec![(Vec::new(), tree.question.first().map(|question| question.id.clone()).unwrap_or_default())];
    let mut ended = Vec::new();
    while let Some((way, at)) = open.pop() {
        match tree.question(&at) {
            Some(question) => open.extend(question.answer.iter().enumerate().map(|(place, answer)| {
                let next = way.iter().cloned().chain([(question.id.clone(), place)]).collect();
                (next, answer.to.clone())
            })),
            None => ended.push((way, at)),
        }
    }
    ended
}

/// What to do with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Choose these options, and no other.
    Options(Vec<usize>),
    /// Type this number.
    Number(String),
    /// Put the things in their order.
    Sorted,
    /// Leave the things as they lie.
    AsTheyLie,
}

/// An answer to the draw of a question that is right, or one that is wrong.
///
/// # Errors
/// Where the lesson has no key to the draw.
pub fn answer(lesson: &CompiledLesson, question: &Question, draw: usize, right: bool) -> Result<Answer> {
    let places = |wanted: bool| (0..question.options.len()).filter(move |at| question.options[*at].right == wanted);
    match &question.kind {
        QuestionKind::Choice | QuestionKind::Trace(_) => Ok(Answer::Options(places(right).take(1).collect())),
        // One that holds is not all of them.
        QuestionKind::Multiple => Ok(Answer::Options(places(true).take(if right { usize::MAX } else { 1 }).collect())),
        QuestionKind::Order => Ok(if right { Answer::Sorted } else { Answer::AsTheyLie }),
        QuestionKind::Numeric(numeric) => {
            let key = lesson.drawn_answer(&question.id, draw % numeric.draws());
            let key = key.ok_or_else(|| Error::Answer(format!("{}/{}: no key to draw {draw}", lesson.id, question.id)))?;
            // Further away than any trap of the course, on the side that nobody guesses.
            let factor = if right { 1.0 } else { 1e6 };
            Ok(Answer::Number(format!("{:.9}", key * numeric.unit.per_base() * factor)))
        }
    }
}
