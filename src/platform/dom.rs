//! Small dealings with the document outside Yew's tree.

use super::{document, window};
use wasm_bindgen::JsCast as _;
use yew::prelude::*;

/// Sets the title of the document.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets an attribute of the `<html>` element, or removes it.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Only an illegal attribute name is refused, and ours are constants.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Moves the focus to the element with this id, without scrolling to it. Whether there is one.
pub fn focus(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    let y = super::location::scroll_y();
    // An element that cannot take the focus leaves it where it is.
    let _ = element.focus();
    super::location::scroll_to(y);
    true
}

/// Scrolls to the element with this id and moves the focus there. Whether there is one.
pub fn jump_to(id: &str) -> bool {
    let Some(element) = element(id) else { return false };
    element.scroll_into_view();
    let _ = element.focus();
    true
}

/// Which of the elements with these ids, from top to bottom, the reader has come to: the last that starts in the upper part of the window.
#[must_use]
pub fn reached<'a>(ids: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let height = window()?.inner_height().ok()?.as_f64()?;
    let above = |id: &&str| element(id).is_some_and(|element| element.get_bounding_client_rect().top() < height / 3.0);
    ids.into_iter().take_while(above).last()
}

/// Replaces the text of the element with this id.
pub fn set_text(id: &str, text: &str) {
    if let Some(element) = element(id) {
        element.set_text_content(Some(text));
    }
}

/// Shows or hides the element with this id.
pub fn set_hidden(id: &str, hidden: bool) {
    if let Some(element) = element(id) {
        element.set_hidden(hidden);
    }
}

/// Sets a CSS custom property of an element; unlike a `style` attribute this is allowed under a strict content security policy.
pub fn set_css_property(element: &web_sys::Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // Only malformed names are refused.
        let _ = element.style().set_property(name, value);
    }
}

/// The languages that the reader prefers, best first.
#[must_use]
pub fn languages() -> Vec<String> {
    let Some(window) = window() else { return Vec::new() };
    window.navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The text of the input, select or text area that the event came from.
#[must_use]
pub fn value_of(event: &Event) -> Option<String> {
    let target = event.target()?;
    if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
        return Some(input.value());
    }
    if let Some(select) = target.dyn_ref::<web_sys::HtmlSelectElement>() {
        return Some(select.value());
    }
    target.dyn_ref::<web_sys::HtmlTextAreaElement>().map(web_sys::HtmlTextAreaElement::value)
}

/// Draws a component into the element with this id, replacing what it holds; into the body if there is none.
pub fn mount<C: yew::BaseComponent>(id: &str, props: C::Properties) {
    let renderer = match element(id) {
        Some(root) => yew::Renderer::<C>::with_root_and_props(root.into(), props),
        None => yew::Renderer::<C>::with_props(props),
    };
    renderer.render();
}
