//! Looking at the image, while its address is typed or its file picked.

use core::time::Duration;
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use kinora::image::Look;
use kinora::{Reach, SourceUrl};
use kinora_browser::look::{Depth, Looked, Looker, Picture, Source};
use kinora_browser::{Store, sleep};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::form::image_rules;
use super::{PictureView, Watched};

/// What is known of the image, and the look that is under way.
#[derive(Clone, Copy)]
pub(super) struct ImageLook {
    look: Watched<Look>,
    view: Watched<Option<PictureView>>,
    shown: StoredValue<Option<Picture>, LocalStorage>,
    looker: StoredValue<Option<Rc<Looker>>, LocalStorage>,
    under_way: StoredValue<Option<AbortHandle>, LocalStorage>,
}

impl ImageLook {
    pub(super) fn new() -> Self {
        Self {
            look: Watched::new(Look::Pending),
            view: Watched::new(None),
            shown: StoredValue::new_local(None),
            looker: StoredValue::new_local(None),
            under_way: StoredValue::new_local(None),
        }
    }

    /// Looks at what is at `address`, in place of what was looked at before, once nothing was typed
    /// for `patience`.
    pub(super) fn at(self, address: &str, reach: Reach, store: &Store, patience: Duration) {
        self.forget();
        let Ok(url) = SourceUrl::parse(address, reach) else {
            return;
        };
        let looker = self.looker(store);
        let (work, handle) = abortable(async move {
            sleep(patience).await;
            let tell = move |facts| self.look.set(Look::Partly(facts));
            let (source, most) = (Source::Url(url), image_rules().bytes_most());
            self.found(looker.look(&source, Depth::Whole, most, &tell).await);
        });
        self.under_way.set_value(Some(handle));
        spawn_local(async {
            // Aborted, it was replaced by another look.
            let _ = work.await;
        });
    }

    /// Stops looking, and forgets what was found.
    pub(super) fn forget(self) {
        if let Some(handle) = self.under_way.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        self.look.set(Look::Pending);
        self.view.set(None);
        self.shown.set_value(None);
    }

    /// What was found so far.
    pub(super) fn look(self) -> Watched<Look> {
        self.look
    }

    /// The picture, once it was seen.
    pub(super) fn view(self) -> Watched<Option<PictureView>> {
        self.view
    }

    /// The file, where it could be read.
    pub(super) fn file(self) -> Option<Blob> {
        self.shown
            .with_value(|picture| picture.as_ref()?.blob().cloned())
    }

    /// Who looks at this page's images, and remembers them.
    pub(super) fn looker(self, store: &Store) -> Rc<Looker> {
        let known = self.looker.get_value();
        known.unwrap_or_else(|| {
            let looker = Rc::new(Looker::new(store.clone()));
            self.looker.set_value(Some(looker.clone()));
            looker
        })
    }

    fn found(self, looked: Looked) {
        self.view
            .set(looked.picture.as_ref().map(|picture| PictureView {
                url: picture.url().to_owned(),
                width: picture.width(),
                height: picture.height(),
                is_readable: picture.blob().is_some(),
            }));
        self.shown.set_value(looked.picture);
        self.look.set(looked.look);
    }
}
