//! HTTP to the rules' values and back.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use kinora_relay::{Admitted, Answer, Fetch, Incoming, Received};

use super::connection::Peer;
use super::host::{Host, Step};
use super::{log, upstream};

/// Answers one request at `/v1`.
pub(super) async fn answer(State(host): State<Arc<Host>>, request: Request) -> Response {
    let began = Instant::now();
    let (parts, body) = request.into_parts();
    let headers = upstream::pairs(&parts.headers);
    let forwarded = parts.headers.get("x-forwarded-for");
    let forwarded = forwarded.and_then(|value| value.to_str().ok());
    let peer = parts.extensions.get::<Peer>().map_or(NOBODY, |peer| peer.0);
    let caller = host.caller(peer, forwarded);
    let incoming = Incoming {
        method: parts.method.as_str(),
        target: parts
            .uri
            .path_and_query()
            .map_or("/", |target| target.as_str()),
        headers: &headers,
        caller: &caller,
    };
    let admitted = match host.relay(|relay, now| relay.admit(&incoming, now)) {
        Ok(admitted) => admitted,
        Err(answer) => return told(*answer, &caller, began),
    };
    let read = read(body, &admitted).await;
    let received = match &read {
        Ok(bytes) => Received::Whole(bytes),
        Err(received) => *received,
    };
    match host
        .follow(|relay, now| relay.decide(admitted, received, now))
        .await
    {
        Step::Answer(answer) => told(answer, &caller, began),
        Step::Fetch(fetch) => file(&host, &fetch, &caller, began).await,
    }
}

async fn read(body: Body, admitted: &Admitted) -> Result<Bytes, Received<'static>> {
    let whole = Limited::new(body, admitted.body_bytes()).collect();
    match tokio::time::timeout(admitted.body_timeout(), whole).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Received::TooLarge),
        Ok(Err(_)) => Err(Received::Cut),
        Err(_) => Err(Received::TooSlow),
    }
}

async fn file(host: &Host, fetch: &Fetch, caller: &str, began: Instant) -> Response {
    let Ok(response) = host.fetch(fetch).await else {
        return told(fetch.failed(), caller, began);
    };
    let headers = upstream::pairs(response.headers());
    match fetch.fetched(response.status().as_u16(), &headers) {
        Ok(head) => {
            log::line(&head.line, caller, began.elapsed());
            let most = usize::try_from(fetch.most_bytes).unwrap_or(usize::MAX);
            let body = Limited::new(reqwest::Body::from(response), most);
            respond(head.status, &head.headers, Body::new(body))
        }
        Err(answer) => told(*answer, caller, began),
    }
}

fn told(answer: Answer, caller: &str, began: Instant) -> Response {
    log::line(&answer.line, caller, began.elapsed());
    respond(answer.status, &answer.headers, Body::from(answer.body))
}

fn respond(status: u16, headers: &[(String, String)], body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    *response.headers_mut() = upstream::header_map(headers);
    response
}

/// Who a request comes from that came by no connection.
const NOBODY: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
