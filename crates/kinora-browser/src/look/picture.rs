//! An image that can be shown.

use std::rc::Rc;

use web_sys::Blob;

use crate::file::FileUrl;

/// An image that can be shown. Clones share its URL, which is revoked with the last of them.
#[derive(Clone, Debug)]
pub struct Picture {
    place: Place,
    width: u32,
    height: u32,
}

#[derive(Clone, Debug)]
enum Place {
    /// Readable: its bytes are here.
    Here(Rc<FileUrl>, Blob),
    /// Only to be shown: its host keeps it from scripts.
    There(Rc<str>),
}

impl Picture {
    pub(super) fn here(url: FileUrl, blob: Blob, (width, height): (u32, u32)) -> Self {
        Self {
            place: Place::Here(Rc::new(url), blob),
            width,
            height,
        }
    }

    pub(super) fn there(url: &str, (width, height): (u32, u32)) -> Self {
        Self {
            place: Place::There(url.into()),
            width,
            height,
        }
    }

    /// What an `<img>` can show: an object URL, or the plain address where bytes are unreadable.
    /// Only for showing: an SVG opened as a page could run scripts.
    pub fn url(&self) -> &str {
        match &self.place {
            Place::Here(url, _) => url.as_str(),
            Place::There(url) => url,
        }
    }

    /// Width in pixels, as displayed.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, as displayed.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The file, where it could be read.
    pub fn blob(&self) -> Option<&Blob> {
        match &self.place {
            Place::Here(_, blob) => Some(blob),
            Place::There(_) => None,
        }
    }
}
