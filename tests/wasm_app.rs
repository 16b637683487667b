//! The app in a browser: what only a real document can show.

#![cfg(target_arch = "wasm32")]

use coldstart::app::{App, AppProps};
use coldstart::platform;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How many frames the app may take to draw itself.
const FRAMES: usize = 600;

#[wasm_bindgen_test]
async fn the_app_replaces_the_waiting_page() -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let place = document.create_element("div")?;
    place.set_id("app");
    place.set_inner_html("<p id=\"waiting\">starting</p>");
    document.body().ok_or("no body")?.append_child(&place)?;

    platform::dom::mount::<App>("app", AppProps::default());

    for _ in 0..FRAMES {
        if place.query_selector("h1")?.is_some() {
            assert!(place.query_selector("#waiting")?.is_none());
            return Ok(());
        }
        next_frame().await?;
    }
    Err("no heading was drawn".into())
}

async fn next_frame() -> Result<(), JsValue> {
    let frame = js_sys::Promise::new(&mut |resolve, reject| {
        let asked = web_sys::window().ok_or(JsValue::from("no window")).and_then(|window| window.request_animation_frame(&resolve));
        if let Err(error) = asked {
            // A promise that is rejected after it was rejected stays as it is.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(frame).await.map(drop)
}
