//! Come back after everything else that is waiting has had its turn. Unlike a timer a message is not slowed down to 4 ms, and it
//! comes in a worker and in a hidden page too.

use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Calls back once for every [`Ticker::ask`].
#[derive(Clone, Debug)]
pub struct Ticker(Option<Rc<Channel>>);

#[derive(Debug)]
struct Channel {
    ports: web_sys::MessageChannel,
    _closure: Closure<dyn FnMut()>,
}

impl Ticker {
    /// A ticker that calls `callback`; a deaf one outside a browser.
    #[must_use]
    pub fn new(callback: impl FnMut() + 'static) -> Self {
        if !cfg!(target_arch = "wasm32") {
            return Self(None);
        }
        let channel = web_sys::MessageChannel::new().ok().map(|ports| {
            let closure = Closure::<dyn FnMut()>::new(callback);
            ports.port1().set_onmessage(Some(closure.as_ref().unchecked_ref()));
            Rc::new(Channel { ports, _closure: closure })
        });
        Self(channel)
    }

    /// Asks for a call.
    pub fn ask(&self) {
        if let Some(channel) = &self.0 {
            // An empty message can always be cloned, which is all that could fail.
            let _ = channel.ports.port2().post_message(&JsValue::NULL);
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.ports.port1().set_onmessage(None);
        self.ports.port1().close();
    }
}
