//! The clipboard.

use super::{PlatformError, window};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies `text`.
///
/// # Errors
/// Where there is no clipboard (no secure connection, an old browser) or the browser or the host page denies it.
pub async fn copy(text: &str) -> Result<(), PlatformError> {
    let window = window().ok_or(PlatformError::Missing("clipboard"))?;
    let clipboard = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard"))
        .ok()
        .and_then(|value| value.dyn_into::<web_sys::Clipboard>().ok())
        .ok_or(PlatformError::Missing("clipboard"))?;
    JsFuture::from(clipboard.write_text(text)).await.map_err(|error| PlatformError::refused("clipboard", &error))?;
    Ok(())
}
