//! A job's [`Platform`] in a native program.

use std::error::Error as _;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kinora::wire::header;
use kinora::{
    Auth, Body, Budget, HttpRequest, HttpResponse, IntentId, Method, Monotonic, Now, Platform,
    Record, StoreError, TransportError, TransportErrorKind, Turn, Value, WallTime,
};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Proxy, Response, Url, redirect, retry};

use crate::{Records, Token};

/// HTTP by reqwest, timers by tokio, records in files. Its futures run on a tokio runtime.
///
/// Clones are one platform: they share the [`Budget`] of requests, so that hundreds of jobs
/// neither storm the service nor starve each other.
#[derive(Clone, Debug)]
pub struct Native {
    client: Client,
    records: Records,
    token: Option<Token>,
    budget: Arc<Mutex<Budget>>,
    began: Instant,
}

impl Native {
    /// A platform that keeps records in `records` and sends `token` to its base. It asks no proxy,
    /// whatever the environment says, and keeps to [`Budget::REMOTE`].
    ///
    /// # Errors
    /// When this system offers no way to check a server's certificate.
    pub fn new(records: Records, token: Option<Token>) -> Result<Self, NativeProblem> {
        Self::with_client(client().no_proxy(), records, token)
    }

    /// The same through an HTTP proxy, as `http://proxy.example:3128`. Only `https` goes through it,
    /// which it cannot look into; a service on this machine is asked directly.
    ///
    /// # Errors
    /// When `proxy` is no address of a proxy, and as [`Native::new`].
    pub fn through(
        proxy: &str,
        records: Records,
        token: Option<Token>,
    ) -> Result<Self, NativeProblem> {
        let proxy = Proxy::https(proxy).map_err(NativeProblem)?;
        Self::with_client(client().proxy(proxy), records, token)
    }

    fn with_client(
        client: ClientBuilder,
        records: Records,
        token: Option<Token>,
    ) -> Result<Self, NativeProblem> {
        // A second provider is refused; the first does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            client: client.build().map_err(NativeProblem)?,
            records,
            token,
            budget: Arc::new(Mutex::new(Budget::REMOTE)),
            began: Instant::now(),
        })
    }

    /// The same with another budget of requests, shared by its clones from here on.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Self {
        Self {
            budget: Arc::new(Mutex::new(budget)),
            ..self
        }
    }

    /// The records that jobs are resumed from.
    pub fn records(&self) -> &Records {
        &self.records
    }

    fn build(&self, request: HttpRequest) -> Result<reqwest::Request, TransportError> {
        let url = Url::parse(&request.url).map_err(|error| not_sent(&error))?;
        let mut headers = headers(&request.headers)?;
        let token = match request.auth {
            Auth::Base => self.token.as_ref(),
            Auth::None => None,
        };
        if let Some(value) = token.and_then(|token| token.authorization(&url)) {
            headers.insert(AUTHORIZATION, value);
        }
        let builder = match request.method {
            Method::Get => self.client.get(url),
            Method::Post => self.client.post(url),
        };
        let builder = builder
            .headers(headers)
            .timeout(request.timeout.min(WHOLE_TIMEOUT));
        let builder = match request.body {
            Body::Empty => builder,
            Body::Json(value) => {
                builder.body(serde_json::to_vec(&value).map_err(|error| not_sent(&error))?)
            }
            Body::Text(text) => builder.body(text),
        };
        builder.build().map_err(|error| not_sent(&error))
    }
}

impl Platform for Native {
    fn now(&self) -> Now {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Now {
            monotonic: Monotonic::after_origin(self.began.elapsed()),
            wall: WallTime::from_unix_millis(u64::try_from(wall.as_millis()).unwrap_or(u64::MAX)),
        }
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = self.build(request)?;
        let sent = self.client.execute(request).await;
        read(sent.map_err(|error| failed(&error))?).await
    }

    fn turn(&self, job: &IntentId, method: Method) -> Turn {
        let now = self.now().monotonic;
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        budget.take(job, method, now)
    }

