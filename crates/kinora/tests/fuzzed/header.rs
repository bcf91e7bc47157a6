//! Any bytes as the beginning of an image.

use kinora::image::{HeaderReader, Reading, Window, is_complete, read_header, recognise};

/// Reads a file whole, and in pieces whose lengths its own first bytes choose: one answer.
pub(crate) fn try_out(file: &[u8]) {
    let total = file.len() as u64;
    let whole = HeaderReader::new().read(Window::new(0, file, Some(total)));
    assert!(!matches!(whole, Reading::NeedMore { .. }), "{whole:?}");
    match read_header(file) {
        Reading::NeedMore { at_least } => assert!(at_least > total),
        reading => assert_eq!(reading, whole),
    }
    for step in file.iter().take(4) {
        assert_eq!(in_pieces(file, usize::from(*step) + 1), whole);
    }
    if let Some(format) = recognise(file) {
        let _ = is_complete(format, file);
    }
}

/// Keeps only the bytes that are still wanted, and fetches no others.
fn in_pieces(file: &[u8], step: usize) -> Reading {
    let total = file.len() as u64;
    let mut reader = HeaderReader::new();
    let mut end = 0;
    loop {
        end = (end + step).min(file.len());
        let start = usize::try_from(reader.wanted_from()).map_or(end, |wanted| wanted.min(end));
        let known = (end == file.len()).then_some(total);
        match reader.read(Window::new(start as u64, &file[start..end], known)) {
            Reading::NeedMore { at_least } => {
                assert!(at_least > end as u64, "{at_least} of {end} bytes");
                assert!(end < file.len(), "more than all");
            }
            reading => return reading,
        }
    }
}
