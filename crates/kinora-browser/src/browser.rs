//! A job's [`Platform`] in a page or worker.

use core::cell::RefCell;
use core::time::Duration;

use gloo_net::http::{Request, RequestBuilder, Response};
use kinora::wire::header;
use kinora::{
    Auth, Body, Budget, HttpRequest, HttpResponse, IntentId, Method, Now, Platform, Record,
    StoreError, TransportError, TransportErrorKind, Turn,
};
use web_sys::{ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect};

use crate::abort::AbortGuard;
use crate::clock::within;
use crate::{Store, Token, inline, js};

/// Fetch, timers and records of this page or worker.
///
/// The token goes only with requests that ask for it and whose URL lies within its base; nothing
/// follows a redirect, sends a cookie or a referrer, or asks a cache. A picture of the page goes as
/// a `data:` URI in place of its address, and only in what is sent.
#[derive(Clone, Debug)]
pub struct Browser {
    store: Store,
    token: Option<Token>,
}

impl Browser {
    /// A platform that keeps records in `store` and sends `token` to its base.
    pub fn new(store: Store, token: Option<Token>) -> Self {
        Self { store, token }
    }

    fn build(&self, request: &HttpRequest, guard: &AbortGuard) -> Result<Request, gloo_net::Error> {
        let builder = match request.method {
            Method::Get => Request::get(&request.url),
            Method::Post => Request::post(&request.url),
        };
        let builder = self
            .with_headers(builder, request)
            .abort_signal(Some(&guard.signal()));
        let builder = builder
            .mode(RequestMode::Cors)
            .redirect(RequestRedirect::Error)
            .cache(RequestCache::NoStore)
            .credentials(RequestCredentials::Omit)
            .referrer_policy(ReferrerPolicy::NoReferrer);
        match &request.body {
            Body::Empty => builder.build(),
            Body::Json(value) => builder.body(js::print(value)),
            Body::Text(text) => builder.body(text),
        }
    }

    fn with_headers(&self, builder: RequestBuilder, request: &HttpRequest) -> RequestBuilder {
        let builder = request
            .headers
            .iter()
            .fold(builder, |builder, (name, value)| {
                builder.header(name, value)
            });
        let token = match request.auth {
            Auth::Base => self.token.as_ref(),
            Auth::None => None,
        };
        match token.and_then(|token| token.authorization(&request.url)) {
            Some(value) => builder.header(header::AUTHORIZATION, &value),
            None => builder,
        }
    }
}

thread_local! {
    /// All jobs of this page or worker share it.
    static BUDGET: RefCell<Budget> = const { RefCell::new(Budget::REMOTE) };
}

impl Platform for Browser {
    fn now(&self) -> Now {
        crate::now()
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let guard = AbortGuard::new()
            .map_err(|_| failed(TransportErrorKind::NotSent, "no AbortController"))?;
        let request = inline::write_out(request, &self.store).await?;
        let built = self
            .build(&request, &guard)
            .map_err(|error| not_sent(&error))?;
        within(request.timeout, exchange(built))
            .await
            .unwrap_or_else(|| Err(failed(TransportErrorKind::TimedOut, "no answer in time")))
    }

    fn turn(&self, job: &IntentId, method: Method) -> Turn {
        BUDGET.with_borrow_mut(|budget| budget.take(job, method, self.now().monotonic))
    }

    fn hold(&self, span: Duration) {
        BUDGET.with_borrow_mut(|budget| budget.hold(span, self.now().monotonic));
    }

    async fn sleep(&self, span: Duration) {
        crate::sleep(span).await;
    }

    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.store.put_record(&record).await
    }
}

async fn exchange(request: Request) -> Result<HttpResponse, TransportError> {
    let no_answer =
        |error: gloo_net::Error| failed(TransportErrorKind::NoAnswer, &error.to_string());
    let response = request.send().await.map_err(no_answer)?;
    let text = response.text().await.map_err(no_answer)?;
    Ok(HttpResponse {
        status: response.status(),
        headers: headers(&response),
        body: body(text),
    })
}

fn headers(response: &Response) -> Vec<(String, String)> {
    let headers = response.headers();
    let known = |name: &str| Some((name.to_owned(), headers.get(name)?));
    READ_HEADERS.iter().filter_map(|name| known(name)).collect()
}

fn body(mut text: String) -> Body {
    if text.trim().is_empty() {
        return Body::Empty;
    }
    if let Some(value) = js::parse(&text) {
        return Body::Json(value);
    }
    text.truncate(text.floor_char_boundary(Body::TEXT_BYTES));
    Body::Text(text)
}

fn not_sent(error: &gloo_net::Error) -> TransportError {
    failed(TransportErrorKind::NotSent, &error.to_string())
}

fn failed(kind: TransportErrorKind, words: &str) -> TransportError {
    TransportError {
        kind,
        words: words.to_owned(),
    }
}

/// The only headers of an answer that anyone reads.
const READ_HEADERS: [&str; 5] = [
    header::CONTENT_TYPE,
    header::RETRY_AFTER,
    header::RETRY_AFTER_MS,
    header::DATE,
    header::ACCEPTED,
];
