//! Stories of requests through an open relay. `Story` fills in what a story does not care about.

use std::time::Duration;

use kinora::{BaseUrl, Method, TransportErrorKind};

use super::*;
use crate::{Budgets, Callers, Limits, ModelPattern, OriginRule, OutputHosts, Upstream};

mod bad;
mod defect;
mod file;
mod greeting;
mod intent;
mod page;

pub(crate) const TOKEN: &str = "token-4f1b9d2e7a";
pub(crate) const SUBMIT: &str = "/v1/models/wan-ai/wan-2-2/image-to-video";
pub(crate) const PAGE: &str = "https://app.example.com";
pub(crate) const ACCEPTED: &str = r#"{"request_id":"r1","status_url":"https://x/"}"#;

pub(crate) fn open() -> Policy {
    let base = |text| BaseUrl::parse(text).unwrap();
    Policy {
        origins: vec![OriginRule::parse(PAGE).unwrap()],
        callers: Callers::Anybody,
        models: vec![ModelPattern::parse("wan-ai/**").unwrap()],
        outputs: Some(OutputHosts::runcomfy()),
        ..Policy::closed(
            base("https://model-api.runcomfy.net"),
            base("https://relay.example.com"),
        )
    }
}

pub(crate) fn relay(policy: Policy) -> Relay {
    Relay::new(policy, Some(Secret::parse(TOKEN).unwrap()))
}

pub(crate) fn now() -> WallTime {
    WallTime::from_unix_millis(1_795_305_600_000)
}

/// One request.
#[derive(Clone)]
pub(crate) struct Story<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    pub(crate) body: &'a [u8],
    pub(crate) at: WallTime,
}

impl<'a> Story<'a> {
    pub(crate) fn submit() -> Self {
        Self {
            method: "POST",
            target: SUBMIT,
            headers: vec![("content-type", "application/json")],
            body: b"{\"prompt\":\"fog\"}",
            at: now(),
        }
    }

    pub(crate) fn get(target: &'a str) -> Self {
        Self {
            method: "GET",
            target,
            headers: Vec::new(),
            body: b"",
            at: now(),
        }
    }

    pub(crate) fn with(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn told(self, relay: &mut Relay) -> Decision {
        let headers = self.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let incoming = Incoming {
            method: self.method,
            target: self.target,
            headers: &headers,
            caller: "203.0.113.7",
        };
        match relay.admit(&incoming, self.at) {
            Ok(admitted) => relay.decide(admitted, Received::Whole(self.body), self.at),
            Err(answer) => Decision::Answer(*answer),
        }
    }

    pub(crate) fn flies(self, relay: &mut Relay) -> Flight {
        match self.told(relay) {
            Decision::Forward(flight) => *flight,
            other => panic!("not forwarded: {other:?}"),
        }
    }

    pub(crate) fn refused(self, relay: &mut Relay) -> Answer {
        match self.told(relay) {
            Decision::Answer(answer) => answer,
            other => panic!("not answered here: {other:?}"),
        }
    }
}

pub(crate) fn answered(status: u16, body: &str) -> Upstream {
    Upstream::Answered {
        status,
        headers: vec![
            ("content-type".to_owned(), "text/html".to_owned()),
            ("set-cookie".to_owned(), "a=b".to_owned()),
            ("retry-after".to_owned(), "7".to_owned()),
            ("kinora-accepted".to_owned(), "no".to_owned()),
        ],
        body: body.as_bytes().to_vec(),
    }
}

pub(crate) fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let mut found = answer.headers.iter().filter(|(known, _)| known == name);
    let value = found.next().map(|(_, value)| value.as_str());
    assert!(found.next().is_none(), "{name} comes once");
    value
}

/// Sends a story through, and answers it.
pub(crate) fn whole(relay: &mut Relay, story: Story<'_>, upstream: Upstream) -> Answer {
    let flight = story.flies(relay);
    let reply = relay.land(&flight, upstream);
    flight.dress().answer(&reply)
}

