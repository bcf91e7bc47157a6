//! Asking a place what it is.
//!
//! A browser tells a page that may not read an answer the same as one whose network is down. What
//! tells them apart is the same question asked so that nobody wants to read the answer.

use gloo_net::http::Request;
use js_sys::global;
use kinora::wire::probe::{self, Greeting};
use kinora::{BaseUrl, HttpRequest, Platform};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode};

use super::Finding;
use crate::abort::AbortGuard;
use crate::clock::within;
use crate::js::member;
use crate::{Browser, Store, Token};

/// Whether a relay, or a service that speaks the protocol, is there.
pub(super) async fn relay(base: &BaseUrl, token: Option<Token>) -> Finding {
    let platform = Browser::new(Store::in_memory(), token);
    let asked = probe::relay(base);
    let Ok(answer) = platform.send(asked.clone()).await else {
        return unread(&asked).await;
    };
    if let Some(greeting) = Greeting::of_relay(&answer) {
        return Finding::Greeted(greeting);
    }
    Finding::Greeted(match platform.send(probe::direct(base)).await {
        Ok(answer) => Greeting::of_service(&answer),
        Err(_) => Greeting::Stranger,
    })
}

/// Whether a page may send a token there and read what comes back.
pub(super) async fn direct(base: &BaseUrl) -> Finding {
    let asked = probe::direct(base);
    let token = Token::new(NO_TOKEN, base.clone()).ok();
    let platform = Browser::new(Store::in_memory(), token);
    match platform.send(asked.clone()).await {
        Ok(answer) => Finding::Greeted(Greeting::of_service(&answer)),
        Err(_) => unread(&asked).await,
    }
}

/// Why there is no answer to read.
async fn unread(asked: &HttpRequest) -> Finding {
    if member(&member(&global(), "navigator"), "onLine").is_falsy() {
        return Finding::Offline;
    }
    match within(asked.timeout, hears(&asked.url)).await {
        Some(true) => Finding::Unreadable,
        Some(false) | None => Finding::Unreachable,
    }
}

/// Whether anything answers at all. Nothing of the answer can be seen, and no token goes along.
async fn hears(url: &str) -> bool {
    let Ok(guard) = AbortGuard::new() else {
        return false;
    };
    let request = Request::get(url)
        .mode(RequestMode::NoCors)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&guard.signal()));
    request.send().await.is_ok()
}

/// Sent where a token would be, to learn whether one may be sent.
const NO_TOKEN: &str = "kinora-asks-whether-a-page-may-ask";
