//! Whether anything answers at all, though scripts may not read the answer.
//!
//! A browser tells a page that may not read an answer the same as one whose network is down. What
//! tells them apart is the same question asked so that nobody wants to read the answer.

use core::time::Duration;

use gloo_net::http::Request;
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode};

use crate::abort::AbortGuard;
use crate::clock::within;

/// Whether anything answers at an address within this time. It is asked, not its cached answer;
/// nothing of the answer can be seen, and nothing that tells who asks goes along.
pub(crate) async fn answers(url: &str, patience: Duration) -> bool {
    let Ok(guard) = AbortGuard::new() else {
        return false;
    };
    let request = Request::get(url)
        .mode(RequestMode::NoCors)
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&guard.signal()));
    matches!(within(patience, request.send()).await, Some(Ok(_)))
}
