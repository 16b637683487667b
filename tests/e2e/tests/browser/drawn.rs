//! What a lesson draws besides its stages: curves that the reader predicts, and options beside each other.

use crate::hand::{answer_a_bet, press};
use coldstart_e2e::{Key, Page, Result, View, drive};
use serde_json::json;

const CURVE: &str = "bet-batches-at-work";
const COMPARISON: &str = "[data-testid='comparison-what-is-left']";

async fn open_bet(page: &Page) -> Result<serde_json::Value> {
    page.eval("document.querySelector(\"[data-testid^='bet-'][data-state='open']\")?.dataset.testid ?? null").await
}

#[tokio::test]
async fn a_curve_is_drawn_before_the_truth_is_shown_and_stays_beside_it() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?lesson=queues").await?;
        page.wait_for("[data-widget]").await?;
        while open_bet(&page).await? != json!(CURVE) {
            assert!(answer_a_bet(&page).await?, "no prediction is left before the curve");
        }
        let commit = format!("[data-testid='{CURVE}-commit']");
        let disabled = format!("document.querySelector(\"{commit}\").disabled");
        assert_eq!(page.eval(&disabled).await?, json!(true), "nothing was drawn yet");
        let pen = format!("[data-testid='{CURVE}-field-curve']");
        for key in [Key::Home, Key::Up, Key::End, Key::Down] {
            press(&page, &pen, key).await?;
        }
        // The checker's own styles are refused, loudly: nothing is asked of the console after it.
        assert_eq!(page.console_errors().await?, [""; 0]);
        assert_eq!(page.violations().await?, [], "while it is drawn");
        press(&page, &commit, Key::Enter).await?;
        let answered = format!("document.querySelector(\"[data-testid='{CURVE}']\").dataset.state === 'answered'");
        page.wait_until(&answered).await?;
        let gap = page.text(&format!("[data-testid='{CURVE}'] .bet__gap")).await?;
        assert!(gap.starts_with("On average your curve is") && gap.contains("you drew"), "{gap}");
        assert_eq!(page.violations().await?, [], "beside the truth");
        page.open("?lesson=queues").await?;
        page.wait_for(&format!("[data-testid='{CURVE}'][data-state='answered']")).await?;
        assert_eq!(page.text(&format!("[data-testid='{CURVE}'] .bet__gap")).await?, gap, "it is kept");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_comparison_shows_the_options_that_are_chosen_and_what_tells_them_apart() -> Result {
    for view in [View::WIDE, View::NARROW] {
        drive(view, async |page| {
            page.open("?lesson=init-code").await?;
            page.wait_for("[data-widget]").await?;
            press(&page, "[data-testid='reveal-all']", Key::Enter).await?;
            page.wait_for(COMPARISON).await?;
            let size =
                format!("((t) => [t.rows.length - 1, t.tHead.rows[0].cells.length - 1])(document.querySelector(\"{COMPARISON} table\"))");
            assert_eq!(page.eval(&size).await?, json!([5, 4]));
            // The next request here and the one after a reclaim: only a table or a bucket is the same to both.
            for option in [1, 2] {
                press(&page, &format!("[data-testid='what-is-left-option-{option}']"), Key::Space).await?;
            }
            press(&page, "[data-testid='what-is-left-differences']", Key::Space).await?;
            page.wait_until(&format!("{size}.join() === '4,2'")).await?;
            let last = format!("document.querySelector(\"{COMPARISON} [data-testid='what-is-left-option-0']\").disabled");
            assert_eq!(page.eval(&last).await?, json!(true), "two have to stay");
            assert_eq!(page.violations().await?, []);
            Ok(())
        })
        .await?;
    }
    Ok(())
}
