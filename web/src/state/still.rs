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

/// All bundled stills, in the order they are offered.
pub(crate) const STILLS: &[Still] = &[
    Still {
        file: "stills/lake.jpg",
        thumb: "stills/lake-thumb.jpg",
        title: "Lake at dawn",
        alt: "A still lake between wooded hills, in the pink light before sunrise",
        prompt: "Mist drifts over the water while the camera glides slowly forward",
        width: 1280,
        height: 720,
        note: None,
    },
    Still {
        file: "stills/panorama.jpg",
        thumb: "stills/panorama-thumb.jpg",
        title: "Panorama",
        alt: "A wide mountain panorama",
        prompt: "A slow pan along the ridge",
        width: 2400,
        height: 800,
        note: Some("Too wide for the model, to show what a failed check looks like"),
    },
];
