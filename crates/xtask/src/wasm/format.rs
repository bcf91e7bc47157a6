//! The binary format of WebAssembly modules, as far as it is read here.

/// The sections of a module, each with its id; `None` when it is no module.
pub(super) fn sections(module: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0")?;
    let mut found = Vec::new();
    while let Some((id, after)) = rest.split_first() {
        rest = after;
        let length = number(&mut rest)?;
        let (body, after) = rest.split_at_checked(length)?;
        found.push((*id, body));
        rest = after;
    }
    Some(found)
}

/// The module with other bodies of its sections; `None` when it is none, or `other` gives up.
pub(super) fn rebuilt(
    module: &[u8],
    mut other: impl FnMut(u8, &[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let mut made = module.get(..HEADER)?.to_vec();
    for (id, body) in sections(module)? {
        let body = other(id, body)?;
        made.push(id);
        put(&mut made, body.len());
        made.extend(body);
    }
    Some(made)
}

/// A text, which its length goes before.
pub(super) fn word<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(rest)?;
    let (word, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(word)
}

/// A number: LEB128, as all of the format are.
pub(super) fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Writes a number.
pub(super) fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The bytes before the first section.
const HEADER: usize = 8;
