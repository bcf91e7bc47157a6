//! The core's reader of image headers as a WebAssembly module of its own, which `cargo xtask bench
//! image` weighs and times. It imports nothing and allocates nothing: the host writes a window of
//! a file into [`shelf`] and asks.

#![no_main]

use std::cell::RefCell;
use std::mem::offset_of;

use kinora::image::{HeaderReader, Reading, Window};
use wasm_bindgen::prelude::wasm_bindgen;

/// Where in the module's memory the host puts bytes, [`ROOM`] of them at most.
#[wasm_bindgen]
pub fn shelf() -> usize {
    let address = |shelf: &RefCell<Shelf>| shelf.as_ptr() as usize + offset_of!(Shelf, bytes);
    SHELF.try_with(address).unwrap_or_default()
}

/// Begins with another file.
#[wasm_bindgen]
pub fn start() {
    on_shelf(|shelf| shelf.reader = None);
}

/// Reads so many bytes of the shelf, which begin at a place of the file; `total` is the size of the
/// file, or zero where it is not known. 0 is known, 1 another format, 2 needs more, 3 is
/// malformed, 4 is unrecognised.
#[wasm_bindgen]
pub fn read(place: u32, count: usize, total: u32) -> u8 {
    let total = (total > 0).then_some(total.into());
    let mut code = 4;
    on_shelf(|shelf| {
        let bytes = shelf.bytes.get(..count).unwrap_or_default();
        let window = Window::new(place.into(), bytes, total);
        let reader = shelf.reader.get_or_insert_with(HeaderReader::new);
        shelf.reading = reader.read(window);
        code = match shelf.reading {
            Reading::Known(_) => 0,
            Reading::Other(_) => 1,
            Reading::NeedMore { .. } => 2,
            Reading::Malformed { .. } => 3,
            Reading::Unrecognised => 4,
        };
    });
    code
}

/// Of a known header: 0 and 1 are width and height as stored, 2 the orientation, 3 says whether
/// there is alpha (2 where the header does not tell), 4 whether it moves, 5 how it is coded, 6 what
/// its samples mean, 7 their bits, 8 the format. Where more is needed, how much; where it is
/// malformed, the flaw.
#[wasm_bindgen]
pub fn fact(index: u8) -> f64 {
    let mut fact = 0.0;
    on_shelf(|shelf| fact = told(&shelf.reading, index));
    fact
}

fn told(reading: &Reading, index: u8) -> f64 {
    let header = match reading {
        Reading::Known(header) => header,
        Reading::NeedMore { at_least } => return *at_least as f64,
        Reading::Malformed { why, .. } => return f64::from(*why as u8),
        Reading::Other(format) => return f64::from(*format as u8),
        Reading::Unrecognised => return 0.0,
    };
    f64::from(match index {
        0 => header.stored.0,
        1 => header.stored.1,
        2 => header.orientation.number().into(),
        3 => header.has_alpha.map_or(2, u32::from),
        4 => header.is_animated.into(),
        5 => header.coding as u32,
        6 => header.colour as u32,
        7 => header.bits.into(),
        _ => header.format as u32,
    })
}

/// Enough for the beginning of a JPEG with a few of the longest segments before its size.
const ROOM: usize = 1 << 18;

/// What is kept from call to call.
struct Shelf {
    bytes: [u8; ROOM],
    reader: Option<HeaderReader>,
    reading: Reading,
}

thread_local! {
    static SHELF: RefCell<Shelf> = const {
        RefCell::new(Shelf {
            bytes: [0; ROOM],
            reader: None,
            reading: Reading::Unrecognised,
        })
    };
}

/// Nobody else ever holds the shelf; the `try_` only keep the machinery of panics, twice as large
/// as all the rest, out of the module.
fn on_shelf(work: impl FnOnce(&mut Shelf)) {
    let work = |shelf: &RefCell<Shelf>| shelf.try_borrow_mut().map(|mut shelf| work(&mut shelf));
    let _ = SHELF.try_with(work);
}
