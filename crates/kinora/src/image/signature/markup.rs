//! Web pages and SVG drawings told apart: both are texts that begin with `<`, and both may have
//! remarks first.

use super::Told;
use crate::image::ImageFormat;

/// What a text with tags is, or how many bytes it takes to tell.
pub(super) fn tell(text: &[u8], is_all: bool) -> Told {
    match first_element(text) {
        Some(Some(format)) => Told::Known(format),
        None if !is_all && text.len() < LONGEST_START => Told::NeedMore(text.len() as u64 + 1),
        None | Some(None) => Told::Unrecognised,
    }
}

/// The outer nothing says that the first element is not reached yet; the inner, that it is neither.
fn first_element(text: &[u8]) -> Option<Option<ImageFormat>> {
    // <https://encoding.spec.whatwg.org/#bom-sniff>
    let mut rest = match text {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        text => text,
    };
    loop {
        rest = rest.trim_ascii_start();
        let Some((b'<', inside)) = rest.split_first() else {
            return if rest.is_empty() { None } else { Some(None) };
        };
        rest = match inside {
            [] | [b'!'] | [b'!', b'-'] => return None,
            // XML 1.0 §2.5 and §2.6: comments, and instructions to programs, among them `<?xml`.
            [b'!', b'-', b'-', comment @ ..] => behind(comment, b"-->")?,
            [b'?', instruction @ ..] => behind(instruction, b"?>")?,
            [b'!', declaration @ ..] => return document_type(declaration),
            _ => return name(inside).map(element),
        };
    }
}

/// XML 1.0 §2.8: a document type begins with the name of the first element.
fn document_type(declaration: &[u8]) -> Option<Option<ImageFormat>> {
    let keyword = name(declaration)?;
    if !keyword.eq_ignore_ascii_case(b"doctype") {
        return Some(None);
    }
    let root = declaration.get(keyword.len()..)?.trim_ascii_start();
    name(root).map(element)
}

/// What stands ahead of a space or the end of a tag.
fn name(text: &[u8]) -> Option<&[u8]> {
    let end = text
        .iter()
        .position(|sign| sign.is_ascii_whitespace() || matches!(sign, b'>' | b'/'))?;
    text.get(..end)
}

/// SVG may have any prefix. HTML's are what browsers take for it:
/// <https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type>.
fn element(name: &[u8]) -> Option<ImageFormat> {
    let local = name.rsplit(|&sign| sign == b':').next()?;
    if local.eq_ignore_ascii_case(b"svg") {
        return Some(ImageFormat::Svg);
    }
    PAGE.split(|&sign| sign == b' ')
        .any(|tag| local.eq_ignore_ascii_case(tag))
        .then_some(ImageFormat::Html)
}

/// What follows the end of a remark.
fn behind<'text>(text: &'text [u8], end: &[u8]) -> Option<&'text [u8]> {
    let mut rest = text;
    while !rest.starts_with(end) {
        rest = rest.get(1..)?;
    }
    rest.get(end.len()..)
}

/// Where no element has come by then, none is looked for.
const LONGEST_START: usize = 8192;

const PAGE: &[u8] =
    b"html head body script iframe h1 div font table a style title b br p meta link";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Option<ImageFormat>) {
        let wanted = wanted.map_or(Told::Unrecognised, Told::Known);
        assert_eq!(tell(text.as_bytes(), true), wanted, "{text}");
    }

    #[test]
    fn remarks_ahead_of_the_first_element_do_not_matter() {
        let svg = Some(ImageFormat::Svg);
        check("<svg>", svg);
        check(
            "\n\t <?xml version='1.0'?>\n<!-- <html> -->\n<svg width='1'>",
            svg,
        );
        check(
            "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''><svg/>",
            svg,
        );
        check("<s:svg xmlns:s='http://www.w3.org/2000/svg'>", svg);
        let page = Some(ImageFormat::Html);
        check("<!doctype html><title>Sign in</title>", page);
        check("\u{FEFF}<!-- <svg> --><HTML lang=en>", page);
        check("<script src=/login.js></script>", page);
    }

    #[test]
    fn other_texts_are_neither() {
        check("<Error><Code>AccessDenied</Code></Error>", None);
        check("<!ELEMENT svg>", None);
        check("{\"error\": \"<svg>\"}", None);
        check("<svg", None);
        check("<!-- <svg> ", None);
        check("", None);
    }

    #[test]
    fn a_text_that_says_too_little_is_waited_for_but_not_forever() {
        for start in [
            "",
            " ",
            "<",
            "<!",
            "<!-",
            "<!-- ",
            "<?xml ",
            "<!doctype ",
            "<sv",
        ] {
            let more = Told::NeedMore(start.len() as u64 + 1);
            assert_eq!(tell(start.as_bytes(), false), more, "{start}");
        }
        let spaces = [b' '; LONGEST_START];
        assert_eq!(tell(&spaces, false), Told::Unrecognised);
    }
}
