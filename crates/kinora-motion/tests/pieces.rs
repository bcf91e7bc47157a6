//! Work in pieces: the same clip, in pieces of bounded size.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ops::ControlFlow;

use kinora_motion::{FRAMES, Motion, Resolution, Still, Template, Work};

/// A bright thing on a calm ground, which can be cut out.
fn still(width: u32, height: u32) -> Still {
    let pixel = |i: u32| {
        let (x, y) = (f64::from(i % width), f64::from(i / width));
        let (x, y) = (x / f64::from(width) - 0.5, y / f64::from(height) - 0.54);
        if x * x + 0.33 * y * y < 0.0117 {
            [220, 60, 40, 255]
        } else {
            [60, 90, 120, 255]
        }
    };
    let rgba = (0..width * height).flat_map(pixel).collect();
    Still::new(width, height, rgba).unwrap()
}

/// Does all of a work, and says in how many pieces.
fn pieces<T>(mut work: Work<'_, T>) -> (T, usize) {
    let mut count = 1;
    loop {
        match work.step() {
            ControlFlow::Break(done) => return (done, count),
            ControlFlow::Continue(left) => work = left,
        }
        count += 1;
    }
}

/// Does two works by turns.
fn interleave(one: Work<'_, ()>, other: Work<'_, ()>) {
    let mut works = vec![one, other];
    while !works.is_empty() {
        let left = works.into_iter();
        works = left
            .filter_map(|work| work.step().continue_value())
            .collect();
    }
}

fn frame(motion: &Motion, index: u32) -> Vec<u8> {
    let mut frame = vec![0; motion.size().i420_len()];
    motion.frame(index, &mut frame).unwrap();
    frame
}

#[test]
fn pieces_make_the_same_clip_however_they_are_interleaved() {
    let (still, template) = (still(832, 480), Template::from(Some("flying")));
    let prepare = || Motion::prepare(&still, &template, 7, "", Resolution::P480);
    let (sliced, _) = pieces(prepare());
    let whole = prepare().finish();
    for (index, other) in [(0, 5), (9, 14), (60, 2), (FRAMES - 1, 0)] {
        let [mut one, mut two] = [1, 2].map(|byte| vec![byte; whole.size().i420_len()]);
        interleave(
            sliced.draw(index, &mut one).unwrap(),
            sliced.draw(other, &mut two).unwrap(),
        );
        assert!(one == frame(&whole, index), "frame {index}");
        assert!(two == frame(&whole, other), "frame {other}");
    }
}

#[test]
fn a_larger_picture_takes_more_pieces_not_longer_ones() {
    let stills = [still(832, 480), still(1664, 960)];
    for name in [None, Some("squish"), Some("flying"), Some("carousel")] {
        let template = Template::from(name);
        let prepared = stills
            .each_ref()
            .map(|still| pieces(Motion::prepare(still, &template, 1, "", Resolution::P1080)));
        let [small, large] = prepared.each_ref().map(|(_, count)| *count);
        // Three times as many pixels are added, of which no piece reads more than 65536.
        assert!(
            large - small >= 3 * 832 * 480 / MOST,
            "{name:?}: {small}, {large}"
        );
        let motion = &prepared[0].0;
        let pixels = motion.size().rgba_len() / 4;
        let mut i420 = vec![0; motion.size().i420_len()];
        let (_, drawn) = pieces(motion.draw(60, &mut i420).unwrap());
        assert!(drawn > pixels / MOST, "{name:?}: {drawn} for {pixels}");
        let mut rgba = vec![0; motion.size().rgba_len()];
        let (_, shown) = pieces(motion.draw_rgba(60, &mut rgba).unwrap());
        assert!(shown > drawn + pixels / MOST, "{name:?}: {shown}");
        // Every pixel is scaled, coloured and looked at for a subject at least.
        assert!(small > 3 * pixels / MOST, "{name:?}: {small} for {pixels}");
    }
}

/// Pixels that a piece goes through, at most.
const MOST: usize = 1 << 16;