    fn hold(&self, span: Duration) {
        let now = self.now().monotonic;
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        budget.hold(span, now);
    }

    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }

    /// Written on the calling thread: two records of one intent stay in their order, even when the
    /// driver of the first is dropped meanwhile.
    async fn store(&self, record: Record) -> Result<(), StoreError> {
        self.records.put(&record)
    }
}

/// This system offers no way to send.
#[derive(Debug)]
pub struct NativeProblem(reqwest::Error);

impl fmt::Display for NativeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Requests cannot be sent from here ({}). Check that this system has certificates, and \
             the proxy's address if there is one.",
            in_full(&self.0)
        )
    }
}

impl std::error::Error for NativeProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// What holds for every way to a service. A redirect could lead the token away.
fn client() -> ClientBuilder {
    Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(WHOLE_TIMEOUT)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .user_agent(concat!("kinora/", env!("CARGO_PKG_VERSION")))
}

fn headers(headers: &[(String, String)]) -> Result<HeaderMap, TransportError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| not_sent(&error))?;
        map.insert(
            name,
            HeaderValue::from_str(value).map_err(|error| not_sent(&error))?,
        );
    }
    Ok(map)
}

/// Reads an answer to its end, or to more than any answer of a service has.
async fn read(mut response: Response) -> Result<HttpResponse, TransportError> {
    let status = response.status().as_u16();
    let headers = known_headers(response.headers());
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_BYTES {
            return Err(error(
                TransportErrorKind::NoAnswer,
                "the answer is too long",
            ));
        }
    }
    Ok(HttpResponse {
        status,
        headers,
        body: body(&bytes),
    })
}

fn known_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
    let known = |name: &&str| Some(((*name).to_owned(), headers.get(*name).and_then(text)?));
    READ_HEADERS.iter().filter_map(known).collect()
}

fn body(bytes: &[u8]) -> Body {
    if bytes.trim_ascii().is_empty() {
        return Body::Empty;
    }
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        return Body::Json(value);
    }
    let start = bytes.get(..Body::TEXT_BYTES).unwrap_or(bytes);
    let mut text = String::from_utf8_lossy(start).into_owned();
    text.truncate(text.floor_char_boundary(Body::TEXT_BYTES));
    Body::Text(text)
}

/// Only a connection that never came to be proves that nothing was sent.
fn failed(cause: &reqwest::Error) -> TransportError {
    let kind = if cause.is_builder() || cause.is_connect() {
        TransportErrorKind::NotSent
    } else if cause.is_timeout() {
        TransportErrorKind::TimedOut
    } else {
        TransportErrorKind::NoAnswer
    };
    error(kind, &in_full(cause))
}

fn not_sent(cause: &dyn std::error::Error) -> TransportError {
    error(TransportErrorKind::NotSent, &cause.to_string())
}

fn error(kind: TransportErrorKind, words: &str) -> TransportError {
    TransportError {
        kind,
        words: words.to_owned(),
    }
}

/// An error with all its causes, without the URL, which the person knows.
fn in_full(error: &reqwest::Error) -> String {
    let mut words = Vec::new();
    let mut cause = error.source();
    while let Some(next) = cause {
        words.push(next.to_string());
        cause = next.source();
    }
    match words.is_empty() {
        true => "the request failed".to_owned(),
        false => words.join(": "),
    }
}

/// How long a connection may take to come about: as long as RunComfy's own command line waits.
/// <https://github.com/runcomfy-com/runcomfy-cli> (read 2026-11-22).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a call may take as a whole. Same source.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(60);

/// The longest answer that is read, in bytes: far more than a whole page of the catalogue.
const MOST_BYTES: usize = 64 << 20;

/// The only headers of an answer that anyone reads.
const READ_HEADERS: [&str; 5] = [
    header::CONTENT_TYPE,
    header::RETRY_AFTER,
    header::RETRY_AFTER_MS,
    header::DATE,
    header::ACCEPTED,
];
