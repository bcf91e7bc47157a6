//! The types of the npm package, one file for each entry.

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
    for (source, published) in TYPES {
        fs::copy(sources().join(source), folder.join(published))?;
    }
    Ok(())
}

/// Those names, the default entry's first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TYPES.into_iter().map(|(_, published)| published)
}

const TYPES: [(&str, &str); 4] = [
    ("types.d.ts", "index.d.ts"),
    ("demo.d.ts", "demo.d.ts"),
    ("testing.d.ts", "testing.d.ts"),
    ("relay.d.ts", "relay.d.ts"),
];
