//! The style page: every part by keyboard, every chart drawn, nothing that the checker or the security policy objects to.

use crate::hand::focus;
use coldstart_e2e::{Key, Page, Result, View, drive};

const CANVAS: &str = "document.querySelector('[data-testid=style-lines] canvas')";

/// How many colours a chart's picture has at least: an empty canvas has one.
async fn colours(page: &Page) -> Result<u64> {
    let count = format!(
        "(() => {{ const c = {CANVAS}; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; \
         const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size; }})()"
    );
    Ok(page.eval(&count).await?.as_u64().unwrap_or_default())
}

#[tokio::test]
async fn is_accessible_and_within_the_security_policy() -> Result {
    for view in [View::WIDE, View::WIDE.dark(), View::NARROW] {
        drive(view, async |page| {
            page.open("?page=style").await?;
            page.wait_for("[data-testid='style-draw-curve']").await?;
            page.wait_until(&format!("{CANVAS}.width > 300 || {CANVAS}.width == {CANVAS}.clientWidth")).await?;
            // The checker styles what it measures, which the policy refuses: the console is read before.
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
async fn charts_fill_their_canvas_and_follow_the_theme() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=style").await?;
        page.wait_until(&format!("{CANVAS}.width == Math.round({CANVAS}.clientWidth * devicePixelRatio)")).await?;
        assert!(colours(&page).await? > 8);
        let corner = "(() => { const d = CANVAS.getContext('2d').getImageData(1, 1, 1, 1).data; return d[0] })()".replace("CANVAS", CANVAS);
        page.wait_until(&format!("{corner} > 200")).await?;
        // Nothing beside the canvas may make it a new one: its picture and its context would be lost.
        page.eval(&format!("{CANVAS}.kept = true")).await?;
        page.click("[data-testid='style-lines-data']").await?;
        page.wait_for("#style-lines-caption").await?;
        page.eval("(s => { s.value = 'dark'; s.dispatchEvent(new Event('change', { bubbles: true })) })(document.querySelector('[data-testid=theme]'))")
            .await?;
        page.wait_until(&format!("{corner} < 60")).await?;
        page.wait_until(&format!("{CANVAS}.kept")).await
    })
    .await
}

#[tokio::test]
async fn every_part_works_by_keyboard() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=style").await?;
        focus(&page, "#style-memory").await?;
        page.press(&[Key::Home, Key::Right]).await?;
        page.wait_until("document.querySelector('#style-memory').dataset.value > 128").await?;
        page.fill("#style-memory-number", "512").await?;
        page.wait_until("document.querySelector('#style-memory').getAttribute('aria-valuetext').startsWith('512')").await?;

        focus(&page, "#style-tabs-stage").await?;
        page.press(&[Key::Right]).await?;
        page.wait_until("document.activeElement.id == 'style-tabs-latency' && document.activeElement.ariaSelected == 'true'").await?;

        focus(&page, "[aria-controls='style-fact-1']").await?;
        page.press(&[Key::Enter]).await?;
        page.wait_until("!document.querySelector('#style-fact-1').hidden").await?;
        page.press(&[Key::Escape]).await?;
        page.wait_until("document.querySelector('#style-fact-1').hidden").await?;
        page.wait_until("document.activeElement.getAttribute('aria-controls') == 'style-fact-1'").await?;

        focus(&page, "[data-testid='style-bet-commit']").await?;
        page.press(&[Key::Enter]).await?;
        page.wait_for("[data-testid='style-bet'][data-state='committed']").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_curve_is_drawn_with_keys_and_committed() -> Result {
    drive(View::NARROW, async |page| {
        page.open("?page=style").await?;
        focus(&page, "[data-testid='style-draw-curve']").await?;
        page.press(&[Key::Right, Key::Right, Key::PageUp]).await?;
        let said = "document.querySelector('[data-testid=style-draw-curve]').getAttribute('aria-valuetext')";
        page.wait_until(&format!("{said}.startsWith('08:52') && {said}.includes('400')")).await?;
        page.click("[data-testid='style-draw-commit']").await?;
        page.wait_until("!document.querySelector('[data-testid=style-draw-curve]')").await
    })
    .await
}
