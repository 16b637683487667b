//! One question of each kind, answered wrong, then right, by keyboard.

use crate::hand::{again, answer, play};
use coldstart_course::{CompiledLesson, Question, QuestionKind};
use coldstart_e2e::course::{self, lessons, questions};
use coldstart_e2e::{Page, Result, View, dist, drive};

/// Answers a question wrong and, in the next round, right.
pub async fn wrong_then_right(page: &Page, lesson: &CompiledLesson, question: &Question) -> Result {
    let name = format!("{}/{}", lesson.id, question.id);
    for (draw, right) in [false, true].into_iter().enumerate() {
        let given = course::answer(lesson, question, draw, right)?;
        assert_eq!(answer(page, &question.id, &given).await?, right, "{name}: {given:?}");
        if !right {
            again(page, &question.id).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_kind_takes_a_wrong_and_a_right_answer() -> Result {
    let lessons = lessons(&dist()?)?;
    for kind in QuestionKind::WORDS {
        let of_kind = |lesson: &CompiledLesson| {
            let found = questions(lesson).into_iter().find(|question| question.kind.word() == kind).cloned();
            // The incident has steps of its own.
            found.filter(|_| lesson.id != "incident-nine-am").map(|question| (lesson.clone(), question))
        };
        let found = lessons.iter().find_map(of_kind);
        let (lesson, question) = found.unwrap_or_else(|| panic!("no lesson asks a question of the kind {kind}"));
        drive(View::WIDE, async move |page| {
            play(&page, &lesson.id).await?;
            wrong_then_right(&page, &lesson, &question).await?;
            assert_eq!(page.console_errors().await?, [""; 0], "{kind}");
            assert_eq!(page.violations().await?, [], "{kind}, answered");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
