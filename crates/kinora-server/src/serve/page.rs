//! The built app: files with the headers that keep it safe and quick.

use std::fs;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Map, Value, json};
use tower_http::services::{ServeDir, ServeFile};

use super::ServeError;
use super::config::App;
use crate::site::{caching, headers};

/// The files of a folder, and the page's configuration for this relay.
pub(super) fn router(dir: &Path, app: &App) -> Result<Router, ServeError> {
    let index = dir.join("index.html");
    if !index.is_file() {
        return Err(ServeError::NotBuilt(dir.to_owned()));
    }
    let index =
        fs::read_to_string(&index).map_err(|error| ServeError::Page(dir.to_owned(), error))?;
    let safety: Vec<_> = headers::of_page(&index)
        .into_iter()
        .filter_map(|(name, value)| {
            Some((
                HeaderName::from_static(name),
                HeaderValue::from_str(&value).ok()?,
            ))
        })
        .collect();
    let missing = ServeFile::new(dir.join("404.html"))
        .precompressed_br()
        .precompressed_gzip();
    let files = ServeDir::new(dir)
        .precompressed_br()
        .precompressed_gzip()
        .not_found_service(missing);
    let config = config(app).to_string();
    let config = get(move || async move { ([(CONTENT_TYPE, "application/json")], config) });
    let add_headers = middleware::from_fn(move |request: Request, next: Next| {
        let safety = safety.clone();
        async move { with_headers(request, next, safety).await }
    });
    Ok(Router::new()
        .route("/config.json", config)
        .fallback_service(files)
        .layer(add_headers))
}

/// What the page is told: the relay is where the page comes from.
fn config(app: &App) -> Value {
    let mut config = Map::new();
    config.insert("relay".to_owned(), json!("./"));
    if let Some(title) = &app.title {
        config.insert("title".to_owned(), json!(title));
    }
    if !app.defaults.is_empty() {
        config.insert("defaults".to_owned(), json!(app.defaults));
    }
    Value::Object(config)
}

async fn with_headers(
    request: Request,
    next: Next,
    safety: Vec<(HeaderName, HeaderValue)>,
) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let caching = if response.status().is_success() {
        caching::policy(&path)
    } else {
        caching::REVALIDATE
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.extend(safety);
    response
}
