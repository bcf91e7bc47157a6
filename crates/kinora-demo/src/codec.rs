//! Ways to encode the demo's videos, and what each is called.

/// A way to encode the demo's videos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// H.264 in MP4: plays everywhere, and encodes fastest.
    H264,
    /// VP9 in WebM.
    Vp9,
    /// VP8 in WebM.
    Vp8,
    /// Lossy WebP images, whose data are VP8 key frames, in WebM: for browsers that encode images
    /// but no video.
    Webp,
}

impl Codec {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::H264, Self::Vp9, Self::Vp8, Self::Webp];

    /// The codec of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.name() == name)
    }

    /// A short name, for a page's address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::H264 => "h264",
            Self::Vp9 => "vp9",
            Self::Vp8 => "vp8",
            Self::Webp => "webp",
        }
    }

    /// The file format its frames go into.
    pub(crate) const fn container(self) -> Container {
        match self {
            Self::H264 => Container::Mp4,
            Self::Vp9 | Self::Vp8 | Self::Webp => Container::Webm,
        }
    }
}

/// A file format of videos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// MPEG-4 part 14.
    Mp4,
    /// WebM.
    Webm,
}

impl Container {
    /// How such files' names end, without the dot.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
        }
    }

    /// The type that a blob of it has.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }

    /// The format of a blob's type.
    pub(crate) fn of_media_type(name: &str) -> Option<Self> {
        [Self::Mp4, Self::Webm]
            .into_iter()
            .find(|container| name.starts_with(container.media_type()))
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn names_can_be_read_again() {
        for codec in Codec::ALL {
            assert_eq!(Codec::from_name(codec.name()), Some(codec));
        }
        assert_eq!(Codec::from_name("av1"), None);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_media_type_tells_the_container_whatever_follows() {
        let check = |name, wanted| assert_eq!(Container::of_media_type(name), wanted, "{name}");
        check("video/mp4", Some(Container::Mp4));
        check("video/webm;codecs=vp8", Some(Container::Webm));
        check("image/png", None);
    }
}
