//! The stills that come with the app.

/// A bundled still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Still {
    /// Path of the picture, relative to the page.
    pub(crate) file: &'static str,
    /// Path of a small version, relative to the page.
    pub(crate) thumb: &'static str,
    /// A short name.
    pub(crate) title: &'static str,
    /// What is to be seen, for people who do not see it.
    pub(crate) alt: &'static str,
    /// A prompt that suits it.
    pub(crate) prompt: &'static str,
    /// Width in pixels.
    pub(crate) width: u32,
    /// Height in pixels.
    pub(crate) height: u32,
    /// What is special about it, if something is.
    pub(crate) note: Option<&'static str>,
}

impl Still {
    /// The still that an image's address names.
    pub(crate) fn at(address: &str) -> Option<usize> {
        STILLS
            .iter()
            .position(|still| address.ends_with(still.file))
    }
}

/// All bundled stills, in the order they are offered.
pub(crate) const STILLS: &[Still] = &[
    Still {
        file: "stills/lake.jpg",
        thumb: "stills/lake-thumb.jpg",
        title: "Lake at dawn",
        alt: "A mountain lake at dawn: first light on a peak and its reflection, mist, pines",
        prompt: "Mist drifts over the water while the camera glides slowly forward",
        width: 1248,
        height: 832,
        note: None,
    },
    Still {
        file: "stills/balloon.jpg",
        thumb: "stills/balloon-thumb.jpg",
        title: "Balloon",
        alt: "A hot-air balloon over fields on a summer evening",
        prompt: "The balloon rises gently, the fields fall away below",
        width: 832,
        height: 1248,
        note: Some("Portrait"),
    },
    Still {
        file: "stills/street.jpg",
        thumb: "stills/street-thumb.jpg",
        title: "Rain",
        alt: "A city street in the rain at night, one red umbrella before blurred lights",
        prompt: "Rain falls, the lights shimmer, the red umbrella moves away from us",
        width: 1248,
        height: 832,
        note: None,
    },
    Still {
        file: "stills/sea.jpg",
        thumb: "stills/sea-thumb.jpg",
        title: "Rough sea",
        alt: "An oil painting of a sailing boat on a rough sea under a breaking sky",
        prompt: "The boat pitches over the waves as the clouds break open",
        width: 1248,
        height: 832,
        note: None,
    },
    Still {
        file: "stills/table.jpg",
        thumb: "stills/table-thumb.jpg",
        title: "Still life",
        alt: "Pears, oranges and plums around a glazed bowl on linen, in window light",
        prompt: "The light wanders slowly over the fruit, dust floats in the air",
        width: 1248,
        height: 832,
        note: None,
    },
    Still {
        file: "stills/panorama.jpg",
        thumb: "stills/panorama-thumb.jpg",
        title: "Desert",
        alt: "A low strip of desert with a caravan on the ridge",
        prompt: "The caravan moves along the ridge",
        width: 1200,
        height: 320,
        note: Some("Too low for the model, to show what a failed check looks like"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_is_known_by_its_address_under_any_path() {
        assert_eq!(
            Still::at("https://a.example/kinora/stills/lake.jpg"),
            Some(0)
        );
        assert_eq!(Still::at("stills/panorama.jpg"), Some(5));
        assert_eq!(Still::at("https://a.example/lake.jpg"), None);
        assert_eq!(Still::at(""), None);
    }

    #[test]
    fn every_file_is_there_in_the_size_that_is_told() {
        for still in STILLS {
            let path = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), still.file);
            let bytes = std::fs::read(&path).unwrap();
            assert_eq!(jpeg_size(&bytes), (still.width, still.height), "{path}");
            let thumb = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), still.thumb);
            assert!(std::fs::exists(&thumb).unwrap(), "{thumb}");
        }
    }

    /// From the first frame header: <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, B.2.2.
    fn jpeg_size(bytes: &[u8]) -> (u32, u32) {
        let word = |at: usize| u32::from(bytes[at]) << 8 | u32::from(bytes[at + 1]);
        let mut at = 2;
        while !(0xffc0..=0xffc2).contains(&word(at)) {
            at += 2 + word(at + 2) as usize;
        }
        (word(at + 7), word(at + 5))
    }
}
