//! Looking at connections, and keeping tokens.

use kinora::Object;
use kinora::wire::probe::Greeting;
use kinora_browser::connect::{Finding, Place, forget, keep, recall, try_direct, try_relay};
use kinora_browser::{Store, Token};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    Fakes, answer_by, asked, base, deny_storage, fill_storage, go_offline, keep_from_pages,
    pry_open, refuse, work_here,
};

const BASE: &str = "https://relay.example.com/kinora";
const RELAY: &str = "/kinora/v1/relay";
const CATEGORIES: &str = "/kinora/v1/models/categories";
const CANARY: &str = "canary-4f1b9d2e7a-token";

fn token_of(base: &str) -> Token {
    Token::new(CANARY, crate::support::base(base)).unwrap()
}

fn sent_with(request: &Object) -> Option<&str> {
    let headers = request.get("headers")?.as_object()?;
    headers.text("authorization")
}

async fn find_relay(answers: &[(&str, u16, &str)], token: Option<&Token>) -> Finding {
    let _fakes = Fakes;
    work_here();
    answer_by(answers);
    try_relay(&base(BASE), token).await
}

#[wasm_bindgen_test]
async fn what_answers_is_told_apart() {
    let said = |reason: &str| format!(r#"{{"message":"No.","reason":"{reason}"}}"#);
    let check = async |status, body: &str, wanted| {
        let found = find_relay(&[(RELAY, status, body)], None).await;
        assert_eq!(found, Finding::Greeted(wanted), "{body}");
    };
    let relay = |passes_outputs| Greeting::Relay { passes_outputs };
    check(200, &said("passed"), relay(true)).await;
    check(200, &said("outputs_off"), relay(false)).await;
    check(200, &said("caller_not_allowed"), Greeting::WantsToken).await;
    check(200, "<!doctype html>", Greeting::Stranger).await;
    let emulator = [(CATEGORIES, 200, r#"{"categories":[]}"#)];
    let found = find_relay(&emulator, None).await;
    assert_eq!(found, Finding::Greeted(Greeting::Service));
    let strict = [(CATEGORIES, 400, r#"{"error_code":400004}"#)];
    let found = find_relay(&strict, None).await;
    assert_eq!(found, Finding::Greeted(Greeting::WantsToken));
}

#[wasm_bindgen_test]
async fn the_callers_token_goes_along_and_nowhere_else() {
    let greeting = r#"{"message":"Passed.","reason":"passed"}"#;
    find_relay(&[(RELAY, 200, greeting)], Some(&token_of(BASE))).await;
    let [only] = asked().try_into().unwrap();
    assert_eq!(sent_with(&only), Some("Bearer canary-4f1b9d2e7a-token"));
    let elsewhere = token_of("https://other.example.com");
    find_relay(&[(RELAY, 200, greeting)], Some(&elsewhere)).await;
    assert_eq!(sent_with(&asked()[0]), None);
}

#[wasm_bindgen_test]
async fn a_page_asks_for_leave_with_a_token_that_is_none() {
    let _fakes = Fakes;
    work_here();
    answer_by(&[(CATEGORIES, 401, r#"{"message":"No."}"#)]);
    let found = try_direct(&base(BASE)).await;
    assert_eq!(found, Finding::Greeted(Greeting::WantsToken));
    let [only] = asked().try_into().unwrap();
    assert_eq!(only.text("method"), Some("GET"));
    let sent = sent_with(&only).unwrap();
    assert!(sent.starts_with("Bearer kinora-"), "{sent}");
}

#[wasm_bindgen_test]
async fn a_host_that_keeps_its_answers_is_not_taken_for_one_that_is_down() {
    let _fakes = Fakes;
    work_here();
    keep_from_pages();
    assert_eq!(try_direct(&base(BASE)).await, Finding::Unreadable);
    let [read, heard] = asked().try_into().unwrap();
    assert_eq!(read.text("mode"), Some("cors"));
    assert_eq!(heard.text("mode"), Some("no-cors"));
    assert_eq!(sent_with(&heard), None, "no token goes unread");
    let found = try_relay(&base(BASE), Some(&token_of(BASE))).await;
    assert_eq!(found, Finding::Unreadable);
    refuse();
    assert_eq!(try_direct(&base(BASE)).await, Finding::Unreachable);
    go_offline();
    assert_eq!(try_direct(&base(BASE)).await, Finding::Offline);
}

#[wasm_bindgen_test]
async fn a_kept_token_comes_back_from_its_place_and_can_be_read_nowhere() {
    work_here();
    let store = Store::open().await;
    for place in [Place::Tab, Place::Device] {
        assert!(keep(&store, &token_of(BASE), place).await, "{place:?}");
        let pried = JsFuture::from(pry_open()).await.unwrap();
        let pried = pried.as_string().unwrap();
        assert!(!pried.contains(CANARY), "{pried}");
        assert!(pried.contains(r#""exported":["rejected"]"#), "{pried}");
        assert_eq!(pried.contains(r#""tab":{}"#), place == Place::Device);
        let (token, found) = recall(&store, &base(BASE)).await.unwrap();
        assert_eq!(found, place);
        // What it is, is seen where it is sent only.
        find_relay(&[], Some(&token)).await;
        assert_eq!(
            sent_with(&asked()[0]),
            Some("Bearer canary-4f1b9d2e7a-token")
        );
    }
    forget(&store, &base(BASE)).await;
    assert!(recall(&store, &base(BASE)).await.is_none());
    let pried = JsFuture::from(pry_open()).await.unwrap().as_string();
    assert!(!pried.unwrap().contains("token"));
}

#[wasm_bindgen_test]
async fn what_is_kept_for_one_base_opens_for_no_other() {
    work_here();
    let store = Store::open().await;
    let (one, other) = ("https://one.example.com", "https://other.example.com");
    assert!(keep(&store, &token_of(one), Place::Tab).await);
    assert!(keep(&store, &token_of(other), Place::Tab).await);
    let tab = web_sys::window()
        .unwrap()
        .session_storage()
        .unwrap()
        .unwrap();
    let sealed = |base: &str| tab.get_item(&format!("token/{base}")).unwrap().unwrap();
    assert_ne!(sealed(one), sealed(other));
    tab.set_item(&format!("token/{other}"), &sealed(one))
        .unwrap();
    assert!(recall(&store, &base(other)).await.is_none(), "moved");
    tab.set_item(&format!("token/{other}"), "no base64 \u{20ac}")
        .unwrap();
    assert!(recall(&store, &base(other)).await.is_none(), "damaged");
    assert!(recall(&store, &base(one)).await.is_some());
    for base in [one, other] {
        forget(&store, &crate::support::base(base)).await;
    }
}

#[wasm_bindgen_test]
async fn without_a_lasting_place_nothing_is_kept() {
    work_here();
    let memory = Store::in_memory();
    assert!(!keep(&memory, &token_of(BASE), Place::Device).await);
    let _fakes = Fakes;
    let store = Store::open().await;
    fill_storage();
    assert!(!keep(&store, &token_of(BASE), Place::Device).await);
    assert!(recall(&store, &base(BASE)).await.is_none());
    deny_storage(true);
    let store = Store::open().await;
    assert!(!keep(&store, &token_of(BASE), Place::Tab).await);
}
