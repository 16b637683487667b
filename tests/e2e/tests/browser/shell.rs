//! The shell: navigation, themes, and what the reader sees when the browser refuses something.

use coldstart_e2e::{Key, Page, Result, View, drive};
use serde_json::{Value, json};

async fn focused(page: &Page) -> Result<Value> {
    page.eval("document.activeElement.id").await
}

#[tokio::test]
async fn links_move_between_pages_and_the_focus_with_them() -> Result {
    drive(View::WIDE.under_sub(), async |page| {
        page.open("").await?;
        page.click("[data-testid='nav-lessons']").await?;
        page.wait_for_text("h1", "Lessons").await?;
        assert_eq!((page.eval("document.title").await?, focused(&page).await?), (json!("Lessons – Coldstart"), json!("page-heading")));
        page.click("[data-testid='nav-facts']").await?;
        page.wait_for("[data-testid='facts-table']").await?;
        assert_eq!(page.eval("location.pathname + location.search").await?, json!("/sub/?page=facts"));
        page.eval("window.scrollTo(0, 1500)").await?;
        page.click("[data-testid='nav-about']").await?;
        page.wait_for_text("h1", "About").await?;
        assert_eq!(page.eval("window.scrollY").await?, json!(0));
        page.eval("history.back()").await?;
        page.wait_for("[data-testid='facts-table']").await?;
        page.wait_until("window.scrollY === 1500").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_keyboard_skips_to_the_content() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=about").await?;
        page.eval("document.activeElement.blur()").await?;
        page.press(&[Key::Tab]).await?;
        assert_eq!(page.eval("document.activeElement.className").await?, json!("skip-link"));
        page.press(&[Key::Enter]).await?;
        assert_eq!(focused(&page).await?, json!("main"));
        assert_eq!(page.eval("location.search").await?, json!("?page=about"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_theme_is_kept_and_an_address_overrides_it() -> Result {
    drive(View::WIDE, async |page| {
        let theme = "document.documentElement.dataset.theme";
        page.open("?page=about").await?;
        page.click("[data-testid='theme'] option[value='dark']").await?;
        page.wait_until(&format!("{theme} === 'dark'")).await?;
        page.open("?page=facts").await?;
        assert_eq!(page.eval(theme).await?, json!("dark"));
        page.open("?page=about&theme=projector").await?;
        assert_eq!(page.eval(theme).await?, json!("projector"));
        page.click("[data-testid='nav-facts']").await?;
        page.wait_until("location.search.includes('theme=projector')").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn simple_pages_are_accessible() -> Result {
    for (part, there) in [
        ("?page=lessons", "[data-testid='lesson-list'] a"),
        ("?page=facts", "[data-testid='facts-table']"),
        ("?page=glossary", "[data-testid='glossary']"),
        ("?page=sources", "h1"),
        ("?page=model", "[data-testid='model']"),
        ("?page=search", "[data-testid='search']"),
        ("?page=search&q=cold", "[data-testid='search-results'] a"),
        ("?page=about", "h1"),
        ("?page=nowhere", "[data-testid='unknown-page']"),
    ] {
        for view in [View::WIDE, View::NARROW.dark()] {
            drive(view, async move |page| {
                page.open(part).await?;
                page.wait_for(there).await?;
                assert_eq!(page.too_wide().await?, [""; 0], "{part}");
                assert_eq!(page.violations().await?, [], "{part}");
                Ok(())
            })
            .await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_facts_can_be_searched() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=facts").await?;
        page.wait_for("#init-limit").await?;
        page.fill("#facts-search", "pollers conflict").await?;
        page.wait_until("!document.querySelector('#init-limit')").await?;
        let row = page.text("#sqs-pollers-conflict").await?;
        assert!(row.contains("2,000") && row.contains("10,000"), "{row}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn denied_storage_and_history_leave_a_working_page() -> Result {
    drive(View::WIDE, async |page| {
        let script = "const deny = () => { throw new DOMException('denied', 'SecurityError'); };
            Object.defineProperty(window, 'localStorage', { get: deny });
            history.pushState = deny; history.replaceState = deny;";
        page.before_each(script).await?;
        page.open("").await?;
        page.click("[data-testid='nav-facts']").await?;
        page.wait_for("[data-testid='facts-table']").await?;
        page.click("[data-testid='theme'] option[value='dark']").await?;
        page.wait_until("document.documentElement.dataset.theme === 'dark'").await?;
        page.click("[data-testid='nav-about']").await?;
        page.wait_for_text("h1", "About").await?;
        assert_eq!(page.eval("document.documentElement.dataset.theme").await?, json!("dark"));
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_workers_simulations_run_on_the_page() -> Result {
    drive(View::WIDE, async |page| {
        page.before_each("window.Worker = class { constructor() { throw new Error('no workers'); } };").await?;
        page.open("").await?;
        page.wait_for_text("footer", "No web worker").await?;
        page.wait_for("[data-state='done']").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_file_that_does_not_arrive_can_be_asked_for_again() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?page=about").await?;
        page.devtools("Network.enable", json!({})).await?;
        page.devtools("Network.setBlockedURLs", json!({ "urls": ["*index.json*"] })).await?;
        page.click("[data-testid='nav-lessons']").await?;
        page.wait_for("[data-testid='fetch-failed']").await?;
        page.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        page.click("[data-testid='fetch-again']").await?;
        page.wait_for("[data-testid='lesson-list'] a").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn links_that_cannot_be_opened_say_so_and_show_the_lesson() -> Result {
    drive(View::WIDE, async |page| {
        for (link, said) in [("1.j.%25", "cannot be read"), ("9.j.e30", "newer version"), ("1.d.AAAA", "cannot be read")] {
            page.open("?page=about").await?;
            page.open(&format!("?lesson=provisioned-concurrency#s={link}")).await?;
            page.wait_for_text("[data-testid='link-note']", said).await?;
            page.wait_for("[data-testid='lesson']").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_failure_of_the_app_leaves_a_readable_page_and_a_report() -> Result {
    drive(View::WIDE, async |page| {
        page.open("?dev=panic").await?;
        page.wait_for("#crash:not([hidden])").await?;
        let report = page.text("#crash-report").await?;
        assert!(report.contains("Coldstart 0.") && report.contains("?dev=panic") && report.contains("rehearsal"), "{report}");
        assert!(page.text("main").await?.contains("playground"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_webassembly_the_page_says_what_is_wrong() -> Result {
    drive(View::WIDE, async |page| {
        page.before_each("delete window.WebAssembly;").await?;
        page.go_to("").await?;
        page.wait_for_text("#app", "WebAssembly could not start").await
    })
    .await
}
