//! One line of the full log, for tests that count and compare what a client really sent.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Method, Uri};
use kinora::{Body, Object, Value};

/// One request as it came over the wire, without any token's text.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body_keys: Vec<String>,
}

impl Entry {
    pub(super) fn new(method: &Method, uri: &Uri, headers: &HeaderMap, body: &Body) -> Self {
        let keys = body
            .object()
            .map(|object| object.iter().map(|(key, _)| key.to_owned()));
        Self {
            method: method.to_string(),
            path: uri
                .path_and_query()
                .map(ToString::to_string)
                .unwrap_or_default(),
            headers: headers
                .iter()
                .map(|(name, value)| {
                    let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                    let shown = if name == AUTHORIZATION {
                        without_token(&value)
                    } else {
                        value
                    };
                    (name.to_string(), shown)
                })
                .collect(),
            body_keys: keys.map(Iterator::collect).unwrap_or_default(),
        }
    }

    /// Method and path, without the query.
    pub(super) fn what(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        format!("{} {path}", self.method)
    }

    pub(super) fn to_value(&self) -> Value {
        let headers: Object = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), Value::from(value.as_str())))
            .collect();
        let keys = self
            .body_keys
            .iter()
            .map(|key| Value::from(key.as_str()))
            .collect();
        Value::Object(
            Object::new()
                .with("method", self.method.as_str())
                .with("path", self.path.as_str())
                .with("headers", headers)
                .with("body_keys", Value::List(keys)),
        )
    }
}

/// `Bearer present`: the scheme tells a test enough.
fn without_token(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) => format!("{scheme} present"),
        None => "present".to_owned(),
    }
}
