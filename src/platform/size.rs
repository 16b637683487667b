//! How wide an element is, and when that changes.

use super::describe;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

/// Watches the width of an element; dropping it stops.
#[must_use = "dropping it stops watching"]
#[derive(Debug)]
pub struct Observing {
    observer: web_sys::ResizeObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Observing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `callback` with the element's inner width in CSS pixels, now and whenever it changes.
///
/// # Errors
/// When the browser has no `ResizeObserver`, or the reference stands for nothing.
pub fn observe_width(node: &NodeRef, callback: Callback<f64>) -> Result<Observing, super::PlatformError> {
    let element = node.cast::<web_sys::Element>().ok_or(super::PlatformError::Missing("such element"))?;
    let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.iter().last().and_then(|entry| entry.dyn_into::<web_sys::ResizeObserverEntry>().ok());
        last.into_iter().for_each(|entry| callback.emit(entry.content_rect().width()));
    });
    let observer = web_sys::ResizeObserver::new(closure.as_ref().unchecked_ref())
        .map_err(|error| super::PlatformError::Refused { what: "ResizeObserver", reason: describe(&error) })?;
    observer.observe(&element);
    Ok(Observing { observer, _callback: closure })
}

/// The width of the element behind the reference; `start` until it is known, and where it cannot be.
#[hook]
pub fn use_width(node: NodeRef, start: f64) -> f64 {
    let width = use_state(|| start);
    {
        let set = width.setter();
        use_effect_with(node, move |node| {
            let observing = observe_width(node, Callback::from(move |width: f64| set.set(width.round()))).ok();
            move || drop(observing)
        });
    }
    *width
}
