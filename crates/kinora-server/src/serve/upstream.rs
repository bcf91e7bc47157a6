//! The way to the service and to its files. Here, and nowhere else, the token is added.

use std::time::Duration;

use kinora::{Auth, BaseUrl, Method, TransportErrorKind};
use kinora_relay::{Fetch, Limits, Secret, UpstreamRequest};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Response, redirect};

/// Clients that follow no redirect, keep no cookie and wait for nothing without an end.
#[derive(Debug)]
pub(super) struct Upstream {
    service: BaseUrl,
    client: Client,
    files: Client,
    authorization: Option<HeaderValue>,
}

impl Upstream {
    pub(super) fn new(
        service: &BaseUrl,
        token: Option<&Secret>,
        limits: &Limits,
    ) -> Result<Self, reqwest::Error> {
        // A second provider is refused; the first does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let authorization = token.and_then(|token| {
            let mut value = HeaderValue::from_str(&token.bearer()).ok()?;
            value.set_sensitive(true);
            Some(value)
        });
        Ok(Self {
            client: client(service).build()?,
            files: client(service).timeout(limits.output_timeout).build()?,
            service: service.clone(),
            authorization,
        })
    }

    /// Sends a request to the service and reads its answer to the end.
    pub(super) async fn send(&self, request: &UpstreamRequest) -> kinora_relay::Upstream {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut headers = header_map(&request.headers);
        let is_ours = request.url.starts_with(&format!("{}/", self.service));
        if let (Auth::Base, true, Some(value)) = (request.auth, is_ours, &self.authorization) {
            headers.insert(AUTHORIZATION, value.clone());
        }
        let sent = self
            .client
            .request(method, &request.url)
            .headers(headers)
            .timeout(request.timeout)
            .body(request.body.clone())
            .send();
        match sent.await {
            Ok(response) => read(response, request.answer_bytes).await,
            Err(error) => kinora_relay::Upstream::Failed(kind(&error)),
        }
    }

    /// Asks for a result file, without any token.
    pub(super) async fn fetch(&self, fetch: &Fetch) -> Result<Response, reqwest::Error> {
        let request = self.files.get(&fetch.url);
        request.headers(header_map(&fetch.headers)).send().await
    }
}

/// Header names in lower case, with values that are text.
pub(super) fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect()
}

fn client(service: &BaseUrl) -> ClientBuilder {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .pool_idle_timeout(POOL_IDLE)
        .user_agent(concat!("kinora/", env!("CARGO_PKG_VERSION")));
    // What is on this machine is not behind a proxy.
    if service.is_loopback() {
        client.no_proxy()
    } else {
        client
    }
}

async fn read(mut response: Response, most: usize) -> kinora_relay::Upstream {
    let (status, headers) = (response.status().as_u16(), pairs(response.headers()));
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > most => {
                return kinora_relay::Upstream::TooLarge;
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) if error.is_timeout() => {
                return kinora_relay::Upstream::Failed(TransportErrorKind::TimedOut);
            }
            Err(_) => return kinora_relay::Upstream::Failed(TransportErrorKind::NoAnswer),
        }
    }
    kinora_relay::Upstream::Answered {
        status,
        headers,
        body,
    }
}

/// Only a connection that never stood proves that nothing was sent.
fn kind(error: &reqwest::Error) -> TransportErrorKind {
    if error.is_connect() {
        TransportErrorKind::NotSent
    } else if error.is_timeout() {
        TransportErrorKind::TimedOut
    } else {
        TransportErrorKind::NoAnswer
    }
}

/// The same the other way round; what cannot stand in a header is left out.
pub(super) fn header_map(pairs: &[(String, String)]) -> HeaderMap {
    let header = |(name, value): &(String, String)| {
        Some((
            name.parse::<HeaderName>().ok()?,
            HeaderValue::from_str(value).ok()?,
        ))
    };
    pairs.iter().filter_map(header).collect()
}

/// How long until a connection stands.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long between two pieces of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a connection that nobody uses is kept: less than servers keep theirs, so that a request
/// seldom meets one that is being closed.
const POOL_IDLE: Duration = Duration::from_secs(20);
