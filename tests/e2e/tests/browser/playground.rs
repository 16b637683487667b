//! The playground: a scenario edited by keyboard, broken, mended, shared and opened again.

use coldstart_e2e::{Key, Page, Result, View, drive};
use serde_json::json;

const RESULTS: &str = "[data-testid='playground-results']";
const MEMORY: &str = "#pg-functions-0--memory_mb-number";
const TIMEOUT: &str = "#pg-functions-0--timeout_ms";

async fn requests(page: &Page) -> Result<String> {
    page.text("[data-testid='playground-figure-requests']").await
}

async fn bill(page: &Page) -> Result<String> {
    page.text("[data-testid='playground-figure-month']").await
}

async fn type_over(page: &Page, css: &str, text: &str) -> Result {
    page.fill(css, text).await?;
    page.press(&[Key::Tab]).await
}

#[tokio::test]
async fn a_scenario_can_be_edited_broken_and_mended() -> Result {
    for view in [View::WIDE, View::NARROW.dark().under_sub()] {
        drive(view, async |page| {
            page.open("?page=playground").await?;
            page.wait_for_state("playground-results", "done").await?;
            let before = bill(&page).await?;
            type_over(&page, MEMORY, "2048").await?;
            page.wait_until(&format!(
                "document.querySelector(\"[data-testid='playground-figure-month']\").innerText !== {}",
                json!(before)
            ))
            .await?;
            let kept = requests(&page).await?;
            type_over(&page, TIMEOUT, "0").await?;
            page.wait_for_text("[data-testid='playground-problems']", "900").await?;
            assert_eq!(requests(&page).await?, kept, "the last run stays while the scenario is wrong");
            page.wait_for("[data-testid='playground-stale']").await?;
            type_over(&page, TIMEOUT, "5000").await?;
            page.wait_until(&format!("!document.querySelector(\"{RESULTS}\").dataset.stale.startsWith('t')")).await?;
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
