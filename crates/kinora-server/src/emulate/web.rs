//! HTTP to the emulator's values and back.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{self, Body as Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method as HttpMethod, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kinora::wire::header;
use kinora::{Auth, Body, HttpRequest, HttpResponse, Method, Value};
use kinora_emulator::{Cors, Reply};
use tower_http::cors::{Any, CorsLayer};

use super::cord::Cord;
use super::entry::Entry;
use super::host::{Host, OUTPUTS};

/// Everything that is served.
pub(super) fn router(host: Arc<Host>, cors: Cors) -> Router {
    let clip = get(clip).with_state(Arc::clone(&host));
    let media = Router::new().route(&format!("{OUTPUTS}{{name}}"), clip);
    let api = Router::new().fallback(answer).with_state(Arc::clone(&host));
    let asked = with_cors(media, cors, cors.media)
        .fallback_service(with_cors(api, cors, cors.answers))
        .layer(middleware::from_fn_with_state(Arc::clone(&host), remember));
    let log = get(log).with_state(host);
    Router::new()
        .route("/emulator/log", log)
        .fallback_service(asked)
}

fn with_cors(router: Router, cors: Cors, readable: bool) -> Router {
    if readable {
        router.layer(cors_layer(cors))
    } else {
        router
    }
}

/// What a browser must be told so that a page of any origin can use the service. Pages of public
/// hosts also need leave to reach this machine:
/// <https://wicg.github.io/private-network-access/#headers>
fn cors_layer(cors: Cors) -> CorsLayer {
    let name = HeaderName::from_static;
    let mut layer = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([HttpMethod::GET, HttpMethod::POST])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, name(header::INTENT)])
        .allow_private_network(true);
    if cors.expose {
        layer = layer.expose_headers([
            RETRY_AFTER,
            DATE,
            name(header::RETRY_AFTER_MS),
            name(header::ACCEPTED),
        ]);
    }
    match cors.max_age {
        Some(max_age) => layer.max_age(max_age),
        None => layer,
    }
}

async fn clip(State(host): State<Arc<Host>>, headers: HeaderMap) -> Response {
    host.clip().serve(&headers)
}

/// Reads the body once, for the log and for the emulator.
async fn remember(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = body::to_bytes(body, BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = read(&bytes);
    host.remember(Entry::new(&parts.method, &parts.uri, &parts.headers, &body));
    parts.extensions.insert(body);
    next.run(Request::from_parts(parts, Bytes::empty())).await
}

async fn answer(State(host): State<Arc<Host>>, mut request: Request) -> Response {
    let method = match *request.method() {
        HttpMethod::GET => Method::Get,
        HttpMethod::POST => Method::Post,
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let asked = HttpRequest {
        method,
        url: host.url(path),
        headers: headers(request.headers()),
        body: Body::Empty,
        auth: Auth::None,
        timeout: Duration::ZERO,
    };
    let body = request.extensions_mut().remove().unwrap_or(Body::Empty);
    let cord = request.extensions().get::<ConnectInfo<Cord>>().cloned();
    match host.answer(&HttpRequest { body, ..asked }) {
        Reply::Answer(answered) => return response(answered),
        Reply::Silence => host.ended().await,
        Reply::Reset => {}
    }
    if let Some(ConnectInfo(cord)) = cord {
        cord.cut();
    }
    StatusCode::GATEWAY_TIMEOUT.into_response()
}

async fn log(State(host): State<Arc<Host>>) -> Response {
    response(HttpResponse::json(200, host.log()))
}

fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

fn read(bytes: &[u8]) -> Body {
    if bytes.is_empty() {
        return Body::Empty;
    }
    serde_json::from_slice::<Value>(bytes).map_or_else(
        |_| {
            let start = bytes.get(..Body::TEXT_BYTES).unwrap_or(bytes);
            Body::Text(String::from_utf8_lossy(start).into_owned())
        },
        Body::Json,
    )
}

fn response(answered: HttpResponse) -> Response {
    let (kind, text) = match answered.body {
        Body::Empty => (None, String::new()),
        Body::Json(value) => (
            Some(header::JSON),
            serde_json::to_string(&value).unwrap_or_default(),
        ),
        Body::Text(text) => (Some("text/plain; charset=utf-8"), text),
    };
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() =
        StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(kind) = kind {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in answered.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The largest body that is read, in bytes: what RunComfy's own ComfyUI nodes send at most.
/// <https://github.com/runcomfy-com/comfyui-runcomfy-partner-nodes> (read 2026-11-22).
const BODY_BYTES: usize = 64 << 20;
