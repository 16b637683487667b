//! What the reader's system asks for.

use super::window;
use gloo::events::EventListener;
use yew::Callback;

/// Whether the reader asked for less motion.
#[must_use]
pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the system is in dark mode.
#[must_use]
pub fn prefers_dark() -> bool {
    matches("(prefers-color-scheme: dark)")
}

/// Physical pixels per CSS pixel; 1 outside a browser.
#[must_use]
pub fn device_pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio()).max(0.5)
}

/// Whether a media query holds now; false outside a browser.
#[must_use]
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| list.matches())
}

/// Keeps watching a media query; dropping it stops.
#[must_use = "dropping it stops watching"]
#[derive(Debug)]
pub struct Watching(#[allow(dead_code, reason = "held for its drop")] Option<EventListener>);

/// Calls `callback` with the answer whenever it changes.
pub fn watch(query: &str, callback: Callback<bool>) -> Watching {
    Watching(list(query).map(|list| {
        let asked = list.clone();
        EventListener::new(&list, "change", move |_| callback.emit(asked.matches()))
    }))
}

fn list(query: &str) -> Option<web_sys::MediaQueryList> {
    window()?.match_media(query).ok().flatten()
}
