//! The web worker, from the page's side.

use super::{PlatformError, location};
use wasm_bindgen::prelude::*;
use yew::Callback;

/// What a trunk build calls the worker's loader, script and module.
const LOADER: &str = "worker_loader.js";
const SCRIPT: &str = "worker.js";
const MODULE: &str = "worker_bg.wasm";

/// A worker. Dropping it ends it.
#[derive(Debug)]
pub struct WorkerLink {
    worker: web_sys::Worker,
    _on_message: Closure<dyn FnMut(web_sys::MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

/// Starts the worker from its address. `build` keeps a stale loader out of the cache's reach.
///
/// # Errors
/// Where there are no workers, or a sandbox forbids this one. Other failures come as a call of `on_error`.
pub fn spawn(build: &str, on_message: Callback<Vec<u8>>, on_error: Callback<String>) -> Result<WorkerLink, PlatformError> {
    link(&location::absolute(&format!("{LOADER}?v={build}"))?, on_message, on_error)
}

/// Starts the worker from a blob that loads the same files, for frames whose sandbox forbids an address.
///
/// # Errors
/// As [`spawn`].
pub fn spawn_from_blob(build: &str, on_message: Callback<Vec<u8>>, on_error: Callback<String>) -> Result<WorkerLink, PlatformError> {
    let refused = |error: JsValue| PlatformError::refused("worker", &error);
    let quoted = |file: &str| location::absolute(&format!("{file}?v={build}")).map(|address| js_sys::JSON::stringify(&address.into()));
    let (script, module) = (quoted(SCRIPT)?.map_err(refused)?, quoted(MODULE)?.map_err(refused)?);
    let text = format!("importScripts({script});wasm_bindgen({{module_or_path:{module}}});");
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).map_err(refused)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).map_err(refused)?;
    // The address is not revoked: a browser may read it after the worker was made.
    link(&address, on_message, on_error)
}

fn link(address: &str, on_message: Callback<Vec<u8>>, on_error: Callback<String>) -> Result<WorkerLink, PlatformError> {
    let worker = web_sys::Worker::new(address).map_err(|error| PlatformError::refused("worker", &error))?;
    let babble = on_error.clone();
    let on_message = Closure::new(move |event: web_sys::MessageEvent| match event.data().dyn_into::<js_sys::Uint8Array>() {
        Ok(bytes) => on_message.emit(bytes.to_vec()),
        Err(_) => babble.emit("a message that is not bytes".to_owned()),
    });
    // Loading failures come as a plain event, failures of the script as an error event.
    let on_error = Closure::new(move |event: web_sys::Event| {
        let message = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
        on_error.emit(message.unwrap_or_else(|| "it could not be loaded".to_owned()));
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(WorkerLink { worker, _on_message: on_message, _on_error: on_error })
}

impl WorkerLink {
    /// Sends an order.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub fn post(&self, order: &[u8]) -> Result<(), PlatformError> {
        self.post_value(&js_sys::Uint8Array::from(order))
    }

    /// Sends a module that the worker is to start: a bare buffer, which tells it from an order.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub fn post_part(&self, bytes: &[u8]) -> Result<(), PlatformError> {
        self.post_value(&js_sys::Uint8Array::from(bytes).buffer())
    }

    fn post_value(&self, value: &JsValue) -> Result<(), PlatformError> {
        self.worker.post_message(value).map_err(|error| PlatformError::refused("worker", &error))
    }
}

impl Drop for WorkerLink {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
