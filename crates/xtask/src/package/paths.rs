//! The package's sub-paths for Parcel, which looks for files at its top and does not read `exports`
//! (<https://parceljs.org/features/dependency-resolution/#package-exports>, 2026-11-25).

use std::fs;
use std::path::Path;

use anyhow::Result;

/// Writes a script for each sub-path that pages import.
///
/// # Errors
///
/// When one cannot be written.
pub(super) fn write(folder: &Path) -> Result<()> {
    for name in ["demo", "testing", "url"] {
        let script = format!("export * from \"./dist/{name}.js\";\n");
        fs::write(folder.join(format!("{name}.js")), script)?;
    }
    Ok(())
}
