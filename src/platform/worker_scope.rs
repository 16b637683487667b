//! The web worker, from its own side.

use wasm_bindgen::prelude::*;

fn scope() -> Option<web_sys::DedicatedWorkerGlobalScope> {
    if cfg!(target_arch = "wasm32") { js_sys::global().dyn_into().ok() } else { None }
}

/// Sends bytes to the page.
pub fn post(bytes: &[u8]) {
    if let Some(scope) = scope() {
        let bytes = js_sys::Uint8Array::from(bytes);
        // The copy is handed over and not copied again; what was just made can always be.
        let _ = scope.post_message_with_transfer(&bytes, &js_sys::Array::of1(&bytes.buffer()));
    }
}

/// What the page sends.
pub enum Heard {
    /// An order.
    Order(Vec<u8>),
    /// A module; whether it could be started. Its functions are in this one's table then, and its data in this one's memory.
    Part(Result<(), String>),
}

/// Hears every order and every module from the page, for as long as the worker lives. Other messages are not ours.
pub fn listen(mut hear: impl FnMut(Heard) + 'static) {
    let Some(scope) = scope() else { return };
    let closure = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        let data = event.data();
        if let Some(order) = data.dyn_ref::<js_sys::Uint8Array>() {
            hear(Heard::Order(order.to_vec()));
        } else if data.is_instance_of::<js_sys::ArrayBuffer>() {
            hear(Heard::Part(start(&data).map_err(|error| super::describe(&error))));
        }
    });
    scope.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}

/// Starts a part of the worker. A worker may do so at once; only pages have to wait for a module.
fn start(bytes: &JsValue) -> Result<(), JsValue> {
    let imports = js_sys::Object::new();
    js_sys::Reflect::set(&imports, &super::module::APP.into(), &wasm_bindgen::exports())?;
    js_sys::WebAssembly::Instance::new(&js_sys::WebAssembly::Module::new(bytes)?, &imports).map(|_| ())
}
