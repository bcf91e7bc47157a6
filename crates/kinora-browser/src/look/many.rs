//! Many images, a few at a time.

use core::cell::Cell;

use futures_util::future::{LocalBoxFuture, join4};

use kinora::image::ByteSize;

use super::{Depth, Looked, Looker, Source};

/// Looks at images in order, a few at a time, and tells what was found with the place of each.
/// Dropping the future stops it, whatever is under way.
pub async fn look_at_many(
    looker: &Looker,
    sources: &[Source],
    most: ByteSize,
    found: &dyn Fn(usize, Looked),
) {
    let next = Cell::new(0);
    let eye = || -> LocalBoxFuture<'_, ()> {
        Box::pin(async {
            while let Some(source) = sources.get(next.get()) {
                let place = next.replace(next.get() + 1);
                found(
                    place,
                    looker.look(source, Depth::Header, most, &|_| {}).await,
                );
            }
        })
    };
    // As many as a browser has connections to one host, less what the page itself needs.
    join4(eye(), eye(), eye(), eye()).await;
}
