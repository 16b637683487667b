//! Clocks, animation frames and timers; each stops when the value that it returned is dropped.

use super::window;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::{JsCast as _, JsValue};

/// Milliseconds since the page or the worker was started, monotonic; 0 outside a browser.
#[must_use]
pub fn now_ms() -> f64 {
    if !cfg!(target_arch = "wasm32") {
        return 0.0;
    }
    let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance"));
    performance.ok().and_then(|value| value.dyn_into::<web_sys::Performance>().ok()).map_or(0.0, |performance| performance.now())
}

/// Milliseconds since 1970 in UTC by the reader's clock; 0 outside a browser.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a clock shows whole milliseconds after 1970")]
pub fn clock_ms() -> u64 {
    if cfg!(target_arch = "wasm32") { js_sys::Date::now().max(0.0) as u64 } else { 0 }
}

/// Today where the reader is, in days since 1970-01-01; 0 outside a browser.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "days of a calendar")]
pub fn today() -> i32 {
    if !cfg!(target_arch = "wasm32") {
        return 0;
    }
    let now = js_sys::Date::new_0();
    let local_ms = now.get_time() - now.get_timezone_offset() * 60_000.0;
    (local_ms / 86_400_000.0).floor() as i32
}

/// A frame that was asked for; dropping it cancels it.
#[must_use = "dropping it cancels the frame"]
#[derive(Debug)]
pub struct Frame(#[allow(dead_code, reason = "held for its drop")] Option<AnimationFrame>);

/// Calls `callback` before the next repaint with the time in milliseconds.
pub fn next_frame(callback: impl FnOnce(f64) + 'static) -> Frame {
    Frame(window().map(|_| request_animation_frame(callback)))
}

impl Frame {
    /// Lets the frame come whatever happens to the value.
    pub fn keep(self) {
        std::mem::forget(self.0);
    }
}

/// A timer; dropping it cancels it.
#[must_use = "dropping it cancels the timer"]
#[derive(Debug)]
pub struct Timer(#[allow(dead_code, reason = "held for its drop")] Option<Kind>);

#[derive(Debug)]
#[allow(dead_code, reason = "held for their drop")]
enum Kind {
    Once(Timeout),
    Repeated(Interval),
}

/// Calls `callback` once after `ms` milliseconds.
pub fn after_ms(ms: u32, callback: impl FnOnce() + 'static) -> Timer {
    Timer(window().map(|_| Kind::Once(Timeout::new(ms, callback))))
}

/// Calls `callback` every `ms` milliseconds.
pub fn every_ms(ms: u32, callback: impl FnMut() + 'static) -> Timer {
    Timer(window().map(|_| Kind::Repeated(Interval::new(ms, callback))))
}
