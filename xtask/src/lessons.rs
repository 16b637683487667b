//! Lessons are data beside the app: compiled from `lessons/` into the built site's `lessons/` folder.

use crate::failure::Result;
use std::fs;
use std::path::Path;

/// Writes the compiled lessons into `folder`.
pub fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    Ok(())
}
