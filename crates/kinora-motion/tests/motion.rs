//! What clips must look like, measured: told apart, driven by the seed, the same everywhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use kinora_motion::{FRAMES, Motion, Resolution, Still, Template, frame_size};

/// A still with a textured ground and a bright thing in the middle, of the frame's own size.
fn still() -> Still {
    let size = frame_size(832, 480, Resolution::P480);
    let pixel = |i: u32| {
        let (x, y) = (i % size.width, i / size.width);
        let grain = ((x / 7 * 31 + y / 5 * 17) % 40) as u8;
        let (dx, dy) = (x as i32 - 420, y as i32 - 260);
        if dx * dx + dy * dy < 90 * 90 {
            [210, 60 + grain, 40, 255]
        } else {
            [40 + grain, 90 + (y / 8) as u8, 120 + grain, 255]
        }
    };
    Still::new(
        size.width,
        size.height,
        (0..size.width * size.height).flat_map(pixel).collect(),
    )
    .unwrap()
}

/// A still of which nothing can be cut out: stripes all over.
fn busy_still() -> Still {
    let size = frame_size(832, 480, Resolution::P480);
    let pixel = |i: u32| {
        let (x, y) = (i % size.width, i / size.width);
        let stripe = if (x / 23 + y / 31) % 3 == 0 { 150 } else { 0 };
        [60 + stripe, (x / 5) as u8, (y / 3) as u8 + 40, 255]
    };
    let rgba = (0..size.width * size.height).flat_map(pixel).collect();
    Still::new(size.width, size.height, rgba).unwrap()
}

fn busy_motion(name: Option<&str>, seed: u64) -> Motion {
    Motion::new(
        &busy_still(),
        &Template::from(name),
        seed,
        "",
        Resolution::P480,
    )
}

fn motion(name: Option<&str>, seed: u64) -> Motion {
    Motion::new(&still(), &Template::from(name), seed, "", Resolution::P480)
}

fn frame(motion: &Motion, index: u32) -> Vec<u8> {
    let mut frame = vec![0; motion.size().i420_len()];
    motion.frame(index, &mut frame).unwrap();
    frame
}

/// The luma of two moments of a clip.
fn moments(motion: &Motion) -> Vec<u8> {
    let length = (motion.size().width * motion.size().height) as usize;
    [42, 66]
        .into_iter()
        .flat_map(|index| frame(motion, index).into_iter().take(length))
        .collect()
}

/// The mean difference per pixel, in levels of 256.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum::<u64>() as f64
        / a.len() as f64
}

const NAMES: [Option<&str>; 5] = [
    None,
    Some("squish"),
    Some("flying"),
    Some("carousel"),
    Some("melt"),
];

#[test]
fn the_first_frame_is_the_scaled_still() {
    let still = still();
    let first = frame(&motion(None, 9), 0);
    for name in NAMES {
        let motion = motion(name, 3);
        let mut rgba = vec![0; motion.size().rgba_len()];
        motion.rgba(0, &mut rgba).unwrap();
        let squares: u64 = rgba
            .iter()
            .zip(still.rgba())
            .map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2))
            .sum();
        let psnr = 10.0 * (255.0_f64.powi(2) * rgba.len() as f64 * 0.75 / squares as f64).log10();
        assert!(psnr > 33.0, "{name:?}: {psnr:.1} dB");
        assert!(frame(&motion, 0) == first, "{name:?} starts otherwise");
    }
    let busy = [None, Some("flying")].map(|name| frame(&busy_motion(name, 3), 0));
    assert!(busy[0] == busy[1], "the card starts otherwise");
}

#[test]
fn templates_and_seeds_are_told_apart() {
    for motion in [motion, busy_motion] {
        let clips = NAMES.map(|name| moments(&motion(name, 1)));
        for (at, name) in NAMES.iter().enumerate() {
            for (other, clip) in NAMES.iter().zip(&clips).skip(at + 1) {
                let difference = difference(&clips[at], clip);
                assert!(difference > 1.5, "{name:?} and {other:?}: {difference:.2}");
            }
            let seeded = difference(&clips[at], &moments(&motion(*name, 2)));
            assert!(seeded > 0.3, "{name:?} with another seed: {seeded:.2}");
        }
    }
}

/// A place in a frame, and where in the still it comes from.
type Seen = ((f32, f32), (f32, f32));

/// How far, in pixels, a frame's motion is from the best affine one (least squares, root mean square).
fn affine_residual(flow: &[Seen]) -> f64 {
    let count = flow.len() as f64;
    let fit = |target: &dyn Fn(&Seen) -> f64| {
        let mut sums = [[0.0_f64; 4]; 3];
        for sample in flow {
            let row = [
                f64::from(sample.0.0),
                f64::from(sample.0.1),
                1.0,
                target(sample),
            ];
            for i in 0..3 {
                (0..4).for_each(|j| sums[i][j] += row[i] * row[j]);
            }
        }
        for i in 0..3 {
            let pivot = sums[i];
            for (j, row) in sums.iter_mut().enumerate().filter(|(j, _)| *j != i) {
                let factor = row[i] / pivot[i];
                assert!(j < 3 && factor.is_finite());
                (0..4).for_each(|k| row[k] -= factor * pivot[k]);
            }
        }
        let [a, b, c] = [0, 1, 2].map(|i| sums[i][3] / sums[i][i]);
        let error = |sample: &Seen| {
            target(sample) - a * f64::from(sample.0.0) - b * f64::from(sample.0.1) - c
        };
        flow.iter().map(|sample| error(sample).powi(2)).sum::<f64>()
    };
    ((fit(&|sample| f64::from(sample.1.0)) + fit(&|sample| f64::from(sample.1.1))) / count).sqrt()
}

