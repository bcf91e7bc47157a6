use leptos::prelude::Owner;

use super::place::reachable;
use super::*;

const PAGE: &str = "https://app.example.com/kinora/";

fn with_service(test: impl FnOnce(Service)) {
    Owner::new().with(|| test(Service::new(Kept::new(), PAGE.to_owned())));
}

fn at(service: Service, mode: Mode, address: &str) -> Result<Connection, &'static str> {
    service.mode.set(mode);
    service.set_address(address.to_owned());
    service.try_to_send()
}

fn found(service: Service, finding: Finding) {
    service.look.set(Look::Found(finding));
}

#[test]
fn the_demo_needs_neither_address_nor_token() {
    with_service(|service| {
        assert_eq!(service.try_to_send(), Ok(Connection::demo()));
    });
}

#[test]
fn a_relay_is_at_its_address_or_at_the_pages_own() {
    with_service(|service| {
        let check = |address, base: &str| {
            let connection = at(service, Mode::Relay, address).unwrap();
            assert_eq!(connection.base().as_str(), base);
            assert_eq!(connection.host(), HostKind::Kinora);
        };
        check("", "https://app.example.com/kinora");
        check("https://relay.example.com/", "https://relay.example.com");
        assert_eq!(at(service, Mode::Relay, "nonsense"), Err("base"));
        assert_eq!(at(service, Mode::Relay, BaseUrl::RUNCOMFY), Err("base"));
        let problem = service.base_problem.get_untracked().unwrap();
        assert!(problem.contains("Direct"), "{problem}");
    });
}

#[test]
fn only_what_the_pages_policy_allows_is_an_address() {
    let allowed = |address, page| reachable(address, page).is_ok();
    for address in [
        "https://a.example.com",
        "https://127.0.0.2",
        "http://127.0.0.1",
        "http://127.0.0.1:8787/a",
        "http://localhost:8787",
    ] {
        assert!(allowed(address, PAGE), "{address}");
    }
    for address in [
        "http://127.0.0.2:8787",
        "http://[::1]:8787",
        "http://localhost.",
        "http://a.localhost",
    ] {
        assert!(!allowed(address, PAGE), "{address}");
    }
    assert!(allowed("http://[::1]:8080", "http://[::1]:8080/"));
}

#[test]
fn a_place_that_was_found_wanting_is_not_sent_to() {
    with_service(|service| {
        let address = "https://relay.example.com";
        assert!(at(service, Mode::Relay, address).is_ok(), "not looked at");
        found(service, Finding::Greeted(Greeting::WantsToken));
        assert_eq!(service.try_to_send(), Err("token"));
        found(service, Finding::NotLoaded);
        assert!(service.try_to_send().is_ok());
        assert!(Look::Found(Finding::Unreadable).forbids(Mode::Relay));
        assert!(Look::Found(Finding::Unreachable).forbids(Mode::Direct));
        let relay = Greeting::Relay {
            passes_outputs: true,
        };
        assert!(Look::Found(Finding::Greeted(relay)).forbids(Mode::Direct));
    });
}

#[test]
fn a_token_is_taken_only_where_a_page_may_ask() {
    with_service(|service| {
        service.mode.set(Mode::Direct);
        assert!(!service.takes_token(), "before it was looked");
        found(service, Finding::Unreadable);
        assert!(!service.takes_token());
        found(service, Finding::Greeted(Greeting::WantsToken));
        assert!(service.takes_token());
        service.set_address("https://b.example.com".to_owned());
        assert!(!service.takes_token(), "another place");
    });
}

#[test]
fn what_was_typed_for_one_address_is_not_for_another() {
    with_service(|service| {
        let typed = || service.tokens.typed.get_untracked();
        service.mode.set(Mode::Direct);
        service.tokens.typed.set("secret".to_owned());
        service.set_address("https://b.example.com".to_owned());
        assert_eq!(typed(), "");
        service.tokens.typed.set("secret".to_owned());
        service.fill(Settings::default());
        assert_eq!(typed(), "");
    });
}

#[test]
fn a_text_that_cannot_be_a_token_is_not_taken() {
    with_service(|service| {
        service.mode.set(Mode::Direct);
        service.tokens.typed.set("two words".to_owned());
        assert!(service.tokens.problem.get_untracked().is_some());
        assert!(!service.tokens.take());
        assert_eq!(service.tokens.typed.get_untracked(), "two words");
        assert_eq!(service.tokens.here.get_untracked(), None);
    });
}

#[test]
fn settings_come_back() {
    with_service(|service| {
        service.mode.set(Mode::Relay);
        service.set_address("https://a.example.com".to_owned());
        let settings = service.settings();
        let again = Service::new(Kept::new(), PAGE.to_owned());
        again.fill(settings.clone());
        assert_eq!(again.settings(), settings);
    });
}
