//! What happens around the page, and between tabs.

use core::pin::pin;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, poll};
use kinora::{Command, Hint, Object, Value};
use kinora_browser::channel::Channel;
use kinora_browser::{hints, lock, random};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

use crate::support::{Fakes, a_while, count, count_removed};

fn happen(name: &str) {
    let scope: EventTarget = js_sys::global().unchecked_into();
    scope.dispatch_event(&Event::new(name).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn losing_and_regaining_the_network_are_hints() {
    let mut hints = hints();
    happen("offline");
    happen("online");
    assert_eq!(hints.next().await, Some(Command::Hint(Hint::Offline)));
    assert_eq!(hints.next().await, Some(Command::Hint(Hint::Online)));
    assert!(poll!(hints.next()).is_pending());
}

#[wasm_bindgen_test]
async fn a_page_that_is_shown_again_is_a_hint() {
    let mut hints = hints();
    let document = js_sys::Reflect::get(&js_sys::global(), &"document".into()).unwrap();
    let document: EventTarget = document.unchecked_into();
    let event = Event::new("visibilitychange").unwrap();
    document.dispatch_event(&event).unwrap();
    assert_eq!(hints.next().await, Some(Command::Hint(Hint::Visible)));
}

#[wasm_bindgen_test]
fn hints_that_are_dropped_take_their_listeners_off() {
    let _fakes = Fakes;
    let removed = count_removed();
    let hints = hints();
    assert_eq!(count(&removed), 0.0);
    drop(hints);
    assert_eq!(count(&removed), 3.0);
}

/// The browser passes a lock on in its own time.
async fn becomes_free(name: &str) -> bool {
    for _ in 0..100 {
        if lock::try_hold(name).await.is_some() {
            return true;
        }
        a_while().await;
    }
    false
}

#[wasm_bindgen_test]
async fn a_lock_is_held_once_until_it_is_dropped() {
    let held = lock::try_hold("job/a").await;
    assert!(held.is_some());
    assert!(lock::try_hold("job/a").await.is_none());
    assert!(lock::try_hold("job/b").await.is_some());
    drop(held);
    assert!(becomes_free("job/a").await);
}

#[wasm_bindgen_test]
async fn a_lock_nobody_waits_for_any_more_is_free() {
    {
        let mut asking = pin!(lock::try_hold("job/c"));
        assert!(poll!(asking.as_mut()).is_pending());
    }
    assert!(becomes_free("job/c").await);
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_but_not_themselves() {
    let (mut one, mut other) = (Channel::join("jobs"), Channel::join("jobs"));
    let news: Value = Object::new().with("intent", "a").into();
    one.post(&news);
    assert_eq!(other.next().await, Some(news));
    match select(one.next(), pin!(a_while())).await {
        Either::Left((echo, _)) => panic!("{echo:?}"),
        Either::Right(_) => {}
    }
}

#[wasm_bindgen_test]
fn random_numbers_differ() {
    let numbers: std::collections::BTreeSet<u128> = (0..100).map(|_| random()).collect();
    assert_eq!(numbers.len(), 100);
}
