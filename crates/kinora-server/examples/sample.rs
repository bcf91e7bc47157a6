//! Draws the emulator's sample clip as raw frames, for an encoder to read. With ffmpeg and x264, from
//! the top of the repository:
//!
//! ```text
//! ffmpeg -i web/stills/lake.jpg -f rawvideo -pix_fmt rgba - |
//!   cargo run --release -p kinora-server --example sample -- WIDTH HEIGHT |
//!   ffmpeg -f rawvideo -pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 \
//!     -color_trc bt709 -video_size SIZE -framerate 24 -i - -c:v libx264 -preset veryslow -crf 33 \
//!     -movflags +faststart -bitexact -y crates/kinora-server/assets/sample.mp4
//! ```
//!
//! `WIDTH` and `HEIGHT` are the still's; `SIZE` is the frames', and printed on the error stream.

use std::error::Error;
use std::io::{Read, Write, stderr, stdin, stdout};

use kinora_motion::{FRAMES, Motion, Resolution, Still, Template};

fn main() -> Result<(), Box<dyn Error>> {
    let sides: Vec<u32> = std::env::args()
        .skip(1)
        .map(|side| side.parse())
        .collect::<Result<_, _>>()?;
    let [width, height] = sides[..] else {
        return Err("give the still's width and height in pixels".into());
    };
    let mut rgba = Vec::new();
    stdin().read_to_end(&mut rgba)?;
    let still = Still::new(width, height, rgba)?;
    let motion = Motion::new(&still, &Template::from(None), 1, "", Resolution::P480);
    writeln!(stderr(), "{}x{}", motion.size().width, motion.size().height)?;
    let mut frame = vec![0; motion.size().i420_len()];
    for index in 0..FRAMES {
        motion.frame(index, &mut frame)?;
        stdout().write_all(&frame)?;
    }
    Ok(())
}
