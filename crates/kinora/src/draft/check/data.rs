//! Files that are part of the request.

use super::Check;
use super::media::Place;
use crate::image::{ByteSize, ImageFacts, Look};
use crate::limits::{
    BODY_BYTES, DATA_AUDIO_BYTES, DATA_IMAGE_BYTES, DATA_IMAGE_PIXELS, DATA_VIDEO_BYTES,
};
use crate::model::MediaType;
use crate::report::Severity;
use crate::source::DataUri;

/// How a file inside the request is checked: what stands against it is said, its size is added to
/// what is known of it, and its address comes back if it can serve. Only who allows such files
/// carries this.
#[derive(Clone, Copy, Debug)]
pub(in crate::draft) struct CheckData(
    pub(super) fn(&mut Check<'_>, Place<'_>, &str, &mut Look) -> Option<String>,
);

impl CheckData {
    /// It is written out as a `data:` URI already.
    pub(in crate::draft) const OF_URI: Self = Self(|check, place, text, look| {
        let Some(data) = DataUri::parse(text) else {
            let words = "This data: URI holds no file in base64. Encode the file once more, or use \
                         an https address.";
            check.about(place, "data_malformed", Severity::Error, words.to_owned());
            return None;
        };
        check.file_type(place, data.media_type());
        check.file_size(place, ByteSize::bytes(data.bytes()), look);
        check.pixels(place, look);
        check.body(place, text.len() as u64);
        Some(text.to_owned())
    });

    /// It is a file of the page, to be written out when the request is sent.
    pub(in crate::draft) const OF_PAGE: Self = Self(|check, place, text, look| {
        let size = match look {
            Look::Found(facts) | Look::Partly(facts) => facts.bytes,
            Look::Pending | Look::Failed(_) => None,
        };
        if let Some(size) = size {
            check.file_size(place, size, look);
        }
        check.pixels(place, look);
        check.body(place, size.map_or(0, DataUri::length));
        Some(text.to_owned())
    });
}

impl Check<'_> {
    fn file_type(&mut self, place: Place<'_>, media_type: &str) {
        let prefix = match place.kind {
            MediaType::Image => "image/",
            MediaType::Video => "video/",
            MediaType::Audio => "audio/",
            MediaType::Any => "",
        };
        let begins = media_type.get(..prefix.len());
        if !begins.is_some_and(|begin| begin.eq_ignore_ascii_case(prefix)) {
            let name = place.kind.name();
            let words = format!("This data: URI says that it is not {name}. Choose {name}.");
            self.about(place, "data_type", Severity::Error, words);
        }
    }

    fn file_size(&mut self, place: Place<'_>, size: ByteSize, look: &mut Look) {
        let most = most_bytes(place.kind);
        if size > most {
            let words = format!(
                "The file has {size}, too much to be part of a request: at most {most}. Make it \
                 smaller, or use an https address."
            );
            self.about(place, "data_bytes", Severity::Error, words);
        }
        match look {
            Look::Found(facts) | Look::Partly(facts) => facts.bytes = facts.bytes.or(Some(size)),
            Look::Pending => {
                *look = Look::Found(ImageFacts {
                    bytes: Some(size),
                    ..ImageFacts::default()
                });
            }
            Look::Failed(_) => {}
        }
    }

    fn pixels(&mut self, place: Place<'_>, look: &Look) {
        let (MediaType::Image, Look::Found(facts)) = (place.kind, look) else {
            return;
        };
        let (Some(width), Some(height)) = (facts.width, facts.height) else {
            let words = "How many pixels the image has cannot be checked, and there is a limit for \
                         images that are part of a request. The service will.";
            return self.about(place, "data_pixels", Severity::Unknown, words.to_owned());
        };
        if u64::from(width) * u64::from(height) > DATA_IMAGE_PIXELS {
            let most = DATA_IMAGE_PIXELS / 1_000_000;
            let words = format!(
                "The image has {width} × {height} px, too many to be part of a request: at most \
                 {most} million. Scale it down, or use an https address."
            );
            self.about(place, "data_pixels", Severity::Error, words);
        }
    }

    /// Counts the files alone: beside them the rest of a request weighs nothing.
    fn body(&mut self, place: Place<'_>, length: u64) {
        if self.data == 0 {
            let words = "The file is sent inside the request. The service documents addresses only, \
                         so this model may not take it; an https address is safe.";
            self.about(place, "data_unproven", Severity::Advice, words.to_owned());
        }
        self.data += length;
        if self.data > BODY_BYTES.count() {
            let words = format!(
                "With this file the request has {}, and {BODY_BYTES} is the most. Use https \
                 addresses for some of the files.",
                ByteSize::bytes(self.data)
            );
            self.about(place, "body_bytes", Severity::Error, words);
        }
    }
}

fn most_bytes(kind: MediaType) -> ByteSize {
    match kind {
        MediaType::Image => DATA_IMAGE_BYTES,
        MediaType::Audio => DATA_AUDIO_BYTES,
        MediaType::Video | MediaType::Any => DATA_VIDEO_BYTES,
    }
}
