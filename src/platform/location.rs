//! The address bar and the history. Addresses are relative to the document, so that the site works in any folder.

use super::{PlatformError, document, window};
use wasm_bindgen::JsValue;

/// The query string, with its `?` when there is one.
#[must_use]
pub fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The hash, with its `#` when there is one.
#[must_use]
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The whole address.
#[must_use]
pub fn href() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// `address` made absolute against the document's base.
///
/// # Errors
/// Outside a browser, or when it is no address.
pub fn absolute(address: &str) -> Result<String, PlatformError> {
    let base = document().and_then(|document| document.base_uri().ok().flatten()).ok_or(PlatformError::Missing("document"))?;
    let url = web_sys::Url::new_with_base(address, &base).map_err(|error| PlatformError::refused("address", &error))?;
    Ok(url.href())
}

/// Puts a new entry with the number `entry` on the history.
///
/// # Errors
/// In sandboxed frames and `srcdoc` documents; the page goes on without an address of its own.
pub fn push(address: &str, entry: u32) -> Result<(), PlatformError> {
    history()?.push_state_with_url(&entry.into(), "", Some(&absolute(address)?)).map_err(|error| PlatformError::refused("history", &error))
}

/// Changes the current entry.
///
/// # Errors
/// As [`push`].
pub fn replace(address: &str, entry: u32) -> Result<(), PlatformError> {
    history()?
        .replace_state_with_url(&entry.into(), "", Some(&absolute(address)?))
        .map_err(|error| PlatformError::refused("history", &error))
}

/// The number that [`push`] gave to the entry the browser is at.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the numbers are our own, small and not negative")]
pub fn entry() -> Option<u32> {
    history().ok()?.state().ok()?.as_f64().map(|number| number as u32)
}

/// Takes the restoring of the scroll position over from the browser, which would do it before the page is drawn.
pub fn restore_scroll_ourselves() {
    if let Ok(history) = history() {
        // Old browsers keep their own way: the position is then theirs.
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
}

/// How far the page is scrolled, in CSS pixels.
#[must_use]
pub fn scroll_y() -> f64 {
    window().and_then(|window| window.scroll_y().ok()).unwrap_or_default()
}

/// Scrolls the page.
pub fn scroll_to(y: f64) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, y);
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        // A host may forbid it; the reader still has the browser's own button.
        let _ = window.location().reload();
    }
}

fn history() -> Result<web_sys::History, PlatformError> {
    let window = window().ok_or(PlatformError::Missing("history"))?;
    window.history().map_err(|error: JsValue| PlatformError::refused("history", &error))
}
