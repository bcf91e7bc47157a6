//! What comes in.

/// A request's start: everything but its body.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The method, as it came.
    pub method: &'a str,
    /// Path and query, as they came, without the place where the relay is mounted.
    pub target: &'a str,
    /// Header names in lower case, with values.
    pub headers: &'a [(String, String)],
    /// How the host tells callers apart: an address, or a part of it.
    pub caller: &'a str,
}

impl<'a> Incoming<'a> {
    /// The value of a header. One that comes twice has none: nobody knows which is meant.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let (_, value) = found.next()?;
        found.next().is_none().then_some(value.as_str())
    }

    /// Whether a header is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    pub(crate) fn query(&self) -> &'a str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// What became of reading a body.
#[derive(Clone, Copy, Debug)]
pub enum Received<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// More than was allowed; the host stopped reading.
    TooLarge,
    /// It did not come in time.
    TooSlow,
    /// The connection ended first.
    Cut,
}
