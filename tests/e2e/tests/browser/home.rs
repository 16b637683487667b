//! The home page.

use coldstart_e2e::{Result, View, drive};

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
