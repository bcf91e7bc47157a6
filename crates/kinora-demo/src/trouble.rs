//! Why the demo could not make a video.

use std::fmt;

/// What went wrong. Displayed, it is a sentence for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The image's bytes cannot be had: its host does not let pages read it, or is not there.
    Unreachable,
    /// A picture of this device that is no longer kept.
    Gone,
    /// The bytes are no image that this browser decodes.
    Undecodable,
    /// Nothing of the ladder is supported.
    NoEncoder,
    /// An encoder gave up, in its own words.
    Encoder(String),
    /// The worker died, or never came to life, in the browser's words.
    Worker(String),
    /// The video could not be kept, in the browser's words.
    NotKept(String),
}

impl Trouble {
    /// A short name, to pass between threads with [`words`](Self::words).
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable => "image_unreachable",
            Self::Gone => "image_gone",
            Self::Undecodable => "image_undecodable",
            Self::NoEncoder => "no_encoder",
            Self::Encoder(_) => "encoder",
            Self::Worker(_) => "worker",
            Self::NotKept(_) => "not_kept",
        }
    }

    /// The browser's own words, where there are any.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Encoder(words) | Self::Worker(words) | Self::NotKept(words) => words,
            Self::Unreachable | Self::Gone | Self::Undecodable | Self::NoEncoder => "",
        }
    }

    /// What a [`code`](Self::code) and [`words`](Self::words) say.
    pub(crate) fn from_code(code: &str, words: String) -> Self {
        match code {
            "image_unreachable" => Self::Unreachable,
            "image_gone" => Self::Gone,
            "image_undecodable" => Self::Undecodable,
            "no_encoder" => Self::NoEncoder,
            "encoder" => Self::Encoder(words),
            "not_kept" => Self::NotKept(words),
            _ => Self::Worker(words),
        }
    }

    /// Whether the page's own thread may do better than a worker did. Pictures are no better there.
    pub(crate) const fn is_of_the_worker(&self) -> bool {
        match self {
            Self::Worker(_) | Self::NoEncoder | Self::Encoder(_) => true,
            Self::Unreachable | Self::Gone | Self::Undecodable | Self::NotKept(_) => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => formatter.write_str(
                "The demo could not read this image: its host cannot be reached, or does not let \
                 other pages read it (CORS). Save the image and drop the file here instead.",
            ),
            Self::Gone => formatter
                .write_str("This picture is no longer kept on this device. Choose it once more."),
            Self::Undecodable => formatter.write_str(
                "This browser cannot decode the image: it may be damaged. Try another file, as \
                 JPEG, PNG or WebP.",
            ),
            Self::NoEncoder => formatter.write_str(
                "This browser cannot encode video, so the demo cannot make one here. Try a current \
                 Chrome, Edge, Firefox or Safari.",
            ),
            Self::Encoder(words) => write!(
                formatter,
                "This browser's video encoder gave up ({words}). Try again, with 480P if it was \
                 1080P."
            ),
            Self::Worker(words) => write!(
                formatter,
                "The demo stopped while it made the video ({words}). Reload the page and try again."
            ),
            Self::NotKept(words) => write!(
                formatter,
                "The video was made but could not be kept ({words}). Free some space on this \
                 device and try again."
            ),
        }
    }
}

impl std::error::Error for Trouble {}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn all() -> [Trouble; 7] {
        let words = || "words".to_owned();
        [
            Trouble::Unreachable,
            Trouble::Gone,
            Trouble::Undecodable,
            Trouble::NoEncoder,
            Trouble::Encoder(words()),
            Trouble::Worker(words()),
            Trouble::NotKept(words()),
        ]
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn every_trouble_passes_between_threads() {
        for trouble in all() {
            let words = trouble.words().to_owned();
            assert_eq!(Trouble::from_code(trouble.code(), words), trouble);
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn every_trouble_says_what_to_do_next() {
        for trouble in all() {
            let sentence = trouble.to_string();
            let next = ["Try", "try", "Choose", "Save"];
            assert!(
                next.iter().any(|word| sentence.contains(word)),
                "{sentence}"
            );
            assert!(sentence.contains(trouble.words()), "{sentence}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn only_what_the_worker_broke_is_tried_again_without_it() {
        let again: Vec<_> = all()
            .iter()
            .filter(|trouble| trouble.is_of_the_worker())
            .map(Trouble::code)
            .collect();
        assert_eq!(again, ["no_encoder", "encoder", "worker"]);
    }
}
