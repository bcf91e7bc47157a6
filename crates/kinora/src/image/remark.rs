//! What breaks no rule of a model, and may still make an image come out otherwise than it is meant.

use super::{Coding, ImageFacts, ImageFormat};

/// What is odd about an image. Where nothing is, it is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Width and height as stored, where a note in the file turns or mirrors it to be displayed.
    pub turned_from: Option<(u32, u32)>,
    /// Whether it moves.
    pub is_animated: bool,
    /// Whether its colours are those of print.
    pub has_four_inks: bool,
    /// How a JPEG is written, where that is not the plain way.
    pub coding: Option<Coding>,
    /// The format that its name ends like, where it is of another.
    pub named: Option<ImageFormat>,
    /// The type that its host declares, where that is not its own.
    pub declared: Option<String>,
}

impl ImageFacts {
    /// Holds what others say of the file against what it is: its name or address, and the
    /// `Content-Type` that its host sent along.
    pub fn hear(&mut self, name: Option<&str>, declared: Option<&str>) {
        let Some(format) = self.format else { return };
        let named = name.and_then(ImageFormat::of_name);
        self.remarks.named = named.filter(|named| *named != format);
        self.remarks.declared = declared
            .map(essence)
            .filter(|declared| !declared.is_empty() && !format.is_declared_as(declared));
    }
}

impl ImageFormat {
    /// The format that a file's name, or the path of an address, ends like.
    pub fn of_name(name: &str) -> Option<Self> {
        let end = name.bytes().position(|sign| matches!(sign, b'?' | b'#'));
        let path = name.as_bytes().get(..end.unwrap_or(name.len()))?;
        let dot = path.iter().rposition(|&sign| matches!(sign, b'.' | b'/'))?;
        let ending = path.get(dot..)?;
        let found = |(endings, _): &&(&[u8], Self)| {
            let mut endings = endings.split(|&sign| sign == b' ');
            endings.any(|known| known.eq_ignore_ascii_case(ending))
        };
        ENDINGS.iter().find(found).map(|(_, format)| *format)
    }

    /// What hosts should declare it as; nothing for formats that are refused anyway.
    pub const fn media_type(self) -> Option<&'static str> {
        match self {
            Self::Jpeg => Some("image/jpeg"),
            Self::Png => Some("image/png"),
            Self::Bmp => Some("image/bmp"),
            Self::WebP => Some("image/webp"),
            Self::Gif
            | Self::Avif
            | Self::Heic
            | Self::Tiff
            | Self::Svg
            | Self::Html
            | Self::Pdf
            | Self::Ico
            | Self::JpegXl => None,
        }
    }

    /// Whether a declared type means it, under its own name or an old one.
    fn is_declared_as(self, declared: &str) -> bool {
        let old: &[&str] = match self {
            Self::Jpeg => &["image/jpg", "image/pjpeg"],
            Self::Png => &["image/apng", "image/x-png"],
            Self::Bmp => &["image/x-ms-bmp", "image/x-bmp"],
            _ => &[],
        };
        let own = self.media_type();
        own.is_none_or(|own| own == declared) || old.contains(&declared)
    }
}

/// A type without its parameters, in small letters: RFC 9110 §8.3.1. What is no type is cut short.
fn essence(declared: &str) -> String {
    let essence = declared.bytes().take_while(|sign| *sign != b';');
    let visible = essence.filter(u8::is_ascii_graphic).take(LONGEST_TYPE);
    visible
        .map(|sign| char::from(sign.to_ascii_lowercase()))
        .collect()
}

/// Longer than any that is registered for images.
const LONGEST_TYPE: usize = 40;

/// How names end: <https://www.iana.org/assignments/media-types> and what programs write.
const ENDINGS: &[(&[u8], ImageFormat)] = &[
    (b".jpg .jpeg .jpe .jfif", ImageFormat::Jpeg),
    (b".png .apng", ImageFormat::Png),
    (b".bmp .dib", ImageFormat::Bmp),
    (b".webp", ImageFormat::WebP),
    (b".gif", ImageFormat::Gif),
    (b".avif", ImageFormat::Avif),
    (b".heic .heif", ImageFormat::Heic),
    (b".tif .tiff", ImageFormat::Tiff),
    (b".svg", ImageFormat::Svg),
    (b".html .htm", ImageFormat::Html),
    (b".pdf", ImageFormat::Pdf),
    (b".ico .cur", ImageFormat::Ico),
    (b".jxl", ImageFormat::JpegXl),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_a_format_by_its_ending() {
        let check = |name, wanted| assert_eq!(ImageFormat::of_name(name), wanted, "{name}");
        check("lake.JPG", Some(ImageFormat::Jpeg));
        check("a.b/lake.webp?size=2.png#x", Some(ImageFormat::WebP));
        check("https://host.example/lake.png", Some(ImageFormat::Png));
        check("https://host.png/lake", None);
        check("https://host.example/lake.php", None);
        check("png", None);
        check("", None);
    }

    #[test]
    fn only_what_differs_is_remarked() {
        let check = |name, declared, wanted: (Option<ImageFormat>, Option<&str>)| {
            let mut facts = ImageFacts {
                format: Some(ImageFormat::Jpeg),
                ..ImageFacts::default()
            };
            facts.hear(Some(name), declared);
            let remarks = facts.remarks;
            assert_eq!((remarks.named, remarks.declared.as_deref()), wanted);
        };
        check("lake.jpg", Some("image/jpeg"), (None, None));
        check("lake", None, (None, None));
        check("lake.jpeg", Some("IMAGE/JPG; q=1"), (None, None));
        check(
            "lake.png",
            Some("image/png"),
            (Some(ImageFormat::Png), Some("image/png")),
        );
        check(
            "lake.jpg",
            Some("text/html; charset=utf-8"),
            (None, Some("text/html")),
        );
        check(
            "lake.jpg",
            Some("application/octet-stream"),
            (None, Some("application/octet-stream")),
        );
        check("lake.jpg", Some(" "), (None, None));
    }

    #[test]
    fn of_an_unknown_format_nothing_is_remarked() {
        let mut facts = ImageFacts::default();
        facts.hear(Some("lake.png"), Some("text/html"));
        assert_eq!(facts.remarks, Remarks::default());
    }
}
