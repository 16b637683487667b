//! The panel for failures of the app, which `index.html` holds ready outside Yew's root.

use super::document;
use gloo::events::EventListener;

const PANEL_ID: &str = "crash";
const REPORT_ID: &str = "crash-report";
const COPY_ID: &str = "crash-copy";

/// Shows `report`. A later failure, most often a consequence of the first, does not replace it.
pub fn show(report: &str) {
    web_sys::console::error_1(&report.into());
    let Some(document) = document() else { return };
    let (Some(panel), Some(text)) = (document.get_element_by_id(PANEL_ID), document.get_element_by_id(REPORT_ID)) else { return };
    if panel.has_attribute("hidden") {
        text.set_text_content(Some(report));
        // Only an illegal attribute name is refused.
        let _ = panel.remove_attribute("hidden");
    }
}

/// Makes the panel's button copy the report. It has to be wired before anything fails, and touches nothing but the document.
pub fn wire_copy_button() {
    let Some(button) = document().and_then(|document| document.get_element_by_id(COPY_ID)) else { return };
    EventListener::new(&button, "click", |_| {
        let Some(text) = document().and_then(|document| document.get_element_by_id(REPORT_ID)).and_then(|text| text.text_content()) else {
            return;
        };
        wasm_bindgen_futures::spawn_local(async move {
            // Where the clipboard is denied the text is there to be selected.
            let _ = super::clipboard::copy(&text).await;
        });
    })
    .forget();
}
