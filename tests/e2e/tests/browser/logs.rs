//! The reader's own logs: pasted, counted, run.

use coldstart_e2e::{Result, View, drive};

const PASTED: &str = "REPORT RequestId: 3f0c2b1a-0000-4000-8000-000000000001 Duration: 133.61 ms Billed Duration: 214 ms Memory Size: 128 MB \
    Max Memory Used: 40 MB Init Duration: 80.00 ms\nREPORT RequestId: 3f0c2b1a-0000-4000-8000-000000000002 Duration: 12.10 ms Billed Duration: \
    13 ms Memory Size: 128 MB Max Memory Used: 41 MB\nREPORT RequestId: broken Duration: soon\n";

#[tokio::test]
async fn a_sample_is_read_and_run() -> Result {
    for view in [View::WIDE, View::NARROW.dark().under_sub()] {
        drive(view, async |page| {
            page.open("?page=logs").await?;
            page.click("[data-testid='logs-sample']").await?;
            page.wait_for_state("logs-results", "done").await?;
            page.wait_for("[data-testid='logs-comparison']").await?;
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

#[tokio::test]
async fn pasted_lines_are_counted_and_bad_ones_shown() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=logs").await?;
        page.type_into("[data-testid='logs-text'] textarea, textarea[data-testid='logs-text']", PASTED).await?;
        page.wait_for_state("logs-results", "done").await?;
        page.wait_for_text("[data-testid='logs-figures']", "50 %")
            .await
            .or(page.wait_for_text("[data-testid='logs-figures']", "50\u{a0}%").await)?;
        page.wait_for_text("[data-testid='logs-bad']", "soon").await?;
        page.wait_for("[data-testid='logs-rate-wanted']").await?;
        Ok(())
    })
    .await
}
