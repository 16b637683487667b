use super::*;
use proptest::prelude::*;

fn done(bets: &[(&str, BetRecord)], finished: bool, visited_ms: u64) -> LessonProgress {
    let bets = bets.iter().map(|(id, bet)| ((*id).to_owned(), bet.clone())).collect();
    LessonProgress { visited_ms, bets, finished, furthest: 3 }
}

fn progress() -> Progress {
    let mut progress = Progress::default();
    progress.record("cold-starts", &done(&[("share", BetRecord::Number(0.5)), ("why", BetRecord::Skipped)], false, 1));
    let curve = BetRecord::Curve(vec![0.0, 12.5]);
    progress.record("queues", &done(&[("which", BetRecord::Choice("1".to_owned())), ("drawn", curve)], true, 2));
    progress.reach("queues", Some("the-batch"), 3);
    progress
}

#[test]
fn a_record_survives_its_text() {
    assert_eq!(Progress::parse(&progress().to_json()), Ok(progress()));
    let export = Export::new(progress(), Some("{\"x\":1}".to_owned()));
    assert_eq!(Export::parse(&export.to_json()), Ok(export));
}

#[test]
fn a_record_of_an_earlier_version_is_read_and_kept_in_this_one() {
    let text = "{\"version\":1,\"lessons\":{\"queues\":{\"visited_ms\":5,\"bets\":{\"which\":{\"choice\":\"1\"}}}}}";
    let read = Progress::parse(text).unwrap();
    assert_eq!(read.lesson("queues").unwrap().bets.get("which"), Some(&BetRecord::Choice("1".to_owned())));
    assert!(read.to_json().starts_with("{\"version\":2"));
    let export = Export::parse(&format!("{{\"coldstart\":1,\"progress\":{text}}}")).unwrap();
    assert_eq!(export.progress, read);
}

#[test]
fn a_prediction_that_is_kept_does_not_change() {
    let mut progress = progress();
    progress.record("cold-starts", &done(&[("share", BetRecord::Number(0.9)), ("new", BetRecord::Skipped)], true, 9));
    let lesson = progress.lesson("cold-starts").unwrap();
    assert_eq!(lesson.bets.get("share"), Some(&BetRecord::Number(0.5)));
    assert_eq!((lesson.bets.len(), lesson.finished, lesson.visited_ms), (3, true, 9));
    assert_eq!(progress.last().map(|last| (last.lesson.as_str(), last.anchor.as_deref())), Some(("cold-starts", None)));
}

#[test]
fn opening_the_last_lesson_again_keeps_its_place() {
    let mut progress = progress();
    progress.record("queues", &done(&[], false, 5));
    assert_eq!(progress.last().and_then(|last| last.anchor.as_deref()), Some("the-batch"));
    assert!(progress.lesson("queues").unwrap().finished, "what was finished stays so");
}

#[test]
fn one_lesson_is_forgotten_alone() {
    let mut progress = progress();
    progress.forget("queues");
    assert!(progress.lesson("queues").is_none() && progress.last().is_none() && progress.lesson("cold-starts").is_some());
}

#[test]
fn a_merge_adds_and_takes_nothing_away() {
    let mut own = progress();
    let mut other = Progress::default();
    other.record("cold-starts", &done(&[("share", BetRecord::Number(0.1)), ("third", BetRecord::Skipped)], true, 7));
    other.record("streams", &done(&[], false, 8));
    assert_eq!(own.merge(&other), Taken { lessons: 1, bets: 1, finished: 1 });
    assert_eq!(own.lesson("cold-starts").unwrap().bets.get("share"), Some(&BetRecord::Number(0.5)));
    assert!(own.lesson("queues").is_some());
    assert_eq!(own.last().map(|last| last.lesson.as_str()), Some("streams"), "the later visit is the last one");
    assert!(own.merge(&other).is_nothing() && own.merge(&progress()).is_nothing());
}

fn with_curves(curves: usize, points: usize) -> String {
    let curve = format!("{{\"curve\":[{}]}}", vec!["1.5"; points].join(","));
    let bets: Vec<String> = (0..curves).map(|i| format!("\"b{i}\":{curve}")).collect();
    format!("{{\"version\":2,\"lessons\":{{\"a\":{{\"visited_ms\":0,\"bets\":{{{}}}}}}}}}", bets.join(","))
}

#[test]
fn what_cannot_be_read_says_why() {
    let long = "x".repeat(TEXT_MAX + 1);
    let many: String = (0..=LESSONS_MAX).map(|i| format!("\"l{i}\":{{\"visited_ms\":0}},")).collect();
    for (text, part) in [
        ("", "EOF"),
        ("[]", "no `version`"),
        ("{\"version\":1,\"lessons\":3}", "invalid type"),
        ("{\"version\":3}", "newer"),
        ("{\"version\":1,\"lessons\":{\"a\":{}}}", "visited_ms"),
        (&format!("{{\"version\":1,\"lessons\":{{\"{long}\":{{\"visited_ms\":0}}}}}}"), "name"),
        (&format!("{{\"version\":1,\"lessons\":{{{}}}}}", many.trim_end_matches(',')), "more lessons"),
        (&" ".repeat(BYTES_MAX + 1), "longer"),
        (&with_curves(1, CURVE_POINTS_MAX + 1), "answer"),
        (&with_curves(CURVES_MAX + 1, 2), "more lessons"),
    ] {
        let error = Progress::parse(text).unwrap_err().to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
    for text in [
        "{\"coldstart\":1}",
        "{\"coldstart\":1,\"progress\":{\"version\":9}}",
        "{\"coldstart\":1,\"progress\":{\"version\":1},\"review\":\"{\"}",
    ] {
        assert!(Export::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_record_never_grows_past_its_bounds() {
    let mut progress = Progress::default();
    let answer = |i: usize| match i {
        ..BETS_MAX => BetRecord::Curve(vec![-123_456_789_012.062_5; CURVE_POINTS_MAX]),
        _ => BetRecord::Choice("x".repeat(TEXT_MAX)),
    };
    let bets: Vec<(String, BetRecord)> = (0..3 * BETS_MAX).map(|i| (format!("{i:0>TEXT_MAX$}"), answer(i))).collect();
    let lesson = LessonProgress { bets: bets.into_iter().collect(), ..LessonProgress::default() };
    for i in 0..2 * LESSONS_MAX {
        progress.record(&format!("{i:0>TEXT_MAX$}"), &lesson);
        progress.reach("a", Some(&"x".repeat(TEXT_MAX + 1)), 0);
    }
    assert_eq!((progress.lessons.len(), progress.lessons.values().map(|lesson| lesson.bets.len()).max()), (LESSONS_MAX, Some(BETS_MAX)));
    assert!(progress.lessons.values().all(|lesson| lesson.curves() == CURVES_MAX));
    assert_eq!(Progress::parse(&progress.to_json()), Ok(progress));
}

proptest! {
    #[test]
    fn nothing_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = Progress::parse(&text);
        let _ = Export::parse(&text);
    }

    #[test]
    fn damage_never_panics(position in 0_usize..1_000, byte in any::<u8>()) {
        let mut text = Export::new(progress(), None).to_json().into_bytes();
        let position = position % text.len();
        text[position] = byte;
        let _ = Export::parse(&String::from_utf8_lossy(&text));
    }
}
