//! Parts of the app, and of its worker, in files of their own (`crate::parts`). The page's head names the files; a page without such
//! names, as every build but the published one is, has everything in the modules that are running.

use super::document;
use super::fetch::{self, FetchError};
use js_sys::{Object, Promise, Reflect, WebAssembly};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Names of the `meta` elements that list the files, separated by spaces.
const META: &str = "coldstart-parts";
const WORKER_META: &str = "coldstart-worker-parts";
/// What the files call the module that is running.
pub(super) const APP: &str = "app";

thread_local! {
    static HERE: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    static COMING: RefCell<BTreeMap<String, Promise>> = const { RefCell::new(BTreeMap::new()) };
}

/// The file of a part; none where it is not in a file of its own.
fn file_of(part: &str) -> Option<String> {
    listed(META, part)
}

/// The file of a part of the worker, as `file_of`.
#[must_use]
pub fn file_for_worker(part: &str) -> Option<String> {
    listed(WORKER_META, part)
}

fn listed(meta: &str, part: &str) -> Option<String> {
    let meta = document()?.query_selector(&format!("meta[name={meta}]")).ok()??;
    let end = format!("_{part}.wasm");
    meta.get_attribute("content")?.split(' ').find(|file| file.ends_with(&end)).map(str::to_owned)
}

/// Whether all these parts can be entered.
#[must_use]
pub fn is_here(parts: &[&str]) -> bool {
    parts.iter().all(|part| file_of(part).is_none_or(|file| HERE.with_borrow(|here| here.contains(&file))))
}

/// Fetches and starts the parts that are not here, all at once; one that is on its way is not fetched twice.
///
/// # Errors
/// When a file does not arrive, or cannot be started. Asking again tries again.
pub async fn load(parts: &[&str]) -> Result<(), FetchError> {
    let files: Vec<String> =
        parts.iter().filter_map(|part| file_of(part)).filter(|file| HERE.with_borrow(|here| !here.contains(file))).collect();
    let coming: Vec<Promise> = files.iter().map(|file| promise_of(file)).collect();
    for (file, promise) in files.iter().zip(coming) {
        let answer = JsFuture::from(promise).await;
        COMING.with_borrow_mut(|coming| coming.remove(file));
        answer.map_err(|reason| FetchError::Unreadable { file: file.clone(), reason: super::describe(&reason) })?;
        HERE.with_borrow_mut(|here| here.insert(file.clone()));
    }
    Ok(())
}

fn promise_of(file: &str) -> Promise {
    if let Some(promise) = COMING.with_borrow(|coming| coming.get(file).cloned()) {
        return promise;
    }
    let name = file.to_owned();
    let promise = future_to_promise(async move { start(&name).await.map_err(|error| JsValue::from_str(&error)) });
    COMING.with_borrow_mut(|coming| coming.insert(file.to_owned(), promise.clone()));
    promise
}

/// Starting a part puts its functions into the table of the module that is running, and its data into the memory.
async fn start(file: &str) -> Result<JsValue, String> {
    let bytes = fetch::bytes(file).await.map_err(|error| error.to_string())?;
    let imports = Object::new();
    let refused = |error: JsValue| super::describe(&error);
    Reflect::set(&imports, &APP.into(), &wasm_bindgen::exports()).map_err(refused)?;
    JsFuture::from(WebAssembly::instantiate_buffer(&bytes, &imports)).await.map_err(refused)
}
