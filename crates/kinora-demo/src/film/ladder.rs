//! Which encoders to try, in which order, and what WebCodecs calls each.

use kinora_motion::FrameSize;

use crate::codec::Codec;

impl Codec {
    /// What to try in this browser, in order. Firefox encodes VP9 far slower than VP8.
    pub(crate) fn ladder(user_agent: &str) -> [Self; 4] {
        if user_agent.contains("Firefox/") {
            [Self::H264, Self::Vp8, Self::Vp9, Self::Webp]
        } else {
            Self::ALL
        }
    }

    /// Names for WebCodecs, to be tried in order; none where it is not asked. Levels allow the
    /// frame size: H.264 table A-1, and <https://www.webmproject.org/vp9/levels/>.
    pub(crate) fn strings(self, size: FrameSize) -> &'static [&'static str] {
        let small = u64::from(size.width) * u64::from(size.height) <= SMALL;
        match (self, small) {
            (Self::H264, true) => &["avc1.42001f", "avc1.42e01f", "avc1.4d401f"],
            (Self::H264, false) => &["avc1.420028", "avc1.42e028", "avc1.640028"],
            (Self::Vp9, true) => &["vp09.00.30.08"],
            (Self::Vp9, false) => &["vp09.00.40.08"],
            (Self::Vp8, _) => &["vp8"],
            (Self::Webp, _) => &[],
        }
    }

    /// The VP9 level in [`strings`](Self::strings), times ten.
    pub(crate) fn vp9_level(size: FrameSize) -> u8 {
        if u64::from(size.width) * u64::from(size.height) <= SMALL {
            30
        } else {
            40
        }
    }
}

/// The largest frame, in pixels, that the lower levels take: VP9 level 3.0 and, more strictly,
/// what 480P makes.
const SMALL: u64 = 552_960;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test(unsupported = test)]
    fn every_browser_tries_everything_h264_first_and_images_last() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
        for agent in ["Chrome/156.0.0.0", firefox, ""] {
            let ladder = Codec::ladder(agent);
            assert!(Codec::ALL.iter().all(|codec| ladder.contains(codec)));
            assert_eq!((ladder[0], ladder[3]), (Codec::H264, Codec::Webp));
        }
        assert_eq!(Codec::ladder(firefox)[1], Codec::Vp8);
        assert_eq!(Codec::ladder("Chrome/156.0.0.0")[1], Codec::Vp9);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn larger_frames_ask_for_a_higher_level() {
        let check = |width, height, avc, vp9, level| {
            let size = FrameSize { width, height };
            assert_eq!(Codec::H264.strings(size)[0], avc);
            assert_eq!(Codec::Vp9.strings(size), [vp9]);
            assert_eq!(Codec::vp9_level(size), level);
        };
        check(832, 480, "avc1.42001f", "vp09.00.30.08", 30);
        check(1920, 1080, "avc1.420028", "vp09.00.40.08", 40);
    }
}
