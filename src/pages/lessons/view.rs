//! What the contents page says about the learner's progress: pure.

use crate::state::progress::{LessonProgress, Progress};
use crate::t;
use coldstart_course::{CourseIndex, CoursePath, LessonEntry};

/// How far a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was never open.
    NotBegun,
    /// It was open.
    Begun {
        /// Predictions that were committed or skipped.
        made: usize,
        /// Predictions that it asks for.
        of: usize,
    },
    /// It was shown to its end, with every prediction answered.
    Done,
}

impl Status {
    /// Its name for style sheets and tests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotBegun => "not-begun",
            Self::Begun { .. } => "begun",
            Self::Done => "done",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::NotBegun => t!("lessons.not_begun").to_owned(),
            Self::Begun { made, of } if of > 0 => t!("lessons.begun", made = made, n = of),
            Self::Begun { .. } => t!("lessons.begun_only").to_owned(),
            Self::Done => t!("lessons.done").to_owned(),
        }
    }
}

/// How far a lesson is.
#[must_use]
pub fn status(index: &CourseIndex, lesson: &LessonEntry, progress: &Progress) -> Status {
    match kept(index, lesson, progress) {
        None => Status::NotBegun,
        Some(done) if done.finished => Status::Done,
        Some(done) => Status::Begun { made: done.bets.len().min(lesson.bets.into()), of: lesson.bets.into() },
    }
}

/// What is kept of a lesson, also under a name that it had before.
fn kept<'p>(index: &CourseIndex, lesson: &LessonEntry, progress: &'p Progress) -> Option<&'p LessonProgress> {
    let former = || index.redirects.iter().filter(|(_, new)| **new == lesson.id).find_map(|(old, _)| progress.lesson(old));
    progress.lesson(&lesson.id).or_else(former)
}

/// Where to go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resume<'a> {
    /// The lesson.
    pub lesson: &'a LessonEntry,
    /// Id of the heading that was reached.
    pub anchor: Option<&'a str>,
}

/// The lesson that was open last; if that is done, the next one that is not. None for someone who has not begun, or who is through.
#[must_use]
pub fn resume<'a>(index: &'a CourseIndex, progress: &'a Progress) -> Option<Resume<'a>> {
    let last = progress.last()?;
    let lesson = index.find(&last.lesson)?;
    if status(index, lesson, progress) != Status::Done {
        return Some(Resume { lesson, anchor: last.anchor.as_deref() });
    }
    let after = index.lessons().skip_while(|other| other.id != lesson.id).chain(index.lessons());
    let next = after.into_iter().find(|other| status(index, other, progress) != Status::Done)?;
    Some(Resume { lesson: next, anchor: None })
}

/// How many lessons are done.
#[must_use]
pub fn done(index: &CourseIndex, progress: &Progress) -> usize {
    index.lessons().filter(|lesson| status(index, lesson, progress) == Status::Done).count()
}

/// The lessons of a path.
pub fn lessons_of<'a>(index: &'a CourseIndex, path: &'a CoursePath) -> impl Iterator<Item = &'a LessonEntry> {
    path.lessons.iter().filter_map(|slug| index.find(slug))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::progress::BetRecord;
    use coldstart_course::{Level, Module};

    fn index() -> CourseIndex {
        let lesson = |id: &str| LessonEntry {
            id: id.to_owned(),
            title: id.to_uppercase(),
            summary: String::new(),
            promise: String::new(),
            level: Level::Beginner,
            minutes: 5,
            bets: 2,
            needs: Vec::new(),
            objectives: Vec::new(),
        };
        let module = Module { id: "m".to_owned(), title: "M".to_owned(), lessons: ["a", "b", "c"].map(lesson).to_vec() };
        let redirects = std::iter::once(("old-b".to_owned(), "b".to_owned())).collect();
        CourseIndex { format: 1, modules: vec![module], paths: Vec::new(), redirects }
    }

    fn visit(progress: &mut Progress, slug: &str, bets: usize, finished: bool) {
        let bets = (0..bets).map(|i| (format!("b{i}"), BetRecord::Skipped)).collect();
        progress.record(slug, &LessonProgress { visited_ms: 1, bets, finished, furthest: 1 });
    }

    fn statuses(progress: &Progress) -> Vec<Status> {
        let index = index();
        index.lessons().map(|lesson| status(&index, lesson, progress)).collect()
    }

    #[test]
    fn each_lesson_says_how_far_it_is() {
        let mut progress = Progress::default();
        visit(&mut progress, "a", 2, true);
        visit(&mut progress, "old-b", 1, false);
        assert_eq!(statuses(&progress), [Status::Done, Status::Begun { made: 1, of: 2 }, Status::NotBegun]);
        assert_eq!(done(&index(), &progress), 1);
        visit(&mut progress, "c", 5, false);
        assert_eq!(statuses(&progress)[2], Status::Begun { made: 2, of: 2 }, "a lesson may ask for less than it did");
    }

    #[test]
    fn who_comes_back_goes_on_where_they_were() {
        let index = index();
        let mut progress = Progress::default();
        assert_eq!(resume(&index, &progress), None);
        visit(&mut progress, "old-b", 1, false);
        progress.reach("old-b", Some("half"), 2);
        let found = resume(&index, &progress).unwrap();
        assert_eq!((found.lesson.id.as_str(), found.anchor), ("b", Some("half")));
    }

    #[test]
    fn after_a_lesson_that_is_done_comes_the_next_that_is_not() {
        let index = index();
        let mut progress = Progress::default();
        visit(&mut progress, "b", 2, true);
        assert_eq!(resume(&index, &progress).unwrap().lesson.id, "c");
        visit(&mut progress, "c", 2, true);
        assert_eq!(resume(&index, &progress).unwrap().lesson.id, "a");
        visit(&mut progress, "a", 2, true);
        assert_eq!(resume(&index, &progress), None);
        visit(&mut progress, "gone", 2, false);
        assert_eq!(resume(&index, &progress), None);
    }
}
