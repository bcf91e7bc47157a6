//! What browsers are told, so that pages of listed origins may ask and read, and no others.
//!
//! <https://fetch.spec.whatwg.org/#http-cors-protocol>. Credentials are never allowed: the relay
//! knows no cookies.

use kinora::wire::header;

use crate::answer::Reply;
use crate::{Incoming, Reason};

/// Headers of every answer. Caches must not give one origin's answer to another.
pub(crate) fn headers(origin: Option<&str>) -> Vec<(String, String)> {
    let mut headers = vec![("vary".to_owned(), "Origin".to_owned())];
    if let Some(origin) = origin {
        headers.push(("access-control-allow-origin".to_owned(), origin.to_owned()));
        headers.push((
            "access-control-expose-headers".to_owned(),
            EXPOSED.join(", "),
        ));
    }
    headers
}

/// The answer to a preflight of a listed origin.
pub(crate) fn preflight(incoming: &Incoming<'_>) -> Reply {
    let allowed = [
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::INTENT,
        "range",
    ];
    let reply = Reply {
        status: Reason::Preflight.status(),
        headers: Vec::new(),
        body: Vec::new(),
        reason: Reason::Preflight,
        is_untaken: false,
    };
    let reply = reply
        .with("access-control-allow-methods", "GET, POST")
        .with("access-control-allow-headers", allowed.join(", "))
        .with("access-control-max-age", MAX_AGE_SECONDS.to_string());
    // Pages of public hosts need leave to reach a relay in a private network:
    // https://wicg.github.io/private-network-access/#headers
    if incoming.has("access-control-request-private-network") {
        return reply.with("access-control-allow-private-network", "true");
    }
    reply
}

/// What a page may read of an answer besides what every page may.
const EXPOSED: [&str; 5] = [
    header::RETRY_AFTER,
    header::DATE,
    header::RETRY_AFTER_MS,
    header::ACCEPTED,
    "content-range",
];

/// How long a browser may remember that it may ask: a day; browsers shorten it as they like.
const MAX_AGE_SECONDS: u32 = 24 * 60 * 60;
