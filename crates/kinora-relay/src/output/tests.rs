use proptest::prelude::*;
use url::Url;

use super::*;

fn allow(address: &str) -> bool {
    OutputHosts::runcomfy().allow(address)
}

#[test]
fn files_of_the_service_may_be_fetched() {
    for address in [
        "https://playgrounds-storage-public.runcomfy.net/a.mp4",
        "https://serverless-api-storage.runcomfy.net/a/b%20c.mp4?sig=a%2Bb&x=1",
        "https://files.runcomfy.net/",
        "https://a.b.runcomfy.com/x_y~z.(1).webm",
    ] {
        assert!(allow(address), "{address}");
        assert_eq!(
            Url::parse(address).unwrap().as_str(),
            address,
            "others read the same"
        );
    }
}

#[test]
fn nothing_else_may_however_it_is_written() {
    for address in HOSTILE {
        assert!(!allow(address), "{address}");
    }
    assert!(!allow(&format!(
        "https://a.runcomfy.net/{}",
        "a".repeat(2048)
    )));
    assert!(!OutputHosts::default().allow("https://files.runcomfy.net/a.mp4"));
}

#[test]
fn an_emulators_outputs_may_be_fetched_where_it_stands_and_nowhere_else() {
    let base = kinora::BaseUrl::parse("http://127.0.0.1:8787").unwrap();
    let hosts = OutputHosts::default().with_place(&base);
    assert!(hosts.allow("http://127.0.0.1:8787/outputs/a.mp4"));
    for address in [
        "http://127.0.0.1:87870/outputs/a.mp4",
        "http://127.0.0.1/outputs/a.mp4",
        "https://127.0.0.1:8787/outputs/a.mp4",
        "http://127.0.0.1:8787@evil.com/a",
        "http://127.0.0.1:8787/../x",
        "http://127.0.0.1:8787",
    ] {
        assert!(!hosts.allow(address), "{address}");
    }
}

#[test]
fn only_media_are_passed_on() {
    for kind in [
        "video/mp4",
        "IMAGE/PNG",
        "audio/wav; x=1",
        "application/octet-stream",
    ] {
        assert!(is_medium(kind), "{kind}");
    }
    for kind in [
        "",
        "text/html",
        "image/svg+xml",
        "application/json",
        "videos/x",
        "text/html; video/mp4",
    ] {
        assert!(!is_medium(kind), "{kind}");
    }
}

proptest! {
    /// An address that passes is read by a browser's rules as exactly what we took it for.
    #[test]
    fn what_passes_is_on_a_host_of_the_service_to_every_reader(
        address in prop_oneof![
            r"https://[a-z.@:\\/?#%0-9\-]{0,12}runcomfy\.(net|com)[a-zA-Z0-9/?#%.@:\\'&=+ \-\[\]|]{0,16}",
            "https://[ -~]{0,24}",
            any::<String>(),
        ],
    ) {
        if allow(&address) {
            let read = Url::parse(&address).unwrap();
            prop_assert_eq!(read.as_str(), address.as_str());
            prop_assert_eq!(read.scheme(), "https");
            let host = read.host_str().unwrap();
            prop_assert!(host.ends_with(".runcomfy.net") || host.ends_with(".runcomfy.com"));
            prop_assert!(read.port().is_none() && read.username().is_empty());
            prop_assert!(read.password().is_none() && read.fragment().is_none());
        }
    }
}

/// What string splits have been fooled by, and what this parser refuses to guess about.
const HOSTILE: &[&str] = &[
    "",
    "a.runcomfy.net/a",
    "//a.runcomfy.net/a",
    "http://a.runcomfy.net/a",
    "HTTPS://a.runcomfy.net/a",
    "ftp://a.runcomfy.net/a",
    "file:///etc/passwd",
    "javascript:alert(1)//.runcomfy.net/",
    "data:text/html,.runcomfy.net/",
    "https://runcomfy.net/a",
    "https://.runcomfy.net/a",
    "https://a.runcomfy.net",
    "https://a.runcomfy.net?x",
    "https://a.runcomfy.net./a",
    "https://a..runcomfy.net/a",
    "https://A.runcomfy.net/a",
    "https://evilruncomfy.net/a",
    "https://a.runcomfy.net.evil.com/a",
    "https://a.runcomfy.netx/a",
    "https://a.runcomfy.org/a",
    "https://evil.com/a.runcomfy.net/a",
    "https://evil.com?.runcomfy.net/a",
    "https://evil.com#.runcomfy.net/a",
    "https://evil.com\\.runcomfy.net/a",
    "https://127.0.0.1\\@cdn.runcomfy.net/a",
    "https://127.0.0.1#@cdn.runcomfy.net/a",
    "https://evil.com%2f.runcomfy.net/a",
    "https://evil.com%23.runcomfy.net/a",
    "https://evil.com%00.runcomfy.net/a",
    "https://me@a.runcomfy.net/a",
    "https://me:pw@a.runcomfy.net/a",
    "https://a.runcomfy.net@evil.com/a",
    "https://a.runcomfy.net:443/a",
    "https://a.runcomfy.net:8443/a",
    "https://a.runcomfy.net:80/a",
    "https://a.runcomfy.net:/a",
    "https:a.runcomfy.net/a",
    "https:/a.runcomfy.net/a",
    "https:///a.runcomfy.net/a",
    "https:\\\\a.runcomfy.net\\a",
    " https://a.runcomfy.net/a",
    "https://a.runcomfy.net/a ",
    "https://a.runcomfy.net/a b",
    "https://a.run\ncomfy.net/a",
    "https://a.run\tcomfy.net/a",
    "https://a.runcomfy.net/a\r\nX-Evil: 1",
    "https://a.runcomfy.net/a\0",
    "https://a.runcomfy.net/ä",
    "https://ä.runcomfy.net/a",
    "https://a。runcomfy.net/a",
    "https://a.runcomfy.net/../a",
    "https://a.runcomfy.net/%2e%2E/a",
    "https://a.runcomfy.net/.%2e/a",
    "https://a.runcomfy.net/./a",
    "https://a.runcomfy.net/a#b",
    "https://a.runcomfy.net/a%",
    "https://a.runcomfy.net/a%2",
    "https://a.runcomfy.net/a%zz",
    "https://a.runcomfy.net/a?q='x'",
    "https://a.runcomfy.net/a?q=\"x\"",
    "https://a.runcomfy.net/a?q=<x>",
    "https://a.runcomfy.net/a\\b",
    "https://-a.runcomfy.net/a",
    "https://a-.runcomfy.net/a",
    "https://[::1].runcomfy.net/a",
    "https://[::1]/a.runcomfy.net/",
    "https://169.254.169.254/latest/.runcomfy.net/",
    "https://localhost/.runcomfy.net/",
    "https://0x7f.1/.runcomfy.net/",
    "blob:https://a.runcomfy.net/a",
    "view-source:https://a.runcomfy.net/a",
];
