//! The playground: a scenario edited by keyboard, broken, mended, shared and opened again.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
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

/// A link to a scenario with events in it, whose invocations are asynchronous.
fn link_to_events() -> String {
    let spec = json!({
        "schema": 1,
        "run": { "duration_s": 600 },
        "functions": [{ "id": "worker", "handler": { "wait": { "kind": "constant", "ms": 100 }, "error_rate": 0.3 } }],
        "sources": [{ "id": "events", "target": "worker", "kind": { "kind": "asynchronous" }, "arrivals": { "kind": "poisson", "per_s": 5 } }],
    });
    let shared = json!({ "spec": spec, "seed": 1, "mv": 1 });
    format!("?page=playground#s=1.j.{}", URL_SAFE_NO_PAD.encode(shared.to_string()))
}

const FETCHED: &str = "performance.getEntriesByType('resource').some(entry => entry.name.includes('worker_network.wasm'))";

async fn events_are_run(page: &Page) -> Result {
    page.open(&link_to_events()).await?;
    page.wait_for_state("playground-results", "done").await?;
    page.wait_until("/^[23],?[0-9]{3}$/.test(document.querySelector(\"[data-testid='playground-figure-requests']\").innerText)").await
}

#[tokio::test]
async fn the_rest_of_the_simulator_comes_when_a_scenario_needs_it() -> Result {
    for view in [View::WIDE, View::WIDE.under_sub()] {
        drive(view, async |page| {
            page.open("?page=playground").await?;
            page.wait_for_state("playground-results", "done").await?;
            assert_eq!(page.eval(FETCHED).await?, json!(false), "a scenario of calls alone needs nothing more");
            events_are_run(&page).await?;
            assert_eq!(page.eval(FETCHED).await?, json!(true));
            assert_eq!(page.console_errors().await?, [""; 0]);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn without_workers_the_page_itself_runs_events() -> Result {
    drive(View::WIDE, async |page| {
        page.before_each("delete window.Worker").await?;
        events_are_run(&page).await
    })
    .await
}

#[tokio::test]
async fn a_part_of_the_simulator_that_does_not_come_is_said_and_asked_for_again() -> Result {
    drive(View::WIDE, async |page| {
        page.devtools("Network.enable", json!({})).await?;
        page.devtools("Network.setBlockedURLs", json!({ "urls": ["*worker_network*"] })).await?;
        page.open(&link_to_events()).await?;
        page.wait_for_state("playground-results", "failed").await?;
        page.wait_for_text("[data-testid='playground-results']", "could not be fetched").await?;
        page.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        type_over(&page, MEMORY, "2048").await?;
        page.wait_for_state("playground-results", "done").await
    })
    .await
}
