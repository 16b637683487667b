//! The browser. The only place that names `web_sys`, `js_sys` or `gloo`; everything else is plain Rust and Yew.
//!
//! Everything here is fallible where a host page, a sandbox or an old browser can refuse it, and does nothing outside a browser,
//! so that pages render natively in tests.

pub mod canvas;
pub mod clipboard;
pub mod crash;
pub mod dom;
pub mod events;
pub mod fetch;
pub mod file;
pub mod location;
pub mod media;
pub mod module;
pub mod size;
pub mod storage;
pub mod tick;
pub mod timing;
pub mod ui;
pub mod worker;
pub mod worker_scope;

use wasm_bindgen::JsValue;

/// What a browser said no to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// There is no such thing here: another browser, a sandbox, a test outside a browser.
    #[error("this browser has no {0}")]
    Missing(&'static str),
    /// It is there and refused.
    #[error("{what}: {reason}")]
    Refused {
        /// What was asked for.
        what: &'static str,
        /// What the browser said.
        reason: String,
    },
}

impl PlatformError {
    fn refused(what: &'static str, value: &JsValue) -> Self {
        Self::Refused { what, reason: describe(value) }
    }
}

/// The window, in a browser.
fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// Words for whatever JavaScript threw.
fn describe(value: &JsValue) -> String {
    use wasm_bindgen::JsCast as _;
    if let Some(error) = value.dyn_ref::<js_sys::Error>() {
        return error.message().into();
    }
    value.as_string().unwrap_or_else(|| "no reason given".to_owned())
}
