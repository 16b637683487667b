//! The home page.

use coldstart_e2e::{Key, Result, View, drive};

#[tokio::test]
async fn loads_wherever_the_site_lies() -> Result {
    for view in [View::WIDE, View::NARROW.dark().under_sub()] {
        drive(view, async |page| {
            page.open("").await?;
            assert!(!page.text("h1").await?.is_empty());
            assert_eq!(page.console_errors().await?, [""; 0]);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn is_accessible() -> Result {
    for view in [View::WIDE, View::NARROW.dark()] {
        drive(view, async |page| {
            page.open("").await?;
            assert_eq!(page.violations().await?, []);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_sentence_follows_the_sliders() -> Result {
    drive(View::NARROW, async |page| {
        page.open("").await?;
        let sentence = "[data-testid='home-sentence']";
        page.wait_for_state("home-sentence", "done").await?;
        page.wait_for_text(sentence, "provisioned environments would bring that to").await?;
        let before = page.text(sentence).await?;
        page.wait_for("#home-provisioned").await?;
        page.eval("document.querySelector('#home-provisioned').focus()").await?;
        page.press(&[Key::End]).await?;
        page.wait_until(&format!("document.querySelector(\"{sentence}\").innerText !== {}", serde_json::json!(before))).await?;
        page.wait_for_text(sentence, "found an execution environment that was ready").await?;
        Ok(())
    })
    .await
}
