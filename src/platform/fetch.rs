//! Files of the site itself; nothing is ever fetched from another origin.

use super::{PlatformError, location, window};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer: offline, or blocked by a host page.
    #[error("{0}")]
    NoAnswer(PlatformError),
    /// The server has no such file.
    #[error("the server has no {0}")]
    NotFound(String),
    /// The server answered with an error.
    #[error("the server answered {status} for {file}")]
    Status {
        /// HTTP status.
        status: u16,
        /// The file.
        file: String,
    },
    /// The file is not what this build expects.
    #[error("{file} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The text of `file`, an address relative to the document.
///
/// # Errors
/// When it does not arrive whole.
pub async fn text(file: &str) -> Result<String, FetchError> {
    let text = response(file).await?.text().map_err(no_answer)?;
    let text = JsFuture::from(text).await.map_err(no_answer)?;
    text.as_string().ok_or_else(|| FetchError::Unreadable { file: file.to_owned(), reason: "it is not text".to_owned() })
}

/// The bytes of `file`, an address relative to the document.
///
/// # Errors
/// When it does not arrive whole.
pub async fn bytes(file: &str) -> Result<Vec<u8>, FetchError> {
    let buffer = response(file).await?.array_buffer().map_err(no_answer)?;
    Ok(js_sys::Uint8Array::new(&JsFuture::from(buffer).await.map_err(no_answer)?).to_vec())
}

fn no_answer(error: JsValue) -> FetchError {
    FetchError::NoAnswer(PlatformError::refused("download", &error))
}

async fn response(file: &str) -> Result<web_sys::Response, FetchError> {
    let window = window().ok_or(FetchError::NoAnswer(PlatformError::Missing("network")))?;
    let address = location::absolute(file).map_err(FetchError::NoAnswer)?;
    let response = JsFuture::from(window.fetch_with_str(&address)).await.map_err(no_answer)?;
    let response: web_sys::Response = response.dyn_into().map_err(no_answer)?;
    match response.status() {
        404 => Err(FetchError::NotFound(file.to_owned())),
        status if !response.ok() => Err(FetchError::Status { status, file: file.to_owned() }),
        _ => Ok(response),
    }
}

/// `file` read as JSON.
///
/// # Errors
/// When it does not arrive, or is not what `T` expects. A single-page server answers HTML for what it lacks: that is said as such.
pub async fn json<T: serde::de::DeserializeOwned>(file: &str) -> Result<T, FetchError> {
    let text = text(file).await?;
    if text.trim_start().starts_with('<') {
        return Err(FetchError::NotFound(file.to_owned()));
    }
    serde_json::from_str(&text).map_err(|error| FetchError::Unreadable { file: file.to_owned(), reason: error.to_string() })
}
