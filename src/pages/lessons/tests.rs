use super::*;
use crate::state::progress::{BetRecord, LessonProgress};
use futures::executor::block_on;
use yew::LocalServerRenderer;

const INDEX: &str = r#"{"format": 1, "modules": [{"id": "m", "title": "Basics", "lessons": [
  {"id": "a", "title": "The first", "summary": "s", "promise": "p", "level": "beginner", "minutes": 5, "bets": 4},
  {"id": "b", "title": "The second", "summary": "s", "promise": "p", "level": "advanced", "minutes": 9, "bets": 1}]}],
  "paths": [{"id": "short", "title": "The short way", "minutes": 45, "promise": "Know it.", "lessons": ["b"]}]}"#;

#[derive(Properties, PartialEq)]
struct Props {
    progress: Progress,
}

#[component]
fn Contents(props: &Props) -> Html {
    contents(&serde_json::from_str(INDEX).unwrap(), &props.progress)
}

fn draw(progress: Progress) -> String {
    block_on(LocalServerRenderer::<Contents>::with_props(Props { progress }).hydratable(false).render())
}

#[test]
fn someone_new_sees_lessons_and_paths_and_nothing_to_continue() {
    let html = draw(Progress::default());
    assert_eq!(html.matches("data-state=\"not-begun\"").count(), 2, "{html}");
    for part in ["The short way", "45 minutes", "Know it.", "?lesson=b"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains(testid::CONTINUE), "{html}");
}

#[test]
fn someone_who_comes_back_goes_on() {
    let mut progress = Progress::default();
    let bets = ["x", "y"].map(|id| (id.to_owned(), BetRecord::Skipped)).into();
    progress.record("a", &LessonProgress { bets, ..LessonProgress::default() });
    progress.reach("a", Some("half"), 1);
    let html = draw(progress.clone());
    for part in ["Continue: The first", "?lesson=a#half", "2 of 4 predictions", "0 of 2 lessons done"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    progress.record("a", &LessonProgress { finished: true, ..LessonProgress::default() });
    let html = draw(progress);
    for part in ["Continue: The second", "data-state=\"done\""] {
        assert!(html.contains(part), "{part}: {html}");
    }
}
