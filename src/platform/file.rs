//! Files that the reader hands over, and files that the page hands out. Nothing leaves the browser.

use super::{PlatformError, document};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// A file that the reader chose or dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct PickedFile(web_sys::File);

impl PickedFile {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// Its text.
    ///
    /// # Errors
    /// When it cannot be read (it was moved, or permission was withdrawn).
    pub async fn text(&self) -> Result<String, PlatformError> {
        let text = JsFuture::from(self.0.text()).await.map_err(|error| PlatformError::refused("file", &error))?;
        text.as_string().ok_or(PlatformError::Missing("text in this file"))
    }
}

/// The files chosen in the `<input type="file">` that an event came from.
#[must_use]
pub fn chosen(event: &yew::Event) -> Vec<PickedFile> {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.and_then(|input| input.files()).map(listed).unwrap_or_default()
}

/// The files dropped by a drag.
#[must_use]
pub fn dropped(event: &yew::DragEvent) -> Vec<PickedFile> {
    event.data_transfer().and_then(|data| data.files()).map(listed).unwrap_or_default()
}

#[allow(clippy::needless_pass_by_value, reason = "fits where it is used, as a function of a value just made")]
fn listed(files: web_sys::FileList) -> Vec<PickedFile> {
    (0..files.length()).filter_map(|index| files.get(index)).map(PickedFile).collect()
}

/// Hands `text` out as a file to save.
///
/// # Errors
/// In frames that may not download.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), PlatformError> {
    let refused = |error| PlatformError::refused("download", &error);
    let document = document().ok_or(PlatformError::Missing("download"))?;
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).map_err(refused)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).map_err(refused)?;
    let anchor = document.create_element("a").map_err(refused)?;
    let anchor: web_sys::HtmlAnchorElement = anchor.dyn_into().map_err(|_| PlatformError::Missing("download"))?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    web_sys::Url::revoke_object_url(&address).map_err(refused)
}
