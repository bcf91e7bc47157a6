//! The page and its headers.

use std::fs;
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::response::Response;
use tower::ServiceExt;

use super::super::page;
use super::*;

/// The answer of a relay with a page of a few files.
async fn get(path: &str, headers: &[(&str, &str)]) -> Response {
    let folder = tempfile::tempdir().unwrap();
    let index = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
    for (name, content) in [
        ("index.html", index),
        ("404.html", "not here"),
        ("config.json", "{\"relay\":\"https://elsewhere\"}"),
        ("app-9f0c5d2e7a1b3c44_bg.wasm", "wasm"),
        ("app-9f0c5d2e7a1b3c44_bg.wasm.br", "br"),
        ("app-9f0c5d2e7a1b3c44_bg.wasm.gz", "gz"),
        ("boot.js", "js"),
    ] {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let flags = format!("--app={}", folder.path().display());
    let options = Flags::try_parse_from(["kinora", &flags]).unwrap().options;
    let mut config = Config::read(&options, Some(TOKEN)).unwrap();
    config.app.title = Some("Ours".to_owned());
    let service = Service::that(Act::Cut).await;
    let policy = open(&service);
    let upstream = Upstream::new(&policy.service.clone(), None, &policy.limits).unwrap();
    let host = Arc::new(Host::new(Relay::new(policy, None), upstream, Vec::new()));
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = router(host, &config)
        .unwrap()
        .oneshot(request)
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 9999).await.unwrap();
    Response::from_parts(parts, Body::from(bytes))
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 9999).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn every_file_has_its_type_its_caching_and_the_headers_that_keep_it_safe() {
    for (path, kind, caching) in [
        ("/", "text/html", "no-cache"),
        ("/boot.js", "text/javascript", "no-cache"),
        (
            "/app-9f0c5d2e7a1b3c44_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/config.json", "application/json", "no-cache"),
    ] {
        let response = get(path, &[]).await;
        let headers = response.headers();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(headers["content-type"], kind, "{path}");
        assert_eq!(headers["cache-control"], caching, "{path}");
        assert_eq!(
            headers["content-security-policy"],
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert!(
            headers["permissions-policy"]
                .to_str()
                .unwrap()
                .contains("camera=()")
        );
    }
}

#[tokio::test]
async fn what_is_compressed_already_is_sent_so_to_those_who_read_it() {
    let wasm = "/app-9f0c5d2e7a1b3c44_bg.wasm";
    for (accepted, encoding, body) in [("br, gzip", "br", "br"), ("gzip", "gzip", "gz")] {
        let response = get(wasm, &[("accept-encoding", accepted)]).await;
        assert_eq!(response.headers()["content-encoding"], encoding);
        assert_eq!(response.headers()["content-type"], "application/wasm");
        assert_eq!(text(response).await, body);
    }
    let plain = get(wasm, &[]).await;
    assert!(!plain.headers().contains_key("content-encoding"));
    assert_eq!(text(plain).await, "wasm");
}

#[tokio::test]
async fn the_page_is_told_that_the_relay_is_where_it_comes_from() {
    let config = text(get("/config.json", &[]).await).await;
    assert_eq!(config, "{\"relay\":\"./\",\"title\":\"Ours\"}");
}

#[tokio::test]
async fn what_is_not_there_is_said_on_a_page_and_not_remembered() {
    let response = get("/gone-9f0c5d2e7a1b3c44.js", &[]).await;
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert_eq!(text(response).await, "not here");
    let response = get("/../Cargo.toml", &[]).await;
    assert_eq!(response.status(), 404);
}

#[tokio::test]
async fn whoever_watches_is_told_that_all_is_well_without_asking_the_service() {
    let response = get("/healthz", &[]).await;
    assert_eq!(response.status(), 200);
    assert_eq!(text(response).await, "ok\n");
}

#[tokio::test]
async fn what_cannot_be_served_is_named_with_the_way_out() {
    let message = |flags: &str| {
        let words = ["kinora"].into_iter().chain(flags.split_whitespace());
        let options = Flags::try_parse_from(words).unwrap().options;
        async { serve(options).await.unwrap_err().to_string() }
    };
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let error = listen(address).await.unwrap_err().to_string();
    assert!(
        error.contains("is in use") && error.contains("127.0.0.1:0"),
        "{error}"
    );
    let error = message("--config /no/such").await;
    assert!(error.contains("/no/such cannot be read"), "{error}");
    let error = emulator(&["--queue=x".to_owned()])
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("is not a number of seconds"), "{error}");
    let error = page::router(Path::new("/no/such"), &app())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("cargo xtask site") && error.contains("--no-app"),
        "{error}"
    );
}

fn app() -> config::App {
    config::App {
        dir: None,
        title: None,
        defaults: toml::Table::new(),
    }
}
