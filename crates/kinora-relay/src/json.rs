//! JSON read without being changed: whether it is JSON, how deep it is, and where its top-level
//! members stand.
//!
//! What passes the relay passes byte by byte, so that no number is rounded and no key reordered on
//! the way. RFC 8259: <https://www.rfc-editor.org/rfc/rfc8259>

use core::ops::Range;

mod reader;
use reader::Reader;

/// Why bytes are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonProblem {
    /// They are not JSON.
    NotJson,
    /// They are nested deeper than allowed.
    TooDeep,
}

/// A JSON text of which the top level is known.
#[derive(Debug, PartialEq)]
pub(crate) struct Document<'text> {
    text: &'text str,
    /// The top-level members in order, or nothing when it is no object.
    members: Option<Vec<Member>>,
}

/// A member of the top-level object.
#[derive(Debug, PartialEq)]
pub(crate) struct Member {
    /// The key, unescaped.
    pub(crate) key: String,
    /// Where its value stands in the text.
    pub(crate) value: Range<usize>,
}

impl<'text> Document<'text> {
    /// Reads bytes. `watch` is told every string in it, keys included, unescaped.
    pub(crate) fn read(
        bytes: &'text [u8],
        depth: usize,
        watch: &mut dyn FnMut(&str),
    ) -> Result<Self, JsonProblem> {
        let text = core::str::from_utf8(bytes).map_err(|_| JsonProblem::NotJson)?;
        let members = Reader::new(text, depth, watch).read()?;
        Ok(Self { text, members })
    }

    /// The whole text.
    pub(crate) fn whole(&self) -> &'text str {
        self.text
    }

    /// Whether the text is an object.
    pub(crate) fn is_object(&self) -> bool {
        self.members.is_some()
    }

    /// The top-level members in order; the same key may come twice.
    pub(crate) fn members(&self) -> &[Member] {
        self.members.as_deref().unwrap_or_default()
    }

    /// The text of a value.
    pub(crate) fn text(&self, value: &Range<usize>) -> &'text str {
        self.text.get(value.clone()).unwrap_or_default()
    }
}

/// A string's content, given with its quotes.
pub(crate) fn unescape(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut plain = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            plain.push(sign);
            continue;
        }
        plain.push(match signs.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => unicode(&mut signs)?,
            other => other,
        });
    }
    Some(plain)
}

/// A string with quotes and escapes.
pub(crate) fn quote(plain: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in plain.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", u32::from(sign))),
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// A half of a pair without its other half stands for no character.
fn unicode(signs: &mut core::str::Chars<'_>) -> Option<char> {
    let first = hex(signs)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let mut ahead = signs.clone();
    let second = match (ahead.next(), ahead.next()) {
        (Some('\\'), Some('u')) => hex(&mut ahead).filter(|low| (0xdc00..0xe000).contains(low)),
        _ => None,
    };
    let Some(second) = second else {
        return Some(char::REPLACEMENT_CHARACTER);
    };
    *signs = ahead;
    char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
}

fn hex(signs: &mut core::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |number, _| {
        Some(number * 16 + signs.next()?.to_digit(16)?)
    })
}

#[cfg(test)]
mod tests;
