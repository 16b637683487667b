//! The shell and its simple pages, drawn natively.

use coldstart::app::{App, AppProps, Route};
use coldstart::testid;
use futures::executor::block_on;
use yew::LocalServerRenderer;

fn page(route: Route) -> String {
    let renderer = LocalServerRenderer::<App>::with_props(AppProps { start: Some(route) }).hydratable(false);
    block_on(renderer.render())
}

#[test]
fn every_page_has_its_landmarks_and_one_heading() {
    let routes = [
        Route::Home,
        Route::Lessons,
        Route::About,
        Route::Facts,
        Route::Glossary,
        Route::Sources,
        Route::Model,
        Route::Search,
        Route::Style,
        Route::Logs,
        Route::Playground,
        Route::Unknown("nowhere".to_owned()),
    ];
    for route in routes {
        let html = page(route.clone());
        for part in
            ["<header class=\"site-header\"", "class=\"site-nav\"", "<main id=\"main\"", "<footer", "skip-link", "aria-label=\"Main\""]
        {
            assert_eq!(html.matches(part).count(), 1, "{part} of {route:?}: {html}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{route:?}: {html}");
        assert!(!html.contains("style=\""), "{route:?} has a style attribute: {html}");
    }
}

#[test]
fn the_current_page_is_marked_in_the_navigation() {
    let html = page(Route::About);
    assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
    let link = html.split("aria-current").next().unwrap().rsplit("<a").next().unwrap();
    assert!(link.contains("?page=about"), "{link}");
}

#[test]
fn an_unknown_address_is_named_and_leads_home() {
    let html = page(Route::Unknown("<b>nowhere".to_owned()));
    assert!(html.contains(testid::UNKNOWN_PAGE) && html.contains("&lt;b&gt;nowhere"), "{html}");
    assert!(html.contains("href=\"./\""), "{html}");
}

#[test]
fn the_footer_says_what_it_must() {
    let html = page(Route::Home);
    for part in ["Not affiliated with AWS", coldstart::VERSION, coldstart::BUILD, "CC BY 4.0"] {
        assert!(html.contains(part), "{part}: {html}");
    }
}
