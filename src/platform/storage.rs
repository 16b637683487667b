//! Small values that outlive the page, where the browser allows it. A sandboxed frame or a privacy setting may deny storage: the
//! values then live as long as the page.

use super::{PlatformError, window};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Ours among whatever else the origin stores.
const PREFIX: &str = "coldstart.";

thread_local! {
    static MEMORY: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// The value under `key`, from this page's memory where storage refused it, or else from storage.
#[must_use]
pub fn get(key: &str) -> Option<String> {
    let key = format!("{PREFIX}{key}");
    let kept = MEMORY.with_borrow(|memory| memory.get(&key).cloned());
    kept.or_else(|| local().ok()?.get_item(&key).ok()?)
}

/// Keeps `value` under `key`: in storage, or where that does not work for this page.
///
/// # Errors
/// When the value will be forgotten with the page: storage is denied or full.
pub fn set(key: &str, value: &str) -> Result<(), PlatformError> {
    let key = format!("{PREFIX}{key}");
    let kept = local().and_then(|storage| storage.set_item(&key, value).map_err(|error| PlatformError::refused("storage", &error)));
    // What storage holds another tab may change: then it is no longer ours to remember.
    MEMORY.with_borrow_mut(|memory| match kept {
        Ok(()) => memory.remove(&key),
        Err(_) => memory.insert(key, value.to_owned()),
    });
    kept
}

/// Whether what is kept lasts beyond this page, as far as the browser says.
#[must_use]
pub fn lasts() -> bool {
    local().is_ok()
}

/// Forgets `key`.
pub fn remove(key: &str) {
    let key = format!("{PREFIX}{key}");
    MEMORY.with_borrow_mut(|memory| memory.remove(&key));
    if let Ok(storage) = local() {
        // Nothing to do about a refusal: a storage that cannot be written holds nothing of ours.
        let _ = storage.remove_item(&key);
    }
}

fn local() -> Result<web_sys::Storage, PlatformError> {
    let window = window().ok_or(PlatformError::Missing("storage"))?;
    match window.local_storage() {
        Ok(Some(storage)) => Ok(storage),
        Ok(None) => Err(PlatformError::Missing("storage")),
        Err(error) => Err(PlatformError::refused("storage", &error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_browser_values_live_in_memory_and_the_loss_is_reported() {
        assert_eq!(get("a"), None);
        assert_eq!(set("a", "1"), Err(PlatformError::Missing("storage")));
        assert_eq!(get("a").as_deref(), Some("1"));
        remove("a");
        assert_eq!(get("a"), None);
    }
}
