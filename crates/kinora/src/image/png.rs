//! An opaque PNG in true colour, line by line: <https://www.w3.org/TR/png-3/> (§ are its).
//!
//! A canvas writes PNG with an alpha channel even where nothing on it is transparent, and not every
//! model takes one. Here is all that such a file needs but deflate, which browsers have built in:
//!
//! ```text
//!  RGBA ──lines──► filtered RGB ──deflate, the caller's──► bytes ──data──► chunks
//!                              start ++ chunks ++ END is the file
//! ```

use super::header::checksum;

/// Writes an opaque PNG of three channels, 8 bits each.
#[derive(Clone, Debug)]
pub struct PngWriter {
    width: u32,
    height: u32,
    /// The line before as RGB, behind a pixel of zeros; all zeros ahead of the first (§9.2).
    above: Vec<u8>,
}

impl PngWriter {
    /// A writer of this many pixels.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            above: vec![0; (width as usize + 1).saturating_mul(CHANNELS)],
        }
    }

    /// The next lines, to be compressed one after the other into one zlib stream: whole lines of
    /// RGBA, whose alpha is left out.
    pub fn lines(&mut self, rgba: &[u8]) -> Vec<u8> {
        let mut filtered = Vec::with_capacity(rgba.len());
        for pixels in rgba.chunks_exact(4 * (self.width as usize).max(1)) {
            let mut line = vec![0; CHANNELS];
            line.extend(
                pixels
                    .chunks_exact(4)
                    .flat_map(|pixel| pixel.iter().take(CHANNELS)),
            );
            let around = Around::of(&line, &self.above);
            let filter = around.best_filter();
            filtered.push(filter);
            filtered.extend(around.filtered_by(filter));
            self.above = line;
        }
        filtered
    }

    /// How the file begins: the signature, and the header (§5.2, §11.2.1).
    pub fn start(&self) -> Vec<u8> {
        let [w, x, y, z] = self.width.to_be_bytes();
        let [h, i, j, k] = self.height.to_be_bytes();
        // 8 bits, true colour, and the only ways there are; not interlaced.
        let header = [w, x, y, z, h, i, j, k, 8, 2, 0, 0, 0];
        [SIGNATURE, &chunk(*b"IHDR", &header)].concat()
    }

    /// Any piece of the compressed lines as a chunk (§11.2.3).
    pub fn data(compressed: &[u8]) -> Vec<u8> {
        chunk(*b"IDAT", compressed)
    }

    /// How the file ends (§11.2.4).
    pub const END: &[u8] = b"\0\0\0\0IEND\xAE\x42\x60\x82";
}

/// A line's bytes, and for each the one to its left, the one above it, and the one above that (§9.2).
struct Around<'line> {
    line: &'line [u8],
    left: &'line [u8],
    above: &'line [u8],
    above_left: &'line [u8],
}

impl<'line> Around<'line> {
    /// Both lines begin with a pixel of zeros.
    fn of(line: &'line [u8], above: &'line [u8]) -> Self {
        let behind = |line: &'line [u8]| line.get(CHANNELS..).unwrap_or_default();
        Self {
            line: behind(line),
            left: line,
            above: behind(above),
            above_left: above,
        }
    }

    /// The filter that leaves the least, read as numbers with a sign: §12.7 advises it.
    fn best_filter(&self) -> u8 {
        let rest = |filter: &u8| -> u64 {
            let rest = self.filtered_by(*filter);
            rest.map(|byte| u64::from(byte.cast_signed().unsigned_abs()))
                .sum()
        };
        (0..FILTERS).min_by_key(rest).unwrap_or_default()
    }

    fn filtered_by(&self, filter: u8) -> impl Iterator<Item = u8> {
        let around = self.left.iter().zip(self.above).zip(self.above_left);
        self.line
            .iter()
            .zip(around)
            .map(move |(byte, ((left, above), above_left))| {
                byte.wrapping_sub(foretold(filter, *left, *above, *above_left))
            })
    }
}

/// What a filter expects of a byte (§9.2, table 9.1).
fn foretold(filter: u8, left: u8, above: u8, above_left: u8) -> u8 {
    match filter {
        0 => 0,
        1 => left,
        2 => above,
        3 => left.midpoint(above),
        _ => paeth(left, above, above_left),
    }
}

/// §9.4: whichever of the three is nearest to where a plane through them would be.
fn paeth(left: u8, above: u8, above_left: u8) -> u8 {
    let plane = i16::from(left) + i16::from(above) - i16::from(above_left);
    let distance = |byte: u8| plane.abs_diff(byte.into());
    if distance(left) <= distance(above) && distance(left) <= distance(above_left) {
        left
    } else if distance(above) <= distance(above_left) {
        above
    } else {
        above_left
    }
}

/// §5.3: the length of the data, a name, the data, a checksum of name and data.
fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let checksum = checksum(chunk.get(4..).unwrap_or_default());
    chunk.extend(checksum.to_be_bytes());
    chunk
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Red, green and blue.
const CHANNELS: usize = 3;

/// §9.2: none, left, above, the middle of both, Paeth's.
const FILTERS: u8 = 5;

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of grey pixels behind a pixel of zeros.
    fn grey(pixels: &[u8]) -> Vec<u8> {
        let pixels = [&[0], pixels].concat();
        pixels.into_iter().flat_map(|pixel| [pixel; 3]).collect()
    }

    #[test]
    fn each_filter_is_taken_where_it_leaves_least() {
        let check = |above: [u8; 5], line: [u8; 5], wanted| {
            let (above, line) = (grey(&above), grey(&line));
            assert_eq!(Around::of(&line, &above).best_filter(), wanted, "{line:?}");
        };
        check([128; 5], [1, 255, 1, 255, 1], 0);
        check([0; 5], [100, 101, 102, 103, 104], 1);
        check([9, 200, 30, 177, 80], [9, 200, 30, 178, 80], 2);
        check([200; 5], [100, 150, 175, 187, 193], 3);
        check([50; 5], [50, 90, 90, 90, 90], 4);
    }

    #[test]
    fn the_nearest_of_three_is_foretold_and_the_left_one_first() {
        let check = |left, above, above_left, wanted| {
            assert_eq!(paeth(left, above, above_left), wanted);
        };
        check(10, 20, 20, 10);
        check(10, 20, 10, 20);
        check(10, 30, 20, 20);
        check(7, 7, 7, 7);
        check(0, 255, 255, 0);
    }

    #[test]
    fn a_picture_without_pixels_has_no_lines() {
        assert_eq!(PngWriter::new(0, 0).lines(&[1, 2, 3, 4]), [0]);
        assert!(PngWriter::new(2, 1).lines(&[1, 2, 3, 4]).is_empty());
    }
}
