//! The types of the npm package, one file for each entry, and the parts of the first.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::sources;

/// Copies them into a folder, under the names that they are published with.
///
/// # Errors
///
/// When one cannot be copied.
pub(crate) fn copy(folder: &Path) -> Result<()> {
    let parts = PARTS.map(|part| (part, part));
    for (source, published) in TYPES.into_iter().chain(parts) {
        fs::copy(sources().join(source), folder.join(published))?;
    }
    Ok(())
}

/// The names of the entries, the default's first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TYPES.into_iter().map(|(_, published)| published)
}

const TYPES: [(&str, &str); 4] = [
    ("types.d.ts", "index.d.ts"),
    ("demo.d.ts", "demo.d.ts"),
    ("testing.d.ts", "testing.d.ts"),
    ("relay.d.ts", "relay.d.ts"),
];

/// What the default entry's types consist of besides.
const PARTS: [&str; 2] = ["catalog.d.ts", "images.d.ts"];
