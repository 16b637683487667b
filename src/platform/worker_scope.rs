//! The web worker, from its own side.

use wasm_bindgen::prelude::*;

fn scope() -> Option<web_sys::DedicatedWorkerGlobalScope> {
    if cfg!(target_arch = "wasm32") { js_sys::global().dyn_into().ok() } else { None }
}

/// Sends a text to the page.
pub fn post(text: &str) {
    if let Some(scope) = scope() {
        // A text can always be cloned, which is all that could fail.
        let _ = scope.post_message(&text.into());
    }
}

/// Hears every text from the page, for as long as the worker lives. Other messages are not ours.
pub fn listen(mut heard: impl FnMut(String) + 'static) {
    let Some(scope) = scope() else { return };
    let closure = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        if let Some(text) = event.data().as_string() {
            heard(text);
        }
    });
    scope.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}
