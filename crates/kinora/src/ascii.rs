//! ASCII signs in texts, looked for byte by byte. The standard library's searchers find any pattern
//! in any text, with ten times the code.

/// What stands before and after the first `sign`.
pub(crate) fn cut(text: &str, sign: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == sign)?;
    around(text, place)
}

/// What stands before and after the last `sign`.
pub(crate) fn cut_last(text: &str, sign: u8) -> Option<(&str, &str)> {
    let mut place = text.len();
    for byte in text.bytes().rev() {
        place -= 1;
        if byte == sign {
            return around(text, place);
        }
    }
    None
}

/// The text without any of these at its end.
pub(crate) fn without_last(mut text: &str, sign: u8) -> &str {
    while let Some((&last, _)) = text.as_bytes().split_last()
        && last == sign
        && let Some(rest) = text.get(..text.len() - 1)
    {
        text = rest;
    }
    text
}

fn around(text: &str, place: usize) -> Option<(&str, &str)> {
    Some((text.get(..place)?, text.get(place + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_as_the_standard_library_finds_them() {
        for text in ["", ":", "é:ü", "a:b:", "::", "ab", "://"] {
            assert_eq!(cut(text, b':'), text.split_once(':'), "{text}");
            assert_eq!(cut_last(text, b':'), text.rsplit_once(':'), "{text}");
            assert_eq!(
                without_last(text, b':'),
                text.trim_end_matches(':'),
                "{text}"
            );
        }
    }
}
