//! How large a clip's frames are for a still and a resolution.

/// The two output resolutions of the model, each an area in pixels rather than a fixed rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// About 832 × 480 pixels' area.
    P480,
    /// About 1920 × 1080 pixels' area.
    P1080,
}

impl Resolution {
    /// The area in pixels that frames come near to.
    pub fn area(self) -> u32 {
        match self {
            Self::P480 => 832 * 480,
            Self::P1080 => 1920 * 1080,
        }
    }

    /// The most 16 × 16 macroblocks a frame may have: `MaxFS` of H.264 level 3.0 at 480P and of level
    /// 4.0 at 1080P (ITU-T H.264, table A-1), whose `MaxMBPS` then also allow 24 frames a second.
    pub fn max_macroblocks(self) -> u32 {
        match self {
            Self::P480 => 1_620,
            Self::P1080 => 8_192,
        }
    }
}

/// Width and height of a frame in pixels, both even, as 4:2:0 chroma needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl FrameSize {
    /// Bytes of one I420 frame: a full luma plane and two quarter chroma planes.
    pub fn i420_len(self) -> usize {
        self.luma_len() / 2 * 3
    }

    /// Bytes of one RGBA frame.
    pub fn rgba_len(self) -> usize {
        self.luma_len() * 4
    }

    pub(crate) fn luma_len(self) -> usize {
        self.width as usize * self.height as usize
    }
}

/// The frame size for a still of `width` × `height` pixels: the still's aspect (within
/// [`MAX_ASPECT`], beyond which the still is cropped about its centre), the resolution's area, both
/// sides even, and no more macroblocks than [`Resolution::max_macroblocks`]. A side of zero counts as one.
pub fn frame_size(width: u32, height: u32, resolution: Resolution) -> FrameSize {
    let aspect = f64::from(width.max(1)) / f64::from(height.max(1));
    let aspect = aspect.clamp(1.0 / MAX_ASPECT, MAX_ASPECT);
    let area = f64::from(resolution.area());
    // A little smaller each time, until the partly covered macroblocks at the edges fit as well.
    (0..64)
        .map(|step| sized(area * (1.0 - f64::from(step) / 256.0), aspect))
        .find(|size| macroblocks(*size) <= resolution.max_macroblocks())
        .unwrap_or_else(|| sized(area * 0.75, aspect))
}

fn sized(area: f64, aspect: f64) -> FrameSize {
    let even = |length: f64| ((length / 2.0).round() as u32).max(1) * 2;
    let width = even((area * aspect).sqrt());
    FrameSize {
        width,
        height: even(f64::from(width) / aspect),
    }
}

fn macroblocks(size: FrameSize) -> u32 {
    size.width.div_ceil(16) * size.height.div_ceil(16)
}

/// The longest side over the shortest that a frame may have. Any still the service takes (360 to
/// 2000 px a side) is within it, and both sides stay within the 4096 px of H.264 level 4.0.
pub const MAX_ASPECT: f64 = 6.0;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(still: (u32, u32), resolution: Resolution, frame: (u32, u32)) {
        let size = frame_size(still.0, still.1, resolution);
        assert_eq!(
            (size.width, size.height),
            frame,
            "{still:?} at {resolution:?}"
        );
    }

    #[test]
    fn common_stills_get_familiar_sizes() {
        check((832, 480), Resolution::P480, (832, 480));
        check((480, 832), Resolution::P480, (480, 832));
        check((1920, 1080), Resolution::P1080, (1920, 1080));
        check((1000, 1000), Resolution::P480, (632, 632));
        check((1920, 1080), Resolution::P480, (842, 474));
    }

    #[test]
    fn extreme_stills_are_bounded() {
        check((1, 1), Resolution::P1080, (1440, 1440));
        check((16_384, 1), Resolution::P480, frame_of(6, 1));
        check((1, 16_384), Resolution::P480, frame_of(1, 6));
        check((0, 0), Resolution::P480, (632, 632));
    }

    fn frame_of(width: u32, height: u32) -> (u32, u32) {
        let size = frame_size(width, height, Resolution::P480);
        (size.width, size.height)
    }

    proptest! {
        #[test]
        fn sizes_are_even_near_the_area_and_keep_the_aspect(width in 360_u32..=2000, height in 360_u32..=2000, large: bool) {
            let resolution = if large { Resolution::P1080 } else { Resolution::P480 };
            let size = frame_size(width, height, resolution);
            prop_assert_eq!((size.width % 2, size.height % 2), (0, 0));
            prop_assert!(macroblocks(size) <= resolution.max_macroblocks());
            let area = f64::from(size.width * size.height) / f64::from(resolution.area());
            prop_assert!((0.93..1.01).contains(&area), "area ratio {}", area);
            let aspect = f64::from(size.width * height) / f64::from(size.height * width);
            prop_assert!((0.99..1.01).contains(&aspect), "aspect ratio {}", aspect);
        }

        #[test]
        fn any_numbers_give_a_usable_size(width: u32, height: u32) {
            for resolution in [Resolution::P480, Resolution::P1080] {
                let size = frame_size(width, height, resolution);
                prop_assert!(macroblocks(size) <= resolution.max_macroblocks());
                prop_assert!(size.width <= 4096 && size.height <= 4096 && size.width >= 160 && size.height >= 160);
            }
        }
    }
}
