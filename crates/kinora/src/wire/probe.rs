//! Whether what answers at a base is what the person takes it for, asked without doing anything.

use core::time::Duration;

use super::{classify, key, route, word};
use crate::{Auth, BaseUrl, Body, Error, HttpRequest, HttpResponse, Method, ServiceErrorKind};

/// The call that asks whether a Kinora relay is there, and what it is to this caller. A relay
/// answers that by itself, so the service hears nothing of it.
pub fn relay(base: &BaseUrl) -> HttpRequest {
    ask(base, route::RELAY)
}

/// The call that asks whether a page may use a service directly: for the catalogue's categories,
/// with a token, so that a browser asks for leave first.
pub fn direct(base: &BaseUrl) -> HttpRequest {
    ask(base, &route::categories())
}

/// What answers where a relay ought to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// A relay of Kinora's.
    Relay {
        /// Whether it passes result files on.
        passes_outputs: bool,
    },
    /// A service that speaks the protocol, such as the emulator.
    Service,
    /// A relay or service that wants a bearer token of the caller.
    WantsToken,
    /// Something else.
    Stranger,
}

impl Greeting {
    /// Reads the answer to [`relay`]; nothing when it is no relay's, for only those give a
    /// [`key::REASON`]. Then [`direct`] tells more.
    pub fn of_relay(answer: &HttpResponse) -> Option<Self> {
        let reason = answer.body.object()?.text(key::REASON)?;
        Some(match reason {
            word::CALLER_NOT_ALLOWED => Self::WantsToken,
            reason => Self::Relay {
                passes_outputs: reason != word::OUTPUTS_OFF,
            },
        })
    }

    /// Reads the answer to [`direct`].
    pub fn of_service(answer: &HttpResponse) -> Self {
        let is_json = answer.body.object().is_some();
        match classify(answer) {
            Ok(body) if body.get(key::CATEGORIES).is_some() => Self::Service,
            Err(Error::Service(error)) if is_json && error.kind == ServiceErrorKind::BadToken => {
                Self::WantsToken
            }
            Err(Error::Service(error)) if error.code.is_some() => Self::Service,
            Ok(_) | Err(_) => Self::Stranger,
        }
    }
}

fn ask(base: &BaseUrl, path: &str) -> HttpRequest {
    HttpRequest {
        method: Method::Get,
        url: format!("{base}{path}"),
        headers: Vec::new(),
        body: Body::Empty,
        auth: Auth::Base,
        timeout: TIMEOUT,
    }
}

/// Somebody waits before the screen.
const TIMEOUT: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Object, Value, wire};

    fn base() -> BaseUrl {
        BaseUrl::parse("https://relay.example.com/kinora").expect("a base")
    }

    #[test]
    fn nothing_is_done_to_find_out() {
        let sent = relay(&base());
        assert_eq!(
            (sent.method, sent.url.as_str()),
            (Method::Get, "https://relay.example.com/kinora/v1/relay")
        );
        let sent = direct(&base());
        assert_eq!(
            (sent.method, sent.url.as_str(), sent.auth),
            (
                Method::Get,
                "https://relay.example.com/kinora/v1/models/categories",
                Auth::Base
            )
        );
        assert_eq!(sent.timeout, Duration::from_secs(10));
    }

    #[test]
    fn a_relay_is_known_by_its_reason() {
        let said = |status, reason: &str| {
            let words = wire::answer::gateway_error("No.");
            Greeting::of_relay(&HttpResponse::json(status, words.with("reason", reason)))
        };
        let relay = |passes_outputs| Some(Greeting::Relay { passes_outputs });
        assert_eq!(said(200, "passed"), relay(true));
        assert_eq!(said(200, "outputs_off"), relay(false));
        assert_eq!(said(429, "too_many_requests"), relay(true));
        let wants = Some(Greeting::WantsToken);
        assert_eq!(said(200, "caller_not_allowed"), wants);
        let words = wire::answer::gateway_error("Not Found");
        assert_eq!(Greeting::of_relay(&HttpResponse::json(404, words)), None);
    }

    #[test]
    fn a_service_is_known_by_its_catalogue_and_its_numbers() {
        let check = |status, body: Object, wanted| {
            let answer = HttpResponse::json(status, body);
            assert_eq!(Greeting::of_service(&answer), wanted);
        };
        let error = |number: i64| Object::new().with("error_code", number);
        let categories = Value::List(Vec::new());
        let catalogue = Object::new().with("categories", categories);
        check(200, catalogue, Greeting::Service);
        check(404, error(404_001), Greeting::Service);
        check(400, error(400_004), Greeting::WantsToken);
        check(200, error(400_004), Greeting::WantsToken);
        let words = || Object::new().with("message", "No.");
        check(401, words(), Greeting::WantsToken);
        check(404, words(), Greeting::Stranger);
        check(200, Object::new(), Greeting::Stranger);
    }

    #[test]
    fn what_answers_with_a_page_is_a_stranger() {
        for body in [Body::Empty, Body::Text("<!doctype html>".to_owned())] {
            for status in [200, 403, 404, 502] {
                let answer = HttpResponse {
                    status,
                    headers: Vec::new(),
                    body: body.clone(),
                };
                assert_eq!(Greeting::of_relay(&answer), None);
                assert_eq!(Greeting::of_service(&answer), Greeting::Stranger);
            }
        }
    }
}
