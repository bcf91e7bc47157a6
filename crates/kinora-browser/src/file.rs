//! Files of the page: an address for one that is here, bytes of one that is elsewhere, and saving.

use gloo_net::http::{Request, RequestBuilder};
use kinora::wire::header;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, HtmlAnchorElement, ReferrerPolicy, RequestCredentials, RequestMode, RequestRedirect, Url,
};

use crate::Token;
use crate::abort::AbortGuard;

/// A `blob:` address of a file, revoked on drop.
#[derive(Debug, PartialEq, Eq)]
pub struct FileUrl(String);

impl FileUrl {
    /// An address under which this page can show the file.
    ///
    /// # Errors
    /// When the browser makes no such addresses here.
    pub fn new(file: &Blob) -> Result<Self, JsValue> {
        Url::create_object_url_with_blob(file).map(Self)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for FileUrl {
    fn drop(&mut self) {
        // Revoking what is not there is fine, so there is nothing to report.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Fetches a whole file as anyone could: no token, no cookies, no referrer. Nothing comes where its
/// host keeps it from scripts, or does not answer.
pub async fn fetch(url: &str) -> Option<Blob> {
    fetch_by(shy(url)).await
}

/// The file at an address of a relay's, with the caller's token when there is one for it.
pub async fn fetch_with(url: &str, token: Option<&Token>) -> Option<Blob> {
    let request = shy(url);
    fetch_by(match token.and_then(|token| token.authorization(url)) {
        // Where the answer points elsewhere, the token does not follow.
        Some(value) => request
            .redirect(RequestRedirect::Error)
            .header(header::AUTHORIZATION, &value),
        None => request,
    })
    .await
}

async fn fetch_by(request: RequestBuilder) -> Option<Blob> {
    let guard = AbortGuard::new().ok()?;
    let request = request.abort_signal(Some(&guard.signal()));
    let response = request.send().await.ok().filter(|answer| answer.ok())?;
    let response: web_sys::Response = response.into();
    let blob = JsFuture::from(response.blob().ok()?).await.ok()?;
    blob.dyn_into().ok()
}

fn shy(url: &str) -> RequestBuilder {
    Request::get(url)
        .mode(RequestMode::Cors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
}

/// Offers a file of this page to be saved under a name, as a click on a download link does.
/// Nothing happens where there is no document.
pub fn save(url: &str, name: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    if let Some(Ok(link)) = link.map(JsCast::dyn_into::<HtmlAnchorElement>) {
        link.set_href(url);
        link.set_download(name);
        link.click();
    }
}
