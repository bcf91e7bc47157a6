//! EBML elements (RFC 8794): an identifier, a length in eight bytes, and a body.

/// Bytes in parts, of which the large ones are never copied.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) parts: Vec<Vec<u8>>,
    pub(super) length: usize,
}

impl Parts {
    pub(super) fn push(&mut self, part: Vec<u8>) {
        self.length += part.len();
        self.parts.push(part);
    }

    pub(super) fn append(&mut self, other: Self) {
        other.parts.into_iter().for_each(|part| self.push(part));
    }

    /// Makes these parts the body of an element.
    pub(super) fn wrap(&mut self, id: u32) {
        let start = start(id, self.length);
        self.length += start.len();
        self.parts.insert(0, start);
    }
}

/// What stands before an element's body of so many bytes.
pub(super) fn start(id: u32, length: usize) -> Vec<u8> {
    let id = id.to_be_bytes();
    let mut bytes: Vec<u8> = id.into_iter().skip_while(|byte| *byte == 0).collect();
    bytes.extend((length as u64 | 1 << 56).to_be_bytes());
    bytes
}

pub(super) fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = start(id, body.len());
    bytes.extend(body);
    bytes
}

pub(super) fn master(id: u32, children: &[Vec<u8>]) -> Vec<u8> {
    element(id, &children.concat())
}

pub(super) fn uint(id: u32, value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}
