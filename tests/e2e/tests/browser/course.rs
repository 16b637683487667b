//! Every lesson of the course, from its first act to its last question, by keyboard alone; the review; the reference pages.

use crate::hand::{STEPS_MAX, answer, answer_a_bet, has, play, press};
use coldstart_course::CompiledLesson;
use coldstart_e2e::course::{self, lessons, questions};
use coldstart_e2e::{Key, Result, View, dist, drive};
use serde_json::json;

/// The lessons of the site, but for the incident, which has a test of its own.
pub fn played() -> Result<Vec<CompiledLesson>> {
    Ok(lessons(&dist()?)?.into_iter().filter(|lesson| lesson.id != "incident-nine-am").collect())
}

#[tokio::test]
async fn every_lesson_is_played_by_keyboard_to_its_last_question() -> Result {
    let lessons = played()?;
    assert!(lessons.len() >= 13, "{} lessons", lessons.len());
    // A browser each: what the accessibility checker leaves in a page is not the next lesson's.
    for lesson in lessons {
        drive(View::WIDE, async move |page| {
            let name = &lesson.id;
            play(&page, name).await?;
            assert!(questions(&lesson).len() >= 3, "{name} asks {} questions", questions(&lesson).len());
            for (at, question) in questions(&lesson).into_iter().enumerate() {
                let right = at % 2 == 0;
                let given = course::answer(&lesson, question, 0, right)?;
                assert_eq!(answer(&page, &question.id, &given).await?, right, "{name}/{}: {given:?}", question.id);
            }
            assert_eq!(page.console_errors().await?, [""; 0], "{name}");
            assert_eq!(page.too_wide().await?, [""; 0], "{name}");
            assert_eq!(page.violations().await?, [], "{name}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn lessons_fit_a_phone_in_the_dark_at_their_start_and_at_their_end() -> Result {
    for lesson in ["first-invocation", "throttling", "triggers"] {
        drive(View::NARROW.dark().under_sub(), async move |page| {
            page.open(&format!("?lesson={lesson}")).await?;
            page.wait_for("[data-widget]").await?;
            assert_eq!(page.console_errors().await?, [""; 0], "{lesson}");
            assert_eq!(page.violations().await?, [], "{lesson} at its start");
            play(&page, lesson).await?;
            assert_eq!(page.too_wide().await?, [""; 0], "{lesson}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_reader_is_the_traffic_and_the_lesson_keeps_its_own() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?lesson=first-invocation").await?;
        let lab = |at: usize| format!(".lesson-page__round:nth-child({at}) [data-testid='lab']");
        let figure = |at: usize, metric: &str| format!("{} [data-testid='figure-{metric}']", lab(at));
        page.wait_for_text(&figure(1, "requests"), "0").await?;
        press(&page, &format!("{} [data-testid='send-one']", lab(1)), Key::Enter).await?;
        page.wait_for_text(&figure(1, "cold_starts"), "1").await?;
        page.wait_for_text(&format!("{} [data-testid='lab-log']", lab(1)), "Init Duration").await?;
        assert!(answer_a_bet(&page).await?);
        // The seven requests of the lesson are there before the reader sends any.
        page.wait_for_text(&figure(2, "requests"), "7").await?;
        page.wait_for_text(&figure(2, "cold_starts"), "3").await?;
        press(&page, &format!("{} [data-testid='send-one']", lab(2)), Key::Enter).await?;
        page.wait_for_text(&figure(2, "requests"), "8").await
    })
    .await
}

#[tokio::test]
async fn a_tree_leads_by_keyboard_to_a_leaf_that_runs_both_options() -> Result {
    drive(View::WIDE, async |page| {
        play(&page, "environment-lifetime").await?;
        let leaf = "[data-testid='tree-leaf']";
        for _ in 0..STEPS_MAX {
            if has(&page, leaf).await? {
                break;
            }
            press(&page, "[data-testid^='answer-']", Key::Enter).await?;
        }
        page.wait_for_state("tree-leaf", "done").await?;
        page.wait_for_text(leaf, " wins: ").await?;
        assert_eq!(
            page.eval("document.querySelectorAll(\"[data-testid='tree-leaf'] [data-testid='compare-table']\").length").await?,
            json!(2)
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn progress_comes_back_and_questions_with_it() -> Result {
    drive(View::WIDE, async |page| {
        play(&page, "first-invocation").await?;
        for lesson in played()?.iter().filter(|lesson| lesson.id == "first-invocation") {
            for question in questions(lesson) {
                let given = course::answer(lesson, question, 0, false)?;
                assert!(!answer(&page, &question.id, &given).await?, "{}: {given:?}", question.id);
            }
        }
        page.open("?page=lessons").await?;
        page.wait_for("[data-testid^='lesson-']").await?;
        page.open("?page=review").await?;
        press(&page, "[data-testid='review-export']", Key::Enter).await?;
        page.wait_for_text("[data-testid='review']", "first-invocation/").await?;
        assert_eq!(page.violations().await?, []);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_address_leads_to_a_stage_and_to_a_moment_of_it() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?lesson=first-invocation&preset=seven-requests&t=1500").await?;
        let stage = "#stage-seven";
        let clock = format!("{stage} .transport-clock");
        page.wait_for_text(&clock, ".500").await?;
        let step = |testid: &str| format!("{stage} [data-testid='{testid}']");
        press(&page, &step("step-on"), Key::Enter).await?;
        let first = page.text(&clock).await?;
        press(&page, &step("step-on"), Key::Enter).await?;
        assert_ne!(page.text(&clock).await?, first, "the next event is later");
        press(&page, &step("step-back"), Key::Enter).await?;
        page.wait_for_text(&clock, &first).await?;
        press(&page, &format!("{stage} [data-testid='share']"), Key::Enter).await?;
        page.wait_until("location.hash.startsWith('#s=')").await?;
        let link = page.eval("location.hash").await?;
        page.open("?page=about").await?;
        page.open(&format!("?lesson=first-invocation{}", link.as_str().unwrap_or_default())).await?;
        page.wait_for_text(&clock, &first).await?;
        page.open("?lesson=first-invocation&preset=nowhere").await?;
        page.wait_for_text("[data-testid='link-note']", "nowhere").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn facts_and_words_open_by_keyboard_with_source_and_date() -> Result {
    drive(View::NARROW, async |page| {
        page.open("?lesson=first-invocation").await?;
        for (kind, key) in [("fact--term", Key::Enter), ("fact:not(.fact--term)", Key::Space)] {
            let whole = format!(".prose .{kind}");
            press(&page, &format!("{whole} .fact__value"), key).await?;
            page.wait_until(&format!(
                "/docs.aws.amazon.com[^]*20[0-9]{{2}}-[0-9]{{2}}/.test(document.querySelector(\"{whole} .fact__box\").innerText)"
            ))
            .await?;
            page.press(&[Key::Escape]).await?;
            page.wait_until(&format!("document.querySelector(\"{whole} .fact__box\").hidden")).await?;
            let back = page.eval(&format!("document.activeElement === document.querySelector(\"{whole} .fact__value\")")).await?;
            assert_eq!(back, json!(true), "the focus is back at the word");
        }
        Ok(())
    })
    .await
}
