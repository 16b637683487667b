//! The learner's progress in the browser's storage. Read anew at each use, because another tab may have written to it.

use crate::platform::{PlatformError, storage};
use crate::state::progress::{Export, Progress, ProgressError, Taken};
use crate::state::review::store;

/// Where the progress is.
const KEY: &str = "progress";

/// Where a text that could not be read was put, so that it is not written over.
const ASIDE_KEY: &str = "progress.unreadable";

/// What is stored, and what is wrong with it.
#[derive(Debug, PartialEq)]
pub struct Kept {
    /// The progress; empty where nothing could be read.
    pub progress: Progress,
    /// Why what is stored cannot be read; it is put aside before anything else is stored.
    pub unreadable: Option<ProgressError>,
}

/// What is stored.
#[must_use]
pub fn load() -> Kept {
    match storage::get(KEY).map(|text| Progress::parse(&text)) {
        None => Kept { progress: Progress::default(), unreadable: None },
        Some(Ok(progress)) => Kept { progress, unreadable: None },
        Some(Err(error)) => Kept { progress: Progress::default(), unreadable: Some(error) },
    }
}

/// Changes what is stored. A text that could not be read is put aside first.
///
/// # Errors
/// When it will be forgotten with the page: storage is denied or full.
pub fn update(change: impl FnOnce(&mut Progress)) -> Result<(), PlatformError> {
    let Kept { mut progress, unreadable } = load();
    let before = progress.clone();
    change(&mut progress);
    if progress == before {
        return Ok(());
    }
    let aside = if unreadable.is_some() { put_aside() } else { Ok(()) };
    storage::set(KEY, &progress.to_json()).and(aside)
}

fn put_aside() -> Result<(), PlatformError> {
    storage::get(KEY).map_or(Ok(()), |text| storage::set(ASIDE_KEY, &text))
}

/// A text that was stored as progress and cannot be read, and why.
#[must_use]
pub fn unreadable() -> Option<(String, ProgressError)> {
    let of = |key| storage::get(key).and_then(|text| Progress::parse(&text).err().map(|error| (text, error)));
    of(KEY).or_else(|| of(ASIDE_KEY))
}

/// Gives up what cannot be read.
pub fn drop_unreadable() {
    storage::remove(ASIDE_KEY);
    if load().unreadable.is_some() {
        storage::remove(KEY);
    }
}

/// Everything that is kept of the learner.
#[must_use]
pub fn export() -> Export {
    Export::new(load().progress, store::text())
}

/// What became of the quiz records of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// There were none.
    Nothing,
    /// As many are new here, or later than those that were here.
    Taken(usize),
    /// They cannot be read, and were left out.
    Unreadable,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What is new.
    pub taken: Taken,
    /// The quiz records.
    pub review: Review,
    /// Whether it lasts beyond this visit.
    pub lasts: bool,
}

/// Takes in what is not here yet; nothing that is here is lost.
pub fn import(export: &Export) -> Imported {
    let mut taken = Taken::default();
    let kept = update(|progress| taken = progress.merge(&export.progress));
    let (review, review_lasts) = match export.review.as_deref().map(store::merge) {
        None => (Review::Nothing, true),
        Some(None) => (Review::Unreadable, true),
        Some(Some((records, lasts))) => (Review::Taken(records), lasts),
    };
    Imported { taken, review, lasts: kept.is_ok() && review_lasts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::progress::LessonProgress;
    use crate::state::review::{self, Given, Sureness};

    #[test]
    fn what_cannot_be_read_is_put_aside_before_anything_is_stored() {
        // Without a browser, storage says that it forgets; for this visit it keeps all the same.
        let _ = storage::set(KEY, "{broken");
        assert!(load().unreadable.is_some() && unreadable().is_some());
        let _ = update(|_| ());
        assert_eq!(storage::get(KEY).as_deref(), Some("{broken"), "nothing changed, so nothing is written");
        let _ = update(|progress| progress.record("a", &LessonProgress::default()));
        let _ = update(|progress| progress.record("b", &LessonProgress::default()));
        assert_eq!(storage::get(ASIDE_KEY).as_deref(), Some("{broken"));
        let kept = load();
        assert!(kept.unreadable.is_none() && kept.progress.lesson("a").is_some() && kept.progress.lesson("b").is_some());
        assert_eq!(unreadable().map(|(text, _)| text).as_deref(), Some("{broken"));
        drop_unreadable();
        assert!(unreadable().is_none() && load().progress.lesson("a").is_some());
    }

    #[test]
    fn an_import_adds_to_what_is_here() {
        let mut progress = Progress::default();
        progress.record("far", &LessonProgress::default());
        let _ = update(|progress| progress.record("near", &LessonProgress::default()));
        let given = Given { right: true, sure: Sureness::Fair };
        let records = |day: i32| {
            let mut review = review::Review::default();
            review.answer("near/why", 1, given, day);
            review.to_text()
        };
        let done = import(&Export::new(progress, Some(records(5))));
        assert_eq!((done.taken.lessons, done.review), (1, Review::Taken(1)));
        assert!(export().progress.lesson("near").is_some() && export().progress.lesson("far").is_some());
        let with = |text: String| import(&Export::new(Progress::default(), Some(text)));
        assert_eq!(
            (with(records(4)).taken, with(records(4)).review),
            (Taken::default(), Review::Taken(0)),
            "an earlier answer changes nothing"
        );
        assert_eq!((with(records(9)).review, with("[2]".to_owned()).review), (Review::Taken(1), Review::Unreadable));
        assert_eq!(export().review, Some(records(9)));
    }
}
