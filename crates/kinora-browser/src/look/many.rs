//! Many images, a few at a time.

use core::cell::{Cell, RefCell};
use std::sync::Arc;

use futures_util::future::{LocalBoxFuture, join4};
use kinora::image::{ByteSize, Look};

use super::{Depth, Looker, Picture, Source};
use crate::file::FileUrl;

/// Told what was found of the image at a place of a list; and once more with the image made small,
/// where its file is here and can be drawn.
pub type Found<'a> = &'a dyn Fn(usize, Look, Option<Arc<FileUrl>>);

/// Looks at images in order, a few at a time, and tells what was found. Of a file with more than
/// `most` bytes only the beginning is read. Dropping the future stops it, whatever is under way.
pub async fn look_at_many(looker: &Looker, sources: &[Source], most: ByteSize, found: Found<'_>) {
    let next = Cell::new(0);
    let to_show = RefCell::new(Vec::new());
    let eye = || -> LocalBoxFuture<'_, ()> {
        Box::pin(async {
            while let Some(source) = sources.get(next.get()) {
                let place = next.replace(next.get() + 1);
                let looked = looker.look(source, Depth::Header, most, &|_| {}).await;
                found(place, looked.look.clone(), None);
                if let Some(file) = looked.picture.as_ref().and_then(Picture::blob) {
                    to_show
                        .borrow_mut()
                        .push((place, looked.look, file.clone()));
                }
            }
            // What all of them are is more urgent than what they look like; the first come first.
            while !to_show.borrow().is_empty() {
                let (place, look, file) = to_show.borrow_mut().remove(0);
                let small = looker.retoucher.small(&file).await;
                found(place, look, small.map(Arc::new));
            }
        })
    };
    // As many as a browser has connections to one host, less what the page itself needs.
    join4(eye(), eye(), eye(), eye()).await;
}
