//! What the interface's parts ask of their own elements: where the focus is, where the pointer is.

use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Gives the focus to the element that the reference stands for.
pub fn focus_ref(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        // Fails only for elements that cannot take the focus; then it stays where it is.
        let _unfocusable = element.focus();
    }
}

/// Opens the file dialog of a file input.
pub fn click_ref(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        element.click();
    }
}

/// Whether the focus that an element is losing stays within `node`.
#[must_use]
pub fn focus_stays_in(event: &FocusEvent, node: &NodeRef) -> bool {
    let next = event.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
    match (next, node.get()) {
        (Some(next), Some(node)) => node.contains(Some(&next)),
        _ => false,
    }
}

/// Where a pointer is within the element that listens, as shares of its width and height, 0 to 1 each.
#[must_use]
pub fn pointer_share(event: &PointerEvent) -> Option<(f64, f64)> {
    let element = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let rect = element.get_bounding_client_rect();
    let share = |at: f64, start: f64, size: f64| if size > 0.0 { ((at - start) / size).clamp(0.0, 1.0) } else { 0.0 };
    Some((share(f64::from(event.client_x()), rect.left(), rect.width()), share(f64::from(event.client_y()), rect.top(), rect.height())))
}

/// Keeps the pointer's events coming to the element that listens until it is lifted.
pub fn capture_pointer(event: &PointerEvent) {
    if let Some(element) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) {
        // A pointer that has gone already cannot be captured, and need not be.
        let _gone = element.set_pointer_capture(event.pointer_id());
    }
}
