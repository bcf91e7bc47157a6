//! What the page's address says: which view is open, and how the demo works.

use core::time::Duration;

use gloo_events::EventListener;
use kinora_demo::{Codec, Options};
use leptos::prelude::*;

use super::Watched;

/// A view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    /// `#/`: compose and stage.
    #[default]
    Main,
    /// `#/about`: what this is.
    About,
}

impl Route {
    /// The view of a hash.
    pub(crate) fn of(hash: &str) -> Self {
        match hash.trim_start_matches('#').split('?').next() {
            Some("/about") => Self::About,
            _ => Self::Main,
        }
    }

    /// The view of the page's address, as it changes.
    pub(super) fn signal() -> Watched<Self> {
        let route = Watched::new(Self::of(&hash()));
        if let Some(window) = web_sys::window() {
            let listener = EventListener::new(&window, "hashchange", move |_| {
                route.set(Self::of(&hash()));
            });
            // For as long as the app runs.
            StoredValue::new_local(listener);
        }
        route
    }
}

/// How the demo works, by `?codec=…` (`h264`, `vp9`, `vp8`, `webp`) and `?queue=…` (seconds) in the
/// page's address, for tests and for showing a longer queue.
pub(super) fn demo_options() -> Options {
    let location = web_sys::window().map(|window| window.location());
    let query = location.and_then(|location| location.search().ok());
    options_of(&query.unwrap_or_default())
}

fn options_of(query: &str) -> Options {
    let mut options = Options::default();
    for pair in query.trim_start_matches('?').split('&') {
        match pair.split_once('=') {
            Some(("codec", name)) => options.codec = Codec::from_name(name),
            Some(("queue", seconds)) => {
                let seconds = seconds
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds <= LONGEST_QUEUE);
                options.queue = seconds.map_or(options.queue, Duration::from_secs);
            }
            Some(_) | None => {}
        }
    }
    options
}

fn hash() -> String {
    let location = web_sys::window().map(|window| window.location());
    let hash = location.and_then(|location| location.hash().ok());
    hash.unwrap_or_default()
}

/// In seconds.
const LONGEST_QUEUE: u64 = 3600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_names_a_view() {
        let check = |hash, wanted| assert_eq!(Route::of(hash), wanted, "{hash}");
        check("", Route::Main);
        check("#/", Route::Main);
        check("#/about", Route::About);
        check("#/about?x=1", Route::About);
        check("#/nowhere", Route::Main);
    }

    #[test]
    fn the_demo_can_be_asked_for_a_codec_and_a_queue() {
        let check = |query, queue, codec| {
            let options = options_of(query);
            assert_eq!((options.queue, options.codec), (queue, codec), "{query}");
        };
        let usual = Options::default().queue;
        check("", usual, None);
        check("?codec=vp9", usual, Some(Codec::Vp9));
        check(
            "?queue=9&codec=webp",
            Duration::from_secs(9),
            Some(Codec::Webp),
        );
        check("?queue=-1", usual, None);
        check("?queue=99999&codec=", usual, None);
    }
}
