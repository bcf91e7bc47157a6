//! Kinds of bad requests: the table that all hosts of the relay are held to, and what no HTTP
//! client can be made to say.

use core::fmt;

use super::*;

/// One kind of bad request.
pub(super) struct Kind {
    name: String,
    head: Vec<u8>,
    body: Vec<u8>,
    /// 0 is a connection that was closed without an answer.
    statuses: Vec<u16>,
    reason: Option<String>,
}

impl Kind {
    /// The request, with more headers where it has any.
    pub(super) fn bytes(&self, more: &str) -> Vec<u8> {
        let more = if self.reason.is_some() { more } else { "" };
        [&*self.head, more.as_bytes(), &*self.body].concat()
    }

    /// Whether an answer is the one that this kind gets.
    pub(super) fn fits(&self, answer: &str) -> bool {
        let reason = self.reason.as_ref();
        let says = |code: &String| answer.contains(&format!("\"reason\":\"{code}\""));
        self.statuses.contains(&status(answer)) && reason.is_none_or(says)
    }

    fn of_table(row: &Value) -> Option<Self> {
        let text = |key: &str| row[key].as_str();
        let code = u16::try_from(row["status"].as_u64()?).ok()?;
        let reason = text("reason").filter(|_| code >= 400)?;
        let body = body(row);
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n",
            text("method").unwrap_or("GET"),
            filled(text("target")?)
        );
        if row["json"] == true {
            head.push_str("content-type: application/json\r\n");
        }
        for (name, values) in row["headers"].as_object().into_iter().flatten() {
            let values = values
                .as_array()
                .map_or_else(|| std::slice::from_ref(values), Vec::as_slice);
            for value in values {
                head.push_str(&format!("{name}: {}\r\n", value.as_str()?));
            }
        }
        if let Some(body) = &body {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        Some(Self {
            name: text("name")?.to_owned(),
            head: head.into_bytes(),
            body: [b"\r\n", &*body.unwrap_or_default()].concat(),
            statuses: vec![code],
            reason: Some(reason.to_owned()),
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// All kinds.
pub(super) fn kinds() -> Vec<Kind> {
    let table: Value = serde_json::from_str(TABLE).unwrap();
    let rows = table["cases"].as_array().unwrap();
    let mut kinds: Vec<_> = rows.iter().filter_map(Kind::of_table).collect();
    assert!(kinds.len() > 60, "{} of {}", kinds.len(), rows.len());
    kinds.extend(unspeakable());
    kinds
}

fn body(row: &Value) -> Option<Vec<u8>> {
    let bytes = row["bytes"].as_array();
    let byte = |byte: &Value| u8::try_from(byte.as_u64().unwrap()).unwrap();
    let bytes = bytes.map(|bytes| bytes.iter().map(byte).collect());
    let size = || Some(vec![b' '; usize::try_from(row["size"].as_u64()?).unwrap()]);
    let text = || Some(filled(row["body"].as_str()?).into_bytes());
    bytes.or_else(size).or_else(text)
}

/// A text of the table with its marks filled in.
fn filled(text: &str) -> String {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
    text.replace("$SUBMIT", SUBMIT)
        .replace("$LONG", &"a".repeat(3000))
        .replace("$DEEP", &deep)
}

/// What only a socket says.
fn unspeakable() -> impl Iterator<Item = Kind> {
    let long = "x".repeat(40_000);
    let head_too_long = format!("GET /v1/models HTTP/1.1\r\nx: {long}\r\n\r\n");
    let many = "x: y\r\n".repeat(2000);
    let headers_too_many = format!("GET /v1/models HTTP/1.1\r\n{many}\r\n");
    let to = |method: &str, more: &str| {
        format!("{method} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{more}")
    };
    let submit = format!("POST {SUBMIT}");
    let json = "content-type: application/json\r\n";
    let kinds: Vec<(&str, String, &[u16])> = vec![
        ("not http", "hello\r\n\r\n".to_owned(), &[400, 0]),
        ("nothing", String::new(), &[0]),
        ("line breaks", "\r\n\r\n\r\n".to_owned(), &[400, 0]),
        (
            "tls hello",
            "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n".to_owned(),
            &[400, 0],
        ),
        ("old http", "GET /v1/models\r\n\r\n".to_owned(), &[400, 0]),
        (
            "future http",
            "GET /v1/other HTTP/9.9\r\n\r\n".to_owned(),
            &[400, 505, 0],
        ),
        (
            "half a head",
            "GET /v1/models HTTP/1.1\r\nhost: a".to_owned(),
            &[408, 0],
        ),
        (
            "half a body",
            to(&submit, &format!("{json}content-length: 99\r\n\r\n{{")),
            &[408, 0],
        ),
        ("strange method", to("BREW /v1/models", "\r\n"), &[405]),
        (
            "connect",
            to("CONNECT evil.example:443", "\r\n"),
            &[404, 405, 400],
        ),
        (
            "another host's url",
            to("GET http://evil.example/v1/other", "\r\n"),
            &[404],
        ),
        (
            "two lengths",
            to(&submit, "content-length: 1\r\ncontent-length: 2\r\n\r\n{}"),
            &[400, 0],
        ),
        (
            "bad length",
            to(&submit, "content-length: -1\r\n\r\n{}"),
            &[400, 0],
        ),
        (
            "length and chunks",
            to(
                &submit,
                "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            ),
            &[400, 415, 0],
        ),
        (
            "bad chunk",
            to(
                &submit,
                &format!("{json}transfer-encoding: chunked\r\n\r\nzz\r\n"),
            ),
            &[400],
        ),
        (
            "endless chunk",
            to(
                &submit,
                &format!("{json}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n"),
            ),
            &[400, 408, 413],
        ),
        (
            "huge, announced",
            to(&submit, &format!("{json}content-length: 99999999\r\n\r\n")),
            &[413],
        ),
        ("head too long", head_too_long, &[431, 400, 0]),
        ("headers too many", headers_too_many, &[431, 400, 0]),
        (
            "nul in a header",
            to("GET /v1/models", "x: \0\r\n\r\n"),
            &[400, 0],
        ),
        (
            "header without colon",
            to("GET /v1/models", "x\r\n\r\n"),
            &[400, 0],
        ),
    ];
    kinds.into_iter().map(|(name, text, statuses)| Kind {
        name: name.to_owned(),
        head: text.into_bytes(),
        body: Vec::new(),
        statuses: statuses.to_vec(),
        reason: None,
    })
}

const TABLE: &str = include_str!("../../../../../../tests/npm/relay-cases.json");
