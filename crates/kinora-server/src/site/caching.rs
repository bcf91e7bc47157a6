//! How long a browser may keep a file: for ever if its name changes with its content.

/// The `Cache-Control` value for a path of the site.
pub(crate) fn policy(path: &str) -> &'static str {
    if is_hashed(path) { KEEP } else { REVALIDATE }
}

/// Whether Trunk put a hash of the content into the file's name: `app-0123456789abcdef.js`,
/// `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() >= HASH_DIGITS && hash.bytes().all(is_hex_digit))
}

fn is_hex_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// For files whose content never changes under their name: a year, the customary "for ever".
pub(crate) const KEEP: &str = "public, max-age=31536000, immutable";
/// For everything else: keep it, but ask each time whether it is still current.
pub(crate) const REVALIDATE: &str = "no-cache";
/// Trunk's hashes are 64-bit numbers; `seahash` prints leading zeros away.
const HASH_DIGITS: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_the_name_is_kept_for_ever() {
        for path in [
            "/kinora-web-9f0c5d2e7a1b3c44.js",
            "/kinora-web-9f0c5d2e7a1b3c44_bg.wasm",
            "/assets/style-00c5d2e7a1b3c44f.css",
        ] {
            assert_eq!(policy(path), KEEP, "{path}");
        }
    }

    #[test]
    fn every_other_name_is_asked_for_again() {
        for path in [
            "/",
            "/index.html",
            "/boot.js",
            "/stills/harbour-at-dusk.webp",
            "/a-facade.css",
            "/9f0c5d2e7a1b3c44/index.html",
            "/kinora-web-9F0C5D2E7A1B3C44.js",
        ] {
            assert_eq!(policy(path), REVALIDATE, "{path}");
        }
    }
}
