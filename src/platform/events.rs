//! Listeners that live as long as the value they return.

use super::window;
use gloo::events::{EventListener, EventListenerOptions};
use yew::Callback;

/// Keeps a listener alive; dropping it stops listening.
#[must_use = "dropping it stops listening"]
#[derive(Debug)]
pub struct Listening(#[allow(dead_code, reason = "held for its drop")] Option<EventListener>);

/// Calls `callback` at every event called `name` on the window (`popstate`, `hashchange`, `pagehide`, ...).
pub fn on_window(name: &'static str, callback: Callback<()>) -> Listening {
    Listening(window().map(|window| EventListener::new(&window, name, move |_| callback.emit(()))))
}

/// Calls `callback` at every scroll of the window.
pub fn on_scroll(callback: Callback<()>) -> Listening {
    let options = EventListenerOptions::run_in_capture_phase();
    Listening(window().map(|window| EventListener::new_with_options(&window, "scroll", options, move |_| callback.emit(()))))
}