#[test]
fn a_closed_relay_lets_nothing_pass() {
    let base = |text| BaseUrl::parse(text).unwrap();
    let closed = || {
        relay(Policy::closed(
            base("https://model-api.runcomfy.net"),
            base("https://relay.example.com"),
        ))
    };
    let check = |story: Story<'_>, reason: Reason| {
        let answer = story.refused(&mut closed());
        assert_eq!(
            (answer.status, answer.line.reason),
            (reason.status(), reason.code())
        );
    };
    check(
        Story::submit().with("origin", PAGE),
        Reason::OriginNotAllowed,
    );
    check(Story::submit(), Reason::CallerNotAllowed);
    check(Story::get("/v1/models"), Reason::CallerNotAllowed);
    check(
        Story::get("/v1/outputs?url=https://files.runcomfy.net/a"),
        Reason::CallerNotAllowed,
    );
    let mut relay = relay(Policy {
        models: Vec::new(),
        ..open()
    });
    let answer = Story::submit().refused(&mut relay);
    assert_eq!(answer.line.reason, Reason::ModelNotAllowed.code());
    let answer = Story::get(SUBMIT).refused(&mut relay);
    assert_eq!(answer.line.reason, Reason::ModelNotAllowed.code());
}

#[test]
fn a_submit_goes_on_stripped_and_marked() {
    let story = Story::submit()
        .with("authorization", "Bearer the-callers-own")
        .with("cookie", "a=b")
        .with("x-forwarded-for", "1.2.3.4")
        .with("kinora-intent", "abc")
        .with("origin", PAGE);
    let request = story.flies(&mut relay(open())).request;
    assert_eq!(request.method, Method::Post);
    assert_eq!(
        request.url,
        format!("https://model-api.runcomfy.net{SUBMIT}")
    );
    assert_eq!(request.body, b"{\"prompt\":\"fog\"}");
    assert_eq!(request.auth, Auth::Base);
    let headers = [
        ("accept", "application/json"),
        ("content-type", "application/json"),
    ];
    assert_eq!(
        request.headers,
        headers.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[test]
fn an_answer_comes_back_with_our_urls_and_our_headers_only() {
    let story = Story::submit().with("origin", PAGE);
    let answer = whole(&mut relay(open()), story, answered(200, ACCEPTED));
    assert_eq!(answer.status, 200);
    assert_eq!(
        String::from_utf8(answer.body.clone()).unwrap(),
        r#"{"request_id":"r1","status_url":"https://relay.example.com/v1/requests/r1/status"}"#
    );
    assert_eq!(header(&answer, "content-type"), Some("application/json"));
    assert_eq!(header(&answer, "retry-after"), Some("7"));
    assert_eq!(header(&answer, "set-cookie"), None);
    assert_eq!(
        header(&answer, "kinora-accepted"),
        None,
        "the service does not speak for us"
    );
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(PAGE));
    assert_eq!(header(&answer, "vary"), Some("Origin"));
    assert!(
        header(&answer, "access-control-expose-headers")
            .unwrap()
            .contains("retry-after, date")
    );
    assert_eq!(
        answer.line.to_string(),
        "call=submit model=wan-ai/wan-2-2/image-to-video status=200 reason=passed"
    );
}

#[test]
fn budgets_are_kept_with_the_time_to_wait() {
    let budgets = Budgets {
        requests_per_minute: 3,
        submits_per_hour: 2,
        jobs_at_once: 1,
    };
    let mut relay = relay(Policy { budgets, ..open() });
    whole(&mut relay, Story::submit(), answered(200, ACCEPTED));
    let answer = Story::submit().refused(&mut relay);
    assert_eq!(
        (answer.status, answer.line.reason),
        (429, Reason::TooManyJobs.code())
    );
    assert_eq!(header(&answer, "retry-after"), Some("30"));
    assert_eq!(header(&answer, "kinora-accepted"), Some("no"));
    let over = r#"{"request_id":"r1","status":"completed"}"#;
    whole(
        &mut relay,
        Story::get("/v1/requests/r1/status"),
        answered(200, over),
    );
    let answer = Story::submit().refused(&mut relay);
    assert_eq!(
        (answer.status, answer.line.reason),
        (429, Reason::TooManyRequests.code())
    );
    assert_eq!(header(&answer, "retry-after"), Some("60"));
    let later = Story {
        at: now().plus(Duration::from_secs(60)),
        ..Story::submit()
    };
    whole(&mut relay, later.clone(), answered(500, "{}"));
    let answer = later.refused(&mut relay);
    assert_eq!(
        answer.line.reason,
        Reason::TooManyJobs.code(),
        "it may have been accepted"
    );
}

#[test]
fn what_a_job_cost_is_told_only_where_it_may_be() {
    for include_cost in [true, false] {
        let mut relay = relay(Policy {
            include_cost,
            ..open()
        });
        let story = Story::get("/v1/requests/r1/result?include_cost=true");
        let url = story.flies(&mut relay).request.url;
        assert_eq!(url.ends_with("?include_cost=true"), include_cost, "{url}");
    }
}
