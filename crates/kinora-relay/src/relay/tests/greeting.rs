//! A page asks what it has before it, and is told no more than any call would tell it.

use super::*;

const GREETING: &str = "/v1/relay";

fn said(relay: &mut Relay, story: Story<'_>) -> (u16, String) {
    let answer = story.refused(relay);
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let reason = body["reason"].as_str().unwrap();
    assert_eq!(reason, answer.line.reason);
    (answer.status, reason.to_owned())
}

fn check(policy: Policy, story: Story<'_>, status: u16, reason: Reason) {
    let wanted = (status, reason.code().to_owned());
    assert_eq!(said(&mut relay(policy), story), wanted);
}

fn with_secret() -> Policy {
    let secret = Secret::parse("first-secret").unwrap();
    Policy {
        callers: Callers::With(vec![secret]),
        ..open()
    }
}

#[test]
fn a_caller_learns_whether_it_may_call_and_whether_files_pass() {
    let greet = || Story::get(GREETING);
    check(open(), greet(), 200, Reason::Passed);
    let without = Policy {
        outputs: None,
        ..open()
    };
    check(without, greet(), 200, Reason::OutputsOff);
    let right = greet().with("authorization", "Bearer first-secret");
    check(with_secret(), right, 200, Reason::Passed);
}

#[test]
fn who_has_no_secret_learns_nothing_else() {
    let closed = || Policy {
        outputs: None,
        ..with_secret()
    };
    for policy in [with_secret(), closed()] {
        check(policy, Story::get(GREETING), 200, Reason::CallerNotAllowed);
    }
    let wrong = Story::get(GREETING).with("authorization", "Bearer second-secret");
    check(with_secret(), wrong, 200, Reason::CallerNotAllowed);
    let base = |text| BaseUrl::parse(text).unwrap();
    let nobody = Policy::closed(
        base("https://model-api.runcomfy.net"),
        base("https://relay.example.com"),
    );
    check(nobody, Story::get(GREETING), 200, Reason::CallerNotAllowed);
}

#[test]
fn a_page_that_is_not_listed_is_not_greeted() {
    let listed = Story::get(GREETING).with("origin", PAGE);
    let answer = listed.refused(&mut relay(open()));
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(PAGE));
    let stranger = Story::get(GREETING).with("origin", "https://evil.example");
    let answer = stranger.refused(&mut relay(open()));
    assert_eq!(answer.line.reason, Reason::OriginNotAllowed.code());
    assert_eq!(header(&answer, "access-control-allow-origin"), None);
}

#[test]
fn a_greeting_counts_as_a_request() {
    let budgets = Budgets {
        requests_per_minute: 1,
        ..Budgets::default()
    };
    let mut relay = relay(Policy { budgets, ..open() });
    assert_eq!(said(&mut relay, Story::get(GREETING)).0, 200);
    assert_eq!(said(&mut relay, Story::get(GREETING)).0, 429);
}
