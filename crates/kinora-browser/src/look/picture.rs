//! An image that can be shown.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::{Blob, Url};

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
    Here(Rc<ObjectUrl>, Blob),
    /// Only to be shown: its host keeps it from scripts.
    There(Rc<str>),
}

impl Picture {
    pub(super) fn here(url: ObjectUrl, blob: Blob, (width, height): (u32, u32)) -> Self {
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

/// A `blob:` URL, revoked on drop.
#[derive(Debug)]
pub(super) struct ObjectUrl(String);

impl ObjectUrl {
    pub(super) fn new(blob: &Blob) -> Result<Self, JsValue> {
        Url::create_object_url_with_blob(blob).map(Self)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // Revoking what is not there is fine, so there is nothing to report.
        let _ = Url::revoke_object_url(&self.0);
    }
}
