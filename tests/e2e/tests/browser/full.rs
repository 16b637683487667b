//! Every item of the course in the browser: `cargo xtask test --full`. Half an hour and more, so not part of every run.

use crate::course::played;
use crate::hand::{answer_a_bet, has, is_accessible, play, press};
use crate::questions::wrong_then_right;
use coldstart_e2e::course::{questions, trees, ways};
use coldstart_e2e::{Key, Result, View, drive};

/// Two widths in two themes each.
const VIEWS: [View; 4] = [View::WIDE, View::WIDE.dark(), View::NARROW, View::NARROW.dark()];

#[tokio::test]
async fn every_question_takes_a_wrong_and_a_right_answer() -> Result {
    let mut asked = 0;
    for lesson in played()? {
        asked += questions(&lesson).len();
        drive(View::WIDE, async move |page| {
            play(&page, &lesson.id).await?;
            for question in questions(&lesson) {
                wrong_then_right(&page, &lesson, question).await?;
            }
            assert_eq!(page.console_errors().await?, [""; 0], "{}", lesson.id);
            Ok(())
        })
        .await?;
    }
    assert!(asked >= 50, "{asked} questions");
    Ok(())
}

#[tokio::test]
async fn every_way_through_every_tree_ends_at_a_leaf_that_runs() -> Result {
    let mut walked = 0;
    for lesson in played()? {
        for tree in trees(&lesson) {
            let (name, ways) = (lesson.id.clone(), ways(&tree));
            walked += ways.len();
            drive(View::WIDE, async move |page| {
                play(&page, &name).await?;
                for (way, leaf) in ways {
                    for (question, answer) in way {
                        press(&page, &format!("[data-testid='answer-{question}-{answer}']"), Key::Enter).await?;
                    }
                    page.wait_for(&format!("[data-testid='tree-leaf'][data-leaf='{leaf}'][data-state='done']")).await?;
                    page.wait_for_text("[data-testid='tree-leaf']", " wins: ").await?;
                    press(&page, "[data-testid='tree-restart']", Key::Enter).await?;
                }
                assert_eq!(page.console_errors().await?, [""; 0], "{name}");
                Ok(())
            })
            .await?;
        }
    }
    assert!(walked >= 12, "{walked} ways");
    Ok(())
}

#[tokio::test]
async fn every_lesson_is_accessible_at_its_start_halfway_and_at_its_end_in_every_view() -> Result {
    for lesson in played()? {
        for view in VIEWS {
            let name = lesson.id.clone();
            drive(view, async move |page| {
                page.open(&format!("?lesson={name}")).await?;
                page.wait_for("[data-widget]").await?;
                is_accessible(&page, &format!("{name} at its start")).await?;
                if answer_a_bet(&page).await? {
                    is_accessible(&page, &format!("{name} after a prediction")).await?;
                }
                play(&page, &name).await?;
                assert!(has(&page, ".quiz").await?, "{name} asks nothing");
                is_accessible(&page, &format!("{name} at its end")).await
            })
            .await?;
        }
    }
    Ok(())
}