fn places() -> Vec<(f32, f32)> {
    (0..52 * 30)
        .map(|i| ((i % 52 * 16) as f32, (i / 52 * 16) as f32))
        .collect()
}

fn residual(name: Option<&str>, index: u32) -> f64 {
    let places = places();
    let origins = motion(name, 1).origins(index, &places);
    let flow: Vec<_> = places
        .into_iter()
        .zip(origins)
        .filter_map(|(place, origin)| Some((place, origin?)))
        .collect();
    assert!(
        flow.len() > 100,
        "{name:?}: only {} places of the still are seen",
        flow.len()
    );
    affine_residual(&flow)
}

#[test]
fn squish_and_carousel_bend_the_picture_and_a_zoom_does_not() {
    let zoom: Vec<_> = places()
        .into_iter()
        .map(|(x, y)| ((x, y), (416.0 + (x - 416.0) / 1.2, y / 1.2)))
        .collect();
    assert!(affine_residual(&zoom) < 0.01);
    for (name, least) in [("squish", 6.0), ("carousel", 20.0)] {
        let residual = residual(Some(name), 42);
        assert!(residual > least, "{name}: {residual:.2} px");
    }
    assert!(residual(None, FRAMES - 1) > 1.0, "the camera sees no depth");
}

#[test]
fn motion_is_steady_from_frame_to_frame() {
    for name in [None, Some("squish"), Some("flying"), Some("melt")] {
        let motion = motion(name, 4);
        let places = [(300.0, 200.0), (420.0, 260.0), (600.0, 100.0)];
        let far = |a: Option<(f32, f32)>, b: Option<(f32, f32)>| {
            a.zip(b)
                .map_or(0.0, |(a, b)| (a.0 - b.0).abs() + (a.1 - b.1).abs())
        };
        for index in 1..FRAMES {
            let steps = motion
                .origins(index - 1, &places)
                .into_iter()
                .zip(motion.origins(index, &places));
            let largest = steps.map(|(a, b)| far(a, b)).fold(0.0, f32::max);
            // A flying subject's outline passes over a place at once; nothing else jumps.
            assert!(
                largest < 40.0 || name == Some("flying"),
                "{name:?} jumps {largest} px at frame {index}"
            );
        }
    }
}

/// One number for the frames of a motion, the same natively and in WebAssembly.
fn fingerprint(motion: &Motion) -> u64 {
    [0, 31, 77, 119]
        .iter()
        .flat_map(|index| frame(motion, *index))
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        })
}

#[test]
fn frames_are_the_same_bytes_everywhere() {
    let prints = NAMES.map(|name| fingerprint(&motion(name, 7)));
    assert_eq!(prints, FINGERPRINTS, "{prints:#018x?}");
    let card = fingerprint(&busy_motion(Some("flying"), 7));
    assert_eq!(card, CARD_FINGERPRINT, "{card:#018x}");
}

const FINGERPRINTS: [u64; 5] = [
    0x5A20_7AB0_9777_C6E0,
    0x6376_B06B_09E9_36CA,
    0xFD14_738A_9E09_EF99,
    0xEBD3_7209_BC34_44A7,
    0x3687_0FC9_48E0_9366,
];
/// Of the whole picture flying.
const CARD_FINGERPRINT: u64 = 0x79C7_DF06_2563_32BF;

#[test]
fn any_still_and_index_is_drawn() {
    for (width, height, name) in [
        (1, 1, None),
        (1, 900, Some("squish")),
        (900, 1, Some("flying")),
        (3, 2, Some("carousel")),
        (361, 1999, Some("x")),
    ] {
        let still = Still::new(width, height, vec![77; (width * height * 4) as usize]).unwrap();
        let motion = Motion::new(
            &still,
            &Template::from(name),
            u64::MAX,
            "fast zoom in",
            Resolution::P480,
        );
        assert!(
            frame(&motion, FRAMES) == frame(&motion, u32::MAX),
            "{name:?} goes on after its end"
        );
    }
}

#[test]
fn a_buffer_of_another_size_is_refused() {
    let motion = motion(None, 0);
    let length = motion.size().i420_len();
    for wrong in [0, length - 1, length + 1] {
        let error = motion.frame(0, &mut vec![0; wrong]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("a frame needs a buffer of {length} bytes, not {wrong}")
        );
        assert!(motion.rgba(0, &mut vec![0; wrong]).is_err());
    }
}
