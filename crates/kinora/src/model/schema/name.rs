//! What the name of a field tells.

use crate::model::MediaType;

/// A label made from a name: `start_image_url` becomes `Start image`, `image_urls` `Images`.
pub(super) fn title(name: &str) -> String {
    let mut words = words(name);
    let address = words.pop_if(|word| is_address(word)).unwrap_or_default();
    let title = match words.is_empty() {
        true => address,
        false if address.ends_with('s') => words.join(" ") + "s",
        false => words.join(" "),
    };
    let mut signs = title.chars();
    match signs.next() {
        Some(first) => [first.to_ascii_uppercase()]
            .into_iter()
            .chain(signs)
            .collect(),
        None => name.to_owned(),
    }
}

/// The kind of file that a field of this name takes, by the last word before any `url`: as in
/// `img_url`, `last_frame`, `promptImage`, `143_image`, `reference_videos`.
///
/// A preposition makes another thing of it, such as `text_in_image`.
pub(super) fn media(name: &str) -> Option<MediaType> {
    let mut words = words(name);
    if words.last().is_some_and(|word| is_address(word)) {
        words.pop();
    }
    let last = words.last()?;
    if words
        .iter()
        .any(|word| PREPOSITIONS.contains(&word.as_str()))
    {
        return None;
    }
    let kinds = NOUNS.iter();
    let found = kinds.filter(|(_, nouns)| {
        let singular = last.strip_suffix('s').unwrap_or(last);
        nouns.contains(&singular)
    });
    found.map(|(kind, _)| *kind).next()
}

/// Whether the name itself says that an address is meant.
pub(super) fn ends_in_address(name: &str) -> bool {
    words(name).last().is_some_and(|word| is_address(word))
}

/// Words in lower case, told apart by other signs and by capitals. Letters outside ASCII are taken
/// as they are: the tables to do better are larger than all of this crate.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for sign in name.chars() {
        let begins = sign.is_ascii_uppercase() && small;
        if !is_letter(sign) || begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| is_letter(sign)) {
            word.push(sign.to_ascii_lowercase());
        }
        small = sign.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || !sign.is_ascii()
}

fn is_address(word: &str) -> bool {
    matches!(word, "url" | "urls" | "uri" | "uris")
}

const NOUNS: [(MediaType, &[&str]); 3] = [
    (
        MediaType::Image,
        &["image", "img", "frame", "photo", "picture", "mask"],
    ),
    (MediaType::Video, &["video", "clip"]),
    (MediaType::Audio, &["audio", "sound", "song"]),
];

const PREPOSITIONS: [&str; 8] = ["in", "of", "for", "to", "from", "per", "on", "with"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Option<MediaType>, names: &[&str]) {
        for name in names {
            assert_eq!(media(name), kind, "{name}");
        }
    }

    #[test]
    fn files_are_told_by_the_usual_names() {
        check(
            Some(MediaType::Image),
            &[
                "img_url",
                "image_url",
                "image",
                "images",
                "image_urls",
                "start_image_url",
                "end_image_url",
                "end_image",
                "last_image",
                "first_frame",
                "last_frame",
                "first_frame_image_url",
                "promptImage",
                "143_image",
                "mask_url",
                "IMAGE_URL",
                "reference_image_urls",
                "imageUrl",
            ],
        );
        check(
            Some(MediaType::Video),
            &["video", "video_url", "videos", "reference_video_urls"],
        );
        check(
            Some(MediaType::Audio),
            &["audio", "audio_url", "audios", "reference_audios"],
        );
    }

    #[test]
    fn words_about_files_are_no_files() {
        check(
            None,
            &[
                "prompt",
                "negative_prompt",
                "resolution",
                "image_size",
                "image_prompt",
                "text_in_image",
                "number_of_images",
                "video_style",
                "url",
                "webhook_url",
                "",
                "_",
                "aspect_ratio",
                "duration",
                "audio_language",
            ],
        );
    }

    #[test]
    fn a_title_is_the_name_in_words() {
        for (name, wanted) in [
            ("start_image_url", "Start image"),
            ("reference_image_urls", "Reference images"),
            ("promptImage", "Prompt image"),
            ("cfg_scale", "Cfg scale"),
            ("url", "Url"),
            ("143_image", "143 image"),
            ("__", "__"),
            ("éclat", "éclat"),
        ] {
            assert_eq!(title(name), wanted, "{name}");
        }
    }
}
