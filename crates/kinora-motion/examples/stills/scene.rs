//! The stills, one module each.

mod balloon;
mod dunes;
mod lake;
mod sea;
mod street;
mod table;

use crate::picture::Picture;

/// A file name without its ending, and what renders it.
type Still = (&'static str, fn() -> Picture);

/// Every still by its file name. All but the panorama keep the service's rules for images; its
/// sides break one on purpose, to show what the visitor is told then.
pub(crate) const ALL: [Still; 6] = [
    ("lake", lake::render),
    ("sea", sea::render),
    ("table", table::render),
    ("balloon", balloon::render),
    ("street", street::render),
    ("panorama", dunes::render),
];
