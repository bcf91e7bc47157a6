//! Image files, read as they come: the whole of the module `image`, which is the smaller the less it
//! says. What is found crosses as numbers; only a format's name is text.

use core::cell::Cell;
use core::mem::ManuallyDrop;

use kinora::image::{Coding, Header, HeaderStream, Reading};
use kinora::limits;

use crate::place::Places;

/// Begins with a file, and gives its number.
pub fn begin() -> u32 {
    let file = File {
        stream: HeaderStream::default(),
        reading: Reading::Unrecognised,
    };
    with_files(|files| files.put(file)) as u32
}

/// Reads the next piece of a file. The answer says what it is: 0 more of it is needed, 1 an image, 2 a
/// file of a kind that is not read, 3 damaged, 4 nothing that is known.
pub fn grow(file: u32, piece: &[u8]) -> u32 {
    read(file, |stream| stream.grow(piece))
}

/// What a file is, now that it has no more bytes; an answer as that of [`grow`], without 0.
pub fn end(file: u32) -> u32 {
    read(file, HeaderStream::end)
}

/// What an image's header says, by number; no number where it does not say. 0 and 1 are width and height
/// as displayed, 2 and 3 as stored, 4 is Exif's number of the orientation; 5 whether it moves, 6 has
/// an alpha channel, 7 has the colours of print, 8 is of a kind that browsers show; 9 how a JPEG is
/// written: 0 plain, 1 in passes, 2 with arithmetic codes, 3 in another rare way.
pub fn told(file: u32, what: u32) -> f64 {
    with_files(|files| match files.at(file).map(|file| file.reading) {
        Some(Reading::Known(header)) => fact(&header, what),
        _ => f64::NAN,
    })
}

/// The name of a file's format; empty where it is not known.
pub fn format(file: u32) -> String {
    let reading = with_files(|files| files.at(file).map(|file| file.reading));
    let format = match reading {
        Some(Reading::Known(header)) => Some(header.format),
        Some(Reading::Other(format) | Reading::Malformed { format, .. }) => Some(format),
        Some(Reading::NeedMore { .. } | Reading::Unrecognised) | None => None,
    };
    format.map_or("", |format| format.name()).to_owned()
}

/// The most bytes that are read of a file where nothing else sets an end.
pub fn most() -> f64 {
    limits::FILE_BYTES_READ.count() as f64
}

/// Lets go of a file.
pub fn close(file: u32) {
    with_files(|files| files.take(file));
}

struct File {
    stream: HeaderStream,
    reading: Reading,
}

fn read(file: u32, read: impl FnOnce(&mut HeaderStream) -> Reading) -> u32 {
    with_files(|files| {
        let Some(file) = files.at(file) else {
            return 4;
        };
        file.reading = read(&mut file.stream);
        match file.reading {
            Reading::NeedMore { .. } => 0,
            Reading::Known(_) => 1,
            Reading::Other(_) => 2,
            Reading::Malformed { .. } => 3,
            Reading::Unrecognised => 4,
        }
    })
}

fn fact(header: &Header, what: u32) -> f64 {
    let truth = |is: bool| f64::from(u8::from(is));
    let (width, height) = header.displayed();
    let remarks = header.facts(None).remarks;
    match what {
        0 => width.into(),
        1 => height.into(),
        2 => header.stored.0.into(),
        3 => header.stored.1.into(),
        4 => header.orientation.number().into(),
        5 => truth(header.is_animated),
        6 => header.has_alpha.map_or(f64::NAN, truth),
        7 => truth(remarks.has_four_inks),
        8 => truth(header.is_common()),
        9 => match remarks.coding {
            None | Some(Coding::Plain) => 0.0,
            Some(Coding::InPasses) => 1.0,
            Some(Coding::Arithmetic) => 2.0,
            Some(Coding::Rare) => 3.0,
        },
        _ => f64::NAN,
    }
}

/// Takes the files out and puts them back, since a `RefCell` would bring along what it says when it panics.
fn with_files<T: Default>(run: impl FnOnce(&mut Places<File>) -> T) -> T {
    let run = |place: &ManuallyDrop<Cell<Places<File>>>| {
        let mut files = place.replace(Places::NONE);
        let told = run(&mut files);
        place.set(files);
        told
    };
    FILES.try_with(run).unwrap_or_default()
}

thread_local! {
    /// Never dropped, or the module would carry all that ends a thread.
    static FILES: ManuallyDrop<Cell<Places<File>>> =
        const { ManuallyDrop::new(Cell::new(Places::NONE)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bitmap of 1248 × 832 pixels, without these.
    const BITMAP: &[u8] =
        b"BM....\0\0\0\0\x36\0\0\0\x28\0\0\0\xE0\x04\0\0\x40\x03\0\0\x01\0\x18\0\0\0\0\0";

    fn facts(file: u32) -> Vec<f64> {
        (0..10).map(|what| told(file, what)).collect()
    }

    #[test]
    fn a_header_is_told_as_soon_as_it_is_there() {
        let file = begin();
        assert_eq!(grow(file, &BITMAP[..20]), 0);
        assert_eq!(format(file), "");
        assert_eq!(grow(file, &BITMAP[20..]), 1);
        let wanted = [1248.0, 832.0, 1248.0, 832.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        assert_eq!(facts(file), wanted);
        assert!(told(file, 10).is_nan());
        assert_eq!(format(file), "BMP");
        close(file);
        assert_eq!(grow(file, BITMAP), 4, "a number that is not in use");
        assert_eq!(format(file), "");
    }

    #[test]
    fn a_file_that_ends_too_soon_is_damaged() {
        let file = begin();
        grow(file, &BITMAP[..20]);
        assert_eq!((end(file), format(file)), (3, "BMP".to_owned()));
        assert!(facts(file).iter().all(|fact| fact.is_nan()));
        close(file);
    }

    #[test]
    fn a_format_that_is_not_read_is_named() {
        let file = begin();
        grow(file, b"GIF89a");
        assert_eq!((end(file), format(file)), (2, "GIF".to_owned()));
        close(file);
    }

    #[test]
    fn nothing_is_nothing_that_is_known() {
        let file = begin();
        assert_eq!((end(file), format(file)), (4, String::new()));
        close(file);
    }

    #[test]
    fn no_file_is_read_for_ever() {
        assert!(most() > 1e6);
    }
}
