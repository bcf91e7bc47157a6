use super::*;

fn code(text: &str, reach: Reach) -> &'static str {
    match SourceUrl::parse(text, reach) {
        Ok(_) => "ok",
        Err(problem) => problem.code(),
    }
}

fn check(text: &str, internet: &str, loopback: &str, page: &str) {
    let found = [Reach::Internet, Reach::Loopback, Reach::Page].map(|reach| code(text, reach));
    assert_eq!(found, [internet, loopback, page], "{text}");
}

#[test]
fn public_https_serves_everyone() {
    check("https://example.com/cat.jpg", "ok", "ok", "ok");
    check("  https://example.com/cat.jpg?x=1#y ", "ok", "ok", "ok");
    check("https://bücher.example/ä.png", "ok", "ok", "ok");
    check("https://例え.テスト/a.png", "ok", "ok", "ok");
    check("https://한국.example/a.png", "ok", "ok", "ok");
    check("https://[2606:4700::1111]/a.png", "ok", "ok", "ok");
    check("https://8.8.8.8:8443/a.png", "ok", "ok", "ok");
}

#[test]
fn signs_that_browsers_read_as_others_are_refused_in_a_host() {
    for host in ["10。0。0。1", "１０.0.0.example", "①.example", "㏂.example"] {
        let text = format!("https://{host}/a.png");
        check(&text, "url_malformed", "url_malformed", "url_malformed");
    }
}

#[test]
fn plain_http_is_refused_but_on_this_machine() {
    check(
        "http://example.com/a.png",
        "url_insecure",
        "url_insecure",
        "url_insecure",
    );
    check("http://127.0.0.1:9/a.png", "url_private_host", "ok", "ok");
    check("http://localhost/a.png", "url_private_host", "ok", "ok");
    check("http://[::1]:80/a.png", "url_private_host", "ok", "ok");
    check(
        "http://127.0.0.1.nip.example/a",
        "url_insecure",
        "url_insecure",
        "url_insecure",
    );
}

#[test]
fn an_insecure_address_comes_with_its_secure_twin() {
    let problem = SourceUrl::parse("http://example.com:80/a.png", Reach::Internet);
    let offer = problem
        .err()
        .and_then(|problem| problem.offer().map(str::to_owned));
    assert_eq!(
        offer.as_deref(),
        Some("https://example.com/a.png"),
        "port 80 speaks http only"
    );
    let problem = SourceUrl::parse("http://example.com/a.png?b#c", Reach::Internet);
    let offer = problem
        .err()
        .and_then(|problem| problem.offer().map(str::to_owned));
    assert_eq!(offer.as_deref(), Some("https://example.com/a.png?b#c"));
}

#[test]
fn hosts_that_the_service_cannot_reach_are_named() {
    for host in [
        "localhost",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.9.9",
        "192.168.1.20",
        "169.254.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[::ffff:192.168.0.1]",
        "nas",
        "nas.local",
        "nas.lan",
        "2130706433",
        "0x7f.0.0.1",
        "127.1",
        "127.0.0.1.",
        "printer.home.arpa",
    ] {
        assert_eq!(
            code(&format!("https://{host}/a.png"), Reach::Internet),
            "url_private_host",
            "{host}"
        );
    }
    for host in [
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "100.128.0.1",
        "local.example",
    ] {
        assert_eq!(
            code(&format!("https://{host}/a.png"), Reach::Internet),
            "ok",
            "{host}"
        );
    }
}

#[test]
fn pictures_of_the_page_stay_in_the_page() {
    check(
        "data:image/png;base64,AAAA",
        "url_page_only",
        "url_page_only",
        "ok",
    );
    check(
        "blob:https://example.com/1",
        "url_page_only",
        "url_page_only",
        "ok",
    );
    check("kinora-page:3f", "url_page_only", "url_page_only", "ok");
}

#[test]
fn what_is_no_web_address_says_what_it_is() {
    check("", "image_missing", "image_missing", "image_missing");
    check("   ", "image_missing", "image_missing", "image_missing");
    check("cat.jpg", "url_relative", "url_relative", "url_relative");
    check("/cat.jpg", "url_relative", "url_relative", "url_relative");
    check(
        "//example.com/cat.jpg",
        "url_relative",
        "url_relative",
        "url_relative",
    );
    check(
        "javascript:alert(1)",
        "url_scheme",
        "url_scheme",
        "url_scheme",
    );
    check(
        "file:///etc/passwd",
        "url_scheme",
        "url_scheme",
        "url_scheme",
    );
    check(
        "https://me:pw@example.com/a",
        "url_user_info",
        "url_user_info",
        "url_user_info",
    );
    check(
        "https://127.0.0.1\\@example.com/",
        "url_malformed",
        "url_malformed",
        "url_malformed",
    );
    check(
        "https:///a.png",
        "url_malformed",
        "url_malformed",
        "url_malformed",
    );
    check(
        "https://exa mple.com/a",
        "url_malformed",
        "url_malformed",
        "url_malformed",
    );
    check(
        "https://example.com:99999/a",
        "url_malformed",
        "url_malformed",
        "url_malformed",
    );
    check(
        "https:example.com/a",
        "url_malformed",
        "url_malformed",
        "url_malformed",
    );
}
