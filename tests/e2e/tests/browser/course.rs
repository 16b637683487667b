//! Every lesson of the course, from its first act to its last question, by keyboard alone; the review; the reference pages.

use coldstart_e2e::{Key, Page, Result, View, drive};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;

/// How many steps a lesson may take: more means that something does not go on.
const STEPS_MAX: usize = 60;

/// Puts the focus on the first element that the selector finds, as a reader who tabs there would.
async fn focus(page: &Page, css: &str) -> Result {
    page.wait_for(css).await?;
    page.eval(&format!("document.querySelector({}).focus()", json!(css))).await?;
    let focused = page.eval(&format!("document.activeElement === document.querySelector({})", json!(css))).await?;
    assert_eq!(focused, json!(true), "{css} takes no focus");
    Ok(())
}

async fn press(page: &Page, css: &str, key: Key) -> Result {
    focus(page, css).await?;
    page.press(&[key]).await
}

async fn has(page: &Page, css: &str) -> Result<bool> {
    Ok(page.eval(&format!("document.querySelector({}) !== null", json!(css))).await? == json!(true))
}

/// The first prediction that is still open, answered: an option, or the number where the slider stands, one step on.
async fn answer_a_bet(page: &Page) -> Result<bool> {
    let find = "document.querySelector(\"[data-testid^='bet-'][data-state='open']\")?.dataset.testid ?? null";
    let Value::String(bet) = page.eval(find).await? else { return Ok(false) };
    let option = format!("[data-testid='{bet}'] input[type='radio']");
    if has(page, &option).await? {
        press(page, &option, Key::Space).await?;
    } else {
        press(page, &format!("[data-testid='{bet}-field']"), Key::Right).await?;
    }
    press(page, &format!("[data-testid='{bet}-commit']"), Key::Enter).await?;
    page.wait_until(&format!("document.querySelector(\"[data-testid='{bet}']\").dataset.state !== 'open'")).await?;
    Ok(true)
}

/// Answers a question with the option at `at`, the first number that comes to mind, or the order as it stands.
async fn answer(page: &Page, question: &str, at: usize) -> Result {
    let part = |part: &str| format!("[data-testid='{question}-{part}']");
    page.wait_until(&format!("document.querySelector(\"[data-testid='{question}']\").dataset.state === 'open'")).await?;
    if has(page, &part("number")).await? {
        page.fill(&part("number"), "42").await?;
    } else if has(page, &part(&format!("option-{at}"))).await? && has(page, &format!("{}[type]", part(&format!("option-{at}")))).await? {
        press(page, &part(&format!("option-{at}")), Key::Space).await?;
    }
    press(page, &part("fair"), Key::Space).await?;
    press(page, &part("check"), Key::Enter).await?;
    page.wait_until(&format!("document.querySelector(\"[data-testid='{question}']\").dataset.state === 'answered'")).await
}

/// Plays a lesson through; returns its questions.
async fn play(page: &Page, lesson: &str) -> Result<Vec<String>> {
    page.open(&format!("?lesson={lesson}")).await?;
    page.wait_for("[data-widget]").await?;
    if has(page, "[data-testid='lab'] [data-testid='send-one']").await? {
        press(page, "[data-testid='lab'] [data-testid='send-one']", Key::Enter).await?;
    }
    let mut steps = 0;
    while answer_a_bet(page).await? {
        steps += 1;
        assert!(steps < STEPS_MAX, "{lesson} does not come to its end");
    }
    page.wait_until("document.querySelectorAll(\".lab[data-state='running']\").length === 0").await?;
    let failed = page.eval("document.querySelectorAll(\".lab[data-state='failed']\").length").await?;
    assert_eq!(failed, json!(0), "{lesson}: a stage fails");
    let questions = page.eval("[...document.querySelectorAll('.quiz__question')].map((one) => one.dataset.testid)").await?;
    Ok(serde_json::from_value(questions).unwrap_or_default())
}

/// The lessons of the list, but for the incident, which has a test of its own.
async fn lessons() -> Result<Vec<String>> {
    let found = Rc::new(RefCell::new(Vec::new()));
    let into = found.clone();
    drive(View::WIDE, async move |page| {
        page.open("?page=lessons").await?;
        page.wait_for("[data-testid^='lesson-']").await?;
        let all = "[...document.querySelectorAll('.card--link')].map((card) => card.dataset.testid?.slice(7)).filter(Boolean)";
        let names = serde_json::from_value::<Vec<String>>(page.eval(all).await?).unwrap_or_default();
        into.replace(names);
        Ok(())
    })
    .await?;
    Ok(found.take().into_iter().filter(|lesson| lesson != "incident-nine-am").collect())
}

#[tokio::test]
async fn every_lesson_is_played_by_keyboard_to_its_last_question() -> Result {
    let lessons = lessons().await?;
    assert!(lessons.len() >= 10, "{lessons:?}");
    // A browser each: what the accessibility checker leaves in a page is not the next lesson's.
    for lesson in lessons {
        drive(View::WIDE, async move |page| {
            let questions = play(&page, &lesson).await?;
            assert!(questions.len() >= 3, "{lesson} asks {} questions", questions.len());
            for (at, question) in questions.iter().enumerate() {
                answer(&page, question, at % 2).await?;
            }
            assert_eq!(page.console_errors().await?, [""; 0], "{lesson}");
            assert_eq!(page.too_wide().await?, [""; 0], "{lesson}");
            assert_eq!(page.violations().await?, [], "{lesson}");
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
        let questions = play(&page, "first-invocation").await?;
        for question in &questions {
            answer(&page, question, 0).await?;
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
