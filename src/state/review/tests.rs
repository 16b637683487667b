//! The schedule, day by day.

use super::*;

const RIGHT: Given = Given { right: true, sure: Sureness::Fair };
const GUESS: Given = Given { right: true, sure: Sureness::Guess };
const WRONG: Given = Given { right: false, sure: Sureness::Fair };
const SURPRISE: Given = Given { right: false, sure: Sureness::Certain };

/// Box and days to wait after each answer, each given on the day on which the question is due.
fn course(answers: &[Given]) -> Vec<(usize, i32)> {
    let mut record: Option<Record> = None;
    let answer = |given: &Given| {
        let today = record.as_ref().map_or(100, |record| record.due);
        let next = Record::after(record.as_ref(), 1, *given, today);
        let told = (next.place, next.due - today);
        record = Some(next);
        told
    };
    answers.iter().map(answer).collect()
}

#[test]
fn right_answers_move_on_box_by_box_and_stay_in_the_last() {
    assert_eq!(course(&[RIGHT; 6]), [(0, 1), (1, 3), (2, 7), (3, 16), (4, 35), (4, 35)]);
}

#[test]
fn a_guess_stays_and_a_wrong_answer_starts_again() {
    assert_eq!(course(&[GUESS, GUESS, RIGHT, GUESS, WRONG, RIGHT]), [(0, 1), (0, 1), (1, 3), (1, 3), (0, 1), (1, 3)]);
}

#[test]
fn trying_again_at_once_counts_only_against() {
    let first = Record::after(None, 1, SURPRISE, 10);
    assert_eq!((first.due, first.urgent, first.tries), (11, true, 1));
    let again = Record::after(Some(&first), 1, RIGHT, 10);
    assert_eq!((again.due, again.urgent, again.tries, again.right), (11, true, 2, true));
    let back = Record::after(Some(&again), 1, RIGHT, 11);
    assert_eq!((back.place, back.due, back.urgent), (1, 14, false));
    let early = Record::after(Some(&back), 1, WRONG, 12);
    assert_eq!((early.place, early.due, early.urgent), (0, 13, false));
}

#[test]
fn an_answer_to_an_older_revision_is_not_counted() {
    let mut old = Record::after(None, 1, RIGHT, 10);
    old.place = 3;
    let new = Record::after(Some(&old), 2, RIGHT, 30);
    assert_eq!((new.revision, new.place, new.due, new.tries), (2, 0, 31, 1));
}

#[test]
fn the_queue_begins_with_what_was_wrong_and_certain() {
    let mut review = Review::default();
    for (key, given, today) in
        [("a/late", RIGHT, 8), ("a/wrong", WRONG, 9), ("b/sure", SURPRISE, 9), ("c/later", RIGHT, 10), ("c/also", RIGHT, 10)]
    {
        review.answer(key, 1, given, today);
    }
    assert_eq!(review.due(10), ["b/sure", "a/late", "a/wrong"]);
    assert_eq!(review.coming(10), [(1, 2)]);
    assert_eq!((review.due(9).len(), review.coming(9)), (1, vec![(1, 2), (2, 2)]));
}

#[test]
fn a_record_from_the_future_is_due() {
    let mut review = Review::default();
    review.answer("a/b", 1, RIGHT, 30_000);
    assert_eq!((review.due(20_000).len(), review.due(30_000).len(), review.due(29_999).len()), (1, 0, 0));
}

#[test]
fn what_is_written_is_read_and_nothing_else() {
    let mut review = Review::default();
    review.answer("a/b", 3, SURPRISE, 10);
    review.note("a/b", " a reason ");
    review.note("a/unknown", "nothing");
    let text = review.to_text();
    assert_eq!(
        text,
        r#"{"version":1,"records":{"a/b":{"revision":3,"box":0,"due":11,"answered":10,"tries":1,"right":false,"sure":"certain","urgent":true,"why":"a reason"}}}"#
    );
    assert_eq!(Review::parse(&text), Some(review));
    for bad in ["", "null", "[]", "{}", r#"{"version":2,"records":{}}"#, r#"{"version":1,"records":{"a/b":{}}}"#] {
        assert_eq!(Review::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_box_that_does_not_exist_is_the_last() {
    let record = Record { place: 99, ..Record::after(None, 1, RIGHT, 10) };
    assert_eq!(Record::after(Some(&record), 1, RIGHT, 20).place, 4);
}

#[test]
fn it_does_not_grow_without_end() {
    let mut review = Review::default();
    let most = i32::try_from(RECORDS_MAX).unwrap();
    for day in 0..most + 5 {
        review.answer(&format!("a/{day}"), 1, RIGHT, day);
    }
    assert_eq!(review.all().count(), RECORDS_MAX);
    assert!(review.get("a/4").is_none() && review.get("a/5").is_some());
    review.note("a/5", &"ä".repeat(WHY_MAX + 1));
    assert_eq!(review.get("a/5").unwrap().why.chars().count(), WHY_MAX);
}

#[test]
fn keys_come_apart_again() {
    assert_eq!(parts(&key("first", "why-cold")), ("first", "why-cold"));
}

#[test]
fn records_from_elsewhere_are_merged_by_the_later_answer() {
    let given = |right| Given { right, sure: Sureness::Fair };
    let (mut own, mut theirs) = (Review::default(), Review::default());
    own.answer("a/both", 1, given(true), 10);
    own.note("a/both", "because");
    own.answer("a/later-here", 1, given(true), 30);
    theirs.answer("a/both", 1, given(false), 20);
    theirs.answer("a/later-here", 1, given(false), 20);
    theirs.answer("b/only-there", 1, given(true), 5);
    let mut broken = theirs.get("b/only-there").unwrap().clone();
    broken.place = BOXES.len();
    theirs.records.insert("b/broken".to_owned(), broken);
    assert_eq!(own.merge(&theirs), 2);
    let record = |key| own.get(key).map(|record| (record.right, record.answered, record.why.as_str()));
    assert_eq!(record("a/both"), Some((false, 20, "because")));
    assert_eq!(record("a/later-here"), Some((true, 30, "")));
    assert_eq!(record("b/only-there"), Some((true, 5, "")));
    assert_eq!(record("b/broken"), None);
    assert_eq!(own.clone().merge(&theirs), 0, "a second time brings nothing");
}

#[test]
fn merging_never_remembers_more_than_there_is_room_for() {
    let (mut own, mut theirs) = (Review::default(), Review::default());
    let given = Given { right: true, sure: Sureness::Fair };
    for i in 0..RECORDS_MAX {
        own.answer(&format!("own/q{i}"), 1, given, 10);
        theirs.answer(&format!("theirs/q{i}"), 1, given, 11);
    }
    assert_eq!(own.merge(&theirs), RECORDS_MAX);
    assert_eq!((own.all().count(), own.get("theirs/q0").is_some()), (RECORDS_MAX, true));
}
