//! Times the drawing of whole clips, and their longest pieces: `cargo run --release -p kinora-motion --example frames [FILE.ppm FOLDER]`.
//!
//! With a PPM image (`P6`, 8 bits) and a folder it writes every twelfth frame there instead, as PPM.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark reads the clock and files"
)]

use std::error::Error;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use kinora_motion::{FRAMES, FrameSize, Motion, Resolution, Still, Template, Work};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let still = match arguments.first() {
        Some(path) => ppm(&std::fs::read(path)?).ok_or("not a P6 image")?,
        None => pattern()?,
    };
    for resolution in [Resolution::P480, Resolution::P1080] {
        for name in [
            None,
            Some("squish"),
            Some("flying"),
            Some("carousel"),
            Some("melt"),
        ] {
            match arguments.get(1) {
                None => time(&still, name, resolution)?,
                Some(folder) if resolution == Resolution::P480 => write(&still, name, folder)?,
                Some(_) => {}
            }
        }
    }
    Ok(())
}

fn time(still: &Still, name: Option<&str>, resolution: Resolution) -> Result<(), Box<dyn Error>> {
    let (template, start) = (Template::from(name), Instant::now());
    let mut longest = [Duration::ZERO; 2];
    let prepare = Motion::prepare(still, &template, 1, "", resolution);
    let motion = piece_by_piece(prepare, &mut longest[0]);
    let ready = start.elapsed();
    let mut frame = vec![0; motion.size().i420_len()];
    for index in 0..FRAMES {
        piece_by_piece(motion.draw(index, &mut frame)?, &mut longest[1]);
    }
    let (FrameSize { width, height }, all) = (motion.size(), start.elapsed());
    let (name, [preparing, drawing]) = (name.unwrap_or("camera"), longest);
    println!(
        "{name:>8} {width}×{height}: {ready:.0?} to prepare, {all:.0?} in all; \
         the longest piece {preparing:.1?}, {drawing:.1?} of a frame"
    );
    Ok(())
}

fn piece_by_piece<T>(mut work: Work<'_, T>, longest: &mut Duration) -> T {
    loop {
        let start = Instant::now();
        let left = work.step();
        *longest = start.elapsed().max(*longest);
        match left {
            ControlFlow::Break(done) => return done,
            ControlFlow::Continue(left) => work = left,
        }
    }
}

fn write(still: &Still, name: Option<&str>, folder: &str) -> Result<(), Box<dyn Error>> {
    let motion = Motion::new(still, &Template::from(name), 1, "", Resolution::P480);
    let size = motion.size();
    let mut rgba = vec![0; size.rgba_len()];
    for index in (0..FRAMES).step_by(12).chain([FRAMES - 1]) {
        motion.rgba(index, &mut rgba)?;
        let mut file = format!("P6\n{} {}\n255\n", size.width, size.height).into_bytes();
        file.extend(rgba.chunks(4).flat_map(|pixel| &pixel[..3]));
        std::fs::write(
            format!("{folder}/{}-{index:03}.ppm", name.unwrap_or("camera")),
            file,
        )?;
    }
    Ok(())
}

fn ppm(file: &[u8]) -> Option<Still> {
    let mut numbers = [0_u32; 3];
    let mut rest = file.strip_prefix(b"P6")?;
    for number in &mut numbers {
        rest = rest.trim_ascii_start();
        let digits = rest.iter().position(|byte| !byte.is_ascii_digit())?;
        *number = std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
        rest = &rest[digits..];
    }
    let rgba = rest
        .get(1..)?
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    Still::new(numbers[0], numbers[1], rgba).ok()
}

fn pattern() -> Result<Still, kinora_motion::StillError> {
    let pixel = |i: u32| [(i % 1664) as u8, (i / 1664) as u8, (i >> 9) as u8, 255];
    Still::new(1664, 960, (0..1664 * 960).flat_map(pixel).collect())
}
