//! The lesson on provisioned concurrency, played through by keyboard alone.

use crate::hand::press;
use coldstart_e2e::{Key, Page, Result, View, drive};
use serde_json::json;

/// Waits until the words of an element are other than before.
async fn wait_for_change(page: &Page, css: &str, before: &str) -> Result {
    page.wait_until(&format!("document.querySelector(\"{css}\")?.innerText !== {}", json!(before))).await
}

async fn commit(page: &Page, bet: &str) -> Result {
    press(page, &format!("[data-testid='bet-{bet}-commit']"), Key::Enter).await?;
    page.wait_until(&format!("document.querySelector(\"[data-testid='bet-{bet}']\").dataset.state !== 'open'")).await
}

async fn play_through(page: &Page) -> Result {
    page.open("?lesson=provisioned-concurrency").await?;
    page.wait_for_state("live-stage", "done").await?;
    press(page, "[data-testid='send-burst']", Key::Enter).await?;
    page.wait_for("[data-testid='live-stage'] .transport-moment").await?;

    press(page, "[data-testid='bet-share-that-spills-field']", Key::Left).await?;
    commit(page, "share-that-spills").await?;
    // What was sent before stays on its stage when the lesson goes on.
    assert!(page.text("[data-testid='live-stage'] .transport-moments").await?.contains("First spill"));
    page.wait_for_state("pc-spill", "done").await?;
    let says = "[data-testid='pc-spill'] .lab-says";
    page.wait_for_text(says, "Erlang B").await?;
    let before = page.text(says).await?;
    press(page, "[data-testid='pc-spill'] [data-testid='pc-units']", Key::Right).await?;
    wait_for_change(page, says, &before).await?;

    press(page, "[data-testid='bet-units-for-one-percent-field'] input[value='1']", Key::Space).await?;
    commit(page, "units-for-one-percent").await?;
    page.wait_for_state("pc-size", "done").await?;
    page.wait_for_text("[data-testid='pc-table']", "65").await?;

    press(page, "[data-testid='bet-short-calls-spill-field'] input[value='2']", Key::Space).await?;
    commit(page, "short-calls-spill").await?;
    page.wait_for_state("pc-rate", "done").await?;
    page.wait_for_text("[data-testid='pc-rate'] .lab-says", "requests per second").await?;

    page.wait_for_state("pc-night", "done").await?;
    let before = page.text("[data-testid='pc-month']").await?;
    press(page, "[data-testid='pc-schedule']", Key::Space).await?;
    wait_for_change(page, "[data-testid='pc-month']", &before).await?;

    let before = page.text("[data-testid='pc-take-units']").await?;
    press(page, "[data-testid='pc-take-traffic']", Key::End).await?;
    wait_for_change(page, "[data-testid='pc-take-units']", &before).await?;
    let units = page.eval("document.querySelector(\"[data-testid='pc-take-units']\").innerText.match(/\\n?([0-9,]+)/)[1]").await?;
    let units = units.as_str().unwrap_or_default().replace(',', "");
    assert!(page.text("[data-testid='pc-template']").await?.contains(&format!("ProvisionedConcurrentExecutions: {units}")));
    Ok(())
}

#[tokio::test]
async fn can_be_played_through_by_keyboard() -> Result {
    for view in [View::WIDE, View::NARROW.dark().under_sub()] {
        drive(view, async |page| {
            play_through(&page).await?;
            // Before the checker is put into the page: what it does to a page is not ours.
            assert_eq!(page.console_errors().await?, [""; 0]);
            assert_eq!(page.violations().await?, []);
            let overflow = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth").await?;
            assert_eq!(overflow, 0, "nothing is wider than the screen");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
