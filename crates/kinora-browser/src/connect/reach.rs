//! Asking a place what it is.

use kinora::wire::probe::{self, Greeting};
use kinora::{BaseUrl, HttpRequest, Platform};

use super::Finding;
use crate::hear::answers;
use crate::hint::is_offline;
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
    if is_offline() {
        Finding::Offline
    } else if answers(&asked.url, asked.timeout).await {
        Finding::Unreadable
    } else {
        Finding::Unreachable
    }
}

/// Sent where a token would be, to learn whether one may be sent.
const NO_TOKEN: &str = "kinora-asks-whether-a-page-may-ask";
