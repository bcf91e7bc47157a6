use std::fs;

use axum::body::Body;
use tower::ServiceExt;

use super::*;

async fn answer(method: &str, path: &str) -> Response {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "index.html",
        "app-9f0c5d2e7a1b3c44_bg.wasm",
        "boot.js",
        "still.webp",
        "clip.mp4",
    ] {
        fs::write(dir.path().join(name), name).unwrap();
    }
    let request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::empty())
        .unwrap();
    router(dir.path(), false).oneshot(request).await.unwrap()
}

async fn check(path: &str, content_type: &str, caching: &str) {
    let response = answer("GET", path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let headers = response.headers();
    assert_eq!(headers["content-type"], content_type, "{path}");
    assert_eq!(headers["cache-control"], caching, "{path}");
    assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
}

#[tokio::test]
async fn every_kind_of_file_has_its_type_and_its_caching() {
    check("/", "text/html", caching::REVALIDATE).await;
    check("/index.html", "text/html", caching::REVALIDATE).await;
    check("/boot.js", "text/javascript", caching::REVALIDATE).await;
    check("/still.webp", "image/webp", caching::REVALIDATE).await;
    check("/clip.mp4", "video/mp4", caching::REVALIDATE).await;
    check(
        "/app-9f0c5d2e7a1b3c44_bg.wasm",
        "application/wasm",
        caching::KEEP,
    )
    .await;
}

#[tokio::test]
async fn a_missing_file_is_not_remembered() {
    let response = answer("GET", "/gone-9f0c5d2e7a1b3c44.js").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["cache-control"], caching::REVALIDATE);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml"] {
        assert_eq!(
            answer("GET", path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_site_only_answers_readers() {
    assert_eq!(
        answer("POST", "/boot.js").await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn a_taken_port_is_named_with_the_way_out() {
    let taken = listen(0).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let message = listen(port).await.unwrap_err().to_string();
    assert!(
        message.contains(&format!("port {port} is in use")),
        "{message}"
    );
    assert!(message.contains("--port"), "{message}");
}

#[tokio::test]
async fn an_unbuilt_app_is_named_with_the_way_out() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        dir: dir.path().to_owned(),
        port: 0,
        log: false,
        headers: None,
        open_with: None,
    };
    let message = serve(options).await.unwrap_err().to_string();
    assert!(message.contains("cargo xtask demo"), "{message}");
}
