//! Where the browser keeps it: under one key, beyond the page where storage works, else as long as the page.

use super::{Given, Record, Review};
use crate::platform::storage;

const KEY: &str = "review";
/// Where a text goes that cannot be read.
const UNREADABLE: &str = "review.unreadable";
/// How many such texts are kept.
const UNREADABLE_MAX: usize = 9;

/// What is remembered. A text that cannot be read is moved aside, never overwritten: it may be a newer version's.
#[must_use]
pub fn load() -> Review {
    let Some(text) = storage::get(KEY) else { return Review::default() };
    match Review::parse(&text) {
        Some(review) => review,
        None => {
            set_aside(&text);
            Review::default()
        }
    }
}

fn set_aside(text: &str) {
    let names = (1..=UNREADABLE_MAX).map(|number| if number == 1 { UNREADABLE.to_owned() } else { format!("{UNREADABLE}-{number}") });
    let free = names.into_iter().find(|name| storage::get(name).is_none_or(|kept| kept == text));
    if let Some(name) = free {
        // In this order a full storage has room for it. Where storage refuses, the copy lives as long as the page.
        storage::remove(KEY);
        let _ = storage::set(&name, text);
    }
}

/// Whether a text that cannot be read was moved aside.
#[must_use]
pub fn has_unreadable() -> bool {
    storage::get(UNREADABLE).is_some()
}

/// Remembers an answer. The record, and whether it outlives the page.
pub fn answer(key: &str, revision: u32, given: Given, today: i32) -> (Record, bool) {
    let mut review = load();
    let record = review.answer(key, revision, given, today);
    let kept = save(&review);
    (record, kept)
}

/// Keeps why the reader chose this. Whether it outlives the page.
pub fn note(key: &str, why: &str) -> bool {
    let mut review = load();
    review.note(key, why);
    save(&review)
}

/// Forgets a question. Whether that outlives the page.
pub fn forget(key: &str) -> bool {
    let mut review = load();
    review.forget(key);
    save(&review)
}

/// The records as text, to be taken elsewhere; none where nothing is remembered.
#[must_use]
pub fn text() -> Option<String> {
    storage::get(KEY).map(|_| load().to_text())
}

/// Takes in records from elsewhere. How many are new or later than those here, and whether that outlives the page; none where the text
/// cannot be read.
pub fn merge(text: &str) -> Option<(usize, bool)> {
    let theirs = Review::parse(text)?;
    let mut review = load();
    let taken = review.merge(&theirs);
    Some((taken, taken == 0 || save(&review)))
}

fn save(review: &Review) -> bool {
    storage::set(KEY, &review.to_text()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::Sureness;
    use super::*;

    const GIVEN: Given = Given { right: true, sure: Sureness::Fair };

    #[test]
    fn answers_live_in_memory_where_nothing_is_stored() {
        let (record, kept) = answer("a/b", 1, GIVEN, 10);
        assert_eq!((record.due, kept), (11, false));
        note("a/b", "  because ");
        assert_eq!(load().get("a/b").unwrap().why, "because");
        forget("a/b");
        assert_eq!(load(), Review::default());
    }

    #[test]
    fn what_cannot_be_read_is_moved_aside_once() {
        for text in ["{", r#"{"version":2,"records":{}}"#, "{"] {
            let _ = storage::set(KEY, text);
            assert_eq!(load(), Review::default());
        }
        assert!(has_unreadable());
        assert_eq!(storage::get(UNREADABLE).as_deref(), Some("{"));
        assert_eq!(storage::get("review.unreadable-2").as_deref(), Some(r#"{"version":2,"records":{}}"#));
        assert_eq!((storage::get("review.unreadable-3"), storage::get(KEY)), (None, None));
        answer("a/b", 1, GIVEN, 10);
        assert_eq!(load().all().count(), 1);
    }
}
